"""A register as a spreadsheet: a record a row, a blank row at the end that makes a new one, blocks pasted as rows."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.store.edit import Edit
from cosdesk.ui.delegates import CellLook, CellRole
from cosdesk.ui.frozen_sheet import FrozenSheet
from cosdesk.ui.headers import GROUP_ROLE
from cosdesk.ui.sheet import Cells, SheetModel, SheetProxy, read_block
from cosdesk.ui.sheet_delegate import CHOICES_ROLE, LONG_TEXT_ROLE
from cosdesk.ui.text_search import folded
from cosdesk.ui.theme import Tone
from cosdesk.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex


class HasId(Protocol):
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=HasId)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a register.

    ``plain`` is the cell as typed and copied; ``write`` gives the record with another text
    (``UserError`` when it is wrong), None for a column that follows from the others.
    ``shown`` is the cell as read where that is another text; ``order`` what rows are sorted by.
    ``choices`` are offered while one types, and nothing else may be written where ``closed``.
    ``empty`` is what the blank row says there.
    """

    key: str
    heading: str
    width: int
    plain: Callable[[R], str]
    write: Callable[[R, str], R] | None = None
    shown: Callable[[R], str] | None = None
    order: Callable[[R], Any] | None = None
    tone: Callable[[R], Tone | None] | None = None
    muted: Callable[[R], bool] | None = None
    tip: Callable[[R], str] | None = None
    group: str = ""
    right: bool = False
    long: bool = False
    choices: tuple[str, ...] = ()
    closed: bool = False
    empty: str = ""


class RegisterModel(SheetModel, Generic[R]):
    """Records in rows.  Subclasses say how a record is made, kept and called."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.editable = False
        self._blank_rows = 0
        self._columns: tuple[Column[R], ...] = ()
        self._records: list[R] = []
        self._words: dict[int, str] = {}

    # --- what a register is of

    def blank(self) -> R:
        """The record that the blank row becomes."""
        raise NotImplementedError

    def name(self, record: R) -> str:
        """How an edit calls a record: «школа «Лесная СОШ»»."""
        raise NotImplementedError

    def insert(self, edit: Edit, record: R) -> None:
        raise NotImplementedError

    def change(self, edit: Edit, before: R, after: R) -> None:
        raise NotImplementedError

    def check(self, record: R) -> None:
        """``UserError`` where the record as a whole may not be so."""

    # --- showing

    def show(self, columns: Sequence[Column[R]], records: Sequence[R], editable: bool) -> None:
        """Other records or columns; what stays the same keeps its place, and a new last record the hand in it."""
        self._words.clear()
        ids = [record.id for record in records]
        known = [record.id for record in self._records]
        same_shape = [c.key for c in columns] == [c.key for c in self._columns] and editable == self.editable
        if same_shape and known == ids:
            self._columns, self._records = tuple(columns), list(records)
            self._tell_all_changed()
        elif same_shape and editable and known and ids[:-1] == known:
            # The blank row becomes a record under the hand; then a new blank one comes after it.
            self._columns, self._records, self._blank_rows = tuple(columns), list(records), 0
            self._tell_all_changed()
            self.beginInsertRows(QModelIndex(), len(ids), len(ids))
            self._blank_rows = 1
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._columns, self._records, self.editable = tuple(columns), list(records), editable
            self._blank_rows = int(editable)
            self.endResetModel()

    @property
    def records(self) -> list[R]:
        return self._records

    def record(self, row: int) -> R | None:
        """The record of a row, None for the blank one."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def row_of(self, record_id: int) -> int | None:
        return next((row for row, record in enumerate(self._records) if record.id == record_id), None)

    def column(self, section: int) -> Column[R]:
        return self._columns[section]

    def section_of(self, key: str) -> int:
        return next(section for section, column in enumerate(self._columns) if column.key == key)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own default
        # Qt's own asks both counts, and a sorting makes an index for every comparison.
        within = 0 <= row < len(self._records) + self._blank_rows and 0 <= column < len(self._columns)
        return self.createIndex(row, column) if within and not parent.isValid() else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._records) + self._blank_rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.editable and self._columns[index.column()].write:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, record = self._columns[index.column()], self.record(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.shown(column, record)
            case Qt.ItemDataRole.EditRole:
                return column.plain(record) if record else ""
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignTop)
            case Qt.ItemDataRole.ToolTipRole:
                return (column.tip(record) if record and column.tip else "") or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.heading}: {self.shown(column, record) or 'пусто'}"
            case CellRole.TONE:
                return column.tone(record) if record and column.tone else None
            case CellRole.MUTED:
                return record is None or bool(column.muted and column.muted(record))
            case CellRole.LINES:
                return 0 if column.long else 1
            case _ if role == LONG_TEXT_ROLE:
                return column.long
            case _ if role == CHOICES_ROLE:
                return (column.choices, column.closed) if column.choices else None
        return None

    def look(self, index: Index) -> CellLook:
        column, record = self._columns[index.column()], self.record(index.row())
        return CellLook(
            self.shown(column, record),
            column.tone(record) if record and column.tone else None,
            muted=record is None or bool(column.muted and column.muted(record)),
            lines=0 if column.long else 1,
            right=bool(column.right),
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.heading
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft)
            case _ if role == GROUP_ROLE:
                return column.group
            case _ if role == LONG_TEXT_ROLE:
                return column.long
        return None

    def shown(self, column: Column[R], record: R | None) -> str:
        """The cell as it is read."""
        if record is None:
            return column.empty
        return column.shown(record) if column.shown else column.plain(record)

    def words(self, row: int) -> str:
        """All of a row's texts, folded, to search in."""
        record = self.record(row)
        if record is None:
            return ""
        if row not in self._words:
            self._words[row] = folded(" ".join(self.shown(column, record) for column in self._columns))
        return self._words[row]

    def sort_key(self, index: Index) -> tuple[Any, ...]:
        """What rows are ordered by: the column's own key, else the text; what is missing comes first."""
        column, record = self._columns[index.column()], self.record(index.row())
        if record is None:
            return (False,)
        value = column.order(record) if column.order else folded(self.shown(column, record))
        return (True, value) if value is not None and value != "" else (False,)

    # --- writing

    def plain(self, index: Index) -> str:
        record = self.record(index.row())
        return self._columns[index.column()].plain(record) if record else ""

    def title(self, cells: Cells) -> str:
        index = cells[0][0]
        record = self.record(index.row())
        if record is None:
            return f"Новая запись: {self.name(self._written(cells)[0][1])}"
        name = self.name(record)
        return f"{name[:1].upper()}{name[1:]}: {self._columns[index.column()].heading.lower()}"

    def complaint(self, cells: Cells) -> str:
        return self.block_complaint(cells, ())

    def write(self, cells: Cells, title: str) -> None:
        self.write_block(cells, (), title)

    def block_complaint(self, cells: Cells, rows: Sequence[Sequence[tuple[int, str]]]) -> str:
        """What is wrong with texts of cells and of new rows, in a sentence."""
        try:
            self._written(cells, rows)
        except UserError as error:
            return str(error)
        return ""

    def write_block(self, cells: Cells, rows: Sequence[Sequence[tuple[int, str]]], title: str) -> None:
        """Texts of cells and whole new rows (section and text), one edit."""
        written = self._written(cells, rows)
        with self.workspace.edit(title) as edit:
            for before, after in written:
                if before is None:
                    self.insert(edit, after)
                elif before != after:
                    self.change(edit, before, after)

    def _written(
        self, cells: Cells, rows: Sequence[Sequence[tuple[int, str]]] = ()
    ) -> list[tuple[R | None, R]]:
        """Records before and after; a new one has none before."""
        by_row: dict[int, list[tuple[int, str]]] = {}
        for index, text in cells:
            by_row.setdefault(index.row(), []).append((index.column(), text))
        wanted: list[tuple[R | None, Sequence[tuple[int, str]]]] = [
            (self.record(row), texts) for row, texts in by_row.items()
        ]
        wanted += [(None, texts) for texts in rows]
        many = sum(len(texts) for _, texts in wanted) > 1
        found = []
        for before, texts in wanted:
            if before is None and not any(text.strip() for _, text in texts):
                continue
            after = self._with_texts(before or self.blank(), texts, many)
            self.check(after)
            found.append((before, after))
        return found

    def _with_texts(self, record: R, texts: Sequence[tuple[int, str]], many: bool) -> R:
        for section, text in texts:
            column = self._columns[section]
            if column.write is None:
                continue
            try:
                record = column.write(record, text)
            except UserError as error:
                if not many:
                    raise
                name = self.name(record)
                raise UserError(f"{name[:1].upper()}{name[1:]}, «{column.heading}»: {error}") from None
        return record

    def _tell_all_changed(self) -> None:
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(self._columns) - 1))


class RegisterProxy(SheetProxy):
    """Sorted and filtered on request; the blank row stays the last."""

    def __init__(self, register: RegisterModel[Any], accepts: Callable[[int], bool]) -> None:
        super().__init__(register, lambda row: register.record(row) is None or accepts(row), self._place)
        self._register = register

    def _place(self, index: Index) -> tuple[Any, ...]:
        if self._register.record(index.row()) is None:
            return (-1 if self.sortOrder() == Qt.SortOrder.DescendingOrder else 1,)
        return (0, *self._register.sort_key(index))


class RegisterView(FrozenSheet):
    """A sheet where a block may be pasted past the last row: what does not fit becomes new records."""

    def __init__(self, register: RegisterModel[Any], proxy: RegisterProxy) -> None:
        super().__init__(register, proxy)
        self._register = register
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setFrameShape(FrozenSheet.Shape.NoFrame)

    def chosen_records(self) -> list[Any]:
        """The records of the selected rows, as they stand on the screen."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        found = (self._register.record(self._source(self.model().index(row, 0)).row()) for row in rows)
        return [record for record in found if record is not None]

    def choose(self, record_id: int, key: str = "") -> bool:
        """Turns to that record; False when it is not shown."""
        row = self._register.row_of(record_id)
        if row is None:
            return False
        section = self._register.section_of(key) if key else max(self.currentIndex().column(), 0)
        model = self.model()
        assert isinstance(model, RegisterProxy)
        index = model.mapFromSource(self._register.index(row, section))
        if index.isValid():
            self._go(index)
        return index.isValid()

    def go_to_blank(self, key: str) -> None:
        """The hand goes to the blank row, ready to type."""
        rows = self.model().rowCount()
        if rows:
            self.setFocus()
            self._go(self.model().index(rows - 1, self._register.section_of(key)))

    def paste(self) -> None:
        block = [row for row in read_block(QGuiApplication.clipboard().text()) if any(text.strip() for text in row)]
        start = self.currentIndex()
        selected = self._selected_rows()
        if not block or not start.isValid() or not self._register.editable:
            return
        start = selected[0][0] if selected else start
        old = self.model().rowCount() - 1 - start.row()
        if len(block) <= old or (len(block) == 1 and len(block[0]) == 1 and old > 0):
            super().paste()
            return
        if old == 0 and self._is_heading(block[0], start.column()):
            block = block[1:]
        columns = self._visible_columns()
        first = columns.index(start.column())
        if max(map(len, block), default=0) > len(columns) - first:
            self.told.emit(
                f"Не вставлено: столбцов в буфере {max(map(len, block))}, а от этой ячейки вправо их"
                f" {len(columns) - first}. Встаньте левее."
            )
            return
        cells = [
            (self._source(index), text)
            for index, text in self._spread(block[:old], start)
            if index.flags() & Qt.ItemFlag.ItemIsEditable
        ]
        rows = [[(columns[first + across], text) for across, text in enumerate(texts)] for texts in block[old:]]
        if complaint := self._register.block_complaint(cells, rows):
            self.told.emit(f"Не вставлено: {complaint}")
            return
        self.told.emit("")
        self._register.write_block(cells, rows, f"Вставка: строк {len(block)}")

    def _is_heading(self, texts: Sequence[str], section: int) -> bool:
        columns = self._visible_columns()[self._visible_columns().index(section) :]
        headings = [folded(self._register.column(column).heading) for column in columns]
        pairs = list(zip(map(folded, texts), headings, strict=False))
        return len(pairs) > 1 and sum(one == other for one, other in pairs) * 2 >= len(pairs)
