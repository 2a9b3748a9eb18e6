"""Files dropped on a row of the roadmap: they become documents that prove it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Outcome
from cosdesk.domain.roadmap import Item
from cosdesk.domain.row_numbers import bare
from cosdesk.domain.state import ItemState
from cosdesk.errors import UserError
from cosdesk.intake.papers import Paper
from cosdesk.ui import document_edits
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.item_panel import ItemPanel
from cosdesk.ui.messages import choose
from cosdesk.ui.paper_files import PaperFiles
from cosdesk.ui.roadmap_view import RoadmapView
from cosdesk.ui.signed_scans import SignedScans, is_scan, unsigned_file
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.workspace import Workspace

_EDITABLE = (".docx", ".doc", ".xlsx", ".xls")


class RowPapers(QObject):
    """Takes what falls on the tree and on the panel of a row.  ``elsewhere`` opens a file that fell on no row."""

    told = Signal(str)

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        view: RoadmapView,
        panel: ItemPanel,
        elsewhere: Callable[[Path], None],
    ) -> None:
        super().__init__(view)
        self._workspace = workspace
        self._view = view
        self._panel = panel
        self._elsewhere = elsewhere
        self._files = PaperFiles(workspace, tasks, view)
        self._scans = SignedScans(workspace, tasks, view)
        self._scans.told.connect(self.told)
        on_row, on_panel = FileDrop(view.viewport()), FileDrop(panel.viewport())
        on_row.dropped.connect(self._fell_on_tree)
        on_panel.dropped.connect(lambda paths, _: self._take(paths, panel.item))

    def _fell_on_tree(self, paths: Sequence[Path], point: QPoint) -> None:
        node = self._view.rows.node(self._view.indexAt(point))
        self._take(paths, node.item if node else None)

    def _take(self, paths: Sequence[Path], item: Item | None) -> None:
        if item is None:
            self._elsewhere(paths[0])
            return
        if self._workspace.file.read_only:
            raise UserError("Файл района открыт только для чтения, документ приложить нельзя.")
        if len(paths) == 1 and paths[0].suffix.lower() in _EDITABLE:
            # A plan comes as such a file too.
            row = bare(item.number) or f"«{shorten(item.title, 30)}»"
            answers = (f"Приложить к строке {row}", "Открыть как дорожную карту")
            answer = choose(f"«{paths[0].name}»: что с ним сделать?", answers, self._view.window())
            if answer is None:
                return
            if answer == 1:
                self._elsewhere(paths[0])
                return
        if (document := self._unsigned(paths, item)) is not None:
            answers = (f"Это скан: {shorten(document.label, 50)}", "Это другой документ")
            answer = choose(f"«{paths[0].name}»: что это за документ?", answers, self._view.window())
            if answer == 0:
                self._scans.take_for_document(document, paths)
            if answer != 1:
                return
        self._files.read(paths, lambda papers: self._add(papers, item.id))

    def _unsigned(self, paths: Sequence[Path], item: Item) -> Evidence | None:
        """The row's document that was made here and may be what the scan shows."""
        if not is_scan(paths):
            return None
        documents = (paper for paper in self._workspace.snapshot.evidence if item.id in paper.item_ids)
        return next((paper for paper in documents if unsigned_file(self._workspace, paper.id)), None)

    def _add(self, papers: Sequence[Paper], item_id: int) -> None:
        state = self._workspace.states.get(item_id)
        if state is None:
            return
        self._panel.finish()
        document_edits.add_papers(self._workspace, papers, [tie_of(state)])
        self._view.choose([item_id])
        labels = "; ".join(paper.proposal.label for paper in papers[:3])
        self.told.emit(f"Приложено: {labels}. Проверьте номер и дату.")


def tie_of(state: ItemState) -> document_edits.Tie:
    """What a document dropped on a row proves: its newest execution without one, else the row."""
    bare_records = [r for r in state.records if r.outcome is Outcome.DONE and not r.evidence_ids]
    newest = max(bare_records, key=lambda record: record.id, default=None)
    return document_edits.Tie(state.item.id, newest.id if newest else None)
