"""Terms: wrong, absent, outside the parent's time or the plan's years."""

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.roadmap import Item, ItemKind
from tests.domain.checks.plans import findings, only, plan, row

PARENT = row("Результат", "1", start="01.01.2022", end="31.12.2022")
TIME = (
    Rule.END_BEFORE_START,
    Rule.NO_SUCH_DATE,
    Rule.TERM_NOT_UNDERSTOOD,
    Rule.OUTSIDE_PARENT,
    Rule.OUTSIDE_PLAN,
    Rule.MILESTONE_UNDATED,
    Rule.TERM_MISSING,
)


def child(**fields: str) -> Item:
    return row("Работа", "1.1", parent_id=1, **fields)


@pytest.mark.parametrize(
    ("item", "rule", "told"),
    [
        (row(start="10.10.2022", end="01.10.2022"), Rule.END_BEFORE_START, "окончание раньше начала"),
        (row(term="31.02.2022"), Rule.NO_SUCH_DATE, "31.02.2022"),
        (row(term="когда закончат"), Rule.TERM_NOT_UNDERSTOOD, "«когда закончат»"),
        (row(term="24.04.2019"), Rule.OUTSIDE_PLAN, "24.04.2019 – раньше 2021 года"),
        (row(term="С 2019 года"), Rule.OUTSIDE_PLAN, "раньше 2021"),
        (row(start="01.09.2024", end="01.09.2034"), Rule.OUTSIDE_PLAN, "позже 2024"),
    ],
)
def test_a_wrong_term_is_told(item: Item, rule: Rule, told: str) -> None:
    (found,) = findings(plan(item), *TIME)
    assert found.rule is rule
    assert told in found.message
    assert found.replacement is None


@pytest.mark.parametrize(
    "item",
    [
        row(term="сентябрь, в течение года"),
        row(term="по мере необходимости"),
        row(term="2023/2024 учебный год"),
        row(term="2024/2025 учебный год"),
        row(term="до 25.12.2024"),
        row(term="ежеквартально до 10 числа месяца, следующего за отчетным"),
        row(term="2022 – 15% 2023 – 30%", kind=ItemKind.INDICATOR),
        row(term="24.04.2019", cancelled=True),
        row(term="загадочно", reading="2022"),
    ],
)
def test_a_sound_term_is_left_alone(item: Item) -> None:
    assert findings(plan(item), *TIME) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"start": "01.03.2022", "end": "01.02.2023"}, "кончается 01.02.2023, а у вышестоящей (строка 1) – 31.12.2022"),
        ({"start": "01.12.2021", "end": "01.02.2022"}, "начинается 01.12.2021"),
        ({"end": "01.02.2023"}, "кончается 01.02.2023"),
        ({"term": "2023 год"}, "кончается 31.12.2023"),
    ],
)
def test_a_child_outlives_its_parent(fields: dict[str, str], told: str) -> None:
    assert told in only(plan(PARENT, child(**fields)), Rule.OUTSIDE_PARENT).message


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "01.01.2022", "end": "31.12.2022"},
        {"end": "31.12.2022"},
        {"term": "сентябрь"},
        {"term": "ежеквартально до 5 числа месяца, следующего за отчетным"},
        {"term": ""},
    ],
)
def test_a_child_within_its_parent_is_left_alone(fields: dict[str, str]) -> None:
    assert findings(plan(PARENT, child(**fields)), Rule.OUTSIDE_PARENT) == []


def test_rows_without_a_term_are_told_where_most_have_one() -> None:
    dated = [row(f"Строка {number}", str(number), term="2022") for number in range(1, 5)]
    milestone = row("Веха", "5", kind=ItemKind.MILESTONE)
    contents = plan(*dated, milestone, row("Работа", "6", start="-"))
    assert [found.rule for found in findings(contents, *TIME)] == [Rule.MILESTONE_UNDATED, Rule.TERM_MISSING]
    assert findings(plan(milestone, row("Работа")), *TIME) == []


def test_a_term_that_only_the_parent_has_is_named() -> None:
    rows = [row(f"Строка {number}", term="2022") for number in range(4)]
    contents = plan(row("Результат", "1", term="Май\nИюнь"), *rows, child())
    assert "«Май; Июнь»" in only(contents, Rule.TERM_MISSING).message
