"""What a coordinator does in the directory: gathers, types, pastes, declines, joins, removes; asserted on the store."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cosdesk.domain.organisation import School
from cosdesk.domain.person import Membership, Person
from cosdesk.errors import UserError
from cosdesk.store.opening import DiskFullError
from cosdesk.store.people import add_person
from cosdesk.store.roadmaps import change_item
from cosdesk.store.schools import add_school
from cosdesk.ui.page import Place
from cosdesk.ui.people_page import PeoplePage
from cosdesk.ui.person_edits import add_rows, join
from cosdesk.ui.person_merge_dialog import PersonMergeDialog, alike_names
from cosdesk.ui.person_model import COLUMNS, ROWS

COLUMN = {column.field: number for number, column in enumerate(COLUMNS)}
LINES = (("Нощихин М.В.", "руководители ОО"), ("Нозихин М.В., специалист 2-11-22",))


@pytest.fixture
def page(workspace, show_page, qtbot) -> PeoplePage:
    """Two rows: one names a misspelt surname and the schools' heads, one the right surname with a position."""
    with workspace.edit("Ответственные") as edit:
        for item, lines in zip(workspace.contents.items, LINES, strict=True):
            change_item(edit, replace(item, responsible=lines))
    shown = show_page(PeoplePage, workspace)
    QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Fatal, shown)
    return shown


def names(page: PeoplePage) -> list[str]:
    return [person.name for person in page.workspace.snapshot.people]


def go(page: PeoplePage, row: int, field: str) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.proxy.index(row, COLUMN[field]))


def keys(widget: QWidget, text: str) -> None:
    """Types letters of any alphabet, which ``QTest.keyClicks`` does not."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def test_the_directory_is_gathered_from_the_rows(page) -> None:
    assert page._stack.currentIndex() == 1
    page.gather_action.trigger()
    assert names(page) == ["Нощихин М.В.", "руководители ОО", "Нозихин М.В."]
    third = page.workspace.snapshot.people[2]
    assert (third.position, third.phone) == ("специалист", "2-11-22")
    assert page.workspace.snapshot.people[1].membership is Membership.SCHOOL_HEADS
    assert page.workspace.undo_title == "Собрано из дорожных карт: 3\u00a0имени"
    page.gather_action.trigger()
    assert len(names(page)) == 3 and "все уже в справочнике" in page._notice.text()
    page.workspace.undo()
    assert names(page) == []


def test_the_rows_of_the_one_at_hand_are_shown_and_led_to(page, qtbot) -> None:
    page.gather()
    go(page, 1, "name")
    assert [page.rows.topLevelItem(n).text(0) for n in range(page.rows.topLevelItemCount())] == ["1"]
    first = page.workspace.contents.items[0]
    with qtbot.waitSignal(page.led) as led:
        page.rows.itemActivated.emit(page.rows.topLevelItem(0), 0)
    assert led.args == [Place(page.workspace.contents.roadmap.id, first.id)]
    assert page.proxy.index(1, ROWS).data() == "1"
    with qtbot.waitSignal(page.led):
        page.table.doubleClicked.emit(page.proxy.index(1, ROWS))


def test_a_group_says_who_is_behind_it(page) -> None:
    with page.workspace.edit("Школа") as edit:
        add_school(edit, School(0, "Ольховская школа", head="Вязова И.И."))
    page.gather()
    go(page, 1, "name")
    assert page._caption.text() == "руководители ОО: 1\u00a0строка. За этим именем: Вязова И.И."


def test_cells_are_typed_and_undone(page, qtbot) -> None:
    page.gather()
    go(page, 2, "organisation")
    keys(page.table, "О")
    keys(QApplication.focusWidget(), "тдел")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.workspace.snapshot.people[2].organisation == "Отдел"
    page.workspace.undo()
    assert page.workspace.snapshot.people[2].organisation == ""


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("name", "", "Имя не может быть пустым. Впишите его или удалите строку."),
        ("name", "М.В. Нозихин", "«М.В. Нозихин» в справочнике уже есть."),
        ("membership", "кот", "«кот» – не то: пишите человек, группа, руководители школ."),
        ("members", "Нозихин М.В.", "Состав есть только у группы. Впишите «группа» в столбец «Кто это»."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(page, field: str, text: str, told: str) -> None:
    page.gather()
    before = page.workspace.snapshot.people
    cells = [(page.model.index(0, COLUMN[field]), text)]
    assert page.model.complaint(cells) == told
    assert not page.model.setData(*cells[0])
    assert page.workspace.snapshot.people == before


def test_a_group_is_made_of_people_of_the_directory(page) -> None:
    page.gather()
    kind, members = (page.model.index(1, COLUMN[field]) for field in ("membership", "members"))
    assert page.model.setData(kind, "гр")
    assert "нет" in page.model.complaint([(members, "Нозихин М.В.; Кто-то К.К.")])
    assert page.model.setData(members, "М.В. Нозихин; Нощихин М.В.")
    people = page.workspace.snapshot.people
    assert people[1].member_ids == (people[2].id, people[0].id)
    assert members.data() == "Нозихин М.В.; Нощихин М.В."


def test_cases_are_proposed_and_what_was_typed_stays(page) -> None:
    with page.workspace.edit("Люди") as edit:
        add_person(edit, Person(0, "Петрова А.С.", full_name="Петрова Анна Сергеевна", dative="как сказали"))
        add_person(edit, Person(0, "Кто-то", full_name="Кто-то"))
    page.propose_cases()
    first, second = page.workspace.snapshot.people
    cases = (first.genitive, first.dative, first.accusative, first.instrumental)
    assert cases == ("Петровой Анны Сергеевны", "как сказали", "Петрову Анну Сергеевну", "Петровой Анной Сергеевной")
    assert second.genitive == ""


def test_a_new_line_is_typed_at_once(page, qtbot) -> None:
    page.add_action.trigger()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    keys(editor, "Липова А.А.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert names(page) == ["Липова А.А."]


def test_rows_of_excel_become_people_or_none_does(page) -> None:
    lines = "Липова А.А.\tчеловек\t\tЛипова Анна Андреевна\tметодист", "", "Группа тьюторов\tгруппа"
    QApplication.clipboard().setText("\n".join(lines))
    page.insert_action.trigger()
    assert [(p.name, p.membership, p.position) for p in page.workspace.snapshot.people] == [
        ("Липова А.А.", Membership.PERSON, "методист"),
        ("Группа тьюторов", Membership.LIST, ""),
    ]
    with pytest.raises(UserError, match="уже есть"):
        add_rows(page.workspace, [["Вязова И.И."], ["Вязова И. И."]])
    assert len(names(page)) == 2


def test_removing_leaves_the_rows_alone(page) -> None:
    page.gather()
    go(page, 0, "name")
    page.delete_action.trigger()
    assert names(page) == ["руководители ОО", "Нозихин М.В."]
    assert page.workspace.contents.items[0].responsible == LINES[0]
    assert page.chosen.name == "руководители ОО"


def test_search_and_sorting(page) -> None:
    page.gather()
    page.search("нозихина")
    assert page.proxy.rowCount() == 1 and page.status_text() == "3\u00a0имени, показано 1"
    page.search("")
    page.table.sortByColumn(COLUMN["name"], Qt.SortOrder.AscendingOrder)
    assert [page.proxy.index(row, 0).data() for row in range(3)] == ["Нозихин М.В.", "Нощихин М.В.", "руководители ОО"]


# Joining


def test_alike_names_are_joined_only_by_the_user_in_one_edit(page, qtbot) -> None:
    page.gather()
    dialog = PersonMergeDialog(page.workspace)
    qtbot.addWidget(dialog)
    assert [(pair.one, pair.other, pair.rows) for pair in alike_names(page.workspace)] == [
        ("Нощихин М.В.", "Нозихин М.В.", (1, 1))
    ]
    assert dialog.keep_other.text() == "Оставить «Нозихин М.В.»"
    dialog.keep_other.click()
    assert names(page) == ["руководители ОО", "Нозихин М.В."]
    assert page.workspace.contents.items[0].responsible == ("Нозихин М.В.", "руководители ОО")
    assert dialog.list.topLevelItemCount() == 0 and not dialog.keep_one.isEnabled()
    page.workspace.undo()
    assert names(page)[0] == "Нощихин М.В." and page.workspace.contents.items[0].responsible == LINES[0]


def test_joining_keeps_what_only_the_other_card_told_and_membership(page) -> None:
    page.gather()
    wrong, heads, right = page.workspace.snapshot.people
    with page.workspace.edit("Карточка") as edit:
        add_person(edit, Person(0, "комиссия", Membership.LIST, member_ids=(wrong.id, heads.id)))
    page.model.setData(page.model.index(0, COLUMN["email"]), "почта@район")
    assert join(page.workspace, wrong.name, right.name) == 1
    people = {person.name: person for person in page.workspace.snapshot.people}
    assert people[right.name].email == "почта@район" and people[right.name].position == "специалист"
    assert set(people["комиссия"].member_ids) == {right.id, heads.id}


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)  # the offscreen screen, of a tooltip
def test_a_full_disk_keeps_what_is_typed(page, monkeypatch) -> None:
    page.gather_action.trigger()
    told = []
    page.workspace.disk_full.connect(lambda: told.append("full"))
    refusal = DiskFullError("На диске нет места, изменение не записано.")

    def refuses(*_: object) -> None:
        raise refusal

    go(page, 0, "position")
    keys(page.table, "м")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    keys(field, "етодист")
    with monkeypatch.context() as full:
        full.setattr(type(page.workspace.file), "edit", refuses)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == "методист" and field.isVisible() and "нет места" in page._notice.text()
    assert told == ["full"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.workspace.snapshot.people[0].position == "методист"


def test_left_on_a_full_disk_the_text_is_in_the_clipboard(page, monkeypatch) -> None:
    page.gather_action.trigger()

    def refuses(*_: object) -> None:
        raise DiskFullError("На диске нет места, изменение не записано.")

    go(page, 0, "position")
    keys(page.table, "м")
    keys(QApplication.focusWidget(), "етодист")
    monkeypatch.setattr(type(page.workspace.file), "edit", refuses)
    # As Qt does when the field loses the focus.
    delegate, field = page.table.itemDelegate(), QApplication.focusWidget()
    with pytest.raises(UserError, match="Введённое скопировано"):
        delegate.setModelData(field, page.proxy, page.table.currentIndex())
    assert QApplication.clipboard().text() == "методист"
