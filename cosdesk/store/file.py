"""Opening, creating, copying and closing a district's file (the seven steps of opening)."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from cosdesk.domain.checks.finding import Dismissal
from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.edition import Edition
from cosdesk.domain.monitoring import Answer, SchoolShare, Value
from cosdesk.domain.paper import PaperRecord, SectionText
from cosdesk.errors import UserError
from cosdesk.store import (
    backup,
    dismissals,
    districts,
    editions,
    evidence_files,
    monitoring,
    papers,
    snapshots,
)
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit, FieldChange, Journal, Step
from cosdesk.store.evidence_files import EvidenceFile
from cosdesk.store.lock import FileLock, refuse_if_held_here, this_machine
from cosdesk.store.opening import (
    SUFFIX,
    UNREADABLE,
    DamagedFileError,
    UncertainWriteError,
    acquire,
    check_quickly,
    check_schema,
    connect,
    copy_with_journal,
    explain,
    explain_write,
    has_hot_journal,
    keep_aside,
    name_is_too_long,
    read_header,
    version_after_recovery,
)
from cosdesk.store.reserve import Reserve
from cosdesk.store.schema import APPLICATION_ID, VERSION, expected_schema, migrate, schema_of

__all__ = ["SUFFIX", "DamagedFileError", "DistrictFile", "UncertainWriteError"]

_LEAST_ROOM = 4096
_NO_ROOM = "На диске нет места, поэтому файл открыт только для чтения. Освободите место и откройте файл снова."
_NOT_WRITABLE = "Файл или папку нельзя изменить, поэтому файл открыт только для чтения."


class DistrictFile:
    """One open ``*.cosdesk`` file: reading, edits, undo.  Use ``open`` or ``create``; close it when done.

    ``read_only_reason`` is a Russian sentence when nothing may be written, else empty;
    ``recovered`` tells in a sentence what was brought back after an unclean end.
    """

    def __init__(self, path: Path, database: Database, lock: FileLock | None) -> None:
        self.path = path
        self.who = ""
        self.read_only_reason = ""
        self.recovered = ""
        self.reserve = Reserve(path)
        self._database = database
        self._lock = lock
        self._copy_folder: tempfile.TemporaryDirectory[str] | None = None
        self.journal = Journal(database)

    @classmethod
    def create(cls, path: Path, district: District, overwrite: bool = False) -> "DistrictFile":
        """A new file holding that district; an existing file is refused unless ``overwrite``."""
        if path.exists() and not overwrite:
            raise UserError(f"Файл «{path.name}» уже есть. Выберите другое имя или откройте этот файл.")
        if name_is_too_long(path):
            raise UserError("Имя файла слишком длинное. Выберите имя короче 100 знаков.")
        # Built aside and put in place whole: a cut leaves the old file or the new one.
        part = path.with_name(f".{os.urandom(6).hex()}.part")
        try:
            connection = sqlite3.connect(part, isolation_level=None)
            try:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("BEGIN IMMEDIATE")
                migrate(connection, 0)
                now = datetime.now().isoformat(timespec="seconds")
                connection.execute("INSERT INTO session VALUES (1, ?, ?, 1, ?)", (now, this_machine(), now))
                districts.insert_district(connection, replace(district, uid=district.uid or os.urandom(16).hex()))
                connection.execute("COMMIT")
            finally:
                connection.close()
            os.replace(part, path)
        except (OSError, sqlite3.Error) as error:
            part.unlink(missing_ok=True)
            raise UserError(
                f"Файл «{path.name}» не создан: в папку «{path.absolute().parent}» нельзя записать."
                " Выберите другую папку."
            ) from error
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, read_only: bool = False, take_over: bool = False) -> "DistrictFile":
        """The file, checked and locked.  ``FileBusyError``, ``DamagedFileError`` or another ``UserError``.

        Opens read-only by itself where writing is impossible or the file is of a newer
        version; ``take_over`` seizes the lock of another machine.
        """
        refuse_if_held_here(path)
        version = version_after_recovery(path, read_header(path))
        newer = version > VERSION
        reason = "Файл открыт только для чтения." if read_only else ""
        if not reason and name_is_too_long(path):
            reason = "Имя файла слишком длинное, поэтому он открыт только для чтения. Переименуйте файл короче."
        if newer:
            reason = "Файл создан более новой версией программы и открыт только для чтения. Обновите программу."
        lock = None if reason else acquire(path, take_over)
        if not reason and (lock is None or not os.access(path, os.W_OK)):
            reason = _NO_ROOM if lock is None and not _has_room(path.parent) else _NOT_WRITABLE
        try:
            return cls._open_checked(path, lock, version, reason)
        except UNREADABLE as error:
            if lock:
                lock.release()
            raise explain(path, error) from error
        except BaseException:
            if lock:
                lock.release()
            raise

    @classmethod
    def _open_checked(cls, path: Path, lock: FileLock | None, version: int, reason: str) -> "DistrictFile":
        hot = has_hot_journal(path)
        copy_folder = None
        location = path
        if hot and reason:
            # Recovery writes; on a medium that may not be written a copy is recovered instead.
            copy_folder = tempfile.TemporaryDirectory(prefix="cosdesk-")
            location = copy_with_journal(path, Path(copy_folder.name))
        elif hot:
            keep_aside(path)
        database = connect(location, read_only=bool(reason) and not copy_folder, writing=not reason)
        file = cls(path, database, lock)
        file._copy_folder = copy_folder
        try:
            if hot:
                # The header may have borne the version of a migration that was cut short.
                version = database.execute("PRAGMA user_version").fetchone()[0]
            check_schema(path, database, version)
            if hot or (not reason and not file._was_closed_cleanly()):
                check_quickly(path, database)
                file.recovered = "Прошлый раз программа закрылась не по порядку; файл проверен, сохранённое на месте."
                if version == VERSION and (last := file.journal.next_undo()):
                    file.recovered += f" Последнее сохранённое изменение: {last.at:%d.%m.%Y в %H:%M} – «{last.title}»."
            if not reason:
                # Only now: a write would set off foreign triggers, and spoil a damaged file further.
                file._start_session()
            if not reason and version < VERSION:
                file._migrate(version)
        except sqlite3.OperationalError as error:
            file._lock = None
            file._abandon()
            refusal = _refused_writing(error)
            if reason or not refusal:
                raise
            return cls._open_checked(path, lock, version, refusal)
        except BaseException:
            file._abandon()
            raise
        file.read_only_reason = reason
        return file

    @property
    def read_only(self) -> bool:
        return bool(self.read_only_reason)

    def snapshot(self, today: date | None = None) -> Snapshot:
        """Everything the file holds, read at one moment."""
        try:
            return snapshots.read_snapshot(self._database, today or date.today())
        except UNREADABLE as error:
            raise explain(self.path, error) from error

    def refreshed(self, snapshot: Snapshot, changes: Sequence[FieldChange]) -> Snapshot:
        """The snapshot after those changes, reading only what they touched."""
        return snapshots.refreshed_snapshot(self._database, snapshot, changes)

    def answers(self, round_id: int) -> tuple[Answer, ...]:
        """The answers of one round in the order of the schools; read when asked, never with the snapshot."""
        return monitoring.read_answers(self._database, round_id)

    def newest_values(self, rounds: Collection[int]) -> dict[int, tuple[int, Mapping[str, Value]]]:
        """What each school answered last in these rounds, with the round's id, by school id."""
        return monitoring.newest_values(self._database, rounds)

    def form_source(self, round_id: int) -> str:
        """The text of the round's form as it was when the round began."""
        return monitoring.form_source(self._database, round_id)

    def schools_behind(self, round_id: int, feed: str) -> tuple[SchoolShare, ...]:
        """Every school of a round with what it gave to a feed."""
        return monitoring.schools_behind(self._database, round_id, feed)

    def evidence_files(self, evidence_id: int | None = None) -> tuple[EvidenceFile, ...]:
        """The files of one document, or of all; their bytes stay in the file."""
        return evidence_files.files_of(self._database, evidence_id)

    def evidence_content(self, file: EvidenceFile) -> bytes:
        """A document's file as it was put in; ``DamagedEvidenceError``."""
        return evidence_files.content_of(self._database, file)

    def evidence_to_open(self, file: EvidenceFile) -> tuple[Path, tempfile.TemporaryDirectory[str]]:
        """A read-only copy for the system to open, in a folder that goes when let go."""
        return evidence_files.file_to_open(self._database, file)

    def edit(self, title: str) -> AbstractContextManager[Edit]:
        """One named edit, a transaction that can be undone; ``UserError`` where the file or the disk refuses."""
        return self._guarded(title)

    @contextmanager
    def _guarded(self, title: str) -> Iterator[Edit]:
        self._require_writable()
        self.reserve.spend_when_needed()
        begun: Edit | None = None
        try:
            with self.journal.edit(title, self.who) as begun:
                yield begun
        except sqlite3.Error as error:
            if begun is None or not self._stands(begun.id):
                raise self._write_fault(error) from error

    def undo(self) -> str:
        """Takes back the newest edit; its title, empty when there was none."""
        return self._replayed(self.journal.undo)

    def redo(self) -> str:
        """Does the edit undone last again; its title, empty when there was none."""
        return self._replayed(self.journal.redo)

    def editions(self, roadmap_id: int) -> tuple[Edition, ...]:
        """The approved editions of a roadmap, oldest first."""
        return editions.read_editions(self._database, roadmap_id)

    def dismissals(self) -> tuple[Dismissal, ...]:
        """The findings that were dismissed, of all roadmaps."""
        return dismissals.read_dismissals(self._database)

    def section_texts(self, report: str, roadmap_id: int) -> tuple[SectionText, ...]:
        """Sections of that report in the user's own words, for every period and row, the oldest first."""
        return papers.read_section_texts(self._database, report, roadmap_id)

    def paper_records(self) -> tuple[PaperRecord, ...]:
        """The papers made, the newest first."""
        return papers.read_paper_records(self._database)

    def note_paper(self, record: PaperRecord) -> None:
        """Into the journal; a file that may not be written goes without."""
        self._write_aside(lambda: papers.add_paper_record(self._database, record))

    def mark_paper_signed(self, record_id: int, evidence_id: int) -> None:
        """The journal's paper became that document; a file that may not be written goes without."""
        self._write_aside(lambda: papers.mark_paper_signed(self._database, record_id, evidence_id))

    def keep_setting(self, name: str, value: str) -> None:
        """Keeps what was typed last for the next time, beside the edits; see ``setting``."""
        if self.setting(name) != value:
            self._write_aside(lambda: papers.keep_setting(self._database, name, value))

    def _write_aside(self, write: Callable[[], None]) -> None:
        if self.read_only:
            return
        try:
            write()
        except sqlite3.Error as error:
            raise self._write_fault(error) from error

    def setting(self, name: str, default: str = "") -> str:
        row = self._database.conn.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def save_copy(self, path: Path) -> None:
        """A complete copy of the file at ``path``, verified before it takes that name."""
        backup.copy_connection(self._database.conn, path)

    @property
    def uid(self) -> str:
        """The district's own mark, the same in all its copies."""
        return str(self._database.conn.execute("SELECT uid FROM district").fetchone()[0])

    @property
    def size(self) -> int:
        """Bytes of the file."""
        execute = self._database.conn.execute
        return int(execute("PRAGMA page_count").fetchone()[0]) * int(execute("PRAGMA page_size").fetchone()[0])

    @property
    def mark(self) -> str:
        """Which edits stand; equal marks of one district mean equal contents."""
        return backup.mark_of(self._database.conn)

    def back_up(self, reason: str = "") -> "backup.Backup":
        """A verified copy among the backups, made at once; for a large open file see ``backup.back_up_aside``."""
        name = districts.read_district(self._database).name
        with backup.new_backup(self.uid, name, self.path, reason) as target:
            self.save_copy(target)
        return backup.backup_at(target)

    def close(self) -> None:
        """Close so that exactly one file remains, whole and copyable."""
        connection = self._database.conn
        self.reserve.remove()
        try:
            if not self.read_only:
                connection.execute("UPDATE session SET clean = 1")
                connection.execute("PRAGMA locking_mode = NORMAL")
                connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error:
            # The medium is gone: everything committed is on it already, and the next opening checks.
            pass
        finally:
            self._abandon()

    def __enter__(self) -> "DistrictFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _abandon(self) -> None:
        self._database.close()
        if self._copy_folder:
            self._copy_folder.cleanup()
        if self._lock:
            self._lock.release()

    def _replayed(self, replay: Callable[[], Step | None]) -> str:
        self._require_writable()
        self.reserve.spend_when_needed()
        try:
            step = replay()
        except sqlite3.Error as error:
            raise self._write_fault(error) from error
        return step.title if step else ""

    def _stands(self, edit_id: int) -> bool:
        """Whether an edit is in the file though its commit failed: the medium may fail after the commit's last write.

        ``UncertainWriteError`` when that cannot be told.
        """
        execute = self._database.conn.execute
        try:
            if not execute("SELECT 1 FROM edit WHERE id = ?", (edit_id,)).fetchone():
                return False
            # One more commit syncs what the last one could not.
            execute("UPDATE session SET checked_at = ?", (datetime.now().isoformat(),))
        except sqlite3.Error as error:
            raise UncertainWriteError(
                "Диск отвечает с ошибками: неизвестно, записано ли последнее изменение. Проверьте носитель,"
                " сохраните копию файла на другой диск и сверьте её."
            ) from error
        return True

    def _write_fault(self, error: sqlite3.Error) -> UserError:
        fault = explain_write(self.path, error)
        if getattr(error, "sqlite_errorname", "") in ("SQLITE_FULL", "SQLITE_IOERR_WRITE"):
            # The text is still on the screen; with the reserve given back the next try succeeds.
            self.reserve.spend()
        return fault

    def _require_writable(self) -> None:
        if self.read_only:
            raise UserError(f"{self.read_only_reason} Сохраните копию в другую папку и работайте в ней.")

    def _was_closed_cleanly(self) -> bool:
        row = self._database.conn.execute("SELECT clean FROM session").fetchone()
        return row is None or bool(row[0])

    def _start_session(self) -> None:
        """The one real write that proves writability."""
        now = datetime.now().isoformat(timespec="seconds")
        session = "UPDATE session SET opened_at = ?, host = ?, clean = 0"
        self._database.conn.execute(session, (now, this_machine()))

    def _migrate(self, version: int) -> None:
        connection = self._database.conn
        self.back_up("перед обновлением")
        connection.execute("PRAGMA foreign_keys = OFF")
        with self._database.writer.atomic():
            migrate(connection, version)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise sqlite3.DatabaseError("foreign keys broken by the migration")
            if schema_of(connection) != expected_schema(VERSION):
                raise sqlite3.DatabaseError("schema differs after the migration")
        connection.execute("PRAGMA foreign_keys = ON")


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free > _LEAST_ROOM
    except OSError:
        return True


def _refused_writing(error: sqlite3.OperationalError) -> str:
    """Why a file is opened for reading only though it was to be written; empty where the error is another one."""
    if "disk is full" in str(error):
        return _NO_ROOM
    return _NOT_WRITABLE if "readonly" in str(error) or "unable to open" in str(error) else ""
