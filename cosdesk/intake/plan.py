"""Rows of the plan and of results read into items: number, kind, term, people, targets that stand in a term."""

import re
from collections.abc import Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator, direction_of
from cosdesk.domain.roadmap import Item, ItemKind, Part, Term
from cosdesk.domain.schedule import targets_in, understand_term
from cosdesk.domain.terms.targets import PlannedValue, read_planned
from cosdesk.forms.roadmap_form import FIELD_LABELS, ITEM_FIELDS, FormPart
from cosdesk.intake.draft import Gathered, RowReading, RowRole
from cosdesk.intake.front import numbered_heading, section_heading
from cosdesk.intake.grid import Grid
from cosdesk.intake.headings import Heading
from cosdesk.intake.pairs import with_share
from cosdesk.intake.rows import (
    Band,
    Row,
    RowSplitter,
    has_value,
    is_outline_number,
    phrase_lines,
    pieces_text,
    plain_number,
)
from cosdesk.intake.values import is_dash, is_plain, is_term, one_line, unit_named, unit_of

_KIND_PREFIX = re.compile(
    r"(кт|контрольная точка|результат|мероприятие|показатель)\s*(?:№?\s*\d+(?:\.\d+)*)?\s*[.:]", re.IGNORECASE
)
_KINDS = {
    "кт": ItemKind.MILESTONE, "контрольная точка": ItemKind.MILESTONE, "результат": ItemKind.RESULT,
    "мероприятие": ItemKind.ACTIVITY, "показатель": ItemKind.INDICATOR,
}  # fmt: skip
_NUMBER_BEFORE_TITLE = re.compile(r"(\d+(?:\.\d+)*)[.)]?\s+(?=\D)(.*)", re.DOTALL)
_TERMS = {"term", "start", "end"}
_TOLD_ROWS = 12
_TWO_DAYS = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4})\s*[-–—]\s*(\d{1,2}\.\d{1,2}\.\d{4})")


@dataclass(frozen=True, slots=True)
class _Number:
    """A row's number, its level in Word's list, and the column that it stands in."""

    text: str
    level: int
    column: int | None


@dataclass(slots=True)
class PlanReader:
    """Reads one grid of the parts RESULTS or PLAN into ``gathered``; the section goes on from grid to grid."""

    gathered: Gathered
    grid: Grid
    number: int
    heading: Heading
    section_id: int | None = None
    above: "PlanReader | None" = None
    _numbered: dict[str, int] = field(default_factory=dict)
    _at_level: dict[int, int] = field(default_factory=dict)
    _last_number: str = ""
    _splitter: RowSplitter = field(init=False)

    def __post_init__(self) -> None:
        part, roles = self.heading.part, self.heading.roles
        self._splitter = RowSplitter(self.grid, self.number, roles, self.heading.rows, starts_row, part.sections)
        if self.above and self.above.heading.roles == roles and self.above.section_id == self.section_id:
            self._splitter.before = self.above.last_row

    @property
    def part(self) -> FormPart:
        return self.heading.part

    def read(self, first: int) -> tuple[RowReading, ...]:
        """Every row of the grid from ``first``."""
        splitter = self._splitter
        splitter.split(first)
        self.gathered.ledger.place(*splitter.heads)
        if self.above and splitter.carried:
            self.above.read_last_again()
        self._resume_numbers()
        for position, entry in enumerate(splitter.entries):
            if isinstance(entry, Band):
                self._read_band(entry, last=position == len(splitter.entries) - 1)
            else:
                self._read_row(entry)
        self._warn()
        return tuple(splitter.readings[row] for row in sorted(splitter.readings))

    @property
    def last_row(self) -> Row | None:
        last = self._splitter.entries[-1] if self._splitter.entries else None
        return last if isinstance(last, Row) else None

    def read_last_again(self) -> None:
        """The last row of this table goes on in the next one: its item is made anew with the pieces from there."""
        if row := self.last_row:
            item = self.gathered.items.pop()
            if self.gathered.indicators and self.gathered.indicators[-1].item_id == item.id:
                self.gathered.indicators.pop()
            self._read_row(row)

    def _resume_numbers(self) -> None:
        """A table parted in two keeps its numbering."""
        for item in self.gathered.items:
            if item.section_id == self.section_id and item.number:
                self._numbered[item.number] = item.id
                self._last_number = item.number

    def _read_band(self, band: Band, last: bool) -> None:
        if last and not section_heading(band.text):
            # What closes a table (a signature, a remark) is no section.
            self._splitter.readings[band.index] = RowReading(band.index, RowRole.UNPLACED)
            return
        number, title = numbered_heading(band.text)
        self.section_id = self.gathered.add_section(number, title, self.part.part)
        self._numbered, self._at_level, self._last_number = {}, {}, ""
        self.gathered.ledger.place(*band.refs)
        self._splitter.readings[band.index] = RowReading(band.index, RowRole.SECTION)

    def _read_row(self, row: Row) -> None:
        item_id = self.gathered.next_item()
        found_number = self._number(row)
        number, level = found_number.text, found_number.level
        title = self._title(row, found_number)
        if not title and number and not is_outline_number(number):
            # «Начальник отдела | … | И.И. Иванов» under the rows is a signature.
            self._splitter.readings[row.index] = RowReading(row.index, RowRole.UNPLACED)
            return
        if not number and not self._splitter.columns("number") and (found := _NUMBER_BEFORE_TITLE.fullmatch(title)):
            number, title = found[1], found[2]
        term = self._term(row)
        targets = targets_in(one_line(term.wording)) if term.wording else ()
        parent = self._parent(number, level)
        item = Item(
            id=item_id,
            kind=self._kind(title, number, term, parent, bool(targets)),
            title=title,
            number=number,
            parent_id=parent,
            section_id=self.section_id,
            term=term,
            responsible=phrase_lines(self._text(row, "responsible")),
            controller=phrase_lines(self._text(row, "controller")),
            expected=self._text(row, "expected"),
            note=self._text(row, "note"),
            source_text=self._source(row),
        )
        self.gathered.items.append(item)
        indicator_ids = self._add_indicators(item, targets) if targets else ()
        warn_of_term(self.gathered, self.grid.place(row.index), term)
        self._remember(item, level)
        self._place(row, found_number)
        self._splitter.readings[row.index] = RowReading(row.index, RowRole.ITEM, (item_id,), indicator_ids)

    def _text(self, row: Row, role: str) -> str:
        text = pieces_text(row, self._splitter.columns(role))
        return "" if is_dash(text) else text

    def _source(self, row: Row) -> str:
        """The row's cells as they came, leftovers of tags too: the proof-reader tells of them."""
        texts = (self._source_of(row, column) for column in sorted(row.pieces))
        return " | ".join(text for text in texts if text)

    def _source_of(self, row: Row, column: int) -> str:
        refs = row.refs.get(column)
        sources = self.gathered.ledger.sources
        text = " ".join(sources[ref][1] for ref in refs) if refs else pieces_text(row, [column])
        # Control characters and halves of pairs have no place in a file.
        return one_line("".join(sign if sign.isprintable() or sign.isspace() else " " for sign in text))

    def _place(self, row: Row, number: _Number) -> None:
        for column, refs in row.refs.items():
            role = self.heading.roles[column]
            if role and (role != "number" or column == number.column or is_dash(pieces_text(row, [column]))):
                self.gathered.ledger.place(*refs)

    # Numbers and levels

    def _number(self, row: Row) -> _Number:
        """The number as printed: of its column, else what Word's list shows before the title."""
        for column in self._splitter.columns("number"):
            for cell, _ in row.pieces.get(column, ()):
                if cell.number and is_dash(cell.text):
                    return _Number(plain_number(cell.number), cell.level, column)
                if not is_dash(cell.text):
                    text = self._restored(cell.shown, cell.value, self.grid.place(row.index, column))
                    return _Number(text, cell.level, column)
        for column in self._splitter.columns("title"):
            for cell, _ in row.pieces.get(column, ()):
                if cell.number:
                    return _Number(plain_number(cell.number), cell.level, column)
        return _Number("", 0, None)

    def _title(self, row: Row, number: _Number) -> str:
        """The title; a list's number before it stays where the row has another."""
        label = ""
        for column in self._splitter.columns("title"):
            cells = [cell for cell, _ in row.pieces.get(column, ())]
            label = next((cell.number for cell in cells if cell.number and column != number.column), label)
        return one_line(f"{label} {self._text(row, 'title')}")

    def _restored(self, text: str, value: date | Decimal | None, place: str) -> str:
        """«2.10» of the number 2.1 that follows 2.9, «1.2» of the date 1 February: Excel's own changes undone."""
        number = plain_number(text)
        restored = number
        if isinstance(value, date):
            restored = f"{value.day}.{value.month}"
        elif isinstance(value, Decimal) and "." in number:
            head, tail = number.split(".")
            before, _, last = self._last_number.partition(".")
            following = str(int(last or 0) + 1) if before == head and (last.isdecimal() or not last) else ""
            if following and following.rstrip("0") == tail.rstrip("0"):
                restored = f"{head}.{following}"
        if restored != number:
            self.gathered.warn(place, f"Excel изменил номер строки, восстановлено «{restored}». Проверьте.")
        return restored

    def _parent(self, number: str, level: int) -> int | None:
        """The nearest row whose number this one's begins with; for lists of other marks the last row a level up."""
        if re.fullmatch(r"\d+(\.\d+)*", number):
            steps = number.split(".")
            for length in range(len(steps) - 1, 0, -1):
                if above := self._numbered.get(".".join(steps[:length])):
                    return above
            return None
        return self._at_level.get(level - 1) if level and is_outline_number(number) else None

    def _remember(self, item: Item, level: int) -> None:
        if item.number:
            self._numbered[item.number] = item.id
            self._last_number = item.number
        self._at_level[level] = item.id

    # Kinds, terms, targets

    def _kind(self, title: str, number: str, term: Term, parent: int | None, has_targets: bool) -> ItemKind:
        if has_targets:
            return ItemKind.INDICATOR
        if self.part.part is Part.RESULTS:
            return ItemKind.RESULT
        if found := _KIND_PREFIX.match(title):
            return _KINDS[found[1].lower()]
        if is_dash(term.start) and not is_dash(term.end) and "start" in self.heading.roles:
            return ItemKind.MILESTONE
        if parent is None and number and "." not in number:
            return self.part.top_kind
        return self.part.default_kind

    def _term(self, row: Row) -> Term:
        start, end, wording = (one_line(pieces_text(row, self._splitter.columns(r))) for r in ("start", "end", "term"))
        wording = pieces_text(row, self._splitter.columns("term"))
        fields = {column.field for column in self.part.columns}
        found = _TWO_DAYS.fullmatch(one_line(wording))
        if found and {"start", "end"} <= fields and "term" not in fields and not (start or end):
            return Term(start=found[1], end=found[2])
        if start and not end and not wording and self._starts_over_ends(row):
            return Term(start)
        return Term(wording, start, end)

    def _starts_over_ends(self, row: Row) -> bool:
        """Whether one cell stands over both columns: «в течение года» where others have a beginning and an end."""
        ends = self._splitter.columns("end")
        return any(
            column + cell.columns > end > column
            for column in self._splitter.columns("start")
            for cell, _ in row.pieces.get(column, ())
            for end in ends
        )

    def _add_indicators(self, item: Item, printed: Sequence[tuple[int, Decimal, str]]) -> tuple[int, ...]:
        """The indicator that stands in the row; «2022 – 495 чел. (50 %)» is a share and the count that it divides."""
        values = {str(year): (read_planned(text) or PlannedValue(value), text) for year, value, text in printed}
        targets = tuple(value.target(year, "" if is_plain(text) else text) for year, (value, text) in values.items())
        units = [unit_named(text) for text in ("%",) if any("%" in text for _, _, text in printed)]
        indicator = Indicator(
            id=self.gathered.next_indicator(),
            title=item.title,
            number=item.number,
            unit=unit_of(item.title, units),
            targets=targets,
            direction=direction_of(targets),
            item_id=item.id,
            source_text=item.source_text,
        )
        found = with_share(indicator, [(year, value) for year, (value, _) in values.items()])
        self.gathered.indicators += found
        return tuple(each.id for each in found)

    # What the user should know

    def _warn(self) -> None:
        splitter = self._splitter
        rows = [entry for entry in splitter.entries if isinstance(entry, Row)]
        warn_of_tables(self.gathered, splitter)
        if splitter.columns("number") and rows and not splitter.has_numbers():
            self.gathered.warn(
                self.grid.name,
                "Номера строк не сохранились: в Word их ставил автоматический список. "
                "Импортируйте сам документ .docx, чтобы получить номера и уровни строк.",
            )
        printed = {column.field for column in self.part.columns}
        # A term in two columns is printed in one, and the other way round.
        printed |= _TERMS if printed & _TERMS else set()
        warn_of_extra(
            self.gathered, self.grid, [role for role in ITEM_FIELDS if role in {*self.heading.roles} - printed]
        )


def warn_of_tables(gathered: Gathered, splitter: RowSplitter) -> None:
    """What was mended in the rows of a grid: pieces joined, leftovers of tags taken out."""
    joined = [row for entry in splitter.entries if isinstance(entry, Row) for row in entry.continued]
    if joined:
        rows = _row_numbers(splitter.grid, joined)
        gathered.warn(splitter.grid.name, f"Строки без номера присоединены к предыдущим: {rows}.")
    warn_of_tags(gathered, splitter.grid, splitter.tagged)


def warn_of_term(gathered: Gathered, place: str, term: Term) -> None:
    """A wording that is not understood is kept and told."""
    schedule = understand_term(term, gathered.years)
    if term.text.strip() and not schedule.understood:
        reason = f" ({schedule.problem})" if schedule.problem else ""
        gathered.warn(place, f"Срок «{one_line(term.text)}» не понят{reason} и сохранён как написан.")


def warn_of_tags(gathered: Gathered, grid: Grid, rows: Sequence[int]) -> None:
    if rows:
        gathered.warn(grid.name, f"Из ячеек убраны остатки разметки («<p>» и подобное): {_row_numbers(grid, rows)}.")


def _row_numbers(grid: Grid, rows: Sequence[int]) -> str:
    """«строки 3, 5, 8 и ещё 4», as the document counts them."""
    numbers = [str(grid.first[0] + row) for row in dict.fromkeys(rows)]
    more = f" и ещё {len(numbers) - _TOLD_ROWS}" if len(numbers) > _TOLD_ROWS else ""
    return f"{'строка' if len(numbers) == 1 else 'строки'} {', '.join(numbers[:_TOLD_ROWS])}{more}"


def warn_of_extra(gathered: Gathered, grid: Grid, extra: Sequence[str]) -> None:
    """Columns that the form does not print."""
    if extra:
        names = ", ".join(f"«{FIELD_LABELS[role]}»" for role in extra)
        printed = f"В форме «{gathered.form.title}» нет колонок {names}"
        gathered.warn(grid.name, f"{printed}: значения сохранены, но не печатаются.")


def starts_row(splitter: RowSplitter, row: int, last: Row) -> bool:
    """Whether a row of the plan without a number is whole in itself and not the rest of the one above."""
    title = splitter.text(row, "title")
    if not title or not title[0].isupper():
        return False
    terms = [role for role in ("term", "start", "end") if splitter.columns(role)]
    if not terms:
        return False
    own = [one_line(splitter.text(row, role)) for role in terms]
    return all(is_term(text) for text in own if not is_dash(text)) and any(
        is_term(text) and has_value(last, splitter.columns(role)) for text, role in zip(own, terms, strict=True)
    )
