"""Marks and counts of a year's months."""

from datetime import date

import pytest

from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.domain.state import ItemState, item_state
from cosdesk.domain.year_calendar import Mark, MonthCount, month_counts, row_marks

SIGNS = {Mark.NOTHING: ".", Mark.OPEN: "-", Mark.DUE: "с", Mark.DONE: "и", Mark.OVERDUE: "п"}


def state(wording: str, today: date, *records: Execution) -> ItemState:
    item = Item(1, ItemKind.ACTIVITY, "Строка", term=Term(wording))
    return item_state(item, (2021, 2022), {1: records}, (), today)


@pytest.mark.parametrize(
    ("wording", "today", "records", "signs"),
    [
        ("март – май 2021", date(2021, 1, 1), (), "..--с......."),
        ("март – май 2021", date(2021, 7, 1), (), "..--п......."),
        ("декабрь, май", date(2021, 1, 1), (), "....с......с"),
        ("в течение года", date(2021, 2, 1), (), "-----------с"),
        ("май 2021", date(2021, 7, 1), (Execution(1, 1, Outcome.DONE, on=date(2021, 6, 2)),), ".....и......"),
        ("май 2021", date(2021, 7, 1), (Execution(1, 1, Outcome.CANCELLED),), "............"),
        ("2020 год", date(2021, 7, 1), (), "............"),
        ("по мере необходимости", date(2021, 7, 1), (), "............"),
    ],
)
def test_marks(wording: str, today: date, records: tuple[Execution, ...], signs: str) -> None:
    assert "".join(SIGNS[mark] for mark in row_marks(state(wording, today, *records), 2021)) == signs


def test_counts_are_of_terms_not_of_rows() -> None:
    counts = month_counts([state("декабрь, май", date(2021, 6, 1)), state("май 2021", date(2021, 6, 1))], 2021)
    assert counts[4] == MonthCount(due=2, done=0, overdue=2)
    assert counts[11] == MonthCount(due=1)
    assert sum(count.due for count in counts) == 3
