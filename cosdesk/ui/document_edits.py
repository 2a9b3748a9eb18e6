"""Edits of the register of documents: files taken in, documents tied to rows, deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from cosdesk.dataclass import dataclass
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.roadmap import Item
from cosdesk.intake.papers import Paper
from cosdesk.store import evidence as store
from cosdesk.store import evidence_files
from cosdesk.store.edit import Edit
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Tie:
    """What a document is to prove: a row, or one execution of it."""

    item_id: int
    execution_id: int | None = None


@dataclass(frozen=True, slots=True)
class ValueTie:
    """An indicator's value on a period."""

    indicator_id: int
    period: str


@dataclass(frozen=True, slots=True)
class RoundTie:
    """A round of monitoring."""

    round_id: int


AnyTie: TypeAlias = Tie | ValueTie | RoundTie


def _prove(edit: Edit, evidence_id: int, tie: AnyTie) -> None:
    match tie:
        case Tie(item_id, execution_id):
            store.prove(edit, evidence_id, item_id, execution_id)
        case ValueTie(indicator_id, period):
            store.prove_value(edit, evidence_id, indicator_id, period)
        case RoundTie(round_id):
            store.prove_round(edit, evidence_id, round_id)


def add_papers(workspace: Workspace, papers: Sequence[Paper], ties: Sequence[AnyTie] = ()) -> list[int]:
    """A document for each file, tied to all of that; the documents' ids.

    A file of a document that the register has already (same kind, number and date) joins it.
    """
    title = f"Документ «{shorten(papers[0].proposal.label, 40)}»" if len(papers) == 1 else f"Документы: {len(papers)}"
    ids = []
    with workspace.edit(title) as edit:
        for paper in papers:
            evidence_id = store.find_or_add(edit, paper.proposal)
            evidence_files.add_file(edit, evidence_id, paper.name, paper.content)
            for tie in ties:
                _prove(edit, evidence_id, tie)
            ids.append(evidence_id)
    return ids


def name_documents(workspace: Workspace, documents: Sequence[Evidence], ties: Sequence[AnyTie]) -> None:
    """Documents without a file, known (with an id) or new, that prove all of that."""
    with workspace.edit(f"Документ «{shorten(documents[0].label, 40)}»") as edit:
        for document in documents:
            evidence_id = document.id or store.find_or_add(edit, document)
            for tie in ties:
                _prove(edit, evidence_id, tie)


def attach(workspace: Workspace, document: Evidence, papers: Sequence[Paper]) -> None:
    """More files of a document; what it does not say of itself yet is taken from them."""
    with workspace.edit(f"Файл документа «{shorten(document.label, 40)}»") as edit:
        for paper in papers:
            evidence_files.add_file(edit, document.id, paper.name, paper.content)
            if document.pages is None and paper.proposal.pages:
                document = replace(document, pages=paper.proposal.pages)
                store.change_evidence(edit, document)


def replace_file(workspace: Workspace, file: EvidenceFile, paper: Paper) -> None:
    """Another file in its place."""
    with workspace.edit(f"Замена файла «{shorten(file.name, 40)}»") as edit:
        evidence_files.delete_file(edit, file.id)
        evidence_files.add_file(edit, file.evidence_id, paper.name, paper.content)


def remove_file(workspace: Workspace, file: EvidenceFile) -> None:
    with workspace.edit(f"Убрать файл «{shorten(file.name, 40)}»") as edit:
        evidence_files.delete_file(edit, file.id)


def delete_documents(workspace: Workspace, documents: Sequence[Evidence]) -> str:
    """The documents with their files and ties; a sentence that says so."""
    count = counted(len(documents), "документ", "документа", "документов")
    one = f"Удаление документа «{shorten(documents[0].label, 40)}»"
    with workspace.edit(one if len(documents) == 1 else f"Удаление: {count}") as edit:
        for document in documents:
            store.delete_evidence(edit, document.id)
    return f"Удалено: {count}. Вернуть – Ctrl+Z"


def tie(workspace: Workspace, documents: Sequence[Evidence], ties: Iterable[AnyTie]) -> None:
    """The documents prove all of that too."""
    with workspace.edit("Что подтверждает документ") as edit:
        for each in ties:
            for document in documents:
                _prove(edit, document.id, each)


def release(workspace: Workspace, document: Evidence, proved: AnyTie) -> None:
    """The document proves that no more (of a row: nor any execution of it); it stays in the register."""
    with workspace.edit("Что подтверждает документ") as edit:
        match proved:
            case Tie(item_id):
                store.release_row(edit, document.id, item_id)
            case ValueTie(indicator_id, period):
                store.release_use(edit, document.id, indicator_id, period, None)
            case RoundTie(round_id):
                store.release_use(edit, document.id, None, "", round_id)


def expect(workspace: Workspace, items: Sequence[Item], kinds: tuple[str, ...]) -> None:
    """Those rows expect documents of these kinds; of none: as their texts say."""
    with workspace.edit("Какие документы ожидаются") as edit:
        for item in items:
            store.expect_papers(edit, item.id, kinds)
