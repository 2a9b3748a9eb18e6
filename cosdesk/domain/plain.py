"""Domain records as plain values (for JSON) and back, by their type hints."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Dicts, lists, texts, numbers: decimals as text, dates as ISO, enumerations by value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(entry) for entry in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def from_plain(hint: Any, value: Any) -> Any:
    """What ``to_plain`` made, as the type that ``hint`` names; a field that is missing takes its default."""
    if value is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        entry = get_args(hint)[0]
        return tuple(from_plain(entry, part) for part in value)
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]
        return hint(**{name: from_plain(hints[name], part) for name, part in value.items() if name in hints})  # type: ignore[operator]
    if hint is Decimal or (isinstance(hint, type) and issubclass(hint, Enum)):
        return hint(value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return value


@cache
def _hints(record_class: Any) -> dict[str, Any]:
    return get_type_hints(record_class)
