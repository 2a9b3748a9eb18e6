"""The list of forms, and a form that comes as a file: dropped, asked about, refused by line."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from cosdesk import form_library
from cosdesk.errors import UserError
from cosdesk.form_library import known_forms, renamed, save_form
from cosdesk.forms.reading import FormError, form_source
from cosdesk.paths import forms_folder, user_data_folder
from cosdesk.reports.catalog import reports
from cosdesk.store.roadmaps import change_roadmap
from cosdesk.ui import form_install, forms_dialog
from cosdesk.ui.form_install import install_form
from cosdesk.ui.forms_dialog import FormsDialog
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import drop, keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOTE = form_source(forms_folder() / "reports" / "monitoring-note.toml")
ENTRY = forms_dialog._ENTRY


@pytest.fixture(autouse=True)
def _no_own_forms() -> Iterator[None]:
    yield
    shutil.rmtree(user_data_folder() / "forms", ignore_errors=True)
    form_library._forget()


@pytest.fixture
def dialog(workspace: Workspace, qtbot: QtBot) -> FormsDialog:
    shown = FormsDialog(workspace)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def titles(dialog: FormsDialog) -> list[str]:
    return [dialog._proxy.index(row, 0).data() for row in range(dialog._proxy.rowCount())]


def test_all_forms_are_listed_sought_sorted_and_copied(dialog: FormsDialog) -> None:
    assert len(titles(dialog)) == len(known_forms())
    keys(dialog.search, "показателей сводной таблице")
    assert titles(dialog) == ["Сводная таблица показателей"]
    dialog.search.clear()
    dialog.list.header().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert titles(dialog)[0] > titles(dialog)[-1]
    dialog.choose("letters")
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().split("\t")
    assert copied[:4] == ["Письма всем школам", "Документ", "встроенная", "letters"]
    assert not dialog.delete_button.isEnabled()


def test_a_form_is_copied_handed_over_and_deleted(
    dialog: FormsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.choose("minutes")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Протокол  штаба", True))
    dialog.copy_button.click()
    assert dialog.chosen is not None and (dialog.chosen.title, dialog.chosen.own) == ("Протокол штаба", True)
    assert "Протокол штаба" in [report.title for report in reports()]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "штаб"), ""))
    dialog.hand_button.click()
    assert (tmp_path / "штаб.toml").read_text("utf-8") == dialog.chosen.source
    monkeypatch.setattr(forms_dialog, "ask", lambda *_, **__: False)
    dialog.delete_button.click()
    assert "Протокол штаба" in titles(dialog)
    monkeypatch.setattr(forms_dialog, "ask", lambda *_, **__: True)
    dialog.delete_button.click()
    assert "Протокол штаба" not in titles(dialog) and dialog.is_changed


def test_the_form_of_a_roadmap_at_hand_is_not_deleted(workspace: Workspace, qtbot: QtBot) -> None:
    source = form_source(forms_folder() / "roadmaps" / "results-plan.toml")
    own = save_form(renamed(source))
    contents = workspace.snapshot.roadmaps[0]
    with workspace.edit("Форма") as edit:
        change_roadmap(edit, replace(contents.roadmap, form=own.id))
    dialog = FormsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.choose(own.id)
    with pytest.raises(UserError, match="ведётся дорожная карта «Дорожная карта Ольховского района»"):
        dialog.delete()
    assert own.path.exists()


def test_a_spoiled_own_form_is_shown_with_its_fault(workspace: Workspace, qtbot: QtBot) -> None:
    saved = save_form(renamed(NOTE))
    saved.path.write_text(saved.source.replace("needs_row = true", "needs_row = 1"), "utf-8")
    dialog = FormsDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.choose(saved.id)
    assert "«needs_row»: должно быть true или false" in dialog.notice.text()
    assert not dialog.change_button.isEnabled() and dialog.delete_button.isEnabled()


@pytest.mark.parametrize(("answer", "ids"), [(None, []), (0, ["monitoring-note"]), (1, ["monitoring-note-2"])])
def test_a_form_of_the_same_name_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int | None, ids: list[str]
) -> None:
    path = tmp_path / "Справка области.toml"
    path.write_text(NOTE.replace('heading = "Вывод"', 'heading = "Итог"'), "utf-8")
    asked: list[str] = []

    def choose(question: str, *_: object) -> int | None:
        asked.append(question)
        return answer

    monkeypatch.setattr(form_install, "choose", choose)
    saved = install_form(path, None)
    assert len(asked) == 1 and "«Справка по итогам мониторинга» (встроенная)" in asked[0]
    assert [entry.id for entry in known_forms() if entry.own] == ids
    assert (saved is None) is (answer is None)


def test_a_form_dropped_on_the_window_is_in_the_reports_at_once(
    district_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Справка области.toml"
    path.write_text(renamed(NOTE, "Справка для области"), "utf-8")
    monkeypatch.setattr(form_install, "ask", lambda *_, **__: True)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.open_file(district_path)
    page = window.show_page("Отчёты")
    assert isinstance(page, ReportsPage)
    drop(window, QPoint(5, 5), path)
    qtbot.waitUntil(lambda: "Справка для области" in [report.title for report in page.list.reports])
    page.list.choose("monitoring-note-2")
    assert page.form_action.isEnabled()
    page.list.choose("year-calendar")
    qtbot.waitUntil(lambda: not page.form_action.isEnabled())
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=20_000)


def test_a_faulty_form_dropped_is_told_by_line_and_not_kept(
    dialog: FormsDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Справка области.toml"
    path.write_text(NOTE.replace("{{ row.of_point }}", "{{ row.punkt }}", 1), "utf-8")
    line = NOTE.count("\n", 0, NOTE.index("{{ row.of_point }}")) + 1
    with pytest.raises(FormError, match=f"^Форма Справка области.toml, строка {line}: у «row» нет «punkt»"):
        install_form(path, dialog)
    with qtbot.captureExceptions() as caught:
        drop(dialog, QPoint(5, 5), path)
        qtbot.waitUntil(lambda: bool(caught))
    assert f"строка {line}: у «row» нет «punkt»" in str(caught[0][1])
    assert not any(entry.own for entry in known_forms())
