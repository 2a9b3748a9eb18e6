"""What may run in the child instead of the reader: it must be found by name in another process."""

import time

from cosdesk.intake import reading


def hang(sender: object, path: str, kind: object) -> None:
    time.sleep(60)


def swallow_memory(sender: object, path: str, kind: object) -> None:
    reading._limit_memory()
    bytearray(4 * reading.MEMORY)


def die(sender: object, path: str, kind: object) -> None:
    raise SystemExit(3)
