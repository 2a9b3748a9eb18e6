"""Word files read as Word shows them: automatic numbers, merges, text boxes, tracked changes, nested tables."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cosdesk.intake.grid import Grid, Outline, Paragraph
from cosdesk.intake.reading import read_outline
from tests.intake.builders import Table, add_list, add_number, add_table, number, rewrite, write_docx

W = nsdecls("w")


def texts(outline: Outline) -> list[str]:
    return [f"{block.number} {block.text}".strip() for block in outline.blocks if isinstance(block, Paragraph)]


def cells(grid: Grid) -> list[list[str]]:
    return [[f"{cell.number} {cell.text}".strip() for cell in row] for row in grid.rows]


def save(document: object, tmp_path: Path) -> Outline:
    document.save(str(tmp_path / "документ.docx"))  # type: ignore[attr-defined]
    return read_outline(tmp_path / "документ.docx")


@pytest.mark.parametrize(
    ("levels", "formats", "depths", "shown"),
    [
        (["%1.", "%1.%2."], [], [0, 1, 1, 0, 1], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        (["%1", "%1.%2", "%1.%2.%3"], [], [0, 1, 2, 2, 1, 2], ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1"]),
        (["%1.%2.", "%1.%2."], [], [1, 1], ["1.1.", "1.2."]),
        (["%1)"], ["upperRoman"], [0, 0, 0, 0], ["I)", "II)", "III)", "IV)"]),
        (["%1)"], ["russianLower"], [0] * 10, ["а)", "б)", "в)", "г)", "д)", "е)", "ж)", "з)", "и)", "к)"]),
        (["%1."], ["lowerLetter"], [0, 0], ["a.", "b."]),
        (["%1.", "%1.%2"], ["upperRoman", "decimal"], [0, 0, 1], ["I.", "II.", "II.1"]),
        (["Задача %1:"], [], [0, 0], ["Задача 1:", "Задача 2:"]),
        (["•"], ["bullet"], [0, 0], ["", ""]),
    ],
)
def test_numbers_of_lists(
    levels: list[str], formats: list[str], depths: list[int], shown: list[str], tmp_path: Path
) -> None:
    document = docx.Document()
    list_id = add_list(document, levels, formats)
    for depth in depths:
        number(document.add_paragraph("строка"), list_id, depth)
    found = [block.number for block in save(document, tmp_path).blocks if isinstance(block, Paragraph)]
    assert found == shown


def test_lists_of_one_abstract_list_go_on_and_an_override_starts_anew(tmp_path: Path) -> None:
    document = docx.Document()
    first = add_list(document, ["%1."])
    abstract = 900 + len(document.part.numbering_part.element.findall(f"{{{W.split(chr(34))[1]}}}abstractNum")) - 1
    second = add_number(document, abstract)
    third = add_number(document, abstract, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    for list_id in (first, first, second, third, third, first):
        number(document.add_paragraph("строка"), list_id, 0)
    found = [block.number for block in save(document, tmp_path).blocks if isinstance(block, Paragraph)]
    assert found == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_numbers_by_style_and_none_where_switched_off(tmp_path: Path) -> None:
    document = docx.Document()
    list_id = add_list(document, ["%1."])
    style = document.styles["List Bullet"]
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="{list_id}"/></w:numPr>'))
    for old in style.element.pPr.findall(f"{{{W.split(chr(34))[1]}}}numPr")[:-1]:
        style.element.pPr.remove(old)
    document.add_paragraph("первая", style="List Bullet")
    number(document.add_paragraph("без номера", style="List Bullet"), 0, 0)
    document.add_paragraph("вторая", style="List Bullet")
    assert texts(save(document, tmp_path)) == ["1. первая", "без номера", "2. вторая"]


def test_a_list_inside_a_cell_is_text_and_one_number_is_the_rows(tmp_path: Path) -> None:
    document = docx.Document()
    made = add_table(document, Table([["Работы", "Итог"], ["Провести", "Справка\nОтчёт"]]), 0)
    rows, inner = add_list(document, ["%1."]), add_list(document, ["%1)"])
    number(made.cell(1, 0).paragraphs[0], rows, 0)
    for paragraph in made.cell(1, 1).paragraphs:
        number(paragraph, inner, 0)
    (grid,) = save(document, tmp_path).grids
    assert (grid.rows[1][0].number, grid.rows[1][0].text) == ("1.", "Провести")
    assert (grid.rows[1][1].number, grid.rows[1][1].text) == ("", "1) Справка\n2) Отчёт")


def test_merged_cells_stand_once(tmp_path: Path) -> None:
    rows = [["№", "Срок", "", "Кто"], ["", "с", "по", ""], ["1", "май", "июнь", "отдел"], ["Раздел", "", "", ""]]
    merges = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (3, 0, 3, 3)]
    (grid,) = read_outline(write_docx(tmp_path / "т.docx", [Table(rows, merges)])).grids
    assert cells(grid)[0] == ["№", "Срок", "", "Кто"]
    assert cells(grid)[1] == ["", "с", "по", ""]
    assert (grid.rows[0][0].rows, grid.rows[0][1].columns, grid.rows[3][0].columns) == (2, 2, 4)
    assert [grid.cell(1, column).text for column in range(4)] == ["№", "с", "по", "Кто"]
    assert grid.rows[1][3].origin == (0, 3)
    assert grid.place(2, 1) == "таблица 1, строка 3, колонка 2"


def test_tracked_changes_fields_breaks_and_controls(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("До ")._p
    for xml in (
        "<w:del {0}><w:r><w:delText>удалено</w:delText></w:r></w:del>",
        "<w:ins {0}><w:r><w:t>вставлено</w:t></w:r></w:ins>",
        "<w:r {0}><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r {0}><w:br/><w:t>строка</w:t><w:tab/><w:t>два</w:t><w:noBreakHyphen/><w:t>три</w:t></w:r>",
        "<w:sdt {0}><w:sdtPr/><w:sdtContent><w:r><w:t> поле</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph.append(parse_xml(xml.format(W)))
    body = document.element.body
    body.insert(
        0, parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Оглавление</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    assert texts(save(document, tmp_path)) == ["Оглавление", "До вставлено\nстрока два-три поле"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>УТВЕРЖДАЮ</w:t></w:r></w:p></w:txbxContent>"
    variants = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run = f"<w:r {W} {mc}><mc:AlternateContent>{variants}</mc:AlternateContent></w:r>"
    document = docx.Document()
    document.add_paragraph("План")._p.append(parse_xml(run))
    assert texts(save(document, tmp_path)) == ["План", "УТВЕРЖДАЮ"]


def test_a_table_inside_a_cell(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "слева"
    small = outer.cell(0, 1).add_table(rows=1, cols=2)
    small.cell(0, 0).text, small.cell(0, 1).text = "а", "б"
    large = outer.cell(0, 0).add_table(rows=2, cols=3)
    for index, cell in enumerate(large._cells):
        cell.text = str(index)
    first, second = save(document, tmp_path).grids
    assert cells(first) == [["слева", "а\nб"]]
    assert cells(second) == [["0", "1", "2"], ["3", "4", "5"]]


def test_what_stands_outside_the_body_is_kept(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("План")
    document.sections[0].header.paragraphs[0].text = "Приложение к приказу"
    document.sections[0].footer.paragraphs[0].text = "Страница 1 из 3"
    outline = save(document, tmp_path)
    assert [(block.text, block.place) for block in outline.blocks if isinstance(block, Paragraph)] == [
        ("План", "абзац 1"),
        ("Приложение к приказу", "верхний колонтитул"),
    ]


@pytest.mark.parametrize(
    ("footer", "kept"),
    [
        ("Редакция 1 от 11.01.2021. Отпечаток: 8155 a99c 49b2 c703 · cosdesk a-b ред. 1 8155a99c49b2c703", False),
        ("Отпечаток документа: 8155 a99c 49b2 c703 · План; 11.01.2021; 8155 a99c 49b2 c703", False),
        ("Отпечаток пальца снимает отдел кадров", True),
    ],
)
def test_the_small_print_of_our_own_paper_is_no_content(tmp_path: Path, footer: str, kept: bool) -> None:
    document = docx.Document()
    document.add_paragraph("План")
    document.sections[0].footer.paragraphs[0].text = footer
    assert len(save(document, tmp_path).blocks) == 1 + kept


def test_a_strict_file_is_read_the_same(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "т.docx", ["План", Table([["а", "б"]])])
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    strict = rewrite(path, lambda name, part: part.replace(old, new), tmp_path / "строгий.docx")
    assert read_outline(strict).blocks == read_outline(path).blocks
