"""Papers of a monitoring read from a real file: who answered, who complies, the plan's value and what it lacks."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.domain.monitoring import Value
from cosdesk.domain.roadmap import Item, RoadmapContents
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import report
from cosdesk.reports.document import Chart, Document
from cosdesk.reports.request import Request
from cosdesk.store.file import DistrictFile
from cosdesk.store.monitoring import recount, save_answer
from cosdesk.store.roadmaps import add_roadmap
from tests.reports.block_text import as_text
from tests.reports.typography_check import faults
from tests.rounds import TODAY, begin, make_district

SPEEDS = (60, 20, 70, None)


@pytest.fixture
def file(tmp_path: Path):
    with make_district(tmp_path / "Район.cosdesk", schools=len(SPEEDS)) as opened:
        with opened.edit("строки") as edit:
            plan = opened.snapshot().roadmaps[0]
            items = (Item(1, kind="activity", title="Мониторинг скорости", number="2.1"),)  # type: ignore[arg-type]
            add_roadmap(edit, RoadmapContents(replace(plan.roadmap, title="Второй план"), items=items))
        yield opened


def answer(file: DistrictFile, round_id: int, speeds: tuple[int | None, ...]) -> None:
    form = monitoring_form("internet")
    snapshot = file.snapshot()
    found = next(entry for entry in snapshot.rounds if entry.id == round_id)
    with file.edit("ответы") as edit:
        for school, speed in zip(snapshot.schools, speeds, strict=True):
            if speed is not None:
                values: dict[str, Value] = {
                    "speed_contract": Decimal(60), "speed_measured": Decimal(speed), "guaranteed": True,
                    "measured_on": TODAY - timedelta(days=9), "operator": "Связь, договор № 5",
                }  # fmt: skip
                save_answer(edit, form, found, school, values)
        recount(edit, round_id)


def paper(file: DistrictFile, report_id: str, row: bool = False) -> Document:
    snapshot, known = file.snapshot(), report(report_id)
    plan = snapshot.roadmaps[-1]
    request = Request(plan.roadmap.id, item_id=plan.items[0].id if row else None)
    return known.build(snapshot, completed(file, snapshot, known, request))


def row_id(file: DistrictFile) -> int:
    return file.snapshot().roadmaps[-1].items[0].id


def test_the_note_tells_what_the_schools_answered(file: DistrictFile) -> None:
    answer(file, begin(file, item_id=row_id(file)), SPEEDS)
    document = paper(file, "monitoring-note", row=True)
    text = as_text(document)
    assert "по итогам мониторинга обеспечения общеобразовательных организаций Интернет-соединением" in text
    assert "Охвачены 3 из 4 организаций (75,0 %). Сведения не представили: Школа № 4." in text
    assert "Требованиям соответствуют 2 организации (66,7 %), не соответствуют 1 (33,3 %)" not in text
    assert "Требованиям соответствуют 2 организации (66,7 %), не соответствует 1 (33,3 %)." in text
    (chart,) = [block for block in document.blocks if isinstance(block, Chart)]
    assert list(zip(chart.categories, chart.series[0].values, strict=True)) == [
        ("Соответствует", 2), ("Не соответствует", 1), ("Сведения не представлены", 1),
    ]  # fmt: skip
    assert "1 | Школа № 2 | измеренная скорость 20 Мбит/с при норме 50 Мбит/с | " in text
    assert "не достигнуто: 66,7 %; до планового значения недостаёт 1 организации." in text
    assert "Сведения, представленные организациями" in text and "Форма сведений" not in text
    assert faults(document) == []


def test_it_is_compared_with_the_round_before(file: DistrictFile) -> None:
    answer(file, begin(file, period="2025"), (10, 20, 70, 60))
    answer(file, begin(file, item_id=row_id(file)), SPEEDS)
    text = as_text(paper(file, "monitoring-note", row=True))
    assert "По сравнению с предыдущим мониторингом (50,0 %) доля выросла на 16,7 п.п." in text


def test_the_list_parts_the_schools(file: DistrictFile) -> None:
    answer(file, begin(file), SPEEDS)
    text = as_text(paper(file, "school-compliance"))
    complying, failing = text.split("2. Не соответствуют требованиям")
    assert "Школа № 1" in complying and "Школа № 3" in complying and "Школа № 2" not in complying
    assert "Школа № 2" in failing and "Сведения не представили: Школа № 4." in failing


def test_the_summary_sums_the_parts_and_the_wholes(file: DistrictFile) -> None:
    answer(file, begin(file), SPEEDS)
    text = as_text(paper(file, "indicator-summary"))
    assert "Итого по району | Доля школ с Интернетом | 2 | 3 | 66,7" in text


def test_another_rows_round_is_not_taken(file: DistrictFile) -> None:
    answer(file, begin(file), SPEEDS)
    text = as_text(paper(file, "monitoring-note", row=True))
    assert "Охвачены ______ из 4 организаций" in text and "Форма сведений" in text


def test_a_round_nobody_answered_is_no_data(file: DistrictFile) -> None:
    begin(file)
    assert "Требования: ____" in as_text(paper(file, "school-compliance"))
