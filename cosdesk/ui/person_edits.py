"""Edits of the directory: people gathered from roadmaps, pasted, removed, joined, declined."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cosdesk.domain.people import name_key, people_to_add, renamed
from cosdesk.domain.person import Membership, Person
from cosdesk.reports.cases import decline_name
from cosdesk.reports.typography import Case
from cosdesk.store.people import add_person, change_person, delete_person
from cosdesk.store.roadmaps import change_item
from cosdesk.ui.person_model import COLUMNS, with_field
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_CASES = {
    "genitive": Case.GENITIVE,
    "dative": Case.DATIVE,
    "accusative": Case.ACCUSATIVE,
    "instrumental": Case.INSTRUMENTAL,
}


def gather(workspace: Workspace) -> int:
    """Everybody named in the roadmaps into the directory; how many were new."""
    found = people_to_add(workspace.snapshot.roadmaps, workspace.snapshot.people)
    if found:
        with workspace.edit(f"Собрано из дорожных карт: {_people(len(found))}") as edit:
            for person in found:
                add_person(edit, person)
    return len(found)


def add(workspace: Workspace) -> int:
    """A new person, to be named at once; the id."""
    taken = {name_key(person.name) for person in workspace.snapshot.people}
    name = next(n for k in range(1, len(taken) + 2) if name_key(n := f"Новый{f' {k}' if k > 1 else ''}") not in taken)
    with workspace.edit("Новый человек") as edit:
        return add_person(edit, Person(0, name))


def add_rows(workspace: Workspace, block: Sequence[Sequence[str]]) -> int:
    """New people from rows of an Excel table in the columns' order; ``UserError`` and nothing added for a wrong one."""
    fields = [column.field for column in COLUMNS]
    made: list[Person] = []
    for texts in block:
        person = Person(0, "")
        for field, text in zip(fields, texts, strict=False):
            # Members are tied once all are there; an empty kind means a person.
            if field not in ("rows", "members") and (text.strip() or field == "name"):
                person = with_field(person, field, text, (*workspace.snapshot.people, *_numbered(made)))
        made.append(person)
    with workspace.edit(f"Вставка: {_people(len(made))}") as edit:
        for person in made:
            add_person(edit, person)
    return len(made)


def _numbered(people: Sequence[Person]) -> list[Person]:
    return [replace(person, id=-number) for number, person in enumerate(people, 1)]


def remove(workspace: Workspace, people: Sequence[Person]) -> None:
    """From the directory only: the rows of the roadmaps keep their wording."""
    title = f"Удаление: {people[0].name}" if len(people) == 1 else f"Удаление: {_people(len(people))}"
    with workspace.edit(title) as edit:
        for person in people:
            delete_person(edit, person.id)


def propose_cases(workspace: Workspace, people: Sequence[Person]) -> int:
    """Fills the empty cases of full names; how many people got one.  What was typed stays."""
    changed = []
    for person in people:
        if person.membership is Membership.PERSON and person.full_name:
            empty = {field: case for field, case in _CASES.items() if not getattr(person, field)}
            cases = {field: decline_name(person.full_name, case) for field, case in empty.items()}
            found: dict[str, Any] = {field: text for field, text in cases.items() if text}
            if found:
                changed.append(replace(person, **found))
    if changed:
        with workspace.edit(f"Падежи: {_people(len(changed))}") as edit:
            for person in changed:
                change_person(edit, person)
    return len(changed)


def join(workspace: Workspace, gone: str, kept: str) -> int:
    """One name in place of another in all roadmaps and in the directory; how many rows changed."""
    snapshot = workspace.snapshot
    pairs = [(item, renamed(item, gone, kept)) for contents in snapshot.roadmaps for item in contents.items]
    changed = [after for before, after in pairs if after != before]
    with workspace.edit(f"«{gone}» заменено на «{kept}»") as edit:
        for item in changed:
            change_item(edit, item)
        former = next((person for person in snapshot.people if person.name == gone), None)
        if former is None:
            return len(changed)
        heir = next((p for p in snapshot.people if p.id != former.id and name_key(p.name) == name_key(kept)), None)
        if heir is None:
            change_person(edit, replace(former, name=kept))
            return len(changed)
        for group in snapshot.people:
            if former.id in group.member_ids:
                ids = dict.fromkeys(heir.id if member == former.id else member for member in group.member_ids)
                change_person(edit, replace(group, member_ids=tuple(ids)))
        change_person(edit, _completed(heir, former))
        delete_person(edit, former.id)
    return len(changed)


def _completed(heir: Person, former: Person) -> Person:
    """The heir with what only the other's card told."""
    fields = ("full_name", "position", "organisation", "phone", "email", *_CASES)
    return replace(heir, **{f: getattr(former, f) for f in fields if not getattr(heir, f)})


def _people(count: int) -> str:
    return counted(count, "имя", "имени", "имён")
