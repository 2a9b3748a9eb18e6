"""The open file's connection: plain reading at once; sqlite-utils, the writer, loaded with the first edit."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite_utils


class Database:
    """One SQLite connection.  Its ``writer`` costs some 60 ms and 8 MB that a window which only shows need not pay."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection

    @cached_property
    def writer(self) -> "sqlite_utils.Database":
        """The same connection with sqlite-utils' transactions and knowledge of the schema."""
        from sqlite_utils import Database as Writer

        return Writer(self.conn, execute_plugins=False)

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        return self.conn.execute(sql, values)

    def query(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries by column; run at once, fetched as they are asked for."""
        cursor = self.conn.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def close(self) -> None:
        self.conn.close()


def among(column: str, ids: Collection[int] | None) -> str:
    """A condition for WHERE: the column holds one of those ids; None: whatever it holds."""
    return "1" if ids is None else f"{column} IN ({', '.join(map(str, ids))})"
