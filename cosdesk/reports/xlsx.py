"""The block tree as an Excel workbook: a sheet a table, with the text above it or on a sheet of its own."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import assert_never

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cosdesk.dataclass import dataclass
from cosdesk.reports.document import (
    Align,
    Block,
    Chart,
    Column,
    Document,
    Executor,
    Format,
    Heading,
    LetterheadBlock,
    PageBreak,
    Paragraph,
    Row,
    Sides,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.document import Cell as BlockCell
from cosdesk.reports.measure import LINE, column_widths, count_lines, portions
from cosdesk.reports.page_style import page_style
from cosdesk.reports.typography import printable
from cosdesk.reports.xlsx_pages import keep_closing
from cosdesk.reports.xlsx_table import FONT, SIZE, TALLEST, cell_at, put_text, write_table
from cosdesk.reports.xlsx_twin import WrittenTable, write_twin_sheet

_LANDSCAPE_WIDTH, _PORTRAIT_WIDTH = 140.0, 95.0  # characters on a printed page
_TEXT_WIDTHS = (60.0, 35.0)
_MILLIMETRES_IN_INCH = 25.4
_PIXELS_IN_INCH = 96
_EMU = 914_400  # an inch, as drawings count
_DIGIT = 7.0  # pixels of a character in which columns are measured
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME_LENGTH = 31
_SIGN_LINE = "____________________ "
_PICTURE_WIDTH, _PICTURE_HEIGHT = 24, 12  # centimetres


def render_xlsx(document: Document) -> bytes:
    """The document as an .xlsx file."""
    builder = _Builder(document)
    content = BytesIO()
    builder.workbook().save(content)
    return content.getvalue()


@dataclass
class _Sheet:
    """A sheet being filled: the next free row and the widths of its columns in characters."""

    sheet: Worksheet
    widths: Sequence[float]
    line: int = 1


class _Builder:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        # Widths of columns are counted in this font's digits, on every machine the same.
        self._book._named_styles["Normal"].font = Font(FONT, SIZE)  # type: ignore[attr-defined]
        self._book.properties.title = printable(document.title)
        self._book.properties.creator = printable(document.author) or "cosdesk"
        self._names: set[str] = set()
        self._sheets: list[_Sheet] = []
        self._tables: list[WrittenTable] = []

    def workbook(self) -> Workbook:
        document = self._document
        landscape = document.landscape
        text = self._text_sheet(document.text_sheet, landscape) if document.text_sheet else None
        waiting: list[Block] = []
        current = text
        for block in document.blocks:
            if isinstance(block, PageBreak):
                landscape = landscape if block.landscape is None else block.landscape
            elif isinstance(block, Table):
                current = self._table_sheet(block, landscape, () if text else waiting)
                waiting = []
                if text:
                    self._point(text, "Таблица", current)
            elif isinstance(block, Chart):
                chart = self._chart_sheet(block)
                if text:
                    self._point(text, "Диаграмма", chart)
            elif text:
                _write_text(text, block)
            else:
                waiting.append(block)
        if waiting:
            current = current or self._text_sheet(document.title, landscape)
            first = current.line
            current.line += 1
            for block in waiting:
                _write_text(current, block)
            keep_closing(current.sheet, current.widths, first)
        self._set_print_areas()
        if document.twin and self._tables:
            write_twin_sheet(self._book, document.twin, self._tables)
        return self._book

    # Sheets

    def _new_sheet(self, name: str, widths: Sequence[float], landscape: bool) -> _Sheet:
        sheet = self._book.create_sheet(self._free_name(name))
        for index, width in enumerate(widths):
            sheet.column_dimensions[get_column_letter(index + 1)].width = width
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.paperSize = "9"  # A4
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        if sheet.sheet_properties.pageSetUpPr:
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        style = page_style(self._document.standard)
        left, right, top, bottom = (side / _MILLIMETRES_IN_INCH for side in style.margins(landscape))
        sheet.page_margins.left, sheet.page_margins.right = left, right
        sheet.page_margins.top, sheet.page_margins.bottom = top, bottom
        sheet.page_margins.header = style.number_from_edge / _MILLIMETRES_IN_INCH
        sheet.page_margins.footer = 5 / _MILLIMETRES_IN_INCH
        sheet.oddHeader.center.text = "&P"
        sheet.HeaderFooter.differentFirst = len(self._names) == 1
        if mark := self._document.mark:
            # «&» begins a command in a header.
            text = printable(f"{mark.text} · {mark.code}").replace("&", "&&")
            for footer in (sheet.oddFooter, sheet.firstFooter):
                footer.left.text, footer.left.size = text, 7
        self._sheets.append(_Sheet(sheet, widths))
        return self._sheets[-1]

    def _free_name(self, name: str) -> str:
        """Excel allows 31 characters, not all of them, and no two sheets alike in lower case."""
        wanted = _SHEET_NAME.sub(" ", printable(name).replace("\n", " ")).strip(" '") or "Лист"
        free, number = wanted[:_NAME_LENGTH].strip(" '"), 2
        while free.lower() in self._names:
            suffix = f" ({number})"
            free, number = wanted[: _NAME_LENGTH - len(suffix)] + suffix, number + 1
        self._names.add(free.lower())
        return free

    def _text_sheet(self, name: str, landscape: bool) -> _Sheet:
        widths = _TEXT_WIDTHS
        if landscape:
            widths = (_TEXT_WIDTHS[0] * 1.4, _TEXT_WIDTHS[1] * 1.4)
        sheet = self._new_sheet(name, widths, landscape)
        sheet.sheet.sheet_view.showGridLines = False
        return sheet

    def _table_sheet(self, table: Table, landscape: bool, above: Sequence[Block]) -> _Sheet:
        widths = column_widths(table, _LANDSCAPE_WIDTH if landscape else _PORTRAIT_WIDTH, TALLEST)
        target = self._new_sheet(table.name, widths, landscape)
        for block in above:
            _write_text(target, block)
        top = target.line
        target.line = write_table(target.sheet, table, top, widths)
        if any(row.id for row in table.rows):
            self._tables.append(WrittenTable(target.sheet, table, top, target.line))
        return target

    def _chart_sheet(self, chart: Chart) -> _Sheet:
        """The chart's numbers and Excel's own chart of them, so that both can be worked on."""
        labels = [
            f"{series.label}, {chart.unit}" if chart.unit and chart.unit not in series.label else series.label
            for series in chart.series
        ]
        columns = (
            Column(chart.title or "Показатель", width=3.0),
            *(Column(label, align=Align.RIGHT, format=Format.NUMBER) for label in labels),
        )
        rows = tuple(
            Row((BlockCell(name), *(BlockCell(series.values[index]) for series in chart.series)))
            for index, name in enumerate(chart.categories)
        )
        target = self._table_sheet(Table(chart.title or "Диаграмма", columns, rows), True, ())
        if rows and chart.series:
            picture = _picture(chart, target.sheet, len(rows))
            target.sheet.add_chart(picture, f"A{target.line + 1}")
            target.line += _PICTURE_HEIGHT * 2 + 3
            target.sheet.page_setup.fitToHeight = 1
        return target

    def _point(self, text: _Sheet, kind: str, target: _Sheet) -> None:
        """Where in the text the table stands: a line that leads to its sheet."""
        cell = cell_at(text.sheet, text.line, 1)
        put_text(cell, f"{kind}: лист «{target.sheet.title}»")
        cell.hyperlink = f"#'{target.sheet.title}'!A1"
        cell.font = Font(FONT, 11, color="1F4E79", underline="single")
        text.line += 1

    def _set_print_areas(self) -> None:
        """All but the hidden column of ids."""
        for target in self._sheets:
            target.sheet.print_area = f"A1:{get_column_letter(len(target.widths))}{max(target.line, 1)}"


def _picture(chart: Chart, sheet: Worksheet, rows: int) -> BarChart:
    picture = BarChart()
    picture.type = "bar" if max(map(len, chart.categories)) > 25 else "col"
    picture.title = printable(chart.title) or None
    picture.width, picture.height = _PICTURE_WIDTH, _PICTURE_HEIGHT
    picture.add_data(Reference(sheet, min_col=2, max_col=1 + len(chart.series), min_row=1, max_row=rows + 1),
                     titles_from_data=True)  # fmt: skip
    picture.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows + 1))
    # Without these two lines newer Excel versions show no axes.
    picture.x_axis.delete = False
    if picture.type == "bar":
        picture.x_axis.scaling.orientation = "maxMin"  # the first category on top, its scale below
        picture.y_axis.crosses = "max"
    picture.y_axis.delete = False
    picture.y_axis.title = chart.unit or None
    if all(value is None or value >= 0 for series in chart.series for value in series.values):
        picture.y_axis.scaling.min = 0
    for index, series in enumerate(picture.series):
        series.graphicalProperties = _bar_fill(index)
    return picture


def _bar_fill(index: int) -> GraphicalProperties:
    """Fills that a black-and-white printer tells apart: plain and hatched by turns."""
    match index % 5:
        case 0:
            fill = GraphicalProperties(solidFill="B8C9E0")
        case 1:
            fill = GraphicalProperties(pattFill=PatternFillProperties(prst="wdUpDiag"))
        case 2:
            fill = GraphicalProperties(solidFill="737373")
        case 3:
            fill = GraphicalProperties(pattFill=PatternFillProperties(prst="diagCross"))
        case _:
            fill = GraphicalProperties(pattFill=PatternFillProperties(prst="ltHorz"))
    if fill.pattFill:
        fill.pattFill.foreground, fill.pattFill.background = ColorChoice(prstClr="black"), ColorChoice(prstClr="white")
    fill.line = LineProperties(solidFill="000000")
    return fill


# Text


def _write_text(target: _Sheet, block: Block) -> None:
    """One block of text in merged cells above or below the data, never in it."""
    match block:
        case Title():
            _write_line(target, "\n".join(block.lines), bold=True, size=13, align=Align.CENTER)
            target.line += 1
        case Heading():
            _write_line(target, block.text, bold=True, size=12, align=block.align)
        case Paragraph():
            _write_line(target, block.text, bold=block.bold, size=10 if block.small else 11, align=block.align)
        case Stamps():
            _write_pair(target, _stamps_text(block.left), _stamps_text(block.right), Align.LEFT)
            target.line += 1
        case LetterheadBlock():
            _write_letterhead(target, block)
        case Signature():
            target.line += 1
            _write_pair(target, block.position, block.shown_name, Align.RIGHT)
        case Sides():
            _write_pair(target, block.left, block.right, Align.RIGHT)
        case Executor():
            target.line += 1
            _write_line(target, "\n".join(text for text in (block.name, block.phone) if text), size=9)
        case Table() | Chart() | PageBreak():
            return
        case _:
            assert_never(block)


def _write_letterhead(target: _Sheet, block: LetterheadBlock) -> None:
    """The emblem above the names; in a corner letterhead the addressee stands beside them."""
    if block.picture:
        _put_emblem(target, block.picture, centred=not block.corner)
    if block.corner:
        office = "\n".join((*block.names, *block.details, *("" for _ in block.references[:1]), *block.references))
        _write_pair(target, office, "\n".join(block.addressee), Align.LEFT)
    else:
        _write_line(target, "\n".join(block.names), bold=True, align=Align.CENTER)
        if block.details:
            _write_line(target, "\n".join(block.details), size=9, align=Align.CENTER)
        if block.references or block.addressee:
            _write_pair(target, "\n".join(block.references), "\n".join(block.addressee), Align.LEFT)
    target.line += 1


def _put_emblem(target: _Sheet, picture: bytes, centred: bool) -> None:
    """In a row as tall as itself, at the left or in the middle of the sheet."""
    from openpyxl.drawing.image import Image
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D

    from cosdesk.reports.emblem import emblem_size

    image = Image(BytesIO(picture))
    width, height = (side / _MILLIMETRES_IN_INCH for side in emblem_size(picture))
    left = (sum(target.widths) * _DIGIT / _PIXELS_IN_INCH - width) / 2 if centred else 0.0
    column = 0
    while left * _PIXELS_IN_INCH > target.widths[column] * _DIGIT and column + 1 < len(target.widths):
        left -= target.widths[column] * _DIGIT / _PIXELS_IN_INCH
        column += 1
    place = AnchorMarker(col=column, colOff=round(max(left, 0.0) * _EMU), row=target.line - 1)
    image.anchor = OneCellAnchor(_from=place, ext=XDRPositiveSize2D(round(width * _EMU), round(height * _EMU)))
    target.sheet.add_image(image)
    target.sheet.row_dimensions[target.line].height = height * 72 + 4
    target.line += 1


def _write_line(
    target: _Sheet, text: str, *, bold: bool = False, size: int = 11, align: Align = Align.LEFT
) -> None:  # fmt: skip
    """A text over all columns, in rows tall enough; a very long one goes on in the next row."""
    width = sum(target.widths)
    most = int(TALLEST // (LINE * size / 11)) - 1
    for part in portions(printable(text), width, most, size, bold):
        _put_merged(target, part, 1, len(target.widths), bold, size, align)
        height = count_lines(part, width, size, bold) * LINE * size / 11 + 2
        target.sheet.row_dimensions[target.line].height = min(TALLEST, height)
        target.line += 1


def _write_pair(target: _Sheet, left: str, right: str, right_align: Align) -> None:
    """Two texts on one level: a position and a name, or the stamps of either side."""
    widths = target.widths
    split = _split_column(widths)
    if split >= len(widths):
        for text in (left, right):
            if text:
                _write_line(target, text)
        return
    _put_merged(target, left, 1, split, False, 11, Align.LEFT)
    _put_merged(target, right, split + 1, len(widths), False, 11, right_align)
    lines = max(count_lines(left, sum(widths[:split])), count_lines(right, sum(widths[split:])))
    target.sheet.row_dimensions[target.line].height = min(TALLEST, lines * LINE + 2)
    target.line += 1


def _split_column(widths: Sequence[float]) -> int:
    """How many columns make the left part: some 60 percent of the width, one at least."""
    reached, total = 0.0, sum(widths)
    for index, width in enumerate(widths):
        reached += width
        if reached >= total * 0.55:
            return index + 1 if index + 1 < len(widths) else max(1, index)
    return len(widths)


def _put_merged(target: _Sheet, text: str, first: int, last: int, bold: bool, size: int, align: Align) -> None:
    cell = cell_at(target.sheet, target.line, first)
    if text:
        put_text(cell, text)
    cell.font = Font(FONT, size, bold=bold)
    horizontal = {Align.CENTER: "center", Align.RIGHT: "right"}.get(align, "left")
    cell.alignment = Alignment(horizontal=horizontal, vertical="top", wrap_text=True)
    if last > first:
        target.sheet.merge_cells(start_row=target.line, end_row=target.line, start_column=first, end_column=last)


def _stamps_text(stamps: Sequence[StampBlock]) -> str:
    texts = []
    for stamp in stamps:
        name = (_SIGN_LINE if stamp.sign else "") + stamp.name
        texts.append("\n".join(line for line in (stamp.heading, *stamp.lines, name, stamp.date_text) if line))
    return "\n\n".join(texts)
