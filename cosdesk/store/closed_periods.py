"""What of a file may not change now: the values of closed reporting periods, neither by an edit nor by its undoing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.store.database import Database

if TYPE_CHECKING:
    from cosdesk.store.edit import FieldChange

_OF_A_ROUND = ("answer", "round_feed")
_STRUCTURE = ("school", "indicator", "item", "roadmap")


def require_open(database: Database, period: str) -> None:
    """``UserError`` when the period is closed: every change of its values asks first."""
    if standing_closure(database, period) is not None:
        raise UserError(
            f"Период «{parse_period(period).label}» закрыт, его значения не меняются."
            " Откройте период снова с указанием причины."
        )


def require_replayable(database: Database, changes: "Iterable[FieldChange]") -> None:
    """``UserError`` when undoing or redoing these would change a value of a closed period.

    What came or went with a school, a row or an indicator is let through, as adding or deleting those is.
    """
    changes = list(changes)
    if any(c.table in _STRUCTURE and (c.before is None or c.after is None) for c in changes):
        return
    for change in changes:
        if change.table not in ("actual", "monitoring_round", *_OF_A_ROUND):
            continue
        # An update keeps only the columns that it changed.
        values = {**(_present(database, change) or {}), **(change.before or {}), **(change.after or {})}
        period = _period_of(database, values["round_id"]) if change.table in _OF_A_ROUND else values["period"]
        if period:
            require_open(database, period)


def standing_closure(database: Database, code: str) -> int | None:
    """The id of the period's closing that has not been taken back, None while it is open."""
    row = database.conn.execute(
        "SELECT id FROM period_closure WHERE period = ? AND reopened_at IS NULL", (code,)
    ).fetchone()
    return int(row[0]) if row else None


def _period_of(database: Database, round_id: int) -> str:
    """Empty where the round is not there: it comes back, or goes, in the same step and is asked by itself."""
    row = database.conn.execute("SELECT period FROM monitoring_round WHERE id = ?", (round_id,)).fetchone()
    return str(row[0]) if row else ""


def _present(database: Database, change: "FieldChange") -> dict[str, Any] | None:
    return next(database.query(f'SELECT * FROM "{change.table}" WHERE id = ?', [change.row_id]), None)
