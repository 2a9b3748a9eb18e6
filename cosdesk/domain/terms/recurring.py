"""Recurring terms: what recurs, what chooses within the year, what bounds it."""

from collections.abc import Iterable
from dataclasses import field
from datetime import date, timedelta

from cosdesk.dataclass import dataclass
from cosdesk.domain.terms.parts import Due, Every, Item, Precision, Role, Stretch
from cosdesk.domain.terms.periods import Span, Window, due_windows, recurring_windows, yearly_windows
from cosdesk.domain.terms.resolution import END_BEFORE_START, EVERY_MONTH, EVERY_YEAR, NO_YEARS, Resolution
from cosdesk.domain.terms.rules import due_rule, rule, yearly_rules

_PRECISIONS = {1: Precision.MONTH, 3: Precision.QUARTER, 6: Precision.HALF_YEAR, 12: Precision.YEAR}
_SLACK_DAYS = 5
"""A stretch this little longer than the period is still of its length: 31 days of a month of 30."""


def resolve_recurring(found: Resolution, items: tuple[Item, ...]) -> None:
    """«ежегодно Сентябрь Март», «ежеквартально до 5 числа …», «ежемесячно с сентября 2021 по май 2022»."""
    every, named = _finest(items)
    if not named:
        found.assume(EVERY_MONTH if every.months == 1 else EVERY_YEAR)
    parts = _Parts(found, every)
    for item in items:
        if isinstance(item, Stretch):
            found.assume(item.assumption)
            parts.sort_in(item)
    if parts.once and not parts.chosen:
        return
    areas = parts.bounded_areas()
    if not areas:
        found.assume(NO_YEARS)
    dues = [item for item in items if isinstance(item, Due)]
    if parts.chosen:
        _resolve_chosen(found, parts, areas)
    elif dues:
        _resolve_dues(found, parts, dues, areas)
    else:
        _resolve_periods(found, parts, areas)


def _finest(items: tuple[Item, ...]) -> tuple[Every, bool]:
    """The finest recurrence, and whether the wording names it; a due day alone recurs monthly, a due date yearly."""
    named = [item for item in items if isinstance(item, Every)]
    if named:
        return min(named, key=lambda every: every.period_days / every.times), True
    return Every(1 if any(isinstance(item, Due) for item in items) else 12), False


@dataclass(slots=True)
class _Parts:
    """The stretches beside a recurrence, each by what it does.

    ``chosen`` stretches recur every year in place of the whole period («ежегодно в мае»), ``seasons``
    leave only the periods within them («ежемесячно с сентября по май»), ``areas`` are named years
    («ежеквартально в 2021 году»); ``once`` counts stretches that stand for themselves.
    """

    found: Resolution
    every: Every
    chosen: list[Stretch] = field(default_factory=list)
    seasons: list[Stretch] = field(default_factory=list)
    areas: list[Span] = field(default_factory=list)
    once: int = 0
    since: date | None = None
    until: date | None = None

    def sort_in(self, stretch: Stretch) -> None:
        found = self.found
        if stretch.year is None:
            if stretch.role is Role.UNTIL:
                self.chosen.append(stretch)
            elif stretch.role is Role.WITHIN:
                self._sort_in_yearless(stretch)
            elif found.first_year:
                found.assume(f"год не указан, взят {found.first_year}")
                self.since = found.span(stretch, found.first_year).start
            return
        span = found.span(stretch, stretch.year)
        if stretch.role is Role.SINCE:
            self.since = span.start
        elif stretch.role is Role.UNTIL:
            self.until, found.open_start = span.end, True
        elif span.start <= span.end and self._is_longer_than_period(stretch):
            self.areas.append(span)
        else:
            self.once += 1
            found.is_as_precise_as(stretch.precision)
            found.add(stretch, stretch.year)

    def _sort_in_yearless(self, stretch: Stretch) -> None:
        every_school_year = self.every.school and stretch.precision is Precision.SCHOOL_YEAR
        if every_school_year or (stretch.precision is Precision.YEAR and not self.every.school):
            return  # «ежеквартально в течение года» says no more than «ежеквартально»
        (self.seasons if self._is_longer_than_period(stretch) else self.chosen).append(stretch)

    def _is_longer_than_period(self, stretch: Stretch) -> bool:
        return stretch.days > self.every.period_days / self.every.times + _SLACK_DAYS

    def bounded_areas(self) -> list[Span]:
        """Named years, or the plan, or what «с …» and «до …» leave of it; empty where nothing bounds."""
        areas, plan, since, until = self.areas, self.found.plan, self.since, self.until
        if not areas:
            first = since or (plan.start if plan else None)
            last = until or (plan.end if plan else None)
            if last and (first is None or (not since and first > last)):
                first = date(last.year, 1, 1)
            if first is None or last is None:
                return []
            areas = [Span(first, last)]
        if since and until and until < since:
            self.found.problem = END_BEFORE_START
        areas = [Span(max(a.start, since or a.start), min(a.end, until or a.end)) for a in areas]
        return [area for area in areas if area.start <= area.end]

    @property
    def rule_end(self) -> str:
        last = self.until or (self.areas[-1].end if len(self.areas) == 1 else None)
        return f";UNTIL={last:%Y%m%d}" if last else ""


def _resolve_chosen(found: Resolution, parts: _Parts, areas: list[Span]) -> None:
    for stretch in parts.chosen:
        found.is_as_precise_as(stretch.precision)
    for area in areas:
        # A whole first year, so that a stretch already running when the area begins is seen.
        years = Span(date(area.start.year, 1, 1), area.end)
        windows = [w for s in parts.chosen for w in yearly_windows(s, years, found.reading.school_year_last)]
        if parts.every.months < 12:
            windows = [_in_its_month(w) if w.start.day == w.start.month == 1 else w for w in windows]
        found.windows += _one_after_another(w for w in windows if w.end >= area.start)
    for text in yearly_rules(parts.chosen):
        found.recur(text + parts.rule_end)


def _in_its_month(window: Window) -> Window:
    """«ежеквартально до 15 апреля, 15 июля …»: the work of the due month."""
    return Window(window.end.replace(day=1), window.end)


def _one_after_another(windows: Iterable[Window]) -> list[Window]:
    """Due days that share a beginning («до 1 июня и до 1 декабря ежегодно») follow each other."""
    result: list[Window] = []
    for window in sorted(windows, key=lambda w: (w.start, w.end)):
        if result and window.start == result[-1].start < window.end != result[-1].end:
            window = Window(result[-1].end + timedelta(1), window.end)
        result.append(window)
    return result


def _resolve_dues(found: Resolution, parts: _Parts, dues: list[Due], areas: list[Span]) -> None:
    found.is_as_precise_as(Precision.DAY)
    length = parts.every.months or 1
    windows: list[Window] = []
    for due in dues:
        if not due.month and length > 1:
            found.assume("в месяце, следующем за отчётным")
        for area in areas:
            windows += due_windows(length, due, area)
        found.recur(due_rule(length, due) + parts.rule_end)
    found.windows += _one_after_another(windows) if len(dues) > 1 else windows


def _resolve_periods(found: Resolution, parts: _Parts, areas: list[Span]) -> None:
    every = parts.every
    found.is_as_precise_as(_precision(every))
    if every.days == 1:
        found.recur("FREQ=DAILY" + parts.rule_end)  # a window a day would be noise: no windows
        return
    windows: list[Window] = []
    for area in areas:
        windows += recurring_windows(every, area, found.reading.school_year_last)
    if parts.seasons and areas:
        years = range(areas[0].start.year - 1, areas[-1].end.year + 1)
        spans = [found.span(season, year) for season in parts.seasons for year in years]
        windows = [w for w in windows if any(start <= w.start and w.end <= end for start, end in spans)]
    found.windows += windows
    if text := rule(every, windows if parts.seasons else ()):
        found.recur(text + parts.rule_end)


def _precision(every: Every) -> Precision:
    if every.school:
        return Precision.SCHOOL_YEAR if every.times == 1 else Precision.SPAN
    months, uneven = divmod(every.months, every.times)
    return Precision.SPAN if uneven else _PRECISIONS.get(months, Precision.SPAN)
