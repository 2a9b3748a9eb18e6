"""Documents that prove execution, and what each of them proves."""

from dataclasses import dataclass

from sqlite_utils import Database

from cosdesk.domain.evidence import Evidence
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


@dataclass(frozen=True, slots=True)
class Proof:
    """One document proves one row, or one execution of it."""

    id: int
    evidence_id: int
    item_id: int
    execution_id: int | None


def read_proofs(database: Database) -> tuple[Proof, ...]:
    return tuple(record_of(Proof, row) for row in database.query("SELECT * FROM proof ORDER BY id"))


def read_evidence(database: Database, proofs: tuple[Proof, ...]) -> tuple[Evidence, ...]:
    by_evidence: dict[int, list[Proof]] = {}
    for proof in proofs:
        by_evidence.setdefault(proof.evidence_id, []).append(proof)
    result = []
    for row in database.query("SELECT * FROM evidence ORDER BY id"):
        found = by_evidence.get(row["id"], [])
        items = dict.fromkeys(proof.item_id for proof in found)
        executions = tuple(proof.execution_id for proof in found if proof.execution_id is not None)
        result.append(record_of(Evidence, row, item_ids=tuple(items), execution_ids=executions))
    return tuple(result)


def add_evidence(edit: Edit, evidence: Evidence) -> int:
    """The document without what it proves; the new id."""
    return edit.insert("evidence", row_of(evidence, "item_ids", "execution_ids"))


def change_evidence(edit: Edit, evidence: Evidence) -> None:
    edit.update("evidence", evidence.id, row_of(evidence, "item_ids", "execution_ids"))


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
    if execute("SELECT 1 FROM proof WHERE evidence_id = ?", (evidence_id,)).fetchone():
        return False
    delete_evidence(edit, evidence_id)
    return True


def find_or_add(edit: Edit, evidence: Evidence) -> int:
    """The id of the same document if the district has it already, else of a new one.

    The same: kind, number and date agree, or the typed text where there is no number.
    """
    for row in edit.database.query("SELECT * FROM evidence"):
        same_act = evidence.number and all(
            row[name] == value for name, value in row_of(evidence).items() if name in ("kind", "number", "on")
        )
        if same_act or (not evidence.number and row["text"] == evidence.text):
            return int(row["id"])
    return add_evidence(edit, evidence)
