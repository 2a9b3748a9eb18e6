"""Values read by their question's type; answers judged and counted."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.answers import ValueFaultError, judge, read_value, school_facts, value_text
from cosdesk.domain.monitoring import Question, QuestionType
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.forms.monitoring_form import monitoring_form

D = Decimal


def question(kind: str, **others: Any) -> Question:
    return Question("q", "Вопрос", QuestionType(kind), **others)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("number", " 1 234,5 ", D("1234.5")),
        ("number", 62.1, D("62.1")),
        ("number", 100.0, D(100)),
        ("number", "50 Мбит/с", D(50)),
        ("whole", "1\u00a0205", D(1205)),
        ("percent", "55 %", D(55)),
        ("date", "7.9.2026", date(2026, 9, 7)),
        ("date", "07.09.26 г.", date(2026, 9, 7)),
        ("date", datetime(2026, 9, 7, 12), date(2026, 9, 7)),
        ("date", "2026-09-07", date(2026, 9, 7)),
        ("yes_no", "ДА", True),
        ("yes_no", True, True),
        ("yes_no", "нет.", False),
        ("text", "  два   слова ", "два слова"),
        ("text", 15.0, "15"),
        ("choice", "ДРУГОЕ", "другое"),
        ("number", "  ", None),
        ("text", None, None),
    ],
)
def test_a_value_is_read(kind: str, raw: Any, value: Any) -> None:
    choices = ("одно", "другое") if kind == "choice" else ()
    assert read_value(question(kind, unit="Мбит/с", choices=choices), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("number", "много"),
        ("number", "1,2,3"),
        ("number", float("nan")),
        ("number", "9" * 40),
        ("number", True),
        ("number", "#N/A"),
        ("whole", date(2026, 1, 1)),
        ("date", "31.02.2026"),
        ("date", "сентябрь"),
        ("yes_no", "наверное"),
        ("choice", "третье"),
    ],
)
def test_what_does_not_answer_is_told(kind: str, raw: Any) -> None:
    with pytest.raises(ValueFaultError):
        read_value(question(kind, choices=("одно",) if kind == "choice" else ()), raw)


@given(st.decimals(0, 10**9, places=2))
def test_a_number_printed_is_read_back(number: Decimal) -> None:
    assert read_value(question("number"), value_text(number)) == number


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_date_printed_is_read_back(day: date) -> None:
    assert read_value(question("date"), value_text(day)) == day


@pytest.mark.parametrize(
    ("kind", "speed", "guaranteed", "complies"),
    [
        ("село", 50, True, True),
        ("пгт", 50, True, True),
        ("село", D("49.9"), True, False),
        ("город", 99, True, False),
        ("город", 100, True, True),
        ("село", 80, False, False),
        ("село", None, True, None),
        ("село", None, False, False),
    ],
)
def test_the_norm_of_the_internet_depends_on_the_place(
    kind: str, speed: Any, guaranteed: bool, complies: bool | None
) -> None:
    values = {"speed_measured": None if speed is None else D(speed), "guaranteed": guaranteed}
    facts = school_facts(School(1, "Школа", locality_kind=kind), date(2026, 12, 31), date(2026, 12, 1))
    judged = judge(monitoring_form("internet"), values, facts)
    assert judged.complies is complies
    assert ("schools" in judged.counted) is (complies is not None)


def test_denominators_are_of_the_period_s_school_year() -> None:
    school = School(1, "Школа", counts=(SchoolCount(2024, 100, 10), SchoolCount(2025, 200, 20)))
    facts = {end: school_facts(school, end, end)["learners"] for end in (date(2025, 8, 31), date(2025, 9, 30))}
    assert list(facts.values()) == [100, 200]
    assert school_facts(school, date(2030, 1, 1), date(2030, 1, 1))["teachers"] == 20
    assert school_facts(school, date(2023, 1, 1), date(2023, 1, 1))["teachers"] is None


def test_a_share_of_nobody_is_no_error() -> None:
    facts = school_facts(School(1, "Ш", counts=(SchoolCount(2025, 0, 0),)), date(2026, 1, 1), date(2026, 1, 1))
    judged = judge(monitoring_form("profile"), {"with_profile": D(0), "with_plan": D(0)}, facts)
    assert judged.counted["profiles"].denominator == 0 and not judged.goes_back
