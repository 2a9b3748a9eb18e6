"""What rows promise – a percent by a year – and which indicator or other row speaks of the same thing."""

from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.checks.quantities import Quantity, percents_in, years_in
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.words import title_stems
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item
from cosdesk.domain.schedule import Schedule

_SAME = 0.85
_LEAD = 0.1
_FEWEST = 6
"""How many words, cut to their stems, two titles must share to speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``values`` are those of the percents; ``year`` is None where the row names none or several."""

    item: Item
    percents: tuple[Quantity, ...]
    values: tuple[Decimal, ...]
    year: int | None
    stems: frozenset[str]


def claim_of(item: Item, schedule: Schedule) -> Claim:
    percents = tuple(percents_in(item.title))
    values = tuple(percent.value for percent in percents)
    return Claim(item, percents, values, _year(item, schedule) if percents else None, title_stems(item.title))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter title's words that the longer one has too; 0 when too few are shared to tell."""
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= _FEWEST else 0.0


def are_same(one: Claim, other: Claim) -> bool:
    return likeness(one.stems, other.stems) >= _SAME


def matching_indicator(subject: Subject, claim: Claim) -> Indicator | None:
    """The share that the row names: the one it stands under, else by its title; None where two are as like."""
    own = _indicator_above(subject, claim.item)
    if own is not None:
        return own
    if not claim.percents:
        return None
    ranked: list[tuple[float, Indicator]] = sorted(
        ((likeness(claim.stems, words), indicator) for indicator, words in subject.shares),
        key=lambda pair: pair[0],
        reverse=True,
    )
    if not ranked or ranked[0][0] < _SAME:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _LEAD else None


def _indicator_above(subject: Subject, item: Item) -> Indicator | None:
    found = [i for i in subject.row_indicators.get(item.parent_id or 0, ()) if i.is_percent]
    return found[0] if len(found) == 1 else None


def _year(item: Item, schedule: Schedule) -> int | None:
    named = years_in(item.title) or years_in(item.expected)
    if len(named) == 1:
        return next(iter(named))
    if named or not schedule.windows or schedule.assumption:
        return None
    return schedule.windows[-1].end.year
