"""Terms moved by years keep their wording, and mean the same a year later."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Stamp, StampKind, Term
from cosdesk.domain.schedule import understand
from cosdesk.domain.shift import next_years, shift_term, shift_wording


@pytest.mark.parametrize(
    ("wording", "shifted"),
    [
        ("31.12.2021", "31.12.2022"),
        ("01.09.21", "01.09.22"),
        ("до 1 декабря 2021 г.", "до 1 декабря 2022 г."),
        ("2021/2022 учебный год", "2022/2023 учебный год"),
        ("IV квартал 2021 – I квартал 2022", "IV квартал 2022 – I квартал 2023"),
        ("2020 – 15% 2021 – 30%", "2021 – 15% 2022 – 30%"),
        ("29.02.2024", "28.02.2025"),
        ("29 февраля 2024", "28 февраля 2025"),
        ("сентябрь", "сентябрь"),
        ("не менее 1200 детей", "не менее 1200 детей"),
        ("", ""),
    ],
)
def test_wordings(wording: str, shifted: str) -> None:
    assert shift_wording(wording, 1) == shifted


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(-5, 5))
def test_a_day_moves_by_whole_years(day: date, years: int) -> None:
    moved = understand(shift_wording(f"{day:%d.%m.%Y}", years))
    assert moved.understood
    assert moved.windows[0].end.year == day.year + years
    assert moved.windows[0].end.month == day.month


def test_both_columns_move() -> None:
    assert shift_term(Term("", "01.01.2021", "31.12.2021"), 2) == Term("", "01.01.2023", "31.12.2023")


def test_a_roadmap_for_the_next_years() -> None:
    contents = RoadmapContents(
        Roadmap(1, "План на 2021–2023 годы", "sections", first_year=2021, last_year=2023, source_name="план.docx"),
        stamps=(Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава", "П.П. Первый", date(2021, 1, 11), "акт"),),
        items=(Item(1, ItemKind.ACTIVITY, "Письмо", term=Term("май 2022"), at_risk=True),),
        indicators=(Indicator(1, "Доля", targets=(Target("2021", Decimal(1)), Target("2023", Decimal(3)))),),
    )
    after = next_years(contents, 2023, 2026)
    assert (after.roadmap.title, after.roadmap.years) == ("План на 2023–2026 годы", (2023, 2026))
    assert after.items == (replace(contents.items[0], term=Term("май 2024"), at_risk=False),)
    assert [target.period for target in after.indicators[0].targets] == ["2023"]
    assert (after.stamps[0].on, after.stamps[0].act, after.stamps[0].name) == (None, "", "П.П. Первый")
