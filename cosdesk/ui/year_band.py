"""The year under the tree: how many terms end in each month, and the months of the row at hand."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QToolTip, QWidget

from cosdesk.domain.period import MONTHS
from cosdesk.domain.state import ItemState
from cosdesk.domain.year_calendar import Mark, MonthCount, month_counts, row_marks
from cosdesk.ui.theme import STEP, Tone, accent, faint_line, fill_of, ink_of, muted_ink

_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_TONES = {Mark.OPEN: Tone.BLUE, Mark.DUE: Tone.AMBER, Mark.DONE: Tone.GREEN, Mark.OVERDUE: Tone.RED}
_SIGNS = {Mark.DONE: "✓", Mark.DUE: "•", Mark.OVERDUE: "!"}


class YearBand(QWidget):
    """A year's spin box and its twelve months.  Read-only; ``year_changed`` carries the year shown."""

    year_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = QSpinBox()
        self._year.setRange(2000, 2100)
        self._year.setValue(date.today().year)
        self._year.setAccessibleName("Год календаря")
        self._months = _Months()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(STEP * 2, STEP // 2, STEP, STEP // 2)
        layout.setSpacing(STEP)
        layout.addWidget(self._year, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._months, 1)
        self._states: dict[int, ItemState] = {}
        self._row: ItemState | None = None
        self._year.valueChanged.connect(self._show)
        self._year.valueChanged.connect(self.year_changed)

    @property
    def year(self) -> int:
        return self._year.value()

    def show_states(self, states: dict[int, ItemState], row: ItemState | None) -> None:
        """All rows, for the counts, and the one at hand, for the bars."""
        if states is not self._states or row is not self._row:
            self._states, self._row = states, row
            self._show()

    def _show(self) -> None:
        marks = row_marks(self._row, self.year) if self._row else (Mark.NOTHING,) * 12
        self._months.show_year(self.year, month_counts(self._states.values(), self.year), marks)


class _Months(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Сроки по месяцам")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._year = 0
        self._counts: tuple[MonthCount, ...] = (MonthCount(),) * 12
        self._marks: tuple[Mark, ...] = (Mark.NOTHING,) * 12

    def show_year(self, year: int, counts: tuple[MonthCount, ...], marks: tuple[Mark, ...]) -> None:
        self._year, self._counts, self._marks = year, counts, marks
        told = [self._told(month) for month in range(12) if counts[month].due or marks[month] is not Mark.NOTHING]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(12 * 40, self.fontMetrics().lineSpacing() * 2 + STEP)

    def event(self, event) -> bool:  # type: ignore[no-untyped-def]
        if isinstance(event, QHelpEvent) and event.type() == QHelpEvent.Type.ToolTip:
            month = min(11, max(0, int(event.pos().x() / (self.width() / 12))))
            QToolTip.showText(event.globalPos(), self._told(month), self)
            return True
        return super().event(event)

    def _told(self, month: int) -> str:
        count = self._counts[month]
        told = f"{MONTHS[month].capitalize()} {self._year}: сроков {count.due}, исполнено {count.done}"
        if count.overdue:
            told += f", просрочено {count.overdue}"
        if self._marks[month] is not Mark.NOTHING:
            told += f"; выбранная строка: {self._marks[month].label}"
        return told

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, width = self.fontMetrics().lineSpacing(), self.width() / 12
        text = self.palette().color(QPalette.ColorRole.WindowText)
        for month, (name, count, mark) in enumerate(zip(_SHORT, self._counts, self._marks, strict=True)):
            cell = QRectF(month * width, 0, width - 2, self.height())
            head = QRectF(cell.left(), 0, cell.width(), line)
            painter.setPen(text if count.due else muted_ink())
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, f"{name} {count.due}" if count.due else name)
            bar = QRectF(cell.left(), line + 3, cell.width(), line)
            if mark is Mark.NOTHING:
                painter.setPen(faint_line())
                painter.drawLine(QPointF(bar.left(), bar.center().y()), QPointF(bar.right(), bar.center().y()))
            else:
                painter.setPen(ink_of(_TONES[mark]))
                painter.setBrush(fill_of(_TONES[mark]))
                painter.drawRoundedRect(bar, 4, 4)
                painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, _SIGNS.get(mark, ""))
        today = date.today()
        if today.year == self._year:
            place = (today.month - 1 + (today.day - 1) / 31) * width
            painter.setPen(QPen(accent(), 2))
            painter.drawLine(int(place), line + 1, int(place), self.height() - 1)
