"""What Russian terms mean: two tables, accepted and refused, and what must hold for every wording."""

import json
import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.domain.schedule import (
    Precision,
    Reading,
    Schedule,
    Window,
    understand,
    understand_item,
    understand_term,
)

PLAN = (2021, 2024)


def window(text: str) -> tuple[date, date]:
    """«01.09.2021-30.09.2021», or one day."""
    first, _, last = text.partition("-")
    start = datetime.strptime(first, "%d.%m.%Y").date()
    return start, datetime.strptime(last, "%d.%m.%Y").date() if last else start


def windows(texts: str) -> list[tuple[date, date]]:
    return [window(text) for text in texts.split()]


def found(schedule: Schedule) -> list[tuple[date, date]]:
    return [(w.start, w.end) for w in schedule.windows]


def every_year(*days: str, years: range = range(2021, 2025)) -> str:
    """The days of one year, «01.05-31.05», in each of the years."""
    return " ".join("-".join(f"{day}.{year}" for day in pair.split("-")) for year in years for pair in days)


YEAR_2021 = "год не указан, взят 2021"
TABLE = [
    # wording, windows in the plan 2021–2024, assumption
    ("15.09.2020", "15.09.2020", ""),
    ("1 сентября 2021 г.", "01.09.2021", ""),
    ("2021", "01.01.2021-31.12.2021", ""),
    ("2021 год", "01.01.2021-31.12.2021", ""),
    ("сентябрь", "01.09.2021-30.09.2021", YEAR_2021),
    ("Август", "01.08.2021-31.08.2021", YEAR_2021),
    ("Август- сентябрь", "01.08.2021-30.09.2021", YEAR_2021),
    ("Май-август", "01.05.2021-31.08.2021", YEAR_2021),
    ("январь – март 2022", "01.01.2022-31.03.2022", ""),
    ("Декабрь, май", every_year("01.05-31.05", "01.12-31.12"), "каждый год"),
    ("ежегодно Сентябрь Март", every_year("01.03-31.03", "01.09-30.09"), ""),
    ("4 квартал 2019 года", "01.10.2019-31.12.2019", ""),
    ("IV квартал 2019 г.", "01.10.2019-31.12.2019", ""),
    ("I полугодие 2022", "01.01.2022-30.06.2022", ""),
    ("9 месяцев 2022", "01.01.2022-30.09.2022", ""),
    ("До конца 2019 года", "01.01.2019-31.12.2019", ""),
    ("до 1 декабря 2021", "01.01.2021-01.12.2021", ""),
    ("не позднее 25 августа 2021", "01.01.2021-25.08.2021", ""),
    ("С 2019 года", "01.01.2019-31.12.2024", ""),
    ("с 01.09.2021", "01.09.2021-31.12.2024", ""),
    ("В течение года", every_year("01.01-31.12"), "каждый год"),
    (
        "В течение учебного года",
        "01.09.2021-31.05.2022 01.09.2022-31.05.2023 01.09.2023-31.05.2024",
        "каждый учебный год",
    ),
    ("2019 – 2024 учебные годы", "01.09.2019-31.08.2024", ""),
    ("2021/2022 учебный год", "01.09.2021-31.05.2022", ""),
    ("В течение всего периода реализации проекта", "01.01.2021-31.12.2024", ""),
    ("весь период", "01.01.2021-31.12.2024", ""),
    ("ежеквартально", every_year("01.01-31.03", "01.04-30.06", "01.07-30.09", "01.10-31.12"), ""),
    ("1 раз в полугодие", every_year("01.01-30.06", "01.07-31.12"), ""),
    ("Два раза в год", every_year("01.01-30.06", "01.07-31.12"), ""),
    ("1 раз в год", every_year("01.01-31.12"), ""),
    ("Не менее 1 раза в 3 года", "01.01.2021-31.12.2023", ""),
    ("ежегодно до 1 февраля", every_year("01.01-01.02"), ""),
    ("сентябрь, в течение года", "01.01.2021-31.12.2021 01.09.2021-30.09.2021 "
     + every_year("01.01-31.12", years=range(2022, 2025)), f"{YEAR_2021}; каждый год"),
    ("постоянно", "", ""),
    ("по мере необходимости", "", ""),
    ("по отдельному плану", "", ""),
    ("-", "", ""),
    ("", "", ""),
]  # fmt: skip

ACCEPTED = [
    # days
    ("15.09.20", "15.09.2020"),
    ("2020-09-15", "15.09.2020"),
    ("2020-09-15 00:00:00", "15.09.2020"),
    ("15/09/2020", "15.09.2020"),
    ("15 . 09 . 2020", "15.09.2020"),
    ("«01» сентября 2021 г.", "01.09.2021"),
    ("1-го сентября 2021года", "01.09.2021"),
    ("первое сентября 21 г.", "01.09.2021"),
    ("СЕНТЯБРЬ 2021", "01.09.2021-30.09.2021"),
    ("09.2021", "01.09.2021-30.09.2021"),
    ("сент. 2021", "01.09.2021-30.09.2021"),
    ("в мае месяце 2021", "01.05.2021-31.05.2021"),
    ("май, 2021 год", "01.05.2021-31.05.2021"),
    ("29.02.2024", "29.02.2024"),
    # letters that look alike, dashes, blanks
    ("cентябрь 2021", "01.09.2021-30.09.2021"),
    ("c 2019 года", "01.01.2019-31.12.2024"),
    ("ІV\u00a0квартал\u00a02019", "01.10.2019-31.12.2019"),
    ("П полугодие 2021 г.", "01.07.2021-31.12.2021"),
    ("IVкв.2019г.", "01.10.2019-31.12.2019"),
    ("май−август 2021", "01.05.2021-31.08.2021"),
    ("1 сентября\n2021 г.", "01.09.2021"),
    # ranges
    ("1-15 сентября 2021", "01.09.2021-15.09.2021"),
    ("с 1 по 15 сентября 2021 г.", "01.09.2021-15.09.2021"),
    ("12-15.09.2021", "12.09.2021-15.09.2021"),
    ("01.09-15.09.2021", "01.09.2021-15.09.2021"),
    ("01.09.2021 г. - 15.09.2021 г.", "01.09.2021-15.09.2021"),
    ("13.01.2020/31.12.2020", "13.01.2020-31.12.2020"),
    ("с 15 сентября по 20 октября", "15.09.2021-20.10.2021"),
    ("в период с 1 сентября по 15 октября 2021", "01.09.2021-15.10.2021"),
    ("с 1 марта по 1 мая 2021, 1 июня 2021", "01.03.2021-01.05.2021 01.06.2021"),
    ("с 1 сентября 2021 г. до 31 мая 2022 г.", "01.09.2021-31.05.2022"),
    ("сентябрь 2021 – май 2022", "01.09.2021-31.05.2022"),
    ("сентябрь – май 2022", "01.09.2021-31.05.2022"),
    ("сентябрь – май", "01.09.2021-31.05.2022"),
    ("сентябрь-май 2021-2022 учебного года", "01.09.2021-31.05.2022"),
    ("2021 - 2024 гг.", "01.01.2021-31.12.2024"),
    ("2020-2022г.г.", "01.01.2020-31.12.2022"),
    ("с 2021 по 2024 год", "01.01.2021-31.12.2024"),
    ("II квартал 2021 – I квартал 2022", "01.04.2021-31.03.2022"),
    ("I-II квартал 2021", "01.01.2021-30.06.2021"),
    # periods
    ("2-й кв. 2022", "01.04.2022-30.06.2022"),
    ("первое полугодие", "01.01.2021-30.06.2021"),
    ("во втором полугодии 2021 года", "01.07.2021-31.12.2021"),
    ("второе полугодие 2021/2022 учебного года", "01.01.2022-31.05.2022"),
    ("первая половина 2021 года", "01.01.2021-30.06.2021"),
    ("за 9 месяцев 2022 года", "01.01.2022-30.09.2022"),
    ("в течении 2021 года", "01.01.2021-31.12.2021"),
    ("2021-2022 уч.г.", "01.09.2021-31.05.2022"),
    ("2021-22 учебный год", "01.09.2021-31.05.2022"),
    ("в течение 2021/2022 учебного года", "01.09.2021-31.05.2022"),
    ("начало сентября 2021", "01.09.2021-10.09.2021"),
    ("середина мая 2021", "11.05.2021-20.05.2021"),
    ("конец февраля 2024", "21.02.2024-29.02.2024"),
    ("первая декада октября 2021", "01.10.2021-10.10.2021"),
    ("третья неделя мая 2021", "15.05.2021-21.05.2021"),
    ("вторая половина августа 2021", "16.08.2021-31.08.2021"),
    ("в начале учебного года", "01.09.2021-30.09.2021"),
    # bounds
    ("к 1 сентября 2021", "01.01.2021-01.09.2021"),
    ("в срок до 1 мая 2023", "01.01.2021-01.05.2023"),
    ("по 31.12.2021", "01.01.2021-31.12.2021"),
    ("до сентября 2021", "01.01.2021-30.09.2021"),
    ("до начала 2022 года", "01.01.2021-31.12.2021"),
    ("до начала учебного года", "01.01.2021-31.08.2021"),
    ("до конца I квартала 2021", "01.01.2021-31.03.2021"),
    ("до конца учебного года", "01.01.2021-31.05.2022"),
    ("до окончания проекта", "01.01.2021-31.12.2024"),
    ("не ранее 1 сентября 2021", "01.09.2021-31.12.2024"),
    ("с начала 2022 года", "01.01.2022-31.12.2024"),
    ("с 2025 года", "01.01.2025-31.12.2025"),
    ("с 1 сентября 2021 г. до конца реализации проекта", "01.09.2021-31.12.2024"),
    # lists
    ("1,2 кв. 2021", "01.01.2021-31.03.2021 01.04.2021-30.06.2021"),
    ("2021, 2022 и 2023 годы", "01.01.2021-31.12.2021 01.01.2022-31.12.2022 01.01.2023-31.12.2023"),
    ("апрель, май 2022", "01.04.2022-30.04.2022 01.05.2022-31.05.2022"),
    ("сентябрь, март 2022", "01.09.2021-30.09.2021 01.03.2022-31.03.2022"),
    ("сентябрь 2021, март", "01.09.2021-30.09.2021 01.03.2022-31.03.2022"),
    ("2021 г.: сентябрь, декабрь; 2022 г.: март", "01.09.2021-30.09.2021 01.12.2021-31.12.2021 01.03.2022-31.03.2022"),
    ("декабрь 2021, 2022 гг.", "01.12.2021-31.12.2021 01.12.2022-31.12.2022"),
    ("май, ноябрь 2021–2022 гг.", every_year("01.05-31.05", "01.11-30.11", years=range(2021, 2023))),
    ("2020/2021, 2021/2022 учебные годы", "01.09.2020-31.05.2021 01.09.2021-31.05.2022"),
    ("15.05.2021; 20.06.2021", "15.05.2021 20.06.2021"),
    ("До конца 2021 года\n\n\nМай", "01.01.2021-31.12.2021 01.05.2021-31.05.2021"),
    ("сентябрь\nмарт", every_year("01.03-31.03", "01.09-30.09")),
    # every year
    ("ежегодно, в сентябре", every_year("01.09-30.09")),
    ("сентябрь (ежегодно)", every_year("01.09-30.09")),
    ("в сентябре каждого года", every_year("01.09-30.09")),
    ("каждый сентябрь", every_year("01.09-30.09")),
    ("ежегодно с 1 по 15 сентября", every_year("01.09-15.09")),
    ("2 раза в год (май, декабрь)", every_year("01.05-31.05", "01.12-31.12")),
    ("I, III кварталы ежегодно", every_year("01.01-31.03", "01.07-30.09")),
    ("ежегодно, начиная с 2022 года", every_year("01.01-31.12", years=range(2022, 2025))),
    ("до 1 июня и до 1 декабря ежегодно", every_year("01.01-01.06", "02.06-01.12")),
    ("ежегодно до 15 января года, следующего за отчётным", every_year("01.01-15.01", years=range(2022, 2026))),
    ("ежегодно 29 февраля", "29.02.2024"),
    ("постоянно в течение года", every_year("01.01-31.12")),
    # recurring
    ("4 раза в год", every_year("01.01-31.03", "01.04-30.06", "01.07-30.09", "01.10-31.12")),
    ("один раз в три месяца", every_year("01.01-31.03", "01.04-30.06", "01.07-30.09", "01.10-31.12")),
    ("дважды в год", every_year("01.01-30.06", "01.07-31.12")),
    ("по полугодиям", every_year("01.01-30.06", "01.07-31.12")),
    ("1 р. в год", every_year("01.01-31.12")),
    ("раз в два года", "01.01.2021-31.12.2022 01.01.2023-31.12.2024"),
    ("раз в 10 лет", "01.01.2021-31.12.2024"),
    ("однократно", "01.01.2021-31.12.2024"),
    ("ежеквартально в 2021 году", every_year("01.01-31.03", "01.04-30.06", "01.07-30.09", "01.10-31.12",
                                             years=range(2021, 2022))),
    ("2 раза в учебный год, 2021/2022 учебный год", "01.09.2021-31.12.2021 01.01.2022-31.05.2022"),
    ("2 раза в год, 2022 год", "01.01.2022-30.06.2022 01.07.2022-31.12.2022"),
    ("ежемесячно с ноября 2021 по январь 2022", "01.11.2021-30.11.2021 01.12.2021-31.12.2021 01.01.2022-31.01.2022"),
    ("ежеквартально до 25 числа последнего месяца квартала в 2021 году",
     "01.03.2021-25.03.2021 01.06.2021-25.06.2021 01.09.2021-25.09.2021 01.12.2021-25.12.2021"),
    ("по мере поступления, но не позднее 1 декабря 2021", "01.01.2021-01.12.2021"),
    # no time at all
    ("согласно приказу от 13.01.2020", ""),
    ("по плану работы методического кабинета", ""),
    ("срок не определён", ""),
    ("— ", ""),
]  # fmt: skip

REFUSED = [
    "абракадабра",
    "после утверждения бюджета",
    "через месяц после утверждения",
    "в течение месяца",
    "в течение 10 дней",
    "не позднее чем за 10 дней до начала",
    "в период летних каникул",
    "13 квартал",
    "3 полугодие 2021",
    "15 месяцев 2021",
    "5 неделя мая",
    "два раза",
    "раз",
    "май 21",
    "май –",
    "5%",
    "2021 – 5",
    "12345",
    "65 % к маю",
    "сентябрь Петров П.П.",
    "сентябрь 2021 – когда-нибудь",
    "Ответственный: Петров П.П.",
    "после проверки – май 2021",
    "1 сентября 2021 г. пятница тринадцатое",
    "не позднее",
    "с по",
    "ежегодно кроме 2022 года",
    "раз в 0 месяцев",
    "400 раз в год",
    "<p>2021</p>",
]


@pytest.mark.parametrize(("wording", "expected", "assumption"), TABLE)
def test_the_table_of_terms(wording: str, expected: str, assumption: str) -> None:
    schedule = understand(wording, PLAN)
    assert schedule.understood
    assert found(schedule) == windows(expected)
    assert schedule.assumption == assumption
    assert schedule.wording == wording


@pytest.mark.parametrize(("wording", "expected"), ACCEPTED)
def test_accepted(wording: str, expected: str) -> None:
    schedule = understand(wording, PLAN)
    assert schedule.understood and not schedule.problem
    assert found(schedule) == windows(expected)


@pytest.mark.parametrize("wording", REFUSED)
def test_refused_is_kept_and_marked(wording: str) -> None:
    schedule = understand(wording, PLAN)
    assert (schedule.understood, schedule.windows, schedule.wording) == (False, (), wording)
    assert (schedule.start, schedule.end) == (None, None)


@pytest.mark.parametrize(
    ("wording", "count", "first", "last"),
    [
        ("ежемесячно", 48, "01.01.2021-31.01.2021", "01.12.2024-31.12.2024"),
        ("ежемесячно до 25 числа", 48, "01.01.2021-25.01.2021", "01.12.2024-25.12.2024"),
        ("до 25 числа каждого месяца", 48, "01.01.2021-25.01.2021", "01.12.2024-25.12.2024"),
        ("ежемесячно до 31 числа", 48, "01.01.2021-31.01.2021", "01.12.2024-31.12.2024"),
        ("ежеквартально до 5 числа месяца, следующего за отчетным", 16,
         "01.04.2021-05.04.2021", "01.01.2025-05.01.2025"),
        ("ежемесячно до 5 числа следующего месяца", 48, "01.02.2021-05.02.2021", "01.01.2025-05.01.2025"),
        ("ежемесячно в течение учебного года", 36, "01.01.2021-31.01.2021", "01.12.2024-31.12.2024"),
        ("1-го и 15-го числа каждого месяца", 96, "01.01.2021", "02.12.2024-15.12.2024"),
        ("два раза в месяц", 96, "01.01.2021-15.01.2021", "16.12.2024-31.12.2024"),
        ("два раза в учебный год", 6, "01.09.2021-31.12.2021", "01.01.2024-31.05.2024"),
        ("еженедельно", 208, "04.01.2021-10.01.2021", "23.12.2024-29.12.2024"),
        ("5 раз в год", 20, "01.01.2021-14.03.2021", "19.10.2024-31.12.2024"),
    ],
)  # fmt: skip
def test_long_recurrences(wording: str, count: int, first: str, last: str) -> None:
    schedule = understand(wording, PLAN)
    assert len(schedule.windows) == count
    assert (found(schedule)[0], found(schedule)[-1]) == (window(first), window(last))


def test_phases_keep_their_labels() -> None:
    expected = [("Разработка", window("01.05.2021-30.06.2021"))]
    expected += [("реализация", pair) for pair in windows(every_year("01.01-31.12"))]
    for wording in (
        "Разработка – май-июнь, реализация – в течение года",
        "Разработка: май-июнь; реализация: в течение года",
        "май-июнь (Разработка), в течение года (реализация)",
        "май-июнь – Разработка\nв течение года – реализация",
    ):
        schedule = understand(wording, PLAN)
        assert sorted((w.label, (w.start, w.end)) for w in schedule.windows) == expected, wording
        assert schedule.assumption == f"{YEAR_2021}; каждый год"


def test_numbered_phases_with_several_terms() -> None:
    schedule = understand("1 этап – март, май 2021, II этап – 2022 год", PLAN)
    assert [(w.label, w.start) for w in schedule.windows] == [
        ("1 этап", date(2021, 3, 1)),
        ("1 этап", date(2021, 5, 1)),
        ("II этап", date(2022, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("wording", "start", "end"),
    [
        ("до 1 декабря 2021", None, date(2021, 12, 1)),
        ("До конца 2019 года", None, date(2019, 12, 31)),
        ("с 2019 года", date(2019, 1, 1), None),
        ("постоянно", None, None),
        ("абракадабра", None, None),
        ("сентябрь 2021 – май 2022", date(2021, 9, 1), date(2022, 5, 31)),
        ("Декабрь, май", date(2021, 5, 1), date(2024, 12, 31)),
        ("ежемесячно до 31.12.2022", None, date(2022, 12, 31)),
    ],
)
def test_start_and_end_are_what_the_wording_names(wording: str, start: date | None, end: date | None) -> None:
    schedule = understand(wording, PLAN)
    assert (schedule.start, schedule.end) == (start, end)


@pytest.mark.parametrize(
    ("wording", "precision"),
    [
        ("15.09.2020", Precision.DAY),
        ("сентябрь", Precision.MONTH),
        ("Декабрь, май", Precision.MONTH),
        ("2 квартал 2021", Precision.QUARTER),
        ("I полугодие", Precision.HALF_YEAR),
        ("два раза в год", Precision.HALF_YEAR),
        ("2021", Precision.YEAR),
        ("2021/2022 учебный год", Precision.SCHOOL_YEAR),
        ("2019 – 2024 учебные годы", Precision.SPAN),
        ("Май-август", Precision.SPAN),
        ("сентябрь, в течение года", Precision.SPAN),
        ("постоянно", None),
    ],
)
def test_precision(wording: str, precision: Precision | None) -> None:
    assert understand(wording, PLAN).precision is precision


# --- without the plan's years


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("до 1 декабря 2021", "01.01.2021-01.12.2021"),
        ("4 квартал 2019 года", "01.10.2019-31.12.2019"),
        ("ежеквартально в 2021 году", every_year("01.01-31.03", "01.04-30.06", "01.07-30.09", "01.10-31.12",
                                                 years=range(2021, 2022))),
        ("раз в полугодие с 2021 по 2022 год", every_year("01.01-30.06", "01.07-31.12", years=range(2021, 2023))),
    ],
)  # fmt: skip
def test_a_wording_with_years_needs_no_plan(wording: str, expected: str) -> None:
    assert found(understand(wording)) == windows(expected)


@pytest.mark.parametrize(
    ("wording", "recurrence"),
    [
        ("сентябрь", ""),
        ("В течение года", "FREQ=YEARLY"),
        ("ежемесячно", "FREQ=MONTHLY"),
        ("Декабрь, май", "FREQ=YEARLY;BYMONTH=5,12;BYMONTHDAY=1"),
        ("весь период", ""),
        ("с 2019 года", ""),
    ],
)
def test_a_wording_without_years_has_no_windows_without_a_plan(wording: str, recurrence: str) -> None:
    schedule = understand(wording)
    assert schedule.understood and not schedule.windows
    assert schedule.assumption.endswith("годы плана не заданы")
    assert schedule.recurrence == recurrence


# --- what is wrong with the dates


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("31.02.2021", "31.02.2021"),
        ("31 сентября 2021", "31.09.2021"),
        ("30 февраля", "30.02"),
        ("29.02.2021", "29.02.2021"),
        ("29 февраля", "29.02.2021"),
        ("с 29 февраля по 1 мая", "29.02.2021"),
        ("с 01.09.2021 по 31.09.2021", "31.09.2021"),
        ("Разработка – 31.04.2021, реализация – в течение года", "31.04.2021"),
        ("15.13.2021", "15.13.2021"),
        ("01.01.0021", "01.01.0021"),
    ],
)
def test_a_date_that_does_not_exist(wording: str, named: str) -> None:
    schedule = understand(wording, PLAN)
    assert not schedule.understood and not schedule.windows
    assert schedule.problem == f"нет такой даты: {named}"


@pytest.mark.parametrize("wording", ["с 15.09.2021 по 01.09.2021", "15.09.2021 – 01.09.2021", "2024 – 2021 гг."])
def test_an_end_before_its_start(wording: str) -> None:
    schedule = understand(wording, PLAN)
    assert schedule.understood and not schedule.windows
    assert schedule.problem == "окончание раньше начала"
    assert schedule.start and schedule.end and schedule.end < schedule.start


def test_a_long_text_is_refused_quickly() -> None:
    for text in ("слово - " * 3000 + "(", "май, " * 9000, "(" * 30_000, "слово, " * 5000, "1" * 30_000):
        begun = perf_counter()
        assert not understand(text, PLAN).understood
        assert perf_counter() - begun < 1


# --- what the user may change


def test_the_user_overrides_the_assumption() -> None:
    assert found(understand("сентябрь", PLAN, Reading(every_year=True))) == windows(every_year("01.09-30.09"))
    once = understand("Декабрь, май", PLAN, Reading(every_year=False))
    assert found(once) == windows("01.12.2021-31.12.2021 01.05.2022-31.05.2022") and not once.recurrence
    assert found(understand("В течение года", PLAN, Reading(every_year=False))) == windows("01.01.2021-31.12.2021")
    assert found(understand("до 1 мая", PLAN, Reading(every_year=True))) == windows(every_year("01.01-01.05"))


def test_the_school_year_ends_when_the_setting_says() -> None:
    long = Reading(school_year_last=(6, 30))
    assert found(understand("2021/2022 учебный год", PLAN, long)) == windows("01.09.2021-30.06.2022")
    assert found(understand("раз в учебный год", (2021, 2022), long)) == windows("01.09.2021-30.06.2022")


# --- two columns


@pytest.mark.parametrize(
    ("start", "end", "expected", "named"),
    [
        ("01.01.2019", "31.12.2024 ", "01.01.2019-31.12.2024", (date(2019, 1, 1), date(2024, 12, 31))),
        ("", "31.12.2024", "31.12.2024", (None, date(2024, 12, 31))),
        ("-", "31.12.2020", "31.12.2020", (None, date(2020, 12, 31))),
        ("–", "IV квартал 2021", "01.10.2021-31.12.2021", (None, date(2021, 12, 31))),
        ("", "до 31.12.2021", "01.01.2021-31.12.2021", (None, date(2021, 12, 31))),
        ("01.09.2021", "", "01.09.2021-31.12.2024", (date(2021, 9, 1), None)),
        ("сентябрь 2021", "-", "01.09.2021-30.09.2021", (date(2021, 9, 1), date(2021, 9, 30))),
        ("сентябрь", "май 2022", "01.09.2021-31.05.2022", (date(2021, 9, 1), date(2022, 5, 31))),
        ("сентябрь", "сентябрь", "01.09.2021-30.09.2021", (date(2021, 9, 1), date(2021, 9, 30))),
        ("2021", "2023 год", "01.01.2021-31.12.2023", (date(2021, 1, 1), date(2023, 12, 31))),
        ("с 01.09.2021", "по 01.10.2021", "01.09.2021-01.10.2021", (date(2021, 9, 1), date(2021, 10, 1))),
        ("с 01.09.2021", "до конца 2022 года", "01.09.2021-31.12.2022", (date(2021, 9, 1), date(2022, 12, 31))),
        ("-", "-", "", (None, None)),
        ("", "", "", (None, None)),
        ("постоянно", "постоянно", "", (None, None)),
    ],
)
def test_two_columns(start: str, end: str, expected: str, named: tuple[date | None, date | None]) -> None:
    schedule = understand_term(Term(start=start, end=end), PLAN)
    assert schedule.understood
    assert found(schedule) == windows(expected)
    assert (schedule.start, schedule.end) == named


def test_two_columns_gone_wrong() -> None:
    backwards = understand_term(Term(start="15.09.2021", end="01.09.2021"), PLAN)
    assert backwards.problem == "окончание раньше начала" and not backwards.windows
    missing = understand_term(Term(start="01.02.2021", end="31.02.2021"), PLAN)
    assert not missing.understood and missing.problem == "нет такой даты: 31.02.2021"
    odd = understand_term(Term(start="01.02.2021", end="когда-нибудь"), PLAN)
    assert not odd.understood and odd.wording == "01.02.2021 – когда-нибудь"


def test_a_recurrence_in_one_column_and_its_bound_in_the_other() -> None:
    schedule = understand_term(Term(start="ежеквартально", end="31.12.2021"), PLAN)
    assert found(schedule) == windows(
        every_year("01.01-31.03", "01.04-30.06", "01.07-30.09", "01.10-31.12", years=range(2021, 2022))
    )


def test_one_column_wins_over_two() -> None:
    assert found(understand_term(Term("2022", "01.01.2021", "31.12.2021"), PLAN)) == windows("01.01.2022-31.12.2022")


# --- recurrence rules

RECURRING = [
    row[0] for row in [*TABLE, *ACCEPTED] if understand(row[0], PLAN).recurrence
] + ["ежемесячно", "ежемесячно до 25 числа", "ежемесячно до 31 числа", "ежемесячно до 30 числа", "еженедельно",
     "ежеквартально до 5 числа месяца, следующего за отчетным", "ежемесячно в течение учебного года",
     "ежеквартально до 30 числа последнего месяца квартала", "два раза в месяц", "три раза в месяц",
     "1-го и 15-го числа каждого месяца", "ежемесячно с 01.03.2022 по 31.08.2022", "каждые 2 месяца"]  # fmt: skip


@pytest.mark.parametrize("wording", RECURRING)
def test_the_rule_is_rfc_5545_and_gives_the_windows(wording: str) -> None:
    schedule = understand(wording, PLAN)
    first, last = schedule.windows[0].start, max(w.end for w in schedule.windows)
    rules = rrulestr(schedule.recurrence, dtstart=datetime(first.year, first.month, first.day))
    days = {day.date() for day in rules.between(datetime(first.year, 1, 1), datetime(last.year, 12, 31), inc=True)}
    days = {day for day in days if first <= day <= last}
    starts, ends = {w.start for w in schedule.windows}, {w.end for w in schedule.windows}
    if "ежегодно" not in wording and "," in wording and "в течение" in wording:
        assert days <= starts  # «сентябрь, в течение года»: only one of the two recurs
    else:
        assert days in (starts, ends)


def test_a_term_that_does_not_recur_has_no_rule() -> None:
    assert understand("сентябрь 2021", PLAN).recurrence == ""
    assert understand("до 1 декабря 2021", PLAN).recurrence == ""


# --- what holds for every wording

_VOCABULARY = """
    с по до не позднее в течение года учебного сентябрь май 1 2 15 31 2021 2022 - – , ; квартал полугодие ежегодно
    ежемесячно раз числа месяца следующего за отчетным каждый начало конец весь период реализации I IV 15.09.2021 и
    01.02 2021/2022 гг. месяцев первый последний декада Разработка : ( ) постоянно по мере к 29 февраля раза недели
"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@given(st.one_of(st.text(max_size=40), st.lists(_WORDS, max_size=8).map(" ".join)), st.none() | st.just(PLAN))
def test_nothing_is_raised_and_windows_are_in_order(wording: str, years: tuple[int, int] | None) -> None:
    schedule = understand(wording, years)
    assert schedule.wording == wording
    assert schedule.understood or not schedule.windows
    assert all(w.start <= w.end for w in schedule.windows)
    assert list(schedule.windows) == sorted(set(schedule.windows), key=lambda w: (w.start, w.end, w.label))
    if schedule.recurrence:
        rrulestr(schedule.recurrence, dtstart=datetime(2021, 1, 1))


@given(st.lists(_WORDS, max_size=6).map(" ".join), st.lists(_WORDS, max_size=6).map(" ".join))
def test_two_columns_raise_nothing(start: str, end: str) -> None:
    schedule = understand_term(Term(start=start, end=end), PLAN)
    assert schedule.understood or not schedule.windows
    assert all(w.start <= w.end for w in schedule.windows)


_PATTERNS = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y г."]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(_PATTERNS))
def test_every_date_however_written(day: date, pattern: str) -> None:
    schedule = understand(f"{day:{pattern}}")
    assert schedule.windows == (Window(day, day),) and schedule.precision is Precision.DAY


@given(st.sampled_from([row[0] for row in TABLE]), st.integers(2000, 2030), st.integers(0, 9))
def test_recurring_windows_do_not_overlap(wording: str, first: int, length: int) -> None:
    schedule = understand(wording, (first, first + length))
    if "," not in wording and schedule.recurrence:
        for one, other in pairwise(schedule.windows):
            assert one.end < other.start


# --- the real roadmaps


def test_every_term_of_the_seeds_is_understood(seeds: Path) -> None:
    truth = json.loads((seeds / "truth.json").read_text("utf-8"))
    terms = [Term(i.get("term", ""), i.get("start", ""), i.get("end", "")) for t in truth.values() for i in t["items"]]
    for line in (seeds / "002_c6e628054a0a62ce.txt").read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 5 and re.match(r"\d", cells[0]):
            terms.append(Term(cells[3]))
    cells = (seeds / "001_9c52f71a678763b8.txt").read_text("utf-8").split("\t")
    terms += [Term("\n".join(s for s in cells[i].splitlines() if len(s) < 40)) for i in (4, 8, 11, 15, 19)]
    assert len(terms) == 48 + 5 + 15 + 42 + 1 + 5  # one section's heading is numbered like a row and has no term
    said = [term for term in terms if term.text.strip(" -")]
    assert len(terms) - len(said) == 1
    assert [term for term in said if not understand_term(term, PLAN).understood] == []
    assert [term for term in said if not understand_term(term, PLAN).windows] == []


@pytest.mark.parametrize(
    ("reading", "windows"),
    [("", 1), ("every_year", 4), ("once", 1), ("из будущей версии", 1)],
)
def test_the_users_reading_of_a_month_without_a_year(reading: str, windows: int) -> None:
    item = Item(1, ItemKind.ACTIVITY, "Письмо", term=Term("сентябрь"), reading=reading)
    assert len(understand_item(item, (2021, 2024)).windows) == windows
