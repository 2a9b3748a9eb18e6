"""A district's file read or changed by one command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from cosdesk.domain.district import Snapshot
from cosdesk.store.edit import Edit
from cosdesk.store.file import DistrictFile

Result = TypeVar("Result")


def read(path: Path, today: date | None = None) -> Snapshot:
    """Everything the file holds; not a byte of it changes, so a command that fails later leaves it as it was."""
    with DistrictFile.open(path, read_only=True) as file:
        return file.snapshot(today)


def write(
    path: Path, title: str, change: Callable[[Edit], Result], backup_reason: str = ""
) -> tuple[Result, Snapshot]:
    """One named edit; what ``change`` gives back, and the district after it.

    With ``backup_reason`` («перед импортом») a backup is made first.
    """
    with DistrictFile.open(path) as file:
        if backup_reason:
            file.back_up(backup_reason)
        with file.edit(title) as edit:
            result = change(edit)
        return result, file.snapshot()
