"""One document: its kind, number, date and title; or several at once, named in words."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cosdesk.domain.evidence import DOCUMENT_KINDS, Evidence
from cosdesk.errors import UserError
from cosdesk.ui.evidence_field import EvidenceField
from cosdesk.ui.text_fields import DateField
from cosdesk.ui.theme import STEP


class EvidenceDialog(QDialog):
    """The card of a document that is known already."""

    def __init__(self, paper: Evidence, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper = paper
        self.setWindowTitle("Документ")
        self.setMinimumWidth(480)
        self.kind = QComboBox()
        self.kind.setEditable(True)
        self.kind.addItems(DOCUMENT_KINDS)
        self.kind.setCurrentText(paper.kind)
        self.kind.setAccessibleName("Вид документа")
        self.number = QLineEdit(paper.number)
        self.number.setAccessibleName("Номер")
        self.on = DateField("Дата", paper.on)
        self.title = QLineEdit(paper.title)
        self.title.setAccessibleName("Название")
        self.text = QLineEdit(paper.text)
        self.text.setAccessibleName("Записан словами")
        form = QFormLayout()
        form.setSpacing(STEP)
        for label, field in (
            ("Вид", self.kind), ("Номер", self.number), ("Дата", self.on), ("Название", self.title),
            ("Словами", self.text),
        ):  # fmt: skip
            form.addRow(label, field)
        for line in (self.title, self.text):
            line.setCursorPosition(0)
        # Words as typed matter only where nothing could be read from them.
        form.setRowVisible(self.text, not (paper.number or paper.title))
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        if rows > 1:
            note = QLabel(f"Документ подтверждает строк: {rows}. Изменения будут видны у каждой.")
            note.setWordWrap(True)
            layout.addWidget(note)
        layout.addLayout(form)
        self._fault = QLabel()
        self._fault.setTextFormat(Qt.TextFormat.PlainText)
        self._fault.setWordWrap(True)
        self._fault.hide()
        layout.addWidget(self._fault)
        layout.addWidget(_buttons(self))

    @property
    def paper(self) -> Evidence:
        """The document as typed."""
        return replace(
            self._paper,
            kind=self.kind.currentText().strip(),
            number=self.number.text().strip().removeprefix("№").strip(),
            on=self.on.day,
            title=self.title.text().strip().strip("«»\""),
            text=self.text.text().strip(),
        )

    def accept(self) -> None:
        try:
            if not self.paper.label:
                raise UserError("Укажите вид, номер или название документа.")
        except UserError as error:
            self._fault.setText(str(error))
            self._fault.show()
            return
        super().accept()


class AddEvidenceDialog(QDialog):
    """Documents to tie to a row: typed in words or chosen."""

    def __init__(self, known: Sequence[Evidence], title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Добавить документ")
        self.setMinimumWidth(520)
        name = QLabel(title)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        self.evidence = EvidenceField(known)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addWidget(name)
        layout.addWidget(self.evidence)
        layout.addWidget(_buttons(self))
        self.evidence.line.setFocus()


def _buttons(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
