"""The help beside the work: F1 of each page, the search, links, nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from cosdesk.help_pages import help_pages
from cosdesk.ui.help_panel import HelpPanel
from cosdesk.ui.help_topics import topic_of_module
from cosdesk.ui.main_window import PAGES, MainWindow
from cosdesk.ui.new_roadmap_dialog import NewRoadmapDialog
from tests.ui.screens import dialog_classes


@pytest.fixture
def window(qtbot: QtBot, district_path: Path) -> Iterator[MainWindow]:
    shown = MainWindow()
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.close()


def panel_of(window: MainWindow) -> HelpPanel:
    panel = window.findChild(HelpPanel)
    assert panel is not None
    return panel


def test_f1_opens_the_help_of_the_page_at_hand(window: MainWindow, district_path: Path) -> None:
    assert window.help_action.shortcut().toString() == "F1"
    window.help_action.trigger()
    assert panel_of(window).page_id == "first-hour"
    window.open_file(district_path)
    for title, name in (("Дорожная карта", "roadmap"), ("Показатели", "indicators"), ("Сегодня", "today")):
        window.show_page(title)
        window.help_action.trigger()
        assert panel_of(window).page_id == name and panel_of(window).isVisible()
    assert len(window.findChildren(HelpPanel)) == 1


def test_every_page_of_the_window_has_its_own_help() -> None:
    assert {name for _, name, _ in PAGES} <= {page.id for page in help_pages()}


def test_words_typed_lead_to_a_page_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.help_action.trigger()
    panel = panel_of(window)
    panel._search.setText("знаменател")  # Qt's test library types Latin letters only
    qtbot.keyClick(panel._search, Qt.Key.Key_Return)
    titles = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert any(title.startswith("Показатели\n") for title in titles)
    panel.list.setCurrentRow([title.startswith("Показатели\n") for title in titles].index(True))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.page_id == "indicators"
    panel._back()
    assert panel.page_id == "first-hour"
    panel._search.setText("такогословавсправкенет")
    panel._show_found()
    assert panel.list.count() == 1 and not panel.list.item(0).flags()


def test_a_link_leads_to_its_page_and_an_address_nowhere(window: MainWindow) -> None:
    window.help_action.trigger()
    panel = panel_of(window)
    panel.browser.anchorClicked.emit(QUrl("reports.md"))
    assert panel.page_id == "reports"
    panel.browser.anchorClicked.emit(QUrl("https://example.org/roadmap.md"))
    assert panel.page_id == "reports"


def test_pictures_come_from_the_programs_own_folder_alone(window: MainWindow) -> None:
    window.help_action.trigger()
    browser = panel_of(window).browser
    kind = QTextDocument.ResourceType.ImageResource.value
    assert browser.loadResource(kind, QUrl("pictures/roadmap.png")).width() <= browser.viewport().width()
    assert browser.loadResource(kind, QUrl("file:///etc/passwd")) is None


def test_f1_in_a_dialog_opens_the_help_that_speaks_of_it(window: MainWindow, district_path: Path, qtbot: QtBot) -> None:
    window.open_file(district_path)
    window.show_page("Показатели")
    dialog = NewRoadmapDialog(window.workspace.snapshot.today, window)
    for modal in (True, False):
        dialog.setModal(modal)
        dialog.show()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.list.setFocus()
        qtbot.keyClick(dialog.list, Qt.Key.Key_F1)
        # Under a modal dialog no help could be read.
        (panel,) = (dialog if modal else window).findChildren(
            HelpPanel, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        assert panel.page_id == "roadmap" and panel.isVisible()
        panel.close()
        dialog.hide()


def test_f1_in_a_dialog_of_no_page_opens_the_help_of_the_page_at_hand(
    window: MainWindow, district_path: Path, qtbot: QtBot
) -> None:
    window.open_file(district_path)
    window.show_page("Показатели")
    dialog = QInputDialog(window)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_F1)
    panel = dialog.findChild(HelpPanel)
    assert panel is not None and panel.page_id == "indicators"
    panel.close()


def test_every_dialog_has_its_help() -> None:
    # What stands behind other dialogs only, and the help itself.
    assert {name.__name__ for name in dialog_classes() if not topic_of_module(name.__module__)} == {
        "HelpPanel",
        "ReasonDialog",
    }
