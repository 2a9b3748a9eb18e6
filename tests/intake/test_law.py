"""The law of intake on invented tables: whatever stands in the cells, each is placed or listed."""

from pathlib import Path

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph, build_grid
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from cosdesk.intake.text import outline_of_text
from tests.intake.accounting import lost
from tests.intake.builders import KINDS, Table, write_docx

HEADS = (
    "№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат", "Начало", "Окончание", "Контролирующее лицо",
    "Примечание", "Наименование показателя", "Базовое значение", "2021", "2022", "ИТОГО", "Стоимость", "Показатель",
    "Плановое значение", "Мероприятия", "Сроки, ответственный",
)  # fmt: skip
TEXTS = (
    "", "", "1", "1.1", "2.", "-", "май", "сентябрь 2021", "01.02.2021", "Петрова А.С.", "отдел образования", "65%",
    "2021 – 15% 2022 – 30%", "Направление 1. Кадры", "УТВЕРЖДАЮ", "Провести мониторинг сайтов школ", "сведений",
    "<p>первое</p> второе", "- первое\n- второе", "1. Доля школ района, подключённых к сети", "Не менее 5%", "есть",
    "Итого", "КТ: итоги", "Цель: учить", "№ п/п", "2021",
)  # fmt: skip
LINES = (
    "План на 2021 год",
    "УТВЕРЖДАЮ",
    "А.Б. Берёзкин",
    "Направление 2. Сети",
    "Цель:",
    "3. План мероприятий (дорожная карта):",
    "слово",
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 7))
    rows: list[list[str]] = draw(
        st.lists(st.lists(st.sampled_from(TEXTS), min_size=width, max_size=width), min_size=1, max_size=7)
    )
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, 1)), draw(st.permutations(HEADS))[:width])
    cells: dict[tuple[int, int], Cell] = {}
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (r, c) in taken:
                continue
            columns = draw(st.sampled_from((1, 1, 1, 1, 2, width - c)))
            down = draw(st.sampled_from((1, 1, 1, 1, 2)))
            area = {(y, x) for y in range(r, r + down) for x in range(c, min(c + columns, width))}
            if area & taken or columns < 1:
                columns, down, area = 1, 1, {(r, c)}
            taken |= area
            cells[r, c] = Cell(text, rows=down, columns=min(columns, width - c))
    made = build_grid("таблица", cells)
    return made or Grid("таблица", ((Cell("слово"),),))


@given(
    st.lists(st.one_of(st.sampled_from(LINES), grids()), min_size=1, max_size=5),
    st.sampled_from([None, *roadmap_forms()]),
)
def test_nothing_is_lost_and_nothing_breaks(blocks: list[str | Grid], form: str | None) -> None:
    made: list[Paragraph | Grid] = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, str):
            made.append(Paragraph(block, f"абзац {number}"))
        else:
            made.append(Grid(f"таблица {number}", block.rows))
    outline = Outline(tuple(made))
    if not outline.grids:
        with pytest.raises(UserError):
            recognise(outline, roadmap_forms(), form)
        return
    draft = recognise(outline, roadmap_forms(), form)
    note(_shown(outline))
    assert lost(outline, draft) == []
    contents = draft.contents
    assert [item.id for item in contents.items] == list(range(1, len(contents.items) + 1))
    assert [i.id for i in contents.indicators] == list(range(1, len(contents.indicators) + 1))
    assert all(item.parent_id is None or item.parent_id < item.id for item in contents.items)
    assert {item.section_id for item in contents.items} <= {None, *(section.id for section in contents.sections)}
    assert {i.item_id for i in contents.indicators} <= {None, *(item.id for item in contents.items)}
    rows = [row.row for table in draft.tables for row in table.rows]
    assert rows == [row for grid in outline.grids for row in range(len(grid.rows))]


def _shown(outline: Outline) -> str:
    """Cells as text, merged ones with their span."""

    def cell(cell: Cell) -> str:
        if cell.origin:
            return "^"
        return cell.text if cell.rows == cell.columns == 1 else f"{cell.text} [{cell.rows}×{cell.columns}]"

    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join(" | ".join(map(cell, row)) for row in block.rows)
        for block in outline.blocks
    )


@given(st.text(alphabet='аб1 .\t\n"-–', max_size=200))
def test_text_is_never_lost_on_its_way_to_an_outline(text: str) -> None:
    outline = outline_of_text(text)
    kept = "".join(
        block.text if isinstance(block, Paragraph) else "".join(cell.text for row in block.rows for cell in row)
        for block in outline.blocks
    )
    assert sorted(_letters(kept)) == sorted(_letters(text))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_file_and_its_cells_as_text_come_out_alike(kind: str, tmp_path: Path) -> None:
    """The same document with tabs between cells loses only what text cannot hold: Word's numbers."""
    blocks = KINDS[kind]()
    text = "\n".join(_as_text(block) for block in blocks)
    word = recognise(read_outline(write_docx(tmp_path / "карта.docx", blocks)), roadmap_forms())
    plain = recognise(outline_of_text(text), roadmap_forms())
    assert plain.form.id == word.form.id
    assert [item.title for item in plain.contents.items] == [item.title for item in word.contents.items]
    assert [i.targets for i in plain.contents.indicators] == [i.targets for i in word.contents.indicators]


def _as_text(block: object) -> str:
    if not isinstance(block, Table):
        return "\n" + (block[0] if isinstance(block, tuple) else str(block))
    if len(block.rows) == 1:
        # Stamps side by side: in a text they follow one another.
        return "\n" + "\n\n".join(block.rows[0])
    width = max(map(len, block.rows))
    rows = [[text if "\n" not in text else f'"{text}"' for text in row] for row in block.rows]
    return "\n" + "\n".join("\t".join([*row, *[""] * (width - len(row))]) for row in rows) + "\n"
