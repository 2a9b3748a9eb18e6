"""What was saved last: its name, and the buttons that open it and its folder."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.errors import UserError
from cosdesk.ui.delegates import plain_tooltip
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.theme import STEP, icon


class SavedFile(QWidget):
    """Empty until something is shown, and after ``forget``; ``file`` is what was saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: Path | None = None
        self._folder: Path | None = None
        self.text: QLabel = plain_label("")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.open_file = QPushButton(icon("open"), "Открыть файл")
        self.open_folder = QPushButton(icon("open"), "Открыть папку")
        self.open_file.clicked.connect(lambda: _open(self.file))
        self.open_folder.clicked.connect(lambda: _open(self._folder))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        self.buttons = (self.open_file, self.open_folder)
        for widget in (self.text, *self.buttons):
            column.addWidget(widget)
        self.forget()

    def show_file(self, path: Path) -> None:
        # The folder is a click away; a whole path has no blanks to break at and would be cut.
        self._show(f"Сохранено: {path.name}", path, path.parent)
        self.text.setToolTip(plain_tooltip(str(path)))
        self.text.setAccessibleDescription(str(path))

    def show_folder(self, sentence: str, folder: Path | None) -> None:
        """Says what was put into a folder; None where nothing was."""
        self._show(sentence, None, folder)

    def tell(self, sentence: str) -> None:
        """Says what was done, the buttons as they are."""
        self.setVisible(bool(sentence))
        self.text.setText(sentence)

    def forget(self) -> None:
        self._show("", None, None)

    def _show(self, sentence: str, file: Path | None, folder: Path | None) -> None:
        self.file, self._folder = file, folder
        self.text.setText(sentence)
        self.text.setToolTip("")
        self.text.setAccessibleDescription("")
        self.setVisible(bool(sentence))
        self.open_file.setVisible(file is not None)
        self.open_folder.setVisible(folder is not None)


def _open(place: Path | None) -> None:
    if place is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
        raise UserError(f"Не удалось открыть «{place}». Откройте его из проводника.")
