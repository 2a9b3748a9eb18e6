"""Plain text read into an outline: rows with tabs between cells, or a cell a line, each beginning with a tab."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import groupby
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.intake.grid import Cell, Grid, Notice, Outline, Paragraph, build_grid, lines
from cosdesk.intake.values import is_term

_CELL_LINE = re.compile(r"( *)\t([^\t]*)")
_QUOTED = re.compile(r'(?:(?<=[\t\n])|\A)"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_HEADING = re.compile(r"(направление|раздел|блок|модуль|этап|часть|приложение|[ivx]+\.|\d+\.)(\s|$)", re.IGNORECASE)
_ANNEX = re.compile(r"приложение\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s*[^\W\d]")
_YEAR = re.compile(r"(19|20)\d\d")
_FOOTNOTE = ("\ufffd", "*", "¹", "²", "³")
# A vertical tab stands for a line break inside a quoted cell until the rows are parted.
_INNER_BREAK = "\v"
_LOOK_AHEAD = 12


def read_text(path: Path) -> Outline:
    """A text file in UTF-8, UTF-16 with its mark, or Windows-1251."""
    content = path.read_bytes()
    notices: tuple[Notice, ...] = ()
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", "replace")
        notices = (Notice(path.name, "Текст прочитан в кодировке Windows-1251. Проверьте, что буквы верны."),)
    if "\0" in text:
        raise UserError(f"Файл «{path.name}» – не текст. Выберите документ Word, таблицу Excel или текст.")
    outline = outline_of_text(text)
    return Outline(outline.blocks, notices + outline.notices)


def outline_of_text(text: str) -> Outline:
    """What a text file holds or what was pasted: tabbed rows, a cell a line, or HTML with a table."""
    if re.search(r"<table[\s>]", text, re.IGNORECASE):
        from cosdesk.intake.markup import outline_of_html

        return outline_of_html(text)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("**", "")
    tabbed = [line for line in text.split("\n") if "\t" in line]
    on_lines = sum(1 for line in tabbed if _CELL_LINE.fullmatch(line))
    reader = _Reader()
    if on_lines * 5 > len(tabbed) * 4:
        _read_cells_on_lines(reader, text.split("\n"))
    else:
        quoted = _QUOTED.sub(_unquoted, text)
        _read_tabbed_rows(reader, quoted.split("\n"))
    return Outline(tuple(reader.blocks))


def _unquoted(found: re.Match[str]) -> str:
    """Excel quotes a copied cell that holds a line break; other quotes are the text's own."""
    if "\n" not in found[1] and "\t" not in found[1]:
        return found[0]
    return found[1].replace('""', '"').replace("\n", _INNER_BREAK).replace("\t", " ")


@dataclass(slots=True)
class _Reader:
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    tables: int = 0

    def paragraph(self, text: str, number: int, gap: bool) -> None:
        self.blocks.append(Paragraph(lines(text), f"строка текста {number}", gap=gap))

    def grid(self, cells: dict[tuple[int, int], Cell]) -> None:
        if grid := build_grid(f"таблица {self.tables + 1}", cells):
            self.tables += 1
            self.blocks.append(grid)


# Rows with tabs


def _read_tabbed_rows(reader: _Reader, source: Sequence[str]) -> None:
    rows: list[list[str]] = []
    width = gap = position = 0
    while position < len(source):
        line = source[position]
        position += 1
        if not line.strip():
            gap += not line.strip("\v \n")
            continue
        if "\t" not in line and not (rows and not gap and not _HEADING.match(line.strip())):
            reader.grid(_plain_cells(rows))
            rows, width = [], 0
            reader.paragraph(line, position, gap > 0)
        elif "\t" not in line:
            rows[-1][-1] += "\n" + line
        else:
            width = width or line.count("\t")
            used = _pieces_of_row(source, position - 1, width)
            rows.append("\n".join(source[position - 1 : position - 1 + used]).split("\t"))
            position += used - 1
        gap = 0
    reader.grid(_plain_cells(rows))


def _pieces_of_row(source: Sequence[str], start: int, width: int) -> int:
    """How many lines a row takes: more than one where a line break inside a cell cut it in pieces."""
    tabs = source[start].count("\t")
    if tabs >= width:
        return 1
    for used, line in enumerate(source[start + 1 : start + _LOOK_AHEAD], 2):
        more = line.count("\t")
        if more >= width or not line.strip():
            return 1
        tabs += more
        if tabs >= width:
            return used if tabs == width else 1
    return 1


def _plain_cells(rows: Iterable[Sequence[str]]) -> dict[tuple[int, int], Cell]:
    return {(r, c): Cell(lines(text)) for r, row in enumerate(rows) for c, text in enumerate(row) if lines(text)}


# A cell a line


@dataclass(slots=True)
class _Piece:
    """A cell as it stands in the text; ``opens`` when blank lines or a blank before its tab hint at a new row."""

    text: str
    opens: bool
    forced: bool


def _read_cells_on_lines(reader: _Reader, source: Sequence[str]) -> None:
    pieces: list[_Piece] = []
    gap = 0
    for number, line in enumerate(source, 1):
        if cell := _CELL_LINE.fullmatch(line):
            pieces.append(_Piece(cell[2], opens=bool(gap or cell[1]), forced=bool(cell[1])))
        elif not line.strip():
            gap += 1
            continue
        elif pieces and _goes_on(line.strip(), gap):
            pieces[-1].text += "\n" + line
        else:
            reader.grid(_cells_of_pieces(pieces))
            pieces = []
            reader.paragraph(line, number, gap > 0)
        gap = 0
    reader.grid(_cells_of_pieces(pieces))


def _goes_on(line: str, gap: int) -> bool:
    """Whether a line without a tab still belongs to the cell above it."""
    if line.startswith(_FOOTNOTE) or _ANNEX.match(line) or (gap and line.isupper()):
        return False
    return gap < 2 or line[0].islower() or is_term(line)


def _cells_of_pieces(pieces: Sequence[_Piece]) -> dict[tuple[int, int], Cell]:
    groups = list(_groups(pieces))
    rows = list(_rows_by_numbers(groups) or _rows_by_width(groups))
    cells = _plain_cells(rows)
    return _with_spread_heading(rows, cells)


def _groups(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        if group and piece.opens:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _rows_by_numbers(groups: Sequence[list[_Piece]]) -> list[list[str]]:
    """Rows that each begin with «1. …», «2. …» in turn; empty where the text is not of that kind."""
    rows: list[list[str]] = []
    for group in groups:
        found = _NUMBERED.match(group[0].text.split("]")[-1].strip())
        if found and int(found[1]) == len(rows) + 1:
            rows.append([])
        elif not rows:
            return []
        rows[-1] += [piece.text for piece in group]
    return rows if len(rows) > 2 else []


def _rows_by_width(groups: Sequence[list[_Piece]]) -> Iterator[list[str]]:
    """Blank lines stand between rows and inside cells alike: groups are joined where they fill the usual width."""
    sizes = Counter(len(group) for group in groups)
    width = max(sizes, key=lambda size: (size * sizes[size], size), default=0)
    position = 0
    while position < len(groups):
        taken, size = 1, len(groups[position])
        while size < width and position + taken < len(groups) and not groups[position + taken][0].forced:
            size += len(groups[position + taken])
            taken += 1
        if size != width:
            taken = 1
        yield [piece.text for group in groups[position : position + taken] for piece in group]
        position += taken


def _with_spread_heading(
    rows: Sequence[Sequence[str]], cells: dict[tuple[int, int], Cell]
) -> dict[tuple[int, int], Cell]:
    """A heading in two rows lost its merges: a blank below means merged down, a filled run below one group above."""
    if len(rows) < 2 or len(rows[0]) >= len(rows[1]) or all(text.strip() for text in rows[1]):
        return cells
    spans = list(_heading_spans(rows[1], len(rows[0])))
    if len(spans) != len(rows[0]):
        return cells
    spread = {place: cell for place, cell in cells.items() if place[0] > 0}
    column = 0
    for text, (columns, height) in zip(rows[0], spans, strict=True):
        spread[0, column] = Cell(lines(text), columns=columns, rows=height)
        column += columns
    return spread


def _heading_spans(below: Sequence[str], count: int) -> Iterator[tuple[int, int]]:
    """Columns and rows that each heading of the first row takes."""
    runs = [(filled, [text.strip() for text in run]) for filled, run in groupby(below, lambda text: bool(text.strip()))]
    blanks = sum(len(run) for filled, run in runs if not filled)
    groups = sum(1 for filled, _ in runs if filled)
    for filled, run in runs:
        years = sum(1 for text in run if _YEAR.fullmatch(text))
        if not filled:
            yield from [(1, 2)] * len(run)
        elif count - blanks == groups + 1 and 0 < years < len(run):
            yield from [(len(run) - years, 1), (years, 1)]
        else:
            yield len(run), 1
