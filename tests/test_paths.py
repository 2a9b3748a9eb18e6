"""Where the user's own files lie: in the system's folder, or beside a packaged program on a flash drive."""

import sys
from pathlib import Path

import pytest

from cosdesk.paths import portable_folder, user_data_folder


def test_a_checkout_is_never_portable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert portable_folder() is None


def test_a_named_folder_comes_before_every_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSDESK_DATA", str(tmp_path))
    assert portable_folder() == user_data_folder() == tmp_path


def test_a_user_without_a_home_has_a_folder_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(*_: object, **__: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("platformdirs.user_data_dir", no_home)
    assert user_data_folder().is_absolute()


def test_a_packaged_program_keeps_all_in_the_folder_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "cosdesk"))
    assert portable_folder() is None
    (tmp_path / "data").mkdir()
    assert portable_folder() == user_data_folder() == tmp_path.resolve() / "data"
    monkeypatch.setattr("os.access", lambda *_: False)
    assert portable_folder() is None and user_data_folder() != tmp_path.resolve() / "data"
