"""A value counted by a round beside the typed one, and the schools behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from cosdesk.domain.indicator import Actual, Indicator
from cosdesk.domain.monitoring import AnswerState, Counted
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.period import Period, PeriodKind
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.rounds import desk_of, new_round
from cosdesk.store.indicators import change_indicator, set_actual
from cosdesk.store.monitoring import add_round, save_answers, set_state
from cosdesk.store.schools import add_school
from cosdesk.ui.counted_value import compare_with_hand
from cosdesk.ui.indicator_changes import Field
from cosdesk.ui.indicator_model import PeriodModel
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.schools_behind_dialog import SchoolsBehindDialog
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FORM = monitoring_form("internet")
Q2 = Period(2021, PeriodKind.QUARTER, 2)
FAST = {"speed_contract": Decimal(60), "speed_measured": Decimal(55), "measured_on": date(2021, 5, 1),
        "operator": "Линия", "guaranteed": True}  # fmt: skip
SLOW = {**FAST, "speed_measured": Decimal(8)}
NAMES = ("Лесная СОШ", "Полевая ООШ", "Речная НОШ", "Горная СОШ")


@pytest.fixture
def page(workspace: Workspace, show_page: Callable[..., IndicatorsPage]) -> IndicatorsPage:
    """Of four schools two are fast, one is slow, one was sent back; by hand 70 was typed before."""
    with workspace.edit("Школы") as edit:
        change_indicator(edit, replace(workspace.contents.indicators[0], title="Доля школ с быстрым Интернетом"))
        set_actual(edit, Actual(0, workspace.contents.indicators[0].id, Q2.code, value=Decimal(70)))
        for name in NAMES:
            add_school(edit, School(0, name, locality_kind="село", counts=(SchoolCount(2020, 100, 10),)))
    found = new_round(workspace.snapshot, FORM, Q2.code)
    with workspace.edit("Мониторинг") as edit:
        add_round(edit, found, FORM, workspace.snapshot.schools)
    schools = workspace.snapshot.schools
    answers = list(zip(schools, (FAST, FAST, SLOW, FAST), strict=True))
    with workspace.edit("Ответы") as edit:
        save_answers(edit, FORM, workspace.snapshot.rounds[0], answers)
        set_state(edit, workspace.snapshot.rounds[0].id, [schools[3].id], AnswerState.REWORK)
    return show_page(IndicatorsPage, workspace)


def grid_cell(page: IndicatorsPage, period: Period, field: Field) -> QModelIndex:
    row = page.periods.row_of(period)
    assert row is not None
    return page.periods.index(row, PeriodModel.FIELDS.index(field))


@pytest.mark.parametrize(
    ("unit", "counts", "by_hand", "expected"),
    [
        ("процент", (8, 12), 70, "По мониторингу 66,7\u00a0% (8 из 12), вручную 70\u00a0%, расхождение −3,3\u00a0п.п."),
        ("процент", (8, 12), None, "По мониторингу 66,7\u00a0% (8 из 12)"),
        ("процент", (1, 2), 50, "По мониторингу 50\u00a0% (1 из 2), вручную 50\u00a0%, расхождения нет"),
        ("процент", (0, 0), 50, "По мониторингу – (0 из 0), вручную 50\u00a0%"),
        ("единица", (12, None), 10, "По мониторингу 12, вручную 10, расхождение +2"),
    ],
)
def test_words_of_the_difference(unit: str, counts: tuple[int, int | None], by_hand: int | None, expected: str) -> None:
    lower = None if counts[1] is None else Decimal(counts[1])
    counted = Counted(1, "2021", 1, "share", Decimal(counts[0]), lower, 12, 12)
    recorded = None if by_hand is None else Actual(1, 1, "2021", value=Decimal(by_hand))
    assert compare_with_hand(Indicator(1, "Доля", unit=unit), counted, recorded) == expected


def test_the_difference_stands_in_the_hint_and_in_the_panel(page: IndicatorsPage) -> None:
    told = (
        "По мониторингу 66,7\u00a0% (2 из 3), вручную 70\u00a0%, расхождение −3,3\u00a0п.п."
        "; предварительно: учтено ответов 3 из 4"
    )
    fact = grid_cell(page, Q2, Field.FACT)
    assert (fact.data(), fact.data(Qt.ItemDataRole.ToolTipRole)) == ("66,7", told)
    assert page.panel.comparison.text() == f"II квартал 2021\u00a0г.: п{told[1:]}"
    assert page.panel.schools_button.isVisible() and page.schools_action.isEnabled()
    page.grid.setCurrentIndex(grid_cell(page, Period(2021), Field.FACT))
    assert not page.panel.comparison.isVisible() and not page.panel.schools_button.isVisible()
    assert not page.schools_action.isEnabled()


def test_a_number_typed_over_a_counted_one_is_kept_and_told(page: IndicatorsPage) -> None:
    type_into(page.grid, grid_cell(page, Q2, Field.FACT), "60")
    assert grid_cell(page, Q2, Field.FACT).data() == "66,7"
    assert page._notice.text().startswith("Показано значение по мониторингу, ваше сохранено рядом.")
    page.grid.setCurrentIndex(grid_cell(page, Q2, Field.FACT))
    assert "вручную 60\u00a0%, расхождение +6,7" in page.panel.comparison.text()


def test_new_answers_move_the_value_on_the_page(page: IndicatorsPage) -> None:
    workspace = page.workspace
    with workspace.edit("Принято") as edit:
        set_state(edit, workspace.snapshot.rounds[0].id, [workspace.snapshot.schools[3].id], AnswerState.ACCEPTED)
    assert grid_cell(page, Q2, Field.FACT).data() == "75"
    assert "(3 из 4)" in page.panel.comparison.text()


def test_the_button_opens_the_schools_behind_the_value(page: IndicatorsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[SchoolsBehindDialog] = []
    monkeypatch.setattr(SchoolsBehindDialog, "exec", lambda dialog: opened.append(dialog))
    page.panel.schools_button.click()
    (dialog,) = opened
    assert dialog.windowTitle() == "Школы за показателем 1, II квартал 2021\u00a0г."
    told = rows(dialog)
    assert [row[:5] + row[6:] for row in told] == [
        ["Лесная СОШ", "1", "1", "100", FORM.complies_label, "получено"],
        ["Полевая ООШ", "1", "1", "100", FORM.complies_label, "получено"],
        ["Речная НОШ", "0", "1", "0", FORM.fails_label, "получено"],
        ["Горная СОШ", "–", "–", "–", "не учтена", "на доработке"],
    ]
    # Why a school does not comply is read without a mouse.
    assert [bool(row[5]) for row in told] == [False, False, True, False] and "норме" in told[2][5]


def test_the_schools_are_sorted_found_and_copied(page: IndicatorsPage) -> None:
    file, snapshot = page.workspace.file, page.workspace.snapshot
    (counted,) = snapshot.counted
    desk = desk_of(file, snapshot, counted.round_id)
    assert desk is not None
    shares = file.schools_behind(counted.round_id, counted.feed)
    dialog = SchoolsBehindDialog("Школы", "66,7 %", shares, desk.schools, desk.form, page)
    dialog.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [row[3] for row in rows(dialog)] == ["–", "0", "100", "100"]
    dialog.line.setText("на доработке")
    assert [row[0] for row in rows(dialog)] == ["Горная СОШ"]
    assert dialog._count.text() == "4\u00a0школы, показано 1"
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Горная СОШ\t–\t–\t–\tне учтена\t\tна доработке"


def rows(dialog: SchoolsBehindDialog) -> list[list[str]]:
    proxy = dialog.view.model()
    return [
        [proxy.index(row, column).data() for column in range(proxy.columnCount())] for row in range(proxy.rowCount())
    ]
