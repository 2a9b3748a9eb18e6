"""One table on an Excel sheet: a single header row, true values, totals that go on counting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cosdesk.reports.document import Align, Cell, Column, Format, Row, Table, Tone
from cosdesk.reports.measure import LINE, count_lines, heading_text, portions
from cosdesk.reports.typography import DASH, MINUS, format_cell, printable

FONT = "Times New Roman"
SIZE = 11
TALLEST = 409.0
"""Points; Excel has no taller rows."""

_MOST_LINES = int(TALLEST // LINE) - 3  # of a cell's text in one row, with the words that it goes on
_CONTINUES, _CONTINUED = " … (продолжение в следующей строке)", "(продолжение) "
_FORMULA_SIGNS = ("=", "+", "-", "@")

_THIN = Side(style="thin")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_PLAIN, _BOLD = Font(FONT, SIZE), Font(FONT, SIZE, bold=True)
_GREY = PatternFill("solid", "F2F2F2")
_TONES = {tone: PatternFill("solid", tone.fill) for tone in Tone}
_ALIGNMENTS = {
    align: Alignment(horizontal=horizontal, vertical="top", wrap_text=True)
    for align, horizontal in {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
    .items()
}  # fmt: skip
_HEAD_ALIGNMENT = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_table(sheet: Worksheet, table: Table, top: int, widths: Sequence[float]) -> int:
    """The table with its header in row ``top``; the number of the first free row below."""
    has_ids = any(row.id for row in table.rows)
    _write_head(sheet, table, top, widths, has_ids)
    band_column = _widest_text_column(table)
    line = top + 1
    for row in table.rows:
        whole = _without_spans(_with_span_names(row, len(table.columns)), table, band_column)
        for part in _split(whole, widths):
            _write_row(sheet, table, part, line, widths, has_ids)
            line += 1
    last = line - 1
    if not table.rows and table.empty:
        put_text(cell_at(sheet, line, 1), table.empty)
        line += 1
    if table.rows:
        # With the hidden ids: rows that are sorted keep theirs.
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(table.columns) + has_ids)}{last}"
    if table.total_columns and table.rows:
        _write_total(sheet, table, line, top + 1, last)
        line += 1
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    return line


def is_cut(value: object) -> bool:
    """Whether a cell's text goes on in the next row."""
    return isinstance(value, str) and value.endswith(_CONTINUES)


def cell_at(sheet: Worksheet, line: int, column: int) -> SheetCell:
    cell = sheet.cell(line, column)
    assert isinstance(cell, SheetCell), "nothing is written under a merged cell"
    return cell


def put_text(cell: SheetCell, text: str) -> None:
    """Text as text, whatever it begins with: nothing that was typed may become a formula."""
    text = printable(text)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True


def _write_head(sheet: Worksheet, table: Table, top: int, widths: Sequence[float], has_ids: bool) -> None:
    tallest = 1
    for index, column in enumerate(table.columns):
        cell = cell_at(sheet, top, index + 1)
        put_text(cell, heading_text(column))
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _GREY, _BORDER, _HEAD_ALIGNMENT
        tallest = max(tallest, count_lines(heading_text(column), widths[index], bold=True))
    sheet.row_dimensions[top].height = min(TALLEST, tallest * LINE + 3)
    if has_ids:
        column_number = len(table.columns) + 1
        put_text(cell_at(sheet, top, column_number), "id")
        sheet.column_dimensions[get_column_letter(column_number)].hidden = True


def _write_row(sheet: Worksheet, table: Table, row: Row, line: int, widths: Sequence[float], has_ids: bool) -> None:
    tallest = 1
    for index, column in enumerate(table.columns):
        source = row.cells[index] if index < len(row.cells) else Cell()
        _put(cell_at(sheet, line, index + 1), source, column, bold=row.bold or row.band, grey=row.band)
        lines = count_lines(format_cell(source, column.format), widths[index], bold=row.bold or row.band or source.bold)
        tallest = max(tallest, lines)
    sheet.row_dimensions[line].height = min(TALLEST, tallest * LINE + 2)
    if has_ids and row.id:
        put_text(cell_at(sheet, line, len(table.columns) + 1), row.id)


def _put(cell: SheetCell, source: Cell, column: Column, bold: bool, grey: bool) -> None:
    value = source.value
    if isinstance(value, str) or value is None:
        text = value if isinstance(value, str) else DASH if source.dash else ""
        if text:
            put_text(cell, text)
    else:
        cell.value = value
        cell.number_format = number_format(value, source.format or column.format)
    cell.font = _BOLD if bold or source.bold else _PLAIN
    cell.border = _BORDER
    cell.alignment = _ALIGNMENTS[column.align]
    if source.tone or grey:
        cell.fill = _TONES[source.tone] if source.tone else _GREY


def number_format(value: int | Decimal | date | None, column_format: Format) -> str:
    """Excel's format that words a value as paper does; the comma and the blank come from the user's locale."""
    if isinstance(value, date):
        return "DD.MM.YYYY"
    match column_format:
        case Format.PERCENT:
            return "#,##0.0"
        case Format.POINTS:
            return f'+#,##0.0;"{MINUS}"#,##0.0;0.0'
        case Format.INTEGER:
            return "#,##0"
        case Format.TEXT | Format.DATE | Format.NUMBER:
            places = _places(value)
            return "#,##0" + ("." + "0" * places if places else "")


def _places(value: int | Decimal | None) -> int:
    if not isinstance(value, Decimal):
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _split(row: Row, widths: Sequence[float]) -> list[Row]:
    """The row, and rows that visibly continue it where a text is taller than a row can be."""
    columns: list[list[Cell]] = []
    for cell, width in zip(row.cells, widths, strict=False):
        if not isinstance(cell.value, str):
            columns.append([cell])
            continue
        chunks = portions(cell.value, width, _MOST_LINES, bold=row.bold or row.band or cell.bold)
        chunks = [chunk + _CONTINUES for chunk in chunks[:-1]] + chunks[-1:]
        columns.append([replace(cell, value=_CONTINUED + chunk if n else chunk) for n, chunk in enumerate(chunks)])
    if all(len(column) == 1 for column in columns):
        return [row]
    return [
        replace(
            row,
            cells=tuple(column[n] if n < len(column) else Cell() for column in columns),
            id="" if n else row.id,
        )
        for n in range(max(map(len, columns)))
    ]


def _write_total(sheet: Worksheet, table: Table, line: int, first: int, last: int) -> None:
    for index, column in enumerate(table.columns):
        cell = cell_at(sheet, line, index + 1)
        if index in table.total_columns:
            letter = get_column_letter(index + 1)
            cell.value = f"=SUM({letter}{first}:{letter}{last})"
            values = [row.cells[index].value for row in table.rows if index < len(row.cells) and not row.band]
            amounts = [value for value in values if isinstance(value, (int, Decimal))]
            cell.number_format = number_format(max(amounts, key=_places, default=0), column.format)
        cell.font, cell.border, cell.alignment = _BOLD, _BORDER, _ALIGNMENTS[column.align]
    label = max(0, min(table.total_columns) - 1)
    if label not in table.total_columns and table.total_label:
        put_text(cell_at(sheet, line, label + 1), table.total_label)


def _with_span_names(row: Row, columns: int) -> Row:
    """The row with its spans named in its id («item:5 3+2»), so that a file taken in again has them."""
    spans, position = "", 1
    for cell in row.cells:
        span = columns if row.band else cell.span
        spans += f" {position}+{span}" if span > 1 else ""
        position += span
    return replace(row, id=row.id + spans) if row.id else row


def _without_spans(row: Row, table: Table, band_column: int) -> Row:
    """A row with one cell a column: a text over the whole width goes to the widest column of text."""
    count = len(table.columns)
    if row.band or (len(row.cells) == 1 and row.cells[0].span >= count > 1):
        text = next((cell for cell in row.cells if cell.value not in (None, "")), Cell())
        return replace(row, cells=tuple(replace(text, span=1) if i == band_column else Cell() for i in range(count)))
    if all(cell.span == 1 for cell in row.cells):
        return row
    cells: list[Cell] = []
    for cell in row.cells:
        cells += [replace(cell, span=1), *([Cell()] * (cell.span - 1))]
    return replace(row, cells=tuple(cells[:count]))


def _widest_text_column(table: Table) -> int:
    texts = [i for i, column in enumerate(table.columns) if column.format is Format.TEXT] or range(len(table.columns))
    return max(texts, key=lambda i: table.columns[i].width, default=0)
