"""The letterhead of the Word document: a table without lines in the corner, else lines in the middle."""

from collections.abc import Iterable
from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from cosdesk.reports.document import LetterheadBlock
from cosdesk.reports.docx_table import borderless_table
from cosdesk.reports.emblem import emblem_size
from cosdesk.reports.page_style import PageStyle
from cosdesk.reports.typography import printable

_SIZE, _DETAIL = 12, 10
_GAP = 10  # points


def write_letterhead(word: WordDocument, block: LetterheadBlock, style: PageStyle, width: float) -> None:
    """At the end of the document as it stands; ``width`` is that between the margins in millimetres."""
    if not block.corner:
        last = _write_office(word, block)
        if block.details and last is not None:
            _underline(last)
    if block.corner or block.references or block.addressee:
        corner = min(style.corner, width / 2)
        element = borderless_table(([""], [""], [""]), (corner, width - 2 * corner, corner), _SIZE)
        word.element.body.insert_element_before(element, "w:sectPr")
        left, _, right = WordTable(element, word._body).row_cells(0)
        if block.corner:
            _write_office(left, block)
        _write_lines(left, block.references, _SIZE, before=_GAP)
        # Level with the date and number: their gap is the addressee's too.
        _write_lines(right, block.addressee, _SIZE, before=0 if block.corner or not block.references else _GAP)
    word.add_paragraph()


def _write_office(place: WordDocument | _Cell, block: LetterheadBlock) -> WordParagraph | None:
    """Emblem, names and details; the last paragraph of them."""
    last = None
    if block.picture:
        last = _next_paragraph(place)
        last.alignment = WD_ALIGN_PARAGRAPH.CENTER
        last.add_run().add_picture(BytesIO(block.picture), width=Mm(emblem_size(block.picture)[0]))
    last = _write_lines(place, block.names, _SIZE, bold=True, centred=True) or last
    return _write_lines(place, block.details, _DETAIL, centred=True, before=4) or last


def _write_lines(
    place: WordDocument | _Cell, lines: Iterable[str], size: int, *, bold: bool = False, centred: bool = False,
    before: int = 0,
) -> WordParagraph | None:  # fmt: skip
    """A paragraph a line, ``before`` points above the first; the last paragraph."""
    last = None
    for number, line in enumerate(lines):
        last = _next_paragraph(place)
        run = last.add_run(printable(line))
        run.bold, run.font.size = bold, Pt(size)
        last.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        last.paragraph_format.space_before = Pt(0 if number else before)
    return last


def _next_paragraph(place: WordDocument | _Cell) -> WordParagraph:
    """A cell begins with an empty paragraph, which is the first one."""
    if isinstance(place, _Cell) and len(place.paragraphs) == 1:
        (first,) = place.paragraphs
        if not first.text and not first._p.xpath(".//w:drawing"):
            return WordParagraph(first._p, place)
    return place.add_paragraph()


def _underline(paragraph: WordParagraph) -> None:
    """The line between the letterhead and what is written under it."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "8", "space": "4", "color": "000000"}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
