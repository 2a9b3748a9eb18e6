"""«Копия под паролем…» and opening it again, by the menu and the dialog."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cosdesk.errors import UserError
from cosdesk.store import password
from cosdesk.ui import files
from cosdesk.ui.main_window import MainWindow
from cosdesk.ui.password_dialog import PasswordDialog

PASSWORD = "пять слов про весну"


@pytest.fixture
def window(qtbot: QtBot, district_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(password, "_LOG_N", 10)
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    made.open_file(district_path)
    yield made
    made.close()


def type_passwords(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """Answers one dialog after the other; what each of them said is returned as they come."""
    waiting, said = list(typed), []

    def answer(dialog: PasswordDialog) -> int:
        said.append(dialog.windowTitle())
        dialog._first.setText(waiting.pop(0))
        dialog._second.setText(dialog.password)
        assert dialog._accept.isEnabled()
        return int(PasswordDialog.DialogCode.Accepted)

    monkeypatch.setattr(PasswordDialog, "exec", answer)
    return said


def choose_place(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_a_copy_is_locked_and_opened_again(window, qtbot, monkeypatch, tmp_path, district_path) -> None:
    locked, opened = tmp_path / "флешка.cosdesk", tmp_path / "открыт.cosdesk"
    type_passwords(monkeypatch, PASSWORD)
    choose_place(monkeypatch, locked)
    window.locked_action.trigger()
    qtbot.waitUntil(lambda: "под паролем сохранена" in window._banner.text, timeout=10_000)
    assert window.workspace.file.path == district_path
    said = type_passwords(monkeypatch, "не тот пароль", PASSWORD)
    choose_place(monkeypatch, opened)
    window.open_file(locked)
    qtbot.waitUntil(lambda: window.workspace.file.path == opened, timeout=10_000)
    assert len(said) == 2 and locked.exists()


def test_neither_the_locked_nor_the_open_file_is_written_over(window, monkeypatch, tmp_path, district_path) -> None:
    locked = tmp_path / "флешка.cosdesk"
    password.save_locked_copy(window.workspace.file, locked, PASSWORD)
    for taken in (locked, district_path):
        before = taken.read_bytes()
        choose_place(monkeypatch, taken)
        with pytest.raises(UserError, match="другое имя"):
            window.open_file(locked)
        assert taken.read_bytes() == before


def test_a_new_password_is_long_and_typed_twice(qtbot: QtBot) -> None:
    dialog = PasswordDialog("Копия под паролем")
    qtbot.addWidget(dialog)
    for first, second, is_enough in (
        ("", "", False),
        ("весна", "весна", False),
        (PASSWORD, "", False),
        (PASSWORD, PASSWORD, True),
    ):
        dialog._first.setText(first)
        dialog._second.setText(second)
        assert dialog._accept.isEnabled() == is_enough
    assert dialog._first.echoMode() == dialog._first.EchoMode.Password
    dialog._shown.setChecked(True)
    assert dialog._first.echoMode() == dialog._first.EchoMode.Normal
