"""The directory of people and groups."""

from cosdesk.domain.person import Person
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.ranks import rank_at_end
from cosdesk.store.rows import record_of, row_of


def read_people(database: Database) -> tuple[Person, ...]:
    members: dict[int, list[int]] = {}
    for row in database.query("SELECT * FROM member ORDER BY id"):
        members.setdefault(row["group_id"], []).append(row["person_id"])
    return tuple(
        record_of(Person, row, member_ids=tuple(members.get(row["id"], ())))
        for row in database.query("SELECT * FROM person ORDER BY rank, id")
    )


def add_person(edit: Edit, person: Person) -> int:
    """The person or group with its members; the new id."""
    rank = rank_at_end(edit.database, "person", "1", ())
    person_id = edit.insert("person", {"rank": rank, **row_of(person, "member_ids")})
    for member_id in person.member_ids:
        edit.insert("member", {"group_id": person_id, "person_id": member_id})
    return person_id


def change_person(edit: Edit, person: Person) -> None:
    """All fields, the members too."""
    edit.update("person", person.id, row_of(person, "member_ids"))
    rows = edit.database.conn.execute("SELECT id, person_id FROM member WHERE group_id = ?", (person.id,)).fetchall()
    for row_id, member_id in rows:
        if member_id not in person.member_ids:
            edit.delete("member", row_id)
    present = {member_id for _, member_id in rows}
    for member_id in person.member_ids:
        if member_id not in present:
            edit.insert("member", {"group_id": person.id, "person_id": member_id})


def delete_person(edit: Edit, person_id: int) -> None:
    edit.delete("person", person_id)
