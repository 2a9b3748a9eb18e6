"""The page «Дорожная карта»: toolbar, filter, the tree and the row at hand."""

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPersistentModelIndex, QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.execution import Status
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_form
from cosdesk.store.file import DistrictFile
from cosdesk.ui import roadmap_edits
from cosdesk.ui.delegates import Index
from cosdesk.ui.filter_bar import FilterBar
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.item_panel import WIDTH, ItemPanel
from cosdesk.ui.messages import show_error
from cosdesk.ui.missing_form import MissingForm
from cosdesk.ui.page import EmptyState, Page, Place
from cosdesk.ui.panel_parts import beside
from cosdesk.ui.roadmap_columns import page_columns
from cosdesk.ui.roadmap_commands import RoadmapCommands
from cosdesk.ui.roadmap_edits import RowPlace
from cosdesk.ui.roadmap_model import RoadmapModel
from cosdesk.ui.roadmap_tree import Node
from cosdesk.ui.roadmap_view import RoadmapView
from cosdesk.ui.row_commands import RowCommands
from cosdesk.ui.row_filter import RowFilter, names_of, people_of
from cosdesk.ui.row_papers import RowPapers
from cosdesk.ui.settings import settings
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP, icon, scaled
from cosdesk.ui.wording import choose, counted
from cosdesk.ui.workspace import Workspace
from cosdesk.ui.year_band import YearBand

_PANEL_SHOWN = "roadmap-panel"


class RoadmapPage(Page):
    """The tree of the roadmap at hand, edited in place; everything of a row at the right."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self._file: DistrictFile | None = None
        self._filter = RowFilter()
        self._added: set[int] = set()
        self.model = RoadmapModel(self._write_cell, self._drop_rows, self)
        self.view = RoadmapView(self.model, self._names_for)
        self.panel = ItemPanel(workspace)
        self.filters = FilterBar()
        self.missing_form = MissingForm()
        self.commands = RowCommands(workspace, self.view, self.panel)
        self.roadmap_commands = RoadmapCommands(workspace, self.commands, self)
        self._make_actions()
        self._lay_out()
        self._connect()

    # --- construction

    def _make_actions(self) -> None:
        self.panel_action = QAction(icon("panel"), "Панель строки", self)
        self.panel_action.setCheckable(True)
        self.panel_action.setShortcut(QKeySequence("F4"))
        self.panel_action.setToolTip("Показать или скрыть панель строки (F4)")
        self.panel_action.setChecked(settings().value(_PANEL_SHOWN, "1") == "1")
        self.panel_action.toggled.connect(self._show_panel)
        self.addAction(self.panel_action)

    def _lay_out(self) -> None:
        self._no_roadmap = EmptyState(
            "Здесь ведётся дорожная карта района: мероприятия, сроки, исполнители и что сделано."
            " Откройте её из документа Word или Excel либо создайте новую по одной из форм.",
            [self.roadmap_commands.import_document, self.roadmap_commands.new],
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_toolbar())
        column.addWidget(self.missing_form)
        column.addWidget(self.filters)
        column.addWidget(self._make_middle(), 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._no_roadmap)
        self._whole.addWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self._show_panel(self.panel_action.isChecked())
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """As one reads: the toolbar, the filter, the tree, the panel."""
        bar = [self._bar.itemAt(place).widget() for place in range(self._bar.count())]  # type: ignore[union-attr]
        filters = self.filters
        order = [
            *(widget for widget in bar if widget),
            filters.status, filters.person, filters.when, filters.section, filters.without_evidence, filters.reset,
            self._unplaced,
            self.view, *self.panel.in_order(),
        ]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _make_toolbar(self) -> FoldingRow:
        self._chooser = QComboBox()
        self._chooser.setAccessibleName("Дорожная карта")
        self._chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._chooser.setMinimumContentsLength(18)
        bar = FoldingRow()
        bar.addWidget(self._chooser)
        commands = self.commands
        own = (self.roadmap_commands.head, self.roadmap_commands.editions)
        for action in (commands.add, commands.add_inside, commands.record, commands.remove, *own):
            bar.addWidget(tool_button(action))
        bar.addStretch(1)
        bar.addWidget(tool_button(self.panel_action))
        self._bar = bar
        self._unplaced = QToolButton()
        self._unplaced.setAutoRaise(True)
        self._unplaced.setToolTip("Что из импортированного документа не попало ни в одно поле")
        self.filters.add_at_end(self._unplaced)
        return bar

    def _make_middle(self) -> QSplitter:
        self._no_rows = EmptyState(
            "В дорожной карте пока нет строк. Добавьте первую или вставьте скопированные из Excel или Word.",
            [self.commands.add, self.commands.paste],
        )
        self._nothing_found = EmptyState("Под выбранные условия не подходит ни одна строка.", [])
        self._middle = QStackedWidget()
        for widget in (self.view, self._no_rows, self._nothing_found):
            self._middle.addWidget(widget)
        self.side = QStackedWidget()
        self.side.addWidget(self.panel)
        hint = QLabel("Выберите строку, и здесь будет всё о ней.")
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setMargin(STEP * 2)
        self.side.addWidget(hint)
        self.side.setMinimumWidth(scaled(WIDTH - 40))
        self.band = YearBand()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._middle, 1)
        column.addWidget(self.band)
        self.splitter = beside(middle, self.side, WIDTH, "roadmap-splitter")
        return self.splitter

    def _connect(self) -> None:
        self._remember = QTimer(self, singleShot=True, interval=500)
        self._remember.timeout.connect(self.view.remember_columns)
        self.missing_form.installed.connect(self.take_forms)
        self.commands.told.connect(self._tell)
        self.papers = RowPapers(self.workspace, self.tasks, self.view, self.panel, self._open_elsewhere)
        self.papers.told.connect(self._tell)
        self.commands.written.connect(self._keep_shown)
        self.filters.changed.connect(self._refilter)
        self._chooser.activated.connect(lambda: self.workspace.choose_roadmap(self._chooser.currentData()))
        self._unplaced.clicked.connect(self.show_unplaced)
        self.view.selectionModel().currentChanged.connect(lambda: self._show_row())
        self.view.refused.connect(self._edit_refused, Qt.ConnectionType.QueuedConnection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._row_menu)
        header = self.view.header()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._column_menu)
        header.sectionResized.connect(lambda: self._remember.start())

    # --- what a page answers

    def refresh(self, tables: frozenset[str]) -> None:
        contents = self.workspace.contents
        self._whole.setCurrentIndex(1 if contents else 0)
        read_only = self.workspace.file.read_only
        self.roadmap_commands.enable()
        if contents is None:
            self.panel.show_state(None)
            return
        self._fill_chooser()
        people = people_of(contents.items)
        self.filters.show_people(names_of(people))
        self.filters.show_sections(contents.sections)
        self.model.read_only = read_only
        form = roadmap_form(contents.roadmap.form)
        self.missing_form.tell(contents.roadmap, form)
        self.panel.use_form(form, contents.roadmap.years, people)
        self._unplaced.setVisible(bool(contents.unplaced))
        self._unplaced.setText(f"Не нашло места: {len(contents.unplaced)}")
        if self.workspace.file is not self._file:
            # Another district: the same ids are other rows.
            self._file = self.workspace.file
            self.panel.forget()
            self.model.forget()
            with QSignalBlocker(self.filters):
                self.filters.clear()
        self._fill_tree()

    def _fill_tree(self) -> None:
        contents = self.workspace.contents
        if contents is None:
            return
        form = roadmap_form(contents.roadmap.form)
        row_filter = self.filters.row_filter(self.workspace.snapshot.today)
        # While the filter stays, what it shows stays too: a row does not vanish under the hand that edits it.
        same = row_filter == self._filter
        always = {item.id for item in self.model.shown_items()} | self._added if same else set()
        self._filter, self._added = row_filter, set() if not same else self._added
        neighbours = self._neighbour_ids()
        reset = self.model.show(contents, self.workspace.states, page_columns(form), row_filter, always)
        self.view.follow(reset, form.id, len(contents.items), bool(row_filter))
        shown = self.model.rowCount()
        self._middle.setCurrentIndex(1 if not contents.items else 0 if shown else 2)
        if not self.view.currentIndex().isValid():
            self._choose_one_of(neighbours)
        self._show_row()
        self.commands.enable()

    def take_forms(self) -> None:
        if self.workspace.is_open:
            self.refresh(frozenset())

    def search(self, text: str) -> None:
        self.filters.search(text)

    def status_text(self) -> str:
        contents = self.workspace.contents if self.workspace.is_open else None
        if contents is None:
            return ""
        whole = len(contents.items)
        told = counted(whole, "строка", "строки", "строк")
        if self._filter:
            told = f"показано {len(self.model.shown_items())} из {whole}"
        overdue = sum(state.status is Status.OVERDUE for state in self.workspace.states.values())
        if overdue:
            told += f", {overdue}\u00a0{choose(overdue, 'просрочена', 'просрочены', 'просрочено')}"
        return told

    def menu_actions(self) -> list[QAction]:
        if self.workspace.contents is None:
            return [self.roadmap_commands.new]
        return [*self.commands.all, *self.roadmap_commands.all, self.panel_action]

    def show_place(self, place: Place) -> None:
        if place.item_id is not None:
            self.show_item(place.item_id)

    def show_item(self, item_id: int) -> None:
        """Brings that row of the roadmap at hand on the screen, whatever the filter hides."""
        if not self.model.index_of_item(item_id).isValid():
            self.filters.search("")
            self.filters.clear()
        self.view.choose([item_id], max(self.model.column_of("title"), 0))
        self.view.setFocus()

    # --- the row at hand

    def _show_row(self) -> None:
        state = self.commands.current_state
        self.panel.show_state(state)
        self.band.show_states(self.workspace.states, state)
        self.side.setCurrentIndex(0 if state else 1)
        self.commands.enable()

    def _neighbour_ids(self) -> list[int]:
        """Where the cursor goes when its row is gone: the rows below, then those above."""
        node = self.view.current_node
        if node is None or node.item is None:
            return []
        ids = [item.id for item in self.model.shown_items()]
        place = ids.index(node.item.id) if node.item.id in ids else 0
        return [*ids[place:], *reversed(ids[:place])]

    def _choose_one_of(self, ids: list[int]) -> None:
        found = next((item_id for item_id in ids if self.model.index_of_item(item_id).isValid()), None)
        if found is None:
            shown = self.model.shown_items()
            found = shown[0].id if shown else None
        if found is not None:
            self.view.choose([found])

    def _keep_shown(self, ids: list[int]) -> None:
        self._added.update(ids)
        if any(not self.model.index_of_item(item_id).isValid() for item_id in ids):
            self._fill_tree()

    # --- typing and dragging

    def _write_cell(self, node: Node, field: str, text: str) -> bool:
        if node.item:
            return roadmap_edits.change_cell(self.workspace, node.item, field, text)
        assert node.section is not None
        return roadmap_edits.change_section(self.workspace, node.section, text)

    def _edit_refused(self, cell: QPersistentModelIndex, text: str, error: UserError) -> None:
        show_error(error, self)
        self.view.edit_again(cell, text)

    def _names_for(self, index: Index) -> list[str]:
        contents = self.workspace.contents
        field = self.model.columns[index.column()].field if self.model.columns else ""
        return people_of(contents.items) if contents and field in ("responsible", "controller") else []

    def _drop_rows(self, ids: list[int], place: RowPlace) -> None:
        # After the drop has ended: an error dialog inside it would hold the mouse.
        QTimer.singleShot(0, lambda: roadmap_edits.move_rows(self.workspace, ids, place))

    # --- the roadmap as a whole

    def show_unplaced(self) -> None:
        from cosdesk.ui.unplaced_dialog import UnplacedDialog

        UnplacedDialog(roadmap_edits.open_contents(self.workspace).unplaced, self).exec()

    def _open_elsewhere(self, path: Path) -> None:
        from cosdesk.ui.files import open_path
        from cosdesk.ui.main_window import MainWindow

        if isinstance(window := self.window(), MainWindow):
            open_path(window, path)

    def _fill_chooser(self) -> None:
        roadmaps = self.workspace.snapshot.roadmaps
        titles = [" ".join(c.roadmap.title.split()) or "Без названия" for c in roadmaps]
        if [self._chooser.itemText(row) for row in range(self._chooser.count())] != titles:
            self._chooser.clear()
            for contents, title in zip(roadmaps, titles, strict=True):
                self._chooser.addItem(title, contents.roadmap.id)
        present: RoadmapContents | None = self.workspace.contents
        self._chooser.setCurrentIndex(self._chooser.findData(present.roadmap.id if present else None))
        self._chooser.setVisible(len(roadmaps) > 1)

    # --- showing

    def _refilter(self) -> None:
        self._fill_tree()
        self.status_changed.emit()

    def _show_panel(self, shown: bool) -> None:
        if not shown and self.side.isAncestorOf(self.focusWidget()):
            self.view.setFocus()
        self.side.setVisible(shown)
        settings().setValue(_PANEL_SHOWN, "1" if shown else "0")

    def _row_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions([*self.commands.all, self.roadmap_commands.risks, self.roadmap_commands.head])
        menu.exec(self.view.viewport().mapToGlobal(point))
        menu.deleteLater()

    def _column_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for number, column in enumerate(self.model.columns):
            if column.field in ("number", "title"):
                continue
            action = menu.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(number))
            action.toggled.connect(partial(self._show_column, number))
        menu.addSeparator()
        menu.addAction("Вернуть колонки по ширине", self.view.forget_columns)
        menu.exec(self.view.header().mapToGlobal(point))
        menu.deleteLater()

    def _show_column(self, number: int, shown: bool) -> None:
        self.view.setColumnHidden(number, not shown)
        self.view.fit_again()
        self._remember.start()

    def _tell(self, sentence: str) -> None:
        if sentence and isinstance(window := self.window(), QMainWindow):
            window.statusBar().showMessage(sentence, 10_000)
