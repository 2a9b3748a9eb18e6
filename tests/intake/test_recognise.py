"""Other districts' tables: other orders and headings, parted tables, the user's own choice of roles and years."""

from decimal import Decimal

import pytest

from cosdesk.domain.indicator import Direction, TargetRule
from cosdesk.domain.roadmap import Item, ItemKind, Part
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.draft import Draft, RowRole
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph, build_grid
from cosdesk.intake.recognise import Roles, recognise
from tests.intake.accounting import lost


def grid(rows: list[list[str]], number: int = 1, spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Grid:
    cells = {
        (r, c): Cell(text, rows=(spans or {}).get((r, c), (1, 1))[0], columns=(spans or {}).get((r, c), (1, 1))[1])
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    }
    made = build_grid(f"таблица {number}", cells)
    assert made is not None
    return made


def outline(*blocks: str | list[list[str]] | Grid) -> Outline:
    made: list[Paragraph | Grid] = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            made.append(Paragraph(block, f"абзац {number}"))
        else:
            made.append(block if isinstance(block, Grid) else grid(block, number))
    return Outline(tuple(made))


def draft_of(
    *blocks: str | list[list[str]] | Grid,
    form: str | None = None,
    roles: Roles | None = None,
    years: tuple[int, int] | None = None,
) -> Draft:
    source = outline(*blocks)
    draft = recognise(source, roadmap_forms(), form, roles, years)
    assert lost(source, draft) == []
    return draft


@pytest.mark.parametrize(
    ("heads", "roles"),
    [
        ("Ответственный · Результат · Срок · Мероприятие", "responsible expected term title"),
        ("Срок · Мероприятие · Исполнитель", "term title responsible"),
        ("Кто отвечает · Что делаем · Когда · Чем подтверждается", "responsible title term expected"),
        ("№ · Наименование мероприятий · Сроки исполнения · Ответственные лица", "number title term responsible"),
        ("п/п · Содержание работы · Ожидаемые результаты · Срок реализации мероприятия · "
         "Ответственные (ФИО, должность)",
         "number title expected term responsible"),
        ("N п/п · Мероприятия · Дата начала · Дата окончания · Отв. исполнитель · Вид документа",
         "number title start end responsible expected"),
        ("№ п/п · Наименование  результата,\nмероприятия, контрольной точки · Срок реализации начало / окончание · "
         "Ответственный\nисполнитель · Документ, подтверждающий выполнение · Контролирующее лицо",
         "number title term responsible expected controller"),
        ("№ п/п · Мероприятие · Срок · Ответственный · Примечание · Стоимость, руб.",
         "number title term responsible note -"),
        ("№ п/п · Наименование задачи, результата · Характеристика результата", "number title expected"),
        ("№ · Наименование показателя · Единица измерения · Базовое значение · 2021 · 2022 год · Всего",
         "number title unit baseline targets targets total"),
    ],
)  # fmt: skip
def test_columns_are_known_by_likeness_in_any_order(heads: str, roles: str) -> None:
    row = ["1" if role in ("number", "targets", "baseline", "total") else "слово" for role in roles.split()]
    draft = draft_of("План мероприятий", [heads.split(" · "), row])
    assert draft.tables[0].roles == tuple(None if role == "-" else role for role in roles.split())


@pytest.mark.parametrize(
    ("heads", "form"),
    [
        (["№", "Мероприятие", "Ожидаемый результат", "Срок", "Ответственный"], "sections"),
        (["Ответственный", "Результат", "Срок", "Мероприятие"], "sections"),
        (["№ п/п", "Наименование мероприятия", "Начало", "Окончание", "Ответственный", "Документ"], "results-plan"),
        (["№", "Мероприятие", "Срок", "Исполнитель", "Подтверждающий документ", "Контроль"], "controlled"),
        (["Показатель", "Плановое значение", "Мероприятия", "Сроки, ответственный"], "indicator-activities"),
    ],
)
def test_the_nearest_form_is_chosen(heads: list[str], form: str) -> None:
    assert draft_of("Дорожная карта на 2021 год", [heads, ["1"] * len(heads)]).form.id == form


def test_an_unknown_column_is_unplaced_with_its_place() -> None:
    draft = draft_of("План", [["№", "Мероприятие", "Срок", "Стоимость, руб."], ["1", "Дело", "май", "12 000"]])
    (piece,) = draft.contents.unplaced
    assert (piece.place, piece.text) == ("таблица 2, строка 2, колонка 4", "12 000")
    assert draft.placed == draft.cells - 1


def test_the_user_gives_a_column_its_role_and_takes_one_away() -> None:
    table = [["№", "Мероприятие", "Срок", "Ресурсы"], ["1", "Дело", "май", "бюджет"]]
    draft = draft_of(table, roles={(0, 3): "note", (0, 2): None})
    (item,) = draft.contents.items
    assert (item.note, item.term.wording) == ("бюджет", "")
    assert [piece.text for piece in draft.contents.unplaced] == ["май"]
    assert draft.tables[0].roles == ("number", "title", None, "note")


def test_a_table_without_any_known_heading_becomes_one_by_the_users_roles() -> None:
    table = [["а", "Дело первое"], ["б", "Дело второе"]]
    unknown = draft_of(table)
    assert (unknown.contents.items, unknown.tables[0].part) == ((), None)
    assert [row.role for row in unknown.tables[0].rows] == [RowRole.UNPLACED] * 2
    draft = draft_of(table, roles={(0, 1): "title", (0, 0): "note"})
    assert [(item.title, item.note) for item in draft.contents.items] == [("Дело первое", "а"), ("Дело второе", "б")]


def test_a_head_in_unknown_words_is_no_row() -> None:
    table = [["Шифр", "Замысел", "Время"], ["1", "Дело первое", "май 2021"], ["2", "Дело второе", "июнь 2021"]]
    draft = draft_of(table, roles={(0, 0): "number", (0, 1): "title", (0, 2): "term"})
    assert [(item.number, item.title) for item in draft.contents.items] == [("1", "Дело первое"), ("2", "Дело второе")]
    assert draft.tables[0].header_rows == (0,)
    guessed = draft_of([[*row, "Петрова А.С."] if index else [*row, "Люди"] for index, row in enumerate(table)])
    assert guessed.tables[0].roles == ("number", "title", "term", "responsible")
    assert len(guessed.contents.items) == 2


def test_the_form_may_be_given_and_an_unknown_one_is_told() -> None:
    table = [["№", "Мероприятие", "Срок", "Ответственный"], ["1", "Дело", "май", "отдел"]]
    assert draft_of(table, form="controlled").form.id == "controlled"
    with pytest.raises(UserError, match="Форма «чужая» неизвестна"):
        recognise(outline(table), roadmap_forms(), "чужая")


@pytest.mark.parametrize(
    ("title", "cell", "given", "years"),
    [
        ("Дорожная карта на 2021 – 2024 годы", "2019", None, (2021, 2024)),
        ("Дорожная карта в 2020- 2022г.г.", "24.04.2019", None, (2020, 2022)),
        ("План на 2021 год", "май", None, (2021, 2021)),
        ("План мероприятий", "с 01.02.2021 по 30.05.2023", None, (2021, 2023)),
        ("План мероприятий", "май", None, None),
        ("План на 2021 год", "май", (2022, 2025), (2022, 2025)),
    ],
)
def test_the_plans_years(title: str, cell: str, given: tuple[int, int] | None, years: tuple[int, int] | None) -> None:
    table = [["№", "Мероприятие", "Срок", "Ответственный"], ["1", "Дело", cell, "отдел"]]
    assert draft_of(title, table, years=given).contents.roadmap.years == years


PLAN = ["№ п/п", "Наименование мероприятия", "Начало", "Окончание", "Ответственный", "Документ"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["1", "Итог", "01.01.2021", "31.12.2021", "", ""], ItemKind.RESULT),
        (["1", "Итог", "", "31.12.2021", "", ""], ItemKind.MILESTONE),
        (["1.1", "Итог", "–", "31.12.2021", "", ""], ItemKind.MILESTONE),
        (["1.1", "Дело", "01.01.2021", "31.12.2021", "", ""], ItemKind.ACTIVITY),
        (["1.1", "КТ: дело", "01.01.2021", "31.12.2021", "", ""], ItemKind.MILESTONE),
        (["1.1", "Контрольная точка 1.1. Дело", "01.01.2021", "31.12.2021", "", ""], ItemKind.MILESTONE),
        (["1.1", "Результат: дело", "01.01.2021", "31.12.2021", "", ""], ItemKind.RESULT),
        (["1.1", "Дело", "01.01.2021", "", "", ""], ItemKind.ACTIVITY),
        (["", "Дело", "", "", "", ""], ItemKind.ACTIVITY),
    ],
)
def test_kinds(row: list[str], kind: ItemKind) -> None:
    assert draft_of([PLAN, row]).contents.items[0].kind is kind


def test_levels_by_number_though_some_are_missing() -> None:
    numbers = ["1.", "1.1", "1.1.1.", "1.3", "1.10", "2", "2.1.1", "3)", "II", "5"]
    draft = draft_of([PLAN, *[[number, "Дело", "01.01.2021", "02.01.2021", "", ""] for number in numbers]])
    items = draft.contents.items
    assert [item.number for item in items] == ["1", "1.1", "1.1.1", "1.3", "1.10", "2", "2.1.1", "3", "II", "5"]
    assert [item.parent_id for item in items] == [None, 1, 2, 1, 1, None, 6, None, None, None]


SHORT = ["№", "Мероприятие", "Срок", "Ответственный"]


def test_sections_between_tables() -> None:
    draft = draft_of(
        "Дорожная карта на 2021 год", "Направление 1. Сети", [SHORT, ["1", "Провести", "май", "отдел"]],
        "Раздел II. Сайты", [SHORT, ["1", "Сделать", "май", "отдел"], ["1.1", "Обновить", "май", "отдел"]],
    )  # fmt: skip
    assert [(s.number, s.title) for s in draft.contents.sections] == [("Направление 1", "Сети"), ("Раздел II", "Сайты")]
    assert [(item.section_id, item.parent_id) for item in draft.contents.items] == [(1, None), (2, None), (2, 2)]


def test_a_table_parted_by_a_page_goes_on_without_its_head() -> None:
    draft = draft_of(
        "План на 2021 год",
        [SHORT, ["1", "Первое", "май", "отдел"], ["1.1", "Провести сбор", "июнь", "отдел"]],
        [["", "сведений о школах", "", "образования"], ["1.2", "Второе", "июль", "отдел"]],
    )
    assert [(item.number, item.title, item.parent_id) for item in draft.contents.items] == [
        ("1", "Первое", None), ("1.1", "Провести сбор сведений о школах", 1), ("1.2", "Второе", 1),
    ]  # fmt: skip
    assert draft.contents.items[1].responsible == ("отдел образования",)
    assert [row.role for row in draft.tables[1].rows] == [RowRole.CONTINUATION, RowRole.ITEM]


@pytest.mark.parametrize(
    ("above", "below", "together"),
    [
        (["1", "Провести", "май", "отдел"], ["", "мониторинг", "", ""], True),
        (["1", "Провести", "май", "отдел"], ["", "", "", "образования"], True),
        (["1", "Школы района", "май", "отдел"], ["", "Заречного округа", "", ""], True),
        (["1", "Провести", "май", "отдел"], ["", "Обновить сайты", "июнь", "школы"], False),
        (["1", "Провести", "", "отдел"], ["", "Обновить сайты", "июнь", "школы"], True),
    ],
)
def test_a_row_without_a_number_goes_on_the_one_above_unless_it_is_whole(
    above: list[str], below: list[str], together: bool
) -> None:
    assert len(draft_of([SHORT, above, below, ["2", "Третье", "июль", "отдел"]]).contents.items) == (
        2 if together else 3
    )


def test_without_any_numbers_each_row_is_its_own_and_it_is_told() -> None:
    draft = draft_of([SHORT, ["", "Первое", "май", "отдел"], ["", "второе", "", ""], ["", "Третье", "июль", "отдел"]])
    assert [(item.number, item.title) for item in draft.contents.items] == [
        ("", "Первое"),
        ("", "второе"),
        ("", "Третье"),
    ]
    assert "автоматический список" in draft.warnings[0].message


def test_numbers_before_titles_where_they_have_no_column() -> None:
    table = [
        ["Мероприятие", "Срок", "Ответственный"],
        ["1. Первое", "май", "отдел"],
        ["1.1 Второе", "май", "отдел"],
        ["2021 год: итоги", "май", "отдел"],
    ]
    items = draft_of(table).contents.items
    assert [(item.number, item.title, item.parent_id) for item in items[:2]] == [
        ("1", "Первое", None),
        ("1.1", "Второе", 1),
    ]


def test_cells_merged_downwards_speak_for_all_their_rows() -> None:
    rows = [SHORT, ["1", "Первое", "май", "Петрова А.С."], ["2", "Второе", "июнь", ""], ["3", "Третье", "", "отдел"]]
    table = grid(rows, spans={(1, 3): (2, 1), (2, 2): (2, 1)})
    items = draft_of(table).contents.items
    assert [item.responsible for item in items] == [("Петрова А.С.",), ("Петрова А.С.",), ("отдел",)]
    assert [item.term.wording for item in items] == ["май", "июнь", "июнь"]


def test_one_title_merged_over_several_terms_is_one_row() -> None:
    rows = [SHORT, ["1", "Собрания", "май", "школы"], ["", "", "сентябрь", "отдел"], ["2", "Второе", "июнь", ""]]
    table = grid(rows, spans={(1, 0): (2, 1), (1, 1): (2, 1)})
    first, second = draft_of(table).contents.items
    assert (first.term.wording, first.responsible) == ("май\nсентябрь", ("школы", "отдел"))
    assert second.number == "2"


def test_a_heading_over_two_columns_keeps_both() -> None:
    rows = [["№", "Мероприятие", "Срок", "Ответственный", ""], ["1", "Дело", "май", "Петрова А.С.", "Сидоров П.И."]]
    (item,) = draft_of(grid(rows, spans={(0, 3): (1, 2)})).contents.items
    assert item.responsible == ("Петрова А.С.", "Сидоров П.И.")


def test_what_closes_a_table_is_no_section() -> None:
    rows = [SHORT, ["1", "Дело", "май", "отдел"], ["Исполнитель: Петрова А.С., тел. 12-34", "", "", ""]]
    draft = draft_of(grid(rows, spans={(2, 0): (1, 4)}))
    assert draft.contents.sections == ()
    assert [piece.text for piece in draft.contents.unplaced] == ["Исполнитель: Петрова А.С., тел. 12-34"]


def test_columns_that_the_form_does_not_print_are_kept_and_told() -> None:
    table = [[*SHORT, "Примечание"], ["1", "Дело", "май", "отдел", "важно"]]
    draft = draft_of("План на 2021 год", table, form="sections")
    assert draft.contents.items[0].note == "важно"
    assert "нет колонок «Примечание»" in draft.warnings[-1].message


INDICATORS = ["№ п/п", "Наименование показателя", "Базовое значение", "2021", "2022"]


@pytest.mark.parametrize(
    ("title", "values", "unit"),
    [
        ("Доля школ, процент", ["0", "1", "2"], "процент"),
        ("Доля школ (%)", ["0", "1", "2"], "процент"),
        ("Школы с сетью", ["0%", "10%", "20%"], "процент"),
        ("Доля школ", ["0", "1", "2"], "процент"),
        ("Число обученных учителей, чел.", ["0", "1", "2"], "человек"),
        ("Количество педагогов с профилем", ["0", "1", "2"], "человек"),
        ("Количество школ с сетью", ["0", "1", "2"], "единица"),
        ("Число школ, единиц", ["0", "1", "2"], "единица"),
        ("Скорость доступа", ["0", "1", "2"], ""),
    ],
)
def test_units(title: str, values: list[str], unit: str) -> None:
    draft = draft_of([INDICATORS, ["1", title, *values]], form="three-part")
    assert draft.contents.indicators[0].unit == unit


def test_what_is_no_number_is_told_and_unplaced() -> None:
    draft = draft_of([INDICATORS, ["1", "Доля школ", "–", "не менее 20%", "есть"]], form="three-part")
    (indicator,) = draft.contents.indicators
    assert indicator.baseline is None
    assert [(t.period, t.value, t.text) for t in indicator.targets] == [("2021", Decimal(20), "не менее 20%")]
    assert [piece.text for piece in draft.contents.unplaced] == ["есть"]
    assert "«есть» – не число" in draft.warnings[0].message


def test_bounds_of_targets_are_kept_and_say_which_way_is_better() -> None:
    rows = [["1", "Число сбоев", "9", "не более 5", "от 2 до 4"], ["2", "Доля школ", "–", "≥ 20 %", "30–40"]]
    faults, share = draft_of([INDICATORS, *rows], form="three-part").contents.indicators
    assert [(t.rule, t.value, t.upper, t.text) for t in share.targets] == [
        (TargetRule.AT_LEAST, 20, None, "≥ 20 %"), (TargetRule.RANGE, 30, 40, "30–40"),
    ]  # fmt: skip
    assert (faults.direction, share.direction) == (Direction.UP, Direction.UP)  # a range says neither
    (fewer,) = draft_of([INDICATORS, [*rows[0][:4], "4"]], form="three-part").contents.indicators
    assert fewer.direction is Direction.DOWN


def test_a_count_with_its_share_is_two_indicators_of_which_one_follows_from_the_other() -> None:
    term = "2021 – 150 чел. (15%) 2022 – 495 чел.(50%)"
    draft = draft_of([["№", "Мероприятие", "Срок", "Исполнитель"], ["1", "Охват обучающихся", term, "Отдел"]])
    share, count = draft.contents.indicators
    assert (share.unit, [t.value for t in share.targets]) == ("процент", [15, 50])
    assert (count.unit, [t.value for t in count.targets], count.numerator_of) == ("человек", [150, 495], share.id)
    assert share.item_id == count.item_id == draft.contents.items[0].id


def test_such_a_pair_in_a_table_of_indicators() -> None:
    rows = [["1", "Охват обучающихся", "–", "150 чел. (15 %)", "495 чел. (50 %)"], ["2", "Школы", "–", "5", "6 (50 %)"]]
    share, count, schools = draft_of([INDICATORS, *rows], form="three-part").contents.indicators
    assert (share.unit, [t.value for t in share.targets], count.numerator_of) == ("процент", [15, 50], share.id)
    assert [t.text for t in count.targets] == ["150 чел. (15 %)", "495 чел. (50 %)"]
    assert ([t.value for t in schools.targets], schools.numerator_of) == ([5, 6], None)


def test_a_title_over_the_whole_width_is_no_column_too_many() -> None:
    heads = ["№", "Наименование показателя", "Территория", "Базовое значение", "2021", "2022"]
    draft = draft_of([heads, ["1", "Доля школ", "район", "0", "20", "30"]], form="results-plan")
    assert draft.contents.indicators[0].title == "Доля школ"
    assert not [warning.message for warning in draft.warnings if "Наименование" in warning.message]


def test_heaped_targets_need_a_year() -> None:
    table = [
        ["Показатель", "Плановое значение", "Мероприятия", "Сроки, ответственный"],
        ["1. Доля школ", "65%", "Дело", "май"],
    ]
    draft = draft_of(table)
    assert draft.contents.indicators[0].targets == ()
    assert [piece.text for piece in draft.contents.unplaced] == ["65%"]
    given = draft_of(table, years=(2021, 2022))
    assert [(t.period, t.value) for t in given.contents.indicators[0].targets] == [("2022", 65)]


def test_a_document_without_a_table_is_told() -> None:
    with pytest.raises(UserError, match="нет таблицы"):
        recognise(outline("План мероприятий"), roadmap_forms())


def test_parts_of_three_by_their_headings_though_worded_otherwise() -> None:
    draft = draft_of(
        "ПЛАН", "мероприятий района",
        "1. Цель и показатели плана", "Цель:", "Создать среду.", "Задачи: подключить школы.",
        [INDICATORS, ["1", "Доля школ", "0", "1", "2"]],
        "2. Результаты реализации плана мероприятий",
        [["№ п/п", "Наименование задачи, результата", "Характеристика результата"], ["1", "Итог", "Описание"]],
        "3. План мероприятий (дорожная карта)",
        [PLAN, ["1", "Дело", "01.02.2021", "02.02.2021", "отдел", "Приказ"]],
    )  # fmt: skip
    assert draft.form.id == "three-part"
    assert draft.contents.roadmap.goal == "Создать среду.\nЗадачи: подключить школы."
    assert [(section.part, section.number) for section in draft.contents.sections] == [
        (Part.RESULTS, "2"),
        (Part.PLAN, "3"),
    ]
    assert [item.section_id for item in draft.contents.items] == [1, 2]


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("май", False),
        ("по отдельному плану", False),
        ("-", False),
        ("когда получится", True),
        ("31.02.2021", True),
    ],
)
def test_a_term_that_is_not_understood_is_kept_and_told(term: str, told: bool) -> None:
    draft = draft_of("План на 2021 год", [SHORT, ["1", "Дело", term, "отдел"]])
    assert draft.contents.items[0].term.wording == term
    assert [warning.message.startswith(f"Срок «{term}» не понят") for warning in draft.warnings] == [True] * told
    assert all(warning.place == "таблица 2, строка 2" for warning in draft.warnings)


def test_ids_are_ready_for_the_store() -> None:
    """Local ids run from 1, a parent before its children, every reference holds."""
    draft = draft_of([PLAN, *[[n, "Дело", "", "01.02.2021", "", ""] for n in ("1", "1.1", "2", "2.1", "2.1.1")]])
    items: tuple[Item, ...] = draft.contents.items
    assert [item.id for item in items] == [1, 2, 3, 4, 5]
    assert all(item.parent_id is None or item.parent_id < item.id for item in items)
