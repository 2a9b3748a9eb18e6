"""The letterhead's one row; its picture lies among the file's contents by its hash."""

from cosdesk.domain.letterhead import Letterhead
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.hashes import hash_of_bytes
from cosdesk.store.rows import record_of, row_of


def read_letterhead(database: Database) -> Letterhead:
    """As it was set, an empty one before; a picture whose bytes have changed is left out."""
    row = next(database.query("SELECT * FROM letterhead"), None)
    if row is None:
        return Letterhead()
    found = database.conn.execute("SELECT content FROM blob WHERE sha256 = ?", (row["picture"],)).fetchone()
    is_whole = found is not None and hash_of_bytes(found[0]) == row["picture"]
    return record_of(Letterhead, row, picture=bytes(found[0]) if is_whole else b"")


def change_letterhead(edit: Edit, letterhead: Letterhead) -> None:
    digest = ""
    if letterhead.picture:
        digest = hash_of_bytes(letterhead.picture)
        # Outside the recorded edit, as documents are: an undo drops the tie, the bytes stay for a redo.
        edit.database.conn.execute(
            "INSERT OR IGNORE INTO blob (sha256, content) VALUES (?, ?)", (digest, letterhead.picture)
        )
    values = {**row_of(letterhead, "picture"), "picture": digest}
    if next(edit.database.query("SELECT id FROM letterhead"), None):
        edit.update("letterhead", 1, values)
    else:
        edit.insert("letterhead", {"id": 1, **values})
