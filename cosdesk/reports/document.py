"""A document as a tree of blocks; what every renderer draws and every report builds.

Text is plain: renderers escape it, nothing in it is ever markup.  Cells stay typed, so
that Excel gets true dates and numbers while paper gets their Russian wording.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from cosdesk.dataclass import dataclass
from cosdesk.domain.letterhead import Standard
from cosdesk.domain.twin import TwinIdentity


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Tone(StrEnum):
    """The colour behind a status word; never without the word."""

    GREEN = "green"
    BLUE = "blue"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"

    @property
    def fill(self) -> str:
        """Red, green and blue in hexadecimal, pale enough for black letters and black-and-white printers."""
        return _FILLS[self]


_FILLS = {
    Tone.GREEN: "DBF0DB",
    Tone.BLUE: "DEEBFA",
    Tone.AMBER: "FFEDC9",
    Tone.RED: "FADBD9",
    Tone.GREY: "EBEBEB",
}


class Format(StrEnum):
    """How a column's values are worded on paper and formatted in Excel.

    DATE is ДД.ММ.ГГГГ; NUMBER drops needless zeros («62,5», «100»); PERCENT and POINTS have one
    decimal, POINTS with a sign (U+2212 for minus) for deviations.  Neither prints «%» or «п.п.»: the
    column's heading names the unit («Доля, %»), and the value is 82.4, not 0.824.
    """

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "points"


CellValue: TypeAlias = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """``format`` overrides the column's; ``None`` prints as «–» when ``dash`` else empty.

    A text may have several lines («\n»).  ``span`` counts the columns covered: a row's spans add up
    to the number of columns, and a cell left out at the end is empty.
    """

    value: CellValue = None
    bold: bool = False
    tone: Tone | None = None
    format: Format | None = None
    dash: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is a share of the table's width; ``group`` is a heading shared with neighbours.

    ``field`` says what the column holds, by which a filled Excel twin is read back: «actual», «target:2024».
    """

    heading: str
    group: str = ""
    width: float = 1.0
    align: Align = Align.LEFT
    format: Format = Format.TEXT
    field: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """``band``: one bold cell over the whole width (a section's title); ``id`` goes to Excel's hidden column."""

    cells: tuple[Cell, ...]
    band: bool = False
    bold: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` becomes the Excel sheet's name; ``head`` False prints rows only.

    ``empty`` is the sentence printed instead of a table without rows.
    ``total_label`` with ``total_columns`` (indices) adds a last row of sums: live formulas in Excel.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: bool = True
    number_row: bool = False
    empty: str = ""
    font_size: float = 11.0
    total_label: str = ""
    total_columns: tuple[int, ...] = ()

    def heading_groups(self) -> list[tuple[str, int, int]]:
        """The head's upper level: name, first column and the one after the last; a column without a group alone."""
        groups: list[tuple[str, int, int]] = []
        for index, column in enumerate(self.columns):
            if column.group and groups and groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1], index + 1)
            else:
                groups.append((column.group, index, index + 1))
        return groups

    def total_row(self) -> Row | None:
        """The row of sums as paper prints it, None where the table has none."""
        if not self.total_columns or not self.rows:
            return None
        first = min(self.total_columns)
        cells = [Cell(self.total_label, span=first)] if first else []
        for index in range(first, len(self.columns)):
            amounts = [amount for row in self.rows if (amount := _amount(row, index)) is not None]
            cells.append(Cell(sum(amounts, Decimal(0)) if index in self.total_columns else None))
        return Row(tuple(cells), bold=True)


def _amount(row: Row, column: int) -> Decimal | None:
    """The number in a column of a row, None where there is none."""
    position = 0
    for cell in row.cells:
        if position == column and isinstance(cell.value, (int, Decimal)):
            return Decimal(cell.value)
        position += cell.span
    return None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading is never left alone at a page's foot."""

    text: str
    level: int = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    align: Align = Align.JUSTIFY
    bold: bool = False
    indent: bool = True
    small: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of the whole document, centred, each line as given."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StampBlock:
    """One гриф: the word, the position, a line to sign, name and date or a line to fill by hand."""

    heading: str
    lines: tuple[str, ...]
    name: str = ""
    date_text: str = ""
    sign: bool = True


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps of the first sheet, left and right on one level."""

    left: tuple[StampBlock, ...] = ()
    right: tuple[StampBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterheadBlock:
    """The office at the top of the first sheet: emblem, names, details, lines for date and number; the addressee.

    ``corner``: all of the office's in the left corner, level with the addressee; else centred over the whole width,
    a line under it, then ``references`` level with the addressee.  ``picture`` is a PNG or JPEG file or empty.
    """

    names: tuple[str, ...]
    details: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    picture: bytes = b""
    corner: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """Position at the left margin, name flush right on its last line."""

    position: str
    name: str

    @property
    def shown_name(self) -> str:
        """The name; where it is not known yet, a line to fill by hand."""
        return self.name or "_" * 22


@dataclass(frozen=True, slots=True)
class Sides:
    """Two texts on one line, at the left margin and flush right: an act's date and number."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Executor:
    """Исполнитель: name and telephone, bottom left, smaller."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Grouped bars: one group a category, one bar a series, told apart by hatching as well as colour.

    ``goal`` is a value marked on the scale: the hundred percent that levels of achievement are read against.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    goal: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; ``landscape`` None keeps the orientation.

    ``annex`` begins an annex, whose sheets are counted to the next break; ``restart`` begins another
    paper in the same file, its pages numbered anew.
    """

    landscape: bool | None = None
    annex: bool = False
    restart: bool = False


Block: TypeAlias = (
    Heading | Paragraph | Title | Stamps | LetterheadBlock | Signature | Sides | Executor | Table | Chart | PageBreak
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a paper can be checked by: ``text`` in small print at the foot of every sheet.

    ``code`` stands as a QR code at the foot of the first sheet, in Word and Excel as text too.
    """

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """``file_name`` is proposed for saving, without suffix.

    ``text_sheet`` names the Excel file's first sheet, which then holds all the text, one sheet a
    table following; empty: the text stands above the table that it precedes, on that table's sheet.
    With ``twin`` the Excel file can be filled in and taken back.
    """

    title: str
    file_name: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    author: str = ""
    text_sheet: str = ""
    mark: Mark | None = None
    standard: Standard = Standard.EDITION_2025
    twin: TwinIdentity | None = None
