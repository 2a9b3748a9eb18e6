"""Promises for another territory than the district's own."""

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.checks.proofreading import mended
from cosdesk.domain.district import District
from tests.domain.checks.plans import findings, only, plan, row, share

NOBODY = District("")
OWN = "Школы, расположенные на территории Заречного района"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Школы на территории Приозёрной области, сайты", "Школы на территории Заречного района, сайты"),
        ("Школы на территорииПриозёрной области", "Школы на территории Заречного района"),
        ("Доля муниципальных образований Приозёрной области", "Доля муниципальных образований Заречного района"),
        ("Во всех школах Приозёрного края", "Во всех школах Заречного района"),
        ("Школы на территории Республики Приозёрье", "Школы на территории Заречного района"),
        ("Школы на территории Ольховского муниципального округа", "Школы на территории Заречного района"),
    ],
)
def test_a_promise_for_others_is_brought_home(text: str, expected: str) -> None:
    contents = plan(row(text, "1"))
    found = only(contents, Rule.OTHER_TERRITORY)
    assert mended(contents, [found]).items[0].title == expected


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "Школы на территории Заречного района Приозёрной области",
        "Школы на территории Заречного муниципального района",
        "Сведения внесены в систему «Образование Приозёрной области»",
        "Приказ Министерства образования Приозёрной области",
        "Программа «Дети на территории Приозёрной области»",
        "Семинары по образовательным зонам области",
    ],
)
def test_what_belongs_there_is_left_alone(text: str) -> None:
    assert findings(plan(row(text, "1")), Rule.OTHER_TERRITORY) == []


def test_the_district_is_read_from_the_title() -> None:
    contents = plan(row("Школы на территории Приозёрной области", "1"))
    found = only(contents, Rule.OTHER_TERRITORY, NOBODY)
    assert found.replacement == "Школы на территории Заречного района"


def test_without_a_name_nothing_is_put_in_its_place() -> None:
    contents = plan(row("Школы на территории Приозёрной области", "1"), title="План по проекту")
    assert only(contents, Rule.OTHER_TERRITORY, NOBODY).replacement is None
    assert only(contents, Rule.OTHER_TERRITORY, District("город Зареченск")).replacement is None


def test_a_region_may_promise_for_itself() -> None:
    item = row("Школы на территории Приозёрной области", "1")
    assert findings(plan(item), Rule.OTHER_TERRITORY, district=District("Приозёрная область")) == []
    regional = plan(item, title="План Приозёрной области")
    assert findings(regional, Rule.OTHER_TERRITORY, district=NOBODY) == []


def test_indicators_and_descriptions_are_read_too() -> None:
    contents = plan(
        row("Школы", "1", expected="Отчёт школ на территории Приозёрной области"),
        indicators=[share("Доля школ на территории Приозёрной области", y2021=5)],
    )
    found = findings(contents, Rule.OTHER_TERRITORY)
    assert [(f.item_id, f.indicator_id, f.field) for f in found] == [(1, None, "expected"), (None, 1, "title")]
