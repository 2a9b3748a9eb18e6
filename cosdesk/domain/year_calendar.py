"""A year at a glance: what each month of a row's year holds."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.execution import Occurrence, Status
from cosdesk.domain.state import ItemState

_CLOSED = (Status.DONE, Status.DONE_LATE, Status.CANCELLED)


class Mark(StrEnum):
    """What a month holds for one row, the weightiest of all it holds."""

    NOTHING = "nothing"
    OPEN = "open"
    DUE = "due"
    DONE = "done"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Mark.NOTHING: "",
    Mark.OPEN: "идёт срок",
    Mark.DUE: "срок окончания",
    Mark.DONE: "исполнено",
    Mark.OVERDUE: "просрочено",
}
_WEIGHT = (Mark.NOTHING, Mark.OPEN, Mark.DONE, Mark.DUE, Mark.OVERDUE)


def row_marks(state: ItemState, year: int) -> tuple[Mark, ...]:
    """Twelve marks of a row, January first.

    A done occurrence is marked in the month it was done, an open one in every month of its
    window, heavier in the month it ends.
    """
    marks = [Mark.NOTHING] * 12
    for occurrence in state.occurrences:
        for month, mark in _marks(occurrence, year):
            marks[month - 1] = max(marks[month - 1], mark, key=_WEIGHT.index)
    return tuple(marks)


def _marks(occurrence: Occurrence, year: int) -> Iterable[tuple[int, Mark]]:
    window, record = occurrence.window, occurrence.record
    if occurrence.status is Status.CANCELLED:
        return
    if occurrence.status in _CLOSED:
        done = record.on if record and record.on else window.end
        if done.year == year:
            yield done.month, Mark.DONE
        return
    first, last = max(window.start, date(year, 1, 1)), min(window.end, date(year, 12, 31))
    for month in range(first.month, last.month + 1) if first <= last else ():
        yield month, Mark.OPEN
    if window.end.year == year:
        yield window.end.month, Mark.OVERDUE if occurrence.status is Status.OVERDUE else Mark.DUE


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many terms end in a month, and how many of them are closed or overdue."""

    due: int = 0
    done: int = 0
    overdue: int = 0


def month_counts(states: Iterable[ItemState], year: int) -> tuple[MonthCount, ...]:
    """Twelve counts over all the rows, by the month in which a window ends."""
    counts = [[0, 0, 0] for _ in range(12)]
    for state in states:
        for occurrence in state.occurrences:
            if occurrence.window.end.year == year and occurrence.status is not Status.CANCELLED:
                month = counts[occurrence.window.end.month - 1]
                month[0] += 1
                month[1] += occurrence.status in _CLOSED
                month[2] += occurrence.status is Status.OVERDUE
    return tuple(MonthCount(*month) for month in counts)
