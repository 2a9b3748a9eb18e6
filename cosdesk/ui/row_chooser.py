"""Choosing rows of the roadmaps: a list with a search over it."""

from collections.abc import Collection

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

from cosdesk.domain.district import Snapshot
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP

_ID = Qt.ItemDataRole.UserRole + 10


class RowChooser(QDialog):
    """``chosen`` are the ids of the rows taken; ``one``: a single row, or none by «Без строки»."""

    def __init__(
        self, snapshot: Snapshot, title: str, left_out: Collection[int] = (), one: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(640, 480)
        self._rows = QStandardItemModel(0, 2, self)
        self._rows.setHorizontalHeaderLabels(["№", "Строка дорожной карты"])
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти строку…")
        self.search.setAccessibleName("Найти строку")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QTreeView()
        self.list.setAccessibleName("Строки дорожной карты")
        self.list.setModel(self._rows)
        self.list.setItemDelegate(CellDelegate(self.list, lines=2))
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(0)
        self.list.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        modes = QAbstractItemView.SelectionMode
        self.list.setSelectionMode(modes.SingleSelection if one else modes.ExtendedSelection)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(0, 72)
        self.list.doubleClicked.connect(lambda index: self.accept() if index.data(_ID) or self.chosen else None)
        soften_selection(self.list)
        self._fill(snapshot, left_out)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(False)
        self.list.selectionModel().selectionChanged.connect(lambda: ok.setEnabled(bool(self.chosen)))
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.search.setFocus()

    @property
    def chosen(self) -> list[int]:
        indexes = self.list.selectionModel().selectedRows()
        return [found for index in sorted(indexes, key=lambda i: i.row()) if (found := index.data(_ID)) is not None]

    def choose(self, item_id: int) -> None:
        for row in range(self._rows.rowCount()):
            if self._rows.index(row, 0).data(_ID) == item_id:
                self.list.setCurrentIndex(self._rows.index(row, 0))

    def _fill(self, snapshot: Snapshot, left_out: Collection[int]) -> None:
        for contents in snapshot.roadmaps:
            if len(snapshot.roadmaps) > 1:
                band = QStandardItem(contents.roadmap.title or "Дорожная карта без названия")
                band.setData(True, CellRole.BAND)
                band.setSelectable(False)
                self._rows.appendRow(band)
                self.list.setFirstColumnSpanned(self._rows.rowCount() - 1, QModelIndex(), True)
            for item in contents.items:
                if item.id not in left_out:
                    cells = [QStandardItem(item.number), QStandardItem(item.title)]
                    cells[0].setData(item.id, _ID)
                    self._rows.appendRow(cells)

    def _filter(self, text: str) -> None:
        query = Query(text)
        for row in range(self._rows.rowCount()):
            words = f"{self._rows.index(row, 0).data() or ''} {self._rows.index(row, 1).data() or ''}"
            self.list.setRowHidden(row, QModelIndex(), bool(query) and not query.matches(words))
