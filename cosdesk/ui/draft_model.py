"""The entries of one part of a form as a sheet: a question, a check, a requirement a row."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from cosdesk.errors import UserError
from cosdesk.forms.monitoring_draft import MonitoringDraft
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.draft_columns import (
    COLUMNS,
    FAULT,
    REGISTERS,
    TYPES,
    DraftColumn,
    Kind,
    default_text,
    is_open,
    read,
    shown,
    with_type,
)
from cosdesk.ui.draft_history import DraftHistory
from cosdesk.ui.sheet import Cells, SheetModel
from cosdesk.ui.sheet_delegate import CHOICES_ROLE, LONG_TEXT_ROLE
from cosdesk.ui.theme import Tone
from cosdesk.ui.typed_values import shorten

Index = QModelIndex | QPersistentModelIndex


class DraftModel(SheetModel):
    """The last column says what is wrong with the row."""

    def __init__(self, history: DraftHistory, part: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.part = part
        self.columns: tuple[DraftColumn, ...] = (*COLUMNS[part], FAULT)
        self._entries: list[dict[str, Any]] = history.draft.entries(part)
        history.changed.connect(self._refresh)

    def _refresh(self) -> None:
        entries = self._history.draft.entries(self.part)
        if len(entries) != len(self._entries):
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
            return
        self._entries = entries
        if entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, len(self.columns) - 1))

    @property
    def has_faults(self) -> bool:
        return any(fault.part == self.part and fault.row >= 0 for fault in self._history.faults)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and is_open(self.columns[index.column()], self._entries[index.row()]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column, entry = self.columns[index.column()], self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(index.row(), column)
            case Qt.ItemDataRole.EditRole:
                return self.plain(index)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignTop)
            case Qt.ItemDataRole.ToolTipRole:
                return self._fault(index.row(), column) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.heading}: {self._shown(index.row(), column) or 'пусто'}"
            case CellRole.TONE:
                return Tone.RED if self._fault(index.row(), column) and self._shown(index.row(), column) else None
            case CellRole.MUTED:
                return column.kind is Kind.NUMBER and entry.get(column.key) is None
            case CellRole.LINES:
                return 6
            case _ if role == LONG_TEXT_ROLE:
                return column.is_long
            case _ if role == CHOICES_ROLE:
                return (choices, True) if (choices := self._choices(column)) else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.heading
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft)
        return True if role == LONG_TEXT_ROLE else None

    def section_of(self, key: str) -> int:
        """The column of a key, the first one where it has none."""
        return next((place for place, column in enumerate(self.columns) if column.key == key and key), 0)

    def _shown(self, row: int, column: DraftColumn) -> str:
        if column is FAULT:
            faults = self._history.faults_of(self.part, row)
            return "; ".join(self._told(fault.key, fault.phrase) for fault in faults)
        entry = self._entries[row]
        return (
            shown(column, entry, self._history.labels)
            if self._is_worded(column, entry)
            else default_text(column, entry)
        )

    def _is_worded(self, column: DraftColumn, entry: dict[str, Any]) -> bool:
        """An absent bound shows what holds instead; a flag that means nothing here shows nothing."""
        return is_open(column, entry) and not (column.kind is Kind.NUMBER and entry.get(column.key) is None)

    def _told(self, key: str, phrase: str) -> str:
        heading = next((column.heading for column in self.columns if column.key == key and key), "")
        return f"{heading}: {phrase}" if heading else phrase

    def _fault(self, row: int, column: DraftColumn) -> str:
        faults = self._history.faults_of(self.part, row)
        return "; ".join(fault.phrase for fault in faults if column is FAULT or fault.key == column.key)

    def _choices(self, column: DraftColumn) -> tuple[str, ...]:
        match column.kind:
            case Kind.TYPE:
                return tuple(TYPES)
            case Kind.FLAG:
                return column.flags
            case Kind.REGISTER:
                return ("", *REGISTERS.values())
            case Kind.QUESTION:
                labels = self._history.labels
                return tuple(labels[entry["key"]] for entry in self._history.draft.entries("question"))
        return ()

    # --- writing

    def plain(self, index: Index) -> str:
        column, entry = self.columns[index.column()], self._entries[index.row()]
        return shown(column, entry, self._history.labels) if is_open(column, entry) else ""

    def title(self, cells: Cells) -> str:
        column = self.columns[cells[0][0].column()]
        return shorten(f"{column.heading}: {cells[0][1]}", 40)

    def complaint(self, cells: Cells) -> str:
        try:
            for index, text in cells:
                read(self.columns[index.column()], text, self._history.labels)
        except UserError as error:
            return str(error)
        return ""

    def write(self, cells: Cells, title: str) -> None:
        draft = self._history.draft
        for index, text in cells:
            draft = self._written(draft, index.row(), self.columns[index.column()], text)
        self._history.change(title, draft)

    def _written(self, draft: MonitoringDraft, row: int, column: DraftColumn, text: str) -> MonitoringDraft:
        value = read(column, text, self._history.labels, self._history.answers)
        if column.key in ("label", "title"):
            return draft.named(self.part, row, value)
        changes = with_type(value) if column.kind is Kind.TYPE else {column.key: value}
        return draft.with_values(self.part, row, changes)
