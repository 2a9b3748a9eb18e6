"""Asking for a district: its name, its region, the office and the people who sign."""

from dataclasses import replace

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from cosdesk.domain.district import District
from cosdesk.domain.names import decline_district
from cosdesk.ui.theme import STEP

_FIELDS = (
    ("name", "Название района", "Заречный район"),
    ("region", "Регион", "область, край или республика"),
    ("name_genitive", "Родительный падеж", "Заречного района"),
    ("name_locative", "Предложный падеж (в …)", "Заречном районе"),
    ("office", "Орган управления", "Управление образования администрации района"),
    ("head_position", "Должность руководителя", "Начальник управления образования"),
    ("head_name", "Руководитель", "Фамилия Имя Отчество"),
    ("coordinator_position", "Должность координатора", "Ведущий специалист"),
    ("coordinator_name", "Координатор", "Фамилия Имя Отчество"),
    ("coordinator_phone", "Телефон", "8 (00000) 0-00-00"),
    ("coordinator_email", "Электронная почта", "адрес@почта"),
)
_SHORT = ("name", "region")


class DistrictDialog(QDialog):
    """All of a district's card, or only name and region for a new one (``short``)."""

    def __init__(self, district: District, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Новый район" if short else "Сведения о районе")
        self.setMinimumWidth(520)
        self._district = district
        self._fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setSpacing(STEP)
        for name, label, hint in _FIELDS:
            if short and name not in _SHORT:
                continue
            field = QLineEdit(getattr(district, name))
            field.setPlaceholderText(hint)
            field.setAccessibleName(label)
            self._fields[name] = field
            form.addRow(label, field)
        self._fields["name"].textChanged.connect(self._propose_cases)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        if not short:
            note = QLabel("Эти сведения печатаются в документах. Пустое можно заполнить позже.")
            note.setWordWrap(True)
            layout.addWidget(note)
        layout.addLayout(form)
        layout.addWidget(self._buttons)
        self._propose_cases(district.name)

    @property
    def district(self) -> District:
        """The district as typed, with proposed cases where they were left empty."""
        values = {name: field.text().strip() for name, field in self._fields.items()}
        typed = replace(self._district, **values)
        genitive, locative = decline_district(typed.name)
        return replace(
            typed, name_genitive=typed.name_genitive or genitive, name_locative=typed.name_locative or locative
        )

    def _propose_cases(self, name: str) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(name.strip()))
        if "name_genitive" in self._fields:
            genitive, locative = decline_district(name.strip())
            self._fields["name_genitive"].setPlaceholderText(genitive or "Заречного района")
            self._fields["name_locative"].setPlaceholderText(locative or "Заречном районе")
