"""A window over one document: its pages, saved as PDF, Excel or Word, printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.reports.document import Document
from cosdesk.reports.export import FORMATS, render, write_document, write_file
from cosdesk.ui.document_printing import ask_and_print
from cosdesk.ui.pdf_preview import PdfPreview
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.theme import STEP, icon

_FORMATS = {
    "pdf": ("PDF", "Документ PDF (*.pdf)"),
    "xlsx": ("Excel", "Книга Excel (*.xlsx)"),
    "docx": ("Word", "Документ Word (*.docx)"),
}


@dataclass(frozen=True, eq=False)
class _Built:
    """What a document came to: its pages, or why there are none."""

    build: Callable[[], Document]
    document: Document | None = None
    pdf: bytes = b""
    refusal: str = ""


class DocumentDialog(QDialog):
    """Builds the document aside, then shows it; read-only.  ``document`` is None until it is built.

    What refuses to be built (``UserError``) is said in place of the pages.
    """

    def __init__(self, title: str, build: Callable[[], Document], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(1000, 680)
        self.document: Document | None = None
        self._tasks = Tasks(self)
        self.preview = PdfPreview()
        self._told = QLabel()
        self.save_actions = {
            name: self._action(f"Сохранить {_FORMATS[name][0]}…", "save", partial(self.save, name)) for name in FORMATS
        }
        self.print_action = self._action("Печать…", "print", self.print_document)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(STEP, STEP, STEP, STEP)
        row.setSpacing(STEP)
        row.addWidget(self._told, 1)
        close = QPushButton("Закрыть")
        close.clicked.connect(self.reject)
        row.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.preview, 1)
        self._column.addLayout(row)
        self._acts: list[QAction] = []
        self._last_button: QPushButton | None = None
        for action in (*self.save_actions.values(), self.print_action):
            self.offer(action)
        self.make(build)

    def offer(self, action: QAction) -> QPushButton:
        """A button for what can be done with the document once it is there."""
        button = _button(action)
        self._row.insertWidget(len(self._acts), button)
        # Also one that is offered late comes where it stands.
        self.setTabOrder(self._last_button or button, button)
        self._last_button = button
        self._acts.append(action)
        return button

    def make(self, build: Callable[[], Document]) -> None:
        """Shows this document in place of the one before."""
        self._wanted, self.document = build, None
        self._told.clear()
        self._allow()
        self.preview.show_message("Документ составляется…")

        def work(_: Progress) -> _Built:
            try:
                document = build()
                return _Built(build, document, render(document, "pdf"))
            except UserError as error:
                return _Built(build, refusal=str(error))

        self._tasks.run(self.windowTitle(), work, self._show)

    @property
    def is_busy(self) -> bool:
        return self._tasks.is_busy

    def done(self, result: int) -> None:
        self._tasks.stop()
        super().done(result)

    def _action(self, text: str, icon_name: str, run: Callable[[], None]) -> QAction:
        made = QAction(icon(icon_name), text, self)
        made.triggered.connect(lambda: run())
        return made

    def _show(self, built: _Built) -> None:
        if built.build is not self._wanted:
            return
        self.document = built.document
        if built.document is None:
            self.preview.show_message(built.refusal)
        else:
            self.preview.show_pdf(built.pdf, keep_place=False)
        self._allow()

    def _allow(self) -> None:
        for action in self._acts:
            action.setEnabled(self.document is not None and self._may(action))

    def _may(self, action: QAction) -> bool:
        """Whether an action is for the document at hand, which is there."""
        return True

    def save(self, file_format: str) -> None:
        """Asks for a file and writes the document into it."""
        document = self.document
        if document is None:
            return
        name, known = _FORMATS[file_format]
        proposal = str(Path(last_folder()) / f"{document.file_name}.{file_format}")
        chosen, _ = QFileDialog.getSaveFileName(self, f"Сохранить {name}", proposal, known)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.lower() != f".{file_format}":
            path = path.with_name(f"{path.name}.{file_format}")
        content = self.preview.content

        def write(_: Progress) -> Path:
            if file_format == "pdf":
                write_file(path, content)
            else:
                write_document(document, path, file_format)
            return path

        self._tasks.run(f"Сохраняется: {path.name}", write, self._tell_saved)

    def _tell_saved(self, path: Path) -> None:
        remember_folder(path)
        self._told.setText(f"Сохранено: {path.name}")

    def print_document(self) -> None:
        """Asks for the printer and prints."""
        if self.document is not None:
            ask_and_print(self.document, self.preview, self._tasks, self._told.setText, self)


def _button(action: QAction) -> QPushButton:
    button = QPushButton(action.icon(), action.text())
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    button.setEnabled(action.isEnabled())
    return button
