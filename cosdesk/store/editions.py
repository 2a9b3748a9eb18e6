"""Frozen editions of roadmaps."""

from collections.abc import Sequence
from datetime import date, datetime

from cosdesk.domain.edition import Edition, fingerprint_of, freeze
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.errors import UserError
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def read_editions(database: Database, roadmap_id: int | None = None) -> tuple[Edition, ...]:
    """The editions of a roadmap, of all for None, oldest first."""
    rows = database.query("SELECT * FROM edition WHERE ?1 IS NULL OR roadmap_id = ?1 ORDER BY id", [roadmap_id])
    return tuple(record_of(Edition, row) for row in rows)


def require_free_number(known: Sequence[Edition], number: str) -> None:
    """``UserError`` when an edition of that number stands."""
    if any(edition.number == number for edition in known):
        raise UserError(f"Редакция {number} уже утверждена. Укажите другой номер.")


def add_edition(edit: Edit, contents: RoadmapContents, number: str, on: date | None, act: str, who: str) -> int:
    """Freezes the roadmap as it is; ``UserError`` when the number is taken.  The new id."""
    roadmap_id = contents.roadmap.id
    require_free_number(read_editions(edit.database, roadmap_id), number)
    frozen = freeze(contents)
    edition = Edition(
        0, roadmap_id, number, on, act, who, datetime.now().replace(microsecond=0), fingerprint_of(frozen), frozen
    )
    return edit.insert("edition", row_of(edition))
