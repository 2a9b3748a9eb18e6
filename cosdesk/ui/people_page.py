"""The page «Люди»: the directory of people and groups, and the rows that each one stands in."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.people import unfolded
from cosdesk.domain.person import Membership, Person
from cosdesk.errors import UserError
from cosdesk.ui import person_edits
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.folding_row import FoldingRow
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.page import EmptyState, Page, Place
from cosdesk.ui.person_model import COLUMNS, ROWS, PersonModel
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.sheet import SheetProxy, SheetView, read_block
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP, Tone, icon, scaled
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_TABLES = {"person", "member", "item", "roadmap", "school", "section"}
_HELP = "Пишите прямо в ячейке: Enter – вниз, Tab – дальше, Del – очистить, Ctrl+V – вставить из Excel."
_FLAG = QItemSelectionModel.SelectionFlag


class PeoplePage(Page):
    """The sheet of people; under it whom a group unfolds into and the rows of the one at hand."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self._query = Query("")
        self._chosen: int | None = None
        self.model = PersonModel(workspace, self)
        self.proxy = SheetProxy(self.model, self._is_shown, self.model.sort_key)
        self._make_actions()
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(self._choose)
        self.table.doubleClicked.connect(self._lead_from)
        self.rows.itemActivated.connect(self._lead)

    # --- construction

    def _make_actions(self) -> None:
        def action(text: str, short: str, icon_name: str, run: Callable[[], object], keys: str = "") -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setIconText(short)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.setToolTip(f"{text} ({keys})" if keys else text)
            made.triggered.connect(lambda: run())
            self.addAction(made)
            return made

        self.add_action = action("Добавить человека или группу", "Добавить", "add", self.add_person, "Ins")
        self.delete_action = action("Удалить из справочника", "Удалить", "delete", self.delete_people, "Ctrl+Del")
        self.gather_action = action("Собрать из дорожных карт", "Собрать из дорожных карт", "roadmap", self.gather)
        self.alike_action = action("Похожие имена…", "Похожие имена…", "check", self.show_alike)
        self.cases_action = action("Предложить падежи", "Падежи", "edit", self.propose_cases)
        self.cases_action.setToolTip("Вписать падежи полных имён выбранных строк; проверьте их и поправьте, где не так")
        self.erase_action = action(
            "Удалить персональные данные…", "Персональные данные", "delete", self.erase_personal_data
        )
        self.erase_action.setToolTip("Имя, телефон и почту ушедшего человека – из файла и всех его копий, навсегда")
        self.insert_action = action(
            "Вставить новыми строками из буфера", "Вставить строки", "import", self.insert_rows, "Ctrl+Alt+V"
        )

    def _lay_out(self) -> None:
        self.table = SheetView(self.model, self.proxy)
        self.table.setAccessibleName("Люди и группы")
        self.table.verticalHeader().hide()
        self.table.setFrameShape(SheetView.Shape.NoFrame)
        self.table.addActions([self.add_action, self.insert_action, self.delete_action, self.cases_action])
        self.table.addAction(self.erase_action)
        header = self.table.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        if not header.restoreState(remembered_state("people-columns")):
            for number, column in enumerate(COLUMNS):
                self.table.setColumnWidth(number, scaled(column.width))
        pause = QTimer(self, singleShot=True, interval=500)
        pause.timeout.connect(lambda: remember_state("people-columns", header.saveState()))
        header.sectionResized.connect(lambda: pause.start())
        fit = QTimer(self, singleShot=True, interval=0)
        fit.timeout.connect(self.table.fit_rows)
        for signal in (
            header.sectionResized, self.proxy.dataChanged, self.proxy.modelReset, self.proxy.layoutChanged,
        ):  # fmt: skip
            signal.connect(lambda *_: fit.start())
        self.table.told.connect(self._tell)
        self._notice = NoticeLine(_HELP)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_body())
        sentence = "Справочник людей пуст. Соберите имена из дорожных карт: их должности и телефоны допишете здесь."
        self._stack.addWidget(EmptyState(sentence, [self.gather_action, self.add_action]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._tell("")

    def _make_body(self) -> QWidget:
        bar = FoldingRow()
        bar.setSpacing(STEP)
        for action in (
            self.add_action, self.delete_action, self.gather_action, self.alike_action, self.cases_action,
        ):  # fmt: skip
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            bar.addWidget(button)
        bar.addStretch(1)
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._notice)
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(self._make_rows())
        whole.setSizes([420, 180])
        whole.setChildrenCollapsible(False)
        whole.restoreState(remembered_state("people-rows"))
        whole.splitterMoved.connect(lambda *_: remember_state("people-rows", whole.saveState()))
        return whole

    def _make_rows(self) -> QWidget:
        self._caption = QLabel()
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self._caption.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP // 2)
        self.rows = QTreeWidget()
        self.rows.setAccessibleName("Строки дорожных карт")
        self.rows.setHeaderLabels(["№", "Строка", "Срок", "Дорожная карта"])
        self.rows.setRootIsDecorated(False)
        self.rows.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.rows.setToolTip("Двойной щелчок или Enter – перейти к строке")
        for number, width in enumerate((70, 560, 200, 240)):
            self.rows.setColumnWidth(number, width)
        soften_selection(self.rows)
        enable_copy(self.rows)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(self.rows, 1)
        return lower

    # --- the window's calls

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        self.model.refresh()
        self._stack.setCurrentIndex(0 if self.model.people else 1)
        editable = not self.workspace.file.read_only
        for action in (
            self.add_action, self.insert_action, self.delete_action, self.cases_action, self.erase_action,
        ):  # fmt: skip
            action.setEnabled(editable)
        self.gather_action.setEnabled(editable and bool(self.workspace.snapshot.roadmaps))
        self.table.paste_action.setEnabled(editable)
        self.table.clear_action.setEnabled(editable)
        self._restore()

    def search(self, text: str) -> None:
        self._query = Query(text)
        self.proxy.beginFilterChange()
        self.proxy.endFilterChange()
        self._restore()

    def menu_actions(self) -> list[QAction]:
        return [
            self.add_action, self.insert_action, self.delete_action, self.gather_action, self.alike_action,
            self.cases_action, self.erase_action,
        ]  # fmt: skip

    def status_text(self) -> str:
        count = len(self.model.people)
        if not count:
            return ""
        told = counted(count, "имя", "имени", "имён")
        return told if self.proxy.rowCount() == count else f"{told}, показано {self.proxy.rowCount()}"

    # --- what is done

    @property
    def chosen(self) -> Person | None:
        row = self.model.row_of(self._chosen) if self._chosen is not None else None
        return self.model.person(row) if row is not None else None

    def selected(self) -> list[Person]:
        """The people of the selected cells, in visible order."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return [self.model.person(self.proxy.mapToSource(self.proxy.index(row, 0)).row()) for row in rows]

    def gather(self) -> None:
        count = person_edits.gather(self.workspace)
        told = f"Добавлено: {counted(count, 'имя', 'имени', 'имён')}. Отменить – Ctrl+Z." if count else ""
        self._tell(told or "Новых имён в дорожных картах нет: все уже в справочнике.", Tone.GREY)

    def add_person(self) -> None:
        """A new line; its name is typed at once."""
        self._chosen = person_edits.add(self.workspace)
        self.search("")
        self.table.setFocus()
        self.table.edit(self.table.currentIndex())

    def insert_rows(self) -> None:
        """The clipboard's rows as new people, in the order of the columns."""
        block = [row for row in read_block(QGuiApplication.clipboard().text()) if any(text.strip() for text in row)]
        if block:
            count = person_edits.add_rows(self.workspace, block)
            self._tell(f"Вставлено: {counted(count, 'имя', 'имени', 'имён')}.", Tone.GREY)

    def delete_people(self) -> None:
        """The selected ones; rows of roadmaps keep their wording, Ctrl+Z brings all back."""
        if people := self.selected():
            person_edits.remove(self.workspace, people)

    def erase_personal_data(self) -> None:
        """Of the one at hand, for good."""
        from cosdesk.ui.person_erasure import erase_person

        person = self.chosen
        if person is None or person.membership is not Membership.PERSON:
            raise UserError("Выберите в справочнике одного человека, не группу, и повторите.")
        erase_person(self.workspace, self.tasks, person, lambda told: self._tell(told, Tone.GREY), self)

    def propose_cases(self) -> None:
        count = person_edits.propose_cases(self.workspace, self.selected() or self.model.people)
        told = "Падежи вписаны: проверьте их и поправьте, где не так."
        none = "Предложить нечего: впишите фамилию, имя и отчество; вписанные падежи не меняются."
        self._tell(told if count else none, Tone.GREY)

    def show_alike(self) -> None:
        from cosdesk.ui.person_merge_dialog import PersonMergeDialog

        PersonMergeDialog(self.workspace, self).exec()

    # --- the one at hand

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self._chosen = self.model.person(self.proxy.mapToSource(current).row()).id
            self._show_rows()

    def _restore(self) -> None:
        """After new data: the same person stays at hand, else the neighbour."""
        row = self.model.row_of(self._chosen) if self._chosen is not None else None
        index = self.proxy.mapFromSource(self.model.index(row, 0)) if row is not None else QModelIndex()
        if not index.isValid() and self.proxy.rowCount():
            place = min(max(self.table.currentIndex().row(), 0), self.proxy.rowCount() - 1)
            index = self.proxy.index(place, 0)
        if index.isValid() and index.row() != self.table.currentIndex().row():
            self.table.selectionModel().setCurrentIndex(index, _FLAG.ClearAndSelect)
        self._chosen = self.model.person(self.proxy.mapToSource(index).row()).id if index.isValid() else None
        self._show_rows()

    def _show_rows(self) -> None:
        person = self.chosen
        self.rows.clear()
        if person is None:
            self._caption.setText("")
            return
        snapshot = self.workspace.snapshot
        found = self.model.rows_of(person)
        told = f"{person.name}: {counted(len(found), 'строка', 'строки', 'строк')}"
        if person.membership is not Membership.PERSON:
            names = unfolded(person, snapshot.people, snapshot.schools, snapshot.today)
            told += f". За этим именем: {', '.join(names)}" if names else ". За этим именем пока никого."
        self._caption.setText(told)
        titles = {contents.roadmap.id: " ".join(contents.roadmap.title.split()) for contents in snapshot.roadmaps}
        for roadmap_id, item in found:
            texts = [item.number, " ".join(item.title.split()), item.term.text, titles[roadmap_id]]
            line = QTreeWidgetItem(self.rows, texts)
            line.setToolTip(1, plain_tooltip(texts[1]))
            line.setData(0, Qt.ItemDataRole.UserRole, (roadmap_id, item.id))

    def _lead(self, line: QTreeWidgetItem) -> None:
        roadmap_id, item_id = line.data(0, Qt.ItemDataRole.UserRole)
        self.led.emit(Place(roadmap_id, item_id))

    def _lead_from(self, index: QModelIndex) -> None:
        if index.column() == ROWS and (first := self.rows.topLevelItem(0)):
            self._lead(first)

    def _is_shown(self, row: int) -> bool:
        person = self.model.person(row)
        words = (person.name, person.full_name, person.position, person.organisation, person.phone, person.email)
        return not self._query or self._query.matches(" ".join(words))

    def _tell(self, sentence: str, tone: Tone = Tone.RED) -> None:
        """Under the sheet: what is wrong with what was typed, what was done, else how one types here."""
        (self._notice.complain if tone is Tone.RED else self._notice.say)(sentence)
