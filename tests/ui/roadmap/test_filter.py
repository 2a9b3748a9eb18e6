"""Finding rows: by text in any form, by status, person, month, missing document."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cosdesk.domain.execution import Execution, Outcome
from cosdesk.store.executions import record_execution
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.text_search import Query
from cosdesk.ui.workspace import Workspace

Choose = Callable[..., None]


def shown(page: RoadmapPage) -> list[str]:
    """Titles on the screen, those kept only for what is under them in brackets."""
    titles = []
    for item, _ in page.model.shown_with_depth():
        own = item in page.model.shown_items()
        titles.append(item.title if own else f"({item.title})")
    return titles


def choose_data(chooser: object, data: object) -> None:
    chooser.setCurrentIndex(chooser.findData(data))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("мониторинга", ["Мониторинг сайтов", "Письмо школам", "Сверка списков"]),
        ("ШКОЛЫ", ["(Мониторинг сайтов)", "Письмо школам"]),
        ("письма школ", ["(Мониторинг сайтов)", "Письмо школам"]),
        ("учителя", ["Обучение учителей"]),
        ("ветрова", ["Назначить координатора", "Мониторинг сайтов", "Совещание руководителей"]),
        ("№ 27", ["Назначить координатора"]),
        ("1.2.2", ["(Мониторинг сайтов)", "Сверка списков"]),
        ("обеспечению", ["Обучение учителей", "Закупка оборудования"]),
        ("сентябрь", ["(Мониторинг сайтов)", "Письмо школам"]),
        ("чего нет", []),
    ],
)  # fmt: skip
def test_search(page: RoadmapPage, typed: str, found: list[str]) -> None:
    page.search(typed)
    assert shown(page) == found
    page.search("")
    assert len(shown(page)) == 7


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("мониторинга", "Мониторинг", True),
        ("отчёт", "ОТЧЕТЫ школ", True),
        ("школьный", "школьного сайта", True),
        ("сайт", "сайтами", True),
        ("план", "планшет", True),
        ("дом", "до мая", False),
        ("приказ письмо", "письмо и приказ", True),
        ("приказ письмо", "приказ", False),
    ],
)
def test_word_forms(typed: str, text: str, found: bool) -> None:
    assert Query(typed).matches(text) is found


def test_by_status_person_and_month(page: RoadmapPage) -> None:
    filters = page.filters
    filters.status.setCurrentText("не выполнено")
    assert shown(page) == ["Мониторинг сайтов", "Письмо школам", "Закупка оборудования"]
    choose_data(filters.person, "Лукина И.В.")
    assert shown(page) == ["Мониторинг сайтов", "Письмо школам"]
    assert page.status_text() == "показано 2 из 7, 3\u00a0просрочены"
    filters.when.setCurrentText("в этом месяце")
    assert shown(page) == []
    filters.clear()
    assert len(shown(page)) == 7
    assert page.status_text() == "7\u00a0строк, 3\u00a0просрочены"


def test_a_person_is_found_in_a_shared_line_and_named_once(page: RoadmapPage) -> None:
    term = page.model.column_of("responsible")
    page.model.setData(page.model.index_of_item(6, term), "Лукина И. В., Руководители школ")
    page.model.setData(page.model.index_of_item(7, term), "руководители школ")
    names = [page.filters.person.itemText(row) for row in range(1, page.filters.person.count())]
    assert names == ["Ветрова Г.Л.", "Лукина И.В.", "Руководители школ"]
    choose_data(page.filters.person, "Лукина И.В.")
    assert shown(page) == ["Мониторинг сайтов", "Письмо школам", "Обучение учителей"]
    choose_data(page.filters.person, "Руководители школ")
    assert shown(page) == ["Обучение учителей", "Закупка оборудования"]


def test_by_section(page: RoadmapPage) -> None:
    section = page.filters.section
    listed = [section.itemText(row) for row in range(section.count())]
    assert listed == ["все разделы", "1 Организация", "2 Обеспечение"]
    section.setCurrentText("2 Обеспечение")
    assert shown(page) == ["Обучение учителей", "Закупка оборудования"]
    page.filters.reset.click()
    assert len(shown(page)) == 7


def test_without_a_document(page: RoadmapPage, workspace: Workspace) -> None:
    with workspace.edit("Запись") as edit:
        record_execution(edit, Execution(0, 5, Outcome.DONE))
    page.filters.without_evidence.setChecked(True)
    assert shown(page) == ["Совещание руководителей"]
    documents = page.model.index_of_item(5, page.model.column_of("documents"))
    assert documents.data() == "отсутствует"


def test_a_row_does_not_vanish_under_the_hand(page: RoadmapPage, choose: Choose, workspace: Workspace) -> None:
    page.filters.status.setCurrentText("не выполнено")
    page.model.setData(page.model.index_of_item(7, page.model.column_of("term")), "2090 год")
    assert "Закупка оборудования" in shown(page)
    choose("Письмо школам")
    page.commands.add.trigger()
    assert page.commands.current_state.item.title == ""
    page.search("закупка")
    assert shown(page) == []
    page.filters.clear()
    assert shown(page) == ["Закупка оборудования"]


def test_a_closed_branch_is_opened_for_what_is_found_and_closed_again(page: RoadmapPage) -> None:
    page.view.collapse(page.model.index_of_item(2))
    page.search("письмо")
    assert page.view.isExpanded(page.model.index_of_item(2))
    page.search("")
    assert not page.view.isExpanded(page.model.index_of_item(2))


def test_the_chosen_row_stays_chosen(page: RoadmapPage, choose: Choose) -> None:
    choose("Обучение учителей")
    page.search("учителя")
    page.search("")
    assert page.commands.current_state.item.title == "Обучение учителей"


def test_a_row_is_shown_whatever_the_filter_hides(page: RoadmapPage) -> None:
    page.search("учителя")
    page.show_item(3)
    assert page.commands.current_state.item.title == "Письмо школам"


def test_people_are_those_of_the_rows(page: RoadmapPage, qtbot: QtBot) -> None:
    people = [page.filters.person.itemText(row) for row in range(page.filters.person.count())]
    assert people == ["все", "Ветрова Г.Л.", "Лукина И.В.", "Методист"]
    page.model.setData(page.model.index_of_item(7, page.model.column_of("responsible")), "Архипов А.А.")
    people = [page.filters.person.itemText(row) for row in range(page.filters.person.count())]
    assert people[1] == "Архипов А.А."
    assert page.view.focusPolicy() != Qt.FocusPolicy.NoFocus
