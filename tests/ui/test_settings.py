"""What the window remembers: recent files, also those that travel with the program on a flash drive."""

from pathlib import Path

import pytest

from cosdesk.ui.settings import recent_files, remember_file, settings


def test_files_beside_a_portable_program_are_found_wherever_the_drive_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive, elsewhere = tmp_path / "E", tmp_path / "F"
    (drive / "cosdesk" / "data").mkdir(parents=True)
    (drive / "Район.cosdesk").touch()
    monkeypatch.setenv("COSDESK_DATA", str(drive / "cosdesk" / "data"))
    remember_file(drive / "Район.cosdesk")
    assert recent_files() == [drive / "Район.cosdesk"]
    settings().sync()
    drive.rename(elsewhere)
    monkeypatch.setenv("COSDESK_DATA", str(elsewhere / "cosdesk" / "data"))
    assert recent_files() == [elsewhere / "Район.cosdesk"]


def test_the_newest_file_stands_first_and_those_gone_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cosdesk.ui.settings.portable_folder", lambda: None)
    settings().clear()
    one, two, gone = (tmp_path / f"{name}.cosdesk" for name in ("один", "два", "нет"))
    for path in (one, gone, two, one):
        path.touch()
        remember_file(path)
    gone.unlink()
    assert recent_files() == [one, two]
    settings().clear()
