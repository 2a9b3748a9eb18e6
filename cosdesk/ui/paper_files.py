"""The files of documents: taken in aside, opened by the system, saved where the user says."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cosdesk.errors import UserError
from cosdesk.intake.papers import Paper, read_paper
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.workspace import Workspace

PATTERN = "Документы и сканы (*.pdf *.jpg *.jpeg *.png *.docx *.xlsx);;Все файлы (*)"


class PaperFiles(QObject):
    """``told`` carries a sentence about what was done."""

    told = Signal(str)

    def __init__(self, workspace: Workspace, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._tasks = tasks
        self._widget = window
        self._opened: list[TemporaryDirectory[str]] = []

    def choose(self, title: str, done: Callable[[list[Paper]], None], several: bool = True) -> None:
        """Asks for files and reads them."""
        if several:
            names, _ = QFileDialog.getOpenFileNames(self._widget, title, last_folder(), PATTERN)
        else:
            name, _ = QFileDialog.getOpenFileName(self._widget, title, last_folder(), PATTERN)
            names = [name] if name else []
        if names:
            remember_folder(Path(names[0]))
            self.read([Path(name) for name in names], done)

    def read(self, paths: Sequence[Path], done: Callable[[list[Paper]], None]) -> None:
        """Reads files off the window's thread; a faulty one refuses all, with the reason."""
        file = self._workspace.file

        def work(progress: Progress) -> list[Paper]:
            papers = []
            for number, path in enumerate(paths):
                progress.step(number, len(paths))
                papers.append(read_paper(path, lambda: progress.cancelled))
            return papers

        def take(papers: list[Paper]) -> None:
            if self._workspace.is_open and self._workspace.file is file:
                done(papers)

        self._tasks.run("Чтение документов", work, take)

    def open(self, file: EvidenceFile) -> None:
        """The system's program shows a copy of the file; the one kept is never changed."""
        path, folder = self._workspace.file.evidence_to_open(file)
        # Kept until the window goes: the program that shows it reads it when it likes.
        self._opened.append(folder)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise UserError(f"Нет программы, которая открывает «{file.name}». Сохраните файл и откройте его сами.")

    def save_as(self, file: EvidenceFile) -> None:
        proposal = str(Path(last_folder()) / file.name)
        name, _ = QFileDialog.getSaveFileName(self._widget, "Сохранить файл документа", proposal)
        if not name:
            return
        path = Path(name)
        content = self._workspace.file.evidence_content(file)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise UserError(f"Файл «{path.name}» не сохранён: в эту папку нельзя записать.") from error
        remember_folder(path)
        self.told.emit(f"Файл сохранён: {path}")
