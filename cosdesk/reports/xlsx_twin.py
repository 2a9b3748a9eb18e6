"""The hidden sheet of an Excel twin: whose document it is, and a mark of every cell as it left the program."""

import json
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cosdesk.dataclass import dataclass
from cosdesk.domain.twin import ROW_RECORD, SHEET_RECORD, UNREAD, TwinIdentity, mark
from cosdesk.domain.workbook_identity import SERVICE_SHEET
from cosdesk.reports.document import Table
from cosdesk.reports.measure import heading_text
from cosdesk.reports.xlsx_table import cell_at, is_cut, put_text


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """A table as it stands on its sheet: the rows of its headings and the first free one below."""

    sheet: Worksheet
    table: Table
    top: int
    end: int


def write_twin_sheet(book: Workbook, identity: TwinIdentity, tables: Iterable[WrittenTable]) -> None:
    """The last sheet; nobody sees it until he asks for hidden ones."""
    sheet = book.create_sheet(SERVICE_SHEET)
    sheet.sheet_state = "hidden"
    lines: list[tuple[str, ...]] = list(identity.entries().items())
    for written in tables:
        lines += _lines(written)
    for number, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            put_text(cell_at(sheet, number, column), text)


def _lines(written: WrittenTable) -> list[tuple[str, ...]]:
    columns = written.table.columns
    headings = json.dumps([heading_text(column) for column in columns], ensure_ascii=False)
    fields = json.dumps([column.field for column in columns])
    lines: list[tuple[str, ...]] = [(SHEET_RECORD, written.sheet.title, written.table.name, headings, fields)]
    for row in written.sheet.iter_rows(min_row=written.top + 1, max_row=written.end - 1, max_col=len(columns) + 1):
        *cells, row_id = row
        # A row without an id, as one of sums, is remembered too: it is not one that somebody added.
        marks = (UNREAD if is_cut(cell.value) else mark(cell.value) for cell in cells)
        lines.append((ROW_RECORD, str(row_id.value or ""), " ".join(marks)))
    return lines
