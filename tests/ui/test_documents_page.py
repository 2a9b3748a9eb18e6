"""What a coordinator does with the register of documents; asserted on what the file then holds."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cosdesk.domain.evidence import Evidence, describe
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.missing_evidence import missing_evidence
from cosdesk.domain.monitoring import Round
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.reports.document import Document, Table
from cosdesk.store.evidence import add_evidence, prove
from cosdesk.store.executions import record_execution
from cosdesk.store.monitoring import add_round
from cosdesk.ui.document_dialog import DocumentDialog
from cosdesk.ui.document_edits import RoundTie, Tie, ValueTie
from cosdesk.ui.documents_page import DocumentsPage
from cosdesk.ui.expected_papers import ExpectedPapersDialog
from cosdesk.ui.page import Place
from cosdesk.ui.row_chooser import ListChooser
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import cell, drop, paste_at, shown, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(workspace: Workspace, show_page) -> DocumentsPage:
    with workspace.edit("Документы") as edit:
        for text in ("приказ № 16 от 13.01.2021", "справка № 9 от 20.05.2021", "Сканы школ"):
            prove(edit, add_evidence(edit, describe(text)), workspace.contents.items[1].id)
    return show_page(DocumentsPage, workspace)


def documents(page: DocumentsPage) -> list[Evidence]:
    return list(page.workspace.snapshot.evidence)


def test_a_document_typed_in_the_blank_row(page) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    type_into(page.view, cell(page.view, -1, "kind"), "протокол", Qt.Key.Key_Tab)
    # The next cell is of the same document, not of another new one.
    field = page.view
    type_into(field, field.currentIndex(), "5-п", Qt.Key.Key_Tab)
    type_into(field, field.currentIndex(), "03.02.2021")
    added = documents(page)[-1]
    assert (len(documents(page)), added.kind, added.number, added.on) == (4, "протокол", "5-п", date(2021, 2, 3))
    assert shown(page.view, "proves")[-1] == "пока ничего"
    for _ in range(3):
        page.workspace.undo()
    assert len(documents(page)) == 3
    assert tester is not None


def test_rows_of_a_long_register_are_all_measured_and_the_measuring_ends(
    workspace: Workspace, show_page, qtbot: QtBot
) -> None:
    with workspace.edit("Документы") as edit:
        for number in range(250):
            title = "О проведении мониторинга качества связи в школах района " * (4 if number % 2 else 0)
            add_evidence(edit, Evidence(0, "приказ", str(number), title=title))
    view = show_page(DocumentsPage, workspace).view
    qtbot.waitUntil(lambda: not view._fitting.isActive() and view.rowHeight(249) > view.rowHeight(248))
    assert len({view.rowHeight(row) for row in range(1, 250, 2)}) == 1
    qtbot.wait(20)
    assert not view._fitting.isActive()


def test_a_description_typed_at_once_is_taken_apart(page) -> None:
    type_into(page.view, cell(page.view, -1, "kind"), "приказ № 7 от 01.03.2021")
    added = documents(page)[-1]
    assert (added.kind, added.number, added.on) == ("приказ", "7", date(2021, 3, 1))


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [("on", "31.02.2021", "нет в календаре"), ("pages", "много", "не число"), ("pages", "0", "целое число")],
)
def test_what_is_wrong_stays_in_the_cell(page, key: str, typed: str, sentence: str) -> None:
    before = documents(page)
    type_into(page.view, cell(page.view, 0, key), typed)
    assert sentence in page.notice.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert documents(page) == before


def test_rows_pasted_past_the_last_one_become_documents(page) -> None:
    block = "Вид\tНомер\tДата\tНазвание\nприказ\t21\t05.04.2021\tО замерах\nакт\t2\t06.04.2021\t"
    paste_at(page.view, cell(page.view, -1, "kind"), block)
    added = documents(page)[3:]
    assert [(d.kind, d.number, d.on, d.title) for d in added] == [
        ("приказ", "21", date(2021, 4, 5), "О замерах"),
        ("акт", "2", date(2021, 4, 6), ""),
    ]
    page.workspace.undo()
    assert len(documents(page)) == 3


def test_a_block_with_a_fault_is_refused_whole(page) -> None:
    paste_at(page.view, cell(page.view, -1, "kind"), "приказ\t21\t05.04.2021\nакт\t2\tвчера")
    assert len(documents(page)) == 3
    assert page.notice.text().startswith("Не вставлено") and "не дата" in page.notice.text()


def test_sorting_by_number_keeps_the_blank_row_last(page) -> None:
    section = page.model.section_of("number")
    page.view.sortByColumn(section, Qt.SortOrder.AscendingOrder)
    assert shown(page.view, "number") == ["", "9", "16"]
    page.view.sortByColumn(section, Qt.SortOrder.DescendingOrder)
    assert shown(page.view, "number") == ["16", "9", ""]


def test_search_and_filter(page) -> None:
    page.search("справки")
    assert shown(page.view, "number") == ["9"]
    page.search("16")
    assert shown(page.view, "kind") == ["приказ"]
    page.search("")
    page.filter.setCurrentIndex(2)
    assert shown(page.view, "kind") == []
    assert page.status_text().startswith("3\u00a0документа, показано 0")


def test_a_scan_dropped_becomes_a_document(page, qtbot: QtBot, tmp_path: Path) -> None:
    scan = tmp_path / "Приказ 45-од от 03-03-2021.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    view = page.view.viewport()
    drop(view, QPoint(5, view.height() - 2), scan)
    qtbot.waitUntil(lambda: len(documents(page)) == 4)
    added = documents(page)[-1]
    (file,) = page.workspace.file.evidence_files(added.id)
    assert (added.kind, added.number, added.on) == ("приказ", "45-од", date(2021, 3, 3))
    assert page.workspace.file.evidence_content(file) == scan.read_bytes()
    assert page.chosen == added
    assert shown(page.view, "file")[-1] == scan.name
    page.workspace.undo()
    assert len(documents(page)) == 3 and not page.workspace.file.evidence_files()


def test_a_file_dropped_on_a_document_is_attached_to_it(page, qtbot: QtBot, tmp_path: Path) -> None:
    scan = tmp_path / "scan1.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + b"0" * 40)
    first = documents(page)[0]
    drop(page.view.viewport(), page.view.visualRect(cell(page.view, 0, "title")).center(), scan)
    qtbot.waitUntil(lambda: bool(page.workspace.file.evidence_files(first.id)))
    assert documents(page)[0] == first and len(documents(page)) == 3


def test_the_same_order_on_two_files_is_one_document(page, qtbot: QtBot, tmp_path: Path) -> None:
    scan = tmp_path / "Приказ № 16 от 13.01.2021.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + b"0" * 40)
    view = page.view.viewport()
    drop(view, QPoint(5, view.height() - 2), scan)
    qtbot.waitUntil(lambda: bool(page.workspace.file.evidence_files()))
    assert page.workspace.file.evidence_files()[0].evidence_id == documents(page)[0].id
    assert len(documents(page)) == 3


def test_a_document_is_untied_and_stays(page) -> None:
    page.view.choose(documents(page)[0].id, "kind")
    page.panel.release_wanted.emit(Tie(page.workspace.contents.items[1].id))
    assert documents(page)[0].item_ids == ()
    assert shown(page.view, "proves")[0] == "пока ничего"


def test_a_document_is_tied_to_a_value_and_to_a_round(page, monkeypatch) -> None:
    with page.workspace.edit("Мониторинг") as edit:
        round_id = add_round(edit, Round(0, "counts", "1", "Численность", "2021"), monitoring_form("counts"), ())
    first = documents(page)[0]
    page.view.choose(first.id, "kind")
    taken: list[str] = []

    def accept(chooser: ListChooser) -> int:
        taken.extend(index.siblingAtColumn(1).data() for index in entries(chooser))
        chooser.list.setCurrentIndex(next(iter(entries(chooser))))
        return 1

    monkeypatch.setattr(ListChooser, "exec", accept)
    page.panel.tie_value_wanted.emit()
    page.panel.tie_round_wanted.emit()
    assert taken[:2] == ["2021\u00a0год: 62,5 %", "I квартал 2021\u00a0г.: 25 %"]
    tied = documents(page)[0]
    assert (tied.values, tied.round_ids) == (((1, "2021"),), (round_id,))
    told = [label.text() for label in page.panel.findChildren(QLabel)]
    assert "Показатель 1 за 2021\u00a0год" in told and "Мониторинг «Численность»" in told
    page.panel.release_wanted.emit(ValueTie(1, "2021"))
    page.panel.release_wanted.emit(RoundTie(round_id))
    assert (documents(page)[0].values, documents(page)[0].round_ids) == ((), ())


def entries(chooser: ListChooser) -> list[QModelIndex]:
    model = chooser.list.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [index for index in indexes if index.flags() & Qt.ItemFlag.ItemIsSelectable]


def test_which_documents_are_expected_is_set_for_a_row_that_lacks_them(page, monkeypatch) -> None:
    page.faces.setCurrentIndex(1)
    assert [each.kinds for each in page._missing] == [("справка",), ("акт",)]
    page.missing.setCurrentIndex(page.missing.model().index(1, 0))

    def accept(dialog: ExpectedPapersDialog) -> int:
        dialog.mark(["справка"])
        dialog.other.setText("Сертификат")
        return 1

    monkeypatch.setattr(ExpectedPapersDialog, "exec", accept)
    page.expect_action.trigger()
    assert page.workspace.snapshot.expected_papers == {2: ("справка", "сертификат")}
    # The certificate is missing, the note is there.
    assert [each.kinds for each in page._missing] == [("справка",), ("сертификат",)]
    monkeypatch.setattr(ExpectedPapersDialog, "exec", lambda dialog: dialog.take_from_text() or 1)
    page.expect_action.trigger()
    assert page.workspace.snapshot.expected_papers == {}
    page.workspace.undo()
    assert page.workspace.snapshot.expected_papers == {2: ("справка", "сертификат")}


def test_what_is_missing_is_a_document(page, monkeypatch) -> None:
    page.faces.setCurrentIndex(1)
    shown: list[Document] = []
    monkeypatch.setattr(DocumentDialog, "__init__", lambda dialog, title, build, parent: shown.append(build()))
    monkeypatch.setattr(DocumentDialog, "exec", lambda dialog: 0)
    monkeypatch.setattr(DocumentDialog, "deleteLater", lambda dialog: None)
    page.print_action.trigger()
    (table,) = [block for block in shown[0].blocks if isinstance(block, Table)]
    assert [row.cells[5].value for row in table.rows] == ["справка", "акт"]


def test_deleting_and_bringing_back(page) -> None:
    before = documents(page)
    page.view.setCurrentIndex(cell(page.view, 1, "kind"))
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert documents(page) == [before[0], before[2]]
    page.workspace.undo()
    assert documents(page) == before


def test_what_is_done_without_a_document_is_listed_and_mended(page, qtbot: QtBot, tmp_path: Path) -> None:
    workspace = page.workspace
    item = workspace.contents.items[0]
    with workspace.edit("Исполнение") as edit:
        record_execution(edit, Execution(0, item.id, Outcome.DONE, on=date(2021, 12, 1)))
    # The other row's term has ended, and it has no act, which it expects.
    assert page.faces.tabText(1) == "Нет документа: 2"
    page.faces.setCurrentIndex(1)
    with qtbot.waitSignal(page.led) as led:
        page.missing.activated.emit(page.missing.currentIndex())
    assert led.args == [Place(workspace.contents.roadmap.id, item.id)]
    scan = tmp_path / "Справка 3 от 02.12.2021.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + b"0" * 40)
    index = page.missing.currentIndex()
    drop(page.missing.viewport(), page.missing.visualRect(index).center(), scan)
    qtbot.waitUntil(lambda: len(missing_evidence(workspace.snapshot)) == 1)
    (record,) = workspace.snapshot.executions
    assert record.evidence_ids == (documents(page)[-1].id,)
    assert documents(page)[-1].number == "3"


def test_an_empty_register_says_what_belongs_there(workspace, show_page, qtbot: QtBot) -> None:
    page = show_page(DocumentsPage, workspace)
    qtbot.waitUntil(page.isActiveWindow)
    assert page._empty.isVisible()
    page.add_action.trigger()
    type_into(page.view, page.view.currentIndex(), "приказ № 1 от 01.02.2021")
    assert [d.number for d in documents(page)] == ["1"]


def test_a_file_for_reading_stays_as_it_is(qapp, district_path, show_page) -> None:
    opened = Workspace()
    opened.open(district_path, read_only=True)
    page = show_page(DocumentsPage, opened)
    assert not page.add_action.isEnabled() and not page.attach_action.isEnabled()
    assert page.model.rowCount() == 0
    opened.close()
