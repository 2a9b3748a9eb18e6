"""Asking for a reason in a word or a sentence, which is kept."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.theme import STEP


class ReasonDialog(QDialog):
    """A sentence, a line for the reason and a button that waits for it; ``caption`` may hold a mnemonic."""

    def __init__(self, sentence: str, caption: str, name: str, yes: str, width: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        text = plain_label(sentence)
        text.setFixedWidth(width)
        label = QLabel(caption)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        label.setBuddy(self.line)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setEnabled(False)
        self.accept_button.setDefault(True)
        self.line.textChanged.connect(lambda: self.accept_button.setEnabled(bool(self.reason)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        for widget in (text, label, self.line, buttons):
            layout.addWidget(widget)
        self.line.setFocus()

    @property
    def reason(self) -> str:
        return " ".join(self.line.text().split())
