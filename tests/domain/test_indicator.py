"""Shares, deviations and the light of an indicator."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.indicator import (
    Achievement,
    Actual,
    Direction,
    Indicator,
    IndicatorState,
    Target,
    achievement,
    achievement_level,
    deviation,
    deviation_from,
    direction_of,
    share,
)
from cosdesk.domain.terms.targets import read_planned

UP, DOWN = Direction.UP, Direction.DOWN


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def plan(text: str | None) -> Target | None:
    """A planned value as it is printed."""
    found = read_planned(text) if text else None
    return found.target("2021") if found else None


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [("8", "12", "66.7"), ("1", "8", "12.5"), ("1", "16", "6.3"), ("0", "12", "0.0"), ("12", "12", "100.0"),
     ("3", "0", None), (None, "12", None), ("3", None, None), ("2999", "3000", "100.0")],
)  # fmt: skip
def test_a_share_is_rounded_half_up_as_on_paper(numerator: str, denominator: str, percent: str | None) -> None:
    assert share(number(numerator), number(denominator)) == number(percent)


@pytest.mark.parametrize(
    ("actual", "target", "direction", "level", "light"),
    [
        ("80", "75", UP, "106.7", Achievement.EXCEEDED),
        ("75", "75", UP, "100.0", Achievement.REACHED),
        ("74.99", "75", UP, "100.0", Achievement.BELOW),
        ("67.5", "75", UP, "90.0", Achievement.BELOW),
        ("67.49", "75", UP, "90.0", Achievement.FAILED),
        ("0", "75", UP, "0.0", Achievement.FAILED),
        ("5", "10", DOWN, "200.0", Achievement.EXCEEDED),
        ("10", "10", DOWN, "100.0", Achievement.REACHED),
        ("11", "10", DOWN, "90.9", Achievement.BELOW),
        ("20", "10", DOWN, "50.0", Achievement.FAILED),
        ("0", "10", DOWN, None, Achievement.EXCEEDED),  # nothing bad at all: no percent, but better than planned
        ("5", "0", UP, None, Achievement.UNKNOWN),
        ("0", "0", UP, None, Achievement.UNKNOWN),
        ("5", "0", DOWN, None, Achievement.UNKNOWN),
        (None, "10", UP, None, Achievement.UNKNOWN),
        ("10", None, DOWN, None, Achievement.UNKNOWN),
    ],
)
def test_level_and_light(
    actual: str | None, target: str | None, direction: Direction, level: str | None, light: Achievement
) -> None:
    assert achievement_level(number(actual), plan(target), direction) == number(level)
    assert achievement(number(actual), plan(target), direction) is light


@pytest.mark.parametrize(
    ("actual", "target", "level", "light", "gap"),
    [
        ("61", "не менее 60 %", "101.7", Achievement.EXCEEDED, "1"),
        ("60", "≥ 60", "100.0", Achievement.REACHED, "0"),
        ("59", "не ниже 60", "98.3", Achievement.BELOW, "-1"),
        ("5", "не более 10", "200.0", Achievement.EXCEEDED, "-5"),
        ("12", "не выше 10", "83.3", Achievement.FAILED, "2"),
        ("10", "= 10", "100.0", Achievement.REACHED, "0"),
        ("11", "ровно 10", "90.9", Achievement.BELOW, "1"),
        ("8", "ровно 10", "80.0", Achievement.FAILED, "-2"),
        ("25", "от 20 до 30", "100", Achievement.REACHED, "0"),
        ("20", "20–30 %", "100", Achievement.REACHED, "0"),
        ("19", "20 – 30", "95.0", Achievement.BELOW, "-1"),
        ("40", "20-30", "75.0", Achievement.FAILED, "10"),
        ("0", "от 0 до 5", "100", Achievement.REACHED, "0"),
    ],
)
@pytest.mark.parametrize("direction", [UP, DOWN])
def test_a_bound_is_judged_by_itself_whatever_the_direction(
    actual: str, target: str, level: str, light: Achievement, gap: str, direction: Direction
) -> None:
    assert achievement_level(number(actual), plan(target), direction) == number(level)
    assert achievement(number(actual), plan(target), direction) is light
    assert deviation_from(number(actual), plan(target), direction) == number(gap)


@pytest.mark.parametrize(
    ("targets", "direction"),
    [(("не более 5",), DOWN), (("не более 5", "4"), DOWN), (("не более 5", "не менее 2"), UP), (("60",), UP), ((), UP)],
)
def test_the_direction_follows_from_the_bounds(targets: tuple[str, ...], direction: Direction) -> None:
    assert direction_of([found for text in targets if (found := plan(text))]) is direction


def test_deviation() -> None:
    assert deviation(Decimal("66.7"), Decimal(75)) == Decimal("-8.3")
    assert deviation(None, Decimal(75)) is None and deviation(Decimal(1), None) is None


@pytest.mark.parametrize(
    ("actual", "amount", "exact"),
    [
        (Actual(1, 1, "2021", numerator=Decimal(1), denominator=Decimal(8)), "12.5", "12.5"),
        (Actual(1, 1, "2021", numerator=Decimal(2999), denominator=Decimal(3000)), "100.0", None),
        (Actual(1, 1, "2021", Decimal("62.5"), Decimal(1), Decimal(3)), "62.5", "62.5"),
        (Actual(1, 1, "2021", numerator=Decimal(1), denominator=Decimal(0)), None, None),
        (Actual(1, 1, "2021"), None, None),
    ],
)
def test_the_amount_of_an_actual(actual: Actual, amount: str | None, exact: str | None) -> None:
    assert actual.amount == number(amount)
    assert actual.exact == number(exact) or (amount == "100.0" and actual.exact is not None and actual.exact < 100)


def test_a_rounded_share_never_passes_for_reached() -> None:
    actual = Actual(1, 1, "2021", numerator=Decimal(2999), denominator=Decimal(3000))
    state = IndicatorState(Indicator(1, "Доля"), plan("100"), actual)
    assert (state.amount, state.deviation, state.level) == (Decimal("100.0"), Decimal("0.0"), Decimal("100.0"))
    assert state.achievement is Achievement.BELOW


def test_a_state_without_a_value() -> None:
    state = IndicatorState(Indicator(1, "Доля"), plan("100"), None)
    assert (state.amount, state.deviation, state.level) == (None, None, None)
    assert state.achievement is Achievement.UNKNOWN


def test_a_target_is_of_its_very_period() -> None:
    targets = (Target("2021", Decimal(15)), Target("2021-Q2", Decimal(9)))
    indicator = Indicator(1, "Доля", unit="Процент", targets=targets)
    assert indicator.target("2021") == 15 and indicator.target("2021-Q2") == 9 and indicator.target("2022") is None
    assert indicator.is_percent and not Indicator(2, "Число", unit="единица").is_percent


_values = st.decimals(0, 10_000, places=2)


@given(_values, _values, st.sampled_from(Direction))
def test_the_light_agrees_with_the_deviation(actual: Decimal, target: Decimal, direction: Direction) -> None:
    light = achievement(actual, Target("2021", target), direction)
    gap = deviation(actual, target)
    assert gap is not None
    better = gap if direction is UP else -gap
    if light is Achievement.UNKNOWN:
        assert target == 0
    else:
        assert (light is Achievement.EXCEEDED) == (better > 0)
        assert (light is Achievement.REACHED) == (better == 0)


def test_the_level_is_counted_from_the_exact_share_not_the_printed_one() -> None:
    indicator = Indicator(1, "Доля", unit="процент", targets=(Target("2021", Decimal(80)),))
    actual = Actual(1, 1, "2021", numerator=Decimal(8), denominator=Decimal(12))
    state = IndicatorState(indicator, plan("80"), actual)
    assert (state.amount, state.level) == (Decimal("66.7"), Decimal("83.3"))
