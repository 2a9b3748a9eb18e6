"""An invented district for the tests of reports: recurring, late, postponed, cancelled, unproved rows; all kinds of
indicators.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual, Direction, Indicator, Target
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.roadmap import (
    Item,
    ItemKind,
    Roadmap,
    RoadmapContents,
    Section,
    Stamp,
    StampKind,
    Term,
)

DISTRICT = District(
    name="Заречный район",
    region="Полевая область",
    name_genitive="Заречного района",
    name_locative="Заречном районе",
    office="Управление образования администрации Заречного района",
    head_position="Начальник управления образования",
    head_name="Кузнецов Иван Васильевич",
    coordinator_position="Муниципальный координатор",
    coordinator_name="Петрова Анна Сергеевна",
    coordinator_phone="8 (35300) 2-11-22",
)
ROADMAP = Roadmap(
    1,
    "ПЛАН МЕРОПРИЯТИЙ\nпо реализации регионального проекта",
    "sections",
    first_year=2020,
    last_year=2023,
    project="Цифровая образовательная среда",
)
STAMP = Stamp(
    1,
    StampKind.APPROVED,
    "УТВЕРЖДЕН",
    on=date(2020, 1, 13),
    act="постановлением администрации Заречного района от 13.01.2020 № 14",
)
NETWORK = Section(1, "1", "Подключение школ")
STAFF = Section(2, "2", "Подготовка кадров")


def row(
    row_id: int, number: str, title: str, start: str = "", end: str = "", wording: str = "", **more: object
) -> Item:
    """A row of the plan: an activity unless it is said otherwise."""
    values: dict[str, object] = {
        "kind": ItemKind.ACTIVITY,
        "section_id": 1 if number.startswith("1") else 2,
        "responsible": ("Сидоров П.И.",),
    }
    return Item(row_id, title=title, number=number, term=Term(wording, start, end), **(values | more))  # type: ignore[arg-type]


ITEMS = (
    row(1, "1.", "Школы подключены к сети «Интернет»", "13.01.2020", "31.12.2021", kind=ItemKind.RESULT),
    row(2, "1.1.", "Издание приказа об ответственных", "11.01.2021", "11.02.2021", parent_id=1),
    row(3, "1.2.", "Сверка скорости соединения", wording="ежеквартально", parent_id=1),
    row(4, "1.3.", "Договор с оператором заключён", end="30.04.2021", parent_id=1, kind=ItemKind.MILESTONE),
    row(5, "1.4.", "Обследование линий связи", "01.09.2020", "30.11.2020", parent_id=1),
    row(6, "2.", "Педагоги обучены", "13.01.2020", "31.12.2021", kind=ItemKind.RESULT),
    row(
        7, "2.1.", "Семинар для педагогов", wording="Декабрь, май", parent_id=6,
        responsible=("Орлова Е.К.,", "руководители ОО"),
    ),
    row(8, "2.2.", "Курсы для администраторов сайтов", "01.03.2021", "31.05.2021", parent_id=6),
    row(9, "2.3.", "Выездная консультация", "01.03.2021", "31.03.2021", parent_id=6, cancelled=True),
    row(10, "2.4.", "Консультирование школ", wording="постоянно", parent_id=6),
    row(11, "2.5.", "Сбор заявок на обучение", "01.06.2021", "10.07.2021", parent_id=6),
    row(12, "2.6.", "Итоги учебного года подведены", end="25.07.2021", parent_id=6, kind=ItemKind.MILESTONE),
    row(13, "2.7.", "Конкурс уроков", "01.02.2021", "20.12.2021", parent_id=6),
)  # fmt: skip


def done(record_id: int, item_id: int, end: date, on: date | None = None, *papers: int, **more: str) -> Execution:
    """A record of execution: on the last day of its window unless it is said otherwise."""
    return Execution(record_id, item_id, Outcome.DONE, end, on or end, evidence_ids=papers, **more)  # type: ignore[arg-type]


EXECUTIONS = (
    # 2020
    done(1, 3, date(2020, 3, 31), None, 4),
    done(2, 3, date(2020, 6, 30), None, 4),
    done(3, 3, date(2020, 9, 30)),
    done(4, 7, date(2020, 5, 31), date(2020, 6, 5)),
    done(5, 7, date(2020, 12, 31), date(2020, 12, 10)),
    done(6, 3, date(2020, 12, 31)),
    # 2021
    done(10, 2, date(2021, 2, 11), date(2021, 2, 10), 1),
    done(11, 3, date(2021, 3, 31)),
    done(12, 3, date(2021, 6, 30), None, 2),
    Execution(
        13, 4, Outcome.POSTPONED, date(2021, 4, 30), date(2021, 4, 28), date(2021, 8, 15),
        reason="перенос срока строительства линии оператором", measure="направлено письмо оператору",
    ),
    done(14, 4, date(2021, 4, 30), date(2021, 8, 12), 5),
    done(15, 7, date(2021, 5, 31), date(2021, 6, 12), 3, comment="Проведён дистанционно"),
    Execution(16, 8, Outcome.PARTLY, date(2021, 5, 31), date(2021, 5, 20), reason="Обучены 3 из 12."),
    done(17, 13, date(2021, 12, 20), date(2021, 6, 1), 6),
    done(18, 11, date(2021, 7, 10), date(2021, 7, 20)),
    done(19, 3, date(2021, 9, 30), date(2021, 9, 29), 7),
)  # fmt: skip

EVIDENCE = (
    Evidence(1, "приказ", "16", date(2021, 2, 10), "Об ответственных", item_ids=(2,), execution_ids=(10,)),
    Evidence(2, "справка", "", date(2021, 6, 30), item_ids=(3,), execution_ids=(12,)),
    Evidence(3, "протокол", "2", date(2021, 6, 12), item_ids=(7,), execution_ids=(15,)),
    Evidence(4, "справка", "", date(2020, 7, 1), item_ids=(3,), execution_ids=(1, 2)),
    Evidence(5, "договор", "7", date(2021, 8, 12), item_ids=(4,), execution_ids=(14,)),
    Evidence(6, text="Положение о конкурсе", item_ids=(13,)),
    Evidence(7, "справка", "", date(2021, 9, 29), item_ids=(3,), execution_ids=(19,)),
)


def indicator(indicator_id: int, title: str, unit: str, *targets: tuple[str, str], **more: object) -> Indicator:
    planned = tuple(Target(period, Decimal(value)) for period, value in targets)
    return Indicator(indicator_id, title, f"{indicator_id}.", unit=unit, targets=planned, **more)  # type: ignore[arg-type]


INDICATORS = (
    indicator(
        1, "Доля организаций, обеспеченных Интернет-соединением со скоростью не менее 50 Мбит/с, процент", "процент",
        ("2020", "60"), ("2021", "75"),
    ),
    indicator(2, "Доля обучающихся с цифровым профилем (%)", "процент", ("2021", "40")),
    indicator(3, "Доля организаций, обновивших сайты", "процент", ("2021", "65")),
    indicator(4, "Доля педагогов, прошедших обучение", "процент", ("2021", "20")),
    indicator(5, "Доля обучающихся на платформе", "процент", ("2021", "10")),
    indicator(
        6, "Количество опорных школ", "единица", ("2021", "8"), baseline=Decimal(4), baseline_on=date(2020, 12, 31),
    ),
    indicator(7, "Количество жалоб на доступ", "единица", ("2021", "0"), direction=Direction.DOWN),
    indicator(8, "Среднее число уроков в банке", "урок", ("2022", "10")),
)  # fmt: skip

ACTUALS = (
    Actual(1, 1, "2020", numerator=Decimal(7), denominator=Decimal(12)),
    Actual(
        2, 1, "2021-H1", numerator=Decimal(8), denominator=Decimal(12),
        reason="перенос срока строительства линии оператором", measure="Перераспределить средства.",
        source="мониторинг скорости",
    ),
    Actual(3, 2, "2021-H1", value=Decimal(40)),
    Actual(4, 3, "2021-Q2", numerator=Decimal(14), denominator=Decimal(20)),
    Actual(5, 4, "2021-H1", value=Decimal("19")),
    Actual(6, 6, "2021-Q1", value=Decimal(5), source="отчёты школ"),
    Actual(7, 7, "2021-H1", value=Decimal(1)),
    Actual(8, 8, "2021-H1", value=Decimal("2.5")),
    Actual(9, 1, "2021-9M", numerator=Decimal(9), denominator=Decimal(12)),
    Actual(10, 5, "2021", value=Decimal(12)),
    Actual(11, 1, "2021", numerator=Decimal(10), denominator=Decimal(12)),
)  # fmt: skip

SCHOOLS = tuple(
    School(
        number,
        f"Школа {number}",
        counts=(SchoolCount(2019, 140, 17), SchoolCount(2020, 153 + number, 18), SchoolCount(2021, 150, 19)),
    )
    for number in range(1, 13)
)

CONTENTS = RoadmapContents(ROADMAP, (STAMP,), (NETWORK, STAFF), ITEMS, INDICATORS)
SNAPSHOT = Snapshot(
    DISTRICT,
    roadmaps=(CONTENTS,),
    schools=SCHOOLS,
    executions=EXECUTIONS,
    evidence=EVIDENCE,
    actuals=ACTUALS,
    today=date(2022, 3, 1),
)
EMPTY = Snapshot(
    District("Дальний район"),
    (RoadmapContents(Roadmap(1, "План", "sections")),),
    today=date(2022, 3, 1),
)


def with_contents(snapshot: Snapshot = SNAPSHOT, **changes: object) -> Snapshot:
    """The snapshot with parts of its roadmap replaced."""
    return replace(snapshot, roadmaps=(replace(snapshot.roadmaps[0], **changes),))  # type: ignore[arg-type]
