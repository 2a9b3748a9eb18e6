"""Ctrl+C on a list: the selected rows as a table that Word and Excel take."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QTreeView

from cosdesk.ui.theme import icon


def enable_copy(view: QTreeView) -> QAction:
    """Adds «Скопировать» to the view's context menu and keys; the action, for other menus."""
    action = QAction(icon("copy"), "Скопировать", view)
    action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: QApplication.clipboard().setText(selected_text(view)))
    view.addAction(action)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return action


def selected_text(view: QTreeView) -> str:
    """The selected rows, cells parted by tabs; line breaks inside a cell become blanks."""
    model = view.model()
    rows = sorted({index.row() for index in view.selectedIndexes()})
    return "\n".join(
        "\t".join(
            " ".join(str(model.index(row, column).data() or "").split()) for column in range(model.columnCount())
        )
        for row in rows
    )
