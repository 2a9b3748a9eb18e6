"""Rows to and from Word and Excel: copied as text with tabs, pasted cell by cell."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from cosdesk.domain.roadmap import Item, RoadmapContents
from cosdesk.domain.row_numbers import propose_number
from cosdesk.domain.state import ItemState
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_form
from cosdesk.store import roadmaps
from cosdesk.ui.roadmap_columns import DOCUMENTS, STATUS, PageColumn, cell_text, with_cell
from cosdesk.ui.roadmap_edits import open_contents, place_after, rows_phrase, siblings_at
from cosdesk.ui.workspace import Workspace


def rows_as_text(
    items: Sequence[Item], states: dict[int, ItemState], columns: Sequence[PageColumn]
) -> str:
    """The rows as lines with tabs between cells; Excel and Word paste it as a table."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    for item in items:
        writer.writerow([_plain(item, states.get(item.id), column.field) for column in columns])
    return out.getvalue()


def _plain(item: Item, state: ItemState | None, field: str) -> str:
    if field == STATUS:
        return state.status.label if state else ""
    if field == DOCUMENTS:
        return "; ".join(paper.label for paper in state.evidence) if state else ""
    return cell_text(item, field)


def cells_of(text: str) -> list[list[str]]:
    """The block of cells in a text with tabs, as Excel and Word put it on the clipboard; blank lines at the end go."""
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), dialect="excel-tab"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def paste_cells(
    workspace: Workspace,
    block: Sequence[Sequence[str]],
    start: Item,
    shown: Sequence[Item],
    columns: Sequence[PageColumn],
) -> list[int]:
    """The block over the cells from ``start`` and the first of ``columns`` on; the ids of the rows written.

    ``shown`` are the rows in the order of the screen, ``columns`` those from the cell at hand
    rightwards; status and documents are passed over.  Rows that do not suffice are added.
    ``UserError`` when the block is wider than the columns, and nothing is written.
    """
    contents = open_contents(workspace)
    widest = max(len(row) for row in block)
    if widest > len(columns):
        raise UserError(
            f"В буфере {widest} колонок, а от этой ячейки вправо помещается {len(columns)}."
            " Встаньте в ячейку левее или скопируйте меньше колонок."
        )
    place = [item.id for item in shown].index(start.id)
    present = list(shown[place : place + len(block)])
    with workspace.edit(f"Вставка: {rows_phrase(len(block))}") as edit:
        for item, cells in zip(present, block, strict=False):
            roadmaps.change_item(edit, _filled(item, cells, columns))
        written = [item.id for item in present]
        added = block[len(present) :]
        if added:
            last = present[-1]
            after = place_after(contents, last)
            siblings = [item.id for item in siblings_at(contents, after)]
            index = siblings.index(last.id) + 1
            for offset, cells in enumerate(added):
                fresh = _new_row(contents, last)
                row = _filled(fresh, cells, columns)
                row_id = roadmaps.add_item(edit, contents.roadmap.id, row, index + offset)
                contents = _with_row(contents, replace(row, id=row_id))
                written.append(row_id)
    return written


def _filled(item: Item, cells: Sequence[str], columns: Sequence[PageColumn]) -> Item:
    for column, cell in zip(columns, cells, strict=False):
        if column.editable:
            item = with_cell(item, column.field, cell)
    return item


def _new_row(contents: RoadmapContents, model: Item) -> Item:
    numbering = roadmap_form(contents.roadmap.form).numbering
    number = propose_number(contents, numbering, model.parent_id, model.section_id)
    return Item(0, model.kind, "", number, model.parent_id, model.section_id)


def _with_row(contents: RoadmapContents, item: Item) -> RoadmapContents:
    return replace(contents, items=(*contents.items, item))
