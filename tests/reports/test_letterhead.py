"""The letterhead on papers, in all three formats; the two editions of the standard; the code of a paper."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.shared import Mm
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from cosdesk.domain.letterhead import Arrangement, Letterhead, Standard
from cosdesk.domain.period import parse_period
from cosdesk.reports.catalog import report
from cosdesk.reports.document import Document, LetterheadBlock
from cosdesk.reports.export import render
from cosdesk.reports.request import Request
from tests.reports import zarechny
from tests.reports.block_text import as_text
from tests.reports.typography_check import faults


def picture(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "navy").save(file, "PNG")
    return file.getvalue()


FULL = Letterhead(
    Arrangement.CORNER,
    names="Администрация Заречного района\nУправление образования",
    address="ул. Школьная, д. 4, с. Заречное",
    phone="8 (35300) 2-11-00",
    email="uo@zarechny.example",
    okpo="02100000",
    ogrn="1027700132195",
    inn="7707083893",
    kpp="773601001",
    place="с. Заречное",
    picture=picture(300, 360),
)


def built(report_id: str, letterhead: Letterhead = FULL, **asked: object) -> Document:
    known = report(report_id)
    request = Request(
        period=parse_period("2021-H1") if known.needs_period else None, item_id=3 if known.needs_row else None
    )
    snapshot = replace(zarechny.SNAPSHOT, letterhead=letterhead)
    return known.build(snapshot, replace(request, **asked))  # type: ignore[arg-type]


def pdf_of(document: Document) -> PdfReader:
    return PdfReader(BytesIO(render(document, "pdf")))


@pytest.mark.parametrize("arrangement", Arrangement)
def test_a_letter_bears_emblem_names_and_details_in_every_format(arrangement: Arrangement) -> None:
    document = built("letter", replace(FULL, arrangement=arrangement))
    assert faults(document) == []
    wanted = [*FULL.name_lines, *FULL.detail_lines, "Руководителям"]
    page = pdf_of(document).pages[0]
    assert len(page.images) == 1
    shown = " ".join(page.extract_text().replace("\u00a0", " ").split())
    assert [line for line in wanted if line not in shown] == []

    word = docx.Document(BytesIO(render(document, "docx")))
    (inline,) = word.element.body.xpath(".//wp:inline")
    assert inline.extent.cy == pytest.approx(Mm(20), rel=0.01)
    written = [(text.text or "").replace("\u00a0", " ") for text in word.element.body.iter("{*}t")]
    assert [line for line in wanted if line not in written] == []

    sheet = load_workbook(BytesIO(render(document, "xlsx"))).worksheets[0]
    assert len(sheet._images) == 1
    cells = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert [line for line in wanted if line not in cells.replace("\u00a0", " ")] == []


def test_an_order_and_a_note_bear_the_names_without_the_address() -> None:
    for report_id in ("appointment-order", "minutes", "analytical-note", "monitoring-note"):
        (block,) = [block for block in built(report_id).blocks if isinstance(block, LetterheadBlock)]
        assert (block.names, block.details, block.corner) == (FULL.name_lines, (), False)
        assert block.picture
    assert "с. Заречное" in as_text(built("appointment-order"))


def test_paper_with_a_printed_letterhead_gets_none() -> None:
    left_out = frozenset({"letterhead"})
    assert "Управление образования\n" not in as_text(built("letter", left_out=left_out))
    assert "КОМУ Руководителям" in as_text(built("letter", left_out=left_out))
    assert "БЛАНК" not in as_text(built("appointment-order", left_out=left_out))
    assert len(pdf_of(built("letter", left_out=left_out)).pages[0].images) == 0


def test_without_a_letterhead_the_card_of_the_district_stands_in() -> None:
    assert f"  {zarechny.DISTRICT.office}" in as_text(built("letter", Letterhead()))
    assert "БЛАНК" not in as_text(built("analytical-note", Letterhead()))


@pytest.mark.parametrize("size", [(1, 4_000), (4_000, 1), (40, 40)], ids=["tall", "wide", "small"])
def test_a_picture_of_any_shape_keeps_its_room(size: tuple[int, int]) -> None:
    document = built("letter", replace(FULL, picture=picture(*size)))
    word = docx.Document(BytesIO(render(document, "docx")))
    (inline,) = word.element.body.xpath(".//wp:inline")
    assert inline.extent.cy <= Mm(20.1) and inline.extent.cx <= Mm(40.1)
    assert len(pdf_of(document).pages[0].images) == 1


@pytest.mark.parametrize(("standard", "corner"), [(Standard.EDITION_2025, 80), (Standard.EDITION_2016, 75)])
def test_the_standard_rules_the_length_of_a_corner_line(standard: Standard, corner: int) -> None:
    document = built("letter", replace(FULL, standard=standard))
    word = docx.Document(BytesIO(render(document, "docx")))
    assert word.tables[0].columns[0].width == pytest.approx(Mm(corner), rel=0.01)
    section = word.sections[0]
    assert [round(side / Mm(1)) for side in (section.left_margin, section.right_margin) if side] == [30, 10]


def test_a_code_stands_on_papers_where_the_standard_knows_it() -> None:
    coded = built("analytical-note", replace(FULL, coded=True))
    assert coded.mark is not None and coded.mark.text.startswith("Отпечаток документа: ")
    assert coded.mark == built("analytical-note", replace(FULL, coded=True)).mark
    with ZipFile(BytesIO(render(coded, "docx"))) as package:  # charts in the text, the code at its foot
        assert sum(name.endswith(".emf") for name in package.namelist()) > 2
        assert len(set(package.namelist())) == len(package.namelist())
    footer = docx.Document(BytesIO(render(coded, "docx"))).sections[0].first_page_footer
    (code,) = footer._element.xpath(".//wp:inline")
    assert code.extent.cx == code.extent.cy == Mm(16) and code.docPr.get("descr") == coded.mark.code
    other = built("analytical-note", replace(FULL, coded=True, place=""), left_out=frozenset({"results"}))
    assert other.mark is not None and other.mark.code != coded.mark.code
    assert "Отпечаток документа" in pdf_of(coded).pages[0].extract_text()
    assert built("analytical-note", replace(FULL, coded=True, standard=Standard.EDITION_2016)).mark is None
    assert built("analytical-note").mark is None
