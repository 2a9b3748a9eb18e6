"""A disk that loses its power: the logged changes of a folder, replayed up to a moment, unsynced ones lost or torn."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_SECTOR = 512


@dataclass(frozen=True)
class Change:
    """One record of the log; the letters are those of ``disk_shim.c``."""

    op: str
    inode: int
    offset: int
    name: str
    data: bytes


def build_shim(folder: Path) -> Path:
    """The preload library, compiled now; the test is skipped, with the reason, where that cannot be."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the shim is for Linux: LD_PRELOAD and its names of system calls")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        pytest.skip("no C compiler to build the shim with")
    library = folder / "disk_shim.so"
    source = Path(__file__).with_name("disk_shim.c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    return library


def run_under_shim(
    library: Path, folder: Path, script: str, *words: object, log: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """A Python script in a process of its own whose changes of ``folder`` are logged."""
    environment = os.environ | {"LD_PRELOAD": str(library), "FAULT_FOLDER": str(folder), "PYTHONPATH": str(ROOT)}
    if log is not None:
        environment["FAULT_LOG"] = str(log)
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def read_log(path: Path) -> list[Change]:
    return list(_changes(path.read_bytes()))


def _changes(content: bytes) -> Iterator[Change]:
    at = 0
    while at < len(content):
        end = content.index(b"\n", at)
        op, inode, offset, length, name = content[at:end].split(b" ", 4)
        at = end + 1
        data = b""
        if op == b"W":
            data = content[at : at + int(length)]
            at += int(length)
        yield Change(op.decode(), int(inode), int(offset), name.decode(), data)


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)


class Disk:
    """Files by inode, names in one folder; what was not synced yet is pending.

    Names come and go in the order in which they were changed (all journalling file systems);
    unsynced bytes of files reach the disk in any order, or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {path.stat().st_ino: _File(bytearray(path.read_bytes())) for path in folder.iterdir()}
        self._names = {path.name: path.stat().st_ino for path in folder.iterdir()}
        self._pending_names: list[Change] = []

    def do(self, change: Change) -> None:
        match change.op:
            case "W" | "T":
                self._file(change.inode).pending.append(change)
                if change.op == "T" and change.name:
                    return
            case "S":
                file = self._file(change.inode)
                for pending in file.pending:
                    _apply(file.durable, pending)
                file.pending.clear()
            case "D":
                for pending in self._pending_names:
                    _rename(self._names, pending)
                self._pending_names.clear()
            case _:
                if change.op == "C":
                    # The file system may give the number of a removed file to a new one.
                    self._files[change.inode] = _File()
                self._pending_names.append(change)

    def cut(self, mode: str, luck: random.Random, folder: Path) -> None:
        """What is found after the power is back: ``mode`` drop, keep, or torn (any part of what was unsynced)."""
        names = dict(self._names)
        reached = {"drop": 0, "keep": len(self._pending_names)}.get(mode, luck.randint(0, len(self._pending_names)))
        for change in self._pending_names[:reached]:
            _rename(names, change)
        for name, inode in names.items():
            file = self._file(inode)
            content = bytearray(file.durable)
            for change in file.pending:
                if mode == "keep":
                    _apply(content, change)
                elif mode == "torn" and luck.random() < 0.5:
                    _apply(content, _torn(change, luck))
            (folder / name).write_bytes(content)

    def _file(self, inode: int) -> _File:
        return self._files.setdefault(inode, _File())


def _apply(content: bytearray, change: Change) -> None:
    if change.op == "T":
        del content[change.offset :]
        content.extend(bytes(max(0, change.offset - len(content))))
        return
    content.extend(bytes(max(0, change.offset - len(content))))
    content[change.offset : change.offset + len(change.data)] = change.data


def _torn(change: Change, luck: random.Random) -> Change:
    """A write of which only some sectors at the beginning arrived."""
    if change.op == "T" or luck.random() < 0.5:
        return change
    sectors = luck.randint(0, len(change.data) // _SECTOR)
    return Change(change.op, change.inode, change.offset, change.name, change.data[: sectors * _SECTOR])


def _rename(names: dict[str, int], change: Change) -> None:
    match change.op:
        case "C":
            names[change.name] = change.inode
        case "U":
            names.pop(change.name, None)
        case "M" | "L":
            old, new = change.name.split("\0")
            names[new] = names.pop(old) if change.op == "M" else names[old]
