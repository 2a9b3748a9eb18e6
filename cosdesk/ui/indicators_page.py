"""The page «Показатели»: all indicators on the reporting period, the chosen one period by period, its fields."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.indicator import Achievement, Indicator
from cosdesk.domain.period import Period
from cosdesk.store import indicators as store
from cosdesk.ui import period_closing
from cosdesk.ui.document_edits import ValueTie
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.headers import RowHeader
from cosdesk.ui.indicator_cells import count_behind
from cosdesk.ui.indicator_changes import Field, short_name
from cosdesk.ui.indicator_columns import show_grid_columns, show_table_columns
from cosdesk.ui.indicator_course import CourseDelegate
from cosdesk.ui.indicator_model import Face, IndicatorModel, PeriodModel
from cosdesk.ui.indicator_panel import WIDTH, IndicatorPanel
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.page import EmptyState, Page, Place
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.sheet import SheetProxy, SheetView
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP, icon, scaled
from cosdesk.ui.use_papers import UsePapers
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_TABLES = {
    "indicator", "target", "actual", "roadmap", "monitoring_round", "round_feed", "period_closure", "evidence",
    "evidence_use",
}  # fmt: skip
_HELP = "Пишите прямо в ячейке: Enter – вниз, Tab – дальше, Del – очистить, Ctrl+V – вставить из Excel. Доля: «8/12»."
_SHOWN = ("Все показатели", "Ниже плана", "Без факта")


class IndicatorsPage(Page):
    """Two sheets, one over the other, and the panel of the indicator at hand."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self._query = Query("")
        self._chosen: int | None = None
        self._shown_period: Period | None = None
        self.filter = QComboBox()
        self.model = IndicatorModel(workspace, self)
        self.proxy = SheetProxy(self.model, self._is_shown, self.model.sort_key)
        self.periods = PeriodModel(workspace, self)
        self._make_actions()
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._choose)
        self.proxy.modelReset.connect(self._restore)
        self.grid.selectionModel().currentChanged.connect(lambda: self._show_period_at_hand())

    # --- construction

    def _make_actions(self) -> None:
        def action(text: str, short: str, icon_name: str, keys: str) -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setIconText(short)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.setToolTip(f"{text} ({keys})")
            self.addAction(made)
            return made

        self.add_action = action("Добавить показатель", "Добавить", "add", "Ins")
        self.delete_action = action("Удалить показатель", "Удалить", "delete", "Ctrl+Del")
        self.panel_action = action("Панель показателя", "Панель", "panel", "F4")
        self.panel_action.setCheckable(True)
        self.panel_action.setChecked(True)
        self.next_part_action = QAction("Следующая часть страницы", self)
        self.next_part_action.setShortcut(QKeySequence("F6"))
        self.next_part_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.next_part_action.triggered.connect(self._go_to_next_part)
        self.addAction(self.next_part_action)
        self.schools_action = action("Школы за показателем…", "Школы", "schools", "Ctrl+Shift+H")
        self.schools_action.setEnabled(False)
        self.import_action = QAction(icon("import"), "Импорт из Word, Excel или текста…", self)
        self.add_action.triggered.connect(self.add_indicator)
        self.delete_action.triggered.connect(self.delete_indicator)
        self.closing_action = QAction("Закрыть период…", self)
        self.closing_action.triggered.connect(self.close_or_reopen)
        self.risks_action = QAction("Риски и отклонения…", self)
        self.risks_action.triggered.connect(self.show_risks)
        self.panel_action.toggled.connect(self._show_panel)
        self.schools_action.triggered.connect(self.show_schools)
        self.import_action.triggered.connect(self._import)

    def _lay_out(self) -> None:
        self.table = SheetView(self.model, self.proxy)
        self.table.setAccessibleName("Показатели")
        self.table.verticalHeader().hide()
        self._course = CourseDelegate(self.table, lambda *_: "")
        self.table.addActions([self.add_action, self.delete_action])
        header = self.table.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.grid = SheetView(self.periods)
        self.grid.setAccessibleName("Показатель по годам и кварталам")
        self.grid.setVerticalHeader(RowHeader(self.grid))
        self.grid.verticalHeader().sectionClicked.connect(self.grid.selectRow)
        self.panel = IndicatorPanel(self.workspace)
        self.panel.schools_wanted.connect(self.show_schools)
        self.papers = UsePapers(self.workspace, self.tasks)
        self.papers.told.connect(self._say)
        self.panel.add_part(self.papers)
        self._drops = [FileDrop(self.grid.viewport()), FileDrop(self.panel.viewport())]
        self._drops[0].dropped.connect(self._drop_on_grid)
        self._drops[1].dropped.connect(lambda paths, _: self.papers.take(paths))
        for sheet in (self.table, self.grid):
            sheet.addActions([self.schools_action, self.risks_action, self.closing_action])
        self._notice = NoticeLine(_HELP)
        for sheet in (self.table, self.grid):
            sheet.told.connect(lambda told, sheet=sheet: self._tell(told or self._why_locked(sheet)))
            sheet.setFrameShape(SheetView.Shape.NoFrame)
            self._keep_rows_fitting(sheet)
        self._caption = QLabel()
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP // 2)
        font = self._caption.font()
        font.setBold(True)
        self._caption.setFont(font)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_body())
        self._stack.addWidget(
            EmptyState(
                "В дорожной карте пока нет показателей. Добавьте первый, впишите план и факт.", [self.add_action]
            )
        )
        self._stack.addWidget(
            EmptyState(
                "В файле района пока нет дорожной карты. Показатели придут вместе с ней из вашего документа.",
                [self.import_action],
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._tell("")

    def _why_locked(self, sheet: SheetView) -> str:
        index = sheet.currentIndex()
        if sheet is self.grid:
            return self.periods.why_locked(index)
        return self.model.why_locked(self.proxy.mapToSource(index))

    def _make_body(self) -> QWidget:
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(self.grid, 1)
        sheets = QSplitter(Qt.Orientation.Vertical)
        sheets.addWidget(self.table)
        sheets.addWidget(lower)
        sheets.setSizes([300, 280])
        sheets.setChildrenCollapsible(False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_toolbar())
        column.addWidget(sheets, 1)
        column.addWidget(self._notice)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(left)
        whole.addWidget(self.panel)
        whole.setStretchFactor(0, 1)
        whole.setSizes([900, scaled(WIDTH)])
        whole.setCollapsible(0, False)
        for name, splitter in (("indicators-sheets", sheets), ("indicators-panel", whole)):
            splitter.restoreState(remembered_state(name))
            splitter.splitterMoved.connect(lambda *_, n=name, s=splitter: remember_state(n, s.saveState()))
        return whole

    def _make_toolbar(self) -> FoldingRow:
        bar = FoldingRow()
        bar.setSpacing(STEP)
        for action in (self.add_action, self.delete_action):
            bar.addWidget(tool_button(action))
        bar.addSpacing(STEP * 2)
        self.faces = QTabBar()
        self.faces.setAccessibleName("Столбцы таблицы")
        self.faces.setDrawBase(False)
        self.faces.setExpanding(False)
        for face in Face:
            self.faces.addTab(face.value)
        self.faces.currentChanged.connect(self._show_face)
        bar.addWidget(self.faces)
        bar.addSpacing(STEP * 2)
        self.filter.setAccessibleName("Какие показатели показать")
        self.filter.addItems(_SHOWN)
        self.filter.currentIndexChanged.connect(self._filter_again)
        bar.addWidget(self.filter)
        bar.addStretch(1)
        bar.addWidget(tool_button(self.panel_action))
        return bar

    def _keep_rows_fitting(self, sheet: SheetView) -> None:
        """Row heights follow the widths of columns, once a pause, not once a pixel."""
        pause = QTimer(sheet, singleShot=True, interval=0)
        pause.timeout.connect(sheet.fit_rows)
        sheet.horizontalHeader().sectionResized.connect(lambda: pause.start())
        sheet.model().dataChanged.connect(lambda: pause.start())
        sheet.model().modelReset.connect(lambda: pause.start())
        sheet.model().layoutChanged.connect(lambda: pause.start())

    # --- the window's calls

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        self.model.refresh()
        contents = self.workspace.contents
        editable = self.model.cells.editable
        self._stack.setCurrentIndex(2 if contents is None else 0 if contents.indicators else 1)
        self.add_action.setEnabled(editable)
        self.delete_action.setEnabled(editable and self._chosen is not None)
        for sheet in (self.table, self.grid):
            sheet.paste_action.setEnabled(editable)
            sheet.clear_action.setEnabled(editable)
        self._show_face()
        self._restore()

    def search(self, text: str) -> None:
        self._query = Query(text)
        self._filter_again()

    def menu_actions(self) -> list[QAction]:
        return [
            self.add_action, self.delete_action, self.schools_action, self.risks_action, self.closing_action,
            self.panel_action, self.next_part_action,
        ]  # fmt: skip

    def status_text(self) -> str:
        count = len(self.model.cells.indicators)
        if not count:
            return ""
        behind, missing = count_behind(self.model.cells, self.workspace.period)
        words = [counted(count, "показатель", "показателя", "показателей")]
        if self.proxy.rowCount() != count:
            words.append(f"показано {self.proxy.rowCount()}")
        if behind:
            words.append(f"ниже плана {behind}")
        if missing:
            words.append(f"без факта {missing}")
        return ", ".join(words)

    def show_place(self, place: Place) -> None:
        if place.indicator_id is not None:
            self.show_indicator(place.indicator_id)

    def show_indicator(self, indicator_id: int) -> None:
        """Turns to that indicator and to its value on the reporting period."""
        self.filter.setCurrentIndex(0)
        self._chosen = indicator_id
        self._restore()
        self.grid.setFocus()

    # --- the indicator at hand

    @property
    def chosen(self) -> Indicator | None:
        return self.model.cells.indicators.get(self._chosen) if self._chosen is not None else None

    def add_indicator(self) -> None:
        """A new indicator at the end of the list; its name is typed at once."""
        contents = self.workspace.contents
        if contents is None:
            return
        numbers = [int(n) for i in contents.indicators if (n := i.number.strip(" .")).isdecimal()]
        number = str(max(numbers, default=0) + 1) if numbers or not contents.indicators else ""
        with self.workspace.edit("Новый показатель") as edit:
            added = store.add_indicator(edit, contents.roadmap.id, Indicator(0, "Новый показатель", number))
        self.panel_action.setChecked(True)
        self.refresh(frozenset())
        self.show_indicator(added)
        self.panel.title.setFocus()
        self.panel.title.selectAll()

    def delete_indicator(self) -> None:
        """The indicator at hand with its plan and values; Ctrl+Z brings all of it back."""
        indicator = self.chosen
        if indicator is None:
            return
        with self.workspace.edit(f"Удаление показателя {short_name(indicator)}") as edit:
            store.delete_indicator(edit, indicator.id)

    @property
    def period_at_hand(self) -> Period:
        """The period of the lower sheet's row at hand, else the reporting period."""
        return self.periods.period_at(self.grid.currentIndex().row()) or self.workspace.period

    def show_schools(self) -> None:
        """The schools behind the counted value at hand."""
        indicator, period, file = self.chosen, self.period_at_hand, self.workspace.file
        counted = self.model.cells.counted(indicator.id, period.code) if indicator else None
        if indicator is None or counted is None:
            return
        from cosdesk.rounds import desk_of
        from cosdesk.ui.schools_behind_dialog import SchoolsBehindDialog

        desk = desk_of(file, self.workspace.snapshot, counted.round_id)
        if desk is None:
            return
        shares = file.schools_behind(counted.round_id, counted.feed)
        title = f"Школы за показателем {short_name(indicator)}, {period.label}"
        told = self.model.cells.comparison(indicator.id, period.code)
        SchoolsBehindDialog(title, told, shares, desk.schools, desk.form, self).exec()

    def show_risks(self) -> None:
        """The register of risks and deviations, new ones about the indicator at hand."""
        from cosdesk.ui.risks_dialog import RisksDialog

        contents = self.workspace.contents
        if contents is not None:
            place = Place(contents.roadmap.id, indicator_id=self.chosen.id if self.chosen else None)
            RisksDialog(self.workspace, place, self).exec()

    def close_or_reopen(self) -> None:
        """Closes the period at hand to changes, or opens it again with a reason."""
        period_closing.close_or_reopen(self.workspace, self.period_at_hand, self)
        self._tell(self._why_locked(self.grid))

    def _show_period_at_hand(self) -> None:
        """Its counted value in the panel, its name in the menu."""
        period = self.period_at_hand
        told = self.model.cells.comparison(self._chosen, period.code) if self.chosen and self._chosen else ""
        self.panel.show_comparison(f"{period.label}: {told[0].lower()}{told[1:]}" if told else "")
        self.schools_action.setEnabled(bool(told))
        use = ValueTie(self._chosen, period.code) if self.chosen and self._chosen else None
        self.papers.show_use(use, f"за {period.label}")
        verb = "Открыть снова" if self.model.cells.is_closed(period.code) else "Закрыть"
        self.closing_action.setText(f"{verb} период «{period.label}»…")
        self.closing_action.setEnabled(self.model.cells.editable)

    def _drop_on_grid(self, paths: Sequence[Path], point: QPoint) -> None:
        """A scan on the row of a period proves the value of that period."""
        period = self.periods.period_at(self.grid.rowAt(point.y()))
        if self.chosen and period:
            self.papers.take(paths, ValueTie(self.chosen.id, period.code))

    def _choose(self, current: QModelIndex) -> None:
        if not current.isValid():
            return
        chosen = self.model.indicator(self.proxy.mapToSource(current).row()).id
        if chosen != self._chosen:
            self._chosen = chosen
            self._show_chosen(turn=True)

    def _restore(self) -> None:
        """After new data: the same indicator stays at hand, else its neighbour."""
        row = self.model.row_of(self._chosen) if self._chosen is not None else None
        index = self.proxy.mapFromSource(self.model.index(row, 0)) if row is not None else QModelIndex()
        turn = not index.isValid()
        if turn and self.proxy.rowCount():
            index = self.proxy.index(min(max(self.table.currentIndex().row(), 0), self.proxy.rowCount() - 1), 0)
        if index.isValid() and index.row() != self.table.currentIndex().row():
            column = max(self.table.currentIndex().column(), 1)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().setCurrentIndex(index.siblingAtColumn(column), flag)
        self._chosen = self.model.indicator(self.proxy.mapToSource(index).row()).id if index.isValid() else None
        self.delete_action.setEnabled(self.model.cells.editable and self._chosen is not None)
        self._show_chosen(turn)

    def _show_chosen(self, turn: bool) -> None:
        """The lower sheet and the panel; ``turn`` goes to the value of the reporting period."""
        indicator, cells = self.chosen, self.model.cells
        self.panel.show_indicator(indicator, cells, cells.years)
        self.periods.show(indicator.id if indicator else None, cells)
        self._caption.setText(f"Показатель {short_name(indicator)} по годам и кварталам" if indicator else "")
        show_grid_columns(self.grid, with_counts=indicator is not None and cells.is_counted(indicator))
        if turn or self._shown_period != self.workspace.period or not self.grid.currentIndex().isValid():
            self._turn_to_period()
        self._show_period_at_hand()

    def _turn_to_period(self) -> None:
        self._shown_period = self.workspace.period
        row = self.periods.row_of(self.workspace.period)
        if row is None:
            return
        indicator = self.chosen
        field = Field.NUMERATOR if indicator is not None and indicator.is_percent else Field.FACT
        index = self.periods.index(row, PeriodModel.FIELDS.index(field))
        self.grid.fit_rows()
        self.grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.grid.scrollTo(index, SheetView.ScrollHint.PositionAtCenter)

    # --- what is shown

    def _show_face(self) -> None:
        show_table_columns(self.table, self.model, list(Face)[self.faces.currentIndex()], self._course)

    def _is_shown(self, row: int) -> bool:
        indicator = self.model.indicator(row)
        words = (indicator.number, indicator.title, indicator.type, indicator.unit, indicator.territory)
        if self._query and not self._query.matches(" ".join(words)):
            return False
        state = self.model.cells.state(indicator.id, self.workspace.period.code)
        match self.filter.currentIndex():
            case 1:
                return state.achievement in (Achievement.BELOW, Achievement.FAILED)
            case 2:
                return state.amount is None
            case _:
                return True

    def _filter_again(self) -> None:
        self.proxy.beginFilterChange()
        self.proxy.endFilterChange()
        self._restore()

    def _tell(self, sentence: str) -> None:
        """Under the sheets: what is wrong with what was typed, else how one types here."""
        self._notice.complain(sentence)

    def _say(self, sentence: str) -> None:
        self._notice.say(sentence)

    def _show_panel(self, shown: bool) -> None:
        focused = self.focusWidget()
        if not shown and focused is not None and self.panel.isAncestorOf(focused):
            # Else the focus would leave the page, and F4 would not bring the panel back.
            self.table.setFocus()
        self.panel.setVisible(shown)

    def _go_to_next_part(self) -> None:
        """From the table to the grid to the panel and round: Tab walks over cells and does not leave a sheet."""
        parts = [part for part in (self.table, self.grid, self.panel.title) if part.isVisible()]
        here = next((number for number, part in enumerate(parts) if part.hasFocus()), -1)
        parts[(here + 1) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)

    def _import(self) -> None:
        from cosdesk.ui import files
        from cosdesk.ui.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            files.choose_import(window)
