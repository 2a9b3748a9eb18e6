"""Asks for a password: a new one twice with what it protects, a known one once."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cosdesk.store.password import SHORTEST
from cosdesk.ui.theme import STEP, scaled

_PROTECTS = (
    "Копию под паролем можно отправить почтой или унести на флешке: без пароля её не прочтёт никто."
    " Забытый пароль восстановить нельзя. Файл, в котором вы работаете, и резервные копии остаются без пароля."
)
_WIDTH = 460


class PasswordDialog(QDialog):
    """``password`` is what was typed; for a new one both fields must agree."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_new = not sentence
        self.setWindowTitle(title)
        self.setFixedWidth(scaled(_WIDTH))
        told = QLabel(sentence or _PROTECTS)
        told.setWordWrap(True)
        self._first, self._second = QLineEdit(), QLineEdit()
        self._first.setAccessibleName("Пароль")
        self._second.setAccessibleName("Пароль ещё раз")
        self._shown = QCheckBox("Показать пароль")
        self._shown.toggled.connect(self._show_letters)
        self._note = QLabel()
        self._note.setWordWrap(True)
        form = QFormLayout()
        form.addRow("Пароль", self._first)
        if self._is_new:
            form.addRow("Ещё раз", self._second)
        form.addRow("", self._shown)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._accept = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._accept.setText("Сохранить копию…" if self._is_new else "Открыть")
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(self._note)
        layout.addWidget(buttons)
        for field in (self._first, self._second):
            field.textChanged.connect(self._check)
        self._show_letters(False)
        self._check()

    @property
    def password(self) -> str:
        return self._first.text()

    def _show_letters(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for field in (self._first, self._second):
            field.setEchoMode(mode)

    def _check(self) -> None:
        missing = ""
        if self._is_new and len(self.password) < SHORTEST:
            missing = f"Не меньше {SHORTEST} знаков: лучше несколько слов."
        elif self._is_new and self._second.text() != self.password:
            missing = "Введите пароль ещё раз."
        self._note.setText(missing)
        self._note.setVisible(self._is_new)
        self._accept.setEnabled(bool(self.password) and not missing)
