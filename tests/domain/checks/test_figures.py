"""Percents, counts and years told differently in a row, between rows and indicators, or left out."""

from dataclasses import replace

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.checks.proofreading import mended
from cosdesk.domain.checks.quantities import counts_in, percents_in, years_in
from cosdesk.domain.roadmap import ItemKind
from tests.domain.checks.plans import findings, only, plan, results_and_plan, row, share

FIGURES = (
    Rule.PERCENT_DIFFERS,
    Rule.COUNT_DIFFERS,
    Rule.COUNT_MISSING,
    Rule.YEAR_DIFFERS,
    Rule.ROWS_DISAGREE,
    Rule.INDICATOR_DISAGREES,
)
ACCESS = "школ на территории Заречного района обеспечены быстрым доступом к сети с гарантированным трафиком"
ACCESS_SHARE = "Доля школ Заречного района, обеспеченных быстрым доступом к сети с гарантированным трафиком, процент"
SITES = "школ района обновили информационное наполнение и функциональные возможности официальных сайтов"


@pytest.mark.parametrize(
    ("text", "percents", "counts", "years"),
    [
        ("Не менее 62,5 % школ к концу 2021 года", ["62.5"], [], {2021}),
        ("60% детей в 10 процентах школ", ["60", "10"], [], set()),
        ("1 200 детей и 15 педагогов", [], ["1200", "15"], set()),
        ("Приказ от 7 мая 2018 г. № 204, от 01.02.2019 года", [], [], set()),
        ("Программа «До 90 % к 2024 году» в 2022 году", [], [], {2022}),
        ("Школа № 5, школ 12", [], [], set()),
        ("в 2021–2024 годах, на 2021-2024 годы", [], [], set()),
    ],
)
def test_quantities_are_read(text: str, percents: list[str], counts: list[str], years: set[int]) -> None:
    assert [str(found.value) for found in percents_in(text)] == percents
    assert [str(found.value) for found in counts_in(text)] == counts
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("title", "expected", "rule"),
    [
        (f"Не менее 17 % {ACCESS}", f"Обеспечение доступом не менее 8 % {ACCESS}", Rule.PERCENT_DIFFERS),
        (f"60 % детей в 10 % {SITES}", f"60 % детей в 15 % {SITES}", Rule.PERCENT_DIFFERS),
        (f"Для 103 детей {SITES}", f"С участием 130 детей {SITES}", Rule.COUNT_DIFFERS),
        (f"К концу 2021 года {SITES}", f"До конца 2022 года {SITES}", Rule.YEAR_DIFFERS),
        (f"Для не менее 103 детей {SITES}", f"С участием не менее детей {SITES}", Rule.COUNT_MISSING),
        (f"Не менее чем школ {SITES}", "", Rule.COUNT_MISSING),
    ],
)
def test_a_title_and_its_description_differ(title: str, expected: str, rule: Rule) -> None:
    (found,) = findings(plan(row(title, "1", expected=expected)), *FIGURES)
    assert found.rule is rule


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"Не менее 17 % {ACCESS}", f"Обеспечение 17% {ACCESS}"),
        (f"17 % {ACCESS}", "Отчёт о выполнении на 100 %"),
        (f"17 % {ACCESS}", f"Все 17 % {ACCESS}, из них 5 % сельских"),
        (f"Для 103 детей {SITES}", f"С участием 7 педагогов {SITES}"),
        (f"К концу 2021 года {SITES}", f"По приказу от 5 мая 2018 г. {SITES}"),
        ("Охвачено не менее половины детей", "Не менее важно мнение родителей, не более одного дня"),
    ],
)
def test_what_agrees_is_left_alone(title: str, expected: str) -> None:
    assert findings(plan(row(title, "1", expected=expected)), *FIGURES) == []


def test_a_missing_number_is_taken_from_the_title() -> None:
    contents = plan(row(f"Для не менее 103 детей {SITES}", expected=f"С участием не менее детей {SITES}"))
    after = mended(contents, [only(contents, Rule.COUNT_MISSING)])
    assert after.items[0].expected.startswith("С участием не менее 103 детей")
    assert findings(after, *FIGURES) == []


def test_the_indicator_says_which_percent_is_right() -> None:
    result = row(f"Не менее 17 % {ACCESS}", "1.2", expected=f"Обеспечение к концу 2021 года 8 % {ACCESS}")
    contents = plan(result, indicators=[share(ACCESS_SHARE, y2021=17, y2022=35)])
    found = only(contents, Rule.PERCENT_DIFFERS)
    assert found.replacement == f"Обеспечение к концу 2021 года 17 % {ACCESS}"
    assert "показатель 1" in found.proposal
    assert findings(mended(contents, [found]), *FIGURES) == []
    undecided = plan(result, indicators=[share(ACCESS_SHARE, y2021=20)])
    assert only(undecided, Rule.PERCENT_DIFFERS).replacement is None


def test_a_year_in_the_text_must_lie_within_the_term() -> None:
    told = only(plan(row("Обновить сайты в 2023 году", term="2022 год")), Rule.YEAR_DIFFERS)
    assert "2023" in told.message and "2022 год" in told.message
    for term in ("2023 год", "с 01.09.2022 по 31.05.2023", "сентябрь", ""):
        assert findings(plan(row("Обновить сайты в 2023 году", term=term)), Rule.YEAR_DIFFERS) == []


@pytest.mark.parametrize(
    ("result", "planned", "year", "disagree"),
    [
        (f"40 % {SITES}", f"30 % {SITES} (сайтов в сети Интернет)", "31.12.2022", True),
        (f"40 % {SITES}", f"40% {SITES}", "31.12.2022", False),
        (f"40 % {SITES}", f"30 % {SITES}", "31.12.2023", False),
        (f"40 % {SITES}", f"30 % {ACCESS}", "31.12.2022", False),
    ],
)
def test_a_result_and_the_plan_tell_the_same_thing(result: str, planned: str, year: str, disagree: bool) -> None:
    contents = plan(
        row(result, "1.7", section_id=1, expected="Обновление к концу 2022 года"),
        row(planned, "1", section_id=2, end=year),
        sections=results_and_plan(),
    )
    told = findings(contents, Rule.ROWS_DISAGREE)
    assert bool(told) is disagree
    assert all("результат 1.7" in found.message for found in told)


def test_a_milestone_and_its_result_tell_the_same_thing() -> None:
    result = row(f"Не менее 20 % {SITES}", "1", start="01.01.2022", end="31.12.2022")
    milestone = row(f"Обновлено 30 % {SITES}", "1.1", parent_id=1, end="31.12.2022", kind=ItemKind.MILESTONE)
    assert only(plan(result, milestone), Rule.ROWS_DISAGREE).item_id == 2


@pytest.mark.parametrize(("promised", "disagree"), [(35, True), (40, False)])
def test_a_row_and_the_indicator_it_names(promised: int, disagree: bool) -> None:
    named = row(f"Не менее {promised} % {ACCESS}", "1", end="31.12.2022")
    contents = plan(named, indicators=[share(ACCESS_SHARE, y2021=20, y2022=40), share("Доля учителей", "2", y2022=5)])
    assert bool(findings(contents, Rule.INDICATOR_DISAGREES)) is disagree


def test_of_two_indicators_as_like_none_is_the_judge() -> None:
    named = row(f"Не менее 35 % {ACCESS}", "1", end="31.12.2022")
    contents = plan(named, indicators=[share(ACCESS_SHARE, y2022=40), share(f"{ACCESS_SHARE}, село", "2", y2022=50)])
    assert findings(contents, Rule.INDICATOR_DISAGREES) == []


def test_a_row_under_an_indicator_answers_to_it() -> None:
    indicator = row("Доля школ со связью", "1", kind=ItemKind.INDICATOR)
    work = row("Подключить не менее 70 % школ", "1.1", parent_id=1, term="2022 год")
    linked = replace(share("Доля школ со связью", y2022=65), item_id=1)
    assert only(plan(indicator, work, indicators=[linked]), Rule.INDICATOR_DISAGREES).item_id == 2
