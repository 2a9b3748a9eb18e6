"""A child of the benchmark: shows one window, then prints seconds since its start, megabytes and rows shown.

``bench_window.py STARTED [FILE]``: the program's window on FILE, without one an empty PySide6 window.
STARTED is the parent's ``time.monotonic()`` just before this process began.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QTreeView


def rows_of(model: QAbstractItemModel, parent: QModelIndex) -> int:
    return sum(1 + rows_of(model, model.index(row, 0, parent)) for row in range(model.rowCount(parent)))


def report_and_end() -> int:
    """In place of the event loop: lets the window open its file and paint itself, then reports."""
    for _ in range(5):
        QApplication.processEvents()
    seconds = time.monotonic() - float(sys.argv[1])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    views = [view for window in QApplication.topLevelWidgets() for view in window.findChildren(QTreeView)]
    models = [view.model() for view in views if isinstance(view, QTreeView) and view.isVisible()]
    rows = max((rows_of(model, QModelIndex()) for model in models if model), default=0)
    print(json.dumps([seconds, memory, rows]), flush=True)
    os._exit(0)


def tell_and_end(dialog: QDialog) -> int:
    """In place of a dialog, which would wait for ever: what it says, as this child's error."""
    print(
        *(label.text() for label in dialog.findChildren(QLabel) if label.text()), sep="\n", file=sys.stderr, flush=True
    )
    os._exit(1)


def show_empty_window() -> None:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.exec()


if __name__ == "__main__":
    QApplication.exec = report_and_end  # type: ignore[method-assign]
    QDialog.exec = tell_and_end  # type: ignore[method-assign]
    if sys.argv[2:]:
        from cosdesk.app import run_window

        run_window(Path(sys.argv[2]))
    else:
        show_empty_window()
