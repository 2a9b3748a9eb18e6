"""Schools and their counts; names they bore, and those that were merged."""

from collections.abc import Iterable
from datetime import date

from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of, to_column


def read_schools(database: Database) -> tuple[School, ...]:
    """All schools in their order, those closed long ago too: ``School.works_on`` tells."""
    counts: dict[int, list[SchoolCount]] = {}
    for row in database.query("SELECT * FROM school_count ORDER BY school_year"):
        counts.setdefault(row["school_id"], []).append(record_of(SchoolCount, row))
    return tuple(
        record_of(School, row, counts=tuple(counts.get(row["id"], ())))
        for row in database.query("SELECT * FROM school ORDER BY rank, id")
    )


def add_school(edit: Edit, school: School) -> int:
    """The school at the end of the list with its counts; the new id."""
    (rank,) = edit.database.conn.execute("SELECT coalesce(max(rank), 0) + 1 FROM school").fetchone()
    school_id = edit.insert("school", {"rank": rank, **row_of(school, "counts")})
    set_counts(edit, school_id, school.counts)
    return school_id


def change_school(edit: Edit, school: School) -> None:
    """Its own fields; a name it no longer bears joins its former names.  Counts are set one by one."""
    before = edit.row("school", school.id)
    known = {school.name, *school.former_names}
    former = school.former_names
    if before["name"] and before["name"] not in known:
        former = (*former, before["name"])
    edit.update("school", school.id, {**row_of(school, "counts"), "former_names": to_column(former)})


def merge_schools(edit: Edit, school_id: int, into_id: int, on: date) -> None:
    """The school is closed on that day and lives on in the other; its answers and counts stay its own."""
    edit.update("school", school_id, {"closed": on.isoformat(), "merged_into": into_id})


def set_counts(edit: Edit, school_id: int, counts: Iterable[SchoolCount]) -> None:
    """Learners and teachers of those school years, in place of earlier ones; other years stay."""
    for count in counts:
        known = edit.database.conn.execute(
            "SELECT id FROM school_count WHERE school_id = ? AND school_year = ?", (school_id, count.school_year)
        ).fetchone()
        if known:
            edit.update("school_count", known[0], row_of(count))
        else:
            edit.insert("school_count", {"school_id": school_id, **row_of(count)})


def delete_school(edit: Edit, school_id: int) -> None:
    """The school with its counts and answers: for one entered by mistake; a real one is closed instead."""
    edit.delete("school", school_id)
