"""The document of one row of the plan: proposed by what the row expects, made, filed as its evidence once signed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from cosdesk.domain.evidence import Evidence, describe
from cosdesk.domain.roadmap import Item
from cosdesk.intake.papers import Paper
from cosdesk.paper_journal import filed_record
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report, answering, reports
from cosdesk.reports.document import Document
from cosdesk.reports.request import Request
from cosdesk.ui.delegates import plain_tooltip
from cosdesk.ui.document_dialog import DocumentDialog
from cosdesk.ui.document_edits import Tie, add_papers
from cosdesk.ui.evidence_dialog import EvidenceDialog
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.report_acts import note_paper
from cosdesk.ui.roadmap_edits import reference
from cosdesk.ui.signed_scans import SignedScans, with_words
from cosdesk.ui.theme import STEP, icon
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.workspace import Workspace


def papers_for(item: Item) -> tuple[Report, ...]:
    """The reports that answer what the row expects, the likeliest first, then every other paper about one row."""
    likely = answering(item.expected)
    known = {report.id for report in likely}
    return *likely, *(report for report in reports() if report.needs_row and report.id not in known)


class RowDocumentDialog(DocumentDialog):
    """Papers about one row, the likeliest first."""

    _filed: Evidence | None = None
    scan_action: QAction | None = None
    _turns: tuple[QPushButton, ...] = ()

    def __init__(self, workspace: Workspace, item: Item, parent: QWidget | None = None) -> None:
        self._workspace, self._item = workspace, item
        self._reports = papers_for(item)
        super().__init__(f"Документ для {reference(item)}", self._order(self._reports[0]), parent)
        self.chooser = QComboBox()
        self.chooser.addItems([report.title for report in self._reports])
        self.chooser.activated.connect(lambda place: self.make(self._order(self._reports[place])))
        self._column.insertLayout(0, self._make_top())
        self.chooser.setFocus()
        self.file_action = QAction(icon("attach"), "Подписан: приложить к строке…", self)
        self.file_action.setToolTip("Записать номер и дату; документ станет подтверждением этой строки")
        self.file_action.triggered.connect(lambda: self.file_paper())
        self.scan_action = scan = QAction(icon("attach"), "Приложить скан…", self)
        scan.setToolTip("Скан подписанного документа вместо составленных страниц")
        scan.triggered.connect(lambda: self.take_scan())
        if not workspace.file.read_only:
            # One after the other in the same place: for both the window would be too narrow.
            self._turns = (self.offer(self.file_action), self.offer(scan))
            self._turns[1].hide()
        self._scans = SignedScans(workspace, self._tasks, self)
        self._scans.told.connect(self._told.setText)
        drop = FileDrop(self)
        drop.dropped.connect(lambda paths, _: self.take_scan(paths))
        self._allow()

    def _may(self, action: QAction) -> bool:
        return self._filed is not None or action is not self.scan_action

    def make(self, build: Callable[[], Document]) -> None:
        self._filed = None
        self._show_turn()
        super().make(build)

    def _show_turn(self) -> None:
        """To file it, or, once it is filed, to put its scan in."""
        for button, shown in zip(self._turns, (self._filed is None, self._filed is not None), strict=False):
            button.setVisible(shown)

    def _make_top(self) -> QHBoxLayout:
        label = QLabel("&Документ:")
        label.setBuddy(self.chooser)
        self.chooser.setAccessibleName("Какой документ составить")
        expected = QLabel()
        # Words of the plan, shown as they are: «&» and tags are no signs to Qt here.
        expected.setTextFormat(Qt.TextFormat.PlainText)
        expected.setWordWrap(True)
        if self._item.expected:
            expected.setText(f"В плане ожидается: {shorten(self._item.expected, 80)}")
            expected.setToolTip(plain_tooltip(self._item.expected))
        row = QHBoxLayout()
        row.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP)
        row.setSpacing(STEP)
        row.addWidget(label)
        row.addWidget(self.chooser)
        row.addWidget(expected, 1)
        return row

    def _order(self, report: Report) -> Callable[[], Document]:
        """How to build the report of the row; what the file adds is read now, in the window's thread."""
        workspace = self._workspace
        contents, snapshot = workspace.contents, workspace.snapshot
        bare = Request(
            contents.roadmap.id if contents else None,
            workspace.period if report.needs_period else None,
            self._item.id if report.needs_row else None,
        )
        request = completed(workspace.file, snapshot, report, bare)
        self._report, self._request = report, request
        return lambda: report.build(snapshot, request)

    def file_paper(self) -> None:
        """Asks for number and date and ties the document, with its pages as a file, to the row: one edit."""
        document = self.document
        if document is None:
            return
        read = describe(self._report.title)
        proposal = Evidence(0, read.kind, on=self._workspace.snapshot.today, title=document.title)
        dialog = EvidenceDialog(proposal, 1, self)
        dialog.setWindowTitle("Подписанный документ")
        dialog.number.setFocus()
        if not dialog.exec():
            return
        signed, pdf = with_words(dialog.paper), self.preview.content
        paper = Paper(f"{document.file_name}.pdf", pdf, signed)
        (evidence_id,) = add_papers(self._workspace, [paper], [Tie(self._item.id)])
        self._workspace.file.note_paper(filed_record(self._report, self._request, document, pdf, evidence_id))
        self._filed = replace(signed, id=evidence_id)
        self._told.setText("Приложен к строке.")
        self._allow()
        self.file_action.setEnabled(False)
        self._show_turn()

    def take_scan(self, paths: Sequence[Path] = ()) -> None:
        """The scan of the document just filed."""
        if self._filed is None:
            self._told.setText("Сначала приложите документ к строке.")
        else:
            self._scans.take_for_document(self._filed, paths)

    def _tell_saved(self, path: Path) -> None:
        super()._tell_saved(path)
        if self.document is not None:
            note_paper(self._workspace, self._report, self._request, self.document, path)
