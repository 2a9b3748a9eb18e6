"""«495 чел. (50 %)»: one printed plan that is two indicators, a share and the count that is its numerator."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.terms.targets import PlannedValue
from cosdesk.intake.values import unit_named


def with_share(indicator: Indicator, values: Iterable[tuple[str, PlannedValue]]) -> tuple[Indicator, ...]:
    """The indicator alone, or its share and then itself as the count, where every period's plan is such a pair.

    The share takes the indicator's id, the count the next one.
    """
    planned = list(values)
    if not planned or not all("%" in value.second_unit for _, value in planned):
        return (indicator,)
    shares = tuple(Target(period, value.second or Decimal(0), rule=value.rule) for period, value in planned)
    share = replace(indicator, unit=unit_named("%"), targets=shares, baseline=None, baseline_on=None, total=None)
    unit = planned[0][1].unit
    count = replace(
        indicator,
        id=indicator.id + 1,
        unit=unit_named(unit) if unit else "единица",
        numerator_of=indicator.id,
    )
    return share, count
