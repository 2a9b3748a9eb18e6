"""What is asked of a file before it is trusted: its header, a journal left behind, the pragmas, the schema."""

import os
import shutil
import sqlite3
import tempfile
from datetime import datetime
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.paths import user_data_folder
from cosdesk.store.database import Database
from cosdesk.store.lock import FileLock
from cosdesk.store.schema import APPLICATION_ID, VERSION, expected_schema, schema_of

SUFFIX = ".cosdesk"
_MAGIC = b"SQLite format 3\x00"
PASSWORD_MAGIC = b"cosdesk locked\x00\x01"
"""The first bytes of a copy under a password."""
# TRUNCATE with EXTRA inside an exclusive lock lost nothing in 1,000 replayed power cuts.
_PRAGMAS = {
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": ("0", 0),
    # Nothing reaches the file before its commit, so a copy of its bytes between two commits is whole.
    "cache_spill": ("OFF", 0),
    "locking_mode": ("EXCLUSIVE", "exclusive"),
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("EXTRA", 3),
    "secure_delete": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "foreign_keys": ("ON", 1),
}
# A file that may not be written keeps its journal mode, and nothing of it needs syncing.
_WRITING = ("locking_mode", "journal_mode", "synchronous")


UNREADABLE = (sqlite3.DatabaseError, ValueError)
"""What reading damage raises: SQLite's own errors; values no field may hold; texts, even of errors, not in UTF-8."""


class DamagedFileError(UserError):
    """The file is not a sound district file; a backup should be restored."""


class LockedFileError(UserError):
    """A copy under a password, which is to be unlocked first."""


class DiskFullError(UserError):
    """An edit that found no room on the disk."""


class UncertainWriteError(UserError):
    """The medium failed in such a way that an edit may or may not be in the file."""


def read_header(path: Path) -> int:
    """The file's user version; a sentence for anything that is not a district file of ours.

    Never for a file that this process holds open: closing any descriptor of it would drop
    the locks of SQLite (POSIX).
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            header = stream.read(100)
    except FileNotFoundError as error:
        raise UserError(f"Файла «{path.name}» нет. Проверьте имя и папку или создайте новый файл.") from error
    except IsADirectoryError as error:
        raise UserError(f"«{path.name}» – это папка. Укажите файл района.") from error
    except (OSError, ValueError) as error:
        raise UserError(f"Файл «{path.name}» не читается. Проверьте носитель и права доступа.") from error
    if size == 0:
        raise DamagedFileError(f"Файл «{path.name}» пуст. Восстановите его из резервной копии.")
    if header.startswith(PASSWORD_MAGIC):
        raise LockedFileError(
            f"Файл «{path.name}» закрыт паролем. Откройте его в окне программы или командой cosdesk unlock."
        )
    if not header.startswith(_MAGIC):
        if path.suffix.lower() == SUFFIX and not any(header):
            raise DamagedFileError(f"Файл «{path.name}» повреждён. Восстановите его из резервной копии.")
        raise UserError(f"«{path.name}» – не файл района. Для документа Word или Excel выберите «Импорт».")
    if len(header) < 100 or size < 512:
        raise DamagedFileError(f"Файл «{path.name}» обрезан. Восстановите его из резервной копии.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError(f"«{path.name}» – база другой программы. Выберите файл района с окончанием {SUFFIX}.")
    return int.from_bytes(header[60:64], "big")


def acquire(path: Path, take_over: bool) -> FileLock | None:
    """The lock, None where the folder cannot be written; ``FileBusyError``."""
    lock = FileLock(path)
    try:
        lock.acquire(take_over)
    except OSError:
        return None
    return lock


def connect(path: Path, read_only: bool, writing: bool) -> Database:
    """A connection with every pragma set and read back.  The path must exist."""
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=1)
    try:
        for name, (value, read_back) in _PRAGMAS.items():
            if name in _WRITING and not writing:
                continue
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
            found = connection.execute(f"PRAGMA {name}").fetchone()
            if found is not None and found[0] != read_back:
                raise sqlite3.OperationalError(f"pragma {name} stayed {found[0]}")
        return Database(connection)
    except BaseException:
        connection.close()
        raise


def journal_of(path: Path) -> Path:
    """Where SQLite keeps the journal of that file: beside the real file, not beside a link to it."""
    return Path(f"{os.path.realpath(path)}-journal")


def name_is_too_long(path: Path) -> bool:
    """Whether the journal of that file could not have a name (255 bytes, on Windows 255 characters)."""
    name = journal_of(path).name
    return len(name if os.name == "nt" else os.fsencode(name)) > 255


def has_hot_journal(path: Path) -> bool:
    try:
        with journal_of(path).open("rb") as stream:
            return any(stream.read(8))
    except OSError:
        return False


def copy_with_journal(path: Path, folder: Path) -> Path:
    """The file and its journal copied as a pair; the copy's path."""
    target = folder / path.name
    shutil.copy2(path, target)
    shutil.copy2(journal_of(path), journal_of(target))
    return target


def version_after_recovery(path: Path, version: int) -> int:
    """The version that a file has once its journal is played back, looked up in a copy.

    Only for one that looks newer than the program: its migration by a newer one may have been cut short.
    """
    if version <= VERSION or not has_hot_journal(path):
        return version
    try:
        with tempfile.TemporaryDirectory(prefix="cosdesk-") as folder:
            database = connect(copy_with_journal(path, Path(folder)), read_only=False, writing=False)
            try:
                return int(database.execute("PRAGMA user_version").fetchone()[0])
            finally:
                database.close()
    except (OSError, sqlite3.Error):
        return version


def aside_folder() -> Path:
    """A new folder in the user's data for what must not be lost."""
    folder = user_data_folder() / "aside" / f"{datetime.now():%Y-%m-%d %H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep_aside(path: Path) -> None:
    """The pair as it was found, before the journal is played back; ``UserError`` where there is no room for it."""
    try:
        copy_with_journal(path, aside_folder())
    except OSError as error:
        raise UserError(
            f"Файл «{path.name}» прошлый раз закрылся не по порядку, а отложить его копию некуда."
            f" Освободите место на диске с папкой «{user_data_folder()}» и откройте файл снова."
        ) from error


def check_schema(path: Path, database: Database, version: int) -> None:
    """Refuse triggers and views that are not ours by name, and a schema that differs from its version's."""
    present = schema_of(database.conn)
    for kind, name in present:
        if kind in ("trigger", "view"):
            raise UserError(
                f"В файл «{path.name}» добавлено постороннее («{name}»), он не открыт."
                " Восстановите файл из резервной копии."
            )
    if version <= VERSION and present != expected_schema(version):
        raise DamagedFileError(f"Устройство файла «{path.name}» нарушено. Восстановите его из резервной копии.")


def check_quickly(path: Path, database: Database) -> None:
    if database.conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise DamagedFileError(f"Файл «{path.name}» повреждён. Восстановите его из резервной копии.")


def explain(path: Path, error: Exception) -> UserError:
    """What an error of reading means to the user."""
    if "locked" in str(error) or "busy" in str(error):
        return UserError(f"Файл «{path.name}» занят другой программой. Закройте её и откройте файл снова.")
    if "unable to open" in str(error):
        return UserError(f"Файл «{path.name}» не открывается. Проверьте носитель и права доступа.")
    return DamagedFileError(f"Файл «{path.name}» повреждён. Восстановите его из резервной копии.")


def explain_write(path: Path, error: sqlite3.Error) -> UserError:
    """What an error of writing means to the user; a broken rule or wrong SQL is a bug and raised again."""
    name = getattr(error, "sqlite_errorname", "")
    if isinstance(error, sqlite3.IntegrityError) or name == "SQLITE_ERROR":
        raise error
    if name == "SQLITE_FULL":
        return DiskFullError("На диске нет места, изменение не записано. Освободите место и повторите.")
    if name in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        return DamagedFileError(
            f"Изменение не записано: файл «{path.name}» повреждён. Закройте его и восстановите из резервной копии."
        )
    return UserError(f"Изменение не записано: файл «{path.name}» недоступен. Проверьте носитель и повторите.")
