"""The block tree as a PDF: blocks set one under another, kept together where paper wants it."""

from threading import Lock
from typing import assert_never

from cosdesk.reports.chart_drawing import Drawing, chart_drawings
from cosdesk.reports.document import (
    Align,
    Block,
    Chart,
    Document,
    Executor,
    Heading,
    LetterheadBlock,
    PageBreak,
    Paragraph,
    Sides,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.page_style import page_style
from cosdesk.reports.pdf_chart import draw_on_page, paper_lettering
from cosdesk.reports.pdf_letterhead import PdfLetterhead
from cosdesk.reports.pdf_page import MILLIMETRE, PageWriter
from cosdesk.reports.pdf_table import TableLayout
from cosdesk.reports.pdf_text import Face, serif, serif_bold
from cosdesk.reports.typography import bind_short_words, printable

# Sizes by ``documents.md``: text 12 to 14 points, requisites single-spaced.
_TEXT, _SMALL, _TITLE, _STAMP, _EXECUTOR = 13.0, 11.0, 14.0, 12.0, 10.0
_SINGLE, _SPACED = 1.15, 1.3
_INDENT = 12.5 * MILLIMETRE
_SIGN_LINE = 32 * MILLIMETRE
_GAP = 4 * MILLIMETRE
_ASCENT = 0.87
_FEWEST_LINES = 2  # of a paragraph, on either side of a page's end
_SIGNED_LINES = 6  # a closing paragraph no longer than this stays whole beside the signature

# A font's tables are read through one pointer, so that two documents are never made at once.
_ONE_AT_A_TIME = Lock()


def render_pdf(document: Document) -> bytes:
    """The document as a PDF file; the same document gives the same bytes."""
    with _ONE_AT_A_TIME:
        return _Flow(document).render()


def annex_sheets(document: Document) -> tuple[int, ...]:
    """How many sheets each annex of the document takes, printed on one side."""
    with _ONE_AT_A_TIME:
        flow = _Flow(document)
        flow.render()
        return flow.annex_sheets()


class _Flow:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks = document.blocks
        title, author = printable(document.title), printable(document.author)
        self._style = page_style(document.standard)
        self._corner = self._style.corner * MILLIMETRE
        self._page = PageWriter(title, author, document.landscape, self._style, document.mark)
        self._layouts: dict[tuple[int, float], TableLayout] = {}
        self._charts: dict[tuple[int, float], list[Drawing]] = {}
        self._breaks: list[tuple[int, bool]] = []

    def annex_sheets(self) -> tuple[int, ...]:
        """Of how many sheets each annex is, once the document is rendered."""
        ends = [page for page, _ in self._breaks[1:]] + [self._page.count + 1]
        return tuple(end - page for (page, annex), end in zip(self._breaks, ends, strict=True) if annex)

    def render(self) -> bytes:
        for index, block in enumerate(self._blocks):
            if not isinstance(block, PageBreak) and self._needed(index) > self._page.available + 0.01:
                self._next_page()
            self._draw(index, block)
        return self._page.save()

    def _next_page(self) -> None:
        if not self._page.is_fresh:
            self._page.new_page()

    # What must fit on the page for a block to begin there

    def _needed(self, index: int) -> float:
        """Points wanted by the block at the index with what must not be parted from it."""
        block = self._blocks[index]
        if isinstance(block, Table) and not block.rows:
            block = Paragraph(block.empty)
        if isinstance(block, Heading | Title | Stamps | LetterheadBlock):
            following = self._needed(index + 1) if index + 1 < len(self._blocks) else 0.0
            both = self._height(block) + following
            return both if both <= self._page.height else self._height(block)
        if isinstance(block, Paragraph):
            lines = len(self._paragraph_lines(block))
            if lines <= _SIGNED_LINES and (closing := self._closing_height(index + 1)):
                return self._height(block) + closing
            return min(lines, _FEWEST_LINES + (lines == _FEWEST_LINES + 1)) * _leading(block)
        return min(self._signature_height(index) or self._height(block), self._page.height)

    def _height(self, block: Block) -> float:
        """The block's height, or for a table of what it begins with."""
        match block:
            case Heading():
                return len(self._heading_lines(block)) * _TEXT * _SINGLE + 2 * _GAP
            case Paragraph():
                return len(self._paragraph_lines(block)) * _leading(block)
            case Title():
                return len(self._title_lines(block)) * _TITLE * _SINGLE + _GAP
            case Stamps():
                return max(_stamps_height(side, self._corner) for side in (block.left, block.right)) + _GAP
            case LetterheadBlock():
                return PdfLetterhead(block, self._style, self._page.width).height
            case Signature():
                return 2 * _GAP + len(self._signature_lines(block)) * _TEXT * _SINGLE
            case Sides():
                return _GAP + _TEXT * _SINGLE
            case Executor():
                return _GAP + (2 if block.phone else 1) * _EXECUTOR * _SINGLE
            case Table():
                return _GAP + (self._layout(block).least_height(self._page.height - _GAP) if block.rows else _TEXT)
            case Chart():
                return self._drawings(block)[0].height
            case PageBreak():
                return 0.0
            case _:
                assert_never(block)

    def _closing_height(self, index: int) -> float:
        """Of the signatures at the index, with the list of annexes that may stand before them; 0 of anything else."""
        block = self._blocks[index] if index < len(self._blocks) else None
        if isinstance(block, Paragraph) and len(self._paragraph_lines(block)) <= _FEWEST_LINES:
            signatures = self._signature_height(index + 1)
            return signatures and self._height(block) + signatures
        return self._signature_height(index)

    def _signature_height(self, index: int) -> float:
        """Of the signatures that begin at the index, with the executor's name, which is not put on a sheet alone."""
        height = 0.0
        for block in self._blocks[index:]:
            if not isinstance(block, Signature | Executor):
                break
            height += self._height(block)
        return height

    # Drawing

    def _draw(self, index: int, block: Block) -> None:
        match block:
            case Heading():
                self._draw_heading(block)
            case Paragraph():
                self._draw_paragraph(block)
            case Title():
                self._lines(self._title_lines(block), serif_bold(), _TITLE, Align.CENTER)
                self._page.y -= _GAP
            case Stamps():
                self._draw_stamps(block)
            case LetterheadBlock():
                PdfLetterhead(block, self._style, self._page.width).draw(self._page)
            case Signature():
                self._draw_signature(block)
            case Sides():
                self._draw_sides(block)
            case Executor():
                self._draw_executor(block)
            case Table():
                self._draw_table(index, block)
            case Chart():
                for drawing in self._drawings(block):
                    if drawing.height > self._page.available:
                        self._next_page()
                    draw_on_page(self._page, drawing)
            case PageBreak():
                self._page.new_page(block.landscape, block.restart)
                self._breaks.append((self._page.count, block.annex))
            case _:
                assert_never(block)

    def _lines(self, lines: list[str], face: Face, size: float, align: Align, spacing: float = _SINGLE) -> None:
        page = self._page
        page.aligned(lines, page.left, page.y - _ASCENT * size, page.width, align, face, size, size * spacing)
        page.y -= len(lines) * size * spacing

    def _title_lines(self, title: Title) -> list[str]:
        return serif_bold().wrap(printable("\n".join(title.lines)), _TITLE, self._page.width)

    def _heading_lines(self, heading: Heading) -> list[str]:
        return serif_bold().wrap(printable(heading.text), _TEXT, self._page.width)

    def _draw_heading(self, heading: Heading) -> None:
        if not self._page.is_fresh:
            self._page.y -= _GAP if heading.level == 1 else _GAP / 2
        self._lines(self._heading_lines(heading), serif_bold(), _TEXT, heading.align)
        self._page.y -= _GAP / 2

    def _paragraph_lines(self, paragraph: Paragraph) -> list[tuple[str, bool]]:
        """Lines, each with whether it begins a line of the text itself, which is indented."""
        face = serif_bold() if paragraph.bold else serif()
        size = _SMALL if paragraph.small else _TEXT
        indent = _INDENT if _is_indented(paragraph) else 0.0
        lines: list[tuple[str, bool]] = []
        for text in bind_short_words(printable(paragraph.text)).split("\n"):
            wrapped = face.wrap(text, size, self._page.width, indent)
            lines.extend((line, number == 0) for number, line in enumerate(wrapped))
        return lines

    def _draw_paragraph(self, paragraph: Paragraph) -> None:
        page = self._page
        face = serif_bold() if paragraph.bold else serif()
        size = _SMALL if paragraph.small else _TEXT
        lines = self._paragraph_lines(paragraph)
        for number, (line, begins) in enumerate(lines):
            left = len(lines) - number
            if page.available < _leading(paragraph) or (
                left == _FEWEST_LINES and number and page.available < _FEWEST_LINES * _leading(paragraph)
            ):
                self._next_page()
            indent = _INDENT if begins and _is_indented(paragraph) else 0.0
            ends = number + 1 == len(lines) or lines[number + 1][1]
            align = Align.LEFT if ends and paragraph.align is Align.JUSTIFY else paragraph.align
            foot = page.y - _ASCENT * size
            page.aligned([line], page.left + indent, foot, page.width - indent, align, face, size, 0)
            page.y -= _leading(paragraph)

    def _draw_stamps(self, stamps: Stamps) -> None:
        page = self._page
        top = page.y
        lowest = top
        for blocks, x in ((stamps.left, page.left), (stamps.right, page.left + page.width - self._corner)):
            page.y = top
            for block in blocks:
                self._draw_stamp(block, x)
            lowest = min(lowest, page.y)
        page.y = lowest - _GAP

    def _draw_stamp(self, stamp: StampBlock, x: float) -> None:
        page = self._page
        lines = _stamp_lines(stamp, self._corner)
        page.text(lines, x, page.y - _ASCENT * _STAMP, serif(), _STAMP, _STAMP * _SINGLE)
        page.y -= len(lines) * _STAMP * _SINGLE
        if stamp.sign:
            page.y -= _STAMP * _SINGLE * 1.6
            page.lines([(x, page.y, x + _SIGN_LINE, page.y)])
            page.text([printable(stamp.name)], x + _SIGN_LINE + 6, page.y + 2, serif(), _STAMP, 0)
        elif stamp.name:
            page.y -= _STAMP * _SINGLE
            page.text([printable(stamp.name)], x, page.y + 3, serif(), _STAMP, 0)
        if stamp.date_text:
            page.y -= _STAMP * _SINGLE * 1.3
            page.text([printable(stamp.date_text)], x, page.y + 3, serif(), _STAMP, 0)
        page.y -= _GAP

    def _signature_lines(self, signature: Signature) -> list[str]:
        return serif().wrap(printable(signature.position), _TEXT, self._page.width * 0.55)

    def _draw_signature(self, signature: Signature) -> None:
        page = self._page
        page.y -= 2 * _GAP
        self._lines(self._signature_lines(signature), serif(), _TEXT, Align.LEFT)
        foot = page.y + _TEXT * _SINGLE - _ASCENT * _TEXT
        page.aligned([printable(signature.shown_name)], page.left, foot, page.width, Align.RIGHT, serif(), _TEXT, 0)

    def _draw_sides(self, sides: Sides) -> None:
        page = self._page
        foot = page.y - _ASCENT * _TEXT
        page.text([printable(sides.left)], page.left, foot, serif(), _TEXT, 0)
        page.aligned([printable(sides.right)], page.left, foot, page.width, Align.RIGHT, serif(), _TEXT, 0)
        page.y -= _TEXT * _SINGLE + _GAP

    def _draw_executor(self, executor: Executor) -> None:
        """At the foot of the sheet."""
        page = self._page
        lines = [printable(text) for text in (executor.name, executor.phone) if text]
        page.y = page.bottom + len(lines) * _EXECUTOR * _SINGLE
        self._lines(lines, serif(), _EXECUTOR, Align.LEFT)

    def _drawings(self, chart: Chart) -> list[Drawing]:
        key = (id(chart), self._page.width)
        if key not in self._charts:
            tallest = self._page.height - _GAP
            self._charts[key] = chart_drawings(chart, self._page.width, tallest, paper_lettering())
        return self._charts[key]

    def _layout(self, table: Table) -> TableLayout:
        key = (id(table), self._page.width)
        if key not in self._layouts:
            self._layouts[key] = TableLayout(table, self._page.width)
        return self._layouts[key]

    def _draw_table(self, index: int, table: Table) -> None:
        if not table.rows:
            if table.empty:
                self._draw_paragraph(Paragraph(table.empty))
            return
        if not self._page.is_fresh:
            self._page.y -= _GAP / 2
        signatures = self._signature_height(index + 1)
        self._layout(table).draw(self._page, signatures and signatures + _GAP)
        self._page.y -= _GAP / 2


def _leading(paragraph: Paragraph) -> float:
    return (_SMALL if paragraph.small else _TEXT) * _SPACED


def _is_indented(paragraph: Paragraph) -> bool:
    return paragraph.indent and paragraph.align in (Align.LEFT, Align.JUSTIFY)


def _stamp_lines(stamp: StampBlock, width: float) -> list[str]:
    return [
        line
        for text in (stamp.heading, *stamp.lines)
        if text
        for line in serif().wrap(printable(text), _STAMP, width)
    ]


def _stamps_height(stamps: tuple[StampBlock, ...], width: float) -> float:
    line = _STAMP * _SINGLE
    return sum(
        len(_stamp_lines(stamp, width)) * line
        + (1.6 * line if stamp.sign else line if stamp.name else 0)
        + (1.3 * line if stamp.date_text else 0)
        + _GAP
        for stamp in stamps
    )
