"""A document made here that came back signed: its scan takes the place of the pages that were filed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cosdesk.domain.evidence import Evidence, describe
from cosdesk.domain.paper import PaperRecord
from cosdesk.errors import UserError
from cosdesk.intake.papers import Paper
from cosdesk.store import evidence as store
from cosdesk.store import evidence_files
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.ui.document_edits import Tie, add_papers, attach
from cosdesk.ui.evidence_dialog import EvidenceDialog
from cosdesk.ui.messages import choose
from cosdesk.ui.paper_files import PaperFiles
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.workspace import Workspace

UNSIGNED = ", без подписи"
"""What the name of the earlier version ends with."""
_PATTERN = "Сканы (*.pdf *.jpg *.jpeg *.png);;Все файлы (*)"
_SCANS = (".pdf", ".jpg", ".jpeg", ".png")


class SignedScans(QObject):
    """Takes scans for papers of the journal and for documents; ``told`` carries a sentence about what was done."""

    told = Signal(str)

    def __init__(self, workspace: Workspace, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._files = PaperFiles(workspace, tasks, window)

    def take_for_record(self, record: PaperRecord, paths: Sequence[Path]) -> None:
        """The scan of a paper of the journal: the file that fell, else one that is asked for."""
        self._read(paths, lambda scan: self._add_to_record(record, scan))

    def take_for_document(self, document: Evidence, paths: Sequence[Path]) -> None:
        """The scan of a document of the register."""
        self._read(paths, lambda scan: self._add_to_document(document, scan))

    def _read(self, paths: Sequence[Path], done: Callable[[Paper], None]) -> None:
        if not self._workspace.is_writable:
            raise UserError("Файл района открыт только для чтения, документ приложить нельзя.")
        scan = paths[0] if paths else ask_for_scan(self._window)
        if scan is not None:
            self._files.read([scan], lambda papers: done(papers[0]))

    def _add_to_record(self, record: PaperRecord, scan: Paper) -> None:
        from cosdesk.reports.catalog import reports  # the roadmap's page need not wait for it

        documents = self._workspace.snapshot.evidence
        document = next((document for document in documents if document.id == record.evidence_id), None)
        if document is not None:
            self._add_to_document(document, scan)
            return
        title = next((known.title for known in reports() if known.id == record.report), record.title)
        if filed := file_signed(self._workspace, record, title, scan, self._window):
            self.told.emit(f"Приложен скан: {filed.label}.")

    def _add_to_document(self, document: Evidence, scan: Paper) -> None:
        unsigned = unsigned_file(self._workspace, document.id)
        if unsigned is None:
            attach(self._workspace, document, [scan])
        elif not put_scan(self._workspace, document, unsigned, scan, self._window):
            return
        self.told.emit(f"Приложен скан: {document.label}.")


def unsigned_file(workspace: Workspace, evidence_id: int) -> EvidenceFile | None:
    """The document's file that was made here and waits for its signed scan: known by its fingerprint."""
    made = {record.fingerprint for record in workspace.file.paper_records()}
    files = workspace.file.evidence_files(evidence_id)
    return next((file for file in files if file.sha256 in made and not Path(file.name).stem.endswith(UNSIGNED)), None)


def is_scan(paths: Sequence[Path]) -> bool:
    """Whether what fell may be the scan of one paper."""
    return len(paths) == 1 and paths[0].suffix.lower() in _SCANS


def ask_for_scan(parent: QWidget) -> Path | None:
    """The scan's file, None when given up."""
    name, _ = QFileDialog.getOpenFileName(parent, "Скан подписанного документа", last_folder(), _PATTERN)
    if not name:
        return None
    remember_folder(Path(name))
    return Path(name)


def put_scan(workspace: Workspace, document: Evidence, unsigned: EvidenceFile, scan: Paper, parent: QWidget) -> bool:
    """Asks whether the earlier version stays, and puts the scan first; one edit.  False when given up."""
    question = f"«{unsigned.name}» составлен программой. Что сделать с ним, когда скан приложен?"
    answer = choose(question, ("Оставить прежней версией", "Заменить сканом", "Только добавить скан"), parent)
    if answer is None:
        return False
    with workspace.edit(f"Скан документа «{shorten(document.label, 40)}»") as edit:
        if answer != 2:
            evidence_files.delete_file(edit, unsigned.id)
        evidence_files.add_file(edit, document.id, scan.name, scan.content)
        if answer == 0:
            # Put in anew, so that the scan stands first and is what opens.
            name = Path(unsigned.name)
            content = workspace.file.evidence_content(unsigned)
            evidence_files.add_file(edit, document.id, f"{name.stem}{UNSIGNED}{name.suffix}", content)
        if document.pages is None and scan.proposal.pages:
            store.change_evidence(edit, replace(document, pages=scan.proposal.pages))
    return True


def file_signed(workspace: Workspace, record: PaperRecord, title: str, scan: Paper, parent: QWidget) -> Evidence | None:
    """Asks for number and date and files a paper of the journal with its scan; the document, None when given up.

    ``title`` is the kind's name («Аналитическая справка»).
    """
    read = describe(title)
    told = scan.proposal
    proposal = Evidence(
        0,
        told.kind or read.kind,
        told.number,
        told.on or workspace.snapshot.today,
        record.title,
        pages=told.pages,
    )
    dialog = EvidenceDialog(proposal, 1, parent)
    dialog.setWindowTitle("Подписанный документ")
    dialog.number.setFocus()
    if not dialog.exec():
        return None
    signed = with_words(dialog.paper)
    rows = {item.id for contents in workspace.snapshot.roadmaps for item in contents.items}
    ties = [Tie(record.item_id)] if record.item_id in rows and record.item_id is not None else []
    (evidence_id,) = add_papers(workspace, [replace(scan, proposal=signed)], ties)
    workspace.file.mark_paper_signed(record.id, evidence_id)
    return replace(signed, id=evidence_id)


def with_words(document: Evidence) -> Evidence:
    """Without a number the register knows a document by its words."""
    return document if document.number else replace(document, text=document.label)
