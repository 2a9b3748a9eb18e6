"""A roadmap («дорожная карта»): its sections, rows and stamps, as approved on paper."""

from datetime import date
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator


class ItemKind(StrEnum):
    """What a row is."""

    RESULT = "result"
    MILESTONE = "milestone"
    ACTIVITY = "activity"
    INDICATOR = "indicator"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    ItemKind.RESULT: "результат",
    ItemKind.MILESTONE: "контрольная точка",
    ItemKind.ACTIVITY: "мероприятие",
    ItemKind.INDICATOR: "показатель",
}


class Part(StrEnum):
    """The parts a roadmap may be printed in; a row stands in RESULTS or PLAN."""

    INDICATORS = "indicators"
    RESULTS = "results"
    PLAN = "plan"


class StampKind(StrEnum):
    APPROVED = "approved"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Term:
    """The wording of a row's term, exactly as printed.

    A form with two columns fills ``start`` and ``end``; a form with one fills
    ``wording``.  What it means is computed by ``domain.schedule``.
    """

    wording: str = ""
    start: str = ""
    end: str = ""

    @property
    def text(self) -> str:
        """The wording in one piece, for a form with one column."""
        if self.wording:
            return self.wording
        if self.start.strip(" -–—") and self.end:
            return self.start if self.start == self.end else f"{self.start} – {self.end}"
        return self.end or self.start

    def __bool__(self) -> bool:
        return bool(self.wording or self.start or self.end)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A гриф: УТВЕРЖДАЮ, УТВЕРЖДЕН, СОГЛАСОВАНО.

    ``side`` is «left» or «right» of the first sheet, or «sheet» for a line of the лист согласования at the end.
    ``heading`` is the word as printed; ``act`` is «постановлением … от … № …» when the
    approval was by an act; ``on`` is None where the date is left to be filled by hand.
    """

    id: int
    kind: StampKind
    heading: str
    position: str = ""
    name: str = ""
    on: date | None = None
    act: str = ""
    side: str = "right"


@dataclass(frozen=True, slots=True)
class Section:
    """A направление or a part of the roadmap; ``number`` and ``title`` as printed."""

    id: int
    number: str
    title: str
    part: Part = Part.PLAN


@dataclass(frozen=True, slots=True)
class Item:
    """One row.  ``number`` is as printed; order is the order in ``RoadmapContents.items``.

    ``responsible`` and ``controller`` hold the lines of their cells, one person or group
    or more a line, never guessed apart.  ``expected`` is the column «Вид документа и
    характеристика результата» by whatever name the form gives it.  ``reading`` is the user's own reading of the
    term where the assumed one is wrong, empty otherwise.  ``source_text`` is the
    imported row's cells joined by « | », empty for a row typed here.
    """

    id: int
    kind: ItemKind
    title: str
    number: str = ""
    parent_id: int | None = None
    section_id: int | None = None
    term: Term = Term()
    responsible: tuple[str, ...] = ()
    controller: tuple[str, ...] = ()
    expected: str = ""
    note: str = ""
    cancelled: bool = False
    at_risk: bool = False
    reading: str = ""
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A piece of an imported document that found no field: where it stood and what it said."""

    id: int
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The head of a roadmap.  ``form`` is the id of a file in ``forms/roadmaps``."""

    id: int
    title: str
    form: str
    goal: str = ""
    first_year: int | None = None
    last_year: int | None = None
    project: str = ""
    source_name: str = ""

    @property
    def years(self) -> tuple[int, int] | None:
        if self.first_year is None or self.last_year is None:
            return None
        return self.first_year, self.last_year


@dataclass(frozen=True, slots=True)
class RoadmapContents:
    """A roadmap with all its parts.

    Rows come in printed order, a parent before its children.  In a draft made by
    ``intake`` the ids are local (1, 2, …) and only tie the parts together; the store
    gives real ones.
    """

    roadmap: Roadmap
    stamps: tuple[Stamp, ...] = ()
    sections: tuple[Section, ...] = ()
    items: tuple[Item, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()

    def children(self, parent_id: int | None) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.parent_id == parent_id)

    def levels(self) -> dict[int, int]:
        """Depth of each row by id, 0 for a row without a parent."""
        depth: dict[int, int] = {}
        for item in self.items:
            depth[item.id] = depth.get(item.parent_id, -1) + 1 if item.parent_id is not None else 0
        return depth
