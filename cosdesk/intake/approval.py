"""The лист согласования: a table of positions, names, signatures and dates, a stamp a row."""

from datetime import date

from cosdesk.domain.roadmap import Stamp, StampKind
from cosdesk.intake.draft import Gathered, Ref, RowReading, RowRole
from cosdesk.intake.grid import Cell, Grid
from cosdesk.intake.headings import normal
from cosdesk.intake.values import day_in, is_dash, one_line

_COLUMNS = {
    "position": ("должность", "наименование должности"),
    "name": ("инициалы фамилия", "фамилия инициалы", "фио", "ф и о", "фамилия имя отчество", "расшифровка подписи"),
    "signature": ("подпись", "личная подпись"),
    "on": ("дата", "дата согласования", "дата подписания"),
}


def read_approval_sheet(gathered: Gathered, grid: Grid, number: int) -> tuple[RowReading, ...] | None:
    """The rows as stamps of ``gathered``; None for a table that is no лист согласования.

    What stands in a cell that is not understood (a remark in place of a signature) stays unplaced.
    """
    fields = _fields(grid)
    if not {"position", "name", "signature"} <= set(fields.values()):
        return None
    gathered.ledger.place(*(Ref(number, 0, column) for column in range(grid.width)))
    readings = [RowReading(0, RowRole.HEADING)]
    for row in range(1, len(grid.rows)):
        readings.append(RowReading(row, _read_row(gathered, grid, number, row, fields)))
    return tuple(readings)


def _fields(grid: Grid) -> dict[int, str]:
    headings = {column: normal(cell.text) for column, cell in enumerate(grid.rows[0])} if grid.rows else {}
    return {
        column: field
        for column, heading in headings.items()
        for field, known in _COLUMNS.items()
        if heading in known
    }


def _read_row(gathered: Gathered, grid: Grid, number: int, row: int, fields: dict[int, str]) -> RowRole:
    texts = {"position": "", "name": ""}
    on: date | None = None
    for column, field in fields.items():
        cell = grid.rows[row][column]
        if field in texts:
            texts[field] = one_line(cell.text)
        elif field == "on":
            on = _day(cell)
        if field in texts or is_dash(cell.text) or (field == "on" and on):
            gathered.ledger.place(Ref(number, row, column))
    if not any(texts.values()):
        return RowRole.BLANK
    stamp = Stamp(
        len(gathered.stamps) + 1, StampKind.AGREED, "СОГЛАСОВАНО", texts["position"], texts["name"], on, side="sheet"
    )
    gathered.stamps.append(stamp)
    return RowRole.PREFACE


def _day(cell: Cell) -> date | None:
    return cell.value if isinstance(cell.value, date) else day_in(cell.text)
