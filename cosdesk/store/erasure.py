"""A person's data taken out of a district's file and of its copies, for good: nothing here can be undone."""

import json
import os
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

from cosdesk.domain.edition import fingerprint_of
from cosdesk.domain.personal_data import ERASED
from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.fields import table_title
from cosdesk.store.file import DistrictFile
from cosdesk.store.opening import (
    UNREADABLE,
    check_quickly,
    check_schema,
    connect,
    explain_write,
    journal_of,
    read_header,
)
from cosdesk.store.schema import VERSION

_KEPT = {("blob", "sha256"), ("evidence_file", "sha256"), ("edition", "fingerprint"), ("district", "uid")}
"""Texts that are no words of anybody's."""


def places_named(file: DistrictFile, pattern: re.Pattern[str]) -> dict[str, int]:
    """How many fields name the person, by the table's Russian title."""
    found = Counter(table_title(table) for table, _, _, _ in _naming(file._database.conn, pattern))
    return dict(found)


def erase_from_file(file: DistrictFile, pattern: re.Pattern[str]) -> int:
    """In one transaction, out of the journal of edits too; how many fields changed.  ``UserError`` when refused."""
    file._require_writable()
    try:
        return _erase(file._database.conn, pattern)
    except sqlite3.Error as error:
        raise explain_write(file.path, error) from error


def erase_from_copy(path: Path, pattern: re.Pattern[str]) -> bool:
    """A closed copy without the person, put in the place of the old one and sealed anew.

    False where it had to be removed, since it is damaged or of another version, so that nobody
    can tell what it holds.  ``UserError`` where the folder cannot be written.
    """
    part = path.with_name(f".{os.urandom(6).hex()}.part")
    sealed = backup.seal_of(path).exists()
    try:
        shutil.copyfile(path, part)
        try:
            changed = _erase_from_part(part, pattern)
        except (UserError, *UNREADABLE) as error:
            if isinstance(error, sqlite3.OperationalError):
                raise OSError(str(error)) from error
            _remove(path)
            return False
        if changed:
            # Without the seal first: a cut must not leave the new bytes under the old hash.
            backup.seal_of(path).unlink(missing_ok=True)
            backup.sync(part)
            os.replace(part, path)
            backup.sync_folder(path.parent)
            if sealed:
                backup.seal(path)
    except OSError as error:
        raise UserError(
            f"Копия «{path}» не переписана: в папку нельзя записать. Персональные данные пока не удалены;"
            " проверьте место и доступ и повторите."
        ) from error
    finally:
        part.unlink(missing_ok=True)
        journal_of(part).unlink(missing_ok=True)
    return True


def _erase_from_part(part: Path, pattern: re.Pattern[str]) -> int:
    version = read_header(part)
    if version != VERSION:
        raise UserError("another version")
    with closing(connect(part, read_only=False, writing=True)) as database:
        check_schema(part, database, version)
        check_quickly(part, database)
        changed = _erase(database.conn, pattern)
        check_quickly(part, database)
        database.execute("PRAGMA locking_mode = NORMAL")
        database.execute("PRAGMA journal_mode = DELETE")
    return changed


def _remove(path: Path) -> None:
    path.unlink()
    backup.seal_of(path).unlink(missing_ok=True)


# --- within one transaction


def _erase(connection: sqlite3.Connection, pattern: re.Pattern[str]) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        changed = _remove_cards(connection, pattern) + _replace_words(connection, pattern)
        if changed:
            # What was undone names the person too and is not to come back; the file is another one from now on.
            connection.execute("UPDATE edit SET state = 'dropped' WHERE state = 'undone'")
            now = datetime.now().isoformat(timespec="seconds")
            connection.execute(
                "INSERT INTO edit (at, who, title, state) VALUES (?, '', 'Удалены персональные данные', 'dropped')",
                [now],
            )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return changed


def _remove_cards(connection: sqlite3.Connection, pattern: re.Pattern[str]) -> int:
    """The person out of the directory and its groups, with the history of that: an undo brings no card back."""
    execute = connection.execute
    cards = {
        row_id
        for row_id, *names in execute("SELECT id, name, full_name FROM person WHERE membership = 'person'")
        if any(pattern.fullmatch(name) for name in names)
    }
    former = execute("SELECT row_id, before, after FROM change WHERE table_name = 'person'").fetchall()
    for row_id, *states in former:
        for state in filter(None, states):
            card = json.loads(state)
            if card.get("membership") == "person" and any(pattern.fullmatch(card[n]) for n in ("name", "full_name")):
                cards.add(row_id)
    for card in cards:
        named = "SELECT row_id FROM change WHERE table_name = 'member' AND (json_extract(after, '$.person_id') = ?1"
        execute(
            f"DELETE FROM change WHERE table_name = 'member' AND row_id IN ({named}"
            " OR json_extract(before, '$.person_id') = ?1))",
            [card],
        )
        execute("DELETE FROM change WHERE table_name = 'person' AND row_id = ?", [card])
        execute("DELETE FROM member WHERE person_id = ?", [card])
        execute("DELETE FROM person WHERE id = ?", [card])
    return len(cards)


def _replace_words(connection: sqlite3.Connection, pattern: re.Pattern[str]) -> int:
    found = list(_naming(connection, pattern))
    for table, field, row_id, text in found:
        # A dismissal that then says what another one says is one with it.
        statement = f'UPDATE OR REPLACE "{table}" SET "{field}" = ? WHERE id = ?'
        connection.execute(statement, [pattern.sub(ERASED, text), row_id])
        if (table, field) == ("edition", "frozen"):
            _mark_edition_anew(connection, row_id, text)
        elif table == "change":
            _mark_change_anew(connection, row_id, field, text)
    return len(found)


def _naming(connection: sqlite3.Connection, pattern: re.Pattern[str]) -> list[tuple[str, str, int, str]]:
    """Table, field, row and text of every field that names the person."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    found = []
    for (table,) in tables.fetchall():
        for _, field, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
            if kind == "TEXT" and (table, field) not in _KEPT:
                rows = connection.execute(f'SELECT id, "{field}" FROM "{table}" WHERE "{field}" <> \'\'')
                found += [(table, field, row_id, text) for row_id, text in rows if pattern.search(text)]
    return found


def _mark_edition_anew(connection: sqlite3.Connection, row_id: int, before: str) -> None:
    """Frozen contents are another text now; the old fingerprint is kept for the papers that bear it."""
    row = "SELECT frozen, fingerprint, former_fingerprints FROM edition WHERE id = ?"
    frozen, fingerprint, former = connection.execute(row, [row_id]).fetchone()
    if fingerprint == fingerprint_of(before):  # one that was changed by stealth stays told as such
        connection.execute(
            "UPDATE edition SET fingerprint = ?, former_fingerprints = ? WHERE id = ?",
            [fingerprint_of(frozen), f"{former} {fingerprint}".strip(), row_id],
        )


def _mark_change_anew(connection: sqlite3.Connection, row_id: int, field: str, before: str) -> None:
    """The same in the journal, from where an undo may bring an edition back."""
    table, text = connection.execute(f'SELECT table_name, "{field}" FROM change WHERE id = ?', [row_id]).fetchone()
    if table != "edition":
        return
    former, state = json.loads(before), json.loads(text)
    if former.get("fingerprint") == fingerprint_of(former.get("frozen", "")) and former["frozen"] != state["frozen"]:
        state["former_fingerprints"] = f"{state['former_fingerprints']} {state['fingerprint']}".strip()
        state["fingerprint"] = fingerprint_of(state["frozen"])
        connection.execute(
            f'UPDATE change SET "{field}" = ? WHERE id = ?', [json.dumps(state, ensure_ascii=False), row_id]
        )
