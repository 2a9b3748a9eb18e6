"""The list of reports by kind; what a report is good for on hover."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cosdesk.reports.catalog import Report
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.theme import STEP, muted_ink

_PLACE = Qt.ItemDataRole.UserRole + 1


class ReportList(QListWidget):
    """One line a report; ``report`` is the chosen one."""

    def __init__(self, reports: Sequence[Report], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports = tuple(reports)
        self.setAccessibleName("Отчёты")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_LineDelegate(self))
        soften_selection(self)
        group = ""
        for place, report in enumerate(self._reports):
            if report.group != group:
                group = report.group
                band = QListWidgetItem(group, self)
                band.setFlags(Qt.ItemFlag.NoItemFlags)
            line = QListWidgetItem(report.title, self)
            line.setToolTip(plain_tooltip(report.purpose))
            line.setData(_PLACE, place)
            line.setData(Qt.ItemDataRole.AccessibleDescriptionRole, report.purpose)
        self.choose(self._reports[0].id)

    @property
    def report(self) -> Report | None:
        line = self.currentItem()
        place = line.data(_PLACE) if line else None
        return None if place is None else self._reports[place]

    def choose(self, report_id: str) -> None:
        """Turns to the report of that id."""
        place = [report.id for report in self._reports].index(report_id)
        self.setCurrentRow(next(row for row in range(self.count()) if self.item(row).data(_PLACE) == place))


class _LineDelegate(QStyledItemDelegate):
    """A title, wrapped; the heading of a kind fainter and apart from what stands above it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._text(option, index, self._view().viewport().width()).bottom() + STEP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        widget = self._view()
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        painter.translate(option.rect.topLeft())
        report = index.data(_PLACE) is not None
        painter.setFont(option.font if report else _bold(option.font))
        painter.setPen(option.palette.color(option.palette.ColorRole.Text) if report else muted_ink())
        text = self._text(option, index, option.rect.width())
        painter.drawText(text, int(Qt.TextFlag.TextWordWrap), index.data())
        painter.restore()

    def _text(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, width: int) -> QRect:
        report = index.data(_PLACE) is not None
        room = QRect(2 * STEP, STEP if report else 2 * STEP, width - 4 * STEP, 1000)
        metrics = option.fontMetrics if report else QFontMetrics(_bold(option.font))
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), index.data())

    def _view(self) -> QListWidget:
        view = self.parent()
        assert isinstance(view, QListWidget)
        return view


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
