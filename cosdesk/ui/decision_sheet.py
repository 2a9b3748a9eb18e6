"""A table of what came in, to be looked over: texts, and in the last column what becomes of each row."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from cosdesk.dataclass import dataclass
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.sheet import Cells, SheetModel
from cosdesk.ui.sheet_delegate import CHOICES_ROLE, LONG_TEXT_ROLE
from cosdesk.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
_LINES = 8


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """Texts of all columns but the last, with ``tones`` by column and a ``hint`` at the first.

    Of ``choices`` the first stands in the last column, unless ``initial`` stands there and asks for one of them.
    """

    texts: tuple[str, ...]
    choices: tuple[str, ...] = ()
    tones: dict[int, Tone] = field(default_factory=dict)
    initial: str = ""
    hint: str = ""


class DecisionModel(SheetModel):
    """``decisions`` by row, empty where nothing is asked, drawn in ``tones``; ``decided`` follows a change of one."""

    decided = Signal()

    def __init__(
        self,
        headings: Sequence[str],
        long: Sequence[int],
        rows: Sequence[DecisionRow],
        parent: QObject | None = None,
        tones: Mapping[str, Tone] | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._long = frozenset(long)
        self._rows = list(rows)
        self._tones = tones or {}
        self.decisions = [row.initial or (row.choices[0] if row.choices else "") for row in rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._headings)

    @property
    def _last(self) -> int:
        return len(self._headings) - 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        asks = index.isValid() and index.column() == self._last and len(self._rows[index.row()].choices) > 1
        return flags | Qt.ItemFlag.ItemIsEditable if asks else flags

    def texts(self, row: int) -> tuple[str, ...]:
        return (*self._rows[row].texts, self.decisions[row])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        text = self.texts(row)[column]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[column]}: {text or 'пусто'}"
        if role == CellRole.TONE:
            return self._tones.get(text) if column == self._last else self._rows[row].tones.get(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (self._rows[row].hint or None) if column == 0 else None
        if role == CellRole.LINES:
            return _LINES if column in self._long else 0
        if role == CHOICES_ROLE and column == self._last:
            return self._rows[row].choices, True
        return column in self._long if role == LONG_TEXT_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return section in self._long if role == LONG_TEXT_ROLE else None

    def plain(self, index: Index) -> str:
        return str(self.data(index) or "")

    def title(self, cells: Cells) -> str:
        return ""

    def complaint(self, cells: Cells) -> str:
        known = all(text in self._rows[index.row()].choices for index, text in cells)
        return "" if known else "Выберите решение из списка."

    def write(self, cells: Cells, title: str) -> None:
        for index, text in cells:
            self.decisions[index.row()] = text
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self._last))
        self.decided.emit()

    def decide_all(self, before: str, after: str) -> None:
        """The same decision for every row that stands at another and lets this one in."""
        self.decisions = [
            after if decision == before and after in row.choices else decision
            for row, decision in zip(self._rows, self.decisions, strict=True)
        ]
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self._last))
        self.decided.emit()

    def copy_all(self) -> None:
        """The whole table as Word and Excel take it."""
        rows = [self._headings, *(self.texts(row) for row in range(len(self._rows)))]
        lines = ["\t".join(" ".join(text.split()) for text in row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
