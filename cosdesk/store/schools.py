"""Schools and their counts."""

from sqlite_utils import Database

from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def read_schools(database: Database) -> tuple[School, ...]:
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
    for count in school.counts:
        edit.insert("school_count", {"school_id": school_id, **row_of(count)})
    return school_id
