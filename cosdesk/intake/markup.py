"""What Word, Excel or a browser put on the clipboard as HTML, read into an outline."""

from dataclasses import field

from lxml import etree, html

from cosdesk.dataclass import dataclass
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph, build_grid, lines

_BREAKING = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_UNSHOWN = {"script", "style", "head", "title", "meta", "link"}


def outline_of_html(text: str) -> Outline:
    """Tables as grids, the text between them as paragraphs; nothing is fetched."""
    reader = _Reader()
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        return Outline(())
    reader.walk(root)
    reader.flush()
    return Outline(tuple(reader.blocks))


@dataclass(slots=True)
class _Reader:
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def flush(self) -> None:
        for line in lines("".join(self.pending)).splitlines():
            self.paragraphs += 1
            self.blocks.append(Paragraph(line, f"абзац {self.paragraphs}"))
        self.pending = []

    def walk(self, element: "etree._Element") -> None:
        for child in element:
            if child.tag == "table":
                self.flush()
                self.table(child)
            elif isinstance(child.tag, str) and child.tag not in _UNSHOWN:
                self.pending.append(_flat(child.text))
                self.walk(child)
                self.pending.append("\n" if child.tag in _BREAKING else "")
            self.pending.append(_flat(child.tail))

    def table(self, table: "etree._Element") -> None:
        self.tables += 1
        cells: dict[tuple[int, int], Cell] = {}
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(row for row in table.iter("tr") if next(row.iterancestors("table")) is table):
            column = 0
            for element in row:
                if element.tag not in ("td", "th"):
                    continue
                while (number, column) in taken:
                    column += 1
                columns, rows = _span(element, "colspan"), _span(element, "rowspan")
                cells[number, column] = Cell(lines(_shown(element)), rows=rows, columns=columns)
                taken.update((number + r, column + c) for r in range(rows) for c in range(columns))
                column += columns
        if grid := build_grid(f"таблица {self.tables}", cells):
            self.blocks.append(grid)


def _shown(element: "etree._Element") -> str:
    parts = [_flat(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSHOWN:
            parts += [_shown(child), "\n" if child.tag in _BREAKING else ""]
        parts.append(_flat(child.tail))
    return "".join(parts)


def _flat(text: str | None) -> str:
    """HTML's own line breaks mean nothing."""
    return (text or "").replace("\r", " ").replace("\n", " ")


def _span(element: "etree._Element", name: str) -> int:
    """A span, kept within what a roadmap can have."""
    text = element.get(name, "1").strip()
    return min(max(int(text), 1), 300) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
