"""A read-only list that is searched, sorted by its headings and copied: rows of texts made by who shows it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from cosdesk.ui.delegates import CellDelegate, soften_selection
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import scaled
from cosdesk.ui.wrapped_header import WrappedHeader

ORDER = Qt.ItemDataRole.UserRole + 10
"""What a cell is sorted by; see ``list_cell``."""
_ID = Qt.ItemDataRole.UserRole + 11


class SearchableList(QTreeView):
    """``columns``: headings with widths in pixels of the usual letters; number ``stretched`` takes the room left."""

    def __init__(
        self, name: str, columns: Sequence[tuple[str, int]], stretched: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._items = QStandardItemModel(0, len(columns), self)
        self._items.setHorizontalHeaderLabels([heading for heading, _ in columns])
        self._found = _Found(self)
        self._found.setSourceModel(self._items)
        self.setModel(self._found)
        self.setItemDelegate(CellDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHeader(WrappedHeader(self))
        soften_selection(self)
        self.copy_action = enable_copy(self)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for column, (_, width) in enumerate(columns):
            header.resizeSection(column, scaled(width))
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda: self.scheduleDelayedItemsLayout())

    def fill(self, rows: Iterable[tuple[int, list[QStandardItem]]]) -> None:
        """Other rows, each by an id; the one at hand and the place scrolled to stay."""
        chosen, scrolled = self.chosen, self.verticalScrollBar().value()
        self._items.removeRows(0, self._items.rowCount())
        for row_id, cells in rows:
            cells[0].setData(row_id, _ID)
            self._items.appendRow(cells)
        if chosen is not None:
            self.choose(chosen)
        self.verticalScrollBar().setValue(scrolled)

    @property
    def chosen(self) -> int | None:
        """The id of the row at hand."""
        index = self.currentIndex()
        found = index.siblingAtColumn(0).data(_ID) if index.isValid() else None
        return int(found) if found is not None else None

    def choose(self, row_id: int) -> None:
        for row in range(self._found.rowCount()):
            if self._found.index(row, 0).data(_ID) == row_id:
                self.setCurrentIndex(self._found.index(row, 0))

    def look_for(self, query: Query) -> None:
        """Only rows that hold what is looked for."""
        self._found.look_for(query)

    @property
    def shown_count(self) -> int:
        return self._found.rowCount()

    @property
    def count(self) -> int:
        return self._items.rowCount()

    def copy_all(self) -> None:
        """What is shown, as it is ordered."""
        self.selectAll()
        self.copy_action.trigger()


class _Found(QSortFilterProxyModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._query = Query("")
        self.setSortRole(ORDER)

    def look_for(self, query: Query) -> None:
        self.beginFilterChange()
        self._query = query
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: object) -> bool:
        source = self.sourceModel()
        words = (str(source.index(source_row, column).data() or "") for column in range(source.columnCount()))
        return not self._query or self._query.matches(" ".join(words))


def list_cell(text: str, order: object, right: bool = False) -> QStandardItem:
    """A cell that is sorted by ``order``: a text, a number or an ISO date, one kind a column."""
    cell = QStandardItem(text)
    cell.setData(order, ORDER)
    if right:
        cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return cell
