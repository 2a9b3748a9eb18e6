"""The journal of documents on the page, what is due in the list, and a signed scan in the place of what was filed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.paper import FileState
from cosdesk.domain.period import Period, PeriodKind
from cosdesk.domain.person import Person
from cosdesk.errors import UserError
from cosdesk.reports.due import DuePaper
from cosdesk.store.people import add_person
from cosdesk.ui import row_papers, signed_scans
from cosdesk.ui.documents_page import DocumentsPage
from cosdesk.ui.evidence_dialog import EvidenceDialog
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.row_document_dialog import RowDocumentDialog
from cosdesk.ui.signed_scans import unsigned_file
from tests.ui.hands import cell, drop
from tests.ui.test_reports_page import save_into, wait_built

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SCAN = b"\x89PNG\r\n\x1a\n signed"


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    shown = show_page(ReportsPage, workspace)
    wait_built(shown, qtbot)
    return shown


@pytest.fixture
def journal(page, qtbot, monkeypatch, tmp_path):
    """The roadmap and the report of the II quarter saved, the journal in sight."""
    for report, name in (("roadmap", "карта.pdf"), ("analytical-report", "отчёт.docx")):
        page.list.choose(report)
        wait_built(page, qtbot)
        save_into(monkeypatch, tmp_path / name)
        page.save(name.partition(".")[2])
        qtbot.waitUntil(lambda name=name: page.saved.file == tmp_path / name, timeout=20_000)
    page.faces.setCurrentIndex(1)
    settle(page, qtbot)
    return page.journal


def settle(page: ReportsPage, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=20_000)


def column(journal, number: int) -> list[str]:
    return [journal._proxy.index(row, number).data() for row in range(journal.shown_count)]


@pytest.fixture
def scan(tmp_path) -> Path:
    path = tmp_path / "Справка 17 от 20.06.2021.png"
    path.write_bytes(SCAN)
    return path


# --- the list


def test_what_is_due_stands_first_and_brings_its_period(page, qtbot) -> None:
    assert page.list.item(0).text().startswith("К сроку: ")
    rows = [
        row for row in range(page.list.count()) if page.list.item(row).text() == "Информационно-аналитический отчёт"
    ]
    page.list.setCurrentRow(rows[0])
    assert page.list.due is not None and page.workspace.period == page.list.due.period
    page.workspace.choose_period(Period(2021, PeriodKind.QUARTER, 1))
    wait_built(page, qtbot)
    assert page.workspace.period == Period(2021, PeriodKind.QUARTER, 1)  # chosen by hand, it stands


def test_of_hundreds_due_the_earliest_are_listed_and_the_others_found(page) -> None:
    start = date(2021, 1, 1)
    due = [DuePaper("roadmap", start + timedelta(number), f"строка {number}.", number) for number in range(300)]
    page.list.show_state(due, {}, date(2021, 5, 1))
    lines = [page.list.item(row).text() for row in range(page.list.count())]
    assert (lines[0], lines.index("И ещё 250: нужный найдёт поиск")) == ("К сроку: 300", 51)
    page.search("строка 299.")
    page.list.setCurrentRow(1)
    assert page.list.due == due[-1] and len(page.list.all_due) == 300


def test_the_list_is_searched_and_sorted(page) -> None:
    page.search("письма")
    titles = [page.list.item(row).text() for row in range(page.list.count())]
    assert "Исходящее письмо" in titles and "Дорожная карта" not in titles
    page.list.choose("roadmap")  # the search gives way
    assert page.list.report.id == "roadmap"
    page.search("")
    page.order.setCurrentIndex(1)
    titles = [page.list.item(row).text() for row in range(page.list.count())]
    assert titles == sorted(titles, key=str.casefold) and len(titles) == len(page.list.reports)
    assert page.list.report.id == "roadmap"


def test_the_list_tells_when_each_was_made(journal, page) -> None:
    page.faces.setCurrentIndex(0)
    page.order.setCurrentIndex(2)
    assert {page.list.item(row).text() for row in (0, 1)} == {"Дорожная карта", "Информационно-аналитический отчёт"}


# --- the journal


def test_the_journal_shows_searches_and_copies(journal, page) -> None:
    assert page.faces.tabText(1) == "Журнал: 2" and column(journal, 3) == ["Word", "PDF"]
    assert column(journal, 2) == ["II квартал 2021\u00a0г.", ""]
    page.search("карта.pdf")
    assert column(journal, 3) == ["PDF"] and page.status_text() == "1\u00a0документ"
    fingerprint = journal._proxy.index(0, 0).data(Qt.ItemDataRole.UserRole + 10).fingerprint
    page.search(fingerprint)
    assert journal.shown_count == 1
    journal.view.setCurrentIndex(journal._proxy.index(0, 0))
    journal.view.actions()[0].trigger()
    assert "карта.pdf" in QApplication.clipboard().text()
    page.search("")
    journal.view.header().setSortIndicator(5, Qt.SortOrder.AscendingOrder)
    assert column(journal, 5) == ["карта.pdf", "отчёт.docx"]


def test_a_file_changed_or_gone_is_told(journal, page, qtbot, monkeypatch, tmp_path) -> None:
    assert set(column(journal, 6)) == {FileState.AS_MADE.label}
    (tmp_path / "карта.pdf").write_bytes(b"other")
    (tmp_path / "отчёт.docx").unlink()
    journal.check_action.trigger()
    settle(page, qtbot)
    assert column(journal, 6) == ["файл не найден", "файл изменён"]
    journal.view.setCurrentIndex(journal._proxy.index(0, 0))
    with pytest.raises(UserError, match="больше нет"):
        journal.open_file()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    journal.open_folder()
    journal.view.setCurrentIndex(journal._proxy.index(1, 0))
    journal.open_file()
    assert opened == [str(tmp_path), str(tmp_path / "карта.pdf")]


def test_a_record_is_made_again_with_its_period(journal, page, qtbot) -> None:
    page.workspace.choose_period(Period(2022))
    journal.view.setCurrentIndex(journal._proxy.index(0, 0))
    journal.again_action.trigger()
    wait_built(page, qtbot)
    assert page.faces.currentIndex() == 0 and page.list.report.id == "analytical-report"
    assert page.workspace.period == Period(2021, PeriodKind.QUARTER, 2)


def test_a_record_is_made_again_with_its_signer_and_parts(page, qtbot, monkeypatch, tmp_path) -> None:
    with page.workspace.edit("Справочник") as edit:
        deputy = add_person(edit, Person(0, "Орлова Е.К.", full_name="Орлова Елена Карповна", position="заместитель"))
    page.list.choose("analytical-report")
    wait_built(page, qtbot)
    page.settings.signer.activated.emit(page.settings.signer.findData(deputy))
    page.settings.contacts_box.click()
    page.settings.parts_menu.actions()[-1].trigger()
    chosen = page.settings.choices
    assert (chosen.signer_id, chosen.contacts, len(chosen.left_out)) == (deputy, False, 1)
    wait_built(page, qtbot)
    save_into(monkeypatch, tmp_path / "отчёт.pdf")
    page.save("pdf")
    qtbot.waitUntil(lambda: page.saved.file == tmp_path / "отчёт.pdf", timeout=20_000)
    page.settings.signer.activated.emit(0)
    page.settings.contacts_box.click()
    page.settings.parts_menu.actions()[-1].trigger()
    page.faces.setCurrentIndex(1)
    settle(page, qtbot)
    page.journal.view.setCurrentIndex(page.journal._proxy.index(0, 0))
    page.journal.again_action.trigger()
    wait_built(page, qtbot)
    assert page.settings.choices == chosen
    request = page.build.order.request
    assert request.signer.name == "Орлова Елена Карповна" and request.left_out == chosen.left_out
    assert not request.contacts and not page.settings.contacts_box.isChecked()


# --- signed scans


def accept(monkeypatch, number: str) -> None:
    def answer(dialog: EvidenceDialog) -> int:
        dialog.number.setText(number)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(EvidenceDialog, "exec", answer)


def test_a_scan_dropped_on_the_journal_becomes_a_document(journal, page, qtbot, monkeypatch, scan) -> None:
    accept(monkeypatch, "17")
    index = journal._proxy.index(0, 0)
    drop(journal.view.viewport(), journal.view.visualRect(index).center(), scan)
    qtbot.waitUntil(lambda: bool(page.workspace.snapshot.evidence), timeout=20_000)
    (document,) = page.workspace.snapshot.evidence
    (file,) = page.workspace.file.evidence_files(document.id)
    assert document.number == "17" and page.workspace.file.evidence_content(file) == SCAN
    settle(page, qtbot)
    assert "17" in column(journal, 7)[0] and column(journal, 7)[1] == ""
    page.workspace.undo()
    assert column(journal, 7) == ["", ""]


@pytest.fixture
def filed(workspace, qtbot, monkeypatch) -> Evidence:
    """A note of the first row, composed here and filed by number."""
    dialog = RowDocumentDialog(workspace, workspace.contents.items[0])
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.document is not None, timeout=20_000)
    accept(monkeypatch, "17")
    dialog.file_paper()
    assert dialog.scan_action.isEnabled() and not dialog.file_action.isEnabled()
    dialog.done(0)
    (document,) = workspace.snapshot.evidence
    return document


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (0, ["Справка 17 от 20.06.2021.png", ", без подписи.pdf"]),
        (1, ["Справка 17 от 20.06.2021.png"]),
        (2, [".pdf", "Справка 17 от 20.06.2021.png"]),
        (None, [".pdf"]),
    ],
)
def test_the_scan_takes_the_place_of_what_was_filed(
    page, qtbot, monkeypatch, scan, filed, answer: int | None, names: list[str]
) -> None:
    workspace = page.workspace
    before = workspace.file.evidence_files(filed.id)
    assert unsigned_file(workspace, filed.id) == before[0]
    page.faces.setCurrentIndex(1)
    settle(page, qtbot)
    assert column(page.journal, 6) == [FileState.FILED.label] and column(page.journal, 7) == [filed.label]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(scan), ""))
    monkeypatch.setattr(signed_scans, "choose", lambda *_: answer)
    page.journal.view.setCurrentIndex(page.journal._proxy.index(0, 0))
    page.journal.signed_action.trigger()
    settle(page, qtbot)
    files = workspace.file.evidence_files(filed.id)
    assert len(files) == len(names) and all(f.name.endswith(name) for f, name in zip(files, names, strict=True))
    if answer is not None:
        if answer != 2:
            assert unsigned_file(workspace, filed.id) is None
        workspace.undo()
        assert workspace.file.evidence_files(filed.id) == before


# --- the two drops


def scanned(page, qtbot, document: Evidence, scan: Path) -> None:
    """The scan is the document's only file, the unsigned pages are gone, no other document came of it."""
    file = page.workspace.file
    qtbot.waitUntil(lambda: [each.name for each in file.evidence_files(document.id)] == [scan.name], timeout=20_000)
    assert file.evidence_content(file.evidence_files(document.id)[0]) == SCAN
    assert [paper.id for paper in page.workspace.snapshot.evidence] == [document.id]


def test_a_scan_dropped_on_a_document_takes_the_place_of_its_pages(
    workspace, show_page, qtbot, monkeypatch, scan, filed
) -> None:
    page = show_page(DocumentsPage, workspace)
    monkeypatch.setattr(signed_scans, "choose", lambda *_: 1)
    drop(page.view.viewport(), page.view.visualRect(cell(page.view, 0, "title")).center(), scan)
    scanned(page, qtbot, filed, scan)


def test_a_scan_dropped_on_a_row_is_asked_about_and_put_into_its_document(
    workspace, show_page, qtbot, monkeypatch, scan, filed
) -> None:
    page = show_page(RoadmapPage, workspace)
    asked: list[str] = []
    monkeypatch.setattr(row_papers, "choose", lambda question, *_: asked.append(question) or 0)
    monkeypatch.setattr(signed_scans, "choose", lambda *_: 1)
    place = page.model.index_of_item(filed.item_ids[0], page.model.column_of("title"))
    drop(page.view.viewport(), page.view.visualRect(place).center(), scan)
    scanned(page, qtbot, filed, scan)
    assert len(asked) == 1 and scan.name in asked[0]


def test_a_row_takes_what_is_not_that_scan_as_another_document(
    workspace, show_page, qtbot, monkeypatch, scan, filed
) -> None:
    page = show_page(RoadmapPage, workspace)
    monkeypatch.setattr(row_papers, "choose", lambda *_: 1)
    before = workspace.file.evidence_files(filed.id)
    place = page.model.index_of_item(filed.item_ids[0], page.model.column_of("title"))
    drop(page.view.viewport(), page.view.visualRect(place).center(), scan)
    qtbot.waitUntil(lambda: bool(page.workspace.file.evidence_files()[1:]), timeout=20_000)
    assert workspace.file.evidence_files(filed.id)[: len(before)] == before
    settle(page, qtbot)
