"""The report asked for last, built off the window's thread; what is to be done with it waits until it is there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from cosdesk.errors import UserError
from cosdesk.reports.document import Document
from cosdesk.ui.report_order import Built, Order, build
from cosdesk.ui.tasks import Task, Tasks


class ReportBuild(QObject):
    """``order`` is what was asked for last, ``built`` what was made last.

    ``begun``: a build starts.  ``made`` carries the ``Built`` of the order at hand, and whether it is the
    paper that was shown before, changed.  ``failed``: there is no such report, and none is being built.
    """

    begun = Signal()
    made = Signal(object, bool)
    failed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.order: Order | None = None
        self.built: Built | None = None
        self._task: Task | None = None
        self._waiting: Callable[[Document, bytes], None] | None = None
        # One build a pause: a year turned by the wheel passes ten periods.
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(self.start)

    @property
    def is_done(self) -> bool:
        return self.built is not None and self.built.order is self.order

    def ask(self, order: Order, at_once: bool) -> None:
        """Another order in place of the last one, whose build is given up."""
        self.order = order
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._pause.start(0 if at_once else 150)

    def start(self) -> None:
        """Builds what was asked for."""
        order = self.order
        if order is not None:
            self.begun.emit()
            title = f"Составляется: {order.report.title.lower()}"
            self._task = self._tasks.run(title, lambda _: build(order), self._take, self._finish)

    def do(self, act: Callable[[Document, bytes], None]) -> None:
        """Does that with the document and its PDF, at once or when they are there; ``UserError`` says why not."""
        if not self.is_done:
            self._waiting = act
            if self._task is None and not self._pause.isActive():
                self.start()
            return
        assert self.built is not None
        if self.built.document is None:
            raise UserError(self.built.refusal)
        act(self.built.document, self.built.pdf)

    def _take(self, built: Built) -> None:
        former = self.built
        if built.order is not self.order:
            return
        self.built = built
        same = former is not None and bool(former.pdf) and built.order.is_same_paper(former.order)
        self.made.emit(built, same)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            # After this signal: a dialog inside it would hold the task.
            QTimer.singleShot(0, lambda: self.do(waiting))

    def _finish(self, task: Task) -> None:
        """After the work, however it ended: a report that was not built must not look as if it were."""
        if task is not self._task:
            return
        self._task = None
        if not self.is_done:
            self._waiting = None
            self.failed.emit()
