"""Numbers of rows: proposed for a new row, kept as typed otherwise, made anew on request."""

import re
from collections.abc import Iterable

from cosdesk.domain.roadmap import Item, RoadmapContents

_LAST = re.compile(r"((?:.*\D)?)(\d+)(\D*)", re.DOTALL)


def propose_number(
    contents: RoadmapContents,
    numbering: str,
    parent_id: int | None = None,
    section_id: int | None = None,
    index: int | None = None,
    moved: Iterable[int] = (),
) -> str:
    """The number of a row to stand at ``index`` (None: the end) among its neighbours.

    The next free one after the neighbour above, in its manner («1.2», «4.»); a first row
    takes its manner from the parent, the section and the form's ``numbering`` (``levels``,
    ``sections`` or ``flat``).  Empty where the neighbours bear no numbers.  ``moved`` are
    rows about to leave their place.
    """
    gone = set(moved)
    neighbours = _neighbours(contents, numbering, parent_id, section_id, gone)
    if not neighbours:
        return _first_number(contents, numbering, parent_id, section_id)
    place = len(neighbours) if index is None else index
    model = next((item for item in reversed(neighbours[:place]) if _parts(item.number)), None)
    model = model or next((item for item in neighbours[place:] if _parts(item.number)), None)
    found = _parts(model.number) if model else None
    if found is None:
        return ""
    prefix, number, suffix = found
    taken = {bare(item.number) for item in neighbours}
    while bare(f"{prefix}{number}{suffix}") in taken:
        number += 1
    return f"{prefix}{number}{suffix}"


def number_after_move(old: str, proposed: str, taken: Iterable[str]) -> str:
    """What a moved row is called: its old number where it suits the neighbours and is free, else the proposed one."""
    before, after = _parts(old), _parts(proposed)
    if not before or not after:
        return old
    return old if before[0] == after[0] and bare(old) not in {bare(number) for number in taken} else proposed


def follow(number: str, old: str, new: str) -> str:
    """A descendant's number when its ancestor is renamed: «1.2.3» of «1.2» → «2.5.3» of «2.5»; others stay."""
    stem = bare(old) + "."
    if not bare(old) or not bare(new) or not number.startswith(stem):
        return number
    return f"{bare(new)}.{number[len(stem):]}"


def renumber(contents: RoadmapContents, numbering: str) -> dict[int, str]:
    """Every row's number made anew in printed order, by id; a level keeps its own final dot."""
    suffixes: dict[int, str] = {}
    levels = contents.levels()
    for item in contents.items:
        if item.number:
            suffixes.setdefault(levels[item.id], "." if item.number.endswith(".") else "")
    counters: dict[tuple[int | None, int | None], int] = {}
    numbers: dict[int, str] = {}
    sections = {section.id: section.number for section in contents.sections}
    for item in contents.items:
        group = None if numbering == "flat" else item.section_id
        key = (item.parent_id, group if item.parent_id is None else None)
        counters[key] = counters.get(key, 0) + 1
        prefix = ""
        if item.parent_id is not None:
            prefix = bare(numbers[item.parent_id]) + "."
        elif numbering == "sections" and (own := _last_number(sections.get(item.section_id or 0, ""))):
            prefix = f"{own}."
        numbers[item.id] = f"{prefix}{counters[key]}{suffixes.get(levels[item.id], '')}"
    return numbers


def bare(number: str) -> str:
    """«2.3» of «2.3.»."""
    return number.strip().rstrip(". ")


def _neighbours(
    contents: RoadmapContents, numbering: str, parent_id: int | None, section_id: int | None, gone: set[int]
) -> list[Item]:
    # A flat numbering runs through all sections.
    anywhere = numbering == "flat" and parent_id is None
    return [
        item
        for item in contents.items
        if item.id not in gone
        and item.parent_id == parent_id
        and (parent_id is not None or anywhere or item.section_id == section_id)
    ]


def _first_number(contents: RoadmapContents, numbering: str, parent_id: int | None, section_id: int | None) -> str:
    if parent_id is not None:
        parent = next((item for item in contents.items if item.id == parent_id), None)
        if parent is None or not parent.number:
            return ""
        return f"{bare(parent.number)}.1" + ("." if parent.number.endswith(".") else "")
    section = next((section for section in contents.sections if section.id == section_id), None)
    if numbering == "sections" and section and (own := _last_number(section.number)):
        return f"{own}.1"
    return "1"


def _parts(number: str) -> tuple[str, int, str] | None:
    """«1.», 2, «.» of «1.2.»; None without a number."""
    found = _LAST.fullmatch(number.strip())
    return (found[1], int(found[2]), found[3]) if found else None


def _last_number(text: str) -> str:
    found = re.findall(r"\d+", text)
    return found[-1] if found else ""
