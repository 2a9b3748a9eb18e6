"""Names as roadmaps write them: who is named in a line, in how many rows, which names look like one person."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from cosdesk.dataclass import dataclass
from cosdesk.domain.organisation import School
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import Item, RoadmapContents

_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁа-яё]\.\s?[А-ЯЁа-яё](?:\.|(?!\w))"
_NAME = re.compile(
    rf"(?P<surname>{_SURNAME})\s+(?P<initials>{_INITIALS})"
    rf"|(?P<initials_before>{_INITIALS})\s?(?P<surname_after>{_SURNAME})"
    rf"|(?P<full>{_SURNAME}\s+[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+(?:вич|ьич|вна|чна|шна|оглы|кызы))\b"
)
_LABEL = re.compile(r"(?:ответственн\w+|исполнител\w+|координатор)\s*[:–-]\s*", re.IGNORECASE)
_PHONE = re.compile(r"(?:тел\.?:?\s*)?(?:\+?\d[\d()\s-]{4,}\d)\s*$", re.IGNORECASE)
# Several people or a body at once: what may stand beside a name without being its position.
_GROUP = re.compile(
    r"(?:(?:муниципальные|классные|школьные|ответственные|районные|главные)\s+)*"
    r"(?:руководители|директора|заместители|заведующие|специалисты|методисты|координаторы|педагоги|учителя|главы"
    r"|начальники|администраторы|работники|члены|школы|организации|учреждения|отделы)\b"
    r"|(?:обще)?образовательные\s+(?:организации|учреждения)|рабочая\s+группа|(?:ОО|ОУ|РМК|ММС|МОУО|РУО)\b",
    re.IGNORECASE,
)
_SCHOOL_HEADS = re.compile(
    r"(?:руководители|директора)\s+(?:всех\s+)?"
    r"(?:ОО|ОУ|школ|(?:обще)?образовательных\s+(?:организаций|учреждений)|ОО\s+района)\.?",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[,;]\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """One that a line names.

    ``name`` is «Иванов И.И.», a group or an office without a name; ``position`` and ``phone``
    are what stood beside a name, ``printed`` is the name letter for letter.
    """

    name: str
    membership: Membership = Membership.PERSON
    position: str = ""
    phone: str = ""
    printed: str = ""

    @property
    def key(self) -> str:
        return name_key(self.name)


@lru_cache(maxsize=50_000)
def mentions(line: str) -> tuple[Mention, ...]:
    """Who stands in a line of a cell: «Иванов И.И., руководители ОО» is two, «Иванова О.В., специалист» one.

    Positions without a name are never parted from each other: «заместитель главы, начальник
    управления» may be one person.
    """
    text = _LABEL.sub("", " ".join(line.split()), count=1)
    phone = ""
    if found_phone := _PHONE.search(text):
        phone, text = found_phone[0].strip(), text[: found_phone.start()].rstrip(" ,;")
    found: list[Mention] = []
    for part in _PARTED.split(text):
        # A full stop closes a sentence, but not initials.
        if part := part.strip() if _NAME.search(part) else part.strip(" .–-"):
            _take(part, found)
    if phone:
        last = next((n for n in reversed(range(len(found))) if found[n].printed), None)
        if last is not None:
            found[last] = replace(found[last], phone=phone)
    return tuple(found)


def _take(part: str, found: list[Mention]) -> None:
    names = list(_NAME.finditer(part))
    if not names:
        _take_nameless(part, found)
        return
    start = 0
    for number, match in enumerate(names):
        before = part[start : match.start()].strip(" ,.–-")
        after = part[match.end() :].strip(" ,–-") if number == len(names) - 1 else ""
        if before and _GROUP.match(before):
            found.append(_group(before))
            before = ""
        found.append(Mention(list_name_of(match[0]), Membership.PERSON, before or after, "", match[0]))
        start = match.end()


def _take_nameless(part: str, found: list[Mention]) -> None:
    if _GROUP.match(part):
        found.append(_group(part))
    elif found and found[-1].printed and not found[-1].position:
        found[-1] = replace(found[-1], position=part)
    elif found and found[-1].membership is Membership.PERSON:
        last = found[-1]
        joined = f"{last.position}, {part}" if last.printed else f"{last.name}, {part}"
        found[-1] = replace(last, position=joined) if last.printed else replace(last, name=joined)
    else:
        found.append(Mention(part))


def _group(text: str) -> Mention:
    heads = _SCHOOL_HEADS.fullmatch(text) is not None
    return Mention(text, Membership.SCHOOL_HEADS if heads else Membership.LIST)


def list_name_of(name: str) -> str:
    """«Иванов И.И.» of «И.И. Иванов», «Иванов И. И.» or a full name; another wording comes back as it is."""
    found = _NAME.fullmatch(name.strip())
    if found is None:
        return " ".join(name.split())
    if found["full"]:
        surname, first, second = found["full"].split()
        return f"{surname} {first[0]}.{second[0]}."
    letters = re.findall(r"[А-ЯЁа-яё]", found["initials"] or found["initials_before"])
    return f"{found['surname'] or found['surname_after']} {letters[0].upper()}.{letters[1].upper()}."


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """What two writings of one name share: case, blanks, «ё» and the order of initials do not count."""
    return re.sub(r"[\s.,]+", "", list_name_of(name)).casefold().replace("ё", "е")


def named_in(item: Item) -> set[str]:
    """The keys of all whom a row names as responsible or controlling."""
    return {mention.key for line in (*item.responsible, *item.controller) for mention in mentions(line)}


def rows_by_name(roadmaps: Iterable[RoadmapContents]) -> dict[str, list[tuple[int, Item]]]:
    """For each name's key the rows that name it, each with its roadmap's id, in printed order."""
    rows: dict[str, list[tuple[int, Item]]] = {}
    for contents in roadmaps:
        for item in contents.items:
            for key in named_in(item):
                rows.setdefault(key, []).append((contents.roadmap.id, item))
    return rows


def people_to_add(roadmaps: Iterable[RoadmapContents], known: Sequence[Person]) -> list[Person]:
    """Everybody named in the rows who is not in the directory yet, once each, in order of appearance."""
    keys = {name_key(person.name) for person in known}
    added: dict[str, Person] = {}
    for contents in roadmaps:
        for item in contents.items:
            for line in (*item.responsible, *item.controller):
                for mention in mentions(line):
                    if mention.key in keys:
                        continue
                    found = added.setdefault(mention.key, Person(0, mention.name, mention.membership))
                    added[mention.key] = replace(
                        found, position=found.position or mention.position, phone=found.phone or mention.phone
                    )
    return list(added.values())


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two names that may be one person's; ``rows`` count where each stands."""

    one: str
    other: str
    rows: tuple[int, int]


def alike(names: Sequence[str], counts: Sequence[int]) -> list[Likeness]:
    """Pairs with the same initials and near-alike surnames, and one name written in two ways."""
    by_initials: dict[str, list[tuple[str, int]]] = {}
    for name, count in zip(names, counts, strict=True):
        initials = list_name_of(name).rpartition(" ")[2]
        if _NAME.fullmatch(name.strip()):
            by_initials.setdefault(initials, []).append((name, count))
    return [
        Likeness(one, other, (one_count, other_count))
        for people in by_initials.values()
        for (one, one_count), (other, other_count) in combinations(people, 2)
        if _may_be_one(one, other)
    ]


def _may_be_one(one: str, other: str) -> bool:
    # Imported late: it brings the whole proof-reader.
    from cosdesk.domain.checks.people import are_alike

    surnames = [list_name_of(name).partition(" ")[0] for name in (one, other)]
    return name_key(one) == name_key(other) or are_alike(*surnames)


def renamed(item: Item, name: str, better: str) -> Item:
    """The row with one name put in place of another, whatever way it was written."""
    key = name_key(name)
    responsible = tuple(_renamed_line(line, key, better) for line in item.responsible)
    controller = tuple(_renamed_line(line, key, better) for line in item.controller)
    return replace(item, responsible=responsible, controller=controller)


def _renamed_line(line: str, key: str, better: str) -> str:
    if not any(mention.key == key for mention in mentions(line)):
        return line
    if name_key(line) == key:
        return better
    return _NAME.sub(lambda found: better if name_key(found[0]) == key else found[0], line)


def unfolded(person: Person, people: Sequence[Person], schools: Sequence[School], on: date) -> tuple[str, ...]:
    """The people behind an entry: itself, a group's members, or the heads of the schools that work on a day."""
    match person.membership:
        case Membership.PERSON:
            return (person.full_name or person.name,)
        case Membership.LIST:
            by_id = {known.id: known for known in people}
            return tuple(_member_names(person, by_id))
        case Membership.SCHOOL_HEADS:
            working = [school for school in schools if school.works_on(on) and school.branch_of is None]
            return tuple(school.head or f"руководитель: {school.label}" for school in working)


def _member_names(group: Person, by_id: dict[int, Person]) -> Iterator[str]:
    for member_id in group.member_ids:
        if member := by_id.get(member_id):
            yield member.full_name or member.name
