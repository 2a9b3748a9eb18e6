"""Widths and lines of tables estimated in characters, for files whose reader sets the lines itself."""

import math
import re

from cosdesk.reports.document import Column, Row, Table
from cosdesk.reports.typography import format_cell, printable

LINE = 15.0
"""Points a line of text takes at 11 points."""

_NARROWEST, _WIDEST = 6.0, 110.0  # characters
_BLANK = 0.6
_WIDE = frozenset("жмшщыюф")
_BLANKS = re.compile(r"[ \n]")  # a no-break blank holds a word together


def column_widths(table: Table, total: float, tallest: float = math.inf) -> list[float]:
    """Widths in characters: the form's shares of ``total``, wider for a long word or a row of over ``tallest`` points.

    So their sum may be more than ``total``.
    """
    shares = sum(column.width for column in table.columns) or 1
    widths = []
    for index, column in enumerate(table.columns):
        texts = [text for row in table.rows if (text := _text_at(row, index, column))]
        words = {word for text in (heading_text(column), *texts) for word in _BLANKS.split(text)}
        longest = max(map(_extent, words), default=0.0) * 1.05 + 1.5
        width = max(column.width / shares * total, _NARROWEST, min(longest, _WIDEST / 2))
        while width < _WIDEST and any(count_lines(text, width) * LINE > tallest for text in texts):
            width *= 1.25
        widths.append(round(min(width, _WIDEST), 1))
    return widths


def count_lines(text: str, width: float) -> int:
    """Lines the text takes in a column of that many characters, rather too many than too few."""
    limit = max(1.0, width - 1)
    lines = 0
    for paragraph in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in paragraph.split(" "):
            extent = _extent(word)
            if used and used + _BLANK + extent > limit:
                lines, used = lines + 1, 0.0
            broken = math.ceil(extent / limit) - 1 if extent > limit else 0
            lines += broken
            used += extent - broken * limit + (_BLANK if used else 0)
    return lines


def _extent(word: str) -> float:
    """A word's width in the digits that Excel counts columns by: small letters are narrower, but for wide ones."""
    return 0.97 * len(word) + 0.4 * sum(map(str.isupper, word)) + 0.3 * sum(map(_WIDE.__contains__, word))


def heading_text(column: Column) -> str:
    """A column's heading in one row: «Сроки реализации: начало»."""
    heading = f"{column.group}: {column.heading}" if column.group and column.heading else column.group + column.heading
    return printable(heading)


def _text_at(row: Row, index: int, column: Column) -> str:
    """The text that a column of a row shows; what spans columns is not counted."""
    position = 0
    for cell in () if row.band else row.cells:
        if position == index:
            return printable(format_cell(cell, column.format)) if cell.span == 1 else ""
        position += cell.span
    return ""
