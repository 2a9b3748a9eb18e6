"""From the parts of a term to its windows within the plan's years, with the recurrence and the assumptions made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cosdesk.domain.terms.parts import (
    FOLLOWING_MONTH,
    LAST_MONTH,
    SCHOOL_YEAR_LAST,
    Due,
    Every,
    Item,
    Phase,
    Precision,
    Role,
    Stretch,
    Whole,
)
from cosdesk.domain.terms.words import NoSuchDateError, check_day, month_length

NO_YEARS = "годы плана не заданы"
EVERY_YEAR = "каждый год"
EVERY_SCHOOL_YEAR = "каждый учебный год"
END_BEFORE_START = "окончание раньше начала"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One expected execution: from the first to the last day, both included; ``label`` names a phase."""

    start: date
    end: date
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the user wants an open wording read.

    ``every_year`` overrides the assumption for a wording without a year: True every year,
    False once in the plan, None as the grammar thinks.  ``school_year_last`` is the (month, day)
    on which a school year's work ends.
    """

    every_year: bool | None = None
    school_year_last: tuple[int, int] = SCHOOL_YEAR_LAST


class Span(NamedTuple):
    """First and last day."""

    start: date
    end: date


@dataclass(slots=True)
class Resolution:
    """What has been found so far; ``opens`` and ``closes`` are the days the wording names itself."""

    years: tuple[int, int] | None
    reading: Reading
    windows: list[Window] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    precisions: set[Precision] = field(default_factory=set)
    named_start: date | None = None
    named_end: date | None = None
    open_start: bool = False
    open_end: bool = False
    problem: str = ""

    def assume(self, phrase: str) -> None:
        if phrase and phrase not in self.assumptions:
            self.assumptions.append(phrase)

    @property
    def plan(self) -> Span | None:
        return Span(date(self.years[0], 1, 1), date(self.years[1], 12, 31)) if self.years else None

    @property
    def start(self) -> date | None:
        if self.open_start:
            return None
        return self.windows[0].start if self.windows else self.named_start

    @property
    def end(self) -> date | None:
        if self.open_end:
            return None
        return max(window.end for window in self.windows) if self.windows else self.named_end


def resolve(phases: Iterable[Phase], years: tuple[int, int] | None, reading: Reading) -> Resolution:
    """Windows, sorted, without doubles; ``NoSuchDateError`` where a year makes a date impossible."""
    found = Resolution(years, reading)
    for phase in phases:
        first = len(found.windows)
        if any(isinstance(item, Every | Due) or _is_yearly(item) for item in phase.items):
            _Recurrence(found, phase.items).resolve()
        else:
            _resolve_plain(found, phase.items)
        if phase.label:
            found.windows[first:] = [Window(w.start, w.end, phase.label) for w in found.windows[first:]]
    if len(found.windows) > 1:
        found.windows = sorted(set(found.windows))
    return found


def _is_yearly(item: Item) -> bool:
    return isinstance(item, Stretch) and item.following


# --- a stretch in a year


def span_in(stretch: Stretch, year: int, reading: Reading) -> Span:
    """The stretch's first and last day when it begins in ``year``."""
    month, day = stretch.last
    if stretch.precision is Precision.SCHOOL_YEAR and stretch.last == SCHOOL_YEAR_LAST:
        month, day = reading.school_year_last
    end_year = year + stretch.span + stretch.following
    if stretch.precision is Precision.DAY and day:
        check_day(end_year, month, day)
    last_day = month_length(end_year, month)
    return Span(date(year, *stretch.first), date(end_year, month, min(day or last_day, last_day)))


def _window(found: Resolution, stretch: Stretch, year: int) -> Window | None:
    """The stretch as a window by its role; None, with the reason told, where it cannot be one."""
    span = span_in(stretch, year, found.reading)
    if stretch.role is Role.UNTIL:
        found.open_start = True
        found.named_end = span.end
        plan = found.plan
        start = plan.start if plan and plan.start <= span.end else date(span.end.year, 1, 1)
        return Window(start, span.end)
    if stretch.role is Role.SINCE:
        found.open_end = True
        found.named_start = span.start
        if not found.plan:
            found.assume(NO_YEARS)
            return None
        late = span.start > found.plan.end
        return Window(span.start, date(span.start.year, 12, 31) if late else found.plan.end)
    if span.end < span.start:
        found.problem = END_BEFORE_START
        found.named_start, found.named_end = span
        return None
    return Window(span.start, span.end)


def _resolve_plain(found: Resolution, items: Iterable[Item]) -> None:
    """Items without a recurrence, each by itself."""
    stretches = [item for item in items if isinstance(item, Stretch)]
    yearless = [s for s in stretches if s.year is None]
    several = sum(1 for s in yearless if s.role is Role.WITHIN and not s.each) > 1
    for item in items:
        if isinstance(item, Whole) and not (item.once and stretches):
            _resolve_whole(found, item)
    for stretch in stretches:
        found.precisions.add(stretch.precision)
        found.assume(stretch.assumption)
        if stretch.year is not None:
            if window := _window(found, stretch, stretch.year):
                found.windows.append(window)
        elif _is_every_year(stretch, several, found.reading):
            _resolve_every_year(found, stretch)
        else:
            _resolve_once(found, stretch)
    found.rules += _yearly_rules(s for s in yearless if _is_every_year(s, several, found.reading))


def _is_every_year(stretch: Stretch, several: bool, reading: Reading) -> bool:
    if stretch.year is not None or stretch.role is Role.SINCE:
        return False
    if reading.every_year is not None:
        return reading.every_year
    return stretch.each or (several and stretch.role is Role.WITHIN)


def _resolve_whole(found: Resolution, whole: Whole) -> None:
    found.precisions.add(Precision.SPAN)
    if found.plan:
        found.windows.append(Window(*found.plan))
        if whole.once:
            found.assume("один раз за весь план")
    else:
        found.assume(NO_YEARS)


def _resolve_once(found: Resolution, stretch: Stretch) -> None:
    if not found.years:
        found.assume(NO_YEARS)
        return
    year = found.years[0]
    if stretch.role is Role.WITHIN and found.windows and stretch.first[0] < found.windows[-1].start.month:
        year = max(year, found.windows[-1].start.year + 1) if found.reading.every_year is False else year
    found.assume(f"год не указан, взят {year}")
    if window := _window(found, stretch, year):
        found.windows.append(window)


def _resolve_every_year(found: Resolution, stretch: Stretch) -> None:
    found.assume(EVERY_SCHOOL_YEAR if stretch.precision is Precision.SCHOOL_YEAR else EVERY_YEAR)
    if not found.years:
        found.assume(NO_YEARS)
        return
    found.windows += [
        Window(*_due(span) if stretch.role is Role.UNTIL else span)
        for span in _yearly(stretch, found.plan, found.reading)
    ]


def _due(span: Span) -> Span:
    """A yearly due day: the work of that year until then."""
    return Span(date(span.end.year, 1, 1), span.end)


def _yearly(stretch: Stretch, plan: Span | None, reading: Reading) -> list[Span]:
    """The stretch in every year of the plan; those that end after it only if there is no other."""
    if plan is None:
        return []
    spans = []
    for year in range(plan.start.year, plan.end.year + 1):
        try:
            spans.append(span_in(stretch, year, reading))
        except NoSuchDateError:
            continue  # 29 February, in a common year
    inside = [span for span in spans if stretch.following or span.end <= plan.end]
    return inside or spans[:1]


def _yearly_rules(stretches: Iterable[Stretch]) -> list[str]:
    """One rule for each first day of the month: «Декабрь, май» is one, «15 мая, 1 июня» two."""
    months: dict[int, set[int]] = {}
    for stretch in stretches:
        month, day = stretch.last if stretch.role is Role.UNTIL else stretch.first
        if stretch.precision is Precision.YEAR and stretch.role is Role.WITHIN:
            return ["FREQ=YEARLY"]
        months.setdefault(day or -1, set()).add(month)
    return [
        f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(found)))};BYMONTHDAY={day}"
        for day, found in sorted(months.items())
    ]


# --- recurrence


@dataclass(slots=True)
class _Recurrence:
    """The parts of one recurring phase: what recurs, what chooses within the year, what bounds it."""

    found: Resolution
    items: tuple[Item, ...]
    chosen: list[Stretch] = field(default_factory=list)
    seasons: list[Stretch] = field(default_factory=list)
    once: list[Stretch] = field(default_factory=list)
    areas: list[Span] = field(default_factory=list)
    since: date | None = None
    until: date | None = None

    @property
    def every(self) -> Every:
        """The finest recurrence named; a due day alone recurs monthly, a due date yearly."""
        named = [item for item in self.items if isinstance(item, Every)]
        if named:
            return min(named, key=lambda every: every.period_days / every.times)
        return Every(1) if any(isinstance(item, Due) for item in self.items) else Every(12)

    def resolve(self) -> None:
        found, every = self.found, self.every
        for item in self.items:
            if isinstance(item, Stretch):
                found.assume(item.assumption)
                self._sort_in(item, every)
        if not any(isinstance(item, Every) for item in self.items):
            found.assume("каждый месяц" if every.months == 1 else EVERY_YEAR)
        for stretch in self.once:
            found.precisions.add(stretch.precision)
            if stretch.year is not None and (window := _window(found, stretch, stretch.year)):
                found.windows.append(window)
        if self.once and not self.chosen:
            return
        dues = [item for item in self.items if isinstance(item, Due)]
        areas = self._areas()
        if not areas:
            found.assume(NO_YEARS)
        if self.chosen:
            self._resolve_chosen(every, areas)
        elif dues:
            self._resolve_dues(every, dues, areas)
        else:
            self._resolve_periods(every, areas)

    def _sort_in(self, stretch: Stretch, every: Every) -> None:
        found = self.found
        if stretch.year is None:
            if stretch.role is Role.SINCE and found.years:
                found.assume(f"год не указан, взят {found.years[0]}")
                self.since = span_in(stretch, found.years[0], found.reading).start
            elif stretch.role is Role.UNTIL:
                self.chosen.append(stretch)
            elif stretch.role is Role.WITHIN:
                self._choose(stretch, every)
            return
        span = span_in(stretch, stretch.year, found.reading)
        if stretch.role is Role.SINCE:
            self.since = span.start
        elif stretch.role is Role.UNTIL:
            self.until, found.open_start = span.end, True
        elif span.end < span.start:
            found.problem = END_BEFORE_START
            self.once.append(stretch)
        elif stretch.days > every.period_days + 5:
            self.areas.append(span)
        else:
            self.once.append(stretch)

    def _choose(self, stretch: Stretch, every: Every) -> None:
        if stretch.precision is Precision.YEAR and not every.school:
            return
        if stretch.days > every.period_days + 5 and not (every.school and stretch.precision is Precision.SCHOOL_YEAR):
            self.seasons.append(stretch)
        elif not every.school or stretch.precision is not Precision.SCHOOL_YEAR:
            self.chosen.append(stretch)

    def _areas(self) -> list[Span]:
        """The spans in which the recurrence runs: named years, or the plan, cut by «с …» and «до …»."""
        plan = self.found.plan
        if self.areas:
            areas = self.areas
        elif plan:
            since = self.since or plan.start
            end = self.until or plan.end
            areas = [Span(since if self.since else min(plan.start, date(end.year, 1, 1)), max(end, since))]
        elif self.until:
            areas = [Span(self.since or date(self.until.year, 1, 1), self.until)]
        else:
            return []
        first, last = self.since or date.min, self.until or date.max
        areas = [Span(max(a.start, first), min(a.end, last)) for a in areas]
        return [area for area in areas if area.start <= area.end]

    def _resolve_chosen(self, every: Every, areas: list[Span]) -> None:
        """«ежегодно Сентябрь Март», «2 раза в год (май, декабрь)», «ежегодно до 1 февраля»."""
        found = self.found
        for stretch in self.chosen:
            found.precisions.add(stretch.precision)
            for area in areas:
                spans = _yearly(stretch, Span(date(area.start.year, 1, 1), area.end), found.reading)
                for span in spans:
                    if stretch.role is Role.UNTIL:
                        first = 1 if every.months >= 12 else span.end.month
                        span = Span(date(span.end.year, first, 1), span.end)
                    if span.end >= area.start:
                        found.windows.append(Window(*span))
        found.rules += [rule + self._rule_end() for rule in _yearly_rules(self.chosen)]

    def _resolve_dues(self, every: Every, dues: list[Due], areas: list[Span]) -> None:
        """«ежеквартально до 5 числа месяца, следующего за отчётным»: the work of the due month until the due day."""
        found = self.found
        found.precisions.add(Precision.DAY)
        length = 12 if every.school else every.months or 1
        for due in dues:
            if not due.month and length > 1:
                found.assume("до дня в месяце, следующем за отчётным")
            for area in areas:
                for period in _periods(Every(length), area):
                    found.windows.append(Window(*_due_in(period, length, due)))
            found.rules.append(_due_rule(length, due) + self._rule_end())

    def _resolve_periods(self, every: Every, areas: list[Span]) -> None:
        found = self.found
        found.precisions.add(_precision(every))
        if every.days == 1:
            found.rules.append("FREQ=DAILY" + self._rule_end())
            return
        windows: list[Window] = []
        for area in areas:
            windows += _windows(every, area, found.reading.school_year_last)
        if self.seasons and areas:
            years = range(areas[0].start.year - 1, areas[-1].end.year + 1)
            spans = [span_in(season, year, found.reading) for season in self.seasons for year in years]
            windows = [w for w in windows if any(span.start <= w.start and w.end <= span.end for span in spans)]
        found.windows += windows
        if rule := _rule(every, windows if self.seasons else []):
            found.rules.append(rule + self._rule_end())

    def _rule_end(self) -> str:
        last = self.until or (self.areas[-1].end if len(self.areas) == 1 else None)
        return f";UNTIL={last:%Y%m%d}" if last else ""


def _precision(every: Every) -> Precision:
    if every.school:
        return Precision.SCHOOL_YEAR if every.times == 1 else Precision.SPAN
    if every.days:
        return Precision.SPAN
    named = {1: Precision.MONTH, 3: Precision.QUARTER, 6: Precision.HALF_YEAR, 12: Precision.YEAR}
    months, rest = divmod(every.months, every.times)
    return Precision.SPAN if rest else named.get(months, Precision.SPAN)


@lru_cache(maxsize=256)
def _windows(every: Every, area: Span, school_year_last: tuple[int, int]) -> tuple[Window, ...]:
    """The periods of a recurrence in an area, each cut into ``times`` parts."""
    spans = _school_years(area, school_year_last) if every.school else list(_periods(every, area))
    if every.times > 1:
        spans = [part for span in spans for part in _parts(span, every)]
    return tuple(Window(*span) for span in spans)


def _periods(every: Every, area: Span) -> Iterator[Span]:
    """Whole weeks; calendar months, quarters, half-years and years, cut by the area; whole longer periods."""
    if every.days:
        start = area.start - timedelta(area.start.weekday()) if every.days % 7 == 0 else area.start
        start += timedelta(7) if start < area.start else timedelta(0)
        while (end := start + timedelta(every.days - 1)) <= area.end:
            yield Span(start, end)
            start = end + timedelta(1)
        return
    first = area.start.month - 1
    index = area.start.year * 12 + (first - first % every.months if every.months <= 12 else 0)
    found = False
    while (start := _month_start(index)) <= area.end:
        end = _month_start(index + every.months) - timedelta(1)
        if end <= area.end or every.months <= 12 or not found:
            yield Span(max(start, area.start), min(end, area.end))
            found = True
        index += every.months


def _month_start(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _school_years(area: Span, last: tuple[int, int]) -> list[Span]:
    spans = [Span(date(y, 9, 1), date(y + 1, *last)) for y in range(area.start.year, area.end.year + 1)]
    return [span for span in spans if area.start <= span.start and span.end <= area.end] or spans[:1]


def _parts(span: Span, every: Every) -> Iterator[Span]:
    """A period in equal parts: of months where they divide evenly, else of days."""
    months = 9 if every.school else every.months
    count = every.times
    if every.school and count == 2:
        starts = [span.start, date(span.end.year, 1, 1)]
    elif months and months % count == 0:
        first = span.start.year * 12 + span.start.month - 1
        starts = [span.start] + [_month_start(first + months // count * i) for i in range(1, count)]
    elif months * 2 % count == 0 and months:
        starts = _half_month_starts(span, months * 2 // count, count)
    elif months == 1 and count == 3:
        starts = [span.start.replace(day=day) for day in (1, 11, 21)]
    else:
        days = (span.end - span.start).days + 1
        starts = [span.start + timedelta(days * i // count) for i in range(count)]
    for start, following in zip(starts, [*starts[1:], span.end + timedelta(1)], strict=True):
        if start < following:
            yield Span(start, following - timedelta(1))


def _half_month_starts(span: Span, halves: int, count: int) -> list[date]:
    first = span.start.year * 12 + span.start.month - 1
    return [_month_start(first + halves * i // 2).replace(day=1 if halves * i % 2 == 0 else 16) for i in range(count)]


def _due_month(length: int, due: Due) -> int:
    """Months from the period's first to the due one."""
    if due.month == FOLLOWING_MONTH or (not due.month and length > 1):
        return length
    return length - 1 if due.month in (LAST_MONTH, 0) else due.month - 1


def _due_in(period: Span, length: int, due: Due) -> Span:
    start = _month_start(period.start.year * 12 + period.start.month - 1 + _due_month(length, due))
    return Span(start, start.replace(day=min(due.day, month_length(start.year, start.month))))


def _rule(every: Every, seasonal: list[Window]) -> str:
    """RFC 5545; it runs from the first window's start.  Empty where the parts are uneven."""
    if every.school:
        return "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1" if every.times == 1 else ""
    if every.days:
        if every.times > 1:
            return ""
        weeks, rest = divmod(every.days, 7)
        return _frequency("DAILY", every.days) if rest else _frequency("WEEKLY", weeks)
    if seasonal:
        months = sorted({window.start.month for window in seasonal})
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY=1" if every.times == 1 else ""
    if every.months == 1 and every.times in (2, 3):
        return f"FREQ=MONTHLY;BYMONTHDAY={'1,16' if every.times == 2 else '1,11,21'}"
    months_each, rest = divmod(every.months, every.times)
    if rest:
        return ""
    return _frequency("MONTHLY", months_each) if months_each % 12 else _frequency("YEARLY", months_each // 12)


def _frequency(name: str, interval: int) -> str:
    return f"FREQ={name}" + (f";INTERVAL={interval}" if interval > 1 else "")


def _due_rule(length: int, due: Due) -> str:
    """The due days; a day that short months lack is their last."""
    days = "-1" if due.day == 31 else str(due.day)
    if due.day in (29, 30):
        days = ",".join(map(str, range(28, due.day + 1))) + ";BYSETPOS=-1"
    if length == 1:
        return f"FREQ=MONTHLY;BYMONTHDAY={days}"
    if 12 % length:
        return f"FREQ=MONTHLY;INTERVAL={length};BYMONTHDAY={days}"
    months = sorted((first + _due_month(length, due)) % 12 + 1 for first in range(0, 12, length))
    frequency = "MONTHLY" if due.day in (29, 30) else "YEARLY"
    return f"FREQ={frequency};BYMONTH={','.join(map(str, months))};BYMONTHDAY={days}"
