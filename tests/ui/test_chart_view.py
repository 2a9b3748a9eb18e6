"""The chart on the screen: the drawing of paper, as tall as its width makes it, said in words too."""

from decimal import Decimal

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cosdesk.reports.document import Chart, Series
from cosdesk.ui.chart_view import ChartView

NAMES = ("Подключение школ к сети", "Подготовка кадров", "Обновление сайтов")
CHART = Chart("", NAMES, (Series("план", (Decimal(10), Decimal(20), None)), Series("факт", (Decimal(5), None, None))))


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    shown = ChartView("Диаграмма")
    qtbot.addWidget(shown)
    return shown


def dark_points(view: ChartView) -> int:
    image = view.grab().toImage()
    ground = image.pixelColor(0, 0).lightness()
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(abs(QColor(colour).lightness() - ground) > 120 for colour in colours)


def test_it_is_drawn_as_tall_as_its_width_wants(view: ChartView) -> None:
    view.show_chart(CHART)
    wide, narrow = view.heightForWidth(900), view.heightForWidth(220)
    assert wide != narrow and min(wide, narrow) > 100
    view.resize(400, view.heightForWidth(400))
    assert dark_points(view) > 200
    assert view.accessibleDescription().replace("\u00a0", " ") == (
        "Подключение школ к сети: план 10, факт 5; Подготовка кадров: план 20, факт –;"
        " Обновление сайтов: план –, факт –"
    )


def test_without_a_number_it_says_so(view: ChartView) -> None:
    full = view.heightForWidth(300)
    view.show_chart(CHART)
    empty = Chart("", NAMES, (Series("план", (None, None, None)),))
    view.show_chart(empty)
    assert view.chart is None and view.accessibleDescription() == "Нет данных"
    assert view.heightForWidth(300) == full < 100
    view.resize(300, full)
    assert dark_points(view) > 20


@pytest.mark.parametrize("width", [1, 30, 160, 2_000])
def test_no_width_breaks_it(view: ChartView, width: int) -> None:
    view.show_chart(CHART)
    view.resize(width, view.heightForWidth(width))
    assert not view.grab().isNull()
