"""A closed period stands against undo as it stands against typing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.domain.indicator import Actual
from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.errors import UserError
from cosdesk.store.edit import Edit
from cosdesk.store.file import DistrictFile
from cosdesk.store.indicators import delete_actual, delete_indicator, set_actual
from cosdesk.store.monitoring import change_round, delete_round, leave_out, recount, save_answer, set_state
from cosdesk.store.periods import close_period, reopen_period
from cosdesk.store.schools import delete_school
from tests.rounds import begin, desk, make_district

VALUES = {"speed_contract": Decimal(60), "speed_measured": Decimal(55)}
Change = Callable[[Edit, DistrictFile], object]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DistrictFile]:
    """A value by hand and a round with one answer, both of 2026."""
    with make_district(tmp_path / "Район.cosdesk") as opened:
        with opened.edit("Факт") as edit:
            set_actual(edit, Actual(0, 2, "2026", value=Decimal(5)))
        begin(opened)
        with opened.edit("Ответ") as edit:
            answer(edit, opened, 1)
        yield opened


def answer(edit: Edit, file: DistrictFile, school_id: int) -> None:
    found = desk(file, 1)
    save_answer(edit, found.form, found.round, found.schools[school_id], VALUES)
    recount(edit, 1)


def close(file: DistrictFile, period: str = "2026") -> None:
    with file.edit("Закрытие") as edit:
        close_period(edit, period)


def reopen(file: DistrictFile) -> None:
    with file.edit("Открытие") as edit:
        reopen_period(edit, "2026", "уточнение")


def values(file: DistrictFile) -> tuple[object, ...]:
    snapshot = file.snapshot()
    rounds = snapshot.rounds
    return snapshot.recorded, rounds, [file.answers(each.id) for each in rounds]


CHANGES: dict[str, Change] = {
    "a value typed over": lambda edit, _: set_actual(edit, Actual(0, 2, "2026", value=Decimal(7), reason="так")),
    "a reason": lambda edit, _: set_actual(edit, Actual(0, 2, "2026", value=Decimal(5), reason="нет линии")),
    "a new value": lambda edit, _: set_actual(edit, Actual(0, 1, "2026", value=Decimal(7))),
    "a value taken away": lambda edit, _: delete_actual(edit, 2, "2026"),
    "an answer": lambda edit, file: answer(edit, file, 2),
    "a state": lambda edit, _: set_state(edit, 1, [1], AnswerState.ACCEPTED),
    "a school left out": lambda edit, _: leave_out(edit, 1, 1),
    "a round's title": lambda edit, file: change_round(edit, renamed(file)),
    "a round deleted": lambda edit, _: delete_round(edit, 1),
}


def renamed(file: DistrictFile) -> Round:
    return replace(desk(file, 1).round, title="Иначе")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_undo_and_redo_of_a_closed_value_ask_for_reopening(file: DistrictFile, change: Change) -> None:
    before = values(file)
    with file.edit("Правка") as edit:
        change(edit, file)
    after = values(file)
    assert after != before
    close(file)
    with pytest.raises(UserError, match="закрыт, его значения не меняются"):
        file.undo()
    assert values(file) == after
    reopen(file)
    assert file.undo() == "Правка" and values(file) == before


def test_redo_of_a_closed_value_asks_too(file: DistrictFile) -> None:
    with file.edit("Правка") as edit:
        set_actual(edit, Actual(0, 2, "2026", value=Decimal(7)))
    close(file, "2025")
    file.undo()
    before = values(file)
    # Closed by another way than an edit, which would drop what was undone.
    file._database.conn.execute("UPDATE period_closure SET period = '2026'")
    with pytest.raises(UserError, match="закрыт"):
        file.redo()
    assert values(file) == before


def test_closing_itself_is_not_undone(file: DistrictFile) -> None:
    with file.edit("План") as edit:
        edit.update("indicator", 1, {"title": "Иначе"})
    close(file)
    assert file.undo() == "План"
    (closure,) = file.snapshot().closures
    assert closure.stands
    assert file.redo() == "План"
    reopen(file)
    assert file.undo() == "План"
    (closure,) = file.snapshot().closures
    assert not closure.stands and closure.reason == "уточнение"


@pytest.mark.parametrize(
    "change", [lambda edit: delete_indicator(edit, 2), lambda edit: delete_school(edit, 1)], ids=["indicator", "school"]
)
def test_what_went_with_its_owner_comes_back_into_a_closed_period(
    file: DistrictFile, change: Callable[[Edit], None]
) -> None:
    close(file)
    before = values(file)
    with file.edit("Удаление") as edit:
        change(edit)
    assert values(file) != before
    assert file.undo() == "Удаление" and values(file) == before
