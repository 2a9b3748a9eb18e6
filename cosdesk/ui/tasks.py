"""Long work off the window's thread, with progress and cancel in the status bar."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

_PATIENCE = 10_000
"""Milliseconds that closing waits for work that cannot be broken off."""


class CancelledError(Exception):
    """The user gave the work up; nothing is told."""


class Progress:
    """Given to the work: it reports how far it is and asks whether to go on."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._stop = Event()

    def step(self, done: int, total: int) -> None:
        """Reports ``done`` of ``total``; raises ``CancelledError`` when the user gave up."""
        if self._stop.is_set():
            raise CancelledError
        self._report(done, total)

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()


class Task(QObject):
    """One piece of work.  Signals arrive on the window's thread."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, title: str, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.progress = Progress(self.progressed.emit)
        self._runner = _Runner(self, work)

    def start(self) -> None:
        QThreadPool.globalInstance().start(self._runner)

    def cancel(self) -> None:
        self.progress.cancel()


class _Runner(QRunnable):
    def __init__(self, task: Task, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._task = task
        self._work = work

    @Slot()
    def run(self) -> None:
        task = self._task
        try:
            result = self._work(task.progress)
        except CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again on the window's thread
            task.failed.emit(error)
        else:
            if not task.progress.cancelled:
                task.succeeded.emit(result)
        task.finished.emit()


class Tasks(QObject):
    """The tasks that run; the status bar shows the newest of them."""

    started = Signal(Task)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[Task] = set()

    def run(
        self,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        ended: Callable[[Task], None] | None = None,
    ) -> Task:
        """Does ``work`` aside, then calls ``done`` with its result on the window's thread.

        ``ended`` is called however the work ended; a connection made after the start could miss it.

        An exception of the work is raised on the window's thread, where the error boundary
        shows it.
        """
        task = Task(title, work, self)
        self._running.add(task)
        task.succeeded.connect(done)
        task.failed.connect(_raise)
        task.finished.connect(lambda: self._running.discard(task))
        if ended is not None:
            task.finished.connect(lambda: ended(task))
        self.started.emit(task)
        task.start()
        return task

    def stop(self) -> None:
        """Gives up all that runs and waits for it: nothing may speak to a window that is gone."""
        for task in self._running:
            task.cancel()
        QThreadPool.globalInstance().waitForDone(_PATIENCE)

    @property
    def is_busy(self) -> bool:
        return bool(self._running)


def _raise(error: BaseException) -> None:
    raise error
