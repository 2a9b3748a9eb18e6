"""The line above the roadmap's tree: status, person, month, section, missing document."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from cosdesk.domain.execution import Status
from cosdesk.domain.roadmap import Section
from cosdesk.ui.delegates import plain_tooltip
from cosdesk.ui.row_filter import BURNING, RowFilter, When
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP

_ALL = "все"


class FilterBar(QWidget):
    """«Показать: [все] исполнитель [все] срок [любой] [все разделы] ☐ без документа».

    ``changed``: the filter is another.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = Query("")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(STEP * 2, 0, STEP * 2, STEP)
        self._row.setSpacing(STEP)
        self.status = self._chooser("Показать:", "Показать строки со статусом")
        self.status.addItem(_ALL, None)
        self.status.addItem("требует внимания", tuple(sorted(BURNING)))
        for status in Status:
            self.status.addItem(status.label[:1].lower() + status.label[1:], (status,))
        self.person = self._chooser("исполнитель", "Показать строки исполнителя")
        self.person.addItem(_ALL, "")
        self.when = self._chooser("срок", "Показать строки, срок которых истекает")
        for when in When:
            self.when.addItem(when.label, when)
        self.section = self._chooser("", "Показать строки раздела")
        self.section.setVisible(False)
        self.without_evidence = QCheckBox("без документа")
        self.without_evidence.setToolTip("Исполненное, которое не подтверждено документом")
        self.without_evidence.toggled.connect(self.changed)
        self.reset = QToolButton()
        self.reset.setText("Показать все")
        self.reset.setAutoRaise(True)
        self.reset.clicked.connect(self.clear)
        self._row.addWidget(self.without_evidence)
        self._row.addWidget(self.reset)
        self._row.addStretch(1)
        self.changed.connect(self._show_reset)
        self._show_reset()

    def add_at_end(self, widget: QWidget) -> None:
        self._row.addWidget(widget)

    def row_filter(self, today: date) -> RowFilter:
        """What is chosen, with the text searched for."""
        return RowFilter(
            self._query,
            frozenset(self.status.currentData() or ()),
            self.person.currentData() or "",
            When(self.when.currentData()).period(today),
            self.without_evidence.isChecked(),
            self.section.currentData(),
        )

    def search(self, text: str) -> None:
        if (query := Query(text)) != self._query:
            self._query = query
            self.changed.emit()

    def show_people(self, names: Sequence[str]) -> None:
        """Fills the list of people; the one chosen stays, if it is still there."""
        if [self.person.itemData(row) for row in range(1, self.person.count())] == list(names):
            return
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem(_ALL, "")
        for name in names:
            self.person.addItem(name, name)
            self.person.setItemData(self.person.count() - 1, name, Qt.ItemDataRole.AccessibleTextRole)
        self.person.setCurrentIndex(max(self.person.findData(chosen), 0))
        self.person.blockSignals(False)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Fills the list of sections, which is there only where a roadmap has several; the one chosen stays."""
        titles = [(section.id, " ".join(f"{section.number} {section.title}".split())) for section in sections]
        listed = [(self.section.itemData(row), self.section.itemText(row)) for row in range(1, self.section.count())]
        if listed == titles:
            return
        chosen = self.section.currentData()
        self.section.blockSignals(True)
        self.section.clear()
        self.section.addItem("все разделы", None)
        for section_id, title in titles:
            self.section.addItem(title, section_id)
            self.section.setItemData(self.section.count() - 1, plain_tooltip(title), Qt.ItemDataRole.ToolTipRole)
        self.section.setCurrentIndex(max(self.section.findData(chosen) if chosen is not None else 0, 0))
        self.section.blockSignals(False)
        self.section.setVisible(len(titles) > 1)
        self._show_reset()

    def clear(self) -> None:
        """Shows all; the text searched for is the window's and stays."""
        for widget in (self.status, self.person, self.when, self.section, self.without_evidence):
            widget.blockSignals(True)
        for chooser in (self.status, self.person, self.when, self.section):
            chooser.setCurrentIndex(0)
        self.without_evidence.setChecked(False)
        for widget in (self.status, self.person, self.when, self.section, self.without_evidence):
            widget.blockSignals(False)
        self.changed.emit()

    def _chooser(self, caption: str, name: str) -> QComboBox:
        chooser = QComboBox()
        chooser.setAccessibleName(name)
        chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        chooser.setMinimumContentsLength(15)
        chooser.setMinimumWidth(80)
        chooser.setMaxVisibleItems(20)
        view = chooser.view()
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        chooser.currentIndexChanged.connect(lambda: self.changed.emit())
        if caption:
            label = QLabel(caption)
            label.setBuddy(chooser)
            self._row.addWidget(label)
        self._row.addWidget(chooser)
        return chooser

    def _show_reset(self) -> None:
        chosen = any(chooser.currentIndex() > 0 for chooser in (self.status, self.person, self.when, self.section))
        self.reset.setVisible(chosen or self.without_evidence.isChecked())
