"""Dismissed findings: kept in the file, undone and brought back, gone with their roadmap."""

from pathlib import Path

import pytest

from cosdesk.domain.checks.finding import Finding, Rule, open_findings
from cosdesk.domain.district import District
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents
from cosdesk.store.dismissals import dismiss, restore
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap, delete_roadmap

FOUND = Finding(Rule.SPACING, "строка 1, наименование", "Пробелы.", "«а, б»", 1, "строка | а,б #12", item_id=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "район.cosdesk"
    contents = RoadmapContents(Roadmap(1, "План", "sections"), items=(Item(1, ItemKind.ACTIVITY, "Строка"),))
    with DistrictFile.create(made, District("Заречный район")) as file, file.edit("основа") as edit:
        add_roadmap(edit, contents)
    return made


def test_a_dismissal_outlives_the_session(path: Path) -> None:
    with DistrictFile.open(path) as file, file.edit("Скрыть") as edit:
        dismiss(edit, FOUND, "так утверждено")
    with DistrictFile.open(path, read_only=True) as file:
        (kept,) = file.dismissals()
    assert (kept.key, kept.reason) == ((1, "spacing", FOUND.mark), "так утверждено")
    assert open_findings([FOUND], [kept]) == ()


def test_a_dismissal_is_undone_and_done_again(path: Path) -> None:
    with DistrictFile.open(path) as file:
        with file.edit("Скрыть") as edit:
            dismiss(edit, FOUND, "так утверждено")
        file.undo()
        assert file.dismissals() == ()
        file.redo()
        (kept,) = file.dismissals()
        with file.edit("Вернуть") as edit:
            restore(edit, kept.id)
        assert file.dismissals() == ()


def test_dismissed_again_it_takes_the_new_reason(path: Path) -> None:
    with DistrictFile.open(path) as file:
        for reason in ("так утверждено", "опечатка исходного документа"):
            with file.edit("Скрыть") as edit:
                dismiss(edit, FOUND, reason)
        assert [dismissal.reason for dismissal in file.dismissals()] == ["опечатка исходного документа"]


def test_it_goes_with_its_roadmap_and_comes_back(path: Path) -> None:
    with DistrictFile.open(path) as file:
        with file.edit("Скрыть") as edit:
            dismiss(edit, FOUND, "так утверждено")
        with file.edit("Удалить") as edit:
            delete_roadmap(edit, 1)
        assert file.dismissals() == ()
        file.undo()
        assert len(file.dismissals()) == 1
