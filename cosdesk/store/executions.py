"""Records of what was done."""

from cosdesk.domain.evidence import describe
from cosdesk.domain.execution import Execution
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.evidence import Proof, find_or_add, prove
from cosdesk.store.rows import record_of, row_of


def read_executions(database: Database, proofs: tuple[Proof, ...]) -> tuple[Execution, ...]:
    papers: dict[int, list[int]] = {}
    for proof in proofs:
        if proof.execution_id is not None:
            papers.setdefault(proof.execution_id, []).append(proof.evidence_id)
    return tuple(
        record_of(Execution, row, evidence_ids=tuple(papers.get(row["id"], ())))
        for row in database.query("SELECT * FROM execution ORDER BY id")
    )


def record_execution(edit: Edit, execution: Execution, evidence: str = "") -> int:
    """A record with the documents it names and, where given, one described in words («приказ № 16 от 13.01.2020»)."""
    execution_id = edit.insert("execution", row_of(execution, "evidence_ids"))
    evidence_ids = list(execution.evidence_ids)
    if evidence.strip():
        evidence_ids.append(find_or_add(edit, describe(evidence)))
    for evidence_id in evidence_ids:
        prove(edit, evidence_id, execution.item_id, execution_id)
    return execution_id


def change_execution(edit: Edit, execution: Execution) -> None:
    edit.update("execution", execution.id, row_of(execution, "evidence_ids", "item_id"))


def delete_execution(edit: Edit, execution_id: int) -> None:
    edit.delete("execution", execution_id)
