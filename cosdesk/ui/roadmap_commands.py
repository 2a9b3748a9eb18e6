"""What is done with a roadmap as a whole: its head, its editions, a new one, the next years, its risks."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from cosdesk.ui import head_edits, roadmap_edits
from cosdesk.ui.next_years_dialog import copy_to_next_years
from cosdesk.ui.page import Place
from cosdesk.ui.row_commands import RowCommands
from cosdesk.ui.theme import icon
from cosdesk.ui.workspace import Workspace


class RoadmapCommands:
    """The actions of ``page``; ``rows`` knows the row at hand, which new risks are about."""

    def __init__(self, workspace: Workspace, rows: RowCommands, page: QWidget) -> None:
        self.workspace, self._rows, self._page = workspace, rows, page

        def make(text: str, icon_name: str, run: Callable[[], object], tip: str = "") -> QAction:
            action = QAction(icon(icon_name), text, page) if icon_name else QAction(text, page)
            action.triggered.connect(lambda: run())
            if tip:
                action.setToolTip(tip)
            return action

        self.head = make("Шапка…", "edit", self.edit_head, "Название, цель, годы, форма, грифы, разделы")
        self.approve = make("Утвердить редакцию…", "done", self._approve)
        tip = "Утверждённые редакции: утвердить, посмотреть, что изменилось"
        self.editions = make("Редакции…", "documents", self._show_editions, tip)
        self.new = make("Создать новую дорожную карту…", "new", self._create)
        self.next_years = make("Скопировать на следующие годы…", "copy", lambda: copy_to_next_years(workspace, page))
        self.risks = make("Риски и отклонения…", "", self._show_risks)
        self.import_document = make("Импорт из Word, Excel или текста…", "import", self._import)
        self.all = (self.head, self.approve, self.editions, self.new, self.next_years, self.risks)

    def enable(self) -> None:
        for action in (self.head, self.approve, self.new, self.next_years):
            action.setEnabled(not self.workspace.file.read_only)

    def edit_head(self) -> None:
        from cosdesk.ui.roadmap_head_dialog import RoadmapHeadDialog

        contents = roadmap_edits.open_contents(self.workspace)
        dialog = RoadmapHeadDialog(contents, self._page)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            head_edits.change_head(self.workspace, contents, dialog.head)

    def _approve(self) -> None:
        from cosdesk.ui.editions_dialog import approve_edition

        approve_edition(self.workspace, self._page)

    def _show_editions(self) -> None:
        from cosdesk.ui.editions_dialog import EditionsDialog

        EditionsDialog(self.workspace, self._page).exec()

    def _create(self) -> None:
        from cosdesk.ui.new_roadmap_dialog import NewRoadmapDialog

        dialog = NewRoadmapDialog(self.workspace.snapshot.today, self._page)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            roadmap_id = head_edits.add_roadmap(self.workspace, dialog.form, dialog.project, dialog.years)
            self.workspace.choose_roadmap(roadmap_id)

    def _show_risks(self) -> None:
        """The register of risks and deviations, new ones about the row at hand."""
        from cosdesk.ui.risks_dialog import RisksDialog

        contents, state = self.workspace.contents, self._rows.current_state
        if contents is not None:
            place = Place(contents.roadmap.id, item_id=state.item.id if state else None)
            RisksDialog(self.workspace, place, self._page).exec()

    def _import(self) -> None:
        from cosdesk.ui.files import choose_import
        from cosdesk.ui.main_window import MainWindow

        if isinstance(window := self._page.window(), MainWindow):
            choose_import(window)
