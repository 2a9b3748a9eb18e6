"""Sheets of the PDF: size, margins, page numbers, and the marks put on them.

Coordinates are points from the sheet's lower left corner, as PDF has them.  Marks are
written as PDF operators, a page's at once: reportlab's own drawing calls cost ten times more.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cosdesk.reports.chart_drawing import Colour
from cosdesk.reports.document import Align, Mark
from cosdesk.reports.page_style import PageStyle
from cosdesk.reports.pdf_code import code_boxes
from cosdesk.reports.pdf_text import Face, serif
from cosdesk.reports.typography import NBSP

# Streams as bytes: spelling them out in ASCII takes longer than everything else together.
rl_config.useA85 = 0

MILLIMETRE = 72 / 25.4
_SHORT, _LONG = 210 * MILLIMETRE, 297 * MILLIMETRE
_NUMBER_SIZE = 11.0
_MARK_SIZE = 7.0
_MARK_FROM_EDGE = 5 * MILLIMETRE
_CODE = 16 * MILLIMETRE
_CODE_GAP = 2 * MILLIMETRE
LINE_WIDTH = 0.5

Segment: TypeAlias = tuple[float, float, float, float]
"""From x, y to x, y."""


class PageWriter:
    """The document's pages, one after another; ``y`` is where the next block begins, ``count`` how many there are.

    The first sheet leaves room at its foot for the mark's QR code.
    """

    def __init__(self, title: str, author: str, landscape: bool, style: PageStyle, mark: Mark | None = None) -> None:
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pageCompression=1, invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("cosdesk")
        self._document = self._canvas._doc  # type: ignore[attr-defined]
        self._codes: dict[tuple[int, str], str | None] = {}
        self._marks: list[str] = []
        self._page = self.count = 0
        self._mark = mark
        self._style = style
        self._turn(landscape)
        self._begin()

    @property
    def available(self) -> float:
        """Points left on the page."""
        return self.y - self.bottom

    @property
    def is_fresh(self) -> bool:
        return self.y == self.top

    def new_page(self, landscape: bool | None = None, restart: bool = False) -> None:
        """A new sheet, numbered from 1 on ``restart``; on an untouched one only the orientation changes."""
        if not self.is_fresh:
            self._finish()
        else:
            self._page -= 1
            self.count -= 1
        if restart:
            self._page = 0
        if landscape is not None:
            self._turn(landscape)
        self._begin()

    def save(self) -> bytes:
        self._finish()
        self._canvas.save()
        return self._file.getvalue()

    def _turn(self, landscape: bool) -> None:
        width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
        left, right, upper, lower = (side * MILLIMETRE for side in self._style.margins(landscape))
        self._size = (width, height)
        self.left, self.width = left, width - left - right
        self.top, self._foot = height - upper, lower

    def _begin(self) -> None:
        self._page += 1
        self.count += 1
        self._marks = []
        self.y = self.top
        coded = self._mark is not None and self.count == 1
        self.bottom = max(self._foot, _MARK_FROM_EDGE + _CODE + _CODE_GAP) if coded else self._foot
        self.height = self.top - self.bottom

    def _finish(self) -> None:
        if self._mark:
            self._draw_mark(self._mark)
        if self._page > 1:
            number = str(self._page)
            middle = self.left + (self.width - serif().width(number, _NUMBER_SIZE)) / 2
            foot = self._size[1] - self._style.number_from_edge * MILLIMETRE - _NUMBER_SIZE
            self.text([number], middle, foot, serif(), _NUMBER_SIZE, 0)
        self._canvas.setPageSize(self._size)
        self._canvas.addLiteral("\n".join(self._marks) or " ")
        self._canvas.showPage()

    def _draw_mark(self, mark: Mark) -> None:
        self.text([mark.text], self.left, _MARK_FROM_EDGE, serif(), _MARK_SIZE, 0)
        if self.count == 1:
            self._draw_code(mark.code, self.left + self.width - _CODE, _MARK_FROM_EDGE)

    def _draw_code(self, code: str, x: float, y: float) -> None:
        for box in code_boxes(code, _CODE):
            self.box(x + box.x, y + _CODE - box.y - box.height, box.width, box.height, box.fill)

    # Marks

    def text(self, lines: Sequence[str], x: float, y: float, face: Face, size: float, leading: float) -> None:
        """Lines one under another, the first one's foot at ``y``."""
        marks = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        resource = ""
        for number, line in enumerate(lines):
            if number:
                marks.append(f"0 {-leading:.2f} Td")
            for name, codes in self._encoded(line, face):
                if name != resource:
                    marks.append(f"{name} {size:g} Tf")
                    resource = name
                marks.append(f"<{codes}> Tj")
        marks.append("ET")
        self._marks.append(" ".join(marks))

    def aligned(
        self, lines: Sequence[str], x: float, y: float, width: float, align: Align, face: Face, size: float,
        leading: float,
    ) -> None:  # fmt: skip
        """Lines in a column of that width; justified ones all end flush, so a paragraph's last is not among them."""
        if align is Align.LEFT:
            self.text(lines, x, y, face, size, leading)
            return
        for number, line in enumerate(lines):
            spare = width - face.width(line.rstrip(), size)
            foot = y - number * leading
            if align is Align.JUSTIFY:
                # A no-break blank is drawn as a blank, so it stretches too.
                blanks = line.count(" ") + line.count(NBSP)
                stretch = spare / blanks if blanks else 0
                self._marks.append(f"{stretch:.3f} Tw")
                self.text([line], x, foot, face, size, leading)
                self._marks.append("0 Tw")
            else:
                self.text([line], x + (spare / 2 if align is Align.CENTER else spare), foot, face, size, leading)

    def lines(self, segments: Sequence[Segment], width: float = LINE_WIDTH, grey: float = 0.0) -> None:
        """Straight lines, each from a point to a point; ``grey`` 0 is black, 1 white."""
        if segments:
            paths = " ".join(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l" for x1, y1, x2, y2 in segments)
            self._marks.append(f"{grey:g} G {width:g} w {paths} S")

    def box(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        red, green, blue = fill
        self._marks.append(
            f"q {red:.3g} {green:.3g} {blue:.3g} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q"
        )

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """A PNG or JPEG file, its foot at ``y``."""
        self._canvas.drawImage(ImageReader(BytesIO(content)), x, y, width, height)

    def _encoded(self, line: str, face: Face) -> list[tuple[str, str]]:
        """Font resource and codes of a line.  Words are encoded once; rare ones stand in two subsets."""
        words = []
        for word in line.split(" "):
            key = (id(face), word)
            if key not in self._codes:
                runs = face.codes(word, self._document)
                self._codes[key] = "".join(codes for _, codes in runs) if _in_first_subset(runs) else None
            codes = self._codes[key]
            if codes is None:
                return face.codes(line, self._document)
            words.append(codes)
        return [(face.font.getSubsetInternalName(0, self._document), "20".join(words))]


def _in_first_subset(runs: Sequence[tuple[str, str]]) -> bool:
    return all(name.endswith("+0") for name, _ in runs)
