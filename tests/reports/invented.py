"""An invented district with a roadmap in each of the five forms: what the reports' tests print."""

from datetime import date
from decimal import Decimal

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import (
    Item,
    ItemKind,
    Part,
    Roadmap,
    RoadmapContents,
    Section,
    Stamp,
    StampKind,
    Term,
)

DISTRICT = District(
    name="Заречный район",
    region="Приозёрная область",
    name_genitive="Заречного района",
    name_locative="Заречном районе",
    office="Управление образования администрации Заречного района",
    coordinator_name="Петрова Анна Сергеевна",
)
APPROVED = Stamp(
    1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава администрации Заречного района", "А.Б. Берёзкин", date(2021, 1, 11)
)
AGREED = Stamp(
    2, StampKind.AGREED, "СОГЛАСОВАНО", "Директор департамента образования\nПриозёрной области", "В.Г.Осинин",
    side="left",
)  # fmt: skip
BY_ACT = Stamp(
    1, StampKind.APPROVED, "УТВЕРЖДЕН",
    "главой Заречного района Приозёрной области, руководителем совета по стратегическому развитию",
    on=date(2021, 1, 11),
)  # fmt: skip
PROJECT = "Цифровая среда школы"
LONG = (
    "Не менее чем 65 % общеобразовательных организаций, расположенных на территории Заречного района, подключены к "
    "информационно-телекоммуникационной сети «Интернет» со скоростью не менее 50 Мбит/с и гарантированным трафиком"
)


def _targets(*values: str, first: int = 2021) -> tuple[Target, ...]:
    return tuple(Target(str(first + n), Decimal(value)) for n, value in enumerate(values))


def _indicators() -> tuple[Indicator, ...]:
    start = date(2020, 12, 31)
    return (
        Indicator(
            1, "Доля школ, подключённых к сети «Интернет» со скоростью не менее 50 Мбит/с, процент", "1.", "Основной",
            "процент", "Заречный район", Decimal("16.7"), start, _targets("25", "50", "75", "100"), Decimal(100),
        ),
        Indicator(
            2, "Доля школьников с цифровым образовательным профилем, процент", "2.", "Основной", "процент",
            "Заречный район", Decimal(0), start, _targets("0", "12.5", "30", "62.5"), Decimal("62.5"),
        ),
        Indicator(3, "Доля педагогов, прошедших обучение в цифровой форме, процент", "3.", "Дополнительный", "процент"),
    )  # fmt: skip


def _levels(*, section: int | None = None, first: int = 1) -> tuple[Item, ...]:
    """A result with a milestone and an activity, twice."""
    rows = []
    for result in (1, 2):
        top = first + (result - 1) * 3
        rows += [
            Item(top, ItemKind.RESULT, LONG, str(result), None, section, Term(start="01.01.2021", end="31.12.2024"),
                 ("Петрова А.С.",), expected="информационно-аналитический отчёт"),
            Item(top + 1, ItemKind.ACTIVITY, "Мониторинг скорости доступа к сети «Интернет»", f"{result}.1", top,
                 section, Term(start="10.03.2021", end="30.11.2021"), ("Сидоров П.И.", "руководители ОО"),
                 expected="справка по итогам мониторинга,\nсписок школ"),
            Item(top + 2, ItemKind.MILESTONE, "КТ: требования выполнены", f"{result}.2", top, section,
                 Term(start="-" if result == 2 else "", end="31.12.2021"), ("Петрова А.С.",)),
        ]  # fmt: skip
    return tuple(rows)


def _results_plan() -> RoadmapContents:
    title = f"ПЛАН МЕРОПРИЯТИЙ\nпо реализации регионального проекта «{PROJECT}» в Заречном районе"
    roadmap = Roadmap(1, title, "results-plan", first_year=2021, last_year=2024, project=PROJECT)
    return RoadmapContents(roadmap, (BY_ACT,), (), _levels(), _indicators())


def _three_part() -> RoadmapContents:
    title = f"ПЛАН\nмероприятий («дорожная карта») Заречного района\nв рамках реализации проекта «{PROJECT}»"
    goal = "создать к 2024 году современную и безопасную цифровую образовательную среду во всех школах района."
    roadmap = Roadmap(1, title, "three-part", goal, 2021, 2024, PROJECT)
    results = (
        Item(11, ItemKind.RESULT, "Создание условий", "1.", None, 1),
        Item(12, ItemKind.RESULT, LONG, "1.1.", 11, 1, expected="<p>Школы подключены:</p> <ul><li>- к сети;</li></ul>"),
    )
    sections = (Section(1, "2", "Результаты реализации плана", Part.RESULTS),)
    return RoadmapContents(roadmap, (), sections, (*results, *_levels()), _indicators())


def _sections() -> RoadmapContents:
    title = f"Муниципальный план мероприятий («дорожная карта»)\nпо реализации регионального проекта «{PROJECT}»"
    roadmap = Roadmap(1, title + "\nна 2021 – 2024 годы", "sections", first_year=2021, last_year=2024, project=PROJECT)
    sections = (
        Section(1, "1", "Направление 1. Развитие организационных механизмов и нормативное обеспечение"),
        Section(2, "2", "Подготовка кадров"),
    )
    wordings = ("сентябрь", "Август- сентябрь", "В течение года", "Разработка – май-июнь, реализация – в течение года")
    items = tuple(
        Item(
            number, ItemKind.ACTIVITY, "Проведение семинаров по вопросам цифровой образовательной среды",
            f"{section}.{number - (section - 1) * 4}", None, section, Term(wordings[(number - 1) % 4]),
            ("муниципальный координатор", "руководители ОО"), expected="Обучено не менее 20% педагогов",
        )
        for section in (1, 2)
        for number in range((section - 1) * 4 + 1, section * 4 + 1)
    )  # fmt: skip
    return RoadmapContents(roadmap, (APPROVED,), sections, items)


def _controlled() -> RoadmapContents:
    title = f"ДОРОЖНАЯ КАРТА\nпо реализации муниципального проекта «{PROJECT}»\nна территории Заречного района"
    roadmap = Roadmap(1, title, "controlled", first_year=2021, last_year=2023, project=PROJECT)
    chief = ("Заместитель главы администрации района, начальник управления образования",)
    items = (
        Item(1, ItemKind.RESULT, "Утверждено должностное лицо, ответственное за внедрение", "1.", None, None,
             Term("24.04.2021"), ("Муниципальный координатор",), chief,
             "Распоряжение главы администрации района от 24.04.2021 №43 «Об утверждении ответственных лиц»"),
        Item(2, ItemKind.INDICATOR, "Доля школ, использующих платформу, составит 50%", "2.", None, None,
             Term("2021 – 15%\n2022 – 30%\n2023 – 50%"), ("Муниципальный координатор",), chief,
             "Муниципальная программа «Развитие образования»"),
        Item(3, ItemKind.RESULT, "Утверждён перечень оборудования", "3", None, None, Term("2021"),
             ("Муниципальный координатор",), chief),
        Item(4, ItemKind.INDICATOR, "Доля педагогов, прошедших обучение", "4", None, None, Term()),
    )  # fmt: skip
    indicators = (
        Indicator(1, items[1].title, unit="процент", targets=_targets("15", "30", "50"), item_id=2),
        Indicator(2, items[3].title, unit="процент", targets=_targets("5", "12.5"), item_id=4),
    )
    return RoadmapContents(roadmap, (AGREED, APPROVED), (), items, indicators)


def _heaped() -> RoadmapContents:
    goal = "создание условий для внедрения современной цифровой образовательной среды в школах района."
    roadmap = Roadmap(1, f"Региональный проект «{PROJECT}»", "indicator-activities", goal, 2021, 2021, PROJECT)
    items = (
        Item(1, ItemKind.INDICATOR, "Доля школ, подключённых к сети «Интернет»", "1.", None),
        Item(2, ItemKind.ACTIVITY, "Подключение школ к сети «Интернет»", "1", 1, None, Term("август")),
        Item(3, ItemKind.INDICATOR, "3.Доля школ, работающих на платформе", "3.", None),
        Item(4, ItemKind.ACTIVITY, "Отбор школ", "-", 3, None, Term("Май"), ("Ответственный: Сидоров П.И. 2-11-22",)),
        Item(5, ItemKind.ACTIVITY, "Оснащение школ", "-", 3, None, Term("До конца 2021 года")),
    )
    indicators = (
        Indicator(1, items[0].title, unit="процент", targets=(Target("2021", Decimal(65), "65%"),), item_id=1),
        Indicator(2, items[2].title, unit="процент", targets=(Target("2021", Decimal(5), "Не менее 5%"),), item_id=3),
    )
    return RoadmapContents(roadmap, (), (), items, indicators)


ROADMAPS = {
    "results-plan": _results_plan(),
    "three-part": _three_part(),
    "sections": _sections(),
    "controlled": _controlled(),
    "indicator-activities": _heaped(),
}


def snapshot(form: str) -> Snapshot:
    """The district with one roadmap in that form."""
    return Snapshot(DISTRICT, (ROADMAPS[form],), today=date(2021, 6, 30))
