"""Which columns of the indicators' tables are shown, and how wide."""

from cosdesk.ui.delegates import MARGIN_X
from cosdesk.ui.indicator_changes import NUMBERS, Field
from cosdesk.ui.indicator_course import CourseDelegate
from cosdesk.ui.indicator_model import Face, IndicatorModel, PeriodModel
from cosdesk.ui.sheet import SheetView

_WIDTHS = {
    Field.NUMBER: 34,
    Field.UNIT: 71,
    Field.TERRITORY: 110,
    Field.BASELINE: 64,
    Field.PREVIOUS: 72,
    Field.COURSE: 52,
    Field.BASELINE_ON: 94,
    Field.TOTAL: 62,
    Field.TARGET: 58,
    Field.NUMERATOR: 94,
    Field.DENOMINATOR: 114,
    Field.FACT: 58,
    Field.FORECAST: 80,
    Field.DEVIATION: 82,
    Field.LEVEL: 66,
    Field.STATUS: 141,
    Field.REASON: 220,
    Field.MEASURE: 220,
    Field.SOURCE: 180,
}
_LEAST_TITLE = 160


def show_table_columns(table: SheetView, model: IndicatorModel, face: Face, course: CourseDelegate) -> None:
    """The columns of that face; the name takes the room the others leave, ``course`` draws its own."""
    for section in range(model.columnCount()):
        column = model.column(section)
        table.setColumnHidden(section, column.face not in (None, face))
        if column.field is Field.TITLE:
            table.stretch(section, _LEAST_TITLE)
        elif not table.isColumnHidden(section):
            _give_room(table, section, column.field)
        drawn_by = course if column.field is Field.COURSE else None
        table.setItemDelegateForColumn(section, drawn_by)  # type: ignore[arg-type]  # None is the table's own


def show_grid_columns(grid: SheetView, with_counts: bool) -> None:
    """All columns of the periods; numerator and denominator for a share only."""
    for section, field in enumerate(PeriodModel.FIELDS):
        hidden = field in (Field.NUMERATOR, Field.DENOMINATOR) and not with_counts
        grid.setColumnHidden(section, hidden)
        if not hidden:
            _give_room(grid, section, field)


def _give_room(sheet: SheetView, section: int, field: Field) -> None:
    """The usual width of a column, more where a number needs it; never less than it was drawn to."""
    width = _WIDTHS[field]
    if field in NUMBERS | {Field.DEVIATION}:
        metrics, model = sheet.fontMetrics(), sheet.model()
        texts = (str(model.index(row, section).data()) for row in range(model.rowCount()))
        # A tenth more, for a year's numbers are bold.
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0) * 1.1
        width = max(width, int(widest) + 2 * MARGIN_X + 2)
    present = sheet.columnWidth(section)
    if present == sheet.horizontalHeader().defaultSectionSize() or present < width:
        sheet.setColumnWidth(section, width)
