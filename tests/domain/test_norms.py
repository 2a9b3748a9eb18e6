"""The thresholds: what is usual, what is taken from texts, and that every judgement follows them."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.execution import Status
from cosdesk.domain.indicator import Achievement, Actual, Indicator, Target
from cosdesk.domain.norms import NORM_KINDS, USUAL, Norms, changed_norms, norms_of
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Term
from cosdesk.domain.state import indicator_state, item_states
from cosdesk.reports.figures import period_figures

TODAY = date(2021, 6, 10)
CONTENTS = RoadmapContents(
    Roadmap(1, "Карта", "results-plan", "", 2021, 2021),
    items=(Item(1, ItemKind.ACTIVITY, "Замеры", "1", term=Term("июнь 2021")),),
    indicators=(Indicator(1, "Доля", unit="процент", targets=(Target("2021", Decimal(100)),)),),
)
SNAPSHOT = Snapshot(
    District("Ольховский район"), (CONTENTS,), actuals=(Actual(1, 1, "2021", Decimal(85)),), today=TODAY
)


def judged(norms: Norms) -> Snapshot:
    return replace(SNAPSHOT, norms=norms)


def test_every_threshold_is_described_within_its_bounds() -> None:
    assert {kind.name for kind in NORM_KINDS} == {field.name for field in fields(Norms)}
    assert all(kind.lowest <= kind.usual <= kind.highest for kind in NORM_KINDS)


@pytest.mark.parametrize(
    ("texts", "norms"),
    [
        ({}, USUAL),
        ({"risk_days": "30"}, Norms(risk_days=30)),
        ({"risk_days": "-1"}, USUAL),
        ({"risk_days": "5000"}, USUAL),
        ({"risk_days": "четырнадцать", "near_percent": "80"}, Norms(near_percent=80)),
        ({"of_a_newer_program": "7"}, USUAL),
        ({"near_percent": "95", "reached_percent": "90", "risk_days": "3"}, Norms(risk_days=3)),
    ],
)
def test_a_text_that_is_no_threshold_gives_way_to_the_usual_one(texts: dict[str, str], norms: Norms) -> None:
    assert norms_of(texts) == norms


@given(st.builds(Norms, **{kind.name: st.integers(kind.lowest, kind.highest) for kind in NORM_KINDS}))
def test_what_is_kept_is_read_back(norms: Norms) -> None:
    kept = {name: str(value) for name, value in changed_norms(norms).items()}
    if norms.near_percent <= norms.reached_percent:
        assert norms_of(kept) == norms


@pytest.mark.parametrize(("days", "status"), [(14, Status.IN_PROGRESS), (19, Status.IN_PROGRESS), (20, Status.AT_RISK)])
def test_a_row_is_at_risk_by_the_districts_own_days(days: int, status: Status) -> None:
    assert item_states(judged(Norms(risk_days=days)), CONTENTS)[1].status is status


@pytest.mark.parametrize(
    ("percent", "reached", "near", "light"),
    [
        (100, 100, 90, Achievement.REACHED),
        (95, 95, 90, Achievement.REACHED),
        (95, 96, 90, Achievement.BELOW),
        (80, 100, 80, Achievement.BELOW),
        (79, 100, 80, Achievement.FAILED),
        (101, 95, 90, Achievement.EXCEEDED),
    ],
)
def test_an_indicators_light_follows_the_thresholds(percent: int, reached: int, near: int, light: Achievement) -> None:
    norms = Norms(reached_percent=reached, near_percent=near)
    own = {"2021": Actual(1, 1, "2021", Decimal(percent))}
    assert indicator_state(CONTENTS.indicators[0], own, parse_period("2021"), norms).achievement is light


def test_a_report_counts_by_the_same_thresholds() -> None:
    period = parse_period("2021")
    strict = period_figures(judged(Norms(near_percent=90, upcoming_days=7)), CONTENTS, period)
    mild = period_figures(judged(Norms(near_percent=80, upcoming_days=30)), CONTENTS, period)
    assert [figure.threatened for figure in strict.indicators.all] == [True]
    assert [figure.threatened for figure in mild.indicators.all] == [False]
    assert (len(strict.execution.upcoming), len(mild.execution.upcoming)) == (0, 1)


def test_the_calendar_reminds_as_many_days_before() -> None:
    from icalendar import Calendar

    from cosdesk.exchange.calendar import calendar_bytes

    calendar = Calendar.from_ical(calendar_bytes(judged(Norms(reminder_days=3))))
    (alarm,) = calendar.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-3)
