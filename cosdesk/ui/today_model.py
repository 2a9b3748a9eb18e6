"""The lines of «Сегодня» as a table: a band before each topic; a cell is worked out when it is shown."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cosdesk.domain.agenda import AgendaLine, Topic
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.theme import Tone

TONES = {
    Topic.OVERDUE: Tone.RED,
    Topic.THIS_MONTH: Tone.AMBER,
    Topic.NEXT_MONTH: Tone.BLUE,
    Topic.NO_EVIDENCE: Tone.AMBER,
    Topic.BEHIND_PLAN: Tone.RED,
    Topic.NO_ANSWER: Tone.AMBER,
    Topic.REPORT_GAPS: Tone.GREY,
}
HEADINGS = ("Срок", "№", "Мероприятие или показатель", "Что")
REASON = 3
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# Asked some ten times for every row whenever the tree is laid out.
_NOTHING = Qt.ItemFlag.NoItemFlags
_BAND = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_LINE = _BAND | Qt.ItemFlag.ItemIsSelectable


class TodayModel(QAbstractTableModel):
    """Lines of the agenda under the bands of their topics."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[AgendaLine | str] = []

    def show_lines(self, lines: Iterable[AgendaLine]) -> None:
        by_topic: dict[Topic, list[AgendaLine]] = {topic: [] for topic in Topic}
        for line in lines:
            by_topic[line.topic].append(line)
        self.beginResetModel()
        self._rows = []
        for topic, own in by_topic.items():
            if own:
                self._rows += [f"{topic.label} – {len(own)}", *own]
        self.endResetModel()

    def line(self, row: int) -> AgendaLine | None:
        """The line of a row, None for a band."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, AgendaLine) else None

    @property
    def bands(self) -> list[int]:
        return [row for row, content in enumerate(self._rows) if isinstance(content, str)]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _NOTHING
        return _BAND if isinstance(self._rows[index.row()], str) else _LINE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        content = self._rows[index.row()]
        column = index.column()
        if isinstance(content, str):
            if role == CellRole.BAND:
                return True
            return content if role == Qt.ItemDataRole.DisplayRole and column == 0 else None
        if role == Qt.ItemDataRole.DisplayRole:
            due = f"{content.due:%d.%m.%Y}" if content.due else "–"
            return (due, content.number, content.title, content.reason)[column]
        if role == CellRole.TONE and column == REASON:
            return TONES[content.topic]
        return None
