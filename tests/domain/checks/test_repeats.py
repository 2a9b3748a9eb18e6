"""Rows that stand twice, and short names explained too late or for nothing."""

from typing import Any

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.roadmap import Item
from tests.domain.checks.plans import findings, only, plan, results_and_plan, row

SHORT = (Rule.ABBREVIATION_EARLY, Rule.ABBREVIATION_UNUSED)
FIRST = row("Мониторинг школьных сайтов", "1", term="2022", responsible="Отдел", expected="Справка")


@pytest.mark.parametrize(
    ("fields", "doubled"),
    [
        ({}, True),
        ({"title": "Мониторинг  школьных сайтов."}, True),
        ({"term": "2023"}, False),
        ({"expected": "Приказ"}, False),
        ({"responsible": "Школы"}, False),
        ({"title": "Мониторинг школьных страниц"}, False),
        ({"cancelled": True}, False),
    ],
)
def test_a_row_stands_twice_when_all_of_it_does(fields: dict[str, Any], doubled: bool) -> None:
    same: dict[str, Any] = {
        "title": FIRST.title, "number": "2", "term": "2022", "responsible": "Отдел", "expected": "Справка",
    }  # fmt: skip
    contents = plan(FIRST, row(**{**same, **fields}))
    assert [found.item_id for found in findings(contents, Rule.ROW_DOUBLED)] == ([2] if doubled else [])


def test_a_result_may_be_repeated_in_the_plan() -> None:
    rows = [row("Мониторинг школьных сайтов", "1", section_id=number) for number in (1, 2)]
    assert findings(plan(*rows, sections=results_and_plan()), Rule.ROW_DOUBLED) == []


@pytest.mark.parametrize(
    ("rows", "rule", "place"),
    [
        (
            [row("Сайты ОО", "1"), row("Школы (далее – ОО)", "2"), row("Курсы ОО", "3")],
            Rule.ABBREVIATION_EARLY,
            "строка 2, наименование",
        ),
        ([row("Школы (далее – ОО)", "1"), row("Сайты ООП", "2")], Rule.ABBREVIATION_UNUSED, "строка 1, наименование"),
        ([row("ОО, школы (далее – ОО)", "1")], Rule.ABBREVIATION_EARLY, "строка 1, наименование"),
    ],
)
def test_a_short_name_is_explained_late_or_for_nothing(rows: list[Item], rule: Rule, place: str) -> None:
    (found,) = findings(plan(*rows), *SHORT)
    assert (found.rule, found.place) == (rule, place)


@pytest.mark.parametrize(
    "rows",
    [
        [row("Школы (далее – ОО)", "1", responsible="руководители ОО")],
        [row("Школы (далее – ОО)", "1"), row("Сайты ОО", "2")],
        [row("Доля (далее – ЦОР) и доля ЦОР", "1")],
        [row("Школы (далее – ОО)", "1"), row("Организации (далее – ОО), ОО", "2")],
        [row("Школы (далее – школы)", "1")],
    ],
)
def test_a_short_name_explained_in_time_is_left_alone(rows: list[Item]) -> None:
    assert findings(plan(*rows), *SHORT) == []


def test_the_earlier_place_is_named() -> None:
    contents = plan(row("Сайты ОО", "1"), row("Школы (далее – ОО)", "2"))
    assert "строка 1, наименование" in only(contents, Rule.ABBREVIATION_EARLY).message
