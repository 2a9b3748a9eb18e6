"""What burns: overdue, due this month and next, without evidence, indicators behind plan, gaps of the coming report."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Occurrence, Outcome, Status
from cosdesk.domain.indicator import Achievement
from cosdesk.domain.period import Period, last_ended_quarter
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.state import ItemState, actuals_by_indicator, indicator_state, item_states, latest_actual


class Topic(StrEnum):
    """The groups of the start page, the most urgent first."""

    OVERDUE = "overdue"
    THIS_MONTH = "this_month"
    NEXT_MONTH = "next_month"
    NO_EVIDENCE = "no_evidence"
    BEHIND_PLAN = "behind_plan"
    NO_ANSWER = "no_answer"
    REPORT_GAPS = "report_gaps"

    @property
    def label(self) -> str:
        return _TOPIC_LABELS[self]


_TOPIC_LABELS = {
    Topic.OVERDUE: "Просрочено",
    Topic.THIS_MONTH: "Срок в этом месяце",
    Topic.NEXT_MONTH: "Срок в следующем месяце",
    Topic.NO_EVIDENCE: "Исполнено без документа",
    Topic.BEHIND_PLAN: "Показатели ниже плана",
    Topic.NO_ANSWER: "Ждём ответы школ",
    Topic.REPORT_GAPS: "Не хватает для отчёта",
}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One thing to do.  ``due`` is the day it ends, None where none is named; ``reason`` is a short Russian phrase.

    Leads to the row ``item_id`` or the indicator ``indicator_id`` of the roadmap, or to the round of
    monitoring ``round_id``, which belongs to no roadmap (0).
    """

    topic: Topic
    roadmap_id: int
    number: str
    title: str
    reason: str
    due: date | None = None
    item_id: int | None = None
    indicator_id: int | None = None
    window_end: date | None = None
    round_id: int | None = None


class RowLines:
    """The lines of rows on a day, kept as long as a row's state is the very same."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._kept: dict[int, tuple[ItemState, list[AgendaLine]]] = {}

    def of(self, contents: RoadmapContents, state: ItemState) -> list[AgendaLine]:
        kept = self._kept.get(state.item.id)
        if kept is None or kept[0] is not state:
            kept = self._kept[state.item.id] = (state, _row_lines(contents, state, self.on))
        return kept[1]


def agenda(
    snapshot: Snapshot,
    on: date,
    period: Period | None = None,
    known: Mapping[int, ItemState] | None = None,
    rows: RowLines | None = None,
) -> tuple[AgendaLine, ...]:
    """All lines by topic, within a topic by day.

    ``period`` is the one reported on next (the last ended quarter by default).  Counts
    occurrences, not rows: a yearly row two years late stands here twice.  ``known`` are the states of
    rows on that day where they have been worked out already, ``rows`` their lines.
    """
    rows = rows if rows and rows.on == on else RowLines(on)
    snapshot = replace(snapshot, today=on)
    period = period or last_ended_quarter(on)
    lines: list[AgendaLine] = []
    for contents in snapshot.roadmaps:
        states = item_states(snapshot, contents, known)
        for state in states.values():
            lines += rows.of(contents, state)
        lines += _indicator_lines(snapshot, contents, period)
    lines += _round_lines(snapshot, on)
    order = {topic: place for place, topic in enumerate(Topic)}
    return tuple(sorted(lines, key=lambda line: (order[line.topic], line.due or date.max)))


def _row_lines(contents: RoadmapContents, state: ItemState, on: date) -> list[AgendaLine]:
    lines = []
    for occurrence in state.occurrences:
        if found := _topic_of(occurrence, on):
            topic, due, reason = found
            lines.append(_line(contents, state, topic, reason, due, occurrence.window.end))
    lines += [
        _line(contents, state, Topic.NO_EVIDENCE, "документ не указан", record.on, record.window_end)
        for record in state.records
        if record.outcome is Outcome.DONE and not record.evidence_ids and not state.evidence and state.item.expected
    ]
    return lines


def _round_lines(snapshot: Snapshot, on: date) -> list[AgendaLine]:
    names = {school.id: school.short_name or school.name for school in snapshot.schools}
    lines = []
    for monitoring in snapshot.rounds:
        if monitoring.is_open and monitoring.waiting:
            silent = [names[school_id] for school_id in monitoring.waiting if school_id in names]
            reason = f"не ответили: {len(monitoring.waiting)} из {monitoring.asked}"
            if monitoring.is_late(on):
                reason += ", срок прошёл"
            title = f"{monitoring.title}: {', '.join(silent)}" if silent else monitoring.title
            lines.append(AgendaLine(Topic.NO_ANSWER, 0, "", title, reason, monitoring.due, round_id=monitoring.id))
    return lines


def _topic_of(occurrence: Occurrence, on: date) -> tuple[Topic, date, str] | None:
    record = occurrence.record
    due = record.due if record and record.outcome is Outcome.POSTPONED and record.due else occurrence.window.end
    if occurrence.status is Status.OVERDUE:
        return Topic.OVERDUE, due, f"просрочка, дней: {(on - due).days}"
    if occurrence.status not in (Status.AT_RISK, Status.IN_PROGRESS, Status.NOT_DUE):
        return None
    ahead = (due.year - on.year) * 12 + due.month - on.month
    days = (due - on).days
    reason = "сегодня последний день" if days == 0 else f"осталось дней: {days}"
    if ahead == 0:
        return Topic.THIS_MONTH, due, reason
    return (Topic.NEXT_MONTH, due, reason) if ahead == 1 else None


def _line(
    contents: RoadmapContents, state: ItemState, topic: Topic, reason: str, due: date | None, window_end: date | None
) -> AgendaLine:
    item = state.item
    return AgendaLine(
        topic, contents.roadmap.id, item.number, item.title, reason, due, item_id=item.id, window_end=window_end
    )


def _indicator_lines(snapshot: Snapshot, contents: RoadmapContents, period: Period) -> list[AgendaLine]:
    actuals = actuals_by_indicator(snapshot)
    lines = []
    for indicator in contents.indicators:
        own = actuals.get(indicator.id, {})
        state = indicator_state(indicator, own, period, snapshot.norms)
        latest = state.actual or latest_actual(own, period)
        if state.target is None and latest is None:
            continue
        state = replace(state, actual=latest)
        reason = ""
        if latest is None:
            topic, reason = Topic.REPORT_GAPS, f"нет значения за {period.label}"
        elif state.achievement in (Achievement.BELOW, Achievement.FAILED):
            topic, reason = Topic.BEHIND_PLAN, state.achievement.label.lower()
        if reason:
            lines.append(
                AgendaLine(
                    topic, contents.roadmap.id, indicator.number, indicator.title, reason, indicator_id=indicator.id
                )
            )
    return lines


def counts(lines: tuple[AgendaLine, ...]) -> dict[Topic, int]:
    """How many lines each topic has, topics without lines included."""
    found = Counter([line.topic for line in lines])
    return {topic: found[topic] for topic in Topic}


def overdue_rows(lines: tuple[AgendaLine, ...]) -> set[int]:
    """Ids of the rows with something overdue."""
    return {line.item_id for line in lines if line.topic is Topic.OVERDUE and line.item_id is not None}

