"""The row at hand: every field saved on leaving it, the term told as one types, documents and history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.store.executions import record_execution
from cosdesk.store.file import DistrictFile
from cosdesk.ui.evidence_dialog import AddEvidenceDialog, EvidenceDialog
from cosdesk.ui.expected_papers import ExpectedPapersDialog
from cosdesk.ui.pill import Pill
from cosdesk.ui.roadmap_edits import change_row
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.text_fields import GrowingText, LineField
from cosdesk.ui.workspace import Workspace

Choose = Callable[..., None]
Stored = Callable[[str], Item]
TypeText = Callable[[QWidget, str], None]


def leave(page: RoadmapPage) -> None:
    page.view.setFocus()


def test_a_field_is_saved_on_leaving_it(
    type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace
) -> None:
    choose("Письмо школам")
    note = page.panel.fields["expected"]
    note.setFocus()
    type_text(note, "! ")
    leave(page)
    assert stored("Письмо школам").expected == "! Письмо"
    assert workspace.undo_title == "Документ, результат строки 1.2.1"
    workspace.undo()
    assert isinstance(note, GrowingText) and note.toPlainText() == "Письмо"


def test_going_to_another_row_saves_too(type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored) -> None:
    choose("Письмо школам")
    page.panel.fields["title"].setFocus()
    type_text(page.panel.fields["title"], "Срочное: ")
    page.view.choose([4])
    assert stored("Срочное: Письмо школам")
    assert stored("Сверка списков")


def test_escape_brings_a_field_back(qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose) -> None:
    choose("Письмо школам")
    title = page.panel.fields["title"]
    title.setFocus()
    type_text(title, "Не то ")
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    leave(page)
    assert page.workspace.undo_title == "Исполнение строки 1.1"


def test_a_refresh_leaves_alone_what_is_being_typed(
    type_text: TypeText, page: RoadmapPage, choose: Choose, workspace: Workspace, stored: Stored
) -> None:
    choose("Письмо школам")
    title = page.panel.fields["title"]
    title.setFocus()
    type_text(title, "Новое ")
    with workspace.edit("Со стороны") as edit:
        record_execution(edit, Execution(0, 3, Outcome.DONE, date(2021, 9, 30), date(2021, 9, 3)))
    assert isinstance(title, GrowingText) and title.toPlainText() == "Новое Письмо школам"
    leave(page)
    assert stored("Новое Письмо школам")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ежегодно, май", "каждый год"),
        ("31.02.2021", "31.02.2021"),
        ("когда-нибудь потом", "не понято"),
        ("постоянно", "не определён"),
        ("сентябрь", "Принято: "),
    ],
)
def test_the_term_is_told_as_one_types(
    type_text: TypeText, page: RoadmapPage, choose: Choose, typed: str, told: str
) -> None:
    choose("Письмо школам")
    term = page.panel.fields["term"]
    assert isinstance(term, LineField)
    term.setFocus()
    term.clear()
    type_text(term, typed)
    assert told.lower() in page.panel.term_meaning.text().lower()


def test_kind_and_flags(page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace) -> None:
    choose("Письмо школам")
    page.panel.kind.setCurrentIndex(page.panel.kind.findData(ItemKind.MILESTONE))
    page.panel.kind.activated.emit(page.panel.kind.currentIndex())
    page.panel.cancelled.click()
    item = stored("Письмо школам")
    assert (item.kind, item.cancelled) == (ItemKind.MILESTONE, True)
    assert page.model.index_of_item(3, page.model.column_of("status")).data() == "Отменено"
    workspace.undo()
    assert not page.panel.cancelled.isChecked()


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # what a layout was given is shown then
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def button(widget: QWidget, text: str, number: int = 0) -> QToolButton:
    QApplication.processEvents()
    found = [b for b in widget.findChildren(QToolButton) if b.text() == text and b.isVisibleTo(widget)]
    return found[number]


def test_terms_with_their_records(page: RoadmapPage, choose: Choose, workspace: Workspace) -> None:
    with workspace.edit("Запись") as edit:
        late = Execution(0, 2, Outcome.DONE, date(2021, 5, 31), date(2021, 6, 4), reason="Каникулы")
        record_execution(edit, late, "справка № 3 от 04.06.2021")
    choose("Мониторинг сайтов")
    told = texts(page.panel.executions)
    assert told[0] == "май 2021\u00a0г."
    assert told[1] == (
        "Выполнено 04.06.2021, позже срока на 4 дн.\nсправка №\u00a03 от\u00a004.06.2021\nПричина: Каникулы"
    )
    assert told[2:] == ["май 2022\u00a0г.", "май 2023\u00a0г.", "май 2024\u00a0г."]


def test_a_record_is_deleted_with_its_document(page: RoadmapPage, choose: Choose, workspace: Workspace) -> None:
    choose("Назначить координатора")
    button(page.panel.executions, "Удалить").click()
    assert workspace.snapshot.executions == ()
    assert workspace.snapshot.evidence == ()
    workspace.undo()
    assert [paper.label for paper in workspace.snapshot.evidence] == ["приказ от 10.02.2021 №\u00a027"]
    assert workspace.snapshot.evidence[0].execution_ids == (1,)


def accept(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], fill: Callable[[QDialog], None]) -> None:
    def run(shown: QDialog) -> QDialog.DialogCode:
        fill(shown)
        shown.accept()
        return QDialog.DialogCode(shown.result())

    monkeypatch.setattr(dialog, "exec", run)


def test_a_document_is_added_to_several_rows_and_removed_from_one(
    page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, AddEvidenceDialog)
        dialog.evidence.line.setText("протокол № 3 от 27.03.2021")
        assert dialog.evidence.reading == "Вид: протокол · №\u00a03 · от 27.03.2021"

    accept(monkeypatch, AddEvidenceDialog, fill)
    choose("Письмо школам", "Сверка списков")
    page.commands.document.trigger()
    assert [paper.item_ids for paper in workspace.snapshot.evidence] == [(1,), (3, 4)]
    choose("Письмо школам")
    told: list[str] = []
    page.commands.told.connect(told.append)
    button(page.panel, "Убрать").click()
    assert [paper.item_ids for paper in workspace.snapshot.evidence] == [(1,), (4,)]
    choose("Сверка списков")
    button(page.panel, "Убрать").click()
    assert [paper.item_ids for paper in workspace.snapshot.evidence] == [(1,)]
    assert "у других строк он остался" in told[0] and told[1].startswith("Документ удалён")


def test_a_document_is_changed(
    page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        dialog.number.setText("№ 28")
        dialog.on.setText("11.2.2021")

    accept(monkeypatch, EvidenceDialog, fill)
    choose("Назначить координатора")
    button(page.panel, "Изменить", 1).click()
    assert [paper.label for paper in workspace.snapshot.evidence] == ["приказ от 11.02.2021 №\u00a028"]


def test_the_history_of_a_row_is_readable(
    page: RoadmapPage, choose: Choose, workspace: Workspace, type_text: TypeText
) -> None:
    workspace.file.who = "Лукина"
    choose("Назначить координатора")
    term = page.panel.fields["term"]
    assert isinstance(term, LineField)
    term.setFocus()
    term.clear()
    type_text(term, "март 2021")
    leave(page)
    page.model.setData(page.model.index_of_item(1, page.model.column_of("responsible")), "А.А. Первая\nБ.Б. Вторая")
    page.commands.shift(1)
    page.panel.history_button.click()
    entries = page.panel.history.text().split("\n\n")
    assert [entry.split("\n", 1)[1] for entry in entries] == [
        "Перенесена на другое место",
        "Исполнитель: Ветрова Г.Л. → А.А. Первая, Б.Б. Вторая",
        "Срок: до 15 февраля 2021 г. → март 2021",
        "Записано: выполнено 10.02.2021\nДокумент: приказ от 10.02.2021 №\u00a027",
        "Строка создана",
    ]
    assert entries[0].split("\n")[0].endswith(", Лукина")


def test_f4_hides_the_panel_for_good(qtbot: QtBot, page: RoadmapPage) -> None:
    assert page.side.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_F4)
    assert not page.side.isVisible()
    again = RoadmapPage(page.workspace, page.tasks)
    qtbot.addWidget(again)
    assert not again.panel_action.isChecked()
    qtbot.keyClick(page, Qt.Key.Key_F4)
    assert page.side.isVisible()


def test_a_file_for_reading_is_only_read(page: RoadmapPage, choose: Choose, workspace: Workspace) -> None:
    path = workspace.file.path
    workspace.close()
    workspace._take(DistrictFile.open(path, read_only=True))
    choose("Письмо школам")
    editable = Qt.ItemFlag.ItemIsEditable
    assert not page.model.flags(page.model.index_of_item(3, 1)) & editable
    assert all(field.isReadOnly() for field in page.panel.fields.values())
    assert not page.panel.kind.isEnabled()
    enabled = [action.text() for action in page.commands.all if action.isEnabled() and not action.isSeparator()]
    assert enabled == ["Составить документ…", "Копировать строки"]
    with pytest.raises(IndexError):
        button(page.panel.executions, "Отметить")


def test_an_assumed_reading_can_be_changed_and_undone(page: RoadmapPage, choose: Choose, workspace: Workspace) -> None:
    contents = workspace.contents
    assert contents is not None
    item = contents.items[0]
    change_row(workspace, replace(item, term=Term("сентябрь")), "Срок")
    choose(item.title)
    assert page.panel.reading.isVisible()
    assert len(workspace.states[item.id].schedule.windows) == 1
    page.panel.reading.setCurrentIndex(page.panel.reading.findData("every_year"))
    page.panel.reading.activated.emit(page.panel.reading.currentIndex())
    assert len(workspace.states[item.id].schedule.windows) > 1
    workspace.undo()
    assert len(workspace.states[item.id].schedule.windows) == 1


def test_the_expected_documents_of_a_row_are_chosen_and_told(
    page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("Письмо школам")

    def told() -> list[str]:
        lines = (page.panel._expected.itemAt(place).widget() for place in range(page.panel._expected.count()))
        return [f"{line.findChild(QLabel).text()} {line.findChild(Pill).accessibleName()}" for line in lines if line]

    assert told() == ["письмо отсутствует"]

    def accept(dialog: ExpectedPapersDialog) -> int:
        assert dialog.kinds == ("письмо",)
        dialog.mark(["письмо", "реестр"])
        return 1

    monkeypatch.setattr(ExpectedPapersDialog, "exec", accept)
    page.panel.expect_button.click()
    assert workspace.snapshot.expected_papers == {3: ("письмо", "реестр")}
    assert told() == ["письмо отсутствует", "реестр отсутствует"]
    workspace.undo()
    assert told() == ["письмо отсутствует"]
