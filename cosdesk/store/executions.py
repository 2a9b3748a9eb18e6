"""Records of what was done."""

from collections.abc import Collection

from cosdesk.domain.evidence import describe
from cosdesk.domain.execution import Execution
from cosdesk.store.database import Database, among
from cosdesk.store.edit import Edit
from cosdesk.store.evidence import find_or_add, prove
from cosdesk.store.rows import record_of, row_of


def read_executions(database: Database, only: Collection[int] | None = None) -> tuple[Execution, ...]:
    """The records in the order they were made, all or those of the ids."""
    papers: dict[int, list[int]] = {}
    for evidence_id, execution_id in database.execute(
        f"SELECT evidence_id, execution_id FROM proof WHERE {among('execution_id', only)} ORDER BY id"
    ):
        papers.setdefault(execution_id, []).append(evidence_id)
    return tuple(
        record_of(Execution, row, evidence_ids=tuple(papers.get(row["id"], ())))
        for row in database.query(f"SELECT * FROM execution WHERE {among('id', only)} ORDER BY id")
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
