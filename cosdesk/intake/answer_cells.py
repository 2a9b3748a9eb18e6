"""Cells of a returned workbook, whatever wrote it: Excel's format or LibreOffice's own (.ods)."""

import warnings
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.intake.guard import FileKind, check_package, file_kind

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 500, 40, 20
"""Of an answer of one school."""
_CORE = "docProps/core.xml"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
# What a parser lets out when a part is not what it should be; XMLSyntaxError is a SyntaxError.
PARSER_FAULTS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, ArithmeticError, AssertionError, OSError,
    EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands: its value, its place («D9»), whether a formula, a percent format or an error.

    ``value`` is a text, number, bool, date or datetime, None where blank; a percent is kept as its fraction.
    """

    value: Any
    place: str
    formula: bool = False
    percent: bool = False
    error: bool = False


Rows = list[tuple[RawCell, ...]]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a file in their order, and when it was last saved: local time, None where it does not tell."""

    sheets: list[Rows]
    saved_at: datetime | None


def read_excel_cells(path: Path, max_rows: int, max_columns: int) -> list[Rows]:
    """The cells of an .xlsx that ``guard`` has let in; whatever a parser lets out of a broken one is raised."""
    return _excel_sheets(path, max_rows, max_columns)


def read_cells(path: Path) -> Sheets:
    """What an .xlsx or .ods file holds, within the bounds above; ``UserError`` for what is no sound one."""
    if file_kind(path) is not FileKind.PACKAGE:
        raise UserError(f"Файл «{path.name}» – не книга Excel. Попросите школу прислать присланную ей форму .xlsx.")
    check_package(path)
    try:
        from cosdesk.intake.answer_ods import is_ods, read_ods

        if is_ods(path):
            return read_ods(path)
        return Sheets(_excel_sheets(path, MAX_ROWS, MAX_COLUMNS), _saved_at(path))
    except PARSER_FAULTS as error:
        raise UserError(
            f"Книга «{path.name}» повреждена или это не книга Excel (.xlsx). Попросите школу сохранить её заново."
        ) from error


def cell_place(row: int, column: int) -> str:
    """«D9» of a row and a column counted from 0."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def moment_of(text: str | None) -> datetime | None:
    """A moment of a file's properties as local time without its zone."""
    try:
        saved = datetime.fromisoformat((text or "").strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return saved.astimezone().replace(tzinfo=None, microsecond=0)


def _excel_sheets(path: Path, max_rows: int, max_columns: int) -> list[Rows]:
    """openpyxl gives either formulas or their values: the file is read again only where a formula stands."""
    sheets = _loaded(path, False, max_rows, max_columns)
    formulas = [
        {(number, column) for number, row in enumerate(rows) for column, cell in enumerate(row) if _is_formula(cell)}
        for rows in sheets
    ]
    if any(formulas):
        sheets = _loaded(path, True, max_rows, max_columns)
    return [
        [
            tuple(_raw(cell, number, column, (number, column) in found) for column, cell in enumerate(row))
            for number, row in enumerate(rows)
        ]
        for rows, found in zip(sheets, formulas, strict=True)
    ]


def _loaded(path: Path, values: bool, max_rows: int, max_columns: int) -> list[list[tuple[Any, ...]]]:
    import openpyxl

    # Opened here and not by name: openpyxl would leave a broken file open.
    with path.open("rb") as file, warnings.catch_warnings():
        # It warns of parts that it leaves out; an answer that is not there is asked for again.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)
        # What has no rows is a sheet that is a chart.
        sheets = (book[name] for name in book.sheetnames[:MAX_SHEETS])
        return [_rows(sheet, max_rows, max_columns) for sheet in sheets if hasattr(sheet, "iter_rows")]


def _rows(sheet: Any, max_rows: int, max_columns: int) -> list[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a sheet says of its size may be a lie
    return [tuple(row) for row in sheet.iter_rows(max_row=max_rows, max_col=max_columns)]


def _is_formula(cell: Any) -> bool:
    return cell.value is not None and cell.data_type == "f"


def _raw(cell: Any, row: int, column: int, formula: bool) -> RawCell:
    place = cell_place(row, column)
    value = cell.value
    if value is None:
        return RawCell(None, place, formula)
    if not isinstance(value, str | int | float | bool | date | datetime):
        value = str(value)
    percent = "%" in (cell.number_format or "") and isinstance(value, int | float) and not isinstance(value, bool)
    return RawCell(value, place, formula, percent, cell.data_type == "e")


def _saved_at(path: Path) -> datetime | None:
    """When the workbook was last saved, as its own properties say."""
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        if _CORE not in package.namelist():
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return moment_of(etree.fromstring(package.read(_CORE), parser).findtext(_MODIFIED))
