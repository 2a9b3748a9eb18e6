"""What PySide6 6.12.0 must be kept from: giving away what it does not own, and reading every module's source.

Constants: every call that returns nothing costs one reference of None, every signal one of True; after
some thousand calls the interpreter aborts («none_dealloc: deallocating None»).  Since Python 3.12 these
objects cannot die; before, they get as many references as no program uses up.

Overrides: when one of our methods that Qt has called raises, every further one that Qt calls before it
returns to Python loses one reference (a delegate's ``setModelData`` fails, then Qt calls the view's
``closeEditor``).  The function is freed under its class, and a later window dies.  So every function of
a class made from ``QObject`` gets the same store of references.  6.11.3 does the same.

Sources: with every import it reads the new module's text to see whether it names PySide6, for a choice of
method names (``from __feature__ import …``) that nobody here makes.  A packaged program has no texts, and
the binding takes that for a no.
"""

import ctypes
import sys
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

REFERENCES = 1 << 30


def leave_sources_unread() -> None:
    """Once before our modules are imported; a tenth of the time that their import takes."""
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False


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
