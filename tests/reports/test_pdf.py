"""PDF files read back by another reader: what is on which page, in which order, and nothing lost."""

import re
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from cosdesk.reports.document import (
    Cell,
    Chart,
    Column,
    Document,
    Executor,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Series,
    Signature,
    Table,
    Title,
)
from cosdesk.reports.pdf import render_pdf
from cosdesk.reports.pdf_text import serif
from cosdesk.reports.roadmap import build_roadmap
from tests.reports.blocks import CHART, HOSTILE, REPORT, long_table, of
from tests.reports.invented import ROADMAPS, snapshot

MILLIMETRE = 72 / 25.4


def pages(document: Document) -> list[PageObject]:
    return list(PdfReader(BytesIO(render_pdf(document))).pages)


def texts(document: Document) -> list[str]:
    """Each page's words, one blank between them."""
    return [" ".join(page.extract_text().split()) for page in pages(document)]


def squeezed(text: str) -> str:
    """Without blanks: a reader cannot tell where a broken word goes on."""
    return re.sub(r"\s", "", text)


def places(page: PageObject) -> list[tuple[float, float, str]]:
    """Every run of text with the point where it begins."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, _transform: object, matrix: list[float], *_others: object) -> None:
        if text.strip():
            found.append((matrix[4], matrix[5], text.strip()))

    page.extract_text(visitor_text=visit)
    return found


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_pdf(REPORT) == render_pdf(REPORT)


def test_fonts_are_embedded_and_the_file_is_described() -> None:
    reader = PdfReader(BytesIO(render_pdf(REPORT)))
    fonts = {str(font["/BaseFont"]): font for page in reader.pages
             for font in (ref.get_object() for ref in page["/Resources"]["/Font"].values())
             if font["/Subtype"] == "/TrueType"}  # fmt: skip
    assert {name.split("+")[1] for name in fonts} == {"LiberationSerif", "LiberationSerif-Bold"}
    assert all("/FontFile2" in font["/FontDescriptor"] and "/ToUnicode" in font for font in fonts.values())
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Отчёт о школах", "Управление образования")


def test_all_blocks_are_there_in_order() -> None:
    text = " ".join(texts(REPORT))
    expected = [
        "Отчёт о школах", "1. Общие сведения", "Первый абзац отчёта.", "Вторая строка.", "Сельские школы",
        "Берёзовская СОШ", "66,7", "−8,3", "01.09.2021", "Ниже плана", "Осиновская СОШ", "–", "+2,0",
        "Итого по району", "План и факт, %", "16,7", "Мелкое примечание.", "Приложение", "Замечаний нет.",
        "Начальник управления образования", "И.В. Кузнецов", "Петрова Анна Сергеевна", "8 (35300) 2-11-22",
    ]  # fmt: skip
    position = 0
    for words in expected:
        position = text.find(words, position)
        assert position >= 0, words
    assert "1\u202f234" in text.replace(" ", "\u202f")  # the sum of 1200 and 34


def test_stamps_stand_on_one_level_left_and_right() -> None:
    found = {text: (x, y) for x, y, text in places(pages(REPORT)[0])}
    left, right = found["СОГЛАСОВАНО"], found["УТВЕРЖДАЮ"]
    assert left[1] == right[1]
    assert left[0] == pytest.approx(30 * MILLIMETRE, abs=0.1)
    assert right[0] == pytest.approx(120 * MILLIMETRE, abs=0.1)


def test_page_numbers_begin_on_the_second_page_in_the_top_margin() -> None:
    found = pages(of(long_table(60), landscape=True))
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        height, width = float(page.mediabox.height), float(page.mediabox.width)
        top = [text for x, y, text in places(page) if y > height - 28 * MILLIMETRE and abs(x - width / 2) < 10]
        assert top == ([] if number == 1 else [str(number)])
        assert all(y < height - 10 * MILLIMETRE for _, y, _ in places(page))


@pytest.mark.parametrize(
    ("landscape", "margins"),  # left, right, top, bottom in millimetres
    [(False, (30, 10, 20, 20)), (True, (20, 20, 30, 10))],
)
def test_margins(landscape: bool, margins: tuple[int, int, int, int]) -> None:
    page = pages(of(long_table(30), landscape=landscape))[1]
    left, right, top, bottom = (margin * MILLIMETRE for margin in margins)
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    assert (round(width / MILLIMETRE), round(height / MILLIMETRE)) == ((297, 210) if landscape else (210, 297))
    below = [(x, y) for x, y, _ in places(page) if y < height - top]
    assert min(x for x, _ in below) >= left
    assert max(x for x, _ in below) <= width - right
    assert min(y for _, y in below) >= bottom
    assert len(below) > 20


def test_heads_and_column_numbers_repeat_on_every_page() -> None:
    found = texts(of(long_table(60)))
    assert len(found) > 3
    for text in found:
        assert re.search(r"№ п/п Мероприятие Срок 1 2 3", text)


def test_rows_are_whole_and_none_is_lost() -> None:
    found = texts(of(long_table(80)))
    for number in range(1, 81):
        assert [f"начало{number} " in text for text in found].count(True) == 1
        assert [f"конец{number} " in text for text in found] == [f"начало{number} " in text for text in found]


def test_a_band_is_never_the_last_on_a_page() -> None:
    rows: list[Row] = []
    for number in range(1, 80):
        rows += [Row((Cell(f"Направление {number}"),), band=True), Row((Cell(f"{number}."), Cell("Мероприятие")))]
    table = Table("План", (Column("№"), Column("Мероприятие", width=5)), tuple(rows))
    for lines in range(8):  # where the first page ends, differs by less than a row
        found = texts(of(*[Paragraph("Строка", small=True)] * lines, table))
        assert len(found) > 2
        for text in found[:-1]:
            assert not re.search(r"Направление \d+(?: \d+)?$", text)  # the page's number is read last


def test_a_row_taller_than_a_page_goes_on_on_the_next_one() -> None:
    words = [f"слово{number}" for number in range(3000)]
    columns = (Column("№", width=0.3), Column("Текст", width=2))
    table = Table("План", columns, (Row((Cell("1."), Cell(" ".join(words)))),))
    found = texts(of(table))
    assert len(found) > 2
    assert all(text.removeprefix(f"{n} ").startswith("№ Текст") for n, text in enumerate(found, 1))
    assert [word for text in found for word in re.findall(r"слово\d+", text)] == words


def test_a_heading_stays_with_what_follows() -> None:
    filler = [Paragraph(f"Строка {number}.", indent=False) for number in range(200)]
    for lines in range(34, 44):
        for follower in (Paragraph("Первая строка раздела."), long_table(3)):
            for text in texts(of(*filler[:lines], Heading("Раздел"), follower)):
                assert not re.search(r"Раздел(?: \d+)?$", text)


def test_a_signature_is_never_alone_on_a_page() -> None:
    for lines in range(34, 46):
        filler = [Paragraph(f"Строка {number}.", indent=False) for number in range(lines)]
        last = texts(of(*filler, Signature("Начальник", "И.В. Кузнецов")))[-1]
        assert "Строка" in last
    for rows in range(20, 32):
        last = texts(of(long_table(rows, 6), Signature("Начальник", "И.В. Кузнецов")))[-1]
        assert "начало" in last


def test_the_name_is_flush_right_on_the_last_line_of_the_position() -> None:
    page = pages(of(Signature("Начальник управления образования " * 3, "И.В. Кузнецов")))[0]
    found = places(page)
    name = next(run for run in found if run[2] == "И.В. Кузнецов")
    right_edge = float(page.mediabox.width) - 10 * MILLIMETRE
    assert name[0] + serif().width("И.В. Кузнецов", 13) == pytest.approx(right_edge, abs=1)
    assert name[1] == min(y for _, y, _ in found)


def test_the_executor_is_at_the_foot_of_the_last_page() -> None:
    page = pages(of(Paragraph("Текст."), Executor("Петрова А.С.", "2-11-22")))[-1]
    found = {text: y for _, y, text in places(page)}
    assert found["2-11-22"] < 24 * MILLIMETRE
    assert found["Петрова А.С."] > found["2-11-22"]


def test_orientation_turns_and_no_empty_page_is_left() -> None:
    document = of(PageBreak(True), Title(("Титул",)), PageBreak(), Paragraph("а"), PageBreak(False), Paragraph("б"))
    sizes = [float(page.mediabox.width) > float(page.mediabox.height) for page in pages(document)]
    assert sizes == [True, True, False]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_comes_out_as_typed(text: str) -> None:
    rows = (Row((Cell(text), Cell(text))), Row((Cell(text),), band=True))
    table = Table(text, (Column(text, text), Column("б", text)), rows)
    document = of(
        Title((text,)), Heading(text), Paragraph(text), table, Chart(text, (text,), (Series(text, (None,)),), text),
        Signature(text, text), Executor(text, text),
    )  # fmt: skip
    document = replace(document, title=text, author=text)
    assert squeezed(" ".join(texts(document))).count(squeezed(text)) >= 12


def test_a_hundred_kilobytes_without_a_blank_take_under_three_seconds() -> None:
    word = "абвгд" * 20_000
    table = Table("Т", (Column("№", width=0.2), Column("Текст")), (Row((Cell("1"), Cell(word))),))
    started = time.perf_counter()
    content = render_pdf(of(Paragraph(word), table))
    assert time.perf_counter() - started < 3
    found = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert squeezed(found).count("абвгд") >= 2 * 20_000 - 400  # but for those that a page's end parts


def test_a_narrow_column_takes_room_instead_of_breaking_words() -> None:
    columns = (Column("Ответственный исполнитель", width=0.1), *(Column(str(2018 + n)) for n in range(8)))
    row = Row((Cell("Администрация"), *(Cell("100") for _ in range(8))))
    words = texts(of(Table("Т", columns, (row,))))[0].split()
    assert {"Ответственный", "исполнитель", "Администрация", "2025", "100"} <= set(words)


def test_letters_shrink_to_nine_points_and_no_further() -> None:
    columns = tuple(Column("Образовательная") for _ in range(9))
    table = Table("Т", columns, (Row(tuple(Cell("организация") for _ in range(9))),))
    content = b"".join(page.get_contents().get_data() for page in pages(of(table, landscape=False)))
    sizes = {float(size) for size in re.findall(rb"/F\d\+\d ([\d.]+) Tf", content)}
    assert sizes == {9.0}


@settings(max_examples=25)
@given(st.lists(st.text("абв -/«»№.\n1", max_size=60), min_size=1, max_size=6), st.integers(1, 6))
def test_no_character_is_lost_whatever_the_widths(cells: list[str], columns: int) -> None:
    table = Table(
        "Т",
        tuple(Column("", width=1 + n) for n in range(columns)),
        tuple(Row((Cell(text),) * columns) for text in cells),
        head=False,
    )
    drawn = squeezed(" ".join(texts(of(table))))
    assert sorted(drawn) == sorted(squeezed("".join(cells)) * columns)


def test_rare_letters_beyond_one_subset_are_drawn() -> None:
    alphabet = "".join(chr(code) for code in range(0x400, 0x4FF)) + "абв"
    shown = "".join(char for char in alphabet if ord(char) in serif().font.face.charToGlyph)
    assert len(shown) > 200
    drawn = squeezed(" ".join(texts(of(Paragraph(shown + " слово " + shown)))))
    assert drawn == shown + "слово" + shown


@pytest.mark.parametrize("categories", [3, 14, 60])
def test_charts_show_every_category_and_value(categories: int) -> None:
    names = tuple(f"Показатель-{n} с довольно длинным названием" for n in range(categories))
    chart = replace(CHART, categories=names, series=(Series("План", CHART.series[0].values[:1] * categories),))
    found = " ".join(texts(of(chart)))
    assert set(re.findall(r"Показатель-\d+", found)) == {f"Показатель-{n}" for n in range(categories)}
    assert len(re.findall(r"\b25\b", found)) >= categories


@pytest.mark.parametrize("values", [(None, None, None), (0, 0, 0), (-5, 3, 0)])
def test_charts_bear_missing_zero_and_negative_values(values: tuple[int | None, ...]) -> None:
    series = Series("Факт", tuple(None if value is None else Decimal(value) for value in values))
    found = texts(of(replace(CHART, series=(series,))))[0]
    assert "План и факт, %" in found
    assert ("−5" in found) == (-5 in values)


@pytest.mark.parametrize("form", ROADMAPS)
def test_roadmaps_hold_every_cell(form: str) -> None:
    document = build_roadmap(snapshot(form))
    drawn = squeezed(" ".join(texts(document)))
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if isinstance(cell.value, str):
                        assert squeezed(cell.value) in drawn
