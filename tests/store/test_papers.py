"""Words typed into papers are kept by report, row and period and come back by undo; the journal stands aside."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cosdesk.domain.district import District
from cosdesk.domain.paper import PaperRecord, SectionText, outdated
from cosdesk.domain.roadmap import Roadmap, RoadmapContents
from cosdesk.store.file import DistrictFile
from cosdesk.store.papers import drop_section_text, set_section_text
from cosdesk.store.roadmaps import add_roadmap

TEXT = SectionText(
    0, "analytical-report", "general", 1, None, "2021-H1", ("Первый.", "Второй."), ("1",), ("Составлено.",)
)


@pytest.fixture
def file(tmp_path: Path):
    with DistrictFile.create(tmp_path / "Район.cosdesk", District("Заречный район")) as opened:
        with opened.edit("карта") as edit:
            add_roadmap(edit, RoadmapContents(Roadmap(1, "План", "sections")))
        yield opened


def keep(file: DistrictFile, text: SectionText) -> None:
    with file.edit("Текст раздела") as edit:
        set_section_text(edit, text)


def texts(file: DistrictFile) -> list[SectionText]:
    return [replace(text, id=0) for text in file.section_texts("analytical-report", 1)]


def test_a_text_is_kept_for_its_report_row_and_period(file: DistrictFile) -> None:
    later = replace(TEXT, period="2021", paragraphs=("Год.",), bold=())
    keep(file, TEXT)
    keep(file, later)
    keep(file, replace(TEXT, paragraphs=("Иначе.",), bold=()))
    assert texts(file) == [replace(TEXT, paragraphs=("Иначе.",), bold=()), later]
    assert texts(file)[0].is_bold(1) is False and TEXT.is_bold(1) and not TEXT.is_bold(0)
    assert file.section_texts("analytical-note", 1) == ()


def test_nothing_typed_is_lost_by_composing_anew(file: DistrictFile) -> None:
    keep(file, TEXT)
    with file.edit("Составить заново") as edit:
        drop_section_text(edit, TEXT)
    assert texts(file) == []
    file.undo()
    assert texts(file) == [TEXT]


def test_the_journal_is_no_edit(file: DistrictFile) -> None:
    steps = len(file.journal.history())
    made = PaperRecord(0, datetime(2021, 7, 1, 9, 30), "roadmap", "План", "", "pdf", "ab" * 32, "/папка/План.pdf", 1)
    file.note_paper(made)
    file.note_paper(replace(made, format="docx"))
    assert [record.format for record in file.paper_records()] == ["docx", "pdf"]
    assert replace(file.paper_records()[1], id=0) == made
    assert len(file.journal.history()) == steps


def test_a_file_for_reading_goes_without_a_journal(file: DistrictFile, tmp_path: Path) -> None:
    copy = tmp_path / "Копия.cosdesk"
    file.save_copy(copy)
    with DistrictFile.open(copy, read_only=True) as opened:
        opened.note_paper(PaperRecord(0, datetime(2021, 7, 1), "roadmap", "План", "", "pdf", "", ""))
        assert opened.paper_records() == ()


@pytest.mark.parametrize(
    ("typed", "now", "standing", "fresh"),
    [
        (("Исполнено 3 срока.",), ("Исполнено 3 срока.",), (), ()),
        (("Исполнено 3 срока. Идёт.",), ("Исполнено 4 срока.",), ("Исполнено 3 срока.",), ("Исполнено 4 срока.",)),
        (("Работа идёт.",), ("Исполнено 4 срока.",), (), ("Исполнено 4 срока.",)),
        (("Исполнено 4 срока.",), ("Исполнено 4 срока.",), (), ()),
        (("Своими словами.",), ("Исполнено 3 срока.",), (), ()),
    ],
)
def test_what_no_longer_fits_is_told_sentence_by_sentence(
    typed: tuple[str, ...], now: tuple[str, ...], standing: tuple[str, ...], fresh: tuple[str, ...]
) -> None:
    found = outdated(replace(TEXT, paragraphs=typed, composed=("Исполнено 3 срока.",)), now)
    assert (found.standing, found.fresh) == (standing, fresh) and bool(found) == bool(standing or fresh)
