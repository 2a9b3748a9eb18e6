"""``check`` as a script uses it."""

from pathlib import Path

import pytest

from cosdesk.domain.checks.proofreading import check
from cosdesk.domain.district import District
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Term
from cosdesk.store.dismissals import dismiss
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap
from tests.console.calling import Cosdesk, assert_told

CONTENTS = RoadmapContents(
    Roadmap(1, "План Заречного района", "sections", first_year=2021, last_year=2023),
    items=(
        Item(1, ItemKind.ACTIVITY, "Скорость 50 Мб/c", "1", term=Term("2021")),
        Item(2, ItemKind.ACTIVITY, "Проверить сайты", "3", term=Term("2019")),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "район.cosdesk"
    with DistrictFile.create(path, District("Заречный район")) as made, made.edit("основа") as edit:
        add_roadmap(edit, CONTENTS)
    return path


def test_findings_are_printed_with_the_code_1(cosdesk: Cosdesk, file: Path) -> None:
    before = file.read_bytes()
    answer = cosdesk("check", file, "--json")
    assert answer.code == 1
    assert [(found["rule"], found["place"]) for found in answer.data["findings"]] == [
        ("number_missing", "строка 3, номер"),
        ("outside_plan", "строка 3, срок"),
        ("latin_letters", "строка 1, наименование"),
    ]
    latin = answer.data["findings"][2]
    assert (latin["item"], latin["field"], latin["replacement"]) == (1, "title", "Скорость 50 Мб/с")
    assert all(found["message"] and found["proposal"] for found in answer.data["findings"])
    assert file.read_bytes() == before


def test_they_are_read_by_people_too(cosdesk: Cosdesk, file: Path) -> None:
    answer = cosdesk("check", file)
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert lines[0] == "Нумерация – 1"
    assert lines[-1] == "Замечаний: 3."
    assert "    Заменить на: «50 Мб/с»" in lines


def test_what_is_dismissed_is_no_more_told(cosdesk: Cosdesk, file: Path) -> None:
    with DistrictFile.open(file) as opened, opened.edit("скрыть") as edit:
        for found in check(opened.snapshot()):
            dismiss(edit, found, "так утверждено")
    answer = cosdesk("check", file, "--json")
    assert (answer.code, answer.data) == (0, {"findings": [], "dismissed": 3})
    assert cosdesk("check", file).out == "Замечаний нет. Скрыто: 3.\n"


def test_several_roadmaps_are_told_apart(cosdesk: Cosdesk, file: Path) -> None:
    with DistrictFile.open(file) as opened, opened.edit("ещё одна") as edit:
        add_roadmap(edit, CONTENTS)
    answer = cosdesk("check", file, "--json")
    assert [found["roadmap"] for found in answer.data["findings"]] == [1, 1, 1, 2, 2, 2]
    assert cosdesk("check", file).out.count("План Заречного района (карта") == 2


def test_the_demo_has_nothing_to_find(cosdesk: Cosdesk, demo_file: Path) -> None:
    answer = cosdesk("check", demo_file)
    assert (answer.code, answer.out) == (0, "Замечаний нет.\n")


def test_a_file_without_a_roadmap_is_told(cosdesk: Cosdesk, tmp_path: Path) -> None:
    path = tmp_path / "пустой.cosdesk"
    DistrictFile.create(path, District("Заречный район")).close()
    assert_told(cosdesk("check", path))
    assert_told(cosdesk("check", tmp_path / "нет.cosdesk"))
