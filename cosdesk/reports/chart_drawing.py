"""A chart as strokes, boxes and words: drawn once here, laid down alike on the screen, in the PDF and in Word.

Grouped bars, told apart in black and white by their hatching.  Lengths are points, y is counted from the top down.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count, pairwise, takewhile
from typing import TypeAlias

from cosdesk.dataclass import dataclass
from cosdesk.reports.document import Chart, Series
from cosdesk.reports.letters import Letters
from cosdesk.reports.typography import DASH, number, printable

_MILLIMETRE = 72 / 25.4
_TITLE_SIZE, _LABEL_SIZE, _VALUE_SIZE = 12.0, 10.0, 9.0
_LEADING = 1.15
_GAP = 2 * _MILLIMETRE
_PLOT_HEIGHT = 45 * _MILLIMETRE
_LABEL_SHARE = 0.42  # of the width, at most, for the names beside lying bars
_WORD_SHARE = 0.6  # where a narrow panel would tear a word in two
_BAR_THICKNESS = 4 * _MILLIMETRE
_WIDEST_BAR = 14 * _MILLIMETRE
_MOST_LABEL_LINES = 3
_MOST_STEPS = 6
_EDGE_WIDTH, _GRID_WIDTH, _GRID_GREY = 0.5, 0.3, 0.75
_GOAL_WIDTH, _DASH = 1.0, 4.0
_HATCHING = 4.0  # between its lines

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""


_PAPER: Colour = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text from ``x`` on, its foot at ``y``."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; ``grey`` 0 is black, 1 white."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = _EDGE_WIDTH
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle without an edge."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour


Shape: TypeAlias = Words | Stroke | Box


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Lettering:
    """The two faces that a chart is lettered in; what they measure is what they will be drawn in."""

    plain: Letters
    bold: Letters


def chart_drawings(chart: Chart, width: float, tallest: float, lettering: Lettering) -> list[Drawing]:
    """The chart, cut by categories where it is taller than ``tallest``."""
    drawing = draw_chart(chart, width, lettering)
    if drawing.height <= tallest or len(chart.categories) < 2:
        return [drawing]
    middle = len(chart.categories) // 2
    parts = [
        replace(
            chart,
            categories=chart.categories[part],
            series=tuple(replace(series, values=series.values[part]) for series in chart.series),
        )
        for part in (slice(0, middle), slice(middle, None))
    ]
    return [drawn for part in parts for drawn in chart_drawings(part, width, tallest, lettering)]


def draw_chart(chart: Chart, width: float, lettering: Lettering) -> Drawing:
    """Title, legend and bars: standing where all names and values fit, else lying."""
    return _Pen(chart, width, lettering).drawing()


def chart_in_words(chart: Chart) -> str:
    """The chart's title and numbers, for those who hear it read."""
    told = "; ".join(category_in_words(chart, place) for place in range(len(chart.categories)))
    return printable(f"{chart.title}. {told}" if chart.title else told)


def category_in_words(chart: Chart, place: int) -> str:
    values = [(series.label, series.values[place]) for series in chart.series]
    told = ", ".join(f"{label} {number(value) if value is not None else DASH}" for label, value in values)
    return f"{chart.categories[place]}: {told}"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A bar's colour and the directions of its hatching: rise per point, 0 for level lines."""

    fill: Colour
    slopes: tuple[float, ...] = ()


_PATTERNS = (
    _Pattern((0.72, 0.79, 0.88)),
    _Pattern(_PAPER, (1.0,)),
    _Pattern((0.45, 0.45, 0.45)),
    _Pattern(_PAPER, (1.0, -1.0)),
    _Pattern(_PAPER, (0.0,)),
)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values from ``low`` to ``high`` in equal steps."""

    low: Decimal
    high: Decimal
    step: Decimal

    def place(self, value: Decimal, length: float) -> float:
        """Points from the scale's beginning, on an axis of that length."""
        return float((value - self.low) / (self.high - self.low)) * length

    def marks(self) -> Iterator[Decimal]:
        return takewhile(lambda mark: mark <= self.high, (self.low + self.step * n for n in count()))


def _scale(chart: Chart) -> _Scale:
    values = [value for series in chart.series for value in series.values if value is not None]
    values += [chart.goal] if chart.goal is not None else []
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    spread = (high - low) or Decimal(1)
    power = Decimal(1).scaleb(spread.adjusted() - 1)
    steps = (power * factor for factor in map(Decimal, ("1", "2", "5", "10", "20", "50", "100")))
    step = next(step for step in steps if spread / step <= _MOST_STEPS)
    if all(value == value.to_integral_value() for value in values):
        step = max(step, Decimal(1))  # no half a school
    floor, ceiling = (low / step).to_integral_value("ROUND_FLOOR"), (high / step).to_integral_value("ROUND_CEILING")
    return _Scale(floor * step, max(ceiling, floor + 1) * step, step)


class _Pen:
    """Lays a chart's shapes down one under another."""

    def __init__(self, chart: Chart, width: float, lettering: Lettering) -> None:
        self._chart = chart
        self._width = width
        self._plain, self._bold = lettering.plain, lettering.bold
        self._scale = _scale(chart)
        self._names = [printable(name) for name in chart.categories]
        self._shapes: list[Shape] = []
        self._y = 0.0

    def drawing(self) -> Drawing:
        self._draw_title()
        self._draw_legend()
        if self._stands:
            self._draw_standing()
        else:
            self._draw_lying()
        return Drawing(self._width, self._y + _GAP, tuple(self._shapes))

    def _draw_title(self) -> None:
        chart = self._chart
        title = printable(f"{chart.title}, {chart.unit}" if chart.title and chart.unit else chart.title or chart.unit)
        lines = self._bold.wrap(title, _TITLE_SIZE, self._width) if title else []
        self._centred(lines, 0, self._y + _TITLE_SIZE, self._width, _TITLE_SIZE, bold=True)
        self._y += len(lines) * _TITLE_SIZE * _LEADING + _GAP

    def _draw_legend(self) -> None:
        """One line names one series: the title has said it."""
        if len(self._chart.series) < 2:
            return
        for row in self._legend_rows():
            x = (self._width - sum(entry for _, _, entry in row)) / 2
            self._y += _LABEL_SIZE * 1.4
            for index, label, entry in row:
                self._draw_bar(index, x, self._y - _LABEL_SIZE * 0.8, 3 * _GAP, _LABEL_SIZE * 0.8)
                self._shapes.append(Words(label, x + 3.5 * _GAP, self._y - 1, _LABEL_SIZE))
                x += entry
        self._y += _GAP

    def _legend_rows(self) -> list[list[tuple[int, str, float]]]:
        """Rows of series' index, label and width in points."""
        rows: list[list[tuple[int, str, float]]] = [[]]
        for index, series in enumerate(self._chart.series):
            label = printable(series.label)
            entry = self._plain.width(label, _LABEL_SIZE) + 5 * _GAP
            if rows[-1] and sum(one[2] for one in rows[-1]) + entry > self._width:
                rows.append([])
            rows[-1].append((index, label, entry))
        return rows

    # Standing bars

    @property
    def _axis_width(self) -> float:
        return max(self._plain.width(number(mark), _VALUE_SIZE) for mark in self._scale.marks()) + _GAP

    @property
    def _slot(self) -> float:
        return (self._width - self._axis_width) / max(1, len(self._names))

    @property
    def _thickness(self) -> float:
        return min(_WIDEST_BAR, self._slot * 0.8 / max(1, len(self._chart.series)))

    @property
    def _stands(self) -> bool:
        """Whether several series have room for the names under their bars and the values over them; one lies."""
        if len(self._chart.series) < 2:
            return False
        slot = self._slot - _GAP
        if self._plain.widest_piece(self._names, _LABEL_SIZE) > slot or slot < len(self._chart.series) * _BAR_THICKNESS:
            return False
        values = (_told(value) for series in self._chart.series for value in series.values)
        if max((self._plain.width(value, _VALUE_SIZE) for value in values), default=0.0) > self._thickness:
            return False
        return all(len(self._plain.wrap(name, _LABEL_SIZE, slot)) <= _MOST_LABEL_LINES for name in self._names)

    def _draw_standing(self) -> None:
        scale, left, slot, thickness = self._scale, self._axis_width, self._slot, self._thickness
        top = self._y + _VALUE_SIZE * _LEADING
        foot = top + _PLOT_HEIGHT
        for mark in scale.marks():
            y = foot - scale.place(mark, _PLOT_HEIGHT)
            self._shapes.append(Stroke(left, y, self._width, y, _GRID_WIDTH, _GRID_GREY))
            text = number(mark)
            x = left - _GAP / 2 - self._plain.width(text, _VALUE_SIZE)
            self._shapes.append(Words(text, x, y + 3, _VALUE_SIZE))
        zero = scale.place(Decimal(0), _PLOT_HEIGHT)
        most = 1
        for place, name in enumerate(self._names):
            x = left + place * slot + (slot - thickness * len(self._chart.series)) / 2
            for index, series in enumerate(self._chart.series):
                end = self._end(series, place, _PLOT_HEIGHT, zero)
                self._draw_bar(index, x, foot - max(zero, end), thickness, abs(end - zero))
                self._draw_value(_told(series.values[place]), x + thickness / 2, foot - max(zero, end) - 2)
                x += thickness
            lines = self._plain.wrap(name, _LABEL_SIZE, slot - _GAP)
            most = max(most, len(lines))
            self._centred(
                lines, left + place * slot + _GAP / 2, foot + _LABEL_SIZE * _LEADING, slot - _GAP, _LABEL_SIZE
            )
        self._shapes.append(Stroke(left, foot - zero, self._width, foot - zero))
        if self._chart.goal is not None:
            y = foot - scale.place(self._chart.goal, _PLOT_HEIGHT)
            self._dashed(left, y, self._width, y)
        self._y = foot + (most + 0.3) * _LABEL_SIZE * _LEADING

    # Lying bars

    def _draw_lying(self) -> None:
        widest = max((self._plain.width(name, _LABEL_SIZE) for name in self._names), default=0.0)
        longest_word = min(self._plain.widest_piece(self._names, _LABEL_SIZE) + _GAP, self._width * _WORD_SHARE)
        left = max(min(self._width * _LABEL_SHARE, widest + 2 * _GAP), longest_word)
        labels = [self._plain.wrap(name, _LABEL_SIZE, left - _GAP) for name in self._names]
        bars = len(self._chart.series) * _BAR_THICKNESS
        heights = [max(bars, len(lines) * _LABEL_SIZE * _LEADING) + 1.5 * _GAP for lines in labels]
        length = self._width - left - self._plain.width("00 000,0", _VALUE_SIZE)
        top, foot = self._y, self._y + sum(heights)
        zero = self._scale.place(Decimal(0), length)
        self._draw_level_grid(left, top, foot, length)
        if self._chart.goal is not None:
            x = left + self._scale.place(self._chart.goal, length)
            self._dashed(x, top, x, foot)
        y = top
        for place, (lines, height) in enumerate(zip(labels, heights, strict=True)):
            first = y + (height - len(lines) * _LABEL_SIZE * _LEADING) / 2 + _LABEL_SIZE
            for line_number, line in enumerate(lines):
                self._shapes.append(Words(line, 0, first + line_number * _LABEL_SIZE * _LEADING, _LABEL_SIZE))
            bar = y + (height - bars) / 2
            for index, series in enumerate(self._chart.series):
                end = self._end(series, place, length, zero)
                self._draw_bar(index, left + min(zero, end), bar, abs(end - zero), _BAR_THICKNESS)
                told = _told(series.values[place])
                middle = left + max(zero, end) + 2 + self._plain.width(told, _VALUE_SIZE) / 2
                self._draw_value(told, middle, bar + _BAR_THICKNESS / 2 + 3)
                bar += _BAR_THICKNESS
            y += height
        self._shapes.append(Stroke(left + zero, top, left + zero, foot))
        self._y = foot + _VALUE_SIZE * _LEADING

    def _draw_level_grid(self, left: float, top: float, foot: float, length: float) -> None:
        """Upright lines of the scale; of its numbers as many as do not touch."""
        free = float("-inf")
        for mark in self._scale.marks():
            x = left + self._scale.place(mark, length)
            self._shapes.append(Stroke(x, top, x, foot, _GRID_WIDTH, _GRID_GREY))
            half = self._plain.width(number(mark), _VALUE_SIZE) / 2
            if x - half >= free:
                self._shapes.append(Words(number(mark), x - half, foot + _VALUE_SIZE, _VALUE_SIZE))
                free = x + half + _GAP / 2

    # Pieces

    def _end(self, series: Series, place: int, length: float, zero: float) -> float:
        value = series.values[place]
        return zero if value is None else self._scale.place(value, length)

    def _centred(
        self, lines: list[str], x: float, y: float, width: float, size: float, *, bold: bool = False
    ) -> None:  # fmt: skip
        letters = self._bold if bold else self._plain
        for line_number, line in enumerate(lines):
            left = x + (width - letters.width(line, size)) / 2
            self._shapes.append(Words(line, left, y + line_number * size * _LEADING, size, bold))

    def _draw_value(self, text: str, middle: float, foot: float) -> None:
        """On white, so that no line of the scale strikes it through."""
        width = self._plain.width(text, _VALUE_SIZE)
        height = _VALUE_SIZE * 0.75
        self._shapes.append(Box(middle - width / 2 - 1, foot - height, width + 2, height, _PAPER))
        self._shapes.append(Words(text, middle - width / 2, foot, _VALUE_SIZE))

    def _dashed(self, x1: float, y1: float, x2: float, y2: float) -> None:
        length = max(x2 - x1, y2 - y1)
        across, down = (1.0, 0.0) if x2 > x1 else (0.0, 1.0)
        for start in takewhile(lambda start: start < length, (2 * _DASH * n for n in count())):
            end = min(start + _DASH, length)
            self._shapes.append(
                Stroke(x1 + across * start, y1 + down * start, x1 + across * end, y1 + down * end, _GOAL_WIDTH)
            )

    def _draw_bar(self, index: int, x: float, y: float, width: float, height: float) -> None:
        if width <= 0 or height <= 0:
            return
        pattern = _PATTERNS[index % len(_PATTERNS)]
        self._shapes.append(Box(x, y, width, height, pattern.fill))
        for slope in pattern.slopes:
            self._shapes += _hatching(slope, x, y, width, height)
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self._shapes += [Stroke(*start, *end) for start, end in pairwise(corners)]


def _hatching(slope: float, x: float, y: float, width: float, height: float) -> Iterator[Stroke]:
    """Lines within the rectangle: level ones, or slanting ones cut off where they would leave it."""
    if not slope:
        for step in takewhile(lambda step: step < height, (_HATCHING * n for n in count(1))):
            yield Stroke(x, y + step, x + width, y + step)
        return
    for step in takewhile(lambda step: step < width + height, (_HATCHING * n for n in count(1))):
        # Along the upper edge and down the right one, to the left edge and along the lower one.
        over, under = max(0.0, step - width), max(0.0, step - height)
        x1, y1, x2, y2 = min(step, width), over, under, min(step, height)
        if slope < 0:
            x1, x2 = width - x1, width - x2
        yield Stroke(x + x1, y + y1, x + x2, y + y2)


def _told(value: Decimal | None) -> str:
    return DASH if value is None else number(value)
