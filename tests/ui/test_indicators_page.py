"""What a coordinator does with indicators: types, pastes, errs, undoes; asserted on what the file then holds."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from cosdesk.domain.indicator import Actual, Direction, Indicator, TargetRule, TotalRule
from cosdesk.domain.period import Period, PeriodKind
from cosdesk.store.districts import change_district
from cosdesk.store.indicators import delete_indicator
from cosdesk.store.roadmaps import delete_roadmap
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.indicator_changes import Field
from cosdesk.ui.indicator_model import PeriodModel
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.theme import Tone

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Q2 = Period(2021, PeriodKind.QUARTER, 2)
Q3 = Period(2021, PeriodKind.QUARTER, 3)


@pytest.fixture
def page(workspace, show_page) -> IndicatorsPage:
    return show_page(IndicatorsPage, workspace)


def indicator(page: IndicatorsPage, number: str = "1") -> Indicator:
    contents = page.workspace.contents
    assert contents is not None
    return next(i for i in contents.indicators if i.number == number)


def actual(page: IndicatorsPage, period: Period, number: str = "1") -> Actual | None:
    return page.workspace.actuals.get(indicator(page, number).id, {}).get(period.code)


def grid_cell(page: IndicatorsPage, period: Period, field: Field) -> QModelIndex:
    row = page.periods.row_of(period)
    assert row is not None
    return page.periods.index(row, PeriodModel.FIELDS.index(field))


def table_cell(page: IndicatorsPage, number: str, heading: str, group: str = "") -> QModelIndex:
    for row in range(page.proxy.rowCount()):
        if page.proxy.index(row, 0).data() != number:
            continue
        for section in range(page.model.columnCount()):
            column = page.model.column(section)
            if not page.table.isColumnHidden(section) and (column.title, column.group) == (heading, group):
                return page.proxy.index(row, section)
    raise LookupError((number, heading, group))


def go(view: SheetView, index: QModelIndex) -> None:
    view.setFocus()
    view.setCurrentIndex(index)


def editor(view: SheetView) -> QLineEdit | QPlainTextEdit:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit | QPlainTextEdit) and view.isAncestorOf(focused)
    return focused


def keys(widget: QWidget, text: str) -> None:
    """Types letters of any alphabet, which ``QTest.keyClicks`` does not."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def type_into(view: SheetView, index: QModelIndex, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Types over the cell as one does: the first letter opens it, a key closes it."""
    go(view, index)
    keys(view, text[0])
    field = editor(view)
    keys(field, text[1:])
    QTest.keyClick(field, end)


def told(page: IndicatorsPage) -> str:
    return page._notice.text()


# --- the tables


def test_the_models_keep_qts_rules(page) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (page.model, page.proxy, page.periods)]
    page.search("уроков")
    page.search("")
    page.workspace.choose_period(Period(2022))
    page.add_indicator()
    page.workspace.undo()
    assert len(testers) == 3


def test_the_table_shows_the_reporting_period(page) -> None:
    group = Q2.label
    row = [table_cell(page, "1", heading, group).data() for heading in ("План", "Факт", "Отклонение", "Статус")]
    assert row == ["37,5", "–", "–", "Нет данных"]
    page.workspace.choose_period(Period(2021))
    cells = [
        table_cell(page, "1", heading, "2021\u00a0год") for heading in ("План", "Факт", "Отклонение", "Уровень, %")
    ]
    assert [cell.data() for cell in cells] == ["60", "62,5", "+2,5\u00a0п.п.", "104,2"]
    status = table_cell(page, "1", "Статус", "2021\u00a0год")
    assert (status.data(), status.data(CellRole.TONE)) == ("Перевыполнено", Tone.GREEN)
    assert table_cell(page, "2", "Отклонение", "2021\u00a0год").data() == "+2"


def test_the_years_stand_side_by_side(page) -> None:
    page.faces.setCurrentIndex(1)
    plan = [table_cell(page, "1", year, "План по годам").data() for year in ("2021", "2022", "2023", "Итого")]
    fact = [table_cell(page, "1", year, "Факт по годам").data() for year in ("2021", "2022", "2023")]
    assert (plan, fact) == (["60", "80", "100", "100"], ["62,5", "–", "–"])


def test_a_quarter_without_its_own_plan_shows_the_years_apart(page) -> None:
    cell = grid_cell(page, Q3, Field.TARGET)
    assert (cell.data(), cell.data(CellRole.MUTED), page.periods.plain(cell)) == ("60 (год)", True, "")
    assert not grid_cell(page, Q2, Field.TARGET).data(CellRole.MUTED)


def test_the_grid_stands_on_the_reporting_period(page) -> None:
    assert page.grid.currentIndex() == grid_cell(page, Q2, Field.NUMERATOR)
    page.workspace.choose_period(Q3)
    assert page.grid.currentIndex().row() == page.periods.row_of(Q3)


def test_every_control_bears_a_name(page) -> None:
    for widget in page.findChildren(QWidget):
        named = isinstance(widget, SheetView | QLineEdit | QPlainTextEdit) and widget.isVisible()
        if named and not widget.objectName().startswith("qt_"):
            assert widget.accessibleName(), widget


def test_f6_goes_round_the_parts(page) -> None:
    page.table.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [page.grid, page.panel.title, page.table]


def test_f4_hides_the_panel_and_brings_it_back(page) -> None:
    page.panel.title.setFocus()
    for shown in (False, True):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F4)
        assert page.panel.isVisible() is shown


# --- typing


def test_numerator_and_denominator_make_the_share(page) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.NUMERATOR), "3", Qt.Key.Key_Tab)
    assert page.grid.currentIndex() == grid_cell(page, Q2, Field.DENOMINATOR)
    keys(page.grid, "8")
    QTest.keyClick(editor(page.grid), Qt.Key.Key_Return)
    recorded = actual(page, Q2)
    assert recorded is not None
    assert (recorded.numerator, recorded.denominator, recorded.value) == (3, 8, None)
    assert grid_cell(page, Q2, Field.FACT).data() == "37,5"
    assert grid_cell(page, Q2, Field.STATUS).data() == "Достигнуто"
    assert page.workspace.undo_title == "Знаменатель показателя 1 за II квартал 2021\u00a0г."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("62,5", "62.5"), ("62.5", "62.5"), ("1 846", "1846"), ("70 %", "70"), ("-3", "-3"), ("−3", "-3"), ("+4", "4")],
)
def test_numbers_as_people_type_them(page, typed: str, kept: str) -> None:
    type_into(page.grid, grid_cell(page, Q3, Field.TARGET), typed)
    assert indicator(page).target("2021-Q3") == Decimal(kept)


@pytest.mark.parametrize("typed", ["8/12", "8 из 12", "8 / 12"])
def test_a_share_typed_as_the_fact(page, typed: str) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.FACT), typed)
    recorded = actual(page, Q2)
    assert recorded is not None
    assert (recorded.numerator, recorded.denominator) == (8, 12)
    assert grid_cell(page, Q2, Field.FACT).data() == "66,7"


def test_a_share_typed_as_the_numerator(page) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.NUMERATOR), "8/12")
    recorded = actual(page, Q2)
    assert recorded is not None
    assert (recorded.numerator, recorded.denominator) == (8, 12)


def test_enter_goes_down_and_undo_brings_back(page) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.FACT), "40")
    assert page.grid.currentIndex().row() == grid_cell(page, Q2, Field.FACT).row() + 1
    recorded = actual(page, Q2)
    assert recorded is not None and recorded.value == 40
    page.workspace.undo()
    assert actual(page, Q2) is None
    page.workspace.redo()
    assert actual(page, Q2) == recorded


@pytest.mark.parametrize("typed", ["abc", "12,5,1", "1e5", "62,5 штук", "1234567890123456"])
def test_a_wrong_number_is_told_at_the_place(page, typed: str) -> None:
    before = page.workspace.snapshot
    type_into(page.grid, grid_cell(page, Q2, Field.FACT), typed)
    assert editor(page.grid).text() == typed  # the cell stays open
    assert typed in told(page)
    assert page.workspace.snapshot is before
    QTest.keyClick(editor(page.grid), Qt.Key.Key_Escape)
    assert grid_cell(page, Q2, Field.FACT).data() == "–"


def test_a_wrong_number_left_by_the_mouse_is_told_and_forgotten(page) -> None:
    go(page.grid, grid_cell(page, Q2, Field.FACT))
    keys(page.grid, "abc")
    page.table.setFocus()
    assert "не число" in told(page) and "прежнее значение" in told(page)
    assert actual(page, Q2) is None


def test_what_is_more_than_all_is_taken_and_doubted(page) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.FACT), "101")
    recorded = actual(page, Q2)
    assert recorded is not None and recorded.value == 101
    assert "больше 100" in told(page)


@pytest.mark.parametrize(
    ("typed", "rule", "shown", "status"),
    [
        ("не менее 60 %", TargetRule.AT_LEAST, "≥\u00a060", "Перевыполнено"),
        ("не более 60", TargetRule.AT_MOST, "≤\u00a060", "Ниже плана"),
        ("=62,5", TargetRule.EXACTLY, "=\u00a062,5", "Достигнуто"),
        ("от 60 до 65", TargetRule.RANGE, "60–65", "Достигнуто"),
        ("62,5", TargetRule.PLAIN, "62,5", "Достигнуто"),
    ],
)
def test_a_plan_is_typed_with_its_bound_and_judged_by_it(
    page, typed: str, rule: TargetRule, shown: str, status: str
) -> None:
    cell = grid_cell(page, Period(2021), Field.TARGET)
    type_into(page.grid, cell, typed)
    plan = indicator(page).plan("2021")
    assert plan is not None and plan.rule is rule
    assert plan.text == ("" if rule is TargetRule.PLAIN else typed)
    assert (cell.data(), grid_cell(page, Period(2021), Field.STATUS).data()) == (shown, status)
    # Copied and pasted back it stays what it was.
    type_into(page.grid, cell, page.periods.plain(cell))
    assert indicator(page).plan("2021") == plan


def test_a_share_of_nothing_is_a_dash(page) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.NUMERATOR), "3", Qt.Key.Key_Tab)
    keys(page.grid, "0")
    QTest.keyClick(editor(page.grid), Qt.Key.Key_Return)
    assert grid_cell(page, Q2, Field.FACT).data() == "–"
    assert "Знаменатель равен нулю" in told(page)


def test_a_negative_count_is_refused(page) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.NUMERATOR), "-3")
    assert "меньше нуля" in told(page)
    assert actual(page, Q2) is None


def test_a_dash_and_del_empty_a_cell(page) -> None:
    type_into(page.grid, grid_cell(page, Period(2021), Field.TARGET), "–")
    assert indicator(page).target("2021") is None
    go(page.grid, grid_cell(page, Q2, Field.TARGET))
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert indicator(page).target("2021-Q2") is None


def test_an_actual_without_anything_is_taken_away(page) -> None:
    page.table.setCurrentIndex(table_cell(page, "2", "Наименование"))
    go(page.grid, grid_cell(page, Period(2021), Field.FACT))
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert actual(page, Period(2021), "2") is None


def test_reasons_are_texts_of_several_lines(page) -> None:
    go(page.grid, grid_cell(page, Q2, Field.REASON))
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    field = editor(page.grid)
    keys(field, "Нет оборудования")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keys(field, "и связи")
    QTest.keyClick(field, Qt.Key.Key_Return)
    recorded = actual(page, Q2)
    assert recorded is not None and recorded.reason == "Нет оборудования\nи связи"


def test_the_first_plan_says_which_way_is_better(page) -> None:
    page.show_indicator(3)
    type_into(page.grid, grid_cell(page, Period(2021), Field.TARGET), "не более 5")
    assert indicator(page, "3").direction is Direction.DOWN
    page.workspace.undo()
    assert (indicator(page, "3").direction, indicator(page, "3").targets) == (Direction.UP, ())


def test_last_years_fact_and_a_forecast_stand_beside(page) -> None:
    page.workspace.choose_period(Period(2022))
    assert table_cell(page, "1", "Прошлый год").data() == "62,5"
    forecast = grid_cell(page, Period(2022), Field.FORECAST)
    type_into(page.grid, forecast, "70")
    recorded = actual(page, Period(2022))
    assert recorded is not None and (recorded.forecast, recorded.amount) == (70, None)
    assert grid_cell(page, Period(2022), Field.STATUS).data() == "Нет данных"
    assert "2022: план 80, факт –, прогноз 70" in page.panel.chart.accessibleDescription()
    type_into(page.grid, forecast, "-")
    assert actual(page, Period(2022)) is None


def test_territories_are_shown_where_they_tell_rows_apart(page) -> None:
    headings = {page.model.column(section).title for section in range(page.model.columnCount())}
    assert "Территория" not in headings
    page.show_indicator(2)
    page.panel.field(Field.TERRITORY).setText("Ольховка")
    page.panel.field(Field.TERRITORY).editingFinished.emit()
    assert table_cell(page, "2", "Территория").data() == "Ольховка"


def test_a_count_follows_from_the_numerator_of_its_share(page) -> None:
    page.show_indicator(2)
    choice = page.panel.share
    assert [choice.itemText(row) for row in range(choice.count())] == [
        "считается само", "показателя 1", "показателя 3",
    ]  # fmt: skip
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    fact = grid_cell(page, Period(2021), Field.FACT)
    assert (fact.data(), bool(fact.flags() & Qt.ItemFlag.ItemIsEditable)) == ("5", False)
    assert page.periods.why_locked(fact).startswith("Это числитель показателя 1: исправьте его там.")
    # What was typed before stays in the file, notes are kept beside.
    type_into(page.grid, grid_cell(page, Period(2021), Field.SOURCE), "Замеры")
    kept = {(each.indicator_id, each.period): each for each in page.workspace.snapshot.recorded}[2, "2021"]
    assert (kept.value, kept.source) == (12, "Замеры")
    page.show_indicator(1)
    assert not page.panel._form.isRowVisible(page.panel.share)
    page.workspace.undo()
    page.workspace.undo()
    page.show_indicator(2)
    assert grid_cell(page, Period(2021), Field.FACT).data() == "12"


def test_counts_are_for_shares_only(page) -> None:
    page.table.setCurrentIndex(table_cell(page, "2", "Наименование"))
    assert page.grid.isColumnHidden(PeriodModel.FIELDS.index(Field.NUMERATOR))
    type_into(page.grid, grid_cell(page, Q2, Field.FACT), "3/4")
    assert "Впишите одно число" in told(page)


# --- blocks


def paste(view: SheetView, index: QModelIndex, text: str) -> None:
    go(view, index)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_block_from_excel_is_one_edit(page) -> None:
    page.faces.setCurrentIndex(1)
    paste(page.table, table_cell(page, "1", "2021", "План по годам"), "61\t81,5\t100\r\n11\t12\t13\r\n")
    assert [t.value for t in indicator(page).targets if len(t.period) == 4] == [61, Decimal("81.5"), 100]
    assert [t.value for t in indicator(page, "2").targets] == [11, 12, 13]
    assert page.workspace.undo_title == "Вставка: ячеек 6"
    page.workspace.undo()
    assert indicator(page).target("2021") == 60 and indicator(page, "2").target("2022") is None


def test_a_pasted_row_keeps_the_share_behind_its_percent(page) -> None:
    paste(page.grid, grid_cell(page, Q2, Field.TARGET), "40\t3\t8\t37,5\t50\t-2,5\t93,8\tНиже плана\tПричина")
    recorded = actual(page, Q2)
    assert recorded is not None
    assert (recorded.numerator, recorded.denominator, recorded.value, recorded.reason) == (3, 8, None, "Причина")
    assert (indicator(page).target("2021-Q2"), recorded.forecast) == (40, 50)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ("61\tabc\n11\t12", "План показателя 1 на 2022\u00a0год: «abc» – не число"),
        ("1\t2\t3\t4\t5\t6\t7\t8", "столбцов в буфере 8, а от этой ячейки вправо их 7"),
        ("1\n2\n3\n4", "строк в буфере 4, а от этой ячейки вниз их 3"),
    ],
)
def test_a_wrong_block_changes_nothing(page, block: str, sentence: str) -> None:
    before = page.workspace.snapshot
    page.faces.setCurrentIndex(1)
    paste(page.table, table_cell(page, "1", "2021", "План по годам"), block)
    assert told(page).startswith("Не вставлено") and sentence in told(page)
    assert page.workspace.snapshot is before


def test_a_block_is_copied_as_excel_reads_it(page) -> None:
    page.faces.setCurrentIndex(1)
    first, last = table_cell(page, "1", "2021", "План по годам"), table_cell(page, "2", "2022", "План по годам")
    go(page.table, first)
    page.table.clearSelection()
    for row in range(first.row(), last.row() + 1):
        for column in range(first.column(), last.column() + 1):
            page.table.selectionModel().select(
                page.proxy.index(row, column), page.table.selectionModel().SelectionFlag.Select
            )
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "60\t80\n10\t"


def test_one_value_fills_the_selection(page) -> None:
    page.faces.setCurrentIndex(1)
    first, last = table_cell(page, "1", "2022", "План по годам"), table_cell(page, "3", "2022", "План по годам")
    go(page.table, first)
    for row in range(first.row(), last.row() + 1):
        model = page.table.selectionModel()
        model.select(page.proxy.index(row, first.column()), model.SelectionFlag.Select)
    QGuiApplication.clipboard().setText("77")
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [indicator(page, number).target("2022") for number in "123"] == [77, 77, 77]


# --- the indicators themselves


def test_a_new_indicator_is_named_at_once(page) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Insert)
    assert QApplication.focusWidget() is page.panel.title
    keys(page.panel.title, "Число школ с цифровым классом")
    QTest.keyClick(page.panel.title, Qt.Key.Key_Return)
    assert indicator(page, "4").title == "Число школ с цифровым классом"
    page.workspace.undo()
    page.workspace.undo()
    contents = page.workspace.contents
    assert contents is not None and len(contents.indicators) == 3


def test_a_deleted_indicator_comes_back_whole(page) -> None:
    before = page.workspace.snapshot
    page.table.setCurrentIndex(table_cell(page, "1", "Наименование"))
    page.delete_action.trigger()
    contents = page.workspace.contents
    assert contents is not None and [i.number for i in contents.indicators] == ["2", "3"]
    assert page.chosen is not None and page.chosen.number == "2"
    page.workspace.undo()
    assert page.workspace.snapshot == before


@pytest.mark.parametrize(
    ("field", "typed", "name", "kept"),
    [
        (Field.NUMBER, "1.1", "number", "1.1"),
        (Field.UNIT, "единица", "unit", "единица"),
        (Field.TYPE, "основной проектный", "type", "основной проектный"),
        (Field.TERRITORY, "Ольховский район", "territory", "Ольховский район"),
        (Field.BASELINE, "26,5", "baseline", Decimal("26.5")),
        (Field.BASELINE, "", "baseline", None),
        (Field.BASELINE_ON, "", "baseline_on", None),
        (Field.TOTAL, "99", "total", Decimal(99)),
        (Field.TITLE, "Доля школ", "title", "Доля школ"),
    ],
)
def test_the_panel_changes_every_field(page, field: Field, typed: str, name: str, kept: object) -> None:
    first = indicator(page).id
    line = page.panel.field(field)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    keys(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert getattr(page.model.cells.indicators[first], name) == kept
    page.workspace.undo()
    assert getattr(page.model.cells.indicators[first], name) == getattr(indicator(page), name) != kept


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (Field.BASELINE, "много", "не число"),
        (Field.BASELINE_ON, "31.02.2021", "нет в календаре"),
        (Field.BASELINE_ON, "вчера", "не дата"),
        (Field.TITLE, " ", "не может быть пустым"),
    ],
)
def test_the_panel_tells_what_is_wrong_under_the_field(page, field: Field, typed: str, sentence: str) -> None:
    before = page.workspace.snapshot
    line = page.panel.field(field)
    line.setFocus()
    line.selectAll()
    keys(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert sentence in page.panel.complaint(field)
    assert page.workspace.snapshot is before


def test_the_panel_sets_goal_and_rule_of_total(page) -> None:
    for choice, place in ((page.panel.direction, 1), (page.panel.total_rule, 1)):
        choice.setCurrentIndex(place)
        choice.activated.emit(place)
    assert (indicator(page).direction, indicator(page).total_rule) == (Direction.DOWN, TotalRule.SUM)


def test_the_chart_says_the_same_in_words(page) -> None:
    assert page.panel.chart.accessibleDescription() == (
        "2021: план 60, факт 62,5; 2022: план 80, факт –; 2023: план 100, факт –"
    )


# --- finding and sorting


def test_search_finds_word_forms(page) -> None:
    page.search("уроки")
    assert [page.proxy.index(row, 0).data() for row in range(page.proxy.rowCount())] == ["2"]
    assert page.status_text() == "3\u00a0показателя, показано 1, без факта 3"
    page.search("")
    assert page.proxy.rowCount() == 3


def test_the_filter_keeps_what_is_behind(page) -> None:
    page.workspace.choose_period(Period(2021))
    type_into(page.grid, grid_cell(page, Period(2021), Field.FACT), "50")
    page.filter.setCurrentIndex(1)
    assert [page.proxy.index(row, 0).data() for row in range(page.proxy.rowCount())] == ["1"]
    page.filter.setCurrentIndex(2)
    assert [page.proxy.index(row, 0).data() for row in range(page.proxy.rowCount())] == ["3"]


def test_a_sorted_table_stays_still_while_one_types(page) -> None:
    page.faces.setCurrentIndex(1)
    column = table_cell(page, "1", "2021", "План по годам").column()
    page.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    order = [page.proxy.index(row, 0).data() for row in range(3)]
    assert order == ["3", "2", "1"]
    type_into(page.table, table_cell(page, "3", "2021", "План по годам"), "99")
    assert indicator(page, "3").target("2021") == 99
    assert [page.proxy.index(row, 0).data() for row in range(3)] == order


# --- nothing there, nothing allowed


def test_without_indicators_the_page_offers_to_add_one(page) -> None:
    with page.workspace.edit("Удаление всех") as edit:
        for each in page.workspace.contents.indicators:
            delete_indicator(edit, each.id)
    assert page._stack.currentIndex() == 1
    page.add_action.trigger()
    assert page._stack.currentIndex() == 0


def test_without_a_roadmap_the_page_offers_an_import(page) -> None:
    with page.workspace.edit("Удаление карты") as edit:
        delete_roadmap(edit, page.workspace.contents.roadmap.id)
    assert page._stack.currentIndex() == 2
    assert page.status_text() == ""


def test_a_file_for_reading_stays_as_it_is(qapp, district_path, show_page) -> None:
    from cosdesk.ui.workspace import Workspace

    opened = Workspace()
    opened.open(district_path, read_only=True)
    opened.choose_period(Q2)
    page = show_page(IndicatorsPage, opened)
    go(page.grid, grid_cell(page, Q2, Field.FACT))
    keys(page.grid, "5")
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert not page.add_action.isEnabled() and not page.delete_action.isEnabled()
    assert page.panel.title.isReadOnly()
    assert actual(page, Q2) is None
    opened.close()


def test_other_changes_leave_the_page_alone(page) -> None:
    cells = page.model.cells
    with page.workspace.edit("Район") as edit:
        change_district(edit, page.workspace.snapshot.district)
    assert page.model.cells is cells


def test_a_refresh_leaves_what_is_being_typed(page) -> None:
    go(page.grid, grid_cell(page, Q2, Field.FACT))
    keys(page.grid, "4")
    keys(editor(page.grid), "1,")
    page.refresh(frozenset({"actual"}))
    keys(editor(page.grid), "5")
    QTest.keyClick(editor(page.grid), Qt.Key.Key_Return)
    recorded = actual(page, Q2)
    assert recorded is not None and recorded.value == Decimal("41.5")
