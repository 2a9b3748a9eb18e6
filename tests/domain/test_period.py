"""Reporting periods: their codes, days and Russian names."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.period import (
    Period,
    PeriodKind,
    last_ended_quarter,
    parse_period,
    period_at,
    period_to_report,
    periods_of,
)
from cosdesk.errors import UserError

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("code", "start", "end", "label", "cumulative"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021 год", "2021 год"),
        ("2021-Q2", date(2021, 4, 1), date(2021, 6, 30), "II квартал 2021 г.", "январь – июнь 2021 года"),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31), "IV квартал 2021 г.", "2021 год"),
        ("2021-H1", date(2021, 1, 1), date(2021, 6, 30), "I полугодие 2021 г.", "январь – июнь 2021 года"),
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31), "II полугодие 2021 г.", "2021 год"),
        ("2021-9M", date(2021, 1, 1), date(2021, 9, 30), "9 месяцев 2021 г.", "январь – сентябрь 2021 года"),
        ("2021-01", date(2021, 1, 1), date(2021, 1, 31), "январь 2021 г.", "январь 2021 года"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "февраль 2020 г.", "январь – февраль 2020 года"),
    ],
)
def test_a_code_and_what_it_means(code: str, start: date, end: date, label: str, cumulative: str) -> None:
    period = parse_period(code)
    assert (period.code, period.start, period.end) == (code, start, end)
    assert period.label.replace(NBSP, " ") == label
    assert period.cumulative_label.replace(NBSP, " ") == cumulative
    assert period.cumulative_start == date(start.year, 1, 1)
    assert start in period and end in period
    assert start - timedelta(1) not in period and end + timedelta(1) not in period


def test_a_code_is_read_whatever_the_letters_and_blanks() -> None:
    assert parse_period(" 2021-q3 ") == Period(2021, PeriodKind.QUARTER, 3)


@pytest.mark.parametrize(
    "code", ["", "21", "2021-Q5", "2021-H3", "2021-13", "2021-5", "2021-00", "1989", "2101", "май 2021"]
)
def test_a_code_that_is_none(code: str) -> None:
    with pytest.raises(UserError, match=f"^Период «{code}» не понят"):
        parse_period(code)


@given(st.integers(1990, 2100))
def test_the_standard_periods_of_a_year(year: int) -> None:
    periods = periods_of(year)
    assert len(set(periods)) == len({p.code for p in periods}) == 20
    assert [parse_period(p.code) for p in periods] == list(periods)
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR):
        parts = [p for p in periods if p.kind is kind]
        assert parts[0].start == date(year, 1, 1) and parts[-1].end == date(year, 12, 31)
        assert all(b.start - a.end == timedelta(1) for a, b in pairwise(parts))


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_period_at_a_day_holds_it(day: date) -> None:
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR):
        assert day in period_at(day, kind)
    assert period_at(day, PeriodKind.NINE_MONTHS) == Period(day.year, PeriodKind.NINE_MONTHS)


def test_a_year_before() -> None:
    assert parse_period("2021-Q2").a_year_before() == parse_period("2020-Q2")


@pytest.mark.parametrize(
    ("today", "code"),
    [(date(2021, 1, 1), "2020-Q4"), (date(2021, 3, 31), "2020-Q4"), (date(2021, 4, 1), "2021-Q1")],
)
def test_the_last_ended_quarter(today: date, code: str) -> None:
    assert last_ended_quarter(today).code == code


@pytest.mark.parametrize(
    ("years", "code"), [(None, "2026-Q3"), ((2025, 2027), "2026-Q3"), ((2020, 2022), "2022"), ((2027, 2029), "2026-Q3")]
)
def test_a_plan_that_has_ended_is_reported_on_by_its_last_year(years: tuple[int, int] | None, code: str) -> None:
    assert period_to_report(date(2026, 11, 22), years).code == code
