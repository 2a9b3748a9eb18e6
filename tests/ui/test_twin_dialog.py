"""A filled Excel twin dropped on the window: looked over, taken in one step, taken back by one."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from cosdesk.reports.catalog import report
from cosdesk.reports.export import render
from cosdesk.reports.request import Request
from cosdesk.ui import files, twin_dialog
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.twin_dialog import LEAVE, TAKE, TwinDialog
from tests.ui.hands import drop


@pytest.fixture
def window(qtbot: QtBot, district_path: Path) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.open_file(district_path)
    yield made
    made.close()


def filled(window: MainWindow, folder: Path) -> Path:
    """The roadmap's book: one title typed over, one row's title emptied."""
    path = folder / "карта.xlsx"
    path.write_bytes(render(report("roadmap").build(window.workspace.snapshot, Request()), "xlsx"))
    book = openpyxl.load_workbook(path)
    titles = [item.title for item in window.workspace.snapshot.roadmaps[0].items[:2]]
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == titles[0]:
                cell.value = "Новое наименование"
            elif cell.value == titles[1]:
                cell.value = None
    book.save(path)
    return path


def test_a_book_is_looked_over_and_taken(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[TwinDialog] = []

    def accept(dialog: TwinDialog) -> int:
        shown.append(dialog)
        assert dialog.model.decisions == [TAKE, ""]
        assert "не может быть пустым" in dialog.model.texts(1)[6]
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(twin_dialog.TwinDialog, "exec", accept)
    before = window.workspace.snapshot.roadmaps
    files.open_path(window, filled(window, tmp_path))
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    qtbot.waitUntil(lambda: window.workspace.snapshot.roadmaps[0].items[0].title == "Новое наименование")
    window.workspace.undo()
    assert window.workspace.snapshot.roadmaps == before


def test_what_is_left_is_not_written(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[TwinDialog] = []

    def leave(dialog: TwinDialog) -> int:
        dialog.model.decide_all(TAKE, LEAVE)
        shown.append(dialog)
        assert dialog.chosen == []
        assert not dialog._accept.isEnabled()
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(twin_dialog.TwinDialog, "exec", leave)
    before = window.workspace.snapshot.roadmaps
    files.open_path(window, filled(window, tmp_path))
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert window.workspace.snapshot.roadmaps == before


def test_an_untouched_book_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "карта.xlsx"
    path.write_bytes(render(report("roadmap").build(window.workspace.snapshot, Request()), "xlsx"))
    files.open_path(window, path)
    qtbot.waitUntil(lambda: "нет ничего нового" in window.statusBar().currentMessage(), timeout=20_000)


def test_a_page_that_takes_files_leaves_a_filled_book_to_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    taken: list[list[Path]] = []
    FileDrop(widget).dropped.connect(lambda paths, _: taken.append(paths))
    other = tmp_path / "список.xlsx"
    openpyxl.Workbook().save(other)
    drop(widget, QPoint(1, 1), other)
    qtbot.waitUntil(lambda: taken == [[other]])
    with pytest.raises(AssertionError):  # of the hand that lets it fall: the drag is not accepted
        drop(widget, QPoint(1, 1), filled(window, tmp_path))
