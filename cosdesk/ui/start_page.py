"""The first thing a new user sees: three large choices and the files opened last."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.ui.panel_parts import flat_button
from cosdesk.ui.settings import recent_files, settings
from cosdesk.ui.theme import STEP, icon, mute

_WIDTH = 620
_SIGN = 56  # pixels of the program's own sign


class Choice(NamedTuple):
    """One large choice: its words, a line about it, its icon, what it does."""

    title: str
    description: str
    icon_name: str
    run: Callable[[], object]


class StartPage(QWidget):
    """Shown while no file is open.  ``file_chosen`` carries the path of a recent file.

    ``tour_wanted``: to be led through the window; offered here until it was taken or left once.
    """

    file_chosen = Signal(Path)
    tour_wanted = Signal()

    def __init__(self, choices: list[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(column)
        layout.setSpacing(STEP)
        layout.addStretch(1)
        layout.addLayout(_head())
        layout.addSpacing(STEP * 2)
        for choice in choices:
            layout.addWidget(_button(choice))
        self.tour = flat_button("Показать за минуту, что где", self.tour_wanted.emit, "help")
        layout.addWidget(self.tour, 0, Qt.AlignmentFlag.AlignHCenter)
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
        self.refresh()

    def refresh(self) -> None:
        self._recent.clear()
        for path in recent_files():
            line = QListWidgetItem(f"{path.stem}\n{path.parent}")
            line.setData(Qt.ItemDataRole.UserRole, str(path))
            self._recent.addItem(line)
        self.tour.setHidden(settings().contains("tour/seen"))
        for widget in (self._recent_title, self._recent):
            widget.setVisible(self._recent.count() > 0)


def _head() -> QHBoxLayout:
    """The sign, the question and what the program is."""
    sign = QLabel()
    sign.setPixmap(icon("cosdesk").pixmap(QSize(_SIGN, _SIGN)))
    title, about = QLabel("С чего начнём?"), QLabel("Дорожная карта района, показатели, отчёты. Без Интернета.")
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.8)
    title.setFont(font)
    mute(about)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(title)
    words.addWidget(about)
    head = QHBoxLayout()
    head.setSpacing(STEP * 2)
    head.addWidget(sign)
    head.addLayout(words, 1)
    return head


class _ChoiceButton(QCommandLinkButton):
    """Shows that it has the focus, which Qt's own does not."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
            painter.end()


def _button(choice: Choice) -> QCommandLinkButton:
    button = _ChoiceButton(choice.title, choice.description)
    button.setIcon(icon(choice.icon_name))
    button.setIconSize(QSize(36, 36))
    font = button.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    button.setFont(font)
    button.setMinimumHeight(76)
    # Told once more here: a screen reader reads the title alone otherwise.
    button.setAccessibleName(choice.title)
    button.setAccessibleDescription(choice.description)
    button.clicked.connect(lambda: choice.run())
    return button
