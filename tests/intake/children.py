"""What may run in the child instead of the reader: it must be found by name in another process."""

import time
from multiprocessing.connection import Connection
from pathlib import Path

from cosdesk.intake import reading
from cosdesk.intake.guard import FileKind


def hang(sender: object, path: str, kind: object) -> None:
    time.sleep(60)


def read_too_much(path: Path, kind: object) -> None:
    bytearray(4 * reading.MEMORY)


def swallow_memory(sender: Connection, path: str, kind: FileKind) -> None:
    """The child's own limit stops a reader that asks for more."""
    reading._read = read_too_much  # type: ignore[assignment]
    reading._serve(sender, path, kind)


def die(sender: object, path: str, kind: object) -> None:
    raise SystemExit(3)
