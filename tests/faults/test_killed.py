"""The process killed at any moment: what it called saved is there, the file opens, the lock is no obstacle."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cosdesk.store.file import DistrictFile
from cosdesk.store.verify import check
from tests.faults.disk import ROOT

WRITING = """
import sys
from pathlib import Path
from cosdesk.store.file import DistrictFile
file = DistrictFile.open(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10**9):
    with file.edit(f"{number}") as edit:
        for row in range(1, 5):
            edit.update("item", row, {"title": str(number)})
    print(number, flush=True)
"""


def killed_while_writing(path: Path, start: int, seconds: float) -> int:
    """The last number that the process, killed after so long a time of writing, said it had saved."""
    command = [sys.executable, "-c", WRITING, str(path), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        said = int(process.stdout.readline())
        time.sleep(seconds)
        process.kill()
        rest = process.stdout.read().split("\n")
        numbers = [int(line) for line in rest[:-1]]
    return max([said, *numbers])


def assert_nothing_lost(path: Path, said: int) -> int:
    with DistrictFile.open(path) as file:
        assert file.recovered and not file.read_only
        titles = {item.title for item in file.snapshot().roadmaps[0].items}
    assert len(titles) == 1 and said <= int(*titles) <= said + 1
    return int(*titles)


def test_killed_a_few_times(path: Path) -> None:
    luck = random.Random(4)
    said = 0
    for _ in range(4):
        said = assert_nothing_lost(path, killed_while_writing(path, said + 1, luck.random() * 0.1))
    assert check(path, full=True).is_sound


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_killed_two_hundred_times_together(path: Path, seed: int) -> None:
    luck = random.Random(seed)
    said = 0
    for _ in range(40):
        said = assert_nothing_lost(path, killed_while_writing(path, said + 1, luck.random() * 0.1))
    assert check(path, full=True).is_sound
