"""An Excel workbook read into an outline: every sheet's paragraphs and tables, values worded as Excel shows them."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from cosdesk.dataclass import dataclass
from cosdesk.domain.period import MONTHS
from cosdesk.domain.workbook_identity import SERVICE_SHEET
from cosdesk.errors import UserError
from cosdesk.intake.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Grid,
    Notice,
    Outline,
    Paragraph,
    Side,
    build_grid,
    column_letters,
    lines,
)
from cosdesk.intake.guard import damage_told

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DECIMALS = re.compile(r"0\.(0+)")
_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
# What the program's own files hold in their hidden column: «item:5», «section:1 1+5».
_ROW_ID = re.compile(r"[a-z]+:\d+(?::[\d-]+)?((?: \d+\+\d+)*)")

# What openpyxl lets out when a part is not what it should be; XMLSyntaxError is a SyntaxError.
_PARSER_FAULTS = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OverflowError)

Places = dict[tuple[int, int], Cell]
Merge = tuple[int, int, int, int]
"""First and last row, first and last column, counted from 1."""


def read_excel(path: Path) -> Outline:
    """All sheets that hold anything.  Runs of rows parted by blank ones become grids of their own."""
    blocks: list[Paragraph | Grid] = []
    notices: list[Notice] = []
    # Opened here and not by name: openpyxl would refuse a name that does not end in .xlsx.
    with damage_told(path), path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it leaves out; no value stands in them.
        warnings.simplefilter("ignore")
        try:
            for sheet in _worksheets(file):
                found = _read_sheet(path, sheet)
                notices += found.notices
                blocks += found.blocks()
        except _PARSER_FAULTS as error:
            raise _damaged(path) from error
    return Outline(tuple(blocks), tuple(notices))


def _worksheets(file: BinaryIO) -> Iterator[Any]:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        # What stands in the program's own hidden sheet is no part of the document.
        yield from (sheet for sheet in book.worksheets if (sheet.title, sheet.sheet_state) != (SERVICE_SHEET, "hidden"))
    finally:
        book.close()


def _damaged(path: Path) -> UserError:
    return UserError(f"Книга «{path.name}» повреждена. Откройте её в Excel, сохраните заново и повторите.")


@dataclass(slots=True)
class _Sheet:
    """One sheet's cells by row and column, counted from 1."""

    name: str
    cells: Places = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def check(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise UserError(
                f"На {self.name.replace('лист', 'листе')} есть значение в ячейке {column_letters(column)}{row}, далеко "
                "от таблицы. Удалите лишние строки и столбцы, сохраните файл и повторите."
            )

    def merge(self, merges: list[Merge]) -> None:
        """Join merged cells, cut to what the sheet uses; a value hidden under a merge joins the shown one."""
        if not self.cells:
            return
        last_row = max(row for row, _ in self.cells)
        last_column = max(column for _, column in self.cells)
        taken: set[tuple[int, int]] = set()
        for top, bottom, left, right in merges:
            bottom, right = min(bottom, last_row), min(right, last_column)
            area = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            inside = [place for place in area if place in self.cells]
            if not inside or any(place in taken for place in inside):
                continue
            taken.update(inside)
            parts = [self.cells.pop(place) for place in sorted(inside)]
            text = "\n".join(cell.text for cell in parts)
            self.cells[top, left] = replace(parts[0], text=text, rows=bottom - top + 1, columns=right - left + 1)

    def restore_spans(self) -> None:
        """The program's own column of ids: taken out, and the spans that it names for a row given back."""
        heads = [place for place, cell in self.cells.items() if cell.text == "id"]
        for top, column in heads:
            ids = {place: _ROW_ID.fullmatch(cell.text) for place, cell in self.cells.items() if place[1] == column}
            del ids[top, column]
            if not ids or not all(found and place[0] > top for place, found in ids.items()):
                continue
            for place in ((top, column), *ids):
                del self.cells[place]
            for (row, _), found in ids.items():
                for span in found[1].split() if found else ():
                    first, count = map(int, span.split("+"))
                    self._spread(row, first, min(count, column - first))

    def _spread(self, row: int, first: int, count: int) -> None:
        filled = [(row, column) for column in range(first, first + count) if (row, column) in self.cells]
        if len(filled) == 1:
            self.cells[row, first] = replace(self.cells.pop(filled[0]), columns=count)

    def blocks(self) -> Iterator[Paragraph | Grid]:
        if not self.cells:
            return
        first_column = min(column for _, column in self.cells)
        width = max(column + cell.columns for (_, column), cell in self.cells.items()) - first_column
        by_row: dict[int, Places] = {}
        for (row, column), cell in self.cells.items():
            by_row.setdefault(row, {})[row, column] = cell
        for run in _runs(by_row):
            while run and len(by_row[run[0]]) == 1:
                yield from self._paragraphs(by_row[run.pop(0)], first_column, width)
            cells = {p: cell for row in run for p, cell in by_row[row].items()}
            if grid := _grid(self.name, cells, run[0] if run else 0, first_column, width):
                yield grid

    def _paragraphs(self, row: Places, first_column: int, width: int) -> Iterator[Paragraph]:
        """Each line of a text that stands alone in its row."""
        (number, column), cell = next(iter(row.items()))
        side: Side = "center"
        if cell.columns * 2 <= width:
            side = "right" if (column - first_column) * 2 + cell.columns > width else "left"
        for line in cell.text.splitlines():
            yield Paragraph(line, f"{self.name}, ячейка {column_letters(column)}{number}", side=side)


def _runs(by_row: Mapping[int, Places]) -> Iterator[list[int]]:
    """Rows that follow each other without a blank one; a cell merged downwards bridges the rows it covers."""
    run: list[int] = []
    reach = 0
    for row in sorted(by_row):
        if run and row > reach + 1:
            yield run
            run = []
        run.append(row)
        reach = max(reach, *(row + cell.rows - 1 for cell in by_row[row].values()))
    if run:
        yield run


def _grid(name: str, cells: Places, first_row: int, first_column: int, width: int) -> Grid | None:
    placed = {(row - first_row, column - first_column): cell for (row, column), cell in cells.items()}
    # Every grid of a sheet keeps the sheet's columns, so that a table parted by a blank row stays one table.
    placed.setdefault((0, width - 1), Cell())
    return build_grid(name, placed, (first_row, first_column), lettered=True)


def _read_sheet(path: Path, sheet: Any) -> _Sheet:
    """``sheet`` is openpyxl's read-only worksheet; its merges and formulas are read from the part itself."""
    found = _Sheet(f"лист «{sheet.title}»")
    scan = _Scan(found)
    with damage_told(path), zipfile.ZipFile(path) as package, package.open(sheet._worksheet_path.lstrip("/")) as part:
        scan.read(part)
    if scan.last_row:
        # A wrong «dimension» written by other programs would hide cells.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_row=scan.last_row, max_col=scan.last_column), 1):
            for column, cell in enumerate(row, 1):
                if cell.value is not None and not (read := _cell(cell)).blank:
                    found.cells[number, column] = read
    for place, formula in scan.formulas.items():
        found.cells.setdefault(place, Cell(formula))
        found.notices.append(
            Notice(
                f"{found.name}, ячейка {column_letters(place[1])}{place[0]}",
                "У формулы нет сохранённого значения, взята она сама. Откройте файл в Excel, сохраните и повторите.",
            )
        )
    found.merge(scan.merges)
    found.restore_spans()
    return found


@dataclass(slots=True)
class _Scan:
    """One pass over a sheet's part before openpyxl sees it: how far values reach, merges, formulas without values.

    openpyxl fills every gap up to the last row and column, so a value far away must be found first.
    """

    sheet: _Sheet
    last_row: int = 0
    last_column: int = 0
    merges: list[Merge] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    _row: int = 1
    _column: int = 0

    def read(self, part: Any) -> None:
        tags = (f"{_S}row", f"{_S}c", f"{_S}mergeCell")
        try:
            for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True, huge_tree=False):
                if element.tag == f"{_S}mergeCell":
                    if found := _RANGE.fullmatch(element.get("ref", "")):
                        self.merges.append((int(found[2]), int(found[4]), _column(found[1]), _column(found[3])))
                elif element.tag == f"{_S}c":
                    self._take(element)
                else:
                    self._row, self._column = _whole(element.get("r"), self._row) + 1, 0
                    element.clear()
        except etree.XMLSyntaxError as error:
            raise ValueError("the sheet's part is not well formed") from error

    def _take(self, cell: "etree._Element") -> None:
        """A cell may name its place or leave it to be counted."""
        self._column += 1
        row = _whole(cell.getparent().get("r"), self._row)
        if place := _PLACE.fullmatch(cell.get("r", "")):
            self._column, row = _column(place[1]), int(place[2])
        formula = cell.find(f"{_S}f")
        valued = bool(cell.findtext(f"{_S}v")) or cell.find(f"{_S}is") is not None
        if formula is not None and not valued and cell.get("t") != "str":
            self.formulas[row, self._column] = f"={formula.text or '…'}"
        elif not valued:
            return
        self.sheet.check(row, self._column)
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, self._column)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,10}", text) else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _cell(cell: Any) -> Cell:
    value = cell.value
    match value:
        case str():
            return Cell(lines(value.replace("_x000D_", "")))
        case bool():
            return Cell("ИСТИНА" if value else "ЛОЖЬ")
        case datetime() if value.time() == time():
            return Cell(_worded_date(value.date(), cell.number_format), value=value.date())
        case datetime():
            return Cell(f"{value:%d.%m.%Y %H:%M}", value=value.date())
        case date():
            return Cell(_worded_date(value, cell.number_format), value=value)
        case int() | float():
            return _number(Decimal(repr(value)), cell.number_format or "")
        case time() | timedelta():
            return Cell(str(value))
        case _:
            return Cell(lines(str(value)))


def _worded_date(day: date, number_format: str | None) -> str:
    """As shown: with the day, or «сентябрь 2021», or «2021», by the parts that the format names."""
    shown = {key for key, _ in groupby(_LITERALS.sub("", number_format or "d").lower())}
    if "d" in shown or "y" not in shown:
        return f"{day:%d.%m.%Y}"
    return f"{MONTHS[day.month - 1]} {day.year}" if "m" in shown else str(day.year)


def _number(value: Decimal, number_format: str) -> Cell:
    """A percent comes in percents; «0.00» keeps its zeros; the rest is plain, with a decimal comma."""
    # Excel keeps 15 digits; the noise of binary fractions after them is not the user's.
    value = value.quantize(Decimal("1e-10")) if value.as_tuple().exponent < -10 and abs(value) < 10**9 else value  # type: ignore[operator]
    shown = _LITERALS.sub("", number_format.split(";")[0])
    percent = "%" in shown
    if percent:
        value *= 100
    text = format(value.normalize(), "f")
    if decimals := _DECIMALS.search(shown):
        whole, _, fraction = text.partition(".")
        text = f"{whole}.{fraction.ljust(len(decimals[1]), '0')}"
    return Cell(text.replace(".", ",") + ("%" if percent else ""), value=value)
