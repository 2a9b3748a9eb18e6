"""The block tree as a Word document, for those who edit further: the same blocks, real tables and page numbers."""

from collections.abc import Sequence
from io import BytesIO
from typing import assert_never

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from cosdesk.reports.chart_drawing import Drawing, chart_drawings, chart_in_words
from cosdesk.reports.document import (
    Align,
    Block,
    Chart,
    Document,
    Executor,
    Heading,
    LetterheadBlock,
    Mark,
    PageBreak,
    Paragraph,
    Sides,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.docx_letterhead import write_letterhead
from cosdesk.reports.docx_table import FONT, borderless_table, word_table
from cosdesk.reports.page_style import PageStyle, page_style
from cosdesk.reports.typography import printable

_TEXT, _SMALL, _TITLE, _STAMP, _EXECUTOR = 13, 11, 14, 12, 10
_MARK = 7
_CODE = 16  # millimetres
_SPACED = 1.15
_LONGEST_PROPERTY = 255  # characters; Word's file holds no more of a title or an author
_INDENT = 12.5  # millimetres
_HAIR = Pt(1)  # a line that must be there and is not to be seen
_SIGN_LINE = "________________ "
_ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def render_docx(document: Document) -> bytes:
    """The document as a .docx file."""
    writer = _Writer(document)
    content = BytesIO()
    writer.word().save(content)
    return content.getvalue()


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._word = docx.Document()
        self._style = page_style(document.standard)
        self._prepare()
        self._landscape = document.landscape
        self._width = _lay_out(self._word.sections[0], document.landscape, self._style)

    def word(self) -> WordDocument:
        following = (*self._document.blocks[1:], None)
        for block, after in zip(self._document.blocks, following, strict=True):
            self._write(block, after)
        return self._word

    def _prepare(self) -> None:
        properties = self._word.core_properties
        properties.title = printable(self._document.title)[:_LONGEST_PROPERTY]
        properties.author = printable(self._document.author)[:_LONGEST_PROPERTY] or "cosdesk"
        properties.comments, properties.language = "", "ru-RU"
        for name in ("Normal", "Heading 1", "Heading 2"):
            style = self._word.styles[name]
            style.font.name, style.font.size = FONT, Pt(_TEXT)
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), FONT)
            for kind in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
                fonts.attrib.pop(qn(f"w:{kind}"), None)
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
            style.paragraph_format.line_spacing = 1.0
        _number_pages(self._word.sections[0])
        if mark := self._document.mark:
            section = self._word.sections[0]
            for footer in (section.footer, section.first_page_footer):
                run = footer.paragraphs[0].add_run(printable(f"{mark.text} · {mark.code}"))
                run.font.size = Pt(_MARK)
            self._add_code(section.first_page_footer.paragraphs[0], mark)

    def _add_code(self, foot: WordParagraph, mark: Mark) -> None:
        """At the right of the first sheet's foot, drawn as the PDF's is."""
        from cosdesk.reports.docx_chart import add_drawing
        from cosdesk.reports.pdf_chart import paper_lettering
        from cosdesk.reports.pdf_code import code_boxes

        left, right, _, _ = self._style.margins(self._document.landscape)
        width = (297 if self._document.landscape else 210) - left - right
        foot.paragraph_format.tab_stops.clear_all()
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
        run = foot.add_run()
        run.add_tab()
        side = Mm(_CODE).pt
        add_drawing(run, Drawing(side, side, code_boxes(mark.code, side)), paper_lettering(), printable(mark.code))

    def _write(self, block: Block, after: Block | None) -> None:
        match block:
            case Title():
                self._title(block)
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block, keep_next=isinstance(after, Signature))
            case Stamps():
                self._stamps(block)
            case LetterheadBlock():
                write_letterhead(self._word, block, self._style, self._width)
            case Signature():
                self._signature(block, keep_next=isinstance(after, Signature))
            case Sides():
                self._sides(block)
            case Executor():
                self._executor(block)
            case Table():
                self._table(block, after)
            case Chart():
                self._chart(block)
            case PageBreak():
                self._page_break(block)
            case _:
                assert_never(block)

    def _line(
        self, text: str, size: float, align: Align = Align.LEFT, *, bold: bool = False, after: float = 0
    ) -> WordParagraph:  # fmt: skip
        paragraph = self._word.add_paragraph()
        run = paragraph.add_run(printable(text))
        run.bold, run.font.size = bold, Pt(size)
        paragraph.alignment = _ALIGNMENTS[align]
        paragraph.paragraph_format.space_after = Pt(after)
        return paragraph

    def _title(self, title: Title) -> None:
        """A paragraph a line: so the lines are told apart when the file is read back."""
        for number, line in enumerate(title.lines, 1):
            after = 10 if number == len(title.lines) else 0
            paragraph = self._line(line, _TITLE, Align.CENTER, bold=True, after=after)
            paragraph.paragraph_format.keep_with_next = True

    def _heading(self, heading: Heading) -> None:
        paragraph = self._word.add_paragraph(style=f"Heading {min(heading.level, 2)}")
        paragraph.add_run(printable(heading.text)).bold = True
        paragraph.alignment = _ALIGNMENTS[heading.align]
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.paragraph_format.keep_with_next = True

    def _paragraph(self, block: Paragraph, keep_next: bool = False) -> None:
        for text in block.text.split("\n"):
            paragraph = self._line(text, _SMALL if block.small else _TEXT, block.align, bold=block.bold, after=2)
            paragraph.paragraph_format.line_spacing = _SPACED
            paragraph.paragraph_format.keep_with_next = keep_next
            if block.indent and block.align in (Align.LEFT, Align.JUSTIFY):
                paragraph.paragraph_format.first_line_indent = Mm(_INDENT)

    def _stamps(self, stamps: Stamps) -> None:
        corner = self._style.corner
        cells: tuple[list[str], ...] = (_stamp_lines(stamps.left), [], _stamp_lines(stamps.right))
        self._append(borderless_table(cells, (corner, self._width - 2 * corner, corner), _STAMP))
        self._line("", _STAMP)

    def _signature(self, signature: Signature, keep_next: bool) -> None:
        paragraph = self._line(signature.position, _TEXT)
        run = paragraph.add_run()
        run.add_tab()
        run.add_text(printable(signature.shown_name))
        paragraph.paragraph_format.space_before = Pt(24)
        paragraph.paragraph_format.keep_together = True
        paragraph.paragraph_format.keep_with_next = keep_next
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)

    def _sides(self, sides: Sides) -> None:
        paragraph = self._line(sides.left, _TEXT, after=10)
        run = paragraph.add_run()
        run.add_tab()
        run.add_text(printable(sides.right))
        run.font.size = Pt(_TEXT)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)

    def _executor(self, executor: Executor) -> None:
        """At the foot of the sheet, in a frame."""
        for text in (executor.name, executor.phone):
            if text:
                paragraph = self._line(text, _EXECUTOR)
                frame = OxmlElement("w:framePr")
                for name, value in {
                    "w": str(round(self._width * 56.7)), "wrap": "around", "hAnchor": "margin", "vAnchor": "margin",
                    "xAlign": "left", "yAlign": "bottom",
                }.items():  # fmt: skip
                    frame.set(qn(f"w:{name}"), value)
                paragraph._p.get_or_add_pPr().insert(0, frame)

    def _table(self, table: Table, after: Block | None) -> None:
        """``after`` is the block that follows: a signature does not stand on a sheet alone."""
        if table.rows:
            signed = isinstance(after, Signature)
            self._append(word_table(table, self._width, keep_last=signed))
            if not isinstance(after, PageBreak):
                line = self._line("", _SMALL).paragraph_format
                line.keep_with_next = signed
                if after is None:
                    line.line_spacing = _HAIR
        elif table.empty:
            self._paragraph(Paragraph(table.empty))

    def _chart(self, chart: Chart) -> None:
        """The drawing of the PDF as a vector picture: Word's own charts cannot be made without Word."""
        from cosdesk.reports.docx_chart import add_drawing
        from cosdesk.reports.pdf_chart import paper_lettering

        section, lettering = self._word.sections[-1], paper_lettering()
        height = (section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)
        for drawing in chart_drawings(chart, Mm(self._width).pt, Length(height).pt, lettering):
            paragraph = self._word.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = Pt(0)
            add_drawing(paragraph.add_run(), drawing, lettering, chart_in_words(chart))

    def _page_break(self, block: PageBreak) -> None:
        landscape = self._landscape if block.landscape is None else block.landscape
        section = self._word.add_section(WD_SECTION.NEW_PAGE)
        # The empty line that ends the section before would take another sheet under a table that fills its own.
        line = WordParagraph(self._word.element.body.findall(qn("w:p"))[-1], self._word)
        line.paragraph_format.line_spacing = _HAIR
        section.different_first_page_header_footer = block.restart
        if block.restart:
            numbering = OxmlElement("w:pgNumType")
            numbering.set(qn("w:start"), "1")
            section._sectPr.append(numbering)
        self._landscape, self._width = landscape, _lay_out(section, landscape, self._style)

    def _append(self, element: object) -> None:
        """Before the properties of the last section, where a body's blocks end."""
        self._word.element.body.insert_element_before(element, "w:sectPr")


def _lay_out(section: Section, landscape: bool, style: PageStyle) -> float:
    """Sets the sheet; the width between the margins in millimetres."""
    width, height = (297, 210) if landscape else (210, 297)
    left, right, top, bottom = style.margins(landscape)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance, section.footer_distance = Mm(style.number_from_edge), Mm(5)
    return width - left - right


def _number_pages(section: Section) -> None:
    """The page's number in the middle of the top margin, from the second page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(_SMALL)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _stamp_lines(stamps: Sequence[StampBlock]) -> list[str]:
    lines: list[str] = []
    for stamp in stamps:
        name = (_SIGN_LINE if stamp.sign else "") + stamp.name
        lines += ["", *(line for line in (stamp.heading, *stamp.lines, name, stamp.date_text) if line)]
    return lines[1:]
