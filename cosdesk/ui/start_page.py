"""The first thing a new user sees: three large choices and the files opened last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCommandLinkButton, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from cosdesk.ui.settings import recent_files
from cosdesk.ui.theme import STEP


class StartPage(QWidget):
    """Shown while no file is open.  ``file_chosen`` carries the path of a recent file."""

    file_chosen = Signal(Path)

    def __init__(self, choices: list[tuple[QAction, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QWidget()
        column.setMaximumWidth(560)
        layout = QVBoxLayout(column)
        layout.setSpacing(STEP)
        title = QLabel("С чего начнём?")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        title.setFont(font)
        layout.addStretch(1)
        layout.addWidget(title)
        for action, description in choices:
            layout.addWidget(_choice(action.text().rstrip("…"), description, action))
        self._recent_title = QLabel("Недавние файлы")
        self._recent = QListWidget()
        self._recent.setAccessibleName("Недавние файлы")
        self._recent.itemActivated.connect(
            lambda line: self.file_chosen.emit(Path(line.data(Qt.ItemDataRole.UserRole)))
        )
        layout.addSpacing(STEP)
        layout.addWidget(self._recent_title)
        layout.addWidget(self._recent, 2)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addWidget(column, 1)
        outer.setAlignment(column, Qt.AlignmentFlag.AlignHCenter)
        column.setMinimumWidth(520)
        self.refresh()

    def refresh(self) -> None:
        self._recent.clear()
        for path in recent_files():
            line = QListWidgetItem(f"{path.stem}\n{path.parent}")
            line.setData(Qt.ItemDataRole.UserRole, str(path))
            self._recent.addItem(line)
        for widget in (self._recent_title, self._recent):
            widget.setVisible(self._recent.count() > 0)


def _choice(title: str, description: str, action: QAction) -> QCommandLinkButton:
    button = QCommandLinkButton(title, description)
    button.setIcon(action.icon())
    button.setIconSize(QSize(28, 28))
    run: Callable[[], None] = action.trigger
    button.clicked.connect(run)
    return button
