"""Asking which school takes over others, and from which day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from cosdesk.domain.organisation import School
from cosdesk.ui.text_fields import DateField
from cosdesk.ui.theme import STEP


class MergeDialog(QDialog):
    """``into`` is the school that remains, ``on`` the day from which the others are closed."""

    def __init__(
        self, closing: Sequence[School], others: Sequence[School], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Присоединить к другой школе")
        self.setMinimumWidth(480)
        self._others = list(others)
        names = ", ".join(f"«{school.label}»" for school in closing[:5])
        note = QLabel(f"Присоединяется: {names}{'…' if len(closing) > 5 else ''}. Прежние ответы остаются за ней.")
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        self.school = QComboBox()
        self.school.setAccessibleName("К какой школе")
        for other in others:
            self.school.addItem(other.label)
        self.day = DateField("С какой даты", today)
        form = QFormLayout()
        form.setSpacing(STEP)
        form.addRow("К школе", self.school)
        form.addRow("С даты", self.day)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.day.textChanged.connect(lambda: ok.setEnabled(bool(self.day.is_valid and self.day.day)))
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addWidget(note)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @property
    def into(self) -> School:
        return self._others[self.school.currentIndex()]

    @property
    def on(self) -> date:
        day = self.day.day
        assert day is not None
        return day
