"""The grammar of Russian terms: bounds, «в течение», recurrences and lists of them."""

from collections.abc import Callable
from typing import Final

from cosdesk.domain.terms.parts import (
    LAST_MONTH,
    Due,
    Every,
    Item,
    Precision,
    Role,
    Stretch,
    Undated,
    Whole,
    joined,
    until_the_day_before,
    with_years,
    year_stretch,
)
from cosdesk.domain.terms.points import POINTS, PointReader, ranges
from cosdesk.domain.terms.recurrence import NotUnderstoodError
from cosdesk.domain.terms.words import PLURAL, SWALLOWS_ALL, Kind, tokens

_EVERY_STARTS: Final = frozenset({"every", "each", "times", "least", "number", "once"})
_MAY_BE_SWALLOWED: Final = frozenset({"word", "realisation", "period", "and"})
_SEPARATORS: Final = frozenset({",", ";", ":", "(", ")", "and", "inclusive", "least"})


def items_of(text: str) -> tuple[Item, ...]:
    """The parts of a ``plain`` text; ``NotUnderstoodError`` where it has none or more than they say."""
    items = TermReader(tokens(text)).items()
    if len(items) > 1 and not any(isinstance(item, Every) for item in items):
        items = with_years(items)
    return tuple(items)


class TermReader(PointReader):
    """A whole term."""

    __slots__ = ()

    def items(self) -> list[Item]:
        found: list[Item] = []
        while (kind := self.tokens[self.at][0]) != "stop":
            if kind in _SEPARATORS or (kind == "-" and found and self._dash_between(found[-1])):
                self.at += 1
            else:
                found += self.item(found)
        if not found:
            raise NotUnderstoodError
        return found

    def _dash_between(self, before: Item) -> bool:
        following = self.tokens[self.at + 1][0]
        return following != "stop" and (not isinstance(before, Stretch) or following in _EVERY_STARTS)

    def item(self, before: list[Item]) -> list[Item]:
        kind, value = self.tokens[self.at]
        if read := _READERS.get(kind):
            return list(read(self))
        if kind == "every":
            self.at += 1
            return [Every(value) if value > 0 else Every(0, -value)]
        if kind == "once":
            self.at += 1
            return [Whole(once=True)]
        # «до 1 июня, 1 декабря» is handled by until(); a bare «месяца» only repeats a recurrence.
        if kind == "months" and before and isinstance(before[-1], Due):
            self.at += 1
            return []
        raise NotUnderstoodError

    def until(self) -> list[Item]:
        """«до …», «не позднее …», «к …», «по …»."""
        word = self.tokens[self.at][0]
        self.at += 1
        self.accept("until", "to")
        edge = self.tokens[self.at][0]
        if edge in ("begin", "end"):
            self.at += 1
            return self._until_edge(edge == "begin")
        found: list[Item] = []
        for point in self._due_points():
            if isinstance(point, Stretch):
                note = _inclusive(point) if word in ("until", "to") else point.assumption
                following = point.precision is Precision.DAY and self.following("years")
                point = point._replace(role=Role.UNTIL, following=following, assumption=note)
            found.append(point)
        return found

    def _due_points(self) -> list[Item]:
        """«1 июня, 1 декабря»: days that share one «до»."""
        found = self.point()
        while self.tokens[self.at][0] in (",", "and") and self.tokens[self.at + 1][0] in (
            "number",
            "date",
            "day_month",
        ):
            standing = self.at
            self.at += 1
            try:
                more = self.point()
            except NotUnderstoodError:
                more = []
            if not all(isinstance(point, Stretch) and point.precision is Precision.DAY for point in more + found):
                more = []
            if not more:
                self.at = standing
                return found
            found = with_years(found + more)
        return found

    def _until_edge(self, begins: bool) -> list[Item]:
        kind = self.tokens[self.at][0]
        if not begins and kind in ("period", "realisation", "whole"):
            return self.whole_period()
        if not begins and kind in ("months", "quarter", "half"):
            self.at += 1
            return [Due(31, LAST_MONTH)]
        found = self.period_or_point()
        return [
            until_the_day_before(part) if begins else part._replace(role=Role.UNTIL, each=False)
            for part in found
            if isinstance(part, Stretch)
        ]

    def since(self) -> list[Item]:
        """«с …», «не ранее …», and with «по …», «до …» a range."""
        self.at += 1
        if self.accept("begin"):
            found = self.period_or_point()
            found = [p._replace(each=False) if isinstance(p, Stretch) else p for p in found]
        else:
            found = self.point()
        start = found[0]
        if len(found) != 1 or not isinstance(start, Stretch):
            raise NotUnderstoodError
        following = self.tokens[self.at][0]
        if following == "-":
            self.at += 1
            return ranges(start, self.point())
        if following in ("by", "until"):
            return self._until_after(start)
        if start.precision is Precision.SPAN:
            return [start]
        return [start._replace(role=Role.SINCE)]

    def _until_after(self, start: Stretch) -> list[Item]:
        """The «по …» or «до …» of a range."""
        until = self.accept("until")
        if not until:
            self.expect("by")
            self.accept("until")
        edge = self.tokens[self.at][0]
        if edge in ("begin", "end"):
            self.at += 1
            found = self._until_edge(edge == "begin")
        else:
            found = self.point()
        end = found[0]
        if isinstance(end, Whole):
            return [start._replace(role=Role.SINCE)]
        if not isinstance(end, Stretch):
            raise NotUnderstoodError
        note = _inclusive(end) if until and edge != "end" else end.assumption
        return [joined(start, end)._replace(assumption=note), *found[1:]]

    def during(self) -> list[Item]:
        self.at += 1
        whole = self.accept("whole")
        kind = self.tokens[self.at][0]
        if kind in ("period", "realisation"):
            return self.whole_period()
        if kind == "each":
            return self.each()
        if kind == "years" and self.tokens[self.at][1] != PLURAL:
            self.at += 1
            return [year_stretch(None)]
        if kind in ("months", "quarter", "half", "week", "day") or (whole and kind == "number"):
            raise NotUnderstoodError
        return self.stretches()

    def whole(self) -> list[Item]:
        """«весь период», «весь год», «весь учебный год»."""
        self.at += 1
        if self.tokens[self.at][0] == "years":
            self.at += 1
            return [year_stretch(None)]
        if self.tokens[self.at][0] == "school":
            return self.school()
        return self.whole_period()

    def whole_period(self) -> list[Item]:
        self.accept("whole")
        self.expect("period", "realisation")
        self.swallow()
        return [Whole()]

    def period(self) -> list[Item]:
        """«в период с … по …», «срок до …», «период реализации проекта»."""
        self.at += 1
        kind = self.tokens[self.at][0]
        if kind == "realisation":
            self.swallow()
            return [Whole()]
        if self.accept(":", "-"):
            kind = self.tokens[self.at][0]
        if kind in ("since", "from", "until", "by", "to") or kind in POINTS:
            return []
        raise NotUnderstoodError

    def preposition(self) -> list[Item]:
        """«в …», «за …»: the words after them tell."""
        self.at += 1
        if self.tokens[self.at][0] in POINTS:
            return self.stretches()
        if self.tokens[self.at][0] in ("period", "each", "during", "whole"):
            return []
        raise NotUnderstoodError

    def undated(self) -> list[Item]:
        swallows_all = self.tokens[self.at][1] == SWALLOWS_ALL
        self.at += 1
        if swallows_all:
            while self.tokens[self.at][0] not in ("stop", ",", ";", "(", ")"):
                self.at += 1
        else:
            self.swallow()
        return [Undated()]

    def swallow(self) -> None:
        """Passes the words that belong to a phrase and say nothing of time."""
        while self.tokens[self.at][0] in _MAY_BE_SWALLOWED:
            self.at += 1

    def each(self) -> list[Item]:
        """«каждый месяц», «каждые 3 года», «каждый сентябрь», «5 числа каждого месяца»."""
        self.at += 1
        kind, value = self.tokens[self.at]
        if kind == "month":
            return [*self.stretches(), Every(12)]
        if kind == "number" and self.tokens[self.at + 1][0] == "day_of_month":
            return [*self.numbered(), Every(1)]
        if kind == "number":
            self.at += 1
            return [self.unit(value)]
        return [self.unit(1)]


def _inclusive(point: Stretch) -> str:
    return point.assumption if point.precision is Precision.DAY else "последний день включён"


_READERS: Final[dict[Kind, Callable[[TermReader], list[Item]]]] = {
    **dict.fromkeys(set(POINTS) - {"in"}, TermReader.stretches),
    "in": TermReader.preposition,
    "for": TermReader.preposition,
    "until": TermReader.until,
    "to": TermReader.until,
    "by": TermReader.until,
    "from": TermReader.since,
    "during": TermReader.during,
    "whole": TermReader.whole,
    "period": TermReader.period,
    "undated": TermReader.undated,
    "each": TermReader.each,
    "times": TermReader.bare_times,
}
