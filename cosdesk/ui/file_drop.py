"""Files dropped on a widget."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

FORM_SUFFIX = ".toml"
FORM_FILTER = f"Форма (*{FORM_SUFFIX})"


class FileDrop(QObject):
    """Takes files and folders that are dropped on ``widget``; other drags are left to it.

    A form is left to the window, which knows what to do with it, but where ``with_forms`` asks for it; so is a
    workbook that the program made and that comes back filled in.

    ``dropped`` carries the paths and where they fell, after the drop has ended: a dialog inside
    it would hold the program they came from.
    """

    dropped = Signal(object, QPoint)

    def __init__(self, widget: QWidget, with_forms: bool = False) -> None:
        super().__init__(widget)
        self._with_forms = with_forms
        self.enabled = True
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.enabled and isinstance(event, QDropEvent) and (paths := self._paths(event)):
            # A move event is a drop event too, and so is the first one.
            event.acceptProposedAction()
            if not isinstance(event, QDragMoveEvent):
                point = event.position().toPoint()
                QTimer.singleShot(0, lambda: self.dropped.emit(paths, point))
            return True
        return super().eventFilter(watched, event)

    def _paths(self, event: QDropEvent) -> list[Path]:
        paths = local_paths(event)
        forms = bool(paths) and all(path.suffix.lower() == FORM_SUFFIX for path in paths)
        return [] if (forms and not self._with_forms) or _is_twin(paths) else paths


def _is_twin(paths: list[Path]) -> bool:
    if len(paths) != 1 or paths[0].suffix.lower() != ".xlsx":
        return False
    from cosdesk.intake.answer_twin import looks_like_twin

    return looks_like_twin(paths[0])


def local_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
