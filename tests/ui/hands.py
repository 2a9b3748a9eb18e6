"""Hands on a sheet: letters of any alphabet, a cell typed over, files dropped."""

import warnings
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cosdesk.ui.register import RegisterView
from cosdesk.ui.sheet import SheetView


def keys(widget: QWidget, text: str) -> None:
    """Types letters of any alphabet, which ``QTest.keyClicks`` does not."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def type_into(view: SheetView, index: QModelIndex, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Types over the cell as one does: the first letter opens it, a key closes it."""
    view.setFocus()
    view.setCurrentIndex(index)
    keys(view, text[0])
    field = QApplication.focusWidget()
    assert view.isAncestorOf(field) and field is not view
    keys(field, text[1:])
    QTest.keyClick(field, end)


def cell(view: RegisterView, row: int, key: str) -> QModelIndex:
    """A cell of the screen; row -1 is the blank one."""
    model = view.model()
    return model.index(row % model.rowCount(), view._register.section_of(key))


def shown(view: RegisterView, key: str) -> list[str]:
    """A column as it stands on the screen, the blank row left out."""
    return [cell(view, row, key).data() for row in range(view.model().rowCount() - 1)]


def paste_at(view: SheetView, index: QModelIndex, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    view.setFocus()
    view.setCurrentIndex(index)
    view.paste_action.trigger()


def drop(widget: QWidget, point: QPoint, *paths: Path) -> None:
    """Lets files fall on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    # Qt lets a drop fall only where the drag has entered.
    with warnings.catch_warnings():
        # The only constructor there is; Qt calls it deprecated to keep it for itself.
        warnings.simplefilter("ignore", DeprecationWarning)
        entering = QDragEnterEvent(point, action, data, button, none)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(point), action, data, button, none))
