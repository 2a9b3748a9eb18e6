"""Documents that prove execution («подтверждающий документ»)."""

import re
from datetime import date
from functools import lru_cache

from cosdesk.dataclass import dataclass
from cosdesk.domain.period import MONTHS_GENITIVE

_KINDS = tuple(
    (re.compile(rf"\b{stem}", re.IGNORECASE), name)
    for stem, name in (
        ("распоряжени", "распоряжение"),
        ("постановлени", "постановление"),
        ("приказ", "приказ"),
        ("контракт", "контракт"),
        ("справк", "справка"),
        ("протокол", "протокол"),
        ("решени", "решение"),
        ("письм", "письмо"),
        ("отч[её]т", "отчёт"),
        ("реестр", "реестр"),
        ("спис(?:ок|к)", "список"),
        ("договор", "договор"),
        ("соглашени", "соглашение"),
        (r"план(?:[аеу]|ом)?\b", "план"),
        (r"акт(?:[аеуы]|ом)?\b", "акт"),
    )
)
DOCUMENT_KINDS = tuple(name for _, name in _KINDS)
_DATE = re.compile(
    rf"(?P<of>\bот\s+)?«?(?<!\d)(?P<day>\d{{1,2}})»?(?:\.(?P<month>\d{{1,2}})\.|\s+(?P<name>{'|'.join(MONTHS_GENITIVE)})\s+)"
    r"(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:№|\bN(?=\s*\d))\s*([\w/.\-]*\w)")
_QUOTES = {"«": "»", "“": "”", "„": "“", '"': '"'}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document; it may prove many rows (``item_ids``), executions (``execution_ids``), values and rounds.

    ``values`` are indicator ids with period codes.  ``text`` is the description as typed when
    nothing could be made of it.
    """

    id: int
    kind: str = ""
    number: str = ""
    on: date | None = None
    title: str = ""
    text: str = ""
    pages: int | None = None
    item_ids: tuple[int, ...] = ()
    execution_ids: tuple[int, ...] = ()
    round_ids: tuple[int, ...] = ()
    values: tuple[tuple[int, str], ...] = ()

    @property
    def label(self) -> str:
        """«приказ от 13.01.2020 № 16 «О внедрении…»», or the text as typed."""
        parts = [self.kind]
        if self.on:
            parts.append(f"от {self.on:%d.%m.%Y}")
        if self.number:
            parts.append(f"№\u00a0{self.number}")
        if self.title:
            parts.append(f"«{self.title}»")
        return " ".join(part for part in parts if part) or self.text


def describe(text: str) -> Evidence:
    """Kind, number, date and title read from «приказ № 16 от 13.01.2020»; what is not found stays empty.

    The first kind named outside the title counts.  The text itself is kept, so nothing typed is
    lost.  The id is 0.
    """
    text = " ".join(text.split())
    title, outside = _title(text)
    kinds = [(found.start(), name) for pattern, name in _KINDS if (found := pattern.search(outside))]
    number = _NUMBER.search(outside)
    return Evidence(0, min(kinds)[1] if kinds else "", number[1] if number else "", _date(outside), title, text)


@lru_cache(maxsize=20_000)
def kinds_named(text: str) -> tuple[str, ...]:
    """The kinds of documents that a text names, in its order: «приказ, справка» of «Приказ ОО, справки школ»."""
    found = [(match.start(), name) for pattern, name in _KINDS if (match := pattern.search(text))]
    return tuple(name for _, name in sorted(found))


def _title(text: str) -> tuple[str, str]:
    """What stands in the outermost quotes, quotes inside included, and the text around it."""
    # «13» января is a date, not a title.
    opening = re.search(r"[«“„\"](?!\d{1,2}[»”“\"])", text)
    if not opening:
        return "", text
    start = opening.start()
    end = _closing(text, start, opening[0])
    return text[start + 1 : end], f"{text[:start]} {text[end + 1 :]}"


def _closing(text: str, start: int, opening: str) -> int:
    """Where the quote that opens at ``start`` closes: by depth, else the last one, else the text's end."""
    closing = _QUOTES[opening]
    depth = 0
    for at in range(start, len(text) if closing != opening else start):
        depth += (text[at] == opening) - (text[at] == closing)
        if depth == 0:
            return at
    last = text.rfind(closing)
    return last if last > start else len(text)


def _date(text: str) -> date | None:
    """The first date after «от», else the first; None where it does not exist."""
    found = list(_DATE.finditer(text))
    if not found:
        return None
    match = next((m for m in found if m["of"]), found[0])
    month = int(match["month"]) if match["month"] else MONTHS_GENITIVE.index(match["name"].lower()) + 1
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    try:
        return date(year, month, int(match["day"]))
    except ValueError:
        return None
