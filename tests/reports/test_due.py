"""What is due: documents that rows expect, the period's report, rounds that ended; what was made is due no more."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.domain.paper import PaperRecord
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Term
from cosdesk.reports.catalog import report, reports
from cosdesk.reports.due import PERIODIC, due_papers, expecting_row

ITEMS = (
    Item(1, ItemKind.ACTIVITY, "Мониторинг", "1.1", term=Term("май 2021 г."), expected="Справка по итогам мониторинга"),
    Item(2, ItemKind.ACTIVITY, "Обучение", "1.2", term=Term("декабрь 2021 г."), expected="Отчёт о проведении"),
    Item(3, ItemKind.ACTIVITY, "Совещание", "1.3", term=Term("май 2021 г.")),
)
CONTENTS = RoadmapContents(Roadmap(1, "Дорожная карта", "sections", "", 2021, 2022), items=ITEMS)
SNAPSHOT = Snapshot(District("Ольховский район"), (CONTENTS,), today=date(2021, 6, 20))


def made(report: str, period: str = "", on: date = date(2021, 6, 19)) -> PaperRecord:
    return PaperRecord(1, datetime(on.year, on.month, on.day, 9), report, "", period, "pdf", "", "", 1)


def found(snapshot: Snapshot, records: tuple[PaperRecord, ...] = ()) -> list[tuple[str, int | None]]:
    return [(due.report_id, due.item_id) for due in due_papers(snapshot, snapshot.roadmaps[0], records, reports())]


@pytest.mark.parametrize(
    ("records", "is_due"),
    [
        ((), True),
        ((made(PERIODIC, "2021-Q1"),), False),
        ((made(PERIODIC, "2021-03"),), False),
        ((made(PERIODIC, "2020-Q4"),), True),
        ((made("analytical-note", "2021-Q1"),), True),
    ],
)
def test_the_period_that_ended_asks_for_its_report(records: tuple[PaperRecord, ...], is_due: bool) -> None:
    assert ((PERIODIC, None) in found(SNAPSHOT, records)) is is_due


def test_a_row_is_due_a_month_ahead_and_until_its_document_is_there() -> None:
    assert ("monitoring-note", 1) in found(SNAPSHOT)
    assert not {2, 3} & {item_id for _, item_id in found(SNAPSHOT)}
    assert ("event-report", 2) in found(replace(SNAPSHOT, today=date(2021, 12, 5)))
    assert ("monitoring-note", 1) in found(SNAPSHOT, (made("monitoring-note"),))  # made, not signed yet
    proved = replace(SNAPSHOT, evidence=(Evidence(1, "справка", "5", item_ids=(1,)),))
    assert ("monitoring-note", 1) not in found(proved)


def test_what_was_done_without_a_document_is_due_since_then() -> None:
    done = Execution(1, 1, Outcome.DONE, date(2021, 5, 31), date(2021, 5, 14))
    (due,) = (d for d in due_papers(replace(SNAPSHOT, executions=(done,)), CONTENTS, (), reports()) if d.item_id == 1)
    assert (due.due, due.reason) == (date(2021, 5, 14), "строка 1.1, срок 14.05.2021")


@pytest.mark.parametrize(
    ("monitoring", "expected"),
    [
        ({"due": date(2021, 6, 1)}, {"resources-register", "school-compliance"}),
        ({"due": date(2021, 6, 1), "item_id": 3}, {"resources-register", "monitoring-note"}),
        ({"due": date(2021, 7, 1)}, set()),
        ({"due": date(2021, 7, 1), "closed_on": date(2021, 6, 15)}, {"resources-register", "school-compliance"}),
        ({"due": date(2020, 6, 1)}, set()),
        ({"due": date(2021, 6, 1), "item_id": 99}, set()),
    ],
)
def test_a_round_that_ended_asks_for_its_papers(monitoring: dict[str, object], expected: set[str]) -> None:
    ended = Round(1, "sites", "1", "Сайты", "2021-H1", counts={AnswerState.ACCEPTED: 2}, **monitoring)  # type: ignore[arg-type]
    snapshot = replace(SNAPSHOT, rounds=(ended,))
    others = set(found(SNAPSHOT))
    assert {report for report, item in found(snapshot) if (report, item) not in others} == expected
    records = tuple(made(report) for report in expected)
    assert set(found(snapshot, records)) <= others


@pytest.mark.parametrize(
    ("report_id", "round_row", "closed", "row"),
    [
        ("monitoring-note", 3, True, 3),
        ("monitoring-note", 3, False, 1),
        ("monitoring-note", 99, True, 1),  # of another roadmap
        ("event-report", 3, True, 2),  # tells of no monitoring
        ("letter", 3, True, 1),
    ],
)
def test_a_paper_about_a_row_begins_with_the_likeliest(report_id: str, round_row: int, closed: bool, row: int) -> None:
    day = date(2021, 6, 1) if closed else None
    rounds = (Round(1, "sites", "1", "Сайты", "2021-H1", closed_on=day, item_id=round_row),)
    assert expecting_row(report(report_id), CONTENTS, rounds) == row
