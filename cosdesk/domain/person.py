"""People and groups of the directory («руководители ОО» unfolds into the schools' heads)."""

from enum import StrEnum

from cosdesk.dataclass import dataclass


class Membership(StrEnum):
    """Who stands behind a name: one person, a list of people, or the heads of all schools."""

    PERSON = "person"
    LIST = "list"
    SCHOOL_HEADS = "school_heads"


@dataclass(frozen=True, slots=True)
class Person:
    """A person or a group as it is named in roadmaps.

    ``name`` is as in lists («Иванов И.И.») or the group's name; ``full_name`` is surname, name
    and patronymic; ``member_ids`` are the people of a LIST.  The cases are those of
    ``full_name``, empty where nobody confirmed them.
    """

    id: int
    name: str
    membership: Membership = Membership.PERSON
    full_name: str = ""
    position: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    genitive: str = ""
    dative: str = ""
    accusative: str = ""
    instrumental: str = ""
    member_ids: tuple[int, ...] = ()
