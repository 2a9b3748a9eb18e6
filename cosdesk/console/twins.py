"""What ``import`` does with an Excel file that the program made itself: its changes told, and those chosen taken."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cosdesk.console.show import Json, one_line
from cosdesk.dataclass import dataclass
from cosdesk.intake.answer_twin import read_twin_isolated
from cosdesk.store.file import DistrictFile
from cosdesk.twin_changes import Proposal, TwinChange, Verdict, is_new_document, material, propose
from cosdesk.twin_taking import take


@dataclass(frozen=True, slots=True)
class TakenTwin:
    """What a workbook changes, and what of it was written into the file."""

    proposal: Proposal
    taken: tuple[TwinChange, ...]


def import_twin(file: Path, source: Path, dry_run: bool, everything: bool) -> TakenTwin | None:
    """The changes of a filled workbook taken in one edit, with ``everything`` those too that a person would be asked
    about; None where the source is another document, or the plan of another district that is to be taken whole."""
    book = read_twin_isolated(source)
    if book is None:
        return None
    with DistrictFile.open(file, read_only=dry_run) as district:
        snapshot = district.snapshot()
        if is_new_document(snapshot, book):
            return None
        proposal = propose(material(district, snapshot, book), book)
        taken = () if dry_run else tuple(c for c in proposal.offered if everything or c.verdict.is_plain)
        if taken:
            district.back_up("перед импортом")
            with district.edit(f"Из книги «{source.name}»") as edit:
                take(edit, snapshot, proposal, taken)
    return TakenTwin(proposal, taken)


def twin_json(found: TakenTwin) -> Json:
    proposal = found.proposal
    return {
        "report": proposal.identity.report,
        "notes": list(proposal.notes),
        "changes": [
            {
                "sheet": change.sheet,
                "cell": change.place,
                "row": change.row,
                "field": change.heading,
                "now": change.now,
                "given": change.given,
                "verdict": change.verdict.value,
                "note": change.note,
                "taken": change in found.taken,
            }
            for change in proposal.changes
        ],
    }


def twin_lines(found: TakenTwin, dry_run: bool) -> Iterator[str]:
    """Each change in a line or two, then what was taken."""
    proposal = found.proposal
    yield f"Книга «{proposal.file}»: заполненный документ «{proposal.title}»."
    yield from proposal.notes
    for change in proposal.changes:
        yield f"{_sign(change, found.taken)} {change.sheet}, {change.place}: {one_line(change.row)}"
        before = f"{one_line(change.now) or '–'} → " if change.added is None else ""
        told = "" if change.verdict is Verdict.OFFERED else f" ({change.verdict.label})"
        yield f"    {change.heading}: {before}{one_line(change.given) or '–'}{told}"
        if change.note:
            yield f"    {change.note}"
    yield _summary(proposal.changes, found.taken, dry_run)


def _sign(change: TwinChange, taken: Sequence[TwinChange]) -> str:
    return "+" if change in taken else "-" if change.verdict is Verdict.REFUSED else "?"


def _summary(changes: Sequence[TwinChange], taken: Sequence[TwinChange], dry_run: bool) -> str:
    if not changes:
        return "В книге нет ничего нового: всё, что в ней есть, уже стоит в программе."
    refused = sum(change.verdict is Verdict.REFUSED for change in changes)
    waiting = len(changes) - refused - len(taken)
    told = f"Изменений: {len(changes)}, взято: {len(taken)}, не принимается: {refused}."
    if dry_run:
        return f"{told} Проверка: в файл ничего не записано."
    return f"{told} Осталось решить: {waiting}; взять и их – с ключом --all." if waiting else told
