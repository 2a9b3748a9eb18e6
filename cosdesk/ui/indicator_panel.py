"""The indicator at hand, at the right: every field of its own, edited where it stands, and its chart."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.indicator import Direction, Indicator, TotalRule
from cosdesk.domain.paired import may_pair
from cosdesk.domain.period import Period, PeriodKind
from cosdesk.errors import UserError
from cosdesk.reports.document import Chart, Series
from cosdesk.reports.typography import number
from cosdesk.store import indicators as store
from cosdesk.ui.chart_view import ChartView
from cosdesk.ui.indicator_cells import IndicatorCells
from cosdesk.ui.indicator_changes import Field, IndicatorChanges, Place, describe_place, short_name
from cosdesk.ui.panel_parts import flat_button, plain_label
from cosdesk.ui.theme import STEP, Tone, ink_of, scaled
from cosdesk.ui.workspace import Workspace

WIDTH = 272
_TYPES = ("основной", "дополнительный")
_UNITS = ("процент", "единица", "человек", "организация", "балл", "мегабит в секунду")
_DIRECTIONS = (("рост", Direction.UP), ("снижение", Direction.DOWN))
_RULES = (("последний год", TotalRule.LAST), ("сумма по годам", TotalRule.SUM))


class TextField(QPlainTextEdit):
    """A text of several lines; ``finished`` when it is left or Enter is pressed (Shift+Enter is a new line)."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(5 * self.fontMetrics().lineSpacing() + 2 * STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if plain_enter:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()


class Choice(QComboBox):
    """A drop-down that the wheel leaves alone while one only scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class IndicatorPanel(QScrollArea):
    """Shows one indicator; writes each field as its own edit, told wrong right under the field.

    ``schools_wanted``: the schools behind the value that ``comparison`` tells of.
    """

    schools_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cells = IndicatorCells(workspace)
        self._indicator: Indicator | None = None
        self._lines: dict[Field, QLineEdit | QPlainTextEdit] = {}
        self._complaints: dict[Field, QLabel] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(scaled(WIDTH))
        self.setAccessibleName("Показатель: все поля")
        self._lay_out()

    def _lay_out(self) -> None:
        self._body = QWidget()
        self._layout = layout = QVBoxLayout(self._body)
        layout.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP * 2)
        layout.setSpacing(STEP)
        self._form = QFormLayout()
        self._form.setSpacing(STEP)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.title = TextField()
        self._add(Field.TITLE, "Наименование", self.title, over=True)
        self._add(Field.NUMBER, "Номер", QLineEdit())
        self.type = self._add_choice(Field.TYPE, "Тип", _TYPES)
        self.unit = self._add_choice(Field.UNIT, "Ед. изм.", _UNITS)
        self._add(Field.TERRITORY, "Территория", QLineEdit())
        self._add(Field.BASELINE, "Базовое", QLineEdit())
        self._add(Field.BASELINE_ON, "на дату", QLineEdit(), hint="ДД.ММ.ГГГГ")
        self.direction = self._add_options("Цель", "Цель: рост или снижение", _DIRECTIONS, self._set_direction)
        self.total_rule = self._add_options("Итого – это", "Как считается итого", _RULES, self._set_total_rule)
        self._add(Field.TOTAL, "Итого", QLineEdit())
        self.share = self._add_options(
            "Числитель", "Это число – числитель доли", (), self._set_share
        )
        layout.addLayout(self._form)
        self.comparison = plain_label("")
        self.schools_button = flat_button("Школы за показателем…", self.schools_wanted.emit, "schools")
        layout.addWidget(self.comparison)
        layout.addWidget(self.schools_button)
        self.show_comparison("")
        self._scope = Choice()
        self._scope.setAccessibleName("Диаграмма: годы или кварталы")
        self._scope.currentIndexChanged.connect(self._draw)
        self.chart = ChartView("Диаграмма плана и факта")
        layout.addWidget(self._scope)
        layout.addWidget(self.chart)
        layout.addStretch(1)
        self.setWidget(self._body)

    def field(self, field: Field) -> QLineEdit | QPlainTextEdit:
        """The widget in which that field is typed."""
        return self._lines[field]

    def complaint(self, field: Field) -> str:
        """What is told under that field, empty when nothing is wrong."""
        return self._complaints[field].text()

    def show_indicator(self, indicator: Indicator | None, cells: IndicatorCells, years: Sequence[int]) -> None:
        """Shows that indicator, nothing for None; ``years`` are the groups of the chart."""
        self._indicator, self._cells, self._years = indicator, cells, tuple(years)
        self._body.setVisible(indicator is not None)
        if indicator is None:
            return
        for field, line in self._lines.items():
            self._show_text(line, cells.plain(Place(indicator.id, field)))
            line.setReadOnly(not cells.editable)
            self._tell(field, "")
        for choice in (self.type, self.unit, self.direction, self.total_rule, self.share):
            choice.setEnabled(cells.editable)
        self._show_option(self.direction, indicator.direction)
        self._show_option(self.total_rule, indicator.total_rule)
        self._show_shares(indicator)
        total = self._lines[Field.TOTAL]
        assert isinstance(total, QLineEdit)
        total.setPlaceholderText(_proposed_total(indicator))
        with QSignalBlocker(self._scope):
            place = max(self._scope.currentIndex(), 0)
            self._scope.clear()
            self._scope.addItems(["План и факт по годам", f"План и факт за {self._workspace.period.year} год"])
            self._scope.setCurrentIndex(place)
        self._draw()

    def add_part(self, widget: QWidget) -> None:
        """A part of the page's own at the end, above the empty room."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def show_comparison(self, told: str) -> None:
        """A counted value beside the typed one; hidden where the text is empty."""
        self.comparison.setText(told)
        self.comparison.setVisible(bool(told))
        self.schools_button.setVisible(bool(told))

    # --- construction

    def _add(self, field: Field, caption: str, line: QLineEdit | TextField, hint: str = "", over: bool = False) -> None:
        self._place(field, caption, line, line, over)
        if isinstance(line, QLineEdit):
            line.setPlaceholderText(hint)
            line.editingFinished.connect(lambda: self._commit(field))
        else:
            line.finished.connect(lambda: self._commit(field))

    def _add_choice(self, field: Field, caption: str, options: Sequence[str]) -> QComboBox:
        choice = Choice()
        choice.setEditable(True)
        choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        choice.addItems(list(options))
        choice.setMinimumContentsLength(8)
        line = choice.lineEdit()
        assert line is not None
        self._place(field, caption, choice, line, False)
        choice.setAccessibleName(caption)
        line.editingFinished.connect(lambda: self._commit(field))
        choice.textActivated.connect(lambda: self._commit(field))
        return choice

    def _place(self, field: Field, caption: str, widget: QWidget, line: QLineEdit | QPlainTextEdit, over: bool) -> None:
        line.setAccessibleName(field.value.capitalize())
        self._lines[field] = line
        label = QLabel(caption)
        label.setBuddy(widget)
        complaint = QLabel()
        complaint.setTextFormat(Qt.TextFormat.PlainText)
        complaint.setWordWrap(True)
        complaint.hide()
        self._complaints[field] = complaint
        if over:
            self._form.addRow(label)
            self._form.addRow(widget)
        else:
            self._form.addRow(label, widget)
        self._form.addRow(complaint)

    def _add_options(
        self, caption: str, name: str, options: Sequence[tuple[str, object]], chosen: Callable[[], None]
    ) -> QComboBox:
        choice = Choice()
        choice.setAccessibleName(name)
        choice.setMinimumContentsLength(8)
        for text, value in options:
            choice.addItem(text, value)
        choice.activated.connect(chosen)
        label = QLabel(caption)
        label.setBuddy(choice)
        self._form.addRow(label, choice)
        return choice

    # --- showing

    @staticmethod
    def _show_text(line: QLineEdit | QPlainTextEdit, text: str) -> None:
        if isinstance(line, QPlainTextEdit):
            if line.toPlainText() != text:
                line.setPlainText(text)
        elif line.text() != text:
            line.setText(text)

    @staticmethod
    def _show_option(choice: QComboBox, value: object) -> None:
        with QSignalBlocker(choice):
            choice.setCurrentIndex(choice.findData(value))

    def _show_shares(self, indicator: Indicator) -> None:
        """The shares whose numerator this count may be; hidden where it is a share itself or there are none."""
        known = self._cells.indicators
        shares = [each for each in known.values() if may_pair(indicator, each, known.values())]
        with QSignalBlocker(self.share):
            self.share.clear()
            self.share.addItem("считается само", None)
            for each in shares:
                self.share.addItem(f"показателя {short_name(each)}", each.id)
            self.share.setCurrentIndex(max(self.share.findData(indicator.numerator_of), 0))
        self._form.setRowVisible(self.share, bool(shares))

    def _tell(self, field: Field, complaint: str) -> None:
        label = self._complaints[field]
        palette = label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, ink_of(Tone.RED))
        label.setPalette(palette)
        label.setText(complaint)
        label.setVisible(bool(complaint))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._complaints:
            for field, label in self._complaints.items():
                self._tell(field, label.text())

    def _draw(self) -> None:
        indicator = self._indicator
        if indicator is None:
            return
        if self._scope.currentIndex() == 0:
            groups = [(str(year), Period(year)) for year in self._years]
        else:
            year = self._workspace.period.year
            quarters = [Period(year, PeriodKind.QUARTER, index) for index in (1, 2, 3, 4)]
            groups = [*((q.label.rsplit(" ", 2)[0] + " кв.", q) for q in quarters), ("год", Period(year))]
        series = [
            Series("план", tuple(indicator.target(period.code) for _, period in groups)),
            Series("факт", tuple(self._cells.state(indicator.id, period.code).amount for _, period in groups)),
        ]
        forecasts = [self._cells.amount(Place(indicator.id, Field.FORECAST, period.code)) for _, period in groups]
        # A forecast is told as long as there is no fact.
        awaited = [f if fact is None else None for f, fact in zip(forecasts, series[1].values, strict=True)]
        if any(forecast is not None for forecast in awaited):
            series.append(Series("прогноз", tuple(awaited)))
        self.chart.show_chart(Chart("", tuple(label for label, _ in groups), tuple(series)))

    # --- writing

    def _commit(self, field: Field) -> None:
        indicator = self._indicator
        if indicator is None or not self._cells.editable:
            return
        line = self._lines[field]
        text = line.toPlainText() if isinstance(line, QPlainTextEdit) else line.text()
        place = Place(indicator.id, field)
        if text == self._cells.plain(place):
            self._tell(field, "")
            return
        changes = IndicatorChanges(self._cells.indicators, self._cells.actuals)
        try:
            changes.write(place, text)
        except UserError as error:
            self._tell(field, str(error))
            return
        with self._workspace.edit(describe_place(place, indicator)) as edit:
            changes.save(edit)

    def _set_direction(self) -> None:
        self._change("направление", direction=self.direction.currentData())

    def _set_total_rule(self) -> None:
        self._change("правило итога", total_rule=self.total_rule.currentData())

    def _set_share(self) -> None:
        self._change("чей это числитель", numerator_of=self.share.currentData())

    def _change(self, what: str, **values: object) -> None:
        if self._indicator is None:
            return
        changed = replace(self._indicator, **values)  # type: ignore[arg-type]
        if changed != self._indicator:
            with self._workspace.edit(f"Показатель {short_name(self._indicator)}: {what}") as edit:
                store.change_indicator(edit, changed)


def _proposed_total(indicator: Indicator) -> str:
    """What the rule makes of the years' targets, shown where no total is printed."""
    years = [target for target in indicator.targets if len(target.period) == 4]
    if not years:
        return ""
    if indicator.total_rule is TotalRule.SUM:
        return f"по правилу {number(sum(target.value for target in years))}"
    return f"по правилу {number(max(years, key=lambda target: target.period).value)}"
