"""The status of a row, day by day, from its windows and records."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.execution import (
    Execution,
    Outcome,
    Status,
    answered_occurrence,
    item_status,
    occurrence_status,
    occurrences,
    records_by_item,
)
from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.domain.schedule import Schedule, Window, understand, understand_term

PLAN = (2021, 2024)
ROW = Item(1, ItemKind.ACTIVITY, "Мониторинг")
RISKY = Item(1, ItemKind.ACTIVITY, "Мониторинг", at_risk=True)


def day(text: str) -> date:
    return date(*map(int, reversed(text.split("."))))


def record(outcome: Outcome, on: str = "", end: str = "", due: str = "", number: int = 1, item: int = 1) -> Execution:
    dates = [day(text) if text else None for text in (end, on, due)]
    return Execution(number, item, outcome, *dates)


def status(wording: str, today: str, *records: Execution, item: Item = ROW) -> Status:
    return item_status(item, understand(wording, PLAN), records, day(today))


@pytest.mark.parametrize(
    ("wording", "today", "expected"),
    [
        ("сентябрь 2021", "31.08.2021", Status.NOT_DUE),
        ("сентябрь 2021", "01.09.2021", Status.IN_PROGRESS),
        ("сентябрь 2021", "15.09.2021", Status.IN_PROGRESS),
        ("сентябрь 2021", "16.09.2021", Status.AT_RISK),
        ("сентябрь 2021", "30.09.2021", Status.AT_RISK),
        ("сентябрь 2021", "01.10.2021", Status.OVERDUE),
        # «в течение года» is not overdue in February
        ("2021", "15.02.2021", Status.IN_PROGRESS),
        ("2021", "31.12.2021", Status.AT_RISK),
        ("2021", "01.01.2022", Status.OVERDUE),
        # a milestone is one day
        ("31.12.2021", "16.12.2021", Status.NOT_DUE),
        ("31.12.2021", "17.12.2021", Status.AT_RISK),
        ("31.12.2021", "31.12.2021", Status.AT_RISK),
        ("31.12.2021", "01.01.2022", Status.OVERDUE),
        # a due day near is no risk before the work may begin
        ("ежеквартально до 5 числа месяца, следующего за отчетным", "31.03.2021", Status.NOT_DUE),
        ("ежеквартально до 5 числа месяца, следующего за отчетным", "01.04.2021", Status.AT_RISK),
        ("постоянно", "01.01.2030", Status.UNDETERMINED),
        ("когда-нибудь", "01.01.2030", Status.UNDETERMINED),
        ("с 15.09.2021 по 01.09.2021", "01.01.2030", Status.UNDETERMINED),
    ],
)
def test_by_the_day_without_records(wording: str, today: str, expected: Status) -> None:
    assert status(wording, today) is expected


@pytest.mark.parametrize(
    ("outcome", "on", "due", "today", "expected"),
    [
        (Outcome.DONE, "10.09.2021", "", "15.09.2021", Status.DONE),
        (Outcome.DONE, "30.09.2021", "", "01.12.2021", Status.DONE),
        (Outcome.DONE, "01.10.2021", "", "01.12.2021", Status.DONE_LATE),
        (Outcome.DONE, "20.08.2021", "", "25.08.2021", Status.DONE),
        (Outcome.DONE, "", "", "01.12.2021", Status.DONE),
        (Outcome.PARTLY, "10.09.2021", "", "12.09.2021", Status.IN_PROGRESS),
        (Outcome.PARTLY, "20.08.2021", "", "25.08.2021", Status.IN_PROGRESS),
        (Outcome.PARTLY, "10.09.2021", "", "20.09.2021", Status.AT_RISK),
        (Outcome.PARTLY, "10.09.2021", "", "01.10.2021", Status.OVERDUE),
        (Outcome.NOT_DONE, "10.09.2021", "", "12.09.2021", Status.IN_PROGRESS),  # there is still time
        (Outcome.NOT_DONE, "30.09.2021", "", "01.10.2021", Status.OVERDUE),
        (Outcome.POSTPONED, "29.09.2021", "30.11.2021", "15.10.2021", Status.IN_PROGRESS),
        (Outcome.POSTPONED, "29.09.2021", "30.11.2021", "16.11.2021", Status.AT_RISK),
        (Outcome.POSTPONED, "29.09.2021", "30.11.2021", "01.12.2021", Status.OVERDUE),
        (Outcome.POSTPONED, "29.09.2021", "", "01.10.2021", Status.OVERDUE),
        (Outcome.CANCELLED, "10.09.2021", "", "01.12.2021", Status.CANCELLED),
    ],
)
def test_by_the_record(outcome: Outcome, on: str, due: str, today: str, expected: Status) -> None:
    answer = record(outcome, on, "30.09.2021", due)
    assert status("сентябрь 2021", today, answer) is expected
    assert occurrence_status(Window(day("01.09.2021"), day("30.09.2021")), answer, day(today)) is expected


@pytest.mark.parametrize(
    ("today", "done", "expected"),
    [
        ("15.02.2021", [], Status.NOT_DUE),
        ("10.05.2021", [], Status.IN_PROGRESS),
        ("10.05.2021", ["31.05.2021"], Status.IN_PROGRESS),  # the other months are still to come
        ("01.07.2021", [], Status.OVERDUE),
        ("01.07.2021", ["31.05.2021"], Status.IN_PROGRESS),
        ("20.12.2021", ["31.05.2021"], Status.AT_RISK),
        ("01.02.2022", ["31.12.2021"], Status.OVERDUE),  # May was missed
        ("01.02.2023", ["31.05.2021", "31.12.2021", "31.05.2022", "31.12.2022"], Status.DONE),
    ],
)
def test_a_recurring_row_is_as_bad_as_its_worst_term(today: str, done: list[str], expected: Status) -> None:
    records = [record(Outcome.DONE, end, end, number=n) for n, end in enumerate(done, 1)]
    schedule = understand("ежегодно: май, декабрь в 2021–2022 годах", (2021, 2022))
    assert item_status(ROW, schedule, records, day(today)) is expected


def test_done_late_once_marks_the_whole_row() -> None:
    records = [
        record(Outcome.DONE, "05.06.2021", "31.05.2021"),
        record(Outcome.DONE, "01.12.2021", "31.12.2021", number=2),
    ]
    schedule = understand("май, декабрь 2021")
    assert item_status(ROW, schedule, records, day("01.02.2022")) is Status.DONE_LATE


def test_cancelled_terms_leave_the_others() -> None:
    schedule = understand("май, декабрь 2021")
    cancelled = record(Outcome.CANCELLED, end="31.05.2021")
    assert item_status(ROW, schedule, [cancelled], day("01.07.2021")) is Status.NOT_DUE
    both = [cancelled, record(Outcome.CANCELLED, end="31.12.2021", number=2)]
    assert item_status(ROW, schedule, both, day("01.07.2021")) is Status.CANCELLED
    gone = Item(1, ItemKind.ACTIVITY, "Мониторинг", cancelled=True)
    assert item_status(gone, schedule, [], day("01.07.2022")) is Status.CANCELLED


def test_the_mark_of_risk_is_about_the_first_open_term() -> None:
    schedule = understand("май, октябрь, декабрь 2021")
    done = record(Outcome.DONE, "20.05.2021", "31.05.2021")
    found = occurrences(RISKY, schedule, [done], day("01.07.2021"))
    assert [o.status for o in found] == [Status.DONE, Status.AT_RISK, Status.NOT_DUE]
    assert item_status(RISKY, schedule, [done], day("01.07.2021")) is Status.AT_RISK
    assert item_status(RISKY, understand("май 2021"), [done], day("01.07.2021")) is Status.DONE


@pytest.mark.parametrize(
    ("outcome", "due", "today", "expected"),
    [
        (Outcome.DONE, "", "01.10.2021", Status.DONE),
        (Outcome.PARTLY, "", "01.10.2021", Status.IN_PROGRESS),
        (Outcome.NOT_DONE, "", "01.10.2021", Status.OVERDUE),
        (Outcome.CANCELLED, "", "01.10.2021", Status.CANCELLED),
        (Outcome.POSTPONED, "", "01.10.2021", Status.IN_PROGRESS),
        (Outcome.POSTPONED, "31.12.2021", "01.10.2021", Status.NOT_DUE),
        (Outcome.POSTPONED, "31.12.2021", "20.12.2021", Status.AT_RISK),
        (Outcome.POSTPONED, "31.12.2021", "01.01.2022", Status.OVERDUE),
    ],
)
def test_a_row_without_terms_goes_by_its_record(outcome: Outcome, due: str, today: str, expected: Status) -> None:
    older = record(Outcome.NOT_DONE, number=1)
    assert status("постоянно", today, record(outcome, due=due, number=2), older) is expected


# --- which record answers which term


def test_the_newest_record_of_a_term_counts() -> None:
    schedule = understand("сентябрь 2021")
    old = record(Outcome.POSTPONED, end="30.09.2021", due="31.10.2021", number=1)
    new = record(Outcome.DONE, "15.10.2021", "30.09.2021", number=2)
    (found,) = occurrences(ROW, schedule, [new, old], day("01.12.2021"))
    assert found.record is new and found.status is Status.DONE_LATE and found.days_late == 15


def test_a_record_that_names_no_term_answers_the_first_one_without() -> None:
    schedule = understand("май, октябрь, декабрь 2021")
    named, loose = record(Outcome.DONE, "20.05.2021", "31.05.2021"), record(Outcome.DONE, "05.10.2021", number=2)
    found = occurrences(ROW, schedule, [loose, named], day("01.11.2021"))
    assert [o.record for o in found] == [named, loose, None]


@pytest.mark.parametrize(
    ("wording", "answered"),
    [
        ("30.09.2021", [True]),
        ("октябрь 2021", [True]),
        ("III квартал 2021, IV квартал 2021", [True, False]),
        ("октябрь 2021, ноябрь 2021", [False, False]),
    ],
)
def test_a_record_outlives_a_change_of_the_term(wording: str, answered: list[bool]) -> None:
    done = record(Outcome.DONE, "20.09.2021", "30.09.2021")
    found = occurrences(ROW, understand(wording), [done], day("01.12.2021"))
    assert [o.record is done for o in found] == answered


def test_a_record_of_the_term_itself_wins_over_one_that_moved() -> None:
    moved = record(Outcome.NOT_DONE, end="15.09.2021", number=1)
    own = record(Outcome.DONE, "20.09.2021", "30.09.2021", number=2)
    (found,) = occurrences(ROW, understand("сентябрь 2021"), [moved, own], day("01.12.2021"))
    assert found.record is own


def test_records_of_other_rows_are_left_alone() -> None:
    mine, other = record(Outcome.DONE), record(Outcome.DONE, number=2, item=2)
    assert records_by_item([mine, other]) == {1: (mine,), 2: (other,)}
    assert status("сентябрь 2021", "01.12.2021", other) is Status.OVERDUE


@pytest.mark.parametrize(
    ("outcome", "on", "late"),
    [
        (Outcome.DONE, "30.09.2021", 0),
        (Outcome.DONE, "10.10.2021", 10),
        (Outcome.DONE, "", 0),
        (Outcome.PARTLY, "10.10.2021", 0),
        (Outcome.POSTPONED, "10.10.2021", 0),
    ],
)
def test_days_late(outcome: Outcome, on: str, late: int) -> None:
    (found,) = occurrences(ROW, understand("сентябрь 2021"), [record(outcome, on, "30.09.2021")], day("01.12.2021"))
    assert found.days_late == late


@pytest.mark.parametrize(
    ("on", "done", "end"),
    [
        ("15.05.2021", [], "31.05.2021"),
        ("15.07.2021", [], "31.05.2021"),  # the latest ended term still open
        ("15.07.2021", ["31.05.2021"], "31.10.2021"),  # else the next
        ("15.10.2021", ["31.05.2021"], "31.10.2021"),
        ("01.02.2021", [], "31.05.2021"),
        ("15.12.2021", ["31.05.2021", "31.10.2021"], "31.10.2021"),  # all closed: a correction of the nearest
    ],
)
def test_the_term_that_an_execution_answers(on: str, done: list[str], end: str) -> None:
    records = [record(Outcome.DONE, e, e, number=n) for n, e in enumerate(done, 1)]
    found = occurrences(ROW, understand("май, октябрь 2021"), records, day("31.12.2021"))
    answered = answered_occurrence(found, day(on))
    assert answered is not None and answered.window.end == day(end)


def test_no_term_to_answer() -> None:
    assert answered_occurrence((), day("01.01.2021")) is None


def test_every_milestone_of_two_columns_is_at_risk_fourteen_days_before() -> None:
    schedule = understand_term(Term(end="31.12.2021"), PLAN)
    assert item_status(ROW, schedule, [], day("17.12.2021")) is Status.AT_RISK
    assert item_status(ROW, schedule, [], day("16.12.2021")) is Status.NOT_DUE


# --- laws

_days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
_terms = st.sampled_from(["сентябрь", "В течение года", "ежеквартально", "31.12.2022", "Декабрь, май", "до 1 мая 2023"])


@given(_terms, _days)
def test_a_term_is_overdue_exactly_when_it_has_ended(wording: str, today: date) -> None:
    schedule = understand(wording, PLAN)
    for found in occurrences(ROW, schedule, [], today):
        assert (found.status is Status.OVERDUE) == (found.window.end < today)
    assert (item_status(ROW, schedule, [], today) is Status.OVERDUE) == (schedule.windows[0].end < today)


@given(_terms, _days)
def test_a_row_with_every_term_done_in_time_is_done(wording: str, today: date) -> None:
    schedule: Schedule = understand(wording, PLAN)
    records = [Execution(n, 1, Outcome.DONE, w.end, w.end) for n, w in enumerate(schedule.windows, 1)]
    assert item_status(ROW, schedule, records, today) is Status.DONE
    late = [Execution(r.id, 1, Outcome.DONE, r.window_end, w.end + timedelta(1))
            for r, w in zip(records, schedule.windows, strict=True)]  # fmt: skip
    assert item_status(ROW, schedule, late, today) is Status.DONE_LATE
