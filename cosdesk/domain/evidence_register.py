"""The register of documents: which kinds each row expects, which are there, which are missing or yet to come."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence, kinds_named
from cosdesk.domain.execution import Outcome, Status
from cosdesk.domain.roadmap import Item, RoadmapContents
from cosdesk.domain.state import ItemState, item_states


class PaperState(StrEnum):
    RECEIVED = "received"
    MISSING = "missing"
    EXPECTED = "expected"

    @property
    def label(self) -> str:
        return {"received": "получено", "missing": "отсутствует", "expected": "ожидается"}[self.value]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One kind of document that a row expects; ``evidence`` are the documents of that kind it has.

    ``kind`` is empty where the row names none: any document proves it then.
    """

    roadmap_id: int
    item: Item
    kind: str
    state: PaperState
    evidence: tuple[Evidence, ...] = ()


def expected_kinds(item: Item, by_hand: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """Those set by hand, else those that the row's expected result names."""
    return by_hand[item.id] if item.id in by_hand else proposed_kinds(item)


def proposed_kinds(item: Item) -> tuple[str, ...]:
    """The kinds that the row's expected result names, quoted titles left out."""
    return _kinds_in(item.expected)


@lru_cache(maxsize=4096)
def _kinds_in(expected: str) -> tuple[str, ...]:
    # Rows by the thousand expect a few things, and are asked about after every edit.
    return kinds_named(re.sub(r"«[^»]*»", " ", expected))


def paper_register(snapshot: Snapshot, known: Mapping[int, ItemState] | None = None) -> tuple[PaperLine, ...]:
    """Every row's expected kinds with their state on ``snapshot.today``; other documents it has stand as received.

    ``known`` are states of that day where they have been worked out already.
    """
    return tuple(
        line
        for contents in snapshot.roadmaps
        for state in item_states(snapshot, contents, known).values()
        for line in row_papers(snapshot, contents, state)
    )


def row_papers(snapshot: Snapshot, contents: RoadmapContents, state: ItemState) -> Iterator[PaperLine]:
    """The lines of one row; none where nothing is expected, there or cancelled."""
    item = state.item
    kinds = expected_kinds(item, snapshot.expected_papers)
    if not kinds and not state.evidence and not item.expected:
        return
    if state.status is Status.CANCELLED:
        return
    absent = PaperState.MISSING if _is_due(state) else PaperState.EXPECTED
    for kind in kinds or ("",):
        found = tuple(paper for paper in state.evidence if not kind or paper.kind == kind)
        yield PaperLine(contents.roadmap.id, item, kind, PaperState.RECEIVED if found else absent, found)
    if kinds:
        for paper in state.evidence:
            if paper.kind not in kinds:
                yield PaperLine(contents.roadmap.id, item, paper.kind, PaperState.RECEIVED, (paper,))


def _is_due(state: ItemState) -> bool:
    """Something of the row was done or should have been: its document ought to be there."""
    done = any(record.outcome is Outcome.DONE for record in state.records)
    return done or any(occurrence.status is Status.OVERDUE for occurrence in state.occurrences)
