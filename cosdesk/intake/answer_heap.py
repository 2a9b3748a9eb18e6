"""A heap of returned files read: workbooks, and those that came in letters and archives.

All of it is read in one child process with limits of memory and time; what breaks the child or
keeps it too long is refused, and a new child reads on.
"""

import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.intake.answer_workbook import ReadWorkbook, read_workbook
from cosdesk.intake.guard import FileKind, file_kind
from cosdesk.intake.heap_parts import HeapPart, is_own_draft, unwrap, wrapping
from cosdesk.intake.legacy import converted, never_cancelled
from cosdesk.intake.reading import SECONDS, limit_memory


def answer_files(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that may be answers, by name; locks of office programs and our own drafts left out."""
    try:
        found = [path for path in sorted(folder.iterdir()) if path.is_file()]
    except OSError as error:
        raise UserError(f"Папка «{folder}» не читается. Проверьте, что она на месте.") from error
    kept = [path for path in found if not path.name.startswith(("~$", ".")) and path.suffix.lower() != ".part"]
    return tuple(path for path in kept if path.suffix.lower() != ".eml" or not is_own_draft(path))


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file to be read: the name it is told by, where it lies, and when its letter was sent."""

    shown: Path
    real: Path
    sent_at: datetime | None = None


def read_heap(
    paths: Sequence[Path],
    cancelled: Callable[[], bool] = never_cancelled,
    seconds: float = SECONDS,
) -> Iterator[tuple[Path, ReadWorkbook | UserError]]:
    """Each file with what it holds or why it was refused, as they are read; those refused at sight come first.

    A file out of a letter or an archive is told as «письмо.eml → Ответ.xlsx» beside it.
    ``cancelled`` is asked some twenty times a second; cancelling is a ``UserError`` raised.
    """
    with tempfile.TemporaryDirectory(prefix="cosdesk-heap-") as name:
        folder = Path(name)
        ready: list[_Ready] = []
        for found in _unwrapped(paths, folder, cancelled, seconds):
            result = _prepared(found, folder, cancelled) if isinstance(found, _Ready) else found
            if isinstance(result, _Ready):
                ready.append(result)
            else:
                yield result
        results = _in_children(read_workbook, [each.real for each in ready], cancelled, seconds)
        for each, read in zip(ready, results, strict=True):
            if isinstance(read, ReadWorkbook) and read.saved_at is None and each.sent_at is not None:
                read = replace(read, saved_at=each.sent_at)
            yield each.shown, read


def _unwrapped(
    paths: Sequence[Path], folder: Path, cancelled: Callable[[], bool], seconds: float
) -> Iterator[_Ready | tuple[Path, UserError]]:
    """The files themselves, letters and archives taken apart."""
    wrapped: list[Path] = []
    for path in paths:
        try:
            if wrapping(path) is None:
                yield _Ready(path, path)
            else:
                wrapped.append(path)
        except UserError as error:
            yield path, error
    results: Iterator[list[HeapPart] | UserError]
    results = _in_children(partial(unwrap, folder=folder), wrapped, cancelled, seconds)
    for path, parts in zip(wrapped, results, strict=True):
        if isinstance(parts, UserError):
            yield path, parts
        else:
            taken: Counter[str] = Counter()
            for part in parts:
                name = f"{path.name} → {part.place.name}"
                taken[name] += 1
                # Archives hold folders, a name may stand in several.
                shown = path.with_name(name)
                if taken[name] > 1:
                    shown = shown.with_stem(f"{shown.stem} ({taken[name]})")
                yield (shown, UserError(part.refusal)) if part.refusal else _Ready(shown, part.place, part.sent_at)


def _prepared(each: _Ready, folder: Path, cancelled: Callable[[], bool]) -> _Ready | tuple[Path, UserError]:
    """An old Excel file becomes a new one; the others stay."""
    try:
        kind = file_kind(each.real)
        if kind is FileKind.EXCEL_97:
            new = converted(each.real, kind, Path(tempfile.mkdtemp(dir=folder)), cancelled)
            return replace(each, real=new.rename(new.with_name(f"{each.real.stem}.xlsx")))
    except UserError as error:
        if cancelled():
            raise
        return each.shown, error
    return each


def _in_children(
    work: Callable[[Path], Any], paths: list[Path], cancelled: Callable[[], bool], seconds: float
) -> Iterator[Any]:
    """What ``work`` made of each path, or the ``UserError`` of it, in their order."""
    position = 0
    while position < len(paths):
        for result in _in_one_child(work, paths[position:], cancelled, seconds):
            yield result
            position += 1


def _in_one_child(
    work: Callable[[Path], Any], paths: list[Path], cancelled: Callable[[], bool], seconds: float
) -> Iterator[Any]:
    """Results until the last file or until the child is lost; the file it was lost on is refused."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, work, paths), daemon=True)
    process.start()
    sender.close()
    try:
        for path in paths:
            answer = _wait(receiver, path.name, cancelled, time.monotonic() + seconds)
            if isinstance(answer, str):
                yield UserError(answer)
            elif answer is None:
                yield UserError(
                    f"Файл «{path.name}» не прочитан: он повреждён, слишком велик или читался слишком долго."
                    " Попросите школу сохранить его заново."
                )
                return
            else:
                yield answer
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()


def _wait(receiver: Connection, name: str, cancelled: Callable[[], bool], deadline: float) -> Any:
    """An answer, the sentence of a refusal, or None when the child is gone or late."""
    while not receiver.poll(0.05):
        if cancelled():
            raise UserError(f"Сбор ответов остановлен на файле «{name}». Ничего не записано.")
        if time.monotonic() > deadline:
            return None
    try:
        return receiver.recv()
    except (EOFError, OSError):
        return None


def _serve(sender: Connection, work: Callable[[Path], Any], paths: list[Path]) -> None:
    """In the child: for each path a result or the sentence of a ``UserError``; anything else ends the child."""
    limit_memory()
    for path in paths:
        try:
            sender.send(work(path))
        except UserError as error:
            sender.send(str(error))
    sender.close()
