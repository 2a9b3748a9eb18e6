"""An indicator («показатель»): baseline, targets, actual values, deviation and level of achievement."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from cosdesk.domain.norms import USUAL, Norms


class Direction(StrEnum):
    """Whether more is better; decides the sign of a deviation."""

    UP = "up"
    DOWN = "down"


class TotalRule(StrEnum):
    """How ИТОГО follows from the years."""

    LAST = "last"
    SUM = "sum"


class Achievement(StrEnum):
    """The traffic light of an indicator; its thresholds are ``Norms``, 100 and 90 percent of plan usually."""

    EXCEEDED = "exceeded"
    REACHED = "reached"
    BELOW = "below"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _ACHIEVEMENT_LABELS[self]


_ACHIEVEMENT_LABELS = {
    Achievement.EXCEEDED: "Перевыполнено",
    Achievement.REACHED: "Достигнуто",
    Achievement.BELOW: "Ниже плана",
    Achievement.FAILED: "Не достигнуто",
    Achievement.UNKNOWN: "Нет данных",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A planned value for a period (code as in ``domain.period``), with its wording as printed."""

    period: str
    value: Decimal
    text: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """``unit`` is «процент», «единица», «человек» …; ``total`` is the printed ИТОГО, None where absent.

    ``item_id`` names the plan row the indicator stands in, where the form keeps it there.
    """

    id: int
    title: str
    number: str = ""
    type: str = ""
    unit: str = ""
    territory: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    targets: tuple[Target, ...] = ()
    total: Decimal | None = None
    direction: Direction = Direction.UP
    total_rule: TotalRule = TotalRule.LAST
    item_id: int | None = None
    source_text: str = ""

    def target(self, period: str) -> Decimal | None:
        """The target of that very period code, else None."""
        return next((t.value for t in self.targets if t.period == period), None)

    @property
    def is_percent(self) -> bool:
        return self.unit.lower().startswith(("процент", "%"))


@dataclass(frozen=True, slots=True)
class Actual:
    """A recorded value of an indicator for a period: a number, or numerator and denominator.

    A percent entered as two numbers keeps them; ``value`` is then None and computed.
    """

    id: int
    indicator_id: int
    period: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    forecast: Decimal | None = None
    reason: str = ""
    measure: str = ""
    source: str = ""

    @property
    def has_number(self) -> bool:
        """False where only notes or a forecast are kept, the number being counted by a round."""
        return self.value is not None or self.numerator is not None

    @property
    def amount(self) -> Decimal | None:
        """The value itself; for a share, numerator / denominator × 100, None when the denominator is 0."""
        if self.value is not None:
            return self.value
        return share(self.numerator, self.denominator)

    @property
    def exact(self) -> Decimal | None:
        """The same, not rounded: 2999 of 3000 has not yet reached 100 percent."""
        if self.value is not None or self.numerator is None or not self.denominator:
            return self.value
        return self.numerator * 100 / self.denominator


def share(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Percent to one decimal, rounded half up as on paper; None without a denominator."""
    if numerator is None or not denominator:
        return None
    return (numerator * 100 / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)


def deviation(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    if actual is None or target is None:
        return None
    return actual - target


def achievement_level(
    actual: Decimal | None, target: Decimal | None, direction: Direction = Direction.UP
) -> Decimal | None:
    """Fact to plan × 100, inverse where lower is better; None where the plan or divisor is 0 or a value is missing."""
    if actual is None or not target:
        return None
    numerator, divisor = (actual, target) if direction is Direction.UP else (target, actual)
    return share(numerator, divisor)


def achievement(
    actual: Decimal | None, target: Decimal | None, direction: Direction = Direction.UP, norms: Norms = USUAL
) -> Achievement:
    """The light; unknown where the plan is 0 (documents.md, Statuses).  Give it values that are not rounded."""
    if actual is None or not target:
        return Achievement.UNKNOWN
    ahead, behind = (actual, target) if direction is Direction.UP else (target, actual)
    if ahead > behind:
        return Achievement.EXCEEDED
    if ahead * 100 >= behind * norms.reached_percent:
        return Achievement.REACHED
    return Achievement.BELOW if ahead * 100 >= behind * norms.near_percent else Achievement.FAILED


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """An indicator against its plan on one period."""

    indicator: Indicator
    target: Decimal | None
    actual: Actual | None
    previous: Decimal | None = None
    norms: Norms = USUAL

    @property
    def amount(self) -> Decimal | None:
        return self.actual.amount if self.actual else None

    @property
    def deviation(self) -> Decimal | None:
        return deviation(self.amount, self.target)

    @property
    def level(self) -> Decimal | None:
        return achievement_level(self.actual.exact if self.actual else None, self.target, self.indicator.direction)

    @property
    def achievement(self) -> Achievement:
        exact = self.actual.exact if self.actual else None
        return achievement(exact, self.target, self.indicator.direction, self.norms)
