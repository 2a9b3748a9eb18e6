"""Enter presses the button that has the keyboard, a flat one of a toolbar as well as any other."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QWidget

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class EnterKey(QObject):
    """Listens to the button at hand alone, so that no other event of the program waits for it.

    Qt's own buttons know the space bar; on Windows both press, and a dialog's Enter is the button one stands on
    rather than its default one.  A box to tick leaves Enter to the dialog, as it does there.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, focus: QWidget | None) -> None:
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(focus, QAbstractButton) and not isinstance(focus, QCheckBox | QRadioButton):
            focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in _PLAIN
            if is_enter and isinstance(watched, QAbstractButton):
                if not event.isAutoRepeat():
                    watched.click()
                return True
        return False
