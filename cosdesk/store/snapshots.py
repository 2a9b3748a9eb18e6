"""The district read at one moment, and read again after an edit: what the edit left alone stays the same objects."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from cosdesk.domain.district import Snapshot
from cosdesk.domain.paired import with_numerators
from cosdesk.store import (
    districts,
    editions,
    evidence,
    executions,
    indicators,
    letterheads,
    monitoring,
    norms,
    people,
    periods,
    risks,
    roadmaps,
    schools,
)
from cosdesk.store.database import Database
from cosdesk.store.edit import FieldChange

_APART = {"dismissal", "evidence_file"}
"""Read when asked, never with the snapshot."""
_BESIDE = {"section_text"}
"""The same, but papers are made of it: what was made of the former snapshot is made anew."""
_ROADMAPS = {"roadmap", "stamp", "section", "item", "indicator", "target", "unplaced"}
_RECORDS = {"execution", "proof", "evidence", "evidence_use", "expected_paper"}
_VALUES = {"actual", "monitoring_round", "round_feed", "answer", "period_closure", "risk"}
_COUNTED_BY = {"indicator", "target"}
"""Values follow from these too."""
_SCHOOLS = {"school", "school_count"}
_PEOPLE = {"person", "member"}
_KNOWN = _APART | _BESIDE | _ROADMAPS | _RECORDS | _VALUES | _SCHOOLS | _PEOPLE
_MANY = 500
"""Records and documents changed at once, past which all are read."""


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


T = TypeVar("T", bound=_HasId)


def read_snapshot(database: Database, today: date) -> Snapshot:
    """Everything the file holds but what is read when asked."""
    snapshot = Snapshot(
        district=districts.read_district(database),
        roadmaps=roadmaps.read_roadmaps(database),
        schools=schools.read_schools(database),
        people=people.read_people(database),
        editions=editions.read_editions(database),
        executions=executions.read_executions(database),
        evidence=evidence.read_evidence(database),
        expected_papers=evidence.read_expected_papers(database),
        letterhead=letterheads.read_letterhead(database),
        norms=norms.read_norms(database),
        today=today,
    )
    return _with_values(database, snapshot)


def refreshed_snapshot(database: Database, snapshot: Snapshot, changes: Sequence[FieldChange]) -> Snapshot:
    """The snapshot after those changes, reading only what they touched; itself where nothing of it did."""
    tables = {change.table for change in changes}
    if tables <= _APART:
        return snapshot
    if not tables <= _KNOWN:
        return read_snapshot(database, snapshot.today)
    snapshot = replace(snapshot)
    if tables & _ROADMAPS:
        stale = {change.row_id for change in changes if change.table == "item"}
        snapshot = replace(snapshot, roadmaps=roadmaps.read_roadmaps(database, snapshot.roadmaps, stale))
    if tables & _RECORDS:
        snapshot = _with_records(database, snapshot, changes)
    if tables & (_VALUES | _COUNTED_BY):
        snapshot = _with_values(database, snapshot)
    if tables & _SCHOOLS:
        snapshot = replace(snapshot, schools=schools.read_schools(database))
    if tables & _PEOPLE:
        snapshot = replace(snapshot, people=people.read_people(database))
    return snapshot


def _with_records(database: Database, snapshot: Snapshot, changes: Iterable[FieldChange]) -> Snapshot:
    """The snapshot with the records and documents read that the changes are about."""
    records, papers = set(), set()
    for change in changes:
        if change.table == "execution":
            records.add(change.row_id)
        elif change.table == "evidence":
            papers.add(change.row_id)
        elif change.table in ("proof", "evidence_use"):
            # A tie is made or taken away, never changed: its row is whole in the change.
            tie = change.after or change.before or {}
            papers.add(tie["evidence_id"])
            if tie.get("execution_id") is not None:
                records.add(tie["execution_id"])
    if len(records) + len(papers) > _MANY:
        found, documents = executions.read_executions(database), evidence.read_evidence(database)
    else:
        found = _renewed(snapshot.executions, executions.read_executions(database, records), records)
        documents = _renewed(snapshot.evidence, evidence.read_evidence(database, papers), papers)
    expected = evidence.read_expected_papers(database)
    return replace(snapshot, executions=found, evidence=documents, expected_papers=expected)


def _renewed(known: tuple[T, ...], fresh: tuple[T, ...], stale: set[int]) -> tuple[T, ...]:
    """Those that were left alone and the fresh ones, by id; the same tuple where nothing was touched."""
    if not stale:
        return known
    return tuple(sorted((*(each for each in known if each.id not in stale), *fresh), key=lambda each: each.id))


def _with_values(database: Database, snapshot: Snapshot) -> Snapshot:
    """The snapshot with rounds, values by hand and counted, risks and closings read."""
    rounds = monitoring.read_rounds(database)
    counted = monitoring.counted_values(rounds)
    recorded = indicators.read_actuals(database)
    return replace(
        snapshot,
        rounds=rounds,
        counted=counted,
        recorded=recorded,
        actuals=with_numerators(
            monitoring.effective_actuals(recorded, counted, rounds),
            (each for contents in snapshot.roadmaps for each in contents.indicators),
        ),
        risks=risks.read_risks(database),
        closures=periods.read_closures(database),
    )
