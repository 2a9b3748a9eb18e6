"""The lines of «Сегодня» as a table: a band before each topic; a cell is worked out when it is shown."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt

from cosdesk.domain.agenda import AgendaLine, Topic
from cosdesk.ui.delegates import CellRole, Index
from cosdesk.ui.long_list import LongListModel
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
_BAND = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


class TodayModel(LongListModel):
    """Lines of the agenda under the bands of their topics."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def show_lines(self, lines: Iterable[AgendaLine]) -> None:
        by_topic: dict[Topic, list[AgendaLine]] = {topic: [] for topic in Topic}
        for line in lines:
            by_topic[line.topic].append(line)
        rows: list[AgendaLine | str] = []
        for topic, own in by_topic.items():
            if own:
                rows += [f"{topic.label} – {len(own)}", *own]
        self.show_rows(rows)

    def line(self, row: int) -> AgendaLine | None:
        """The line of a row, None for a band."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, AgendaLine) else None

    @property
    def bands(self) -> list[int]:
        """Their rows, of those that have come."""
        return [row for row, content in enumerate(self.rows[: self.rowCount()]) if isinstance(content, str)]

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _BAND if index.isValid() and isinstance(self.rows[index.row()], str) else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        content = self.rows[index.row()]
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
