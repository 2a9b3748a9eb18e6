"""A count beside its share: «495 человек» is the numerator of «50 %» and is not typed a second time."""

from collections.abc import Iterable
from dataclasses import replace

from cosdesk.domain.indicator import Actual, Indicator


def with_numerators(actuals: tuple[Actual, ...], indicators: Iterable[Indicator]) -> tuple[Actual, ...]:
    """The values, those of every count taken from its share where that has a numerator for the period.

    Notes and forecast of the count stay its own.
    """
    paired = {each.id: each.numerator_of for each in indicators if each.numerator_of is not None}
    if not paired:
        return actuals
    found = {(actual.indicator_id, actual.period): actual for actual in actuals}
    for count, share in paired.items():
        for actual in actuals:
            if actual.indicator_id == share and actual.numerator is not None:
                own = found.get((count, actual.period)) or Actual(0, count, actual.period, source=actual.source)
                found[count, actual.period] = replace(own, value=actual.numerator, numerator=None, denominator=None)
    return tuple(found[key] for key in sorted(found))


def may_pair(count: Indicator, share: Indicator, indicators: Iterable[Indicator]) -> bool:
    """Whether ``count`` may be the numerator of ``share``: no percent of a percent, and no chain of counts."""
    if count.id == share.id or count.is_percent or not share.is_percent:
        return False
    return share.numerator_of is None and all(each.numerator_of != count.id for each in indicators)
