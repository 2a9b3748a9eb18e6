"""What the window remembers between starts: sizes, columns, recent files."""

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QSettings

from cosdesk.paths import portable_folder

_RECENT_LIMIT = 8


def settings() -> QSettings:
    """The user's settings; an INI file on every system, so that it can be carried and read."""
    if portable := portable_folder():
        return QSettings(str(portable / "cosdesk.ini"), QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "cosdesk", "cosdesk")


def carry_qt_settings() -> None:
    """What Qt itself remembers, as its file dialog does, goes to the flash drive too.  Once before any dialog."""
    if portable := portable_folder():
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(portable))


def settings_problem() -> str:
    """What is wrong with the file of settings, in a sentence for the user; empty where nothing is.

    Qt reads what it can of a damaged file and says nothing.  Such a file is kept aside, so that what
    somebody wrote there by hand is not lost, and the program begins with what is usual.
    """
    kept = settings()
    path = Path(kept.fileName())
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError:
        text = "\0"
    except OSError:
        return "Настройки программы не читаются, взяты обычные. Проверьте права на папку с настройками."
    lines = (line.strip() for line in text.splitlines())
    if "\0" not in text and all(not line or line[0] in "[;" or "=" in line for line in lines):
        return "" if kept.isWritable() else "Настройки программы нельзя записать: изменения забудутся при выходе."
    aside = path.with_suffix(".damaged.ini")
    with suppress(OSError):
        path.replace(aside)
    kept.clear()
    return f"Файл настроек программы повреждён, взяты обычные; прежний сохранён рядом под именем «{aside.name}»."


def recent_files() -> list[Path]:
    """Files opened last, newest first, those that are gone left out."""
    value = settings().value("recent")
    # QSettings gives a list of one back as a bare text.
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    paths = (Path(os.path.normpath((portable_folder() or Path()) / name)) for name in names)
    return [path for path in paths if path.is_file()]


def remember_file(path: Path) -> None:
    """Puts a file at the head of the recent ones."""
    others = [known for known in recent_files() if known != path.absolute()]
    settings().setValue("recent", [_carried(p) for p in [path.absolute(), *others][:_RECENT_LIMIT]])


def _carried(path: Path) -> str:
    """The path from the portable folder on the same drive: a flash drive has another letter on each computer."""
    portable = portable_folder()
    if portable is None or portable.stat().st_dev != path.stat().st_dev:
        return str(path)
    return os.path.relpath(path, portable)


def remember_state(name: str, state: QByteArray) -> None:
    """Keeps the geometry of a window, header or splitter."""
    settings().setValue(f"state/{name}", state)


def remembered_state(name: str) -> QByteArray:
    """What ``remember_state`` kept, empty when nothing was."""
    value = settings().value(f"state/{name}")
    return value if isinstance(value, QByteArray) else QByteArray()


def last_folder() -> str:
    """The folder of the last file opened or saved, the home folder at first."""
    # Qt names a folder even to a user without a home, where Python's Path.home() fails.
    return str(settings().value("folder", QDir.homePath()))


def remember_folder(path: Path) -> None:
    settings().setValue("folder", str(path.absolute().parent))
