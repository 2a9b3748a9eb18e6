"""Edits of what was done: records of execution and the documents that prove them."""

from collections.abc import Sequence
from dataclasses import replace

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution
from cosdesk.domain.roadmap import Item
from cosdesk.store.edit import Edit
from cosdesk.store.evidence import add_evidence, change_evidence, disprove, find_or_add, prove
from cosdesk.store.executions import change_execution, delete_execution, record_execution
from cosdesk.ui.roadmap_edits import reference, rows_phrase
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.workspace import Workspace


def record_rows(
    workspace: Workspace, records: Sequence[tuple[Item, Execution]], papers: Sequence[Evidence]
) -> None:
    """New records of one or more rows, all proved by the same documents (id 0: a new one)."""
    name = reference(records[0][0]) if len(records) == 1 else rows_phrase(len(records))
    with workspace.edit(f"Исполнение {name}") as edit:
        evidence_ids = _ids(edit, papers)
        for item, execution in records:
            record_execution(edit, replace(execution, item_id=item.id, evidence_ids=evidence_ids))


def change_record(workspace: Workspace, item: Item, execution: Execution, papers: Sequence[Evidence]) -> None:
    """A record with new fields and exactly those documents."""
    with workspace.edit(f"Запись об исполнении {reference(item)}") as edit:
        change_execution(edit, execution)
        wanted = _ids(edit, papers)
        for evidence_id in wanted:
            if evidence_id not in execution.evidence_ids:
                prove(edit, evidence_id, item.id, execution.id)
        for evidence_id in execution.evidence_ids:
            if evidence_id not in wanted:
                disprove(edit, evidence_id, item.id, execution.id)


def delete_record(workspace: Workspace, item: Item, execution: Execution) -> str:
    """The record with its ties to documents; a sentence that says so."""
    with workspace.edit(f"Удаление записи {reference(item)}") as edit:
        for evidence_id in execution.evidence_ids:
            disprove(edit, evidence_id, item.id, execution.id)
        delete_execution(edit, execution.id)
    return "Удалена запись об исполнении. Вернуть – Ctrl+Z"


def add_documents(workspace: Workspace, items: Sequence[Item], papers: Sequence[Evidence]) -> None:
    """Documents that prove those rows as a whole."""
    name = reference(items[0]) if len(items) == 1 else rows_phrase(len(items))
    with workspace.edit(f"Документ {name}") as edit:
        for evidence_id in _ids(edit, papers):
            for item in items:
                prove(edit, evidence_id, item.id)


def change_document(workspace: Workspace, paper: Evidence) -> None:
    with workspace.edit(f"Документ «{shorten(paper.label, 40)}»") as edit:
        change_evidence(edit, paper)


def remove_document(workspace: Workspace, item: Item, paper: Evidence) -> str:
    """Unties a document from a row and its records; a sentence that says what became of it."""
    with workspace.edit(f"Убрать документ {reference(item)}") as edit:
        gone = disprove(edit, paper.id, item.id)
    if gone:
        return "Документ удалён: других строк он не подтверждает. Вернуть – Ctrl+Z"
    return "Документ убран из строки, у других строк он остался. Вернуть – Ctrl+Z"


def _ids(edit: Edit, papers: Sequence[Evidence]) -> tuple[int, ...]:
    ids = []
    for paper in papers:
        if paper.id:
            ids.append(paper.id)
        elif paper.number or paper.text:
            ids.append(find_or_add(edit, paper))
        else:
            ids.append(add_evidence(edit, paper))
    return tuple(dict.fromkeys(ids))
