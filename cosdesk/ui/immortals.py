"""Keeps Python 3.10 and 3.11 alive under PySide6 6.12.0, which gives None and True away without owning them.

Every call that returns nothing costs one reference of None, every signal one of True; after some
thousand calls the interpreter aborts («none_dealloc: deallocating None»).  Since Python 3.12 these
objects cannot die; here they get as many references as no program uses up.
"""

import ctypes
import sys

REFERENCES = 1 << 30


def keep_constants_alive() -> None:
    """Once before the first call into Qt; does nothing where the constants are immortal anyway."""
    if sys.version_info >= (3, 12):
        return
    for constant in (None, True, False, NotImplemented):
        # In CPython the count of references is the first field of every object.
        ctypes.c_ssize_t.from_address(id(constant)).value += REFERENCES
