"""When the developer's environment is made, made again or only added to."""

import importlib
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

BUILD = Path(__file__).resolve().parent.parent.parent / "build"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module over a checkout of its own; making and installing only leave word in ``done``."""
    monkeypatch.syspath_prepend(str(BUILD))
    module = importlib.import_module("environment")
    folder = tmp_path / ".venv"
    (tmp_path / "build").mkdir()
    for name in (module.PROGRAM, module.DEVELOPMENT):
        (tmp_path / "build" / name).write_text("click==8\n")
    done: list[object] = []

    def make() -> None:
        module.RECORD.unlink(missing_ok=True)
        folder.mkdir(exist_ok=True)
        done.append("made")

    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "RECORD", folder / "installed.json")
    monkeypatch.setattr(module, "python", lambda: Path(sys.executable))
    monkeypatch.setattr(module, "_make", make)
    monkeypatch.setattr(module, "_install", done.append)
    monkeypatch.setattr(module, "done", done, raising=False)
    return module


def prepare(environment: ModuleType, *names: str) -> list[object]:
    environment.done.clear()
    environment.prepare(*names)
    return list(environment.done)


def test_a_second_call_does_nothing(environment: ModuleType) -> None:
    assert prepare(environment, "requirements.txt") == ["made", ["requirements.txt"]]
    assert prepare(environment, "requirements.txt") == []


def test_the_tests_packages_are_added_to_the_programs(environment: ModuleType) -> None:
    prepare(environment, "requirements.txt")
    assert prepare(environment, "requirements.txt", "requirements-dev.txt") == [["requirements-dev.txt"]]
    assert prepare(environment, "requirements.txt") == []


def test_other_pins_make_it_anew(environment: ModuleType) -> None:
    prepare(environment, "requirements.txt", "requirements-dev.txt")
    (environment.ROOT / "build" / "requirements.txt").write_text("click==9\n")
    assert prepare(environment, "requirements.txt") == ["made", ["requirements.txt"]]
    assert prepare(environment, "requirements.txt", "requirements-dev.txt") == [["requirements-dev.txt"]]


def test_what_was_left_half_made_is_made_anew(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(names: list[str]) -> None:
        raise KeyboardInterrupt

    prepare(environment, "requirements.txt")
    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", cut_off)
        with pytest.raises(KeyboardInterrupt):
            environment.prepare("requirements.txt", "requirements-dev.txt")
    assert prepare(environment, "requirements.txt")[0] == "made"


def test_a_python_that_is_gone_is_made_anew(environment: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(environment, "requirements.txt")
    monkeypatch.setattr(environment, "python", lambda: environment.ROOT / "no-python")
    assert prepare(environment, "requirements.txt")[0] == "made"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(name: str) -> None:
    lines = [line.partition("#")[0].strip() for line in (BUILD / name).read_text("utf-8").splitlines()]
    assert [line for line in lines if line and not re.fullmatch(r"[\w.-]+==[\w.]+(; python_version .*)?", line)] == []


def test_the_tools_find_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own, as ``dev.py`` starts them: this one has found them all already."""
    monkeypatch.syspath_prepend(str(BUILD))
    variables = importlib.import_module("environment").child_variables()
    tools = ", ".join(path.stem for path in BUILD.glob("*.py"))
    done = subprocess.run(
        [sys.executable, "-c", f"import {tools}"], env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
