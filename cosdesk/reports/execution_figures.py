"""Numbers of a plan's execution on a day: terms due, done, late, undone, proved by documents, soon to come."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Occurrence, Outcome, Status, occurrences, records_by_item
from cosdesk.domain.norms import Norms
from cosdesk.domain.roadmap import Item, RoadmapContents, Section
from cosdesk.domain.schedule import Schedule, understand_item
from cosdesk.reports.references import one_line, quoted, row_references, unstopped
from cosdesk.reports.typography import is_plural, short_date


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
    def id(self) -> str:
        """By which the term is known in an Excel twin that comes back."""
        return f"term:{self.item.id}:{self.planned.isoformat()}"

    @property
    def title(self) -> str:
        """The row's name in one line, with the phase where the term has phases."""
        name = unstopped(self.item.title)
        label = self.occurrence.window.label
        return f"{name} ({label})" if label else name

    @property
    def name(self) -> str:
        """«2.2 «Мониторинг …»»; the title alone where the row has no number."""
        if not self.title:
            return self.reference
        return quoted(self.title) if self.reference.startswith("«") else f"{self.reference} {quoted(self.title)}"

    @property
    def responsible(self) -> str:
        return one_line(", ".join(line.strip(" ,;") for line in self.item.responsible))

    @property
    def many_responsible(self) -> bool:
        """Whether «исполнители» stands before them: several, or a group («руководители школ»)."""
        return "," in self.responsible or is_plural(self.responsible.split(" ")[0])

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
class UndoneRow:
    """Terms of one row that a sentence tells of at once: all that is said of them but the days is the same."""

    terms: tuple[TermFigure, ...]

    @property
    def first(self) -> TermFigure:
        return self.terms[0]

    @property
    def planned(self) -> tuple[str, ...]:
        return tuple(short_date(term.planned) for term in self.terms)

    @property
    def days_late(self) -> int:
        """Of the term that is longest overdue."""
        return max(term.days_late for term in self.terms)


@dataclass(frozen=True)
class ExecutionFigures:
    """The terms of a plan from 1 January to the as-of day.

    ``due``: terms that ended within it, the cancelled left out (one that ends today and is not done
    has not ended); ``cancelled``: those; ``carried``: terms of earlier years not done on the as-of
    day; ``early``: done within it before their term ended; ``unfinished``: all that ended by the day
    and is not done, the carried too; ``upcoming``: not done, to be done within the norm's ``upcoming_days``;
    ``unclear``: rows whose wording gives no term.
    """

    due: tuple[TermFigure, ...] = ()
    cancelled: tuple[TermFigure, ...] = ()
    carried: tuple[TermFigure, ...] = ()
    early: tuple[TermFigure, ...] = ()
    unfinished: tuple[TermFigure, ...] = ()
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
    def undone_rows(self) -> tuple[UndoneRow, ...]:
        """The undone terms row by row, apart where reason, measures or the new term differ."""
        found: dict[tuple[object, ...], list[TermFigure]] = {}
        for term in self.undone:
            key = (term.item.id, term.title, term.reason, term.measure, term.postponed_to)
            found.setdefault(key, []).append(term)
        return tuple(UndoneRow(tuple(terms)) for terms in found.values())

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
class Span:
    """The days counted: from ``start`` to ``as_of``; ``closed`` is the last of them that is over."""

    start: date
    as_of: date
    closed: date


@dataclass(frozen=True)
class Plan:
    """A roadmap made ready: what is the same for every period that is counted from it."""

    contents: RoadmapContents
    schedules: Mapping[int, Schedule]
    references: Mapping[int, str]
    records: Mapping[int, tuple[Execution, ...]]
    evidence: Mapping[int, tuple[Evidence, ...]]
    sections: Mapping[int | None, Section]
    rows: Mapping[int | None, Item]
    norms: Norms


def read_plan(snapshot: Snapshot, contents: RoadmapContents) -> Plan:
    """Terms understood, rows named, records and documents by row."""
    # A row that is an indicator is judged by its value in the indicators' section, not by its term.
    judged = {indicator.item_id for indicator in contents.indicators}
    documents: dict[int, list[Evidence]] = {}
    proved = _rows_by_document(snapshot.executions)
    rows = {record.id: record.item_id for record in snapshot.executions}
    for document in snapshot.evidence:
        executed = {rows[record_id] for record_id in document.execution_ids if record_id in rows}
        for item_id in executed | proved.get(document.id, set()) | set(document.item_ids):
            documents.setdefault(item_id, []).append(document)
    return Plan(
        contents,
        {
            item.id: understand_item(item, contents.roadmap.years)
            for item in contents.items
            if item.id not in judged
        },
        row_references(contents),
        records_by_item(snapshot.executions),
        {item_id: tuple(rows) for item_id, rows in documents.items()},
        {section.id: section for section in contents.sections},
        {item.id: item for item in contents.items},
        snapshot.norms,
    )


def _rows_by_document(executions: Iterable[Execution]) -> Mapping[int, set[int]]:
    """Rows whose records name a document, by the document's id."""
    rows: dict[int, set[int]] = {}
    for record in executions:
        for document_id in record.evidence_ids:
            rows.setdefault(document_id, set()).add(record.item_id)
    return rows


def execution_figures(plan: Plan, span: Span) -> ExecutionFigures:
    terms = [term for item in plan.contents.items for term in _terms(plan, item, span)]
    active = [term for term in terms if not term.cancelled]
    horizon = span.as_of + timedelta(days=plan.norms.upcoming_days)
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
        unfinished=tuple(term for term in active if not term.done and term.planned <= span.closed),
        upcoming=tuple(term for term in active if not term.done and span.closed < term.expected_by <= horizon),
        unclear=tuple(_rows_without_windows(plan)),
    )  # fmt: skip


def _rows_without_windows(plan: Plan) -> Iterable[str]:
    for item in plan.contents.items:
        schedule = plan.schedules.get(item.id)
        if item.term and not item.cancelled and schedule is not None and not schedule.windows:
            yield plan.references[item.id]


def _terms(plan: Plan, item: Item, span: Span) -> Iterable[TermFigure]:
    schedule = plan.schedules.get(item.id)
    if schedule is None or not schedule.windows:
        return
    # Later records are not yet known on the as-of day.
    records = [record for record in plan.records.get(item.id, ()) if record.on is None or record.on <= span.as_of]
    for found in occurrences(item, schedule, records, span.as_of, plan.norms):
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


def _proofs(plan: Plan, occurrence: Occurrence, single: bool) -> tuple[Evidence, ...]:
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
