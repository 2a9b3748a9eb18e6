"""Choosing what goes into a packet of documents and where it is put."""

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.district import Snapshot
from cosdesk.packet import Wanted
from cosdesk.reports.catalog import Report
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.row_chooser import RowChooser
from cosdesk.ui.theme import STEP, icon
from cosdesk.ui.typed_values import shorten

_WANTED = Qt.ItemDataRole.UserRole + 1


class PacketDialog(QDialog):
    """A list to tick, documents about rows added to it, a folder, Excel and Word beside PDF or not.

    ``offered`` are the lines at first, ``row_reports`` what can be added about a row of ``snapshot``.
    """

    def __init__(
        self,
        offered: Sequence[Wanted],
        ticked: Collection[Wanted],
        row_reports: Sequence[Report],
        snapshot: Snapshot,
        period: str,
        folder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Квартальный пакет")
        self.resize(560, 520)
        self._snapshot = snapshot
        self._titles = {item.id: (item.number, item.title) for c in snapshot.roadmaps for item in c.items}
        told = QLabel(f"Отметьте, что составить. Период: {period}")
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Документы пакета")
        soften_selection(self.list)
        for wanted in dict.fromkeys((*offered, *ticked)):
            self.add(wanted, wanted in ticked)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda: self._allow())
        self.row_button = QPushButton(icon("add"), "Добавить документ по строке")
        menu = QMenu(self.row_button)
        for report in row_reports:
            menu.addAction(report.title).triggered.connect(lambda _=False, report=report: self.ask_row(report))
        self.row_button.setMenu(menu)
        self.excel = QCheckBox("Кроме PDF – и в Excel")
        self.word = QCheckBox("И в Word")
        self.folder = QLineEdit(folder)
        self.folder.setAccessibleName("Папка")
        self.folder.textChanged.connect(lambda: self._allow())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Составить")
        formats = QHBoxLayout()
        formats.addWidget(self.excel)
        formats.addWidget(self.word)
        formats.addStretch(1)
        formats.addWidget(self.row_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addWidget(told)
        layout.addWidget(self.list, 1)
        layout.addLayout(formats)
        layout.addLayout(self._make_place_row())
        layout.addWidget(buttons)
        self._allow()

    def _make_place_row(self) -> QHBoxLayout:
        browse = QPushButton("Выбрать…")
        browse.clicked.connect(self._browse)
        label = QLabel("&Папка:")
        label.setBuddy(self.folder)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(label)
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        return row

    def add(self, wanted: Wanted, ticked: bool = True) -> None:
        """One more line; one that stands is ticked."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_WANTED) == wanted:
                self.list.item(row).setCheckState(Qt.CheckState.Checked)
                return
        number, title = self._titles.get(wanted.item_id or 0, ("", ""))
        of_row = f" – строка {number}".rstrip() if number else f" – «{shorten(title, 40)}»" if title else ""
        line = QListWidgetItem(f"{wanted.report.title}{of_row}")
        line.setData(_WANTED, wanted)
        line.setToolTip(plain_tooltip(title or wanted.report.purpose))
        line.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.list.addItem(line)

    def ask_row(self, report: Report) -> None:
        """Asks for the rows of a document about one row; a line for each."""
        chooser = RowChooser(self._snapshot, f"{report.title}: по каким строкам", parent=self)
        if chooser.exec():
            for item_id in chooser.chosen:
                self.add(Wanted(report, item_id))
            self._allow()
        chooser.deleteLater()

    @property
    def chosen(self) -> list[Wanted]:
        """What is ticked, in the order of the list."""
        lines = [self.list.item(row) for row in range(self.list.count())]
        return [line.data(_WANTED) for line in lines if line.checkState() == Qt.CheckState.Checked]

    @property
    def formats(self) -> tuple[str, ...]:
        return ("pdf", *(["xlsx"] if self.excel.isChecked() else []), *(["docx"] if self.word.isChecked() else []))

    @property
    def place(self) -> Path:
        """The folder as typed or chosen."""
        return Path(self.folder.text().strip())

    def _allow(self) -> None:
        self.ok.setEnabled(bool(self.chosen) and bool(self.folder.text().strip()) and self.place.is_dir())

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Папка для документов", self.folder.text())
        if name:
            self.folder.setText(name)
