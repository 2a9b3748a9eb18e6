"""Numbers, dates, years and leftovers of tags in printed text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.intake.values import amount, cleaned, day_in, is_dash, is_term, unit_named, without_day, years_in_title


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("65", (Decimal(65), "")),
        ("62,5%", (Decimal("62.5"), "процент")),
        ("62.5 %", (Decimal("62.5"), "процент")),
        ("Не менее 5%", (Decimal(5), "процент")),
        ("не  менее\n20 процентов", (Decimal(20), "процент")),
        ("1 200 чел.", (Decimal(1200), "человек")),
        ("1\u00a0200", (Decimal(1200), "")),
        ("≥ 3 ед.", (Decimal(3), "единица")),
        ("до 70%", (Decimal(70), "процент")),
        ("", None),
        ("-", None),
        ("есть", None),
        ("5 или 6", None),
        ("120 чел.(50%)", None),
        ("31.12.2021", None),
    ],
)
def test_amounts(text: str, found: tuple[Decimal, str] | None) -> None:
    assert amount(text) == found


@given(st.decimals(0, 10**9, places=2, allow_nan=False))
def test_every_number_is_read_as_russians_write_it(value: Decimal) -> None:
    whole, _, fraction = f"{value:.2f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", " ")
    assert amount(f"{grouped},{fraction}") == (value, "")


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("главой района 11.01.2019", date(2019, 1, 11), "главой района"),
        ("«11» января 2019 г.", date(2019, 1, 11), ""),
        ("от 11 января 2019 года", date(2019, 1, 11), ""),
        ("на 01.09.18", date(2018, 9, 1), "на"),
        ("31.02.2021", None, ""),
        ("2018 год", None, "2018 год"),
    ],
)
def test_days(text: str, day: date | None, rest: str) -> None:
    assert day_in(text) == day
    if day:
        assert without_day(text) == rest


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("на 2021 – 2024 годы", (2021, 2024)),
        ("в 2020- 2022г.г.", (2020, 2022)),
        ("на 2021/2022 учебный год", None),
        ("на период с 2021 по 2024 год", (2021, 2024)),
        ("на 2021 год", (2021, 2021)),
        ("приказ от 11.01.2021 № 2019-2020", None),
        ("на 2024 – 2021 годы", None),
    ],
)
def test_years_of_a_title(title: str, years: tuple[int, int] | None) -> None:
    assert years_in_title(title) == years


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ('<p>Обновление:</p> <ul style="list-style-type: none;"> - первое', "Обновление:\n- первое"),
        ("<P>Всё</P>", "Всё"),
        ("текст<br/>дальше&nbsp;тут", "текст\nдальше тут"),
        ("<b>важно</b>", "важно"),
        ("[bookmark: OLE_LINK1][bookmark: x]1. Доля", "1. Доля"),
        ("а\x07б", "а б"),
        ("а\ud800б", "а\ufffdб"),
        ("5 < 6 и 7 > 6", "5 < 6 и 7 > 6"),
        ("Иванов <ivanov@school.ru>", "Иванов <ivanov@school.ru>"),
        ("R&amp;D без тегов", "R&amp;D без тегов"),
    ],
)
def test_leftovers_of_tags(text: str, clean: str) -> None:
    assert cleaned(text) == (clean, clean != text)


@pytest.mark.parametrize(
    ("text", "dash"), [("-", True), ("–", True), (" — ", True), ("", True), ("х", True), ("0", False)]
)
def test_dashes(text: str, dash: bool) -> None:
    assert is_dash(text) is dash


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("До конца 2019 года", True), ("Май", True), ("4 квартал 2019 года", True), ("31.12.2020", True),
        ("Ответственный: Петров", False), ("- определение учителей", False), ("-", False),
        ("2020 – 15% 2021 – 30%", False),
    ],
)  # fmt: skip
def test_terms(text: str, term: bool) -> None:
    assert is_term(text) is term


@pytest.mark.parametrize(("text", "unit"), [("%", "процент"), ("чел.", "человек"), ("Мбит/с", "Мбит/с"), ("", "")])
def test_units_by_name(text: str, unit: str) -> None:
    assert unit_named(text) == unit
