"""A table used like a spreadsheet: typing replaces, Enter goes down, Tab on, Del empties, blocks go in and out."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice, pairwise
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cosdesk.ui.delegates import CellLook, soften_selection
from cosdesk.ui.headers import GroupedHeader, PlainCorner
from cosdesk.ui.sheet_delegate import LONG_TEXT_ROLE, SheetDelegate
from cosdesk.ui.theme import icon

_FITTED_AT_ONCE = 100
"""Rows measured before the hand is heeded again."""

Index = QModelIndex | QPersistentModelIndex
Cells = Sequence[tuple[Index, str]]


class SheetModel(QAbstractTableModel):
    """A model whose cells are written as texts, many at once.

    ``doubted`` carries a sentence about something that was taken but looks wrong.
    """

    doubted = Signal(str)

    def plain(self, index: Index) -> str:
        """The cell as it is typed over and copied."""
        raise NotImplementedError

    def look(self, index: Index) -> CellLook | None:
        """All that is drawn of a cell at once, where the model can tell it; None: each role is asked for."""
        return None

    def complaint(self, cells: Cells) -> str:
        """What is wrong with these texts, in a sentence; empty when they may be written."""
        raise NotImplementedError

    def write(self, cells: Cells, title: str) -> None:
        """All of the texts in one edit of that title; ``UserError`` when one of them is wrong."""
        raise NotImplementedError

    def title(self, cells: Cells) -> str:
        """What the edit of these cells is called in «Отменить: …»."""
        raise NotImplementedError

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cells = [(index, str(value))]
        if role != Qt.ItemDataRole.EditRole or str(value) == self.plain(index) or self.complaint(cells):
            return False
        self.write(cells, self.title(cells))
        return True


class SheetProxy(QSortFilterProxyModel):
    """A sheet sorted and filtered on request only: nothing jumps away from under the hand while one types."""

    def __init__(self, sheet: SheetModel, accepts: Callable[[int], bool], key: Callable[[Index], object]) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._accepts = accepts
        self._key = key
        self._ranks: dict[tuple[int, Qt.SortOrder], list[int]] = {}
        self.setDynamicSortFilter(False)
        for signal in (
            sheet.modelAboutToBeReset, sheet.layoutAboutToBeChanged, sheet.rowsAboutToBeInserted,
            sheet.rowsAboutToBeRemoved, sheet.dataChanged,
        ):  # fmt: skip
            signal.connect(lambda *_: self._ranks.clear())
        self.setSourceModel(sheet)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        return self._accepts(source_row)

    def lessThan(self, left: Index, right: Index) -> bool:
        # A row is compared a dozen times in one sorting: by its place in the order, found once for all rows.
        ranks = self._ranks.get((left.column(), self.sortOrder())) or self._ranked(left.column())
        return ranks[left.row()] < ranks[right.row()]

    def _ranked(self, column: int) -> list[int]:
        """The place of each row of the sheet in the order by that column, the same for equal ones."""
        sheet = self._sheet
        keys: list[Any] = [self._key(sheet.index(row, column)) for row in range(sheet.rowCount())]
        ranks, rank = [0] * len(keys), 0
        order = sorted(range(len(keys)), key=keys.__getitem__)
        for before, row in pairwise(order):
            rank += keys[before] != keys[row]
            ranks[row] = rank
        self._ranks[column, self.sortOrder()] = ranks
        return ranks

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            return self._sheet.headerData(section, orientation, role)
        return super().headerData(section, orientation, role)


class _Sheet(Protocol):
    def plain(self, index: Index) -> str: ...
    def complaint(self, cells: Cells) -> str: ...
    def write(self, cells: Cells, title: str) -> None: ...
    def title(self, cells: Cells) -> str: ...


class SheetView(QTableView):
    """The view.  ``told`` carries a sentence about the cell at hand, empty when there is nothing to say."""

    told = Signal(str)

    def __init__(
        self, sheet: SheetModel, model: QAbstractItemModel | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet: _Sheet = sheet
        self._moving_on = False
        self._delegate = SheetDelegate(
            self,
            lambda index, text: sheet.complaint([(self._source(index), text)]),
            lambda index: sheet.look(self._source(index)),
        )
        self._delegate.refused.connect(self.told)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(GroupedHeader(self))
        self.setModel(model or sheet)
        if corner := self.findChild(QAbstractButton):
            corner.installEventFilter(PlainCorner(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        soften_selection(self)
        self._stretched: tuple[int, int] | None = None
        self._unfitted: Iterator[int] = iter(())
        # What is not on the screen is measured bit by bit between the hand's moves.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_some)
        self.horizontalHeader().sectionResized.connect(lambda section: self._fit(section))
        self._make_actions()
        sheet.doubted.connect(self.told)

    def _make_actions(self) -> None:
        def action(text: str, icon_name: str, keys: QKeySequence.StandardKey, run: Callable[[], None]) -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.triggered.connect(run)
            self.addAction(made)
            return made

        self.copy_action = action("Копировать", "copy", QKeySequence.StandardKey.Copy, self.copy)
        self.paste_action = action("Вставить", "import", QKeySequence.StandardKey.Paste, self.paste)
        self.clear_action = action("Очистить", "delete", QKeySequence.StandardKey.Delete, self.clear_cells)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def stretch(self, section: int, least: int) -> None:
        """That column takes the width the others leave, but never less than ``least`` pixels."""
        self._stretched = section, least
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, changed: int | None = None) -> None:
        if self._stretched is None or changed == self._stretched[0]:
            return
        section, least = self._stretched
        others = sum(self.columnWidth(column) for column in self._visible_columns() if column != section)
        self.setColumnWidth(section, max(least, self.viewport().width() - others))

    def fit_rows(self) -> None:
        """Rows as high as their long texts, those on the screen first; the other cells take one line."""
        count, first = self.model().rowCount(), max(self.rowAt(0), 0)
        self._unfitted = iter([*range(first, count), *range(first)])
        self._fit_some()

    def _fit_some(self) -> None:
        model, option = self.model(), QStyleOptionViewItem()
        self.initViewItemOption(option)
        long = [
            column
            for column in self._visible_columns()
            if model.headerData(column, Qt.Orientation.Horizontal, LONG_TEXT_ROLE)
        ]
        header = self.verticalHeader()
        count = model.rowCount()
        rows = [row for row in islice(self._unfitted, _FITTED_AT_ONCE) if row < count]
        for row in rows:
            heights = [self._delegate.sizeHint(option, model.index(row, column)).height() for column in long]
            header.resizeSection(row, max([self._delegate.line_height(option), *heights]))
        if len(rows) == _FITTED_AT_ONCE:
            self._fitting.start()

    # --- blocks

    def copy(self) -> None:
        """The selected block as Excel takes it."""
        rows = self._selected_rows()
        if not rows:
            return
        text = StringIO()
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerows([self._sheet.plain(self._source(index)) for index in row] for row in rows)
        QGuiApplication.clipboard().setText(text.getvalue().removesuffix("\n"))

    def paste(self) -> None:
        """The clipboard's block from the current cell on; all of it or nothing."""
        block = read_block(QGuiApplication.clipboard().text())
        start = self.currentIndex()
        if not block or not start.isValid():
            return
        selected = self._selected_rows()
        if len(block) == 1 and len(block[0]) == 1 and selected:
            targets = [(index, block[0][0]) for row in selected for index in row]
        else:
            start = selected[0][0] if selected else start
            if told := self._too_large(block, start):
                self.told.emit(f"Не вставлено: {told}")
                return
            targets = list(self._spread(block, start))
        self._write(targets, "Вставка", "Не вставлено")

    def clear_cells(self) -> None:
        """Empties the selected cells."""
        self._write([(index, "") for row in self._selected_rows() for index in row], "Очистка", "Не очищено")

    def _write(self, targets: Iterable[tuple[QModelIndex, str]], verb: str, refusal: str) -> None:
        # Computed cells of a block are passed over: they follow from the others.
        cells: list[tuple[Index, str]] = []
        passed = 0
        for index, text in targets:
            source = self._source(index)
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                cells.append((source, text))
            else:
                passed += text.strip() != self._sheet.plain(source).strip()
        if not cells:
            self.told.emit(f"{refusal}: эти ячейки вычисляются или закрыты для изменения.")
            return
        if complaint := self._sheet.complaint(cells):
            self.told.emit(f"{refusal}: {complaint[0].lower() if len(cells) == 1 else complaint[0]}{complaint[1:]}")
            return
        self.told.emit("")
        title = self._sheet.title(cells) if len(cells) == 1 else f"{verb}: ячеек {len(cells)}"
        self._sheet.write(cells, title)
        if passed:
            self.told.emit(f"{refusal} ячеек: {passed}. Они вычисляются или закрыты для изменения, остальные записаны.")

    def _selected_rows(self) -> list[list[QModelIndex]]:
        """The selected cells in visible order, row by row."""
        rows: dict[int, list[QModelIndex]] = {}
        columns = {column: place for place, column in enumerate(self._visible_columns())}
        indexes = [index for index in self.selectedIndexes() if index.column() in columns]
        for index in sorted(indexes, key=lambda i: (i.row(), columns[i.column()])):
            rows.setdefault(index.row(), []).append(index)
        return list(rows.values())

    def _visible_columns(self) -> list[int]:
        header = self.horizontalHeader()
        columns = (header.logicalIndex(place) for place in range(header.count()))
        return [column for column in columns if not self.isColumnHidden(column)]

    def _too_large(self, block: list[list[str]], start: QModelIndex) -> str:
        columns = self._visible_columns()
        right = len(columns) - columns.index(start.column())
        below = self.model().rowCount() - start.row()
        width = max(map(len, block))
        if width > right:
            return f"столбцов в буфере {width}, а от этой ячейки вправо их {right}. Встаньте левее."
        if len(block) > below:
            return f"строк в буфере {len(block)}, а от этой ячейки вниз их {below}. Встаньте выше."
        return ""

    def _spread(self, block: list[list[str]], start: QModelIndex) -> Iterable[tuple[QModelIndex, str]]:
        columns = self._visible_columns()
        first = columns.index(start.column())
        for down, texts in enumerate(block):
            for across, text in enumerate(texts):
                yield self.model().index(start.row() + down, columns[first + across]), text

    def _source(self, index: Index) -> QModelIndex:
        model = self.model()
        here = model.index(index.row(), index.column())
        return model.mapToSource(here) if isinstance(model, QSortFilterProxyModel) else here

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._go_down(step)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                if not self._go_on(1 if event.key() == Qt.Key.Key_Tab else -1):
                    super().keyPressEvent(event)
            case Qt.Key.Key_Backspace:
                self.clear_cells()
            case _:
                super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab walks over the cells; past the last one it leaves the table.
        if self.hasFocus() and self._go_on(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def keyboardSearch(self, search: str) -> None:
        """A letter typed over a closed cell goes nowhere."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        stays = hint in (hints.EditNextItem, hints.EditPreviousItem, hints.SubmitModelCache)
        super().closeEditor(editor, hints.NoHint if stays else hint)
        # What was said of the cell just typed in stays while the hand moves on.
        self._moving_on = True
        if hint == hints.SubmitModelCache:
            self._go_down(1)
        elif hint == hints.EditNextItem:
            self._go_on(1)
        elif hint == hints.EditPreviousItem:
            self._go_on(-1)
        self._moving_on = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._moving_on:
            self.told.emit("")
        # The row at hand is tinted whole.
        self.viewport().update()

    def _go_down(self, step: int) -> None:
        current = self.currentIndex()
        self._go(current.siblingAtRow(current.row() + step))

    def _go_on(self, step: int) -> bool:
        """To the next cell that can be typed in, on the next row when this one has no more; False past the end."""
        current = self.currentIndex()
        columns = self._visible_columns()
        if not current.isValid() or current.column() not in columns:
            return False
        place = current.row() * len(columns) + columns.index(current.column())
        total = self.model().rowCount() * len(columns)
        while 0 <= (place := place + step) < total:
            index = self.model().index(place // len(columns), columns[place % len(columns)])
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self._go(index)
                return True
        return False

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)


def read_block(text: str) -> list[list[str]]:
    """The rows of a block copied in Excel or Word; a cell with several lines stands in quotes there."""
    return list(csv.reader(StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t"))
