"""What was done of a row, and the status that follows from it on a given day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.norms import USUAL, Norms
from cosdesk.domain.roadmap import Item
from cosdesk.domain.schedule import Schedule, Window


class Outcome(StrEnum):
    """What a record says of one occurrence."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.DONE: "выполнено",
    Outcome.PARTLY: "выполнено частично",
    Outcome.NOT_DONE: "не выполнено",
    Outcome.POSTPONED: "перенесено",
    Outcome.CANCELLED: "отменено",
}


class Status(StrEnum):
    """Computed, never stored."""

    DONE = "done"
    DONE_LATE = "done_late"
    IN_PROGRESS = "in_progress"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    NOT_DUE = "not_due"
    UNDETERMINED = "undetermined"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.DONE: "Выполнено",
    Status.DONE_LATE: "Выполнено с нарушением срока",
    Status.IN_PROGRESS: "В работе",
    Status.AT_RISK: "Риск срыва",
    Status.OVERDUE: "Не выполнено",
    Status.NOT_DUE: "Срок не наступил",
    Status.UNDETERMINED: "Срок не определён",
    Status.CANCELLED: "Отменено",
}

# The worst of a row's occurrences is the row's status.
_SEVERITY = (Status.OVERDUE, Status.AT_RISK, Status.IN_PROGRESS, Status.DONE_LATE, Status.DONE, Status.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Execution:
    """A record about one occurrence of a row.

    ``window_end`` is the end of the window it answers, None for a row without windows.
    ``due`` is the new term of a postponed occurrence.
    """

    id: int
    item_id: int
    outcome: Outcome
    window_end: date | None = None
    on: date | None = None
    due: date | None = None
    reason: str = ""
    measure: str = ""
    comment: str = ""
    evidence_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One expected execution: a row and a window, with its latest record and status."""

    item: Item
    window: Window
    record: Execution | None
    status: Status

    @property
    def days_late(self) -> int:
        """Days between the window's end and the execution; 0 when not done or in time."""
        if self.record is None or self.record.outcome is not Outcome.DONE or self.record.on is None:
            return 0
        return max(0, (self.record.on - self.window.end).days)


def occurrence_status(
    window: Window, record: Execution | None, today: date, at_risk: bool = False, norms: Norms = USUAL
) -> Status:
    """The status of one occurrence.  A window is overdue only when it has ended."""
    end = window.end
    if record is not None:
        if record.outcome is Outcome.CANCELLED:
            return Status.CANCELLED
        if record.outcome is Outcome.DONE:
            return Status.DONE_LATE if record.on and record.on > window.end else Status.DONE
        if record.outcome is Outcome.POSTPONED and record.due:
            end = record.due
    if today > end:
        return Status.OVERDUE
    started = today >= window.start or window.start == window.end
    soon = end - today <= timedelta(days=norms.risk_days)
    if (started and soon) or at_risk:
        return Status.AT_RISK
    begun = today >= window.start or (record is not None and record.outcome is Outcome.PARTLY)
    return Status.IN_PROGRESS if begun else Status.NOT_DUE


def occurrences(
    item: Item, schedule: Schedule, records: Iterable[Execution], today: date, norms: Norms = USUAL
) -> tuple[Occurrence, ...]:
    """A row's windows, each with the newest record that names its end.

    A record without a window answers the first window that has no record of its own; one whose
    window is gone since the term was changed answers the window that now holds that day.  The
    row's mark of risk is about the first window still open.
    """
    named, loose = _answers(item, schedule.windows, records)
    at_risk = item.at_risk
    result = []
    for window in schedule.windows:
        answer = named.get(window.end)
        if answer is None and loose:
            answer = loose.pop(0)
        status = occurrence_status(window, answer, today, at_risk, norms)
        at_risk = at_risk and status is not Status.AT_RISK
        result.append(Occurrence(item, window, answer, status))
    return tuple(result)


def _answers(
    item: Item, windows: Sequence[Window], records: Iterable[Execution]
) -> tuple[dict[date, Execution], list[Execution]]:
    """The newest record of each window's end, and those that name no window."""
    ends = {window.end for window in windows}
    named: dict[date, Execution] = {}
    loose: list[Execution] = []
    for record in sorted(records, key=lambda r: r.id):
        if record.item_id != item.id:
            continue
        if record.window_end is None:
            loose.append(record)
            continue
        end = record.window_end if record.window_end in ends else _moved(record.window_end, windows)
        if end:
            named[end] = record
    return named, loose


def _moved(end: date, windows: Sequence[Window]) -> date | None:
    """Where the window that ended on that day is now: the only one, or the one that holds the day."""
    if len(windows) == 1:
        return windows[0].end
    return next((window.end for window in windows if window.start <= end <= window.end), None)


def answered_occurrence(found: Sequence[Occurrence], on: date) -> Occurrence | None:
    """The occurrence that an execution on that day answers, among one row's occurrences; None where there is none.

    The window that holds the day, one still open first; else the latest ended window
    still open; else the next one; else, all being closed, the nearest: a correction.
    Open is what has neither been done nor cancelled.
    """
    closed = (Outcome.DONE, Outcome.CANCELLED)
    waiting = [o for o in found if o.record is None or o.record.outcome not in closed]
    for holders in ([o for o in among if o.window.start <= on <= o.window.end] for among in (waiting, found)):
        if holders:
            return min(holders, key=lambda o: o.window.end)
    if ended := [o for o in waiting if o.window.end < on]:
        return max(ended, key=lambda o: o.window.end)
    return min(waiting or found, key=lambda o: abs(o.window.end - on), default=None)


def item_status(
    item: Item, schedule: Schedule, records: Sequence[Execution], today: date, norms: Norms = USUAL
) -> Status:
    """The status of a row: the worst of its occurrences; done only when nothing is still to come."""
    return worst_status(item, occurrences(item, schedule, records, today, norms), records, today, norms)


def worst_status(
    item: Item, found: Sequence[Occurrence], records: Iterable[Execution], today: date, norms: Norms = USUAL
) -> Status:
    """The same of occurrences that have been worked out."""
    records = [record for record in records if record.item_id == item.id]
    if item.cancelled:
        return Status.CANCELLED
    if not found:
        return _status_without_windows(records, today, norms)
    statuses = [occurrence.status for occurrence in found]
    if all(status is Status.CANCELLED for status in statuses):
        return Status.CANCELLED
    worst = min((s for s in statuses if s is not Status.CANCELLED), key=_SEVERITY.index)
    if worst in (Status.DONE, Status.DONE_LATE) and Status.NOT_DUE in statuses:
        return Status.IN_PROGRESS
    return worst


def _status_without_windows(records: list[Execution], today: date, norms: Norms) -> Status:
    if not records:
        return Status.UNDETERMINED
    latest = max(records, key=lambda r: r.id)
    if latest.outcome is Outcome.POSTPONED and latest.due:
        return occurrence_status(Window(latest.due, latest.due), None, today, norms=norms)
    return {
        Outcome.DONE: Status.DONE,
        Outcome.NOT_DONE: Status.OVERDUE,
        Outcome.CANCELLED: Status.CANCELLED,
    }.get(latest.outcome, Status.IN_PROGRESS)


def records_by_item(records: Iterable[Execution]) -> Mapping[int, tuple[Execution, ...]]:
    grouped: dict[int, list[Execution]] = {}
    for record in records:
        grouped.setdefault(record.item_id, []).append(record)
    return {item_id: tuple(rows) for item_id, rows in grouped.items()}
