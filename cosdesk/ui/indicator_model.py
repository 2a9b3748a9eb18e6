"""The indicators' two tables: all indicators side by side, and one indicator period by period."""

from collections.abc import Callable
from datetime import date
from enum import Enum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.period import Period, PeriodKind, parse_period
from cosdesk.errors import UserError
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.headers import GROUP_ROLE, MARK_ROLE
from cosdesk.ui.indicator_cells import IndicatorCells
from cosdesk.ui.indicator_changes import (
    LONG_TEXTS,
    NUMBERS,
    Field,
    IndicatorChanges,
    Place,
    describe_place,
)
from cosdesk.ui.indicator_course import COURSE_ROLE
from cosdesk.ui.sheet import Cells, SheetModel
from cosdesk.ui.sheet_delegate import LONG_TEXT_ROLE
from cosdesk.ui.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_RIGHT = NUMBERS | {Field.DEVIATION, Field.LEVEL, Field.BASELINE_ON}
_HEADINGS = {
    Field.NUMBER: "№",
    Field.TITLE: "Наименование",
    Field.UNIT: "Ед. изм.",
    Field.BASELINE: "Базовое",
    Field.BASELINE_ON: "Дата",
    Field.TOTAL: "Итого",
    Field.TARGET: "План",
    Field.NUMERATOR: "Числитель",
    Field.DENOMINATOR: "Знаменатель",
    Field.FACT: "Факт",
    Field.PREVIOUS: "Прошлый год",
    Field.FORECAST: "Прогноз",
    Field.COURSE: "Ход",
    Field.TERRITORY: "Территория",
    Field.DEVIATION: "Отклонение",
    Field.LEVEL: "Уровень, %",
    Field.STATUS: "Статус",
    Field.REASON: "Причина отклонения",
    Field.MEASURE: "Принимаемые меры",
    Field.SOURCE: "Источник данных",
}


class Face(Enum):
    """The two faces of the table: the reporting period with what is achieved, or all years side by side."""

    PERIOD = "Отчётный период"
    YEARS = "По годам"


@dataclass(frozen=True, slots=True)
class Column:
    """``period`` is the code the column speaks of, empty for the indicator's own fields; ``face`` None is both."""

    field: Field
    period: str = ""
    group: str = ""
    heading: str = ""
    face: Face | None = None

    @property
    def title(self) -> str:
        return self.heading or _HEADINGS[self.field]


class _CellsModel(SheetModel):
    """What both tables share: every cell is a ``Place``, every write goes through ``IndicatorChanges``."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cells = IndicatorCells(workspace)
        self._columns: tuple[Column, ...] = ()

    def place(self, index: Index) -> Place:
        """Which cell an index is."""
        raise NotImplementedError

    def column(self, section: int) -> Column:
        return self._columns[section]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self._cells.may_edit(self.place(index)):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        # Asked some thousand times a painting, mostly for roles that have no answer.
        answer = _ANSWERS.get(role)
        if answer is not None and index.isValid():
            return answer(self._cells, self.place(index))
        return self.is_band(index) if role == CellRole.BAND else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column.field)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.group}: {column.title.lower()}" if column.group else column.title
            case _ if role == GROUP_ROLE:
                return column.group
            case _ if role == LONG_TEXT_ROLE:
                return column.field in LONG_TEXTS
        return None

    def is_band(self, index: Index) -> bool:
        return False

    def why_locked(self, index: Index) -> str:
        """Why nothing can be typed in that cell, empty where one can."""
        place = self.place(index) if index.isValid() else None
        return self._cells.why_locked(place) if place else ""

    # --- what a sheet answers

    def plain(self, index: Index) -> str:
        return self._cells.plain(self.place(index))

    def title(self, cells: Cells) -> str:
        place = self.place(cells[0][0])
        return describe_place(place, self._cells.indicators[place.indicator_id])

    def complaint(self, cells: Cells) -> str:
        try:
            self._changes(cells)
        except UserError as error:
            return str(error)
        return ""

    def write(self, cells: Cells, title: str) -> None:
        changes = self._changes(cells)
        with self._workspace.edit(title) as edit:
            changes.save(edit)
        if changes.doubts:
            self.doubted.emit(changes.doubts[0])
        elif kept := next(filter(None, map(self._kept_count, (index for index, _ in cells))), ""):
            self.doubted.emit(kept)

    def _kept_count(self, index: Index) -> str:
        # The typed number is kept, but what a round counted still stands in the cell.
        place = self.place(index)
        if place.field not in (Field.NUMERATOR, Field.DENOMINATOR, Field.FACT):
            return ""
        comparison = self._cells.comparison(place.indicator_id, place.period)
        return f"Показано значение по мониторингу, ваше сохранено рядом. {comparison}" if comparison else ""

    def _changes(self, cells: Cells) -> IndicatorChanges:
        changes = IndicatorChanges(self._cells.indicators, self._cells.actuals)
        for index, text in cells:
            place = self.place(index)
            try:
                changes.write(place, text)
            except UserError as error:
                if len(cells) == 1:
                    raise
                indicator = self._cells.indicators[place.indicator_id]
                raise UserError(f"{describe_place(place, indicator)}: {error}") from None
        return changes

    def _tell_all_changed(self) -> None:
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(self._columns) - 1))


class IndicatorModel(_CellsModel):
    """A row an indicator of the roadmap at hand, in printed order."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self._ids: tuple[int, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Reads the workspace; the rows are reset only when they are others than before."""
        cells = IndicatorCells(self._workspace)
        ids, columns = tuple(cells.indicators), self._make_columns(cells)
        if ids == self._ids and columns == self._columns:
            self._cells = cells
            self._tell_all_changed()
            return
        self.beginResetModel()
        self._cells, self._ids, self._columns = cells, ids, columns
        self.endResetModel()

    @property
    def cells(self) -> IndicatorCells:
        return self._cells

    def indicator(self, row: int) -> Indicator:
        return self._cells.indicators[self._ids[row]]

    def row_of(self, indicator_id: int) -> int | None:
        return self._ids.index(indicator_id) if indicator_id in self._ids else None

    def place(self, index: Index) -> Place:
        column = self._columns[index.column()]
        return Place(self._ids[index.row()], column.field, column.period)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def sort_key(self, index: Index) -> tuple[object, ...]:
        """What rows are ordered by in that column: numbers as numbers, the missing ones first."""
        place = self.place(index)
        if place.field is Field.STATUS:
            state = self._cells.state(place.indicator_id, place.period)
            return (state.level is not None, state.level or 0)
        if place.field in NUMBERS or place.field in (Field.DEVIATION, Field.LEVEL):
            amount = self._cells.amount(place)
            return (amount is not None, amount or 0)
        if place.field in (Field.NUMBER, Field.COURSE):
            return (index.row(),)
        if place.field is Field.BASELINE_ON:
            day = self.indicator(index.row()).baseline_on
            return (day is not None, day.toordinal() if day else 0)
        return (self._cells.text(place).casefold(),)

    def _make_columns(self, cells: IndicatorCells) -> tuple[Column, ...]:
        period = self._workspace.period
        fields = (Field.TARGET, Field.FACT, Field.DEVIATION, Field.LEVEL, Field.STATUS)
        years = cells.years
        group = _with_lock(period.label, cells.is_closed(period.code))
        # The years' plan and fact stand apart, as in the roadmap's own annex: a block of it is pasted as it is.
        return (
            *(Column(field) for field in (Field.NUMBER, Field.TITLE)),
            *((Column(Field.TERRITORY),) if _has_territories(cells) else ()),
            Column(Field.UNIT),
            Column(Field.BASELINE, face=Face.PERIOD),
            Column(Field.PREVIOUS, period.code, face=Face.PERIOD),
            Column(Field.COURSE, face=Face.PERIOD),
            Column(Field.BASELINE, "", "Базовое значение", "Значение", Face.YEARS),
            Column(Field.BASELINE_ON, "", "Базовое значение", "", Face.YEARS),
            *(Column(field, period.code, group, "", Face.PERIOD) for field in fields),
            *(Column(Field.TARGET, str(year), "План по годам", str(year), Face.YEARS) for year in years),
            Column(Field.TOTAL, "", "План по годам", "", Face.YEARS),
            *(
                Column(Field.FACT, str(y), "Факт по годам", _with_lock(str(y), cells.is_closed(str(y))), Face.YEARS)
                for y in years
            ),
        )


class PeriodModel(_CellsModel):
    """A row a period of the chosen indicator; the periods' names are the row headings."""

    FIELDS = (
        Field.TARGET,
        Field.NUMERATOR,
        Field.DENOMINATOR,
        Field.FACT,
        Field.FORECAST,
        Field.DEVIATION,
        Field.LEVEL,
        Field.STATUS,
        Field.REASON,
        Field.MEASURE,
        Field.SOURCE,
    )

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(workspace, parent)
        self._columns = tuple(Column(field) for field in self.FIELDS)
        self._indicator_id = 0
        self._periods: tuple[Period, ...] = ()

    def show(self, indicator_id: int | None, cells: IndicatorCells) -> None:
        """Shows the periods of that indicator, none for None."""
        chosen = indicator_id or 0
        periods = shown_periods(self._workspace, cells, chosen) if chosen else ()
        if (chosen, periods) == (self._indicator_id, self._periods):
            self._cells = cells
            self._tell_all_changed()
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(len(periods) - 1, 0))
            return
        self.beginResetModel()
        self._cells, self._indicator_id, self._periods = cells, chosen, periods
        self.endResetModel()

    def period_at(self, row: int) -> Period | None:
        return self._periods[row] if 0 <= row < len(self._periods) else None

    def row_of(self, period: Period) -> int | None:
        return self._periods.index(period) if period in self._periods else None

    def place(self, index: Index) -> Place:
        return Place(self._indicator_id, self._columns[index.column()].field, self._periods[index.row()].code)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._periods)

    def is_band(self, index: Index) -> bool:
        return self._periods[index.row()].kind is PeriodKind.YEAR

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            return super().headerData(section, orientation, role)
        if not 0 <= section < len(self._periods):
            return None
        period = self._periods[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _with_lock(period_heading(period), self._cells.is_closed(period.code))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _with_lock(period.label, self._cells.is_closed(period.code))
        if role == CellRole.BAND:
            return period.kind is PeriodKind.YEAR
        return period == self._workspace.period if role == MARK_ROLE else None


def _has_territories(cells: IndicatorCells) -> bool:
    """Whether the rows are told apart by their territory."""
    return len({indicator.territory for indicator in cells.indicators.values()}) > 1


def period_heading(period: Period) -> str:
    """The period without its year, which stands in the row above: «I квартал», «9 месяцев»; «2021 год»."""
    return period.label if period.kind is PeriodKind.YEAR else period.label.rsplit(" ", 1)[0]


def _with_lock(words: str, closed: bool) -> str:
    return f"{words}, закрыт" if closed else words


def shown_periods(workspace: Workspace, cells: IndicatorCells, indicator_id: int) -> tuple[Period, ...]:
    """For every year the year itself, quarters, the first half and nine months, and what else holds a value."""
    found: set[Period] = {workspace.period}
    for year in cells.years:
        found.add(Period(year))
        found.update(Period(year, PeriodKind.QUARTER, index) for index in (1, 2, 3, 4))
        found.add(Period(year, PeriodKind.HALF_YEAR, 1))
        found.add(Period(year, PeriodKind.NINE_MONTHS))
    found.update(parse_period(target.period) for target in cells.indicators[indicator_id].targets)
    found.update(parse_period(code) for code in cells.actuals.get(indicator_id, {}))
    return tuple(sorted(found, key=_order))


def _order(period: Period) -> tuple[int, bool, date, int]:
    # A year heads its periods; of those that end on one day the shorter comes first.
    return period.year, period.kind is not PeriodKind.YEAR, period.end, -period.start.toordinal()


def _alignment(field: Field) -> int:
    return _AT_RIGHT if field in _RIGHT else _AT_LEFT


def _spoken(cells: IndicatorCells, place: Place) -> str:
    """A cell as a screen reader says it."""
    return f"{describe_place(place, cells.indicators[place.indicator_id])}: {cells.text(place)}"


_AT_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
_ANSWERS: dict[int, Callable[[IndicatorCells, Place], object]] = {
    Qt.ItemDataRole.DisplayRole: IndicatorCells.text,
    Qt.ItemDataRole.EditRole: IndicatorCells.plain,
    Qt.ItemDataRole.ToolTipRole: lambda cells, place: cells.hint(place) or None,
    Qt.ItemDataRole.TextAlignmentRole: lambda _, place: _alignment(place.field),
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    COURSE_ROLE: lambda cells, place: cells.course(place.indicator_id) if place.field is Field.COURSE else None,
    CellRole.TONE: IndicatorCells.tone,
    CellRole.MUTED: IndicatorCells.is_muted,
    LONG_TEXT_ROLE: lambda _, place: place.field in LONG_TEXTS,
}
