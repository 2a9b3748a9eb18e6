"""Keeps alive what PySide6 6.12.0 gives away without owning it: Python's constants, and our overrides of Qt's methods.

Constants: every call that returns nothing costs one reference of None, every signal one of True; after
some thousand calls the interpreter aborts («none_dealloc: deallocating None»).  Since Python 3.12 these
objects cannot die; before, they get as many references as no program uses up.

Overrides: when one of our methods that Qt has called raises, every further one that Qt calls before it
returns to Python loses one reference (a delegate's ``setModelData`` fails, then Qt calls the view's
``closeEditor``).  The function is freed under its class, and a later window dies.  So every function of
a class made from ``QObject`` gets the same store of references.  6.11.3 does the same.
"""

import ctypes
import sys
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

REFERENCES = 1 << 30


def keep_alive() -> None:
    """Once before the first class of ours that Qt knows."""
    if sys.version_info < (3, 12):
        for constant in (None, True, False, NotImplemented):
            _add_references(constant)
    QObject.__init_subclass__ = classmethod(_keep_overrides)  # type: ignore[assignment]


def _keep_overrides(made: type, /, **words: Any) -> None:
    super(QObject, made).__init_subclass__(**words)  # type: ignore[misc]
    for member in vars(made).values():
        if isinstance(member, FunctionType):
            _add_references(member)


def _add_references(target: object) -> None:
    # In CPython the count of references is the first field of every object.
    ctypes.c_ssize_t.from_address(id(target)).value += REFERENCES
