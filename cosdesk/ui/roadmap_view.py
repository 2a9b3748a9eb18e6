"""The roadmap's tree on the screen: keys and cells as in a spreadsheet, columns that fit, nothing that jumps."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QWidget

from cosdesk.domain.roadmap import Item
from cosdesk.ui.cell_editor import CellEditor, TypingDelegate
from cosdesk.ui.delegates import MARGIN_X, MARGIN_Y, CellLook, Index, soften_selection
from cosdesk.ui.long_tree import LongTree
from cosdesk.ui.roadmap_model import RoadmapModel
from cosdesk.ui.roadmap_tree import Node
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.theme import faint_line
from cosdesk.ui.wrapped_header import WrappedHeader

_WIDEST_NUMBER = 180
_SMOOTH = 100
"""Up to so many rows the tree scrolls by pixels."""
_FEW = 20
"""Branches that are opened one by one."""
_Hint = QAbstractItemDelegate.EndEditHint


class _RowDelegate(TypingDelegate):
    """Asks the model in one call: Qt's own way, a role at a time, costs more than all the rest."""

    def look(self, index: Index) -> CellLook:
        model = self._view.model()
        assert isinstance(model, RoadmapModel)
        return model.look(index)


class RoadmapView(LongTree):
    """The tree.  ``record_wanted`` when status or documents are opened; ``refused`` an edit that was not written."""

    record_wanted = Signal()
    refused = Signal(QPersistentModelIndex, str, object)

    def __init__(
        self, model: RoadmapModel, names: Callable[[Index], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._collapsed: set[int] = set()
        self._following = False
        self._fitted_width = 0
        self._form_id = ""
        self._cells = _RowDelegate(self, names)
        self._cells.refused.connect(self.refused)
        self.setHeader(WrappedHeader(self))
        self.setItemDelegate(self._cells)
        self.setModel(model)
        self.setAccessibleName("Дорожная карта")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(12)
        self.setAnimated(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setAutoExpandDelay(600)
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(False)
        soften_selection(self)
        self._heights = QTimer(self, singleShot=True, interval=0)
        self._heights.timeout.connect(self.scheduleDelayedItemsLayout)
        self.header().sectionResized.connect(self._column_resized)
        self.collapsed.connect(lambda index: self._note_expansion(index, False))
        self.expanded.connect(lambda index: self._note_expansion(index, True))
        self.doubleClicked.connect(self._double_clicked)

    @property
    def rows(self) -> RoadmapModel:
        return cast(RoadmapModel, self.model())

    # --- showing

    def follow(self, reset: bool, form_id: str, count: int, everything_open: bool) -> None:
        """After the model was filled: bands over all columns, branches open as they were.

        ``count`` is the roadmap's number of rows; ``everything_open`` while a filter is at work,
        so that nothing found stays hidden.
        """
        # By pixels Qt must know the height of every row, by rows only of those on the screen.
        mode = QAbstractItemView.ScrollMode
        self.setVerticalScrollMode(mode.ScrollPerPixel if count <= _SMOOTH else mode.ScrollPerItem)
        self._following = True
        try:
            for index in self.rows.sections():
                if not self.isFirstColumnSpanned(index.row(), QModelIndex()):
                    self.setFirstColumnSpanned(index.row(), QModelIndex(), True)
            if reset:
                self._collapsed.clear()
                self._form_id = form_id
                self._restore_columns()
                self.expandAll()
            else:
                self._open_branches(everything_open)
        finally:
            self._following = False

    def _open_branches(self, everything: bool) -> None:
        closed: list[QModelIndex] = []
        opened: list[QModelIndex] = []
        for index in self.rows.parents():
            wanted = everything or index.internalId() not in self._collapsed
            if self.isExpanded(index) != wanted:
                (opened if wanted else closed).append(index)
        if len(opened) > _FEW:
            # One by one, each would be laid out by itself, and told of.
            blocked = self.blockSignals(True)
            self.expandAll()
            self.blockSignals(blocked)
            closed = [i for i in self.rows.parents() if not everything and i.internalId() in self._collapsed]
            opened = []
        for index in opened:
            self.expand(index)
        for index in closed:
            self.collapse(index)

    def _note_expansion(self, index: QModelIndex, is_open: bool) -> None:
        if self._following:
            return
        if is_open:
            self._collapsed.discard(index.internalId())
        else:
            self._collapsed.add(index.internalId())

    # --- what is chosen

    @property
    def is_editing(self) -> bool:
        """Whether a cell is being typed in."""
        return self.state() == QAbstractItemView.State.EditingState

    @property
    def current_node(self) -> Node | None:
        return self.rows.node(self.currentIndex())

    def chosen_items(self) -> list[Item]:
        """The selected rows in the order of the screen."""
        nodes = [self.rows.node(index) for index in self.selectionModel().selectedRows()]
        chosen = {node.item.id: node.item for node in nodes if node and node.item}
        if len(chosen) < 2:
            return list(chosen.values())
        return [item for item, _ in self.rows.shown_with_depth() if item.id in chosen]

    def choose(self, item_ids: Sequence[int], column: int | None = None) -> None:
        """Selects those rows and brings the first on the screen; the column at hand stays where none is named."""
        wanted = column if column is not None else max(self.currentIndex().column(), 0)
        indexes = [index for item_id in item_ids if (index := self.rows.index_of_item(item_id, wanted)).isValid()]
        if not indexes:
            return
        for index in indexes:
            self._open_above(index)
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(indexes[0], flags.ClearAndSelect | flags.Rows)
        for index in indexes[1:]:
            selection.select(index, flags.Select | flags.Rows)
        self.scrollTo(indexes[0])

    def _open_above(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()

    def edit_cell(self, item_id: int, field: str) -> None:
        """Opens the editor of that cell."""
        column = max(self.rows.column_of(field), 0)
        self.choose([item_id], column)
        index = self.rows.index_of_item(item_id, column)
        if index.isValid():
            self.edit(index)

    def edit_again(self, cell: QPersistentModelIndex, text: str) -> None:
        """Opens the cell with a text that could not be written, so that nothing typed is lost."""
        if not cell.isValid():
            return
        index = self.rows.index(cell.row(), cell.column(), cell.parent())
        self.setCurrentIndex(index)
        self.edit(index)
        editor = self.indexWidget(index)
        if isinstance(editor, CellEditor):
            editor.selectAll()
            editor.insertPlainText(text)

    # --- keys

    def edit(  # type: ignore[override]
        self,
        index: Index,
        trigger: QAbstractItemView.EditTrigger = QAbstractItemView.EditTrigger.AllEditTriggers,
        event: QEvent | None = None,
    ) -> bool:
        self._cells.typing = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        return super().edit(index, trigger, cast(QEvent, event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_sideways(1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _step_sideways(self, step: int) -> None:
        """In the first column a branch opens and closes; elsewhere, and when it is open already, the cell beside."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if index.column() == 0 and self.rows.hasChildren(index) and self.isExpanded(index) != (step > 0):
            self.setExpanded(index, step > 0)
            return
        column = self._beside(index.column(), step)
        if column is not None and not self.isFirstColumnSpanned(index.row(), index.parent()):
            self._move_to(index.siblingAtColumn(column))
        elif step < 0 and index.parent().isValid():
            self._move_to(index.parent())

    def _beside(self, column: int, step: int) -> int | None:
        column += step
        while 0 <= column < self.rows.columnCount():
            if not self.isColumnHidden(column):
                return column
            column += step
        return None

    def _move_to(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        """An editable cell is typed in, status and documents lead to a record."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self._double_clicked(index)

    def _double_clicked(self, index: QModelIndex) -> None:
        # Editable cells are opened by Qt itself.
        node = self.rows.node(index)
        if node and node.item and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.record_wanted.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes on to the next cell and edits it, Enter to the cell below."""
        super().closeEditor(editor, _Hint.NoHint)
        self.setFocus()
        if hint in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            following = self._following_cell(1 if hint == _Hint.EditNextItem else -1)
            if following.isValid():
                self._move_to(following)
                self.edit(following)
                editor = self.indexWidget(following)
                if isinstance(editor, CellEditor):
                    # As in Excel: what is typed next takes the place of what stood there.
                    editor.selectAll()
        elif hint == _Hint.SubmitModelCache:
            below = self.indexBelow(self.currentIndex())
            if below.isValid():
                self._move_to(below)

    def _following_cell(self, step: int) -> QModelIndex:
        """The next editable cell of the row, then of the next row."""
        index = self.currentIndex()
        while index.isValid():
            column = self._beside(index.column(), step)
            while column is not None:
                cell = index.siblingAtColumn(column)
                if cell.flags() & Qt.ItemFlag.ItemIsEditable:
                    return cell
                column = self._beside(column, step)
            index = self.indexBelow(index) if step > 0 else self.indexAbove(index)
            # Bands are passed over: their one cell is no place in a row of cells.
            while index.isValid() and self.isFirstColumnSpanned(index.row(), index.parent()):
                index = self.indexBelow(index) if step > 0 else self.indexAbove(index)
            edge = -1 if step > 0 else self.rows.columnCount()
            first = self._beside(edge, step)
            if index.isValid() and first is not None:
                index = index.siblingAtColumn(first)
                if index.flags() & Qt.ItemFlag.ItemIsEditable:
                    return index
        return QModelIndex()

    # --- columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def fit_again(self) -> None:
        """Shares the width out anew, after a column was shown or hidden."""
        self._fitted_width = self.header().length()
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Shares the width out as before; columns that were made wider than the table stay as they are."""
        width, columns = self.viewport().width(), self.rows.columns
        header = self.header()
        if not columns or width < 100 or header.length() == width:
            return
        if self._fitted_width and abs(header.length() - self._fitted_width) > 2:
            return
        shown = [number for number in range(len(columns)) if not self.isColumnHidden(number)]
        shares = {n: float(header.sectionSize(n)) if self._fitted_width else columns[n].share for n in shown}
        minima = {n: columns[n].minimum for n in shown}
        minima[0] = max(minima[0], self._number_width())
        sizes = _shared_out(width, shares, minima)
        header.blockSignals(True)
        for number, size in sizes.items():
            header.resizeSection(number, size)
        header.blockSignals(False)
        header.geometriesChanged.emit()
        self._fitted_width = header.length()
        self.scheduleDelayedItemsLayout()

    def _number_width(self) -> int:
        """What the longest number takes at its level."""
        metrics, step = self.fontMetrics(), self.indentation()
        widest = (
            metrics.horizontalAdvance(item.number) + step * depth for item, depth in self.rows.shown_with_depth()
        )
        return min(max(widest, default=0) + 2 * MARGIN_X + 2, _WIDEST_NUMBER)

    def _restore_columns(self) -> None:
        state = remembered_state(f"roadmap-{self._form_id}-{len(self.rows.columns)}")
        self._fitted_width = 0
        if not state.isEmpty() and self.header().restoreState(state):
            self._fitted_width = self.header().length()
        self._fit_columns()

    def _column_resized(self) -> None:
        self._heights.start()

    def remember_columns(self) -> None:
        """Keeps widths and hidden columns for this form."""
        if self._form_id and self._fitted_width:
            remember_state(f"roadmap-{self._form_id}-{len(self.rows.columns)}", self.header().saveState())

    def forget_columns(self) -> None:
        """All columns shown, the width shared out as at first."""
        for number in range(self.rows.columnCount()):
            self.setColumnHidden(number, False)
        self._fitted_width = 0
        self._fit_columns()

    # --- painting

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        # The arrow stands beside the first line of the text, not in the middle of a tall row.
        line = self.fontMetrics().lineSpacing() + 2 * MARGIN_Y
        super().drawBranches(painter, QRect(rect.left(), rect.top(), rect.width(), min(line, rect.height())), index)
        painter.setPen(faint_line())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _shared_out(width: int, shares: dict[int, float], minima: dict[int, int]) -> dict[int, int]:
    """Pixels by column: the width by shares, no column under its minimum; the minima where the width is too small."""
    sizes: dict[int, int] = {}
    waiting = dict(shares)
    left = width
    while waiting:
        whole = sum(waiting.values())
        narrow = [n for n, share in waiting.items() if share / whole * left < minima[n]]
        for number in narrow:
            sizes[number] = minima[number]
            left -= minima[number]
            del waiting[number]
        if not narrow:
            for number, share in waiting.items():
                sizes[number] = int(share / whole * left)
            break
        left = max(left, 0)
    spare = width - sum(sizes.values())
    if spare > 0 and sizes:
        widest = max(sizes, key=lambda number: sizes[number])
        sizes[widest] += spare
    return sizes
