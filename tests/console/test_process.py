"""The program as a process of its own: its encoding, its start, its pipes."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cosdesk.cli import main

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


@pytest.mark.skipif(sys.platform != "linux", reason="the screen has no name elsewhere")
def test_a_screen_that_cannot_be_reached_is_told_in_russian(demo_file: Path) -> None:
    answer = process(demo_file, DISPLAY=":7654", LC_ALL="C")
    assert answer.returncode == 1
    assert answer.stderr.decode("utf-8").startswith("Окно не открылось: графический экран (:7654) недоступен.")
    assert len(answer.stderr.splitlines()) == 1


def test_a_window_without_a_console_tells_faults_in_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where the program of the desk has no streams."""
    told: list[tuple[object, ...]] = []
    user32 = SimpleNamespace(MessageBoxW=lambda *words: told.append(words))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["нет такого.cosdesk"]) == 1
    assert [words[1:3] for words in told] == [
        ("Файла «нет такого.cosdesk» нет. Проверьте имя; новый файл создаёт команда cosdesk new.", "cosdesk")
    ]


def test_the_self_test_goes_the_whole_way() -> None:
    said = process("--self-test", PYTHONIOENCODING="ascii")
    assert said.returncode == 0, said.stdout.decode("utf-8") + said.stderr.decode("utf-8")
    assert said.stdout.decode("utf-8").splitlines()[-1] == "Самопроверка пройдена."


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
