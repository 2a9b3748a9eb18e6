"""Approved editions of a roadmap («редакция»): frozen contents, their fingerprint, and what changed since."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator, Target, TargetRule
from cosdesk.domain.plain import from_plain, to_plain
from cosdesk.domain.roadmap import Item, ItemKind, RoadmapContents, Section, Stamp, Term

SHORT = 16
"""Digits of a fingerprint printed on paper."""
_FEWEST_DIGITS = 6  # so few digits of a fingerprint name an edition among a district's


@dataclass(frozen=True, slots=True)
class Edition:
    """What was approved, by which act and when.

    ``fingerprint`` is the SHA-256 (hex) of ``frozen``; its first sixteen digits are printed at
    the paper's foot, so that a paper can be checked against the file.  ``frozen`` is the JSON
    of the roadmap as it was; ``contents`` reads it.  ``former_fingerprints``, parted by blanks, are
    those of papers printed before a person's name was erased from it.
    """

    id: int
    roadmap_id: int
    number: str
    on: date | None
    act: str
    who: str
    frozen_at: datetime
    fingerprint: str
    frozen: str
    former_fingerprints: str = ""

    @property
    def contents(self) -> RoadmapContents:
        contents: RoadmapContents = from_plain(RoadmapContents, json.loads(self.frozen))
        return contents

    @property
    def short_fingerprint(self) -> str:
        """«3f2a 91c0 …» in groups of four, as printed."""
        return grouped(self.fingerprint)

    @property
    def name(self) -> str:
        """«редакция 2 от 11.01.2021»."""
        return f"редакция {self.number} от {self.on:%d.%m.%Y}" if self.on else f"редакция {self.number}"

    def code(self, uid: str) -> str:
        """What the QR code on paper says: the district's own mark, the edition, its fingerprint."""
        return f"cosdesk {uid} ред. {self.number} {self.fingerprint[:SHORT]}"

    @property
    def is_intact(self) -> bool:
        """Whether the frozen text is still the one that was fingerprinted."""
        return fingerprint_of(self.frozen) == self.fingerprint


def freeze(contents: RoadmapContents) -> str:
    """The roadmap as one canonical JSON text: same contents, same text.  What found no place is not approved."""
    approved = replace(contents, unplaced=())
    return json.dumps(to_plain(approved), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(frozen: str) -> str:
    return hashlib.sha256(frozen.encode()).hexdigest()


def grouped(fingerprint: str) -> str:
    digits = fingerprint[:SHORT]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def next_number(known: Sequence[Edition]) -> str:
    """One more than the highest whole number among the editions, else than their count."""
    numbers = [int(edition.number) for edition in known if edition.number.isdecimal()]
    return str(max([len(known), *numbers]) + 1)


def edition_on_paper(editions: Sequence[Edition], printed: str) -> Edition | None:
    """The edition whose fingerprint a paper bears: its digits with or without blanks, or the whole QR text."""
    words = printed.split()
    text = words[-1] if words and words[0].lower() == "cosdesk" else "".join(words)
    digits = text.lower()
    if len(digits) < _FEWEST_DIGITS or not re.fullmatch("[0-9a-f]+", digits):
        return None
    for edition in editions:
        if any(known.startswith(digits) for known in (edition.fingerprint, *edition.former_fingerprints.split())):
            return edition
    return None


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between two states of a roadmap: «было / стало».

    ``place`` names the row («1.2 Мониторинг сайтов»), ``field`` what of it; an added row has no
    ``before``, a removed one no ``after``.
    """

    place: str
    field: str
    before: str
    after: str


_HEAD_FIELDS = {
    "title": "Наименование",
    "form": "Форма",
    "goal": "Цель",
    "first_year": "Первый год",
    "last_year": "Последний год",
    "project": "Проект",
}
_ITEM_FIELDS = {
    "number": "Номер",
    "title": "Наименование",
    "kind": "Вид строки",
    "term": "Срок",
    "responsible": "Ответственный исполнитель",
    "controller": "Контролирующее лицо",
    "expected": "Документ, результат",
    "note": "Примечание",
    "cancelled": "Отменено",
}
_INDICATOR_FIELDS = {
    "number": "Номер",
    "title": "Наименование",
    "type": "Тип показателя",
    "unit": "Единица измерения",
    "territory": "Территория",
    "baseline": "Базовое значение",
    "baseline_on": "Дата базового значения",
    "total": "ИТОГО",
}
_STAMP_FIELDS = {"heading": "Гриф", "position": "Должность", "name": "Фамилия", "on": "Дата", "act": "Акт"}
_SECTION_FIELDS = {"number": "Номер", "title": "Наименование"}


def differences(before: RoadmapContents, after: RoadmapContents) -> tuple[Difference, ...]:
    """What changed, in printed order: the head, stamps, sections, rows (added, removed, moved, changed), indicators."""
    return (
        *_changed("Шапка", _HEAD_FIELDS, before.roadmap, after.roadmap),
        *_compared(before.stamps, after.stamps, _STAMP_FIELDS),
        *_compared(before.sections, after.sections, _SECTION_FIELDS),
        *_compared(before.items, after.items, _ITEM_FIELDS),
        *_moved(before, after),
        *_compared(before.indicators, after.indicators, _INDICATOR_FIELDS),
        *_targets(before, after),
    )


_Record = Item | Indicator | Stamp | Section


def _compared(before: tuple[_Record, ...], after: tuple[_Record, ...], names: dict[str, str]) -> Iterator[Difference]:
    old = {record.id: record for record in before}
    new = {record.id for record in after}
    for record in after:
        if record.id in old:
            yield from _changed(_place(record), names, old[record.id], record)
        else:
            yield Difference(_place(record), "Добавлено", "", _whole(record))
    for record in before:
        if record.id not in new:
            yield Difference(_place(record), "Исключено", _whole(record), "")


def _changed(place: str, names: dict[str, str], before: Any, after: Any) -> Iterator[Difference]:
    for name, label in names.items():
        old, new = _worded(getattr(before, name)), _worded(getattr(after, name))
        if old != new:
            yield Difference(place, label, old, new)


def _moved(before: RoadmapContents, after: RoadmapContents) -> Iterator[Difference]:
    old = {item.id: item for item in before.items}
    parents_before, parents_after = _parent_places(before), _parent_places(after)
    for item in after.items:
        was = old.get(item.id)
        if was and (was.parent_id, was.section_id) != (item.parent_id, item.section_id):
            yield Difference(_place(item), "Место", parents_before[item.id], parents_after[item.id])


def _parent_places(contents: RoadmapContents) -> dict[int, str]:
    items = {item.id: item for item in contents.items}
    sections = {section.id: section for section in contents.sections}
    places = {}
    for item in contents.items:
        parent: _Record | None = items.get(item.parent_id or 0) or sections.get(item.section_id or 0)
        places[item.id] = _place(parent) if parent else "верхний уровень"
    return places


def _targets(before: RoadmapContents, after: RoadmapContents) -> Iterator[Difference]:
    old = {indicator.id: indicator for indicator in before.indicators}
    for indicator in after.indicators:
        if was := old.get(indicator.id):
            for period in sorted({t.period for t in was.targets} | {t.period for t in indicator.targets}):
                values = _planned(was.plan(period)), _planned(indicator.plan(period))
                if values[0] != values[1]:
                    yield Difference(_place(indicator), f"План, {period}", *values)


def _planned(target: Target | None) -> str:
    if target is None:
        return ""
    return _worded(target.value) if target.rule is TargetRule.PLAIN else target.text or _worded(target.value)


def _place(record: _Record) -> str:
    if isinstance(record, Stamp):
        return record.heading
    return f"{record.number} {record.title}".strip()


def _whole(record: _Record) -> str:
    if isinstance(record, Item):
        parts = [record.term.text, ", ".join(record.responsible), record.expected]
        return "; ".join(part for part in [record.title, *parts] if part)
    return _place(record)


def _worded(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, Term):
        return value.text
    return value.label if isinstance(value, ItemKind) else str(value)
