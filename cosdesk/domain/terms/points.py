"""The calendar in words: «1 сентября 2021 г.», «I–II кварталы», «2021/2022 учебный год», «первая декада мая»."""

from collections.abc import Callable
from typing import Final

from cosdesk.domain.terms.parts import (
    END_OF_MONTH,
    Item,
    Precision,
    Stretch,
    day,
    days,
    joined,
    months,
    school_span,
    school_year,
    year_stretch,
)
from cosdesk.domain.terms.recurrence import NotUnderstoodError, RecurrenceReader
from cosdesk.domain.terms.words import PLURAL, Kind

_PARTS: Final[dict[str, tuple[tuple[int, int], ...]]] = {
    "decade": ((1, 10), (11, 20), (21, END_OF_MONTH)),
    "part": ((1, 15), (16, END_OF_MONTH)),
    "week": ((1, 7), (8, 14), (15, 21), (22, 28)),
}
_AFTER_SHORT_YEAR: Final = frozenset({"years", "school", "stop", ",", ";", ")"})
_EDGES: Final = {"begin": "начало", "middle": "середина", "end": "конец"}


class PointReader(RecurrenceReader):
    """Points of the calendar, lists of them, and ranges between two."""

    __slots__ = ()

    def stretches(self) -> list[Item]:
        """One or more points, or a range between two."""
        left = self.point()
        sign, following = self.tokens[self.at][0], self.tokens[self.at + 1][0]
        if following not in POINTS or (sign not in ("-", "by") and (sign != "/" or following == "number")):
            return left
        start = left[-1]
        if not isinstance(start, Stretch):
            return left
        standing = self.at
        self.at += 1
        try:
            right = self.point()
        except NotUnderstoodError:
            self.at = standing
            return left
        return left[:-1] + ranges(start, right)

    def point(self) -> list[Item]:
        kind, value = self.tokens[self.at]
        if read := POINTS.get(kind):
            return read(self, value)
        raise NotUnderstoodError

    def date(self, value: int) -> list[Item]:
        self.at += 1
        self.accept("years")
        return [day(value // 10000, value // 100 % 100, value % 100)]

    def day_month(self, value: int) -> list[Item]:
        self.at += 1
        return [day(year, value // 100, value % 100) for year in self.years(value // 100)]

    def month_year(self, value: int) -> list[Item]:
        self.at += 1
        self.accept("years")
        return [months(value // 100, value % 100, value % 100, Precision.MONTH)]

    def month(self, value: int) -> list[Item]:
        self.at += 1
        self.accept("months")
        return [months(year, value, value, Precision.MONTH) for year in self.years(value)]

    def within(self, _value: int) -> list[Item]:
        self.at += 1
        return self.point()

    def years(self, month: int) -> list[int | None]:
        """The years after a point: «2021 г.», «21 г.», «2021–2024 гг.», «2021/2022 учебного года», or None."""
        kind, value = self.tokens[self.at]
        if kind == "number" and value > 9 and self.tokens[self.at + 1] == ("years", 0):
            self.at += 2
            return [2000 + value]
        if kind == "," and self._year_after_comma():
            self.at += 1
            kind, value = self.tokens[self.at]
        if kind != "year":
            return [None]
        (sign, _), (second, last), (third, plural) = self.tokens[self.at + 1 : self.at + 4]
        if sign in ("-", "/") and second == "year":
            if third == "school" and last == value + 1:
                self.at += 4
                self.accept("years")
                return [value if month >= 9 else last]
            if sign == "-" and last > value:
                self.at += 3
                self.accept("years")
                return list(range(value, last + 1))
        if sign in (",", "and") and second == "year" and third == "years" and plural == PLURAL:
            self.at += 4
            return [value, last]
        self.at += 1
        self.accept("years")
        return [value]

    def _year_after_comma(self) -> bool:
        """«май, 2021 год»: the year of the month before it, not a term of its own."""
        (year, _), (unit, plural), (last, _) = self.tokens[self.at + 1 : self.at + 4]
        return year == "year" and (unit == "stop" or (unit == "years" and plural != PLURAL and last == "stop"))

    def numbered(self, _value: int = 0) -> list[Item]:
        """What begins with numbers: days, quarters, half-years, months, «5 числа», «2 раза в год»."""
        groups = self._numbers()
        kind, value = self.tokens[self.at]
        if kind == "day_of_month" and self.tokens[self.at + 1][0] == "month":
            self.at += 1
            kind, value = self.tokens[self.at]
        if kind == "month":
            self.at += 1
            return [days(year, value, a, b) for year in self.years(value) for a, b in groups]
        if kind in ("-", "by") and len(groups) == 1:
            return self._days_to_date(groups[0][0])
        self.at += 1
        if kind == "quarter":
            return self._named(groups, 4, 3, Precision.QUARTER)
        if kind == "half":
            return self._halves(groups)
        if kind == "months":
            return self._first_months(groups)
        if kind == "times":
            return self.times(groups[0][0] * value)
        if kind == "day_of_month":
            return self.day_of_month(groups)
        if kind in _PARTS:
            return self._part(kind, groups[0][0])
        raise NotUnderstoodError

    def _numbers(self) -> list[tuple[int, int]]:
        """«1», «1-3», «1, 2 и 4» as pairs of first and last; a single number is a pair of the same."""
        groups: list[tuple[int, int]] = []
        while True:
            first = last = self.expect("number")
            if self.tokens[self.at][0] in ("-", "by") and self.tokens[self.at + 1][0] == "number":
                last = self.tokens[self.at + 1][1]
                self.at += 2
            groups.append((first, last))
            if self.tokens[self.at][0] not in (",", "and") or self.tokens[self.at + 1][0] != "number":
                return groups
            self.at += 1

    def _days_to_date(self, first: int) -> list[Item]:
        """«12-15.09.2021»."""
        self.at += 1
        if self.tokens[self.at][0] not in ("date", "day_month"):
            raise NotUnderstoodError
        ends = [end for end in self.point() if isinstance(end, Stretch)]
        return [joined(day(end.year, end.last[0], first), end) for end in ends]

    def _named(self, groups: list[tuple[int, int]], count: int, length: int, precision: Precision) -> list[Item]:
        if any(not 1 <= a <= count or not a <= b <= count for a, b in groups):
            raise NotUnderstoodError
        return [
            months(year, (a - 1) * length + 1, b * length, precision if a == b else Precision.SPAN)
            for year in self.years(groups[0][0] * length)
            for a, b in groups
        ]

    def _halves(self, groups: list[tuple[int, int]]) -> list[Item]:
        school = self._school_after()
        if school is None:
            return self._named(groups, 2, 6, Precision.HALF_YEAR)
        if len(groups) > 1 or groups[0] not in ((1, 1), (2, 2)):
            raise NotUnderstoodError
        if groups[0][0] == 1:
            return [school._replace(span=0, last=(12, END_OF_MONTH), precision=Precision.HALF_YEAR, each=False)]
        year = school.year + 1 if school.year else None
        return [Stretch(year, 0, (1, 1), school.last, Precision.HALF_YEAR)]

    def _school_after(self) -> Stretch | None:
        """The school year named next, if one is: «2021/2022 учебного года», «учебного года»."""
        if self.tokens[self.at][0] not in ("year", "school"):
            return None
        standing = self.at
        found = self.point()
        if len(found) == 1 and isinstance(found[0], Stretch) and found[0].precision is Precision.SCHOOL_YEAR:
            return found[0]
        self.at = standing
        return None

    def _first_months(self, groups: list[tuple[int, int]]) -> list[Item]:
        """«9 месяцев 2022»: from January on.  «3 месяца» without a year is a duration, no term."""
        ((count, last),) = groups if len(groups) == 1 else ((0, 0),)
        named = {3: Precision.QUARTER, 6: Precision.HALF_YEAR, 12: Precision.YEAR}
        years = self.years(1)
        if count != last or not 1 <= count <= 12 or (years == [None] and count != 9):
            raise NotUnderstoodError
        return [months(year, 1, count, named.get(count, Precision.SPAN)) for year in years]

    def _part(self, kind: Kind, number: int) -> list[Item]:
        """«первая декада мая», «вторая половина 2021 года»; number -1 is the last."""
        if kind == "part" and self.tokens[self.at][0] in ("year", "school"):
            return self._halves([(number if number > 0 else 2,) * 2])
        month = self.expect("month")
        parts = _PARTS[kind]
        if number == 0 or number > len(parts):
            raise NotUnderstoodError
        first, last = parts[number - 1] if number > 0 else parts[-1]
        return [Stretch(y, 0, (month, first), (month, last), Precision.SPAN) for y in self.years(month)]

    def last(self, _value: int) -> list[Item]:
        self.at += 1
        kind = self.tokens[self.at][0]
        self.at += 1
        if kind == "quarter":
            return self._named([(4, 4)], 4, 3, Precision.QUARTER)
        if kind not in _PARTS:
            raise NotUnderstoodError
        return self._part(kind, -1)

    def year(self, value: int) -> list[Item]:
        """«2021», «2021–2024 годы», «2021/2022 учебный год», «2020/2021, 2021/2022 учебные годы»."""
        spans = [self._year_span()]
        standing = self.at
        while self.tokens[self.at][0] in (",", "and") and self.tokens[self.at + 1][0] == "year":
            self.at += 1
            spans.append(self._year_span())
        if self.tokens[self.at][0] != "school":
            self.at = standing if len(spans) > 1 else self.at
            first, last, slash = spans[0]
            self.accept("years")
            return [school_year(first, last) if slash else year_stretch(first, last)]
        plural = self.expect("school")
        self.accept("years")
        first, last, slash = spans[0]
        if plural and len(spans) == 1 and last and not slash:
            return [school_span(first, last)]
        return [school_year(first, last) for first, last, _ in spans]

    def _year_span(self) -> tuple[int, int | None, bool]:
        """First and last year, and whether a stroke stood between them."""
        first = self.expect("year")
        sign = self.tokens[self.at][0]
        kind, value = self.tokens[self.at + 1]
        if sign not in ("-", "/"):
            return first, None, False
        if kind == "number" and value > first % 100 and self.tokens[self.at + 2][0] in _AFTER_SHORT_YEAR:
            kind, value = "year", first // 100 * 100 + value
        if kind != "year" or (value <= first and sign == "/"):
            return first, None, False
        self.at += 2
        return first, value, sign == "/"

    def school(self, _value: int = 0) -> list[Item]:
        """«учебный год», «учебный год 2021/2022»."""
        self.at += 1
        self.expect("years")
        if self.tokens[self.at][0] == "year":
            first, last, _ = self._year_span()
            return [school_year(first, last)]
        return [school_year(None)]

    def edge(self, _value: int) -> list[Item]:
        """«начало мая», «конец 2021 года»: a third of a month, or the first or last month of something longer."""
        kind = self.tokens[self.at][0]
        self.at += 1
        found = self.period_or_point()
        whole = found[0]
        if len(found) != 1 or not isinstance(whole, Stretch):
            raise NotUnderstoodError
        if whole.precision is Precision.MONTH:
            month = whole.first[0]
            first, last = _PARTS["decade"][("begin", "middle", "end").index(kind)]
            note = f"{_EDGES[kind]} месяца – {first}–{last or 'последнее'} число"
            return [whole._replace(first=(month, first), last=(month, last), precision=Precision.SPAN, assumption=note)]
        if kind == "middle" or whole.precision is Precision.DAY:
            raise NotUnderstoodError
        month = whole.first[0] if kind == "begin" else whole.last[0]
        year = whole.year + whole.span if whole.year and kind == "end" else whole.year
        note = f"{_EDGES[kind]} – {'первый' if kind == 'begin' else 'последний'} месяц"
        return [months(year, month, month, Precision.MONTH)._replace(assumption=note)]

    def period_or_point(self) -> list[Item]:
        """A point, or a bare «года», «учебного года», which then means every one."""
        self.accept("whole")
        if self.accept("reporting") and self.tokens[self.at][0] != "years":
            raise NotUnderstoodError
        if self.accept("years"):
            return [year_stretch(None)]
        return self.point()


def ranges(start: Stretch, ends: list[Item]) -> list[Item]:
    """A range to each end; «январь – март 2021–2022» is two, «сентябрь – май 2021–2022» one over New Year."""
    stretches = [end for end in ends if isinstance(end, Stretch)]
    if len(stretches) != len(ends):
        raise NotUnderstoodError
    if start.precision is Precision.YEAR and start.year and all(end.year is None for end in stretches):
        return [start, *stretches]
    if len(stretches) > 1 and start.year is None:
        if len(stretches) == 2 and stretches[0].last[0] < start.first[0]:
            return [joined(start, stretches[1])]
        return [joined(start, end) for end in stretches]
    return [joined(start, stretches[0]), *stretches[1:]]


POINTS: Final[dict[Kind, Callable[[PointReader, int], list[Item]]]] = {
    "date": PointReader.date,
    "day_month": PointReader.day_month,
    "month_year": PointReader.month_year,
    "month": PointReader.month,
    "year": PointReader.year,
    "number": PointReader.numbered,
    "last": PointReader.last,
    "school": PointReader.school,
    "begin": PointReader.edge,
    "middle": PointReader.edge,
    "end": PointReader.edge,
    "in": PointReader.within,
}
