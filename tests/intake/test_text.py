"""Text and what is pasted: rows with tabs, a cell a line, quoted cells, HTML."""

from pathlib import Path

import pytest

from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.grid import Grid, Outline, Paragraph
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from cosdesk.intake.text import outline_of_text


def rows(outline: Outline) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in outline.grids]


def shape(outline: Outline) -> list[str | tuple[int, int]]:
    return [b.text if isinstance(b, Paragraph) else (len(b.rows), b.width) for b in outline.blocks]


def test_rows_with_tabs_and_paragraphs_between() -> None:
    text = "\n**План\nна 2021 год**\n\n№\tДело\tСрок\n1\tПервое\tмай\n\n2\tВторое\n\nПриложение\n\nа\tб\n"
    assert shape(outline_of_text(text)) == ["План", "на 2021 год", (3, 3), "Приложение", (1, 2)]


def test_a_cell_copied_from_excel_keeps_its_lines() -> None:
    text = '1\t"Иванов ""И.""\nПетров"\tмай\r\n2\t"горизонтальное" обучение\tиюнь\r\n'
    assert rows(outline_of_text(text)) == [
        [["1", 'Иванов "И."\nПетров', "май"], ["2", '"горизонтальное" обучение', "июнь"]]
    ]


def test_a_row_in_pieces_is_put_together() -> None:
    text = "№\tДело\tКто\tСрок\n1\tПервое\tПетрова А.С.\nСидоров П.И.\tмай\n2\tВторое\tотдел\tиюнь\nиюль\n"
    assert rows(outline_of_text(text))[0][1:] == [
        ["1", "Первое", "Петрова А.С.\nСидоров П.И.", "май"],
        ["2", "Второе", "отдел", "июнь\nиюль"],
    ]


CELLS = """Название плана
\t№

п/п
\tДело
\tСроки
\tКто

\t
\t
\tс
\tпо
\t

\t1
\tПервое дело

\tмай
\tиюнь
\tПетрова А.С.
Сидоров П.И.

\t2
\tВторое дело
\t
\tиюль
\tотдел



ПРИЛОЖЕНИЕ
к плану
"""


def test_a_cell_a_line() -> None:
    outline = outline_of_text(CELLS)
    assert shape(outline) == ["Название плана", (4, 5), "ПРИЛОЖЕНИЕ", "к плану"]
    (grid,) = outline.grids
    assert [cell.text for cell in grid.rows[2]] == ["1", "Первое дело", "май", "июнь", "Петрова А.С.\nСидоров П.И."]
    assert [cell.text for cell in grid.rows[3]] == ["2", "Второе дело", "", "июль", "отдел"]
    assert [(cell.text, cell.rows, cell.columns) for cell in grid.rows[0] if cell.text] == [
        ("№\nп/п", 2, 1), ("Дело", 2, 1), ("Сроки", 1, 2), ("Кто", 2, 1),
    ]  # fmt: skip


def test_a_cell_a_line_with_numbers_inside() -> None:
    text = (
        "Проект\n \t1. Доля школ района\n\n\t65%\n\t1Подключение школ\n\n\n\tавгуст\n\n\t2. Доля учителей района\n"
        "\t5%\n\t- Первое\n-Второе\n До конца 2021 года\n\n\nМай\n\n\t3. Доля сайтов\n\n\t7%\n\t- Обновить\n\n\tмарт\n"
    )
    assert rows(outline_of_text(text)) == [
        [
            ["1. Доля школ района", "65%", "1Подключение школ", "август"],
            ["2. Доля учителей района", "5%", "- Первое\n-Второе\nДо конца 2021 года\nМай", ""],
            ["3. Доля сайтов", "7%", "- Обновить", "март"],
        ]
    ]


def test_html_of_the_clipboard() -> None:
    page = """<html><head><style>td {color: red}</style></head><body><!--StartFragment--><p>План
    на 2021&nbsp;год</p><table><tr><td rowspan="2">№</td><td colspan="2">Срок</td></tr>
    <tr><td>с</td><td>по</td></tr><tr><td>1</td><td><p>май</p><p>июнь</p></td><td>2021</td></tr></table></body></html>"""
    outline = outline_of_text(page)
    assert shape(outline) == ["План на 2021 год", (3, 3)]
    grid: Grid = outline.grids[0]
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["№", "Срок", ""],
        ["", "с", "по"],
        ["1", "май\nиюнь", "2021"],
    ]
    assert (grid.rows[0][0].rows, grid.rows[0][1].columns) == (2, 2)


def test_rows_pasted_without_a_head_are_guessed() -> None:
    text = (
        "1\tНазначить ответственных\tсентябрь 2021\tПетрова А.С.\tПриказ\n"
        "2\tПровести мониторинг сайтов\tоктябрь 2021\tСидоров П.И.\tСправка\n"
    )
    draft = recognise(outline_of_text(text), roadmap_forms(), form_id="sections")
    assert draft.tables[0].roles == ("number", "title", "term", "responsible", "expected")
    assert [(item.number, item.term.wording) for item in draft.contents.items] == [
        ("1", "сентябрь 2021"),
        ("2", "октябрь 2021"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "план.txt"
    path.write_bytes("№\tДело\tСрок\n1\tПервое\tмай\n".encode(encoding))
    outline = read_outline(path)
    assert rows(outline) == [[["№", "Дело", "Срок"], ["1", "Первое", "май"]]]
    assert bool(outline.notices) is (encoding == "cp1251")
