"""A reporting period is closed, its values stand, and it is opened again with a reason that is kept."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, Qt

from cosdesk.domain.period import Period, PeriodKind
from cosdesk.ui import period_closing
from cosdesk.ui.indicator_changes import Field
from cosdesk.ui.indicator_model import PeriodModel
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.period_closing import ReopenDialog
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import keys, paste_at, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Q1, Q2 = (Period(2021, PeriodKind.QUARTER, index) for index in (1, 2))
WHY = "Период «I квартал 2021\u00a0г.» закрыт, его значения не меняются."


@pytest.fixture
def page(workspace: Workspace, show_page: Callable[..., IndicatorsPage]) -> IndicatorsPage:
    return show_page(IndicatorsPage, workspace)


@pytest.fixture
def closed(page: IndicatorsPage, monkeypatch: pytest.MonkeyPatch) -> IndicatorsPage:
    """The first quarter of 2021 closed by the menu."""
    monkeypatch.setattr(period_closing, "ask", lambda *_, **__: True)
    page.grid.setCurrentIndex(grid_cell(page, Q1, Field.NUMERATOR))
    page.closing_action.trigger()
    return page


def grid_cell(page: IndicatorsPage, period: Period, field: Field) -> QModelIndex:
    row = page.periods.row_of(period)
    assert row is not None
    return page.periods.index(row, PeriodModel.FIELDS.index(field))


def heading(page: IndicatorsPage, period: Period) -> object:
    row = page.periods.row_of(period)
    assert row is not None
    return page.periods.headerData(row, Qt.Orientation.Vertical)


def test_the_menu_names_the_period_at_hand_and_asks(page: IndicatorsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(period_closing, "ask", lambda question, *_, **__: bool(asked.append(question)))
    assert page.closing_action in page.menu_actions()
    assert page.closing_action.text() == "Закрыть период «II квартал 2021\u00a0г.»…"
    page.closing_action.trigger()
    assert asked[0].startswith("Закрыть период «II квартал 2021\u00a0г.»?")
    assert page.workspace.snapshot.closures == ()


def test_a_closed_period_says_so_and_takes_no_values(closed: IndicatorsPage) -> None:
    (closure,) = closed.workspace.snapshot.closures
    assert (closure.period, closure.stands, closure.who) == (Q1.code, True, closed.workspace.file.who)
    assert (heading(closed, Q1), heading(closed, Q2)) == ("I квартал, закрыт", "II квартал")
    before = closed.workspace.snapshot.recorded
    for field in (Field.NUMERATOR, Field.DENOMINATOR, Field.FACT, Field.REASON, Field.MEASURE, Field.SOURCE):
        index = grid_cell(closed, Q1, field)
        assert not index.flags() & Qt.ItemFlag.ItemIsEditable
        closed.grid.setFocus()
        closed.grid.setCurrentIndex(index)
        assert closed._notice.text().startswith(WHY)
        keys(closed.grid, "5")
    paste_at(closed.grid, grid_cell(closed, Q1, Field.FACT), "99")
    closed.grid.clear_cells()
    assert closed.workspace.snapshot.recorded == before
    assert grid_cell(closed, Q1, Field.FACT).data(Qt.ItemDataRole.ToolTipRole).endswith("меню «Правка».")


def test_other_periods_and_the_plan_stay_open(closed: IndicatorsPage) -> None:
    type_into(closed.grid, grid_cell(closed, Q2, Field.FACT), "40")
    type_into(closed.grid, grid_cell(closed, Q1, Field.TARGET), "30")
    assert grid_cell(closed, Q2, Field.FACT).data() == "40"
    assert grid_cell(closed, Q1, Field.TARGET).data() == "30"


def test_the_table_names_a_closed_reporting_period(closed: IndicatorsPage) -> None:
    closed.workspace.choose_period(Q1)
    groups = {closed.model.column(section).group for section in range(closed.model.columnCount())}
    assert "I квартал 2021\u00a0г., закрыт" in groups


def test_it_is_opened_again_with_a_reason(closed: IndicatorsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(dialog: ReopenDialog) -> int:
        assert not dialog.accept_button.isEnabled()
        dialog.line.setText("  ")
        assert not dialog.accept_button.isEnabled()
        dialog.line.setText(" Уточнены  сведения ")
        assert dialog.accept_button.isEnabled()
        return 1

    monkeypatch.setattr(ReopenDialog, "exec", answer)
    closed.grid.setCurrentIndex(grid_cell(closed, Q1, Field.NUMERATOR))
    assert closed.closing_action.text() == "Открыть снова период «I квартал 2021\u00a0г.»…"
    closed.closing_action.trigger()
    (closure,) = closed.workspace.snapshot.closures
    assert (closure.stands, closure.reason) == (False, "Уточнены сведения")
    assert heading(closed, Q1) == "I квартал"
    type_into(closed.grid, grid_cell(closed, Q1, Field.NUMERATOR), "3")
    recorded = next(each for each in closed.workspace.snapshot.recorded if each.period == Q1.code)
    assert recorded.numerator == Decimal(3)


def test_reopening_may_be_thought_better_of(closed: IndicatorsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReopenDialog, "exec", lambda _: 0)
    closed.grid.setCurrentIndex(grid_cell(closed, Q1, Field.NUMERATOR))
    closed.closing_action.trigger()
    assert closed.workspace.snapshot.closures[0].stands
