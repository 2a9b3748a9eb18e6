"""What the program prints it reads again: a roadmap of each form as a Word file and as a workbook."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from cosdesk.reports.export import render
from cosdesk.reports.roadmap import build_roadmap
from tests.intake.builders import KINDS, write_docx

DISTRICT = District("Заречный район", "Приозёрная область", "Заречного района", "Заречном районе")


def imported(path: Path) -> RoadmapContents:
    return recognise(read_outline(path), roadmap_forms()).contents


def compared(contents: RoadmapContents) -> RoadmapContents:
    """Without what only tells of the source: its row texts, and blanks that a printed cell sets anew."""
    items = tuple(replace(item, source_text="", expected=" ".join(item.expected.split())) for item in contents.items)
    indicators = tuple(
        replace(i, source_text="", targets=tuple(replace(target, text="") for target in i.targets))
        for i in contents.indicators
    )
    return replace(contents, items=items, indicators=indicators)


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_printed_roadmap_comes_back(kind: str, file_format: str, tmp_path: Path) -> None:
    contents = imported(write_docx(tmp_path / "карта.docx", KINDS[kind]()))
    printed = tmp_path / f"снова.{file_format}"
    printed.write_bytes(render(build_roadmap(Snapshot(DISTRICT, (contents,), today=date(2021, 6, 30))), file_format))
    assert compared(imported(printed)) == compared(contents)
