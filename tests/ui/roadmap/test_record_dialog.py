"""Recording what was done: the term that is meant, the document read from words, dates that are wrong."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cosdesk.domain.execution import Execution, Outcome, Status
from cosdesk.domain.state import item_states
from cosdesk.ui.record_dialog import RecordDialog
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace

Choose = Callable[..., None]
TODAY = date(2022, 5, 20)


def dialog_for(workspace: Workspace, *item_ids: int, **options: object) -> RecordDialog:
    """The dialog as it opens in May 2022."""
    snapshot = workspace.file.snapshot(TODAY)
    states = item_states(snapshot, snapshot.roadmaps[0])
    return RecordDialog([states[item_id] for item_id in item_ids], snapshot.evidence, TODAY, **options)  # type: ignore[arg-type]


def choose_outcome(dialog: RecordDialog, outcome: Outcome) -> None:
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(outcome))


def test_today_and_the_term_that_it_answers_are_proposed(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = dialog_for(workspace, 2)
    qtbot.addWidget(dialog)
    assert dialog.occurrence.currentText() == "май 2022\u00a0г. – риск срыва"
    ((item, record),) = dialog.record.executions
    assert (item.id, record.on, record.window_end, record.outcome) == (2, TODAY, date(2022, 5, 31), Outcome.DONE)


def test_the_term_follows_the_date_until_it_is_named(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = dialog_for(workspace, 2)
    qtbot.addWidget(dialog)
    dialog.on.setText("03.06.2023")
    assert dialog.record.executions[0][1].window_end == date(2023, 5, 31)
    dialog.occurrence.setCurrentIndex(0)
    dialog.occurrence.activated.emit(0)
    dialog.on.setText("05.05.2024")
    assert dialog.record.executions[0][1].window_end == date(2021, 5, 31)


def test_the_fields_follow_the_outcome(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = dialog_for(workspace, 2)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.due.isVisible() and not dialog.reason.isVisible()
    dialog.on.setText("03.06.2022")
    assert dialog.reason.isVisible()
    choose_outcome(dialog, Outcome.POSTPONED)
    assert dialog.due.isVisible() and dialog.measure.isVisible()
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    dialog.due.setText("01.09.2022")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.record.executions[0][1].due == date(2022, 9, 1)


def test_a_date_that_does_not_exist_is_told(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = dialog_for(workspace, 2)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.on.setText("31.02.2022")
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert dialog._fault.isVisible() and "31.02.2022" in dialog._fault.text()


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("приказ № 16 от 13.01.2020", "Вид: приказ · №\u00a016 · от 13.01.2020"),
        ("справка от 13.01.2020", "Вид: справка · от 13.01.2020; не найдено: номер"),
        ("скриншот страницы", "Вид, номер и дата не распознаны, документ будет записан этими словами"),
        ("приказ от 10.02.2021 №\u00a027", "Документ уже есть в районе, будет указан он"),
    ],
)
def test_a_document_is_read_as_one_types(qtbot: QtBot, workspace: Workspace, typed: str, reading: str) -> None:
    dialog = dialog_for(workspace, 2)
    qtbot.addWidget(dialog)
    dialog.evidence.line.setText(typed)
    assert dialog.evidence.reading == reading


def test_enter_adds_the_document_and_only_then_closes(qtbot: QtBot, workspace: Workspace) -> None:
    dialog = dialog_for(workspace, 2)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.evidence.line.setFocus()
    dialog.evidence.line.setText("приказ № 16 от 13.01.2020")
    qtbot.keyClick(dialog.evidence.line, Qt.Key.Key_Return)
    assert dialog.evidence.line.text() == "" and dialog.isVisible()
    qtbot.keyClick(dialog.evidence.line, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert [paper.number for paper in dialog.record.papers] == ["16"]


def run(monkeypatch: pytest.MonkeyPatch, fill: Callable[[RecordDialog], None]) -> None:
    def execute(dialog: RecordDialog) -> QDialog.DialogCode:
        fill(dialog)
        dialog.accept()
        return QDialog.DialogCode(dialog.result())

    monkeypatch.setattr(RecordDialog, "exec", execute)


def test_ctrl_enter_records_the_row(
    qtbot: QtBot, page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: RecordDialog) -> None:
        dialog.on.setText("28.09.2021")
        dialog.evidence.line.setText("письмо № 5 от 28.09.2021")

    run(monkeypatch, fill)
    choose("Письмо школам")
    qtbot.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    state = workspace.states[3]
    assert (state.status, [paper.label for paper in state.evidence]) == (
        Status.DONE,
        ["письмо от 28.09.2021 №\u00a05"],
    )
    assert state.records[0].window_end == date(2021, 9, 30)
    assert workspace.undo_title == "Исполнение строки 1.2.1"
    workspace.undo()
    assert workspace.states[3].status is Status.OVERDUE
    assert len(workspace.snapshot.evidence) == 1


def test_enter_on_the_status_leads_to_the_dialog(
    qtbot: QtBot, page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, lambda dialog: choose_outcome(dialog, Outcome.CANCELLED))
    choose("Письмо школам", field="status")
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert workspace.states[3].status is Status.CANCELLED


def test_one_document_proves_several_rows(
    page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: RecordDialog) -> None:
        assert not dialog.occurrence.isVisibleTo(dialog)
        dialog.on.setText("28.05.2021")
        dialog.evidence.line.setText("приказ от 10.02.2021 №\u00a027")

    run(monkeypatch, fill)
    choose("Мониторинг сайтов", "Совещание руководителей")
    page.commands.mark_done()
    assert [paper.item_ids for paper in workspace.snapshot.evidence] == [(1, 2, 5)]
    ends = {record.item_id: record.window_end for record in workspace.snapshot.executions}
    assert (ends[2], ends[5]) == (date(2021, 5, 31), None)


def test_a_record_is_changed_with_its_documents(
    page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: RecordDialog) -> None:
        assert dialog.on.text() == "10.02.2021"
        assert [paper.number for paper in dialog.evidence.papers] == ["27"]
        dialog.evidence._remove(dialog.evidence.papers[0])
        dialog.evidence.line.setText("приказ № 30 от 12.02.2021")
        dialog.comment.setPlainText("Перепечатан")

    run(monkeypatch, fill)
    choose("Назначить координатора")
    page.panel.record_change_wanted.emit(workspace.snapshot.executions[0])
    (record,) = workspace.snapshot.executions
    assert (record.comment, record.on) == ("Перепечатан", date(2021, 2, 10))
    assert [paper.number for paper in workspace.snapshot.evidence] == ["30"]
    workspace.undo()
    assert [paper.number for paper in workspace.snapshot.evidence] == ["27"]


def test_a_record_of_a_term_since_changed_keeps_it(qtbot: QtBot, workspace: Workspace) -> None:
    record = Execution(9, 2, Outcome.DONE, date(2020, 3, 31), date(2020, 3, 1))
    dialog = dialog_for(workspace, 2, record=record)
    qtbot.addWidget(dialog)
    assert dialog.occurrence.currentText() == "прежний срок: до 31.03.2020"
    assert dialog.record.executions[0][1] == record
