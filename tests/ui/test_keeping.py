"""Backups in the window: made unasked, listed and checked, looked into, restored; the banner; a full disk."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from cosdesk.plain_copy import keep_yearly, plain_copies
from cosdesk.store import backup, reserve
from cosdesk.store.backup import Backup
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import delete_item
from cosdesk.ui import backups, files, keeping, main_window, roadmap_edits
from cosdesk.ui.backups_dialog import BackupsDialog
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.settings import settings


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "user_data_folder", lambda: tmp_path / "данные")
    settings().remove("medium")


@pytest.fixture
def window(qtbot: QtBot, district_path: Path) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.open_file(district_path)
    yield made
    made.close()


def copies(window: MainWindow) -> list[Backup]:
    return backup.backups_of(window.workspace.file.uid)


def delete_first_row(window: MainWindow) -> None:
    with window.workspace.edit("Удаление") as edit:
        delete_item(edit, 1)


def test_half_an_hour_later_what_changed_is_backed_up_once(window: MainWindow, qtbot: QtBot) -> None:
    delete_first_row(window)
    for _ in range(2):
        window.keeping.tick()
        qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=20_000)
    assert len(copies(window)) == 1
    assert f"копия сегодня в {copies(window)[0].at:%H:%M}" in window._status._copied.text()
    assert "Сохранено в" in window._status._saved.text()


def test_closing_makes_a_backup_of_what_changed_and_only_then(window: MainWindow, district_path: Path) -> None:
    uid = window.workspace.file.uid
    window.keeping.before("сначала", lambda: None)
    delete_first_row(window)
    window.close()
    assert [copy.reason for copy in backup.backups_of(uid)] == ["", "сначала"]
    again = MainWindow()
    again.open_file(district_path)
    again.close()
    assert len(backup.backups_of(uid)) == 2


def test_once_a_year_a_plain_copy_is_made_on_closing(window: MainWindow, district_path: Path) -> None:
    uid = window.workspace.file.uid
    delete_first_row(window)
    window.close()
    made = {path.suffix: path for path in plain_copies(uid)}
    year = datetime.now().year
    assert set(made) == {".json", ".xlsx"} and all(f"Простая копия {year}-" in path.name for path in made.values())
    plain = json.loads(made[".json"].read_text("utf-8"))
    assert plain["tables"]["edit"][-1]["title"] == "Удаление"
    sheets = openpyxl.load_workbook(made[".xlsx"], read_only=True)
    assert set(plain["tables"]) <= set(sheets.sheetnames)
    # A second closing in this year makes none, the first one of the next year does.
    newest = backup.backups_of(uid)[0].path
    keep_yearly(newest, uid, datetime.now().date())
    assert len(plain_copies(uid)) == 2
    keep_yearly(newest, uid, date(year + 1, 1, 11))
    assert len(plain_copies(uid)) == 4


def test_before_much_is_deleted_a_backup_is_made(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    roadmap_edits.delete_rows(window.workspace, [2])
    assert copies(window) == []
    window.workspace.undo()
    monkeypatch.setattr(roadmap_edits, "_MANY", 2)
    roadmap_edits.delete_rows(window.workspace, [1])
    assert [copy.reason for copy in copies(window)] == ["перед удалением"]


def test_a_backup_that_fails_is_told_and_the_work_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "занято").write_text("файл вместо папки")
    told: list[object] = []
    monkeypatch.setattr(main_window, "show_error", told.append)
    with monkeypatch.context() as full:
        full.setattr(backup, "user_data_folder", lambda: tmp_path / "занято")
        done = []
        window.keeping.before("перед импортом", lambda: done.append(1))
        assert done == [1] and "не сделана" in window._banner.text
        assert window.close()
    assert "не сделана" in str(told[0])


def test_a_large_file_is_backed_up_by_a_child_before_an_import(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 0)
    done = []
    window.keeping.before("перед импортом", lambda: done.append(len(copies(window))))
    assert done == []
    qtbot.waitUntil(lambda: done == [1], timeout=20_000)


def test_the_list_checks_and_restores(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, district_path: Path
) -> None:
    before = window.workspace.snapshot.roadmaps
    window.keeping.before("сначала", lambda: None)
    delete_first_row(window)

    def chooses(dialog: BackupsDialog) -> int:
        qtbot.waitUntil(lambda: dialog._model.data(dialog._model.index(0, 6)) == "исправна", timeout=10_000)
        assert [dialog._model.data(dialog._model.index(0, column)) for column in (1, 3, 4)] == ["сначала", "2", "3"]
        dialog._restore.click()
        return 1

    monkeypatch.setattr(BackupsDialog, "exec", chooses)
    monkeypatch.setattr("cosdesk.ui.backups_dialog.ask", lambda *_, **__: True)
    window.backups_action.trigger()
    assert window.workspace.file.path == district_path and not window.workspace.file.read_only
    assert window.workspace.snapshot.roadmaps == before
    assert "восстановлен" in window._banner.text
    assert copies(window)[0].reason == "перед восстановлением"
    assert len(list(district_path.parent.glob("*до восстановления*"))) == 1


def test_a_spoiled_copy_cannot_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    window.keeping.before("сначала", lambda: None)
    copy = copies(window)[0].path
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    dialog = BackupsDialog("файл", copies(window), window.tasks, window)
    qtbot.waitUntil(lambda: "сумма" in str(dialog._model.data(dialog._model.index(0, 6))), timeout=10_000)
    assert not dialog._restore.isEnabled() and not dialog._look.isEnabled()
    dialog.reject()


def test_looking_inside_changes_nothing_and_leads_back(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, district_path: Path
) -> None:
    window.keeping.before("сначала", lambda: None)
    copy = copies(window)[0].path
    sealed = copy.read_bytes()

    def looks(dialog: BackupsDialog) -> int:
        dialog._look.click()
        return 1

    monkeypatch.setattr(BackupsDialog, "exec", looks)
    window.backups_action.trigger()
    assert window.workspace.file.read_only and "Это копия от" in window._banner.text
    window._banner._button.click()
    assert window.workspace.file.path == district_path and not window.workspace.file.read_only
    assert copy.read_bytes() == sealed


def test_a_damaged_file_offers_its_copies(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, district_path: Path
) -> None:
    window.keeping.before("сначала", lambda: None)
    window.workspace.close()
    district_path.write_bytes(b"")
    asked: list[str] = []
    monkeypatch.setattr(backups, "ask", lambda question, *_, **__: asked.append(question) or True)

    def restores(dialog: BackupsDialog) -> int:
        dialog.chosen = (dialog._model.backups[0], True)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(BackupsDialog, "exec", restores)
    window.open_file(district_path)
    assert "пуст" in asked[0] and "Есть копия от" in asked[0]
    assert window.workspace.snapshot.roadmaps and not window.workspace.file.read_only


def test_a_full_disk_is_told_and_the_edit_kept(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, district_path: Path
) -> None:
    window.keeping._keep_reserve()
    kept = district_path.with_name(f".~{district_path.name}.reserve")
    assert kept.stat().st_size == reserve.SIZE
    monkeypatch.setattr(reserve.shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    delete_first_row(window)
    assert not kept.exists()
    assert "нет места" in window._banner.text
    moved = district_path.with_name("другой диск.cosdesk")
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(moved), ""))
    window._banner._button.click()
    assert window.workspace.file.path == moved
    assert window.workspace.snapshot.roadmaps[0].items == ()


def test_the_file_is_checked_from_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    window.check_action.trigger()
    qtbot.waitUntil(lambda: "Файл исправен: строк 2" in window._banner.text, timeout=20_000)


def test_what_was_recovered_is_told_in_a_sentence(window: MainWindow, district_path: Path, tmp_path: Path) -> None:
    unclean = Path(shutil.copy(district_path, tmp_path / "оборван.cosdesk"))
    window.open_file(unclean)
    assert "не по порядку" in window._banner.text


def test_the_second_medium_and_its_reminder(window: MainWindow, tmp_path: Path) -> None:
    medium = tmp_path / "носитель"
    medium.mkdir()
    keeping.choose_medium(medium)
    window.keeping.before("сначала", lambda: None)
    assert len(list(medium.glob("*/*.cosdesk"))) == 1
    now = datetime.now()
    assert keeping.medium_reminder(now + timedelta(days=6)) == ""
    assert str(medium) in keeping.medium_reminder(now + timedelta(days=8))
    keeping.choose_medium(None)
    assert keeping.medium_reminder(now + timedelta(days=80)) == ""


def test_the_lock_of_a_dead_machine_can_be_taken_over(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, district_path: Path
) -> None:
    window.workspace.close()
    lock = district_path.with_name(f".~{district_path.name}.lock")
    for answer in (0, 1):
        lock.write_text('{"host": "другой-компьютер", "pid": 1}', encoding="utf-8")
        monkeypatch.setattr(files, "choose", lambda *_, answer=answer: answer)
        window.open_file(district_path)
        assert window.workspace.file.read_only == (answer == 0)
        window.workspace.close()


def test_a_backup_opened_by_hand_stays_as_it_is(window: MainWindow) -> None:
    window.keeping.before("сначала", lambda: None)
    copy = copies(window)[0].path
    window.open_file(copy)
    assert window.workspace.file.read_only
    with DistrictFile.open(copy, read_only=True) as other:
        assert other.read_only
