"""F1 in every dialog: the page of the help that speaks of it, over a modal one or beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cosdesk.ui.help_opening import open_help

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow

_NAME = "help key"


class HelpKey(QObject):
    """Gives the key to a dialog as soon as the keyboard is in it: no dialog need think of it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, focus: QWidget | None) -> None:
        over = focus.window() if focus is not None else None
        if not isinstance(over, QDialog) or over.findChild(QShortcut, _NAME) is not None:
            return
        if _root(over) not in (over, self._window):
            return
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), over)
        key.setObjectName(_NAME)
        key.activated.connect(lambda: self._help(over))

    def _help(self, over: QDialog) -> None:
        from cosdesk.ui.help_topics import topic_of_module

        topic = topic_of_module(type(over).__module__) or self._window.help_topic
        # What stands under a modal dialog takes no keys, so the help stands over it.
        open_help(over if over.isModal() else self._window, topic)


def _root(widget: QWidget) -> QWidget:
    """The window that all of them stand over."""
    while (above := widget.parentWidget()) is not None:
        widget = above
    return widget
