"""Files dropped on a widget."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Takes files and folders that are dropped on ``widget``; other drags are left to it.

    ``dropped`` carries the paths and where they fell, after the drop has ended: a dialog inside
    it would hold the program they came from.
    """

    dropped = Signal(object, QPoint)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.enabled = True
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.enabled and isinstance(event, QDropEvent) and (paths := local_paths(event)):
            # A move event is a drop event too, and so is the first one.
            event.acceptProposedAction()
            if not isinstance(event, QDragMoveEvent):
                point = event.position().toPoint()
                QTimer.singleShot(0, lambda: self.dropped.emit(paths, point))
            return True
        return super().eventFilter(watched, event)


def local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
