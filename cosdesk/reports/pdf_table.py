"""Tables of the PDF: widths that cut no word, rows over pages, heads repeated on each.

Rows are measured once and drawn straight onto the page; a row is split only where it is
taller than a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from cosdesk.dataclass import dataclass
from cosdesk.reports.chart_drawing import Colour
from cosdesk.reports.document import Align, Cell, Row, Table, Tone
from cosdesk.reports.pdf_page import PageWriter
from cosdesk.reports.pdf_text import Face, serif, serif_bold
from cosdesk.reports.typography import format_cell, printable

LEAST_SIZE = 9.0
"""Points; ``documents.md``: a table's letters are never smaller."""

_LEADING = 1.13
_ASCENT = 0.87
_SIDE, _ABOVE, _BELOW = 3.0, 1.5, 3.0
_LEAST_LINES = 4  # a row split over pages leaves at least these behind


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell's lines with its place: distance from the table's left edge and width, in points."""

    left: float
    width: float
    lines: list[str]
    align: Align
    face: Face
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    boxes: list[_Box]
    height: float
    keeps_next: bool = False

    @property
    def edges(self) -> tuple[float, ...]:
        return tuple(box.left for box in self.boxes)


@dataclass(frozen=True, slots=True)
class _HeadBox:
    box: _Box
    top: float
    height: float


class TableLayout:
    """A table measured for a width."""

    def __init__(self, table: Table, width: float) -> None:
        self._table = table
        self._width = width
        self._size, widths = _fit(table, width)
        self._leading = self._size * _LEADING
        self._edges = [sum(widths[:index]) for index in range(len(widths) + 1)]
        self._head, self._head_height = self._measure_head()
        total = table.total_row()
        self._rows = [self._place(row) for row in table.rows]
        for place in range(1, len(self._rows)):
            if table.rows[place].bold and not table.rows[place].band:
                # A sum stands with what it sums up.
                self._rows[place - 1] = replace(self._rows[place - 1], keeps_next=True)
        if total:
            if self._rows:
                self._rows[-1] = replace(self._rows[-1], keeps_next=True)
            self._rows.append(self._place(total))

    def least_height(self, page_height: float) -> float:
        """What must fit on a page for the table to begin there: the head and the first rows that hang together."""
        first = next(iter(self._units()), [])
        height = sum(row.height for row in first)
        least = self._split_least()
        return self._head_height + (height if self._head_height + height <= page_height else least)

    def draw(self, page: PageWriter, reserve: float = 0.0) -> None:
        """Onto the page and the following ones; the last rows keep ``reserve`` points free under them."""
        capacity = page.height - self._head_height
        waiting: list[_Placed] = []
        room = page.available - self._head_height
        units = list(self._units())
        for number, unit in enumerate(units):
            height = sum(row.height for row in unit)
            wanted = height + (reserve if number == len(units) - 1 and height + reserve <= capacity else 0.0)
            if height > capacity:
                waiting, room = self._draw_split(page, unit, waiting, room)
                continue
            if wanted > room:
                self._turn(page, waiting)
                waiting, room = [], capacity
            waiting.extend(unit)
            room -= height
        self._draw_rows(page, waiting)

    # Measuring

    def _place(self, row: Row) -> _Placed:
        boxes: list[_Box] = []
        column = 0
        cells = [_band(row, len(self._table.columns))] if row.band else row.cells
        for cell in cells:
            if column >= len(self._table.columns):
                break
            boxes.append(self._box(cell, column, bold=cell.bold or row.bold or row.band, centred=row.band))
            column += cell.span
        while column < len(self._table.columns):
            boxes.append(self._box(Cell(), column))
            column += 1
        return _Placed(boxes, self._height(max(len(box.lines) for box in boxes)), keeps_next=row.band)

    def _box(self, cell: Cell, column: int, bold: bool = False, centred: bool = False) -> _Box:
        face = serif_bold() if bold else serif()
        definition = self._table.columns[column]
        left = self._edges[column]
        width = self._edges[min(column + cell.span, len(self._table.columns))] - left
        lines = face.wrap(printable(format_cell(cell, definition.format)), self._size, width - 2 * _SIDE)
        align = Align.LEFT if definition.align is Align.JUSTIFY else definition.align
        return _Box(left, width, lines, Align.CENTER if centred else align, face, cell.tone)

    def _height(self, lines: int) -> float:
        return lines * self._leading + _ABOVE + _BELOW

    def _measure_head(self) -> tuple[list[_HeadBox], float]:
        table = self._table
        if not table.head:
            return [], 0.0
        groups = [self._head_box(name, start, stop) for name, start, stop in table.heading_groups() if name]
        singles = {start for name, start, _ in table.heading_groups() if not name}
        columns = [self._head_box(column.heading, i, i + 1) for i, column in enumerate(table.columns)]
        upper = max((self._height(len(box.lines)) for box in groups), default=0.0)
        grouped = [box for i, box in enumerate(columns) if i not in singles]
        lower = max((self._height(len(box.lines)) for box in grouped), default=0.0)
        whole = max(upper + lower, *(self._height(len(box.lines)) for box in columns))
        head = [_HeadBox(box, 0.0, upper) for box in groups]
        for i, box in enumerate(columns):
            head.append(_HeadBox(box, 0.0, whole) if i in singles else _HeadBox(box, upper, whole - upper))
        if table.number_row:
            numbers = [self._head_box(str(i + 1), i, i + 1) for i in range(len(columns))]
            head.extend(_HeadBox(box, whole, self._height(1)) for box in numbers)
            whole += self._height(1)
        return head, whole

    def _head_box(self, text: str, start: int, stop: int) -> _Box:
        width = self._edges[stop] - self._edges[start]
        lines = serif().wrap(printable(text), self._size, width - 2 * _SIDE)
        return _Box(self._edges[start], width, lines, Align.CENTER, serif())

    def _units(self) -> Iterable[list[_Placed]]:
        """Rows that must stand on one page: a band with the row it leads, the last row with the total."""
        unit: list[_Placed] = []
        for row in self._rows:
            unit.append(row)
            if not row.keeps_next:
                yield unit
                unit = []
        if unit:
            yield unit

    # Drawing

    def _turn(self, page: PageWriter, waiting: list[_Placed]) -> None:
        self._draw_rows(page, waiting)
        page.new_page()

    def _draw_split(
        self, page: PageWriter, unit: list[_Placed], waiting: list[_Placed], room: float
    ) -> tuple[list[_Placed], float]:
        """A unit taller than a page: its rows one by one, the tall ones in slices."""
        capacity = page.height - self._head_height
        for row in unit:
            rest: _Placed | None = row
            while rest is not None:
                if rest.height <= room:
                    waiting.append(rest)
                    room -= rest.height
                    break
                if rest.height > capacity and room >= self._split_least():
                    part, rest = self._split(rest, room)
                    waiting.append(part)
                self._turn(page, waiting)
                waiting, room = [], capacity
        return waiting, room

    def _split_least(self) -> float:
        return self._height(_LEAST_LINES)

    def _split(self, row: _Placed, height: float) -> tuple[_Placed, _Placed | None]:
        count = max(1, int((height - _ABOVE - _BELOW) / self._leading))
        boxes = [replace(box, lines=box.lines[:count]) for box in row.boxes]
        rest = [replace(box, lines=box.lines[count:]) for box in row.boxes]
        left = max(len(box.lines) for box in rest)
        taken = _Placed(boxes, self._height(max(len(box.lines) for box in boxes)))
        return taken, _Placed(rest, self._height(left)) if left else None

    def _draw_rows(self, page: PageWriter, rows: Sequence[_Placed]) -> None:
        """The head and these rows from the page's present height down."""
        if not rows:
            return
        self._draw_head(page)
        left, y = page.left, page.y
        segments = [(left, y, left + self._width, y)]
        for edges, run in groupby(rows, key=lambda row: row.edges):
            top = y
            for row in run:
                self._draw_boxes(page, row, y)
                y -= row.height
                segments.append((left, y, left + self._width, y))
            segments.extend((left + edge, top, left + edge, y) for edge in (*edges, self._width))
        page.lines(segments)
        page.y = y

    def _draw_boxes(self, page: PageWriter, row: _Placed, y: float) -> None:
        foot = y - _ABOVE - _ASCENT * self._size
        for box in row.boxes:
            if box.tone:
                page.box(page.left + box.left, y - row.height, box.width, row.height, _colour(box.tone))
            if any(box.lines):
                self._draw_text(page, box, foot)

    def _draw_text(self, page: PageWriter, box: _Box, foot: float) -> None:
        page.aligned(
            box.lines, page.left + box.left + _SIDE, foot, box.width - 2 * _SIDE, box.align, box.face,
            self._size, self._leading,
        )  # fmt: skip

    def _draw_head(self, page: PageWriter) -> None:
        left, top = page.left, page.y
        segments = []
        for head in self._head:
            box = head.box
            x1, x2 = left + box.left, left + box.left + box.width
            y1 = top - head.top
            y2 = y1 - head.height
            segments += [(x1, y1, x2, y1), (x1, y1, x1, y2), (x2, y1, x2, y2), (x1, y2, x2, y2)]
            spare = head.height - self._height(len(box.lines))
            self._draw_text(page, box, y1 - spare / 2 - _ABOVE - _ASCENT * self._size)
        page.lines(segments)
        page.y -= self._head_height


def _band(row: Row, columns: int) -> Cell:
    text = next((cell for cell in row.cells if cell.value not in (None, "")), Cell())
    return replace(text, span=columns)


def _colour(tone: Tone) -> Colour:
    red, green, blue = bytes.fromhex(tone.fill)
    return red / 255, green / 255, blue / 255


def _fit(table: Table, width: float) -> tuple[float, list[float]]:
    """Font size and column widths in points, so that no word is broken that need not be.

    The form's shares hold where they can; a column too narrow for its longest word takes from the
    others; where all are too narrow the letters shrink, down to ``LEAST_SIZE``.
    """
    words = _words(table)
    size = max(table.font_size, LEAST_SIZE)
    while True:
        least = [
            max(serif().widest_piece(plain, size), serif_bold().widest_piece(bold, size)) + 2 * _SIDE + 0.1
            for plain, bold in words
        ]
        if sum(least) <= width or size <= LEAST_SIZE:
            break
        size = max(LEAST_SIZE, size - 0.5)
    return size, _share_out([column.width for column in table.columns], _bounded(least, width), width)


def _words(table: Table) -> list[tuple[list[str], list[str]]]:
    """Texts of each column, plain and bold, but for cells over several columns."""
    texts: list[tuple[list[str], list[str]]] = [
        ([printable(column.heading)] if table.head else [], []) for column in table.columns
    ]
    total = table.total_row()
    for row in (*table.rows, total) if total else table.rows:
        column = 0
        for cell in () if row.band else row.cells:
            if cell.span == 1 and cell.value is not None and column < len(texts):
                text = format_cell(cell, table.columns[column].format)
                texts[column][1 if cell.bold or row.bold else 0].append(printable(text))
            column += cell.span
    return texts


def _bounded(least: list[float], width: float) -> list[float]:
    """The least widths cut down to a common bound where together they do not fit: their words will be broken."""
    if sum(least) <= width:
        return least
    low, high = 0.0, max(least)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(min(w, middle) for w in least) <= width else (low, middle)
    return [min(w, low) for w in least]


def _share_out(shares: list[float], least: list[float], width: float) -> list[float]:
    """Widths by shares, none under its least; what those lack the others give, by their shares."""
    fixed: dict[int, float] = {}
    while True:
        free = [i for i in range(len(shares)) if i not in fixed]
        left = width - sum(fixed.values())
        unit = left / (sum(shares[i] for i in free) or 1)
        short = {i: least[i] for i in free if shares[i] * unit < least[i]}
        if not short or not free:
            return [fixed.get(i, shares[i] * unit) for i in range(len(shares))]
        fixed.update(short)
