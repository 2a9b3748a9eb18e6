"""Documents that prove execution, and what each of them proves."""

from collections.abc import Collection

from cosdesk.domain.evidence import Evidence
from cosdesk.store.database import Database, among
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of

_TIES = ("item_ids", "execution_ids", "round_ids", "values")


def read_evidence(database: Database, only: Collection[int] | None = None) -> tuple[Evidence, ...]:
    """The documents in the order they came, all or those of the ids."""
    items: dict[int, list[int]] = {}
    executions: dict[int, list[int]] = {}
    rounds: dict[int, list[int]] = {}
    values: dict[int, list[tuple[int, str]]] = {}
    condition = among("evidence_id", only)
    for evidence_id, item_id, execution_id in database.execute(
        f"SELECT evidence_id, item_id, execution_id FROM proof WHERE {condition} ORDER BY id"
    ):
        items.setdefault(evidence_id, []).append(item_id)
        if execution_id is not None:
            executions.setdefault(evidence_id, []).append(execution_id)
    for evidence_id, indicator_id, period, round_id in database.execute(
        f"SELECT evidence_id, indicator_id, period, round_id FROM evidence_use WHERE {condition} ORDER BY id"
    ):
        if round_id is not None:
            rounds.setdefault(evidence_id, []).append(round_id)
        if indicator_id is not None:
            values.setdefault(evidence_id, []).append((indicator_id, period))
    return tuple(
        record_of(
            Evidence,
            row,
            item_ids=tuple(dict.fromkeys(items.get(row["id"], ()))),
            execution_ids=tuple(executions.get(row["id"], ())),
            round_ids=tuple(rounds.get(row["id"], ())),
            values=tuple(values.get(row["id"], ())),
        )
        for row in database.query(f"SELECT * FROM evidence WHERE {among('id', only)} ORDER BY id")
    )


def read_expected_papers(database: Database) -> dict[int, tuple[str, ...]]:
    """Kinds of documents set by hand, by row."""
    found: dict[int, list[str]] = {}
    for row in database.query("SELECT item_id, kind FROM expected_paper ORDER BY id"):
        found.setdefault(row["item_id"], []).append(row["kind"])
    return {item_id: tuple(kinds) for item_id, kinds in found.items()}


def expect_papers(edit: Edit, item_id: int, kinds: tuple[str, ...]) -> None:
    """The kinds of documents that a row expects, in place of those set before; none: as its text says."""
    execute = edit.database.conn.execute
    known = dict(execute("SELECT kind, id FROM expected_paper WHERE item_id = ?", (item_id,)).fetchall())
    for kind in known.keys() - set(kinds):
        edit.delete("expected_paper", known[kind])
    for kind in dict.fromkeys(kinds):
        if kind not in known:
            edit.insert("expected_paper", {"item_id": item_id, "kind": kind})


def prove_value(edit: Edit, evidence_id: int, indicator_id: int, period: str) -> None:
    """Tie a document to an indicator's value on a period; a tie that stands is not doubled."""
    _use(edit, evidence_id, indicator_id=indicator_id, period=period, round_id=None)


def prove_round(edit: Edit, evidence_id: int, round_id: int) -> None:
    """Tie a document to a round of monitoring."""
    _use(edit, evidence_id, indicator_id=None, period="", round_id=round_id)


def _use(edit: Edit, evidence_id: int, **use: int | str | None) -> None:
    known = edit.database.conn.execute(
        "SELECT 1 FROM evidence_use WHERE evidence_id = ? AND indicator_id IS ? AND period = ? AND round_id IS ?",
        (evidence_id, *use.values()),
    ).fetchone()
    if not known:
        edit.insert("evidence_use", {"evidence_id": evidence_id, **use})


def release_use(edit: Edit, evidence_id: int, indicator_id: int | None, period: str, round_id: int | None) -> None:
    """Untie a document from a value or a round; the document stays."""
    rows = edit.database.conn.execute(
        "SELECT id FROM evidence_use WHERE evidence_id = ? AND indicator_id IS ? AND period = ? AND round_id IS ?",
        (evidence_id, indicator_id, period, round_id),
    ).fetchall()
    for (use_id,) in rows:
        edit.delete("evidence_use", use_id)


def add_evidence(edit: Edit, evidence: Evidence) -> int:
    """The document without what it proves; the new id."""
    return edit.insert("evidence", row_of(evidence, *_TIES))


def change_evidence(edit: Edit, evidence: Evidence) -> None:
    edit.update("evidence", evidence.id, row_of(evidence, *_TIES))


def delete_evidence(edit: Edit, evidence_id: int) -> None:
    edit.delete("evidence", evidence_id)


def prove(edit: Edit, evidence_id: int, item_id: int, execution_id: int | None = None) -> None:
    """Tie a document to a row, or to one execution of it; a tie that stands is not doubled."""
    known = edit.database.conn.execute(
        "SELECT 1 FROM proof WHERE evidence_id = ? AND item_id = ? AND execution_id IS ?",
        (evidence_id, item_id, execution_id),
    ).fetchone()
    if not known:
        edit.insert("proof", {"evidence_id": evidence_id, "item_id": item_id, "execution_id": execution_id})


def disprove(edit: Edit, evidence_id: int, item_id: int, execution_id: int | None = None) -> bool:
    """Untie a document from one execution, or (without it) from the row and all its executions.

    A document that proves nothing any more goes too: True then.
    """
    condition, values = "item_id = ?", [evidence_id, item_id]
    if execution_id is not None:
        condition, values = "execution_id = ?", [evidence_id, execution_id]
    execute = edit.database.conn.execute
    for (proof_id,) in execute(f"SELECT id FROM proof WHERE evidence_id = ? AND {condition}", values).fetchall():
        edit.delete("proof", proof_id)
    if any(
        execute(f"SELECT 1 FROM {table} WHERE evidence_id = ?", (evidence_id,)).fetchone()
        for table in ("proof", "evidence_use")
    ):
        return False
    delete_evidence(edit, evidence_id)
    return True


def release_row(edit: Edit, evidence_id: int, item_id: int) -> None:
    """Untie a document from a row and all its executions; the document stays, though it prove nothing."""
    rows = edit.database.conn.execute(
        "SELECT id FROM proof WHERE evidence_id = ? AND item_id = ?", (evidence_id, item_id)
    ).fetchall()
    for (proof_id,) in rows:
        edit.delete("proof", proof_id)


def find_or_add(edit: Edit, evidence: Evidence) -> int:
    """The id of the same document if the district has it already, else of a new one.

    The same: kind, number and date agree, or the typed text where there is no number.
    """
    for row in edit.database.query("SELECT * FROM evidence"):
        same_act = evidence.number and all(
            row[name] == value for name, value in row_of(evidence, *_TIES).items() if name in ("kind", "number", "on")
        )
        if same_act or (not evidence.number and row["text"] == evidence.text):
            return int(row["id"])
    return add_evidence(edit, evidence)
