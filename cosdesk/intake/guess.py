"""Roles of columns guessed by what stands in them, for rows pasted or kept without their head."""

import re
from collections.abc import Callable, Sequence

from cosdesk.forms.roadmap_form import RoadmapForm
from cosdesk.intake.grid import Cell, Grid
from cosdesk.intake.headings import Heading
from cosdesk.intake.rows import is_outline_number
from cosdesk.intake.values import day_in, is_dash, is_term, one_line

_PERSON = re.compile(
    r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁа-яё]?\.?|(?i:руководител|директор|специалист|координатор|заведующ)"
)
_MEASURED = ("number", "start", "end", "term", "baseline", "baseline_on", "target", "targets", "total")
_USUAL = 0.6
_FEWEST_ROWS = 2


def guessed_heading(grid: Grid, form: RoadmapForm) -> Heading | None:
    """A head for a grid that has none; None where too little speaks for a plan."""
    part = form.plan
    if part.layout != "rows" or grid.width < 3 or len(grid.rows) < _FEWEST_ROWS:
        return None
    columns = [[row[column] for row in grid.rows if not row[column].blank] for column in range(grid.width)]
    roles: list[str | None] = [None] * grid.width
    if _usual(columns[0], lambda cell: is_outline_number(cell.number or cell.text)):
        roles[0] = "number"
    days = [c for c in _free(roles) if _usual(columns[c], _is_day)]
    if len(days) > 1:
        roles[days[0]], roles[days[1]] = "start", "end"
    elif terms := [c for c in _free(roles) if _usual(columns[c], lambda cell: is_term(one_line(cell.text)))]:
        roles[terms[0]] = "term"
    if people := [c for c in _free(roles) if _usual(columns[c], lambda cell: bool(_PERSON.search(cell.text)))]:
        roles[people[0]] = "responsible"
    if free := _free(roles):
        longest = max(free, key=lambda c: sum(len(cell.text) for cell in columns[c]))
        roles[longest] = "title"
        if rest := [c for c in free if c != longest and columns[c]]:
            roles[rest[0]] = "expected"
    if "title" not in roles or not {"term", "start", "number"} & set(roles):
        return None
    own = {column.field for column in part.columns}
    found = {role for role in roles if role}
    score = 0.6 * len(found & own) / max(len(own), len(found))
    return Heading(unknown_head(grid, roles), part, tuple(roles), (None,) * grid.width, score)


def unknown_head(grid: Grid, roles: Sequence[str | None]) -> tuple[int, ...]:
    """The first row, where it is a head in words nobody knows: no number, day or amount in it, but below it."""
    measured = [column for column, role in enumerate(roles) if role in _MEASURED]
    above, below = (
        [cells[c].shown for c in measured] for cells in (grid.rows[0], grid.rows[min(1, len(grid.rows) - 1)])
    )
    words = all(not re.search(r"\d", text) and not is_term(one_line(text)) for text in above)
    return (0,) if words and any(above) and any(re.search(r"\d", text) for text in below) else ()


def _free(roles: Sequence[str | None]) -> list[int]:
    return [column for column, role in enumerate(roles) if role is None]


def _usual(cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> bool:
    return bool(cells) and sum(1 for cell in cells if holds(cell)) >= _USUAL * len(cells)


def _is_day(cell: Cell) -> bool:
    text = one_line(cell.text)
    return is_dash(text) or (len(text) < 20 and day_in(text) is not None)
