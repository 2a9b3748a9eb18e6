"""A planned value with its bound in words, in sentences, in tables and in the printed roadmap."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cosdesk.domain.district import Snapshot
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Roadmap, RoadmapContents
from cosdesk.domain.terms.targets import read_planned
from cosdesk.reports.analytical import build_analytical_report
from cosdesk.reports.document import Table
from cosdesk.reports.figures import period_figures
from cosdesk.reports.narrative import valued
from cosdesk.reports.planned import planned, planned_number, planned_short, planned_value, planned_words
from cosdesk.reports.request import Request
from cosdesk.reports.roadmap import build_roadmap
from tests.reports import zarechny

SHARE = Indicator(1, "Доля школ с быстрым доступом", "1", unit="процент", territory="Заречный район")


def target(text: str, kept: bool = True) -> Target:
    found = read_planned(text)
    assert found is not None
    return found.target("2021", text if kept else "")


@pytest.mark.parametrize(
    ("text", "words", "short", "sentence"),
    [
        ("не ниже 60 %", "не менее 60", "≥\u00a060", "не менее 60\u00a0%"),
        ("≤ 5", "не более 5", "≤\u00a05", "не более 5\u00a0%"),
        ("=10", "ровно 10", "=\u00a010", "ровно 10\u00a0%"),
        ("20–30", "от 20 до 30", "20–30", "от 20 до 30\u00a0%"),
        ("60", "60", "60", "60\u00a0%"),
    ],
)
def test_a_bound_in_words(text: str, words: str, short: str, sentence: str) -> None:
    plan = target(text)
    assert (planned_words(plan), planned_short(plan), valued(plan, SHARE)) == (words, short, sentence)
    assert planned(plan) == text and planned(target(text, kept=False)) == words
    mere = text == "60"
    assert planned_value(plan) == (Decimal(60) if mere else text)
    assert planned_number(plan) == (Decimal(60) if mere else words)


def contents(*indicators: Indicator) -> RoadmapContents:
    return RoadmapContents(Roadmap(1, "План", "three-part", "", 2021, 2022), indicators=indicators)


def texts(table: Table) -> list[str]:
    return [str(cell.value) for row in table.rows for cell in row.cells]


def test_a_bound_stands_in_the_report_and_in_the_printed_roadmap() -> None:
    own = contents(replace(SHARE, targets=(target("не менее 60 %", kept=False),)))
    actuals = (Actual(1, 1, "2021", numerator=Decimal(6), denominator=Decimal(12)),)
    snapshot = Snapshot(zarechny.DISTRICT, (own,), actuals=actuals)
    report = build_analytical_report(snapshot, Request(period=parse_period("2021")))
    tables = [block for block in report.blocks if isinstance(block, Table)]
    assert any("не менее 60" in texts(table) for table in tables)
    told = " ".join(str(getattr(block, "text", "")) for block in report.blocks)
    assert "при плане не менее 60\u00a0%" in told
    printed = [block for block in build_roadmap(snapshot, None).blocks if isinstance(block, Table)]
    assert any("не менее 60" in texts(table) for table in printed)


def test_indicators_of_one_name_are_told_apart_by_their_territories() -> None:
    other = replace(SHARE, id=2, number="2", territory="Посёлок")
    lone = replace(SHARE, id=3, number="3", title="Число школ")
    own = contents(SHARE, other, lone)
    figures = period_figures(Snapshot(zarechny.DISTRICT, (own,)), own, parse_period("2021"))
    assert [figure.title for figure in figures.indicators.all] == [
        "Доля школ с быстрым доступом (Заречный район)", "Доля школ с быстрым доступом (Посёлок)", "Число школ",
    ]  # fmt: skip
