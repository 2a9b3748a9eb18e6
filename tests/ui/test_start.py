"""The start on bad ground: no fonts on the system, damaged settings, an unknown locale."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_SHOW = """
import os
from cosdesk.app import create_application, show_window
from PySide6.QtGui import QFontInfo
application = create_application(["cosdesk"])
window = show_window()
application.processEvents()
size = f"{window.width()}x{window.height()}"
print(size, QFontInfo(application.font()).family(), window.isVisible(), window.statusBar().currentMessage(), flush=True)
os._exit(0)
"""


_LATE = """
import os, sys
from cosdesk.app import create_application, show_window
application = create_application(["cosdesk"])
window = show_window()
application.processEvents()
late = ("district_dialog", "requisites_dialog", "settings_dialog", "setting_lines", "tour", "pymorphy3", "help_panel")
print(*sorted(name for name in sys.modules if name.split(".")[-1] in late), flush=True)
os._exit(0)
"""


def shown(folder: Path, script: str = _SHOW, **variables: str) -> str:
    """What a fresh process says when it shows the window with a home of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", script], env={**environment, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig gives the fonts on Linux alone")
def test_without_fonts_the_window_takes_the_programs_own(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>', "utf-8")
    assert shown(tmp_path, FONTCONFIG_FILE=str(bare)).endswith(" Liberation Sans True")


DAMAGED = {
    "bytes": bytes(range(256)) * 20,
    "words": "это не настройки\n".encode(),
    "cut": b"[look]\nscheme=dark\n\xff\xfe\x00",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_settings_and_an_unknown_locale_do_not_matter(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "cosdesk"
    folder.mkdir()
    (folder / "cosdesk.ini").write_bytes(DAMAGED[name])
    said = shown(tmp_path, LC_ALL="xx_YY.unknown")
    assert "True Файл настроек программы повреждён, взяты обычные" in said
    assert (folder / "cosdesk.damaged.ini").read_bytes() == DAMAGED[name]
    # The next start finds nothing amiss.
    assert shown(tmp_path).endswith("True")


def test_settings_that_cannot_be_read_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "cosdesk" / "cosdesk.ini").mkdir(parents=True)
    assert "True Настройки программы не читаются, взяты обычные." in shown(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[look]\nscheme=purple\npoints=400\n", "[General]\nrecent=@Invalid()\nfolder=\n[state]\nwindow=x\n"]
)
def test_missing_settings_and_senseless_values_are_the_usual_ones(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / "cosdesk").mkdir()
        (tmp_path / "cosdesk" / "cosdesk.ini").write_text(text, "utf-8")
    assert shown(tmp_path).endswith("True")


def test_the_first_window_does_not_wait_for_settings_and_tour(tmp_path: Path) -> None:
    assert shown(tmp_path, _LATE) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="where even an administrator makes no folder")
def test_a_home_that_cannot_be_is_told() -> None:
    said = shown(Path("/proc/nowhere"))
    assert "True Настройки программы нельзя записать: изменения забудутся при выходе." in said


def test_on_a_small_screen_the_window_fills_it_and_no_more(tmp_path: Path) -> None:
    screen = {"screens": [{"name": "small", "x": 0, "y": 0, "width": 1024, "height": 600}]}
    (tmp_path / "screen.json").write_text(json.dumps(screen), "utf-8")
    said = shown(tmp_path, QT_QPA_PLATFORM=f"offscreen:configfile={tmp_path / 'screen.json'}")
    width, height = map(int, said.split()[0].split("x"))
    assert 1000 < width <= 1024
    assert 560 < height <= 600


_PAGES = """
import os, sys
from datetime import date
from pathlib import Path
from cosdesk.app import create_application, show_window
from cosdesk.ui.main_window import PAGES
from tests.ui.screens import make_busy_demo, settle
application = create_application(["cosdesk"])
path = Path(os.environ["HOME"]) / "Пример.cosdesk"
make_busy_demo(path)
window = show_window()
window.open_file(path)
room = window.screen().size()
for title, _, _ in PAGES:
    window.show_page(title)
    settle()
    while window.tasks.is_busy:
        settle()
    settle()
    least = window.minimumSizeHint()
    if window.width() > room.width() or window.height() > room.height() or least.height() > room.height() - 40:
        print(title, window.width(), window.height(), least.width(), least.height(), flush=True)
print(room.width(), room.height(), flush=True)
os._exit(0)
"""


@pytest.mark.long
@pytest.mark.parametrize(("factor", "room"), [("1.25", "1093 614"), ("1.5", "911 512")])
def test_every_page_fits_the_usual_screen_as_the_system_enlarges_it(tmp_path: Path, factor: str, room: str) -> None:
    screen = {"screens": [{"name": "usual", "x": 0, "y": 0, "width": 1366, "height": 768}]}
    (tmp_path / "screen.json").write_text(json.dumps(screen), "utf-8")
    platform = f"offscreen:configfile={tmp_path / 'screen.json'}"
    assert shown(tmp_path, _PAGES, QT_QPA_PLATFORM=platform, QT_SCALE_FACTOR=factor) == room


_QT_SETTINGS = """
import os
from cosdesk.app import create_application
from PySide6.QtCore import QSettings
create_application(["cosdesk"])
print(QSettings(QSettings.Scope.UserScope, "QtProject").fileName(), flush=True)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps them in the registry")
def test_on_a_flash_drive_qt_remembers_beside_the_program(tmp_path: Path) -> None:
    drive, home = tmp_path / "drive", tmp_path / "home"
    said = shown(home, _QT_SETTINGS, COSDESK_DATA=str(drive))
    assert Path(said) == drive / "QtProject.conf"
    assert Path(shown(home, _QT_SETTINGS)) == home / "QtProject.conf"
