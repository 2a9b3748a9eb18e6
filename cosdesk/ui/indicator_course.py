"""An indicator's course over the years: as points, in words, and as the small picture in the table."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Actual, Indicator, TotalRule
from cosdesk.domain.period import Period, parse_period
from cosdesk.domain.state import latest_actual
from cosdesk.reports.typography import number
from cosdesk.ui.delegates import MARGIN_X, MARGIN_Y, CellLook, Index
from cosdesk.ui.sheet_delegate import SheetDelegate
from cosdesk.ui.theme import accent, muted_ink

COURSE_ROLE = Qt.ItemDataRole.UserRole + 31
"""The points of a cell that shows a course."""
_HEIGHT = 32
_DOT = 2.5


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A year, or the day of the baseline; ``so_far`` names the shorter period that the fact is of, else empty."""

    label: str
    plan: Decimal | None
    fact: Decimal | None
    so_far: str = ""


def course_of(
    indicator: Indicator, actuals: Mapping[str, Actual], years: Sequence[int]
) -> tuple[CoursePoint, ...]:
    """The baseline, where there is one, and every year; of a year still running the latest value, unless years
    are sums, whose parts say nothing beside a whole."""
    points = []
    if indicator.baseline is not None:
        day = indicator.baseline_on
        points.append(CoursePoint(str(day.year) if day else "база", None, indicator.baseline))
    for year in years:
        whole = Period(year)
        actual = actuals.get(whole.code)
        if actual is None and indicator.total_rule is not TotalRule.SUM:
            actual = latest_actual(actuals, whole)
        partly = actual is not None and actual.period != whole.code
        so_far = parse_period(actual.period).label if actual and partly else ""
        points.append(CoursePoint(str(year), indicator.target(whole.code), actual.amount if actual else None, so_far))
    return tuple(points)


def course_in_words(points: Sequence[CoursePoint]) -> str:
    """«2024: 58,3; 2025: план 70, факт 66,7; 2026: план 85, факт 75 (III квартал 2026 г.); 2027: план 100»."""
    return "; ".join(f"{point.label}: {words}" for point in points if (words := _told(point)))


def _told(point: CoursePoint) -> str:
    parts = [] if point.plan is None else [f"план {number(point.plan)}"]
    if point.fact is not None:
        of_period = f" ({point.so_far})" if point.so_far else ""
        parts.append(f"факт {number(point.fact)}{of_period}")
    return ", ".join(parts)


class CourseDelegate(SheetDelegate):
    """A thin broken line for the plan, a strong one for the facts with a dot at the last."""

    def look(self, index: Index) -> CellLook:
        # The words are for the hint, for copying and for screen readers.
        return CellLook()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        points: Sequence[CoursePoint] = index.data(COURSE_ROLE) or ()
        room = QRectF(option.rect).adjusted(MARGIN_X, MARGIN_Y + 2, -MARGIN_X - 2, -MARGIN_Y - 2)
        room.setHeight(min(room.height(), _HEIGHT))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_course(painter, room, points)
        painter.restore()


def _draw_course(painter: QPainter, room: QRectF, points: Sequence[CoursePoint]) -> None:
    plans, facts = [point.plan for point in points], [point.fact for point in points]
    known = [value for value in (*plans, *facts) if value is not None]
    if not known:
        return
    least, span = min(known), max(known) - min(known)

    def places(values: Sequence[Decimal | None]) -> Iterator[QPointF]:
        step = room.width() / max(len(points) - 1, 1)
        for number_of_point, value in enumerate(values):
            if value is not None:
                share = float((value - least) / span) if span else 0.5
                yield QPointF(room.left() + step * number_of_point, room.bottom() - share * room.height())

    painter.setPen(QPen(muted_ink(), 1, Qt.PenStyle.DashLine))
    painter.drawPolyline(list(places(plans)))
    way = list(places(facts))
    painter.setPen(QPen(accent(), 2))
    painter.drawPolyline(way)
    if way:
        painter.setBrush(accent())
        painter.drawEllipse(way[-1], _DOT, _DOT)
