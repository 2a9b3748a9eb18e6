"""The list of reports: what is due at the top, then every report by kind, with when it was made last."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cosdesk.reports.catalog import Report
from cosdesk.reports.due import DuePaper
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP, Tone, ink_of, muted_ink

ORDERS = ("Сначала к сроку", "По названию", "Недавно составленные")
_DUE_FIRST, _BY_TITLE, _BY_DAY = range(len(ORDERS))
_MOST_DUE = 50
"""The earliest of what is due; a list of thousands nobody reads."""
_ENTRY = Qt.ItemDataRole.UserRole + 1
_LATE = Qt.ItemDataRole.UserRole + 2
_NOTE = Qt.ItemDataRole.UserRole + 3


class _Entry(NamedTuple):
    """One line: a report, or a report that is due."""

    report: Report
    due: DuePaper | None = None


class ReportList(QListWidget):
    """One line a report; ``report`` is the chosen one, ``due`` for what it is due where the line says so."""

    def __init__(self, reports: Sequence[Report], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reports = tuple(reports)
        self._by_id = {report.id: report for report in self.reports}
        self._due: tuple[DuePaper, ...] = ()
        self._made: dict[str, datetime] = {}
        self._today = date.today()
        self._order = _DUE_FIRST
        self._query = Query("")
        self.setAccessibleName("Отчёты")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_LineDelegate(self))
        # A scroll bar that comes makes the lines narrower, and some of them higher.
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        soften_selection(self)
        self._fill()
        self.choose(self.reports[0].id)

    @property
    def report(self) -> Report | None:
        entry = self._entry(self.currentItem())
        return entry.report if entry else None

    @property
    def due(self) -> DuePaper | None:
        entry = self._entry(self.currentItem())
        return entry.due if entry else None

    @property
    def all_due(self) -> tuple[DuePaper, ...]:
        return self._due

    def choose(self, report_id: str) -> None:
        """Turns to the report of that id, found by the search or not."""
        if (row := self._row_of(_Entry(self._by_id[report_id]))) is None:
            self.search(Query(""))
            row = self._row_of(_Entry(self._by_id[report_id]))
        assert row is not None
        self.setCurrentRow(row)

    def show_reports(self, reports: Sequence[Report]) -> None:
        """Lists these in place of the former ones; the report at hand stays where it is still there."""
        chosen = self.report.id if self.report else ""
        self.reports = tuple(reports)
        self._by_id = {report.id: report for report in self.reports}
        self._due = tuple(paper for paper in self._due if paper.report_id in self._by_id)
        blocked = self.blockSignals(True)
        self._fill()
        self.blockSignals(blocked)
        self.choose(chosen if chosen in self._by_id else self.reports[0].id)

    def show_state(self, due: Iterable[DuePaper], made: Mapping[str, datetime], today: date) -> None:
        """What is due and when each report was made last; the line at hand stays."""
        state = tuple(paper for paper in due if paper.report_id in self._by_id), dict(made), today
        if state != (self._due, self._made, self._today):
            self._due, self._made, self._today = state
            self._refill()

    def search(self, query: Query) -> None:
        """Only what holds the words; the line at hand is chosen no more where it does not."""
        if query != self._query:
            self._query = query
            self._refill()

    def set_order(self, order: int) -> None:
        """One of ``ORDERS`` by its place."""
        if order != self._order:
            self._order = order
            self._refill()

    # --- filling

    def _refill(self) -> None:
        kept, place = self._entry(self.currentItem()), self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        self._fill()
        row = self._row_of(kept) if kept else None
        if row is None and kept:
            # What was due and is made now stands among the others.
            row = self._row_of(_Entry(kept.report))
        if row is not None:
            self.setCurrentRow(row)
        self.blockSignals(blocked)
        self.verticalScrollBar().setValue(place)

    def _fill(self) -> None:
        self.clear()
        if self._order == _DUE_FIRST:
            due = [_Entry(self._by_id[paper.report_id], paper) for paper in self._due]
            self._add_group(f"К сроку: {len(due)}", due, _MOST_DUE)
            for group in dict.fromkeys(report.group for report in self.reports):
                self._add_group(group, [_Entry(report) for report in self.reports if report.group == group])
        elif self._order == _BY_TITLE:
            self._add_group("", [_Entry(report) for report in sorted(self.reports, key=lambda r: r.title.casefold())])
        else:
            made = sorted(self.reports, key=lambda r: self._made.get(r.id, datetime.min), reverse=True)
            self._add_group("", [_Entry(report) for report in made])

    def _add_group(self, title: str, entries: Sequence[_Entry], most: int | None = None) -> None:
        shown = [entry for entry in entries if not self._query or self._query.matches(self._words(entry))]
        if title and shown:
            QListWidgetItem(title, self).setFlags(Qt.ItemFlag.NoItemFlags)
        for entry in shown[:most]:
            line = QListWidgetItem(entry.report.title, self)
            note = self._note(entry)
            line.setData(_ENTRY, entry)
            line.setData(_NOTE, note)
            line.setData(_LATE, entry.due is not None and entry.due.due < self._today)
            line.setToolTip(plain_tooltip("\n".join(part for part in (entry.report.purpose, note) if part)))
            line.setData(Qt.ItemDataRole.AccessibleDescriptionRole, f"{note} {entry.report.purpose}".strip())
        if left := len(shown[most:]) if most else 0:
            QListWidgetItem(f"И ещё {left}: нужный найдёт поиск", self).setFlags(Qt.ItemFlag.NoItemFlags)

    def _note(self, entry: _Entry) -> str:
        if entry.due is not None:
            return entry.due.reason
        made = self._made.get(entry.report.id)
        return f"составлен {made:%d.%m.%Y}" if made else ""

    def _words(self, entry: _Entry) -> str:
        return f"{entry.report.title} {entry.report.purpose} {entry.report.group} {self._note(entry)}"

    def _row_of(self, entry: _Entry) -> int | None:
        for row in range(self.count()):
            found = self._entry(self.item(row))
            if found is not None and (found.report.id, found.due) == (entry.report.id, entry.due):
                return row
        return None

    @staticmethod
    def _entry(line: QListWidgetItem | None) -> _Entry | None:
        found = line.data(_ENTRY) if line is not None else None
        return found if isinstance(found, _Entry) else None


class _LineDelegate(QStyledItemDelegate):
    """A title, wrapped, its note smaller beneath; the heading of a kind fainter and apart from what stands above it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        title, note = self._rooms(option, index, self._view().viewport().width())
        return QSize(0, max(title.bottom(), note.bottom()) + STEP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        widget = self._view()
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        painter.translate(option.rect.topLeft())
        report = index.data(_ENTRY) is not None
        title, note = self._rooms(option, index, option.rect.width())
        painter.setFont(option.font if report else _bold(option.font))
        painter.setPen(option.palette.color(option.palette.ColorRole.Text) if report else muted_ink())
        painter.drawText(title, int(Qt.TextFlag.TextWordWrap), index.data())
        if index.data(_NOTE):
            painter.setFont(_small(option.font))
            painter.setPen(ink_of(Tone.RED) if index.data(_LATE) else muted_ink())
            painter.drawText(note, int(Qt.TextFlag.TextWordWrap), index.data(_NOTE))
        painter.restore()

    def _rooms(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, width: int
    ) -> tuple[QRect, QRect]:
        """Where the title and the note stand, from the line's corner."""
        report = index.data(_ENTRY) is not None
        room = QRect(2 * STEP, STEP if report else 2 * STEP, width - 4 * STEP, 1000)
        metrics = option.fontMetrics if report else QFontMetrics(_bold(option.font))
        title = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data())
        if not index.data(_NOTE):
            return title, title
        room.moveTop(title.bottom() + 1)
        note = QFontMetrics(_small(option.font)).boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data(_NOTE))
        return title, note

    def _view(self) -> QListWidget:
        view = self.parent()
        assert isinstance(view, QListWidget)
        return view


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small
