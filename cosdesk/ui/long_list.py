"""A read-only list of thousands of rows: they come a few hundred at a time, as they are scrolled to."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from cosdesk.ui.delegates import CellDelegate, Index, soften_selection
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.long_tree import LongTree

AT_ONCE = 500
"""Rows that are laid out within a blink."""
_NOWHERE = QModelIndex()
_NOTHING = Qt.ItemFlag.NoItemFlags
_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren | Qt.ItemFlag.ItemIsSelectable


class LongListModel(QAbstractTableModel):
    """Rows of any kind; a cell is worked out when it is shown.

    Not by Qt's own ``fetchMore``: a tree calls that whenever it is laid out, until it has all.
    """

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self.rows: list[Any] = []
        """All of them; ``rowCount`` tells how many have come."""
        self._count = 0

    def show_rows(self, rows: list[Any]) -> None:
        """These in place of the former ones; as many as had come before, so that a place scrolled to is kept."""
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self._count = min(len(rows), max(self._count, AT_ONCE))
        self.endResetModel()

    def bring(self, more: int = AT_ONCE) -> None:
        """So many rows more."""
        count = min(len(self.rows), self._count + more)
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _ROW if index.isValid() else _NOTHING


class LongList(LongTree):
    """The view: wrapped cells, several rows chosen at once, copied by Ctrl+C."""

    def __init__(self, model: LongListModel) -> None:
        super().__init__()
        self._long = model
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        soften_selection(self)
        enable_copy(self)
        # The tree keeps the height of a row it has once asked for; another width is another height.
        self._heights = QTimer(self, singleShot=True, interval=0)
        self._heights.timeout.connect(self.scheduleDelayedItemsLayout)
        self.header().setStretchLastSection(False)
        self.header().sectionResized.connect(self.measure_again)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def measure_again(self) -> None:
        """Heights of rows, once the hand is done."""
        self._heights.start()

    def selectAll(self) -> None:
        self._bring_all()
        super().selectAll()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if action is QAbstractItemView.CursorAction.MoveEnd:
            self._bring_all()
        return super().moveCursor(action, modifiers)

    def _bring_all(self) -> None:
        self._long.bring(len(self._long.rows))

    def _scrolled(self, value: int) -> None:
        if value == self.verticalScrollBar().maximum():
            self._long.bring()
