"""The interpreter outlives what PySide6 takes from None and True."""

import subprocess
import sys

_CALLS = """
import cosdesk.ui
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

bell = Bell()
for _ in range(20_000):
    bell.setObjectName("bell")
    bell.rung.emit()
print("alive")
"""


def test_many_calls_into_qt_end_well() -> None:
    ran = subprocess.run([sys.executable, "-c", _CALLS], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, "alive"), ran.stderr
