"""The program of a version to come, with one step of migration more."""

import sqlite3
from collections.abc import Callable
from types import ModuleType

from cosdesk.store import erasure, file, opening, schema

MODULES: tuple[ModuleType, ...] = (schema, file, opening, erasure)
Step = Callable[[sqlite3.Connection], None]


def names_of_next_version(step: Step) -> list[tuple[ModuleType, str, object]]:
    """What to set in which module."""
    steps = (*schema.MIGRATIONS, step)
    return [(schema, "MIGRATIONS", steps), *((module, "VERSION", schema.VERSION + 1) for module in MODULES)]


def adding(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE добавка (id INTEGER PRIMARY KEY) STRICT")


def carrying_over(connection: sqlite3.Connection) -> None:
    """Every page of the file takes part."""
    adding(connection)
    connection.execute("UPDATE item SET title = 'перенесено'")
    connection.execute("CREATE INDEX добавка_к_строкам ON item (title)")
