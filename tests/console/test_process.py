"""The program as a process of its own: its encoding, its start, its pipes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def process(*words: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, "-m", "cosdesk", *map(str, words)], env=environment, capture_output=True, check=False
    )


def test_output_is_utf8_whatever_the_locale(demo_file: Path) -> None:
    shown = process("show", demo_file, "--json", LC_ALL="POSIX", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert shown.returncode == 0 and shown.stderr == b""
    assert json.loads(shown.stdout.decode("utf-8"))["district"]["name"] == "Заречный район"
    missing = process("show", "нет.cosdesk", LC_ALL="POSIX", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert missing.returncode == 1 and missing.stdout == b""
    assert missing.stderr.decode("utf-8").startswith("Файла «")


def test_without_a_screen_the_window_is_refused_in_words(demo_file: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("there is always a screen")
    answer = process(demo_file)
    assert answer.returncode == 1
    assert answer.stderr.decode("utf-8").startswith("Окно ")


def test_help_and_terms_load_no_document_library_and_no_window() -> None:
    code = "import cosdesk.cli, sys; cosdesk.cli.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    for words in (["--help"], ["schedule", "--", "май"]):
        loaded = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=True, text=True
        ).stderr.split()
        heavy = ("PySide6", "openpyxl", "reportlab", "docx", "lxml", "pymorphy3", "sqlite3", "jinja2")
        assert [name for name in heavy if name in loaded] == []


def test_a_reader_that_goes_away_is_no_fault(demo_file: Path) -> None:
    script = f'"{sys.executable}" -m cosdesk show "{demo_file}" --json | head -c 10'
    piped = subprocess.run(script, shell=True, cwd=ROOT, capture_output=True, check=False)
    assert piped.stderr == b""
