"""What the «Справка» menu does: the page's own help, the first hour, the manual as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cosdesk.ui.settings import last_folder, remember_folder

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow

FIRST = "first-hour"


def open_help(window: QWidget, page_id: str = FIRST) -> None:
    """Shows a page of the help beside the work; the focus goes to its text."""
    from cosdesk.ui.help_panel import HelpPanel

    # Its own: one that stands over a dialog goes with it.
    panel = window.findChild(HelpPanel, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if panel is None:
        panel = HelpPanel(window)
    panel.show_page(page_id)
    panel.browser.setFocus()


def start_tour(window: MainWindow) -> None:
    """Leads through the window, over the open file or the example."""
    from cosdesk.ui import tour

    tour.start(window)


def save_manual(window: MainWindow) -> None:
    """All pages as one PDF, to print or to hand on."""
    proposal = str(Path(last_folder()) / "cosdesk – руководство.pdf")
    name, _ = QFileDialog.getSaveFileName(window, "Сохранить руководство", proposal, "Документ PDF (*.pdf)")
    if not name:
        return
    path = Path(name) if Path(name).suffix.lower() == ".pdf" else Path(f"{name}.pdf")
    remember_folder(path)

    def write(_: object) -> None:
        from cosdesk.manual import build_manual
        from cosdesk.reports.export import write_document

        write_document(build_manual(), path, "pdf")

    window.tasks.run(
        "Составляется руководство",
        write,
        lambda _: window.statusBar().showMessage(f"Руководство сохранено: {path}", 10_000),
    )
