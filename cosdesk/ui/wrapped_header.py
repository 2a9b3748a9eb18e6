"""A table's head whose headings wrap and show the whole on hover."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from cosdesk.ui.delegates import MARGIN_X, MARGIN_Y, plain_tooltip, wrap
from cosdesk.ui.theme import faint_line, muted_ink

_LINES = 3


class WrappedHeader(QHeaderView):
    """Horizontal; as high as its tallest heading at the present widths, three lines at most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.sectionResized.connect(lambda: self.geometriesChanged.emit())

    def sizeHint(self) -> QSize:
        lines = max(
            (len(self._lines(section)) for section in range(self.count()) if not self.isSectionHidden(section)),
            default=1,
        )
        return QSize(0, lines * self.fontMetrics().lineSpacing() + 2 * MARGIN_Y + 1)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        painter.save()
        painter.fillRect(rect, self.palette().brush(QPalette.ColorRole.Window))
        painter.setPen(faint_line())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.right(), rect.top() + MARGIN_Y, rect.right(), rect.bottom() - MARGIN_Y)
        painter.setPen(muted_ink())
        painter.setFont(self.font())
        lines = self._lines(logicalIndex)
        metrics = self.fontMetrics()
        top = rect.bottom() - MARGIN_Y - len(lines) * metrics.lineSpacing() + metrics.ascent()
        for line in lines:
            painter.drawText(rect.left() + MARGIN_X, top, line)
            top += metrics.lineSpacing()
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            tip = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
            QToolTip.showText(event.globalPos(), plain_tooltip(tip) if tip else "", self)
            return True
        return super().viewportEvent(event)

    def _lines(self, section: int) -> tuple[str, ...]:
        text = self.model().headerData(section, Qt.Orientation.Horizontal) or ""
        return wrap(str(text), self.sectionSize(section) - 2 * MARGIN_X, _LINES, self.font()).lines
