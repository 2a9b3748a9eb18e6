"""Charts of the PDF: grouped bars as vectors, told apart in black and white by their hatching."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, takewhile

from cosdesk.reports.document import Align, Chart
from cosdesk.reports.pdf_page import MILLIMETRE, Colour, PageWriter, Segment
from cosdesk.reports.pdf_text import serif, serif_bold
from cosdesk.reports.typography import DASH, number, printable

_TITLE_SIZE, _LABEL_SIZE, _VALUE_SIZE = 12.0, 10.0, 9.0
_LEADING = 1.15
_GAP = 2 * MILLIMETRE
_PLOT_HEIGHT = 55 * MILLIMETRE
_LABEL_SHARE = 0.42  # of the width, for the names beside lying bars
_BAR_THICKNESS = 4 * MILLIMETRE
_WIDEST_BAR = 14 * MILLIMETRE
_MOST_LABEL_LINES = 3
_MOST_STEPS = 6
_GRID_WIDTH, _GRID_GREY = 0.3, 0.75


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A bar's colour and the directions of its hatching: rise per point, 0 for level lines."""

    fill: Colour
    slopes: tuple[float, ...] = ()


_PATTERNS = (
    _Pattern((0.72, 0.79, 0.88)),
    _Pattern((1.0, 1.0, 1.0), (1.0,)),
    _Pattern((0.45, 0.45, 0.45)),
    _Pattern((1.0, 1.0, 1.0), (1.0, -1.0)),
    _Pattern((1.0, 1.0, 1.0), (0.0,)),
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


def chart_heights(chart: Chart, width: float, page_height: float) -> list[tuple[Chart, float]]:
    """The chart, cut by categories where it is taller than a page, each part with its height in points."""
    height = _height(chart, width)
    if height <= page_height or len(chart.categories) < 2:
        return [(chart, height)]
    middle = len(chart.categories) // 2
    parts = [
        replace(
            chart,
            categories=chart.categories[part],
            series=tuple(replace(series, values=series.values[part]) for series in chart.series),
        )
        for part in (slice(0, middle), slice(middle, None))
    ]
    return [measured for part in parts for measured in chart_heights(part, width, page_height)]


def draw_chart(page: PageWriter, chart: Chart) -> None:
    """Title, legend and bars from the page's present height down; the caller saw that they fit."""
    title = serif_bold().wrap(_title(chart), _TITLE_SIZE, page.width)
    page.aligned(
        title, page.left, page.y - _TITLE_SIZE, page.width, Align.CENTER, serif_bold(), _TITLE_SIZE,
        _TITLE_SIZE * _LEADING,
    )  # fmt: skip
    page.y -= len(title) * _TITLE_SIZE * _LEADING + _GAP
    _draw_legend(page, chart)
    if _stands(chart, page.width):
        _draw_standing(page, chart)
    else:
        _draw_lying(page, chart)
    page.y -= _GAP


def _title(chart: Chart) -> str:
    return printable(f"{chart.title}, {chart.unit}" if chart.unit else chart.title)


def _height(chart: Chart, width: float) -> float:
    title = len(serif_bold().wrap(_title(chart), _TITLE_SIZE, width)) * _TITLE_SIZE * _LEADING
    axis = _VALUE_SIZE * _LEADING
    if _stands(chart, width):
        labels = max((len(lines) for lines in _labels(chart, _slot(chart, width))), default=1)
        body = _PLOT_HEIGHT + axis + labels * _LABEL_SIZE * _LEADING
    else:
        body = sum(_lying_heights(chart, width)) + axis
    return title + _legend_height(chart, width) + body + 4 * _GAP


def _slot(chart: Chart, width: float) -> float:
    return (width - _axis_width(chart)) / max(1, len(chart.categories))


def _stands(chart: Chart, width: float) -> bool:
    """Standing bars where their names fit under them, else lying ones with the names beside."""
    slot = _slot(chart, width) - _GAP
    names = [printable(name) for name in chart.categories]
    if serif().widest_piece(names, _LABEL_SIZE) > slot or slot < len(chart.series) * _BAR_THICKNESS:
        return False
    return all(len(serif().wrap(name, _LABEL_SIZE, slot)) <= _MOST_LABEL_LINES for name in names)


def _labels(chart: Chart, slot: float) -> list[list[str]]:
    return [serif().wrap(printable(name), _LABEL_SIZE, slot - _GAP) for name in chart.categories]


def _scale(chart: Chart) -> _Scale:
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    spread = (high - low) or Decimal(1)
    power = Decimal(1).scaleb(spread.adjusted() - 1)
    steps = (power * factor for factor in map(Decimal, ("1", "2", "5", "10", "20", "50", "100")))
    step = next(step for step in steps if spread / step <= _MOST_STEPS)
    floor, ceiling = (low / step).to_integral_value("ROUND_FLOOR"), (high / step).to_integral_value("ROUND_CEILING")
    return _Scale(floor * step, max(ceiling, floor + 1) * step, step)


def _axis_width(chart: Chart) -> float:
    return max(serif().width(number(mark), _VALUE_SIZE) for mark in _scale(chart).marks()) + _GAP


# Legend


def _legend_rows(chart: Chart, width: float) -> list[list[tuple[int, str, float]]]:
    """Rows of series' index, label and width in points."""
    rows: list[list[tuple[int, str, float]]] = [[]]
    for index, series in enumerate(chart.series):
        label = printable(series.label)
        entry = serif().width(label, _LABEL_SIZE) + 5 * _GAP
        if rows[-1] and sum(one[2] for one in rows[-1]) + entry > width:
            rows.append([])
        rows[-1].append((index, label, entry))
    return rows


def _legend_height(chart: Chart, width: float) -> float:
    return len(_legend_rows(chart, width)) * _LABEL_SIZE * 1.4


def _draw_legend(page: PageWriter, chart: Chart) -> None:
    for row in _legend_rows(chart, page.width):
        x = page.left + (page.width - sum(entry for _, _, entry in row)) / 2
        page.y -= _LABEL_SIZE * 1.4
        for index, label, entry in row:
            _draw_bar(page, index, x, page.y, 3 * _GAP, _LABEL_SIZE * 0.8)
            page.text([label], x + 3.5 * _GAP, page.y + 1, serif(), _LABEL_SIZE, 0)
            x += entry
    page.y -= _GAP


# Bars


def _draw_standing(page: PageWriter, chart: Chart) -> None:
    scale, axis, slot = _scale(chart), _axis_width(chart), _slot(chart, page.width)
    left, top = page.left + axis, page.y - _VALUE_SIZE * _LEADING
    foot = top - _PLOT_HEIGHT
    for mark in scale.marks():
        y = foot + scale.place(mark, _PLOT_HEIGHT)
        page.lines([(left, y, page.left + page.width, y)], _GRID_WIDTH, _GRID_GREY)
        text = number(mark)
        page.text([text], left - _GAP / 2 - serif().width(text, _VALUE_SIZE), y - 3, serif(), _VALUE_SIZE, 0)
    thickness = min(_WIDEST_BAR, slot * 0.8 / len(chart.series))
    zero = scale.place(Decimal(0), _PLOT_HEIGHT)
    for place, lines in enumerate(_labels(chart, slot)):
        x = left + place * slot + (slot - thickness * len(chart.series)) / 2
        for index, series in enumerate(chart.series):
            value = series.values[place]
            end = scale.place(value, _PLOT_HEIGHT) if value is not None else zero
            _draw_bar(page, index, x, foot + min(zero, end), thickness, abs(end - zero))
            text = DASH if value is None else number(value)
            middle = x + (thickness - serif().width(text, _VALUE_SIZE)) / 2
            page.text([text], middle, foot + max(zero, end) + 2, serif(), _VALUE_SIZE, 0)
            x += thickness
        page.aligned(
            lines, left + place * slot + _GAP / 2, foot - _LABEL_SIZE * _LEADING, slot - _GAP, Align.CENTER, serif(),
            _LABEL_SIZE, _LABEL_SIZE * _LEADING,
        )  # fmt: skip
    page.lines([(left, foot + zero, page.left + page.width, foot + zero)])
    most = max((len(lines) for lines in _labels(chart, slot)), default=1)
    page.y = foot - (most + 0.3) * _LABEL_SIZE * _LEADING


def _lying_heights(chart: Chart, width: float) -> list[float]:
    """Height in points of each category's group."""
    labels = _labels(chart, width * _LABEL_SHARE)
    bars = len(chart.series) * _BAR_THICKNESS
    return [max(bars, len(lines) * _LABEL_SIZE * _LEADING) + 1.5 * _GAP for lines in labels]


def _draw_lying(page: PageWriter, chart: Chart) -> None:
    scale, heights = _scale(chart), _lying_heights(chart, page.width)
    labels = _labels(chart, page.width * _LABEL_SHARE)
    left = page.left + page.width * _LABEL_SHARE
    value_room = serif().width("00 000,0", _VALUE_SIZE)
    length = page.left + page.width - left - value_room
    top, foot = page.y, page.y - sum(heights)
    zero = left + scale.place(Decimal(0), length)
    for mark in scale.marks():
        x = left + scale.place(mark, length)
        page.lines([(x, top, x, foot)], _GRID_WIDTH, _GRID_GREY)
        text = number(mark)
        page.text([text], x - serif().width(text, _VALUE_SIZE) / 2, foot - _VALUE_SIZE, serif(), _VALUE_SIZE, 0)
    y = top
    for place, (lines, height) in enumerate(zip(labels, heights, strict=True)):
        text_height = len(lines) * _LABEL_SIZE * _LEADING
        page.text(
            lines, page.left, y - (height - text_height) / 2 - _LABEL_SIZE, serif(), _LABEL_SIZE,
            _LABEL_SIZE * _LEADING,
        )  # fmt: skip
        bar = y - (height - len(chart.series) * _BAR_THICKNESS) / 2
        for index, series in enumerate(chart.series):
            bar -= _BAR_THICKNESS
            value = series.values[place]
            end = left + scale.place(value, length) if value is not None else zero
            _draw_bar(page, index, min(zero, end), bar, abs(end - zero), _BAR_THICKNESS)
            text = DASH if value is None else number(value)
            page.text([text], max(zero, end) + 2, bar + _BAR_THICKNESS / 2 - 3, serif(), _VALUE_SIZE, 0)
        y -= height
    page.lines([(zero, top, zero, foot)])
    page.y = foot - _VALUE_SIZE * _LEADING


def _draw_bar(page: PageWriter, index: int, x: float, y: float, width: float, height: float) -> None:
    if width <= 0 or height <= 0:
        return
    pattern = _PATTERNS[index % len(_PATTERNS)]
    page.box(x, y, width, height, pattern.fill)
    for slope in pattern.slopes:
        page.hatched(x, y, width, height, list(_hatching(slope, x, y, width, height)))
    page.lines([
        (x, y, x + width, y), (x + width, y, x + width, y + height),
        (x + width, y + height, x, y + height), (x, y + height, x, y),
    ])  # fmt: skip


def _hatching(slope: float, x: float, y: float, width: float, height: float) -> Iterator[Segment]:
    spacing = 4.0
    if not slope:
        for step in takewhile(lambda step: step < height, (spacing * n for n in count(1))):
            yield x, y + step, x + width, y + step
        return
    for step in takewhile(lambda step: step < width + height, (spacing * n for n in count(1))):
        start = x + step - height if slope > 0 else x + step
        yield start, y, start + slope * height, y + height
