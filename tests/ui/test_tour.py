"""«Показать, что где»: every stop points at what is there, within the window; left at any moment, remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cosdesk.ui import tour
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.settings import settings
from cosdesk.ui.tour import STOPS, Tour, beside

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, district_path: Path) -> Iterator[MainWindow]:
    settings().clear()
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window
    for found in window.findChildren(Tour):
        found.leave()
    window.tasks.stop()
    window.workspace.close()
    settings().clear()


def press(found: Tour, key: Qt.Key) -> None:
    QTest.keyClick(found.next, key)


def test_the_arrow_leads_through_every_stop_within_the_window(
    window: MainWindow, district_path: Path, qtbot: QtBot
) -> None:
    window.open_file(district_path)
    found = tour.start(window)
    seen = []
    for stop in STOPS:
        assert found.stop is stop
        seen.append(stop.title)
        target = stop.target(window)
        assert target is not None and target.isVisible() and found._hole.isValid()
        corner = target.mapTo(window, QPoint(0, 0))
        qtbot.waitUntil(lambda corner=corner: found._hole.contains(corner) or corner.x() < 4, timeout=2000)
        assert found.rect().contains(found.bubble.geometry())
        assert found._text.height() >= found._text.heightForWidth(found._text.width())
        assert found.next.hasFocus() and stop.text in found.next.accessibleDescription()
        press(found, Qt.Key.Key_Right)
    assert found.isHidden() and tour.is_seen() and len(set(seen)) == len(STOPS)


def test_one_can_go_back_and_leave_at_any_moment(window: MainWindow, district_path: Path) -> None:
    window.open_file(district_path)
    found = tour.start(window)
    assert not found.back.isEnabled()
    press(found, Qt.Key.Key_Right)
    press(found, Qt.Key.Key_Right)
    press(found, Qt.Key.Key_Left)
    assert found.stop is STOPS[1]
    press(found, Qt.Key.Key_Escape)
    assert found.isHidden() and tour.is_seen()
    # The window is at work again: a letter reaches the page, not the tour.
    assert window.page is not None and window.page.isVisible()


def test_the_start_page_offers_it_until_it_was_seen(window: MainWindow) -> None:
    window._start_page.refresh()
    assert not window._start_page.tour.isHidden()
    window._start_page.tour.click()
    found = window.findChild(Tour)
    assert found is not None and window.workspace.snapshot.district.name == "Заречный район"
    found.end.click()
    window.workspace.close()
    assert window._start_page.tour.isHidden()


def test_a_stop_with_nothing_to_point_at_is_passed_over(window: MainWindow, tmp_path: Path) -> None:
    from cosdesk.domain.district import District

    window.workspace.create(tmp_path / "Пустой.cosdesk", District("Ольховский район"))
    found = tour.start(window)
    titles = []
    while not found.isHidden():
        titles.append(found.stop.title)
        found.go_on()
    assert "Дорожная карта" not in titles and titles[-1] == STOPS[-1].title


def test_the_hole_follows_the_window(window: MainWindow, district_path: Path) -> None:
    window.open_file(district_path)
    found = tour.start(window)
    window.resize(1100, 700)
    QApplication.processEvents()
    assert found.size() == window.size() and found.rect().contains(found.bubble.geometry())


@pytest.mark.parametrize(
    ("hole", "side"),
    [
        (QRect(0, 40, 188, 520), "right"),
        (QRect(700, 40, 320, 520), "left"),
        (QRect(0, 10, 1024, 40), "under"),
        (QRect(0, 560, 1024, 40), "over"),
        (QRect(0, 0, 1024, 600), "inside"),
    ],
)
def test_a_bubble_stands_beside_what_it_speaks_of(hole: QRect, side: str) -> None:
    size, window = QSize(340, 150), QRect(0, 0, 1024, 600)
    bubble = QRect(beside(hole, size, window), size)
    assert window.contains(bubble)
    assert bubble.intersects(hole) == (side == "inside")
    assert {
        "right": bubble.left() > hole.right(),
        "left": bubble.right() < hole.left(),
        "under": bubble.top() > hole.bottom(),
        "over": bubble.bottom() < hole.top(),
        "inside": True,
    }[side]
