"""A small chart of plan, fact and forecast: hatched, filled and hollow bars, every bar with its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolTip, QWidget

from cosdesk.reports.typography import DASH, number
from cosdesk.ui.theme import STEP, accent, faint_line, muted_ink

_HEIGHT = 180
_LARGEST_BAR = 36


@dataclass(frozen=True, slots=True)
class Point:
    """One group of the chart; None where there is no number.  A forecast is drawn where there is no fact yet."""

    label: str
    plan: Decimal | None
    fact: Decimal | None
    forecast: Decimal | None = None

    @property
    def awaited(self) -> Decimal | None:
        """The forecast as long as there is no fact."""
        return self.forecast if self.fact is None else None

    @property
    def words(self) -> str:
        plan, fact = (DASH if value is None else number(value) for value in (self.plan, self.fact))
        forecast = f", прогноз {number(self.forecast)}" if self.forecast is not None else ""
        return f"{self.label}: план {plan}, факт {fact}{forecast}"


class PlanFactChart(QWidget):
    """Told apart by hatching as well as by colour; the same is said in words to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[Point, ...] = ()
        self.setMinimumHeight(_HEIGHT)
        self.setAccessibleName("Диаграмма плана и факта")

    @property
    def points(self) -> tuple[Point, ...]:
        return self._points

    def show_points(self, points: Sequence[Point]) -> None:
        self._points = tuple(points)
        self.setAccessibleDescription("; ".join(point.words for point in points) or "Нет данных")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() - 1)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        line = metrics.lineSpacing()
        drawn = ((point.plan, point.fact, point.awaited) for point in self._points)
        values = [value for values in drawn for value in values if value is not None]
        if not values:
            painter.setPen(muted_ink())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Нет чисел для диаграммы")
            return
        self._paint_legend(painter, line)
        body = QRectF(0, 2 * line + STEP, self.width(), self.height() - 3 * line - 2 * STEP)
        low, high = min(0.0, float(min(values))), max(0.0, float(max(values)))
        scale = body.height() / (high - low or 1)
        zero = body.bottom() + low * scale
        widest = max(metrics.horizontalAdvance(point.label) for point in self._points) + 4
        # Where the names have no room side by side, only every second or third is written.
        step = ceil(widest * len(self._points) / max(body.width(), 1))
        for place, point in enumerate(self._points):
            group = self._group(place, body)
            self._paint_group(painter, group, point, zero, scale)
            if place % step == 0:
                self._paint_label(painter, group.center().x(), widest, point.label)
        painter.setPen(faint_line())
        painter.drawLine(QPointF(body.left(), zero), QPointF(body.right(), zero))

    def _paint_legend(self, painter: QPainter, line: int) -> None:
        left = 0
        kinds = [("план", self._hatching()), ("факт", QBrush(accent()))]
        if any(point.awaited is not None for point in self._points):
            kinds.append(("прогноз", QBrush()))
        for label, brush in kinds:
            box = QRect(left, 2, line - 2, line - 4)
            painter.setPen(muted_ink())
            painter.setBrush(brush)
            painter.drawRect(box)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(left + line + 4, painter.fontMetrics().ascent(), label)
            left += line + painter.fontMetrics().horizontalAdvance(label) + 3 * STEP

    def _paint_group(self, painter: QPainter, group: QRectF, point: Point, zero: float, scale: float) -> None:
        bar = min(group.width() * 0.42, _LARGEST_BAR)
        metrics = painter.fontMetrics()
        middle = group.center().x()
        for left, value, brush in (
            (middle - bar - 1, point.plan, self._hatching()),
            (middle + 1, point.fact, QBrush(accent())),
            (middle + 1, point.awaited, QBrush()),
        ):
            if value is None:
                continue
            height = float(value) * scale
            painter.setPen(muted_ink())
            painter.setBrush(brush)
            painter.drawRect(QRectF(left, zero - max(height, 0), bar, abs(height)))
            text = number(value)
            width = metrics.horizontalAdvance(text)
            if width <= group.width() / 2 + 2:
                painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
                painter.drawText(QPointF(left + (bar - width) / 2, zero - max(height, 0) - 3), text)

    def _paint_label(self, painter: QPainter, middle: float, width: float, label: str) -> None:
        line = painter.fontMetrics().lineSpacing()
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        left = min(max(middle - width / 2, 0), self.width() - width)
        foot = QRectF(left, self.height() - line - 2, width, line)
        painter.drawText(foot, Qt.AlignmentFlag.AlignHCenter, label)

    def _group(self, place: int, body: QRectF) -> QRectF:
        width = body.width() / len(self._points)
        return QRectF(body.left() + place * width, body.top(), width, body.height())

    @staticmethod
    def _hatching() -> QBrush:
        return QBrush(muted_ink(), Qt.BrushStyle.BDiagPattern)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._points:
            place = int(event.pos().x() * len(self._points) / max(self.width(), 1))
            QToolTip.showText(event.globalPos(), self._points[min(max(place, 0), len(self._points) - 1)].words, self)
            return True
        return super().event(event)
