"""The district's own thresholds, a row of settings each; the usual ones are not written."""

from cosdesk.domain.norms import NORM_KINDS, Norms, changed_norms, norms_of
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit

_PREFIX = "norm."


def read_norms(database: Database) -> Norms:
    """What the file sets, else what is usual."""
    rows = database.query("SELECT name, value FROM setting WHERE name LIKE 'norm.%'")
    return norms_of({row["name"].removeprefix(_PREFIX): row["value"] for row in rows})


def change_norms(edit: Edit, norms: Norms) -> None:
    """Only known thresholds are touched: a newer program may have written others."""
    changed = changed_norms(norms)
    for kind in NORM_KINDS:
        name, value = _PREFIX + kind.name, changed.get(kind.name)
        known = edit.database.conn.execute("SELECT id FROM setting WHERE name = ?", (name,)).fetchone()
        if known and value is None:
            edit.delete("setting", known[0])
        elif known:
            edit.update("setting", known[0], {"value": str(value)})
        elif value is not None:
            edit.insert("setting", {"name": name, "value": str(value)})
