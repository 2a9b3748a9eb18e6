"""The checkout's own Python: ``.venv`` with the pinned packages, whole or made again."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from machine import SetupError, install_debian_packages, last_lines, output_of, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
# Written last and removed first: a folder without it was left half made.
RECORD = FOLDER / "installed.json"
PROGRAM = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
PACKAGING = "requirements-package.txt"

# The Python behind an active virtual environment: that environment may be the very folder made again.
_BASE_PYTHON: str = getattr(sys, "_base_executable", sys.executable)


def python() -> Path:
    return FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def prepare(*names: str) -> Path:
    """The environment's Python, with every named file of requirements installed as pinned."""
    wanted = {name: hashlib.sha256((ROOT / "build" / name).read_bytes()).hexdigest() for name in names}
    with _one_at_a_time():
        installed = _installed()
        if installed is None or any(installed.get(name, wanted[name]) != wanted[name] for name in wanted):
            _make()
            installed = {}
        missing = [name for name in names if name not in installed]
        if missing:
            RECORD.unlink(missing_ok=True)
            _install(missing)
            _write_record({**installed, **wanted})
    return python()


def child_variables() -> dict[str, str]:
    """What a child of these tools runs with: the checkout and the tools on its path, UTF-8, nobody else's packages."""
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}
    # A safe path leaves out a script's own folder, where the tools' modules lie.
    variables["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "build")))
    variables["PYTHONUTF8"] = "1"
    variables["PYTHONSAFEPATH"] = "1"
    if not any(variables.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")):
        variables["LC_CTYPE"] = "C.UTF-8"  # Qt complains about a locale without UTF-8
    return variables


def _installed() -> dict[str, str] | None:
    """Name and digest of the installed files of requirements; None where the environment must be made."""
    try:
        record = json.loads(RECORD.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(record, dict) and output_of([python(), "-c", "pass"])[0] == 0
    return record if whole else None


def _write_record(installed: dict[str, str]) -> None:
    part = RECORD.with_suffix(".part")
    part.write_text(json.dumps(installed, indent=1) + "\n", "utf-8")
    part.replace(RECORD)


def _make() -> None:
    """A new, empty environment; Debian's Python may come without the means to put pip in it."""
    say("Making .venv …")
    RECORD.unlink(missing_ok=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    if not _has("ensurepip") and not _has("virtualenv") and not _has("pip"):
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_debian_packages([version], "This Python has neither ensurepip nor pip, so it cannot make .venv.")
        importlib.invalidate_caches()
    if _has("ensurepip"):
        words = ["venv"]
    elif _has("virtualenv"):
        words = ["virtualenv", "--quiet"]
    else:  # pip installs from outside, see _pip
        words = ["venv", "--without-pip"]
    code, said = output_of([_BASE_PYTHON, "-m", *words, FOLDER])
    if code:
        raise SetupError(f"The folder .venv could not be made:\n{last_lines(said)}")


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _pip() -> list[str | Path]:
    if output_of([python(), "-m", "pip", "--version"])[0] == 0:
        return [python(), "-m", "pip"]
    return [_BASE_PYTHON, "-m", "pip", "--python", python()]


def _install(names: list[str]) -> None:
    say(f"Installing the pinned packages of {' and '.join(names)} (a minute or two the first time) …")
    command = [*_pip(), "install", "--quiet", "--no-input", "--disable-pip-version-check", "--only-binary=:all:"]
    for name in names:
        command += ["-r", ROOT / "build" / name]
    code, said = output_of(command)
    if code:
        raise SetupError(f"{_reason(said)}\npip said:\n{last_lines(said)}")


def _reason(said: str) -> str:
    """In words, why pip gave up."""
    if "No space left" in said:
        return "The disk is full: the packages need about 700 MB in .venv."
    unreachable = ("Connection", "Max retries", "timed out", "Temporary failure in name resolution", "ProxyError")
    if any(sign in said for sign in unreachable):
        return (
            "The index of packages cannot be reached: check the network, "
            "the proxy (HTTPS_PROXY) and pip's own settings (PIP_INDEX_URL), then try again."
        )
    if "No matching distribution" in said:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"A pinned package has no wheel for Python {version} on this machine: try Python 3.11, 3.12 or 3.13."
    return "The packages could not be installed."


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold back a second run in this checkout while the first makes the environment."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with open(ROOT / "build" / PROGRAM, "rb") as held:  # a file that is always there; nothing is written
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def run(*words: str | Path, folder: Path | None = None, **variables: str) -> int:
    """Run the environment's Python in the foreground; its exit code."""
    command = [str(python()), *(str(word) for word in words)]
    return subprocess.run(command, cwd=folder, env={**child_variables(), **variables}, check=False).returncode
