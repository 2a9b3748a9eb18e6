"""The list of what is done and has no document: each row with the kinds that are expected."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTreeView

from cosdesk.domain.missing_evidence import MissingEvidence
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.long_tree import LongTree
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import Tone
from cosdesk.ui.wrapped_header import WrappedHeader

HEADINGS = ("№", "Наименование", "Исполнено", "Ожидается", "Документ")
_MISSING = Qt.ItemDataRole.UserRole + 10
_WIDTHS = (64, 400, 96, 260, 130)


class MissingList(LongTree):
    """Read-only; the cursor stays in its place when the list is filled anew."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Исполнено без документа")
        self._items = QStandardItemModel(0, len(HEADINGS), self)
        self._items.setHorizontalHeaderLabels(list(HEADINGS))
        self.setModel(self._items)
        self.setItemDelegate(CellDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHeader(WrappedHeader(self))
        soften_selection(self)
        enable_copy(self)
        header = self.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda: self.scheduleDelayedItemsLayout())

    def show_missing(self, missing: Sequence[MissingEvidence], query: Query) -> None:
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self._items.removeRows(0, self._items.rowCount())
        for each in missing:
            if not query or query.matches(f"{each.item.number} {each.item.title} {each.item.expected}"):
                self._items.appendRow(_cells(each))
        if self._items.rowCount():
            self.setCurrentIndex(self._items.index(min(max(row, 0), self._items.rowCount() - 1), 0))
        self.verticalScrollBar().setValue(scrolled)

    @property
    def count(self) -> int:
        return self._items.rowCount()

    def missing_at(self, index: QModelIndex) -> MissingEvidence | None:
        found = index.siblingAtColumn(0).data(_MISSING) if index.isValid() else None
        return found if isinstance(found, MissingEvidence) else None

    @property
    def chosen(self) -> list[MissingEvidence]:
        rows = sorted({index.row() for index in self.selectedIndexes()})
        found = (self.missing_at(self._items.index(row, 0)) for row in rows)
        return [each for each in found if each is not None]


def _cells(missing: MissingEvidence) -> list[QStandardItem]:
    texts = (
        missing.item.number,
        missing.item.title,
        f"{missing.on:%d.%m.%Y}" if missing.on else "",
        missing.wanted,
        "отсутствует",
    )
    cells = [QStandardItem(text) for text in texts]
    cells[0].setData(missing, _MISSING)
    cells[-1].setData(Tone.AMBER, CellRole.TONE)
    return cells
