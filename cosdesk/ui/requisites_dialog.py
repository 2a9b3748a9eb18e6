"""Asking for heads and office when a document first needs them: only what it lacks, and it may wait."""

from dataclasses import replace
from enum import Enum, auto

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from cosdesk.store.districts import change_district
from cosdesk.ui.district_dialog import FIELDS
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.theme import STEP
from cosdesk.ui.workspace import Workspace

_WIDTH = 520
_postponed: set[str] = set()
"""Districts that are not asked again until the program is started anew."""


class Answer(Enum):
    """What came of asking."""

    GO_ON = auto()
    WRITTEN = auto()
    GIVEN_UP = auto()


class RequisitesDialog(QDialog):
    """``typed`` is what was written, by field; ``later`` that the document is to be made without it."""

    def __init__(self, fields: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Что напечатать в документе")
        self.setMinimumWidth(_WIDTH)
        self.later = False
        self.fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setSpacing(STEP)
        for name, label, hint in FIELDS:
            if name in fields:
                field = QLineEdit()
                field.setPlaceholderText(hint)
                field.setAccessibleName(label)
                field.textChanged.connect(self._allow)
                self.fields[name] = field
                form.addRow(label, field)
        buttons = QDialogButtonBox()
        self.write = buttons.addButton("Записать", QDialogButtonBox.ButtonRole.AcceptRole)
        self.postpone = buttons.addButton("Заполнить позже", QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton("Отмена", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.postpone.clicked.connect(self._put_off)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(plain_label(
            "Этого документу не хватает. Записанное останется в файле района и встанет во все документы;"
            " без него на месте подписи будет пустая строка."
        ))  # fmt: skip
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._allow()

    @property
    def typed(self) -> dict[str, str]:
        found = {name: " ".join(field.text().split()) for name, field in self.fields.items()}
        return {name: text for name, text in found.items() if text}

    def _allow(self) -> None:
        self.write.setEnabled(bool(self.typed))

    def _put_off(self) -> None:
        self.later = True
        self.accept()


def ask_requisites(workspace: Workspace, fields: tuple[str, ...], parent: QWidget) -> Answer:
    """Asks for those fields once a session; where there is nothing to ask or nowhere to write, goes on."""
    district = workspace.snapshot.district
    if not fields or district.uid in _postponed or not workspace.is_writable:
        return Answer.GO_ON
    dialog = RequisitesDialog(fields, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return Answer.GIVEN_UP
    # What is left empty is meant to stay empty today.
    _postponed.add(district.uid)
    if dialog.later:
        return Answer.GO_ON
    with workspace.edit("Сведения для документов") as edit:
        change_district(edit, replace(district, **dialog.typed))
    return Answer.WRITTEN
