"""The district's thresholds in its file: kept, undone, the usual ones not written."""

from pathlib import Path

from cosdesk.domain.district import District
from cosdesk.domain.norms import USUAL, Norms
from cosdesk.store.file import DistrictFile
from cosdesk.store.norms import change_norms

OWN = Norms(risk_days=30, near_percent=80)


def settings_of(file: DistrictFile) -> dict[str, str]:
    return {row["name"]: row["value"] for row in file._database.query("SELECT name, value FROM setting")}


def test_thresholds_are_kept_in_the_file_and_come_back_by_undo(tmp_path: Path) -> None:
    path = tmp_path / "Район.cosdesk"
    with DistrictFile.create(path, District("Ольховский район")) as file:
        assert file.snapshot().norms == USUAL
        with file.edit("Сроки и пороги") as edit:
            change_norms(edit, OWN)
    with DistrictFile.open(path) as file:
        assert file.snapshot().norms == OWN
        assert settings_of(file) == {"norm.risk_days": "30", "norm.near_percent": "80"}
        assert file.undo() == "Сроки и пороги"
        assert file.snapshot().norms == USUAL and settings_of(file) == {}


def test_a_change_is_read_anew_and_a_foreign_threshold_stays(tmp_path: Path) -> None:
    with DistrictFile.create(tmp_path / "Район.cosdesk", District("Ольховский район")) as file:
        with file.edit("Порог новой программы") as edit:
            edit.insert("setting", {"name": "norm.of_a_newer_program", "value": "7"})
            edit.insert("setting", {"name": "norm.risk_days", "value": "два"})
        before = file.snapshot()
        assert before.norms == USUAL
        with file.edit("Сроки и пороги") as edit:
            change_norms(edit, OWN)
        assert file.refreshed(before, edit.changes).norms == OWN
        with file.edit("Обычные") as edit:
            change_norms(edit, USUAL)
        assert settings_of(file) == {"norm.of_a_newer_program": "7"}
