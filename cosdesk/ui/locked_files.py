"""«Копия под паролем…», and opening such a copy: it is unlocked into a file of its own, which is then worked in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from cosdesk.errors import UserError
from cosdesk.store.password import WrongPasswordError, lock, unlock
from cosdesk.ui.password_dialog import PasswordDialog

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow


def save_locked(window: MainWindow) -> None:
    """Asks for a password and a place; the copy is written aside."""
    from cosdesk.ui.files import ask_copy_place

    dialog = PasswordDialog("Копия под паролем", parent=window)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    file = window.workspace.file
    path = ask_copy_place(window, "Сохранить копию под паролем", f"{file.path.stem} – под паролем")
    if path is None:
        return
    folder = TemporaryDirectory(prefix="cosdesk-")
    plain = Path(folder.name) / "copy"
    file.save_copy(plain)

    def work(_: object) -> str:
        with folder:
            lock(plain, path, dialog.password)
        return f"Копия под паролем сохранена и проверена: {path}"

    window.tasks.run("Копия под паролем", work, window.tell)


def open_locked(window: MainWindow, locked: Path) -> None:
    """Asks for the password until it fits, then for the place of the open file, which is opened."""
    from cosdesk.ui.files import ask_new_file

    path = ask_new_file(window, "Где сохранить открытый файл", locked.stem.removesuffix(" – под паролем"))
    if path is None:
        return
    taken = [locked.absolute()] + ([window.workspace.file.path.absolute()] if window.workspace.is_open else [])
    if path.absolute() in taken:
        raise UserError("Это имя закрытого паролем или уже открытого файла. Выберите другое имя.")
    _ask_password(window, locked, path, f"Файл «{locked.name}» закрыт паролем.")


def _ask_password(window: MainWindow, locked: Path, path: Path, sentence: str) -> None:
    dialog = PasswordDialog("Файл под паролем", sentence, window)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return

    def work(_: object) -> WrongPasswordError | None:
        try:
            unlock(locked, path, dialog.password)
        except WrongPasswordError as error:
            return error
        return None

    def done(refused: WrongPasswordError | None) -> None:
        if refused is None:
            window.open_file(path)
        else:
            _ask_password(window, locked, path, str(refused))

    window.tasks.run("Открытие файла под паролем", work, done)
