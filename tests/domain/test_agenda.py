"""What burns on a day: occurrences by topic, papers missing, indicators behind, schools that owe an answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cosdesk.domain.agenda import Topic, agenda, counts
from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Term

ITEMS = (
    Item(1, ItemKind.ACTIVITY, "Дважды в год", "1", term=Term("декабрь, май")),
    Item(2, ItemKind.ACTIVITY, "Весь год", "2", term=Term("в течение года")),
    Item(3, ItemKind.ACTIVITY, "Сделано", "3", term=Term("март 2021"), expected="справка"),
)
INDICATORS = (Indicator(1, "Доля", "1", targets=(Target("2021", Decimal(80)),)),)
SNAPSHOT = Snapshot(
    District("Район"),
    (
        RoadmapContents(
            Roadmap(1, "План", "sections", first_year=2021, last_year=2022), items=ITEMS, indicators=INDICATORS
        ),
    ),
    executions=(Execution(1, 3, Outcome.DONE, on=date(2021, 3, 5)),),
)


def found(snapshot: Snapshot, on: date) -> list[tuple[Topic, str]]:
    return [(line.topic, line.number or line.title) for line in agenda(snapshot, on, parse_period("2021-Q2"))]


def test_a_term_of_the_whole_year_is_not_overdue_in_february() -> None:
    assert (Topic.OVERDUE, "2") not in found(SNAPSHOT, date(2021, 2, 10))
    assert (Topic.OVERDUE, "2") in found(SNAPSHOT, date(2022, 1, 1))


def test_occurrences_are_counted_not_rows() -> None:
    late = counts(agenda(SNAPSHOT, date(2022, 1, 10)))
    assert late[Topic.OVERDUE] == 3  # May and December of 2021, and the whole of 2021


def test_months_ahead() -> None:
    assert (Topic.THIS_MONTH, "1") in found(SNAPSHOT, date(2021, 5, 2))
    assert (Topic.NEXT_MONTH, "1") in found(SNAPSHOT, date(2021, 4, 2))


def test_a_paper_of_the_row_counts_as_well_as_one_of_its_record() -> None:
    assert (Topic.NO_EVIDENCE, "3") in found(SNAPSHOT, date(2021, 4, 1))
    proved = replace(SNAPSHOT, evidence=(Evidence(1, "справка", item_ids=(3,)),))
    assert (Topic.NO_EVIDENCE, "3") not in found(proved, date(2021, 4, 1))


def test_an_indicator_without_a_value_is_a_gap_and_a_low_one_is_behind() -> None:
    assert (Topic.REPORT_GAPS, "1") in [
        line for line in found(SNAPSHOT, date(2021, 7, 1)) if line[0] is Topic.REPORT_GAPS
    ]
    low = replace(SNAPSHOT, actuals=(Actual(1, 1, "2021-Q2", Decimal(40)),))
    assert (Topic.BEHIND_PLAN, "1") in found(low, date(2021, 7, 1))


def test_schools_that_owe_an_answer_are_named() -> None:
    asked = Round(
        7, "internet", "1", "Скорость", "2021", due=date(2021, 4, 1), waiting=(2,),
        counts={AnswerState.RECEIVED: 1, AnswerState.SENT: 1},
    )  # fmt: skip
    snapshot = replace(SNAPSHOT, schools=(School(1, "Первая"), School(2, "Вторая")), rounds=(asked,))
    (line,) = [line for line in agenda(snapshot, date(2021, 4, 2)) if line.topic is Topic.NO_ANSWER]
    assert (line.title, line.reason, line.round_id) == ("Скорость: Вторая", "не ответили: 1 из 2, срок прошёл", 7)
    closed = replace(snapshot, rounds=(replace(asked, closed_on=date(2021, 4, 2)),))
    assert Topic.NO_ANSWER not in {line.topic for line in agenda(closed, date(2021, 4, 2))}
