"""Typing in the tree as in a spreadsheet: what is typed stands in the file, and can be taken back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cosdesk.domain.roadmap import Item
from cosdesk.errors import UserError
from cosdesk.store.file import DistrictFile
from cosdesk.ui.cell_editor import CellEditor
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace

# The offscreen screen tells so of every list that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
Modifier = Qt.KeyboardModifier
Outline = Callable[[], list[str]]
Stored = Callable[[str], Item]
Choose = Callable[..., None]
TypeText = Callable[[QWidget, str], None]


def editor(page: RoadmapPage) -> CellEditor:
    found = [widget for widget in page.view.viewport().findChildren(CellEditor) if widget.isVisible()]
    assert len(found) == 1
    return found[0]


def test_a_letter_replaces_the_cell_and_enter_goes_down(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored
) -> None:
    choose("Письмо школам")
    type_text(page.view, "З")
    type_text(editor(page), "апрос школам")
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert stored("Запрос школам").number == "1.2.1"
    assert page.commands.current_state.item.title == "Сверка списков"
    assert page.view.currentIndex().column() == page.model.column_of("title")


def test_f2_goes_on_typing_and_escape_takes_it_back(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored
) -> None:
    choose("Письмо школам")
    qtbot.keyClick(page.view, Key.Key_F2)
    type_text(editor(page), " района")
    qtbot.keyClick(editor(page), Key.Key_Escape)
    assert stored("Письмо школам")
    qtbot.keyClick(page.view, Key.Key_F2)
    type_text(editor(page), " района")
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert stored("Письмо школам района")


def test_tab_edits_cell_after_cell_and_types_over_it(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored
) -> None:
    choose("Закупка оборудования")
    qtbot.keyClick(page.view, Key.Key_F2)
    qtbot.keyClick(editor(page), Key.Key_Tab)
    type_text(editor(page), "Акт приёмки")
    qtbot.keyClick(editor(page), Key.Key_Tab)
    type_text(editor(page), "IV квартал 2090 г.")
    qtbot.keyClick(editor(page), Key.Key_Tab)
    type_text(editor(page), "Первый П.П.")
    qtbot.keyClick(editor(page), Key.Key_Return, Modifier.ShiftModifier)
    type_text(editor(page), "руководители школ")
    qtbot.keyClick(editor(page), Key.Key_Return)
    item = stored("Закупка оборудования")
    assert (item.expected, item.term.wording) == ("Акт приёмки", "IV квартал 2090 г.")
    assert item.responsible == ("Первый П.П.", "руководители школ")


def test_tab_passes_over_a_band(qtbot: QtBot, page: RoadmapPage, choose: Choose) -> None:
    choose("Совещание руководителей", field="responsible")
    qtbot.keyClick(page.view, Key.Key_F2)
    qtbot.keyClick(editor(page), Key.Key_Tab)
    assert page.commands.current_state.item.title == "Обучение учителей"
    assert page.view.currentIndex().column() == page.model.column_of("number")
    qtbot.keyClick(editor(page), Key.Key_Backtab)
    assert page.commands.current_state.item.title == "Совещание руководителей"


def test_the_status_follows_a_new_term(qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose) -> None:
    choose("Закупка оборудования", field="term")
    status = page.model.index_of_item(7, page.model.column_of("status"))
    assert status.data() == "Не выполнено"
    type_text(page.view, "2")
    type_text(editor(page), "090 год")
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert status.data() == "Срок не наступил"


def test_every_edit_has_its_name_and_comes_back(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace
) -> None:
    choose("Письмо школам", field="term")
    type_text(page.view, "м")
    type_text(editor(page), "ай")
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert stored("Письмо школам").term.wording == "май"
    assert workspace.undo_title == "Срок строки 1.2.1"
    workspace.undo()
    assert stored("Письмо школам").term.wording == "сентябрь 2021"
    workspace.redo()
    assert stored("Письмо школам").term.wording == "май"


def test_a_number_typed_is_kept_and_its_branch_follows(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, outline: Outline
) -> None:
    choose("Мониторинг сайтов", field="number")
    type_text(page.view, "7")
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert outline()[1:4] == ["7 Мониторинг сайтов", "  7.1 Письмо школам", "  7.2 Сверка списков"]


def test_a_section_is_renamed_in_its_band(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose_band: Callable[[int], None], workspace: Workspace
) -> None:
    choose_band(2)
    assert page.model.index_of_section(2).data() == "2. Обеспечение"
    type_text(page.view, "К")
    type_text(editor(page), "адры")
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert [section.title for section in workspace.file.snapshot().roadmaps[0].sections] == ["Организация", "Кадры"]


def test_known_people_are_offered(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored
) -> None:
    choose("Сверка списков", field="responsible")
    type_text(page.view, "л")
    type_text(editor(page), "ук")
    completer = editor(page)._completer
    assert completer is not None and completer.is_open
    qtbot.keyClick(completer.popup(), Key.Key_Down)
    qtbot.keyClick(completer.popup(), Key.Key_Return)
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert stored("Сверка списков").responsible == ("Лукина И.В.",)


def test_what_could_not_be_written_stays_on_the_screen(
    qtbot: QtBot,
    type_text: TypeText,
    page: RoadmapPage,
    choose: Choose,
    stored: Stored,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr("cosdesk.ui.roadmap_page.show_error", lambda error, parent: told.append(str(error)))

    def refuse(*_: object) -> object:
        raise UserError("Диск заполнен.")

    with monkeypatch.context() as broken:
        broken.setattr(DistrictFile, "edit", refuse)
        choose("Письмо школам")
        type_text(page.view, "И")
        type_text(editor(page), "ное")
        qtbot.keyClick(editor(page), Key.Key_Return)
        qtbot.waitUntil(lambda: told == ["Диск заполнен."])
    assert editor(page).toPlainText() == "Иное"
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert stored("Иное").number == "1.2.1"


def test_arrows_walk_through_cells_and_open_branches(qtbot: QtBot, page: RoadmapPage, choose: Choose) -> None:
    choose("Мониторинг сайтов", field="number")
    qtbot.keyClick(page.view, Key.Key_Left)
    assert not page.view.isExpanded(page.view.currentIndex())
    qtbot.keyClick(page.view, Key.Key_Right)
    assert page.view.isExpanded(page.view.currentIndex())
    qtbot.keyClick(page.view, Key.Key_Right)
    assert page.view.currentIndex().column() == 1
    qtbot.keyClick(page.view, Key.Key_Down)
    assert page.commands.current_state.item.title == "Письмо школам"
    assert page.view.currentIndex().column() == 1


def test_a_block_from_excel_fills_cells_and_adds_rows(
    page: RoadmapPage, choose: Choose, outline: Outline, stored: Stored, workspace: Workspace
) -> None:
    QGuiApplication.clipboard().setText('Первое\tПриказ\tмай\n"Второе,\nв две строки"\t"Акт ""А"""\tиюнь\nТретье\t\t\n')
    choose("Обучение учителей")
    page.commands.paste_block()
    assert outline()[5:] == ["2.1 Первое", "2.2 Второе,\nв две строки", "2.3 Третье"]
    assert stored("Второе,\nв две строки").expected == 'Акт "А"'
    assert stored("Второе,\nв две строки").term.wording == "июнь"
    assert workspace.undo_title == "Вставка: 3\u00a0строки"
    workspace.undo()
    assert outline()[5:] == ["2.1 Обучение учителей", "2.2 Закупка оборудования"]


def test_a_block_that_is_too_wide_is_told_and_nothing_changes(
    page: RoadmapPage, choose: Choose, outline: Outline
) -> None:
    before = outline()
    QGuiApplication.clipboard().setText("\t".join("абвгдежз"))
    choose("Обучение учителей")
    with pytest.raises(UserError, match="8 колонок"):
        page.commands.paste_block()
    assert outline() == before


def test_copied_rows_paste_into_excel(page: RoadmapPage, choose: Choose) -> None:
    choose("Мониторинг сайтов", "Назначить координатора")
    page.commands.copy.trigger()
    assert QGuiApplication.clipboard().text() == (
        "1.1\tНазначить координатора\t\tдо 15 февраля 2021 г.\tВетрова Г.Л.\tВыполнено\tприказ от 10.02.2021 №\xa027\n"
        '1.2\tМониторинг сайтов\t\tежегодно, май\t"Лукина И.В.\nВетрова Г.Л."\tНе выполнено\t\n'
    )


def test_fill_down(page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace) -> None:
    choose("Обучение учителей", "Закупка оборудования", field="term")
    page.commands.fill.trigger()
    assert stored("Закупка оборудования").term.wording == "2090 год"
    assert workspace.undo_title == "Заполнить вниз: срок"


def test_the_model_keeps_qt_s_rules(page: RoadmapPage, choose: Choose, workspace: Workspace) -> None:
    model: QAbstractItemModel = page.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    choose("Письмо школам")
    page.commands.indent()
    page.commands.outdent()
    page.commands.shift(-1)
    page.search("мониторинга")
    page.search("")
    page.commands.delete()
    workspace.undo()
    workspace.undo()
    workspace.redo()
    tester.deleteLater()


def test_the_keys_of_a_cell_belong_to_its_text(
    qtbot: QtBot, type_text: TypeText, page: RoadmapPage, choose: Choose, stored: Stored
) -> None:
    choose("Письмо школам")
    qtbot.keyClick(page.view, Key.Key_F2)
    qtbot.keyClick(editor(page), Key.Key_Home, Modifier.ControlModifier)
    qtbot.keyClick(editor(page), Key.Key_Delete)
    qtbot.keyClick(editor(page), Key.Key_Insert)
    qtbot.keyClick(editor(page), Key.Key_D, Modifier.ControlModifier)
    qtbot.keyClick(editor(page), Key.Key_Return)
    assert stored("исьмо школам").number == "1.2.1"
    assert len(page.workspace.contents.items) == 7


def test_a_term_that_cannot_be_is_kept_and_marked_in_its_cell(page: RoadmapPage) -> None:
    cell = page.model.index_of_item(7, page.model.column_of("term"))
    assert page.model.look(cell).ink is None
    page.model.setData(cell, "31.02.2021")
    cell = page.model.index_of_item(7, page.model.column_of("term"))
    assert page.model.look(cell).text == "31.02.2021 (?)"
    assert page.model.look(cell).ink is not None
    assert "нет такой даты: 31.02.2021" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert cell.data() == "31.02.2021"
