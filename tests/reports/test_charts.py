"""Charts as drawings: whole, within their sheet, told apart without colour; the same in the PDF and the metafile."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from cosdesk.reports.chart_drawing import Box, Drawing, Stroke, Words, chart_drawings, chart_in_words, draw_chart
from cosdesk.reports.document import Chart, Document, Series
from cosdesk.reports.emf import chart_metafile
from cosdesk.reports.pdf import render_pdf
from cosdesk.reports.pdf_chart import paper_lettering
from cosdesk.reports.typography import number

WIDTH = 480.0
CHART = Chart(
    "План и факт",
    ("2021", "2022", "2023"),
    (
        Series("План", (Decimal(25), Decimal(50), Decimal(75))),
        Series("Факт", (Decimal("16.7"), None, Decimal("80.5"))),
    ),
    "%",
)
LONG = replace(CHART, categories=tuple(f"{place}. Доля общеобразовательных организаций района" for place in range(3)))


def drawn(chart: Chart, width: float = WIDTH) -> Drawing:
    return draw_chart(chart, width, paper_lettering())


def words(drawing: Drawing) -> list[str]:
    return [shape.text.replace("\u00a0", " ") for shape in drawing.shapes if isinstance(shape, Words)]


def records(metafile: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record, as any reader of metafiles walks them."""
    at = 0
    while at < len(metafile):
        kind, size = struct.unpack_from("<2I", metafile, at)
        assert size % 4 == 0 and size >= 8
        yield kind, metafile[at : at + size]
        at += size
    assert at == len(metafile)


def texts_of(metafile: bytes) -> list[str]:
    found = []
    for kind, record in records(metafile):
        if kind == 84:
            count, at = struct.unpack_from("<2I", record, 44)
            found.append(record[at : at + 2 * count].decode("utf-16-le").replace("\u00a0", " "))
            (steps_at,) = struct.unpack_from("<I", record, 72)
            assert steps_at + 4 * count == len(record)
    return found


@pytest.mark.parametrize("chart", [CHART, LONG], ids=["standing", "lying"])
def test_the_metafile_says_what_the_drawing_does(chart: Chart) -> None:
    drawing = drawn(chart)
    metafile = chart_metafile(drawing, paper_lettering())
    kinds = [kind for kind, _ in records(metafile)]
    assert (kinds[0], kinds[-1]) == (1, 14)
    size, count = struct.unpack_from("<2I", metafile, 48)
    assert (size, count) == (len(metafile), len(kinds))
    assert texts_of(metafile) == words(drawing)
    assert kinds.count(54) == sum(isinstance(shape, Stroke) for shape in drawing.shapes)
    # What is made is dropped before the next is made: one handle serves all.
    made = [kind for kind in kinds if kind in (38, 39, 82, 40)]
    assert all(kind != 40 for kind in made[::2]) and all(kind == 40 for kind in made[1::2])


def test_the_pdf_says_the_same() -> None:
    page = PdfReader(BytesIO(render_pdf(Document("Отчёт", "отчёт", (CHART,))))).pages[0]
    shown = page.extract_text().replace("\u00a0", " ").split()
    wanted = [word for text in words(drawn(CHART)) for word in text.split()]
    assert sorted(shown) == sorted(wanted) and len(page.images) == 0


def test_series_are_told_apart_without_colour() -> None:
    drawing = drawn(CHART)
    filled = {shape.fill for shape in drawing.shapes if isinstance(shape, Box)}
    assert filled == {(0.72, 0.79, 0.88), (1.0, 1.0, 1.0)}
    slanting = [s for s in drawing.shapes if isinstance(s, Stroke) and s.x1 != s.x2 and s.y1 != s.y2]
    assert len(slanting) > 20


def test_one_series_needs_no_legend_and_a_goal_is_marked() -> None:
    one = replace(CHART, series=CHART.series[:1])
    assert "План" not in words(drawn(one)) and "План и факт, %" in words(drawn(one))
    thick = [s for s in drawn(replace(one, goal=Decimal(100))).shapes if isinstance(s, Stroke) and s.width == 1.0]
    assert thick and len({s.x1 for s in thick} | {s.x2 for s in thick}) == 1


def test_a_chart_taller_than_a_page_goes_on_without_losing_a_category() -> None:
    names = tuple(f"{place}. Доля общеобразовательных организаций района" for place in range(60))
    many = Chart("Много", names, (Series("Факт", tuple(map(Decimal, range(60)))),), "%")
    parts = chart_drawings(many, WIDTH, 700, paper_lettering())
    assert len(parts) > 1 and all(part.height <= 700 for part in parts)
    told = " ".join(" ".join(words(part)) for part in parts)
    assert all(f"{place}. Доля" in told for place in range(60))


def test_a_chart_can_be_heard() -> None:
    assert chart_in_words(CHART).replace("\u00a0", " ") == (
        "План и факт. 2021: План 25, Факт 16,7; 2022: План 50, Факт –; 2023: План 75, Факт 80,5"
    )


values = st.one_of(st.none(), st.decimals(-1_000_000, 1_000_000, allow_nan=False, places=1))


@given(
    st.lists(st.tuples(st.text(st.characters(blacklist_categories=("Cs",)), max_size=80), values, values), max_size=12),
    st.floats(150, 700),
)
def test_every_chart_stays_on_its_sheet_and_tells_every_value(
    rows: list[tuple[str, Decimal | None, Decimal | None]], width: float
) -> None:
    series = (Series("План", tuple(row[1] for row in rows)), Series("Факт", tuple(row[2] for row in rows)))
    drawing = drawn(Chart("Проверка", tuple(row[0] for row in rows), series), width)
    told = words(drawing)
    for row in rows:
        for value in row[1:]:
            assert (number(value).replace("\u00a0", " ") if value is not None else "–") in told
    for shape in drawing.shapes:
        if isinstance(shape, Stroke):
            assert min(shape.x1, shape.x2) >= -0.01 and max(shape.x1, shape.x2) <= width + 0.01
            assert min(shape.y1, shape.y2) >= -0.01 and max(shape.y1, shape.y2) <= drawing.height + 0.01
    list(records(chart_metafile(drawing, paper_lettering())))


def test_a_narrow_panel_tears_no_name_in_two() -> None:
    names = ("Соответствует", "Не соответствует")
    chart = Chart("", names, (Series("Школы", (Decimal(9), Decimal(3))),))
    assert {"Соответствует", "соответствует"} <= set(words(drawn(chart, 170)))
