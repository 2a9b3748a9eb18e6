"""The packaged program: a folder that needs no Python, its zip, a .deb, and the proof that it runs on bare ground."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import package_debian
from package_icon import make_icons, version_resource
from package_icu import UnknownLayoutError, trim

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "work" / "package"
DIST = ROOT / "dist"
FOLDER = DIST / "cosdesk"
PORTABLE = "data"
"""A folder of that name beside the program keeps settings, forms and backups there (cosdesk/paths.py)."""
LIMITS = {"folder": 160_000_000, "zip": 70_000_000}
TIMEOUT = 300  # seconds that the self-test may take
WINDOWS = sys.platform == "win32"


class PackageError(Exception):
    """What could not be made, for the person at the terminal."""


def build_folder() -> None:
    """PyInstaller's one folder, its libraries stripped."""
    WORK.mkdir(parents=True, exist_ok=True)
    icons = make_icons(ROOT / "resources" / "icons" / "cosdesk.svg", WORK)
    variables = dict(os.environ)
    if WINDOWS:
        variables["COSDESK_ICON"] = str(icons["ico"])
        variables["COSDESK_VERSION"] = str(version_resource(version(), WORK))
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--workpath", str(WORK), "--distpath", str(DIST), str(ROOT / "build" / "cosdesk.spec")]
    if subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode:
        raise PackageError("PyInstaller failed; what it said stands above.")
    _strip()
    _trim_icu()


def _strip() -> None:
    """Python's own libraries come with their symbols, and so do some wheels' modules; Qt's are stripped already."""
    strip = shutil.which("strip")
    if WINDOWS or strip is None:
        return
    inside = FOLDER / "_internal"
    modules = (path for path in inside.rglob("*.so") if not {"PySide6", "shiboken6"} & set(path.parts))
    libraries = [*inside.glob("libpython*.so*"), *modules]
    subprocess.run([strip, "--strip-unneeded", *libraries], check=True)


def _trim_icu() -> None:
    for library in (FOLDER / "_internal" / "PySide6" / "Qt" / "lib").glob("libicudata.so.*"):
        if library.is_symlink():
            continue
        try:
            trim(library)
        except UnknownLayoutError as error:
            print(f"{library.name} stays whole: {error}", flush=True)


def version() -> str:
    from cosdesk import __version__

    return __version__


def zip_folder() -> Path:
    """The folder as a zip for a flash drive, with the folder that makes it portable."""
    target = DIST / f"cosdesk-{version()}-{'windows' if WINDOWS else 'linux'}.zip"
    target.unlink(missing_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(FOLDER.rglob("*")):
            name = Path("cosdesk") / path.relative_to(FOLDER)
            if path.is_symlink():
                link = zipfile.ZipInfo(name.as_posix())
                link.create_system, link.external_attr = 3, 0o120777 << 16
                archive.writestr(link, os.readlink(path))
            elif path.is_file():
                archive.write(path, name)
        archive.writestr(f"cosdesk/{PORTABLE}/", b"")
    return target


def prove(folder: Path) -> None:
    """The self-test of a copy, elsewhere, with an empty home and nothing on the path."""
    with tempfile.TemporaryDirectory(prefix="cosdesk-package-") as name:
        place = Path(name)
        copy, home = place / "Программа на флешке", place / "home"
        shutil.copytree(folder, copy, symlinks=True)
        home.mkdir()
        variables = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "PATH": str(home)}
        if WINDOWS:
            variables |= {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP", "TMP") if key in os.environ}
            variables |= {"USERPROFILE": str(home), "APPDATA": str(home), "LOCALAPPDATA": str(home)}
        program = copy / ("cosdesk-cli.exe" if WINDOWS else "cosdesk")
        done = subprocess.run(
            [str(program), "--self-test"], cwd=home, env=variables, timeout=TIMEOUT, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    print(done.stdout, flush=True)
    if done.returncode:
        raise PackageError(f"The packaged program failed its self-test.\n{done.stderr[-3000:]}")


def size_of(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.lstat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def main() -> int:
    try:
        print("Packing with PyInstaller …", flush=True)
        build_folder()
        prove(FOLDER)
        made = {"folder": FOLDER, "zip": zip_folder()}
        if package_debian.is_possible():
            made["deb"] = package_debian.make(FOLDER, WORK, DIST, version())
    except PackageError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    failed = False
    for kind, path in made.items():
        size, limit = size_of(path), LIMITS.get(kind)
        over = limit is not None and size > limit
        failed |= over
        bound = f" (at most {limit / 1e6:.0f}{', TOO LARGE' if over else ''})" if limit else ""
        print(f"{kind:<7} {size / 1e6:6.1f} MB{bound}  {path.relative_to(ROOT)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
