"""A backup put in the place of a district's file, whose present state is kept."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.hashes import hash_of_file
from cosdesk.store.lock import FileLock
from cosdesk.store.opening import DamagedFileError, has_hot_journal, journal_of
from cosdesk.store.verify import Check, check, look

ASIDE = " – до восстановления"
"""In the name of the file that a backup took the place of."""


def restore(path: Path, copy: Path) -> tuple[Check, Path | None]:
    """Puts ``copy`` in the place of the closed file ``path``; what it holds, and where the present file went.

    A cut at any moment leaves either the present file, or the restored one, or, where a hot journal
    had to be moved too, no file at ``path`` and the present one whole under its new name.
    """
    _refuse_if_unsound(copy, check(copy, full=True))
    path = Path(os.path.realpath(path))
    if path == Path(os.path.realpath(copy)):
        raise UserError("Это один и тот же файл. Выберите резервную копию.")
    lock = FileLock(path)
    part = path.with_name(f".{os.urandom(6).hex()}.part")
    try:
        lock.acquire()
        shutil.copyfile(copy, part)
        if hash_of_file(part) != hash_of_file(copy):
            raise DamagedFileError("Копия записалась с ошибками, файл не заменён. Проверьте диск и повторите.")
        restored = look(part)
        _refuse_if_unsound(copy, restored)
        aside = _set_aside(path)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(part, path)
        # Empty by now: a filled one went aside with its file, and would spoil this one.
        journal_of(path).unlink(missing_ok=True)
        backup.sync_folder(path.parent)
    except OSError as error:
        raise UserError(
            f"Файл не восстановлен: в папку «{path.parent}» нельзя записать. Освободите место или сохраните"
            " копию в другую папку."
        ) from error
    finally:
        part.unlink(missing_ok=True)
        lock.release()
    return restored, aside


def _refuse_if_unsound(copy: Path, found: Check) -> None:
    if not found.is_sound:
        raise DamagedFileError(f"Копия «{copy.name}» не годится. {found.problems[0]} Выберите другую копию.")


def _set_aside(path: Path) -> Path | None:
    """The present file under another name in its folder; its journal, without which it may be malformed, with it."""
    if not path.exists() and not has_hot_journal(path):
        return None
    aside = _free_name(path)
    if has_hot_journal(path):
        # The pair is copied first: moved one by one, a cut between would part them.
        for source, target in ((path, aside), (journal_of(path), journal_of(aside))):
            if source.exists():
                shutil.copy2(source, target)
                with target.open("rb+") as stream:
                    os.fsync(stream.fileno())
        backup.sync_folder(path.parent)
        path.unlink(missing_ok=True)
        journal_of(path).unlink()
        return aside
    try:
        os.link(path, aside)
    except OSError:
        # A flash drive without links: for a moment there is no file of that name.
        os.rename(path, aside)
    return aside


def _free_name(path: Path) -> Path:
    stem = path.stem.encode("utf-8")[:170].decode("utf-8", "ignore")
    name = f"{stem}{ASIDE} {datetime.now():%d.%m.%Y %H-%M-%S}"
    aside = path.with_name(name + path.suffix)
    number = 2
    while aside.exists() or journal_of(aside).exists():
        aside = path.with_name(f"{name} ({number}){path.suffix}")
        number += 1
    return aside
