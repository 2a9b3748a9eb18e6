"""Order among neighbours: whole numbers with gaps, so that a move changes one row."""

from collections.abc import Sequence
from typing import Any

from cosdesk.store.database import Database
from cosdesk.store.edit import Edit

GAP = 1 << 20


def rank_at_end(database: Database, table: str, condition: str, values: Sequence[Any]) -> int:
    """A rank after all rows that fulfil the condition."""
    row = database.conn.execute(f"SELECT coalesce(max(rank), 0) FROM {table} WHERE {condition}", values).fetchone()
    return int(row[0]) + GAP


def rank_between(edit: Edit, table: str, neighbours: Sequence[int], index: int) -> int:
    """A rank that puts a row at ``index`` among the neighbours (ids in order, without that row).

    Spreads the neighbours anew when no whole number is left between two of them.
    """
    ranks = [int(edit.row(table, row_id)["rank"]) for row_id in neighbours]
    before = ranks[index - 1] if index > 0 else 0
    after = ranks[index] if index < len(ranks) else before + 2 * GAP
    if after - before > 1:
        return (before + after) // 2
    for place, row_id in enumerate(neighbours):
        edit.update(table, row_id, {"rank": (place + 1) * 2 * GAP})
    return index * 2 * GAP + GAP
