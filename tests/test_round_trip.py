"""A roadmap printed as Word or Excel is taken in again as it was: the five forms, and the seeds where they are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cosdesk.domain.district import Snapshot
from cosdesk.domain.roadmap import RoadmapContents, Stamp, StampKind, Term
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from cosdesk.reports.export import write_document
from cosdesk.reports.roadmap import build_roadmap
from tests.intake.builders import KINDS, write_docx
from tests.reports.invented import DISTRICT, ROADMAPS

FORMATS = ("docx", "xlsx")


def taken_in(path: Path) -> RoadmapContents:
    return recognise(read_outline(path), roadmap_forms()).contents


def printed_and_taken_in(contents: RoadmapContents, folder: Path, file_format: str) -> RoadmapContents:
    path = folder / f"карта.{file_format}"
    write_document(build_roadmap(Snapshot(DISTRICT, (contents,))), path, file_format)
    return taken_in(path)


def without_sources(contents: RoadmapContents) -> RoadmapContents:
    """Without what tells only where a row was read."""
    return replace(
        contents,
        roadmap=replace(contents.roadmap, source_name=""),
        items=tuple(replace(item, source_text="") for item in contents.items),
        indicators=tuple(replace(indicator, source_text="") for indicator in contents.indicators),
    )


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("form", ROADMAPS)
def test_nothing_of_a_roadmap_is_lost(form: str, file_format: str, tmp_path: Path) -> None:
    original, found = ROADMAPS[form], printed_and_taken_in(ROADMAPS[form], tmp_path, file_format)
    assert found.roadmap.form == form
    assert found.roadmap.title == original.roadmap.title
    assert (found.roadmap.goal, found.unplaced) == (original.roadmap.goal, ())
    stamps = [(s.kind, s.heading, s.position.split(), s.name, s.on, s.side) for s in original.stamps]
    assert [(s.kind, s.heading, s.position.split(), s.name, s.on, s.side) for s in found.stamps] == stamps
    assert len(found.items) == len(original.items)
    for before, after in zip(original.items, found.items, strict=True):
        assert after.kind is before.kind
        assert after.title == before.title.removeprefix(before.number if form == "indicator-activities" else "")
        assert after.number == before.number.rstrip(".-")
        assert after.controller == before.controller
        if before.term and form != "indicator-activities":
            assert (after.term, after.responsible) == (before.term, before.responsible)
    assert [[t.value for t in i.targets] for i in found.indicators] == [
        [t.value for t in i.targets] for i in original.indicators
    ]  # fmt: skip


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_imported_document_comes_back_as_it_was(kind: str, file_format: str, tmp_path: Path) -> None:
    once = without_sources(taken_in(write_docx(tmp_path / "источник.docx", KINDS[kind]())))
    again = without_sources(printed_and_taken_in(once, tmp_path, file_format))
    assert again == replace(once, unplaced=())


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_of_approvals_comes_back(kind: str, file_format: str, tmp_path: Path) -> None:
    once = without_sources(taken_in(write_docx(tmp_path / "источник.docx", KINDS[kind]())))
    first = len(once.stamps) + 1
    sheet = (
        Stamp(first, StampKind.AGREED, "СОГЛАСОВАНО", "Начальник", "А.А. Липова", date(2021, 1, 9), side="sheet"),
        Stamp(first + 1, StampKind.AGREED, "СОГЛАСОВАНО", "Юрист", "", side="sheet"),
    )
    whole = replace(once, stamps=(*once.stamps, *sheet), unplaced=())
    assert without_sources(printed_and_taken_in(whole, tmp_path, file_format)) == whole


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_term_in_words_over_two_columns_comes_back(file_format: str, tmp_path: Path) -> None:
    once = without_sources(taken_in(write_docx(tmp_path / "источник.docx", KINDS["results-plan"]())))
    first, second, *others = once.items
    worded = replace(once, items=(first, replace(second, term=Term("в течение года")), *others), unplaced=())
    assert without_sources(printed_and_taken_in(worded, tmp_path, file_format)).items[1].term == Term("в течение года")


SEEDS = (
    "asekeevo.docx", "volosovo.docx", "murom.docx", "000_b3977cfe464e8262.txt", "001_9c52f71a678763b8.txt",
    "002_c6e628054a0a62ce.txt", "003_2ebbddea6d83dc5f.txt", "004_56458d04cd307362.txt",
)  # fmt: skip


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_comes_back_as_it_was(name: str, file_format: str, seeds: Path, tmp_path: Path) -> None:
    once = without_sources(taken_in(seeds / name))
    again = without_sources(printed_and_taken_in(once, tmp_path, file_format))
    assert replace(again, unplaced=()) == replace(once, unplaced=())
    assert again.unplaced == ()
