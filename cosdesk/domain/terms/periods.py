"""Days of the calendar: a stretch in a year, the months and school years of a span, the parts of a period."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cosdesk.dataclass import dataclass
from cosdesk.domain.terms.parts import (
    FOLLOWING_MONTH,
    LAST_MONTH,
    SCHOOL_YEAR_FIRST,
    SCHOOL_YEAR_LAST,
    Due,
    Every,
    Precision,
    Role,
    Stretch,
)
from cosdesk.domain.terms.words import NoSuchDateError, check_day, month_length


@dataclass(frozen=True, slots=True)
class Window:
    """One expected execution: from the first to the last day, both included; ``label`` names a phase."""

    start: date
    end: date
    label: str = ""


class Span(NamedTuple):
    """First and last day."""

    start: date
    end: date


_SHORTEST_MONTH = 28
SchoolYearLast = tuple[int, int]
"""Month and day on which a school year's work ends."""


@lru_cache(maxsize=64)
def plan_span(years: tuple[int, int]) -> Span:
    return Span(date(years[0], 1, 1), date(years[1], 12, 31))


def span_in(stretch: Stretch, year: int, school_year_last: SchoolYearLast) -> Span:
    """The stretch's first and last day when it begins in ``year``; ``NoSuchDateError`` for 29.02.2021."""
    month, day = stretch.last
    if stretch.precision is Precision.SCHOOL_YEAR and stretch.last == SCHOOL_YEAR_LAST:
        month, day = school_year_last
    end_year = year + stretch.span + stretch.following
    if day > _SHORTEST_MONTH:
        check_day(end_year, month, day)
    if stretch.first[1] > _SHORTEST_MONTH and stretch.role is not Role.UNTIL:
        check_day(year, *stretch.first)
    start = date(year, *stretch.first) if stretch.role is not Role.UNTIL else date(year, 1, 1)
    return Span(start, date(end_year, month, day or month_length(end_year, month)))


# One plan asks for the same few again and again; the windows are frozen and can be shared.
@lru_cache(maxsize=512)
def yearly_windows(stretch: Stretch, area: Span, school_year_last: SchoolYearLast) -> tuple[Window, ...]:
    """The stretch in every year of the area; those that end after it only if there is no other.

    A due day («до 1 февраля») is the work of its year until then.
    """
    spans: list[Span] = []
    for year in range(area.start.year, area.end.year + 1):
        try:
            spans.append(span_in(stretch, year, school_year_last))
        except NoSuchDateError:
            continue  # 29 February of a common year
    if stretch.role is Role.UNTIL:
        spans = [Span(date(end.year, 1, 1), end) for _, end in spans]
    inside = [span for span in spans if stretch.following or span.end <= area.end]
    return tuple(Window(start, end) for start, end in inside or spans[:1])


@lru_cache(maxsize=256)
def recurring_windows(every: Every, area: Span, school_year_last: SchoolYearLast) -> tuple[Window, ...]:
    """The periods of a recurrence in an area, each cut into ``times`` parts."""
    spans = _school_years(area, school_year_last) if every.school else list(_periods(every, area))
    if every.times > 1:
        spans = [part for span in spans for part in _parts(span, every)]
    return tuple(Window(start, end) for start, end in spans)


@lru_cache(maxsize=256)
def due_windows(length: int, due: Due, area: Span) -> tuple[Window, ...]:
    """For each period of so many months the due month's work, from its first to the due day."""
    windows = []
    for period, _ in _periods(Every(length), area):
        start = _month_start(period.year * 12 + period.month - 1 + due_month(length, due))
        windows.append(Window(start, start.replace(day=min(due.day, month_length(start.year, start.month)))))
    return tuple(windows)


def due_month(length: int, due: Due) -> int:
    """Months from a period's first to the due one; after longer periods it is the month that follows."""
    if due.month == FOLLOWING_MONTH or (not due.month and length > 1):
        return length
    return length - 1 if due.month in (LAST_MONTH, 0) else due.month - 1


def _periods(every: Every, area: Span) -> Iterator[Span]:
    """Whole weeks; months, quarters, half-years and years, cut by the area; whole longer periods.

    Of longer periods («раз в 3 года») the first is kept even where the area is too short for it,
    cut by the area; a last one that is not whole is left out, since its time will not have run out.
    """
    if every.days:
        yield from _periods_of_days(every.days, area)
        return
    first = area.start.month - 1
    index = area.start.year * 12 + (first - first % every.months if every.months <= 12 else 0)
    some = False
    while (start := _month_start(index)) <= area.end:
        index += every.months
        end = _month_start(index) - timedelta(1)
        if end <= area.end or every.months <= 12 or not some:
            yield Span(max(start, area.start), min(end, area.end))
            some = True


def _periods_of_days(days: int, area: Span) -> Iterator[Span]:
    start = area.start
    if days % 7 == 0:
        start += timedelta(-start.weekday() % 7)
    while (end := start + timedelta(days - 1)) <= area.end:
        yield Span(start, end)
        start = end + timedelta(1)


def _month_start(index: int) -> date:
    """The first day of a month counted from year 0."""
    return date(index // 12, index % 12 + 1, 1)


def _school_years(area: Span, last: SchoolYearLast) -> list[Span]:
    years = range(area.start.year, area.end.year + 1)
    spans = [Span(date(year, *SCHOOL_YEAR_FIRST), date(year + 1, *last)) for year in years]
    return [span for span in spans if area.start <= span.start and span.end <= area.end] or spans[:1]


def _parts(span: Span, every: Every) -> Iterator[Span]:
    """A period in equal parts: of months or half-months where they divide evenly, else of days."""
    months = 9 if every.school else every.months
    count = every.times
    if every.school and count == 2:
        starts = [span.start, date(span.end.year, 1, 1)]
    elif months == 1 and count == 3:
        starts = [span.start.replace(day=day) for day in (1, 11, 21)]
    elif months and months * 2 % count == 0:
        starts = _half_months(span.start, months * 2 // count, count)
    else:
        days = (span.end - span.start).days + 1
        starts = [span.start + timedelta(days * i // count) for i in range(count)]
    for start, following in zip(starts, [*starts[1:], span.end + timedelta(1)], strict=True):
        if start < following:
            yield Span(start, following - timedelta(1))


def _half_months(start: date, halves: int, count: int) -> list[date]:
    """Every so many half-months, which begin on the 1st and the 16th."""
    first = start.year * 12 + start.month - 1
    return [_month_start(first + halves * i // 2).replace(day=16 if halves * i % 2 else 1) for i in range(count)]
