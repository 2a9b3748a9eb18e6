"""The small picture of an indicator's course: its points, its words, and that it is really drawn."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from cosdesk.domain.indicator import Actual, Indicator, Target, TotalRule
from cosdesk.ui.indicator_changes import Field
from cosdesk.ui.indicator_course import COURSE_ROLE, course_in_words, course_of
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.theme import accent

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NBSP = "\u00a0"
PLAN = (Target("2025", Decimal(70)), Target("2026", Decimal(85)))
SHARE = Indicator(1, "Доля", "1", baseline=Decimal("58.3"), baseline_on=date(2024, 12, 31), targets=PLAN)


def value(period: str, amount: str) -> Actual:
    return Actual(0, 1, period, value=Decimal(amount))


@pytest.mark.parametrize(
    ("indicator", "values", "words"),
    [
        (SHARE, {}, "2024: факт 58,3; 2025: план 70; 2026: план 85"),
        (SHARE, {"2025": "66.7"}, "2024: факт 58,3; 2025: план 70, факт 66,7; 2026: план 85"),
        (
            SHARE,
            {"2025": "66.7", "2026-Q1": "70", "2026-Q3": "75"},
            f"2024: факт 58,3; 2025: план 70, факт 66,7; 2026: план 85, факт 75 (III{NBSP}квартал 2026{NBSP}г.)",
        ),
        # Quarters of a sum are no year.
        (
            Indicator(1, "Число", "1", total_rule=TotalRule.SUM, targets=PLAN),
            {"2026-Q1": "70"},
            "2025: план 70; 2026: план 85",
        ),
        (Indicator(1, "Пусто", "1"), {}, ""),
    ],
)
def test_the_course_in_words(indicator: Indicator, values: dict[str, str], words: str) -> None:
    actuals = {period: value(period, amount) for period, amount in values.items()}
    told = course_in_words(course_of(indicator, actuals, (2025, 2026)))
    assert told.replace(NBSP, " ") == words.replace(NBSP, " ")


def test_the_picture_stands_in_the_table(workspace, show_page, qtbot) -> None:
    page: IndicatorsPage = show_page(IndicatorsPage, workspace)
    section = next(n for n in range(page.model.columnCount()) if page.model.column(n).field is Field.COURSE)
    index = page.proxy.index(0, section)
    assert index.data(COURSE_ROLE)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "ход по годам" in spoken and "план" in spoken
    page.table.scrollTo(index)
    picture = page.table.viewport().grab(page.table.visualRect(index)).toImage()
    colours = {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}
    assert accent().name() in colours
    page.faces.setCurrentIndex(1)
    assert page.table.isColumnHidden(section)
