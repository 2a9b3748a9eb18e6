"""A script that uses every page of the window, and how long each of its actions keeps the event loop waiting.

``bench_actions.py FILE`` plays it and prints, as JSON, milliseconds by action.
"""

import json
import os
import sys
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QTableView, QWidget

from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.page import Page
from cosdesk.ui.roadmap_page import RoadmapPage

Action = tuple[str, Callable[[], object]]
"""What is done, in words, and how."""
_PATIENCE = 5
"""Seconds: a report of thousands of rows is made aside and need not be waited for."""
_PAUSE = 1000
"""Milliseconds up to which a timer of the window is a pause before what an action set off."""
_WORDS = {"Люди": "исп", "Показатели": "вид", "Школы": "шко", "Документы": "эта", "Проверка": "мон", "Сегодня": "мон"}
"""What is searched for on a page."""


def watched(file: Path, clock: Callable[[], float]) -> Iterator[tuple[str, float]]:
    """Opens the file in a window of the user's size and plays the script: each action with its longest hold."""
    window = MainWindow()
    window.resize(1366, 768)
    window.show()
    QCoreApplication.processEvents()
    yield "open the file", hold(window, lambda: window.open_file(file), clock)
    for name, action in actions(window):
        yield name, hold(window, action, clock)
    window.close()
    window.deleteLater()


def hold(window: MainWindow, action: Callable[[], object], clock: Callable[[], float]) -> float:
    """Does the action and lets the loop turn until all it set off is done; the longest the loop waited, by ``clock``.

    What follows at once, layout and painting, counts as part of the action.
    """
    start = clock()
    action()
    QCoreApplication.processEvents()
    longest = clock() - start
    end = monotonic() + _PATIENCE
    while _goes_on(window) and monotonic() < end:
        sleep(0.002)
        start = clock()
        QCoreApplication.processEvents()
        longest = max(longest, clock() - start)
    return longest


def tell(held: dict[str, float], unit: str, count: int = 20) -> None:
    """Prints the actions that hold the loop longest."""
    for name, amount in sorted(held.items(), key=lambda pair: -pair[1])[:count]:
        print(f"{amount:8.1f} {unit}  {name}", flush=True)


def _goes_on(window: MainWindow) -> bool:
    """Whether work runs aside or waits for a pause to end."""
    timers = window.findChildren(QTimer)
    return window.tasks.is_busy or any(t.isActive() and t.isSingleShot() and t.interval() <= _PAUSE for t in timers)


def actions(window: MainWindow) -> Iterator[Action]:
    """The script.  Each action must be done before the next is asked for."""
    page = yield from _turn(window, "Дорожная карта")
    assert isinstance(page, RoadmapPage)
    yield from _moving(page)
    yield from _editing(window, page)
    yield from _finding(window, page)
    for title in ("Показатели", "Мониторинг", "Школы", "Документы", "Отчёты", "Проверка", "Люди", "Сегодня"):
        page = yield from _turn(window, title)
        yield from _searching(window, title)
        yield from _looking(page, title)
        yield from _using(window, page, title)
    for title in ("Дорожная карта", "Документы", "Люди", "Показатели", "Школы", "Проверка", "Отчёты"):
        yield f"«{title}» again", partial(window.show_page, title)


def _turn(window: MainWindow, title: str) -> Generator[Action, None, Page]:
    yield f"«{title}» for the first time", partial(window.show_page, title)
    page = window.page
    assert isinstance(page, Page)
    return page


def _row(page: RoadmapPage, place: int) -> int:
    assert page.workspace.contents is not None
    return page.workspace.contents.items[place].id


def _choose(page: RoadmapPage, place: int) -> None:
    page.view.choose([_row(page, place)], page.model.column_of("title"))
    page.view.setFocus()


def _moving(page: RoadmapPage) -> Iterator[Action]:
    view, bar = page.view, page.view.verticalScrollBar()
    yield "a row in the middle", lambda: _choose(page, 2501)
    yield "the next row", lambda: QTest.keyClick(view, Qt.Key.Key_Down)
    yield "a page down", lambda: QTest.keyClick(view, Qt.Key.Key_PageDown)
    yield "to the last row", lambda: QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    yield "to the first row", lambda: QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    yield "scroll to the middle", lambda: bar.setValue(bar.maximum() // 2)
    yield "collapse a section", lambda: view.collapse(page.model.sections()[3])
    yield "expand a section", lambda: view.expand(page.model.sections()[3])
    yield "collapse all", view.collapseAll
    yield "expand all", view.expandAll
    yield "the year of the band", page.band._year.stepUp
    yield "hide a column", partial(page._show_column, 2, False)
    yield "show a column", partial(page._show_column, 2, True)


def _editing(window: MainWindow, page: RoadmapPage) -> Iterator[Action]:
    def escape() -> None:
        QTest.keyClick(_field(page), Qt.Key.Key_Escape)

    commands, undo, redo = page.commands, window.undo_action.trigger, window.redo_action.trigger
    yield "edit a cell", lambda: _type_over(page, _row(page, 2501), "Новое название мероприятия")
    yield from (("undo editing", undo), ("redo editing", redo))
    yield "choose a branch", lambda: _choose(page, 2505)
    yield "add a row", commands.add.trigger
    yield "leave the new row", escape
    yield from (("undo adding", undo), ("redo adding", redo))
    yield "choose a row in the branch", lambda: _choose(page, 2507)
    yield "add a row inside", commands.add_inside.trigger
    yield "leave the row inside", escape
    yield "choose a row to move", lambda: _choose(page, 2512)
    yield from (("move a row up", commands.up.trigger), ("move a row down", commands.down.trigger))
    yield from (("move a row in", commands.inward.trigger), ("move a row out", commands.outward.trigger))
    yield "undo moving", undo
    yield "choose a branch to delete", lambda: _choose(page, 2000)
    yield "delete a branch", commands.remove.trigger
    yield from (("undo deleting", undo), ("redo deleting", redo))
    yield "choose a row to record", lambda: _choose(page, 3001)
    yield "record an execution", lambda: _accepting(commands.record.trigger)
    yield from (("undo recording", undo), ("redo recording", redo))
    yield "mark a risk", page.panel.at_risk.click
    yield "renumber all", commands.renumber.trigger
    yield "undo renumbering", undo


def _finding(window: MainWindow, page: RoadmapPage) -> Iterator[Action]:
    yield from _letters(window, "Дорожная карта", "мониторинг скор")
    yield "edit what was found", lambda: _type_over(page, page.model.shown_items()[3].id, "Мониторинг скорости, итог")
    yield "clear the search", window._search.clear
    filters = page.filters
    for chooser in (filters.status, filters.person, filters.when, filters.section):
        yield f"filter: {chooser.accessibleName()}", partial(chooser.setCurrentIndex, 1)
        yield f"filter: {chooser.accessibleName()}, all again", filters.clear
    yield "filter: without document", filters.without_evidence.click
    yield "filter: without document, all again", filters.clear


def _searching(window: MainWindow, title: str) -> Iterator[Action]:
    if title in _WORDS:
        yield from _letters(window, title, _WORDS[title])
        yield f"{title}: clear the search", window._search.clear


def _letters(window: MainWindow, title: str, text: str) -> Iterator[Action]:
    window._search.setFocus()
    for end in range(1, len(text) + 1):
        yield f"{title}: search «{text[:end]}»", partial(_keys, window._search, text[end - 1])


def _looking(page: Page, title: str) -> Iterator[Action]:
    """The largest list of the page, from its top to its end, sorted where it can be."""
    views = [view for view in page.findChildren(QAbstractItemView) if view.isVisible()]
    view = max(views, key=lambda view: view.model().rowCount(), default=None)
    if view is None or view.model().rowCount() < 2:
        return
    yield f"{title}: a row", lambda: _go(view, 1)
    yield f"{title}: to the end", view.scrollToBottom
    yield f"{title}: the last row", lambda: _go(view, view.model().rowCount() - 2)
    if isinstance(view, QTableView):
        yield f"{title}: sort", lambda: view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
        yield f"{title}: sort no more", lambda: view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)


def _using(window: MainWindow, page: Any, title: str) -> Iterator[Action]:
    """What is done on that page alone, and an undo under it."""
    if title == "Документы":
        yield "Документы: edit a cell", lambda: _type_in(page.view, 1, "17-п")
        yield "Документы: undo", window.undo_action.trigger
        yield "Документы: without a file", lambda: page.filter.setCurrentIndex(1)
        yield "Документы: all", lambda: page.filter.setCurrentIndex(0)
        yield "Документы: what is missing", lambda: page.faces.setCurrentIndex(1)
        yield "Документы: what is missing, to the end", page.missing.scrollToBottom
        yield "Документы: the register again", lambda: page.faces.setCurrentIndex(0)
    elif title == "Люди":
        yield "Люди: edit a cell", lambda: _type_in(page.table, 3, "Исполнителев Антон Борисович")
        yield "Люди: undo", window.undo_action.trigger
    elif title == "Отчёты":
        for report in ("analytical-report", "roadmap"):
            yield f"Отчёты: {report}", partial(page.list.choose, report)
    elif title == "Сегодня":
        tile = next(iter(page._tiles.values()))
        yield "Сегодня: one tile", tile.click
        yield "Сегодня: all tiles", tile.click
    if title not in ("Документы", "Люди"):
        yield f"{title}: undo", window.undo_action.trigger
        yield f"{title}: redo", window.redo_action.trigger


def _go(view: QAbstractItemView, row: int) -> None:
    index = view.model().index(row, 0)
    view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.scrollTo(index)


def _keys(widget: QWidget, text: str) -> None:
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _field(within: QWidget) -> QWidget:
    """What is typed into, whether the window is the active one or not."""
    field = within.window().focusWidget()
    assert isinstance(field, QWidget)
    return field


def _type_over(page: RoadmapPage, item_id: int, text: str) -> None:
    page.view.edit_cell(item_id, "title")
    field: Any = _field(page)
    field.selectAll()
    field.insertPlainText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _type_in(view: QAbstractItemView, column: int, text: str) -> None:
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, column))
    _keys(view, text[0])
    _keys(_field(view), text[1:])
    QTest.keyClick(_field(view), Qt.Key.Key_Return)


def _accepting(act: Callable[[], object]) -> None:
    """With every dialog accepted as it proposes."""
    ask = QDialog.exec
    QDialog.exec = lambda _: QDialog.DialogCode.Accepted  # type: ignore[method-assign]
    try:
        act()
    finally:
        QDialog.exec = ask  # type: ignore[method-assign]


if __name__ == "__main__":
    from cosdesk.app import create_application

    application = create_application(sys.argv[:1])
    print(json.dumps({name: held * 1000 for name, held in watched(Path(sys.argv[1]), perf_counter)}), flush=True)
    os._exit(0)
