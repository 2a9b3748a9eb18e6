"""Why a finding is no mistake: one line, asked before it is hidden for good."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from cosdesk.domain.checks.finding import Finding
from cosdesk.ui.theme import STEP

_WIDTH = 500


class DismissDialog(QDialog):
    """``reason`` is what was typed; an empty one is not accepted.  ``known`` are reasons given before."""

    def __init__(self, findings: Sequence[Finding], known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Не ошибка")
        first = findings[0]
        told = f"{first.place}\n{first.message}" if len(findings) == 1 else f"Выбрано замечаний: {len(findings)}."
        text = QLabel(f"{told}\n\nБольше не показывать? Замечание можно вернуть: «Показать скрытые».")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setFixedWidth(_WIDTH)
        label = QLabel("Почему это &не ошибка")
        self.line = QLineEdit()
        self.line.setPlaceholderText("Например: так утверждено постановлением")
        self.line.setAccessibleName("Почему это не ошибка")
        self.line.setCompleter(QCompleter(list(dict.fromkeys(known)), self.line))
        label.setBuddy(self.line)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = buttons.addButton("Больше не показывать", QDialogButtonBox.ButtonRole.AcceptRole)
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
