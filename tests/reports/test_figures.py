"""Numbers of a report: which terms are due, done, late, proved; which actual counts; what is compared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual, Direction, Indicator, Target
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Item, ItemKind, RoadmapContents, Section, Term
from cosdesk.reports.figures import PeriodFigures, SchoolFigures, period_figures, school_figures
from cosdesk.reports.indicator_figures import IndicatorFigure
from cosdesk.reports.references import row_references
from tests.reports import zarechny
from tests.reports.zarechny import row


def figures(code: str, snapshot: Snapshot = zarechny.SNAPSHOT) -> PeriodFigures:
    return period_figures(snapshot, snapshot.roadmaps[0], parse_period(code))


GROUPS = ("due", "done", "late", "undone", "postponed", "partly", "proved", "cancelled", "carried", "early", "upcoming")


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        #           due done late undone postp partly proved cancel carried early upcoming
        ("2020-H1", (3, 3, 1, 0, 0, 0, 2, 0, 0, 0, 0)),
        ("2020", (7, 6, 1, 1, 0, 0, 2, 0, 0, 0, 0)),
        ("2021-01", (0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1)),
        ("2021-02", (1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0)),
        ("2021-Q1", (2, 2, 0, 0, 0, 0, 1, 1, 1, 0, 1)),
        ("2021-04", (3, 2, 0, 1, 1, 0, 1, 1, 1, 0, 0)),
        ("2021-H1", (6, 4, 1, 2, 1, 1, 3, 1, 1, 1, 2)),
        ("2021-9M", (9, 7, 3, 2, 0, 1, 5, 1, 1, 1, 0)),
        ("2021", (14, 8, 3, 6, 0, 1, 6, 1, 1, 0, 0)),
    ],
)
def test_terms_are_counted_from_the_first_of_january(code: str, counts: tuple[int, ...]) -> None:
    execution = figures(code).execution
    assert {group: len(getattr(execution, group)) for group in GROUPS} == dict(zip(GROUPS, counts, strict=True))


def plan(
    *items: Item, executions: tuple[Execution, ...] = (), evidence: tuple[Evidence, ...] = (), today: date
) -> Snapshot:
    contents = RoadmapContents(zarechny.ROADMAP, items=items)
    return Snapshot(
        zarechny.DISTRICT, roadmaps=(contents,), executions=executions, evidence=evidence, today=today
    )  # fmt: skip


APRIL = row(1, "1.1", "Мониторинг", "01.04.2021", "30.04.2021")
LATER = date(2022, 1, 1)


@pytest.mark.parametrize(
    ("record", "group", "days"),
    [
        (None, "undone", 61),
        (Execution(1, 1, Outcome.DONE, date(2021, 4, 30), date(2021, 4, 15)), "done", 0),
        (Execution(1, 1, Outcome.DONE, date(2021, 4, 30), date(2021, 5, 3)), "late", 3),
        (Execution(1, 1, Outcome.DONE, date(2021, 4, 30)), "done", 0),
        # Recorded as done after the as-of day: not yet done on it.
        (Execution(1, 1, Outcome.DONE, date(2021, 4, 30), date(2021, 7, 1)), "undone", 61),
        (Execution(1, 1, Outcome.NOT_DONE, date(2021, 4, 30), date(2021, 5, 1)), "undone", 61),
        (Execution(1, 1, Outcome.PARTLY, date(2021, 4, 30), date(2021, 4, 30)), "partly", 61),
        (Execution(1, 1, Outcome.POSTPONED, date(2021, 4, 30), date(2021, 4, 20), date(2021, 8, 1)), "postponed", 61),
        (Execution(1, 1, Outcome.CANCELLED, date(2021, 4, 30), date(2021, 4, 20)), "cancelled", 61),
    ],
)
def test_one_record_decides_the_group_of_its_term(record: Execution | None, group: str, days: int) -> None:
    snapshot = plan(APRIL, executions=(record,) if record else (), today=LATER)
    execution = figures("2021-H1", snapshot).execution
    (term,) = getattr(execution, group)
    assert term.days_late == days
    assert len(execution.due) == (group != "cancelled")
    assert len(execution.done) + len(execution.undone) == len(execution.due)


@pytest.mark.parametrize(
    ("today", "due", "upcoming"),
    [
        (date(2021, 4, 29), 0, 1),
        (date(2021, 4, 30), 0, 1),  # it ends today and may still be done
        (date(2021, 5, 1), 1, 0),
    ],
)
def test_a_term_is_due_when_its_last_day_is_over(today: date, due: int, upcoming: int) -> None:
    execution = figures("2021-H1", plan(APRIL, today=today)).execution
    assert (len(execution.due), len(execution.upcoming)) == (due, upcoming)


def test_a_term_done_on_its_last_day_is_due_that_day() -> None:
    done = Execution(1, 1, Outcome.DONE, date(2021, 4, 30), date(2021, 4, 30))
    execution = figures("2021-H1", plan(APRIL, executions=(done,), today=date(2021, 4, 30))).execution
    assert (len(execution.due), len(execution.done)) == (1, 1)


def test_a_term_that_ended_on_the_last_day_of_the_period_is_overdue_afterwards() -> None:
    june = row(1, "1", "Итоги", end="30.06.2021")
    (term,) = figures("2021-H1", plan(june, today=date(2021, 7, 10))).execution.undone
    assert (term.status.label, term.days_late) == ("Не выполнено", 0)


@pytest.mark.parametrize(
    ("document", "proved"),
    [
        (Evidence(1, item_ids=(1,)), True),
        (Evidence(1, item_ids=(1,), execution_ids=(1,)), True),
        (Evidence(1, execution_ids=(1,)), True),
        (Evidence(1, item_ids=(1,), execution_ids=(2,)), False),  # proves another execution of the row
        (Evidence(1, item_ids=(2,)), False),
        (
            Evidence(1, on=date(2021, 7, 1), item_ids=(1,), execution_ids=(1,)),
            True,
        ),  # signed after the quarter it proves
        (Evidence(1, on=date(2021, 5, 20), item_ids=(1,)), False),  # of the other term of the row
    ],
)
def test_a_document_proves_what_it_is_tied_to(document: Evidence, proved: bool) -> None:
    twice = row(1, "1", "Семинар", wording="апрель, май")
    executions = (
        Execution(1, 1, Outcome.DONE, date(2021, 4, 30), date(2021, 4, 30)),
        Execution(2, 1, Outcome.DONE, date(2021, 5, 31), date(2021, 5, 31)),
    )
    april, may = figures("2021-H1", plan(twice, executions=executions, evidence=(document,), today=LATER)).execution.due
    assert bool(april.evidence) is proved
    assert bool(may.evidence) is (document.item_ids == (1,) and document.execution_ids in ((), (2,)))


def test_a_document_named_by_the_record_proves_it() -> None:
    done = Execution(1, 1, Outcome.DONE, date(2021, 4, 30), date(2021, 4, 30), evidence_ids=(9,))
    snapshot = plan(APRIL, executions=(done,), evidence=(Evidence(9, "приказ"),), today=LATER)
    assert len(figures("2021-H1", snapshot).execution.proved) == 1


def test_a_row_that_is_an_indicator_has_no_term_to_keep() -> None:
    judged = replace(APRIL, kind=ItemKind.INDICATOR)
    snapshot = plan(judged, today=LATER)
    contents = replace(snapshot.roadmaps[0], indicators=(Indicator(1, "Доля", item_id=1),))
    assert figures("2021-H1", replace(snapshot, roadmaps=(contents,))).execution.due == ()


def test_the_years_figures_are_compared_on_the_same_day() -> None:
    each_april = row(1, "1", "Семинар", wording="ежегодно до 15 апреля")
    done = Execution(1, 1, Outcome.DONE, date(2020, 4, 15), date(2020, 4, 10))
    early = figures("2021-H1", plan(each_april, executions=(done,), today=date(2021, 4, 10))).before
    later = figures("2021-H1", plan(each_april, executions=(done,), today=date(2021, 4, 20))).before
    assert early is None
    assert later is not None
    assert len(later.done) == 1


# Indicators

PERCENT = Indicator(1, "Доля", unit="процент", targets=(Target("2021", Decimal(80)),))


def indicator_figure(code: str, indicator: Indicator, *actuals: Actual, today: date = LATER) -> IndicatorFigure:
    contents = RoadmapContents(zarechny.ROADMAP, indicators=(indicator,))
    snapshot = Snapshot(zarechny.DISTRICT, roadmaps=(contents,), actuals=actuals, today=today)
    return figures(code, snapshot).indicators.all[0]


def actual(period: str, value: str = "50", actual_id: int = 1) -> Actual:
    return Actual(actual_id, 1, period, Decimal(value))


@pytest.mark.parametrize(
    ("code", "recorded", "chosen", "on"),
    [
        ("2021-Q2", ["2021-Q1", "2021-Q2", "2021-Q3"], "2021-Q2", date(2021, 6, 30)),
        ("2021-Q2", ["2021-Q1", "2021-Q3"], "2021-Q1", date(2021, 3, 31)),
        ("2021-H1", ["2021-Q1", "2021-05"], "2021-05", date(2021, 5, 31)),
        ("2021-9M", ["2021-H1", "2021"], "2021-H1", date(2021, 6, 30)),
        ("2021-9M", ["2021-Q2", "2021-H1", "2021-06"], "2021-H1", date(2021, 6, 30)),
        ("2021", ["2021-9M", "2021"], "2021", date(2021, 12, 31)),
        ("2021", ["2020", "2022-Q1"], None, None),
        ("2021-Q1", ["2021"], None, None),
    ],
)
def test_the_actual_of_the_period_or_the_latest_before_it(
    code: str, recorded: list[str], chosen: str | None, on: date | None
) -> None:
    actuals = [actual(period, actual_id=number) for number, period in enumerate(recorded)]
    figure = indicator_figure(code, PERCENT, *actuals)
    assert (figure.state.actual and figure.state.actual.period, figure.on) == (chosen, on)


def test_an_actual_of_a_period_not_begun_is_not_yet_known() -> None:
    early = date(2021, 5, 20)
    figure = indicator_figure("2021", PERCENT, actual("2021-Q1"), actual("2021-Q3", actual_id=2), today=early)
    assert (figure.on, figure.amount) == (date(2021, 3, 31), Decimal(50))
    begun = indicator_figure("2021", PERCENT, actual("2021-Q2"), today=early)
    assert begun.on == early


@pytest.mark.parametrize(
    ("actuals", "baseline_on", "previous"),
    [
        ([actual("2020", "41")], None, Decimal(41)),
        ([actual("2020-Q4", "42")], None, Decimal(42)),
        ([actual("2020-9M", "43")], None, None),
        ([], date(2020, 12, 31), Decimal(7)),
        ([], date(2021, 1, 1), Decimal(7)),
        ([], date(2018, 12, 31), None),
        ([actual("2020", "41")], date(2020, 12, 31), Decimal(41)),
    ],
)
def test_the_fact_of_last_year(actuals: list[Actual], baseline_on: date | None, previous: Decimal | None) -> None:
    indicator = replace(PERCENT, baseline=Decimal(7), baseline_on=baseline_on)
    assert indicator_figure("2021-Q2", indicator, *actuals).previous == previous


@pytest.mark.parametrize(
    ("indicator", "value", "code", "group"),
    [
        (PERCENT, "80", "2021", "reached"),
        (PERCENT, "80.5", "2021", "reached"),
        (PERCENT, "79.9", "2021", "below"),
        (PERCENT, None, "2021", "missing"),
        (PERCENT, None, "2021-9M", "pending"),
        (replace(PERCENT, targets=()), "50", "2021", "unplanned"),
        (replace(PERCENT, targets=()), None, "2021", "unplanned"),
        (replace(PERCENT, targets=(Target("2021", Decimal(0)),)), "5", "2021", "unrated"),
        (replace(PERCENT, targets=(Target("2021", Decimal(0)),), direction=Direction.DOWN), "5", "2021", "unrated"),
        (replace(PERCENT, direction=Direction.DOWN), "70", "2021", "reached"),
        (replace(PERCENT, direction=Direction.DOWN), "81", "2021", "below"),
    ],
)
def test_every_indicator_stands_in_one_group(indicator: Indicator, value: str | None, code: str, group: str) -> None:
    actuals = (actual(code, value),) if value else ()
    contents = RoadmapContents(zarechny.ROADMAP, indicators=(indicator,))
    snapshot = Snapshot(zarechny.DISTRICT, roadmaps=(contents,), actuals=actuals, today=LATER)
    indicators = figures(code, snapshot).indicators
    groups = ("reached", "below", "missing", "pending", "unplanned", "unrated")
    assert [name for name in groups if getattr(indicators, name)] == [group]


def test_a_share_is_compared_as_it_is_not_as_it_is_printed() -> None:
    nearly = Actual(1, 1, "2021", numerator=Decimal(2999), denominator=Decimal(3000))
    figure = indicator_figure("2021", replace(PERCENT, targets=(Target("2021", Decimal(100)),)), nearly)
    assert figure.below
    two_thirds = Actual(1, 1, "2021", numerator=Decimal(8), denominator=Decimal(12))
    level = indicator_figure("2021", PERCENT, two_thirds).level
    assert level is not None
    assert round(level, 1) == Decimal("83.3")  # of 66.7 it would be 83.4


@pytest.mark.parametrize(
    ("value", "own_plan", "threatened"),
    [("72", None, False), ("71.9", None, True), ("40", "40", False), ("35.9", "40", True)],
)
def test_the_threat_is_told_by_the_periods_own_plan_where_it_has_one(
    value: str, own_plan: str | None, threatened: bool
) -> None:
    targets = PERCENT.targets + ((Target("2021-Q2", Decimal(own_plan)),) if own_plan else ())
    figure = indicator_figure("2021-Q2", replace(PERCENT, targets=targets), actual("2021-Q2", value))
    assert figure.threatened is threatened


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Доля школ, процент", "Доля школ"),
        ("Доля школ, %", "Доля школ"),
        ("Доля школ (%)", "Доля школ"),
        ("Доля школ, (%).", "Доля школ"),
        ("Доля школ, в которых учатся 20 %", "Доля школ, в которых учатся 20 %"),
        ("Доля\nшкол  района", "Доля школ района"),
    ],
)
def test_an_indicators_name_loses_the_unit_at_its_end(title: str, bare: str) -> None:
    assert indicator_figure("2021", replace(PERCENT, title=title)).title == bare


# Rows and schools


def test_a_row_is_named_by_what_tells_it_from_others() -> None:
    sections = (Section(1, "1", "Связь"), Section(2, "Направление 2", "Кадры"))
    items = (
        Item(1, ItemKind.ACTIVITY, "Первое", "1.", section_id=1, term=Term("май")),
        Item(2, ItemKind.ACTIVITY, "Второе", "1.", section_id=2, term=Term("май")),
        Item(3, ItemKind.ACTIVITY, "Третье", "2.1.", section_id=2, term=Term("май")),
        Item(4, ItemKind.ACTIVITY, 'Сайт "Школа".', section_id=2, term=Term("май")),
        Item(5, ItemKind.RESULT, "Без срока", "2.1", section_id=1),
        Item(6, ItemKind.ACTIVITY, " "),
    )
    assert row_references(RoadmapContents(zarechny.ROADMAP, sections=sections, items=items)) == {
        1: "1 (раздел 1)",
        2: "1 (направление 2)",
        3: "2.1",
        4: "«Сайт „Школа“»",
        5: "2.1",
        6: "без наименования",
    }


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2021, 6, 30), SchoolFigures(2, 100, 10, 1, 2020)),
        (date(2021, 9, 1), SchoolFigures(2, 230, 25, 2, 2021)),
        (date(2021, 8, 31), SchoolFigures(2, 100, 10, 1, 2020)),
        (date(2023, 1, 1), SchoolFigures(2, 230, 25, 2, 2021)),
        (date(2019, 1, 1), SchoolFigures(2)),
    ],
)
def test_schools_are_counted_in_the_school_year_that_had_begun(as_of: date, expected: SchoolFigures) -> None:
    schools = (
        School(1, "Первая", counts=(SchoolCount(2020, 100, 10), SchoolCount(2021, 110, 11))),
        School(2, "Вторая", counts=(SchoolCount(2021, 120, 14),)),
    )
    assert school_figures(schools, as_of) == expected


def test_a_school_counts_only_while_it_works() -> None:
    schools = (
        School(1, "Первая", counts=(SchoolCount(2020, 100, 10),)),
        School(2, "Закрытая", counts=(SchoolCount(2020, 40, 4),), closed=date(2021, 3, 1)),
        School(3, "Новая", counts=(SchoolCount(2020, 7, 1),), opened=date(2021, 9, 1)),
    )
    assert school_figures(schools, date(2021, 2, 28)) == SchoolFigures(2, 140, 14, 2, 2020)
    assert school_figures(schools, date(2021, 3, 1)) == SchoolFigures(1, 100, 10, 1, 2020)
    assert school_figures(schools, date(2021, 9, 1)).total == 2
