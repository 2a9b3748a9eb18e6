"""The register of documents that prove execution: a document a row, edited in place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence, describe
from cosdesk.domain.period import parse_period
from cosdesk.domain.row_numbers import bare
from cosdesk.errors import UserError
from cosdesk.store import evidence as store
from cosdesk.store.edit import Edit
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.ui.indicator_changes import short_name
from cosdesk.ui.register import Column, RegisterModel
from cosdesk.ui.theme import Tone
from cosdesk.ui.typed_values import is_blank, read_day, read_number, shorten
from cosdesk.ui.workspace import Workspace

KINDS = (
    "акт", "договор", "контракт", "отчёт", "письмо", "план", "постановление", "приказ", "протокол", "распоряжение",
    "реестр", "решение", "соглашение", "список", "справка",
)  # fmt: skip
NO_FILE = "нет файла"


class DocumentModel(RegisterModel[Evidence]):
    """``proofs`` says in words what each document proves, ``files`` are those of each document."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self.proofs: Mapping[int, tuple[str, ...]] = {}
        self.files: Mapping[int, Sequence[EvidenceFile]] = {}
        self._own_columns = self._make_columns()

    def refresh(self) -> None:
        snapshot = self.workspace.snapshot
        self.proofs = proofs_in_words(snapshot)
        files: dict[int, list[EvidenceFile]] = {}
        for file in self.workspace.file.evidence_files():
            files.setdefault(file.evidence_id, []).append(file)
        self.files = files
        self.show(self._own_columns, snapshot.evidence, self.workspace.is_writable)

    def blank(self) -> Evidence:
        return Evidence(0)

    def name(self, record: Evidence) -> str:
        return f"документ «{shorten(record.label, 40)}»" if record.label else "документ"

    def insert(self, edit: Edit, record: Evidence) -> None:
        store.add_evidence(edit, record)

    def change(self, edit: Edit, before: Evidence, after: Evidence) -> None:
        store.change_evidence(edit, after)

    def check(self, record: Evidence) -> None:
        if not record.label:
            raise UserError("У документа должен остаться вид, номер, дата или название. Удалить документ – Ctrl+Del.")

    def _make_columns(self) -> tuple[Column[Evidence], ...]:
        return (
            Column(
                "kind", "Вид", 132, lambda d: d.kind, _with_kind, choices=KINDS, empty="Новый документ…"
            ),
            Column("number", "Номер", 84, lambda d: d.number, _with_number, order=_number_order),
            Column(
                "on", "Дата", 88, lambda d: f"{d.on:%d.%m.%Y}" if d.on else "", _with_day,
                order=lambda d: d.on.toordinal() if d.on else None, right=True,
            ),
            Column(
                "title", "Название", 260, lambda d: d.title, _with_title,
                shown=lambda d: d.title or ("" if d.number else d.text),
                muted=lambda d: not d.title,
                tip=lambda d: f"Записан словами: {d.text}" if d.text and not d.title else "",
                long=True,
            ),
            Column(
                "pages", "Листов", 62, lambda d: str(d.pages or ""), _with_pages,
                order=lambda d: d.pages, right=True,
            ),
            Column(
                "proves", "Что подтверждает", 172, lambda d: "; ".join(self.proofs.get(d.id, ())),
                shown=lambda d: "; ".join(self.proofs.get(d.id, ())) or "пока ничего",
                tone=lambda d: None if self.proofs.get(d.id) else Tone.AMBER,
                order=lambda d: len(self.proofs.get(d.id, ())),
                long=True,
            ),
            Column(
                "file", "Файл", 118, self._file_names,
                shown=lambda d: self._file_names(d) or NO_FILE,
                tone=lambda d: None if self.files.get(d.id) else Tone.GREY,
                tip=lambda d: "Открыть – двойной щелчок" if self.files.get(d.id) else "Перетащите файл на эту строку",
            ),
        )  # fmt: skip

    def _file_names(self, record: Evidence) -> str:
        return ", ".join(file.name for file in self.files.get(record.id, ()))


def proofs_in_words(snapshot: Snapshot) -> dict[int, tuple[str, ...]]:
    """What each document proves, a phrase each: «строка 1.2», «показатель 1 за 2021 год», «мониторинг «…»»."""
    rows = {item.id: item for contents in snapshot.roadmaps for item in contents.items}
    indicators = {each.id: each for contents in snapshot.roadmaps for each in contents.indicators}
    rounds = {each.id: each for each in snapshot.rounds}
    found = {}
    for paper in snapshot.evidence:
        items = [rows[item_id] for item_id in paper.item_ids if item_id in rows]
        numbers = [bare(item.number) or f"«{shorten(item.title, 30)}»" for item in items]
        phrases = [f"{'строка' if len(numbers) == 1 else 'строки'} {', '.join(numbers)}"] if numbers else []
        phrases += [
            f"показатель {short_name(indicators[indicator_id])} за {parse_period(period).label}"
            for indicator_id, period in paper.values
            if indicator_id in indicators
        ]
        phrases += [f"мониторинг «{rounds[each].title}»" for each in paper.round_ids if each in rounds]
        found[paper.id] = tuple(phrases)
    return found


def _with_kind(record: Evidence, text: str) -> Evidence:
    """A whole description typed where the kind belongs is taken apart: «приказ № 16 от 13.01.2020»."""
    words = " ".join(text.split())
    told = describe(words)
    if not record.id and (told.number or told.on):
        return replace(told, title=told.title or record.title)
    return replace(record, kind="" if is_blank(words) else words)


def _with_number(record: Evidence, text: str) -> Evidence:
    return replace(record, number=re.sub(r"^(?:№|N)\s*", "", " ".join(text.split())))


def _with_day(record: Evidence, text: str) -> Evidence:
    return replace(record, on=read_day(text))


def _with_title(record: Evidence, text: str) -> Evidence:
    title = " ".join(text.split())
    if title[:1] == "«" and title.find("»") == len(title) - 1:
        title = title[1:-1]
    return replace(record, title=title)


def _with_pages(record: Evidence, text: str) -> Evidence:
    number = read_number(text)
    if number is not None and (number != number.to_integral_value() or not 0 < number < 100_000):
        raise UserError(f"«{shorten(text)}» – не число листов. Пишите целое число.")
    return replace(record, pages=None if number is None else int(number))


def _number_order(record: Evidence) -> tuple[tuple[int, str], ...] | None:
    """«9» before «16», «16-п» after «16»."""
    parts = re.findall(r"\d+|\D+", record.number)
    return tuple((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in parts) or None
