"""An indicator («показатель»): baseline, targets, actual values, deviation and level of achievement."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from cosdesk.dataclass import dataclass
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


class TargetRule(StrEnum):
    """What a planned value asks for: the words or the sign that stand before its number."""

    PLAIN = "plain"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Target:
    """A planned value for a period (code as in ``domain.period``), with its wording as printed.

    A plain number is met by the indicator's direction; ``upper`` is the end of a range that begins at ``value``.
    """

    period: str
    value: Decimal
    text: str = ""
    rule: TargetRule = TargetRule.PLAIN
    upper: Decimal | None = None

    def bounds(self, direction: Direction) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest value that meet it; None where that side is open."""
        match self.rule:
            case TargetRule.AT_LEAST:
                return self.value, None
            case TargetRule.AT_MOST:
                return None, self.value
            case TargetRule.EXACTLY:
                return self.value, self.value
            case TargetRule.RANGE:
                return self.value, self.upper
        return (self.value, None) if direction is Direction.UP else (None, self.value)


@dataclass(frozen=True, slots=True)
class Indicator:
    """``unit`` is «процент», «единица», «человек» …; ``total`` is the printed ИТОГО, None where absent.

    ``item_id`` names the plan row the indicator stands in, where the form keeps it there.
    ``numerator_of`` names a share whose numerator is this very count: its values follow from that.
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
    numerator_of: int | None = None
    source_text: str = ""

    def plan(self, period: str) -> Target | None:
        """The target of that very period code, else None."""
        return next((target for target in self.targets if target.period == period), None)

    def target(self, period: str) -> Decimal | None:
        """The number of that target: where a range begins."""
        plan = self.plan(period)
        return plan.value if plan else None

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


def deviation_from(actual: Decimal | None, plan: Target | None, direction: Direction = Direction.UP) -> Decimal | None:
    """Fact less plan; of a range less its nearer end, 0 within it."""
    if actual is None or plan is None:
        return None
    least, greatest = plan.bounds(direction)
    if least is not None and greatest is not None:
        return actual - min(max(actual, least), greatest)
    return actual - plan.value


def level_of(actual: Decimal | None, plan: Target | None, direction: Direction = Direction.UP) -> Decimal | None:
    """Fact to plan × 100, inverse where lower is better, not rounded; 100 within a range.

    None where the plan or divisor is 0 or a value is missing.
    """
    if actual is None or plan is None or not (plan.value or plan.upper):
        return None
    least, greatest = plan.bounds(direction)
    if least is not None and greatest is not None and least <= actual <= greatest:
        return Decimal(100)
    if greatest is None or (least is not None and actual < least):
        return actual * 100 / least if least else None
    return greatest * 100 / actual if actual else None


def achievement_level(
    actual: Decimal | None, plan: Target | None, direction: Direction = Direction.UP
) -> Decimal | None:
    """The level as printed, to one decimal."""
    level = level_of(actual, plan, direction)
    return None if level is None else level.quantize(Decimal("0.1"), ROUND_HALF_UP)


def achievement(
    actual: Decimal | None, plan: Target | None, direction: Direction = Direction.UP, norms: Norms = USUAL
) -> Achievement:
    """The light; unknown where the plan is 0 (documents.md, Statuses).  Give it values that are not rounded."""
    if actual is None or plan is None or not (plan.value or plan.upper):
        return Achievement.UNKNOWN
    least, greatest = plan.bounds(direction)
    over = greatest is not None and (least is None or actual > greatest)
    ahead, behind = (greatest or Decimal(0), actual) if over else (actual, least or Decimal(0))
    if ahead > behind and (least is None or greatest is None):
        return Achievement.EXCEEDED
    if ahead * 100 >= behind * norms.reached_percent:
        return Achievement.REACHED
    return Achievement.BELOW if ahead * 100 >= behind * norms.near_percent else Achievement.FAILED


def direction_of(targets: Iterable[Target]) -> Direction:
    """Which way is better, as the targets say: less where all that say it are «не более»."""
    rules = {target.rule for target in targets} - {TargetRule.PLAIN}
    return Direction.DOWN if rules == {TargetRule.AT_MOST} else Direction.UP


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """An indicator against its plan on one period."""

    indicator: Indicator
    plan: Target | None
    actual: Actual | None
    previous: Decimal | None = None
    norms: Norms = USUAL

    @property
    def target(self) -> Decimal | None:
        """The plan's number: where a range begins."""
        return self.plan.value if self.plan else None

    @property
    def amount(self) -> Decimal | None:
        return self.actual.amount if self.actual else None

    @property
    def deviation(self) -> Decimal | None:
        return deviation_from(self.amount, self.plan, self.indicator.direction)

    @property
    def level(self) -> Decimal | None:
        return achievement_level(self.actual.exact if self.actual else None, self.plan, self.indicator.direction)

    @property
    def achievement(self) -> Achievement:
        exact = self.actual.exact if self.actual else None
        return achievement(exact, self.plan, self.indicator.direction, self.norms)
