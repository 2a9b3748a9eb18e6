"""The roadmap's tree as Qt asks for it: cells, typing, dragging; refreshed without losing what is open or chosen."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from cosdesk.domain.roadmap import Item, RoadmapContents
from cosdesk.domain.state import ItemState
from cosdesk.ui.delegates import CellLook, CellRole
from cosdesk.ui.roadmap_columns import PageColumn, cell_text
from cosdesk.ui.roadmap_edits import RowPlace
from cosdesk.ui.roadmap_tree import (
    TERM_FIELDS,
    Node,
    item_key,
    make_tree,
    problem_of,
    section_key,
    shape_of,
    shown_text,
    tone_of,
    tooltip_of,
)
from cosdesk.ui.row_filter import RowFilter
from cosdesk.ui.theme import Tone, ink_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# Made once: Qt asks for flags more often than for anything else.
_SEEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_BAND = _SEEN | Qt.ItemFlag.ItemIsDropEnabled
_BAND_TYPED = _BAND | Qt.ItemFlag.ItemIsEditable
_DRAGGED = _BAND | Qt.ItemFlag.ItemIsDragEnabled
_TYPED = _DRAGGED | Qt.ItemFlag.ItemIsEditable
_MIME = "application/x-cosdesk-rows"
_LEAF = Qt.ItemFlag.ItemNeverHasChildren
# By whether the row is a leaf: told so, the tree need not ask for its children.
_ROW_SEEN = (_SEEN, _SEEN | _LEAF)
_ROW_DRAGGED = (_DRAGGED, _DRAGGED | _LEAF)
_ROW_TYPED = (_TYPED, _TYPED | _LEAF)
_FEW = 10
"""Changed rows that are painted anew one by one."""


class RoadmapModel(QAbstractItemModel):
    """Rows are told apart by their ids, so selection and expansion outlive every refresh.

    ``write`` takes (node, field, text) when a cell was typed over and says whether it took
    it; ``move`` takes the ids of dropped rows and their new place.
    """

    def __init__(
        self,
        write: Callable[[Node, str, str], bool],
        move: Callable[[list[int], RowPlace], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._write = write
        self._move = move
        self._columns: tuple[PageColumn, ...] = ()
        self._roadmap_id: int | None = None
        self._take(Node(0, None, None, None), {})
        self._rows: dict[int, Node] = {}
        self.read_only = False

    # --- filling

    @property
    def columns(self) -> tuple[PageColumn, ...]:
        return self._columns

    def show(
        self,
        contents: RoadmapContents,
        states: dict[int, ItemState],
        columns: tuple[PageColumn, ...],
        row_filter: RowFilter,
        always: Collection[int] = (),
    ) -> bool:
        """Shows those rows; True when the tree is another one and nothing of the old view can be kept.

        ``always`` are ids that the filter must not hide: what was just typed stays under the hand.
        """
        root, nodes, self._rows = make_tree(contents, states, row_filter, always, self._rows)
        if contents.roadmap.id != self._roadmap_id or columns != self._columns:
            self.beginResetModel()
            self._roadmap_id, self._columns = contents.roadmap.id, columns
            self._take(root, nodes)
            self.endResetModel()
            return True
        if shape_of(nodes) == shape_of(self._nodes):
            self._update(nodes)
        else:
            self._rearrange(root, nodes)
        return False

    def forget(self) -> None:
        """Nothing shown; the next ``show`` begins anew."""
        self.beginResetModel()
        self._roadmap_id, self._rows = None, {}
        self._take(Node(0, None, None, None), {})
        self.endResetModel()

    def _take(self, root: Node, nodes: dict[int, Node]) -> None:
        self._root, self._nodes = root, nodes
        self._branches = {node.key: node.children for node in (root, *nodes.values()) if node.children}

    def _update(self, nodes: dict[int, Node]) -> None:
        """The same lines: only those that changed are painted anew."""
        last, changed = len(self._columns) - 1, []
        for key, fresh in nodes.items():
            shown = self._nodes[key]
            if shown.same_as(fresh):
                continue
            shown.item, shown.state, shown.section, shown.context = (
                fresh.item, fresh.state, fresh.section, fresh.context,
            )
            shown.looks.clear()
            shown.searched = fresh.searched
            changed.append(shown)
        if len(changed) > _FEW:
            # Told one by one, each would be measured twice.
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()
            return
        for shown in changed:
            self.dataChanged.emit(self._index_of(shown, 0), self._index_of(shown, last))

    def _rearrange(self, root: Node, nodes: dict[int, Node]) -> None:
        """Other lines: what is still there keeps its selection, expansion and place on the screen."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        for key, shown in self._nodes.items():
            if (fresh := nodes.get(key)) and fresh.same_as(shown):
                fresh.looks = shown.looks
        self._take(root, nodes)
        after = []
        for index in before:
            node = nodes.get(index.internalId())
            after.append(self._index_of(node, index.column()) if node else QModelIndex())
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # --- looking up

    def node(self, index: Index) -> Node | None:
        """The line of an index."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of_item(self, item_id: int, column: int = 0) -> QModelIndex:
        """The cell of a row; invalid when the filter hides the row."""
        node = self._nodes.get(item_key(item_id))
        return self._index_of(node, column) if node else QModelIndex()

    def index_of_section(self, section_id: int) -> QModelIndex:
        node = self._nodes.get(section_key(section_id))
        return self._index_of(node, 0) if node else QModelIndex()

    def sections(self) -> list[QModelIndex]:
        """The bands."""
        return [self._index_of(node, 0) for node in self._root.children if node.section]

    def parents(self) -> list[QModelIndex]:
        """Everything that has something under it, from the top down."""
        return [self._index_of(node, 0) for node in self._nodes.values() if node.children]

    def look(self, index: Index) -> CellLook:
        """What is drawn of a cell, kept until the line changes."""
        node, column = self._nodes[index.internalId()], index.column()
        look = node.looks.get(column)
        if look is None:
            look = node.looks[column] = self._look(node, column)
        return look

    def _look(self, node: Node, column: int) -> CellLook:
        if node.item is None:
            text = self._section_data(node, column, Qt.ItemDataRole.DisplayRole)
            return CellLook(text or "", band=True, lines=2)
        field = self._columns[column].field
        muted = node.context or node.item.cancelled
        text, ink = shown_text(node, field), None
        if field in TERM_FIELDS and text and problem_of(node):
            text, ink = f"{text} (?)", ink_of(Tone.AMBER)
        return CellLook(text, tone_of(node, field), muted=muted, lines=int(field == "number"), ink=ink)

    def column_of(self, field: str) -> int:
        """The column of a field, -1 when the form has none."""
        return next((number for number, column in enumerate(self._columns) if column.field == field), -1)

    def shown_items(self) -> list[Item]:
        """The rows that pass the filter, in order."""
        return [node.item for node in self._nodes.values() if node.item and not node.context]

    def shown_with_depth(self) -> list[tuple[Item, int]]:
        """All rows on the screen with the number of steps they are indented by."""
        depths = {self._root.key: 0}
        found = []
        for node in self._nodes.values():
            depth = depths[node.key] = depths[node.parent.key if node.parent else 0] + 1
            if node.item:
                found.append((node.item, depth))
        return found

    def _index_of(self, node: Node, column: int) -> QModelIndex:
        return self.createIndex(node.place, column, node.key)

    # --- what Qt asks

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        # Asked for every row whenever the tree is laid out.
        children = self._branches.get(parent.internalId(), ())
        if 0 <= row < len(children) and 0 <= column < len(self._columns):
            return self.createIndex(row, column, children[row].key)
        return QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        node = self.node(index)
        if node is None or node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index_of(node.parent, 0)

    def _children(self, parent: Index) -> Sequence[Node]:
        # The root's key is that of an index that is none, so that Qt's commonest question takes one look.
        return self._branches.get(parent.internalId(), ()) if parent.column() <= 0 else ()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._children(parent))

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        return bool(self._children(parent))

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._columns[section].tip
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if node.item is None:
            return self._section_data(node, index.column(), role)
        field = self._columns[index.column()].field
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_text(node, field)
        if role == Qt.ItemDataRole.EditRole:
            return cell_text(node.item, field) if self._columns[index.column()].editable else shown_text(node, field)
        if role == CellRole.TONE:
            return tone_of(node, field)
        if role == CellRole.MUTED:
            return node.context or node.item.cancelled
        if role == CellRole.LINES:
            return 1 if field == "number" else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_of(node, field)
        return None

    @staticmethod
    def _section_data(node: Node, column: int, role: int) -> Any:
        assert node.section is not None
        if column == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            title, number = node.section.title, node.section.number
            if role == Qt.ItemDataRole.EditRole or not number or number.strip(". ") in title:
                return title
            return f"{number.strip('. ')}. {title}".rstrip()
        return True if role == CellRole.BAND else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        if node is None or role != Qt.ItemDataRole.EditRole or self.read_only:
            return False
        # The refresh that follows the edit tells the views what changed.
        return self._write(node, self._columns[index.column()].field, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self._nodes.get(index.internalId())
        if node is None:
            return Qt.ItemFlag.NoItemFlags if self.read_only else Qt.ItemFlag.ItemIsDropEnabled
        if node.item is None:
            return _SEEN if self.read_only else _BAND_TYPED if index.column() == 0 else _BAND
        if self.read_only:
            return _ROW_SEEN[not node.children]
        return (_ROW_TYPED if self._columns[index.column()].editable else _ROW_DRAGGED)[not node.children]

    # --- dragging

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        keys = dict.fromkeys(node.item.id for index in indexes if (node := self.node(index)) and node.item)
        data = QMimeData()
        data.setData(_MIME, QByteArray(json.dumps(list(keys)).encode()))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return not self.read_only and data.hasFormat(_MIME)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if action != Qt.DropAction.MoveAction or not self.canDropMimeData(data, action, row, column, parent):
            return False
        self._move(json.loads(bytes(data.data(_MIME).data())), self._drop_place(row, parent))
        # Never True: the view would then remove the rows it believes to have moved.
        return False

    def _drop_place(self, row: int, parent: Index) -> RowPlace:
        target = self.node(parent)
        before = target.children[row] if target and 0 <= row < len(target.children) else None
        before_id = before.item.id if before and before.item else None
        if target and target.item:
            return RowPlace(target.item.id, target.item.section_id, before_id)
        if target and target.section:
            return RowPlace(None, target.section.id, before_id)
        # Between two bands, or below everything: the end of the band above.
        tops = self._root.children
        row = len(tops) if row < 0 else row
        above = tops[row - 1] if 0 < row <= len(tops) else None
        below = tops[row] if row < len(tops) else None
        if below and below.item:
            return RowPlace(None, below.item.section_id, below.item.id)
        section = above.section if above else None
        return RowPlace(None, section.id if section else None, None)
