"""The district's own row."""

import sqlite3

from cosdesk.domain.district import District
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def insert_district(connection: sqlite3.Connection, district: District) -> None:
    """The one row of a new file, before there is a history to record it in."""
    values = {"id": 1, **row_of(district)}
    columns = ", ".join(values)
    connection.execute(f"INSERT INTO district ({columns}) VALUES ({', '.join('?' * len(values))})", (*values.values(),))


def read_district(database: Database) -> District:
    return record_of(District, next(database.query("SELECT * FROM district")))


def change_district(edit: Edit, district: District) -> None:
    edit.update("district", 1, row_of(district, "uid"))
