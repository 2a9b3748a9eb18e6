"""Excel files read back: true dates and numbers, one header row, live totals, nothing taken for a formula."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cosdesk.reports.document import (
    Cell,
    Column,
    Document,
    Executor,
    Format,
    Heading,
    Paragraph,
    Row,
    Signature,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.measure import count_lines
from cosdesk.reports.roadmap import build_roadmap
from cosdesk.reports.xlsx import render_xlsx
from tests.reports.blocks import HOSTILE, REPORT, SCHOOLS, long_table, of
from tests.reports.invented import ROADMAPS, snapshot


def book(document: Document) -> Workbook:
    return load_workbook(BytesIO(render_xlsx(document)))


def values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def all_texts(workbook: Workbook) -> list[str]:
    return [str(cell) for sheet in workbook.worksheets for row in values(sheet) for cell in row if cell is not None]


def test_a_report_is_a_sheet_of_text_and_a_sheet_a_table() -> None:
    workbook = book(REPORT)
    assert workbook.sheetnames == ["Текст отчёта", "Школы", "План и факт", "Пустая"]
    text = "\n".join(all_texts(workbook)[:20])
    for words in ("Отчёт\nо школах", "1. Общие сведения", "Первый абзац отчёта.", "Таблица: лист «Школы»", "Берёзкин"):
        assert words in text
    links = [cell.hyperlink for row in workbook["Текст отчёта"].iter_rows() for cell in row if cell.hyperlink]
    assert [link.location or link.target for link in links] == ["#'Школы'!A1", "#'План и факт'!A1", "#'Пустая'!A1"]
    assert workbook["Пустая"]["A2"].value == "Замечаний нет."
    assert workbook.properties.title == "Отчёт о школах"


def test_values_keep_their_types_and_formats() -> None:
    sheet = book(REPORT)["Школы"]
    assert [cell.value for cell in sheet[1]] == [
        "Школа", "На начало года: Обучающихся", "На начало года: Педагогов", "Доля, %", "Отклонение, п.п.", "Дата",
        "Статус", "id",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]] == ["Сельские школы", *[None] * 6, "section:1 1+7"]
    assert [cell.value for cell in sheet[3]] == [
        "Берёзовская СОШ", 1200, 40, 66.7, -8.3, datetime(2021, 9, 1), "Ниже плана", "school:1",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == ["Осиновская СОШ", 34, 7, "–", 2.04, None, "Достигнуто", "school:2"]
    formats = [cell.number_format for cell in sheet[3]]
    assert formats[1:6] == ["#,##0", "#,##0", "#,##0.0", '+#,##0.0;"−"#,##0.0;0.0', "DD.MM.YYYY"]
    assert sheet["G3"].fill.fgColor.rgb == "00FFEDC9"


def test_totals_are_live_formulas_below_the_data() -> None:
    sheet = book(REPORT)["Школы"]
    assert [sheet.cell(5, column).value for column in (1, 2, 3)] == [
        "Итого по району", "=SUM(B2:B4)", "=SUM(C2:C4)",
    ]  # fmt: skip
    assert sheet["B5"].data_type == "f"


def test_the_sheet_is_ready_for_work_and_print() -> None:
    sheet = book(REPORT)["Школы"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["H"].hidden
    assert not sheet.merged_cells.ranges
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert "$G$" in str(sheet.print_area) and "$H$" not in str(sheet.print_area)


def test_the_chart_is_excels_own_over_its_numbers() -> None:
    sheet = book(REPORT)["План и факт"]
    assert values(sheet)[:4] == [
        ["План и факт", "План, %", "Факт, %"], ["2021", 25, 16.7], ["2022", 50, None], ["2023", 75, 80.5],
    ]  # fmt: skip
    with ZipFile(BytesIO(render_xlsx(REPORT))) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert "barChart" in chart and "pattFill" in chart
    assert "'План и факт'!$B$2:$B$4" in chart
    assert '<delete val="1"' not in chart


@pytest.mark.parametrize("form", ROADMAPS)
def test_a_roadmap_is_a_sheet_a_part_with_its_text_above(form: str) -> None:
    document = build_roadmap(snapshot(form))
    workbook = book(document)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert workbook.sheetnames == [table.name for table in tables]
    for sheet, table in zip(workbook.worksheets, tables, strict=True):
        head = int(str(sheet.freeze_panes)[1:]) - 1
        assert sheet.cell(head, 1).value == table.columns[0].heading
        assert all(merged.max_row < head for merged in sheet.merged_cells.ranges)
        assert sheet.page_setup.orientation == "landscape"
        id_column = len(table.columns) + 1
        ids = [sheet.cell(line, id_column).value for line in range(head + 1, sheet.max_row + 1)]
        assert [str(row_id).split(" ")[0] for row_id in ids] == [row.id for row in table.rows]
        for line, row in enumerate(table.rows, head + 1):
            typed = [sheet.cell(line, column).value for column in range(1, id_column)]
            wanted = [cell.value for cell in row.cells if cell.value not in (None, "")]
            assert [str(value) for value in typed if value is not None] == [_as_read(value) for value in wanted]
    first = workbook.worksheets[0]
    above = "\n".join(str(cell) for row in values(first) for cell in row if cell is not None)
    title = next(block for block in document.blocks if isinstance(block, Title))
    assert "\n".join(title.lines) in above
    for stamps in (block for block in document.blocks if isinstance(block, Stamps)):
        for stamp in (*stamps.left, *stamps.right):
            assert stamp.heading in "\n".join(all_texts(workbook))


def _as_read(value: object) -> str:
    if isinstance(value, Decimal):
        return str(float(value)) if value % 1 else str(int(value))
    return str(value) + " 00:00:00" if hasattr(value, "year") else str(value)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    table = Table(text, (Column(text),), (Row((Cell(text),), id=text), Row((Cell(text),), band=True)))
    document = of(Title((text,)), Heading(text), Paragraph(text), table, Signature(text, text), Executor(text, text))
    workbook = book(replace(document, title=text, author=text))
    rows = [row for sheet in workbook.worksheets for row in sheet.iter_rows()]
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert sum(cell.value == text for cell in cells) >= 9
    assert {cell.data_type for cell in cells} == {"s"}
    if text[0] in "=+-@":  # typed over in Excel, it would become a formula but for this mark
        assert all(cell.quotePrefix for cell in cells if cell.value == text)


def test_a_text_longer_than_a_cell_goes_on_visibly() -> None:
    text = "".join(chr(0x430 + n % 32) for n in range(70_000))
    table = Table("Т", (Column("№"), Column("Текст")), (Row((Cell("1"), Cell(text)), id="item:1"), Row((Cell("2"),))))
    sheet = book(of(table)).worksheets[0]
    rows = values(sheet)[1:]
    assert [row[0] for row in rows if row[0]] == ["1", "2"] == [rows[0][0], rows[-1][0]]
    assert [row[2] for row in rows if row[2]] == ["item:1"] == [rows[0][2]]
    pieces = [str(row[1]) for row in rows[:-1]]
    assert all(len(piece) <= 32_767 for piece in pieces)
    assert all(piece.endswith("(продолжение в следующей строке)") for piece in pieces[:-1])
    joined = "".join(
        piece.removeprefix("(продолжение) ").removesuffix(" … (продолжение в следующей строке)") for piece in pieces
    )
    assert joined == text


def test_characters_that_excel_cannot_hold_are_left_out() -> None:
    table = Table("\x01Лист", (Column("а\x00б"),), (Row((Cell("в\x0bг\x1f\ud800\tд"),)),))
    sheet = book(of(table)).worksheets[0]
    assert (sheet.title, sheet["A1"].value, sheet["A2"].value) == ("Лист", "аб", "в\nг\ufffd д")


@pytest.mark.parametrize(
    ("names", "sheets"),
    [
        (("План", "план"), ["План", "план (2)"]),
        (("Дорожная карта [2021/2024]: все?",), ["Дорожная карта  2021 2024   все"]),
        (("А" * 40, "А" * 40), ["А" * 31, "А" * 27 + " (2)"]),
        (("", "'"), ["Лист", "Лист (2)"]),
    ],
)
def test_sheet_names_suit_excel(names: tuple[str, ...], sheets: list[str]) -> None:
    tables = [Table(name, (Column("а"),), (Row((Cell("б"),)),)) for name in names]
    assert book(of(*tables)).sheetnames == sheets


def test_rows_are_tall_enough_for_their_text() -> None:
    sheet = book(of(long_table(12, 40), landscape=True)).worksheets[0]
    for line in range(2, sheet.max_row + 1):
        text, width = str(sheet.cell(line, 2).value), sheet.column_dimensions["B"].width
        least = -(-len(text) // int(width * 1.35))  # letters a line holds at most
        assert sheet.row_dimensions[line].height >= min(409, least * 14)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("а\nб", 10, 2), ("слово слово", 8, 2), ("а" * 100, 11, 10), ("слово", 40, 1), ("а " * 40, 21, 4)],
)
def test_lines_are_estimated(text: str, width: float, lines: int) -> None:
    assert abs(count_lines(text, width) - lines) <= (1 if lines > 3 else 0)


def test_a_document_without_a_table_is_one_sheet() -> None:
    workbook = book(of(Title(("Письмо",)), Paragraph("Текст письма."), Signature("Начальник", "И.В. Кузнецов")))
    assert workbook.sheetnames == ["Проба"]
    assert all_texts(workbook) == ["Письмо", "Текст письма.", "Начальник", "И.В. Кузнецов"]


def test_decimals_lose_nothing() -> None:
    rows = (Row((Cell(Decimal("62.50")),)), Row((Cell(Decimal("0.125")),)))
    sheet = book(of(Table("Т", (Column("Значение", format=Format.NUMBER),), rows))).worksheets[0]
    assert [(sheet[name].value, sheet[name].number_format) for name in ("A2", "A3")] == [
        (62.5, "#,##0.0"), (0.125, "#,##0.000"),
    ]  # fmt: skip


def test_the_table_after_text_keeps_all_of_it_and_text_after_the_last_table_follows() -> None:
    document = of(Heading("Выше"), SCHOOLS, Paragraph("Ниже"), Executor("Петрова А.С.", "2-11-22"))
    texts = all_texts(book(document))
    assert texts[0] == "Выше"
    assert texts[-2:] == ["Ниже", "Петрова А.С.\n2-11-22"]


def closing(rows: int) -> Worksheet:
    """A landscape register of so many rows, signed, with its executor."""
    lines = tuple(Row((Cell(number), Cell("а"))) for number in range(rows))
    table = Table("Реестр", (Column("№"), Column("Школа", width=5)), lines)
    signed = Signature("Начальник управления", "И.В. Кузнецов")
    return book(of(table, signed, Executor("Петрова А.С.", "2-11-22"), landscape=True)).worksheets[0]


def test_the_executor_stands_on_no_page_of_his_own() -> None:
    """Lengths at which a page ends among the closing lines, and only those, are fitted to the pages before."""
    pages = {rows: closing(rows).page_setup.fitToHeight for rows in range(10, 56)}
    fitted = [rows for rows, height in pages.items() if height]
    assert {pages[rows] for rows in fitted} == {1, 2} and len(fitted) < 24
    first = [rows for rows in fitted if pages[rows] == 1]
    assert first == list(range(first[0], first[-1] + 1))


def test_a_long_text_below_a_table_is_not_squeezed() -> None:
    table = Table("Реестр", (Column("Школа"),), tuple(Row((Cell("а"),)) for _ in range(30)))
    sheet = book(of(table, *(Paragraph("слово " * 300) for _ in range(6)))).worksheets[0]
    assert sheet.page_setup.fitToHeight in (0, None)
