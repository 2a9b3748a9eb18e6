"""The law of wordings: what the program words itself, it understands; and what it tells the user."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cosdesk.domain.roadmap import Term
from cosdesk.domain.schedule import Schedule, Window, understand, understand_term
from cosdesk.domain.schedule_wording import meaning, word

PLAN = (2021, 2024)
NBSP = "\u00a0"

# --- the law

_days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
_months = st.tuples(st.integers(2000, 2040), st.integers(1, 12))
_labels = st.sampled_from(["", "", "", "Разработка", "I этап", "внедрение и обучение"])


def _month_window(first: tuple[int, int], length: int, label: str) -> Window:
    year, month = divmod(first[0] * 12 + first[1] - 1 + length, 12)
    return Window(date(*first, 1), date(year, month + 1, 1) - timedelta(1), label)


_windows = st.one_of(
    st.builds(lambda start, length, label: Window(start, start + timedelta(length), label), _days,
              st.sampled_from([0, 0, 6, 14, 40, 400]), _labels),
    st.builds(_month_window, _months, st.sampled_from([1, 3, 6, 9, 12, 24, 36]), _labels),
)  # fmt: skip
_plans = st.none() | st.tuples(st.integers(2000, 2030), st.integers(0, 6)).map(lambda p: (p[0], p[0] + p[1]))


def in_order(windows: tuple[Window, ...]) -> list[tuple[date, date, str]]:
    return sorted((w.start, w.end, w.label) for w in windows)


@given(st.lists(_windows, min_size=1, max_size=6, unique=True), _plans)
def test_any_windows_that_are_worded_are_understood(windows: list[Window], years: tuple[int, int] | None) -> None:
    ordered = tuple(sorted(windows, key=lambda w: (w.start, w.end, w.label)))
    schedule = Schedule("", windows=ordered, start=ordered[0].start, end=max(w.end for w in ordered))
    again = understand(word(schedule, years), years)
    assert again.understood
    assert in_order(again.windows) == in_order(ordered)


_units = st.sampled_from(["месяц", "квартал", "полугодие", "год", "учебный год", "неделю", "2 года", "3 месяца"])
_phrases = st.one_of(
    st.builds("{} раз в {}".format, st.integers(1, 4), _units),
    st.builds("ежегодно: {}, {}".format, *[st.sampled_from(["май", "1 сентября", "II квартал", "с 5 по 9 июня"])] * 2),
    st.builds("ежемесячно до {} числа".format, st.integers(1, 31)),
    st.builds("ежеквартально до {} числа месяца, следующего за отчётным".format, st.integers(1, 28)),
    st.builds("{} с марта {} г. по май {} г.".format, st.sampled_from(["ежемесячно", "ежеквартально"]),
              st.integers(2015, 2019), st.integers(2020, 2022)),
    st.builds("{} 15 мая {} г.".format, st.sampled_from(["до", "с"]), st.integers(2019, 2026)),
    st.builds("Разработка – {}, реализация – {}".format, *[st.sampled_from(["май", "ежегодно", "2022 год"])] * 2),
    st.sampled_from(["весь период", "В течение учебного года", "ежемесячно с сентября по май", "до конца года"]),
)  # fmt: skip


@given(_phrases, _plans)
@example("ежеквартально до 5 числа месяца, следующего за отчётным", PLAN)
@example("с 15 мая 2026 г.", PLAN)
def test_a_wording_reworded_means_the_same(wording: str, years: tuple[int, int] | None) -> None:
    schedule = understand(wording, years)
    assert schedule.understood
    for plan in (years, None):
        again = understand(word(schedule, plan), plan)
        assert not schedule.windows or in_order(again.windows) == in_order(schedule.windows)


@pytest.mark.parametrize(
    ("wording", "with_plan", "alone"),
    [
        ("01.09.2021", "1 сентября 2021 г.", "1 сентября 2021 г."),
        ("1-15 сентября 2021", "с 1 по 15 сентября 2021 г.", "с 1 по 15 сентября 2021 г."),
        ("15.09-20.10.2021", "с 15 сентября по 20 октября 2021 г.", "с 15 сентября по 20 октября 2021 г."),
        ("15.12.2021-20.01.2022", "с 15 декабря 2021 г. по 20 января 2022 г.",
         "с 15 декабря 2021 г. по 20 января 2022 г."),
        ("Август- сентябрь", "август – сентябрь 2021 г.", "август – сентябрь 2021 г."),
        ("ноябрь 2021 – март 2022", "ноябрь 2021 г. – март 2022 г.", "ноябрь 2021 г. – март 2022 г."),
        ("4 квартал 2019 года", "IV квартал 2019 г.", "IV квартал 2019 г."),
        ("первое полугодие", "I полугодие 2021 г.", "I полугодие 2021 г."),
        ("9 месяцев 2022", "9 месяцев 2022 г.", "9 месяцев 2022 г."),
        ("2021", "2021 год", "2021 год"),
        ("весь период", "2021–2024 годы", "2021–2024 годы"),
        ("2021-22 уч. г.", "2021/2022 учебный год", "2021/2022 учебный год"),
        ("2019 – 2024 учебные годы", "2019–2024 учебные годы", "2019–2024 учебные годы"),
        ("не позднее 25.08.2022", "до 25 августа 2022 г.", "с 1 января 2021 г. по 25 августа 2022 г."),
        ("С 2019 года", "с 1 января 2019 г.", "2019–2024 годы"),
        ("В течение года", "ежегодно", "ежегодно в 2021–2024 годах"),
        ("Декабрь, май", "ежегодно: май, декабрь", "ежегодно в 2021–2024 годах: май, декабрь"),
        ("Два раза в год", "раз в полугодие", "раз в полугодие в 2021–2024 годах"),
        ("ежемесячно до 25 числа", "ежемесячно до 25 числа", "ежемесячно в 2021–2024 годах до 25 числа"),
        ("до 5 числа следующего месяца, ежеквартально",
         "ежеквартально до 5 числа месяца, следующего за отчётным",
         "ежеквартально в 2021–2024 годах до 5 числа месяца, следующего за отчётным"),
        ("ежегодно до 1 февраля", "ежегодно до 1 февраля", "ежегодно в 2021–2024 годах до 1 февраля"),
        ("май-июнь (разработка), 2022 год (работа)", "разработка – май – июнь 2021 г.; работа – 2022 год",
         "разработка – май – июнь 2021 г.; работа – 2022 год"),
        ("постоянно", "постоянно", "постоянно"),
        ("когда-нибудь", "когда-нибудь", "когда-нибудь"),
    ],
)  # fmt: skip
def test_the_canonical_wording(wording: str, with_plan: str, alone: str) -> None:
    schedule = understand(wording, PLAN)
    assert word(schedule, PLAN).replace(NBSP, " ") == with_plan
    assert word(schedule).replace(NBSP, " ") == alone


# --- what the user is told


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        ("1 сентября 2021", "1 сентября 2021 г."),
        ("сентябрь", "01.09–30.09.2021"),
        ("сентябрь 2021 – май 2022", "01.09.2021–31.05.2022"),
        ("до 1 декабря 2021", "до 1 декабря 2021 г."),
        ("с 2019 года", "с 1 января 2019 г. до конца плана (31.12.2024)"),
        ("ежегодно, май", "01.05–31.05 каждый год, 2021–2024"),
        ("Декабрь, май", "01.05–31.05 и 01.12–31.12 каждый год, 2021–2024"),
        ("ежегодно 1 сентября", "01.09 каждый год, 2021–2024"),
        ("В течение учебного года", "01.09–31.05 каждый год, 2021–2024"),
        ("ежегодно в феврале", "01.02–28.02 каждый год, 2021–2024"),
        ("ежемесячно", "каждый месяц, 2021–2024"),
        ("ежемесячно с сентября 2021 по май 2022", "каждый месяц, сентябрь 2021 – май 2022"),
        ("ежемесячно с сентября по май", "январь – май, сентябрь – декабрь (каждый месяц) каждый год, 2021–2024"),
        ("ежеквартально в 2021 году", "каждый квартал, 2021"),
        ("два раза в год", "каждое полугодие, 2021–2024"),
        ("еженедельно", "каждую неделю, 04.01.2021–29.12.2024"),
        ("ежедневно", "ежедневно, без отдельных сроков"),
        ("ежемесячно до 25 числа", "до 25 числа каждого месяца, 2021–2024"),
        ("ежеквартально до 5 числа месяца, следующего за отчетным",
         "до 5 числа каждые три месяца, апрель 2021 – январь 2025"),
        ("май, сентябрь 2021", "01.05–31.05.2021, 01.09–30.09.2021"),
        ("5 раз в год", "01.01–14.03.2021, 15.03–26.05.2021, 27.05–07.08.2021 … 19.10–31.12.2024, всего 20"),
        ("Разработка – май-июнь, реализация – в течение года",
         "реализация: 01.01–31.12 каждый год, 2021–2024; Разработка: 01.05–30.06.2021"),
        ("постоянно", "срок не определён"),
        ("-", "срок не определён"),
        ("с 15.09.2021 по 01.09.2021", "окончание раньше начала: 15.09.2021 и 01.09.2021"),
        ("31.02.2021", "не понято: нет такой даты: 31.02.2021"),
        ("когда-нибудь\nпотом", "не понято: «когда-нибудь потом»"),
    ],
)  # fmt: skip
def test_meaning(wording: str, told: str) -> None:
    assert meaning(understand(wording, PLAN)).replace(NBSP, " ") == told


def test_meaning_without_the_plans_years() -> None:
    assert meaning(understand("сентябрь")) == "срок не определён: годы плана не заданы"
    assert meaning(understand("с 2019 года")).replace(NBSP, " ") == "с 1 января 2019 г.; годы плана не заданы"


def test_meaning_of_two_columns() -> None:
    assert meaning(understand_term(Term(end="31.12.2020"))).replace(NBSP, " ") == "31 декабря 2020 г."
    assert meaning(understand_term(Term(start="01.01.2019", end="31.12.2024"))) == "01.01.2019–31.12.2024"


@given(st.lists(_windows, min_size=1, max_size=8, unique=True))
def test_every_schedule_has_a_meaning_of_one_line(windows: list[Window]) -> None:
    ordered = tuple(sorted(windows, key=lambda w: (w.start, w.end)))
    told = meaning(Schedule("", windows=ordered, start=ordered[0].start, end=ordered[-1].end))
    assert told and "\n" not in told
