"""A list of thousands of rows brings them as they are scrolled to, and all of them to whoever asks for the end."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from cosdesk.ui.list_copy import selected_text
from cosdesk.ui.long_list import AT_ONCE, LongList, LongListModel

ROWS = 3 * AT_ONCE + 7


class _Words(LongListModel):
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.rows[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def view(qtbot: QtBot) -> LongList:
    model = _Words(["Слово"])
    shown = LongList(model)
    qtbot.addWidget(shown)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    model.show_rows([f"слово {number}" for number in range(ROWS)])
    shown.resize(300, 400)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def count(view: LongList) -> int:
    return view.model().rowCount()


def test_rows_come_as_they_are_scrolled_to(view: LongList) -> None:
    # Laid out again and again, as when a column is moved, it brings no more.
    for width in (310, 320, 330):
        view.resize(width, 400)
        view.doItemsLayout()
    assert count(view) == AT_ONCE
    view.scrollToBottom()
    assert count(view) == 2 * AT_ONCE
    for expected in (3 * AT_ONCE, ROWS):
        view.doItemsLayout()
        view.scrollToBottom()
        assert count(view) == expected


def test_the_end_key_leads_to_the_very_last_row(view: LongList) -> None:
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.currentIndex().data() == f"слово {ROWS - 1}"


def test_all_chosen_are_all_copied(view: LongList) -> None:
    view.selectAll()
    assert selected_text(view).count("\n") == ROWS - 1


def test_filled_anew_it_keeps_as_many(view: LongList) -> None:
    view.scrollToBottom()
    model: Any = view.model()
    model.show_rows([f"иначе {number}" for number in range(ROWS)])
    assert count(view) == 2 * AT_ONCE
    model.show_rows(["одно"])
    assert count(view) == 1
