"""Eight megabytes kept beside an open file, given back to the disk when it is full."""

import os
import shutil
from pathlib import Path

from cosdesk.store.lock import lock_name

SIZE = 8 * 1024 * 1024
_LOW = 1024 * 1024  # less than this free, and a commit may fail halfway
_PLENTY = 10 * SIZE
_BLOCK = os.urandom(64 * 1024)  # a disk that compresses would keep nothing of zeros


class Reserve:
    """The reserve of one open file; ``spent`` tells that the disk was found full."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute().with_name(lock_name(path.name).removesuffix(".lock") + ".reserve")
        self.spent = False

    def keep(self) -> None:
        """Makes the reserve where the disk has plenty; without it the program works all the same."""
        if self._path.exists() or self.spent:
            return
        try:
            if shutil.disk_usage(self._path.parent).free < _PLENTY:
                return
            with self._path.open("wb") as stream:
                for _ in range(SIZE // len(_BLOCK)):
                    stream.write(_BLOCK)
        except OSError:
            self.remove()

    def spend_when_needed(self) -> None:
        """Before a write: gives the reserve back to a disk that has hardly any room left."""
        try:
            is_low = shutil.disk_usage(self._path.parent).free < _LOW
        except OSError:
            return
        if is_low:
            self.spend()

    def spend(self) -> None:
        self.spent = True
        self.remove()

    def remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError:  # the medium is gone, and the reserve with it
            return
