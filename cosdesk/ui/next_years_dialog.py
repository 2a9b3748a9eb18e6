"""Asking for the years into which a roadmap is taken over."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.shift import next_years
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.ui.roadmap_edits import open_contents
from cosdesk.ui.theme import STEP
from cosdesk.ui.workspace import Workspace


class NextYearsDialog(QDialog):
    """First and last year of the copy; the years right after the plan's are proposed."""

    def __init__(self, contents: RoadmapContents, today_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Скопировать на следующие годы")
        first, last = contents.roadmap.years or (today_year, today_year)
        self._first, self._last = QSpinBox(), QSpinBox()
        form = QFormLayout()
        form.setSpacing(STEP)
        for spin, label, value in (
            (self._first, "Первый год", last + 1),
            (self._last, "Последний год", last + 1 + last - first),
        ):
            spin.setRange(2000, 2100)
            spin.setValue(value)
            spin.setAccessibleName(label)
            form.addRow(label, spin)
        self._first.valueChanged.connect(self._last.setMinimum)
        self._last.setMinimum(self._first.value())
        note = QLabel(
            "Строки, разделы и показатели перейдут в новую дорожную карту, годы в сроках сдвинутся."
            " Исполнение, документы, утверждение и планы прежних лет останутся в старой."
        )
        note.setWordWrap(True)
        note.setFixedWidth(420)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Скопировать")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        layout.addWidget(note)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @property
    def years(self) -> tuple[int, int]:
        return self._first.value(), self._last.value()


def copy_to_next_years(workspace: Workspace, parent: QWidget | None = None) -> bool:
    """Asks for the years and makes the copy as one edit; True when it was made and is at hand."""
    contents = open_contents(workspace)
    dialog = NextYearsDialog(contents, workspace.snapshot.today.year, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    first, last = dialog.years
    with workspace.edit(f"Копия дорожной карты на {first}–{last} годы") as edit:
        roadmap_id = add_roadmap(edit, next_years(contents, first, last))
    workspace.choose_roadmap(roadmap_id)
    return True
