"""Widths and lines of tables estimated in characters, for files whose reader sets the lines itself."""

import math
import re
from functools import lru_cache
from itertools import pairwise

from cosdesk.reports.document import Column, Row, Table
from cosdesk.reports.typography import format_cell, printable

LINE = 15.0
"""Points a line of text takes at 11 points."""

_NARROWEST, _WIDEST = 6.0, 110.0  # characters
# Letters of Times New Roman by their width in thousandths of the size; any other takes the widest but one.
_LETTERS = {
    200: "|\u202f", 260: " ,.'/:;\\ijlt\xa0", 335: "!()-I[]`fr•Js", 410: "згэ\"", 445: "т?acezаесё„“", 475: "ьяв^{}к",
    500: "л#$*0123456789_bdghknopquvxyорух«»–Зч", 535: "бдъийнпц~", 570: "FPSР+<=>−БЬГ", 635: "ELTZЕТЁмф",
    690: "ЧЭBCRВКСЯыЛДж", 725: "ЪУADGHKNOQUVXYwАИЙНОПХЦ", 785: "юшщ&mФ", 880: "%ЫMМЖ", 960: "@W№",
}  # fmt: skip
_WIDTHS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
_WIDEST_LETTER = 1030
_DIGIT = 480  # what Excel counts columns by: a digit of 11 points in whole pixels is narrower than on paper
_BOLD = 1.08
_BLANKS = re.compile(r"[ \n]")  # a no-break blank holds a word together


def column_widths(table: Table, total: float, tallest: float = math.inf) -> list[float]:
    """Widths in characters: the form's shares of ``total``, wider for a long word or a row of over ``tallest`` points.

    So their sum may be more than ``total``.
    """
    shares = sum(column.width for column in table.columns) or 1
    widths = []
    for index, column in enumerate(table.columns):
        texts = [text for row in table.rows if (text := _text_at(row, index, column))]
        words = {word for text in texts for word in _BLANKS.split(text)}
        heading = max(map(_extent, _BLANKS.split(heading_text(column)))) * _BOLD
        longest = max((heading, *map(_extent, words))) + 1.5
        width = max(column.width / shares * total, _NARROWEST, min(longest, _WIDEST / 2))
        while width < _WIDEST and any(count_lines(text, width) * LINE > tallest for text in texts):
            width *= 1.25
        widths.append(round(min(width, _WIDEST), 1))
    return widths


def count_lines(text: str, width: float, size: float = 11, bold: bool = False) -> int:
    """Lines the text takes in a column of that many characters, rather too many than too few."""
    return len(_line_starts(text, width, size, bold))


def portions(text: str, width: float, most_lines: int, size: float = 11, bold: bool = False) -> list[str]:
    """The text cut where lines end into portions of no more lines than that."""
    starts = _line_starts(text, width, size, bold)
    cuts = [*starts[::most_lines], len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _line_starts(text: str, width: float, size: float, bold: bool) -> list[int]:
    """The places in the text where its lines begin."""
    scale = size / 11 * (_BOLD if bold else 1.0)
    limit, blank = max(1.0, width - 1) / scale, _extent(" ")
    starts: list[int] = []
    place = 0
    for paragraph in text.split("\n"):
        starts.append(place)
        used = 0.0
        for word in paragraph.split(" "):
            extent = _extent(word)
            if used and used + blank + extent > limit:
                starts.append(place)
                used = 0.0
            used += blank if used else 0.0
            if extent > limit:
                used = _break_word(word, place, limit, starts)
            else:
                used += extent
            place += len(word) + 1
    return starts


def _break_word(word: str, place: int, limit: float, starts: list[int]) -> float:
    """Adds the places where a word longer than a line is broken; the width of its last piece."""
    used = 0.0
    for offset, letter in enumerate(word):
        width = _extent(letter)
        if used + width > limit and used:
            starts.append(place + offset)
            used = 0.0
        used += width
    return used


@lru_cache(20_000)
def _extent(word: str) -> float:
    """A word's width in the digits that Excel counts columns by."""
    return sum(_WIDTHS.get(letter, _WIDEST_LETTER) for letter in word) / _DIGIT


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
