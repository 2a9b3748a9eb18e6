"""What was done and is not proved: rows without a document, or without one of a kind that was asked for."""

from dataclasses import dataclass
from datetime import date

from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import kinds_named
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import Item
from cosdesk.domain.state import ItemState, item_states


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """One execution with nothing to prove it, or a row that lacks documents of ``kinds``.

    ``record`` is None where the row as a whole lacks a kind.  ``kinds`` are those asked for, by
    hand or by the words of the row; they may be unknown.
    """

    roadmap_id: int
    item: Item
    record: Execution | None
    kinds: tuple[str, ...]

    @property
    def on(self) -> date | None:
        return self.record.on if self.record else None


def missing_evidence(snapshot: Snapshot) -> tuple[MissingEvidence, ...]:
    """All that is missing, roadmap by roadmap, in the order of rows.

    A row that asks for no document in its text needs none, unless kinds were set by hand.
    """
    found: list[MissingEvidence] = []
    for contents in snapshot.roadmaps:
        for state in item_states(snapshot, contents).values():
            wanted = snapshot.expected_papers.get(state.item.id, ())
            found += _of_row(contents.roadmap.id, state, wanted)
    return tuple(found)


def expected_kinds(item: Item, set_by_hand: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds a row expects: those set by hand, else those its text names."""
    return set_by_hand or kinds_named(item.expected)


def _of_row(roadmap_id: int, state: ItemState, wanted: tuple[str, ...]) -> list[MissingEvidence]:
    item = state.item
    done = [record for record in state.records if record.outcome is Outcome.DONE]
    if not done or item.cancelled or not (item.expected or wanted):
        return []
    kinds = expected_kinds(item, wanted)
    bare = [record for record in done if not record.evidence_ids]
    if bare and not _whole_row_is_proved(state):
        return [MissingEvidence(roadmap_id, item, record, kinds) for record in bare]
    present = {paper.kind for paper in state.evidence}
    lacking = tuple(kind for kind in wanted if kind not in present)
    return [MissingEvidence(roadmap_id, item, None, lacking)] if lacking else []


def _whole_row_is_proved(state: ItemState) -> bool:
    """Whether a document proves the row as such and not one of its executions."""
    own = {record.id for record in state.records}
    return any(not own & set(paper.execution_ids) for paper in state.evidence)
