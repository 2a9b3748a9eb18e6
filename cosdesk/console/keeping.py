"""``verify``, ``backup``, ``backups``, ``restore``, ``dump``: keeping a district's file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.file import SUFFIX, DistrictFile
from cosdesk.store.restore import restore
from cosdesk.store.verify import Check, check, look, problem_of


def verify_file(path: Path, full: bool) -> Check:
    """What was found; ``UserError`` with all of it where the file is not sound."""
    found = check(path, full)
    if not found.is_sound:
        raise UserError(" ".join(found.problems))
    return found


def verify_lines(found: Check, full: bool) -> Iterator[str]:
    yield f"Файл исправен: {found.district}; {found.contents}."
    if not full:
        yield "Проверены страницы и устройство файла. Связи и вложенные документы проверяет ключ --full."


def back_up(path: Path, out: Path | None) -> Iterator[str]:
    """A copy among the backups, or at ``out`` (a file or a folder)."""
    with DistrictFile.open(path, read_only=True) as file:
        if out is None:
            made = file.back_up("по команде").path
        else:
            made = out / f"{path.stem} – копия{SUFFIX}" if out.is_dir() else out
            _refuse_taken(made)
            file.save_copy(made)
    yield f"Сделана и проверена копия «{made}»."


def known_backups(path: Path) -> list[backup.Backup]:
    """By the file's district; where it cannot be read, by the place it lay at."""
    try:
        found = backup.backups_of(look(path, pages=False).uid) if path.exists() else []
    except UserError:
        found = []
    return found or backup.backups_for(path)


def backups_json(path: Path) -> dict[str, Any]:
    return {"backups": [_backup_json(copy) for copy in known_backups(path)]}


def _backup_json(copy: backup.Backup) -> dict[str, Any]:
    problem = problem_of(copy.path)
    held = None if problem else look(copy.path, pages=False)
    return {
        "path": str(copy.path),
        "at": copy.at.isoformat(),
        "reason": copy.reason,
        "size": copy.size,
        "sound": not problem,
        "problem": problem,
        "items": held and held.items,
        "indicators": held and held.indicators,
        "executions": held and held.executions,
    }


def backup_lines(path: Path) -> Iterator[str]:
    copies = known_backups(path)
    if not copies:
        yield f"Копий файла «{path.name}» нет. Сделать: cosdesk backup ФАЙЛ"
    for copy in copies:
        problem = problem_of(copy.path)
        told = problem or f"исправна; {look(copy.path, pages=False).contents}"
        reason = f" ({copy.reason})" if copy.reason else ""
        yield f"{copy.at:%d.%m.%Y %H:%M:%S}{reason}, {copy.size / 1024:.0f} КБ – {told}"
        yield f"  {copy.path}"


def restore_file(path: Path, copy: Path) -> Iterator[str]:
    restored, aside = restore(path, copy)
    yield f"Файл «{path.name}» восстановлен: {restored.district}; {restored.contents}."
    if aside:
        yield f"Прежний файл сохранён: «{aside}»."


def lock_file(path: Path, out: Path, password_file: Path) -> Iterator[str]:
    from cosdesk.store.password import password_in, save_locked_copy

    _refuse_taken(out)
    with DistrictFile.open(path, read_only=True) as file:
        save_locked_copy(file, out, password_in(password_file))
    yield f"Записана и проверена копия под паролем «{out}». Забытый пароль восстановить нельзя."


def unlock_file(path: Path, out: Path, password_file: Path) -> Iterator[str]:
    from cosdesk.store.password import password_in, unlock

    _refuse_taken(out)
    if not path.is_file():
        raise UserError(f"Файла «{path.name}» нет. Проверьте имя и папку.")
    unlock(path, out, password_in(password_file))
    yield f"Файл района без пароля: «{out}»."


def _refuse_taken(out: Path) -> None:
    if out.exists():
        raise UserError(f"Файл «{out}» уже есть. Укажите другое имя.")


def dump_file(path: Path, out: Path) -> Iterator[str]:
    """Everything the file holds as .json or .xlsx, documented field by field."""
    from cosdesk.plain_copy import write_plain_copy

    with DistrictFile.open(path, read_only=True) as file:
        tables, rows = write_plain_copy(file, out)
    yield f"Записан файл «{out}»: таблиц {tables}, строк {rows}."
