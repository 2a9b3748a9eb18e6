"""A child of the benchmark: shows one window and prints, as JSON, when it was painted and what it took.

``bench_window.py STARTED [FILE]``: the program's window on FILE, without one an empty PySide6 window.
STARTED is the parent's ``time.monotonic()`` just before this process began.  Printed: seconds from there to the
first painting and to the roadmap's page painted, megabytes, rows of the roadmap's tree.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QTextEdit, QTreeView


def rows_of(model: QAbstractItemModel, parent: QModelIndex) -> int:
    return sum(1 + rows_of(model, model.index(row, 0, parent)) for row in range(model.rowCount(parent)))


def painted_after() -> float:
    """Seconds since the start once all that waits is done: opening the file, laying out, painting."""
    for _ in range(5):
        QApplication.processEvents()
    return time.monotonic() - float(sys.argv[1])


def report_and_end(application: QApplication) -> int:
    """In place of the event loop."""
    first = painted_after()
    roadmap, rows = first, 0
    for window in application.topLevelWidgets():
        if hasattr(window, "show_page"):
            page = window.show_page("Дорожная карта")
            roadmap = painted_after()
            rows = max(rows_of(view.model(), QModelIndex()) for view in page.findChildren(QTreeView))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([first, roadmap, memory, rows]), flush=True)
    os._exit(0)


def tell_and_end(dialog: QDialog) -> int:
    """In place of a dialog, which would wait for ever: what it says, as this child's error."""
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    texts += [edit.toPlainText() for edit in dialog.findChildren(QTextEdit)]
    print(*filter(None, texts), sep="\n", file=sys.stderr, flush=True)
    os._exit(1)


def show_empty_window() -> None:
    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.exec()


if __name__ == "__main__":
    QApplication.exec = report_and_end  # type: ignore[assignment, method-assign]
    QDialog.exec = tell_and_end  # type: ignore[method-assign]
    if sys.argv[2:]:
        from cosdesk.app import run_window

        run_window(Path(sys.argv[2]))
    else:
        show_empty_window()
