"""A district with a round of monitoring in a real file, and what schools do to their workbooks."""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.monitoring import Round
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.roadmap import Roadmap, RoadmapContents
from cosdesk.domain.workbook_identity import HEADER_KEY
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.intake.answers import RoundDesk
from cosdesk.rounds import Letter, desk_of, last_values, letters, new_round
from cosdesk.store.file import DistrictFile
from cosdesk.store.monitoring import add_round, mark_sent
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.store.schools import add_school

TODAY = date.today()
GOOD: dict[str, dict[str, Any]] = {
    "internet": {
        "speed_contract": 60,
        "speed_measured": 55.5,
        "measured_on": TODAY - timedelta(days=20),
        "operator": "ПАО «Связь», договор № 5",
        "guaranteed": "да",
    },
    "platform": {"connected": "да", "used": "да", "teachers_using": 5, "learners_using": 40, "services": "журнал"},
}


def make_district(path: Path, schools: int = 3) -> DistrictFile:
    """Schools of 50 learners and 10 teachers; indicators of the Internet (share) and of the platform (share)."""
    file = DistrictFile.create(path, District("Заречный район", uid="u", coordinator_email="k@zarechny.example"))
    with file.edit("основа") as edit:
        indicators = (
            Indicator(1, "Доля школ с Интернетом", unit="процент", targets=(Target("2026", Decimal(70)),)),
            Indicator(2, "Доля обучающихся, использующих платформу", unit="процент"),
        )
        add_roadmap(edit, RoadmapContents(Roadmap(1, "План", "sections"), indicators=indicators))
        for number in range(1, schools + 1):
            count = SchoolCount(2020, 50, 10)
            add_school(edit, School(0, f"Школа № {number}", email=f"s{number}@zarechny.example", counts=(count,)))
    return file


def begin(file: DistrictFile, form_id: str = "internet", period: str = "2026", **changes: Any) -> int:
    """A round sent to every school; its id."""
    snapshot = file.snapshot()
    form = monitoring_form(form_id)
    with file.edit("мониторинг") as edit:
        found = new_round(snapshot, form, period)
        found = Round(**{**{name: getattr(found, name) for name in Round.__slots__}, **changes})
        round_id = add_round(edit, found, form, snapshot.schools)
        mark_sent(edit, round_id, [school.id for school in snapshot.schools])
    return round_id


def desk(file: DistrictFile, round_id: int) -> RoundDesk:
    found = desk_of(file, file.snapshot(), round_id)
    assert found is not None
    return found


def letters_of(file: DistrictFile, round_id: int) -> list[Letter]:
    snapshot, found = file.snapshot(), desk(file, round_id)
    return list(letters(snapshot.district, found, last_values(file, snapshot, found)))


def fill(
    content: bytes,
    values: Mapping[str, Any],
    saved_at: datetime | None = None,
    change: Callable[[Any], None] | None = None,
) -> bytes:
    """The workbook as a school returns it: answers in their cells, and whatever ``change`` does to the book."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Ответ"]
    for row in answer_rows(sheet):
        key = sheet.cell(row, 1).value
        if key in values:
            sheet.cell(row, 4).value = values[key]
    if change:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return _saved_at(buffer.getvalue(), saved_at) if saved_at else buffer.getvalue()


def answer_rows(sheet: Any) -> range:
    top = next(row for row in range(1, 30) if sheet.cell(row, 1).value == HEADER_KEY)
    return range(top + 1, sheet.max_row + 1)


def row_of(sheet: Any, key: str) -> int:
    return next(row for row in answer_rows(sheet) if sheet.cell(row, 1).value == key)


def _saved_at(content: bytes, moment: datetime) -> bytes:
    """openpyxl always says «now»: the package's own properties are written over."""
    import re
    import zipfile

    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    stamp = moment.astimezone().strftime("%Y-%m-%dT%H:%M:%S%z")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                stamped = f"{stamp[:-2]}:{stamp[-2:]}".encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamped, data)
            package.writestr(name, data)
    return target.getvalue()
