"""Findings of the proof-reader that the user has dismissed for good, each with a word why."""

from cosdesk.domain.checks.finding import Dismissal, Finding
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def read_dismissals(database: Database) -> tuple[Dismissal, ...]:
    """Of all roadmaps, in the order in which they were dismissed."""
    return tuple(record_of(Dismissal, row) for row in database.query("SELECT * FROM dismissal ORDER BY id"))


def dismiss(edit: Edit, finding: Finding, reason: str) -> int:
    """The finding put aside; one that is put aside already takes the new reason.  The dismissal's id."""
    dismissal = Dismissal(0, finding.roadmap_id, finding.rule.value, finding.mark, reason)
    known = edit.database.conn.execute(
        "SELECT id FROM dismissal WHERE roadmap_id = ? AND rule = ? AND mark = ?", dismissal.key
    ).fetchone()
    if known:
        edit.update("dismissal", known[0], {"reason": reason})
        return int(known[0])
    return edit.insert("dismissal", row_of(dismissal))


def restore(edit: Edit, dismissal_id: int) -> None:
    """The finding is open again."""
    edit.delete("dismissal", dismissal_id)
