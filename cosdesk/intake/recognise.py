"""A document's outline recognised with the forms: which form, which table is which part, what each row becomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import Part, Roadmap, RoadmapContents
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import INDICATOR_FIELDS, FormPart, RoadmapForm
from cosdesk.intake.approval import read_approval_sheet
from cosdesk.intake.draft import Draft, Gathered, Ledger, Ref, RowReading, RowRole, TableReading
from cosdesk.intake.front import (
    Front,
    Line,
    grid_lines,
    numbered_heading,
    paragraph_line,
    project_of,
    section_heading,
    stamp_kind,
)
from cosdesk.intake.grid import Grid, Outline, Paragraph
from cosdesk.intake.guess import guessed_heading, unknown_head
from cosdesk.intake.headings import KNOWN_TABLE, Heading, best_headings
from cosdesk.intake.heaped import HeapedReader, heaped_years, looks_heaped
from cosdesk.intake.indicators import IndicatorReader
from cosdesk.intake.plan import PlanReader
from cosdesk.intake.rows import heading_refs, is_outline_number
from cosdesk.intake.values import years_in, years_in_title

Roles = Mapping[tuple[int, int], str | None]
"""The user's choice for a column: (index of the grid, column) to a field or None."""

_HEAPED_FIELDS = ("indicator", "target", "activities", "term_and_responsible")
_NO_TITLE = "Дорожная карта"
_MISSING_PART = 0.03
_BANDS = 0.1


def recognise(
    outline: Outline,
    forms: Mapping[str, RoadmapForm],
    form_id: str | None = None,
    roles: Roles | None = None,
    years: tuple[int, int] | None = None,
) -> Draft:
    """The draft of a roadmap.

    Without ``form_id`` the form that fits best is taken.  ``roles`` overrides the roles found
    for columns, ``years`` the plan's first and last year.  ``UserError`` for a document without
    a table or an unknown form; a table that is not recognised is no error, its cells are unplaced.
    """
    if not outline.grids:
        raise UserError("В документе нет таблицы. Выберите файл, где дорожная карта – таблица Word или Excel.")
    if form_id is not None and form_id not in forms:
        raise UserError(f"Форма «{form_id}» неизвестна. Известные формы: {', '.join(forms)}.")
    wanted = [forms[form_id]] if form_id else list(forms.values())
    form, headings = _best_form(outline, wanted, list(forms.values()))
    return _Recognition(outline, form, headings, roles or {}, years).draft()


def _best_form(
    outline: Outline, wanted: Sequence[RoadmapForm], forms: Sequence[RoadmapForm]
) -> tuple[RoadmapForm, list[Heading | None]]:
    best: tuple[float, RoadmapForm, list[Heading | None]] | None = None
    found = [best_headings(grid, wanted, forms) for grid in outline.grids]
    for form, known in zip(wanted, zip(*found, strict=True), strict=True):
        headings = _headings(outline, form, known)
        score = _form_score(outline, form, headings)
        if best is None or score > best[0] + 0.001:
            best = (score, form, headings)
    assert best is not None
    return best[1], best[2]


def _headings(outline: Outline, form: RoadmapForm, known: Sequence[Heading | None]) -> list[Heading | None]:
    """The head of each grid, one of mere layout or unknown None; a table parted in two shares its head."""
    headings: list[Heading | None] = []
    for grid, heading in zip(outline.grids, known, strict=True):
        if heading is None or heading.score < KNOWN_TABLE:
            heading = _headless(grid, form, headings)
        headings.append(heading)
    return headings


def _headless(grid: Grid, form: RoadmapForm, before: Sequence[Heading | None]) -> Heading | None:
    part = form.plan
    if part.layout == "heaped" and looks_heaped(grid):
        roles = (*_HEAPED_FIELDS, None)[: grid.width]
        return Heading((), part, roles, (None,) * grid.width, 0.9)
    above = next((heading for heading in reversed(before) if heading), None)
    if above and len(above.roles) == grid.width and not _is_layout(grid) and _goes_on(grid, above):
        return replace(above, rows=(), score=0.0)
    return None if _is_layout(grid) else guessed_heading(grid, form)


def _goes_on(grid: Grid, above: Heading) -> bool:
    """Whether rows without a head can be those of the table above: a signature under it has no numbers."""
    columns = [column for column, role in enumerate(above.roles) if role == "number"]
    numbers = [row[column].shown for row in grid.rows for column in columns if not row[column].blank]
    return not numbers or any(is_outline_number(number) for number in numbers)


def _is_layout(grid: Grid) -> bool:
    """A table that only places stamps side by side."""
    return any(stamp_kind(line) for row in grid.rows for cell in row for line in cell.shown.splitlines())


def _form_score(outline: Outline, form: RoadmapForm, headings: Sequence[Heading | None]) -> float:
    """How well a form fits: the share of columns found, less what of the form is missing."""
    found = [heading for heading in headings if heading and heading.score]
    if not found:
        return -1.0
    missing = len(form.parts) - len({heading.part.part for heading in found})
    score = sum(heading.score for heading in found) - missing * _MISSING_PART
    banded = any(isinstance(block, Paragraph) and section_heading(block.text) for block in outline.blocks) or any(
        heading.part.part is not Part.INDICATORS and _has_bands(grid, heading)
        for grid, heading in zip(outline.grids, headings, strict=True)
        if heading
    )
    if not banded:
        return score
    return score + (_BANDS if form.plan.sections else -_BANDS)


def _has_bands(grid: Grid, heading: Heading) -> bool:
    first = max(heading.rows, default=-1) + 1
    return any(
        numbered_heading(cells[0].text)[0] and sum(1 for cell in cells if not cell.blank) == 1
        for cells in grid.rows[first:]
        if len(cells) > 1
    )


@dataclass(slots=True)
class _Recognition:
    """One pass over a document with the form chosen."""

    outline: Outline
    form: RoadmapForm
    headings: Sequence[Heading | None]
    roles: Roles
    years: tuple[int, int] | None
    gathered: Gathered = field(init=False)
    front: Front = field(init=False)
    section_of_part: dict[Part, int | None] = field(default_factory=dict)
    readers: dict[Part, PlanReader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gathered = Gathered(self.form, Ledger(self.outline))
        self.front = Front(self.gathered)

    def draft(self) -> Draft:
        self.gathered.notices += self.outline.notices
        self.gathered.years = self.years or self._years()
        run: list[Line] = []
        number = 0
        for position, block in enumerate(self.outline.blocks):
            if isinstance(block, Paragraph):
                run.append(paragraph_line(block, position))
                continue
            self._read_lines(run)
            run = []
            self._read_grid(block, number)
            number += 1
        self._read_lines(run)
        self.front.close()
        return self._draft()

    def _draft(self) -> Draft:
        gathered = self.gathered
        title = "\n".join(gathered.title)
        if not title:
            gathered.warn("", "Название дорожной карты в документе не найдено. Впишите его.")
        first, last = gathered.years or (None, None)
        roadmap = Roadmap(1, title or _NO_TITLE, self.form.id, "\n".join(gathered.goal), first, last, project_of(title))
        contents = RoadmapContents(
            roadmap,
            tuple(gathered.stamps),
            tuple(gathered.sections),
            tuple(gathered.items),
            tuple(gathered.indicators),
            tuple(gathered.ledger.unplaced()),
        )
        ledger = gathered.ledger
        return Draft(
            contents,
            self.form,
            tuple(gathered.tables),
            tuple(dict.fromkeys(gathered.notices)),
            ledger.cells,
            ledger.placed_cells,
        )

    def _years(self) -> tuple[int, int] | None:
        """The plan's years: from its title, else from the columns of targets and the dates of the rows."""
        before: list[str] = []
        headings = iter(self.headings)
        for block in self.outline.blocks:
            if isinstance(block, Paragraph):
                before.append(block.text)
            elif heading := next(headings):
                preface = grid_lines(block, 0, range(min(heading.rows, default=0)))
                before += [line.text for line in preface]
                break
        if found := years_in_title(" ".join(before)):
            return found
        years: list[int] = []
        for grid, heading in zip(self.outline.grids, self.headings, strict=True):
            if heading:
                years += [year for year in heading.years if year]
                years += heaped_years(grid) if heading.part.layout == "heaped" else _row_years(grid, heading)
        return (min(years), max(years)) if years else None

    def _read_lines(self, lines: Sequence[Line]) -> None:
        if lines:
            self.front.read(lines)

    def _read_grid(self, grid: Grid, number: int) -> None:
        approvals = read_approval_sheet(self.gathered, grid, number)
        if approvals is not None:
            none = (None,) * grid.width
            self.gathered.tables.append(TableReading(number, None, none, none, (0,), approvals))
            return
        heading = self._with_roles(number, grid, self.headings[number])
        if heading is None:
            rows = range(len(grid.rows))
            self._read_lines(grid_lines(grid, number, rows))
            self.gathered.tables.append(self._unknown_table(grid, number))
            return
        first = min(heading.rows, default=0)
        self._read_lines(grid_lines(grid, number, range(first)))
        preface = tuple(RowReading(row, RowRole.PREFACE) for row in range(first))
        heads = tuple(RowReading(row, RowRole.HEADING) for row in heading.rows)
        self.gathered.ledger.place(*heading_refs(grid, number, heading))
        rows_read = self._read_rows(grid, number, heading, max(heading.rows, default=-1) + 1)
        self.gathered.tables.append(
            TableReading(
                number, heading.part.part, heading.roles, heading.years, heading.rows, preface + heads + rows_read
            )
        )
        self.front.tables_seen = True

    def _read_rows(self, grid: Grid, number: int, heading: Heading, first: int) -> tuple[RowReading, ...]:
        if heading.part.part is Part.INDICATORS:
            return IndicatorReader(self.gathered, grid, number, heading).read(first)
        section = self._section(heading.part)
        if heading.part.layout == "heaped":
            return HeapedReader(self.gathered, grid, number, heading, section).read(first)
        above = self.readers.get(heading.part.part)
        reader = PlanReader(self.gathered, grid, number, heading, section, above)
        read = reader.read(first)
        self.readers[heading.part.part] = reader
        self.section_of_part[heading.part.part] = reader.section_id
        return read

    def _section(self, part: FormPart) -> int | None:
        """The section that a table's rows begin in: a heading above it, the part itself, or the last one going on."""
        printed: Line | None = None
        if self.front.section_heading:
            printed, self.front.section_heading = self.front.section_heading, None
        elif part.part in self.section_of_part or not part.heading or part.sections:
            return self.section_of_part.get(part.part)
        elif self.front.part is part:
            printed = self.front.part_heading
        if printed:
            self.gathered.ledger.place(printed.ref)
        heading = numbered_heading(printed.text if printed else part.heading)
        self.section_of_part[part.part] = self.gathered.add_section(*heading, part.part)
        return self.section_of_part[part.part]

    def _with_roles(self, number: int, grid: Grid, heading: Heading | None) -> Heading | None:
        """The head with the user's roles; a table of no known part becomes one when it is given any."""
        chosen = {column: role for (of, column), role in self.roles.items() if of == number and column < grid.width}
        if not chosen:
            return heading
        if heading is None:
            own = [role for role in chosen.values() if role]
            if not own:
                return None
            part = self._part_for(own)
            roles = tuple(chosen.get(column) for column in range(grid.width))
            return Heading(unknown_head(grid, roles), part, roles, (None,) * grid.width, 1.0)
        roles = tuple(chosen.get(column, role) for column, role in enumerate(heading.roles))
        return replace(heading, roles=roles)

    def _part_for(self, roles: Iterable[str]) -> FormPart:
        only_indicators = set(INDICATOR_FIELDS) - {"number", "title", "target"}
        if only_indicators & set(roles):
            return next((part for part in self.form.parts if part.part is Part.INDICATORS), self.form.plan)
        return self.form.plan

    def _unknown_table(self, grid: Grid, number: int) -> TableReading:
        placed = self.gathered.ledger.placed
        rows = []
        left = 0
        for row, cells in enumerate(grid.rows):
            refs = [Ref(number, row, column) for column, cell in enumerate(cells) if not cell.blank]
            lost = sum(1 for ref in refs if ref not in placed)
            role = RowRole.UNPLACED if lost else RowRole.PREFACE if refs else RowRole.BLANK
            rows.append(RowReading(row, role))
            left += lost
        if left:
            self.gathered.warn(
                grid.name, f"Таблица не распознана, не размещено ячеек: {left}. Укажите, что в её колонках."
            )
        return TableReading(number, None, (None,) * grid.width, (None,) * grid.width, (), tuple(rows))


def _row_years(grid: Grid, heading: Heading) -> list[int]:
    columns = [column for column, role in enumerate(heading.roles) if role in ("start", "end", "term")]
    first = max(heading.rows, default=-1) + 1
    return [year for row in grid.rows[first:] for column in columns for year in years_in(row[column].text)]
