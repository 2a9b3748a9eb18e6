"""What the window does with backups: the list, a look inside, restoring, checking, help with a damaged file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.backup import Backup
from cosdesk.store.restore import restore
from cosdesk.ui.banner import Banner
from cosdesk.ui.messages import ask

if TYPE_CHECKING:
    from cosdesk.ui.main_window import MainWindow


def show(window: MainWindow) -> None:
    """The backups of the open district."""
    file = window.workspace.file
    path = _origin(file.path) if backup.is_backup(file.path) else file.path
    _choose(window, path, backup.backups_of(file.uid))


def offer(window: MainWindow, path: Path, error: UserError) -> bool:
    """When a file will not open: its backups, where there are any; True when the user turned to them."""
    known = backup.backups_for(path)
    if not known:
        return False
    question = f"{error} Есть копия от {known[0].at:%d.%m.%Y %H:%M}."
    if not ask(question, "Показать копии", parent=window):
        return True
    _choose(window, path, known)
    return True


def _choose(window: MainWindow, path: Path, known: list[Backup]) -> None:
    from cosdesk.ui.backups_dialog import BackupsDialog

    dialog = BackupsDialog(path.name, known, window.tasks, window)
    dialog.exec()
    if dialog.chosen is None:
        return
    copy, restoring = dialog.chosen
    if restoring:
        bring_back(window, path, copy)
    else:
        window.workspace.open(copy.path, read_only=True)


def bring_back(window: MainWindow, path: Path, copy: Backup) -> None:
    """The present file is backed up and closed, the copy put in its place and opened."""

    def put_in_place() -> None:
        window.workspace.close()
        try:
            restored, aside = restore(path, copy.path)
        finally:
            # Whatever came of it, the user is back at a file that opens.
            if path.exists():
                window.open_file(path)
        kept = f" Прежний файл: «{aside.name}»." if aside else ""
        window.tell(f"Файл восстановлен по копии от {copy.at:%d.%m.%Y %H:%M}: {restored.contents}.{kept}")

    if window.workspace.is_open and window.workspace.file.path == path:
        window.keeping.before("перед восстановлением", put_in_place)
    else:
        put_in_place()


def check_file(window: MainWindow) -> None:
    """A copy made aside and checked through and through: what holds for it holds for the file."""
    from cosdesk.ui.backups_dialog import check_told

    file = window.workspace.file
    if file.read_only:
        path = file.path
        window.tasks.run("Проверка файла", lambda _: check_told(path), window.tell)
        return
    path, uid, name = file.path, file.uid, window.workspace.snapshot.district.name

    def work(_: object) -> str:
        return check_told(backup.back_up_aside(path, uid, name, "при проверке").path)

    window.tasks.run("Проверка файла", work, window.tell)


def say_if_backup(window: MainWindow, banner: Banner) -> bool:
    """Over a backup that is looked into: which one it is, and the way back."""
    path = window.workspace.file.path
    if not backup.is_backup(path):
        return False
    try:
        told = f"Это копия от {backup.backup_at(path).at:%d.%m.%Y %H:%M}, она открыта только для чтения."
    except ValueError:
        told = "Это резервная копия, она открыта только для чтения."
    origin = _origin(path)
    if origin.exists() and origin != path:
        banner.say(told, "Вернуться к файлу", partial(window.open_file, origin))
    else:
        banner.say(told)
    return True


def _origin(path: Path) -> Path:
    """Where the file lay that a backup was made of; the backup itself where that is not known."""
    places = backup.places_of(path.parent)
    return Path(places[0]) if places else path
