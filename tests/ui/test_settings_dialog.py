"""«Настройки»: found by words, kept at once, taken back, the usual brought back; the look changes where one stands."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from cosdesk.domain.norms import NORM_KINDS, USUAL, Norms
from cosdesk.store.file import DistrictFile
from cosdesk.ui import appearance, keeping
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.setting_row import SettingRow
from cosdesk.ui.settings import settings
from cosdesk.ui.settings_dialog import SettingsDialog
from cosdesk.ui.theme import Scheme, is_dark

from .hands import keys


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, district_path: Path) -> Iterator[MainWindow]:
    settings().clear()
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.open_file(district_path)
    window.show()
    yield window
    window.workspace.close()
    settings().clear()
    appearance.apply()


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    window.settings_action.trigger()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    return dialog


def row(dialog: SettingsDialog, label: str) -> SettingRow:
    return next(row for row in dialog.rows if row.setting.label.startswith(label))


def shown(dialog: SettingsDialog) -> list[str]:
    return [row.setting.label for row in dialog.rows if not row.isHidden()]


def turn(row: SettingRow, value: str) -> None:
    """Types a number and leaves the field."""
    control = row.control  # type: ignore[attr-defined]
    control.setFocus()
    control.selectAll()
    QTest.keyClicks(control, value)
    QTest.keyClick(control, Qt.Key.Key_Return)


def test_every_threshold_has_its_line_and_every_line_says_what_it_changes(dialog: SettingsDialog) -> None:
    labels = [row.setting.label for row in dialog.rows]
    assert {kind.label for kind in NORM_KINDS} <= set(labels) and len(NORM_KINDS) == len(fields(Norms))
    assert all(row.setting.effect for row in dialog.rows) and len(set(labels)) == len(labels)
    assert all(row.control.accessibleName() for row in dialog.rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("тема", ["Цвета"]),
        ("ШРИФТ", ["Размер букв в окне"]),
        ("падеж чего", ["Район (кого? чего?)"]),
        ("риск срыва", ["Срок под угрозой, когда до конца осталось"]),
        ("флешка напоминание", ["Напомнить о втором месте, если копий не было"]),
        ("такого слова нет", []),
    ],
)
def test_lines_are_found_by_their_words(dialog: SettingsDialog, text: str, found: list[str]) -> None:
    keys(dialog.search, text)
    assert shown(dialog) == found
    assert dialog._nothing.isHidden() == bool(found)
    headings = [heading for heading, rows in dialog._sections if not heading.isHidden()]
    assert len(headings) == len(found)


def test_a_threshold_is_kept_in_the_file_taken_back_and_brought_back(
    window: MainWindow, dialog: SettingsDialog, district_path: Path
) -> None:
    line = row(dialog, "Срок под угрозой")
    assert line.reset.isHidden()
    turn(line, "30")
    assert window.workspace.snapshot.norms == Norms(risk_days=30) and not line.reset.isHidden()
    dialog.undo.click()
    assert window.workspace.snapshot.norms == USUAL
    assert line.control.value() == 14 and line.reset.isHidden()  # type: ignore[attr-defined]
    dialog.redo.click()
    line.reset.click()
    assert window.workspace.snapshot.norms == USUAL
    turn(line, "21")
    window.workspace.close()
    with DistrictFile.open(district_path) as file:
        assert file.snapshot().norms == Norms(risk_days=21)


def test_the_yellow_light_begins_no_higher_than_the_green_one(window: MainWindow, dialog: SettingsDialog) -> None:
    turn(row(dialog, "Показатель достигнут"), "95")
    near = row(dialog, "Показатель немного")
    assert near.control.maximum() == 95  # type: ignore[attr-defined]
    turn(near, "93")
    assert row(dialog, "Показатель достигнут").control.minimum() == 93  # type: ignore[attr-defined]
    assert window.workspace.snapshot.norms == Norms(reached_percent=95, near_percent=93)


def test_steps_of_an_arrow_are_one_edit_and_what_is_typed_last_is_kept(
    window: MainWindow, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    line = row(dialog, "Школам на ответ")
    before = len(window.workspace.file.journal.history())
    for _ in range(5):
        line.control.stepUp()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.workspace.snapshot.norms.answer_days == 19)
    assert len(window.workspace.file.journal.history()) == before + 1
    line.control.stepUp()  # type: ignore[attr-defined]
    dialog.close()
    assert window.workspace.snapshot.norms.answer_days == 20


def test_cases_follow_a_new_name_but_for_those_of_the_users_own(window: MainWindow, dialog: SettingsDialog) -> None:
    def name(text: str) -> None:
        line = row(dialog, "Район").control  # type: ignore[attr-defined]
        line.setFocus()
        line.selectAll()
        keys(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    name("Луговской район")
    district = window.workspace.snapshot.district
    assert (district.name_genitive, district.name_locative) == ("Луговского района", "Луговском районе")
    own = row(dialog, "Район (кого").control  # type: ignore[attr-defined]
    own.setFocus()
    own.selectAll()
    keys(own, "Луговского муниципального района")
    QTest.keyClick(own, Qt.Key.Key_Return)
    name("Ольховский район")
    district = window.workspace.snapshot.district
    assert (district.name_genitive, district.name_locative) == ("Луговского муниципального района", "Ольховском районе")
    row(dialog, "Район (кого").reset.click()
    assert window.workspace.snapshot.district.name_genitive == "Ольховского района"
    name(" ")
    assert window.workspace.snapshot.district.name == "Ольховский район"


def test_what_is_being_typed_is_kept_when_the_window_closes(
    window: MainWindow, dialog: SettingsDialog, district_path: Path
) -> None:
    office = row(dialog, "Орган управления").control  # type: ignore[attr-defined]
    office.setFocus()
    office.selectAll()
    keys(office, "Отдел образования")
    window.close()
    with DistrictFile.open(district_path) as file:
        assert file.snapshot().district.office == "Отдел образования"


def test_without_a_file_only_this_computers_settings_can_be_changed(window: MainWindow, dialog: SettingsDialog) -> None:
    window.workspace.close()
    assert {row.setting.in_file for row in dialog.rows if not row.isEnabled()} == {True}
    assert {row.setting.in_file for row in dialog.rows if row.isEnabled()} == {False}
    assert "Откройте файл района" in dialog._note.text()


def test_colours_and_letters_change_at_once_and_stay(window: MainWindow, dialog: SettingsDialog, qtbot: QtBot) -> None:
    page = window.show_page("Показатели")
    colours = row(dialog, "Цвета")
    colours.control.setCurrentIndex(colours.control.findData("dark"))  # type: ignore[attr-defined]
    colours.control.activated.emit(2)  # type: ignore[attr-defined]
    assert is_dark() and appearance.scheme() is Scheme.DARK
    qtbot.waitUntil(lambda: window.page is not page)
    turn(row(dialog, "Размер букв"), "13")
    assert QApplication.font().pointSizeF() == 13
    qtbot.waitUntil(lambda: window.page is not None and window.page.font().pointSizeF() == 13)
    colours.reset.click()
    row(dialog, "Размер букв").reset.click()
    assert appearance.scheme() is Scheme.SYSTEM and QApplication.font().pointSizeF() == 10


def test_a_page_that_waits_for_its_work_is_not_taken_away(
    window: MainWindow, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    page = window.show_page("Отчёты")
    go = Event()
    window.tasks.run("Долгая работа", lambda _: go.wait(5), lambda _: None)
    appearance.choose(Scheme.DARK, 10)
    QApplication.processEvents()
    assert window.page is page
    go.set()
    qtbot.waitUntil(lambda: window.page is not page, timeout=20_000)


@pytest.mark.parametrize("value", ["", "0", "-5", "сто", "9999"])
def test_senseless_kept_numbers_are_the_usual_ones(qapp: QApplication, value: str) -> None:
    for name in ("keeping/minutes", "medium/days", "look/points"):
        settings().setValue(name, value)
    assert (keeping.minutes_between(), keeping.days_unseen(), appearance.points()) == (30, 7, 10)
    settings().clear()


def test_backups_are_as_often_as_set(dialog: SettingsDialog) -> None:
    turn(row(dialog, "Резервная копия"), "60")
    assert keeping.minutes_between() == 60
    assert isinstance(row(dialog, "Резервная копия").control, QSpinBox)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("label", "module", "name"),
    [("Бланк", "letterhead_dialog", "LetterheadDialog"), ("Формы", "forms_dialog", "FormsDialog")],
)
def test_what_has_a_window_of_its_own_opens_from_here(
    dialog: SettingsDialog, label: str, module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    kind = getattr(import_module(f"cosdesk.ui.{module}"), name)
    monkeypatch.setattr(kind, "exec", lambda shown: opened.append(type(shown).__name__) or 0)
    row(dialog, label).control.click()  # type: ignore[attr-defined]
    assert opened == [name]
