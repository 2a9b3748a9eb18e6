"""How the window looks on this computer: colours and the size of letters, as the user set them."""

from PySide6.QtWidgets import QApplication

from cosdesk.ui.settings import settings
from cosdesk.ui.theme import USUAL_POINTS, Scheme, apply_theme

SMALLEST, LARGEST = 8, 14
"""Points between which the letters may be."""


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
