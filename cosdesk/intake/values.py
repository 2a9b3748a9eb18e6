"""Values read out of printed text: numbers, units, dates, years, terms; leftovers of tags taken out."""

import html
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cosdesk.domain.period import MONTHS_GENITIVE
from cosdesk.domain.schedule import targets_in, understand

_TAG = re.compile(
    r"</?(?P<name>p|ul|ol|li|br|b|i|u|em|strong|div|span|font|sup|sub|table|tbody|tr|td)\b[^<>]*>", re.IGNORECASE
)
_BREAKING_TAGS = {"p", "ul", "ol", "li", "br", "div", "tr"}
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|quot|amp|laquo|raquo|ndash|mdash|lt|gt);")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?"
_BOUND = r"(?:не\s+менее|не\s+более|не\s+ниже|до|от|более|менее|около|[≥≤><~]=?)?\s*"
_UNIT = r"%|процент\w*|п\.\s?п\.?|чел(?:овек\w*|\.)?|ед(?:иниц\w*|\.)?|шт(?:ук\w*|\.)?|балл\w*|дет(?:ей|и)|школ\w*"
_AMOUNT = re.compile(rf"{_BOUND}({_NUMBER})\s*({_UNIT})?\.?", re.IGNORECASE)
_UNITS = {
    "%": "процент", "процент": "процент", "чел": "человек", "ед": "единица", "шт": "штука",
    "балл": "балл", "п.": "процент", "дет": "человек", "школ": "единица",
}  # fmt: skip
_UNIT_AT_END = re.compile(rf"[,(;]\s*({_UNIT})\s*\)?\s*[.,;]?\s*(?:{_NUMBER}\s*%)?$", re.IGNORECASE)
_SHARE = re.compile(r"(доля|процент|удельный вес|охват)\b", re.IGNORECASE)
_COUNT = re.compile(r"(?:количество|число|численность)\s+(\w+)", re.IGNORECASE)
_PEOPLE = re.compile(r"дет|обучающ|учащ|учен|педагог|учител|работник|человек|школьник|слушател|участник", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)")
_DAY_IN_WORDS = re.compile(
    rf"(?<!\d)[«\"“]?(\d{{1,2}})[»\"”]?\s+({'|'.join(MONTHS_GENITIVE)})\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:г\.?|год[уа]?)?\s*(?:[-–—−]|по)\s*((?:19|20)\d\d)\s*-?\s*(?:год|гг|г\.)",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(r"(?<!\d)(?:в|на)\s+((?:19|20)\d\d)\s*(?:год|г\.)", re.IGNORECASE)
_DASHES = "-‐‑‒–—−"


def cleaned(text: str) -> tuple[str, bool]:
    """The text without literal tags, bookmarks and control characters; whether there were any.

    A tag that begins a paragraph leaves a line feed.
    """
    if not (_TAG.search(text) or _BOOKMARK.search(text) or _CONTROL.search(text)):
        return text, False
    text = _TAG.sub(lambda tag: "\n" if tag["name"].lower() in _BREAKING_TAGS else "", text)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), _BOOKMARK.sub("", text))
    text = _CONTROL.sub(lambda sign: "\ufffd" if sign[0] >= "\ud800" else " ", text)
    kept = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in kept if line), True


def one_line(text: str) -> str:
    """All blanks, of whatever kind, made single."""
    return " ".join(text.split())


def is_dash(text: str) -> bool:
    """A cell that only says it has no value: «-», «–», «х»."""
    return not text.strip(_DASHES + " \n") or text.strip().lower() in ("х", "x")


def amount(text: str) -> tuple[Decimal, str] | None:
    """Number and unit of a cell that is one amount: «62,5%», «Не менее 5%», «1 200 чел.»; None of anything else."""
    found = _AMOUNT.fullmatch(one_line(text))
    if not found:
        return None
    return decimal(found[1]), _unit(found[2])


def decimal(text: str) -> Decimal:
    return Decimal("".join(text.split()).replace(",", "."))


def is_plain(text: str) -> bool:
    """Whether a printed amount is nothing but its number."""
    return re.fullmatch(_NUMBER, one_line(text)) is not None


def unit_of(title: str, units: Iterable[str]) -> str:
    """The unit that a title ends with («…, процент», «(%)»), else that of the values, else what it counts."""
    if found := _UNIT_AT_END.search(one_line(title)):
        return _unit(found[1])
    if found_units := [unit for unit in units if unit]:
        return found_units[0]
    if _SHARE.match(title):
        return "процент"
    if counted := _COUNT.match(title):
        return "человек" if _PEOPLE.match(counted[1]) else "единица"
    return ""


def unit_named(text: str) -> str:
    """The unit of a cell of units: «%» is «процент»; other wordings stay."""
    return _unit(one_line(text)) or one_line(text)


def _unit(text: str | None) -> str:
    lowered = (text or "").lower()
    return next((unit for start, unit in _UNITS.items() if lowered.startswith(start)), "")


def day_in(text: str) -> date | None:
    """The first day named as 11.01.2019 or «11 января 2019»."""
    if found := _DAY.search(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _date(year, int(found[2]), int(found[1]))
    if found := _DAY_IN_WORDS.search(text):
        return _date(int(found[3]), MONTHS_GENITIVE.index(found[2].lower()) + 1, int(found[1]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def without_day(text: str) -> str:
    """The text without the day that ``day_in`` finds."""
    pattern = _DAY if _DAY.search(text) else _DAY_IN_WORDS
    whole = re.compile(rf"(?:\bот\s+)?{pattern.pattern}(?:\s*(?:г\.|года?\b))?", re.IGNORECASE)
    return one_line(whole.sub("", text, count=1)).rstrip(" ,")


def years_in_title(title: str) -> tuple[int, int] | None:
    """«на 2021 – 2024 годы», «в 2020- 2022г.г.», «на 2021 год»."""
    text = one_line(title)
    if found := _YEARS.search(text):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last else None
    if found := _ONE_YEAR.search(text):
        return int(found[1]), int(found[1])
    return None


def years_in(text: str) -> list[int]:
    """Every year of the text that a plan may have."""
    return [int(year) for year in re.findall(r"(?<![\d№])((?:19|20)\d\d)(?!\d)", text) if 1990 <= int(year) <= 2100]


def is_term(text: str) -> bool:
    """Whether a line says when and nothing else: «До конца 2019 года», «Май»."""
    return not is_dash(text) and len(text) < 200 and not targets_in(text) and understand(one_line(text)).understood
