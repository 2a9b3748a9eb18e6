"""The expected executions of the row at hand: each with its status, its record and «Отметить»."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from cosdesk.domain.execution import Execution, Occurrence, Outcome, Status
from cosdesk.domain.schedule_wording import named
from cosdesk.domain.state import ItemState
from cosdesk.ui.evidence_field import clear_layout
from cosdesk.ui.pill import Pill
from cosdesk.ui.roadmap_tree import short_label
from cosdesk.ui.theme import STATUS_TONES, STEP

_FEW = 6


class ExecutionList(QWidget):
    """``mark_wanted`` carries the end of a window (None for a row without terms), the others the record meant."""

    mark_wanted = Signal(object)
    change_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(STEP // 2)
        self._state: ItemState | None = None
        self._read_only = False
        self._whole_of: int | None = None

    def show_state(self, state: ItemState, read_only: bool) -> None:
        """The row's terms with their records, then the records that answer none."""
        if state is self._state and read_only == self._read_only:
            return
        self._state, self._read_only = state, read_only
        self._fill()

    def _fill(self) -> None:
        clear_layout(self._layout)
        state = self._state
        if state is None:
            return
        shown = state.occurrences if self._whole_of == state.item.id else _worth_showing(state.occurrences)
        for occurrence in shown:
            self._layout.addWidget(self._occurrence(occurrence))
            if occurrence.record:
                self._layout.addWidget(self._record(occurrence.record, occurrence))
        answered = {occurrence.record.id for occurrence in state.occurrences if occurrence.record}
        for record in state.records:
            if record.id not in answered:
                self._layout.addWidget(self._record(record, None))
        if len(shown) < len(state.occurrences):
            whole = _link(f"Показать все сроки: {len(state.occurrences)}")
            whole.clicked.connect(self._show_whole)
            self._layout.addWidget(whole)
        if not state.occurrences and not self._read_only:
            mark = _link("Отметить")
            mark.clicked.connect(lambda: self.mark_wanted.emit(None))
            self._layout.addWidget(mark)

    def _show_whole(self) -> None:
        self._whole_of = self._state.item.id if self._state else None
        self._fill()

    def _occurrence(self, occurrence: Occurrence) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, STEP // 2, 0, 0)
        column.setSpacing(2)
        label = f"{occurrence.window.label}: " if occurrence.window.label else ""
        term = _text(label + named(occurrence.window))
        column.addWidget(term)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(Pill(occurrence.status.label, STATUS_TONES[occurrence.status]))
        row.addStretch(1)
        if occurrence.record is None and not self._read_only:
            mark = _link("Отметить")
            mark.setAccessibleName(f"Отметить исполнение: {named(occurrence.window)}")
            end: date = occurrence.window.end
            mark.clicked.connect(lambda: self.mark_wanted.emit(end))
            row.addWidget(mark)
        column.addLayout(row)
        return widget

    def _record(self, record: Execution, occurrence: Occurrence | None) -> QWidget:
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(STEP, 0, 0, STEP // 2)
        column.setSpacing(0)
        column.addWidget(_text(self._told(record, occurrence), muted=True))
        if not self._read_only:
            row = QHBoxLayout()
            row.setSpacing(0)
            change, delete = _link("Изменить"), _link("Удалить")
            change.clicked.connect(lambda: self.change_wanted.emit(record))
            delete.clicked.connect(lambda: self.delete_wanted.emit(record))
            row.addWidget(change)
            row.addWidget(delete)
            row.addStretch(1)
            column.addLayout(row)
        return widget

    def _told(self, record: Execution, occurrence: Occurrence | None) -> str:
        day = f" {record.on:%d.%m.%Y}" if record.on else ""
        first = record.outcome.label + day
        if record.outcome is Outcome.POSTPONED and record.due:
            first += f" на {record.due:%d.%m.%Y}"
        if occurrence and record.outcome is Outcome.DONE and occurrence.days_late:
            first += f", позже срока на {occurrence.days_late} дн."
        lines = [first[:1].upper() + first[1:]]
        papers = self._state.evidence if self._state else ()
        lines += [short_label(paper) for paper in papers if paper.id in record.evidence_ids]
        for name, text in (("Причина", record.reason), ("Меры", record.measure), ("Комментарий", record.comment)):
            if text:
                lines.append(f"{name}: {text}")
        return "\n".join(lines)


def _worth_showing(occurrences: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """All of a few; else those that ask for something now, the latest answered and the next one."""
    if len(occurrences) <= _FEW:
        return occurrences
    answered = [occurrence for occurrence in occurrences if occurrence.record][-2:]
    waiting = (Status.OVERDUE, Status.AT_RISK, Status.IN_PROGRESS)
    open_ones = [o for o in occurrences if not o.record and o.status in waiting][-_FEW:]
    coming = [o for o in occurrences if not o.record and o.status is Status.NOT_DUE][:1]
    chosen = {id(occurrence) for occurrence in (*answered, *open_ones, *coming)}
    return tuple(occurrence for occurrence in occurrences if id(occurrence) in chosen)


def _text(text: str, muted: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if muted:
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def _link(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAutoRaise(True)
    return button
