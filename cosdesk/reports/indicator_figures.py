"""Numbers of indicators for a period: the actual that counts, last year's, reached, behind, under threat."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.indicator import (
    Achievement,
    Actual,
    Indicator,
    IndicatorState,
    Target,
    achievement,
    deviation_from,
    level_of,
)
from cosdesk.domain.period import Period, PeriodKind, parse_period
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.reports.references import bare_number, one_line, quoted, row_references

_UNIT_AT_END = re.compile(
    r"(?:[\s,;]*\((?:%|процент\w*)\)|[,;]\s*(?:%|процент\w*)|(?<=[^\d\s])\s+%)[\s.;,]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class IndicatorFigure:
    """An indicator on the as-of day against its plan of the year.

    ``on`` is the day its actual value speaks of; ``final`` is True at the year's end, when a value
    must be there; ``period_plan`` is a plan set for the very period, which decides the threat
    to the year's end before the year's plan does.  ``by_territory``: another indicator of that name
    is of another territory.
    """

    state: IndicatorState
    reference: str
    on: date | None = None
    final: bool = False
    period_plan: Target | None = None
    responsible: tuple[str, ...] = ()
    by_territory: bool = False

    @property
    def indicator(self) -> Indicator:
        return self.state.indicator

    @property
    def title(self) -> str:
        """The printed name without the unit that closes it («…, процент», «… (%)»), with the territory in doubt."""
        plain = plain_title(self.indicator)
        return f"{plain} ({one_line(self.indicator.territory)})" if self.by_territory else plain

    @property
    def name(self) -> str:
        """«1 «Доля …»»."""
        return f"{self.reference} {quoted(self.title)}"

    @property
    def target(self) -> Decimal | None:
        return self.state.target

    @property
    def amount(self) -> Decimal | None:
        """The value; a share is exact, so that 2999 of 3000 is not yet 100 percent."""
        return exact_share(*self.counted) if self.counted else self.state.amount

    @property
    def achievement(self) -> Achievement:
        """The light; none where the plan is 0 (documents.md, Statuses)."""
        return achievement(self.amount, self.state.plan, self.indicator.direction, self.state.norms)

    @property
    def level(self) -> Decimal | None:
        """Percent of the plan, not rounded; None where the plan is 0."""
        return self._level_of(self.state.plan)

    @property
    def deviation(self) -> Decimal | None:
        return deviation_from(self.amount, self.state.plan, self.indicator.direction)

    @property
    def previous(self) -> Decimal | None:
        return self.state.previous

    @property
    def reason(self) -> str:
        return self.state.actual.reason if self.state.actual else ""

    @property
    def measure(self) -> str:
        return self.state.actual.measure if self.state.actual else ""

    @property
    def source(self) -> str:
        return self.state.actual.source if self.state.actual else ""

    @property
    def counted(self) -> tuple[Decimal, Decimal] | None:
        """Numerator and denominator of a share entered as two numbers."""
        actual = self.state.actual
        if actual is None or actual.value is not None or actual.numerator is None or not actual.denominator:
            return None
        return actual.numerator, actual.denominator

    @property
    def reached(self) -> bool:
        return self.achievement in (Achievement.REACHED, Achievement.EXCEEDED)

    @property
    def exceeded(self) -> bool:
        return self.achievement is Achievement.EXCEEDED

    @property
    def below(self) -> bool:
        return self.achievement in (Achievement.BELOW, Achievement.FAILED)

    @property
    def threatened(self) -> bool:
        """Under the norm's ``near_percent`` of the period's own plan, of the year's where it has none."""
        level = self._level_of(self.period_plan or self.state.plan)
        return level is not None and level < self.state.norms.near_percent

    def _level_of(self, plan: Target | None) -> Decimal | None:
        return level_of(self.amount, plan, self.indicator.direction)


def plain_title(indicator: Indicator) -> str:
    """The printed name without the unit that closes it: «…, процент», «… (%)»."""
    return _UNIT_AT_END.sub("", one_line(indicator.title)).rstrip(" .,;")


def exact_share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Percent, not rounded; None of nothing."""
    return part * 100 / whole if whole else None


@dataclass(frozen=True)
class IndicatorFigures:
    """Every indicator stands in ``all`` and in exactly one of the other groups."""

    all: tuple[IndicatorFigure, ...] = ()

    @cached_property
    def reached(self) -> tuple[IndicatorFigure, ...]:
        return tuple(figure for figure in self.all if figure.reached)

    @cached_property
    def below(self) -> tuple[IndicatorFigure, ...]:
        return tuple(figure for figure in self.all if figure.below)

    @cached_property
    def unplanned(self) -> tuple[IndicatorFigure, ...]:
        """Without a plan for the year."""
        return tuple(figure for figure in self.all if figure.target is None)

    @cached_property
    def pending(self) -> tuple[IndicatorFigure, ...]:
        """To be known at the year's end."""
        return tuple(figure for figure in self._without_value if not figure.final)

    @cached_property
    def missing(self) -> tuple[IndicatorFigure, ...]:
        """Without a value at the year's end."""
        return tuple(figure for figure in self._without_value if figure.final)

    @cached_property
    def unrated(self) -> tuple[IndicatorFigure, ...]:
        """With plan and fact, but no level can be told: a plan of 0."""
        return tuple(
            figure
            for figure in self.all
            if figure.achievement is Achievement.UNKNOWN and figure.amount is not None and figure.target is not None
        )

    @cached_property
    def exceeded(self) -> tuple[IndicatorFigure, ...]:
        return tuple(figure for figure in self.all if figure.exceeded)

    @cached_property
    def threatened(self) -> tuple[IndicatorFigure, ...]:
        return tuple(figure for figure in self.all if figure.threatened)

    @property
    def _without_value(self) -> tuple[IndicatorFigure, ...]:
        return tuple(figure for figure in self.all if figure.amount is None and figure.target is not None)


def indicator_figures(snapshot: Snapshot, contents: RoadmapContents, period: Period, as_of: date) -> IndicatorFigures:
    rows = {item.id: item for item in contents.items}
    references = row_references(contents)
    territories: dict[str, set[str]] = {}
    for each in contents.indicators:
        territories.setdefault(one_line(each.title).casefold(), set()).add(one_line(each.territory))
    figures = []
    for place, indicator in enumerate(contents.indicators, 1):
        row = rows.get(indicator.item_id) if indicator.item_id is not None else None
        actuals = [actual for actual in snapshot.actuals if actual.indicator_id == indicator.id]
        actual = actual_at(actuals, period, as_of)
        state = IndicatorState(
            indicator,
            indicator.plan(str(period.year)),
            actual,
            _value_of_last_year(indicator, actuals, period.year),
            snapshot.norms,
        )
        numbered = bare_number(indicator.number) or (references[row.id] if row and row.number else str(place))
        figures.append(
            IndicatorFigure(
                state,
                numbered,
                min(parse_period(actual.period).end, as_of) if actual and actual.amount is not None else None,
                (as_of.month, as_of.day) == (12, 31),
                indicator.plan(period.code) if period.kind is not PeriodKind.YEAR else None,
                row.responsible if row else (),
                bool(indicator.territory) and len(territories[one_line(indicator.title).casefold()]) > 1,
            )
        )
    return IndicatorFigures(tuple(figures))


def actual_at(actuals: Iterable[Actual], period: Period, as_of: date) -> Actual | None:
    """The value of the very period, else of the latest period of its year that ended no later.

    Of periods that end on one day the longest counts: a half-year before its second quarter.
    A value of a period that had not begun on the as-of day is not yet known then.
    """
    best: tuple[tuple[bool, bool, date, int, int], Actual] | None = None
    for actual in actuals:
        covered = parse_period(actual.period)
        if covered.year != period.year or covered.end > period.end or covered.start > as_of:
            continue
        exact = covered == period
        rank = (actual.amount is not None, exact, covered.end, -covered.start.toordinal(), actual.id)
        if (exact or actual.amount is not None) and (best is None or rank > best[0]):
            best = rank, actual
    return best[1] if best else None


def _value_of_last_year(indicator: Indicator, actuals: Iterable[Actual], year: int) -> Decimal | None:
    """Last year's actual at its end; the baseline where it was taken at that turn of the year."""
    end = date(year - 1, 12, 31)
    last = actual_at(actuals, Period(year - 1), end)
    if last and last.amount is not None and parse_period(last.period).end == end:
        return last.amount
    if indicator.baseline_on in (end, date(year, 1, 1)):
        return indicator.baseline
    return None
