"""How often: «раз в год», «2 раза в полугодие», «5 числа месяца, следующего за отчётным»."""

from typing import Final

from cosdesk.domain.terms.parts import FOLLOWING_MONTH, LAST_MONTH, Due, Every, Item, Whole
from cosdesk.domain.terms.words import Kind, Token

_UNIT_MONTHS: Final[dict[Kind, int]] = {"years": 12, "half": 6, "quarter": 3, "months": 1}
_WITHIN: Final[tuple[Kind, ...]] = ("in", "for", "during", "/")
_TIMES_LIMIT: Final = 366
_INTERVAL_LIMIT: Final = 50


class NotUnderstoodError(ValueError):
    """The wording is outside the grammar."""


class RecurrenceReader:
    """Reads tokens from left to right; ``at`` is where it stands."""

    __slots__ = ("at", "tokens")

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0

    def accept(self, *kinds: Kind) -> bool:
        if self.tokens[self.at][0] in kinds:
            self.at += 1
            return True
        return False

    def expect(self, *kinds: Kind) -> int:
        kind, value = self.tokens[self.at]
        if kind not in kinds:
            raise NotUnderstoodError
        self.at += 1
        return value

    def times(self, count: int) -> list[Item]:
        """«раз в год», «2 раза в 3 года», «один раз в течение года»; «один раз» alone is once in the plan."""
        if not self.accept(*_WITHIN):
            if count != 1:
                raise NotUnderstoodError
            return [Whole(once=True)]
        self.accept("each")
        interval = self.expect("number") if self.tokens[self.at][0] == "number" else 1
        every = self.unit(interval)
        if not 1 <= count <= min(_TIMES_LIMIT, every.period_days):
            raise NotUnderstoodError
        return [every._replace(times=count)]

    def bare_times(self) -> list[Item]:
        """«раз в год» without a number; «раз» alone says nothing."""
        value = self.expect("times")
        if self.tokens[self.at][0] not in _WITHIN:
            raise NotUnderstoodError
        return self.times(value)

    def unit(self, interval: int) -> Every:
        kind = self.tokens[self.at][0]
        self.at += 1
        if not 1 <= interval <= _INTERVAL_LIMIT:
            raise NotUnderstoodError
        if kind == "school" and interval == 1:
            self.expect("years")
            return Every(12, school=True)
        if kind in _UNIT_MONTHS:
            return Every(_UNIT_MONTHS[kind] * interval)
        if kind == "week":
            return Every(0, 7 * interval)
        if kind == "day":
            return Every(0, interval)
        raise NotUnderstoodError

    def day_of_month(self, groups: list[tuple[int, int]]) -> list[Item]:
        """After «числа»: «месяца, следующего за отчётным», «последнего месяца квартала» or nothing."""
        if any(first != last or not 1 <= first <= 31 for first, last in groups):
            raise NotUnderstoodError
        kind, value = self.tokens[self.at]
        month = 0
        if self.following("months"):
            month = FOLLOWING_MONTH
        elif kind in ("last", "number") and self.tokens[self.at + 1][0] == "months":
            month = LAST_MONTH if kind == "last" else value
            self.at += 2
            self.accept("reporting")
            self.accept("quarter", "half")
        elif kind in ("months", "reporting"):
            month = LAST_MONTH
            self.accept("reporting")
            self.expect("months")
        return [Due(number, month) for number, _ in groups]

    def following(self, unit: Kind) -> bool:
        """«года, следующего за отчётным», «следующего года»; stands before it or stays."""
        standing = self.at
        if self.accept("reporting") and self.accept(unit):
            return False
        self.at = standing
        if self.accept(unit):
            self.accept(",")
        if self.accept("next"):
            if self.accept("for"):
                self.expect("reporting")
                self.accept("years", "quarter", "half", "months", "period")
            else:
                self.accept(unit)
            return True
        self.at = standing
        return False
