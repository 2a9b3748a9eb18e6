"""``dataclass`` as the standard library has it, made quicker: only ``__init__`` is compiled for a class.

The library's own compiles six functions for a frozen class with slots and refuses changes while the
program runs; two hundred such classes were a fifth of the time before the first window.  Here the
comparisons are shared closures, and that a frozen one does not change is kept by the type checker alone.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(made: type | None = None, *, frozen: bool = False, eq: bool = True, **options):
        """As ``dataclasses.dataclass``, without its check at run time that a frozen one stays as it is."""
        if made is None:
            return lambda later: dataclass(later, frozen=frozen, eq=eq, **options)
        if options.get("order"):
            return dataclasses.dataclass(made, frozen=frozen, eq=eq, **options)
        made = dataclasses.dataclass(made, eq=False, repr=False, **options)
        values = _values_of(made)
        _add(made, "__repr__", _representation)
        if eq:
            _add(made, "__eq__", lambda one, other: _same(values, one, other))
            if "__hash__" not in vars(made):
                made.__hash__ = (lambda one: hash(values(one))) if frozen else None
        return made


def _values_of(made: type) -> Callable[[Any], object]:
    names = [field.name for field in dataclasses.fields(made) if field.compare]
    return attrgetter(*names) if names else lambda _: ()


def _same(values: Callable[[Any], object], one: object, other: object) -> bool:
    return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented


def _add(made: type, name: str, function: Callable[..., object]) -> None:
    if name not in vars(made):
        setattr(made, name, function)


def _representation(one: Any) -> str:
    shown = (f"{field.name}={getattr(one, field.name)!r}" for field in dataclasses.fields(one) if field.repr)
    return f"{type(one).__qualname__}({', '.join(shown)})"
