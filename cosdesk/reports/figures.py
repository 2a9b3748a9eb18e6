"""Numbers that reports speak of, computed from a snapshot for a period: terms due, done, late, proved; indicators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from dateutil.relativedelta import relativedelta

from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Occurrence, Outcome, Status, occurrences, records_by_item
from cosdesk.domain.organisation import School
from cosdesk.domain.period import Period
from cosdesk.domain.roadmap import Item, ItemKind, RoadmapContents, Section, Stamp, StampKind
from cosdesk.domain.schedule import Schedule, understand_term
from cosdesk.errors import UserError
from cosdesk.reports.indicator_figures import IndicatorFigures, indicator_figures
from cosdesk.reports.references import one_line, quoted, row_references

UPCOMING_DAYS = 30
"""How far ahead «в ближайшие 30 дней» looks."""


def chosen_roadmap(snapshot: Snapshot, roadmap_id: int | None) -> RoadmapContents:
    """The roadmap of that id, the first for None; ``UserError`` when there is none."""
    if not snapshot.roadmaps:
        raise UserError("В файле района нет дорожной карты. Создайте её или загрузите из документа Word или Excel.")
    for contents in snapshot.roadmaps:
        if roadmap_id in (None, contents.roadmap.id):
            return contents
    raise UserError(f"Дорожной карты с номером {roadmap_id} в файле нет. Выберите карту из списка.")


def as_of_day(period: Period, today: date) -> date:
    """The day a report speaks of: the period's end, or today while it lasts; ``UserError`` before it begins."""
    if today < period.start:
        raise UserError(f"Период «{period.label}» ещё не начался. Выберите период, который идёт или уже закончился.")
    return min(period.end, today)


# Execution


@dataclass(frozen=True)
class TermFigure:
    """One term of one row on the as-of day, with the documents that prove its execution.

    ``reference`` tells the row from all others: its number, with the section where numbers repeat,
    its title where it has none.
    """

    occurrence: Occurrence
    as_of: date
    reference: str
    section: Section | None = None
    parent: Item | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def item(self) -> Item:
        return self.occurrence.item

    @property
    def title(self) -> str:
        """The row's name in one line, with the phase where the term has phases."""
        name = one_line(self.item.title).rstrip(" .,;:")
        label = self.occurrence.window.label
        return f"{name} ({label})" if label else name

    @property
    def name(self) -> str:
        """«2.2 «Мониторинг …»»; the title alone where the row has no number."""
        return quoted(self.title) if self.reference.startswith("«") else f"{self.reference} {quoted(self.title)}"

    @property
    def responsible(self) -> str:
        return one_line(", ".join(line.strip(" ,;") for line in self.item.responsible))

    @property
    def many_responsible(self) -> bool:
        return "," in self.responsible

    @property
    def record(self) -> Execution | None:
        return self.occurrence.record

    @property
    def status(self) -> Status:
        return self.occurrence.status

    @property
    def planned(self) -> date:
        return self.occurrence.window.end

    @property
    def done(self) -> bool:
        return self.status in (Status.DONE, Status.DONE_LATE)

    @property
    def done_on(self) -> date | None:
        return self.record.on if self.done and self.record else None

    @property
    def cancelled(self) -> bool:
        return self.status is Status.CANCELLED

    @property
    def postponed_to(self) -> date | None:
        """The new term of a postponed execution."""
        if self.record and self.record.outcome is Outcome.POSTPONED:
            return self.record.due
        return None

    @property
    def expected_by(self) -> date:
        """The day by which execution is now awaited."""
        return self.postponed_to or self.planned

    @property
    def days_late(self) -> int:
        """Days from the printed term to the execution, or to the as-of day while it is not done."""
        if self.done:
            return self.occurrence.days_late
        return max(0, (self.as_of - self.planned).days)

    @property
    def reason(self) -> str:
        return self.record.reason if self.record else ""

    @property
    def measure(self) -> str:
        return self.record.measure if self.record else ""

    @property
    def comment(self) -> str:
        return self.record.comment if self.record else ""

    @property
    def awaited(self) -> bool:
        """Whether the day by which it is now awaited is still ahead."""
        return not self.done and self.expected_by > self.as_of

    @property
    def at_risk(self) -> bool:
        return self.status in (Status.AT_RISK, Status.OVERDUE)


@dataclass(frozen=True)
class ExecutionFigures:
    """The terms of a plan from 1 January to the as-of day.

    ``due``: terms that ended within it, the cancelled left out (one that ends today and is not done has
    not ended); ``cancelled``: those; ``carried``: terms
    of earlier years not done on the as-of day; ``early``: done within it before their term ended;
    ``upcoming``: not done, to be done within ``UPCOMING_DAYS``; ``unclear``: rows whose wording
    gives no term.
    """

    due: tuple[TermFigure, ...] = ()
    cancelled: tuple[TermFigure, ...] = ()
    carried: tuple[TermFigure, ...] = ()
    early: tuple[TermFigure, ...] = ()
    upcoming: tuple[TermFigure, ...] = ()
    unclear: tuple[str, ...] = ()

    @cached_property
    def done(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.due if term.done)

    @cached_property
    def late(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.due if term.status is Status.DONE_LATE)

    @cached_property
    def undone(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.due if not term.done)

    @cached_property
    def postponed(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.undone if term.postponed_to)

    @cached_property
    def partly(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.undone if term.record and term.record.outcome is Outcome.PARTLY)

    @cached_property
    def proved(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.done if term.evidence)

    @cached_property
    def unproved(self) -> tuple[TermFigure, ...]:
        return tuple(term for term in self.done if not term.evidence)

    @cached_property
    def risky(self) -> tuple[TermFigure, ...]:
        """The upcoming terms that are at risk."""
        return tuple(term for term in self.upcoming if term.at_risk)

    @property
    def done_points(self) -> Decimal:
        """Percent done as printed, so that a reader who subtracts two of them gets the printed difference."""
        if not self.due:
            return Decimal(0)
        return (Decimal(len(self.done)) * 100 / len(self.due)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def recorded(self) -> bool:
        """Whether anything was noted of the terms due; where nothing was, no comparison is honest."""
        return any(term.record for term in self.due)


@dataclass(frozen=True)
class _Span:
    """The days counted: from ``start`` to ``as_of``; ``closed`` is the last of them that is over."""

    start: date
    as_of: date
    closed: date


@dataclass(frozen=True)
class _Plan:
    """A roadmap made ready: what is the same for every period that is counted from it."""

    contents: RoadmapContents
    schedules: Mapping[int, Schedule]
    references: Mapping[int, str]
    records: Mapping[int, tuple[Execution, ...]]
    evidence: Mapping[int, tuple[Evidence, ...]]
    sections: Mapping[int | None, Section]
    rows: Mapping[int | None, Item]


def _plan(snapshot: Snapshot, contents: RoadmapContents) -> _Plan:
    # A row that is an indicator is judged by its value in the indicators' section, not by its term.
    judged = {indicator.item_id for indicator in contents.indicators}
    documents: dict[int, list[Evidence]] = {}
    for document in snapshot.evidence:
        for item_id in _rows_of(document, snapshot.executions):
            documents.setdefault(item_id, []).append(document)
    return _Plan(
        contents,
        {
            item.id: understand_term(item.term, contents.roadmap.years)
            for item in contents.items
            if item.id not in judged
        },
        row_references(contents),
        records_by_item(snapshot.executions),
        {item_id: tuple(rows) for item_id, rows in documents.items()},
        {section.id: section for section in contents.sections},
        {item.id: item for item in contents.items},
    )


def _rows_of(document: Evidence, executions: Iterable[Execution]) -> set[int]:
    linked = {
        record.item_id
        for record in executions
        if document.id in record.evidence_ids or record.id in document.execution_ids
    }
    return linked | set(document.item_ids)


def _execution_figures(plan: _Plan, span: _Span) -> ExecutionFigures:
    terms = [term for item in plan.contents.items for term in _terms(plan, item, span)]
    active = [term for term in terms if not term.cancelled]
    horizon = span.as_of + timedelta(days=UPCOMING_DAYS)
    return ExecutionFigures(
        due=tuple(
            term for term in active
            if span.start <= term.planned <= (span.as_of if term.done else span.closed)
        ),
        cancelled=tuple(term for term in terms if term.cancelled and span.start <= term.planned <= span.as_of),
        carried=tuple(term for term in active if term.planned < span.start and not term.done),
        early=tuple(
            term for term in active
            if term.planned > span.as_of and term.done_on is not None and term.done_on >= span.start
        ),
        upcoming=tuple(term for term in active if not term.done and span.closed < term.expected_by <= horizon),
        unclear=tuple(_rows_without_windows(plan)),
    )  # fmt: skip


def _rows_without_windows(plan: _Plan) -> Iterable[str]:
    for item in plan.contents.items:
        schedule = plan.schedules.get(item.id)
        if item.term and not item.cancelled and schedule is not None and not schedule.windows:
            yield plan.references[item.id]


def _terms(plan: _Plan, item: Item, span: _Span) -> Iterable[TermFigure]:
    schedule = plan.schedules.get(item.id)
    if schedule is None or not schedule.windows:
        return
    # Later records are not yet known on the as-of day.
    records = [record for record in plan.records.get(item.id, ()) if record.on is None or record.on <= span.as_of]
    for found in occurrences(item, schedule, records, span.as_of):
        term = TermFigure(
            replace(found, status=Status.CANCELLED) if item.cancelled else found,
            span.as_of,
            plan.references[item.id],
            plan.sections.get(item.section_id),
            plan.rows.get(item.parent_id),
            _proofs(plan, found, len(schedule.windows) == 1),
        )
        # The domain counts the last day of a window as still running; a day that is over has run out.
        if not term.done and not term.cancelled and term.expected_by <= span.closed:
            term = replace(term, occurrence=replace(found, status=Status.OVERDUE))
        yield term


def _proofs(plan: _Plan, occurrence: Occurrence, single: bool) -> tuple[Evidence, ...]:
    """The documents of an occurrence: those of its record; a row's own where they can be meant for it.

    One signed after the as-of day counts too: a quarter is proved by a paper of the next month.
    """
    record = occurrence.record
    if record is None:
        return ()
    others = {other.id for other in plan.records.get(occurrence.item.id, ()) if other.id != record.id}
    latest = max(occurrence.window.end, record.on or occurrence.window.end)
    proofs = []
    for document in plan.evidence.get(occurrence.item.id, ()):
        named = document.id in record.evidence_ids or record.id in document.execution_ids
        elsewhere = bool(others.intersection(document.execution_ids))
        fits = single or document.on is None or occurrence.window.start <= document.on <= latest
        if named or (not elsewhere and fits and occurrence.item.id in document.item_ids):
            proofs.append(document)
    return tuple(proofs)


# Schools and the plan's head


@dataclass(frozen=True)
class SchoolFigures:
    """Schools, and their learners and teachers in ``school_year`` as far as ``reported`` of them are counted."""

    total: int
    learners: int = 0
    teachers: int = 0
    reported: int = 0
    school_year: int | None = None

    @property
    def school_years(self) -> str:
        """«2020/2021»."""
        return f"{self.school_year}/{self.school_year + 1}" if self.school_year else ""


def school_figures(schools: Iterable[School], as_of: date) -> SchoolFigures:
    """Counts at the start of the latest school year that had begun by the day and has any."""
    schools = tuple(schools)
    current = as_of.year if as_of.month >= 9 else as_of.year - 1
    years = [count.school_year for school in schools for count in school.counts if count.school_year <= current]
    if not years:
        return SchoolFigures(len(schools))
    year = max(years)
    counts = [count for school in schools if (count := school.count(year))]
    return SchoolFigures(
        len(schools),
        sum(count.learners for count in counts),
        sum(count.teachers for count in counts),
        len(counts),
        year,
    )


def approving_stamp(stamps: Iterable[Stamp]) -> Stamp | None:
    return next((stamp for stamp in stamps if stamp.kind is StampKind.APPROVED), None)


# A report's period


@dataclass(frozen=True)
class PeriodFigures:
    """All that a report of one roadmap for one period speaks of.

    ``before`` holds the same period a year before where the plan covers it and something was
    recorded then.
    """

    contents: RoadmapContents
    period: Period
    as_of: date
    execution: ExecutionFigures
    indicators: IndicatorFigures
    schools: SchoolFigures
    before: ExecutionFigures | None = None

    @property
    def final(self) -> bool:
        """At the year's end, when every indicator must have its value."""
        return (self.as_of.month, self.as_of.day) == (12, 31)

    def rows(self, kind: ItemKind) -> int:
        """How many rows of the plan are of that kind."""
        return sum(item.kind is kind for item in self.contents.items)


def period_figures(snapshot: Snapshot, contents: RoadmapContents, period: Period) -> PeriodFigures:
    """The figures of a roadmap, cumulative from 1 January; ``UserError`` before the period begins."""
    as_of = as_of_day(period, snapshot.today)
    plan = _plan(snapshot, contents)
    return PeriodFigures(
        contents,
        period,
        as_of,
        _execution_figures(plan, _span(period.cumulative_start, as_of, snapshot.today)),
        indicator_figures(snapshot, contents, period, as_of),
        school_figures(snapshot.schools, as_of),
        _figures_a_year_before(plan, period, as_of),
    )


def _span(start: date, as_of: date, today: date) -> _Span:
    return _Span(start, as_of, as_of if today > as_of else as_of - timedelta(days=1))


def _figures_a_year_before(plan: _Plan, period: Period, as_of: date) -> ExecutionFigures | None:
    earlier = period.a_year_before()
    first_year = plan.contents.roadmap.first_year
    if first_year is not None and first_year > earlier.year:
        return None
    # The same day, so that an unfinished period is compared with an equally unfinished one.
    day = earlier.end if as_of == period.end else as_of - relativedelta(years=1)
    figures = _execution_figures(plan, _Span(earlier.cumulative_start, day, day))
    return figures if figures.recorded else None
