"""Which documents are due: those that rows expect, the report of the period that ended, those of rounds that ended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence_register import PaperState, row_papers
from cosdesk.domain.execution import Outcome, Status
from cosdesk.domain.monitoring import Round
from cosdesk.domain.paper import PaperRecord
from cosdesk.domain.period import Period, parse_period, period_to_report
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.row_numbers import bare
from cosdesk.domain.state import ItemState, item_states
from cosdesk.reports.catalog import Report, answering

PERIODIC = "analytical-report"
"""The report that every ended period asks for."""
_AHEAD = timedelta(days=31)
_BEHIND = timedelta(days=183)
_NOTE, _LIST = "monitoring-note", "school-compliance"
"""What a round ends with: a note where a row of the plan asked for it, else a list of schools."""
_ANY = "*"  # as a paper that tells of a round of any form says
_OPEN = (Status.OVERDUE, Status.AT_RISK, Status.IN_PROGRESS, Status.NOT_DUE)


@dataclass(frozen=True, slots=True)
class DuePaper:
    """A document to make: by when and for what.  ``reason`` is a Russian phrase («строка 1.2, срок 30.06.2026»)."""

    report_id: str
    due: date
    reason: str
    item_id: int | None = None
    period: Period | None = None


def due_papers(
    snapshot: Snapshot, contents: RoadmapContents | None, made: Sequence[PaperRecord], known: Sequence[Report],
    states: Mapping[int, ItemState] | None = None,
) -> tuple[DuePaper, ...]:
    """What is due of one roadmap on ``snapshot.today``, a month ahead included, the earliest first.

    A row's document is due until the register has it, made or not; the others until they were made.
    ``states`` are those of rows where they have been worked out already.
    """
    if contents is None:
        return ()
    found = (
        *_of_rows(replace(snapshot, roadmaps=(contents,)), contents, known, states),
        *_of_period(snapshot, contents, made),
        *_of_rounds(snapshot, contents, made, known),
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda paper: (paper.due, paper.reason)))


def expecting_row(report: Report, contents: RoadmapContents | None, rounds: Iterable[Round] = ()) -> int | None:
    """The row of the last of ``rounds`` that was closed for a paper that tells of one, else the first row whose
    expected document may be this report, else the first of the plan.
    """
    items = contents.items if contents else ()
    own = {item.id for item in items}
    told = [found for found in rounds if _ANY in report.rounds or found.form in report.rounds]
    ended = [found for found in told if found.closed_on and found.item_id in own]
    if ended:
        return max(ended, key=lambda found: found.id).item_id
    first_by_words: dict[str, int] = {}
    for item in items:
        first_by_words.setdefault(item.expected, item.id)
    expecting = (item_id for words, item_id in first_by_words.items() if answering(words, (report,)))
    return next(expecting, items[0].id if items else None)


def _of_rows(
    snapshot: Snapshot, contents: RoadmapContents, known: Sequence[Report], worked_out: Mapping[int, ItemState] | None
) -> Iterator[DuePaper]:
    # Thousands of rows ask for a few documents in the same words.
    likely_by_words: dict[str, tuple[Report, ...]] = {}
    latest = snapshot.today + _AHEAD
    for item_id, state in item_states(snapshot, contents, worked_out).items():
        due = _due_day(state)
        if due is None or due > latest:
            continue
        papers = row_papers(snapshot, contents, state)
        kinds = [line.kind for line in papers if line.state is not PaperState.RECEIVED]
        if not kinds:
            continue
        number = bare(state.item.number)
        name = f"строка {number}" if number else f"«{' '.join(state.item.title.split())[:40]}»"
        reason = f"{name}, срок {due:%d.%m.%Y}"
        for kind in kinds:
            # One kind alone is told better by all the words of the plan: «справка по итогам мониторинга».
            words = state.item.expected if len(kinds) == 1 else kind
            if words not in likely_by_words:
                likely_by_words[words] = tuple(answering(words, known))
            likely = likely_by_words[words]
            if likely:
                yield DuePaper(likely[0].id, due, reason, item_id)


def _due_day(state: ItemState) -> date | None:
    """The day of the first execution without a record, else of the last one done."""
    waiting = next((o for o in state.occurrences if o.record is None and o.status in _OPEN), None)
    if waiting is not None and waiting.status is not Status.NOT_DUE:
        return waiting.window.end
    done = [record.on or record.window_end for record in state.records if record.outcome is Outcome.DONE]
    days = [day for day in done if day is not None]
    return max(days) if days else waiting.window.end if waiting else None


def _of_period(snapshot: Snapshot, contents: RoadmapContents, made: Sequence[PaperRecord]) -> Iterator[DuePaper]:
    period = period_to_report(snapshot.today, contents.roadmap.years)
    years = contents.roadmap.years
    if period.end >= snapshot.today or (years and not years[0] <= period.year <= years[1]):
        return
    # A year's report says all that its last quarter's would.
    ends = {
        parse_period(record.period).end
        for record in made
        if record.report == PERIODIC and record.period and record.roadmap_id in (None, contents.roadmap.id)
    }
    if period.end not in ends:
        yield DuePaper(PERIODIC, period.end, f"за {period.label}", period=period)


def _of_rounds(
    snapshot: Snapshot, contents: RoadmapContents, made: Sequence[PaperRecord], known: Sequence[Report]
) -> Iterator[DuePaper]:
    rows = {item.id for item in contents.items}
    for found in snapshot.rounds:
        ended = _ended(found, snapshot.today)
        if ended is None or not found.answered or ended < snapshot.today - _BEHIND:
            continue
        if found.item_id is not None and found.item_id not in rows:
            continue
        usual = _NOTE if found.item_id is not None else _LIST
        for report in known:
            if found.form not in report.rounds and report.id != usual:
                continue
            item_id = found.item_id if report.needs_row else None
            if not any(record.report == report.id and record.at.date() >= ended for record in made):
                yield DuePaper(report.id, ended, f"мониторинг «{found.title}» завершён {ended:%d.%m.%Y}", item_id)


def _ended(found: Round, today: date) -> date | None:
    """The day a round ended: closed, or its term past."""
    if found.closed_on is not None:
        return found.closed_on
    return found.due if found.due is not None and found.due < today else None
