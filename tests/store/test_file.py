"""Opening, refusing, locking, copying: on real files."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from cosdesk.domain.district import District
from cosdesk.errors import UserError
from cosdesk.store import roadmaps
from cosdesk.store.file import DamagedFileError, DistrictFile
from cosdesk.store.lock import FileBusyError
from cosdesk.store.schema import VERSION, expected_schema

from .conftest import CONTENTS


def closed(file: DistrictFile) -> Path:
    file.close()
    return file.path


@pytest.mark.parametrize(
    "name", ["Район #1.cosdesk", "100 %.cosdesk", "что?.cosdesk", "O'Нил.cosdesk", "д" * 110 + ".cosdesk"]
)
def test_names_that_trouble_addresses(tmp_path: Path, name: str) -> None:
    with DistrictFile.create(tmp_path / name, District("Район")) as file:
        assert file.snapshot().district.name == "Район"
    assert os.listdir(tmp_path) == [name]


def test_the_pragmas_are_in_force(file: DistrictFile) -> None:
    connection = file._database.conn
    wanted = {
        "synchronous": 3,
        "journal_mode": "truncate",
        "locking_mode": "exclusive",
        "foreign_keys": 1,
        "trusted_schema": 0,
    }
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_foreign_keys_hold(file: DistrictFile) -> None:
    with pytest.raises(sqlite3.IntegrityError), file.edit("Ошибка") as edit:
        edit.update("item", 1, {"parent_id": 999})


def test_tables_are_strict(file: DistrictFile) -> None:
    with pytest.raises(sqlite3.IntegrityError), file.edit("Ошибка") as edit:
        edit.update("item", 1, {"rank": "не число"})


def test_create_refuses_an_existing_file(path: Path) -> None:
    path.write_text("важное")
    with pytest.raises(UserError):
        DistrictFile.create(path, District("Район"))
    assert path.read_text() == "важное"


def test_create_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="нельзя записать"):
        DistrictFile.create(tmp_path / "нет" / "x.cosdesk", District("Район"))


def flip_application_id(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[68:72] = b"\0\0\0\0"
    path.write_bytes(content)


SPOILED: dict[str, tuple[Callable[[Path], object], type[UserError]]] = {
    "missing": (lambda p: p.unlink(), UserError),
    "empty": (lambda p: p.write_bytes(b""), DamagedFileError),
    "garbage": (lambda p: p.write_bytes(b"garbage" * 500), UserError),
    "zip": (lambda p: p.write_bytes(b"PK\x03\x04" + b"\0" * 2000), UserError),
    "header only": (lambda p: p.write_bytes(p.read_bytes()[:100]), DamagedFileError),
    "truncated": (lambda p: p.write_bytes(p.read_bytes()[:5000]), DamagedFileError),
    "other database": (flip_application_id, UserError),
    "zeroed schema": (
        lambda p: p.write_bytes(p.read_bytes()[:100] + b"\0" * 3996 + p.read_bytes()[4096:]),
        DamagedFileError,
    ),
}


@pytest.mark.parametrize(("spoil", "error"), SPOILED.values(), ids=SPOILED.keys())
def test_spoiled_files_are_told_and_left_alone(
    file: DistrictFile, spoil: Callable[[Path], object], error: type[UserError]
) -> None:
    path = closed(file)
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(error) as caught:
        DistrictFile.open(path)
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.exists() else None) == before
    assert not list(path.parent.glob(".~*"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER чужой AFTER UPDATE ON item BEGIN DELETE FROM item; END",
        "CREATE VIEW чужой AS SELECT * FROM item",
    ],
)
def test_a_foreign_trigger_or_view_is_refused_by_name(file: DistrictFile, statement: str) -> None:
    path = closed(file)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(UserError, match="чужой"):
        DistrictFile.open(path)


def test_a_changed_table_is_refused(file: DistrictFile) -> None:
    path = closed(file)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE item ADD COLUMN extra TEXT")
    connection.close()
    with pytest.raises(DamagedFileError):
        DistrictFile.open(path)


def test_a_newer_file_opens_read_only_and_keeps_its_bytes(file: DistrictFile) -> None:
    path = closed(file)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()
    with DistrictFile.open(path) as newer:
        assert "новой версией" in newer.read_only_reason
        assert newer.snapshot().roadmaps[0] == CONTENTS
        with pytest.raises(UserError), newer.edit("Правка"):
            pass
    assert path.read_bytes() == before


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(file: DistrictFile) -> None:
    path = closed(file)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with DistrictFile.open(path) as opened:
            assert opened.read_only
    finally:
        path.parent.chmod(stat.S_IRWXU)


def test_opened_read_only_nothing_is_written(file: DistrictFile) -> None:
    path = closed(file)
    before = path.read_bytes()
    with DistrictFile.open(path, read_only=True) as opened:
        assert opened.snapshot().roadmaps[0] == CONTENTS
        with pytest.raises(UserError, match="только для чтения"):
            opened.undo()
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


def test_a_second_opening_here_is_refused(file: DistrictFile) -> None:
    with pytest.raises(FileBusyError):
        DistrictFile.open(file.path)
    with file.edit("Правка") as edit:
        roadmaps.delete_item(edit, 1)


def in_another_process(path: Path, code: str) -> subprocess.CompletedProcess[str]:
    program = """
        import os, sys
        from pathlib import Path
        from cosdesk.store.file import DistrictFile
        from cosdesk.store import roadmaps
        path = Path(sys.argv[1])
    """
    text = textwrap.dedent(program) + textwrap.dedent(code)
    return subprocess.run([sys.executable, "-c", text, str(path)], capture_output=True, text=True, check=False)


def test_a_second_program_on_this_machine_is_refused(file: DistrictFile) -> None:
    done = in_another_process(file.path, "DistrictFile.open(path)")
    assert "FileBusyError" in done.stderr


def test_a_program_that_died_leaves_the_file_usable_and_its_edits_saved(file: DistrictFile) -> None:
    path = closed(file)
    in_another_process(
        path,
        """
        file = DistrictFile.open(path)
        with file.edit("Удаление") as edit:
            roadmaps.delete_item(edit, 1)
        os._exit(9)
        """,
    )
    assert list(path.parent.glob(".~*"))
    with DistrictFile.open(path) as again:
        assert again.recovered
        assert len(again.snapshot().roadmaps[0].items) == 1
        assert not again.read_only


def test_the_lock_of_another_machine_asks(file: DistrictFile) -> None:
    path = closed(file)
    lock = path.with_name(f".~{path.name}.lock")
    lock.write_text('{"host": "другой-компьютер", "pid": 1}', encoding="utf-8")
    with pytest.raises(FileBusyError, match="другой-компьютер") as caught:
        DistrictFile.open(path)
    assert caught.value.foreign
    with DistrictFile.open(path, take_over=True) as again:
        assert not again.read_only


def test_a_hot_journal_is_rolled_back_and_kept_aside(file: DistrictFile, tmp_path: Path) -> None:
    path = closed(file)
    # Copying the pair in the middle of a transaction is what a power cut leaves behind.
    cut = tmp_path / "cut"
    cut.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(2000):
        connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (f"{number}", "x" * 200))
    connection.execute("UPDATE item SET title = 'полдела'")
    for source in (path, Path(f"{path}-journal")):
        shutil.copy2(source, cut / source.name)
    connection.close()
    with DistrictFile.open(cut / path.name) as again:
        assert again.recovered
        assert again.snapshot().roadmaps[0] == CONTENTS


def test_a_copy_is_whole_and_stands_alone(file: DistrictFile, tmp_path: Path) -> None:
    target = tmp_path / "копия.cosdesk"
    file.save_copy(target)
    with DistrictFile.open(target) as copy:
        assert copy.snapshot() == file.snapshot()
        assert not copy.recovered


def test_a_copy_to_nowhere_says_so(file: DistrictFile, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="не сохранена"):
        file.save_copy(tmp_path / "нет" / "копия.cosdesk")


def test_the_schema_is_what_the_steps_build(file: DistrictFile) -> None:
    names = {name for kind, name in expected_schema(VERSION) if kind == "table"}
    assert {"item", "indicator", "execution", "evidence", "edit", "change"} <= names
