"""Adding, deleting, moving rows and branches: what stands in the file, what stays on the screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import Item, ItemKind
from cosdesk.errors import UserError
from cosdesk.store.executions import record_execution
from cosdesk.ui import roadmap_edits
from cosdesk.ui.cell_editor import CellEditor
from cosdesk.ui.roadmap_edits import RowPlace
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace

Key = Qt.Key
Modifier = Qt.KeyboardModifier
Outline = Callable[[], list[str]]
Choose = Callable[..., None]
TypeText = Callable[[QWidget, str], None]
BRANCH = ["  1.2.1 Письмо школам", "  1.2.2 Сверка списков"]


def type_title(qtbot: QtBot, type_text: TypeText, page: RoadmapPage, title: str) -> None:
    editor = next(widget for widget in page.view.viewport().findChildren(CellEditor) if widget.isVisible())
    type_text(editor, title)
    qtbot.keyClick(editor, Key.Key_Return)


def test_ins_adds_a_row_after_this_one(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, outline: Outline, workspace: Workspace
) -> None:
    choose("Мониторинг сайтов")
    qtbot.keyClick(page.view, Key.Key_Insert)
    type_title(qtbot, type_text, page, "Новое дело")
    # 1.3 is taken, and what others are called is not changed in silence.
    assert outline()[:6] == [
        "1.1 Назначить координатора", "1.2 Мониторинг сайтов", *BRANCH, "1.4 Новое дело", "1.3 Совещание руководителей",
    ]  # fmt: skip
    added = workspace.contents.items[4]
    assert (added.kind, added.section_id) == (ItemKind.RESULT, 1)
    workspace.undo()
    workspace.undo()
    assert len(outline()) == 7


def test_ctrl_ins_adds_a_row_inside(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, outline: Outline
) -> None:
    choose("Мониторинг сайтов")
    page.view.collapse(page.view.currentIndex().siblingAtColumn(0))
    qtbot.keyClick(page.view, Key.Key_Insert, Modifier.ControlModifier)
    type_title(qtbot, type_text, page, "Сводная справка")
    assert outline()[2:5] == [*BRANCH, "  1.2.3 Сводная справка"]
    choose("Обучение учителей")
    qtbot.keyClick(page.view, Key.Key_Insert, Modifier.ControlModifier)
    type_title(qtbot, type_text, page, "Список учителей")
    assert outline()[6:8] == ["2.1 Обучение учителей", "  2.1.1 Список учителей"]


def test_a_row_is_added_at_the_end_of_the_band(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose_band: Callable[[int], None], outline: Outline
) -> None:
    choose_band(1)
    qtbot.keyClick(page.view, Key.Key_Insert)
    type_title(qtbot, type_text, page, "В конец раздела")
    assert outline()[4:6] == ["1.3 Совещание руководителей", "1.4 В конец раздела"]


def test_del_deletes_the_branch_says_so_and_comes_back(
    qtbot: QtBot, page: RoadmapPage, choose: Choose, outline: Outline, workspace: Workspace
) -> None:
    with workspace.edit("Запись") as edit:
        record_execution(edit, Execution(0, 3, Outcome.DONE), "письмо № 5 от 03.09.2021")
    before, told = outline(), []
    page.commands.told.connect(told.append)
    choose("Мониторинг сайтов")
    qtbot.keyClick(page.view, Key.Key_Delete)
    assert told == ["Удалено: 3\u00a0строки, 1\u00a0запись об исполнении. Вернуть – Ctrl+Z"]
    assert outline() == [before[0], *before[4:]]
    assert page.commands.current_state.item.title == "Совещание руководителей"
    workspace.undo()
    assert outline() == before
    assert [record.item_id for record in workspace.snapshot.executions] == [1, 3]


def test_del_in_a_field_of_the_panel_deletes_letters(
    qtbot: QtBot, page: RoadmapPage, choose: Choose, outline: Outline
) -> None:
    choose("Письмо школам")
    title = page.panel.fields["title"]
    title.setFocus()
    qtbot.keyClick(title, Key.Key_Delete)
    page.panel.finish()
    assert "  1.2.1 исьмо школам" in outline()


def test_alt_arrows_move_a_branch(qtbot: QtBot, page: RoadmapPage, choose: Choose, outline: Outline) -> None:
    choose("Мониторинг сайтов")
    qtbot.keyClick(page.view, Key.Key_Up, Modifier.AltModifier)
    assert outline()[:4] == ["1.2 Мониторинг сайтов", *BRANCH, "1.1 Назначить координатора"]
    assert page.commands.current_state.item.title == "Мониторинг сайтов"
    qtbot.keyClick(page.view, Key.Key_Up, Modifier.AltModifier)  # the first stays the first
    qtbot.keyClick(page.view, Key.Key_Down, Modifier.AltModifier)
    qtbot.keyClick(page.view, Key.Key_Down, Modifier.AltModifier)
    assert outline()[:3] == ["1.1 Назначить координатора", "1.3 Совещание руководителей", "1.2 Мониторинг сайтов"]


def test_indent_and_outdent_give_new_numbers(
    qtbot: QtBot, page: RoadmapPage, choose: Choose, outline: Outline, workspace: Workspace
) -> None:
    before = outline()
    choose("Совещание руководителей")
    qtbot.keyClick(page.view, Key.Key_BracketRight, Modifier.ControlModifier)
    assert outline()[1:5] == ["1.2 Мониторинг сайтов", *BRANCH, "  1.2.3 Совещание руководителей"]
    assert workspace.undo_title == "Сделать вложенной: строка 1.3"
    qtbot.keyClick(page.view, Key.Key_BracketLeft, Modifier.ControlModifier)
    assert outline() == before


def test_a_whole_branch_is_renamed_with_its_head(page: RoadmapPage, choose: Choose, outline: Outline) -> None:
    choose("Мониторинг сайтов")
    page.commands.indent()
    assert outline()[:4] == [
        "1.1 Назначить координатора",
        "  1.1.1 Мониторинг сайтов",
        "    1.1.1.1 Письмо школам",
        "    1.1.1.2 Сверка списков",
    ]


def drop(page: RoadmapPage, titles: list[str], row: int, parent: QModelIndex) -> None:
    """What Qt does when rows are let go."""
    items = [item for item in page.workspace.contents.items if item.title in titles]
    data = page.model.mimeData([page.model.index_of_item(item.id) for item in items])
    assert page.model.canDropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
    page.model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)


def test_rows_are_dragged_into_another_section(qtbot: QtBot, page: RoadmapPage, outline: Outline) -> None:
    drop(page, ["Мониторинг сайтов", "Совещание руководителей"], 1, page.model.index_of_section(2))
    moved = [
        "1.1 Назначить координатора",
        "2.1 Обучение учителей",
        "2.3 Мониторинг сайтов",
        "  2.3.1 Письмо школам",
        "  2.3.2 Сверка списков",
        "2.4 Совещание руководителей",
        "2.2 Закупка оборудования",
    ]
    qtbot.waitUntil(lambda: outline() == moved)
    assert {item.section_id for item in page.workspace.contents.items[2:5]} == {2}


def test_a_row_is_dragged_onto_another(qtbot: QtBot, page: RoadmapPage, outline: Outline) -> None:
    drop(page, ["Закупка оборудования"], -1, page.model.index_of_item(6))
    qtbot.waitUntil(lambda: outline()[5:] == ["2.1 Обучение учителей", "  2.1.1 Закупка оборудования"])


def test_a_branch_does_not_go_into_itself(workspace: Workspace, outline: Outline) -> None:
    before = outline()
    with pytest.raises(UserError, match="внутрь неё самой"):
        roadmap_edits.move_rows(workspace, [2], RowPlace(3, 1))
    assert outline() == before


def test_a_drop_where_it_stood_is_no_edit(workspace: Workspace) -> None:
    roadmap_edits.move_rows(workspace, [2], RowPlace(None, 1, 5))
    assert workspace.undo_title == "Исполнение строки 1.1"


def test_what_is_open_chosen_and_in_sight_stays(
    qtbot: QtBot, page: RoadmapPage, choose: Choose, workspace: Workspace
) -> None:
    page.resize(1000, 260)
    page.view.collapse(page.model.index_of_item(2))
    choose("Обучение учителей", "Закупка оборудования")
    qtbot.wait(10)
    bar = page.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    assert place > 0
    with workspace.edit("Со стороны") as edit:
        item = workspace.contents.items[0]
        roadmap_edits.roadmaps.change_item(edit, Item(**{**_fields(item), "title": "Назначить двух координаторов"}))
    page.commands.shift(-1)
    qtbot.wait(10)
    assert not page.view.isExpanded(page.model.index_of_item(2))
    assert [item.title for item in page.commands.chosen_items()] == ["Обучение учителей", "Закупка оборудования"]
    assert bar.value() == place


def _fields(item: Item) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def test_numbers_are_made_anew_on_request(page: RoadmapPage, choose: Choose, outline: Outline) -> None:
    choose("Мониторинг сайтов")
    page.commands.shift(-1)
    page.commands.renumber.trigger()
    assert outline()[:4] == [
        "1.1 Мониторинг сайтов",
        "  1.1.1 Письмо школам",
        "  1.1.2 Сверка списков",
        "1.2 Назначить координатора",
    ]


def test_a_section_goes_with_its_rows(
    qtbot: QtBot, page: RoadmapPage, choose_band: Callable[[int], None], outline: Outline, workspace: Workspace
) -> None:
    told: list[str] = []
    page.commands.told.connect(told.append)
    choose_band(2)
    qtbot.keyClick(page.view, Key.Key_Delete)
    assert told == ["Удалено: раздел, 2\u00a0строки. Вернуть – Ctrl+Z"]
    assert len(outline()) == 5
    workspace.undo()
    assert len(outline()) == 7
