"""What of an imported document found no place: where it stood and what it said."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.roadmap import Unplaced
from cosdesk.ui.delegates import CellDelegate, soften_selection
from cosdesk.ui.theme import STEP


class UnplacedDialog(QDialog):
    """A list to read and to copy from."""

    def __init__(self, pieces: Sequence[Unplaced], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pieces = list(pieces)
        self.setWindowTitle("Не нашло места")
        self.resize(720, 420)
        note = QLabel(
            "При импорте эти куски документа не попали ни в одно поле. Они хранятся в файле;"
            " нужное скопируйте (Ctrl+C) и вставьте в строку."
        )
        note.setWordWrap(True)
        self.table = QTableWidget(len(self._pieces), 2)
        self.table.setAccessibleName("Не нашло места")
        self.table.setHorizontalHeaderLabels(["Место в документе", "Текст"])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setItemDelegate(CellDelegate(self.table, lines=6))
        soften_selection(self.table)
        self.table.setColumnWidth(0, 220)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for row, piece in enumerate(self._pieces):
            self.table.setItem(row, 0, QTableWidgetItem(piece.place))
            self.table.setItem(row, 1, QTableWidgetItem(piece.text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Копировать", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        for widget in (note, self.table, buttons):
            layout.addWidget(widget)

    def copy(self) -> None:
        """The chosen pieces, all when none is chosen, as text with tabs."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()}) or range(len(self._pieces))
        lines = [f"{self._pieces[row].place}\t{self._pieces[row].text}" for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
