"""The page as a whole: without a roadmap, without rows, several roadmaps, the head, what found no place."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from cosdesk.domain.roadmap import Roadmap, RoadmapContents, Stamp, StampKind
from cosdesk.store.roadmaps import add_roadmap, delete_roadmap
from cosdesk.ui.new_roadmap_dialog import NewRoadmapDialog
from cosdesk.ui.roadmap_head_dialog import RoadmapHeadDialog
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.unplaced_dialog import UnplacedDialog
from cosdesk.ui.workspace import Workspace

Choose = Callable[..., None]


def run(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], fill: Callable[..., None]) -> None:
    def execute(shown: QDialog) -> QDialog.DialogCode:
        fill(shown)
        shown.accept()
        return QDialog.DialogCode(shown.result())

    monkeypatch.setattr(dialog, "exec", execute)


def headings(page: RoadmapPage) -> list[str]:
    model = page.model
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def test_the_columns_are_those_of_the_form(page: RoadmapPage, workspace: Workspace) -> None:
    assert headings(page) == [
        "№", "Мероприятие", "Ожидаемые результаты", "Срок реализации", "Ответственное лицо", "Статус", "Документы",
    ]  # fmt: skip
    head = workspace.contents.roadmap
    with workspace.edit("Форма") as edit:
        from cosdesk.store.roadmaps import change_roadmap

        change_roadmap(edit, replace(head, form="results-plan"))
    assert headings(page)[2:4] == ["Начало", "Окончание"]
    # A term in one piece is seen in a form with two columns.
    assert page.model.index_of_item(3, 3).data() == "сентябрь 2021"


def test_a_district_without_a_roadmap(
    page: RoadmapPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with workspace.edit("Удаление") as edit:
        delete_roadmap(edit, 1)
    buttons = [b for b in page.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["Импорт из Word, Excel или текста…", "Создать новую дорожную карту…"]
    assert page.status_text() == "" and page.menu_actions() == [page.roadmap_commands.new]

    def fill(dialog: NewRoadmapDialog) -> None:
        rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        dialog.list.setCurrentRow(next(n for n, text in enumerate(rows) if text.startswith("Дорожная карта с контр")))
        dialog._first.setValue(2021)
        dialog._last.setValue(2024)

    run(monkeypatch, NewRoadmapDialog, fill)
    buttons[1].click()
    contents = workspace.contents
    assert contents.roadmap.form == "controlled"
    assert contents.roadmap.title.endswith("на территории Лесного района в 2021–2024 гг.")
    assert [(stamp.heading, stamp.side) for stamp in contents.stamps] == [
        ("СОГЛАСОВАНО", "left"),
        ("УТВЕРЖДАЮ", "right"),
    ]
    # And a roadmap without rows offers the first one.
    buttons = [b for b in page.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["Мероприятие", "Вставить из Excel или Word"]
    buttons[0].click()
    assert [item.number for item in workspace.contents.items] == ["1"]
    assert page.view.isVisible()


def test_rows_are_pasted_into_an_empty_roadmap(page: RoadmapPage, workspace: Workspace) -> None:
    with workspace.edit("Удаление") as edit:
        delete_roadmap(edit, 1)
        add_roadmap(edit, RoadmapContents(Roadmap(0, "Пустая", "sections", first_year=2021, last_year=2024)))
    QGuiApplication.clipboard().setText("1\tПервое\n2\tВторое")
    page.commands.paste_block()
    assert [(item.number, item.title) for item in workspace.contents.items] == [("1", "Первое"), ("2", "Второе")]


def test_one_of_several_roadmaps_is_chosen(page: RoadmapPage, workspace: Workspace) -> None:
    assert not page._chooser.isVisible()
    with workspace.edit("Вторая") as edit:
        add_roadmap(edit, RoadmapContents(Roadmap(0, "Вторая\nкарта", "results-plan")))
    assert page._chooser.isVisible()
    assert [page._chooser.itemText(row) for row in range(2)] == ["План мероприятий", "Вторая карта"]
    page._chooser.setCurrentIndex(1)
    page._chooser.activated.emit(1)
    assert workspace.contents.roadmap.title == "Вторая\nкарта"
    assert "Начало" in headings(page)
    assert page.status_text() == "0\u00a0строк"


def test_the_head_is_one_edit(page: RoadmapPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = workspace.contents

    def fill(dialog: RoadmapHeadDialog) -> None:
        dialog.title.setPlainText("Дорожная карта\nЛесного района")
        dialog.last_year.setValue(2025)
        dialog.stamps.name.setText("В.В. Вторая")
        dialog.stamps.on.setText("")
        dialog.stamps.add.click()
        dialog.stamps.position.setPlainText("Начальник отдела")
        sections = dialog.sections
        sections.table.item(0, 1).setText("Кадры")
        sections.add.click()
        sections.table.item(2, 1).setText("Итоги")
        sections.up.click()

    run(monkeypatch, RoadmapHeadDialog, fill)
    page.roadmap_commands.edit_head()
    after = workspace.contents
    assert (after.roadmap.title, after.roadmap.years) == ("Дорожная карта\nЛесного района", (2021, 2025))
    assert [(s.number, s.title) for s in after.sections] == [("1", "Кадры"), ("3", "Итоги"), ("2", "Обеспечение")]
    assert after.stamps == (
        Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава района", "В.В. Вторая"),
        Stamp(2, StampKind.AGREED, "СОГЛАСОВАНО", "Начальник отдела", side="left"),
    )
    assert page.model.index_of_section(3).row() == 1
    assert workspace.undo_title == "Шапка дорожной карты"
    workspace.undo()
    assert workspace.contents == before


def test_a_head_that_stays_is_no_edit(page: RoadmapPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, RoadmapHeadDialog, lambda dialog: None)
    page.roadmap_commands.edit_head()
    assert workspace.undo_title == "Исполнение строки 1.1"


def test_sections_go_with_their_rows(page: RoadmapPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(dialog: RoadmapHeadDialog) -> None:
        dialog.sections.table.setCurrentCell(0, 1)
        dialog.sections.remove.click()
        assert "5\u00a0строк" in dialog.sections.note.text()

    run(monkeypatch, RoadmapHeadDialog, fill)
    page.roadmap_commands.edit_head()
    assert [item.title for item in workspace.contents.items] == ["Обучение учителей", "Закупка оборудования"]


@pytest.mark.parametrize(
    ("first", "last", "stamped", "told"),
    [
        (2025, 2021, "", "позже последнего"),
        (1999, 2021, "", "оба года"),
        (2021, 2024, "31.02.2021", "Дата грифа"),
    ],
)
def test_a_wrong_head_is_told(
    qtbot: QtBot, page: RoadmapPage, workspace: Workspace, first: int, last: int, stamped: str, told: str
) -> None:
    dialog = RoadmapHeadDialog(workspace.contents, page)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.first_year.setValue(first)
    dialog.last_year.setValue(last)
    dialog.stamps.on.setText(stamped)
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert dialog._fault.isVisible() and told in dialog._fault.text()


def test_what_found_no_place_is_shown_and_copied(
    qtbot: QtBot, page: RoadmapPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page._unplaced.isVisible() and page._unplaced.text() == "Не нашло места: 2"
    run(monkeypatch, UnplacedDialog, lambda dialog: dialog.copy())
    page._unplaced.click()
    assert QGuiApplication.clipboard().text() == "абзац 3\tПримечание к плану\nтаблица 2, ячейка 1\tИтого"


def test_markup_in_a_title_is_only_text(page: RoadmapPage, choose: Choose) -> None:
    page.model.setData(page.model.index_of_item(3, 1), "<img src='x'><b>Письмо</b>")
    page.view.choose([3])
    assert page.model.index_of_item(3, 1).data() == "<img src='x'><b>Письмо</b>"
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text()


def test_every_control_has_a_name_for_those_who_listen(page: RoadmapPage) -> None:
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit)
        for widget in page.findChildren(kind)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not widget.objectName().startswith("qt_")
        and not widget.isHidden()
    ]
    assert nameless == []


def test_the_snapshot_s_day_is_the_dialogs_day(
    page: RoadmapPage, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cosdesk.ui.record_dialog import RecordDialog

    days: list[date | None] = []
    run(monkeypatch, RecordDialog, lambda dialog: days.append(dialog.on.day))
    choose("Совещание руководителей")
    page.commands.mark_done()
    assert days == [page.workspace.snapshot.today]


def test_the_tabulator_goes_as_one_reads(page: RoadmapPage) -> None:
    chain, widget = [], page._chooser.nextInFocusChain()
    while widget is not page._chooser:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    filters, panel = page.filters, page.panel
    wanted = [
        filters.status, filters.person, filters.when, filters.without_evidence, page.view,
        panel.fields["number"], panel.kind, panel.fields["title"], panel.fields["term"], panel.fields["responsible"],
        panel.at_risk, panel.history_button,
    ]  # fmt: skip
    places = [chain.index(found) for found in wanted]
    assert places == sorted(places)


def test_undo_works_from_a_field_in_which_nothing_was_typed(page: RoadmapPage, choose: Choose) -> None:
    choose("Письмо школам")
    for name in ("title", "term"):
        field = page.panel.fields[name]
        field.setFocus()
        undo = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        undo.ignore()
        QApplication.sendEvent(field, undo)
        assert not undo.isAccepted()
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "ж"))
        undo.ignore()
        QApplication.sendEvent(field, undo)
        assert undo.isAccepted()


def test_another_file_is_another_tree(
    page: RoadmapPage, choose: Choose, workspace: Workspace, roadmap_template: Path, tmp_path: Path
) -> None:
    choose("Письмо школам")
    page.view.collapse(page.model.index_of_section(1))
    page.filters.status.setCurrentText("не выполнено")
    other = tmp_path / "Степной район.cosdesk"
    shutil.copy(roadmap_template, other)
    workspace.open(other)
    assert len(page.model.shown_items()) == 7
    assert page.view.isExpanded(page.model.index_of_section(1))
    assert page.commands.current_state.item.title == "Назначить координатора"
