"""The letterhead of the PDF: the office in the corner or over the whole width, the addressee at the right."""

from cosdesk.reports.document import Align, LetterheadBlock
from cosdesk.reports.emblem import emblem_size
from cosdesk.reports.page_style import PageStyle
from cosdesk.reports.pdf_page import MILLIMETRE, PageWriter
from cosdesk.reports.pdf_text import Face, serif, serif_bold
from cosdesk.reports.typography import printable

_SIZE, _DETAIL = 12.0, 10.0
_SINGLE = 1.15
_ASCENT = 0.87
_GAP = 4 * MILLIMETRE


class PdfLetterhead:
    """Measured for a page of that width between its margins; ``height`` is in points."""

    def __init__(self, block: LetterheadBlock, style: PageStyle, width: float) -> None:
        self._block, self._width = block, width
        # Two corners of the full length leave no gap on a narrow sheet.
        self._corner = min(style.corner * MILLIMETRE, (width - 2 * _GAP) / 2)
        self._office_width = self._corner if block.corner else min(style.centred * MILLIMETRE, width)
        self._emblem = (0.0, 0.0)
        if block.picture:
            across, tall = emblem_size(block.picture)
            self._emblem = across * MILLIMETRE, tall * MILLIMETRE
        self._names = _wrapped(block.names, serif_bold(), _SIZE, self._office_width)
        self._details = _wrapped(block.details, serif(), _DETAIL, self._office_width)
        self._references = _wrapped(block.references, serif(), _SIZE, self._corner)
        self._addressee = _wrapped(block.addressee, serif(), _SIZE, self._corner)

    @property
    def height(self) -> float:
        addressee = len(self._addressee) * _SIZE * _SINGLE
        if self._block.corner:
            return max(self._office_height + self._reference_height, addressee) + _GAP
        sides = max(self._reference_height, addressee + _GAP if self._references else addressee)
        return self._office_height + (_GAP if self._details else 0) + sides + _GAP

    @property
    def _office_height(self) -> float:
        text = len(self._names) * _SIZE + len(self._details) * _DETAIL
        emblem = self._emblem[1] + _GAP / 2 if self._block.picture else 0.0
        return emblem + text * _SINGLE + (_GAP / 2 if self._details else 0)

    @property
    def _reference_height(self) -> float:
        return len(self._references) * _SIZE * _SINGLE + _GAP if self._references else 0.0

    def draw(self, page: PageWriter) -> None:
        top, height = page.y, self.height
        office_left = page.left if self._block.corner else page.left + (self._width - self._office_width) / 2
        self._draw_office(page, office_left)
        if not self._block.corner and self._details:
            page.y -= _GAP / 2
            page.lines([(page.left, page.y, page.left + self._width, page.y)], 1.0)
            page.y -= _GAP / 2
        level = top if self._block.corner else page.y
        if self._references:
            page.y -= _GAP
            _put(page, self._references, page.left, serif(), _SIZE)
        page.y = level if self._block.corner or not self._references else level - _GAP
        _put(page, self._addressee, page.left + self._width - self._corner, serif(), _SIZE)
        page.y = top - height

    def _draw_office(self, page: PageWriter, left: float) -> None:
        if self._block.picture:
            across, tall = self._emblem
            page.y -= tall
            page.picture(self._block.picture, left + (self._office_width - across) / 2, page.y, across, tall)
            page.y -= _GAP / 2
        _put(page, self._names, left, serif_bold(), _SIZE, self._office_width)
        if self._details:
            page.y -= _GAP / 2
            _put(page, self._details, left, serif(), _DETAIL, self._office_width)


def _wrapped(texts: tuple[str, ...], face: Face, size: float, width: float) -> list[str]:
    return [line for text in texts for line in face.wrap(printable(text), size, width)]


def _put(page: PageWriter, lines: list[str], x: float, face: Face, size: float, centred: float = 0.0) -> None:
    """Lines down from the page's height, centred in a column of that width where one is given."""
    align = Align.CENTER if centred else Align.LEFT
    page.aligned(lines, x, page.y - _ASCENT * size, centred, align, face, size, size * _SINGLE)
    page.y -= len(lines) * size * _SINGLE
