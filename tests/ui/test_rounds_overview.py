"""All rounds as one list: what each line says, how it is searched and sorted, the way into a round and back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cosdesk.domain.organisation import School
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.answers import CollectedAnswer
from cosdesk.rounds import new_round
from cosdesk.store.monitoring import add_round, change_round, mark_sent, recount, save_answer
from cosdesk.store.schools import add_school
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.page import Place
from cosdesk.ui.theme import Tone
from cosdesk.ui.workspace import Workspace
from tests.intake.test_heap_parts import mail
from tests.ui.hands import drop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NAMES = ("Лесная СОШ", "Полевая ООШ", "Речная НОШ")
TITLE, FORM, PERIOD, ANSWERED, STATES, DUE, SILENT, ROW = range(8)


@pytest.fixture
def page(workspace: Workspace, show_page) -> MonitoringPage:
    """A late round of the Internet with one answer of three, one of the platform over, one just begun."""
    with workspace.edit("Школы") as edit:
        for name in NAMES:
            add_school(edit, School(0, name))
    today = workspace.snapshot.today
    late = begin(workspace, "internet", "2021-Q1", due=today - timedelta(days=3), item_id=2)
    with workspace.edit("Ответ") as edit:
        mark_sent(edit, late, [1, 2])
        values = {"speed_contract": Decimal(60), "speed_measured": Decimal(55), "measured_on": today,
                  "operator": "Линия", "guaranteed": True}  # fmt: skip
        found = next(each for each in workspace.snapshot.rounds if each.id == late)
        save_answer(edit, monitoring_form("internet"), found, workspace.snapshot.schools[2], values)
        recount(edit, late)
    begin(workspace, "platform", "2020", closed_on=today)
    begin(workspace, "internet", "2021-Q3")
    return show_page(MonitoringPage, workspace)


def begin(workspace: Workspace, form_id: str, period: str, **changes: object) -> int:
    form = monitoring_form(form_id)
    with workspace.edit("Мониторинг") as edit:
        found = replace(new_round(workspace.snapshot, form, period), title=f"Опрос {period}")
        added = add_round(edit, found, form, workspace.snapshot.schools)
        change_round(edit, replace(found, id=added, **changes))  # type: ignore[arg-type]
    return added


def texts(page: MonitoringPage, column: int) -> list[str]:
    model = page.overview.list.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_line_says_who_owes_what(page: MonitoringPage) -> None:
    page.faces.setCurrentIndex(1)
    assert texts(page, TITLE) == ["Опрос 2021-Q3", "Опрос 2020", "Опрос 2021-Q1"]
    model = page.overview.list.model()
    line = [model.index(2, column) for column in range(8)]
    assert line[FORM].data() == monitoring_form("internet").title
    assert line[PERIOD].data() == "I квартал 2021\u00a0г."
    assert (line[ANSWERED].data(), line[ANSWERED].data(CellRole.TONE)) == ("1 из 3", Tone.AMBER)
    assert line[STATES].data() == "получено 1, отправлено 2"
    assert line[DUE].data(CellRole.TONE) is Tone.RED
    assert line[SILENT].data() == "2 из 3: Лесная СОШ, Полевая ООШ"
    assert line[ROW].data() == "1.1 Замеры скорости"
    assert "завершён" in model.index(1, STATES).data() and model.index(1, SILENT).data() == "3"
    assert page.status_text() == "Мониторингов: 3"


def test_searched_sorted_filtered_and_copied(page: MonitoringPage) -> None:
    page.faces.setCurrentIndex(1)
    page.search("полевая 2021-q1")
    assert texts(page, TITLE) == ["Опрос 2021-Q1"]
    page.search("такого нет")
    assert page.overview.list.shown_count == 0 and page.status_text() == "Мониторингов: 3, показано 0"
    assert not page.overview.list.isVisible()
    page.search("")
    page.overview.list.sortByColumn(PERIOD, Qt.SortOrder.AscendingOrder)
    assert texts(page, TITLE) == ["Опрос 2020", "Опрос 2021-Q1", "Опрос 2021-Q3"]
    page.overview.list.sortByColumn(ANSWERED, Qt.SortOrder.DescendingOrder)
    assert texts(page, TITLE)[0] == "Опрос 2021-Q1"
    for number, expected in ((1, {"Опрос 2021-Q1", "Опрос 2021-Q3"}), (2, {"Опрос 2021-Q1"}), (3, {"Опрос 2020"})):
        page.overview.filter.setCurrentIndex(number)
        assert set(texts(page, TITLE)) == expected
    page.overview.list.copy_all()
    assert QGuiApplication.clipboard().text().split("\t")[0] == "Опрос 2020"


def test_enter_turns_to_the_round_and_the_window_leads_to_it(page: MonitoringPage) -> None:
    page.faces.setCurrentIndex(1)
    assert page.rounds.isHidden() and not page.grid.isVisible()
    view = page.overview.list
    view.setCurrentIndex(view.model().index(2, 0))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert page.round is not None and page.round.title == "Опрос 2021-Q1"
    assert page.faces.currentIndex() == 0 and page.grid.isVisible() and page.rounds.isVisible()
    page.faces.setCurrentIndex(1)
    page.show_place(Place(0, round_id=page.workspace.snapshot.rounds[0].id))
    assert page.faces.currentIndex() == 0 and page.round.title == "Опрос 2021-Q3"


def test_what_changes_shows_at_once(page: MonitoringPage) -> None:
    page.faces.setCurrentIndex(1)
    page.overview.list.choose(page.workspace.snapshot.rounds[1].id)
    with page.workspace.edit("Отправлено") as edit:
        mark_sent(edit, 3, [1, 2, 3])
    assert texts(page, STATES)[0] == "отправлено 3"
    assert page.overview.list.chosen == page.workspace.snapshot.rounds[1].id


def test_answers_dropped_on_the_list_are_read(page: MonitoringPage, qtbot: QtBot, tmp_path: Path, monkeypatch) -> None:
    shown: list[list[CollectedAnswer]] = []
    monkeypatch.setattr(page.commands, "show_collected", shown.append)
    (tmp_path / "а.eml").write_bytes(mail({}).as_bytes())
    page.faces.setCurrentIndex(1)
    drop(page.overview, page.overview.rect().center(), tmp_path / "а.eml")
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert "нет книги с ответом: вложений нет" in shown[0][0].message
