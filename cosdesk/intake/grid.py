"""What a document holds before anything is recognised: paragraphs and grids of cells, in order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_PLACES = 400_000
"""A table beyond these is no roadmap but a mistake or an attack; it is refused whole."""

Side = Literal["left", "center", "right", ""]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should look at: where it stands («таблица 2, строка 5») and what it is, in Russian."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    ``text`` holds the lines, blank ones left out, parted by line feeds.  ``number`` is what
    Word's automatic list shows before the text («1.1.») and ``level`` its depth from 0.
    ``value`` is the true date or number behind the text, where the source has one; a percent
    is given in percents.  A merged cell stands at its top left place with its span; the other
    places hold a blank cell whose ``origin`` (row, column) names it.
    """

    text: str = ""
    number: str = ""
    level: int = 0
    value: date | Decimal | None = None
    rows: int = 1
    columns: int = 1
    origin: tuple[int, int] | None = None

    @property
    def blank(self) -> bool:
        return not (self.text or self.number)

    @property
    def shown(self) -> str:
        """The text with the number that Word shows before it."""
        return f"{self.number} {self.text}".strip()


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a rectangle of cells.  Rows and columns are counted from 0, for people from 1.

    ``name`` is «таблица 2» or «лист «План»»; ``first`` is the source's row and column of the
    top left place, counted from 1; ``lettered`` names places as Excel does.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    first: tuple[int, int] = (1, 1)
    lettered: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Where the cell that fills this place begins."""
        return self.rows[row][column].origin or (row, column)

    def cell(self, row: int, column: int) -> Cell:
        """The cell that fills this place: the merged one, where a merge covers it."""
        row, column = self.origin(row, column)
        return self.rows[row][column]

    def place(self, row: int, column: int | None = None) -> str:
        """«таблица 2, строка 5, колонка 3»; «лист «План», ячейка C5»."""
        number = self.first[0] + row
        if column is None:
            return f"{self.name}, строка {number}"
        if self.lettered:
            return f"{self.name}, ячейка {column_letters(self.first[1] + column)}{number}"
        return f"{self.name}, строка {number}, колонка {self.first[1] + column}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; ``side`` is how it is aligned, ``gap`` whether blank lines stand before it."""

    text: str
    place: str
    number: str = ""
    side: Side = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's paragraphs and grids in order, and what its reader has to say of them."""

    blocks: tuple[Paragraph | Grid, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))


def build_grid(
    name: str, cells: Mapping[tuple[int, int], Cell], first: tuple[int, int] = (1, 1), lettered: bool = False
) -> Grid | None:
    """A rectangle out of cells at their top left places; None when all are blank.

    Blank rows and columns at the end are left out.  ``UserError`` past the bounds.
    """
    filled = {place: cell for place, cell in cells.items() if not cell.blank or cell.rows > 1 or cell.columns > 1}
    if all(cell.blank for cell in filled.values()):
        return None
    height = max(row + 1 for (row, _), cell in filled.items() if not cell.blank)
    width = max(column + cell.columns for (_, column), cell in filled.items())
    if height > MAX_ROWS or width > MAX_COLUMNS or height * width > MAX_PLACES:
        raise UserError(
            f"В документе слишком большая таблица ({name}: строк {height}, колонок {width}). "
            "Оставьте в файле только дорожную карту и повторите."
        )
    rows = [[BLANK] * width for _ in range(height)]
    for (row, column), cell in sorted(filled.items()):
        if row >= height or rows[row][column].origin:
            continue
        spanned = replace(cell, rows=min(cell.rows, height - row), columns=min(cell.columns, width - column))
        for covered_row in range(row, row + spanned.rows):
            for covered in range(column, column + spanned.columns):
                rows[covered_row][covered] = Cell(origin=(row, column))
        rows[row][column] = spanned
    return Grid(name, tuple(map(tuple, rows)), first, lettered)


def lines(text: str) -> str:
    """The text's lines, blanks made single, blank lines left out."""
    return "\n".join(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)


def column_letters(number: int) -> str:
    """«A» of 1, «AA» of 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
