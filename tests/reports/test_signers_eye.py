"""What a person who signs would send back: each fault once found while reading the papers from first page to last."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from cosdesk.domain.district import Snapshot
from cosdesk.domain.indicator import Actual
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.reports.catalog import report
from cosdesk.reports.document import (
    Cell,
    Chart,
    Column,
    Document,
    Executor,
    PageBreak,
    Paragraph,
    Row,
    Series,
    Signature,
    Table,
    Title,
)
from cosdesk.reports.export import render
from cosdesk.reports.references import in_order, row_references, unstopped
from cosdesk.reports.request import Request
from cosdesk.reports.typography import NBSP, bind_short_words, is_plural
from tests.reports import zarechny
from tests.reports.block_text import as_text

MONTHLY = Item(1, ItemKind.ACTIVITY, "Сверка", "7.5", term=Term("ежемесячно"), responsible=("Руководители школ",))


def built(report_id: str, snapshot: Snapshot, **asked: object) -> Document:
    known = report(report_id)
    request = Request(period=parse_period("2021-H1") if known.needs_period else None)
    return known.build(snapshot, replace(request, **asked))  # type: ignore[arg-type]


def of_items(*items: Item) -> Snapshot:
    return replace(zarechny.with_contents(items=items, indicators=()), executions=(), actuals=(), evidence=())


def table_of(document: Document, name: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.name == name)


# Words


def test_a_row_missed_each_month_is_told_once() -> None:
    text = as_text(built("analytical-report", of_items(MONTHLY)))
    assert text.count("7.5 «Сверка» (") == 1
    assert "(сроки 31.01.2021, 28.02.2021" in text and "наибольшая просрочка" in text
    assert "исполнители: Руководители школ" in text
    for name, table in (("minutes", "Поручения"), ("analytical-note", "Рекомендации")):
        rows = [row for row in table_of(built(name, of_items(MONTHLY)), table).rows if row.cells[1].value]
        assert len(rows) == 1


@pytest.mark.parametrize("name", ["analytical-report", "analytical-note", "minutes"])
def test_nothing_done_is_no_percent(name: str) -> None:
    text = as_text(built(name, of_items(MONTHLY)))
    assert "0 %" not in text and "0 из 0" not in text
    assert "ни один" in text


def test_of_nothing_the_summary_counts_no_parts() -> None:
    later = replace(MONTHLY, term=Term("до 1 сентября 2022 г."))
    rows = table_of(built("analytical-report", of_items(later)), "Сводные данные").rows
    assert [(row.cells[0].value, row.cells[1].value) for row in rows] == [
        ("Показатели, всего", 0), ("Сроки исполнения, наступившие в отчётном периоде", 0),
    ]  # fmt: skip


def test_sections_are_numbered_without_gaps() -> None:
    later = replace(MONTHLY, term=Term("до 1 сентября 2022 г."))
    text = as_text(built("analytical-note", of_items(later)))
    assert "Анализ и динамика" not in text and "4. Выводы" in text and "5. Рекомендации" in text
    text = as_text(built("analytical-report", of_items(MONTHLY), left_out=frozenset({"indicators"})))
    assert "2. Исполнение результатов" in text and "5. Предложения" in text


def test_annexes_are_told_with_the_sheets_they_have() -> None:
    document = built("analytical-report", zarechny.SNAPSHOT)
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(document, "pdf"))).pages]
    first = [number for number, page in enumerate(pages) if "Приложение №" in page.split("\n", 3)[0] + page[:60]]
    counted = [end - start for start, end in zip(first, [*first[1:], len(pages)], strict=True)]
    told = next(block.text for block in document.blocks if isinstance(block, Paragraph) and "Приложения:" in block.text)
    assert [f"на{NBSP}{number}{NBSP}л." in told.replace(" ", NBSP) for number in counted] == [True] * len(counted)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (ItemKind.ACTIVITY, "обеспечить исполнение мероприятия «Сверка»"),
        (ItemKind.MILESTONE, "обеспечить исполнение контрольной точки «Сверка»"),
        (ItemKind.RESULT, "обеспечить достижение результата «Сверка»"),
    ],
)
def test_a_letter_calls_a_row_what_it_is(kind: ItemKind, told: str) -> None:
    assert told in as_text(built("letter", of_items(replace(MONTHLY, kind=kind)), item_id=1))


def test_a_letter_names_people_in_their_cases() -> None:
    schools = (
        School(1, "МБОУ «Первая»", head="Рогова Светлана Игоревна"),
        School(2, "МБОУ «Вторая»", head="Дёмин Олег Анатольевич"),
        School(3, "МБОУ «Третья»"),
    )
    text = as_text(built("letters", replace(of_items(MONTHLY), schools=schools), item_id=1))
    assert "Уважаемая Светлана Игоревна!" in text and "Уважаемый Олег Анатольевич!" in text
    assert "Уважаемый руководитель!" in text
    assert "муниципальному координатору Петровой А.С." in text and "(Петрова" not in text


def test_a_long_title_is_no_heading_of_a_letter() -> None:
    long = replace(MONTHLY, title="Мониторинг " + "официальных сайтов школ " * 9)
    assert "Об исполнении пункта 7.5 плана мероприятий" in as_text(built("letter", of_items(long), item_id=1))
    assert "Об исполнении мероприятия плана" in as_text(built("letter", of_items(replace(long, number="")), item_id=1))


@pytest.mark.parametrize("name", ["row-plan", "event-report", "monitoring-note", "letter"])
def test_a_row_without_a_number_is_no_point(name: str) -> None:
    nameless = replace(MONTHLY, number="", title="Провести сверку " + "очень " * 20 + "важную")
    document = built(name, of_items(nameless), item_id=1)
    assert "пункта «" not in as_text(document) and "пункту «" not in as_text(document)
    assert len(document.file_name) < 110, "the title is shortened in the name of the file"


def test_a_long_title_is_shortened_where_it_still_tells_the_row() -> None:
    start = "Проведение городского обучающего семинара для педагогических работников "
    items = (
        Item(1, ItemKind.ACTIVITY, start + "первой школы"),
        Item(2, ItemKind.ACTIVITY, start + "второй школы"),
        Item(3, ItemKind.ACTIVITY, "Мониторинг обновления информации на сайтах образовательных организаций района"),
    )
    references = row_references(of_items(*items).roadmaps[0])
    assert references[3] == "«Мониторинг обновления информации на сайтах образовательных…»"
    assert references[1] != references[2] and references[1].endswith("первой школы»")


@pytest.mark.parametrize(
    ("text", "bare"),
    [("Проверка.", "Проверка"), ("сети и др.", "сети и др."), ("до 2021 г.", "до 2021 г."), ("и т. д.;", "и т. д.")],
)
def test_the_full_stop_of_an_abbreviation_stays(text: str, bare: str) -> None:
    assert unstopped(text) == bare


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("2020 – 15%\n2021 – 40%", "2020 – 15%, 2021 – 40%"),
        ("ежегодно\nСентябрь\nМарт", "ежегодно, Сентябрь, Март"),
        ("до 31\nдекабря 2020 г.", "до 31 декабря 2020 г."),
        ("разработка –\nМарт", "разработка – Март"),
    ],
)
def test_lines_of_a_term_are_told_apart(lines: str, told: str) -> None:
    assert in_order(lines) == told


@pytest.mark.parametrize(
    ("word", "many"), [("Руководители", True), ("классные", True), ("координатор", False), ("РМК", False)]
)
def test_a_group_is_many(word: str, many: bool) -> None:
    assert is_plural(word) is many


def test_short_words_do_not_end_a_line() -> None:
    assert bind_short_words("в районе и не до 5") == f"в{NBSP}районе и{NBSP}не{NBSP}до{NBSP}5"
    assert bind_short_words("срок 15 декабря") == f"срок 15{NBSP}декабря"


def test_a_title_is_not_torn_within_the_district() -> None:
    title = next(block for block in built("analytical-report", zarechny.SNAPSHOT).blocks if isinstance(block, Title))
    assert f"в{NBSP}Заречном{NBSP}районе" in " ".join(title.lines)


# Figures


def test_two_papers_tell_one_level() -> None:
    actuals = (Actual(1, 1, "2021-H1", numerator=Decimal(8), denominator=Decimal(12)),)
    snapshot = replace(zarechny.SNAPSHOT, actuals=actuals, today=date(2021, 7, 10))
    shown = table_of(built("analytical-report", snapshot), "Показатели")
    level = shown.rows[0].cells[[column.field for column in shown.columns].index("level")].value
    years = table_of(built("indicator-summary", snapshot), "По годам")
    place = next(n for n, column in enumerate(years.columns) if column.heading == "факт на 30.06.2021")
    assert years.columns[place].field == "", "a part of the year is no value of the year to be read back"
    assert years.rows[0].cells[place + 1].value == level


def test_schools_at_hand_leave_no_empty_rows() -> None:
    three = replace(zarechny.SNAPSHOT, schools=zarechny.SCHOOLS[:3])
    for name, table in (("appointment-order", "Список ответственных"), ("school-selection", "Выборка")):
        assert len(table_of(built(name, three), table).rows) == 3
        blank = table_of(built(name, replace(three, schools=())), table)
        assert len(blank.rows) > 5 and "файл" not in blank.empty


def test_a_chart_says_its_unit_once() -> None:
    chart = Chart("Соответствие", ("да", "нет"), (Series("Количество организаций", (3, 1)),), "организаций")
    book = openpyxl.load_workbook(BytesIO(render(Document("т", "т", (chart,)), "xlsx")))
    assert [cell.value for cell in book.worksheets[-1][1]] == ["Соответствие", "Количество организаций"]


# Sheets


def closed(rows: int) -> Document:
    """A table of that many rows, the signature and the executor's name."""
    table = Table("Т", (Column("а"),), tuple(Row((Cell(f"Строка {number}"),)) for number in range(rows)))
    signed = (Signature("Начальник", "И.И. Иванов"), Executor("Петрова", "2-11"))
    return Document("т", "т", (Title(("Справка",)), table, *signed))


@pytest.mark.parametrize("rows", range(30, 48))
def test_neither_signature_nor_executor_stands_on_a_sheet_alone(rows: int) -> None:
    last = PdfReader(BytesIO(render(closed(rows), "pdf"))).pages[-1].extract_text()
    assert "Строка" in last and "Иванов" in last and "Петрова" in last


def test_word_keeps_the_last_row_with_the_signature_and_makes_no_blank_sheet() -> None:
    table = Table("Т", (Column("а"),), (Row((Cell("1"),)), Row((Cell("2"),))))
    blocks = (table, PageBreak(landscape=True), table, Signature("Начальник", "И.И. Иванов"))
    body = docx.Document(BytesIO(render(Document("т", "т", blocks), "docx"))).element.body
    first, second = body.findall(qn("w:tbl"))
    rows = [list(each.iter(qn("w:tr"))) for each in (first, second)]
    kept = [[row.find(f".//{qn('w:keepNext')}") is not None for row in each] for each in rows]
    assert kept == [[True, False, False], [True, False, True]]  # the head row first
    after = first.getnext()
    assert after.find(f".//{qn('w:sectPr')}") is not None, "the section ends in the line after the table"
    assert after.find(f".//{qn('w:spacing')}").get(qn("w:line")) == "20", "a point tall"


def test_word_keeps_the_last_words_with_the_signatures_and_ends_with_its_last_table() -> None:
    words = (Paragraph("Первый."), Paragraph("Последний."))
    signed = (*words, Signature("Один", "И.И. Иванов"), Signature("Два", "П.П. Петров"))
    table = Table("Т", (Column("а"),), (Row((Cell("1"),)),))
    blocks = (*signed, PageBreak(), table)
    word = docx.Document(BytesIO(render(Document("т", "т", blocks), "docx")))
    kept = {each.text.split("\t")[0]: each.paragraph_format.keep_with_next for each in word.paragraphs if each.text}
    assert {name: bool(value) for name, value in kept.items()} == {
        "Первый.": False, "Последний.": True, "Один": True, "Два": False,
    }  # fmt: skip
    assert word.paragraphs[-1].text == "" and word.paragraphs[-1].paragraph_format.line_spacing.pt == 1
