"""The history of a row in words: when, who, what was and what became."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Outcome
from cosdesk.domain.roadmap import ItemKind
from cosdesk.store.edit import FieldChange, Step

_ITEM_FIELDS = {
    "number": "Номер",
    "title": "Наименование",
    "kind": "Вид",
    "term_wording": "Срок",
    "term_start": "Начало",
    "term_end": "Окончание",
    "reading": "Как читать срок",
    "responsible": "Исполнитель",
    "controller": "Контролирующее лицо",
    "expected": "Документ, результат",
    "note": "Примечание",
    "cancelled": "Отменено",
    "at_risk": "Риск срыва",
}
_RECORD_FIELDS = {
    "outcome": "Результат",
    "on": "Дата",
    "due": "Новый срок",
    "window_end": "Срок до",
    "reason": "Причина",
    "measure": "Меры",
    "comment": "Комментарий",
}
_PLACE = {"rank", "parent_id", "section_id"}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One edit as it touched the row; ``lines`` say what was and what became."""

    at: datetime
    who: str
    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        head = f"{self.at:%d.%m.%Y %H:%M}" + (f", {self.who}" if self.who else "")
        return "\n".join((head, *(self.lines or (self.title,))))


def read_history(
    edits: Iterable[tuple[Step, Sequence[FieldChange]]], evidence: Iterable[Evidence] = ()
) -> list[HistoryEntry]:
    """The entries of one row, the newest first."""
    labels = {paper.id: paper.label for paper in evidence}
    entries = []
    for step, changes in edits:
        lines = [line for change in changes for line in _told(change, labels)]
        entries.append(HistoryEntry(step.at, step.who, step.title, tuple(dict.fromkeys(lines))))
    return entries


def _told(change: FieldChange, labels: Mapping[int, str]) -> list[str]:
    match change.table:
        case "item":
            return _item_lines(change)
        case "execution":
            return _record_lines(change)
        case "proof":
            return _proof_lines(change, labels)
    return []


def _item_lines(change: FieldChange) -> list[str]:
    if change.before is None:
        return ["Строка создана"]
    if change.after is None:
        return ["Строка удалена"]
    lines = [
        _was_became(label, change.before[field], change.after[field])
        for field, label in _ITEM_FIELDS.items()
        if field in change.after
    ]
    return lines or (["Перенесена на другое место"] if _PLACE & change.after.keys() else [])


def _record_lines(change: FieldChange) -> list[str]:
    if change.before is None:
        return [f"Записано: {_record_label(change.after or {})}"]
    if change.after is None:
        return [f"Удалена запись: {_record_label(change.before)}"]
    return [
        _was_became(label, change.before[field], change.after[field])
        for field, label in _RECORD_FIELDS.items()
        if field in change.after
    ]


def _record_label(values: Mapping[str, Any]) -> str:
    return f"{_worded(values.get('outcome', ''))} {_worded(values.get('on'))}".strip()


def _proof_lines(change: FieldChange, labels: Mapping[int, str]) -> list[str]:
    values = change.after or change.before or {}
    label = labels.get(values.get("evidence_id", 0), "удалён позже")
    return [f"{'Документ' if change.after else 'Убран документ'}: {label}"]


def _was_became(label: str, before: Any, after: Any) -> str:
    was, became = _worded(before), _worded(after)
    if was in ("да", "нет") or became in ("да", "нет"):
        return f"{label}: {became}"
    return f"{label}: {was or 'пусто'} → {became or 'пусто'}"


def _worded(value: Any) -> str:
    """A column's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, int):
        return "да" if value else "нет"
    text = str(value)
    if text.startswith("["):
        return ", ".join(_lines_of(text))
    for words in (ItemKind, Outcome):
        if text in [member.value for member in words]:
            return words(text).label
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text


def _lines_of(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return [text]
    return [str(line) for line in found] if isinstance(found, list) else [text]
