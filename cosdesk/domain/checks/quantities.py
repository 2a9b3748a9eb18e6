"""Percents, counts of people and schools, and years as a text names them."""

import re
from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.checks.finding import Mend

_VALUE = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?"
_PERCENT = re.compile(rf"(?<![\d.,])({_VALUE})\s*(?:%|процент\w*)")
COUNTED = (
    r"(?:детей|ребенка|ребёнка|обучающихся|обучающегося|учащихся|школьников|человека?\b|чел\.|школ[аы]?\b"
    r"|(?:образовательных |общеобразовательных )?организаци[йия]\b"
    r"|(?:педагогических )?работник(?:ов|а)|педагогов|учителей|учителя\b|процентов|%)"
)
"""Nouns that follow a number in a roadmap's promise."""
_COUNT = re.compile(rf"(?<![\d.,№])({_VALUE})\s*(?P<noun>{COUNTED})", re.IGNORECASE)
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"")
_YEAR = re.compile(r"(?<![\d.–—-])((?:19|20)\d\d)\s*(?:году|годом|года|год|г\.)")
# «7 мая 2018 г.», «от 2020 года»: the date of a paper, not the year of a promise.
_DATED = re.compile(
    r"(?:\d\s+(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)|\bот)\s+$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit («%», «детей») as printed, and where the number stands."""

    value: Decimal
    unit: str
    text: str
    start: int
    end: int

    def mend(self, value: Decimal) -> Mend:
        """Another number in its place."""
        return Mend(self.start, self.end, plain(value))


def percents_in(text: str) -> list[Quantity]:
    """Percents outside quotation marks, in order."""
    return [_quantity(found, "%", f"{found[1]} %") for found in _PERCENT.finditer(_unquoted(text))]


def counts_in(text: str) -> list[Quantity]:
    """Counts of people and organisations, in order; ``unit`` is the noun's stem."""
    return [
        _quantity(found, _stem(found["noun"]), " ".join(found[0].split()))
        for found in _COUNT.finditer(_unquoted(text))
        if found["noun"] != "%"
    ]


def years_in(text: str) -> frozenset[int]:
    """Years of promises («к концу 2020 года»); the dates of papers and what is quoted are left out."""
    plain_text = _unquoted(text)
    return frozenset(
        int(found[1]) for found in _YEAR.finditer(plain_text) if not _DATED.search(plain_text, 0, found.start())
    )


def plain(value: Decimal) -> str:
    """«62,5», «100»."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def worded(quantities: list[Quantity]) -> str:
    return ", ".join(quantity.text for quantity in quantities)


def _quantity(found: re.Match[str], unit: str, text: str) -> Quantity:
    digits = "".join(found[1].split()).replace(",", ".")
    return Quantity(Decimal(digits), unit, text, found.start(1), found.end(1))


def _stem(noun: str) -> str:
    word = noun.lower().split()[-1].replace("ё", "е")
    return "чел" if word.startswith("чел") else word[:5]


def _unquoted(text: str) -> str:
    """The text with what stands in quotation marks blanked, so that places stay."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)
