"""The window as a user meets it: files, import, undo, the way from a line to its row."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from cosdesk.demo import make_demo
from cosdesk.domain.district import District
from cosdesk.errors import UserError
from cosdesk.store import roadmaps
from cosdesk.store.file import DistrictFile
from cosdesk.ui import files
from cosdesk.ui.import_dialog import ImportDialog
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.main_window import PAGES, MainWindow
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.page import Place
from cosdesk.ui.roadmap_page import RoadmapPage


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "пример.cosdesk"
    make_demo(path)
    return path


def titles(window: MainWindow) -> list[str]:
    return [title for title, _, _ in PAGES]


def test_without_a_file_three_choices_are_offered(window: MainWindow) -> None:
    assert not window.workspace.is_open
    assert window._whole.currentWidget() is window._start_page
    assert not window.copy_action.isEnabled()


def test_every_page_opens_on_the_demo(qtbot: QtBot, window: MainWindow, demo: Path) -> None:
    window.open_file(demo)
    for title in titles(window):
        page = window.show_page(title)
        assert page.isVisible()
        qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=20_000)
    assert "Заречный район" in window.windowTitle()


def test_every_page_opens_on_an_empty_district(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.workspace.create(tmp_path / "пусто.cosdesk", District("Пустой район"))
    for title in titles(window):
        assert window.show_page(title).isVisible()
        qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=20_000)


def test_the_check_is_counted_once_seen_until_the_roadmap_changes(qtbot: QtBot, window: MainWindow, demo: Path) -> None:
    window.open_file(demo)
    row = titles(window).index("Проверка")

    def count() -> int:
        return window._navigation.item(row).data(Qt.ItemDataRole.UserRole) or 0

    assert count() == 0
    contents = window.workspace.contents
    assert contents is not None
    with window.workspace.edit("Опечатка") as edit:
        edit.update("item", contents.items[0].id, {"title": "Справка и и акт,протокол"})
    page = window.show_page("Проверка")
    qtbot.waitUntil(lambda: count() > 0, timeout=20_000)
    assert page.status_text().startswith(f"Замечаний: {count()}")
    window.show_page("Школы")
    assert count() > 0
    window.workspace.undo()
    assert count() == 0


def test_undo_is_named_and_works_from_any_page(window: MainWindow, demo: Path) -> None:
    window.open_file(demo)
    item = window.workspace.contents.items[0]  # type: ignore[union-attr]
    with window.workspace.edit("Название строки 1.1") as edit:
        roadmaps.change_item(edit, replace(item, title="Иначе"))
    assert window.undo_action.text() == "Отменить: название строки 1.1"
    window.show_page("Показатели")
    window.undo_action.trigger()
    assert window.workspace.contents.items[0] == item  # type: ignore[union-attr]
    assert window.redo_action.text() == "Вернуть: название строки 1.1"
    window.redo_action.trigger()
    assert window.workspace.contents.items[0].title == "Иначе"  # type: ignore[union-attr]


def test_a_line_of_today_leads_to_its_row(window: MainWindow, demo: Path) -> None:
    window.open_file(demo)
    contents = window.workspace.contents
    assert contents is not None
    item = contents.items[-1]
    window.lead(Place(contents.roadmap.id, item_id=item.id))
    page = window.page
    assert isinstance(page, RoadmapPage)
    assert page.commands.current_state is not None
    assert page.commands.current_state.item == item
    indicator = contents.indicators[-1]
    window.lead(Place(contents.roadmap.id, indicator_id=indicator.id))
    assert isinstance(window.page, IndicatorsPage)
    assert window.page.chosen == indicator


def test_a_dropped_document_is_imported(
    qtbot: QtBot, window: MainWindow, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_file(demo)
    source = tmp_path / "план.txt"
    source.write_text(
        "№\tМероприятие\tСрок\tОтветственный\n1\tПисьмо\tмай 2021\tОтдел\n2\tСайты\tиюнь 2021\tШколы\n", "utf-8"
    )
    monkeypatch.setattr(ImportDialog, "exec", lambda self: QDialog.DialogCode.Accepted)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: len(window.workspace.snapshot.roadmaps) == 2, timeout=20_000)
    contents = window.workspace.contents
    assert contents is not None
    assert [item.title for item in contents.items] == ["Письмо", "Сайты"]
    assert window.undo_action.text().startswith("Отменить: импорт дорожной карты")
    window.undo_action.trigger()
    assert len(window.workspace.snapshot.roadmaps) == 1


def test_an_import_into_nothing_asks_for_the_district(
    window: MainWindow, tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cosdesk.intake.importing import import_document

    proposed = []

    def create(window: MainWindow, name: str = "") -> bool:
        proposed.append(name)
        window.workspace.create(tmp_path / "новый.cosdesk", District(name))
        return True

    monkeypatch.setattr(files, "create_district", create)
    files.accept_draft(window, import_document(seeds / "volosovo.docx"))
    assert proposed
    assert proposed[0].endswith("район")
    assert len(window.workspace.contents.items) == 29  # type: ignore[union-attr]


def test_a_refused_file_leaves_the_open_one_open(window: MainWindow, demo: Path, tmp_path: Path) -> None:
    window.open_file(demo)
    wrong = tmp_path / "чужой.cosdesk"
    wrong.write_bytes(b"garbage" * 500)
    with pytest.raises(UserError):
        window.open_file(wrong)
    assert window.workspace.file.path == demo


def test_a_read_only_file_says_so(window: MainWindow, demo: Path) -> None:
    window.workspace.open(demo, read_only=True)
    banner = next(label for label in window.findChildren(QLabel) if "только для чтения" in label.text())
    assert banner.isVisible()
    assert window.undo_action.text() == "Отменить"


def test_closing_the_window_leaves_one_whole_file(window: MainWindow, demo: Path) -> None:
    window.open_file(demo)
    window.close()
    with DistrictFile.open(demo) as file:
        assert not file.recovered


def test_user_errors_are_shown_word_for_word(monkeypatch: pytest.MonkeyPatch) -> None:
    from cosdesk.ui import messages

    shown = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append((box.text(), box.textFormat())))
    messages.show_error(UserError("Файла «<b>нет</b>» нет."))
    assert shown == [("Файла «<b>нет</b>» нет.", Qt.TextFormat.PlainText)]


def test_a_round_that_waits_is_counted_and_led_to(qtbot: QtBot, window: MainWindow, demo: Path) -> None:
    window.open_file(demo)
    waiting = [r for r in window.workspace.snapshot.rounds if r.is_open and r.waiting]
    row = titles(window).index("Мониторинг")
    qtbot.waitUntil(lambda: window._navigation.item(row).data(Qt.ItemDataRole.UserRole) == len(waiting))
    window.lead(Place(0, round_id=waiting[0].id))
    assert isinstance(window.page, MonitoringPage)
    assert window.page.round == waiting[0]
