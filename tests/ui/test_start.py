"""The start on bad ground: no fonts on the system, damaged settings, an unknown locale."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
_SHOW = """
import os
from cosdesk.app import create_application
from cosdesk.ui.main_window import MainWindow
from PySide6.QtGui import QFontInfo
application = create_application(["cosdesk"])
window = MainWindow()
window.show()
application.processEvents()
print(QFontInfo(application.font()).family(), window.isVisible())
os._exit(0)
"""


def shown(folder: Path, **variables: str) -> str:
    """What a fresh process says when it shows the window with a home of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", _SHOW], env={**environment, **variables}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="fontconfig gives the fonts on Linux alone")
def test_without_fonts_the_window_takes_the_programs_own(tmp_path: Path) -> None:
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>', "utf-8")
    assert shown(tmp_path, FONTCONFIG_FILE=str(bare)) == "Liberation Sans True"


def test_damaged_settings_and_an_unknown_locale_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "cosdesk").mkdir()
    (tmp_path / "cosdesk" / "cosdesk.ini").write_bytes(bytes(range(256)) * 20)
    assert shown(tmp_path, LC_ALL="xx_YY.unknown").endswith("True")
