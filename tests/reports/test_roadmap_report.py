"""The roadmap in each of the five forms: its whole tree as text, and the rules that the trees do not show.

The trees lie beside, in ``roadmap/``.  After a meant change run with COSDESK_ACCEPT=1 and read the difference.
"""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import Item, ItemKind, Part, RoadmapContents, Section, Stamp, StampKind, Term
from cosdesk.errors import UserError
from cosdesk.reports.document import Document, Row, Signature, Stamps, Table, Title
from cosdesk.reports.roadmap import build_roadmap, section_title, target_years
from tests.reports.block_text import as_text
from tests.reports.invented import DISTRICT, ROADMAPS, snapshot

TREES = Path(__file__).parent / "roadmap"


@pytest.mark.parametrize("form", ROADMAPS)
def test_tree(form: str) -> None:
    text = as_text(build_roadmap(snapshot(form)))
    tree = TREES / f"{form}.txt"
    if os.environ.get("COSDESK_ACCEPT"):
        tree.parent.mkdir(exist_ok=True)
        tree.write_text(text, encoding="utf-8")
    assert text == tree.read_text(encoding="utf-8")


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def printed(contents: RoadmapContents, district: District = DISTRICT) -> Document:
    return build_roadmap(Snapshot(district, (contents,)))


def rows_of(contents: RoadmapContents) -> tuple[Row, ...]:
    return tables(printed(contents))[-1].rows


@pytest.mark.parametrize("form", ROADMAPS)
def test_every_row_is_printed_once(form: str) -> None:
    """But for the heaped form, which prints a row an indicator."""
    contents = ROADMAPS[form]
    items = [i.id for i in contents.items if form != "indicator-activities" or i.parent_id is None]
    ids = [row.id for table in tables(build_roadmap(snapshot(form))) for row in table.rows]
    assert sorted(row_id for row_id in ids if row_id.startswith("item:")) == sorted(f"item:{i}" for i in items)


@pytest.mark.parametrize(
    ("wording", "value"),
    [
        ("31.12.2021", date(2021, 12, 31)),  # typed for Excel, printed the same
        ("31.12.2021 ", "31.12.2021 "),
        ("1.9.2021", "1.9.2021"),
        ("31.02.2021", "31.02.2021"),
        ("-", "-"),
        ("", ""),
        ("сентябрь", "сентябрь"),
    ],
)
def test_a_term_is_printed_as_it_came(wording: str, value: object) -> None:
    contents = ROADMAPS["results-plan"]
    item = replace(contents.items[0], term=Term(start="01.01.2021", end=wording))
    assert rows_of(replace(contents, items=(item,), indicators=()))[0].cells[3].value == value


def test_a_term_in_words_stands_over_both_columns() -> None:
    contents = ROADMAPS["results-plan"]
    item = replace(contents.items[0], term=Term("в течение года"))
    row = rows_of(replace(contents, items=(item,), indicators=()))[0]
    assert [(cell.value, cell.span) for cell in row.cells][2:4] == [("в течение года", 2), ("Петрова А.С.", 1)]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (Target("2021", Decimal(65), "65%"), "65%"),
        (Target("2021", Decimal(5), "Не менее 5%"), "Не менее 5%"),
        (Target("2021", Decimal("62.5"), "62,5"), Decimal("62.5")),
        (Target("2021", Decimal(17)), Decimal(17)),
    ],
)
def test_a_target_keeps_wording_that_says_more_than_the_number(target: Target, value: object) -> None:
    contents = ROADMAPS["three-part"]
    contents = replace(contents, indicators=(Indicator(1, "Доля", targets=(target,)),))
    indicators = tables(printed(contents))[0]
    assert indicators.columns[5].heading == "2021"
    assert indicators.rows[0].cells[5].value == value


def test_years_cover_the_plan_and_every_target() -> None:
    contents = ROADMAPS["three-part"]
    indicator = Indicator(1, "Доля", targets=(Target("2018", Decimal(1)), Target("2021-Q2", Decimal(1))))
    assert target_years(replace(contents, indicators=(indicator,))) == tuple(range(2018, 2025))


@pytest.mark.parametrize(
    ("number", "title", "printed"),
    [
        ("1", "Направление 1. Кадры", "Направление 1. Кадры"),
        ("Направление 1", "Кадры", "Направление 1. Кадры"),
        ("5", "Кадры", "5. Кадры"),
        ("5.", "Кадры", "5. Кадры"),
        ("", "Кадры", "Кадры"),
    ],
)
def test_a_section_is_numbered_once(number: str, title: str, printed: str) -> None:
    assert section_title(Section(1, number, title)) == printed


def test_children_stand_in_their_parents_section() -> None:
    contents = ROADMAPS["sections"]
    parent, child = contents.items[4], Item(99, ItemKind.ACTIVITY, "Ещё", parent_id=5)
    rows = rows_of(replace(contents, items=(contents.items[0], parent, child)))
    assert [row.id for row in rows] == ["section:1", "item:1", "section:2", "item:5", "item:99"]


def test_rows_of_a_part_that_the_form_has_not_are_in_the_plan() -> None:
    contents = ROADMAPS["three-part"]
    roadmap = replace(contents.roadmap, form="results-plan")
    plan = tables(printed(replace(contents, roadmap=roadmap)))[0]
    assert {row.id for row in plan.rows} == {f"item:{item.id}" for item in contents.items}


def test_a_part_without_rows_is_left_out() -> None:
    contents = replace(ROADMAPS["three-part"], indicators=(), items=(), sections=())
    document = printed(contents)
    assert [table.name for table in tables(document)] == ["Показатели", "Дорожная карта"]  # the first holds the goal
    contents = replace(contents, roadmap=replace(contents.roadmap, goal=""))
    assert [table.name for table in tables(printed(contents))] == ["Дорожная карта"]


def test_an_empty_title_comes_from_the_form() -> None:
    contents = ROADMAPS["controlled"]
    document = printed(replace(contents, roadmap=replace(contents.roadmap, title="")))
    title = next(block for block in document.blocks if isinstance(block, Title))
    assert title.lines[-1] == "на территории Заречного района в 2021–2023 гг."


def test_braces_typed_by_the_user_stay() -> None:
    contents = ROADMAPS["sections"]
    document = printed(replace(contents, roadmap=replace(contents.roadmap, title="План {years} {0}")))
    assert document.title == "План {years} {0}"


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава", "А.Б. Берёзкин", date(2021, 1, 11)), ("11.01.2021", True)),
        (Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава"), ("«____» ______________ 20___ г.", True)),
        (
            Stamp(1, StampKind.APPROVED, "УТВЕРЖДЕН", on=date(2021, 1, 11), act="приказом от 11.01.2021 № 14"),
            ("", False),
        ),
        (Stamp(1, StampKind.APPROVED, "УТВЕРЖДЕНА", "главой", on=date(2021, 1, 11)), ("11.01.2021", False)),
    ],
)
def test_who_signs_a_stamp_and_when(stamp: Stamp, expected: tuple[str, bool]) -> None:
    document = printed(replace(ROADMAPS["sections"], stamps=(stamp,)))
    block = next(block for block in document.blocks if isinstance(block, Stamps)).right[0]
    assert (block.date_text, block.sign) == expected


def test_a_roadmap_without_stamps_is_signed_by_the_head() -> None:
    district = replace(DISTRICT, head_position="Начальник управления", head_name="Кузнецов Иван Владимирович")
    document = printed(ROADMAPS["three-part"], district)
    assert document.blocks[-1] == Signature("Начальник управления", "И.В.\u00a0Кузнецов")
    assert not any(isinstance(block, Signature) for block in printed(ROADMAPS["sections"], district).blocks)


def test_the_proposed_file_name_fits_every_system() -> None:
    document = printed(ROADMAPS["sections"], replace(DISTRICT, name='Заречный: "новый" район/округ'))
    assert document.file_name == "Дорожная карта – Заречный новый район округ"


def test_the_roadmap_asked_for_is_printed() -> None:
    contents = ROADMAPS["sections"]
    second = replace(contents, roadmap=replace(contents.roadmap, id=2, title="Вторая"))
    both = Snapshot(DISTRICT, (contents, second))
    assert build_roadmap(both, 2).title == "Вторая"
    assert build_roadmap(both).title.startswith("Муниципальный план")
    with pytest.raises(UserError, match="номером 3"):
        build_roadmap(both, 3)
    with pytest.raises(UserError, match="ещё нет"):
        build_roadmap(Snapshot(DISTRICT))


def test_results_without_bands_keep_their_own_part() -> None:
    results, plan = tables(build_roadmap(snapshot("three-part")))[1:]
    assert [row.id for row in results.rows] == ["item:11", "item:12"]
    assert not any(row.band for row in (*results.rows, *plan.rows))
    assert ROADMAPS["three-part"].sections[0].part is Part.RESULTS


def test_several_sections_keep_their_titles_in_a_form_without_bands() -> None:
    contents = ROADMAPS["sections"]
    roadmap = replace(contents.roadmap, form="results-plan")
    plan = tables(printed(replace(contents, roadmap=roadmap)))[0]
    assert [row.id for row in plan.rows if row.band] == [f"section:{section.id}" for section in contents.sections]


def test_an_unnamed_project_is_a_line_to_fill_by_hand() -> None:
    contents = ROADMAPS["results-plan"]
    document = printed(replace(contents, roadmap=replace(contents.roadmap, project="", title="")))
    texts = [line for block in document.blocks if isinstance(block, Title) for line in block.lines]
    assert any("«__________»" in line for line in texts)
    assert not any("«»" in line for line in texts)
