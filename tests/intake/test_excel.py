"""Workbooks read as Excel shows them: dates, percents, numbers, merges, tables parted by blank rows."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cosdesk.domain.roadmap import Part
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.grid import Paragraph
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from tests.intake.accounting import lost
from tests.intake.builders import rewrite, write_xlsx

HEAD = ["№ п/п", "Мероприятие", "Срок", "Ответственный"]


def one_row(tmp_path: Path, value: Any, shown: str) -> tuple[str, Any]:
    """Text and value of a cell of that value and number format."""
    path = write_xlsx(tmp_path / "книга.xlsx", {"Лист": [["а", value], ["б", "в"]]}, formats={"Лист": {"B1": shown}})
    cell = read_outline(path).grids[0].rows[0][1]
    return cell.text, cell.value


@pytest.mark.parametrize(
    ("value", "shown", "text", "kept"),
    [
        (datetime(2021, 9, 1), "dd.mm.yyyy", "01.09.2021", date(2021, 9, 1)),
        (date(2021, 9, 1), 'd mmmm yyyy" г."', "01.09.2021", date(2021, 9, 1)),
        (date(2021, 9, 1), "mmmm yyyy", "сентябрь 2021", date(2021, 9, 1)),
        (date(2021, 9, 1), "yyyy", "2021", date(2021, 9, 1)),
        (date(2021, 2, 1), "d.mmm", "01.02.2021", date(2021, 2, 1)),
        (0.65, "0%", "65%", Decimal(65)),
        (0.625, "0.0%", "62,5%", Decimal("62.5")),
        (1, "0%", "100%", Decimal(100)),
        (62.5, "General", "62,5", Decimal("62.5")),
        (0.1 + 0.2, "General", "0,3", Decimal("0.3")),
        (2.1, "0.00", "2,10", Decimal("2.1")),
        (2020, "General", "2020", Decimal(2020)),
        (1200000, "# ##0", "1200000", Decimal(1200000)),
        (True, "General", "ИСТИНА", None),
        (time(9, 30), "hh:mm", "09:30:00", None),
        ("#N/A", "General", "#N/A", None),
        ("'=1+1", "General", "'=1+1", None),
    ],
)
def test_values_are_worded_as_shown(value: Any, shown: str, text: str, kept: Any, tmp_path: Path) -> None:
    assert one_row(tmp_path, value, shown) == (text, kept)


def test_merges_paragraphs_and_tables_of_a_sheet(tmp_path: Path) -> None:
    rows = [
        [None, None, None, "УТВЕРЖДАЮ"],
        ["План на 2021 год"],
        [],
        [None, *HEAD[:3]],
        [None, 1, "Провести", date(2021, 5, 1)],
        [],
        [None, 2, "Закончить", "июнь"],
    ]
    path = write_xlsx(tmp_path / "книга.xlsx", {"План": rows}, {"План": ["A2:D2", "B4:B4"]})
    outline = read_outline(path)
    assert [(block.text, block.side, block.place) for block in outline.blocks if isinstance(block, Paragraph)] == [
        ("УТВЕРЖДАЮ", "right", "лист «План», ячейка D1"),
        ("План на 2021 год", "center", "лист «План», ячейка A2"),
    ]
    first, second = outline.grids
    assert (first.place(1, 3), second.place(0, 1)) == ("лист «План», ячейка D5", "лист «План», ячейка B7")
    assert first.width == second.width == 4


def test_a_value_under_a_merge_is_kept(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"] = "видно", "скрыто", "рядом"
    book.save(tmp_path / "книга.xlsx")
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    rewrite(tmp_path / "книга.xlsx", lambda _, part: part.replace(b"</sheetData>", merge))
    (grid,) = read_outline(tmp_path / "книга.xlsx").grids
    assert [cell.text for cell in grid.rows[0]] == ["видно\nскрыто", "", "рядом"]


def test_a_formula_without_its_value_is_told(tmp_path: Path) -> None:
    outline = read_outline(write_xlsx(tmp_path / "книга.xlsx", {"Лист": [["а", "=1+1"], ["б", 2]]}))
    assert outline.grids[0].rows[0][1].text == "=1+1"
    ((place, message),) = [(notice.place, notice.message) for notice in outline.notices]
    assert place == "лист «Лист», ячейка B1"
    assert "сохраните" in message


@pytest.mark.parametrize("shown", ["General", "0.00", "0.0"])
def test_numbers_that_excel_shortened_are_restored(shown: str, tmp_path: Path) -> None:
    numbers = [2.0, *[float(f"2.{n}") for n in range(1, 13)], 2.13, *[float(f"2.{n}") for n in range(14, 22)]]
    rows = [[value, f"Дело {n}", "май", "отдел"] for n, value in enumerate(numbers)]
    formats = {f"A{n + 2}": shown for n in range(len(rows))}
    rows[0][0] = 2
    formats["A2"] = "General"
    path = write_xlsx(tmp_path / "книга.xlsx", {"План": [HEAD, *rows]}, formats={"План": formats})
    draft = recognise(read_outline(path), roadmap_forms())
    assert [item.number for item in draft.contents.items] == ["2", *[f"2.{n}" for n in range(1, 22)]]
    assert {item.parent_id for item in draft.contents.items[1:]} == {1}


def test_a_number_that_became_a_date_is_restored_and_told(tmp_path: Path) -> None:
    rows = [
        [1, "Дело", "май", "отдел"],
        [date(2021, 1, 1), "Первое", "май", "отдел"],
        [date(2021, 2, 1), "Второе", "май", "отдел"],
    ]
    draft = recognise(read_outline(write_xlsx(tmp_path / "к.xlsx", {"План": [HEAD, *rows]})), roadmap_forms())
    assert [item.number for item in draft.contents.items] == ["1", "1.1", "1.2"]
    assert [warning.place for warning in draft.warnings[:2]] == ["лист «План», ячейка A3", "лист «План», ячейка A4"]


def test_a_roadmap_of_two_sheets(tmp_path: Path) -> None:
    plan = [
        [None, None, None, None, "УТВЕРЖДАЮ"],
        [None, None, None, None, "Глава района"],
        [None, None, None, None, "_______ А.Б. Берёзкин"],
        ["Дорожная карта на 2021-2022 годы"],
        ["№ п/п", "Мероприятие", "Сроки реализации", None, "Ответственные"],
        [None, None, "Начало", "Окончание", None],
        ["Раздел 1. Сети"],
        ["1.1", "Провести сеть", date(2021, 1, 10), date(2021, 3, 1), "Петрова А.С.\nСидоров П.И."],
        ["1.2", "Сеть проведена", None, date(2021, 12, 31), "Петрова А.С."],
    ]
    indicators = [
        ["№", "Наименование показателя", "Ед. изм.", "Базовое значение", 2021, 2022, "Итого"],
        [1, "Доля школ с сетью", "%", 0.1, 0.5, 0.655, 0.655],
    ]
    percents = {f"{column}2": "0.0%" for column in "DEFG"}
    path = write_xlsx(
        tmp_path / "к.xlsx",
        {"План": plan, "Показатели": indicators},
        {"План": ["A4:E4", "C5:D5", "A5:A6", "B5:B6", "E5:E6", "A7:E7"]},
        {"Показатели": percents},
    )
    outline = read_outline(path)
    draft = recognise(outline, roadmap_forms(), form_id="three-part")
    assert lost(outline, draft) == []
    contents = draft.contents
    assert [section.title for section in contents.sections if section.number == "Раздел 1"] == ["Сети"]
    assert [(item.term.start, item.term.end, item.kind) for item in contents.items] == [
        ("10.01.2021", "01.03.2021", "activity"), ("", "31.12.2021", "milestone"),
    ]  # fmt: skip
    assert contents.items[0].responsible == ("Петрова А.С.", "Сидоров П.И.")
    (indicator,) = contents.indicators
    assert (indicator.unit, indicator.baseline, indicator.total) == ("процент", 10, Decimal("65.5"))
    assert [target.value for target in indicator.targets] == [50, Decimal("65.5")]
    assert [(stamp.position, stamp.name, stamp.side) for stamp in contents.stamps] == [
        ("Глава района", "А.Б. Берёзкин", "right")
    ]


def test_three_parts_under_each_other_on_one_sheet(tmp_path: Path) -> None:
    rows = [
        ["План мероприятий («дорожная карта») района"],
        ["1. Цель и показатели муниципального плана"],
        ["Цель: Создать среду"],
        ["№ п/п", "Наименование показателя", "Тип показателя", "Базовое значение", None, "Период, год"],
        [None, None, None, "Значение", "Дата", 2021, 2022, "ИТОГО"],
        [1, "Доля школ, %", "Основной", 0, date(2020, 12, 31), 17, 35, 35],
        ["2. Результаты реализации плана мероприятий («дорожной карты»):"],
        ["№ п/п", "Наименование задачи, результата", "Характеристика результата"],
        ["1.", "Среда", None],
        ["1.1", "Сайты", "Описание"],
        ["3. План мероприятий (дорожная карта):"],
        ["№ п/п", "Наименование мероприятия", "Сроки реализации", None, "Ответственный исполнитель", "Вид документа"],
        [None, None, "начало", "окончание"],
        [1, 2, 3, 4, 5, 6],
        [1, "Итог", "-", date(2021, 12, 31), "Петрова А.С."],
        [1.1, "КТ: дело", date(2021, 9, 1), date(2021, 12, 31), "Петрова А.С.", "Справка"],
    ]
    merges = ["A1:H1", "A2:H2", "A3:H3", "D4:E4", "F4:H4", "A7:H7", "C8:H8", "A11:H11", "C12:D12", "A12:A13", "B12:B13"]
    outline = read_outline(write_xlsx(tmp_path / "к.xlsx", {"План": rows}, {"План": merges}))
    assert [(grid.first, len(grid.rows)) for grid in outline.grids] == [((4, 1), 3), ((7, 1), 4), ((11, 1), 6)]
    draft = recognise(outline, roadmap_forms())
    assert lost(outline, draft) == []
    assert (draft.form.id, draft.placed) == ("three-part", draft.cells)
    assert [table.part for table in draft.tables] == [Part.INDICATORS, Part.RESULTS, Part.PLAN]
    assert [item.number for item in draft.contents.items] == ["1", "1.1", "1", "1.1"]
    assert [indicator.total for indicator in draft.contents.indicators] == [35]


def test_stamps_a_head_and_a_signature_without_blank_rows(tmp_path: Path) -> None:
    rows = [
        ["СОГЛАСОВАНО", None, None, "УТВЕРЖДАЮ"],
        ["Директор департамента", None, None, "Глава района"],
        ["_____ В.Г. Осинин", None, None, "_____ А.Б. Берёзкин"],
        ["Дорожная карта на 2021-2022 годы"],
        HEAD,
        [1, "Провести", "май", "Петрова А.С."],
        ["1.1", "Сделать", "июнь", "отдел"],
        ["Начальник отдела", None, None, "П.И. Сидоров"],
    ]
    outline = read_outline(write_xlsx(tmp_path / "к.xlsx", {"План": rows}, {"План": ["A4:D4"]}))
    contents = recognise(outline, roadmap_forms()).contents
    assert [(stamp.side, stamp.name) for stamp in contents.stamps] == [
        ("left", "В.Г. Осинин"),
        ("right", "А.Б. Берёзкин"),
    ]
    assert contents.roadmap.years == (2021, 2022)
    assert [item.title for item in contents.items] == ["Провести", "Сделать"]
    assert [piece.text for piece in contents.unplaced] == ["Начальник отдела", "П.И. Сидоров"]


def test_a_wrong_dimension_hides_nothing(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "к.xlsx", {"План": [HEAD, [1, "Дело", "май", "отдел"]]})
    rewrite(path, lambda _, part: part.replace(b'ref="A1:D2"', b'ref="A1"'))
    assert len(read_outline(path).grids[0].rows) == 2


def test_empty_rows_and_styles_far_below_do_no_harm(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.cell(30_000, 300).number_format = "0%"
    book.save(tmp_path / "к.xlsx")
    (grid,) = read_outline(tmp_path / "к.xlsx").grids
    assert (len(grid.rows), grid.width) == (1, 4)


def test_a_value_far_from_the_table_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet["XFD900000"] = 1
    book.save(tmp_path / "к.xlsx")
    with pytest.raises(UserError, match="в ячейке XFD900000, далеко от таблицы"):
        read_outline(tmp_path / "к.xlsx")
