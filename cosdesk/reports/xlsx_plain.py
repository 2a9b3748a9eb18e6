"""Tables of plain values as a workbook: a sheet a table, every text as text, what they mean on the first sheet."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

_LONGEST = 32_000  # Excel cuts a cell's text at 32,767 characters without a word
_LONG_TEXTS = "Длинные тексты"


def plain_workbook(
    description: Sequence[Sequence[str]], tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]
) -> bytes:
    """``description`` is the first sheet, its first row the headings; then a sheet for each (headings, rows).

    A text too long for a cell goes on, piece by piece, on the last sheet.
    """
    book = Workbook(write_only=True)
    _fill(book, "Описание", description[0], description[1:], [], 40)
    long_texts: list[Sequence[Any]] = []
    for name, (headings, rows) in tables.items():
        _fill(book, name, headings, rows, long_texts, 20)
    if long_texts:
        _fill(book, _LONG_TEXTS, ("Таблица", "Код строки", "Поле", "Часть", "Текст"), long_texts, [], 20)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(
    book: Workbook,
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    long_texts: list[Sequence[Any]],
    width: int,
) -> None:
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for number in range(len(headings)):
        sheet.column_dimensions[chr(65 + number)].width = width
    bold = []
    for heading in headings:
        cell = _text(sheet, heading)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        cells: list[Any] = []
        for heading, value in zip(headings, row, strict=True):
            if isinstance(value, str) and len(value) > _LONGEST:
                pieces = [value[start : start + _LONGEST] for start in range(0, len(value), _LONGEST)]
                long_texts += [(name, row[0], heading, part, piece) for part, piece in enumerate(pieces, 1)]
                value = f"{value[:200]}… (целиком на листе «{_LONG_TEXTS}»)"
            cells.append(_text(sheet, value) if isinstance(value, str) else value)
        sheet.append(cells)


def _text(sheet: Any, value: str) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    # «=…» and «#N/A» are what somebody typed, not formulas and errors.
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
