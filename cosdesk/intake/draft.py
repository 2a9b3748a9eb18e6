"""The draft that an incoming document becomes, and the ledger that lets none of its cells be lost."""

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, Part, RoadmapContents, Section, Stamp, Unplaced
from cosdesk.forms.roadmap_form import RoadmapForm
from cosdesk.intake.grid import Grid, Notice, Outline, Paragraph


class RowRole(StrEnum):
    """What a row of a grid became."""

    BLANK = "blank"
    PREFACE = "preface"
    HEADING = "heading"
    COLUMN_NUMBERS = "column_numbers"
    SECTION = "section"
    ITEM = "item"
    INDICATOR = "indicator"
    CONTINUATION = "continuation"
    UNPLACED = "unplaced"

    @property
    def label(self) -> str:
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    RowRole.BLANK: "пустая",
    RowRole.PREFACE: "гриф, заголовок",
    RowRole.HEADING: "заголовки колонок",
    RowRole.COLUMN_NUMBERS: "номера колонок",
    RowRole.SECTION: "раздел",
    RowRole.ITEM: "строка плана",
    RowRole.INDICATOR: "показатель",
    RowRole.CONTINUATION: "продолжение предыдущей",
    RowRole.UNPLACED: "не размещена",
}


@dataclass(frozen=True, slots=True)
class RowReading:
    """What one row of a grid became; the ids are the draft's own."""

    row: int
    role: RowRole
    item_ids: tuple[int, ...] = ()
    indicator_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableReading:
    """How a grid was read.  ``grid`` is its index in ``Outline.grids``.

    ``part`` is None for a grid that holds no rows of the roadmap: stamps, or nothing known.
    ``roles`` holds for each column the name of a field of the form, or None; a column of
    yearly targets is «targets» with its year in ``years``.
    """

    grid: int
    part: Part | None
    roles: tuple[str | None, ...]
    years: tuple[int | None, ...]
    header_rows: tuple[int, ...]
    rows: tuple[RowReading, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document will be when accepted: ``contents`` bear local ids, ready for the store.

    ``cells`` counts the non-blank cells of all grids, ``placed`` those that became a field, a
    heading, a stamp or a title; the others stand in ``contents.unplaced``.
    """

    contents: RoadmapContents
    form: RoadmapForm
    tables: tuple[TableReading, ...] = ()
    warnings: tuple[Notice, ...] = ()
    cells: int = 0
    placed: int = 0


class Ref(NamedTuple):
    """A cell by grid, row and column, or a paragraph by its block: ``Ref(-1, block, 0)``."""

    grid: int
    row: int
    column: int


@dataclass(slots=True)
class Ledger:
    """Every non-blank cell and paragraph of a document, and whether it has found its place.

    What nobody placed is listed as unplaced: to forget a cell is to list it.
    """

    outline: Outline
    sources: dict[Ref, tuple[str, str]] = field(default_factory=dict)
    placed: set[Ref] = field(default_factory=set)
    left: dict[Ref, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for ref, place, text in _sources(self.outline):
            self.sources[ref] = (place, text)

    def place(self, *refs: Ref) -> None:
        self.placed.update(refs)

    def leave(self, ref: Ref, text: str) -> None:
        """List a piece of a source as unplaced, though the rest of it may have been placed."""
        self.left.setdefault(ref, []).append(text)

    @property
    def cells(self) -> int:
        return sum(1 for ref in self.sources if ref.grid >= 0)

    @property
    def placed_cells(self) -> int:
        return sum(1 for ref in self.sources if ref.grid >= 0 and ref in self.placed and ref not in self.left)

    def unplaced(self) -> Iterator[Unplaced]:
        number = 0
        for ref, (place, text) in self.sources.items():
            texts = self.left.get(ref) or ([] if ref in self.placed else [text])
            for piece in texts:
                number += 1
                yield Unplaced(number, place, piece)


def _sources(outline: Outline) -> Iterator[tuple[Ref, str, str]]:
    grid_number = 0
    for number, block in enumerate(outline.blocks):
        if isinstance(block, Paragraph):
            text = f"{block.number} {block.text}".strip()
            yield Ref(-1, number, 0), block.place, text
            continue
        yield from _cells(grid_number, block)
        grid_number += 1


def _cells(number: int, grid: Grid) -> Iterator[tuple[Ref, str, str]]:
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if not cell.blank:
                yield Ref(number, row, column), grid.place(row, column), cell.shown


@dataclass(slots=True)
class Gathered:
    """What is collected while a document is read; ids are given in order of appearance."""

    form: RoadmapForm
    ledger: Ledger
    years: tuple[int, int] | None = None
    title: list[str] = field(default_factory=list)
    goal: list[str] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tables: list[TableReading] = field(default_factory=list)

    def warn(self, place: str, message: str) -> None:
        self.notices.append(Notice(place, message))

    def add_section(self, number: str, title: str, part: Part) -> int:
        section = Section(len(self.sections) + 1, number, title, part)
        self.sections.append(section)
        return section.id

    def next_item(self) -> int:
        return len(self.items) + 1

    def next_indicator(self) -> int:
        return len(self.indicators) + 1
