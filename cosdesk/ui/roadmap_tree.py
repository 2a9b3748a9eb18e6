"""The lines of the roadmap's tree: sections, rows, branches; what a filter leaves of them, what their cells say."""

from collections.abc import Collection
from typing import NamedTuple

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.roadmap import Item, RoadmapContents, Section
from cosdesk.domain.state import ItemState
from cosdesk.ui.delegates import CellLook
from cosdesk.ui.roadmap_columns import DOCUMENTS, STATUS, cell_text
from cosdesk.ui.row_filter import RowFilter, lacks_evidence, row_text
from cosdesk.ui.text_search import folded
from cosdesk.ui.theme import STATUS_TONES, Tone

TERM_FIELDS = frozenset({"term", "start", "end"})


class Node:
    """A line of the tree: a section, or a row with its state.

    ``context`` tells a row that is shown only because something under it is.
    """

    __slots__ = ("children", "context", "item", "key", "looks", "parent", "place", "searched", "section", "state")

    def __init__(self, key: int, section: Section | None, item: Item | None, state: ItemState | None) -> None:
        self.key = key
        self.section = section
        self.item = item
        self.state = state
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.place = 0
        self.context = False
        self.looks: dict[int, CellLook] = {}
        self.searched = ""

    def text_to_search(self) -> str:
        """The row's own words and the titles it stands under, folded; its own are kept."""
        if not self.searched and self.item:
            self.searched = folded(row_text(self.item, self.state))
        words, above = [self.searched], self.parent
        while above is not None:
            heading = above.item or above.section
            words.append(folded(heading.title) if heading else "")
            above = above.parent
        return " ".join(words)

    def same_as(self, other: "Node") -> bool:
        """Whether both look alike."""
        return (
            self.state is other.state
            and self.context == other.context
            and self.section == other.section
            and (self.item is other.item or self.item == other.item)
        )


class Tree(NamedTuple):
    """``nodes`` are the lines shown, by key, in printed order, each parent before its children; ``rows`` all by id."""

    root: Node
    nodes: dict[int, Node]
    rows: dict[int, Node]


def item_key(item_id: int) -> int:
    return item_id * 2


def section_key(section_id: int) -> int:
    return section_id * 2 + 1


def make_tree(
    contents: RoadmapContents,
    states: dict[int, ItemState],
    row_filter: RowFilter,
    always: Collection[int],
    known: dict[int, Node],
) -> Tree:
    """The lines that the filter leaves; ``known`` are all rows of the former tree by id, whose texts are kept."""
    root = Node(0, None, None, None)
    nodes: dict[int, Node] = {}
    bands: dict[int | None, Node] = {None: root}
    rows: dict[int | None, list[Node]] = {}
    for section in contents.sections:
        bands[section.id] = Node(section_key(section.id), section, None, None)
    every: dict[int, Node] = {}
    for item in contents.items:
        node = every[item.id] = Node(item_key(item.id), None, item, states.get(item.id))
        former = known.get(item.id)
        if former and former.item is item and former.state is node.state:
            node.searched = former.searched
        node.parent = every.get(item.parent_id) if item.parent_id is not None else bands.get(item.section_id, root)
        rows.setdefault(node.parent.key if node.parent else 0, []).append(node)
    kept = _kept(every, row_filter, always) if row_filter else None

    def hang(parent: Node) -> None:
        for node in rows.get(parent.key, ()):
            if kept is None or node.key in kept:
                _append(parent, node, nodes)
                node.context = bool(kept and not kept[node.key])
                hang(node)

    hang(root)
    for section in contents.sections:
        band = bands[section.id]
        if kept is None or any(node.key in kept for node in rows.get(band.key, ())):
            _append(root, band, nodes)
            hang(band)
    return Tree(root, nodes, every)


def _append(parent: Node, node: Node, nodes: dict[int, Node]) -> None:
    node.parent, node.place = parent, len(parent.children)
    parent.children.append(node)
    nodes[node.key] = node


def _kept(every: dict[int, Node], row_filter: RowFilter, always: Collection[int]) -> dict[int, bool]:
    """Keys of the rows that are shown: True where the row itself passes, False where something under it does."""
    kept: dict[int, bool] = {}
    for node in every.values():
        assert node.item is not None
        if node.item.id not in always and not row_filter.accepts(node.item, node.state, node.text_to_search):
            continue
        kept[node.key] = True
        above = node.parent
        while above is not None and above.item is not None and above.key not in kept:
            kept[above.key] = False
            above = above.parent
    return kept


def shape_of(nodes: dict[int, Node]) -> list[tuple[int, int]]:
    return [(key, node.parent.key if node.parent else 0) for key, node in nodes.items()]


def shown_text(node: Node, field: str) -> str:
    assert node.item is not None
    if field == STATUS:
        return node.state.status.label if node.state else ""
    if field == DOCUMENTS:
        return _documents_text(node)
    return cell_text(node.item, field)


def _documents_text(node: Node) -> str:
    if node.state is None:
        return ""
    papers = node.state.evidence
    if not papers:
        return "отсутствует" if lacks_evidence(node.state) else ""
    first = short_label(papers[0], dated=False)
    return f"{first}, ещё\u00a0{len(papers) - 1}" if len(papers) > 1 else first


def short_label(paper: Evidence, dated: bool = True) -> str:
    """«приказ № 16 от 13.01.2020», or without the day for a narrow cell."""
    parts = [paper.kind]
    if paper.number:
        parts.append(f"№\u00a0{paper.number}")
    if paper.on and (dated or not paper.number):
        parts.append(f"от\u00a0{paper.on:%d.%m.%Y}")
    return " ".join(part for part in parts if part) or paper.label


def tone_of(node: Node, field: str) -> Tone | None:
    if node.state is None:
        return None
    if field == STATUS:
        return STATUS_TONES[node.state.status]
    if field == DOCUMENTS and not node.state.evidence and lacks_evidence(node.state):
        return Tone.AMBER
    return None


def tooltip_of(node: Node, field: str) -> str | None:
    if node.state is None:
        return None
    if field == DOCUMENTS and node.state.evidence:
        return "\n".join(paper.label for paper in node.state.evidence)
    if field in TERM_FIELDS and (problem := problem_of(node)):
        return f"Срок не понят: {problem}. Он сохранён, как написан."
    return None


def problem_of(node: Node) -> str:
    """Why the row's term is not understood or cannot be, in Russian; empty where nothing is wrong."""
    schedule = node.state.schedule if node.state else None
    if schedule is None:
        return ""
    return schedule.problem or ("" if schedule.understood else f"«{schedule.wording}»")
