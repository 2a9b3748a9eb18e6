"""The columns of a form's table, as rows: heading, what is shown, width, the heading above; added, removed, moved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.forms.draft import FormDraft, Place
from cosdesk.ui.delegates import CellDelegate, soften_selection
from cosdesk.ui.form_labels import FIELD_NAMES
from cosdesk.ui.theme import STEP, icon

_KEYS = ("heading", "", "width", "group")
_HEADINGS = ("Заголовок", "Что показывает", "Ширина", "Над заголовком")


class FormColumns(QWidget):
    """``changed`` tells that the draft is another; ``refused`` carries what was typed wrong."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, draft: FormDraft, place: Place, fields: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._place, self._fields = draft, (*place, "column"), tuple(fields)
        self.table = QTableWidget(0, len(_HEADINGS))
        self.table.setAccessibleName("Графы таблицы")
        self.table.setHorizontalHeaderLabels(list(_HEADINGS))
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setItemDelegate(CellDelegate(self.table))
        soften_selection(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column, width in ((1, 178), (2, 72), (3, 124)):
            self.table.setColumnWidth(column, width)
        self.add = QPushButton(icon("add"), "Добавить графу")
        self.remove = QPushButton(icon("delete"), "Удалить")
        self.up = QPushButton(icon("up"), "Выше")
        self.down = QPushButton(icon("down"), "Ниже")
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        for button in (self.add, self.remove, self.up, self.down):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.table.itemChanged.connect(self._take)
        self.table.currentCellChanged.connect(lambda: self._allow())

    def refresh(self) -> None:
        """Shows the columns as the draft holds them."""
        row, column = self.table.currentRow(), max(0, self.table.currentColumn())
        self.table.blockSignals(True)
        count = self._draft.count(*self._place)
        self.table.setRowCount(count)
        for number in range(count):
            self._show(number)
        self.table.blockSignals(False)
        if count:
            self.table.setCurrentCell(min(max(row, 0), count - 1), column)
        self._allow()

    def _show(self, row: int) -> None:
        for column, key in enumerate(_KEYS):
            if key:
                value = self._draft.value(*self._place, row, key)
                text = f"{float(value):g}".replace(".", ",") if isinstance(value, int | float) else str(value or "")
                self.table.setItem(row, column, QTableWidgetItem(text if value is not None or key != "width" else "1"))
        field = QComboBox()
        field.setAccessibleName(f"Что показывает графа {row + 1}")
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for known in self._fields:
            field.addItem(FIELD_NAMES.get(known, known), known)
        field.setCurrentIndex(field.findData(self._draft.value(*self._place, row, "field")))
        field.activated.connect(lambda _, row=row, field=field: self._put(field.currentData(), row, "field"))
        self.table.setCellWidget(row, 1, field)

    def _take(self, item: QTableWidgetItem) -> None:
        key, text = _KEYS[item.column()], item.text().strip()
        if key == "width":
            try:
                width = float(text.replace(",", "."))
            except ValueError:
                width = 0.0
            if not 0.05 <= width <= 100:
                self.refused.emit(f"Ширина «{text}» не принята: нужно число от 0,05 до 100 – доля ширины таблицы.")
                self.refresh()
                return
            self._put(width, item.row(), key)
        elif key:
            self._put(text if text or key == "heading" else None, item.row(), key)

    def _put(self, value: str | float | None, row: int, key: str) -> None:
        self.refused.emit("")
        if value != self._draft.value(*self._place, row, key):
            self._draft.end_step()
            self._draft.put(value, *self._place, row, key)
            self._draft.end_step()
            self.changed.emit()

    def _add(self) -> None:
        field = "" if "" in self._fields else self._fields[0]
        row = self._draft.add({"field": field, "heading": "Новая графа", "width": 1.0}, *self._place)
        target = self.table.currentRow() + 1
        if 0 < target < row:
            row = self._draft.move(row, target - row, *self._place)
            self._draft.join_steps()
        self._turned(row)
        if heading := self.table.item(row, 0):
            self.table.editItem(heading)

    def _remove(self) -> None:
        row = self.table.currentRow()
        if self._draft.count(*self._place) < 2:
            self.refused.emit("Последнюю графу удалить нельзя: без граф нет таблицы.")
        elif row >= 0:
            self._draft.remove(row, *self._place)
            self._turned(row)

    def _move(self, step: int) -> None:
        row = self.table.currentRow()
        target = self._draft.move(row, step, *self._place) if row >= 0 else row
        if target != row:
            self._turned(target)

    def _turned(self, row: int) -> None:
        self.refused.emit("")
        self.refresh()
        self.table.setCurrentCell(min(row, self.table.rowCount() - 1), 0)
        self.changed.emit()

    def _allow(self) -> None:
        row, count = self.table.currentRow(), self.table.rowCount()
        self.remove.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)
