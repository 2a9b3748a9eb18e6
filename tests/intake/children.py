"""What may run in the child instead of the reader: it must be found by name in another process."""

import time
from multiprocessing.connection import Connection
from pathlib import Path

from cosdesk.intake import reading


def hang(sender: object, read: object, path: Path) -> None:
    time.sleep(60)


def read_too_much(path: Path) -> None:
    bytearray(4 * reading.MEMORY)


def swallow_memory(sender: Connection, read: object, path: Path) -> None:
    """The child's own limit stops a reader that asks for more."""
    reading._serve(sender, read_too_much, path)


def die(sender: object, read: object, path: Path) -> None:
    raise SystemExit(3)
