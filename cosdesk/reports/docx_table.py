"""Word tables written as XML at once: python-docx finds each cell anew, which a thousand rows feel."""

from collections.abc import Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cosdesk.reports.document import Align, Cell, Row, Table, Tone
from cosdesk.reports.measure import column_widths
from cosdesk.reports.typography import format_cell, printable

FONT = "Times New Roman"
_LEAST_SIZE = 9.0
_CHARACTER = 1.85  # millimetres, a digit of 11 points with its share of the padding
_TWIPS = 56.693  # a millimetre
_PADDING = 1.0  # millimetres


def word_table(table: Table, width: float, keep_last: bool = False) -> BaseOxmlElement:
    """The table for a page that is ``width`` millimetres wide between its margins.

    ``keep_last`` keeps the last row on one page with what follows the table.
    """
    capacity = width / _CHARACTER
    wanted = column_widths(table, capacity)
    size = min(table.font_size, max(_LEAST_SIZE, int(table.font_size * 2 * capacity / sum(wanted)) / 2))
    widths = [share / sum(wanted) * width for share in wanted]
    element = _table_element(widths, borders=True)
    if table.head:
        for row in _head_rows(table, widths, size):
            element.append(row)
    total = table.total_row()
    rows = (*table.rows, total) if total else table.rows
    for place, body_row in enumerate(rows, 1):
        element.append(_body_row(table, body_row, widths, size, keep_last and place == len(rows)))
    return element


def borderless_table(cells: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> BaseOxmlElement:
    """One row of cells without lines, each of lines of text, with widths in millimetres: for stamps."""
    element = _table_element(widths, borders=False)
    row = _row_element()
    for lines, width in zip(cells, widths, strict=True):
        row.append(_cell_element("\n".join(lines), width, size))
    element.append(row)
    return element


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _table_element(widths: Sequence[float], borders: bool) -> BaseOxmlElement:
    table = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblW", w=_twips(sum(widths)), type="dxa"))
    if borders:
        lines = _element("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            lines.append(_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
        properties.append(lines)
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=_twips(_PADDING if borders else 0), type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = _element("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=_twips(width)))
    table.append(grid)
    return table


def _row_element(head: bool = False) -> BaseOxmlElement:
    row = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader"))
    row.append(properties)
    return row


def _cell_element(
    text: str, width: float, size: float, *, align: Align = Align.LEFT, bold: bool = False, span: int = 1,
    merge: str = "", tone: Tone | None = None, middle: bool = False, keep_next: bool = False,
) -> BaseOxmlElement:  # fmt: skip
    """``merge`` is «restart» for the first of cells merged downwards, «continue» for those under it."""
    cell = _element("w:tc")
    properties = _element("w:tcPr")
    properties.append(_element("w:tcW", w=_twips(width), type="dxa"))
    if span > 1:
        properties.append(_element("w:gridSpan", val=str(span)))
    if merge:
        properties.append(_element("w:vMerge", val=merge))
    if tone:
        properties.append(_element("w:shd", val="clear", color="auto", fill=tone.fill))
    if middle:
        properties.append(_element("w:vAlign", val="center"))
    cell.append(properties)
    for line in printable(text).split("\n"):
        cell.append(_paragraph_element(line, size, align, bold, keep_next))
    return cell


def _paragraph_element(text: str, size: float, align: Align, bold: bool, keep_next: bool) -> BaseOxmlElement:
    paragraph = _element("w:p")
    properties = _element("w:pPr")
    if keep_next:
        properties.append(_element("w:keepNext"))
    if align in (Align.CENTER, Align.RIGHT):
        properties.append(_element("w:jc", val=align.value))
    paragraph.append(properties)
    run = _element("w:r")
    look = _element("w:rPr")
    if bold:
        look.append(_element("w:b"))
    look.append(_element("w:sz", val=str(round(size * 2))))
    run.append(look)
    content = _element("w:t")
    content.text = text
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    paragraph.append(run)
    return paragraph


def _head_rows(table: Table, widths: Sequence[float], size: float) -> list[BaseOxmlElement]:
    """One row, or two merged ones where columns share a group, and the row of column numbers."""
    groups = table.heading_groups()
    two_levels = any(name for name, _, _ in groups)
    upper, lower = _row_element(head=True), _row_element(head=True)
    for name, start, stop in groups:
        width = sum(widths[start:stop])
        if name:
            upper.append(_head_cell(name, width, size, span=stop - start))
            for index in range(start, stop):
                lower.append(_head_cell(table.columns[index].heading, widths[index], size))
        else:
            heading = table.columns[start].heading
            upper.append(_head_cell(heading, width, size, merge="restart" if two_levels else ""))
            lower.append(_head_cell("", width, size, merge="continue"))
    rows = [upper, lower] if two_levels else [upper]
    if table.number_row:
        numbers = _row_element(head=True)
        for index, width in enumerate(widths):
            numbers.append(_head_cell(str(index + 1), width, size))
        rows.append(numbers)
    return rows


def _head_cell(text: str, width: float, size: float, span: int = 1, merge: str = "") -> BaseOxmlElement:
    return _cell_element(
        text, width, size, align=Align.CENTER, span=span, merge=merge, middle=True, keep_next=True
    )  # fmt: skip


def _body_row(table: Table, row: Row, widths: Sequence[float], size: float, keep_next: bool) -> BaseOxmlElement:
    element = _row_element()
    count = len(table.columns)
    if row.band:
        text = next((cell for cell in row.cells if cell.value not in (None, "")), Cell())
        element.append(
            _cell_element(
                format_cell(text, table.columns[0].format), sum(widths), size, align=Align.CENTER, bold=True,
                span=count, keep_next=True,
            )
        )  # fmt: skip
        return element
    index = 0
    for cell in (*row.cells, *([Cell()] * count)):
        if index >= count:
            break
        column, stop = table.columns[index], min(index + cell.span, count)
        kept = keep_next or stop - index == count > 1
        element.append(
            _cell_element(
                format_cell(cell, column.format), sum(widths[index:stop]), size, align=column.align,
                bold=cell.bold or row.bold, span=stop - index, tone=cell.tone, keep_next=kept,
            )
        )  # fmt: skip
        index = stop
    return element


def _twips(millimetres: float) -> str:
    return str(round(millimetres * _TWIPS))
