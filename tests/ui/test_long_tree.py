"""A tree of thousands of rows measures those on the screen alone, wherever the cursor goes."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, QStringListModel
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from cosdesk.ui.long_tree import LongTree
from tests.ui.hands import keys

ROWS = 2000


class _Counting(QStyledItemDelegate):
    """Rows of unlike heights; what is measured is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.measured: set[int] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        self.measured.add(index.row())
        return QSize(100, 20 + index.row() % 3 * 15)


def _tree(qtbot: QtBot) -> tuple[LongTree, _Counting]:
    view, delegate = LongTree(), _Counting()
    qtbot.addWidget(view)
    view.setModel(QStringListModel([f"Строка {number}" for number in range(ROWS)], view))
    view.setItemDelegate(delegate)
    view.resize(300, 400)
    with qtbot.waitExposed(view):
        view.show()
    return view, delegate


def test_the_cursor_leaps_from_end_to_end(qtbot: QtBot) -> None:
    view, delegate = _tree(qtbot)
    for row in (1, ROWS - 2, 3, ROWS // 2):
        index = view.model().index(row, 0)
        view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        assert view.viewport().rect().intersects(view.visualRect(index))
    assert len(delegate.measured) < 200


def test_an_editor_left_off_the_screen_is_written(qtbot: QtBot) -> None:
    view, _ = _tree(qtbot)
    model = view.model()
    view.setCurrentIndex(model.index(1, 0))
    view.edit(model.index(1, 0))
    keys(view.indexWidget(model.index(1, 0)), "Иначе")
    view.scrollToBottom()
    view.setCurrentIndex(model.index(ROWS - 2, 0))
    assert model.index(1, 0).data() == "Иначе"
