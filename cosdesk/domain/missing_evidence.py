"""What is not proved: executions without a document, rows that lack a kind of document they expect."""

from collections.abc import Mapping
from datetime import date

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence_register import PaperState, expected_kinds, proposed_kinds, row_papers
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import Item
from cosdesk.domain.state import ItemState, item_states


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """One execution with nothing to prove it, or a row that lacks documents of ``kinds``.

    ``record`` is None where the row as a whole lacks them; ``kinds`` is empty where the row
    does not say which it expects.
    """

    roadmap_id: int
    item: Item
    record: Execution | None
    kinds: tuple[str, ...]

    @property
    def on(self) -> date | None:
        return self.record.on if self.record else None

    @property
    def wanted(self) -> str:
        """What is to be brought: the row's own words, or the kinds where others were chosen or some are there."""
        own_words = self.record is not None and self.kinds == proposed_kinds(self.item)
        return self.item.expected if own_words else ", ".join(self.kinds) or self.item.expected


def missing_evidence(
    snapshot: Snapshot, known: Mapping[int, ItemState] | None = None
) -> tuple[MissingEvidence, ...]:
    """All that is missing, roadmap by roadmap, in the order of rows; what is still to come is not.

    ``known`` are states of ``snapshot.today`` where they have been worked out already.
    """
    found: list[MissingEvidence] = []
    for contents in snapshot.roadmaps:
        for state in item_states(snapshot, contents, known).values():
            kinds = expected_kinds(state.item, snapshot.expected_papers)
            bare = _bare_records(state) if kinds or state.item.expected else []
            found += [MissingEvidence(contents.roadmap.id, state.item, record, kinds) for record in bare]
            papers = () if bare else row_papers(snapshot, contents, state)
            lacking = [line.kind for line in papers if line.state is PaperState.MISSING]
            if lacking:
                named = tuple(kind for kind in lacking if kind)
                found.append(MissingEvidence(contents.roadmap.id, state.item, None, named))
    return tuple(found)


def _bare_records(state: ItemState) -> list[Execution]:
    """What was done and bears no document, unless one proves the row as such."""
    own = {record.id for record in state.records}
    if state.item.cancelled or any(not own & set(paper.execution_ids) for paper in state.evidence):
        return []
    return [record for record in state.records if record.outcome is Outcome.DONE and not record.evidence_ids]
