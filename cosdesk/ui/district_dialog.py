"""Asking for a district: its name in the cases that documents need; the whole card when it is wanted."""

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from cosdesk.domain.district import District
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.theme import STEP, mute

FIELDS = (
    ("name", "Название района", "Заречный район"),
    ("name_genitive", "Кого? Чего?", "Заречного района"),
    ("name_locative", "В ком? В чём?", "Заречном районе"),
    ("region", "Регион", "область, край или республика"),
    ("office", "Орган управления", "Управление образования администрации района"),
    ("head_position", "Должность руководителя", "Начальник управления образования"),
    ("head_name", "Руководитель", "Фамилия Имя Отчество"),
    ("coordinator_position", "Должность координатора", "Ведущий специалист"),
    ("coordinator_name", "Координатор", "Фамилия Имя Отчество"),
    ("coordinator_phone", "Телефон координатора", "8 (00000) 0-00-00"),
    ("coordinator_email", "Электронная почта", "адрес@почта"),
)
"""A district's fields as they are asked for: name, label, example."""
_CASES = ("name_genitive", "name_locative")
_SHORT = ("name", *_CASES)
_WIDTH = 520
_PAUSE = 250
"""Milliseconds after the last letter of a name before its cases are proposed: the dictionary takes a while to load."""


class DistrictDialog(QDialog):
    """All of a district's card, or for a new one (``short``) its name alone.

    The cases are proposed as the name is typed and stay the user's own once they are changed.
    """

    def __init__(self, district: District, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Новый район" if short else "Сведения о районе")
        self.setMinimumWidth(_WIDTH)
        self._district = district
        self._proposed = {"name_genitive": "", "name_locative": ""}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._propose_cases)
        self.fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setSpacing(STEP)
        for name, label, hint in FIELDS:
            if not short or name in _SHORT:
                self.fields[name] = self._field(name, label, hint)
                form.addRow(label, self.fields[name])
        self._sample = plain_label("")
        mute(self._sample)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        if short:
            ok.setText("Дальше…")
        self.fields["name"].textChanged.connect(lambda text: ok.setEnabled(bool(text.strip())))
        self.fields["name"].textEdited.connect(lambda: self._pause.start())
        for case in _CASES:
            self.fields[case].textChanged.connect(self._show_sample)
        layout = QVBoxLayout(self)
        layout.addWidget(plain_label(_SHORT_NOTE if short else _WHOLE_NOTE))
        layout.addLayout(form)
        layout.addWidget(self._sample)
        layout.addWidget(self._buttons)
        ok.setEnabled(bool(district.name))
        self._propose_cases()

    def _field(self, name: str, label: str, hint: str) -> QLineEdit:
        field = QLineEdit(getattr(self._district, name))
        # A long name is read from its beginning.
        field.setCursorPosition(0)
        field.setPlaceholderText(hint)
        field.setAccessibleName(label)
        return field

    @property
    def district(self) -> District:
        """The district as typed, with proposed cases where they were left empty."""
        if self._pause.isActive():
            self._pause.stop()
            self._propose_cases()
        typed = {name: " ".join(field.text().split()) for name, field in self.fields.items()}
        return replace(self._district, **typed)

    def _propose_cases(self) -> None:
        """A case that is empty or was proposed for the former name follows; one of the user's own stays."""
        from cosdesk.reports.cases import district_cases

        name = " ".join(self.fields["name"].text().split())
        for case, proposal in zip(_CASES, district_cases(name), strict=True):
            if self.fields[case].text().strip() in ("", self._proposed[case]):
                self.fields[case].setText(proposal)
            self._proposed[case] = proposal
        self._show_sample()

    def _show_sample(self) -> None:
        genitive, locative = (" ".join(self.fields[case].text().split()) for case in _CASES)
        self._sample.setText(
            f"В документах: «дорожная карта {genitive or '…'}», «школы в {locative or '…'}»."
            if self.fields["name"].text().strip()
            else ""
        )


_SHORT_NOTE = "Как называется район? Остальное программа спросит, когда оно понадобится для документа."
_WHOLE_NOTE = "Эти сведения печатаются в документах. Пустое можно заполнить позже."
