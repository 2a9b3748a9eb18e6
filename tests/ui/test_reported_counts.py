"""Accepting answers about learners and teachers: the register is offered them, never overwritten unasked."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.rounds import new_round
from cosdesk.store.monitoring import add_round, save_answers
from cosdesk.store.schools import add_school
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FORM = monitoring_form("counts")
KNOWN = {"Лесная СОШ": None, "Полевая ООШ": (100, 10), "Речная НОШ": (120, 12)}


@pytest.fixture
def page(workspace: Workspace, show_page: Callable) -> MonitoringPage:
    """Three schools answered 120 and 12: one without counts of that year, one with others, one with the same."""
    with workspace.edit("Школы") as edit:
        for name, known in KNOWN.items():
            add_school(edit, School(0, name, counts=(SchoolCount(2021, *known),) if known else ()))
    with workspace.edit("Мониторинг") as edit:
        add_round(edit, new_round(workspace.snapshot, FORM, "2021-Q4"), FORM, workspace.snapshot.schools)
    values = {"learners_now": Decimal(120), "teachers_now": Decimal(12)}
    with workspace.edit("Ответы") as edit:
        save_answers(edit, FORM, workspace.snapshot.rounds[0], [(s, values) for s in workspace.snapshot.schools])
    return show_page(MonitoringPage, workspace)


def register(page: MonitoringPage) -> dict[str, tuple[int, int] | None]:
    counts = {school.name: school.count(2021) for school in page.workspace.snapshot.schools}
    return {name: (count.learners, count.teachers) if count else None for name, count in counts.items()}


def accept_all(page: MonitoringPage, monkeypatch: pytest.MonkeyPatch, answer: int) -> list[str]:
    asked: list[str] = []

    def choose(question: str, answers: list[str], _parent: object) -> int | None:
        asked.extend([question, *answers])
        return answer if answer >= 0 else None

    monkeypatch.setattr("cosdesk.ui.reported_counts.choose", choose)
    page.grid.setFocus()
    page.grid.selectAll()
    QTest.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return asked


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (0, {**KNOWN, "Лесная СОШ": (120, 12)}),
        (1, dict.fromkeys(KNOWN, (120, 12))),
        (-1, KNOWN),
    ],
)
def test_the_user_says_what_becomes_of_other_numbers(
    page: MonitoringPage, monkeypatch: pytest.MonkeyPatch, answer: int, expected: dict[str, tuple[int, int] | None]
) -> None:
    question, *answers = (text.replace("\u00a0", " ") for text in accept_all(page, monkeypatch, answer))
    assert "2021/2022 учебный год" in question and "нет: 1 школа" in question and "другие числа: 1 школа" in question
    assert "– Полевая ООШ: обучающихся 100 → 120, учителей 10 → 12" in question
    assert answers == ["Записать недостающие: 1", "Записать и заменить: 2"]
    assert register(page) == expected
    if answer >= 0:
        page.workspace.undo()
        assert register(page) == KNOWN


def test_nothing_is_asked_where_all_is_the_same(page: MonitoringPage, monkeypatch: pytest.MonkeyPatch) -> None:
    accept_all(page, monkeypatch, 1)
    assert accept_all(page, monkeypatch, 1) == []
    page.commands.counts_action.trigger()
    assert "не отличаются" in page.notice.text()


def test_other_rounds_ask_nothing(workspace: Workspace, show_page: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda _: pytest.fail("asked"))
    form = monitoring_form("training")
    with workspace.edit("Школы") as edit:
        add_school(edit, School(0, "Лесная СОШ"))
    with workspace.edit("Мониторинг") as edit:
        add_round(edit, new_round(workspace.snapshot, form, "2021-Q4"), form, workspace.snapshot.schools)
    with workspace.edit("Ответы") as edit:
        answers = [(school, {"trained": Decimal(5)}) for school in workspace.snapshot.schools]
        save_answers(edit, form, workspace.snapshot.rounds[0], answers)
    page = show_page(MonitoringPage, workspace)
    page.grid.selectAll()
    page.commands.accept_action.trigger()
    assert not page.commands.counts_action.isEnabled()
