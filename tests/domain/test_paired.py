"""A count that follows from the numerator of its share."""

from decimal import Decimal

import pytest

from cosdesk.domain.indicator import Actual, Indicator
from cosdesk.domain.paired import may_pair, with_numerators

SHARE = Indicator(1, "Доля школ", unit="процент")
COUNT = Indicator(2, "Число школ", unit="единица", numerator_of=1)


def test_the_count_takes_the_numerator_and_keeps_its_own_notes() -> None:
    actuals = (
        Actual(1, 1, "2021", numerator=Decimal(8), denominator=Decimal(12)),
        Actual(2, 1, "2022", value=Decimal(70)),
        Actual(3, 2, "2021", value=Decimal(7), reason="Нет линии"),
        Actual(4, 2, "2022", value=Decimal(9)),
    )
    found = {(actual.indicator_id, actual.period): actual for actual in with_numerators(actuals, (SHARE, COUNT))}
    assert (found[2, "2021"].amount, found[2, "2021"].reason) == (8, "Нет линии")
    assert found[2, "2022"].amount == 9, "a share typed as a mere percent has no numerator to take"
    assert found[1, "2021"] == actuals[0]


def test_without_a_pair_nothing_changes() -> None:
    actuals = (Actual(1, 1, "2021", numerator=Decimal(8), denominator=Decimal(12)),)
    assert with_numerators(actuals, (SHARE,)) is actuals


@pytest.mark.parametrize(
    ("count", "share", "others", "allowed"),
    [
        (Indicator(2, "Число", unit="единица"), SHARE, (), True),
        (Indicator(2, "Число"), SHARE, (), True),
        (Indicator(2, "Доля", unit="процент"), SHARE, (), False),
        (SHARE, SHARE, (), False),
        (Indicator(2, "Число"), Indicator(3, "Число", unit="единица"), (), False),
    ],
)
def test_which_may_be_paired(count: Indicator, share: Indicator, others: tuple[Indicator, ...], allowed: bool) -> None:
    assert may_pair(count, share, (count, share, *others)) is allowed
