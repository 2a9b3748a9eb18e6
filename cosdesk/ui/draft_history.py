"""The form being written in its editor: the draft at hand, what was before it, and what is wrong with it."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from cosdesk.dataclass import dataclass
from cosdesk.domain.expression_wording import labels_of, unknown_names
from cosdesk.domain.monitoring import MonitoringForm
from cosdesk.domain.organisation import LOCALITY_KINDS
from cosdesk.forms.monitoring_draft import HEAD, MonitoringDraft
from cosdesk.forms.monitoring_form import sketch_monitoring_form
from cosdesk.forms.reading import FormError


@dataclass(frozen=True, slots=True)
class DraftFault:
    """What is wrong with one key of an entry, a phrase; ``row`` -1 is the part as a whole."""

    part: str
    row: int
    key: str
    phrase: str


class DraftHistory(QObject):
    """``changed`` follows every change, undo and redo; ``form`` is what of the draft can be used."""

    changed = Signal()

    def __init__(self, draft: MonitoringDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first = draft
        self._past: list[tuple[str, MonitoringDraft]] = []
        self._future: list[tuple[str, MonitoringDraft]] = []
        self._take(draft)

    def _take(self, draft: MonitoringDraft) -> None:
        self.draft = draft
        form, faults = sketch_monitoring_form(draft.source)
        self.form: MonitoringForm | None = form
        named = [(entry, "label") for part in ("question", "computed") for entry in draft.entries(part)]
        self.labels = labels_of((str(entry.get("key", "")), str(entry.get(label, ""))) for entry, label in named)
        self.faults = tuple(_placed(draft, fault, self.labels) for fault in faults)

    @property
    def answers(self) -> tuple[str, ...]:
        """The texts a school may choose, which conditions compare with."""
        choices = (choice for entry in self.draft.entries("question") for choice in entry.get("choices", ()))
        return (*LOCALITY_KINDS, *choices)

    @property
    def is_changed(self) -> bool:
        return self.draft != self._first

    @property
    def undo_title(self) -> str:
        return self._past[-1][0] if self._past else ""

    @property
    def redo_title(self) -> str:
        return self._future[-1][0] if self._future else ""

    def change(self, title: str, draft: MonitoringDraft) -> None:
        """The draft in place of the one at hand; ``title`` names the step in «Отменить: …»."""
        if draft == self.draft:
            return
        self._past.append((title, self.draft))
        self._future.clear()
        self._take(draft)
        self.changed.emit()

    def undo(self) -> None:
        if self._past:
            title, draft = self._past.pop()
            self._future.append((title, self.draft))
            self._take(draft)
            self.changed.emit()

    def redo(self) -> None:
        if self._future:
            title, draft = self._future.pop()
            self._past.append((title, self.draft))
            self._take(draft)
            self.changed.emit()

    def faults_of(self, part: str, row: int) -> list[DraftFault]:
        return [fault for fault in self.faults if (fault.part, fault.row) == (part, row)]


def _placed(draft: MonitoringDraft, fault: FormError, labels: Mapping[str, str]) -> DraftFault:
    part, row = draft.place_of(fault.line) if fault.line else (HEAD, 0)
    if part == HEAD and fault.key == "question":
        return DraftFault("question", -1, "", fault.phrase)
    value = str(draft.values(part, row).get(fault.key, ""))
    if unknown := unknown_names(value):
        return DraftFault(part, row, fault.key, f"названия {unknown[0]} в форме нет")
    return DraftFault(part, row, fault.key, _worded(fault.phrase or str(fault), value, labels))


def _worded(phrase: str, value: str, labels: Mapping[str, str]) -> str:
    """The phrase in the window's words: without the text that stands beside it, labels in place of keys."""
    phrase = phrase.replace(f" «{value}»", "")
    return re.sub(r"«(\w+)»", lambda found: f"«{labels.get(found[1], found[1])}»", phrase)
