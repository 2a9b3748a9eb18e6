"""Makes every picture of the README and the help from the running program, so that none is ever stale."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cosdesk.intake.grid import Outline
    from cosdesk.ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "resources" / "help" / "pictures"
SIZE = (1366, 768)
PATIENCE = 30.0
"""Seconds that a page may take to settle."""


def main() -> int:
    # A home of its own: remembered sizes and recent files of this user must not show.
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        make_pictures(Path(home))
    return 0


def make_pictures(folder: Path) -> None:
    """One picture a page of the window, and one of the import's preview."""
    from PySide6.QtWidgets import QApplication

    from cosdesk.app import create_application
    from cosdesk.demo import make_demo
    from cosdesk.ui.import_dialog import ImportDialog
    from cosdesk.ui.main_window import PAGES, MainWindow
    from cosdesk.ui.tasks import Tasks

    application = create_application(["cosdesk"])
    PICTURES.mkdir(parents=True, exist_ok=True)
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    save(window, "start", lambda: False)
    demo = folder / "Заречный район.cosdesk"
    make_demo(demo)
    window.open_file(demo)
    for title, name, _ in PAGES:
        window.show_page(title)
        save(window, name, lambda: window.tasks.is_busy)
    document = roadmap_document(folder, window)
    dialog = ImportDialog(document, "Дорожная карта.docx", Tasks(window), window)
    dialog.resize(1180, 700)
    dialog.show()
    save(dialog, "import", lambda: False)
    dialog.close()
    window.close()
    application.processEvents()
    assert QApplication.instance() is not None


def roadmap_document(folder: Path, window: "MainWindow") -> "Outline":
    """The demo's roadmap as a Word file, read as any incoming document is."""
    from cosdesk.intake.reading import read_outline
    from cosdesk.reports.catalog import report
    from cosdesk.reports.export import write_document
    from cosdesk.reports.request import Request

    path = folder / "Дорожная карта.docx"
    snapshot = window.workspace.snapshot
    write_document(report("roadmap").build(snapshot, Request()), path, "docx")
    return read_outline(path)


def save(widget: "object", name: str, is_busy: Callable[[], bool]) -> None:
    """A picture of the widget once it has settled."""
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(widget, QWidget)
    settled, limit = time.monotonic() + 1.0, time.monotonic() + PATIENCE
    while time.monotonic() < settled or (is_busy() and time.monotonic() < limit):
        QApplication.processEvents()
        time.sleep(0.01)
    path = PICTURES / f"{name}.png"
    widget.grab().save(str(path))
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
