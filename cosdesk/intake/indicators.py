"""Tables of indicators: a row an indicator, or a name over the whole width and then a row of its territory."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator, direction_of
from cosdesk.domain.terms.targets import PlannedValue, read_planned
from cosdesk.intake.draft import Gathered, Ref, RowReading, RowRole
from cosdesk.intake.grid import Cell, Grid
from cosdesk.intake.headings import Heading
from cosdesk.intake.pairs import with_share
from cosdesk.intake.plan import warn_of_extra, warn_of_tables
from cosdesk.intake.rows import Band, Row, RowSplitter, has_value, pieces_text, plain_number
from cosdesk.intake.values import amount, day_in, is_dash, is_plain, one_line, unit_named, unit_of

_VALUES = ("baseline", "target", "targets", "total")


@dataclass(slots=True)
class IndicatorReader:
    """Reads one grid of the part INDICATORS into ``gathered``."""

    gathered: Gathered
    grid: Grid
    number: int
    heading: Heading
    _splitter: RowSplitter = field(init=False)
    _name: Band | None = None

    def __post_init__(self) -> None:
        self._splitter = RowSplitter(self.grid, self.number, self.heading.roles, self.heading.rows, starts_row)

    def read(self, first: int) -> tuple[RowReading, ...]:
        """Every row of the grid from ``first``."""
        splitter = self._splitter
        splitter.split(first)
        self.gathered.ledger.place(*splitter.heads)
        for entry in splitter.entries:
            if isinstance(entry, Row):
                self._read_row(entry)
            elif self.heading.part.layout == "bands":
                self._close_name()
                self._name = entry
            else:
                splitter.readings[entry.index] = RowReading(entry.index, RowRole.UNPLACED)
        self._close_name()
        warn_of_tables(self.gathered, splitter)
        known = {column.field for column in self.heading.part.columns} | {"unit"}
        if self.heading.part.layout == "bands":
            known.add("title")  # printed as a band over the whole width
        warn_of_extra(self.gathered, self.grid, sorted({role for role in self.heading.roles if role} - known))
        return tuple(splitter.readings[row] for row in sorted(splitter.readings))

    def _close_name(self) -> None:
        """A name without a row of values is an indicator without values."""
        if self._name:
            title = one_line(self._name.text)
            indicator = Indicator(
                self.gathered.next_indicator(), title, unit=unit_of(title, ()), source_text=one_line(self._name.text)
            )
            self._add(indicator, self._name.index, self._name.refs)
            self._name = None

    def _add(
        self, indicator: Indicator, row: int, refs: Sequence[Ref], planned: Sequence[tuple[str, PlannedValue]] = ()
    ) -> None:
        found = with_share(indicator, planned)
        self.gathered.indicators += found
        self.gathered.ledger.place(*refs)
        self._splitter.readings[row] = RowReading(row, RowRole.INDICATOR, (), tuple(each.id for each in found))

    def _read_row(self, row: Row) -> None:
        values = _Values(self.gathered, self.grid)
        for column, role in enumerate(self.heading.roles):
            if role in _VALUES:
                values.read(role, self._year(column), row.pieces.get(column, ()), row.refs.get(column, ()))
        title, refs, source = self._title(row)
        planned = sorted(values.planned.items())
        targets = tuple(value.target(period, values.printed[period]) for period, value in planned)
        baseline_on = self._day(row)
        indicator = Indicator(
            id=self.gathered.next_indicator(),
            title=title,
            number=plain_number(self._text(row, "number") or self._automatic_number(row)),
            type=self._text(row, "type"),
            unit=unit_named(self._text(row, "unit")) or unit_of(title, values.units),
            territory=self._text(row, "territory"),
            baseline=values.baseline,
            baseline_on=baseline_on,
            targets=targets,
            total=values.total,
            direction=direction_of(targets),
            source_text=source,
        )
        if not (title or values.placed):
            self._splitter.readings[row.index] = RowReading(row.index, RowRole.UNPLACED)
            return
        self._add(indicator, row.index, [*refs, *values.placed], planned)
        for role in ("number", "title", "type", "unit", "territory"):
            for column in self._splitter.columns(role):
                self.gathered.ledger.place(*row.refs.get(column, ()))

    def _title(self, row: Row) -> tuple[str, Sequence[Ref], str]:
        """The row's own title, or the band above it; more territories under one band share its name."""
        texts = (pieces_text(row, [column]) for column in sorted(row.pieces))
        source = " | ".join(one_line(text) for text in texts if text)
        if self.heading.part.layout != "bands" or self._splitter.columns("title"):
            return self._text(row, "title"), (), source
        if band := self._name:
            self._name = None
            self._splitter.readings[band.index] = RowReading(
                band.index, RowRole.INDICATOR, (), (self.gathered.next_indicator(),)
            )
            title = one_line(band.text)
            return title, band.refs, f"{title} | {source}"
        last = self.gathered.indicators[-1].title if self.gathered.indicators else self._text(row, "territory")
        return last, (), source

    def _text(self, row: Row, role: str) -> str:
        text = one_line(pieces_text(row, self._splitter.columns(role)))
        return "" if is_dash(text) else text

    def _automatic_number(self, row: Row) -> str:
        columns = self._splitter.columns("number") + self._splitter.columns("title")
        cells = (cell for column in columns for cell, _ in row.pieces.get(column, ()))
        return next((cell.number for cell in cells if cell.number), "")

    def _year(self, column: int) -> int | None:
        if year := self.heading.years[column]:
            return year
        years = self.gathered.years
        return years[1] if years and self.heading.roles[column] == "target" else None

    def _day(self, row: Row) -> date | None:
        """The day of the base value; a wording that names no day stays unplaced."""
        for column in self._splitter.columns("baseline_on"):
            for (cell, _), ref in zip(row.pieces.get(column, ()), row.refs.get(column, ()), strict=False):
                day = cell.value if isinstance(cell.value, date) else day_in(cell.text)
                if day or is_dash(cell.text):
                    self.gathered.ledger.place(ref)
                    return day
                place = self.grid.place(ref.row, ref.column)
                self.gathered.warn(place, f"«{one_line(cell.text)}» – не дата, значение не размещено.")
        return None


@dataclass(slots=True)
class _Values:
    """The numbers of one row; what is no number is told and stays unplaced."""

    gathered: Gathered
    grid: Grid
    baseline: Decimal | None = None
    total: Decimal | None = None
    planned: dict[str, PlannedValue] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    placed: list[Ref] = field(default_factory=list)

    def read(self, role: str, year: int | None, pieces: Sequence[tuple[Cell, bool]], refs: Sequence[Ref]) -> None:
        for (cell, _), ref in zip(pieces, refs, strict=False):
            text = one_line(cell.text)
            found = read_planned(text) if role in ("target", "targets") else _number(text)
            place = self.grid.place(ref.row, ref.column)
            if is_dash(text):
                self.placed.append(ref)
            elif found is None:
                self.gathered.warn(place, f"«{text}» – не число, значение не размещено.")
            elif role in ("target", "targets") and year is None:
                self.gathered.warn(place, f"Не понятно, к какому году относится «{text}». Укажите годы плана.")
            elif self._keep(role, year, found, "" if is_plain(text) else text):
                self.placed.append(ref)
                if role in ("baseline", "total") and not text[0].isdigit():
                    # «Не менее 5%»: the number has a field, its words have none.
                    self.gathered.ledger.leave(ref, text)

    def _keep(self, role: str, year: int | None, found: PlannedValue, printed: str) -> bool:
        """False where the field is taken: two columns bear the same heading."""
        if role == "baseline" and self.baseline is None:
            self.baseline = found.value
        elif role == "total" and self.total is None:
            self.total = found.value
        elif role in ("target", "targets") and str(year) not in self.planned:
            self.planned[str(year)], self.printed[str(year)] = found, printed
        else:
            return False
        self.units.append(unit_named(found.unit) if found.unit else "")
        return True


def _number(text: str) -> PlannedValue | None:
    found = amount(text)
    return PlannedValue(found[0], unit=found[1]) if found else None


def starts_row(splitter: RowSplitter, row: int, last: Row) -> bool:
    """A row of indicators without a number is its own when it has values and so has the one above."""
    columns = [column for role in _VALUES for column in splitter.columns(role)]
    return any(splitter.grid.rows[row][column].text for column in columns) and has_value(last, columns)
