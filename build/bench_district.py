"""An invented district at work, of any size: rows in branches, records, documents, values, people, schools."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import bench_samples

from cosdesk.domain.district import District
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.period import periods_of
from cosdesk.domain.person import Person
from cosdesk.domain.roadmap import Item, ItemKind, RoadmapContents
from cosdesk.store.edit import Edit
from cosdesk.store.evidence import add_evidence
from cosdesk.store.executions import record_execution
from cosdesk.store.file import DistrictFile
from cosdesk.store.indicators import set_actual
from cosdesk.store.people import add_person
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.store.schools import add_school

PEOPLE, SCHOOLS, INDICATORS = 40, 30, 30
_BRANCH = 5
"""A result with four activities under it."""
_LETTERS = "АБВГДЕЖЗИК"


def district_at_work(path: Path, rows: int) -> Path:
    """A district's file with one roadmap of that many rows, three of five of them with a record."""
    with DistrictFile.create(path, District("Измеряемый район")) as file:
        with file.edit("Импорт") as edit:
            add_roadmap(edit, _contents(rows))
        found = file.snapshot().roadmaps[0]
        with file.edit("Работа района") as edit:
            _record(edit, found.items)
            for indicator in found.indicators:
                for period in periods_of(2021)[:5]:
                    set_actual(edit, Actual(0, indicator.id, period.code, Decimal(20 + indicator.id % 50)))
            for number in range(PEOPLE):
                add_person(edit, Person(0, _name(number), position="методист"))
            for number in range(1, SCHOOLS + 1):
                add_school(edit, School(0, f"Школа № {number}", counts=(SchoolCount(2020, 300, 20),)))
    return path


def _contents(rows: int) -> RoadmapContents:
    plain = bench_samples.contents(rows)
    targets = (Target("2021", Decimal(60)),)
    indicators = tuple(
        Indicator(number, f"Доля школ, вид {number}", str(number), unit="процент", targets=targets)
        for number in range(1, INDICATORS + 1)
    )
    return replace(plain, items=tuple(_in_branches(plain.items)), indicators=indicators)


def _in_branches(items: tuple[Item, ...]) -> Iterator[Item]:
    for place, item in enumerate(items):
        section, below = item.number.split(".")[0], place % _BRANCH
        number = f"{section}.{place % bench_samples.ROWS_A_SECTION // _BRANCH + 1}"
        yield replace(
            item,
            kind=ItemKind.ACTIVITY if below else ItemKind.RESULT,
            number=f"{number}.{below}" if below else number,
            parent_id=item.id - below if below else None,
            title=f"{item.title}, этап {place + 1}",
            responsible=(_name(place % PEOPLE), *item.responsible),
        )


def _name(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"Исполнителев{'а' * (number % 2)} {_LETTERS[tens]}.{_LETTERS[ones]}."


def _record(edit: Edit, items: tuple[Item, ...]) -> None:
    """Three rows of five are done, the first of them without a document."""
    for place, item in enumerate(items):
        if place % _BRANCH < 2:
            continue
        on = date(2021, 1, 11) + timedelta(days=place % 300)
        papers: tuple[int, ...] = ()
        if place % _BRANCH != 2:
            papers = (add_evidence(edit, Evidence(0, "приказ", str(place), on, f"О ходе работ, этап {place + 1}")),)
        record_execution(edit, Execution(0, item.id, Outcome.DONE, on=on, evidence_ids=papers))
