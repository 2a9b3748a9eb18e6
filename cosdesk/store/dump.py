"""A plain copy of a district's file: every table and row, with every field described, for another program to read."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from cosdesk.store.fields import field_meaning, table_title
from cosdesk.store.file import DistrictFile
from cosdesk.store.schema import VERSION

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def read_tables(file: DistrictFile) -> dict[str, Table]:
    """Each table as its field names and rows, values as they are kept: int, float, str, bytes or None."""
    execute = file._database.conn.execute
    found = {}
    for name in file._database.writer.table_names():
        if not name.startswith("sqlite_"):
            cursor = execute(f'SELECT * FROM "{name}" ORDER BY 1')
            found[name] = (tuple(column[0] for column in cursor.description), cursor.fetchall())
    return found


def description(tables: dict[str, Table]) -> Iterator[tuple[str, str, str, str]]:
    """Table, what it is, field, what it holds: a line for every field."""
    for name, (fields, _) in tables.items():
        for field in fields:
            yield name, table_title(name), field, field_meaning(name, field)


def as_json(tables: dict[str, Table]) -> dict[str, Any]:
    """The whole file for ``json.dumps``; the contents of attached files as Base64."""
    return {
        "format": "cosdesk",
        "version": VERSION,
        "description": [
            {"table": table, "title": title, "field": field, "meaning": meaning}
            for table, title, field, meaning in description(tables)
        ],
        "tables": {
            name: [dict(zip(fields, map(_plain, row), strict=True)) for row in rows]
            for name, (fields, rows) in tables.items()
        },
    }


def without_contents(tables: dict[str, Table]) -> dict[str, Table]:
    """The tables without the bytes of attached files, which no cell of a workbook can hold."""
    return {
        name: (
            tuple(field for field in fields if (name, field) != ("blob", "content")),
            [
                tuple(value for field, value in zip(fields, row, strict=True) if (name, field) != ("blob", "content"))
                for row in rows
            ],
        )
        for name, (fields, rows) in tables.items()
    }


def _plain(value: Any) -> Any:
    return b64encode(value).decode() if isinstance(value, bytes) else value
