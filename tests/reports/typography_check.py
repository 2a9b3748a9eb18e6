"""What no official paper may contain: program words, unset templates, broken typography."""

import re
from collections.abc import Iterator

from cosdesk.reports.document import (
    Chart,
    Document,
    Executor,
    Heading,
    LetterheadBlock,
    Paragraph,
    Sides,
    Signature,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.typography import bind, format_cell

_FAULTS = {
    "слово программы": re.compile(r"\b(?:None|nan|NaN|True|False|Undefined|null|Decimal|object at)\b|[{}]|<\w+>"),
    "латинское слово": re.compile(r"(?<![\w@./:-])[a-z]{2,}(?![\w@./:-])", re.IGNORECASE),
    "двойной пробел": re.compile(r"(?<=\S) {2,}(?=\S)"),
    "пробел перед знаком": re.compile(r"(?<=[\w»)]) [,.;:!?](?!\d)"),
    "знаки подряд": re.compile(r"[,;:]{2}|\.\.(?!\.)|,\.|\(\s*\)|\( |\s\)"),
    "прямые кавычки": re.compile(r'"'),
    "дефис вместо тире": re.compile(r"(?<=\s)-(?=\s)"),
    "нет пробела после знака": re.compile(r"[,;!?][А-Яа-яЁё]"),
    "разрыв после №": re.compile("№ (?=[\\d_])"),
    "точка вместо запятой": re.compile(r"(?<![\d.])\d+\.\d+(?= ?%)"),
}
_ROMAN = re.compile(r"^[IVX]+$")


def texts(document: Document) -> Iterator[str]:
    """Every piece of text that the paper shows."""
    yield document.title
    yield document.file_name
    for block in document.blocks:
        match block:
            case Title():
                yield from block.lines
            case Heading() | Paragraph():
                yield from block.text.split("\n")
            case Signature():
                yield from (block.position, block.name)
            case Sides():
                yield from (block.left, block.right)
            case Executor():
                yield from (block.name, block.phone)
            case LetterheadBlock():
                yield from (*block.names, *block.details, *block.references, *block.addressee)
            case Stamps():
                for stamp in (*block.left, *block.right):
                    yield from map(bind, (stamp.heading, *stamp.lines, stamp.name, stamp.date_text))
            case Table():
                yield from (block.name, block.empty)
                yield from (text for column in block.columns for text in (column.heading, column.group))
                for row in block.rows:
                    for place, cell in enumerate(row.cells):
                        column = block.columns[min(place, len(block.columns) - 1)]
                        yield bind(format_cell(cell, column.format))  # as the lines of a cell are set
            case Chart():
                yield from (block.title, *block.categories, *(series.label for series in block.series))


def faults(document: Document) -> list[str]:
    """Each fault with the text it stands in."""
    found = []
    for text in texts(document):
        for name, pattern in _FAULTS.items():
            found += [f"{name} «{hit[0]}»: {text}" for hit in pattern.finditer(text) if not _ROMAN.match(hit[0])]
    return found
