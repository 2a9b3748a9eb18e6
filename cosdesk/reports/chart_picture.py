"""Charts as pictures for Word: the drawing of the PDF, its marks laid down in pixels."""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from cosdesk.paths import resources_folder
from cosdesk.reports.document import Chart
from cosdesk.reports.pdf_chart import chart_heights, draw_chart
from cosdesk.reports.pdf_page import LINE_WIDTH, Colour, PageWriter, Segment
from cosdesk.reports.pdf_text import Face, serif_bold
from cosdesk.reports.typography import DASH, number, printable

_SCALE = 220 / 72
"""Pixels a point: letters stay sharp on paper, and the drawing quick."""
_EDGE = 1.0  # points; letters lean out a little
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


def chart_pictures(chart: Chart, width: float, page_height: float) -> Iterator[bytes]:
    """PNG pictures ``width`` points wide, one unless the chart is taller than a page."""
    for part, height in chart_heights(chart, width - 2 * _EDGE, page_height):
        page = _Picture(width, height)
        draw_chart(page, part)
        yield page.save()


def chart_in_words(chart: Chart) -> str:
    """The chart's title and numbers, for those who hear the paper read."""
    groups = []
    for place, name in enumerate(chart.categories):
        values = [(series.label, series.values[place]) for series in chart.series]
        told = ", ".join(f"{label} {number(value) if value is not None else DASH}" for label, value in values)
        groups.append(f"{name}: {told}")
    return printable(f"{chart.title}. {'; '.join(groups)}")


class _Picture(PageWriter):
    """A sheet of its own that takes the marks of a page; the foot of it is 0."""

    def __init__(self, width: float, height: float) -> None:  # a page's own beginning is a PDF's
        self.left, self.width, self.y = _EDGE, width - 2 * _EDGE, height
        self._height = height
        self._image = Image.new("RGB", (round(width * _SCALE), round(height * _SCALE)), _WHITE)
        self._draw = ImageDraw.Draw(self._image)

    def save(self) -> bytes:
        file = BytesIO()
        self._image.save(file, "PNG", dpi=(220, 220))
        return file.getvalue()

    def text(self, lines: Sequence[str], x: float, y: float, face: Face, size: float, leading: float) -> None:
        font = _font(face is serif_bold(), size)
        for place, line in enumerate(lines):
            self._draw.text(self._point(x, y - place * leading), line, _BLACK, font, anchor="ls")

    def lines(self, segments: Sequence[Segment], width: float = LINE_WIDTH, grey: float = 0.0) -> None:
        shade = round(grey * 255)
        for x1, y1, x2, y2 in segments:
            ends = [*self._point(x1, y1), *self._point(x2, y2)]
            self._draw.line(ends, (shade, shade, shade), _pixels(width))

    def box(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        colour = tuple(round(part * 255) for part in fill)
        self._draw.rectangle([*self._point(x, y + height), *self._point(x + width, y)], colour)

    def hatched(self, x: float, y: float, width: float, height: float, segments: Sequence[Segment]) -> None:
        left, top = (round(part) for part in self._point(x, y + height))
        right, foot = (round(part) for part in self._point(x + width, y))
        if right <= left or foot <= top:
            return
        # Cut off at the bar's edge: drawn on a piece of the sheet and laid back.
        patch = self._image.crop((left, top, right, foot))
        draw = ImageDraw.Draw(patch)
        for x1, y1, x2, y2 in segments:
            (start_x, start_y), (end_x, end_y) = self._point(x1, y1), self._point(x2, y2)
            draw.line([start_x - left, start_y - top, end_x - left, end_y - top], _BLACK, _pixels(LINE_WIDTH))
        self._image.paste(patch, (left, top))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x * _SCALE, (self._height - y) * _SCALE


def _pixels(width: float) -> int:
    return max(1, round(width * _SCALE))


@cache
def _font(bold: bool, size: float) -> ImageFont.FreeTypeFont:
    name = "LiberationSerif-Bold" if bold else "LiberationSerif-Regular"
    return ImageFont.truetype(str(resources_folder() / "fonts" / f"{name}.ttf"), size * _SCALE)
