"""Closing of reporting periods: what is closed changes only after it was reopened, and why is kept."""

from datetime import datetime

from cosdesk.domain.period import Closure, parse_period
from cosdesk.errors import UserError
from cosdesk.store.closed_periods import require_open, standing_closure
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of

__all__ = ["close_period", "read_closures", "reopen_period", "require_open"]


def read_closures(database: Database) -> tuple[Closure, ...]:
    """All closings, reopened ones too, in the order they were made."""
    return tuple(record_of(Closure, row) for row in database.query("SELECT * FROM period_closure ORDER BY id"))


def close_period(edit: Edit, period: str, who: str = "") -> None:
    """Close it to changes; a closed one stays as it is."""
    code = parse_period(period).code
    if standing_closure(edit.database, code) is None:
        edit.insert("period_closure", row_of(Closure(0, code, datetime.now().replace(microsecond=0), who)))


def reopen_period(edit: Edit, period: str, reason: str) -> None:
    """Open it again; ``UserError`` without a reason or where it is not closed."""
    code = parse_period(period).code
    label = parse_period(code).label
    known = standing_closure(edit.database, code)
    if known is None:
        raise UserError(f"Период «{label}» не закрыт, открывать его не нужно.")
    if not reason.strip():
        raise UserError(f"Чтобы снова открыть период «{label}», укажите причину: она останется в журнале.")
    now = datetime.now().isoformat(timespec="seconds")
    edit.update("period_closure", known, {"reopened_at": now, "reason": reason.strip()})
