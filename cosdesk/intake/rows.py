"""The rows of a table under its head: whole rows put together from their pieces, bands, repeated heads."""

import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace

from cosdesk.dataclass import dataclass
from cosdesk.intake.draft import Ref, RowReading, RowRole
from cosdesk.intake.front import section_heading
from cosdesk.intake.grid import Cell, Grid
from cosdesk.intake.headings import Heading, normal
from cosdesk.intake.values import cleaned, is_dash, one_line

_OUTLINE_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.)]?|[IVX]+[.)]?|[а-яa-z][.)]")
_PERSON_END = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁа-яё]?\.?$")
# A line in small letters that names someone anew, where the line above does not end in an adjective.
_SOMEONE = re.compile(
    r"(руководител[ьи]|директора?|заместител[ьи]|специалисты?|методисты?|координаторы?|заведующ(ий|ая|ие)|начальники?"
    r"|муниципальн(ый|ые)|классн(ый|ые)|педагоги?|учител[ья]|администрация|школы|отдел|управление|комитет|члены"
    r"|образовательные|общеобразовательные|рабочая|ответственн(ый|ые)|главы|глава|администраторы?)\b"
)
_ADJECTIVE_END = re.compile(r"(ый|ий|ой|ая|ые|ие)$")
_WIDE = 0.8
"""A cell merged over this share of the columns is a band."""


@dataclass(slots=True)
class Row:
    """A row of the plan or of indicators; ``pieces`` are its cells by column, those cut by a page's end in order.

    ``joins`` tells for each piece but the first whether it goes on the line («cut») or begins a new one.
    """

    index: int
    pieces: dict[int, list[tuple[Cell, bool]]] = field(default_factory=dict)
    refs: dict[int, list[Ref]] = field(default_factory=dict)
    continued: list[int] = field(default_factory=list)

    def add(self, column: int, cell: Cell, ref: Ref, cut: bool) -> None:
        self.pieces.setdefault(column, []).append((cell, cut))
        self.refs.setdefault(column, []).append(ref)


@dataclass(frozen=True, slots=True)
class Band:
    """A row of one text over the whole width."""

    index: int
    text: str
    refs: tuple[Ref, ...]
    wide: bool


Entry = Row | Band


@dataclass(slots=True)
class RowSplitter:
    """Sorts the rows of one grid under one head into rows, bands and what only repeats the head."""

    grid: Grid
    number: int
    roles: Sequence[str | None]
    header_rows: Sequence[int]
    starts_row: Callable[["RowSplitter", int, "Row"], bool]
    sections: bool = False
    entries: list[Entry] = field(default_factory=list)
    readings: dict[int, RowReading] = field(default_factory=dict)
    heads: list[Ref] = field(default_factory=list)
    tagged: list[int] = field(default_factory=list)
    before: Row | None = None
    """The last row of the table that this one goes on; ``carried`` tells whether its rest stands here."""
    carried: bool = False
    _after_head: bool = True
    _numbered: bool | None = None

    def split(self, first: int) -> None:
        for row in range(first, len(self.grid.rows)):
            self._take(row)

    def columns(self, role: str) -> list[int]:
        return [column for column, known in enumerate(self.roles) if known == role]

    def text(self, row: int, role: str) -> str:
        """The text that stands in the role's columns of a row, a merge from above included."""
        return "\n".join(cell.text for column in self.columns(role) if (cell := self.grid.cell(row, column)).text)

    def number_text(self, row: int) -> str:
        cells = [self.grid.cell(row, column) for column in self.columns("number")]
        return next((cell.text or cell.number for cell in cells if not cell.blank), "")

    def has_numbers(self) -> bool:
        """Whether the column of numbers holds any: Word's automatic ones are lost in a text."""
        if self._numbered is None:
            first = max(self.header_rows, default=-1) + 1
            rows = (row for row in range(first, len(self.grid.rows)) if not self._repeats_head(row))
            self._numbered = any(self.number_text(row) for row in rows)
        return self._numbered

    def _take(self, row: int) -> None:
        filled = [column for column, cell in enumerate(self.grid.rows[row]) if not cell.blank]
        if all(is_dash(cell.text) and not cell.number for cell in self.grid.rows[row]):
            # A row of nothing but dashes is a drawn rule.
            self.readings[row] = RowReading(row, RowRole.BLANK)
            self.heads += [Ref(self.number, row, column) for column in filled]
            return
        if self._repeats_head(row) or (self._after_head and self._counts_columns(row)):
            role = RowRole.HEADING if self._repeats_head(row) else RowRole.COLUMN_NUMBERS
            self.readings[row] = RowReading(row, role)
            self.heads += [Ref(self.number, row, column) for column in filled]
            self._after_head = True
            return
        if self._is_band(row, filled):
            cell = self.grid.rows[row][filled[-1]]
            texts = [cleaned(one_line(c.shown))[0] for c in (self.grid.rows[row][f] for f in filled)]
            refs = tuple(Ref(self.number, row, column) for column in filled)
            self.entries.append(Band(row, " ".join(texts), refs, cell.columns >= self.grid.width * _WIDE))
        elif (last := self._last_row()) and self._continues(row, last, filled):
            self._add(last, row, filled, cut=not self._merged_above(row))
            if self.entries:
                last.continued.append(row)
            else:
                self.carried = True
            self.readings[row] = RowReading(row, RowRole.CONTINUATION)
        else:
            entry = Row(row)
            self._add(entry, row, filled, cut=False)
            self.entries.append(entry)
        self._after_head = False

    def _last_row(self) -> Row | None:
        last = self.entries[-1] if self.entries else self.before
        return last if isinstance(last, Row) else None

    def _add(self, entry: Row, row: int, filled: Sequence[int], cut: bool) -> None:
        for column in filled:
            cell = self.grid.rows[row][column]
            text, tags = cleaned(cell.text)
            if tags:
                self.tagged.append(row)
            if cell.number and self.roles[column] not in ("number", "title"):
                cell, text = replace(cell, number=""), f"{cell.number} {text}"
            cell = cell if text == cell.text else replace(cell, text=text)
            entry.add(column, cell, Ref(self.number, row, column), cut)
        if cut or entry.continued or row != entry.index:
            return
        # A cell merged downwards speaks for every row it covers.
        for column in range(self.grid.width):
            above = self.grid.origin(row, column)
            if above[0] < row and above[1] == column and not self.grid.cell(row, column).blank:
                entry.pieces.setdefault(column, []).append((self.grid.cell(row, column), False))

    def _merged_above(self, row: int) -> bool:
        """Whether the row shares its number or title with the row above by a merge."""
        return any(
            self.grid.origin(row, column)[0] < row for role in ("number", "title") for column in self.columns(role)
        )

    def _continues(self, row: int, last: Row, filled: Sequence[int]) -> bool:
        """A row without a number belongs to the one above, unless it is whole in itself."""
        if self._merged_above(row) and not any(c in filled for c in self.columns("title") + self.columns("number")):
            return True
        if not self.columns("number") or any(column in filled for column in self.columns("number")):
            return False
        if not self.has_numbers():
            return False
        return self._after_head or not self.starts_row(self, row, last)

    def _repeats_head(self, row: int) -> bool:
        cells = self.grid.rows[row]
        texts = [normal(cell.text) for cell in cells]
        for head in self.header_rows:
            if head == row:
                return True
            if any(texts) and texts == [normal(cell.text) for cell in self.grid.rows[head]]:
                return True
        return False

    def _counts_columns(self, row: int) -> bool:
        """«1 | 2 | 3 …» under a head."""
        texts = [cell.text.rstrip(".") for cell in self.grid.rows[row] if cell.text]
        return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]

    def _is_band(self, row: int, filled: Sequence[int]) -> bool:
        cell = self.grid.rows[row][filled[0]]
        if len(filled) == 1:
            if cell.columns >= max(2, self.grid.width * _WIDE):
                return True
            # In a text the merge is lost and the band stands in the first cell.
            alone = filled[0] == 0 and self.grid.width > 2 and cell.columns == 1 and len(cell.text) > 3
            known = self.roles[0] in ("number", "territory") or section_heading(cell.text) is not None
            return alone and known and not _OUTLINE_NUMBER.fullmatch(cell.text)
        return self.sections and self._is_numbered_band(row, filled)

    def _is_numbered_band(self, row: int, filled: Sequence[int]) -> bool:
        """«5. | Обеспечение…» with nothing more heads the rows «5.1», «5.2»."""
        roles = [self.roles[column] for column in filled]
        number = self.number_text(row).strip(". ")
        if roles != ["number", "title"] or not number.isdecimal():
            return False
        following = (self.number_text(below) for below in range(row + 1, len(self.grid.rows)))
        return next((text for text in following if text), "").startswith(f"{number}.")


def pieces_text(row: Row, columns: Sequence[int]) -> str:
    """The lines of a field: its columns in order, pieces cut by a page's end joined as the phrase goes on."""
    texts = []
    for column in columns:
        parts: list[str] = []
        for cell, cut in row.pieces.get(column, ()):
            if parts and is_dash(cell.text):
                continue
            if parts and parts[-1]:
                parts.append(_join(parts[-1], cell.text, cut))
            parts.append(cell.text)
        texts.append("".join(parts))
    return "\n".join(text for text in texts if text)


def has_value(row: Row, columns: Sequence[int]) -> bool:
    """Whether anything but a dash stands in these columns."""
    return any(not is_dash(cell.text) for column in columns for cell, _ in row.pieces.get(column, ()))


def _join(before: str, after: str, cut: bool) -> str:
    if not after:
        return ""
    if not cut:
        return "\n"
    if before.endswith("-") and after[0].islower():
        return ""
    ended = before.endswith((";", ":")) or after[0] in "-–•" or (_PERSON_END.search(before) and after[0].isupper())
    return "\n" if ended else " "


def phrase_lines(text: str) -> tuple[str, ...]:
    """Persons and groups, one a line; a line that only goes on a phrase («…начальника / управления») joins it."""
    found: list[str] = []
    for line in text.splitlines():
        line = one_line(line.strip().removeprefix("- ").removeprefix("• "))
        if not line or is_dash(line):
            continue
        if found and _goes_on(found[-1], line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return tuple(found)


def _goes_on(above: str, line: str) -> bool:
    if above.endswith(","):
        return True
    if not line[0].islower() or _PERSON_END.search(above) or above.endswith((".", ";")):
        return False
    return not _SOMEONE.match(line) or _ADJECTIVE_END.search(above) is not None


def plain_number(text: str) -> str:
    """«1.1» of «1.1.», «1)» and «1,1»; other wordings without the sign at their end."""
    text = one_line(text)
    if re.fullmatch(r"[\d.,\s]+\)?", text):
        text = text.replace(",", ".").replace(" ", "")
    return text.rstrip(".) ")


def is_outline_number(text: str) -> bool:
    return _OUTLINE_NUMBER.fullmatch(one_line(text)) is not None


def heading_refs(grid: Grid, number: int, heading: Heading) -> list[Ref]:
    return [
        Ref(number, row, column) for row in heading.rows for column, cell in enumerate(grid.rows[row]) if not cell.blank
    ]
