"""The real roadmaps beside the checkout: what comes out is what ``truth.json`` says, and no row is lost."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, ItemKind, Part, RoadmapContents, StampKind
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.draft import Draft
from cosdesk.intake.grid import Outline
from cosdesk.intake.importing import import_document
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from tests.intake.accounting import lost

FORMS = {
    "asekeevo.docx": "results-plan",
    "volosovo.docx": "three-part",
    "murom.docx": "controlled",
    "000_b3977cfe464e8262.txt": "results-plan",
    "001_9c52f71a678763b8.txt": "indicator-activities",
    "002_c6e628054a0a62ce.txt": "sections",
    "003_2ebbddea6d83dc5f.txt": "three-part",
    "004_56458d04cd307362.txt": "controlled",
}


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def truth(seeds: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((seeds / "truth.json").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def drafts(seeds: Path) -> dict[str, tuple[Outline, Draft]]:
    outlines = {name: read_outline(seeds / name) for name in FORMS}
    return {name: (outline, recognise(outline, roadmap_forms())) for name, outline in outlines.items()}


@pytest.mark.parametrize("name", FORMS)
def test_the_form_is_found_and_every_cell_is_placed(name: str, drafts: dict[str, tuple[Outline, Draft]]) -> None:
    outline, draft = drafts[name]
    assert draft.form.id == FORMS[name]
    assert lost(outline, draft) == []
    assert draft.placed == draft.cells


def test_asekeevo(drafts: dict[str, tuple[Outline, Draft]], truth: dict[str, Any]) -> None:
    contents, wanted = drafts["asekeevo.docx"][1].contents, truth["asekeevo"]
    levels = contents.levels()
    assert len(contents.items) == 48
    assert [_with_two_terms(item, levels[item.id]) for item in contents.items] == wanted["items"]
    assert [_banded(indicator) for indicator in contents.indicators] == wanted["indicators"]
    (stamp,) = contents.stamps
    heading, text = wanted["approved"]
    assert (stamp.kind, stamp.heading, stamp.side) == (StampKind.APPROVED, heading, "right")
    assert f"{stamp.position} {stamp.on:%d.%m.%Y}" == text
    assert stamp.on == date(2019, 1, 11)
    assert flat(contents.roadmap.title).casefold() == flat(wanted["title"]).casefold()


def _with_two_terms(item: Item, level: int) -> dict[str, Any]:
    return {
        "number": item.number, "level": level, "name": item.title, "start": item.term.start, "end": item.term.end,
        "responsible": list(item.responsible), "document": flat(item.expected),
    }  # fmt: skip


def _banded(indicator: Indicator) -> dict[str, Any]:
    on = indicator.baseline_on
    return {
        "name": indicator.title,
        "territory": indicator.territory,
        "baseline": "" if indicator.baseline is None else str(indicator.baseline),
        "baseline_date": f"{on:%d.%m.%Y}" if on else "",
        "targets": {target.period: str(target.value) for target in indicator.targets},
    }


def test_volosovo(drafts: dict[str, tuple[Outline, Draft]], truth: dict[str, Any]) -> None:
    contents, wanted = drafts["volosovo.docx"][1].contents, truth["volosovo"]
    assert flat(contents.roadmap.title).casefold() == flat(wanted["title"]).casefold()
    assert contents.roadmap.goal == wanted["goal"]
    assert contents.roadmap.years == (2019, 2024)
    assert [_yearly(indicator) for indicator in contents.indicators] == wanted["indicators"]
    assert sum(len(indicator.targets) for indicator in contents.indicators) == 30
    results, plan = _rows(contents, Part.RESULTS), _rows(contents, Part.PLAN)
    assert [
        {"number": item.number, "name": item.title, "characteristic": flat(item.expected)} for item in results
    ] == wanted["results"]
    assert {item.kind for item in results} == {ItemKind.RESULT}
    assert [
        {
            "number": item.number, "name": item.title, "start": item.term.start, "end": item.term.end,
            "responsible": ", ".join(item.responsible), "document": flat(item.expected),
        }
        for item in plan
    ] == wanted["items"]  # fmt: skip
    assert [contents.levels()[item.id] for item in plan] == [0, 1, 2, 2, 2]
    assert [item.kind for item in plan[:3]] == [ItemKind.MILESTONE, ItemKind.MILESTONE, ItemKind.ACTIVITY]


def _yearly(indicator: Indicator) -> dict[str, Any]:
    row = _banded(indicator)
    del row["territory"]
    return {**row, "number": f"{indicator.number}.", "type": indicator.type, "total": str(indicator.total)}


def _rows(contents: RoadmapContents, part: Part) -> list[Item]:
    sections = {section.id for section in contents.sections if section.part is part}
    return [item for item in contents.items if item.section_id in sections]


def test_murom(drafts: dict[str, tuple[Outline, Draft]], truth: dict[str, Any]) -> None:
    contents, wanted = drafts["murom.docx"][1].contents, truth["murom"]
    assert flat(contents.roadmap.title).casefold() == flat(wanted["title"]).casefold()
    assert contents.roadmap.years == (2020, 2022)
    targets = {i.item_id: {t.period: t.value for t in i.targets} for i in contents.indicators}
    assert sum(map(len, targets.values())) == 30
    assert [_controlled(item, targets.get(item.id, {})) for item in contents.items] == [
        {
            **row,
            "term": row["term"].replace(" - ", " – "),
            "targets": {y: _number(v) for y, v in row["targets"].items()},
        }
        for row in wanted["items"]
    ]
    assert [item.kind is ItemKind.INDICATOR for item in contents.items] == [
        bool(row["targets"]) for row in wanted["items"]
    ]
    agreed, approved = contents.stamps
    assert [agreed.heading, agreed.position, agreed.name] == wanted["agreed"]
    assert [approved.heading, approved.position, approved.name] == wanted["approved"]
    assert (agreed.side, approved.side) == ("left", "right")


def _controlled(item: Item, targets: dict[str, Decimal]) -> dict[str, Any]:
    return {
        "number": item.number, "name": item.title, "term": flat(item.term.wording), "targets": targets,
        "responsible": " ".join(item.responsible), "document": flat(item.expected),
        "controller": " ".join(item.controller),
    }  # fmt: skip


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_the_text_of_asekeevo_has_its_rows_though_word_kept_the_numbers(
    drafts: dict[str, tuple[Outline, Draft]], truth: dict[str, Any]
) -> None:
    draft = drafts["000_b3977cfe464e8262.txt"][1]
    rows = [_with_two_terms(item, 0) for item in draft.contents.items]
    wanted = [{**row, "number": "", "level": 0} for row in truth["asekeevo"]["items"]]
    assert rows == wanted
    assert [_banded(indicator) for indicator in draft.contents.indicators] == truth["asekeevo"]["indicators"]
    assert any("Номера строк не сохранились" in warning.message for warning in draft.warnings)


def test_the_text_with_heaped_activities(drafts: dict[str, tuple[Outline, Draft]]) -> None:
    contents = drafts["001_9c52f71a678763b8.txt"][1].contents
    tops = contents.children(None)
    assert [top.number for top in tops] == ["1", "2", "3", "4", "5"]
    assert [len(contents.children(top.id)) for top in tops] == [1, 1, 3, 2, 3]
    assert [indicator.targets[0].value for indicator in contents.indicators] == [65, 5, 5, 3, 23]
    assert contents.roadmap.years == (2019, 2019)
    assert all(child.responsible for child in contents.children(tops[4].id))


def test_the_text_in_sections(drafts: dict[str, tuple[Outline, Draft]]) -> None:
    contents = drafts["002_c6e628054a0a62ce.txt"][1].contents
    assert (len(contents.sections), len(contents.items)) == (7, 42)
    assert [section.number[-1] for section in contents.sections] == list("1234567")
    assert all(item.number.split(".")[0] == str(item.section_id) for item in contents.items)
    assert contents.roadmap.years == (2021, 2024)
    cut = next(item for item in contents.items if item.number == "5.1")
    assert len(cut.source_text.split(" | ")) == 5
    assert cut.title.endswith("и т.д.)")


@pytest.mark.parametrize(
    ("text", "word"), [("003_2ebbddea6d83dc5f.txt", "volosovo.docx"), ("004_56458d04cd307362.txt", "murom.docx")]
)
def test_a_text_cut_by_pages_comes_out_as_its_word_file(
    text: str, word: str, drafts: dict[str, tuple[Outline, Draft]]
) -> None:
    def rows(name: str) -> list[tuple[str, ...]]:
        contents = drafts[name][1].contents
        items = [
            (item.number, item.kind, flat(item.title), flat(item.expected).replace("-", ""), *item.responsible,
             *item.controller, *flat(item.term.text).replace("–", "-").split(" "))
            for item in contents.items
        ]  # fmt: skip
        indicators = [
            (i.number, flat(i.title), i.unit, *(f"{t.period}: {t.value}" for t in i.targets), str(i.total))
            for i in contents.indicators
        ]
        return items + indicators

    assert rows(text) == rows(word)


def test_import_as_a_whole_is_quick(seeds: Path) -> None:
    started = datetime.now()
    draft = import_document(seeds / "asekeevo.docx")
    assert (datetime.now() - started).total_seconds() < 5, "a second on a free machine"
    assert draft.contents.roadmap.source_name == "asekeevo.docx"
