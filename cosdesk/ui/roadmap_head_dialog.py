"""The head of a roadmap in one dialog: title, project, goal, years, form; stamps; sections."""

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.roadmap import Part, RoadmapContents
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_form, roadmap_forms
from cosdesk.ui.head_edits import RoadmapHead
from cosdesk.ui.panel_parts import FaultLabel
from cosdesk.ui.sections_editor import SectionsEditor
from cosdesk.ui.stamps_editor import StampsEditor
from cosdesk.ui.text_fields import GrowingText
from cosdesk.ui.theme import STEP

_NO_YEAR = 1999


class YearField(QSpinBox):
    """A year of the plan; the lowest value says «не указан»."""

    def __init__(self, name: str, year: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(_NO_YEAR, 2100)
        self.setSpecialValueText("не указан")
        self.setValue(year or _NO_YEAR)

    @property
    def year(self) -> int | None:
        return None if self.value() == _NO_YEAR else self.value()


class RoadmapHeadDialog(QDialog):
    """Gives ``head``; nothing is written before OK."""

    def __init__(self, contents: RoadmapContents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contents = contents
        self.setWindowTitle("Шапка дорожной карты")
        self.resize(760, 520)
        form = roadmap_form(contents.roadmap.form)
        counts = Counter(item.section_id for item in contents.items if item.section_id is not None)
        self.stamps = StampsEditor(contents.stamps)
        with_parts = form.part(Part.RESULTS) is not None
        self.sections = SectionsEditor(contents.sections, counts, with_parts)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._make_title_tab(), "Название и форма")
        self.tabs.addTab(self.stamps, "Грифы")
        self.tabs.addTab(self.sections, "Разделы")
        self._fault = FaultLabel()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        for widget in (self.tabs, self._fault, buttons):
            layout.addWidget(widget)

    def _make_title_tab(self) -> QWidget:
        roadmap = self._contents.roadmap
        self.title = GrowingText("Название", lowest=4)
        self.title.show_text(roadmap.title)
        self.project = QLineEdit(roadmap.project)
        self.project.setAccessibleName("Региональный проект")
        self.goal = GrowingText("Цель", lowest=3)
        self.goal.show_text(roadmap.goal)
        self.first_year = YearField("Первый год", roadmap.first_year)
        self.last_year = YearField("Последний год", roadmap.last_year)
        years = QHBoxLayout()
        years.addWidget(self.first_year)
        years.addWidget(QLabel("–"))
        years.addWidget(self.last_year)
        years.addStretch(1)
        self.form = QComboBox()
        self.form.setAccessibleName("Форма")
        for known in roadmap_forms().values():
            self.form.addItem(known.title, known.id)
        if self.form.findData(roadmap.form) < 0:  # what is not at hand is not changed unasked
            self.form.addItem(f"«{roadmap.form}» – на этом компьютере не установлена", roadmap.form)
        self.form.setCurrentIndex(self.form.findData(roadmap.form))
        self._description = QLabel()
        self._description.setTextFormat(Qt.TextFormat.PlainText)
        self._description.setWordWrap(True)
        self.form.currentIndexChanged.connect(self._describe)
        self._describe()
        page = QWidget()
        column = QVBoxLayout(page)
        form = QFormLayout()
        form.setSpacing(STEP)
        column.addLayout(form)
        column.addStretch(1)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Название", self.title)
        form.addRow("Проект", self.project)
        form.addRow("Цель", self.goal)
        form.addRow("Годы", years)
        form.addRow("Форма", self.form)
        form.addRow("", self._description)
        return page

    def _describe(self) -> None:
        self._description.setText(roadmap_form(self.form.currentData()).description)

    @property
    def head(self) -> RoadmapHead:
        """The head as typed; ``UserError`` where years or a date are wrong."""
        first, last = self.first_year.year, self.last_year.year
        if (first is None) != (last is None):
            raise UserError("Укажите оба года плана, первый и последний, или ни одного.")
        if first and last and first > last:
            raise UserError("Первый год плана позже последнего. Поменяйте годы местами.")
        roadmap = replace(
            self._contents.roadmap,
            title=self.title.toPlainText().strip(),
            project=self.project.text().strip(),
            goal=self.goal.toPlainText().strip(),
            first_year=first,
            last_year=last,
            form=self.form.currentData(),
        )
        return RoadmapHead(roadmap, self.stamps.stamps, self.sections.sections)

    def accept(self) -> None:
        try:
            _ = self.head
        except UserError as error:
            self._fault.complain(str(error))
            return
        super().accept()
