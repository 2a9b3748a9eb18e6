"""Recorded writing: every edit is one transaction that remembers what it changed, so it can be undone and read."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.store.closed_periods import require_replayable
from cosdesk.store.database import Database

Row = dict[str, Any]
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Step:
    """A past edit, for the history and for «Отменить: …»."""

    id: int
    at: datetime
    who: str
    title: str
    undone: bool
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What was and what became of one row; None where it did not exist."""

    table: str
    row_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Edit:
    """The one way to write: inserts, updates and deletes within one named edit.

    A delete takes with it what hangs on the row (by the declared foreign keys), and an
    undo brings all of it back under the same ids.
    """

    def __init__(self, database: Database, edit_id: int, references: Mapping[str, list[tuple[str, str]]]) -> None:
        self.database = database
        self.id = edit_id
        self.changes: list[FieldChange] = []
        self._references = references

    def insert(self, table: str, values: Row) -> int:
        """A new row; its id."""
        values = _whole_characters(values)
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        cursor = self.database.conn.execute(
            f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', tuple(values.values())
        )
        row_id = int(cursor.lastrowid or 0)
        self._record(table, row_id, None, {"id": row_id, **values})
        return row_id

    def update(self, table: str, row_id: int, values: Row) -> None:
        """New values of a row; columns that stay as they are leave no trace."""
        present = self.row(table, row_id)
        changed = {name: value for name, value in _whole_characters(values).items() if present[name] != value}
        if not changed:
            return
        _write(self.database, table, row_id, changed)
        self._record(table, row_id, {name: present[name] for name in changed}, changed)

    def delete(self, table: str, row_id: int) -> None:
        """The row and everything that refers to it."""
        for child_table, column in self._references.get(table, []):
            rows = self.database.conn.execute(f'SELECT id FROM "{child_table}" WHERE "{column}" = ?', (row_id,))
            for (child_id,) in rows.fetchall():
                self.delete(child_table, child_id)
        if present := self._find(table, row_id):
            self.database.conn.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
            self._record(table, row_id, present, None)

    def row(self, table: str, row_id: int) -> Row:
        """The row as it is now; ``LookupError`` when there is none."""
        row = self._find(table, row_id)
        if row is None:
            raise LookupError(f"no row {row_id} in {table}")
        return row

    def _find(self, table: str, row_id: int) -> Row | None:
        return next(self.database.query(f'SELECT * FROM "{table}" WHERE id = ?', [row_id]), None)

    def _record(self, table: str, row_id: int, before: Row | None, after: Row | None) -> None:
        self.changes.append(FieldChange(table, row_id, before, after))
        self.database.conn.execute(
            "INSERT INTO change (edit_id, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
            (self.id, table, row_id, _dump(before), _dump(after)),
        )


class Journal:
    """The edits of a file: making them, undoing and redoing them, reading them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _references(self) -> dict[str, list[tuple[str, str]]]:
        """For each table, the (table, column) pairs that refer to it."""
        found: dict[str, list[tuple[str, str]]] = {}
        writer = self._database.writer
        for table in writer.table_names():
            for key in writer.table(table).foreign_keys:
                found.setdefault(key.other_table, []).append((key.table, str(key.column)))
        return found

    @contextmanager
    def edit(self, title: str, who: str) -> Iterator[Edit]:
        """One transaction; an exception undoes all of it, an edit that changed nothing leaves no trace."""
        with self._transaction():
            execute = self._database.conn.execute
            cursor = execute(
                "INSERT INTO edit (at, who, title, state) VALUES (?, ?, ?, 'done')",
                (datetime.now().isoformat(timespec="seconds"), who, _HALF_CHARACTER.sub("\ufffd", title)),
            )
            edit = Edit(self._database, int(cursor.lastrowid or 0), self._references)
            yield edit
            if edit.changes:
                execute("UPDATE edit SET state = 'dropped' WHERE state = 'undone'")
            else:
                execute("DELETE FROM edit WHERE id = ?", (edit.id,))

    def next_undo(self) -> Step | None:
        """The newest edit that may be taken back.

        Closing a period and opening it again are passed over: only opening, with its reason, undoes a closing.
        """
        return self._step(
            "state = 'done' AND EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id"
            " AND table_name != 'period_closure') ORDER BY id DESC"
        )

    def next_redo(self) -> Step | None:
        return self._step("state = 'undone' ORDER BY id")

    def undo(self) -> Step | None:
        """Take back the newest edit that stands; None when there is none; ``UserError`` for a closed period."""
        return self._replay(self.next_undo(), "undone")

    def redo(self) -> Step | None:
        """Do again the edit undone last; None when there is none."""
        return self._replay(self.next_redo(), "done")

    def history(self, limit: int = 500) -> list[Step]:
        """The newest edits first, undone ones too."""
        return self._steps(f"1 ORDER BY id DESC LIMIT {int(limit)}")

    def changes(self, edit_id: int) -> list[FieldChange]:
        """What an edit did, in order."""
        rows = self._database.query("SELECT * FROM change WHERE edit_id = ? ORDER BY id", [edit_id])
        return [
            FieldChange(row["table_name"], row["row_id"], _load(row["before"]), _load(row["after"])) for row in rows
        ]

    def history_of(self, table: str, row_id: int) -> list[tuple[Step, list[FieldChange]]]:
        """What stands of the edits to one row and to what hangs on it, the newest first."""
        condition, values = "(table_name = ? AND row_id = ?)", [table, row_id]
        for child, column in self._references.get(table, []):
            if child == table:
                continue
            # An update keeps only what changed: which rows are meant stands in their insert or delete.
            named = f"json_extract(after, '$.{column}') = ? OR json_extract(before, '$.{column}') = ?"
            condition += (
                f" OR (table_name = ? AND row_id IN (SELECT row_id FROM change WHERE table_name = ? AND ({named})))"
            )
            values += [child, child, row_id, row_id]
        rows = self._database.query(
            f"SELECT change.* FROM change JOIN edit ON edit.id = edit_id AND state = 'done' WHERE {condition}"
            " ORDER BY change.id",
            values,
        )
        found: dict[int, list[FieldChange]] = {}
        for row in rows:
            change = FieldChange(row["table_name"], row["row_id"], _load(row["before"]), _load(row["after"]))
            found.setdefault(row["edit_id"], []).append(change)
        marks = ", ".join(str(edit_id) for edit_id in found)
        return [(step, found[step.id]) for step in self._steps(f"id IN ({marks}) ORDER BY id DESC")]

    def _replay(self, step: Step | None, state: str) -> Step | None:
        if step is None:
            return None
        changes = self.changes(step.id)
        require_replayable(self._database, changes)
        with self._transaction():
            # Rows come back in an order that foreign keys may not like until all are there.
            self._database.conn.execute("PRAGMA defer_foreign_keys = ON")
            if state == "undone":
                for change in reversed(changes):
                    self._swap(change.table, change.row_id, change.after, change.before)
            else:
                for change in changes:
                    self._swap(change.table, change.row_id, change.before, change.after)
            self._database.conn.execute("UPDATE edit SET state = ? WHERE id = ?", (state, step.id))
        return step

    def _swap(
        self, table: str, row_id: int, present: Mapping[str, Any] | None, wanted: Mapping[str, Any] | None
    ) -> None:
        if wanted is None:
            self._database.conn.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
        elif present is None:
            columns = ", ".join(f'"{name}"' for name in wanted)
            marks = ", ".join("?" * len(wanted))
            self._database.conn.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', tuple(wanted.values()))
        else:
            _write(self._database, table, row_id, wanted)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        # IMMEDIATE takes the write lock before the first read, so nothing fails halfway.
        writer = self._database.writer
        writer.conn.execute("BEGIN IMMEDIATE")
        try:
            with writer.atomic():
                yield
            self._database.conn.execute("COMMIT")
        except BaseException:
            writer.rollback()
            raise

    def _step(self, condition: str) -> Step | None:
        return next(iter(self._steps(f"{condition} LIMIT 1")), None)

    def _steps(self, condition: str) -> list[Step]:
        rows = self._database.query(
            "SELECT id, at, who, title, state,"
            " (SELECT group_concat(DISTINCT table_name) FROM change WHERE edit_id = edit.id) AS tables"
            f" FROM edit WHERE {condition}"
        )
        return [
            Step(
                row["id"],
                datetime.fromisoformat(row["at"]),
                row["who"],
                row["title"],
                row["state"] != "done",
                frozenset((row["tables"] or "").split(",")),
            )
            for row in rows
        ]


def _whole_characters(values: Row) -> Row:
    """Half of a character, as a clipboard may hold, cannot be written; it stays visible as «�»."""
    half = _HALF_CHARACTER
    return {name: half.sub("\ufffd", text) if isinstance(text, str) else text for name, text in values.items()}


def _write(database: Database, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    database.conn.execute(f'UPDATE "{table}" SET {assignments} WHERE id = ?', (*values.values(), row_id))


def _dump(row: Mapping[str, Any] | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)


def _load(text: str | None) -> Row | None:
    return None if text is None else dict(json.loads(text))
