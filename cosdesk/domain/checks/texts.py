"""Every text of a roadmap by its place: read for checking, written back mended."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, Part, Roadmap, RoadmapContents, Section, Stamp

Record = Item | Indicator | Section | Stamp | Roadmap
R = TypeVar("R", Item, Indicator, Section, Stamp, Roadmap)

_ITEM_FIELDS = {
    "title": "наименование",
    "term": "срок",
    "start": "начало",
    "end": "окончание",
    "responsible": "исполнитель",
    "controller": "контролирующее лицо",
    "expected": "документ, результат",
    "note": "примечание",
}
_INDICATOR_FIELDS = {"title": "наименование", "territory": "территория"}
_STAMP_FIELDS = {"position": "должность", "name": "фамилия"}
_HEAD_FIELDS = {"title": "заголовок", "goal": "цель"}
ROW_LABELS = {**_ITEM_FIELDS, "number": "номер"}
"""How a row's fields are called in a place."""
TERM_FIELDS = frozenset({"term", "start", "end"})
PEOPLE_FIELDS = frozenset({"responsible", "controller", "name"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one field; ``place`` is for people, ``key`` names its record by texts alone."""

    record: Record
    field: str
    text: str
    place: str
    key: str


def texts_of(contents: RoadmapContents, keys: dict[int, str], places: dict[int, str]) -> Iterator[Text]:
    """The texts in printed order.  ``keys`` and ``places`` are those of the rows, by id.

    An indicator that stands in a row and bears its title is read there.
    """
    roadmap = contents.roadmap
    for field, label in _HEAD_FIELDS.items():
        if text := field_text(roadmap, field):
            yield Text(roadmap, field, text, "заголовок" if field == "title" else label, field)
    for stamp in contents.stamps:
        yield from _texts(stamp, _STAMP_FIELDS, f"гриф «{stamp.heading}»", stamp.heading)
    for section in contents.sections:
        if section.title:
            yield Text(section, "title", section.title, section_place(section), section.title)
    for item in contents.items:
        yield from _texts(item, _ITEM_FIELDS, places[item.id], keys[item.id])
    titles = {item.id: item.title for item in contents.items}
    for ordinal, indicator in enumerate(contents.indicators, 1):
        named = titles.get(indicator.item_id or 0) == indicator.title
        fields = {field: label for field, label in _INDICATOR_FIELDS.items() if not (named and field == "title")}
        yield from _texts(indicator, fields, indicator_place(indicator, ordinal), indicator.title)


def _texts(record: Record, fields: dict[str, str], place: str, key: str) -> Iterator[Text]:
    for field, label in fields.items():
        if text := field_text(record, field):
            yield Text(record, field, text, f"{place}, {label}", key)


def row_place(item: Item, ordinal: int, part: Part) -> str:
    """«строка 1.2», «результат 1.2»; a row without a number by its order in the whole plan and its title."""
    if item.number:
        return f"{'результат' if part is Part.RESULTS else 'строка'} {item.number.rstrip('. ')}"
    return f"{ordinal}-я строка («{shortened(item.title)}»)"


def indicator_place(indicator: Indicator, ordinal: int) -> str:
    number = indicator.number.rstrip(". ")
    return f"показатель {number}" if number else f"{ordinal}-й показатель («{shortened(indicator.title)}»)"


def shortened(title: str, limit: int = 30) -> str:
    """The title in one line, cut with «…» where it is longer than the limit."""
    line = " ".join(title.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def section_place(section: Section) -> str:
    number = section.number.strip()
    if number.rstrip(".").isdigit() or not number:
        return f"раздел {number or f'«{shortened(section.title)}»'}"
    return f"{number[:1].lower()}{number[1:]}"


def field_text(record: Record, field: str) -> str:
    """A field as one text: people one a line, a term's cells by their names."""
    match field:
        case "term" | "start" | "end":
            assert isinstance(record, Item)
            return record.term.wording if field == "term" else str(getattr(record.term, field))
        case "responsible" | "controller":
            return "\n".join(getattr(record, field))
    return str(getattr(record, field))


def with_text(record: R, field: str, text: str) -> R:
    """The record with that text in that field."""
    if isinstance(record, Item):
        if field in TERM_FIELDS:
            name = "wording" if field == "term" else field
            return replace(record, term=replace(record.term, **{name: text}))
        if field in ("responsible", "controller"):
            people = tuple(line for line in (line.strip() for line in text.splitlines()) if line)
            return replace(record, **{field: people})  # type: ignore[arg-type]
    return replace(record, **{field: text})  # type: ignore[arg-type]
