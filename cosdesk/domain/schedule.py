"""The meaning of a Russian term: «4 квартал 2019 года», «Декабрь, май», «в течение года»."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cosdesk.domain.roadmap import Term


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Window:
    """One expected execution: from the first to the last day, both included; ``label`` names a phase."""

    start: date
    end: date
    label: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a wording means.

    ``start`` and ``end`` are what the wording itself names, None where it names none (a
    milestone has no start, «с 2019 года» has no end); ``windows`` are complete.
    ``recurrence`` is an RFC 5545 rule or empty.  ``assumption`` is a Russian phrase shown
    to the user («каждый год», «год не указан: 2021»), empty when nothing was assumed.
    ``understood`` is False for a wording that is kept and marked; then there are no windows.
    """

    wording: str
    understood: bool = True
    windows: tuple[Window, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    recurrence: str = ""
    assumption: str = ""


def understand(wording: str, years: tuple[int, int] | None = None) -> Schedule:
    """The meaning of one wording within the plan's first and last year."""
    raise NotImplementedError


def understand_term(term: Term, years: tuple[int, int] | None = None) -> Schedule:
    """The meaning of a row's term, given in one column or in two."""
    raise NotImplementedError
