"""The interpreter and the program's classes outlive what PySide6 takes from them; it reads none of our sources."""

import subprocess
import sys

_CALLS = """
import cosdesk.ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(20_000):
    bell.setObjectName("bell")
    bell.rung.emit()
print("alive")
"""

# Typing is left by a click elsewhere, and what was typed cannot be kept.
_RAISING_OVERRIDE = """
import sys
import cosdesk.ui
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QTableView, QWidget

class Delegate(QStyledItemDelegate):
    def setModelData(self, editor, model, index):
        raise ValueError("full disk")

    def eventFilter(self, watched, event):
        return super().eventFilter(watched, event)

class View(QTableView):
    def closeEditor(self, editor, hint):
        super().closeEditor(editor, hint)

sys.excepthook = lambda *_: None
application = QApplication([])
model, delegate, elsewhere = QStandardItemModel(3, 3), Delegate(), QWidget()
elsewhere.show()
for row in range(3):
    view = View()
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.show()
    application.processEvents()
    view.setCurrentIndex(model.index(row, 0))
    view.edit(model.index(row, 0))
    application.processEvents()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    application.processEvents()
print("alive", View.__dict__["closeEditor"].__name__)
"""


def outcome(program: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout.strip() or ran.stderr


def test_many_calls_into_qt_end_well() -> None:
    assert outcome(_CALLS) == (0, "alive")


def test_a_method_that_raises_costs_the_next_ones_nothing() -> None:
    assert outcome(_RAISING_OVERRIDE) == (0, "alive closeEditor")


def test_importing_the_window_reads_no_source() -> None:
    program = "import cosdesk.app, linecache; print(sum('main_window' in name for name in linecache.cache))"
    assert outcome(program) == (0, "0")
