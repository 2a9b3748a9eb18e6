"""The list of what is done and has no document: each row with the kinds that are expected."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView

from cosdesk.domain.missing_evidence import MissingEvidence
from cosdesk.ui.delegates import CellRole, Index
from cosdesk.ui.long_list import LongList, LongListModel
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import Tone
from cosdesk.ui.wrapped_header import WrappedHeader

HEADINGS = ("№", "Наименование", "Исполнено", "Ожидается", "Документ")
_WIDTHS = (64, 400, 96, 260, 130)


class MissingModel(LongListModel):
    """A ``MissingEvidence`` a row."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CellRole.TONE and index.column() == len(HEADINGS) - 1:
            return Tone.AMBER
        return _text(self.rows[index.row()], index.column()) if role == Qt.ItemDataRole.DisplayRole else None


class MissingList(LongList):
    """The cursor stays in its place when the list is filled anew."""

    def __init__(self) -> None:
        self._missing = MissingModel(HEADINGS)
        super().__init__(self._missing)
        self.setAccessibleName("Исполнено без документа")
        self.setHeader(WrappedHeader(self))
        header = self.header()
        header.setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self.measure_again)

    def show_missing(self, missing: Sequence[MissingEvidence], query: Query) -> None:
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self._missing.show_rows(
            [
                each
                for each in missing
                if not query or query.matches(f"{each.item.number} {each.item.title} {each.item.expected}")
            ]
        )
        if count := self._missing.rowCount():
            self.setCurrentIndex(self._missing.index(min(max(row, 0), count - 1), 0))
        self.verticalScrollBar().setValue(scrolled)

    @property
    def count(self) -> int:
        """How many are found, on the screen or below it."""
        return len(self._missing.rows)

    def missing_at(self, index: QModelIndex) -> MissingEvidence | None:
        found = self._missing.rows[index.row()] if index.isValid() else None
        return found if isinstance(found, MissingEvidence) else None

    @property
    def chosen(self) -> list[MissingEvidence]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._missing.rows[row] for row in rows]


def _text(missing: MissingEvidence, column: int) -> str:
    return (
        missing.item.number,
        missing.item.title,
        f"{missing.on:%d.%m.%Y}" if missing.on else "",
        missing.wanted,
        "отсутствует",
    )[column]
