"""The list of findings: bands by family, each finding with its place, reason and proposal."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTreeView

from cosdesk.domain.checks.finding import Dismissal, Family, Finding, key_of
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.wrapped_header import WrappedHeader

HEADINGS = ("Где", "Замечание", "Предложение")
MOST = 300
"""Findings shown at once; past these the rules that repeat are to be mended first."""
_FINDING = Qt.ItemDataRole.UserRole + 10
_WIDTHS = (200, 560, 340)


class CheckList(QTreeView):
    """Read-only; several rows may be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Замечания")
        self.setModel(QStandardItemModel(0, len(HEADINGS), self))
        self.setItemDelegate(CellDelegate(self, lines=4))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHeader(WrappedHeader(self))
        soften_selection(self)
        self._items.setHorizontalHeaderLabels(list(HEADINGS))
        header = self.header()
        header.setStretchLastSection(False)
        if not header.restoreState(remembered_state("check")):
            for column, width in enumerate(_WIDTHS):
                header.resizeSection(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda: remember_state("check", header.saveState()))

    @property
    def _items(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model

    @property
    def chosen(self) -> list[Finding]:
        """The findings of the selected rows, in order."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return [found for row in rows if (found := self.finding_at(row)) is not None]

    def finding_at(self, row: int) -> Finding | None:
        """The finding of a row, None for a band."""
        found = self._items.index(row, 0).data(_FINDING)
        return found if isinstance(found, Finding) else None

    def show_findings(self, findings: Sequence[Finding], dismissals: Iterable[Dismissal]) -> None:
        """Fills the list, the cursor staying in its place; what is dismissed is muted and shows the reason."""
        reasons = {dismissal.key: dismissal.reason for dismissal in dismissals}
        row = self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self._items.removeRows(0, self._items.rowCount())
        shown = findings[:MOST]
        for family in Family:
            own = [found for found in shown if found.rule.family is family]
            if own:
                total = sum(found.rule.family is family for found in findings)
                self._add_band(f"{family.label} – {total}")
            for found in own:
                self._items.appendRow(_cells(found, reasons.get(key_of(found))))
        if len(findings) > MOST:
            self._add_band(f"Показаны первые {MOST} из {len(findings)}: исправьте их, и появятся следующие.")
        self._choose_near(row)
        self.verticalScrollBar().setValue(scrolled)

    def _add_band(self, text: str) -> None:
        band = QStandardItem(text)
        band.setData(True, CellRole.BAND)
        band.setSelectable(False)
        self._items.appendRow(band)
        self.setFirstColumnSpanned(self._items.rowCount() - 1, QModelIndex(), True)

    def _choose_near(self, row: int) -> None:
        """The finding at that row, else the next one below, else the last."""
        rows = [number for number in range(self._items.rowCount()) if self.finding_at(number)]
        if row < 0 or not rows:
            return
        nearest = next((number for number in rows if number >= row), rows[-1])
        self.setCurrentIndex(self._items.index(nearest, 0))


def _cells(found: Finding, reason: str | None) -> list[QStandardItem]:
    texts = (found.place, found.message, found.advice if reason is None else f"Скрыто: {reason}")
    cells = [QStandardItem(text) for text in texts]
    cells[0].setData(found, _FINDING)
    for cell in cells:
        cell.setData(reason is not None, CellRole.MUTED)
    cells[1].setToolTip(f"{found.rule.label}.\n{found.message}")
    return cells
