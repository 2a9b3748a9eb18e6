"""Monitoring measured: forty workbooks out and back, and a county of 576,000 answers."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.monitoring import RoundFeed, Value
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.period import periods_of
from cosdesk.domain.roadmap import Roadmap, RoadmapContents
from cosdesk.forms.monitoring_form import monitoring_forms
from cosdesk.intake.answer_heap import answer_files, read_heap
from cosdesk.intake.answers import assess
from cosdesk.rounds import desk_of, letters, new_round, take
from cosdesk.store.file import DistrictFile
from cosdesk.store.monitoring import add_round, recount, save_answer
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.store.schools import add_school

COUNTY_SCHOOLS, COUNTY_FORMS = 1200, 20
ANSWER: dict[str, Value] = {
    "speed_contract": Decimal(60),
    "speed_measured": Decimal(55),
    "measured_on": date(2024, 3, 1),
    "operator": "ПАО «Связь», договор № 5 от 11.01.2024",
    "guaranteed": True,
}


def district(path: Path, schools: int, indicators: int = 1) -> DistrictFile:
    file = DistrictFile.create(path, District("Район"))
    with file.edit("основа") as edit:
        found = tuple(Indicator(n, f"Доля школ с Интернетом {n}", unit="процент") for n in range(1, indicators + 1))
        add_roadmap(edit, RoadmapContents(Roadmap(1, "План", "sections"), indicators=found))
        for number in range(1, schools + 1):
            add_school(edit, School(0, f"Школа № {number}", counts=(SchoolCount(2020, 300, 20),)))
    return file


def forty(folder: Path) -> tuple[float, float]:
    """Seconds to make 40 workbooks with their letters, and to read, judge and write 40 answers."""
    import openpyxl

    with district(folder / "forty.cosdesk", 40) as file:
        snapshot = file.snapshot()
        form = monitoring_forms()["internet"]
        with file.edit("мониторинг") as edit:
            round_id = add_round(edit, new_round(snapshot, form, "2024"), form, snapshot.schools)
        snapshot = file.snapshot()
        desk = desk_of(file, snapshot, round_id)
        assert desk is not None
        start = perf_counter()
        made = list(letters(snapshot.district, desk, {}))
        out = perf_counter() - start
        heap = folder / "heap"
        heap.mkdir()
        for letter in made:
            book = openpyxl.load_workbook(io.BytesIO(letter.workbook))
            sheet = book.worksheets[0]
            row: Any
            for row in sheet.iter_rows():
                if (value := ANSWER.get(str(row[0].value))) is not None:
                    row[3].value = "да" if isinstance(value, bool) else value
            book.save(heap / letter.workbook_name)
        start = perf_counter()
        found = assess(read_heap(answer_files(heap)), snapshot.district.uid, lambda _: desk)
        with file.edit("ответы") as edit:
            if take(edit, lambda _: desk, found) != 40:
                raise AssertionError("not all forty answers were taken")
        return out, perf_counter() - start


def county(folder: Path) -> Iterator[tuple[int, float, float]]:
    """After 1, 6 and 24 periods: how many answers, seconds to open and read, seconds for an indicator's schools."""
    path = folder / "county.cosdesk"
    periods = [period.code for year in (2022, 2023) for period in periods_of(year)[4:]][:24]
    file = district(path, COUNTY_SCHOOLS, COUNTY_FORMS)
    done = 0
    for count in (1, 6, 24):
        for period in periods[done:count]:
            _fill(file, period)
        done = count
        file.close()
        start = perf_counter()
        file = DistrictFile.open(path)
        snapshot = file.snapshot()
        opened = perf_counter() - start
        start = perf_counter()
        counted = snapshot.counted[len(snapshot.counted) // 2]
        if len(file.schools_behind(counted.round_id, counted.feed)) != COUNTY_SCHOOLS:
            raise AssertionError("not all schools stand behind the indicator")
        yield count * COUNTY_FORMS * COUNTY_SCHOOLS, opened, perf_counter() - start
    file.close()


def _fill(file: DistrictFile, period: str) -> None:
    """The rounds of one period: one answer is saved as the program does, the rest are copies of its row."""
    internet = monitoring_forms()["internet"]
    snapshot = file.snapshot()
    school = snapshot.schools[0]
    with file.edit("период") as edit:
        for number in range(COUNTY_FORMS):
            feeds = (RoundFeed("schools", snapshot.roadmaps[0].indicators[number].id),)
            found = replace(new_round(snapshot, internet, period), feeds=feeds, form=f"form-{number}")
            round_id = add_round(edit, found, internet, [school])
            save_answer(edit, internet, replace(found, id=round_id), school, ANSWER, as_of=datetime(2024, 3, 1))
            edit.database.conn.execute(
                "INSERT INTO answer (round_id, school_id, state, given, counted, complies, reasons, remarks, sent_at,"
                " as_of, source, comment) SELECT round_id, school.id, state, given, counted, complies, reasons,"
                " remarks, sent_at, as_of, source, comment FROM answer, school"
                " WHERE round_id = ? AND school.id != answer.school_id",
                (round_id,),
            )
            recount(edit, round_id)
