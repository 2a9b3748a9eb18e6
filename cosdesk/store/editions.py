"""Frozen editions of roadmaps."""

from datetime import date, datetime

from sqlite_utils import Database

from cosdesk.domain.edition import Edition, fingerprint_of, freeze
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.errors import UserError
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def read_editions(database: Database, roadmap_id: int) -> tuple[Edition, ...]:
    """The editions of a roadmap, oldest first."""
    rows = database.query("SELECT * FROM edition WHERE roadmap_id = ? ORDER BY id", [roadmap_id])
    return tuple(record_of(Edition, row) for row in rows)


def add_edition(edit: Edit, contents: RoadmapContents, number: str, on: date | None, act: str, who: str) -> int:
    """Freezes the roadmap as it is; ``UserError`` when the number is taken.  The new id."""
    roadmap_id = contents.roadmap.id
    taken = edit.database.conn.execute(
        "SELECT 1 FROM edition WHERE roadmap_id = ? AND number = ?", (roadmap_id, number)
    ).fetchone()
    if taken:
        raise UserError(f"Редакция {number} уже утверждена. Укажите другой номер.")
    frozen = freeze(contents)
    edition = Edition(
        0, roadmap_id, number, on, act, who, datetime.now().replace(microsecond=0), fingerprint_of(frozen), frozen
    )
    return edit.insert("edition", row_of(edition))
