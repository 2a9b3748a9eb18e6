"""Sheets of an .ods file, the format of LibreOffice's own.

Read here and not by a library: python-calamine, the one that is well kept, tells neither formulas
nor percents from numbers, and an answer needs both.  OpenDocument 1.3, part 3, chapter 9.
"""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cosdesk.errors import UserError
from cosdesk.intake.answer_cells import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, RawCell, Rows, Sheets, cell_place, moment_of

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DATE = "{http://purl.org/dc/elements/1.1/}date"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def is_ods(path: Path) -> bool:
    """Whether a package says that it is a spreadsheet of OpenDocument."""
    with zipfile.ZipFile(path) as package:
        return "mimetype" in package.namelist() and package.read("mimetype").startswith(_MIMETYPE)


def read_ods(path: Path) -> Sheets:
    """Its sheets within the bounds of ``answer_cells``; a part that is broken raises what the parser raises."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(path) as package:
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise UserError(f"Файл «{path.name}» закрыт паролем. Попросите школу снять пароль и прислать его снова.")
        content = etree.fromstring(package.read("content.xml"), parser)
        meta = etree.fromstring(package.read("meta.xml"), parser) if "meta.xml" in package.namelist() else None
    tables = content.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    sheets = [_rows(table) for table, _ in zip(tables, range(MAX_SHEETS), strict=False)]
    saved = None if meta is None else next((found.text for found in meta.iter(_DATE)), None)
    return Sheets(sheets, moment_of(saved))


def _rows(table: Any) -> Rows:
    rows: Rows = []
    # Rows may stand in groups and among headings; a sheet ends in one empty row repeated to a million.
    for element in table.iter(f"{_TABLE}table-row"):
        cells = list(_cells(element))
        while cells and cells[-1][0] is None:
            cells.pop()
        for _ in range(min(_repeated(element, "rows"), MAX_ROWS - len(rows))):
            number = len(rows)
            rows.append(tuple(_raw(cell, number, column) for column, cell in enumerate(cells)))
        if len(rows) >= MAX_ROWS:
            break
    return rows


def _cells(row: Any) -> Iterator[tuple[Any, Any]]:
    """Value and element of each cell of a row, repeated ones as often as they stand there."""
    left = MAX_COLUMNS
    for cell in row:
        if cell.tag in _CELLS:
            count = min(_repeated(cell, "columns"), left)
            yield from [(_value(cell), cell)] * count
            left -= count


def _repeated(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _value(cell: Any) -> str | float | bool | date | datetime | None:
    kind = cell.get(f"{_OFFICE}value-type")
    match kind:
        case "float" | "percentage" | "currency":
            number = float(cell.get(f"{_OFFICE}value"))
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        case "boolean":
            return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
        case "date":
            text = cell.get(f"{_OFFICE}date-value")
            return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    # Its own paragraphs only: those of a comment are no answer.
    lines = [_line(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p")]
    return "\n".join(lines) or None


def _line(paragraph: Any) -> str:
    """The words of a paragraph, the blanks that OpenDocument counts among them."""
    parts = [paragraph.text or ""]
    for part in paragraph:
        if part.tag == f"{_TEXT}s":
            parts.append(" " * min(int(part.get(f"{_TEXT}c", "1")), 200))
        elif part.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append(" ")
        else:
            parts.append("".join(part.itertext()))
        parts.append(part.tail or "")
    return "".join(parts)


def _raw(cell: tuple[Any, Any], row: int, column: int) -> RawCell:
    value, element = cell
    formula = element.get(f"{_TABLE}formula") is not None
    # LibreOffice writes an error as an empty text beside «#DIV/0!» or «Err:502», by formula only.
    error = formula and isinstance(value, str) and value.startswith(("#", "Err:"))
    percent = element.get(f"{_OFFICE}value-type") == "percentage"
    return RawCell(value, cell_place(row, column), formula, percent, error)
