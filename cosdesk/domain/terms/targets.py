"""Yearly targets that stand in a term cell: «2020 – 15% 2021 – 30% 2022 – 50%»."""

import re
from decimal import Decimal

_VALUE = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
_UNIT = (
    r"%|процент\w*|п\.\s?п\.?|чел(?:овек\w*|\.)?|ед(?:иниц\w*|\.)?|шт(?:ук\w*|\.)?"
    r"|организаци\w+|школ\w*|детей|обучающихся"
)
_PAIR = re.compile(
    rf"(?:(?:к|в|на|за)\s+)?(?P<year>(?:19|20)\d\d)(?!\d)\s*(?:гг?\.?|год[уа]?)?\s*"
    rf"(?:[-‐‑‒–—−:=]\s*|(?=(?:{_VALUE})\s*%))"
    rf"(?P<text>(?:не\s+(?:менее|более|ниже)\s+|до\s+)?(?P<value>{_VALUE})(?!\d)\s*(?P<unit>{_UNIT})?"
    rf"(?:\s*\(\s*{_VALUE}\s*(?:{_UNIT})?\s*\))?)\s*[,;]?\s*",
    re.IGNORECASE,
)
_YEARS = range(1990, 2101)


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
        number = "".join(found["value"].split()).replace(",", ".")
        pairs.append((int(found["year"]), Decimal(number), " ".join(found["text"].split())))
        bare.append(not found["unit"])
        at = found.end()
    if len(pairs) == 1 and bare[0]:
        return ()
    if all(bare) and all(value in _YEARS for _, value, _ in pairs):
        return ()
    return tuple(pairs)
