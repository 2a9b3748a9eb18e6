"""The information-analytical report as real files, read back by other readers."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from cosdesk.domain.period import parse_period
from cosdesk.reports.analytical import build_analytical_report
from cosdesk.reports.document import Document
from cosdesk.reports.export import render
from cosdesk.reports.request import Request
from tests.reports import zarechny


@pytest.fixture(scope="module")
def document() -> Document:
    return build_analytical_report(zarechny.SNAPSHOT, Request(None, parse_period("2021-H1")))


def test_the_pdf_turns_its_sheets_for_the_annexes(document: Document) -> None:
    pages = PdfReader(BytesIO(render(document, "pdf"))).pages
    sideways = [page.mediabox.width > page.mediabox.height for page in pages]
    texts = [" ".join(page.extract_text().split()) for page in pages]
    first_annex = sideways.index(True)
    assert sideways == [False] * first_annex + [True] * (len(pages) - first_annex)
    assert "Начальник управления образования" in texts[first_annex - 1]
    assert "Приложение № 1" in texts[first_annex]
    whole = " ".join(texts)
    assert "исполнены 4 (66,7 %), из них 1 – с нарушением срока" in whole
    assert "1.3 «Договор с оператором заключён» (срок 30.04.2021, просрочка 61 день" in whole


def test_the_excel_twin_keeps_dates_and_numbers(document: Document) -> None:
    book = openpyxl.load_workbook(BytesIO(render(document, "xlsx")))
    names = book.sheetnames
    assert names[0] == "Отчёт"
    assert {"Сводные данные", "Показатели", "Исполнение", "Отклонения и риски"} <= set(names)
    cells = [cell for row in book["Исполнение"].iter_rows() for cell in row]
    assert datetime(2021, 2, 11) in [cell.value for cell in cells if cell.is_date]
    numbers = [cell.value for row in book["Показатели"].iter_rows() for cell in row if isinstance(cell.value, float)]
    assert any(abs(number - 200 / 3) < 1e-6 for number in numbers), "the share itself, not its printed rounding"
    words = [cell.value for row in book["Отчёт"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any("Из 6\u00a0сроков" in text for text in words)
