"""The help as one printed manual: its Markdown made into the blocks that every paper of ours is made of."""

import re
from collections.abc import Iterator
from pathlib import Path

from cosdesk import __version__
from cosdesk.help_pages import help_pages, plain_text
from cosdesk.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Title,
)
from cosdesk.reports.export import write_document

TITLE = "Руководство пользователя"
_NAMED = re.compile(r"(?<!«)\*\*([А-ЯЁ][^*«»]*)\*\*(?!»)")
"""What the window calls something: bold on the screen, in quotes on paper, where all is of one weight."""


def build_manual() -> Document:
    """Every page of the help after a list of them."""
    blocks: list[Block] = [Title(("cosdesk", TITLE, f"Версия {__version__}"))]
    pages = help_pages()
    blocks += [Paragraph(f"{number}. {page.title}", Align.LEFT, indent=False) for number, page in enumerate(pages, 1)]
    for page in pages:
        blocks += [PageBreak(), Title((page.title,)), *_blocks(page.text)]
    return Document(title=TITLE, file_name=f"cosdesk {TITLE}", blocks=tuple(blocks))


def write_manual(out: Path) -> Iterator[str]:
    """The manual as a file of the kind that its name tells, PDF in a folder; the line that says so."""
    document = build_manual()
    path = out / f"{document.file_name}.pdf" if out.is_dir() else out
    write_document(document, path, path.suffix.lower().removeprefix("."))
    yield f"Записан файл «{path}»: {document.title}."


def _blocks(text: str) -> Iterator[Block]:
    """Headings, paragraphs, lists, tables and samples of the Markdown that our pages use; pictures are left out."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        if lines and not _goes_on(lines[0], line):
            yield from _block(lines)
            lines = []
        if line.strip():
            lines.append(line)


def _goes_on(first: str, line: str) -> bool:
    """Whether a line belongs to the block that another began."""
    if not line.strip() or first.startswith("#") or line.startswith(("#", "!")):
        return False
    if first.startswith("|"):
        return line.startswith("|")
    if first.startswith("    "):
        return line.startswith("    ")
    return not re.match(r"\s*(?:[-*]|\d+\.)\s|\|", line)


def _block(lines: list[str]) -> Iterator[Block]:
    first = lines[0]
    if first.startswith(("!", "# ")):
        # A page's own title stands over it already.
        return
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        yield Heading(plain_text(first), level)
    elif first.startswith("|"):
        yield _table(lines)
    elif first.startswith("    "):
        yield from (Paragraph(line.strip(), Align.LEFT, indent=False, small=True) for line in lines)
    else:
        words = plain_text(_NAMED.sub(r"«\1»", " ".join(line.strip() for line in lines)))
        item = re.match(r"([-*]|\d+\.)\s+(.*)", words)
        if item:
            mark = "–" if item[1] in "-*" else item[1]
            yield Paragraph(f"{mark}\u00a0{item[2]}", Align.LEFT)
        else:
            yield Paragraph(words)


def _table(lines: list[str]) -> Table:
    rows = [[plain_text(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines]
    widths = [max(12, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]
    return Table(
        "Справка",
        tuple(Column(heading, width=min(width, 60)) for heading, width in zip(rows[0], widths, strict=True)),
        tuple(Row(tuple(Cell(cell) for cell in row)) for row in rows[2:]),
    )
