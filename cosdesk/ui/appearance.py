"""How the window looks on this computer: colours and the size of letters, as the user set them."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from cosdesk.ui.settings import settings
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import USUAL_POINTS, Scheme, apply_theme, is_dark

SMALLEST, LARGEST = 8, 14
"""Points between which the letters may be."""
_PAUSE = 300  # milliseconds before it is tried again


def scheme() -> Scheme:
    """What is set; the system's own colours where nothing sensible is."""
    value = str(settings().value("look/scheme", ""))
    return Scheme(value) if value in set(Scheme) else Scheme.SYSTEM


def points() -> int:
    """The letters' size; the usual one where nothing sensible is set."""
    value = str(settings().value("look/points", ""))
    return int(value) if value.isdecimal() and SMALLEST <= int(value) <= LARGEST else USUAL_POINTS


def choose(wanted: Scheme, size: int) -> None:
    """Kept for the next start and seen at once."""
    kept = settings()
    kept.setValue("look/scheme", wanted.value)
    kept.setValue("look/points", size)
    apply()


def apply() -> None:
    """The window as it is set."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, scheme(), points())


def follow_system() -> None:
    """When the system turns to dark colours, so does a window that is to look as the system does."""
    hints = QApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda: apply() if scheme() is Scheme.SYSTEM else None)


class LookWatch(QObject):
    """``changed`` follows once the colours or the letters are others and nothing stands in the way."""

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._known = _present_look()
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._tell)

    def note(self) -> None:
        """A palette or a font was set, perhaps the same as before."""
        self._pause.start(0)

    def _tell(self) -> None:
        if self._known == _present_look():
            return
        if self._tasks.is_busy or QApplication.activeModalWidget() is not None:
            # Work under way answers to the page that asked for it, and a dialog stands over its own.
            self._pause.start(_PAUSE)
            return
        self._known = _present_look()
        self.changed.emit()


def _present_look() -> tuple[bool, float]:
    return is_dark(), QApplication.font().pointSizeF()
