"""The roadmap page's edits: each a named change of rows, one transaction, one step of undo."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import Item, ItemKind, Part, RoadmapContents, Section
from cosdesk.domain.row_numbers import bare, follow, number_after_move, propose_number, renumber
from cosdesk.domain.shift import shift_item
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import RoadmapForm, roadmap_form
from cosdesk.store import roadmaps
from cosdesk.store.edit import Edit
from cosdesk.ui.roadmap_columns import FIELD_TITLES, cell_text, with_cell
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_MANY = 10  # rows that are not deleted without a backup


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where rows go: under a parent or a section, before a row or (None) at the end."""

    parent_id: int | None = None
    section_id: int | None = None
    before_id: int | None = None


def reference(item: Item) -> str:
    """How an edit names a row: «строки 1.2», «строки «Письмо школам…»»."""
    return f"строки {bare(item.number)}" if bare(item.number) else f"строки «{shorten(item.title, 30)}»"


def rows_phrase(count: int) -> str:
    return counted(count, "строка", "строки", "строк")


def open_contents(workspace: Workspace) -> RoadmapContents:
    """The roadmap at hand; ``UserError`` when the district has none."""
    contents = workspace.contents
    if contents is None:
        raise UserError("В районе нет дорожной карты. Создайте её или откройте из документа.")
    return contents


def change_row(workspace: Workspace, item: Item, title: str) -> None:
    """A row with new fields; ``title`` names the edit: «Вид строки 1.2»."""
    with workspace.edit(title) as edit:
        roadmaps.change_item(edit, item)


def change_cell(workspace: Workspace, item: Item, field: str, text: str) -> bool:
    """One cell typed over; False when nothing changed."""
    changed = with_cell(item, field, text)
    if changed == item:
        return False
    name = FIELD_TITLES[field]
    with workspace.edit(f"{name[:1].upper()}{name[1:]} {reference(item)}") as edit:
        roadmaps.change_item(edit, changed)
        if field == "number":
            _rename_branch(edit, open_contents(workspace), item, changed.number)
    return True


def change_cells(workspace: Workspace, changed: Sequence[Item], title: str) -> None:
    """Several rows in one edit."""
    with workspace.edit(title) as edit:
        for item in changed:
            roadmaps.change_item(edit, item)


def add_row(workspace: Workspace, place: RowPlace) -> int:
    """An empty row with a proposed number at that place; its id."""
    contents = open_contents(workspace)
    form = roadmap_form(contents.roadmap.form)
    siblings = siblings_at(contents, place)
    index = _index(siblings, place.before_id)
    number = propose_number(contents, form.numbering, place.parent_id, place.section_id, index)
    item = Item(
        0,
        _kind_for(contents, form, place, siblings),
        "",
        number=number,
        parent_id=place.parent_id,
        section_id=place.section_id,
    )
    with workspace.edit(f"Новая строка {bare(number)}".strip()) as edit:
        return roadmaps.add_item(edit, contents.roadmap.id, item, index)


def place_after(contents: RoadmapContents, item: Item) -> RowPlace:
    """Right after a row, among its neighbours."""
    siblings = siblings_at(contents, RowPlace(item.parent_id, item.section_id))
    following = siblings[[s.id for s in siblings].index(item.id) + 1 :]
    return RowPlace(item.parent_id, item.section_id, following[0].id if following else None)


def delete_rows(workspace: Workspace, ids: Iterable[int]) -> str:
    """The rows with their branches; a sentence that says what went and how to bring it back."""
    contents = open_contents(workspace)
    roots = branch_roots(contents, ids)
    gone = branch(contents, (item.id for item in roots))
    if not roots:
        return ""
    records = sum(execution.item_id in gone for execution in workspace.snapshot.executions)
    name = reference(roots[0]) if len(roots) == 1 else rows_phrase(len(roots))
    if len(gone) >= _MANY:
        workspace.losing.emit("перед удалением")
    with workspace.edit(f"Удаление {name}") as edit:
        for item in roots:
            roadmaps.delete_item(edit, item.id)
    told = f"Удалено: {rows_phrase(len(gone))}"
    if records:
        told += f", {counted(records, 'запись', 'записи', 'записей')} об исполнении"
    return f"{told}. Вернуть – Ctrl+Z"


def delete_section(workspace: Workspace, section: Section) -> str:
    """The section with its rows; a sentence that says so."""
    contents = open_contents(workspace)
    count = sum(item.section_id == section.id for item in contents.items)
    if count >= _MANY:
        workspace.losing.emit("перед удалением")
    with workspace.edit(f"Удаление раздела «{shorten(section.title, 30)}»") as edit:
        roadmaps.delete_section(edit, section.id)
    return f"Удалено: раздел, {rows_phrase(count)}. Вернуть – Ctrl+Z"


def change_section(workspace: Workspace, section: Section, title: str) -> bool:
    """A section's name typed over."""
    title = title.strip()
    if title == section.title:
        return False
    with workspace.edit(f"Название раздела «{shorten(section.title, 30)}»") as edit:
        roadmaps.change_section(edit, replace(section, title=title))
    return True


def move_rows(workspace: Workspace, ids: Iterable[int], place: RowPlace, title: str = "") -> None:
    """Rows with their branches to a place, in their order; numbers of another level are proposed anew.

    ``UserError`` when the place lies inside one of the branches.
    """
    contents = open_contents(workspace)
    form = roadmap_form(contents.roadmap.form)
    roots = branch_roots(contents, ids)
    moved = {item.id for item in roots}
    if place.parent_id in branch(contents, moved):
        raise UserError("Строку нельзя перенести внутрь неё самой. Выберите другое место.")
    siblings = siblings_at(contents, place)
    before = _index(siblings, place.before_id)
    # The rows that move are no landmarks: the first that stays is.
    anchor = next((item.id for item in siblings[before:] if item.id not in moved), None)
    order = [item.id for item in siblings if item.id not in moved]
    if _stands_there(contents, roots, place, order, anchor):
        return
    name = title or f"Перенос {reference(roots[0]) if len(roots) == 1 else rows_phrase(len(roots))}"
    with workspace.edit(name) as edit:
        for item in roots:
            index = order.index(anchor) if anchor is not None else len(order)
            roadmaps.move_item(edit, item.id, place.parent_id, place.section_id, index)
            order.insert(index, item.id)
            if (item.parent_id, item.section_id) != (place.parent_id, place.section_id):
                contents = _renamed_after_move(edit, contents, form, item, place)


def _stands_there(
    contents: RoadmapContents, roots: Sequence[Item], place: RowPlace, order: list[int], anchor: int | None
) -> bool:
    if any((item.parent_id, item.section_id) != (place.parent_id, place.section_id) for item in roots):
        return False
    index = order.index(anchor) if anchor is not None else len(order)
    wanted = [*order[:index], *(item.id for item in roots), *order[index:]]
    return wanted == [item.id for item in siblings_at(contents, place)]


def _renamed_after_move(
    edit: Edit, contents: RoadmapContents, form: RoadmapForm, item: Item, place: RowPlace
) -> RoadmapContents:
    """The moved row under its new number, its branch following; the contents as they are then."""
    taken = [s.number for s in siblings_at(contents, place) if s.id != item.id]
    proposed = propose_number(contents, form.numbering, place.parent_id, place.section_id, moved=[item.id])
    number = number_after_move(item.number, proposed, taken)
    renamed = replace(item, number=number, parent_id=place.parent_id, section_id=place.section_id)
    changed = {item.id: renamed}
    inside = branch(contents, [item.id]) - {item.id}
    for child in contents.items:
        if child.id in inside:
            changed[child.id] = replace(
                child, number=follow(child.number, item.number, number), section_id=place.section_id
            )
    for row in changed.values():
        roadmaps.change_item(edit, row)
    return replace(contents, items=tuple(changed.get(i.id, i) for i in contents.items))


def shift_rows(workspace: Workspace, ids: Sequence[int], step: int) -> None:
    """The rows one place up (-1) or down (+1) among their neighbours; nothing at the edge."""
    contents = open_contents(workspace)
    roots = branch_roots(contents, ids)
    if not roots or len({(item.parent_id, item.section_id) for item in roots}) > 1:
        return
    first = roots[0]
    siblings = siblings_at(contents, RowPlace(first.parent_id, first.section_id))
    places = [[s.id for s in siblings].index(item.id) for item in roots]
    target = min(places) - 1 if step < 0 else max(places) + 2
    if target < 0 or target > len(siblings):
        return
    before = siblings[target].id if target < len(siblings) else None
    move_rows(workspace, ids, RowPlace(first.parent_id, first.section_id, before))


def indent_rows(workspace: Workspace, ids: Sequence[int]) -> int | None:
    """The rows under the neighbour above them; that neighbour's id, None when there is none."""
    contents = open_contents(workspace)
    roots = branch_roots(contents, ids)
    if not roots:
        return None
    first = roots[0]
    siblings = [s.id for s in siblings_at(contents, RowPlace(first.parent_id, first.section_id))]
    place = siblings.index(first.id)
    if place == 0:
        return None
    above = siblings[place - 1]
    move_rows(workspace, ids, RowPlace(above, first.section_id), f"Сделать вложенной: {_names(roots)}")
    return above


def outdent_rows(workspace: Workspace, ids: Sequence[int]) -> None:
    """The rows beside their parent, right after it."""
    contents = open_contents(workspace)
    roots = [item for item in branch_roots(contents, ids) if item.parent_id is not None]
    if not roots:
        return
    parent = next(item for item in contents.items if item.id == roots[0].parent_id)
    move_rows(
        workspace,
        [item.id for item in roots],
        place_after(contents, parent),
        f"Вынести на уровень выше: {_names(roots)}",
    )


def renumber_rows(workspace: Workspace) -> int:
    """All numbers made anew by the form's numbering; how many changed."""
    contents = open_contents(workspace)
    numbers = renumber(contents, roadmap_form(contents.roadmap.form).numbering)
    changed = [replace(i, number=numbers[i.id]) for i in contents.items if i.number != numbers[i.id]]
    if changed:
        change_cells(workspace, changed, "Перенумеровать строки")
    return len(changed)


def fill_down(workspace: Workspace, items: Sequence[Item], field: str) -> None:
    """The first row's cell into the same cell of the others."""
    text = cell_text(items[0], field)
    changed = [row for item in items[1:] if (row := with_cell(item, field, text)) != item]
    if changed:
        change_cells(workspace, changed, f"Заполнить вниз: {FIELD_TITLES[field]}")


def assign(workspace: Workspace, items: Sequence[Item], name: str) -> None:
    """One responsible for all the rows."""
    changed = [replace(item, responsible=(name,)) for item in items if item.responsible != (name,)]
    if changed:
        change_cells(workspace, changed, f"Исполнитель, {rows_phrase(len(changed))}")


FLAG_TITLES = {
    ("at_risk", True): "Риск срыва", ("at_risk", False): "Снятие риска срыва",
    ("cancelled", True): "Отмена", ("cancelled", False): "Возврат в работу",
}  # fmt: skip


def set_flag(workspace: Workspace, items: Sequence[Item], field: str, value: bool) -> int:
    """``at_risk`` or ``cancelled`` of all the rows; how many of them changed."""
    made: Callable[..., Item] = replace
    changed = [made(item, **{field: value}) for item in items if getattr(item, field) is not value]
    if changed:
        name = reference(changed[0]) if len(changed) == 1 else f"– {rows_phrase(len(changed))}"
        change_cells(workspace, changed, f"{FLAG_TITLES[field, value]} {name}")
    return len(changed)


def shift_terms(workspace: Workspace, items: Sequence[Item], years: int) -> int:
    """The terms of the rows moved by whole years; how many rows changed."""
    changed = [row for item in items if (row := shift_item(item, years)) != item]
    if changed:
        change_cells(workspace, changed, f"Сдвиг сроков на год, {rows_phrase(len(changed))}")
    return len(changed)


def branch_roots(contents: RoadmapContents, ids: Iterable[int]) -> list[Item]:
    """The rows of ``ids`` in printed order, without those whose ancestor is among them."""
    chosen = set(ids)
    below = branch(contents, chosen)
    return [item for item in contents.items if item.id in chosen and item.parent_id not in below]


def branch(contents: RoadmapContents, ids: Iterable[int]) -> set[int]:
    """The rows and everything under them."""
    found = set(ids)
    for item in contents.items:
        # A parent stands before its children, so one pass is enough.
        if item.parent_id in found:
            found.add(item.id)
    return found


def siblings_at(contents: RoadmapContents, place: RowPlace) -> list[Item]:
    """The rows under that parent, or the top rows of that section, in order."""
    return [
        item
        for item in contents.items
        if item.parent_id == place.parent_id
        and (place.parent_id is not None or item.section_id == place.section_id)
    ]


def _index(siblings: Sequence[Item], before_id: int | None) -> int:
    return next((index for index, item in enumerate(siblings) if item.id == before_id), len(siblings))


def _names(roots: Sequence[Item]) -> str:
    return reference(roots[0]).replace("строки ", "строка ", 1) if len(roots) == 1 else rows_phrase(len(roots))


def _kind_for(contents: RoadmapContents, form: RoadmapForm, place: RowPlace, siblings: Sequence[Item]) -> ItemKind:
    """The kind of the neighbours, else the form's own for that level."""
    if siblings:
        return siblings[max(_index(siblings, place.before_id) - 1, 0)].kind
    section = next((s for s in contents.sections if s.id == place.section_id), None)
    part = form.part(section.part) if section and section.part is Part.RESULTS else form.plan
    part = part or form.plan
    return part.top_kind if place.parent_id is None else part.default_kind


def _rename_branch(edit: Edit, contents: RoadmapContents, item: Item, number: str) -> None:
    inside = branch(contents, [item.id]) - {item.id}
    for child in contents.items:
        if child.id in inside and (followed := follow(child.number, item.number, number)) != child.number:
            roadmaps.change_item(edit, replace(child, number=followed))
