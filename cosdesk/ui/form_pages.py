"""The live preview of a form being changed: the PDF itself, built aside after a short pause."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.form_sample import sample_pdf
from cosdesk.forms.reading import FormError
from cosdesk.reports.request import Request
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.pdf_preview import PdfPreview
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.workspace import Workspace

PAUSE = 60
"""Milliseconds without a key after which the pages are built."""
_NO_FILE = "Чтобы видеть документ, откройте файл района или пример (меню «Справка»)."
_HELP = "Так документ выглядит по данным открытого района."


@dataclass(frozen=True, eq=False)
class _Made:
    source: str
    pdf: bytes = b""
    error: UserError | None = None


class FormPages(QWidget):
    """``judged`` carries the fault of the form shown, None when it is sound; the last good pages stay."""

    judged = Signal(object)

    def __init__(self, workspace: Workspace, request: Callable[[str], Request], parent: QWidget | None = None) -> None:
        """``request`` is what a form of that text is tried with; it is asked on the window's thread."""
        super().__init__(parent)
        self._workspace, self._request = workspace, request
        self._tasks = Tasks(self)
        self._wanted = self._shown = ""
        self.preview = PdfPreview()
        self.notice = NoticeLine(_HELP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.preview, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._make)

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was asked for last."""
        return self._shown == self._wanted and not self._pause.isActive() and not self._tasks.is_busy

    def ask(self, source: str) -> None:
        """Builds the pages of this text after a pause."""
        self._wanted = source
        self._pause.start()

    def turn_to(self, heading: str) -> None:
        """Turns to the place where that heading stands; where there is none, the pages stay."""
        self.preview.turn_to(heading)

    def stop(self) -> None:
        self._pause.stop()
        self._tasks.stop()

    def _make(self) -> None:
        if self._tasks.is_busy or self._shown == self._wanted:
            return  # what is being built asks again at its end
        source = self._wanted
        if not self._workspace.is_open:
            self._shown = source
            self.preview.show_message(_NO_FILE)
            self.judged.emit(None)
            return
        try:
            request = self._request(source)
        except UserError as error:
            self._show(_Made(source, error=error))
            return
        snapshot = self._workspace.snapshot

        def work(_: object) -> _Made:
            try:
                return _Made(source, sample_pdf(source, Path("формы"), snapshot, request))
            except UserError as error:
                return _Made(source, error=error)

        self._tasks.run("Предварительный просмотр формы", work, self._show, lambda _: self._go_on())

    def _go_on(self) -> None:
        if self._shown != self._wanted:
            QTimer.singleShot(0, self._make)

    def _show(self, made: _Made) -> None:
        self._shown = made.source
        error = made.error
        if error is None:
            self.notice.complain("")
            self.preview.show_pdf(made.pdf, keep_place=self.preview.page_count > 0)
        elif isinstance(error, FormError) and self.preview.page_count:
            self.notice.complain(f"{fault_sentence(error)} Показан документ до этой правки.")
        elif isinstance(error, FormError):
            self.notice.complain(fault_sentence(error))
        else:
            self.preview.show_message(str(error))
        self.judged.emit(error if isinstance(error, FormError) else None)


def fault_sentence(error: FormError) -> str:
    """The fault without the file's name: the form is open, its lines are numbered as in the file."""
    if not error.line:
        return str(error)
    reason = error.reason[:1].upper() + error.reason[1:]
    return f"{reason} (строка {error.line} формы)."
