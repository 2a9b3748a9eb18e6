"""The documents behind one value of an indicator or one round: named, dropped as scans, taken away."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from cosdesk.domain.evidence import Evidence
from cosdesk.intake.papers import Paper
from cosdesk.ui import document_edits
from cosdesk.ui.document_edits import RoundTie, ValueTie
from cosdesk.ui.evidence_dialog import AddEvidenceDialog
from cosdesk.ui.evidence_field import clear_layout
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.panel_parts import flat_button, part_heading, plain_label
from cosdesk.ui.paper_files import PaperFiles
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP
from cosdesk.ui.workspace import Workspace


class UsePapers(QWidget):
    """A part of a side panel.  ``told`` carries a sentence about what was done."""

    told = Signal(str)

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._files = PaperFiles(workspace, tasks, self)
        self._files.told.connect(self.told)
        self._use: ValueTie | RoundTie | None = None
        self._proved = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP // 2)
        self._drop = FileDrop(self)
        self._drop.dropped.connect(lambda paths, _: self.take(paths))

    @property
    def papers(self) -> tuple[Evidence, ...]:
        """The documents tied to what is shown."""
        found = self._workspace.snapshot.evidence if self._use and self._workspace.is_open else ()
        return tuple(paper for paper in found if self._proves(paper))

    def show_use(self, use: ValueTie | RoundTie | None, label: str) -> None:
        """Shows the documents of that value or round, called ``label`` («за 2021 год»); None hides it."""
        self._use = use
        clear_layout(self._column)
        self.setVisible(use is not None)
        if use is None:
            return
        editable = self._workspace.is_writable
        self._drop.enabled = editable
        self._proved = "мониторинг" if isinstance(use, RoundTie) else f"значение {label}"
        self._column.addWidget(part_heading(f"Документы {label}"))
        papers = self.papers
        for paper in papers:
            self._column.addWidget(self._paper(paper, editable))
        if not papers:
            self._column.addWidget(plain_label("Нет. Перетащите сюда скан или укажите документ."))
        if editable:
            self._column.addWidget(flat_button("Указать документ…", self.name, "add"))
            self._column.addWidget(flat_button("Приложить файл…", self._choose_files, "attach"))

    def take(self, paths: Sequence[Path], use: ValueTie | RoundTie | None = None) -> None:
        """Files become documents of what is shown, or of ``use``."""
        wanted = use or self._use
        if wanted is not None and self._workspace.is_writable:
            self._files.read(paths, lambda papers: self._add(papers, wanted))

    def name(self) -> None:
        """Asks for documents in words or from those known."""
        use = self._use
        if use is None:
            return
        title = f"Документ, который подтверждает {self._proved}"
        dialog = AddEvidenceDialog(self._workspace.snapshot.evidence, title, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.evidence.papers:
            document_edits.name_documents(self._workspace, dialog.evidence.papers, [use])
        dialog.deleteLater()

    def _choose_files(self) -> None:
        if use := self._use:
            self._files.choose("Файлы документов", lambda papers: self._add(papers, use))

    def _add(self, papers: Sequence[Paper], use: ValueTie | RoundTie) -> None:
        document_edits.add_papers(self._workspace, papers, [use])
        labels = "; ".join(paper.proposal.label for paper in papers[:3])
        self.told.emit(f"Приложено: {labels}. Проверьте номер и дату на странице «Документы».")

    def _proves(self, paper: Evidence) -> bool:
        match self._use:
            case ValueTie(indicator_id, period):
                return (indicator_id, period) in paper.values
            case RoundTie(round_id):
                return round_id in paper.round_ids
        return False

    def _paper(self, paper: Evidence, editable: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(plain_label(paper.label))
        if editable:
            button = flat_button("Убрать", lambda: self._release(paper))
            button.setAccessibleName(f"Больше не подтверждает: {paper.label}")
            column.addWidget(button)
        return holder

    def _release(self, paper: Evidence) -> None:
        if self._use is not None:
            document_edits.release(self._workspace, paper, self._use)
