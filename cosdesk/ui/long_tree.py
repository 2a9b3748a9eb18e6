"""A tree of thousands of rows of unlike heights that is asked only about those on the screen."""

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, QRect
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from cosdesk.ui.delegates import Index


class LongTree(QTreeView):
    """Scrolled by rows, it measures those on the screen alone.

    Qt asks where a row lies whenever the cursor or the selection leaves it, and for a far one measures
    every row between: a second for some thousands.  A row off the screen lies nowhere.
    """

    def visualRect(self, index: Index) -> QRect:
        return super().visualRect(index) if self._may_be_seen(index) else QRect()

    def currentChanged(self, current: Index, previous: Index) -> None:
        # Qt paints the former row anew and asks ``visualRect`` past us where it lies; an editor in it must be closed.
        apart = self.state() is not QAbstractItemView.State.EditingState and not self._may_be_seen(previous)
        super().currentChanged(current, QModelIndex() if apart else previous)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # What is to be painted anew: the rows on the screen, wherever the selection goes.
        return QRegion(self.viewport().rect())

    def _may_be_seen(self, index: Index) -> bool:
        if self.verticalScrollMode() is not QAbstractItemView.ScrollMode.ScrollPerItem:
            return True
        row, key, seen = index.row(), index.internalId(), self.indexAt(QPoint(1, 0))
        for _ in range(self.viewport().height() // self.fontMetrics().height() + 1):
            if not seen.isValid():
                return False
            if seen.row() == row and seen.internalId() == key:
                return True
            seen = self.indexBelow(seen)
        return False
