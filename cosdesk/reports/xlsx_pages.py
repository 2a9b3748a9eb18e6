"""How a printed sheet of Excel ends: what follows its table is not left on a page of its own."""

import re
from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

_SHORT, _LONG = 595.3, 841.9  # points of A4
_POINTS_IN_INCH = 72
_CHARACTER = 5.25  # points of a character in which columns are measured
_USUAL_HEIGHT = 15.0  # of a row whose height nobody set
_MEASURES = (0.97, 1.0, 1.05, 1.1)  # of a page: Excel, LibreOffice and printers measure columns and rows differently
_MOST_CLOSING = 0.25  # of a page: more than that may well stand on a page of its own


def keep_closing(sheet: Worksheet, widths: Sequence[float], first: int) -> None:
    """Prints a little smaller where all but the lines from ``first`` on, signatures and executor, fill whole pages.

    A manual break would do nothing: Excel heeds none on a sheet that is fitted to the page's width.
    """
    room = _room(sheet, widths)
    heights = [_height(sheet, line) for line in range(1, sheet.max_row + 1)]
    if sum(heights[first - 1 :]) > room * _MOST_CLOSING:
        return
    repeated = sum(heights[line - 1] for line in _repeated_lines(sheet))
    for measure in _MEASURES:
        if pages := _pages_before(heights, first, repeated, room * measure):
            sheet.page_setup.fitToHeight = pages
            return


def _pages_before(heights: Sequence[float], first: int, repeated: float, room: float) -> int:
    """How many pages are full when one ends among the lines from ``first`` on; 0 where none does."""
    pages, used = 1, 0.0
    for line, height in enumerate(heights, 1):
        if used + height > room:
            if line >= first:
                return pages
            pages, used = pages + 1, repeated
        used += height
    return 0


def _room(sheet: Worksheet, widths: Sequence[float]) -> float:
    """Points of rows that stand on one page, at the size at which its columns fit the width."""
    width, height = (_LONG, _SHORT) if sheet.page_setup.orientation == "landscape" else (_SHORT, _LONG)
    margins = sheet.page_margins
    width -= (margins.left + margins.right) * _POINTS_IN_INCH
    height -= (margins.top + margins.bottom) * _POINTS_IN_INCH
    return height / min(1.0, width / (sum(widths) * _CHARACTER))


def _height(sheet: Worksheet, line: int) -> float:
    return float(sheet.row_dimensions[line].height or _USUAL_HEIGHT) if line in sheet.row_dimensions else _USUAL_HEIGHT


def _repeated_lines(sheet: Worksheet) -> range:
    """The lines of the head, which stand on every page."""
    found = [int(number) for number in re.findall(r"\d+", sheet.print_title_rows or "")]
    return range(found[0], found[-1] + 1) if found else range(0)
