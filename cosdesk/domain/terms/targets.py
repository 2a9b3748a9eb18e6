"""Planned values as they are printed: «не менее 60 %», «20–30», «495 чел. (50 %)»; those of years in a term cell."""

import re
from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Target, TargetRule

_VALUE = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
_UNIT = (
    r"%|процент\w*|п\.\s?п\.?|чел(?:овек\w*|\.)?|ед(?:иниц\w*|\.)?|шт(?:ук\w*|\.)?"
    r"|балл\w*|организаци\w+|школ\w*|дет(?:ей|и)|обучающихся"
)
_RULES = (
    (TargetRule.AT_LEAST, r"не\s+(?:менее|ниже|меньше)(?:\s+чем)?|свыше|более|больше|от|≥|>=?"),
    (TargetRule.AT_MOST, r"не\s+(?:более|выше|больше|свыше)(?:\s+чем)?|менее|меньше|ниже|≤|<=?"),
    (TargetRule.EXACTLY, r"ровно|="),
    (TargetRule.PLAIN, r"до|около|~"),
)
_SECOND = rf"(?:\s*\(\s*(?P<second>{_VALUE})\s*(?P<second_unit>{_UNIT})\s*\))?"
_SINGLE = re.compile(
    "(?:" + "|".join(f"(?P<{rule.value}>{words})" for rule, words in _RULES) + ")?"
    rf"\s*(?P<value>{_VALUE})\s*(?P<unit>{_UNIT})?\.?{_SECOND}\.?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:от\s+(?P<from>{_VALUE})\s*(?:{_UNIT})?\s+до|(?P<low>{_VALUE})\s*%?\s*(?:[-‐‑‒–—−…]|\.\.\.?))"
    rf"\s*(?P<high>{_VALUE})\s*(?P<unit>{_UNIT})?\.?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"(?:(?:к|в|на|за)\s+)?(?P<year>(?:19|20)\d\d)(?!\d)\s*(?:гг?\.?|год[уа]?)?\s*"
    rf"(?:[-‐‑‒–—−:=]\s*|(?=(?:{_VALUE})\s*%))"
    rf"(?P<text>(?:не\s+(?:менее|более|ниже|выше)\s+|до\s+)?(?P<value>{_VALUE})(?!\d)\s*(?P<unit>{_UNIT})?"
    rf"(?:\s*\(\s*{_VALUE}\s*(?:{_UNIT})?\s*\))?)\s*[,;]?\s*",
    re.IGNORECASE,
)
_YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class PlannedValue:
    """A planned value as read; ``unit`` is the word or sign after it, ``second`` the other measure in brackets.

    «495 чел. (50 %)» is 495 with «чел.» and the second value 50 with «%».
    """

    value: Decimal
    rule: TargetRule = TargetRule.PLAIN
    upper: Decimal | None = None
    unit: str = ""
    second: Decimal | None = None
    second_unit: str = ""

    def target(self, period: str, text: str = "") -> Target:
        return Target(period, self.value, text, self.rule, self.upper)


def read_planned(text: str) -> PlannedValue | None:
    """What a cell plans; None where it is no single value.  Two years («2019–2020») are no range."""
    text = " ".join(text.split())
    if found := _SINGLE.fullmatch(text):
        rule = next((rule for rule, _ in _RULES if found[rule.value]), TargetRule.PLAIN)
        second = _decimal(found["second"]) if found["second"] else None
        return PlannedValue(
            _decimal(found["value"]), rule, None, found["unit"] or "", second, found["second_unit"] or ""
        )
    if found := _RANGE.fullmatch(text):
        low, high = _decimal(found["from"] or found["low"]), _decimal(found["high"])
        if low < high and not (low in _YEARS and high in _YEARS):
            return PlannedValue(low, TargetRule.RANGE, high, found["unit"] or "")
    return None


def _decimal(digits: str) -> Decimal:
    return Decimal("".join(digits.split()).replace(",", "."))


def targets_in(wording: str) -> tuple[tuple[int, Decimal, str], ...]:
    """Year, value and the value as printed («62,5%» is 62.5); empty unless the whole wording is such pairs.

    Years are no targets: «2019 – 2020» is a span.  One pair counts only with its unit («2022 – 50%»).
    """
    wording = wording.strip()
    if not wording[-1:] or not ("0" <= wording[0] <= "9" or wording[0] in "кКвВнНзЗ"):
        return ()
    pairs: list[tuple[int, Decimal, str]] = []
    bare: list[bool] = []
    at = 0
    while at < len(wording):
        found = _PAIR.match(wording, at)
        if not found:
            return ()
        pairs.append((int(found["year"]), _decimal(found["value"]), " ".join(found["text"].split())))
        bare.append(not found["unit"])
        at = found.end()
    if len(pairs) == 1 and bare[0]:
        return ()
    if all(bare) and all(value in _YEARS for _, value, _ in pairs):
        return ()
    return tuple(pairs)
