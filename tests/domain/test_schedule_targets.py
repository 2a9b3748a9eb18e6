"""Yearly targets inside a term cell, and the windows of such a cell."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.domain.indicator import TargetRule
from cosdesk.domain.schedule import Precision, targets_in, understand
from cosdesk.domain.terms.targets import read_planned

FOUND = [
    ("2020 – 15% 2021 – 30% 2022 – 50%", [(2020, "15", "15%"), (2021, "30", "30%"), (2022, "50", "50%")]),
    ("2020 - 0 2021 - 5 2022 - 5", [(2020, "0", "0"), (2021, "5", "5"), (2022, "5", "5")]),
    ("2020 – 30%\n2021 – 62,5%\n2022 – 62,5%", [(2020, "30", "30%"), (2021, "62.5", "62,5%"), (2022, "62.5", "62,5%")]),
    ("2020 – 750; 2021 – 911; 2022 – 915", [(2020, "750", "750"), (2021, "911", "911"), (2022, "915", "915")]),
    ("2021 год: 15 %, 2022 год: 30 %", [(2021, "15", "15 %"), (2022, "30", "30 %")]),
    ("2021 г. — 1 200 ед., 2022 г. — 12\u00a0500 ед.", [(2021, "1200", "1 200 ед."), (2022, "12500", "12 500 ед.")]),
    ("2022 – 50%", [(2022, "50", "50%")]),
    ("к 2022 году – 50%", [(2022, "50", "50%")]),
    ("2021 – не менее 20%, 2022 - до 70%", [(2021, "20", "не менее 20%"), (2022, "70", "до 70%")]),
    ("2021 – 150 чел. (15%) 2022 – 495 чел.(50%)", [(2021, "150", "150 чел. (15%)"), (2022, "495", "495 чел.(50%)")]),
    ("2021 15% 2022 30%", [(2021, "15", "15%"), (2022, "30", "30%")]),
    ("2021 – 2000 чел. 2022 – 2010 чел.", [(2021, "2000", "2000 чел."), (2022, "2010", "2010 чел.")]),
    ("2021–15.5%2022–16%", [(2021, "15.5", "15.5%"), (2022, "16", "16%")]),
]  # fmt: skip

NONE = [
    "",
    "2021",
    "2019 – 2024",
    "2019 – 2020, 2021 – 2022",
    "2021 – 5",
    "2021-22",
    "2021 – 15 мая",
    "15.09.2020",
    "2020-09-15",
    "до 70%",
    "2021 год, сентябрь",
    "2020 – 15%, далее ежегодно",
    "в течение 2021 года",
]


@pytest.mark.parametrize(("wording", "expected"), FOUND)
def test_targets(wording: str, expected: list[tuple[int, str, str]]) -> None:
    assert [(year, str(value), text) for year, value, text in targets_in(wording)] == expected


@pytest.mark.parametrize("wording", NONE)
def test_no_targets(wording: str) -> None:
    assert targets_in(wording) == ()


@pytest.mark.parametrize(("wording", "expected"), FOUND)
def test_the_years_are_the_windows(wording: str, expected: list[tuple[int, str, str]]) -> None:
    schedule = understand(wording, (2019, 2030))
    assert [(w.start, w.end) for w in schedule.windows] == [(date(y, 1, 1), date(y, 12, 31)) for y, _, _ in expected]
    assert schedule.precision is Precision.YEAR and not schedule.assumption and not schedule.recurrence


def test_the_targets_of_the_real_roadmap(seeds: Path) -> None:
    items = json.loads((seeds / "truth.json").read_text("utf-8"))["murom"]["items"]
    found = [{str(year): text.removesuffix("%") for year, _, text in targets_in(item["term"])} for item in items]
    assert sum(map(bool, found)) == 10 and sum(map(len, found)) == 30
    assert found == [item["targets"] for item in items]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("60", ("60", TargetRule.PLAIN, None)),
        ("62,5%", ("62.5", TargetRule.PLAIN, None)),
        ("до 70%", ("70", TargetRule.PLAIN, None)),
        ("Не менее чем 60 %", ("60", TargetRule.AT_LEAST, None)),
        (">= 60", ("60", TargetRule.AT_LEAST, None)),
        ("от 20", ("20", TargetRule.AT_LEAST, None)),
        ("не более 1\u00a0200 чел.", ("1200", TargetRule.AT_MOST, None)),
        ("≤5", ("5", TargetRule.AT_MOST, None)),
        ("= 4", ("4", TargetRule.EXACTLY, None)),
        ("от 20 до 30 %", ("20", TargetRule.RANGE, "30")),
        ("20%–30%", ("20", TargetRule.RANGE, "30")),
        ("2,5 - 3,5", ("2.5", TargetRule.RANGE, "3.5")),
        ("30–20", None),
        ("2019–2020", None),
        ("не менее", None),
        ("60 из 100", None),
        ("не менее не более 5", None),
    ],
)
def test_a_planned_value_with_its_bound(text: str, read: tuple[str, TargetRule, str | None] | None) -> None:
    found = read_planned(text)
    if read is None or found is None:
        assert found is read is None
        return
    assert (found.value, found.rule, found.upper) == (Decimal(read[0]), read[1], Decimal(read[2]) if read[2] else None)


def test_a_count_in_brackets_with_its_share() -> None:
    found = read_planned("495 чел.(50%)")
    assert found is not None
    assert (found.value, found.unit, found.second, found.second_unit) == (495, "чел.", 50, "%")
