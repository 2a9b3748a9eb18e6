"""The machine beneath: running commands, Debian packages, the system libraries Qt needs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

DISPLAY_VARIABLES = {"DISPLAY": "libqxcb.so", "WAYLAND_DISPLAY": "libqwayland.so"}

# What the Qt wheels leave to the system: shared object and the Debian package that brings it.
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}

_START_QT = "from PySide6 import QtPdfWidgets, QtPrintSupport, QtSvg, QtWidgets; QtWidgets.QApplication([])"


class SetupError(Exception):
    """What went wrong outside our code, and what to do: a message for the person at the terminal."""


def say(text: str) -> None:
    print(text, flush=True)


def output_of(command: Sequence[str | Path], variables: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Exit code and everything said by a command that reads nothing."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=None if variables is None else {**os.environ, **variables},
            check=False,
        )
    except OSError as error:
        return 127, f"{command[0]}: {error.strerror}"
    return done.returncode, done.stdout


def last_lines(text: str, count: int = 15) -> str:
    return "\n".join("    " + line for line in text.strip().splitlines()[-count:])


def may_install() -> list[str] | None:
    """The words to put before ``apt-get``, or None where this user may not install."""
    if sys.platform == "win32" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if output_of(["sudo", "-n", "true"])[0] == 0 else None


def install_debian_packages(packages: Sequence[str], why: str) -> None:
    """Install with apt-get where this user may; ``SetupError`` with the exact line to type where not."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    before = may_install()
    if before is None:
        raise SetupError(f"{why}\nOn Debian or Ubuntu type this line, then try again:\n\n    sudo {line}\n")
    say(f"{why}\nInstalling: {' '.join(packages)}")
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive"]
    code, said = output_of([*apt, *line.split()])
    if code:  # a fresh machine has no lists of packages yet
        output_of([*apt, "apt-get", "update"])
        code, said = output_of([*apt, *line.split()])
    if code:
        raise SetupError(
            f"apt-get could not install them:\n{last_lines(said)}\nType this line to see why:\n\n    {line}\n"
        )


def missing_libraries(pyside: Path, plugin: str) -> set[str]:
    """Shared objects that Qt with this platform plugin needs and the system's loader does not find."""
    qt = pyside / "Qt"
    wanted = [qt / "plugins" / "platforms" / plugin]
    wanted += [qt / "lib" / f"libQt6{part}.so.6" for part in ("Widgets", "PdfWidgets", "PrintSupport", "Svg")]
    said = output_of(["ldd", *wanted], {"LC_ALL": "C"})[1]
    return {line.split()[0] for line in said.splitlines() if line.endswith("=> not found")}


def qt_starts(python: Path, variables: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Whether an application object can be made here, and what Qt said if not."""
    code, said = output_of([python, "-c", _START_QT], variables)
    return code == 0, said


def _install_libraries(python: Path, plugin: str) -> None:
    code, pyside = output_of([python, "-c", "import PySide6; print(PySide6.__path__[0])"])
    if code:
        raise SetupError(f"PySide6 is broken in .venv; remove the folder .venv and try again:\n{last_lines(pyside)}")
    missing = missing_libraries(Path(pyside.strip()), plugin)
    packages = sorted({DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES})
    if packages:
        install_debian_packages(packages, f"Qt needs system libraries that are not here: {', '.join(sorted(missing))}.")
    elif missing:
        raise SetupError(f"Qt needs {', '.join(sorted(missing))}: install them with your system's package manager.")


def ready_without_screen(python: Path) -> None:
    """Make sure that Qt starts offscreen, as the tests and the benchmark need it."""
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    if qt_starts(python, offscreen)[0]:
        return
    if sys.platform.startswith("linux"):
        _install_libraries(python, "libqoffscreen.so")
    started, said = qt_starts(python, offscreen)
    if not started:
        raise SetupError(f"Qt does not start on this machine:\n{last_lines(said)}")


def screen_is_ready(python: Path) -> bool:
    """Whether a window can be shown here; missing libraries are installed on the way."""
    if not sys.platform.startswith("linux"):
        return True
    named = [plugin for variable, plugin in DISPLAY_VARIABLES.items() if os.environ.get(variable)]
    if not named:
        say("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
        return False
    started, said = qt_starts(python)
    if not started:
        _install_libraries(python, named[0])
        started, said = qt_starts(python)
    if not started:
        say(f"The display cannot be used:\n{last_lines(said, 5)}")
    return started
