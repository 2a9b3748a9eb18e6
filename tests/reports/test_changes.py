"""The table of changes, and the mark by which an approved paper is checked, read back from the files."""

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pypdf
import pytest
from reportlab.graphics.barcode.qr import QrCodeWidget

from cosdesk.domain.district import Snapshot
from cosdesk.domain.edition import Edition, differences, fingerprint_of, freeze
from cosdesk.domain.roadmap import RoadmapContents, Term
from cosdesk.errors import UserError
from cosdesk.reports.catalog import report
from cosdesk.reports.changes import NOTHING_CHANGED, build_changes, changes_document
from cosdesk.reports.document import Paragraph, Table
from cosdesk.reports.export import render
from cosdesk.reports.request import Request
from cosdesk.reports.roadmap import build_edition, build_roadmap
from tests.reports.invented import DISTRICT, ROADMAPS

OURS = replace(DISTRICT, uid="0123456789abcdef" * 2, head_position="Глава района", head_name="Берёзкин А.Б.")
CONTENTS = ROADMAPS["sections"]


def edition(contents: RoadmapContents = CONTENTS, number: str = "1") -> Edition:
    frozen = freeze(contents)
    act = "постановление от 11.01.2021 № 14"
    return Edition(1, 1, number, date(2021, 1, 11), act, "глава", datetime(2021, 1, 11), fingerprint_of(frozen), frozen)


def changed() -> RoadmapContents:
    first, *others = CONTENTS.items
    return replace(CONTENTS, items=(replace(first, term=Term("октябрь")), *others[:-1]))


def snapshot(contents: RoadmapContents, *editions: Edition) -> Snapshot:
    return Snapshot(OURS, (contents,), editions=editions, today=date(2021, 6, 30))


def table(document: object) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table))  # type: ignore[attr-defined]
    return found


def test_the_table_says_what_was_and_what_became() -> None:
    document = build_changes(snapshot(changed(), edition()), Request())
    rows = [[cell.value for cell in row.cells] for row in table(document).rows]
    assert [row[2:5] for row in rows] == [
        ["Срок", "сентябрь", "октябрь"],
        ["Исключено", f"{CONTENTS.items[-1].title}; {CONTENTS.items[-1].term.text}; муниципальный координатор,"
         " руководители ОО; Обучено не менее 20% педагогов", None],
    ]  # fmt: skip
    (line,) = (block.text for block in document.blocks if isinstance(block, Paragraph))
    assert line == "С редакции 1 от 11.01.2021 (постановление от 11.01.2021 № 14) по состоянию на 30.06.2021"


def test_a_ground_stands_at_its_change() -> None:
    first, second = differences(CONTENTS, changed())
    document = changes_document(OURS, edition(), "", (first, second), {second: "приказ № 3"})
    assert [row.cells[-1].value for row in table(document).rows] == ["", "приказ № 3"]


def test_without_changes_or_editions_it_is_said() -> None:
    assert table(report("changes").build(snapshot(CONTENTS, edition()), Request())).empty == NOTHING_CHANGED
    with pytest.raises(UserError, match=r"^Утверждённых редакций нет"):
        build_changes(snapshot(CONTENTS), Request())


@pytest.mark.parametrize("file_format", ["pdf", "xlsx", "docx"])
def test_the_table_becomes_a_file(file_format: str) -> None:
    content = render(build_changes(snapshot(changed(), edition()), Request()), file_format)
    if file_format == "pdf":
        (page,) = pypdf.PdfReader(BytesIO(content)).pages
        assert "октябрь" in page.extract_text()
    elif file_format == "xlsx":
        assert openpyxl.load_workbook(BytesIO(content)).sheetnames == ["Изменения"]


# The mark


def test_only_what_is_still_as_approved_bears_the_mark() -> None:
    mark = build_roadmap(snapshot(CONTENTS, edition(changed(), "1"), edition(number="2"))).mark
    assert mark and mark.text.startswith("Редакция 2 от 11.01.2021. Отпечаток: ")
    assert mark.code == f"cosdesk {OURS.uid} ред. 2 {edition().fingerprint[:16]}"
    assert build_roadmap(snapshot(changed(), edition())).mark is None
    assert build_roadmap(snapshot(CONTENTS)).mark is None


def test_an_old_edition_prints_as_it_was() -> None:
    old = build_edition(OURS, edition())
    assert old.blocks == build_roadmap(snapshot(CONTENTS)).blocks
    assert old.mark == build_roadmap(snapshot(CONTENTS, edition())).mark


def test_every_sheet_of_the_pdf_bears_the_fingerprint_and_the_first_one_the_code() -> None:
    content = render(build_edition(OURS, edition()), "pdf")
    pages = pypdf.PdfReader(BytesIO(content)).pages
    texts = [page.extract_text() for page in pages]
    assert len(texts) > 1 and all(edition().short_fingerprint in text for text in texts)
    grid = QrCodeWidget(edition().code(OURS.uid), barLevel="M").qr
    grid.make()
    count = grid.getModuleCount()
    dark = sum(grid.isDark(row, column) for row in range(count) for column in range(count))
    drawn = [_area_of_boxes(page.get_contents().get_data()) for page in pages]
    module = drawn[0][1]
    assert drawn[0][0] / module**2 == pytest.approx(dark, rel=0.02)
    assert drawn[1][0] == 0


def _area_of_boxes(content: bytes) -> tuple[float, float]:
    """The area that black boxes cover on a sheet, and the height of one, in points."""
    boxes = re.findall(rb"0 0 0 rg [\d.]+ [\d.]+ ([\d.]+) ([\d.]+) re f", content)
    return sum(float(width) * float(height) for width, height in boxes), float(boxes[0][1]) if boxes else 0.0


def test_word_and_excel_bear_the_code_as_text() -> None:
    document = build_edition(OURS, edition())
    with zipfile.ZipFile(BytesIO(render(document, "docx"))) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"word/footer\d.xml", name)]
        footers = [package.read(name).decode() for name in names]
    assert len(footers) == 2 and all(edition().code(OURS.uid) in footer for footer in footers)
    sheet = openpyxl.load_workbook(BytesIO(render(document, "xlsx"))).worksheets[0]
    assert edition().code(OURS.uid) in str(sheet.oddFooter.left.text)


