"""A new roadmap: in which form, for which project and years."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cosdesk.forms.roadmap_form import RoadmapForm, roadmap_form, roadmap_forms
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.theme import STEP, scaled

_SPAN = 3


class NewRoadmapDialog(QDialog):
    """Gives ``form``, ``project`` and ``years``."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Новая дорожная карта")
        self.setMinimumWidth(scaled(600))
        self.list = QListWidget()
        self.list.setAccessibleName("Форма дорожной карты")
        self.list.setWordWrap(True)
        self.list.setSpacing(STEP // 2)
        for form in roadmap_forms().values():
            line = QListWidgetItem(f"{form.title}\n{form.description}")
            line.setData(Qt.ItemDataRole.UserRole, form.id)
            self.list.addItem(line)
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(self.accept)
        self._project = QLineEdit("Цифровая образовательная среда")
        self._project.setAccessibleName("Региональный проект")
        self._first = QSpinBox()
        self._last = QSpinBox()
        for field, name, year in (
            (self._first, "Первый год", today.year), (self._last, "Последний год", today.year + _SPAN),
        ):  # fmt: skip
            field.setAccessibleName(name)
            field.setRange(2000, 2100)
            field.setValue(year)
        self._first.valueChanged.connect(self._last.setMinimum)
        self._last.setMinimum(self._first.value())
        years = QHBoxLayout()
        years.addWidget(self._first)
        years.addWidget(QLabel("–"))
        years.addWidget(self._last)
        years.addStretch(1)
        fields = QFormLayout()
        fields.setSpacing(STEP)
        fields.addRow("Проект", self._project)
        fields.addRow("Годы", years)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Создать")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(plain_label("В какой форме будет дорожная карта? Форму можно сменить позже."))
        layout.addWidget(self.list, 1)
        layout.addLayout(fields)
        layout.addWidget(buttons)
        self.resize(640, 460)

    @property
    def form(self) -> RoadmapForm:
        return roadmap_form(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    @property
    def project(self) -> str:
        return self._project.text().strip()

    @property
    def years(self) -> tuple[int, int]:
        return self._first.value(), self._last.value()
