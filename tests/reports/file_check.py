"""What the finished files show, read back by other readers: their texts, words nobody typed, cells that are cut off."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
import openpyxl
from docx.oxml.ns import qn
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from cosdesk.reports.pdf_text import Face, serif, serif_bold

PROGRAM_WORDS = re.compile(r"\b(?:None|nan|NaN|NULL|null|True|False|Undefined|Decimal|datetime|cosdesk|object at)\b")
LATIN_WORDS = re.compile(r"(?<![\w@./:-])[a-z]{2,}(?![\w@./:-])", re.IGNORECASE)
ROMAN = re.compile(r"[IVX]+")
_TALLEST = 409  # points; Excel knows no taller row
_PIXEL = 0.75  # points
_SINGLE = 1.15  # of the size, Times New Roman's line


def file_texts(content: bytes, file_format: str) -> Iterator[str]:
    """Every piece of text that the file shows; of an Excel file the visible cells."""
    match file_format:
        case "pdf":
            yield from (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        case "docx":
            word = docx.Document(BytesIO(content))
            for paragraph in word.element.body.iter(qn("w:p")):
                yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        case _:
            for sheet in visible_sheets(content):
                yield sheet.title
                yield from (cell.value for cell in visible_cells(sheet) if isinstance(cell.value, str))


def visible_sheets(content: bytes) -> list[Worksheet]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def visible_cells(sheet: Worksheet) -> Iterator[Cell | MergedCell]:
    for row in sheet.iter_rows():
        for cell in row:
            if not sheet.column_dimensions[get_column_letter(cell.column)].hidden:
                yield cell


def words_nobody_typed(content: bytes, file_format: str) -> list[str]:
    """Words of the program, and Latin ones but numbers and addresses; in a PDF's torn lines only the former."""
    found = []
    for text in file_texts(content, file_format):
        found += [f"{hit[0]}: {text[:80]}" for hit in PROGRAM_WORDS.finditer(text)]
        if file_format != "pdf":
            found += [f"{hit[0]}: {text[:80]}" for hit in LATIN_WORDS.finditer(text) if not ROMAN.fullmatch(hit[0])]
    return found


def cut_cells(content: bytes) -> list[str]:
    """Visible cells of an Excel file whose row is too low for their text, by the letters' own widths."""
    found = []
    for sheet in visible_sheets(content):
        merged = {span.coord.split(":")[0]: span for span in sheet.merged_cells.ranges}
        for cell in visible_cells(sheet):
            if not isinstance(cell.value, str) or not cell.value or isinstance(cell, MergedCell):
                continue
            span = merged.get(cell.coordinate)
            columns = range(span.min_col, span.max_col + 1) if span else (cell.column,)
            characters = sum(sheet.column_dimensions[get_column_letter(column)].width for column in columns)
            size, face = float(cell.font.sz), serif_bold() if cell.font.b else serif()
            wrapped = bool(cell.alignment.wrap_text)
            room = (characters * 7 - 5) * _PIXEL
            lines = sum(_count_lines(part, face, size, room) for part in cell.value.split("\n"))
            height = sheet.row_dimensions[cell.row].height or 15.0
            if not wrapped and lines > 1 and sheet.cell(cell.row, cell.column + 1).value is None:
                continue  # runs over the empty cells beside it
            if lines * size * _SINGLE > height + 2:
                found.append(f"{sheet.title}!{cell.coordinate} ({lines} lines, {height} pt): {cell.value[:60]}")
    return found


def _count_lines(text: str, face: Face, size: float, room: float) -> int:
    """Lines as a spreadsheet breaks them: at blanks, and anywhere in a word that no line holds."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        extent = face.width(word, size)
        if used and used + face.width(" ", size) + extent > room:
            lines, used = lines + 1, 0.0
        used += (face.width(" ", size) if used else 0.0) + extent
        lines, used = lines + int(used // room), used % room
    return lines
