"""Jobs done by keys alone, from the first window on: no mouse, no method of a page called."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from cosdesk.domain.period import Period, PeriodKind
from cosdesk.domain.roadmap import ItemKind
from cosdesk.ui.help_panel import HelpPanel
from cosdesk.ui.main_window import PAGES, MainWindow
from cosdesk.ui.navigation import Navigation
from cosdesk.ui.record_dialog import RecordDialog
from cosdesk.ui.settings_dialog import SettingsDialog
from cosdesk.ui.window_parts import part_of
from tests.ui.hands import keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
)  # fmt: skip


@contextmanager
def opened(qtbot: QtBot, path: Path, quarter: int) -> Iterator[MainWindow]:
    """The window on that file, with the keyboard, reported for a quarter of 2021."""
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.open_file(path)
    shown.workspace.choose_period(Period(2021, PeriodKind.QUARTER, quarter))
    shown.resize(1366, 728)
    shown.show()
    qtbot.waitUntil(shown.isActiveWindow)
    yield shown
    shown.close()


@pytest.fixture
def window(qtbot: QtBot, district_path: Path) -> Iterator[MainWindow]:
    with opened(qtbot, district_path, 2) as shown:
        yield shown


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """On what has the keyboard, as a hand does."""
    at = QApplication.focusWidget() or QApplication.activeWindow()
    assert at is not None
    QTest.keyClick(at, key, modifier)
    QApplication.processEvents()


def turn(window: MainWindow, title: str) -> QWidget:
    press(Qt.Key(Qt.Key.Key_1 + [known for known, _, _ in PAGES].index(title)), ALT)
    page = window.page
    assert page is not None
    while window.tasks.is_busy:
        QApplication.processEvents()
    return page


def within(dialog_class: type[QDialog], act: Callable[[], None]) -> None:
    """Does this in the dialog that the next key opens, as soon as it stands there."""

    def wait() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, dialog_class) and found.isActiveWindow():
            try:
                act()
            except BaseException:
                # Left open, it would be waited for without end.
                found.reject()
                raise
        else:
            QTimer.singleShot(10, wait)

    QTimer.singleShot(0, wait)


@pytest.mark.parametrize("title", [title for title, _, _ in PAGES])
def test_turning_to_a_page_leaves_the_keyboard_in_the_window(window: MainWindow, title: str) -> None:
    # A part shown before it has its place flashes as a window of its own and takes the keyboard with it.
    turn(window, title)
    assert window.isActiveWindow()


@pytest.mark.parametrize("title", [title for title, _, _ in PAGES])
def test_f6_leads_through_every_part_of_every_page_and_back(window: MainWindow, title: str) -> None:
    turn(window, title)
    parts: list[QWidget] = []
    for _ in range(14):
        press(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        parts.append(part_of(focus, window))
    stops = {
        part_of(widget, window)
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None and widget.window() is window
    }  # fmt: skip
    # The page of indicators has a short round of its own, which Tab leaves.
    assert title == "Показатели" or set(parts) == stops
    press(Qt.Key.Key_F6, SHIFT)


@pytest.mark.parametrize("title", [title for title, _, _ in PAGES])
def test_every_button_of_a_page_is_reached_by_tab(window: MainWindow, title: str) -> None:
    page = turn(window, title)
    lost = [
        button.text() or button.accessibleName()
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not button.shortcut().toString() and button.text()
    ]  # fmt: skip
    assert lost == []


def test_a_row_is_added_moved_and_deleted(window: MainWindow) -> None:
    turn(window, "Дорожная карта")
    contents = window.workspace.contents
    assert contents is not None
    count = len(contents.items)
    while type(QApplication.focusWidget()).__name__ != "RoadmapView":
        press(Qt.Key.Key_F6)
    press(Qt.Key.Key_End, CTRL)
    press(Qt.Key.Key_Insert)
    field = QApplication.focusWidget()
    assert field is not None
    keys(field, "Купить прибор")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    changed = window.workspace.contents
    assert changed is not None and len(changed.items) == count + 1
    assert any(item.title == "Купить прибор" and item.kind is ItemKind.ACTIVITY for item in changed.items)
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert window.workspace.contents is not None and len(window.workspace.contents.items) == count


def test_execution_is_recorded(window: MainWindow, qtbot: QtBot) -> None:
    turn(window, "Дорожная карта")
    while type(QApplication.focusWidget()).__name__ != "RoadmapView":
        press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Down)
    done: list[str] = []

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        for _ in range(20):
            focus = QApplication.focusWidget()
            if isinstance(focus, QLineEdit) and "Документ" in focus.accessibleName():
                keys(focus, "приказ № 16 от 13.01.2021")
                done.append(focus.accessibleName())
                break
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Return)
        if QApplication.activeModalWidget() is dialog:
            press(Qt.Key.Key_Return)

    within(RecordDialog, fill)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert done and len(window.workspace.snapshot.executions) == 1
    assert [paper.number for paper in window.workspace.snapshot.evidence] == ["16"]


def test_settings_are_opened_searched_and_closed(window: MainWindow, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Comma, CTRL)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    focus = QApplication.focusWidget()
    assert focus is dialog.search
    keys(focus, "напомнить")
    press(Qt.Key.Key_F1)
    panel = window.findChild(HelpPanel)
    assert panel is not None and panel.page_id == "settings"
    press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_list_of_pages_is_walked_with_arrows(window: MainWindow) -> None:
    turn(window, "Сегодня")
    while not isinstance(QApplication.focusWidget(), Navigation):
        press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    assert type(window.page).__name__ == "RoadmapPage"


def test_enter_presses_the_button_at_hand_and_no_box_to_tick(window: MainWindow, qtbot: QtBot) -> None:
    # A hand from Windows takes either key; a dialog's Enter is the button one stands on, not the default one.
    dialog = QDialog(window)
    column = QVBoxLayout(dialog)
    flat, usual, box = QToolButton(), QPushButton("Принять"), QCheckBox("Все")
    usual.setDefault(True)
    pressed: list[str] = []
    for button in (flat, usual, box):
        column.addWidget(button)
        button.clicked.connect(lambda _, known=button: pressed.append(type(known).__name__))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for button in (flat, usual, box):
        button.setFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press(key)
    dialog.close()
    assert pressed == ["QToolButton"] * 2 + ["QPushButton"] * 4
