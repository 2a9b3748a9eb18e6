"""Whole jobs by keys alone over the busy demo: a monitoring, a report, rows moved, a finding mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cosdesk.domain.monitoring import AnswerState
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.round_dialog import RoundDialog
from tests.ui.hands import keys
from tests.ui.screens import make_busy_demo
from tests.ui.test_keyboard import ALT, CTRL, SHIFT, opened, press, turn, within

pytestmark = [pytest.mark.long, pytest.mark.qt_log_ignore("This plugin does not support")]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "Пример.cosdesk"
    make_busy_demo(path)
    with opened(qtbot, path, 3) as shown:
        yield shown


def tab_to(name: str) -> QWidget:
    """Presses Tab until what is called so has the keyboard."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and name in (focus.accessibleName() or getattr(focus, "text", str)()):
            return focus
        press(Qt.Key.Key_Tab)
    raise AssertionError(name)


def part(window: MainWindow, name: str) -> QWidget:
    """Presses F6 until that table has the keyboard."""
    for _ in range(14):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == name:
            return focus
        press(Qt.Key.Key_F6)
    raise AssertionError(name)


def test_a_monitoring_is_begun_answered_and_accepted(window: MainWindow, qtbot: QtBot) -> None:
    turn(window, "Мониторинг")
    rounds = len(window.workspace.snapshot.rounds)
    within(RoundDialog, lambda: press(Qt.Key.Key_Return))
    press(Qt.Key.Key_Insert, CTRL)
    # No window manager gives the keyboard back here.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert len(window.workspace.snapshot.rounds) == rounds + 1
    part(window, "Ответы школ")
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_D, CTRL)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    sheet = QApplication.focusWidget()
    assert sheet is not None
    keys(sheet, "7")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return, CTRL)
    page = window.page
    rows = page.model.rows  # type: ignore[union-attr]
    accepted = [row for row in rows if row.answer.state is AnswerState.ACCEPTED]
    assert len(accepted) == 1 and "7" in {str(value) for value in accepted[0].answer.values.values()}


def test_a_report_is_chosen_and_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = turn(window, "Отчёты")
    for _ in range(3):
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not page.preview.message, timeout=20_000)  # type: ignore[attr-defined]
    tab_to("Сохранить PDF")

    def name() -> None:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        press(Qt.Key.Key_A, CTRL)
        keys(field, str(tmp_path / "Отчёт.pdf"))
        press(Qt.Key.Key_Return)

    within(QFileDialog, name)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (tmp_path / "Отчёт.pdf").is_file(), timeout=20_000)
    assert (tmp_path / "Отчёт.pdf").read_bytes().startswith(b"%PDF")


def test_a_row_is_moved_and_indented(window: MainWindow) -> None:
    turn(window, "Дорожная карта")
    while type(QApplication.focusWidget()).__name__ != "RoadmapView":
        press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Down)
    before = window.workspace.contents
    assert before is not None
    press(Qt.Key.Key_Down, ALT)
    moved = window.workspace.contents
    assert moved is not None and [item.id for item in moved.items] != [item.id for item in before.items]
    press(Qt.Key.Key_Right, ALT | SHIFT)
    indented = window.workspace.contents
    assert indented is not None and indented.levels() != moved.levels()
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert window.workspace.contents is not None
    assert [item.id for item in window.workspace.contents.items] == [item.id for item in before.items]


def test_a_finding_is_mended(window: MainWindow, qtbot: QtBot) -> None:
    page = turn(window, "Проверка")
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=20_000)
    before = page.waiting_count()  # type: ignore[attr-defined]
    # The check ends after the page has turned; the keyboard is in its list all the same.
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName() == "Замечания"
    press(Qt.Key.Key_Home)
    undo = window.undo_action.text()
    for _ in range(30):
        press(Qt.Key.Key_Return, CTRL)
        if window.undo_action.text() != undo:
            break
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=20_000)
    assert page.waiting_count() < before  # type: ignore[attr-defined]
