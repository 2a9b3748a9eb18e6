"""A chart on the screen: the drawing of paper in the window's own letters and colours."""

from functools import cache
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cosdesk.reports.chart_drawing import Box, Colour, Drawing, Lettering, Stroke, Words, chart_in_words, draw_chart
from cosdesk.reports.document import Chart
from cosdesk.reports.letters import Letters
from cosdesk.ui.theme import accent, faint_line, is_dark, muted_ink

_EMPTY_HEIGHT = 64
_USUAL_WIDTH, _LEAST_WIDTH = 280, 160
_MEASURED = 100
"""Pixels of the letters that are measured: large ones are not rounded to the screen's points."""


class ChartView(QWidget):
    """As wide as it is given room, as tall as its chart then is; the same is said in words to a screen reader."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._drawn: tuple[object, Drawing] | None = None
        self.setAccessibleName(name)
        # The layout asks for the height: set in a resize it would chase the scroll bar that it makes appear.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chart(self) -> Chart | None:
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """A chart without a single number says so."""
        has_values = any(value is not None for series in chart.series for value in series.values)
        self._chart = chart if has_values else None
        self.setAccessibleDescription(chart_in_words(chart) if has_values else "Нет данных")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        drawing = self._drawing(width)
        return round(drawing.height * self._scale) if drawing else _EMPTY_HEIGHT

    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, _EMPTY_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing = self._drawing(self.width())
        if drawing is None:
            painter.setPen(muted_ink())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Нет чисел для диаграммы")
            return
        for shape in drawing.shapes:
            self._paint(painter, shape)

    @property
    def _scale(self) -> float:
        """Pixels a point."""
        return self.logicalDpiX() / 72

    def _drawing(self, width: int) -> Drawing | None:
        """The chart at that width in pixels; the last one is kept."""
        if self._chart is None or width <= 0:
            return None
        key = (self._chart, width, self.font().family(), self._scale)
        if self._drawn is None or self._drawn[0] != key:
            drawing = draw_chart(self._chart, width / self._scale, _lettering(self.font().family()))
            self._drawn = (key, drawing)
        return self._drawn[1]

    def _paint(self, painter: QPainter, shape: Words | Stroke | Box) -> None:
        scale = self._scale
        match shape:
            case Words():
                painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
                painter.setFont(_font(self.font().family(), round(shape.size * scale), shape.bold))
                painter.drawText(QPointF(shape.x * scale, shape.y * scale), shape.text)
            case Stroke():
                ink = faint_line() if shape.grey else self.palette().color(QPalette.ColorRole.WindowText)
                painter.setPen(QPen(ink, max(shape.width * scale, 1.0)))
                start, end = QPointF(shape.x1, shape.y1) * scale, QPointF(shape.x2, shape.y2) * scale
                painter.drawLine(start, end)
            case Box():
                box = QRectF(shape.x * scale, shape.y * scale, shape.width * scale, shape.height * scale)
                painter.fillRect(box, self._fill(shape.fill))
            case _:
                assert_never(shape)

    def _fill(self, fill: Colour) -> QColor:
        """Paper's white is the panel's own ground; a pale colour would dazzle on a dark one."""
        if min(fill) == 1.0:
            return self.palette().color(QPalette.ColorRole.Window)
        if len(set(fill)) == 1:
            return muted_ink()
        return accent() if is_dark() else QColor.fromRgbF(*fill)


def _font(family: str, pixels: int, bold: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, pixels))
    font.setBold(bold)
    return font


@cache
def _lettering(family: str) -> Lettering:
    """The window's letters measured as paper's are; a rare character counts as a broad one."""
    ranges = (range(32, 127), range(160, 192), range(0x400, 0x460), range(0x2010, 0x2030))
    signs = [chr(code) for codes in ranges for code in codes]
    faces = []
    for bold in (False, True):
        metrics = QFontMetricsF(_font(family, _MEASURED, bold))
        widths = {sign: metrics.horizontalAdvance(sign) * 1000 / _MEASURED for sign in (*signs, "№", "\u2212")}
        faces.append(Letters(widths, 1000.0))
    return Lettering(*faces)
