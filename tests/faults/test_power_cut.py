"""Power cuts over the real store: what it called saved is there, nothing is half done, nothing is corrupt."""

import random
import shutil
from pathlib import Path

import pytest

from cosdesk.store.file import DistrictFile
from cosdesk.store.restore import restore
from cosdesk.store.schema import VERSION
from cosdesk.store.verify import check
from tests.faults.disk import Change, Disk, read_log, run_under_shim
from tests.faults.next_version import carrying_over, names_of_next_version

MODES = ("drop", "keep", "torn", "torn")

# Each edit gives all four rows its number; large ones, undone ones and attached files among them.
WRITING = """
import os, sys
from pathlib import Path
from cosdesk.domain.evidence import Evidence
from cosdesk.store.evidence import add_evidence
from cosdesk.store.evidence_files import add_file
from cosdesk.store.file import DistrictFile
path, edits = Path(sys.argv[1]), int(sys.argv[2])
ack = os.open(path.with_name("ack"), os.O_WRONLY | os.O_CREAT)
file = DistrictFile.open(path)
for number in range(1, edits + 1):
    with file.edit(f"{number}") as edit:
        for row in range(1, 5):
            edit.update("item", row, {"title": str(number)})
        if number % 5 == 0:
            add_file(edit, add_evidence(edit, Evidence(0, text=str(number))), "скан.pdf", os.urandom(60_000))
    if number % 7 == 0:
        file.undo()
        file.redo()
    os.write(ack, b"ack %04d" % number)
if len(sys.argv) > 3:
    file.close()
os._exit(0)
"""


def acknowledged(changes: list[Change]) -> int:
    """The number of the last edit that the store called saved."""
    return max((int(change.data[4:]) for change in changes if change.data.startswith(b"ack ")), default=0)


def opened_after_cut(folder: Path, name: str) -> set[str]:
    """The titles of all rows, after the program itself has opened the file and checked it whole."""
    with DistrictFile.open(folder / name) as file:
        assert not file.read_only
        titles = {item.title for item in file.snapshot().roadmaps[0].items}
        assert len(file.snapshot().roadmaps[0].items) == 4
    found = check(folder / name, full=True)
    assert found.is_sound, found.problems
    return titles


def test_no_cut_loses_or_breaks_anything(path: Path, shim: Path, tmp_path: Path, is_long: bool) -> None:
    edits, points = (60, 1000) if is_long else (14, 60)
    disk = Disk(path.parent)
    log = tmp_path / "log"
    done = run_under_shim(shim, path.parent, WRITING, path, edits, "close", log=log)
    assert done.returncode == 0, done.stderr
    changes = read_log(log)
    assert acknowledged(changes) == edits
    luck = random.Random(20_260_731)
    chosen = set(luck.sample(range(len(changes)), min(points, len(changes))))
    modes = [MODES[number % len(MODES)] for number in range(len(changes))]
    said = 0
    tried = 0
    for number, change in enumerate(changes):
        disk.do(change)
        said = max(said, acknowledged([change]))
        rounds = 1 if number in chosen else 0
        if is_long and len(changes) < points:
            rounds = -(-points // len(changes))
        for turn in range(rounds):
            cut = tmp_path / "cut"
            cut.mkdir()
            mode = modes[number] if turn == 0 else luck.choice(MODES)
            disk.cut(mode, luck, cut)
            (cut / "ack").unlink(missing_ok=True)
            titles = opened_after_cut(cut, path.name)
            assert len(titles) == 1, f"half an edit after change {number} ({mode})"
            # An undo in flight shows the number before.
            assert said - (said % 7 == 6) <= int(titles.pop()) <= said + 1, f"lost at change {number} ({mode})"
            shutil.rmtree(cut)
            tried += 1
    assert tried >= (points if is_long else min(points, len(changes)))


def test_the_replay_can_tell_a_careless_store(path: Path, shim: Path, tmp_path: Path) -> None:
    """The same cuts over a store that never syncs its journal: some must come back broken or behind."""
    opening = "file = DistrictFile.open(path)"
    careless = WRITING.replace(opening, f"{opening}\nfile._database.execute('PRAGMA synchronous = OFF')")
    disk = Disk(path.parent)
    log = tmp_path / "log"
    assert run_under_shim(shim, path.parent, careless, path, 8, log=log).returncode == 0
    luck = random.Random(1)
    said = harm = 0
    for number, change in enumerate(read_log(log)):
        disk.do(change)
        said = max(said, acknowledged([change]))
        if number % 3 == 0:
            cut = tmp_path / "cut"
            cut.mkdir()
            disk.cut("torn", luck, cut)
            (cut / "ack").unlink(missing_ok=True)
            try:
                titles = opened_after_cut(cut, path.name)
                harm += len(titles) != 1 or int(titles.pop()) < said
            except Exception:  # noqa: BLE001  (whatever it says, it is harm)
                harm += 1
            shutil.rmtree(cut)
    assert harm > 3


RESTORING = """
import os, shutil, sys
from pathlib import Path
shutil._USE_CP_SENDFILE = False
from cosdesk.store.restore import restore
restore(Path(sys.argv[1]), Path(sys.argv[2]))
os._exit(0)
"""
COPYING = """
import os, shutil, sys
from pathlib import Path
from cosdesk.store import backup
shutil._USE_CP_SENDFILE = False
with backup.new_backup("u", "Район", Path(sys.argv[1])) as target:
    backup.copy_bytes(Path(sys.argv[1]), target)
os._exit(0)
"""


def numbered(path: Path, number: str) -> None:
    with DistrictFile.open(path) as file, file.edit(number) as edit:
        for row in range(1, 5):
            edit.update("item", row, {"title": number})


def test_a_cut_during_restoring_leaves_one_or_the_other(path: Path, shim: Path, tmp_path: Path, is_long: bool) -> None:
    numbered(path, "1")
    copy = Path(shutil.copy(path, tmp_path / "copy.cosdesk"))
    numbered(path, "2")
    disk = Disk(path.parent)
    log = tmp_path / "log"
    done = run_under_shim(shim, path.parent, RESTORING, path, copy, log=log)
    assert done.returncode == 0, done.stderr
    changes = read_log(log)
    luck = random.Random(2)
    seen = set()
    for number, change in enumerate(changes):
        disk.do(change)
        for turn, mode in enumerate(("drop", "keep", *("torn",) * 20)):
            if (not is_long and turn > 2) or (not is_long and mode == "torn" and number % 3):
                continue
            cut = tmp_path / "cut"
            cut.mkdir()
            disk.cut(mode, luck, cut)
            titles = opened_after_cut(cut, path.name)
            seen |= titles
            assert titles <= {"1", "2"} and len(titles) == 1
            if titles == {"1"}:
                aside = next(cut.glob("*до восстановления*"))
                assert opened_after_cut(cut, aside.name) == {"2"}
            shutil.rmtree(cut)
    assert seen == {"1", "2"}


def test_a_cut_during_a_backup_leaves_no_false_copy(
    path: Path, shim: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_long: bool
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    folder = tmp_path / "home" / "cosdesk" / "backups" / "u"
    folder.mkdir(parents=True)
    disk = Disk(folder)
    log = tmp_path / "log"
    done = run_under_shim(shim, folder, COPYING, path, log=log)
    assert done.returncode == 0, done.stderr
    whole = 0
    luck = random.Random(3)
    for number, change in enumerate(read_log(log)):
        disk.do(change)
        if not is_long and number % 5:
            continue
        for mode in ("drop", "keep", "torn"):
            cut = tmp_path / "cut"
            cut.mkdir()
            disk.cut(mode, luck, cut)
            for copy in cut.glob("*.cosdesk"):
                assert check(copy, full=True).is_sound
                whole += 1
            shutil.rmtree(cut)
    assert whole or not is_long


MIGRATING = """
import os, sys
from pathlib import Path
from tests.faults.next_version import carrying_over, names_of_next_version
for module, name, value in names_of_next_version(carrying_over):
    setattr(module, name, value)
from cosdesk.store.file import DistrictFile
DistrictFile.open(Path(sys.argv[1]))
os._exit(0)
"""


def test_a_cut_during_a_migration_leaves_the_old_file_or_the_new_one(
    path: Path, shim: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_long: bool
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    disk = Disk(path.parent)
    log = tmp_path / "log"
    done = run_under_shim(shim, path.parent, MIGRATING, path, log=log)
    assert done.returncode == 0, done.stderr
    changes = read_log(log)
    chosen = set(range(len(changes))) if is_long else {*range(0, len(changes), 16), len(changes) - 1}
    luck = random.Random(4)
    seen = set()
    for number, change in enumerate(changes):
        disk.do(change)
        for mode in ("drop", "keep", *("torn",) * (3 if is_long else 1)) if number in chosen else ():
            cut = tmp_path / "cut"
            cut.mkdir()
            disk.cut(mode, luck, cut)
            seen.add(version_and_titles(cut / path.name))
            with monkeypatch.context() as next_version:
                for module, name, value in names_of_next_version(carrying_over):
                    next_version.setattr(module, name, value)
                assert version_and_titles(cut / path.name) == (VERSION + 1, {"перенесено"})
            shutil.rmtree(cut)
    assert seen == {(VERSION, frozenset({"0"})), (VERSION + 1, frozenset({"перенесено"}))}


def version_and_titles(path: Path) -> tuple[int, frozenset[str]]:
    """After the program has opened the file, recovered and migrated it where it had to."""
    with DistrictFile.open(path) as file:
        titles = frozenset(item.title for item in file.snapshot().roadmaps[0].items)
        version = file._database.conn.execute("PRAGMA user_version").fetchone()[0]
    found = check(path, full=True)
    assert found.is_sound, found.problems
    return version, titles


def test_restoring_again_after_a_cut(path: Path, tmp_path: Path) -> None:
    """Where a hot journal was moved, a cut may leave no file of that name: it is restored once more."""
    numbered(path, "1")
    copy = Path(shutil.copy(path, tmp_path / "copy.cosdesk"))
    path.unlink()
    Path(f"{path}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    restore(path, copy)
    assert opened_after_cut(path.parent, path.name) == {"1"}
    assert len(list(path.parent.glob("*-journal"))) == 1
