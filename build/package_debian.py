"""The .deb: the packaged folder in /opt, a menu entry, an icon and the type of the district's file."""

import os
import shutil
import subprocess
from pathlib import Path

_DESKTOP = """[Desktop Entry]
Type=Application
Name=cosdesk
GenericName=Дорожная карта района
Comment=Рабочее место муниципального координатора: дорожная карта, показатели, отчёты
Exec=/usr/bin/cosdesk %f
Icon=cosdesk
Terminal=false
Categories=Office;ProjectManagement;
MimeType=application/x-cosdesk;
StartupWMClass=cosdesk
"""
_TYPE = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-cosdesk">
    <comment>District file of cosdesk</comment>
    <comment xml:lang="ru">Файл района cosdesk</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <glob pattern="*.cosdesk"/>
    <icon name="cosdesk"/>
  </mime-type>
</mime-info>
"""
# What Qt leaves to the system and the folder does not bring.
_DEPENDS = "libc6, libegl1, libgl1, libdbus-1-3"
_CONTROL = """Package: cosdesk
Version: {version}
Architecture: {architecture}
Maintainer: cosdesk
Section: misc
Priority: optional
Depends: {depends}
Recommends: libcups2 | libcups2t64
Installed-Size: {kilobytes}
Description: desk program of a municipal education coordinator
 Keeps a district's roadmap, its indicators and evidence in one file and makes its reports.
 Works without a network.
"""
# The desk learns of the new entry, type and icon through the triggers of its own packages.


def is_possible() -> bool:
    return shutil.which("dpkg-deb") is not None


def make(folder: Path, work: Path, dist: Path, version: str) -> Path:
    """The package's path; ``folder`` is the packaged program, ``work`` holds the icons."""
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "opt" / "cosdesk", symlinks=True)
    _write(tree / "usr/share/applications/cosdesk.desktop", _DESKTOP)
    _write(tree / "usr/share/mime/packages/cosdesk.xml", _TYPE)
    (tree / "usr/bin").mkdir(parents=True)
    os.symlink("/opt/cosdesk/cosdesk", tree / "usr/bin/cosdesk")
    icons = tree / "usr/share/icons/hicolor"
    for size in (16, 24, 32, 48, 64, 128, 256):
        _copy(work / f"icon-{size}.png", icons / f"{size}x{size}/apps/cosdesk.png")
    _copy(folder / "_internal/resources/icons/cosdesk.svg", icons / "scalable/apps/cosdesk.svg")
    _copy(folder / "_internal/LICENSE", tree / "usr/share/doc/cosdesk/copyright")
    kilobytes = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    _write(
        tree / "DEBIAN/control",
        _CONTROL.format(version=version, architecture=architecture, depends=_DEPENDS, kilobytes=kilobytes),
    )
    target = dist / f"cosdesk_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", str(tree), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    shutil.rmtree(tree)
    return target


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
