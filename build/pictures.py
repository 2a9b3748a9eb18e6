"""Makes every picture of the README and the help from the running program, so that none is ever stale."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from cosdesk.intake.grid import Outline
    from cosdesk.ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "resources" / "help" / "pictures"
SIZE = (1366, 768)
PATIENCE = 30.0
"""Seconds that a page may take to settle."""
PREVIEW = 3.0
"""Seconds that a preview beside a form is given."""


def main() -> int:
    # A home of its own: remembered sizes and recent files of this user must not show.
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = home
        make_pictures(Path(home))
    return 0


def make_pictures(folder: Path) -> None:
    """One picture a page of the window, and one of each dialog that the help shows."""
    from PySide6.QtWidgets import QApplication

    from cosdesk.app import create_application
    from cosdesk.demo import make_demo
    from cosdesk.form_library import FormKind, known_form
    from cosdesk.forms.monitoring_draft import draft_of
    from cosdesk.forms.monitoring_form import monitoring_form
    from cosdesk.ui.import_dialog import ImportDialog
    from cosdesk.ui.main_window import PAGES, MainWindow
    from cosdesk.ui.monitoring_form_editor import MonitoringFormEditor
    from cosdesk.ui.report_form_editor import ReportFormEditor
    from cosdesk.ui.settings_dialog import SettingsDialog
    from cosdesk.ui.tasks import Tasks
    from cosdesk.ui.tour import Tour

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
        if name == "check":
            make_slips(window)
        save(window, name, lambda: window.tasks.is_busy)
        if name == "check":
            window.workspace.undo()
    document = roadmap_document(folder, window)
    save_dialog(ImportDialog(document, "Дорожная карта.docx", Tasks(window), window), "import", (1180, 700))
    save_dialog(SettingsDialog(window), "settings", (880, 620))
    form = ReportFormEditor(window.workspace, known_form("minutes", FormKind.PAPER), window)
    save_dialog(form, "form", (1320, 700))
    monitoring = MonitoringFormEditor(draft_of(monitoring_form("network").source), window)
    save_dialog(monitoring, "monitoring-form", (1180, 700))
    window.show_page("Сегодня")
    tour = Tour(window)
    save(window, "tour", lambda: False)
    tour.close()
    window.close()
    application.processEvents()
    assert QApplication.instance() is not None


def make_slips(window: "MainWindow") -> None:
    """A few faults of the kind that the proof-reader finds, taken back by one undo."""
    from dataclasses import replace

    from cosdesk.domain.roadmap import Term
    from cosdesk.store.roadmaps import change_item

    contents = window.workspace.contents
    assert contents is not None
    first, second, third, fourth = [item for item in contents.items if item.title and item.term.text][:4]
    with window.workspace.edit("Описки") as edit:
        change_item(edit, replace(first, title=f"{first.title} , в том числе в в сёлах"))
        change_item(edit, replace(second, term=Term("31 июня 2021 г.")))
        change_item(edit, replace(third, responsible=()))
        change_item(edit, replace(fourth, number=third.number))


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


def save_dialog(dialog: "QDialog", name: str, size: tuple[int, int]) -> None:
    """A picture of a dialog as large as it is shown."""
    dialog.resize(*size)
    dialog.show()
    until = time.monotonic() + PREVIEW
    save(dialog, name, lambda: time.monotonic() < until)
    dialog.close()


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
