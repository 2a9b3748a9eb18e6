"""Backups: verified copies of a district's file in the user's data folder and on a second medium.

``<user data>/backups/<uid>/2026-07-31 14-05-33 перед импортом.cosdesk`` with its ``.sha256`` beside it.
"""

import json
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.paths import user_data_folder
from cosdesk.store.hashes import hash_of_bytes, hash_of_file
from cosdesk.store.opening import SUFFIX, DamagedFileError, journal_of
from cosdesk.store.retention import kept

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_NAME = re.compile(r"(\d{4}-\d\d-\d\d \d\d-\d\d-\d\d)(?: (.*))?")
_TIME = "%Y-%m-%d %H-%M-%S"
_ORIGIN = "origin.json"
_CHUNK = 1024 * 1024
_LOCK_PAGE = 0x4000_0000  # SQLite keeps its locks here and never data; on Windows it cannot even be read
_TRIES, _PAUSE = 5, 0.3  # seconds


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when and why it was made (``reason`` «перед импортом», empty for the automatic ones)."""

    path: Path
    at: datetime
    reason: str
    size: int


def backups_folder(uid: str) -> Path:
    """Where the copies of the district of that uid lie."""
    # The uid comes from a file, which anybody may have sent.
    harmless = re.fullmatch(r"[0-9A-Za-z_-]{1,64}", uid)
    name = uid if harmless else hash_of_bytes(uid.encode("utf-8", "replace"))
    return user_data_folder() / "backups" / name


def is_backup(path: Path) -> bool:
    """Whether that file lies among the backups, where nothing may be changed."""
    return os.path.realpath(path).startswith(os.path.realpath(user_data_folder() / "backups") + os.sep)


def backups_in(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first; unfinished and foreign files are left out."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found.append(backup_at(path))
        except (OSError, ValueError):
            continue
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def backups_of(uid: str) -> list[Backup]:
    """The copies of a district, the newest first."""
    return backups_in(backups_folder(uid))


def backups_for(path: Path) -> list[Backup]:
    """The copies of the file that lay at ``path``, though it is gone or cannot be read any more."""
    found: list[Backup] = []
    wanted = os.path.realpath(path)
    for origin in (user_data_folder() / "backups").glob(f"*/{_ORIGIN}"):
        if wanted in _origins(origin.parent)[1]:
            found += backups_in(origin.parent)
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def places_of(folder: Path) -> list[str]:
    """Where the file lay whose backups a folder holds, the latest place first."""
    return _origins(folder)[1]


def backup_at(path: Path) -> Backup:
    """The backup whose file that is; ``ValueError`` where the name tells no time."""
    match = _NAME.fullmatch(path.stem)
    if not match:
        raise ValueError(path.name)
    return Backup(path, datetime.strptime(match[1], _TIME), match[2] or "", path.stat().st_size)


@contextmanager
def new_backup(uid: str, district: str, source: Path, reason: str = "") -> Iterator[Path]:
    """Where to write the next copy; afterwards it is sealed by its hash and older ones are thinned out."""
    folder = backups_folder(uid)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        at = datetime.now().replace(microsecond=0)
        while any(folder.glob(f"{at.strftime(_TIME)}*")):
            at += timedelta(seconds=1)
        target = folder / f"{at.strftime(_TIME)} {reason}".rstrip()
        target = target.with_name(target.name + SUFFIX)
        yield target
        seal(target)
        _remember_origin(folder, district, source)
    except OSError as error:
        raise UserError(
            f"Резервная копия не сделана: в папку «{folder}» нельзя записать. Проверьте место на диске."
        ) from error
    thin_out(folder)


def thin_out(folder: Path, now: datetime | None = None) -> None:
    """Removes the copies that ``retention.kept`` does not keep; one that cannot be removed stays."""
    backups = backups_in(folder)
    stay = kept((backup.at for backup in backups), now or datetime.now())
    for backup in backups:
        if backup.at not in stay:
            try:
                backup.path.unlink()
                seal_of(backup.path).unlink(missing_ok=True)
            except OSError:
                continue


# --- copying


def copy_connection(connection: sqlite3.Connection, path: Path) -> None:
    """What an open connection holds as a complete file at ``path``, verified before it takes that name."""

    def fill(part: Path) -> None:
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)

    _write_verified(path, fill, counts(connection))


def copy_bytes(source: Path, path: Path) -> None:
    """The same from a file that this process does not hold open; another process may.

    Every page is written between the filling of the journal and its truncation, and every
    commit moves the change counter; so bytes copied while neither happened are one state.
    (A commit that failed and was rolled back moves only the file's time.)
    ``UserError`` when the file never rested.
    """

    def fill(part: Path) -> None:
        for _ in range(_TRIES):
            before = _state(source)
            if not _journal_is_filled(source):
                _copy_around_locks(source, part)
                if not _journal_is_filled(source) and _state(source) == before:
                    return
            time.sleep(_PAUSE)
        raise UserError("Копия не сделана: файл всё время меняется. Повторите, когда программа свободна.")

    _write_verified(path, fill, None)


def back_up_aside(source: Path, uid: str, district: str, reason: str = "") -> Backup:
    """A backup of a large file that the window holds open, made and verified in a child process.

    To be called off the window's thread.
    """
    with new_backup(uid, district, source, reason) as target:
        _in_child(source, target)
    return backup_at(target)


def copy_to_medium(backup: Backup, folder: Path) -> Path:
    """A backup copied to a second medium, read back and compared; ``UserError`` when the medium is not there."""
    try:
        folder.mkdir(exist_ok=True)
        target = folder / backup.path.name
        part = folder / f".{os.urandom(6).hex()}.part"
        try:
            shutil.copyfile(backup.path, part)
            sync(part)
            if hash_of_file(part) != hash_of_file(backup.path):
                raise DamagedFileError(f"Копия на «{folder}» записалась с ошибками. Возьмите другой носитель.")
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        seal(target)
    except OSError as error:
        raise UserError(
            f"Копия на второй носитель не сделана: «{folder}» недоступна. Подключите носитель или выберите другой."
        ) from error
    thin_out(folder)
    return target


# --- verifying


def mark_of(connection: sqlite3.Connection) -> str:
    """Which edits stand; equal marks of one district mean equal contents."""
    newest, undone = connection.execute("SELECT max(id), total(state = 'undone') FROM edit").fetchone()
    return f"{newest or 0}-{undone:.0f}"


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of rows of every table."""
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall()}


def has_true_seal(path: Path) -> bool:
    """Whether the hash written when the copy was made is that of its bytes; True where none was written."""
    try:
        sealed = seal_of(path).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return True
    return bool(sealed) and sealed[0] == hash_of_file(path)


def _write_verified(path: Path, fill: Callable[[Path], None], expected: dict[str, int] | None) -> None:
    part = path.with_name(f".{os.urandom(6).hex()}.part")
    try:
        fill(part)
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            target.execute("PRAGMA trusted_schema = OFF")
            target.execute("UPDATE session SET clean = 1")
            if target.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise DamagedFileError(
                    "Копия не сделана: файл повреждён. Закройте его и восстановите из прежней резервной копии."
                )
            if expected is not None and counts(target) != expected:
                raise DamagedFileError("Копия не прошла проверку. Проверьте диск и повторите.")
        sync(part)
        os.replace(part, path)
        sync_folder(path.parent)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _not_saved(path) from error
        raise DamagedFileError(
            "Копия не сделана: файл повреждён. Закройте его и восстановите из прежней резервной копии."
        ) from error
    except OSError as error:
        raise _not_saved(path) from error
    finally:
        part.unlink(missing_ok=True)
        journal_of(part).unlink(missing_ok=True)


def _not_saved(path: Path) -> UserError:
    return UserError(
        f"Копия «{path.name}» не сохранена: в папку «{path.absolute().parent}» нельзя записать."
        " Освободите место или выберите другую папку."
    )


def seal(path: Path) -> None:
    """Writes the hash of the file beside it; ``sha256sum`` can check it too."""
    target = seal_of(path)
    part = target.with_name(f".{os.urandom(6).hex()}.part")
    part.write_text(f"{hash_of_file(path)} *{path.name}\n", "utf-8")
    sync(part)
    os.replace(part, target)
    sync_folder(path.parent)


def seal_of(path: Path) -> Path:
    """Where the hash of a copy stands."""
    return path.with_name(f"{path.name}.sha256")


def sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """A name put in place survives a power cut only when its folder is synced; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _state(path: Path) -> tuple[bytes, int]:
    """The change counter of the header and the time of the last write."""
    with path.open("rb") as stream:
        return stream.read(28)[24:], os.fstat(stream.fileno()).st_mtime_ns


def _journal_is_filled(path: Path) -> bool:
    try:
        return journal_of(path).stat().st_size > 0
    except FileNotFoundError:
        return False


def _copy_around_locks(source: Path, part: Path) -> None:
    with source.open("rb") as reading, part.open("wb") as writing:
        size = os.fstat(reading.fileno()).st_size
        for start in range(0, size, _CHUNK):
            skip = 65536 if start == _LOCK_PAGE else 0
            reading.seek(start + skip)
            writing.seek(start + skip)
            writing.write(reading.read(_CHUNK - skip))


def _in_child(source: Path, target: Path) -> None:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, str(source), str(target)), daemon=True)
    process.start()
    sender.close()
    try:
        answer = receiver.recv()
    except EOFError:
        answer = "Резервная копия не сделана: не хватило памяти или места. Повторите позже."
    finally:
        process.join()
        process.close()
        receiver.close()
    if answer:
        raise UserError(answer)


def _serve(sender: "Connection", source: str, target: str) -> None:
    """In the child: an empty text, or the sentence of a ``UserError``."""
    try:
        copy_bytes(Path(source), Path(target))
        sender.send("")
    except UserError as error:
        sender.send(str(error))
    finally:
        sender.close()


# --- which district a folder of backups belongs to


def _origins(folder: Path) -> tuple[str, list[str]]:
    """The district's name and the places its file lay at."""
    try:
        known = json.loads((folder / _ORIGIN).read_text("utf-8"))
        return str(known["district"]), [str(place) for place in known["places"]]
    except (OSError, ValueError, KeyError, TypeError):
        return "", []


def _remember_origin(folder: Path, district: str, source: Path) -> None:
    place = os.path.realpath(source)
    name, places = _origins(folder)
    if (name, places[:1]) == (district, [place]):
        return
    places = [place, *(other for other in places if other != place)][:20]
    part = folder / f".{os.urandom(6).hex()}.part"
    part.write_text(json.dumps({"district": district, "places": places}, ensure_ascii=False), "utf-8")
    os.replace(part, folder / _ORIGIN)
