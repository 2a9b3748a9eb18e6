"""What every page of the window is: a widget over the workspace that refreshes itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.dataclass import dataclass
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP
from cosdesk.ui.workspace import Workspace

_TEXT_WIDTH = 520
"""Pixels of a line that is read at a glance."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a row or an indicator of a roadmap, or a round of monitoring."""

    roadmap_id: int
    item_id: int | None = None
    indicator_id: int | None = None
    round_id: int | None = None


class Page(QWidget):
    """A page.  Subclasses fill themselves in ``refresh`` and may answer the window's search and print.

    ``refresh`` gets the names of the tables that changed, or an empty set when everything is new.
    ``led`` asks the window to turn to a ``Place``, ``page_wanted`` to a page by its title; ``status_changed`` says
    that ``status_text`` is another without anything being edited.
    """

    led = Signal(object)
    page_wanted = Signal(str)
    status_changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.tasks = tasks

    def refresh(self, tables: frozenset[str]) -> None:
        raise NotImplementedError

    def show_place(self, place: Place) -> None:
        """Brings a row or an indicator of the roadmap at hand into view and chooses it."""

    def take_keyboard(self) -> None:
        """The focus goes to the page's first table or list, where a hand expects the arrows to work."""
        for view in self.findChildren(QAbstractItemView):
            if view.isVisibleTo(self) and view.focusPolicy() & Qt.FocusPolicy.TabFocus:
                view.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def search(self, text: str) -> None:
        """Shows only what holds the text; an empty text shows all."""

    def take_forms(self) -> None:
        """The forms are others: a page that shows some reads them anew."""

    def menu_actions(self) -> list[QAction]:
        """The page's own actions for the window's «Правка» menu."""
        return []

    def waiting_count(self) -> int | None:
        """What waits on this page, for the list of pages; None where the page does not count it itself."""
        return None

    def status_text(self) -> str:
        """A short count for the right of the status bar («48 строк, 7 просрочено»)."""
        return ""


class EmptyState(QWidget):
    """What an empty page says: one sentence and the actions that fill it."""

    def __init__(self, sentence: str, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP * 2)
        layout.addStretch(2)
        text = QLabel(sentence)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text.setFixedWidth(_TEXT_WIDTH)
        # A centred label is not asked how high its lines are at that width.
        text.setMinimumHeight(text.heightForWidth(_TEXT_WIDTH))
        layout.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        for action in actions:
            button = QPushButton(action.icon(), action.text())
            button.setMinimumWidth(320)
            button.clicked.connect(action.trigger)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
