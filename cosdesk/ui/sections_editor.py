"""The sections of a roadmap («направления»): number, name, order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.roadmap import Part, Section
from cosdesk.ui.delegates import CellDelegate, soften_selection
from cosdesk.ui.theme import STEP, icon
from cosdesk.ui.wording import counted

_PARTS = {Part.RESULTS: "результаты", Part.PLAN: "план"}
_SECTION = Qt.ItemDataRole.UserRole


class SectionsEditor(QWidget):
    """A table of sections, typed in place.  ``counts`` are the rows of each by id; ``with_parts`` shows the part."""

    def __init__(
        self, sections: Sequence[Section], counts: Mapping[int, int], with_parts: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._counts = counts
        self._lost = 0
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName("Разделы")
        self.table.setHorizontalHeaderLabels(["№", "Название", "Часть", "Строк"])
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setColumnHidden(2, not with_parts)
        self.table.setShowGrid(False)
        self.table.setItemDelegate(CellDelegate(self.table))
        soften_selection(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(0, 140)
        self.table.setColumnWidth(3, 60)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.add = QPushButton(icon("add"), "Добавить раздел")
        self.remove = QPushButton(icon("delete"), "Удалить")
        self.up = QPushButton(icon("up"), "Вверх")
        self.down = QPushButton(icon("down"), "Вниз")
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.note)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        for section in sections:
            self._insert(self.table.rowCount(), section)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in order, as typed."""
        return tuple(self._section(row) for row in range(self.table.rowCount()))

    def _section(self, row: int) -> Section:
        number, title, rows = (self.table.item(row, column) for column in (0, 1, 3))
        assert number and title and rows
        part = self.table.cellWidget(row, 2)
        assert isinstance(part, QComboBox)
        section: Section = rows.data(_SECTION)
        return replace(
            section, number=number.text().strip(), title=title.text().strip(), part=Part(part.currentData())
        )

    def _insert(self, row: int, section: Section) -> None:
        self.table.insertRow(row)
        self.table.setItem(row, 0, QTableWidgetItem(section.number))
        self.table.setItem(row, 1, QTableWidgetItem(section.title))
        rows = QTableWidgetItem(str(self._counts.get(section.id, 0)))
        rows.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        rows.setData(_SECTION, section)
        self.table.setItem(row, 3, rows)
        part = QComboBox()
        part.setAccessibleName("Часть дорожной карты")
        for known, label in _PARTS.items():
            part.addItem(label, known)
        part.setCurrentIndex(part.findData(section.part))
        self.table.setCellWidget(row, 2, part)
        self.table.resizeRowToContents(row)

    def _add(self) -> None:
        row = self.table.rowCount()
        self._insert(row, Section(0, _next_number([section.number for section in self.sections]), ""))
        self.table.setCurrentCell(row, 1)
        if title := self.table.item(row, 1):
            self.table.editItem(title)

    def _remove(self) -> None:
        row = self.table.currentRow()
        if row < 0:
            return
        self._lost += self._counts.get(self._section(row).id, 0)
        self.table.removeRow(row)
        if self._lost:
            words = counted(self._lost, "строка", "строки", "строк")
            self.note.setText(f"Вместе с разделами будет удалено: {words}. Вернуть можно будет по Ctrl+Z.")

    def _move(self, step: int) -> None:
        row, target = self.table.currentRow(), self.table.currentRow() + step
        if row < 0 or not 0 <= target < self.table.rowCount():
            return
        section = self._section(row)
        self.table.removeRow(row)
        self._insert(target, section)
        self.table.setCurrentCell(target, 1)


def _next_number(numbers: Sequence[str]) -> str:
    """«Направление 3» after «Направление 2»; «1» where nothing is numbered."""
    found = [parts for number in numbers if (parts := re.fullmatch(r"(\D*)(\d+)(\D*)", number))]
    if not found:
        return "1"
    return f"{found[-1][1]}{max(int(parts[2]) for parts in found) + 1}{found[-1][3]}"
