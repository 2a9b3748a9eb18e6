"""Recording what was done of a row: which term, how it ended, when, with which document."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from cosdesk.dataclass import dataclass
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Occurrence, Outcome, answered_occurrence
from cosdesk.domain.roadmap import Item
from cosdesk.domain.row_numbers import bare
from cosdesk.domain.schedule import Window
from cosdesk.domain.schedule_wording import named
from cosdesk.domain.state import ItemState
from cosdesk.errors import UserError
from cosdesk.ui.evidence_field import EvidenceField
from cosdesk.ui.panel_parts import FaultLabel
from cosdesk.ui.roadmap_edits import rows_phrase
from cosdesk.ui.text_fields import DateField, GrowingText
from cosdesk.ui.theme import STEP
from cosdesk.ui.typed_values import shorten

_DATE_LABELS = {
    Outcome.DONE: "Дата исполнения",
    Outcome.PARTLY: "Дата",
    Outcome.NOT_DONE: "Дата отметки",
    Outcome.POSTPONED: "Дата решения",
    Outcome.CANCELLED: "Дата решения",
}


@dataclass(frozen=True, slots=True)
class Record:
    """What the dialog gives: one execution a row, and the documents that prove them all."""

    executions: tuple[tuple[Item, Execution], ...]
    papers: tuple[Evidence, ...]


class RecordDialog(QDialog):
    """A new record of one or more rows, or (``record``) one that is there to be changed.

    ``window_end`` is the term it answers, where the user has named it already.
    """

    def __init__(
        self,
        states: Sequence[ItemState],
        known: Sequence[Evidence],
        today: date,
        record: Execution | None = None,
        window_end: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._states = list(states)
        self._record = record
        self._by_hand = record is not None or window_end is not None
        self.setWindowTitle("Запись об исполнении" if record else "Отметить выполнение")
        self.setMinimumWidth(560)
        chosen = [paper for paper in known if record and paper.id in record.evidence_ids]
        self.outcome = self._make_outcome(record.outcome if record else Outcome.DONE)
        self.on = DateField("Дата", record.on if record else today)
        self.due = DateField("Новый срок", record.due if record else None)
        self.evidence = EvidenceField(known, chosen)
        self.reason = GrowingText("Причина", lowest=2)
        self.measure = GrowingText("Принимаемые меры", lowest=2)
        self.comment = GrowingText("Комментарий", lowest=2)
        if record:
            self.reason.show_text(record.reason)
            self.measure.show_text(record.measure)
            self.comment.show_text(record.comment)
        self.occurrence = self._make_occurrence(record.window_end if record else window_end, today)
        self._lay_out()
        self.outcome.currentIndexChanged.connect(self._show_fields)
        self.occurrence.currentIndexChanged.connect(self._show_fields)
        self.occurrence.activated.connect(self._chosen_by_hand)
        self.on.changed.connect(self._date_typed)
        self._show_fields()
        self.outcome.setFocus()

    # --- what was typed

    @property
    def record(self) -> Record:
        """What to write; ``UserError`` where a date is wrong or the new term is missing."""
        outcome = Outcome(self.outcome.currentData())
        postponed = outcome is Outcome.POSTPONED
        if postponed and self.due.day is None:
            raise UserError("Укажите новый срок: до какого дня перенесено исполнение.")
        model = self._record or Execution(0, 0, outcome)
        typed = replace(
            model,
            outcome=outcome,
            on=self.on.day,
            due=self.due.day if postponed else None,
            reason=self.reason.toPlainText().strip(),
            measure=self.measure.toPlainText().strip(),
            comment=self.comment.toPlainText().strip(),
        )
        executions = tuple(
            (state.item, replace(typed, item_id=state.item.id, window_end=self._window_end(state)))
            for state in self._states
        )
        return Record(executions, self.evidence.papers)

    def _window_end(self, state: ItemState) -> date | None:
        if len(self._states) == 1:
            window: Window | None = self.occurrence.currentData()
            return window.end if window else None
        found = answered_occurrence(state.occurrences, self.on.day) if self.on.day else state.next_occurrence
        return found.window.end if found else None

    def accept(self) -> None:
        try:
            _ = self.record
        except UserError as error:
            self._fault.complain(str(error))
            return
        super().accept()

    # --- construction

    def _lay_out(self) -> None:
        title = QLabel(self._title())
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        self._form = QFormLayout()
        self._form.setSpacing(STEP)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._on_label = QLabel("Дата исполнения")
        self._on_label.setBuddy(self.on)
        self._form.addRow("Срок", self.occurrence)
        self._form.addRow("Результат", self.outcome)
        self._form.addRow(self._on_label, self.on)
        self._form.addRow("Новый срок", self.due)
        self._form.addRow("Документ", self.evidence)
        self._form.addRow("Причина", self.reason)
        self._form.addRow("Меры", self.measure)
        self._form.addRow("Комментарий", self.comment)
        self._form.setRowVisible(self.occurrence, len(self._states) == 1 and self.occurrence.count() > 1)
        self._fault = FaultLabel()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Записать")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        QShortcut("Ctrl+Return", self, self.accept)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        for part in (title, self._form, self._fault, buttons):
            if isinstance(part, QFormLayout):
                layout.addLayout(part)
            else:
                layout.addWidget(part)

    def _title(self) -> str:
        if len(self._states) > 1:
            return f"Выбрано: {rows_phrase(len(self._states))}"
        item = self._states[0].item
        return f"{bare(item.number)} {shorten(item.title, 160)}".strip()

    @staticmethod
    def _make_outcome(present: Outcome) -> QComboBox:
        outcome = QComboBox()
        outcome.setAccessibleName("Результат")
        for choice in Outcome:
            outcome.addItem(choice.label, choice)
        outcome.setCurrentIndex(outcome.findData(present))
        return outcome

    def _make_occurrence(self, window_end: date | None, today: date) -> QComboBox:
        occurrence = QComboBox()
        occurrence.setAccessibleName("Срок, который исполнен")
        occurrence.setMaxVisibleItems(16)
        for known in self._states[0].occurrences:
            occurrence.addItem(_occurrence_label(known), known.window)
        named_end = self._record is not None and window_end is None
        if named_end or not occurrence.count():
            occurrence.insertItem(0, "без срока", None)
            occurrence.setCurrentIndex(0)
        elif window_end is None:
            self._choose(occurrence, today)
        else:
            ends = [known.window.end for known in self._states[0].occurrences]
            if window_end not in ends:
                # The term was worded otherwise since; the record keeps what it answered.
                occurrence.addItem(f"прежний срок: до {window_end:%d.%m.%Y}", Window(window_end, window_end))
                ends.append(window_end)
            occurrence.setCurrentIndex(ends.index(window_end))
        return occurrence

    def _choose(self, occurrence: QComboBox, on: date) -> None:
        if found := answered_occurrence(self._states[0].occurrences, on):
            occurrence.setCurrentIndex(self._states[0].occurrences.index(found))

    # --- following what is typed

    def _chosen_by_hand(self) -> None:
        self._by_hand = True

    def _date_typed(self) -> None:
        """The term follows the date until the user names it."""
        if not self._by_hand and len(self._states) == 1 and self._states[0].occurrences and self.on.day:
            self._choose(self.occurrence, self.on.day)
        self._show_fields()

    def _show_fields(self) -> None:
        outcome = Outcome(self.outcome.currentData())
        window: Window | None = self.occurrence.currentData()
        late = bool(self.on.is_valid and self.on.day and window and self.on.day > window.end)
        open_still = outcome is not Outcome.DONE
        known = self._record
        self._on_label.setText(_DATE_LABELS[outcome])
        self._form.setRowVisible(self.due, outcome is Outcome.POSTPONED)
        self._form.setRowVisible(self.reason, open_still or late or bool(known and known.reason))
        self._form.setRowVisible(self.measure, open_still or bool(known and known.measure))
        self.reason.setPlaceholderText("почему исполнено позже срока" if late and not open_still else "")


def _occurrence_label(occurrence: Occurrence) -> str:
    label = f"{occurrence.window.label}: " if occurrence.window.label else ""
    return f"{label}{named(occurrence.window)} – {occurrence.status.label.lower()}"
