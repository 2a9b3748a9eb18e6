"""The parts a term is made of: a stretch of the calendar, «ежемесячно», «до 25 числа», «весь период»."""

from enum import StrEnum
from typing import Final, NamedTuple

from cosdesk.domain.terms.words import check_day


class Precision(StrEnum):
    """How finely a wording names its time; SPAN for a range, a list of unlike things or a whole plan."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    SPAN = "span"


class Role(StrEnum):
    """How a stretch bounds the work: within it, up to its last day, or from its first."""

    WITHIN = "within"
    UNTIL = "until"
    SINCE = "since"


END_OF_MONTH: Final = 0
SCHOOL_YEAR_FIRST: Final = (9, 1)
SCHOOL_YEAR_LAST: Final = (5, 31)
"""The usual last day of a school year's work; a ``Reading`` may set another."""


class Stretch(NamedTuple):
    """From ``first`` to ``last`` (month, day) of ``year``, the last ``span`` years later.

    ``year`` is None where the wording names none; ``each`` then says that the wording itself
    means every year («в течение года»).  Day 0 of ``last`` is the last of its month.
    ``following`` moves a due day into the next year («года, следующего за отчётным»).
    """

    year: int | None
    span: int
    first: tuple[int, int]
    last: tuple[int, int]
    precision: Precision
    role: Role = Role.WITHIN
    each: bool = False
    following: bool = False
    assumption: str = ""

    @property
    def days(self) -> int:
        """Its length, near enough to compare with a period's."""
        last_day = self.last[1] or 30
        return self.span * 365 + (self.last[0] - self.first[0]) * 30 + last_day - self.first[1] + 1


class Every(NamedTuple):
    """A recurrence: every so many months or days, or every school year, ``times`` in each."""

    months: int
    days: int = 0
    school: bool = False
    times: int = 1

    @property
    def period_days(self) -> int:
        return self.days or (270 if self.school else self.months * 30)


FOLLOWING_MONTH: Final = 99
LAST_MONTH: Final = -1


class Due(NamedTuple):
    """A due day of the month within a recurrence.

    ``month`` counts from the first of the period; LAST_MONTH, FOLLOWING_MONTH («следующего за
    отчётным») or 0, unnamed.
    """

    day: int
    month: int = 0


class Whole(NamedTuple):
    """The whole plan; ``once`` for «однократно»."""

    once: bool = False


class Undated(NamedTuple):
    """«постоянно», «по мере необходимости»: no time at all."""


Item = Stretch | Every | Due | Whole | Undated


class Phase(NamedTuple):
    """What belongs together under one label («Разработка»), or the whole wording under none."""

    label: str
    items: tuple[Item, ...]


def day(year: int | None, month: int, number: int) -> Stretch:
    # 2000 is a leap year: 29 February without a year is a date, 31 February never.
    check_day(year or 2000, month, number, "" if year else f"{number:02}.{month:02}")
    return Stretch(year, 0, (month, number), (month, number), Precision.DAY)


def days(year: int | None, month: int, first: int, last: int) -> Stretch:
    if first == last:
        return day(year, month, first)
    start, end = day(year, month, first), day(year, month, last)
    return Stretch(year, 0, start.first, end.last, Precision.SPAN)


def months(year: int | None, first: int, last: int, precision: Precision) -> Stretch:
    return Stretch(year, 0, (first, 1), (last, END_OF_MONTH), precision)


def year_stretch(year: int | None, last_year: int | None = None) -> Stretch:
    span = last_year - year if year and last_year else 0
    return Stretch(
        year, span, (1, 1), (12, END_OF_MONTH), Precision.SPAN if span else Precision.YEAR, each=year is None
    )


def school_year(year: int | None, last_year: int | None = None) -> Stretch:
    """One school year's work, 01.09–31.05; of several, the span 01.09–31.08."""
    if year and last_year and last_year - year > 1:
        return school_span(year, last_year)
    return Stretch(year, 1, SCHOOL_YEAR_FIRST, SCHOOL_YEAR_LAST, Precision.SCHOOL_YEAR, each=year is None)


def school_span(year: int, last_year: int) -> Stretch:
    return Stretch(year, last_year - year, SCHOOL_YEAR_FIRST, (8, 31), Precision.SPAN)


def until_the_day_before(stretch: Stretch) -> Stretch:
    """«до начала …»: the last day before a stretch."""
    month, number = stretch.first
    year = stretch.year
    if number > 1:
        last = (month, number - 1)
    elif month > 1:
        last = (month - 1, END_OF_MONTH)
    else:
        last, year = (12, END_OF_MONTH), year - 1 if year else None
    return Stretch(year, 0, (last[0], 1), last, Precision.DAY, Role.UNTIL)


def joined(left: Stretch, right: Stretch) -> Stretch:
    """From the first of one to the last of the other; a year named on one side holds for both.

    Where the months then run backwards («сентябрь – май 2022») the range crosses a New Year.
    """
    crosses = right.last[0] < left.first[0]
    left_year, right_last_year = left.year, None if right.year is None else right.year + right.span
    if left_year is None and right_last_year is not None:
        left_year = right_last_year - crosses
    elif left_year is not None and right_last_year is None:
        right_last_year = left_year + crosses
    span = int(crosses) if left_year is None or right_last_year is None else right_last_year - left_year
    return Stretch(left_year, span, left.first, right.last, Precision.SPAN, assumption=left.assumption)


def with_years(items: list[Item]) -> list[Item]:
    """The items with the years that their neighbours name.

    «2021 год: март, май» gives both months the year and is no window itself; in «март, май 2021»
    the year holds for both; after «сентябрь 2021, март» the next March is meant, and that is said.
    """
    if not any(isinstance(item, Stretch) and item.year is not None for item in items):
        return items
    result: list[Item] = []
    heading: int | None = None
    for index, item in enumerate(items):
        if not isinstance(item, Stretch):
            heading = None
        elif _is_heading(item, items[index + 1 : index + 2]):
            heading = item.year
            continue
        elif heading is not None and _lacks_year(item):
            item = item._replace(year=heading)
        else:
            heading = None
        result.append(item)
    return _from_the_next(_from_the_one_before(result))


def _lacks_year(item: Item) -> bool:
    return isinstance(item, Stretch) and item.year is None and not item.each


def _is_heading(item: Stretch, following: list[Item]) -> bool:
    return item.precision is Precision.YEAR and item.role is Role.WITHIN and any(map(_lacks_year, following))


def _from_the_next(items: list[Item]) -> list[Item]:
    """«март, май 2021», «март, май 2021–2024 гг.»: the years of the next stretch hold for those before it."""
    result: list[Item] = []
    years: list[int] = []
    after: Stretch | None = None
    for item in reversed(items):
        named = isinstance(item, Stretch) and item.year is not None and item.precision is not Precision.YEAR
        if isinstance(item, Stretch) and named and item.year is not None:
            same = after is not None and (item.first, item.last) == (after.first, after.last)
            years = [item.year, *years] if same else [item.year]
            after = item
            result.append(item)
        elif isinstance(item, Stretch) and _lacks_year(item) and after and after.role is item.role:
            earlier = item.first[0] > after.first[0]
            result += [_assumed(item, y - 1) if earlier else item._replace(year=y) for y in reversed(years)]
            after = item._replace(year=years[0] - earlier)
        else:
            after = None
            result.append(item)
    return result[::-1]


def _from_the_one_before(items: list[Item]) -> list[Item]:
    """«сентябрь 2021, март»: after the last year named, the next March is meant."""
    result: list[Item] = []
    before: Stretch | None = None
    for item in items:
        if isinstance(item, Stretch) and _lacks_year(item) and before and before.year and before.role is item.role:
            item = _assumed(item, before.year + before.span + (item.first[0] < before.last[0]))
        is_named = isinstance(item, Stretch) and item.year is not None and item.precision is not Precision.YEAR
        before = item if is_named and isinstance(item, Stretch) else None
        result.append(item)
    return result


def _assumed(item: Stretch, year: int) -> Stretch:
    return item._replace(year=year, assumption=f"год не указан, взят {year}")
