"""Word files read back: every block, true heads, sections turned, texts as typed."""

import struct
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from cosdesk.reports.document import Cell, Column, Document, Heading, Paragraph, Row, Signature, Stamps, Table, Title
from cosdesk.reports.docx import render_docx
from cosdesk.reports.roadmap import build_roadmap
from cosdesk.reports.typography import format_cell
from tests.reports.blocks import HOSTILE, REPORT, long_table, of
from tests.reports.invented import ROADMAPS, snapshot


def word(document: Document) -> WordDocument:
    return docx.Document(BytesIO(render_docx(document)))


def lines(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_blocks_come_in_order() -> None:
    assert lines(word(REPORT)) == [
        "Отчёт", "о школах", "1. Общие сведения", "Первый абзац отчёта.", "Вторая строка.",
        "Мелкое примечание.", "Приложение", "Замечаний нет.", "Начальник управления образования\tИ.В. Кузнецов",
        "Петрова Анна Сергеевна", "8 (35300) 2-11-22",
    ]  # fmt: skip


def test_stamps_are_a_table_without_lines() -> None:
    stamps = word(REPORT).tables[0]
    assert [cell.text.split("\n")[0] for cell in stamps.rows[0].cells] == ["СОГЛАСОВАНО", "", "УТВЕРЖДАЮ"]
    assert stamps.rows[0].cells[2].text.endswith("________________ А.Б. Берёзкин\n12.01.2021")
    assert stamps._tbl.tblPr.find(qn("w:tblBorders")) is None


def test_a_table_has_a_real_head_of_two_levels() -> None:
    table = word(REPORT).tables[1]
    heads = [row for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads) == 3
    assert [cell.text for cell in heads[0].cells] == [
        "Школа", "На начало года", "На начало года", "Доля, %", "Отклонение, п.п.", "Дата", "Статус",
    ]  # fmt: skip
    assert [cell.text for cell in heads[1].cells][:4] == ["Школа", "Обучающихся", "Педагогов", "Доля, %"]
    assert [cell.text for cell in heads[2].cells] == ["1", "2", "3", "4", "5", "6", "7"]
    assert heads[0].cells[0]._tc is heads[1].cells[0]._tc
    assert heads[0].cells[1]._tc is heads[0].cells[2]._tc


def test_a_table_holds_every_value_as_paper_words_it() -> None:
    rows = [[cell.text for cell in row.cells] for row in word(REPORT).tables[1].rows][3:]
    assert rows == [
        ["Сельские школы"] * 7,
        ["Берёзовская СОШ", "1\u202f200", "40", "66,7", "−8,3", "01.09.2021", "Ниже плана"],
        ["Осиновская СОШ", "34", "7", "–", "+2,0", "", "Достигнуто"],
        ["Итого по району", "1\u202f234", "47", "", "", "", ""],
    ]


def test_rows_are_not_split() -> None:
    table = word(of(long_table(15))).tables[0]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_sheets_turn_and_numbers_begin_on_the_second() -> None:
    sections = word(REPORT).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert [round(section.page_width.mm) for section in sections if section.page_width] == [210, 297, 210]
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]
    assert "PAGE" in "".join(sections[0].header._element.itertext())
    assert not "".join(sections[0].first_page_header._element.itertext()).strip()
    first = sections[0]
    assert [round(side.mm) for side in (first.left_margin, first.right_margin, first.top_margin, first.bottom_margin)
            if side] == [30, 10, 20, 20]  # fmt: skip


def test_letters_are_times_new_roman_in_black() -> None:
    document = word(REPORT)
    for name in ("Normal", "Heading 1"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None


def test_a_chart_is_the_drawing_as_wide_as_the_text_and_can_be_heard() -> None:
    document = word(REPORT)
    (picture,) = document.inline_shapes
    section = document.sections[0]
    assert abs(picture.width - (section.page_width - section.left_margin - section.right_margin)) < Mm(1)
    told = picture._inline.docPr.get("descr").replace("\u00a0", " ")
    assert "2021: План 25, Факт 16,7; 2022: План 50, Факт –; 2023: План 75, Факт 80,5" in told
    (part,) = [part for part in document.part.package.iter_parts() if part.content_type == "image/x-emf"]
    assert part.blob[40:44] == b" EMF"
    left, top, right, foot = struct.unpack_from("<4i", part.blob, 24)
    assert abs((right - left) / (foot - top) - picture.width / picture.height) < 0.01


@pytest.mark.parametrize("form", ROADMAPS)
def test_roadmaps_hold_every_cell_in_its_column(form: str) -> None:
    document = build_roadmap(snapshot(form))
    stamps = sum(isinstance(block, Stamps) for block in document.blocks)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    read = [table for table in word(document).tables if table._tbl.tblPr.find(qn("w:tblBorders")) is not None]
    assert len(read) == len(tables) == len(word(document).tables) - stamps
    for table, found in zip(tables, read, strict=True):
        body = [[cell.text for cell in row.cells] for row in found.rows][-len(table.rows) :]
        for row, cells in zip(table.rows, body, strict=True):
            expected = [
                format_cell(cell, table.columns[0].format)
                for cell in row.cells
                for _ in range(len(table.columns) if row.band else cell.span)
            ]
            assert cells == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_come_out_as_typed(text: str) -> None:
    table = Table(text, (Column(text),), (Row((Cell(text),)),))
    document = replace(of(Title((text,)), Heading(text), Paragraph(text), table, Signature(text, text)), title=text)
    found = word(document)
    assert lines(found) == [text, text, text, f"{text}\t{text}"]
    assert [cell.text for row in found.tables[0].rows for cell in row.cells] == [text, text]
    assert found.core_properties.title == text


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    document = of(Paragraph("а\x00б\x1f"), Table("Т", (Column("в\x01"),), (Row((Cell("г\ud800"),)),)))
    found = word(document)
    assert lines(found) == ["аб"]
    assert [cell.text for row in found.tables[0].rows for cell in row.cells] == ["в", "г\ufffd"]
