"""The lock file that keeps a district's file to one program at a time."""

import json
import os
import sys
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.store.hashes import hash_of_bytes

_held_here: set[Path] = set()


class FileBusyError(UserError):
    """Another program holds the file; ``foreign`` when it runs on another machine (it may have died)."""

    def __init__(self, message: str, foreign: bool) -> None:
        super().__init__(message)
        self.foreign = foreign


class FileLock:
    """A file beside the district's file that names who holds it.

    SQLite's own lock says only «busy»; this one says who, and tells a dead holder on this
    machine, which is replaced, from one on another machine, which must be asked about.
    """

    def __init__(self, path: Path) -> None:
        self.path = _lock_path(path)
        self._held = False

    def acquire(self, take_over: bool = False) -> None:
        """Hold the lock, or ``FileBusyError``; ``OSError`` where the folder cannot be written."""
        for _ in range(3):
            try:
                descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            except FileExistsError:
                self._remove_if_stale(take_over)
                continue
            try:
                self._name_holder(descriptor)
            except OSError:
                self.path.unlink(missing_ok=True)
                raise
            self._held = True
            _held_here.add(self.path)
            return
        raise FileBusyError("Файл занят другой программой. Закройте её и откройте файл снова.", foreign=False)

    @staticmethod
    def _name_holder(descriptor: int) -> None:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump({"host": this_machine(), "pid": os.getpid(), "started": _started(os.getpid())}, stream)

    def release(self) -> None:
        if self._held:
            self.path.unlink(missing_ok=True)
            self._held = False
            _held_here.discard(self.path)

    def _remove_if_stale(self, take_over: bool) -> None:
        try:
            holder = json.loads(self.path.read_text(encoding="utf-8"))
            host, pid, started = str(holder["host"]), int(holder["pid"]), str(holder.get("started", ""))
        except FileNotFoundError:
            return
        except (ValueError, KeyError, TypeError):
            # A power cut while the lock was being written left it without a holder.
            host, pid, started = this_machine(), 0, ""
        if self.path in _held_here or (host == this_machine() and _is_running(pid, started)):
            raise _already_open()
        if host != this_machine() and not take_over:
            raise FileBusyError(
                f"Этот файл открыт на компьютере «{host}». Закройте его там или откройте здесь только для чтения.",
                foreign=True,
            )
        self.path.unlink(missing_ok=True)


def this_machine() -> str:
    """The machine's name in its network; as ``platform.node``, whose module costs the start two milliseconds."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def refuse_if_held_here(path: Path) -> None:
    """``FileBusyError`` when this very process has the file open.

    To be asked before the file is opened a second time in any way: closing a second
    descriptor would drop the locks that SQLite holds on the first (POSIX).
    """
    if _lock_path(path) in _held_here:
        raise _already_open()


def _already_open() -> FileBusyError:
    return FileBusyError(
        "Этот файл уже открыт в другом окне программы. Перейдите в него или закройте его.", foreign=False
    )


def _lock_path(path: Path) -> Path:
    # A link to the file is the same file.
    real = Path(os.path.realpath(path))
    return real.with_name(lock_name(real.name))


def lock_name(name: str) -> str:
    """The name of the lock beside a file of that name; other files that live beside it take theirs from it."""
    # A file's name may be as long as the file system allows; its lock must still fit (255 bytes).
    if len(os.fsencode(name)) > 240:
        name = hash_of_bytes(os.fsencode(name))[:32]
    return f".~{name}.lock"


def _is_running(pid: int, started: str) -> bool:
    """Whether that very process lives: after a restart another program may bear the number of a dead one."""
    return _is_alive(pid) and (not started or _started(pid) in ("", started))


def _started(pid: int) -> str:
    """When a process began, as the system counts; empty where that cannot be told or the process is dead."""
    if os.name == "nt":
        return _started_on_windows(pid)
    try:
        # «42 (name) S …»: the name may hold blanks and brackets.
        state = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {state[19]}"
    except (OSError, IndexError):
        return ""


def _is_alive(pid: int) -> bool:
    if pid <= 0 or pid == os.getpid():
        # After a restart a dead holder's number may have become our own.
        return False
    if os.name == "nt":
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Dead, but its parent has not asked for its end yet; it holds nothing any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[:1] == ["Z"]
    except OSError:
        return False


_QUERY_LIMITED_INFORMATION, _STILL_ACTIVE = 0x1000, 259


def _is_alive_on_windows(pid: int) -> bool:
    # os.kill(pid, 0) would end the process on Windows.
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == _STILL_ACTIVE


def _started_on_windows(pid: int) -> str:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
    if not handle:
        return ""
    created, exited, in_kernel, in_user = (ctypes.c_ulonglong() for _ in range(4))
    told = kernel.GetProcessTimes(handle, *map(ctypes.byref, (created, exited, in_kernel, in_user)))
    kernel.CloseHandle(handle)
    return str(created.value) if told else ""
