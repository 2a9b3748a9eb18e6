"""Files that are damaged, foreign, locked, newer or on a medium that may not be written: told, and left as they are."""

import os
import platform
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cosdesk.domain.district import District
from cosdesk.domain.evidence import Evidence
from cosdesk.errors import UserError
from cosdesk.store import file as store
from cosdesk.store import schema
from cosdesk.store.evidence import add_evidence
from cosdesk.store.evidence_files import add_file
from cosdesk.store.file import DamagedFileError, DistrictFile
from cosdesk.store.lock import FileBusyError
from cosdesk.store.restore import restore
from cosdesk.store.schema import VERSION, expected_schema
from cosdesk.store.verify import check
from tests.faults.disk import ROOT
from tests.faults.next_version import Step, adding, names_of_next_version

TITLES = {"0"}


def titles(file: DistrictFile) -> set[str]:
    return {item.title for item in file.snapshot().roadmaps[0].items}


def hot_pair(path: Path, folder: Path) -> Path:
    """The file and its journal as a power cut in the middle of a commit leaves them."""
    folder.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE session SET clean = 0")  # as by the program, which is at work
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(500):
        connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (f"{number}", "x" * 200))
    connection.execute("UPDATE item SET title = 'полдела'")
    for source in (path, Path(f"{path}-journal")):
        shutil.copy2(source, folder / source.name)
    connection.close()
    return folder / path.name


def test_a_hot_journal_on_a_medium_that_may_not_be_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = hot_pair(path, tmp_path / "medium")
    before = {entry.name: entry.read_bytes() for entry in pair.parent.iterdir()}
    # As on a medium behind a write switch; a user who may write anywhere (root) is refused like any other.
    monkeypatch.setattr(store, "acquire", lambda *_: None)
    with DistrictFile.open(pair) as opened:
        assert opened.read_only and opened.recovered
        assert titles(opened) == TITLES
    assert {entry.name: entry.read_bytes() for entry in pair.parent.iterdir()} == before


def test_a_journal_thrown_away_is_told_and_a_copy_restored(path: Path, tmp_path: Path) -> None:
    """Half of a commit is in the file, and what would take it back is gone: never opened as if it were whole."""
    with DistrictFile.open(path) as file:
        made = file.back_up()
    pair = hot_pair(path, tmp_path / "cut")
    Path(f"{pair}-journal").unlink()
    before = pair.read_bytes()
    assert check(pair, full=True).problems or raised_by_opening(pair)
    told = raised_by_opening(pair)
    assert "повреждён" in told and "резервной копии" in told
    assert pair.read_bytes() == before
    restored, aside = restore(pair, made.path)
    assert restored.is_sound and aside is not None and aside.read_bytes() == before
    with DistrictFile.open(pair) as opened:
        assert titles(opened) == TITLES


def raised_by_opening(path: Path) -> str:
    try:
        DistrictFile.open(path).close()
    except DamagedFileError as error:
        return str(error)
    return ""


def test_a_folder_that_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with DistrictFile.open(path) as opened:
        assert "только для чтения" in opened.read_only_reason
        with pytest.raises(UserError, match="Сохраните копию"), opened.edit("правка"):
            pass
    assert path.read_bytes() == before


def test_writing_refused_only_when_it_is_tried(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_: DistrictFile) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(DistrictFile, "_start_session", refuses)
    before = path.read_bytes()
    with DistrictFile.open(path) as opened:
        assert opened.read_only and titles(opened) == TITLES
    assert path.read_bytes() == before


def zeroed_page(content: bytearray, luck: random.Random) -> None:
    page = luck.randrange(1, len(content) // 4096)
    content[page * 4096 : (page + 1) * 4096] = bytes(4096)


def cut_short(content: bytearray, luck: random.Random) -> None:
    del content[luck.randrange(512, len(content)) :]


def scribbled(content: bytearray, luck: random.Random) -> None:
    start = luck.randrange(100, len(content) - 2000)
    content[start : start + 2000] = luck.randbytes(2000)


@pytest.mark.parametrize(("spoil", "at_least"), [(zeroed_page, 9), (cut_short, 12), (scribbled, 2)])
def test_damage_is_told_and_never_written(path: Path, spoil: object, at_least: int) -> None:
    """Letters changed within a text are found by the hash of a backup only, so not every scribble is told."""
    sound = path.read_bytes()
    luck = random.Random(6)
    told = 0
    for _ in range(12):
        content = bytearray(sound)
        assert callable(spoil)
        spoil(content, luck)
        path.write_bytes(content)
        try:
            problems = check(path, full=True).problems
        except UserError as error:
            problems = (str(error),)
        told += bool(problems)
        assert path.read_bytes() == content
    assert told >= at_least


def test_flipped_bits_in_attached_files_are_told(path: Path, is_long: bool) -> None:
    content = random.Random(7).randbytes(300_000)
    with DistrictFile.open(path) as file, file.edit("Документ") as edit:
        add_file(edit, add_evidence(edit, Evidence(0, text="акт")), "акт.pdf", content)
    sound = path.read_bytes()
    start = sound.index(content[5000:5032])
    luck = random.Random(8)
    for _ in range(200 if is_long else 12):
        spoiled = bytearray(sound)
        spoiled[start + luck.randrange(2000)] ^= 1 << luck.randrange(8)
        path.write_bytes(spoiled)
        assert "акт.pdf" in check(path, full=True).problems[0]


REFUSED = """
import sys, time
from pathlib import Path
from cosdesk.store.file import DistrictFile
from cosdesk.store.lock import FileBusyError
began = time.monotonic()
try:
    DistrictFile.open(Path(sys.argv[1]))
except FileBusyError:
    print(time.monotonic() - began)
"""


def test_a_second_copy_of_the_program_is_told_at_once_and_writes_nothing(path: Path) -> None:
    with DistrictFile.open(path) as file:
        before = sorted(path.parent.iterdir())
        command = [sys.executable, "-m", "cosdesk", "record", str(path), "1", "--done", "01.02.2021"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "занят другой программой" in done.stderr
        assert sorted(path.parent.iterdir()) == before
        assert titles(file) == TITLES
        # Without the start of the interpreter, which is not ours to speed up.
        timed = subprocess.run([sys.executable, "-c", REFUSED, path], cwd=ROOT, capture_output=True, check=True)
        assert float(timed.stdout) < 1


def holder_of(path: Path) -> Path:
    return path.with_name(f".~{path.name}.lock")


@pytest.mark.skipif(not hasattr(os, "waitid"), reason="no such state of a process here")
def test_the_lock_of_a_process_that_is_dead_but_not_buried(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        holder_of(path).write_text(f'{{"host": "{platform.node()}", "pid": {ended.pid}}}', "utf-8")
        with DistrictFile.open(path) as opened:
            assert not opened.read_only


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="when a process began is told by /proc")
def test_a_number_that_another_program_bears_now_is_no_obstacle(path: Path) -> None:
    holder_of(path).write_text(
        f'{{"host": "{platform.node()}", "pid": {os.getppid()}, "started": "при прошлом включении 1"}}', "utf-8"
    )
    with DistrictFile.open(path) as opened:
        assert not opened.read_only
    holder_of(path).write_text(f'{{"host": "{platform.node()}", "pid": {os.getppid()}}}', "utf-8")
    with pytest.raises(FileBusyError):
        DistrictFile.open(path)


def test_the_lock_of_another_host_asks(path: Path) -> None:
    path.with_name(f".~{path.name}.lock").write_text('{"host": "другой", "pid": 7}', "utf-8")
    with pytest.raises(FileBusyError) as caught:
        DistrictFile.open(path)
    assert caught.value.foreign
    with DistrictFile.open(path, read_only=True) as opened:
        assert titles(opened) == TITLES


@pytest.mark.parametrize(
    "name",
    [
        "a#b.cosdesk",
        "a?b.cosdesk",
        "100%.cosdesk",
        "%41.cosdesk",
        "O'Нил.cosdesk",
        "д" * 115 + ".cosdesk",
        " a .cosdesk",
    ],
)
def test_names_through_creating_copying_backing_up_restoring(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "имена"
    folder.mkdir()
    with DistrictFile.create(folder / name, District("Район", uid="u")) as file:
        made = file.back_up()
        file.save_copy(tmp_path / f"копия {name[:60]}.cosdesk")
    restored, aside = restore(folder / name, made.path)
    assert restored.is_sound and aside is not None
    assert check(folder / name, full=True).district == "Район"


def test_a_name_too_long_for_its_journal_is_told(tmp_path: Path) -> None:
    name = "д" * 120 + ".cosdesk"
    with pytest.raises(UserError, match="слишком длинное"):
        DistrictFile.create(tmp_path / name, District("Район"))
    DistrictFile.create(tmp_path / "a.cosdesk", District("Район")).close()
    (tmp_path / "a.cosdesk").rename(tmp_path / name)
    with DistrictFile.open(tmp_path / name) as opened:
        assert "слишком длинное" in opened.read_only_reason


def test_a_foreign_trigger_never_runs(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER чужой AFTER UPDATE ON session BEGIN DELETE FROM item; END")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserError, match="чужой"):
        DistrictFile.open(path)
    assert path.read_bytes() == before


def test_a_newer_file_keeps_its_bytes(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE будущее (id INTEGER)")
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with DistrictFile.open(path) as newer:
        assert "новой версией" in newer.read_only_reason and titles(newer) == TITLES
    assert path.read_bytes() == before


# --- migrations


def take_fake_step(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    for module, name, value in names_of_next_version(step):
        monkeypatch.setattr(module, name, value)


def failing(connection: sqlite3.Connection) -> None:
    adding(connection)
    if connection.execute("SELECT count(*) FROM item").fetchone()[0]:
        connection.execute("UPDATE item SET title = 'перенесено'")
        raise sqlite3.DatabaseError("нарочно")


def breaking_ties(connection: sqlite3.Connection) -> None:
    adding(connection)
    connection.execute("UPDATE item SET section_id = 99")


@pytest.mark.parametrize("step", [failing, breaking_ties])
def test_a_failed_migration_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    with monkeypatch.context() as next_version:
        take_fake_step(next_version, step)
        with pytest.raises(UserError):
            DistrictFile.open(path)
    assert not list(path.parent.glob(".~*"))
    with DistrictFile.open(path) as again:
        assert not again.read_only and titles(again) == TITLES
        assert schema.schema_of(again._database.conn) == expected_schema(VERSION)


def test_a_migration_backs_up_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cosdesk.store import backup

    with monkeypatch.context() as next_version:
        take_fake_step(next_version, adding)
        with DistrictFile.open(path) as migrated:
            assert titles(migrated) == TITLES
    copies = backup.backups_of("u")
    assert [copy.reason for copy in copies] == ["перед обновлением"]
    assert check(copies[0].path, full=True).is_sound
    with DistrictFile.open(path) as newer:
        assert newer.read_only


def test_the_schema_stays_as_its_steps_made_it(path: Path) -> None:
    with DistrictFile.open(path) as file:
        with file.edit("Правка") as edit:
            edit.update("item", 1, {"title": "1"})
        file.undo()
        assert schema.schema_of(file._database.conn) == expected_schema(VERSION)
