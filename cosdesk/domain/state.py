"""Where every row and indicator stands on a given day: what the window, ``show`` and the reports read."""

from collections.abc import Mapping
from datetime import date

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import (
    Execution,
    Occurrence,
    Status,
    occurrences,
    records_by_item,
    worst_status,
)
from cosdesk.domain.indicator import Actual, Indicator, IndicatorState
from cosdesk.domain.norms import USUAL, Norms
from cosdesk.domain.period import Period, PeriodKind, parse_period, periods_of
from cosdesk.domain.roadmap import Item, RoadmapContents
from cosdesk.domain.schedule import Schedule, understand_item


@dataclass(frozen=True, slots=True)
class ItemState:
    """A row with its term's meaning, its expected executions, records, documents and status."""

    item: Item
    schedule: Schedule
    occurrences: tuple[Occurrence, ...]
    records: tuple[Execution, ...]
    evidence: tuple[Evidence, ...]
    status: Status

    @property
    def next_occurrence(self) -> Occurrence | None:
        """The first occurrence that still waits for its record."""
        waiting = (Status.OVERDUE, Status.AT_RISK, Status.IN_PROGRESS, Status.NOT_DUE)
        return next((o for o in self.occurrences if o.record is None and o.status in waiting), None)


def item_states(
    snapshot: Snapshot, contents: RoadmapContents, known: Mapping[int, ItemState] | None = None
) -> dict[int, ItemState]:
    """The state of each row by id, on ``snapshot.today``.

    ``known`` are states of the same day, norms and years: those of rows that are still the same, with the same
    records and documents, are kept.
    """
    records = records_by_item(snapshot.executions)
    papers: dict[int, list[Evidence]] = {}
    for document in snapshot.evidence:
        for item_id in document.item_ids:
            papers.setdefault(item_id, []).append(document)
    years = contents.roadmap.years
    states: dict[int, ItemState] = {}
    for item in contents.items:
        own, evidence = records.get(item.id, ()), tuple(papers.get(item.id, ()))
        kept = known.get(item.id) if known else None
        same = kept is not None and (kept.item is item or kept.item == item)
        if kept is None or not same or kept.records != own or kept.evidence != evidence:
            kept = item_state(item, years, records, evidence, snapshot.today, snapshot.norms)
        states[item.id] = kept
    return states


def item_state(
    item: Item,
    years: tuple[int, int] | None,
    records: Mapping[int, tuple[Execution, ...]],
    evidence: tuple[Evidence, ...],
    today: date,
    norms: Norms = USUAL,
) -> ItemState:
    """The state of one row; ``records`` by row id."""
    schedule = understand_item(item, years)
    own = records.get(item.id, ())
    found = occurrences(item, schedule, own, today, norms)
    return ItemState(item, schedule, found, own, evidence, worst_status(item, found, own, today, norms))


def indicator_state(
    indicator: Indicator, actuals: Mapping[str, Actual], period: Period, norms: Norms = USUAL
) -> IndicatorState:
    """An indicator against its plan on one period: that period's own target, else the year's; that period's own value.

    ``actuals`` are the indicator's values by period code.
    """
    plan = indicator.plan(period.code) or indicator.plan(str(period.year))
    previous = actuals.get(str(period.year - 1))
    return IndicatorState(indicator, plan, actuals.get(period.code), previous.amount if previous else None, norms)


def latest_actual(actuals: Mapping[str, Actual], period: Period) -> Actual | None:
    """The period's own value, else the one of the latest cumulative period of that year ending on or before it."""
    if period.code in actuals:
        return actuals[period.code]
    earlier = [p for p in map(parse_period, actuals) if p.year == period.year and p.end <= period.end]
    return actuals[max(earlier, key=lambda p: (p.end, p.kind is PeriodKind.YEAR)).code] if earlier else None


def actuals_by_indicator(snapshot: Snapshot) -> dict[int, dict[str, Actual]]:
    """Recorded values by indicator id and period code."""
    found: dict[int, dict[str, Actual]] = {}
    for actual in snapshot.actuals:
        found.setdefault(actual.indicator_id, {})[actual.period] = actual
    return found


def plan_periods(contents: RoadmapContents) -> tuple[Period, ...]:
    """Every standard period of the plan's years, in order; empty where the plan names no years."""
    if contents.roadmap.years is None:
        return ()
    first, last = contents.roadmap.years
    return tuple(period for year in range(first, last + 1) for period in periods_of(year))
