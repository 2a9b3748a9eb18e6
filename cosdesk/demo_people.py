"""The demo's directory of people: the office from its file, the rest as the roadmap and the schools name them."""

from collections.abc import Iterable
from dataclasses import replace

from cosdesk.domain.district import Snapshot
from cosdesk.domain.organisation import School
from cosdesk.domain.people import list_name_of, people_to_add
from cosdesk.domain.person import Membership, Person
from cosdesk.forms.reading import FormTable

_HEADS = "руководители школ"


def read_people(table: FormTable, demo: Snapshot) -> tuple[Person, ...]:
    """Everyone whom the roadmap names, with what is known of them; «руководители школ» unfolds into the heads."""
    office = tuple(_read_person(entry, demo.district.office) for entry in table.tables("person"))
    table.finish()
    others = people_to_add(demo.roadmaps, office)
    return (*office, *(_completed(person, demo.schools) for person in others))


def _read_person(table: FormTable, office: str) -> Person:
    person = Person(
        0,
        table.text("name"),
        full_name=table.text("full_name"),
        position=table.text("position"),
        organisation=office,
        phone=table.text("phone"),
        email=table.text("email"),
    )
    table.finish()
    return person


def _completed(person: Person, schools: Iterable[School]) -> Person:
    if person.name.casefold() == _HEADS:
        return replace(person, membership=Membership.SCHOOL_HEADS)
    for school in schools:
        if list_name_of(school.head) == person.name:
            return replace(
                person,
                full_name=school.head,
                position="директор",
                organisation=school.short_name,
                phone=school.phone,
                email=school.email,
            )
    return person
