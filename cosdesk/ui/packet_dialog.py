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
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.reports.catalog import Report
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.theme import STEP

_PLACE = Qt.ItemDataRole.UserRole + 1


class PacketDialog(QDialog):
    """A list to tick, a folder, Excel beside PDF or not."""

    def __init__(
        self,
        reports: Sequence[Report],
        ticked: Collection[str],
        period: str,
        folder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Квартальный пакет")
        self.resize(520, 440)
        self._reports = tuple(reports)
        told = QLabel(f"Отметьте, что составить. Период: {period}")
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Документы пакета")
        soften_selection(self.list)
        for place, report in enumerate(self._reports):
            line = QListWidgetItem(report.title, self.list)
            line.setData(_PLACE, place)
            line.setToolTip(plain_tooltip(report.purpose))
            line.setCheckState(Qt.CheckState.Checked if report.id in ticked else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda: self._allow())
        self.excel = QCheckBox("Кроме PDF – и в Excel")
        self.folder = QLineEdit(folder)
        self.folder.setAccessibleName("Папка")
        self.folder.textChanged.connect(lambda: self._allow())
        browse = QPushButton("Выбрать…")
        browse.clicked.connect(self._browse)
        label = QLabel("&Папка:")
        label.setBuddy(self.folder)
        place_row = QHBoxLayout()
        place_row.setSpacing(STEP)
        place_row.addWidget(label)
        place_row.addWidget(self.folder, 1)
        place_row.addWidget(browse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText("Составить")
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addWidget(told)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.excel)
        layout.addLayout(place_row)
        layout.addWidget(buttons)
        self._allow()

    @property
    def chosen(self) -> list[Report]:
        """The reports ticked, in the order of the list."""
        lines = [self.list.item(row) for row in range(self.list.count())]
        return [self._reports[line.data(_PLACE)] for line in lines if line.checkState() == Qt.CheckState.Checked]

    @property
    def formats(self) -> tuple[str, ...]:
        return ("pdf", "xlsx") if self.excel.isChecked() else ("pdf",)

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
