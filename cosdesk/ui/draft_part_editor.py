"""One part of a form in its editor: the sheet of entries with what is done to them, and how expressions are written."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from cosdesk.ui.draft_columns import FAULT, Kind
from cosdesk.ui.draft_history import DraftHistory
from cosdesk.ui.draft_model import DraftModel
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.headers import GroupedHeader, RowHeader
from cosdesk.ui.panel_parts import plain_label
from cosdesk.ui.sheet import SheetView, read_block
from cosdesk.ui.theme import STEP, icon

PART_TITLES = {
    "question": "Вопросы",
    "computed": "Расчёты",
    "check": "Проверки",
    "requirement": "Вывод",
    "feed": "Показатели",
}
_HOW = "Названия вопросов пишутся в «ёлочках»: их и знаки ставит кнопка «Вставить». "
_HELP = {
    "question": "Вопрос – строка. Пишите прямо в ячейке; список вопросов можно вставить из Excel или Word (Ctrl+V).",
    "computed": "Что программа вычислит сама по ответам школы, например: "
    f"100 если «вид населённого пункта» = 'город' иначе 50. {_HOW}",
    "check": f"Проверка ответа школы, например «Пользуются» ≤ «обучающихся в школе». {_HOW}"
    "В тексте замечания {название в скобках} заменяется ответом.",
    "requirement": "Школа соответствует, если верны все строки; неверная попадает в причины. "
    f"Без строк вывода нет. {_HOW}",
    "feed": "Что мониторинг считает для показателей: по каждой школе числитель и знаменатель, по району – суммы. "
    f"Условие считается как одна школа, знаменатель «1» – все ответившие школы. {_HOW}",
}  # fmt: skip
_STRETCHED = {"question": "hint", "computed": "value", "check": "message", "requirement": "reason", "feed": "title"}
_NEW: dict[str, dict[str, Any]] = {
    "question": {"key": "", "label": "", "type": "text"},
    "computed": {"key": "", "label": "", "value": ""},
    "check": {"condition": "", "message": "", "question": ""},
    "requirement": {"condition": "", "reason": ""},
    "feed": {"key": "", "title": "", "words": [], "numerator": ""},
}
_SIGNS = (
    "≤",
    "≥",
    "<",
    ">",
    "=",
    "≠",
    "+",
    "-",
    "×",
    "/",
    "и",
    "или",
    "не",
    "заполнено",
    "не заполнено",
    "если … иначе …",
)


class DraftSheet(SheetView):
    """A pasted list that is longer than the sheet makes room for itself: ``room_wanted`` carries the rows."""

    room_wanted = Signal(int)

    def paste(self) -> None:
        block = read_block(QApplication.clipboard().text())
        start = max(self.currentIndex().row(), 0)
        missing = len(block) - (self.model().rowCount() - start)
        if missing > 0:
            self.room_wanted.emit(missing)
            self.setCurrentIndex(
                self.model().index(start, 0) if not self.currentIndex().isValid() else self.currentIndex()
            )
        super().paste()


class DraftPartEditor(QWidget):
    """Works on ``part`` of the draft in ``history``; ``told`` carries what is wrong with what is being typed."""

    told = Signal(str)

    def __init__(self, history: DraftHistory, part: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.part = part
        self.model = DraftModel(history, part, self)
        self.view = DraftSheet(self.model)
        self._make_actions()
        self._lay_out()
        self.view.told.connect(self.told)
        self.view.room_wanted.connect(self._make_room)
        self.view.selectionModel().selectionChanged.connect(lambda: self._enable())
        self._at = (0, 0)
        self.model.modelAboutToBeReset.connect(self._note_place)
        self.model.modelReset.connect(self._return)
        fit = QTimer(self, singleShot=True, interval=0)
        fit.timeout.connect(self.view.fit_rows)
        self.view.horizontalHeader().sectionResized.connect(lambda *_: fit.start())
        history.changed.connect(self._show_faults)
        history.changed.connect(lambda: fit.start())
        self._show_faults()
        fit.start()

    def _make_actions(self) -> None:
        def make(text: str, icon_name: str, keys: str, run: Callable[[], object]) -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.setToolTip(f"{text} ({made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
            made.triggered.connect(lambda: run())
            self.addAction(made)
            return made

        self.add_action = make("Добавить", "add", "Ctrl+Ins", self.add)
        self.delete_action = make("Удалить", "delete", "Ctrl+Del", self.delete)
        self.up_action = make("Выше", "up", "Alt+Up", partial(self.shift, -1))
        self.down_action = make("Ниже", "down", "Alt+Down", partial(self.shift, 1))

    def _lay_out(self) -> None:
        bar = FoldingRow()
        for action in (self.add_action, self.delete_action, self.up_action, self.down_action):
            bar.addWidget(tool_button(action))
        if any(column.kind in (Kind.EXPRESSION, Kind.MESSAGE) for column in self.model.columns):
            bar.addWidget(self._insert_button())
        bar.addStretch(1)
        help_text = plain_label(_HELP[self.part])
        help_text.setContentsMargins(STEP * 2, STEP, STEP * 2, 0)
        view = self.view
        view.setAccessibleName(PART_TITLES[self.part])
        view.setFrameShape(SheetView.Shape.NoFrame)
        view.setVerticalHeader(RowHeader(view))
        cast(GroupedHeader, view.horizontalHeader()).name_lines = 3
        for section, column in enumerate(self.model.columns):
            view.setColumnWidth(section, column.width)
        # Before all others: between them it would stand in the way of a pasted block.
        view.horizontalHeader().moveSection(len(self.model.columns) - 1, 0)
        stretched = self.model.section_of(_STRETCHED[self.part])
        view.stretch(stretched, self.model.columns[stretched].width)
        view.addActions([self.add_action, self.delete_action, self.up_action, self.down_action])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(help_text)
        layout.addLayout(bar)
        layout.addWidget(view, 1)

    def _insert_button(self) -> QToolButton:
        self.insert_menu = QMenu(self)
        self.insert_menu.aboutToShow.connect(self._fill_menu)
        button = QToolButton()
        button.setText("Вставить")
        button.setIcon(icon("edit"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cell being typed in stays open
        button.setToolTip("Вставить в ячейку название вопроса или знак")
        button.setMenu(self.insert_menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    # --- showing

    def _show_faults(self) -> None:
        section = self.model.columns.index(FAULT)
        self.view.setColumnHidden(section, not self.model.has_faults)
        self._enable()

    def _enable(self) -> None:
        rows, last = self.rows, self.model.rowCount() - 1
        self.delete_action.setEnabled(bool(rows))
        self.up_action.setEnabled(bool(rows) and rows[0] > 0)
        self.down_action.setEnabled(bool(rows) and rows[-1] < last)

    @property
    def rows(self) -> list[int]:
        """The selected rows."""
        return sorted({index.row() for index in self.view.selectedIndexes()})

    def choose(self, row: int, key: str = "") -> None:
        """Turns to a cell; without a key to the first one of the row."""
        index = self.model.index(row, self.model.section_of(key))
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self.view.setFocus()

    def _note_place(self) -> None:
        index = self.view.currentIndex()
        self._at = index.row(), index.column()

    def _return(self) -> None:
        """Stays where one was when rows came or went."""
        row = min(self._at[0], self.model.rowCount() - 1)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, max(self._at[1], 0)))

    # --- entries

    def add(self) -> None:
        """A new entry below the one at hand, opened for typing."""
        row = self.rows[-1] + 1 if self.rows else self.model.rowCount()
        self._history.change(f"Новая строка: {PART_TITLES[self.part].lower()}", self._with_new(row, 1))
        self.choose(row)
        self.view.edit(self.view.currentIndex())

    def _with_new(self, row: int, count: int) -> Any:
        draft = self._history.draft
        questions = draft.entries("question")
        for place in range(row, row + count):
            values = dict(_NEW[self.part])
            if "key" in values:
                taken = {entry.get("key") for part in _NEW for entry in draft.entries(part)}
                values["key"] = next(key for n in range(1, 10_000) if (key := f"{self.part[0]}{n}") not in taken)
            if "question" in values and questions:
                values["question"] = questions[0]["key"]
            draft = draft.with_entry(self.part, place, values)
        return draft

    def _make_room(self, count: int) -> None:
        index = self.view.currentIndex()
        row, column = index.row(), index.column()
        self._history.change(f"Новых строк: {count}", self._with_new(self.model.rowCount(), count))
        self.view.setCurrentIndex(self.model.index(max(row, 0), max(column, 0)))

    def delete(self) -> None:
        if rows := self.rows:
            self._history.change(f"Удаление строк: {len(rows)}", self._history.draft.without(self.part, rows))
            if self.model.rowCount():
                self.choose(min(rows[0], self.model.rowCount() - 1))

    def shift(self, step: int) -> None:
        """The selected rows one place up or down."""
        rows = self.rows
        if not rows or not 0 <= (rows[0] if step < 0 else rows[-1]) + step < self.model.rowCount():
            return
        # Moving the neighbour over to the other side moves them all.
        neighbour, to = (rows[0] - 1, rows[-1]) if step < 0 else (rows[-1] + 1, rows[0])
        self._history.change("Порядок строк", self._history.draft.moved(self.part, neighbour, to))
        self.choose(rows[0] + step)

    # --- names and signs

    def _fill_menu(self) -> None:
        menu = self.insert_menu
        menu.clear()
        self._place = self._open_cell()
        labels = self._history.labels
        entries = [*self._history.draft.entries("question"), *self._history.draft.entries("computed")]
        own = [str(entry.get("key", "")) for entry in entries]
        for keys in (own, [key for key in labels if key not in own]):
            for key in keys:
                if labels.get(key):
                    menu.addAction(labels[key].replace("&", "&&")).triggered.connect(
                        partial(self._insert_name, labels[key])
                    )
            menu.addSeparator()
        signs = menu.addMenu("Знаки и слова")
        for sign in _SIGNS:
            signs.addAction(sign).triggered.connect(partial(self._insert, f" {sign} "))

    def _open_cell(self) -> QPlainTextEdit | QLineEdit | None:
        """The field that is being typed in, None where no cell is open."""
        field = QApplication.focusWidget()
        return field if isinstance(field, QPlainTextEdit | QLineEdit) and self.view.isAncestorOf(field) else None

    def _insert_name(self, label: str, _checked: bool = False) -> None:
        column = self.model.columns[max(self.view.currentIndex().column(), 0)]
        self._insert(f"{{{label}}}" if column.kind is Kind.MESSAGE else f"«{label}»")

    def _insert(self, text: str, _checked: bool = False) -> None:
        if self._place is None:
            index = self.view.currentIndex()
            if not index.isValid() or self.model.columns[index.column()].kind not in (Kind.EXPRESSION, Kind.MESSAGE):
                self.told.emit("Сначала встаньте в ячейку, куда вставить.")
                return
            self.view.edit(index)
            self._place = self._open_cell()
        match self._place:
            case QPlainTextEdit():
                if self._place.textCursor().selectedText() == self._place.toPlainText():
                    # A cell opens with all of it selected, which nobody chose to replace.
                    self._place.moveCursor(self._place.textCursor().MoveOperation.End)
                self._place.insertPlainText(text)
            case QLineEdit():
                self._place.insert(text)
