"""Documents that prove execution («подтверждающий документ»)."""

import re
from dataclasses import dataclass
from datetime import date, datetime

_KINDS = {
    "распоряжение": "распоряжение",
    "постановление": "постановление",
    "приказ": "приказ",
    "контракт": "контракт",
    "справка": "справка",
    "протокол": "протокол",
    "решение": "решение",
    "письмо": "письмо",
    "отчет": "отчёт",
    "отчёт": "отчёт",
    "реестр": "реестр",
    "список": "список",
    "договор": "договор",
    "соглашение": "соглашение",
    "план": "план",
    r"акт(?:ы|а)?\b": "акт",
}
_DATE = re.compile(r"\b(?:от\s+)?(\d{1,2}\.\d{1,2}\.\d{4})\b")
_NUMBER = re.compile(r"№\s*([\w/.\-]*\w)", re.IGNORECASE)
_TITLE = re.compile(r"[«\"](.+)[»\"]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document; it may prove many rows (``item_ids``) and executions (``execution_ids``).

    ``text`` is the description as typed when nothing could be made of it.
    """

    id: int
    kind: str = ""
    number: str = ""
    on: date | None = None
    title: str = ""
    text: str = ""
    item_ids: tuple[int, ...] = ()
    execution_ids: tuple[int, ...] = ()

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

    The text itself is kept, so nothing typed is lost.  The id is 0.
    """
    text = " ".join(text.split())
    kind = next((name for word, name in _KINDS.items() if re.search(rf"\b{word}", text, re.IGNORECASE)), "")
    number = _NUMBER.search(text)
    title = _TITLE.search(text)
    on = None
    if found := _DATE.search(text):
        try:
            on = datetime.strptime(found[1], "%d.%m.%Y").date()
        except ValueError:
            on = None
    return Evidence(0, kind, number[1] if number else "", on, title[1] if title else "", text)
