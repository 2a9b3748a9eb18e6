"""From the phases of a term to its windows within the plan's years."""

from operator import attrgetter

from cosdesk.domain.terms.parts import Due, Every, Item, Phase, Precision, Role, Stretch, Whole
from cosdesk.domain.terms.periods import Window, yearly_windows
from cosdesk.domain.terms.recurring import resolve_recurring
from cosdesk.domain.terms.resolution import (
    EVERY_SCHOOL_YEAR,
    EVERY_YEAR,
    NO_YEARS,
    Reading,
    Resolution,
    resolution,
)
from cosdesk.domain.terms.rules import yearly_rules

_ORDER = attrgetter("start", "end", "label")


def resolve(phases: tuple[Phase, ...], years: tuple[int, int] | None, reading: Reading) -> Resolution:
    """Windows sorted by their days, without doubles; ``NoSuchDateError`` where a year makes a date impossible."""
    found = resolution(years, reading)
    for label, items in phases:
        first = len(found.windows)
        if _recurs(items):
            resolve_recurring(found, items)
        else:
            _resolve_plain(found, items)
        if label:
            found.windows[first:] = [Window(w.start, w.end, label) for w in found.windows[first:]]
    if len(found.windows) > 1 and not _ascend(found.windows):
        found.windows = sorted(dict.fromkeys(found.windows), key=_ORDER)
    return found


def _ascend(windows: list[Window]) -> bool:
    before = windows[0].start
    for window in windows[1:]:
        if window.start <= before:
            return False
        before = window.start
    return True


def _recurs(items: tuple[Item, ...]) -> bool:
    for item in items:
        if isinstance(item, Stretch):
            if item.following:
                return True
        elif isinstance(item, Every | Due):
            return True
    return False


def _resolve_plain(found: Resolution, items: tuple[Item, ...]) -> None:
    """Items without a recurrence, each by itself."""
    stretches = [item for item in items if isinstance(item, Stretch)]
    several = len(stretches) > 1 and _are_several(stretches)
    every_year: list[Stretch] = []
    for stretch in stretches:
        found.is_as_precise_as(stretch.precision)
        found.assume(stretch.assumption)
        if stretch.year is not None:
            found.add(stretch, stretch.year)
        elif _is_every_year(stretch, several, found.reading):
            every_year.append(stretch)
            _resolve_every_year(found, stretch)
        else:
            _resolve_once(found, stretch)
    if every_year:
        for text in yearly_rules(every_year):
            found.recur(text)
    if len(stretches) < len(items):
        for item in items:
            if isinstance(item, Whole) and not (item.once and stretches):
                _resolve_whole(found, item)


def _are_several(stretches: list[Stretch]) -> bool:
    """«Декабрь, май»: a list of months without a year means each of them every year."""
    return sum(s.year is None and s.role is Role.WITHIN and not s.each for s in stretches) > 1


def _is_every_year(stretch: Stretch, several: bool, reading: Reading) -> bool:
    if stretch.role is Role.SINCE:
        return False
    if reading.every_year is not None:
        return reading.every_year
    return stretch.each or (several and stretch.role is Role.WITHIN)


def _resolve_whole(found: Resolution, whole: Whole) -> None:
    found.is_as_precise_as(Precision.SPAN)
    if found.plan is None:
        found.assume(NO_YEARS)
        return
    found.windows.append(Window(*found.plan))
    if whole.once:
        found.assume("один раз за весь план")


def _resolve_once(found: Resolution, stretch: Stretch) -> None:
    year = found.first_year
    if year is None:
        found.assume(NO_YEARS)
        return
    if found.reading.every_year is False and found.windows and stretch.first[0] < found.windows[-1].start.month:
        year = found.windows[-1].start.year + 1  # «Декабрь, май» read as once: that December, the next May
    found.assume(f"год не указан, взят {year}")
    found.add(stretch, year)


def _resolve_every_year(found: Resolution, stretch: Stretch) -> None:
    found.assume(EVERY_SCHOOL_YEAR if stretch.precision is Precision.SCHOOL_YEAR else EVERY_YEAR)
    if found.plan is None:
        found.assume(NO_YEARS)
        return
    found.windows += yearly_windows(stretch, found.plan, found.reading.school_year_last)
