"""A file read into an outline, here or in a child process with limits of memory and time."""

import multiprocessing
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, cast

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.intake.grid import Outline
from cosdesk.intake.guard import FileKind, check_package, file_kind
from cosdesk.intake.legacy import converted, never_cancelled

T = TypeVar("T")
SECONDS = 20
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space for the child, where the system can limit it (not on Windows)."""


def read_outline(path: Path) -> Outline:
    """What a docx, xlsx, text or, with LibreOffice's help, an old document holds; ``UserError`` for the rest.

    The kind is told by content, never by the name.
    """
    kind = file_kind(path)
    if kind in (FileKind.PACKAGE, FileKind.TEXT):
        return _parted(_read(path, kind))
    with tempfile.TemporaryDirectory(prefix="cosdesk-intake-") as folder:
        return _parted(_read(converted(path, kind, Path(folder)), FileKind.PACKAGE))


def _parted(outline: Outline) -> Outline:
    # Imported late: the child reads without forms.
    from cosdesk.forms.roadmap_form import roadmap_forms
    from cosdesk.intake.parting import part_tables

    return part_tables(outline, tuple(roadmap_forms().values()))


def read_outline_isolated(
    path: Path, cancelled: Callable[[], bool] = never_cancelled, seconds: float = SECONDS
) -> Outline:
    """The same, with every parser in a child process that may fail, hang or be cancelled without harm.

    ``cancelled`` is asked some twenty times a second; cancelling is a ``UserError`` too.
    """
    kind = file_kind(path)
    if kind in (FileKind.PACKAGE, FileKind.TEXT):
        return _parted(read_in_child(partial(_read, kind=kind), path, path.name, cancelled, seconds))
    with tempfile.TemporaryDirectory(prefix="cosdesk-intake-") as folder:
        new = converted(path, kind, Path(folder), cancelled)
        read = partial(_read, kind=FileKind.PACKAGE)
        return _parted(read_in_child(read, new, path.name, cancelled, seconds))


def _read(path: Path, kind: FileKind) -> Outline:
    if kind is FileKind.TEXT:
        from cosdesk.intake.text import read_text

        return read_text(path)
    check_package(path)
    from cosdesk.intake.package import Package

    with Package(path) as package:
        if package.is_word:
            from cosdesk.intake.word import read_word

            return read_word(package)
        is_excel = package.is_excel
    if not is_excel:
        raise UserError(f"Файл «{path.name}» – не документ Word и не таблица Excel. Выберите файл .docx или .xlsx.")
    from cosdesk.intake.excel import read_excel

    return read_excel(path)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Of the child: what it read, or the sentence of a ``UserError``, or the traceback of a parser that broke."""

    found: object = None
    sentence: str = ""
    traceback: str = ""


class ParserError(Exception):
    """The cause of a ``UserError`` when a parser failed in a way nobody foresaw: the child's traceback."""


def read_in_child(
    read: Callable[[Path], T],
    path: Path,
    name: str,
    cancelled: Callable[[], bool] = never_cancelled,
    seconds: float = SECONDS,
) -> T:
    """What ``read``, a function of a module, makes of the file in the child; it never gives None."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, read, path), daemon=True)
    process.start()
    sender.close()
    try:
        answer = _wait(receiver, name, cancelled, time.monotonic() + seconds)
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()
    if answer.found is not None:
        return cast(T, answer.found)
    if answer.sentence:
        raise UserError(answer.sentence)
    raise UserError(
        f"Файл «{name}» не прочитан: он повреждён или слишком велик. Сохраните его в Word или Excel заново и повторите."
    ) from ParserError(answer.traceback)


def _wait(receiver: Connection, name: str, cancelled: Callable[[], bool], deadline: float) -> _Answer:
    while not receiver.poll(0.05):
        if cancelled():
            raise UserError(f"Чтение файла «{name}» отменено. Район не изменён.")
        if time.monotonic() > deadline:
            raise UserError(
                f"Файл «{name}» читался слишком долго и отложен. Оставьте в нём только дорожную карту и повторите."
            )
    try:
        answer: _Answer = receiver.recv()
    except EOFError:
        return _Answer(traceback="the child ended without an answer")
    return answer


def _serve(sender: Connection, read: Callable[[Path], object], path: Path) -> None:
    """In the child, where whatever happens is an answer: nothing is printed, nothing reaches the window."""
    limit_memory()
    try:
        answer = _Answer(read(path))
    except UserError as error:
        answer = _Answer(sentence=str(error))
    except Exception:  # noqa: BLE001 a parser may break in any way; the parent tells it and keeps the traceback
        answer = _Answer(traceback=traceback.format_exc())
    sender.send(answer)
    sender.close()


def limit_memory() -> None:
    """Bounds this process's memory; only for a child that may fail."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit; the guard's bounds and the time limit stand there.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
