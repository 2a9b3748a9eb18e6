"""The line at the foot: what was saved when, long work with its progress, the page's count."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from cosdesk.ui.tasks import Task, Tasks
from cosdesk.ui.theme import STEP
from cosdesk.ui.workspace import Workspace


class StatusBar(QStatusBar):
    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved, self._count, self._task_title = (QLabel() for _ in range(3))
        for label in (self._saved, self._count, self._task_title):
            # A task's title bears a file's name, which may look like markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(STEP, 0, STEP, 0)
            # A long title must not hold the window wide.
            label.setMinimumWidth(1)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._cancel = QPushButton("Прервать")
        self._copied = QLabel()
        self.addWidget(self._saved)
        self.addWidget(self._copied)
        self.addPermanentWidget(self._task_title)
        self.addPermanentWidget(self._bar)
        self.addPermanentWidget(self._cancel)
        self.addPermanentWidget(self._count)
        self._task: Task | None = None
        self._show_task(None)
        tasks.started.connect(self._show_task)
        self._cancel.clicked.connect(self._cancel_task)

    def tell(self, sentence: str) -> None:
        """A passing word, ten seconds long."""
        self.showMessage(sentence, 10_000)

    def show_saved(self, workspace: Workspace) -> None:
        """«Сохранено в 14:05», true to the last commit."""
        if not workspace.is_open:
            self._saved.setText("")
        elif workspace.file.read_only:
            self._saved.setText("Только чтение")
        elif workspace.saved_at is None:
            self._saved.setText("Все изменения сохранены")
        else:
            self._saved.setText(f"Сохранено в {workspace.saved_at:%H:%M}")

    def show_copied(self, text: str) -> None:
        """«копия сегодня в 13:30», beside what was saved."""
        self._copied.setText(text)

    def show_count(self, text: str) -> None:
        self._count.setText(text)

    def _show_task(self, task: Task | None) -> None:
        self._task = task
        for widget in (self._task_title, self._bar, self._cancel):
            widget.setVisible(task is not None)
        if task is not None:
            self._task_title.setText(task.title)
            self._bar.setRange(0, 0)
            task.progressed.connect(self._show_progress)
            task.finished.connect(lambda: self._show_task(None) if self._task is task else None)

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
