"""A Word document read into an outline: text as Word shows it, automatic numbers, merged cells, text boxes."""

import re
from collections.abc import Iterator
from dataclasses import field, replace

from lxml import etree

from cosdesk.dataclass import dataclass
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph, Side, build_grid, lines
from cosdesk.intake.numbering import BULLET, ListLabel, Numbering, W
from cosdesk.intake.package import Package

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink")}
_UNSHOWN = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "sdtEndPr", "txbxContent")
}
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}ptab": " ", f"{W}noBreakHyphen": "-"}
_SIDES: dict[str, Side] = {"right": "right", "end": "right", "center": "center", "left": "left", "start": "left"}
_PAGE_NUMBER = re.compile(r"(стр(аница|\.)?|лист)?\s*\d*\s*(из\s*\d*)?", re.IGNORECASE)
# The small print that this program puts at the foot of its own papers; NBSP or blanks between the digits.
_OWN_MARK = re.compile(r"(.*\.\s)?Отпечаток(\sдокумента)?:(\s[0-9a-f]{4}){4}\s·\s.*", re.DOTALL)


def read_word(package: Package) -> Outline:
    """The body in order, then what stands outside it: footnotes, headers, comments."""
    root = package.tree(package.main)
    body = None if root is None else root.find(f"{W}body")
    numbering = next(iter(package.related_trees("numbering")), None)
    styles = next(iter(package.related_trees("styles")), None)
    reader = _Reader(Numbering(numbering, styles))
    if body is not None:
        reader.read(body)
    for relation, name in (
        ("header", "верхний колонтитул"), ("footer", "нижний колонтитул"), ("footnotes", "сноска"),
        ("endnotes", "концевая сноска"), ("comments", "примечание рецензента"),
    ):  # fmt: skip
        for tree in package.related_trees(relation):
            reader.read_aside(tree, name)
    return Outline(tuple(reader.blocks))


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    gap: bool = False

    def read(self, parent: "etree._Element") -> None:
        for element in _content(parent):
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)

    def read_aside(self, tree: "etree._Element", name: str) -> None:
        texts = (lines(_text(paragraph)) for paragraph in tree.iter(f"{W}p"))
        for text in dict.fromkeys(texts):
            if text and not (_PAGE_NUMBER.fullmatch(text) or _OWN_MARK.fullmatch(text)):
                self.blocks.append(Paragraph(text, name))

    def _paragraph(self, element: "etree._Element") -> None:
        self.paragraphs += 1
        properties = element.find(f"{W}pPr")
        text = lines(_text(element))
        label = self.numbering.label(properties)
        if text:
            number = label.text if label and label.text != BULLET else ""
            place = f"абзац {self.paragraphs}"
            self.blocks.append(Paragraph(text, place, number, _side(properties), self.gap))
        self.gap = not text
        for box in _boxes(element):
            self.read(box)

    def _table(self, element: "etree._Element") -> None:
        self.tables += 1
        name = f"таблица {self.tables}"
        layout = _TableLayout(self.numbering)
        for row in _rows(element):
            layout.add(row)
        grid = build_grid(name, layout.cells)
        if grid:
            self.blocks.append(grid)
        self.gap = False
        for nested in layout.nested:
            self._table(nested)


@dataclass(slots=True)
class _TableLayout:
    """Places of a table's cells, filled row by row."""

    numbering: Numbering
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    nested: "list[etree._Element]" = field(default_factory=list)
    height: int = 0
    open_merges: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, row: "etree._Element") -> None:
        column = _whole(row.find(f"{W}trPr/{W}gridBefore"), 0)
        merges: dict[int, tuple[int, int]] = {}
        for element in _content(row):
            if element.tag != f"{W}tc":
                continue
            properties = element.find(f"{W}tcPr")
            span = max(1, _whole(None if properties is None else properties.find(f"{W}gridSpan"), 1))
            cell = replace(self._cell(element), columns=span)
            merge = _merge(properties, "vMerge")
            origin = self.open_merges.get(column) if merge == "continue" else None
            if origin:
                self._continue(origin, cell)
                merges[column] = origin
            elif _merge(properties, "hMerge") == "continue" and (self.height, column - 1) in self.cells:
                self._widen((self.height, column - 1), cell)
            else:
                self.cells[self.height, column] = cell
                if merge:
                    merges[column] = (self.height, column)
            column += span
        self.open_merges = merges
        self.height += 1

    def _continue(self, origin: tuple[int, int], cell: Cell) -> None:
        above = self.cells[origin]
        # Word hides what stands in the continuation of a merged cell; it is kept all the same.
        text = "\n".join(part for part in (above.text, cell.text) if part)
        self.cells[origin] = replace(above, rows=self.height - origin[0] + 1, text=text)

    def _widen(self, place: tuple[int, int], cell: Cell) -> None:
        left = self.cells[place]
        text = "\n".join(part for part in (left.text, cell.text) if part)
        self.cells[place] = replace(left, columns=left.columns + cell.columns, text=text)

    def _cell(self, element: "etree._Element") -> Cell:
        found = list(self._cell_lines(element))
        labelled = [index for index, (_, label) in enumerate(found) if label]
        number = None
        # One numbered paragraph at the top is the row's number; more of them are a list inside the cell.
        if labelled == [0] and (label := found[0][1]) and label.text != BULLET:
            number = label
        texts = [text if not label or label is number else f"{label.text} {text}" for text, label in found]
        text = lines("\n".join(texts))
        return Cell(text, number.text if number else "", number.level if number else 0)

    def _cell_lines(self, element: "etree._Element") -> Iterator[tuple[str, ListLabel | None]]:
        for content in _content(element):
            if content.tag == f"{W}p":
                text = lines(_text(content))
                label = self.numbering.label(content.find(f"{W}pPr"))
                if text or (label and label.text != BULLET):
                    yield text, label
                for box in _boxes(content):
                    yield from self._cell_lines(box)
            elif content.tag == f"{W}tbl":
                yield from self._nested_lines(content)

    def _nested_lines(self, table: "etree._Element") -> Iterator[tuple[str, ListLabel | None]]:
        """A real table inside a cell becomes a grid of its own; a small one is read as lines of the cell."""
        rows = [[cell for cell in _content(row) if cell.tag == f"{W}tc"] for row in _rows(table)]
        if len(rows) > 1 and max(map(len, rows)) > 2:
            self.nested.append(table)
            return
        for row in rows:
            for cell in row:
                yield from self._cell_lines(cell)


def _content(parent: "etree._Element") -> "Iterator[etree._Element]":
    """Children, seen through whatever only wraps them."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _content(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from _content(_choice(child))
        else:
            yield child


def _choice(alternatives: "etree._Element") -> "etree._Element":
    """The variant for new programs; the fallback repeats it for old ones."""
    found = alternatives.find(f"{_MC}Choice")
    return alternatives if found is None else found


def _rows(table: "etree._Element") -> "Iterator[etree._Element]":
    for row in _content(table):
        if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None:
            yield row


def _text(element: "etree._Element") -> str:
    """What is shown of a paragraph or run; deleted text, field codes and text boxes are not part of it."""
    parts = []
    for child in element:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag == f"{_MC}AlternateContent":
            parts.append(_text(_choice(child)))
        elif isinstance(child.tag, str) and child.tag not in _UNSHOWN:
            parts.append(_text(child))
    return "".join(parts)


def _boxes(paragraph: "etree._Element") -> "Iterator[etree._Element]":
    """Text boxes anchored in a paragraph; the copy for old programs is left out."""
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = list(box.iterancestors())
        between = ancestors[: ancestors.index(paragraph)]
        if not any(a.tag in (f"{_MC}Fallback", f"{W}txbxContent", f"{W}del") for a in between):
            yield box


def _side(properties: "etree._Element | None") -> Side:
    found = None if properties is None else properties.find(f"{W}jc")
    return "" if found is None else _SIDES.get(found.get(f"{W}val", ""), "")


def _merge(properties: "etree._Element | None", name: str) -> str:
    found = None if properties is None else properties.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "continue")


def _whole(element: "etree._Element | None", default: int) -> int:
    text = "" if element is None else element.get(f"{W}val", "")
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) else default
