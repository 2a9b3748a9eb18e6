"""The list of reports by kind: a name and, under it, what the report is good for."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cosdesk.reports.catalog import Report
from cosdesk.ui.delegates import soften_selection
from cosdesk.ui.theme import STEP, faint_line, muted_ink

_PURPOSE = Qt.ItemDataRole.UserRole
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
            line.setData(_PURPOSE, report.purpose)
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
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        title, purpose = self._rects(option, index, self._width())
        if index.data(_PLACE) is None:
            return QSize(0, title.height() + 2 * STEP)
        return QSize(0, title.height() + purpose.height() + 3 * STEP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        widget = self._view()
        widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        painter.setPen(faint_line())
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        title, purpose = self._rects(option, index, option.rect.width())
        painter.translate(option.rect.topLeft())
        if index.data(_PLACE) is None:
            painter.setPen(muted_ink())
            painter.drawText(title, int(Qt.TextFlag.TextWordWrap), index.data())
            painter.restore()
            return
        painter.setFont(_bold(option.font))
        painter.setPen(option.palette.color(option.palette.ColorRole.Text))
        painter.drawText(title, int(Qt.TextFlag.TextWordWrap), index.data())
        painter.setFont(option.font)
        painter.setPen(muted_ink())
        painter.drawText(purpose, int(Qt.TextFlag.TextWordWrap), index.data(_PURPOSE))
        painter.restore()

    def _rects(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, width: int
    ) -> tuple[QRect, QRect]:
        room = QRect(2 * STEP, STEP, width - 4 * STEP, 1000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        title = QFontMetrics(_bold(option.font)).boundingRect(room, wrap, index.data())
        room.setTop(title.bottom() + STEP // 2)
        return title, option.fontMetrics.boundingRect(room, wrap, index.data(_PURPOSE) or "")

    def _view(self) -> QListWidget:
        view = self.parent()
        assert isinstance(view, QListWidget)
        return view

    def _width(self) -> int:
        return self._view().viewport().width()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
