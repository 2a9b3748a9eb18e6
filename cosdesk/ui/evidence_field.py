"""Naming documents: in words («приказ № 16 от 13.01.2020») or from those the district knows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.evidence import Evidence, describe
from cosdesk.ui.theme import STEP, icon


class EvidenceField(QWidget):
    """A list of documents and a line to add one.

    What is typed is read as one types, and told below; Enter or the button adds it.
    """

    changed = Signal()

    def __init__(
        self, known: Sequence[Evidence], chosen: Sequence[Evidence] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = {paper.label: paper for paper in known}
        self._chosen = list(chosen)
        # What room a form has to spare goes to its texts, not around this line.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP // 2)
        # A widget, for a layout with nothing in it would still leave a gap above the line.
        self._papers = QWidget()
        self._list = QVBoxLayout(self._papers)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(STEP // 2)
        layout.addWidget(self._papers)
        self.line = _Line()
        self.line.setAccessibleName("Документ: вид, номер и дата")
        self.line.setPlaceholderText("например, приказ № 16 от 13.01.2020")
        # A dialog that makes room for a new line must not take it from this one.
        self.line.setMinimumHeight(self.line.sizeHint().height())
        self._complete()
        self._add = QToolButton()
        self._add.setIcon(icon("add"))
        self._add.setText("Добавить")
        self._add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._add.clicked.connect(self.take_typed)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self.line, 1)
        row.addWidget(self._add)
        layout.addLayout(row)
        self._reading = QLabel()
        self._reading.setTextFormat(Qt.TextFormat.PlainText)
        self._reading.setWordWrap(True)
        layout.addWidget(self._reading)
        self.line.textChanged.connect(self._show_reading)
        self.line.entered.connect(self.take_typed)
        self._show_reading()
        self._fill()

    @property
    def papers(self) -> tuple[Evidence, ...]:
        """The documents named, what stands in the line included."""
        typed = self._typed()
        return (*self._chosen, typed) if typed else tuple(self._chosen)

    @property
    def reading(self) -> str:
        """What is made of the words in the line."""
        return self._reading.text()

    def take_typed(self) -> None:
        """Moves what stands in the line to the list."""
        if typed := self._typed():
            self._chosen.append(typed)
            self.line.clear()
            self._fill()

    def _typed(self) -> Evidence | None:
        text = self.line.text().strip()
        if not text:
            return None
        found = self._known.get(text) or describe(text)
        labels = {paper.label for paper in self._chosen}
        return None if found.label in labels else found

    def _complete(self) -> None:
        completer = QCompleter(list(self._known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        self.line.setCompleter(completer)

    def _show_reading(self) -> None:
        text = self.line.text().strip()
        self._reading.setVisible(bool(text))
        self._reading.setText(reading_of(self._known.get(text) or describe(text)) if text else "")
        self._add.setEnabled(bool(text))
        self.changed.emit()

    def _fill(self) -> None:
        clear_layout(self._list)
        for paper in self._chosen:
            self._list.addWidget(self._chosen_row(paper))
        self._papers.setVisible(bool(self._chosen))
        self.changed.emit()

    def _chosen_row(self, paper: Evidence) -> QWidget:
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(paper.label)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        remove = QToolButton()
        remove.setText("Убрать")
        remove.setAutoRaise(True)
        remove.setAccessibleName(f"Убрать документ {paper.label}")
        remove.clicked.connect(lambda: self._remove(paper))
        row.addWidget(label, 1)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return widget

    def _remove(self, paper: Evidence) -> None:
        self._chosen.remove(paper)
        self._fill()


def reading_of(paper: Evidence) -> str:
    """«Вид: приказ · № 16 · от 13.01.2020»; what was not found is said."""
    if paper.id:
        return "Документ уже есть в районе, будет указан он"
    found = [f"вид: {paper.kind}" if paper.kind else "", f"№\u00a0{paper.number}" if paper.number else ""]
    found += [f"от {paper.on:%d.%m.%Y}" if paper.on else "", f"«{paper.title}»" if paper.title else ""]
    told = " · ".join(part for part in found if part)
    missing = [
        name for name, value in (("вид", paper.kind), ("номер", paper.number), ("дата", paper.on)) if not value
    ]
    if not told:
        return "Вид, номер и дата не распознаны, документ будет записан этими словами"
    told = told[:1].upper() + told[1:]
    return f"{told}; не найдено: {', '.join(missing)}" if missing else told


def clear_layout(layout: QLayout) -> None:
    """Removes the widgets of a layout."""
    while (place := layout.takeAt(0)) is not None:
        if widget := place.widget():
            widget.hide()
            widget.deleteLater()


class _Line(QLineEdit):
    """Enter adds a document instead of closing the dialog, unless the line is empty."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.text().strip():
            event.accept()
            self.entered.emit()
            return
        super().keyPressEvent(event)
