"""A plain copy of a district's file: every table and row, with every field described, for another program to read."""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from cosdesk.store.fields import field_meaning, table_title
from cosdesk.store.file import DistrictFile
from cosdesk.store.schema import VERSION

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]
CONTENT = ("blob", "content")


def read_tables(file: DistrictFile) -> dict[str, Table]:
    """Each table as its field names and rows, values as they are kept: int, float, str or None.

    Without the bytes of attached files, which no cell of a workbook can hold.
    """
    found = {}
    for name, fields in _fields(file).items():
        kept = tuple(field for field in fields if (name, field) != CONTENT)
        columns = ", ".join(f'"{field}"' for field in kept)
        found[name] = (kept, file._database.conn.execute(f'SELECT {columns} FROM "{name}" ORDER BY 1').fetchall())
    return found


def _fields(file: DistrictFile) -> dict[str, tuple[str, ...]]:
    execute = file._database.conn.execute
    names = [name for name in file._database.writer.table_names() if not name.startswith("sqlite_")]
    return {name: tuple(row[1] for row in execute(f'PRAGMA table_info("{name}")')) for name in names}


def description(tables: dict[str, Table]) -> Iterator[tuple[str, str, str, str]]:
    """Table, what it is, field, what it holds: a line for every field."""
    for name, (fields, _) in tables.items():
        for field in fields:
            yield name, table_title(name), field, field_meaning(name, field)


def json_pieces(file: DistrictFile) -> Iterator[str]:
    """The whole file as one JSON text, row by row: with its scans it may not fit into memory.

    The contents of attached files are Base64.
    """
    fields = _fields(file)
    described = [
        {"table": table, "title": title, "field": field, "meaning": meaning}
        for table, title, field, meaning in description({name: (names, []) for name, names in fields.items()})
    ]
    yield f'{{"format": "cosdesk",\n"version": {VERSION},\n"description": {_json(described, indent=1)},\n"tables": {{'
    for number, (name, names) in enumerate(fields.items()):
        yield f"{',' if number else ''}\n{_json(name)}: ["
        for count, row in enumerate(file._database.conn.execute(f'SELECT * FROM "{name}" ORDER BY 1')):
            yield f"{',' if count else ''}\n{_json(dict(zip(names, map(_plain, row), strict=True)))}"
        yield "]"
    yield "\n}}\n"


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _plain(value: Any) -> Any:
    return b64encode(value).decode() if isinstance(value, bytes) else value
