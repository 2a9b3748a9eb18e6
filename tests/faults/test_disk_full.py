"""A disk that is full or fails at every step of an edit, a copy, a close: told, nothing lost, the next try works."""

import errno
import json
from pathlib import Path

import pytest

from cosdesk.errors import UserError
from cosdesk.store import file as store
from cosdesk.store import opening
from cosdesk.store.file import DistrictFile
from cosdesk.store.lock import FileLock
from tests.faults.disk import run_under_shim
from tests.faults.test_files import hot_pair

# For n = 1, 2, …: the n-th write and all after it fail during one edit; until an edit meets no failure.
EDITING = """
import ctypes, errno, json, os, sys
from pathlib import Path
from cosdesk.domain.evidence import Evidence
from cosdesk.errors import UserError
from cosdesk.store.evidence import add_evidence
from cosdesk.store.evidence_files import add_file
from cosdesk.store.file import DistrictFile, UncertainWriteError
arm = ctypes.CDLL(None).fault_arm
arm.argtypes = (ctypes.c_long, ctypes.c_long)
path, fault = Path(sys.argv[1]), getattr(errno, sys.argv[2])
told, wrong = [], []
with DistrictFile.open(path) as file:
    def titles():
        return {item.title for item in file.snapshot().roadmaps[0].items}
    for n in range(1, 200):
        before = titles()
        arm(n, fault)
        try:
            with file.edit(f"{n}") as edit:
                for row in range(1, 5):
                    edit.update("item", row, {"title": str(n)})
                add_file(edit, add_evidence(edit, Evidence(0, text=str(n))), "скан.pdf", os.urandom(40_000))
        except UserError as error:
            told.append(str(error))
            arm(0, 0)
            # After the commit's last write a failed sync leaves it open whether the edit stands; then it says so.
            possible = (before, {str(n)}) if isinstance(error, UncertainWriteError) else (before,)
            if titles() not in possible:
                wrong.append(n)
            with file.edit("повтор") as edit:
                for row in range(1, 5):
                    edit.update("item", row, {"title": f"повтор {n}"})
            if titles() != {f"повтор {n}"}:
                wrong.append(-n)
        else:
            arm(0, 0)
            if titles() != {str(n)}:
                wrong.append(n)
            break
print(json.dumps([told, wrong]))
"""


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_every_step_of_an_edit(path: Path, shim: Path, fault: str) -> None:
    done = run_under_shim(shim, path.parent, EDITING, path, fault)
    assert done.returncode == 0, done.stderr
    told, wrong = json.loads(done.stdout)
    assert wrong == []
    assert len(told) > 10
    words = ("нет места",) if fault == "ENOSPC" else ("недоступ", "отвечает с ошибками")
    assert {sentence for sentence in told if not any(word in sentence for word in words)} == set()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


COPYING = """
import ctypes, errno, json, sys
from pathlib import Path
from cosdesk.errors import UserError
from cosdesk.store import backup
from cosdesk.store.file import DistrictFile
arm = ctypes.CDLL(None).fault_arm
arm.argtypes = (ctypes.c_long, ctypes.c_long)
path = Path(sys.argv[1])
told, left = [], []
with DistrictFile.open(path) as file:
    known = sorted(path.parent.iterdir())
    for n in range(1, 500, 7):
        arm(n, errno.ENOSPC)
        try:
            file.save_copy(path.with_name("copy.cosdesk"))
        except UserError as error:
            told.append(str(error))
            left += [entry.name for entry in path.parent.iterdir() if entry not in known]
        else:
            break
        finally:
            arm(0, 0)
print(json.dumps([told, left]))
"""


def test_every_step_of_a_copy(path: Path, shim: Path) -> None:
    done = run_under_shim(shim, path.parent, COPYING, path)
    assert done.returncode == 0, done.stderr
    told, left = json.loads(done.stdout)
    assert len(told) > 3 and all("не сохранена" in sentence for sentence in told)
    assert left == []


OPENING = """
import ctypes, errno, json, sys
from pathlib import Path
from cosdesk.errors import UserError
from cosdesk.store.file import DamagedFileError, DistrictFile
arm = ctypes.CDLL(None).fault_arm
arm.argtypes = (ctypes.c_long, ctypes.c_long)
path, told, whole = Path(sys.argv[1]), [], True
for n in range(1, 40):
    arm(n, errno.ENOSPC)
    try:
        file = DistrictFile.open(path)
    except UserError as error:
        told.append(f"{type(error).__name__}: {error}")
        continue
    finally:
        arm(0, 0)
    told.append(file.read_only_reason)
    whole = whole and {item.title for item in file.snapshot().roadmaps[0].items} == {"0"}
    file.close()
with DistrictFile.open(path) as file:
    print(json.dumps([told, whole, file.read_only_reason]))
"""


def test_opening_on_a_full_disk_calls_nothing_damaged(path: Path, shim: Path) -> None:
    done = run_under_shim(shim, path.parent, OPENING, path)
    assert done.returncode == 0, done.stderr
    told, whole, afterwards = json.loads(done.stdout)
    assert whole and afterwards == ""
    assert any("нет места" in sentence for sentence in told)
    assert not any("повреждён" in sentence for sentence in told)


def test_no_room_for_the_lock_is_told_and_leaves_no_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileLock, "_name_holder", staticmethod(full))
    monkeypatch.setattr(store, "_LEAST_ROOM", 10**18)
    with DistrictFile.open(path) as file:
        assert "нет места" in file.read_only_reason
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_no_room_to_keep_a_pair_aside_is_told(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = hot_pair(path, tmp_path / "cut")
    before = {entry.name: entry.read_bytes() for entry in pair.parent.iterdir()}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(opening, "copy_with_journal", full)
    with pytest.raises(UserError, match="Освободите место"):
        DistrictFile.open(pair)
    assert {entry.name: entry.read_bytes() for entry in pair.parent.iterdir()} == before


CLOSING = """
import ctypes, errno, os, sys
from pathlib import Path
from cosdesk.store.file import DistrictFile
arm = ctypes.CDLL(None).fault_arm
arm.argtypes = (ctypes.c_long, ctypes.c_long)
file = DistrictFile.open(Path(sys.argv[1]))
with file.edit("правка") as edit:
    edit.update("item", 1, {"title": "сохранено"})
arm(int(sys.argv[2]), getattr(errno, sys.argv[3]))
file.close()
arm(0, 0)
with DistrictFile.open(Path(sys.argv[1])) as again:
    print(again.snapshot().roadmaps[0].items[0].title == "сохранено")
"""


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_closing_on_a_failing_disk_loses_nothing(path: Path, shim: Path, step: int, fault: str) -> None:
    done = run_under_shim(shim, path.parent, CLOSING, path, step, fault)
    assert (done.stdout.strip(), done.stderr) == ("True", "")
