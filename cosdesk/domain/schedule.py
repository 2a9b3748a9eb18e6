"""The meaning of a Russian term: «4 квартал 2019 года», «Декабрь, май», «в течение года»."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import Item, Term
from cosdesk.domain.terms.parts import Precision
from cosdesk.domain.terms.periods import Window
from cosdesk.domain.terms.phases import NotUnderstoodError, read
from cosdesk.domain.terms.resolution import END_BEFORE_START, Reading, Resolution
from cosdesk.domain.terms.targets import targets_in
from cosdesk.domain.terms.windows import resolve
from cosdesk.domain.terms.words import NoSuchDateError

__all__ = [
    "Precision",
    "Reading",
    "Schedule",
    "Window",
    "targets_in",
    "understand",
    "understand_item",
    "understand_term",
]

_AS_USUAL = Reading()
_BLANK = " \t\r\n\u00a0-‐‑‒–—−.…_"


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a wording means.

    ``start`` and ``end`` are what the wording itself names, None where it names none (a
    milestone has no start, «с 2019 года» has no end); ``windows`` are complete and sorted.
    ``recurrence`` is empty or one RFC 5545 rule a line, running from the first window's start;
    it gives the windows' first days, for a due day («до 25 числа») their last.
    ``assumption`` is a Russian phrase shown to the user («каждый год», «год не указан, взят
    2021»), empty when nothing was assumed.  ``understood`` is False for a wording that is kept
    and marked; then there are no windows.  ``problem`` says in Russian what is wrong with the
    dates («нет такой даты: 31.02.2021»), empty when nothing is.
    """

    wording: str
    understood: bool = True
    windows: tuple[Window, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    recurrence: str = ""
    assumption: str = ""
    problem: str = ""


@lru_cache(maxsize=20_000)
def understand(wording: str, years: tuple[int, int] | None = None, reading: Reading = _AS_USUAL) -> Schedule:
    """The meaning of one wording within the plan's first and last year.

    Nothing is raised: a wording that is not understood comes back with ``understood`` False.
    Without ``years`` a wording that names no year has no windows, and its assumption says so.
    """
    if not wording.strip(_BLANK):
        return Schedule(wording)
    if targets := targets_in(wording):
        windows = tuple(Window(date(year, 1, 1), date(year, 12, 31)) for year in sorted({t[0] for t in targets}))
        return Schedule(wording, True, windows, windows[0].start, windows[-1].end, Precision.YEAR)
    try:
        found = resolve(read(wording), years, reading)
    except NoSuchDateError as error:
        return Schedule(wording, understood=False, problem=f"нет такой даты: {error}")
    except NotUnderstoodError:
        return Schedule(wording, understood=False)
    return _schedule(wording, found)


def _schedule(wording: str, found: Resolution) -> Schedule:
    return Schedule(
        wording,
        True,
        tuple(found.windows),
        found.start,
        found.end,
        found.precision,
        found.recurrence,
        found.assumption,
        found.problem,
    )


def understand_term(term: Term, years: tuple[int, int] | None = None, reading: Reading = _AS_USUAL) -> Schedule:
    """The meaning of a row's term, given in one column or in two.

    An end alone is a milestone: one window, that day or the named period, and no start.  A first
    day alone runs to the plan's end.
    """
    start, end = term.start.strip(_BLANK), term.end.strip(_BLANK)
    if term.wording or start == end or not (start or end):
        return understand(term.wording or term.end, years, reading)
    if not start:
        return _milestone(understand(term.end, years, reading))
    if not end:
        begun = understand(start, years, reading)
        since = begun.precision is Precision.DAY and len(begun.windows) == 1 and begun.start
        return replace(understand(f"с {start}", years, reading), wording=term.start) if since else begun
    return _between(start, end, term.text, years, reading)


READINGS = {"": _AS_USUAL, "every_year": Reading(every_year=True), "once": Reading(every_year=False)}
"""What ``Item.reading`` may hold: the usual reading, or the one the user chose instead."""


def understand_item(item: Item, years: tuple[int, int] | None = None) -> Schedule:
    """The meaning of a row's term, read as the user chose where the usual reading was wrong.

    A reading that this version does not know counts as the usual one.
    """
    return understand_term(item.term, years, READINGS.get(item.reading, _AS_USUAL))


def _milestone(schedule: Schedule) -> Schedule:
    return replace(schedule, start=None) if len(schedule.windows) == 1 else schedule


def _between(start: str, end: str, text: str, years: tuple[int, int] | None, reading: Reading) -> Schedule:
    """Two cells as one span; «ежемесячно» and an end as a recurrence with a bound."""
    first, last = understand(start, years, reading), understand(end, years, reading)
    for cell in (first, last):
        if not cell.understood:
            return replace(cell, wording=text)
    if first.recurrence:
        return replace(understand(f"{start}, до {end}", years, reading), wording=text)
    # As one range, so that «сентябрь» takes its year from «май 2022».
    together = understand(f"{start} – {end}", years, reading)
    if together.understood and len(together.windows) <= 1:
        return replace(together, wording=text)
    if not first.start or not last.end:
        return Schedule(text, understood=False)
    if last.end < first.start:
        return Schedule(text, start=first.start, end=last.end, precision=Precision.SPAN, problem=END_BEFORE_START)
    windows = (Window(first.start, last.end),)
    assumption = "; ".join(dict.fromkeys(filter(None, (first.assumption, last.assumption))))
    return Schedule(text, True, windows, first.start, last.end, Precision.SPAN, assumption=assumption)
