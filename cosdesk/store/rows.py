"""Frozen dataclasses to table rows and back, by their type hints.

A column bears the name of its field.  Dates are ISO text, decimals REAL, enumerations
their value, flags 0 and 1, tuples of texts a JSON list.
"""

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")


def decimal_of(number: float) -> Decimal:
    """The decimal a person typed: 62.5, not 62.50000000000001; 100, not 100.0."""
    value = Decimal(repr(number))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def to_column(value: Any) -> Any:
    """A field's value as SQLite keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return value


def row_of(record: Any, *omitted: str) -> dict[str, Any]:
    """The record's columns, without ``id`` and the fields named."""
    skipped = {"id", *omitted}
    return {f.name: to_column(getattr(record, f.name)) for f in fields(record) if f.name not in skipped}


def record_of(record_class: type[T], row: Mapping[str, Any], **others: Any) -> T:
    """A record from a row; ``others`` gives the fields that the row does not hold."""
    values: dict[str, Any] = dict(others)
    for name, convert in _converters(record_class):  # type: ignore[arg-type]
        if name in values:
            continue
        value = row[name]
        values[name] = convert(value) if convert and value is not None else value
    return record_class(**values)


@cache
def _converters(record_class: Hashable) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    assert isinstance(record_class, type) and is_dataclass(record_class)
    hints = get_type_hints(record_class)
    return tuple((f.name, _converter(hints[f.name])) for f in fields(record_class))


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if hint in (date, datetime):
        parse: Callable[[Any], Any] = hint.fromisoformat
        return parse
    if hint is Decimal:
        return decimal_of
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if get_args(hint)[:1] == (str,):
        return _texts
    return None


def _texts(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))
