"""What a coordinator does with the register of schools; asserted on what the file then holds."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from cosdesk.domain.organisation import School, SchoolCount, school_year_at
from cosdesk.intake.schools import read_schools
from cosdesk.intake.text import outline_of_text
from cosdesk.store.schools import add_school
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.school_import import ADD, ASK, SAME, SKIP, SchoolImportDialog, take_schools
from cosdesk.ui.schools_page import SchoolsPage
from cosdesk.ui.theme import Tone
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import cell, keys, paste_at, shown, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
YEAR = school_year_at(date.today())
SCHOOLS = (
    School(0, "Муниципальное бюджетное общеобразовательное учреждение «Лесная средняя школа»", "Лесная СОШ",
           locality="с. Лесное", email="les@example.ru", counts=(SchoolCount(YEAR, 120, 14),)),
    School(0, "Муниципальное казённое учреждение «Полевая основная школа № 2»", "Полевая ООШ № 2",
           counts=(SchoolCount(YEAR - 1, 60, 8),)),
    School(0, "Речная начальная школа", "Речная НОШ", closed=date(2020, 9, 1)),
)  # fmt: skip


@pytest.fixture
def page(workspace: Workspace, show_page) -> SchoolsPage:
    with workspace.edit("Школы") as edit:
        for school in SCHOOLS:
            add_school(edit, school)
    return show_page(SchoolsPage, workspace)


def schools(page: SchoolsPage) -> tuple[School, ...]:
    return page.workspace.snapshot.schools


def test_working_schools_are_shown_first(page) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(page.view, "short_name") == ["Лесная СОШ", "Полевая ООШ № 2"]
    page.filter.setCurrentIndex(1)
    assert shown(page.view, "short_name") == ["Речная НОШ"]
    page.search("полевой")
    assert shown(page.view, "short_name") == []
    assert tester is not None


def test_counts_belong_to_the_school_year_chosen(page) -> None:
    assert shown(page.view, "learners") == ["120", ""]
    page.year.setCurrentIndex(page.year.findData(YEAR - 1))
    page.year.activated.emit(page.year.currentIndex())
    assert shown(page.view, "learners") == ["", "60"]
    type_into(page.view, cell(page.view, 0, "learners"), "118", Qt.Key.Key_Tab)
    type_into(page.view, page.view.currentIndex(), "13")
    assert schools(page)[0].counts == (SchoolCount(YEAR - 1, 118, 13), SchoolCount(YEAR, 120, 14))


def test_a_school_typed_in_the_blank_row(page) -> None:
    type_into(page.view, cell(page.view, -1, "short_name"), "Степная СОШ", Qt.Key.Key_Tab)
    type_into(page.view, page.view.currentIndex(), "Степная средняя школа")
    added = schools(page)[-1]
    assert (len(schools(page)), added.short_name, added.name) == (4, "Степная СОШ", "Степная средняя школа")
    assert added.former_names in ((), ("Степная СОШ",))


def test_a_like_name_is_told(page) -> None:
    type_into(page.view, cell(page.view, -1, "short_name"), "Полевая ООШ №2")
    assert "Похожая школа уже есть: «Полевая ООШ № 2»" in page.notice.text()


def test_a_renamed_school_keeps_its_former_name(page) -> None:
    type_into(page.view, cell(page.view, 0, "name"), "Лесная школа имени Героев")
    assert schools(page)[0].former_names == (SCHOOLS[0].name,)


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("email", "нет такой", "не адрес электронной почты"),
        ("learners", "12,5", "целое число"),
        ("branch_of", "Горная СОШ", "в реестре нет"),
        ("closed", "32.01.2024", "нет в календаре"),
    ],
)
def test_what_is_wrong_stays_in_the_cell(page, key: str, typed: str, sentence: str) -> None:
    before = schools(page)
    type_into(page.view, cell(page.view, 0, key), typed)
    assert sentence in page.notice.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert schools(page) == before


def test_the_kind_of_place_is_chosen_from_a_list(page) -> None:
    page.view.setFocus()
    page.view.setCurrentIndex(cell(page.view, 0, "locality_kind"))
    keys(page.view, "г")
    chooser = QApplication.focusWidget()
    assert isinstance(chooser, QComboBox) and chooser.currentText() == "город"
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    assert schools(page)[0].locality_kind == "город"


def test_rows_from_excel_become_schools(page) -> None:
    paste_at(page.view, cell(page.view, -1, "short_name"), "Горная СОШ\tГорная средняя школа\tлицей\nДальняя НОШ\t\t")
    assert [(s.short_name, s.name, s.kind) for s in schools(page)[3:]] == [
        ("Горная СОШ", "Горная средняя школа", "лицей"),
        ("Дальняя НОШ", "Дальняя НОШ", ""),
    ]
    page.workspace.undo()
    assert len(schools(page)) == 3


def test_a_branch_and_a_closing(page) -> None:
    type_into(page.view, cell(page.view, 1, "branch_of"), "Лесная СОШ")
    assert schools(page)[1].branch_of == schools(page)[0].id
    type_into(page.view, cell(page.view, 1, "closed"), "01.09.2021")
    # It stays under the hand until the list is filtered anew.
    assert len(shown(page.view, "short_name")) == 2
    page.filter_again()
    assert shown(page.view, "short_name") == ["Лесная СОШ"]


def test_a_list_taken_in_asks_about_like_names(page, qtbot: QtBot) -> None:
    text = "Наименование\tОбучающихся\nЛесная СОШ\t125\nПолева ООШ № 2\t55\nСтепная СОШ\t80"
    incoming = read_schools(outline_of_text(text), schools(page), date.today())
    dialog = SchoolImportDialog(incoming, "список", page)
    qtbot.addWidget(dialog)
    assert dialog.model.decisions == [SAME, ASK, ADD]
    assert dialog.model.index(1, 2).data(CellRole.TONE) is Tone.AMBER and not dialog.ok.isEnabled()
    dialog.model.setData(dialog.model.index(1, 2), SAME)
    assert dialog.ok.isEnabled() and dialog.ok.text() == "Принять: 3"
    take_schools(page.workspace, dialog, "список")
    first, second, _, added = schools(page)
    # The full name and the e-mail that the list does not know stay.
    assert (first.name, first.email) == (SCHOOLS[0].name, "les@example.ru")
    assert first.count(YEAR) == SchoolCount(YEAR, 125, 0)
    assert (second.count(YEAR), added.name) == (SchoolCount(YEAR, 55, 0), "Степная СОШ")
    page.workspace.undo()
    assert len(schools(page)) == 3


def test_what_is_to_be_decided_is_in_sight_at_once(page, qtbot: QtBot) -> None:
    names = [*(f"Школа посёлка {letter * 4}" for letter in "абвгдежзиклмнопрстуф"), "Лесная СОШ", "Лесная СОШ"]
    text = "\n".join(["Наименование\tОбучающихся", *(f"{name}\t10" for name in names)])
    incoming = read_schools(outline_of_text(text), schools(page), date.today())
    dialog = SchoolImportDialog(incoming, "список", page)
    qtbot.addWidget(dialog)
    dialog.show()
    asked = dialog.model.decisions.index(ASK)
    assert asked == len(incoming) - 1 and dialog.table.currentIndex().row() == asked
    assert dialog.table.viewport().rect().contains(dialog.table.visualRect(dialog.table.currentIndex()).center())
    assert not dialog.ok.isEnabled()
    dialog.same.click()  # the second naming of a school is passed over
    assert dialog.ok.isEnabled() and dialog.model.decisions[-2:] == [SAME, SKIP]


def test_an_empty_register_offers_an_import(workspace, show_page) -> None:
    page = show_page(SchoolsPage, workspace)
    assert page._whole.currentIndex() == 1
    assert page.import_action.isEnabled()


def test_the_frozen_name_stays_in_sight(page, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.view.horizontalScrollBar().maximum() > 0)
    page.view.setCurrentIndex(cell(page.view, 0, "closed"))
    page.view.scrollTo(page.view.currentIndex())
    assert page.view._picture.isVisible()
    page.view.setCurrentIndex(cell(page.view, 0, "kind"))
    page.view.scrollTo(page.view.currentIndex())
    assert page.view.visualRect(page.view.currentIndex()).left() >= page.view.frozen_width()
    page.view.setCurrentIndex(cell(page.view, 0, "short_name"))
    page.view.scrollTo(page.view.currentIndex())
    assert not page.view._picture.isVisible()
