"""Roadmaps: their head, stamps, sections and rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cosdesk.domain.roadmap import Item, Roadmap, RoadmapContents, Section, Stamp, Term, Unplaced
from cosdesk.errors import UserError
from cosdesk.store.database import Database, among
from cosdesk.store.edit import Edit
from cosdesk.store.indicators import add_indicator, read_indicators
from cosdesk.store.ranks import GAP, rank_at_end, rank_between
from cosdesk.store.rows import record_of, row_of


def read_roadmaps(
    database: Database, known: Iterable[RoadmapContents] = (), stale: Collection[int] = ()
) -> tuple[RoadmapContents, ...]:
    """Every roadmap with its parts, rows in printed order.

    Rows that are ``known`` and not ``stale`` (by id) come back as the very same objects: after an edit of one
    row thousands need not be read, only their order.
    """
    stamps = _by_roadmap(database, "stamp", Stamp)
    sections = _by_roadmap(database, "section", Section)
    unplaced = _by_roadmap(database, "unplaced", Unplaced)
    indicators = read_indicators(database)
    items = _items(database, {item.id: item for contents in known for item in contents.items}, stale)
    return tuple(
        RoadmapContents(
            roadmap=record_of(Roadmap, row),
            stamps=tuple(stamps.get(row["id"], ())),
            sections=tuple(sections.get(row["id"], ())),
            items=_in_printed_order(items.get(row["id"], []), [s.id for s in sections.get(row["id"], ())]),
            indicators=tuple(indicators.get(row["id"], ())),
            unplaced=tuple(unplaced.get(row["id"], ())),
        )
        for row in database.query("SELECT * FROM roadmap ORDER BY rank, id")
    )


def _items(database: Database, known: dict[int, Item], stale: Collection[int]) -> dict[int, list[Item]]:
    """The rows of each roadmap by rank."""
    order = database.execute("SELECT id, roadmap_id FROM item ORDER BY rank, id").fetchall()
    unread = {item_id for item_id, _ in order if item_id in stale or item_id not in known} if known else None
    fresh = {row["id"]: _item(row) for row in database.query(f"SELECT * FROM item WHERE {among('id', unread)}")}
    found: dict[int, list[Item]] = {}
    for item_id, roadmap_id in order:
        found.setdefault(roadmap_id, []).append(fresh.get(item_id) or known[item_id])
    return found


def _by_roadmap(database: Database, table: str, record_class: type[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in database.query(f"SELECT * FROM {table} ORDER BY rank, id"):
        found.setdefault(row["roadmap_id"], []).append(record_of(record_class, row))
    return found


def _in_printed_order(items: Iterable[Item], section_ids: list[int]) -> tuple[Item, ...]:
    children: dict[int | None, list[Item]] = {}
    for item in items:
        children.setdefault(item.parent_id, []).append(item)
    place = {section_id: index for index, section_id in enumerate(section_ids)}
    tops = sorted(children.get(None, []), key=lambda item: place.get(item.section_id or 0, -1))
    ordered: list[Item] = []
    waiting = list(reversed(tops))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        waiting.extend(reversed(children.get(item.id, [])))
    return tuple(ordered)


def add_roadmap(edit: Edit, contents: RoadmapContents) -> int:
    """A whole roadmap (a draft with local ids, or a copy); the new id."""
    rank = rank_at_end(edit.database, "roadmap", "1", ())
    roadmap_id = edit.insert("roadmap", {"rank": rank, **row_of(contents.roadmap)})
    for place, stamp in enumerate(contents.stamps, 1):
        edit.insert("stamp", {"roadmap_id": roadmap_id, "rank": place * GAP, **row_of(stamp)})
    section_ids: dict[int | None, int | None] = {None: None}
    for place, section in enumerate(contents.sections, 1):
        values = {"roadmap_id": roadmap_id, "rank": place * GAP, **row_of(section)}
        section_ids[section.id] = edit.insert("section", values)
    item_ids: dict[int | None, int | None] = {None: None}
    for place, item in enumerate(contents.items, 1):
        real = replace(item, parent_id=item_ids[item.parent_id], section_id=section_ids[item.section_id])
        item_ids[item.id] = edit.insert("item", {"roadmap_id": roadmap_id, "rank": place * GAP, **_item_row(real)})
    indicator_ids = {}
    for indicator in contents.indicators:
        own = replace(indicator, item_id=item_ids[indicator.item_id], numerator_of=None)
        indicator_ids[indicator.id] = add_indicator(edit, roadmap_id, own)
    for indicator in contents.indicators:
        if indicator.numerator_of in indicator_ids:
            share_id = indicator_ids[indicator.numerator_of]
            edit.update("indicator", indicator_ids[indicator.id], {"numerator_of": share_id})
    for place, unplaced in enumerate(contents.unplaced, 1):
        edit.insert("unplaced", {"roadmap_id": roadmap_id, "rank": place * GAP, **row_of(unplaced)})
    return roadmap_id


def change_roadmap(edit: Edit, roadmap: Roadmap) -> None:
    edit.update("roadmap", roadmap.id, row_of(roadmap))


def delete_roadmap(edit: Edit, roadmap_id: int) -> None:
    edit.delete("roadmap", roadmap_id)


def add_item(edit: Edit, roadmap_id: int, item: Item, index: int | None = None) -> int:
    """A row among its parent's children (or its section's rows), at ``index`` or the end; the new id."""
    neighbours = _neighbours(edit, roadmap_id, item.parent_id, item.section_id)
    rank = rank_between(edit, "item", neighbours, len(neighbours) if index is None else index)
    return edit.insert("item", {"roadmap_id": roadmap_id, "rank": rank, **_item_row(item)})


def change_item(edit: Edit, item: Item) -> None:
    """All fields of a row but its place."""
    edit.update("item", item.id, _item_row(item, "parent_id", "section_id"))


def move_item(edit: Edit, item_id: int, parent_id: int | None, section_id: int | None, index: int) -> None:
    """The row with its branch under another parent or section, at ``index``; ``UserError`` into its own branch."""
    row = edit.row("item", item_id)
    ancestor = parent_id
    while ancestor is not None:
        if ancestor == item_id:
            raise UserError("Строку нельзя перенести внутрь неё самой. Выберите другое место.")
        ancestor = edit.row("item", ancestor)["parent_id"]
    neighbours = [i for i in _neighbours(edit, row["roadmap_id"], parent_id, section_id) if i != item_id]
    rank = rank_between(edit, "item", neighbours, min(index, len(neighbours)))
    edit.update("item", item_id, {"parent_id": parent_id, "section_id": section_id, "rank": rank})
    _follow_section(edit, item_id, section_id)


def delete_item(edit: Edit, item_id: int) -> None:
    """The row with its branch and all that hangs on it."""
    edit.delete("item", item_id)


def add_section(edit: Edit, roadmap_id: int, section: Section) -> int:
    rank = rank_at_end(edit.database, "section", "roadmap_id = ?", (roadmap_id,))
    return edit.insert("section", {"roadmap_id": roadmap_id, "rank": rank, **row_of(section)})


def change_section(edit: Edit, section: Section) -> None:
    edit.update("section", section.id, row_of(section))


def delete_section(edit: Edit, section_id: int) -> None:
    """The section with its rows."""
    edit.delete("section", section_id)


def order_sections(edit: Edit, section_ids: Iterable[int]) -> None:
    """The sections of a roadmap in that order."""
    _order(edit, "section", section_ids)


def add_stamp(edit: Edit, roadmap_id: int, stamp: Stamp) -> int:
    rank = rank_at_end(edit.database, "stamp", "roadmap_id = ?", (roadmap_id,))
    return edit.insert("stamp", {"roadmap_id": roadmap_id, "rank": rank, **row_of(stamp)})


def change_stamp(edit: Edit, stamp: Stamp) -> None:
    edit.update("stamp", stamp.id, row_of(stamp))


def delete_stamp(edit: Edit, stamp_id: int) -> None:
    edit.delete("stamp", stamp_id)


def _item(row: Mapping[str, Any]) -> Item:
    return record_of(Item, row, term=Term(row["term_wording"], row["term_start"], row["term_end"]))


def order_stamps(edit: Edit, stamp_ids: Iterable[int]) -> None:
    """The stamps of a roadmap in that order."""
    _order(edit, "stamp", stamp_ids)


def _order(edit: Edit, table: str, ids: Iterable[int]) -> None:
    for place, row_id in enumerate(ids, 1):
        edit.update(table, row_id, {"rank": place * GAP})


def _item_row(item: Item, *omitted: str) -> dict[str, Any]:
    row = row_of(item, "term", *omitted)
    return {**row, "term_wording": item.term.wording, "term_start": item.term.start, "term_end": item.term.end}


def _neighbours(edit: Edit, roadmap_id: int, parent_id: int | None, section_id: int | None) -> list[int]:
    if parent_id is None:
        condition, values = "parent_id IS NULL AND section_id IS ?", (roadmap_id, section_id)
    else:
        condition, values = "parent_id = ?", (roadmap_id, parent_id)
    rows = edit.database.conn.execute(
        f"SELECT id FROM item WHERE roadmap_id = ? AND {condition} ORDER BY rank, id", values
    )
    return [row_id for (row_id,) in rows]


def _follow_section(edit: Edit, item_id: int, section_id: int | None) -> None:
    rows = edit.database.conn.execute("SELECT id FROM item WHERE parent_id = ?", (item_id,)).fetchall()
    for (child_id,) in rows:
        edit.update("item", child_id, {"section_id": section_id})
        _follow_section(edit, child_id, section_id)
