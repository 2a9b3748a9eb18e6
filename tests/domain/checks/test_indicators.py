"""Values of indicators."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.indicator import Direction, Indicator, TotalRule
from tests.domain.checks.plans import findings, plan, share

VALUES = (
    Rule.INDICATOR_EMPTY,
    Rule.TARGET_GAP,
    Rule.TARGETS_FALL,
    Rule.TOTAL_WRONG,
    Rule.SHARE_OVER_WHOLE,
    Rule.INDICATOR_DISAGREES,
    Rule.INDICATOR_DOUBLED,
)
RISING = share(y2021=10, y2022=20, y2023=20)
BASED = replace(RISING, baseline=Decimal(15), baseline_on=date(2020, 12, 31))


@pytest.mark.parametrize(
    ("indicator", "rule", "told"),
    [
        (share(), Rule.INDICATOR_EMPTY, "ни одного планового"),
        (share(y2021=10, y2023=20), Rule.TARGET_GAP, "2022"),
        (share(y2021=10, y2022=5, y2023=20), Rule.TARGETS_FALL, "2021 год – 10, 2022 год – 5"),
        (BASED, Rule.TARGETS_FALL, "2020 год – 15, 2021 год – 10"),
        (replace(RISING, direction=Direction.DOWN), Rule.TARGETS_FALL, "растёт"),
        (replace(RISING, total=Decimal(30)), Rule.TOTAL_WRONG, "последнего года (2023) – 20"),
        (replace(RISING, total=Decimal(20), total_rule=TotalRule.SUM), Rule.TOTAL_WRONG, "сумма по годам – 50"),
        (share(y2021=90, y2022=110), Rule.SHARE_OVER_WHOLE, "2022 – 110"),
        (share("Доля школ составит 60%", y2021=15, y2022=50), Rule.INDICATOR_DISAGREES, "обещано 60"),
        (share("Доля школ, процент, 23%", y2021=24), Rule.INDICATOR_DISAGREES, "обещано 23"),
    ],
)
def test_a_wrong_value_is_told(indicator: Indicator, rule: Rule, told: str) -> None:
    (found,) = findings(plan(indicators=[indicator]), *VALUES)
    assert (found.rule, found.indicator_id) == (rule, 1)
    assert told in found.message


@pytest.mark.parametrize(
    "indicator",
    [
        RISING,
        replace(RISING, total=Decimal(20)),
        replace(RISING, total=Decimal(50), total_rule=TotalRule.SUM),
        replace(share(y2021=20, y2022=10), direction=Direction.DOWN),
        replace(RISING, baseline=Decimal(15)),
        replace(share("Число школ", y2021=5, y2022=500), unit="единица"),
        replace(share("Рост числа школ", y2022=150), unit="процент"),
        share("Доля школ составит к 2022 году 495 чел. (50%)", y2021=15, y2022=50),
        share("Доля школ с быстрым доступом составит 62,5%", y2021=62.5),
        share("Доля 25% школ, где созданы условия", y2021=40),
    ],
)
def test_sound_values_are_left_alone(indicator: Indicator) -> None:
    assert findings(plan(indicators=[indicator]), *VALUES) == []


def test_an_indicator_that_stands_twice_is_told() -> None:
    twice = [RISING, share("доля школ с быстрым доступом", "2", y2021=7)]
    assert [found.indicator_id for found in findings(plan(indicators=twice), Rule.INDICATOR_DOUBLED)] == [2]
    elsewhere = [RISING, replace(RISING, territory="Соседний округ")]
    assert findings(plan(indicators=elsewhere), Rule.INDICATOR_DOUBLED) == []
