"""Headings of sheets: columns in two levels, with a name that neighbours share, and rows by name."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader, QWidget

from cosdesk.ui.delegates import MARGIN_X, MARGIN_Y, CellRole, wrap
from cosdesk.ui.theme import accent, faint_line

GROUP_ROLE = Qt.ItemDataRole.UserRole + 21
"""The heading that neighbouring columns share, from ``headerData``."""
MARK_ROLE = Qt.ItemDataRole.UserRole + 22
"""True for the row of the reporting period, from ``headerData``."""
_MARGIN = 4


class GroupedHeader(QHeaderView):
    """Draws ``DisplayRole`` below ``GROUP_ROLE``; columns side by side with one group share its heading.

    A heading takes up to ``name_lines`` lines.
    """

    name_lines = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(32)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        sections = [place for place in range(self.count()) if not self.isSectionHidden(place)]
        lines = max((len(self._lines(place)) for place in sections), default=1)
        grouped = any(self._group(place) for place in sections)
        return QSize(super().sizeHint().width(), (lines + grouped) * line + 2 * _MARGIN + grouped * _MARGIN)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        palette = self.palette()
        painter.fillRect(rect, palette.brush(QPalette.ColorRole.Window))
        painter.setPen(faint_line())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        name_rect = QRect(rect)
        if self._group(logical):
            height = self.fontMetrics().lineSpacing() + 2 * _MARGIN
            self._paint_group(painter, QRect(rect.left(), rect.top(), rect.width(), height), logical)
            name_rect.setTop(rect.top() + height - _MARGIN)
        self._paint_name(painter, name_rect, logical)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRect, logical: int) -> None:
        first, last = self._group_ends(logical)
        left = self.sectionViewportPosition(self.logicalIndex(first))
        end = self.logicalIndex(last)
        whole = QRect(left, rect.top(), self.sectionViewportPosition(end) + self.sectionSize(end) - left, rect.height())
        painter.fillRect(whole, self.palette().brush(QPalette.ColorRole.Window))
        painter.setPen(faint_line())
        painter.drawLine(whole.left() + _MARGIN, whole.bottom() - 2, whole.right() - _MARGIN, whole.bottom() - 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        body = whole.adjusted(_MARGIN, 0, -_MARGIN, -2)
        text = painter.fontMetrics().elidedText(self._group(logical), Qt.TextElideMode.ElideRight, body.width())
        painter.drawText(body, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(self.font())

    def _paint_name(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        alignment = self.model().headerData(logical, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        body = rect.adjusted(MARGIN_X, 0, -MARGIN_X, -_MARGIN)
        flags = Qt.AlignmentFlag(alignment) if alignment is not None else Qt.AlignmentFlag.AlignLeft
        flags = (flags & ~Qt.AlignmentFlag.AlignVertical_Mask) | Qt.AlignmentFlag.AlignBottom
        painter.drawText(body, int(flags), "\n".join(self._lines(logical)))
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logical:
            option = QStyleOptionHeader()
            self.initStyleOption(option)
            option.rect = QRect(rect.center().x() - 4, rect.top(), 8, 6)
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            primitives = QStyle.PrimitiveElement
            arrow = primitives.PE_IndicatorArrowDown if down else primitives.PE_IndicatorArrowUp
            self.style().drawPrimitive(arrow, option, painter, self)

    def _lines(self, logical: int) -> tuple[str, ...]:
        text = str(self.model().headerData(logical, self.orientation()) or "")
        return wrap(text, self.sectionSize(logical) - 2 * MARGIN_X, self.name_lines, self.font()).lines

    def _group(self, logical: int) -> str:
        return str(self.model().headerData(logical, self.orientation(), GROUP_ROLE) or "")

    def _group_ends(self, logical: int) -> tuple[int, int]:
        """First and last visual place of the visible neighbours that share the group."""
        group, place = self._group(logical), self.visualIndex(logical)
        first = last = place
        for step in (-1, 1):
            at = place
            while 0 <= (at := at + step) < self.count():
                neighbour = self.logicalIndex(at)
                if self.isSectionHidden(neighbour):
                    continue
                if self._group(neighbour) != group:
                    break
                first, last = (at, last) if step < 0 else (first, at)
        return first, last


class PlainCorner(QObject):
    """Paints the corner between both headings as an empty part of them."""

    def eventFilter(self, corner: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or not isinstance(corner, QWidget):
            return super().eventFilter(corner, event)
        painter = QPainter(corner)
        painter.fillRect(corner.rect(), corner.palette().brush(QPalette.ColorRole.Window))
        painter.setPen(faint_line())
        painter.drawLine(corner.rect().bottomLeft(), corner.rect().bottomRight())
        return True


class RowHeader(QHeaderView):
    """The name of each row; a band's name is bold, the others stand under it, the marked one bears an accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sectionSizeFromContents(self, logical: int) -> QSize:
        text = str(self.model().headerData(logical, self.orientation()) or "")
        width = self.fontMetrics().horizontalAdvance(text) + 4 * MARGIN_X
        return QSize(width, self.fontMetrics().lineSpacing() + 2 * MARGIN_Y + 1)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        palette, model = self.palette(), self.model()
        band = bool(model.headerData(logical, self.orientation(), CellRole.BAND))
        marked = bool(model.headerData(logical, self.orientation(), MARK_ROLE))
        painter.fillRect(rect, palette.brush(QPalette.ColorRole.AlternateBase if band else QPalette.ColorRole.Base))
        painter.setPen(faint_line())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if marked:
            painter.fillRect(rect.left(), rect.top(), 4, rect.height() - 1, accent())
        font = QFont(self.font())
        font.setBold(band or marked)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        body = rect.adjusted(MARGIN_X if band else 2 * MARGIN_X, MARGIN_Y, 0, 0)
        text = str(model.headerData(logical, self.orientation()) or "")
        painter.drawText(body, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()
