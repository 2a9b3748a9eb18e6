"""What a coordinator does with a round of monitoring; asserted on what the file then holds."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog
from pytestqt.qtbot import QtBot

from cosdesk.domain.monitoring import Answer, AnswerState, Remark, Round
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.answers import Outcome
from cosdesk.rounds import new_round
from cosdesk.store.indicators import change_indicator
from cosdesk.store.monitoring import add_round, mark_sent, recount, save_answer, save_answers
from cosdesk.store.periods import close_period
from cosdesk.store.schools import add_school
from cosdesk.ui.answer_model import Part
from cosdesk.ui.collect_dialog import KEEP, REPLACE, CollectDialog
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.monitoring_work import read_answers_aside, send_out, take_answers
from cosdesk.ui.page import Place
from cosdesk.ui.round_dialog import RoundDialog
from cosdesk.ui.theme import Tone
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import drop, keys, paste_at, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FORM = monitoring_form("internet")
NAMES = ("Лесная СОШ", "Полевая ООШ", "Речная НОШ")
PAST = {"speed_contract": Decimal(60), "speed_measured": Decimal(55), "measured_on": date(2021, 2, 1),
        "operator": "Линия", "guaranteed": True}  # fmt: skip


@pytest.fixture
def page(workspace: Workspace, show_page) -> MonitoringPage:
    """Two rounds: one answered by all, one that has just been sent."""
    with workspace.edit("Школы") as edit:
        change_indicator(edit, replace(workspace.contents.indicators[0], title="Доля школ с быстрым Интернетом"))
        for name in NAMES:
            add_school(edit, School(0, name, counts=(SchoolCount(2020, 100, 10),)))
    begin(workspace, "2021-Q1")
    schools = workspace.snapshot.schools
    with workspace.edit("Ответы") as edit:
        save_answers(edit, FORM, workspace.snapshot.rounds[0], [(school, PAST) for school in schools])
    begin(workspace, "2021-Q2")
    with workspace.edit("Рассылка") as edit:
        mark_sent(edit, workspace.snapshot.rounds[0].id, [school.id for school in schools])
    return show_page(MonitoringPage, workspace)


def begin(workspace: Workspace, period: str) -> None:
    found = new_round(workspace.snapshot, FORM, period)
    with workspace.edit("Мониторинг") as edit:
        add_round(edit, found, FORM, workspace.snapshot.schools)


def the_round(page: MonitoringPage) -> Round:
    found = page.round
    assert found is not None
    return found


def answer(page: MonitoringPage, name: str) -> Answer:
    school = next(s for s in page.workspace.snapshot.schools if s.name == name)
    return next(a for a in page.workspace.file.answers(the_round(page).id) if a.school_id == school.id)


def cell(page: MonitoringPage, name: str, column: Part | str) -> QModelIndex:
    section = page.model.section_of(column)
    for row in range(page.proxy.rowCount()):
        if page.proxy.index(row, 0).data() == name:
            return page.proxy.index(row, section)
    raise LookupError(name)


def test_the_grid_shows_who_has_not_answered(page) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert the_round(page).period == "2021-Q2"
    assert cell(page, NAMES[0], Part.STATE).data() == "отправлено"
    assert page.status_text() == "3\u00a0школы, ответили 0, отправлено 3"
    hint = cell(page, NAMES[0], "speed_measured")
    assert (hint.data(), hint.data(CellRole.MUTED)) == ("(55)", True)
    page.show_round(page.workspace.snapshot.rounds[1].id)
    assert cell(page, NAMES[0], Part.VERDICT).data() == "соответствует"
    assert page.status_text() == "3\u00a0школы, ответили 3"
    assert tester is not None


def test_typing_counts_the_indicator(page) -> None:
    type_into(page.grid, cell(page, NAMES[0], "speed_contract"), "100", Qt.Key.Key_Tab)
    type_into(page.grid, page.grid.currentIndex(), "96,5", Qt.Key.Key_Tab)
    type_into(page.grid, page.grid.currentIndex(), "03.06.2021", Qt.Key.Key_Tab)
    type_into(page.grid, page.grid.currentIndex(), "Линия", Qt.Key.Key_Tab)
    page.grid.setFocus()
    keys(page.grid, "д")
    chooser = QApplication.focusWidget()
    assert isinstance(chooser, QComboBox)
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    given = answer(page, NAMES[0])
    assert (given.values["speed_measured"], given.values["guaranteed"]) == (Decimal("96.5"), True)
    assert (given.state, given.complies) == (AnswerState.RECEIVED, True)
    (feed,) = the_round(page).feeds
    assert (feed.numerator, feed.denominator) == (1, 1)
    for _ in range(5):
        page.workspace.undo()
    assert answer(page, NAMES[0]).state is AnswerState.SENT


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [("speed_measured", "много", "нужно число"), ("measured_on", "31.02.2021", "не бывает")],
)
def test_what_is_no_answer_stays_in_the_cell(page, key: str, typed: str, sentence: str) -> None:
    type_into(page.grid, cell(page, NAMES[0], key), typed)
    assert sentence in page.notice.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not answer(page, NAMES[0]).answered


def test_a_block_from_excel(page) -> None:
    block = "100\t95\t03.06.2021\tЛиния\tда\n50\t40\t04.06.2021\tЛиния\tнет"
    paste_at(page.grid, cell(page, NAMES[1], "speed_contract"), block)
    assert answer(page, NAMES[1]).complies is True
    poor = answer(page, NAMES[2])
    assert (poor.complies, len(poor.reasons)) == (False, 2)
    page.filter.setCurrentIndex(1)
    assert [page.proxy.index(row, 0).data() for row in range(page.proxy.rowCount())] == [NAMES[0]]


def test_as_last_time_fills_what_is_empty(page) -> None:
    type_into(page.grid, cell(page, NAMES[0], "speed_measured"), "58")
    page.grid.selectAll()
    page.commands.same_action.trigger()
    assert answer(page, NAMES[0]).values == {**PAST, "speed_measured": Decimal(58)}
    assert answer(page, NAMES[2]).values == PAST
    assert page.workspace.undo_title == "Как в прошлый раз: школ 3"


def test_the_schools_by_verdict_are_drawn_and_follow_the_answers(page) -> None:
    workspace = page.workspace
    newest, answered = workspace.snapshot.rounds
    assert page.round == newest and page.verdicts.isHidden()  # nobody has answered: nothing to compare
    page.show_round(answered.id)
    assert page.verdicts.isHidden()  # all comply
    with workspace.edit("Ответ") as edit:
        slow = PAST | {"speed_contract": Decimal(5), "speed_measured": Decimal(4)}
        save_answers(edit, FORM, answered, [(workspace.snapshot.schools[0], slow)])
    assert page.verdicts.isVisible()
    (counts,) = page.verdicts.view.chart.series
    labels = FORM.complies_label.capitalize(), FORM.fails_label.capitalize()
    assert (page.verdicts.view.chart.categories, counts.values) == (labels, (2, 1))
    workspace.undo()
    assert page.verdicts.isHidden()


def test_accepting_and_sending_back(page) -> None:
    page.grid.selectAll()
    page.commands.same_action.trigger()
    page.grid.setCurrentIndex(cell(page, NAMES[1], Part.SCHOOL))
    page.commands.rework_action.trigger()
    assert answer(page, NAMES[1]).state is AnswerState.REWORK
    assert the_round(page).feeds[0].denominator == 2
    page.commands.accept_action.trigger()
    assert answer(page, NAMES[1]).state is AnswerState.ACCEPTED


def test_remarks_are_marked_where_they_are(page) -> None:
    school = page.workspace.snapshot.schools[0]
    with page.workspace.edit("Ответ") as edit:
        save_answer(edit, FORM, the_round(page), school, {"speed_contract": Decimal(50)}, source="Ответ.xlsx")
        recount(edit, the_round(page).id)
    marked = cell(page, NAMES[0], "speed_measured")
    assert (marked.data(), marked.data(CellRole.TONE)) == ("пусто", Tone.RED)
    assert "не заполнено: «Измеренная скорость»" in marked.data(Qt.ItemDataRole.ToolTipRole)
    assert cell(page, NAMES[0], Part.STATE).data() == "на доработке"
    wrong = [Remark("speed_measured", "«Измеренная скорость»: нужно число, а не «быстро»")]
    with page.workspace.edit("Ответ") as edit:
        save_answer(
            edit, FORM, the_round(page), school, {"speed_contract": Decimal(50)}, source="Ответ.xlsx", remarks=wrong
        )
    assert cell(page, NAMES[0], "speed_measured").data() == "неверно"
    page.grid.setCurrentIndex(cell(page, NAMES[0], Part.SCHOOL))
    page.panel.question_wanted.emit("measured_on")
    assert page.grid.currentIndex() == cell(page, NAMES[0], "measured_on")


def test_a_comment_of_a_school(page) -> None:
    type_into(page.grid, cell(page, NAMES[0], Part.COMMENT), "обещали в пятницу")
    assert answer(page, NAMES[0]).comment == "обещали в пятницу"
    assert answer(page, NAMES[0]).state is AnswerState.SENT


def test_the_sum_leads_to_its_indicator(page, qtbot: QtBot) -> None:
    link = page._sums.itemAt(0).widget()
    assert link.text().startswith("Показатель 1")
    contents = page.workspace.contents
    with qtbot.waitSignal(page.led) as led:
        link.click()
    assert led.args == [Place(contents.roadmap.id, None, contents.indicators[0].id)]


def test_a_new_round_from_the_dialog(page, qtbot: QtBot) -> None:
    dialog = RoundDialog(page.workspace, parent=page)
    qtbot.addWidget(dialog)
    dialog.form.setCurrentIndex(dialog.form.findData("internet"))
    assert dialog._feeds[0][1].currentData() == page.workspace.contents.indicators[0].id
    dialog.schools_list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert [school.name for school in dialog.schools] == [NAMES[0], NAMES[2]]
    dialog.due.setText("30.06.2021")
    found = dialog.found
    assert (found.period, found.due) == ("2021-Q2", date(2021, 6, 30))
    assert found.title == f"{FORM.title}, II квартал 2021\u00a0г."
    with page.workspace.edit("Мониторинг") as edit:
        add_round(edit, found, dialog.chosen_form, dialog.schools)
    assert page.workspace.snapshot.rounds[0].asked == 2


def test_workbooks_out_and_answers_in(page, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "Формы"
    schools = [school.id for school in page.workspace.snapshot.schools]
    told: list[str] = []
    send_out(page.workspace, page.tasks, page.model.desk, schools, folder, True, told.append)
    qtbot.waitUntil(lambda: bool(told))
    books = sorted(folder.glob("*.xlsx"))
    assert len(books) == len(list(folder.glob("*.eml"))) == 3
    for book, measured in zip(books, (95, "много", None), strict=True):
        fill(book, measured)
    (folder / "посторонний.xlsx").write_bytes(b"PK\x03\x04 nothing")
    results: list[object] = []
    read_answers_aside(page.workspace, page.tasks, [folder], results.append)
    qtbot.waitUntil(lambda: bool(results), timeout=15_000)
    dialog = CollectDialog(results[0], page)
    qtbot.addWidget(dialog)
    found = {each.file: each.outcome for each in dialog.collected}
    assert list(found.values()) == [Outcome.ACCEPTED, Outcome.SENT_BACK, Outcome.SENT_BACK, Outcome.REFUSED]
    before = page.workspace.undo_title
    assert take_answers(page.workspace, dialog.collected) == 2
    assert answer(page, NAMES[0]).values["speed_measured"] == 95
    assert answer(page, NAMES[1]).state is AnswerState.REWORK
    page.workspace.undo()
    assert page.workspace.undo_title == before and not answer(page, NAMES[0]).answered


def fill(path: Path, measured: object) -> None:
    """Answers a workbook as a school does; None leaves it empty."""
    if measured is None:
        return
    book = load_workbook(path)
    sheet = book["Ответ"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    given = {"speed_contract": 100, "speed_measured": measured, "measured_on": date(2021, 6, 1), "operator": "Линия",
             "guaranteed": "да"}  # fmt: skip
    for key, value in given.items():
        sheet.cell(rows[key], 4).value = value
    book.save(path)


def test_the_page_turns_to_the_round_that_answers_went_into(page, qtbot: QtBot, tmp_path: Path, monkeypatch) -> None:
    now, before = page.workspace.snapshot.rounds
    told: list[str] = []
    send_out(page.workspace, page.tasks, page.model.desk, [page.workspace.snapshot.schools[0].id], tmp_path, True,
             told.append)  # fmt: skip
    qtbot.waitUntil(lambda: bool(told))
    (book,) = tmp_path.glob("*.xlsx")
    fill(book, 95)
    page.show_round(before.id)
    monkeypatch.setattr(CollectDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    page.commands.take_paths([book])
    qtbot.waitUntil(lambda: the_round(page).id == now.id, timeout=15_000)
    assert answer(page, NAMES[0]).values["speed_measured"] == 95


def test_an_older_answer_is_asked_about(page, qtbot: QtBot, tmp_path: Path) -> None:
    school = page.workspace.snapshot.schools[0]
    told: list[str] = []
    send_out(page.workspace, page.tasks, page.model.desk, [school.id], tmp_path / "f", True, told.append)
    qtbot.waitUntil(lambda: bool(told))
    (book,) = (tmp_path / "f").glob("*.xlsx")
    fill(book, 95)
    with page.workspace.edit("Позже") as edit:
        later = datetime.now() + timedelta(hours=1)
        save_answer(edit, FORM, the_round(page), school, PAST, as_of=later)
    results: list[object] = []
    read_answers_aside(page.workspace, page.tasks, [book], results.append)
    qtbot.waitUntil(lambda: bool(results), timeout=15_000)
    dialog = CollectDialog(results[0], page)
    qtbot.addWidget(dialog)
    assert dialog.model.decisions == [KEEP]
    assert take_answers(page.workspace, dialog.collected) == 0
    dialog.model.setData(dialog.model.index(0, 4), REPLACE)
    assert take_answers(page.workspace, dialog.collected) == 1
    assert answer(page, NAMES[0]).values["speed_measured"] == 95


def test_files_dropped_on_the_grid_are_read(page, qtbot: QtBot, tmp_path: Path, monkeypatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(page.commands, "show_collected", shown.append)
    stranger = tmp_path / "посторонний.xlsx"
    stranger.write_bytes(b"PK\x03\x04 nothing")
    viewport = page.grid.viewport()
    drop(viewport, viewport.rect().center(), stranger)
    qtbot.waitUntil(lambda: bool(shown), timeout=15_000)
    assert shown[0][0].outcome is Outcome.REFUSED


def test_a_closed_period_cannot_be_typed_in(page) -> None:
    with page.workspace.edit("Закрытие") as edit:
        close_period(edit, "2021-Q2")
    page.grid.setFocus()
    page.grid.setCurrentIndex(cell(page, NAMES[0], "speed_contract"))
    keys(page.grid, "5")
    assert not answer(page, NAMES[0]).answered
    assert not page.commands.same_action.isEnabled()


def test_a_round_deleted_comes_back(page) -> None:
    found = the_round(page)
    page.commands.delete_action.trigger()
    assert the_round(page).period == "2021-Q1"
    page.workspace.undo()
    page.show_round(found.id)
    assert len(page.workspace.file.answers(found.id)) == 3


def test_without_schools_the_page_says_so(workspace, show_page) -> None:
    page = show_page(MonitoringPage, workspace)
    assert page._whole.currentIndex() == 2
    assert page.status_text() == ""
