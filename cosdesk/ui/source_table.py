"""A document's table as it is, with a choice of role above each column."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QComboBox, QTableView, QVBoxLayout, QWidget

from cosdesk.domain.roadmap import Part
from cosdesk.forms.roadmap_form import FIELD_LABELS, HEAPED_FIELDS, INDICATOR_FIELDS, ITEM_FIELDS
from cosdesk.intake.draft import RowRole, TableReading
from cosdesk.intake.grid import Grid
from cosdesk.ui.theme import Tone, fill_of, ink_of, muted_ink

Index = QModelIndex | QPersistentModelIndex
_NOT_TAKEN = "не переносить"
_NOWHERE = QModelIndex()
_MUTED = (RowRole.HEADING, RowRole.COLUMN_NUMBERS, RowRole.BLANK, RowRole.PREFACE)
_SPAN_LIMIT = 400
_LEAST_WIDTH = 72
_LONGEST_FIGURE = 12
"""Letters of a date with a sign or two after it."""
_AROUND = 12
"""Pixels that a cell leaves at both sides of its text."""


class SourceTable(QWidget):
    """``role_chosen`` carries a column and the field chosen for it, None for «не переносить»."""

    role_chosen = Signal(int, object)

    def __init__(self, grid: Grid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self._model = _GridModel(grid, self)
        self._view = QTableView()
        self._view.setAccessibleName(f"Документ: {grid.name}")
        self._view.setModel(self._model)
        self._view.setWordWrap(True)
        self._view.setFrameShape(QTableView.Shape.NoFrame)
        # Two lines and no part of a third.
        self._view.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() * 2 + 3)
        self._view.horizontalHeader().hide()
        self._strip = QWidget()
        self._strip.setFixedHeight(QComboBox().sizeHint().height())
        self._boxes = [self._make_box(column) for column in range(grid.width)]
        self._set_spans()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._strip)
        layout.addWidget(self._view, 1)
        header = self._view.horizontalHeader()
        self._weights = _weights(grid)
        self._least = self._least_widths()
        self._by_hand = self._is_fitting = False
        header.sectionResized.connect(lambda *_: self._note_hand())
        header.sectionResized.connect(self._place_boxes)
        self._view.horizontalScrollBar().valueChanged.connect(self._place_boxes)

    def show_reading(self, reading: TableReading) -> None:
        """How the table was read: roles above, rows that are no rows of the plan muted."""
        self._model.show_reading(reading)
        for column, box in enumerate(self._boxes):
            box.blockSignals(True)
            self._fill(box, reading, column)
            box.blockSignals(False)
        self._place_boxes()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The first sizes are those of no layout yet; widths that a hand has set stay.
        if not self._by_hand:
            self._fit(event.size().width() - 60)
        self._place_boxes()

    def _note_hand(self) -> None:
        self._by_hand = self._by_hand or not self._is_fitting

    def _fit(self, width: int) -> None:
        self._is_fitting = True
        least = self._least
        share = max(0, width - sum(least)) / sum(self._weights)
        for column, (narrow, weight) in enumerate(zip(least, self._weights, strict=True)):
            self._view.setColumnWidth(column, narrow + int(weight * share))
        self._is_fitting = False

    def _least_widths(self) -> list[int]:
        """Pixels in which no date and no number of a column is cut; words may be broken."""

        def width(column: int) -> int:
            words = {word for cells in self.grid.rows for word in cells[column].text.split() if _is_figure(word)}
            return max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0) + _AROUND

        return [max(_LEAST_WIDTH, width(column)) for column in range(self.grid.width)]

    def _make_box(self, column: int) -> QComboBox:
        box = QComboBox(self._strip)
        box.setAccessibleName(f"Что в колонке {column + 1}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(lambda: self.role_chosen.emit(column, box.currentData()))
        return box

    @staticmethod
    def _fill(box: QComboBox, reading: TableReading, column: int) -> None:
        box.clear()
        box.addItem(_NOT_TAKEN, None)
        role = reading.roles[column]
        for field in _fields(reading):
            year = reading.years[column] if field == role == "targets" else None
            box.addItem(f"{year}: план" if year else FIELD_LABELS[field], field)
        box.setCurrentIndex(max(0, box.findData(role)))
        box.setToolTip(box.currentText())
        box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 24)

    def _place_boxes(self) -> None:
        left = self._view.viewport().mapTo(self, QPoint(0, 0)).x()
        for column, box in enumerate(self._boxes):
            position = self._view.columnViewportPosition(column)
            width = self._view.columnWidth(column)
            box.setGeometry(left + position, 0, width - 2, self._strip.height())
            box.setVisible(position + width > 0)

    def _set_spans(self) -> None:
        # A view slows down with each span; beyond some hundreds the covered places just stay blank.
        spans = 0
        for row, cells in enumerate(self.grid.rows):
            for column, cell in enumerate(cells):
                if (cell.rows > 1 or cell.columns > 1) and spans < _SPAN_LIMIT:
                    self._view.setSpan(row, column, cell.rows, cell.columns)
                    spans += 1


def _weights(grid: Grid) -> list[float]:
    # A column of long texts wants more room, but not in proportion: its texts wrap.
    def weight(column: int) -> float:
        lengths = sorted(len(cells[column].text) for cells in grid.rows if not cells[column].blank)
        return max(5.0, min(24.0, lengths[len(lengths) * 3 // 4] ** 0.6 if lengths else 0.0))

    return [weight(column) for column in range(grid.width)]


def _is_figure(word: str) -> bool:
    return len(word) <= _LONGEST_FIGURE and any(letter.isdigit() for letter in word)


def _fields(reading: TableReading) -> tuple[str, ...]:
    if any(role in HEAPED_FIELDS and role != "target" for role in reading.roles):
        return HEAPED_FIELDS
    return INDICATOR_FIELDS if reading.part is Part.INDICATORS else ITEM_FIELDS


class _GridModel(QAbstractTableModel):
    def __init__(self, grid: Grid, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = grid
        self._roles: dict[int, RowRole] = {}
        self._taken: frozenset[int] = frozenset()

    def show_reading(self, reading: TableReading) -> None:
        self._roles = {row.row: row.role for row in reading.rows}
        self._taken = frozenset(column for column, role in enumerate(reading.roles) if role is not None)
        if self._grid.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._grid.width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._grid.first[0] + section
            if role == Qt.ItemDataRole.ToolTipRole and section in self._roles:
                return self._roles[section].label
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self._grid.rows[index.row()][index.column()]
        row_role = self._roles.get(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell.number} {cell.text}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        unplaced = row_role is RowRole.UNPLACED and not cell.blank
        if role == Qt.ItemDataRole.BackgroundRole and unplaced:
            return QColor(fill_of(Tone.AMBER))
        if role == Qt.ItemDataRole.ForegroundRole:
            if unplaced:
                return ink_of(Tone.AMBER)
            if row_role in _MUTED or index.column() not in self._taken:
                return muted_ink()
        if role == Qt.ItemDataRole.ToolTipRole and row_role:
            return f"{self._grid.place(index.row(), index.column())}: {row_role.label}"
        return None
