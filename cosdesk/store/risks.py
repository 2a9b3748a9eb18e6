"""Risks and deviations."""

from datetime import date

from cosdesk.domain.risk import Risk
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def read_risks(database: Database) -> tuple[Risk, ...]:
    return tuple(record_of(Risk, row) for row in database.query("SELECT * FROM risk ORDER BY id"))


def add_risk(edit: Edit, risk: Risk) -> int:
    return edit.insert("risk", row_of(risk))


def change_risk(edit: Edit, risk: Risk) -> None:
    edit.update("risk", risk.id, row_of(risk))


def close_risk(edit: Edit, risk_id: int, on: date, outcome: str = "") -> None:
    edit.update("risk", risk_id, {"closed_on": on.isoformat(), "outcome": outcome})


def delete_risk(edit: Edit, risk_id: int) -> None:
    edit.delete("risk", risk_id)
