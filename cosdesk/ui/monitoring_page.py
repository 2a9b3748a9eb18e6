"""The page «Мониторинг»: the rounds, the grid of one of them, the school at hand."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.monitoring import AnswerState, Round, RoundFeed
from cosdesk.reports.typography import number, percent
from cosdesk.rounds import desk_of, last_values
from cosdesk.ui.answer_model import AnswerModel, Part
from cosdesk.ui.answer_panel import WIDTH, AnswerPanel
from cosdesk.ui.document_edits import RoundTie
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.frozen_sheet import FrozenSheet
from cosdesk.ui.headers import GroupedHeader
from cosdesk.ui.indicator_changes import short_name
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.page import EmptyState, Page, Place
from cosdesk.ui.panel_parts import beside, flat_button
from cosdesk.ui.round_commands import RoundCommands
from cosdesk.ui.rounds_overview import RoundsOverview
from cosdesk.ui.sheet import SheetProxy
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import ICON, STEP, icon
from cosdesk.ui.use_papers import UsePapers
from cosdesk.ui.verdict_chart import VerdictChart
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_TABLES = {
    "monitoring_round", "answer", "round_feed", "school", "school_count", "period_closure", "indicator", "roadmap",
    "district", "evidence", "evidence_use",
}  # fmt: skip
_SHOWN = ("Все школы", "Не ответили", "С замечаниями", "Не соответствуют")
_HELP = (
    "Пишите прямо в ячейке; в скобках – прошлый ответ. Ctrl+D – как в прошлый раз."
    " Файлы с ответами можно перетащить на таблицу."
)
_HELP_OF_ALL = "Enter – открыть мониторинг. Ctrl+C – скопировать выбранные строки в Word или Excel."
_CLOSED = "Период мониторинга закрыт, ответы не меняются. Открыть его снова – страница «Показатели», меню «Правка»."


class MonitoringPage(Page):
    """Two faces: one round, which the chooser at the left of the toolbar names, and all of them as a list."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self._round_id: int | None = None
        self._query = Query("")
        self.model = AnswerModel(workspace, self)
        self.filter = QComboBox()
        self.proxy = SheetProxy(self.model, self._is_shown, self.model.sort_key)
        self.grid = FrozenSheet(self.model, self.proxy)
        self.panel = AnswerPanel()
        self.verdicts = VerdictChart()
        self.papers = UsePapers(workspace, tasks)
        self.papers.setContentsMargins(STEP * 2, 0, STEP * 2, STEP * 2)
        self._side = self._make_side()
        self.overview = RoundsOverview()
        self.notice = NoticeLine(_HELP)
        self.commands = RoundCommands(workspace, tasks, self.model, self.grid, self)
        self._make_panel_action()
        self._lay_out()
        self._connect()

    # --- construction

    def _make_side(self) -> QScrollArea:
        """The school at hand over the round's documents; on a low screen they scroll together."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel, 1)
        column.addWidget(self.verdicts)
        column.addWidget(self.papers)
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setFrameShape(QScrollArea.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setMinimumWidth(self.panel.minimumWidth() + side.verticalScrollBar().sizeHint().width())
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setWidget(body)
        return side

    def _make_panel_action(self) -> None:
        self.panel_action = QAction(icon("panel"), "Панель школы", self)
        self.panel_action.setIconText("Панель")
        self.panel_action.setShortcut(QKeySequence("F4"))
        self.panel_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.panel_action.setToolTip("Показать или скрыть панель школы (F4)")
        self.panel_action.setCheckable(True)
        self.panel_action.setChecked(True)
        self.panel_action.toggled.connect(self._show_panel)
        self.addAction(self.panel_action)

    def _lay_out(self) -> None:
        commands = self.commands
        self.rounds = QComboBox()
        self.rounds.setAccessibleName("Мониторинг")
        self.rounds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rounds.setMinimumContentsLength(34)
        self.rounds.setMaxVisibleItems(24)
        self.filter.setAccessibleName("Какие школы показать")
        self.filter.addItems(_SHOWN)
        self.faces = QTabBar()
        self.faces.setAccessibleName("Один мониторинг или все")
        self.faces.setDrawBase(False)
        self.faces.setExpanding(False)
        self.faces.addTab("Ответы")
        self.faces.addTab("Все")
        bar = FoldingRow()
        bar.addWidget(self.faces)
        bar.addSpacing(STEP)
        more = QToolButton()
        more.setText("Ещё")
        more.setAutoRaise(True)
        more.setAccessibleName("Другие действия с мониторингом")
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions([commands.change_action, commands.add_schools_action, commands.delete_action])
        menu.addSeparator()
        menu.addActions([commands.counts_action, commands.forms_action])
        more.setMenu(menu)
        open_button = tool_button(self.overview.open_action)
        answers_button = _menu_button(commands.files_action, [commands.folder_action, commands.table_action])
        books_button = _menu_button(commands.books_action, [commands.letters_action])
        panel_button = tool_button(self.panel_action)
        self._own = [self.rounds, books_button, more, panel_button]
        self._others = [open_button, self.overview.filter]
        bar.addWidget(self.rounds, 1)
        for widget in (open_button, tool_button(commands.new_action), books_button, answers_button, more):
            bar.addWidget(widget)
        bar.addWidget(self.overview.filter)
        # Seen for a moment, they would widen the window before the page turns to one round.
        for hidden in self._others:
            hidden.hide()
        bar.addStretch(0)
        bar.addWidget(panel_button)
        second = FoldingRow()
        second.setContentsMargins(STEP * 2, 0, STEP * 2, STEP)
        second.addWidget(self.filter)
        for action in (commands.same_action, commands.accept_action, commands.rework_action):
            second.addWidget(tool_button(action))
        second.addStretch(1)
        self._sums = QHBoxLayout()
        second.addLayout(self._sums)
        one = QWidget()
        self.grid.setAccessibleName("Ответы школ")
        self.grid.setFrameShape(FrozenSheet.Shape.NoFrame)
        self.grid.verticalHeader().hide()
        cast(GroupedHeader, self.grid.horizontalHeader()).name_lines = 4
        self.grid.setSortingEnabled(True)
        header = self.grid.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.grid.addActions([commands.same_action, commands.accept_action, commands.rework_action])
        self.grid.addActions([commands.sent_action, commands.leave_out_action])
        inner = QVBoxLayout(one)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(second)
        inner.addWidget(beside(self.grid, self._side, WIDTH, "monitoring-splitter"), 1)
        self._bodies = QStackedWidget()
        self._bodies.addWidget(one)
        self._bodies.addWidget(self.overview)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._bodies, 1)
        column.addWidget(self.notice)
        self._whole = QStackedWidget()
        self._whole.addWidget(body)
        self.schools_action = QAction(icon("schools"), "Перейти к школам", self)
        self.schools_action.triggered.connect(lambda: self.page_wanted.emit("Школы"))
        self._whole.addWidget(
            EmptyState(
                "Здесь собираются ответы школ: выберите форму, разошлите книги Excel и примите их обратно"
                " – показатели посчитаются сами. Ответы можно и вписать прямо в таблицу.",
                [commands.new_action],
            )
        )
        self._whole.addWidget(
            EmptyState(
                "Мониторинг ведётся по школам, а в районе их пока нет. Внесите их на странице «Школы».",
                [self.schools_action],
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _connect(self) -> None:
        self.faces.currentChanged.connect(lambda: self._turn())
        self.overview.wanted.connect(self._open_round)
        self.overview.list.selectionModel().selectionChanged.connect(lambda: self.status_changed.emit())
        self.overview.filter.currentIndexChanged.connect(lambda: self.status_changed.emit())
        self.rounds.activated.connect(lambda: self.show_round(self.rounds.currentData()))
        self.filter.currentIndexChanged.connect(lambda: self._filter_again())
        self.grid.told.connect(self.notice.complain)
        self.grid.selectionModel().selectionChanged.connect(lambda: self._show_school())
        self.proxy.modelReset.connect(self._show_school)
        self.panel.question_wanted.connect(self.go_to_question)
        self.panel.letter_wanted.connect(self.commands.write_to_school)
        self.commands.told.connect(self.notice.say)
        self.papers.told.connect(self.notice.say)
        self.commands.begun.connect(self.show_round)
        fit = QTimer(self, singleShot=True, interval=0)
        fit.timeout.connect(self.grid.fit_rows)
        self.proxy.modelReset.connect(lambda: fit.start())
        self.proxy.layoutChanged.connect(lambda: fit.start())
        self._drops = [FileDrop(self.grid.viewport()), FileDrop(self.overview)]
        for drop in self._drops:
            drop.dropped.connect(lambda paths, _: self.commands.take_paths(paths))

    # --- what a page answers

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        snapshot = self.workspace.snapshot
        rounds = snapshot.rounds
        if not any(each.id == self._round_id for each in rounds):
            opened = next((each for each in rounds if each.is_open), None)
            self._round_id = (opened or rounds[0]).id if rounds else None
        self._whole.setCurrentIndex(0 if rounds else 1 if snapshot.schools else 2)
        self._fill_rounds(rounds)
        self._show_grid()
        self._show_face()
        self._enable()

    def search(self, text: str) -> None:
        self._query = Query(text)
        self.overview.look_for(self._query)
        self._filter_again()

    def status_text(self) -> str:
        found = self.round
        if found is None:
            return ""
        if self.faces.currentIndex():
            return self.overview.status_text()
        words = [counted(found.asked, "школа", "школы", "школ"), f"ответили {found.answered}"]
        for state in (AnswerState.REWORK, AnswerState.SENT, AnswerState.NOT_SENT):
            if count := found.counts.get(state, 0):
                words.append(f"{state.label} {count}")
        return ", ".join(words)

    def menu_actions(self) -> list[QAction]:
        return [*self.commands.all, self.overview.open_action, self.panel_action]

    # --- the round at hand

    @property
    def round(self) -> Round | None:
        if not self.workspace.is_open:
            return None
        return next((each for each in self.workspace.snapshot.rounds if each.id == self._round_id), None)

    def show_place(self, place: Place) -> None:
        if place.round_id is not None:
            self._open_round(place.round_id)

    def show_round(self, round_id: int) -> None:
        """Makes that round the one at hand."""
        if round_id != self._round_id:
            self._round_id = round_id
            self.refresh(frozenset())
            self.status_changed.emit()

    def _open_round(self, round_id: int) -> None:
        self.show_round(round_id)
        self.faces.setCurrentIndex(0)
        self.grid.setFocus()

    def go_to_question(self, key: str) -> None:
        """Turns to the cell of that question of the school at hand."""
        index = self.grid.currentIndex()
        if index.isValid():
            self.grid.setFocus()
            target = index.siblingAtColumn(self.model.section_of(key))
            self.grid.setCurrentIndex(target)
            self.grid.scrollTo(target)

    # --- showing

    def _turn(self) -> None:
        """To the other face."""
        self._show_face()
        if self.faces.currentIndex():
            if self._round_id is not None:
                self.overview.list.choose(self._round_id)
            self.notice.say(_HELP_OF_ALL)
        else:
            self.notice.say(_CLOSED if self.model.desk and self.model.desk.closed else "")
        self.status_changed.emit()

    def _show_face(self) -> None:
        one = self.faces.currentIndex() == 0
        for widget in self._own:
            widget.setVisible(one)
        for widget in self._others:
            widget.setVisible(not one)
        self._bodies.setCurrentIndex(0 if one else 1)
        if not one:
            self.overview.show_rounds(self.workspace.snapshot)
        self._enable()

    def _fill_rounds(self, rounds: Sequence[Round]) -> None:
        today = self.workspace.snapshot.today
        self.rounds.clear()
        for each in rounds:
            # The count comes first: a long title may be cut where the window is narrow.
            told = ", срок прошёл" if each.is_late(today) else "" if each.is_open else ", завершён"
            self.rounds.addItem(f"{each.answered} из {each.asked} – {each.title}{told}", each.id)
        self.rounds.setCurrentIndex(self.rounds.findData(self._round_id))
        found = self.round
        self.rounds.setToolTip(f"Ответить до {found.due:%d.%m.%Y}" if found and found.due else "")

    def _show_grid(self) -> None:
        file, found = self.workspace.file, self.round
        desk = desk_of(file, self.workspace.snapshot, found.id) if found else None
        last = last_values(file, self.workspace.snapshot, desk) if desk else {}
        before = self.model.columnCount(), self.model.desk.form.id if self.model.desk else ""
        editable = bool(desk and not desk.closed and not file.read_only)
        self.model.show(desk, last, editable)
        if desk and (self.model.columnCount(), desk.form.id) != before:
            for section in range(self.model.columnCount()):
                self.grid.setColumnWidth(section, self.model.width(section))
            self.grid.stretch(self.model.section_of(Part.COMMENT), 160)
        self.grid.freeze(2)
        self._show_sums(found)
        self.verdicts.show_desk(self.workspace.snapshot, desk)
        if desk and desk.closed:
            self.notice.say(_CLOSED)
        self._show_school()

    def _show_sums(self, found: Round | None) -> None:
        """What the round gives to indicators; each leads to its indicator."""
        while (held := self._sums.takeAt(0)) is not None:
            if widget := held.widget():
                widget.hide()
                widget.deleteLater()
        if found is None:
            return
        for contents in self.workspace.snapshot.roadmaps:
            for indicator in contents.indicators:
                for feed in found.feeds:
                    if feed.indicator_id == indicator.id:
                        text = f"Показатель {short_name(indicator)}: {_sum_text(feed)}"
                        place = Place(contents.roadmap.id, None, indicator.id)
                        link = flat_button(text, lambda _=False, place=place: self.led.emit(place))
                        link.setToolTip("Перейти к показателю")
                        self._sums.addWidget(link)
        if not self._sums.count():
            self._sums.addWidget(QLabel("Показатель не выбран"))

    def _show_school(self) -> None:
        rows = self.commands.chosen if self.model.rows else []
        self.panel.show_answer(rows[0] if rows else None, self.model.desk)
        found = self.round
        self.papers.show_use(RoundTie(found.id) if found else None, "мониторинга")
        self._enable()

    def _enable(self) -> None:
        self.commands.enable()
        for drop in self._drops:
            drop.enabled = self.commands.files_action.isEnabled()

    def _show_panel(self, shown: bool) -> None:
        focused = self.focusWidget()
        if not shown and focused is not None and self._side.isAncestorOf(focused):
            self.grid.setFocus()
        self._side.setVisible(shown)

    def _filter_again(self) -> None:
        self.proxy.beginFilterChange()
        self.proxy.endFilterChange()
        self._show_school()
        self.status_changed.emit()

    def _is_shown(self, number: int) -> bool:
        row = self.model.row(number)
        if self._query and not self._query.matches(self.model.words(number)):
            return False
        match self.filter.currentIndex():
            case 1:
                return not row.answer.state.counts
            case 2:
                return bool(row.answer.remarks)
            case 3:
                return row.answer.complies is False
            case _:
                return True


def _sum_text(feed: RoundFeed) -> str:
    numerator, denominator = feed.numerator, feed.denominator
    if numerator is None:
        return "ответов пока нет"
    if denominator is None:
        return number(numerator)
    share = percent(numerator * 100 / denominator, 1) if denominator else "–"
    return f"{number(numerator)} из {number(denominator)} – {share}"


def _menu_button(action: QAction, others: list[QAction]) -> QToolButton:
    """A button with further ways to do the same under its arrow."""
    button = tool_button(action)
    menu = QMenu(button)
    menu.addActions([action, *others])
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    button.setIconSize(ICON)
    return button
