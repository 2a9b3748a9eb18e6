"""Tables that hold several tables one under another, each with a head of its own, parted into grids."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cosdesk.forms.roadmap_form import RoadmapForm
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph
from cosdesk.intake.headings import head_rows, normal


def part_tables(outline: Outline, forms: Sequence[RoadmapForm]) -> Outline:
    """The outline with such grids parted; places keep the numbers of the source."""
    blocks: list[Paragraph | Grid] = []
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            blocks.append(block)
        else:
            blocks += _parts(block, forms)
    return replace(outline, blocks=tuple(blocks))


def _parts(grid: Grid, forms: Sequence[RoadmapForm]) -> Iterator[Grid]:
    cuts = [0, *_cuts(grid, forms), len(grid.rows)]
    for top, bottom in pairwise(cuts):
        yield _slice(grid, top, bottom) if len(cuts) > 2 else grid


def _cuts(grid: Grid, forms: Sequence[RoadmapForm]) -> Iterator[int]:
    """Rows where another table begins: at its head, or at the lines of one cell above that."""
    seen: list[list[str]] = []
    for rows in head_rows(grid, forms):
        words = [normal(cell.text) for row in rows for cell in grid.rows[row] if cell.text]
        if words in seen:
            continue
        top = rows[0]
        while seen and top and _is_single(grid, top - 1):
            top -= 1
        if seen and top and not _is_bridged(grid, top):
            yield top
        seen.append(words)


def _is_single(grid: Grid, row: int) -> bool:
    return sum(1 for cell in grid.rows[row] if not cell.blank) <= 1


def _is_bridged(grid: Grid, row: int) -> bool:
    """Whether a merged cell reaches over the line above the row."""
    return any(cell.origin and cell.origin[0] < row for cell in grid.rows[row])


def _slice(grid: Grid, top: int, bottom: int) -> Grid:
    def moved(cell: Cell) -> Cell:
        return replace(cell, origin=(cell.origin[0] - top, cell.origin[1])) if cell.origin else cell

    rows = tuple(tuple(moved(cell) for cell in cells) for cells in grid.rows[top:bottom])
    return replace(grid, rows=rows, first=(grid.first[0] + top, grid.first[1]))
