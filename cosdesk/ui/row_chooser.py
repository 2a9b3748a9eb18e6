"""Choosing from a list with a search over it: rows of the roadmaps, values of indicators, rounds."""

from collections.abc import Collection, Iterable, Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP

_KEY = Qt.ItemDataRole.UserRole + 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to choose; ``key`` None makes it a band over those that follow."""

    number: str
    text: str
    key: object = None


class ListChooser(QDialog):
    """A list with a search over it; ``keys`` are those of the lines taken, of a single one where ``one``."""

    def __init__(
        self, title: str, heading: str, entries: Iterable[Entry], one: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 480)
        self._rows = QStandardItemModel(0, 2, self)
        self._rows.setHorizontalHeaderLabels(["№", heading])
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти строку…")
        self.search.setAccessibleName("Найти строку")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QTreeView()
        self.list.setAccessibleName(heading)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(CellDelegate(self.list, lines=2))
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        modes = QAbstractItemView.SelectionMode
        self.list.setSelectionMode(modes.SingleSelection if one else modes.ExtendedSelection)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(0, 72)
        self.list.doubleClicked.connect(lambda index: self.accept() if index.data(_KEY) or self.keys else None)
        soften_selection(self.list)
        for entry in entries:
            self._add(entry)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(False)
        self.list.selectionModel().selectionChanged.connect(lambda: ok.setEnabled(bool(self.keys)))
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.search.setFocus()

    @property
    def keys(self) -> list[object]:
        indexes = self.list.selectionModel().selectedRows()
        return [found for index in sorted(indexes, key=lambda i: i.row()) if (found := index.data(_KEY)) is not None]

    def choose(self, key: object) -> None:
        for row in range(self._rows.rowCount()):
            if self._rows.index(row, 0).data(_KEY) == key:
                self.list.setCurrentIndex(self._rows.index(row, 0))

    def _add(self, entry: Entry) -> None:
        if entry.key is None:
            band = QStandardItem(entry.text)
            band.setData(True, CellRole.BAND)
            band.setSelectable(False)
            self._rows.appendRow(band)
            self.list.setFirstColumnSpanned(self._rows.rowCount() - 1, QModelIndex(), True)
            return
        cells = [QStandardItem(entry.number), QStandardItem(entry.text)]
        cells[0].setData(entry.key, _KEY)
        self._rows.appendRow(cells)

    def _filter(self, text: str) -> None:
        query = Query(text)
        for row in range(self._rows.rowCount()):
            words = f"{self._rows.index(row, 0).data() or ''} {self._rows.index(row, 1).data() or ''}"
            self.list.setRowHidden(row, QModelIndex(), bool(query) and not query.matches(words))


class RowChooser(ListChooser):
    """Rows of the roadmaps but those ``left_out``; ``chosen`` are their ids."""

    def __init__(
        self, snapshot: Snapshot, title: str, left_out: Collection[int] = (), one: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, "Строка дорожной карты", _rows(snapshot, left_out), one, parent)

    @property
    def chosen(self) -> list[int]:
        return [key for key in self.keys if isinstance(key, int)]


def _rows(snapshot: Snapshot, left_out: Collection[int]) -> Iterator[Entry]:
    for contents in snapshot.roadmaps:
        if len(snapshot.roadmaps) > 1:
            yield Entry("", contents.roadmap.title or "Дорожная карта без названия")
        for item in contents.items:
            if item.id not in left_out:
                yield Entry(item.number, item.title, item.id)
