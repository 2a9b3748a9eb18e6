"""A document's tree of blocks as text that a person can read and compare."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cosdesk.reports.document import (
    Align,
    Chart,
    Document,
    Executor,
    Heading,
    LetterheadBlock,
    PageBreak,
    Paragraph,
    Row,
    Sides,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.typography import DASH, format_cell, number

_MARKS = {Align.JUSTIFY: "", Align.CENTER: "(в середине) ", Align.RIGHT: "(справа) ", Align.LEFT: "(слева) "}


def as_text(document: Document) -> str:
    """Every block, a line or more each; no-break blanks as blanks."""
    lines = [f"{document.title}", f"[{document.file_name}]", ""]
    for block in document.blocks:
        match block:
            case Title():
                lines += ["ЗАГОЛОВОК", *(f"  {line}" for line in block.lines), ""]
            case Heading():
                lines += ["", f"{'#' * block.level} {block.text}", ""]
            case Paragraph():
                lines.append(f"{_MARKS[block.align]}{block.text}")
            case Table():
                lines += ["", *_table(block), ""]
            case Chart():
                lines += ["", *_chart(block), ""]
            case Signature():
                lines += ["", f"ПОДПИСЬ {block.position} ... {block.name}"]
            case Sides():
                lines.append(f"СТОРОНЫ {block.left} ... {block.right}")
            case Executor():
                lines.append(f"ИСПОЛНИТЕЛЬ {block.name}, {block.phone}")
            case PageBreak():
                lines += ["", f"--- новая страница, {'альбомная' if block.landscape else 'книжная'}"]
            case LetterheadBlock():
                lines += ["БЛАНК", *(f"  {line}" for line in (*block.names, *block.details, *block.references))]
                lines += ["  КОМУ " + line for line in block.addressee] + [""]
            case Stamps():
                lines += [*_stamps("СЛЕВА", block.left), *_stamps("СПРАВА", block.right), ""]
    return "\n".join(lines).replace("\u00a0", " ").replace("\u202f", " ") + "\n"


def _stamps(side: str, stamps: Iterable[StampBlock]) -> Iterator[str]:
    for stamp in stamps:
        yield f"ГРИФ {side} {stamp.heading}"
        name = ("____ " if stamp.sign else "") + stamp.name
        yield from (f"  {line}" for line in (*stamp.lines, name, stamp.date_text) if line)


def _table(table: Table) -> Iterator[str]:
    headings = [f"{column.group}: {column.heading}" if column.group else column.heading for column in table.columns]
    yield f"ТАБЛИЦА {table.name}"
    yield "  " + " | ".join(headings)
    for row in table.rows:
        yield ("  == " if row.band else "  ") + " | ".join(cells_of(table, row))
    if not table.rows:
        yield f"  пусто: {table.empty}"


def cells_of(table: Table, row: Row) -> list[str]:
    return [format_cell(cell, table.columns[place].format) for place, cell in enumerate(row.cells)]


def _chart(chart: Chart) -> Iterator[str]:
    yield f"ДИАГРАММА {chart.title}, {chart.unit}"
    for place, category in enumerate(chart.categories):
        values = "; ".join(f"{series.label}: {_value(series.values[place])}" for series in chart.series)
        yield f"  {category} – {values}"


def _value(value: Decimal | None) -> str:
    return DASH if value is None else number(value)
