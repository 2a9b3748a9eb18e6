"""What a coordinator does to make a monitoring form of their own; asserted on the form kept in their folder."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from cosdesk.domain.district import District
from cosdesk.domain.monitoring import Round
from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.exchange.workbooks import school_workbook
from cosdesk.form_library import FormKind, delete_form, known_form, known_forms, renamed, save_form
from cosdesk.forms.monitoring_draft import draft_of
from cosdesk.forms.monitoring_form import monitoring_form, monitoring_forms
from cosdesk.paths import user_data_folder
from cosdesk.rounds import new_round
from cosdesk.store.monitoring import add_round
from cosdesk.store.schools import add_school
from cosdesk.ui.delegates import CellRole
from cosdesk.ui.forms_dialog import FormsDialog
from cosdesk.ui.monitoring_form_editor import MonitoringFormEditor, edit_monitoring_form
from cosdesk.ui.monitoring_page import MonitoringPage
from cosdesk.ui.round_dialog import RoundDialog
from cosdesk.ui.theme import Tone
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import keys, paste_at, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OWN = "internet-2"


@pytest.fixture(autouse=True)
def own_folder() -> Iterator[Path]:
    yield user_data_folder() / "forms" / "monitoring"
    for entry in known_forms():
        if entry.own:
            delete_form(entry)


def copy_source() -> str:
    return renamed(monitoring_form("internet").source, "Интернет у нас")


@pytest.fixture
def editor(qtbot: QtBot) -> MonitoringFormEditor:
    """A copy of the Internet's form open for changing."""
    dialog = MonitoringFormEditor(draft_of(copy_source()))
    qtbot.addWidget(dialog, before_close_func=lambda opened: opened.done(0))
    dialog.show()
    assert QTest.qWaitForWindowActive(dialog)
    return dialog


def turn(editor: MonitoringFormEditor, part: str) -> None:
    editor.tabs.setCurrentWidget(editor.parts[part])


def write(editor: MonitoringFormEditor, part: str, row: int, key: str, text: str) -> None:
    turn(editor, part)
    view, model = editor.parts[part].view, editor.parts[part].model
    type_into(view, model.index(row, model.section_of(key)), text)


def labels(editor: MonitoringFormEditor) -> list[str]:
    return [entry["label"] for entry in editor.history.draft.entries("question")]


def answering(monkeypatch: pytest.MonkeyPatch, word: str) -> list[str]:
    """Answers every question by the button of that word; the questions asked."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if button.text() == word).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked


@pytest.mark.parametrize("part", ["question", "computed", "check", "requirement", "feed"])
def test_the_model_keeps_qt_s_rules(editor: MonitoringFormEditor, part: str) -> None:
    model = editor.parts[part].model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    editor.parts[part].add()
    editor.history.undo()
    assert tester.model() is model


def test_a_copy_with_another_question_is_kept_as_one_s_own(editor: MonitoringFormEditor) -> None:
    before = monitoring_form("internet").source
    turn(editor, "question")
    questions = editor.parts["question"]
    questions.choose(4)
    QTest.keyClick(questions.view, Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    keys(field, "Точек доступа Wi-Fi")
    QTest.keyClick(field, Qt.Key.Key_Return)
    write(editor, "question", 5, "unit", "ед.")
    questions.model.setData(questions.model.index(5, questions.model.section_of("type")), "целое число")
    write(editor, "question", 5, "maximum", "500")
    QTest.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert editor.result() == QDialog.DialogCode.Accepted and editor.saved_id == OWN
    kept = monitoring_forms()[OWN]
    asked = kept.questions[-1]
    assert (asked.label, asked.unit, asked.type, asked.maximum) == ("Точек доступа Wi-Fi", "ед.", "whole", 500)
    assert asked.key == "tochek_dostupa_wi_fi" and kept.title == "Интернет у нас"
    book = school_workbook(District("Район"), Round(1, OWN, "1", "", "2026"), kept, School(1, "Лесная СОШ"))
    sheet = load_workbook(BytesIO(book.content))["Ответ"]
    assert [asked.key, "6", "Точек доступа Wi-Fi *", None, "ед."] in [
        [cell.value for cell in row][:5] for row in sheet.iter_rows()
    ]
    assert kept.source.startswith("# Internet connection") and monitoring_form("internet").source == before


def test_a_condition_is_written_in_words_and_follows_a_new_label(editor: MonitoringFormEditor) -> None:
    write(editor, "check", 0, "condition", "«Измеренная скорость» <= «скорость по договору» × 1,2")
    (entry,) = editor.history.draft.entries("check")
    assert entry["condition"] == "speed_measured <= speed_contract * 1.2"
    write(editor, "question", 1, "label", "Скорость по замеру")
    check = editor.parts["check"].model
    assert check.index(0, 0).data() == "«Скорость по замеру» ≤ «Скорость по договору» × 1,2"
    assert "{Скорость по замеру} Мбит/с" in check.index(0, 1).data()
    assert editor.history.draft.values("question", 1)["key"] == "speed_measured" and not editor.history.faults


def test_an_answer_to_choose_may_stand_in_the_quotes_of_names(editor: MonitoringFormEditor) -> None:
    write(editor, "computed", 0, "value", "100 если «вид населённого пункта» = «город» иначе 30")
    (entry,) = editor.history.draft.entries("computed")
    assert entry["value"] == "100 if locality_kind == 'город' else 30" and not editor.history.faults


def test_saving_takes_what_is_still_open_for_typing(editor: MonitoringFormEditor) -> None:
    turn(editor, "question")
    part = editor.parts["question"]
    part.choose(0)
    keys(part.view, "Н")
    field = QApplication.focusWidget()
    keys(field, "овый вопрос")
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert monitoring_forms()[OWN].questions[0].label == "Новый вопрос"


def test_undoing_leaves_one_where_one_was(editor: MonitoringFormEditor) -> None:
    turn(editor, "question")
    part = editor.parts["question"]
    part.choose(2, "unit")
    part.delete()
    editor.history.undo()
    assert part.view.currentIndex().row() == 2 and part.delete_action.isEnabled()


def test_what_is_wrong_is_told_beside_its_line_and_not_saved(editor: MonitoringFormEditor, own_folder: Path) -> None:
    check = editor.parts["check"]
    write(editor, "check", 0, "condition", "«Скорость луны» > 1")
    fault = check.model.columnCount() - 1
    assert not check.view.isColumnHidden(fault) and check.view.horizontalHeader().visualIndex(fault) == 0
    assert check.model.index(0, fault).data() == "Что должно быть верно: названия «Скорость луны» в форме нет"
    assert check.model.index(0, 0).data(CellRole.TONE) is Tone.RED
    assert editor.tabs.tabText(3) == "Проверки – ошибок 1"
    turn(editor, "question")
    with pytest.raises(UserError, match=r"Вкладка «Проверки», строка 1: названия «Скорость луны» в форме нет"):
        editor.save()
    assert editor.tabs.currentWidget() is check and not list(own_folder.glob("*")) and editor.isVisible()
    check.view.setFocus()
    QTest.keyClick(check.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert check.view.isColumnHidden(fault) and not editor.history.is_changed


@pytest.mark.parametrize(
    ("part", "key", "text", "told"),
    [
        ("question", "maximum", "много", "не число"),
        ("question", "type", "слово", "Типа ответа"),
        ("question", "required", "иногда", "Выберите «да»"),
        ("check", "question", "Луна", "Вопроса «Луна»"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_once(
    editor: MonitoringFormEditor, part: str, key: str, text: str, told: str
) -> None:
    model = editor.parts[part].model
    index = model.index(0, model.section_of(key))
    assert told in model.complaint([(index, text)]) and not model.setData(index, text)
    assert not editor.history.is_changed


@pytest.mark.parametrize(
    ("part", "key", "text", "told"),
    [
        ("question", "minimum", "99999", "От: наименьшее значение больше наибольшего"),
        ("question", "label", "", "Вопрос: не задано"),
        ("requirement", "condition", "«Измеренная скорость» >=", "если: выражение не разобрано"),
        ("computed", "value", "«Требуемая скорость» + 1", "«Требуемая скорость» в форме выше не задано"),
        ("requirement", "reason", "мало {Мбит}", "«Мбит» в форме выше не задано"),
        ("feed", "numerator", "", "не задано"),
    ],
)
def test_a_fault_names_its_cell(editor: MonitoringFormEditor, part: str, key: str, text: str, told: str) -> None:
    model = editor.parts[part].model
    model.write([(model.index(0, model.section_of(key)), text)], "проба")
    assert told in model.index(0, model.columnCount() - 1).data()
    fault = editor.history.faults[0]
    assert (fault.part, fault.row, fault.key) == (part, 0, key)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("«Скорость по договору» > „много“", "число «Скорость по договору» нельзя сравнить с текстом «много»"),
        ("«Дата замера» > 2026", "дату «Дата замера» нельзя сравнить с числом «2026»"),
        ("«вид населённого пункта» = 'деревня'", "варианта «деревня» у вопроса «вид населённого пункта» нет"),
    ],
)
def test_what_cannot_be_compared_is_told_in_words(editor: MonitoringFormEditor, text: str, told: str) -> None:
    write(editor, "requirement", 0, "condition", text)
    model = editor.parts["requirement"].model
    assert model.index(0, model.columnCount() - 1).data() == f"Школа соответствует, если: {told}"


def test_a_number_for_the_register_is_chosen_by_its_name(editor: MonitoringFormEditor) -> None:
    model = editor.parts["question"].model
    register = model.section_of("register")
    assert not model.flags(model.index(0, register)) & Qt.ItemFlag.ItemIsEditable
    model.setData(model.index(0, model.section_of("type")), "целое число")
    assert model.setData(model.index(0, register), "Учителя") and model.index(0, register).data() == "учителя"
    assert editor.history.draft.values("question", 0)["register"] == "teachers" and not editor.history.faults
    model.setData(model.index(0, model.section_of("type")), "текст")
    assert "register" not in editor.history.draft.values("question", 0)


def test_another_type_takes_what_only_the_former_knew(editor: MonitoringFormEditor) -> None:
    model = editor.parts["question"].model
    assert model.flags(model.index(0, model.section_of("maximum"))) & Qt.ItemFlag.ItemIsEditable
    assert model.index(0, model.section_of("minimum")).data() == "(0)"
    model.setData(model.index(0, model.section_of("type")), "выбор из списка")
    assert "maximum" not in editor.history.draft.values("question", 0)
    assert editor.history.faults[0].key == "choices"
    write(editor, "question", 0, "choices", "до 50; больше 50")
    assert editor.history.draft.values("question", 0)["choices"] == ["до 50", "больше 50"]
    editor.history.undo()
    editor.history.undo()
    assert editor.history.draft.values("question", 0)["maximum"] == 10000


def test_rows_are_moved_deleted_and_brought_back_by_keys(editor: MonitoringFormEditor) -> None:
    turn(editor, "question")
    before, view = labels(editor), editor.parts["question"].view
    editor.parts["question"].choose(1)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert labels(editor) == [before[1], before[0], *before[2:]] and view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert labels(editor) == before
    editor.parts["question"].choose(3)
    QTest.keyClick(view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert labels(editor) == [*before[:3], before[4]]
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert labels(editor) == before
    QTest.keyClick(view, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(labels(editor)) == 4


def test_a_list_from_word_makes_its_own_rows(editor: MonitoringFormEditor) -> None:
    turn(editor, "question")
    view, model = editor.parts["question"].view, editor.parts["question"].model
    paste_at(view, model.index(4, 0), "Гарантия\nПервый вопрос\nВторой вопрос")
    assert labels(editor)[4:] == ["Гарантия", "Первый вопрос", "Второй вопрос"]
    assert editor.history.draft.values("question", 6)["key"] == "vtoroy_vopros" and not editor.history.faults


def test_a_block_from_excel_fills_the_columns_it_has(editor: MonitoringFormEditor) -> None:
    turn(editor, "question")
    view, model = editor.parts["question"].view, editor.parts["question"].model
    paste_at(view, model.index(4, 0), "Классов\tцелое число\tед.\nЗданий\tчисло\tшт.")
    rows = [editor.history.draft.values("question", row) for row in (4, 5)]
    assert [(row["label"], row["type"], row["unit"]) for row in rows] == [
        ("Классов", "whole", "ед."),
        ("Зданий", "number", "шт."),
    ]


def test_a_name_is_put_where_one_types(editor: MonitoringFormEditor) -> None:
    turn(editor, "requirement")
    part = editor.parts["requirement"]
    part.choose(1)
    part.view.edit(part.view.currentIndex())
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    part.insert_menu.aboutToShow.emit()
    next(each for each in part.insert_menu.actions() if each.text() == "Измеренная скорость").trigger()
    keys(field, " > 5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert editor.history.draft.values("requirement", 1)["condition"] == "speed_measured > 5"
    part.view.edit(part.model.index(1, 0))
    part.insert_menu.aboutToShow.emit()
    next(each for each in part.insert_menu.actions() if each.text() == "сегодня").trigger()
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit) and field.toPlainText() == "«Измеренная скорость» > 5«сегодня»"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    part.choose(1, "reason")
    part.insert_menu.aboutToShow.emit()
    next(each for each in part.insert_menu.actions() if each.text() == "учителей в школе").trigger()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert editor.history.draft.values("requirement", 1)["reason"].endswith("{teachers}")


def test_the_school_s_sheet_follows(editor: MonitoringFormEditor, qtbot: QtBot) -> None:
    assert "Скорость по договору *" in editor.preview.toPlainText()
    write(editor, "question", 0, "label", "Скорость <по> бумаге")
    qtbot.waitUntil(lambda: "Скорость <по> бумаге *" in editor.preview.toPlainText())
    write(editor, "question", 0, "required", "нет")
    qtbot.waitUntil(lambda: "Скорость <по> бумаге *" not in editor.preview.toPlainText())
    editor.head.fields["title"].setPlainText("Другое название")
    editor.head.finish()
    qtbot.waitUntil(lambda: "Другое название" in editor.preview.toPlainText())
    assert "Другое название" in editor.windowTitle()


def test_a_title_must_be_its_own(editor: MonitoringFormEditor) -> None:
    editor.tabs.setCurrentWidget(editor.head)
    field = editor.head.fields["title"]
    field.setPlainText("")
    with pytest.raises(UserError, match="Вкладка «Название»: не задано"):
        editor.save()
    field.setPlainText(monitoring_form("internet").title)
    with pytest.raises(UserError, match="уже есть"):
        editor.save()
    assert QApplication.focusWidget() is field


@pytest.mark.parametrize(("word", "kept", "open_still"), [("Сохранить", True, False), ("Не сохранять", False, False),
                                                          ("Отмена", False, True)])  # fmt: skip
def test_closing_with_changes_asks(
    editor: MonitoringFormEditor, monkeypatch: pytest.MonkeyPatch, word: str, kept: bool, open_still: bool
) -> None:
    asked = answering(monkeypatch, word)
    write(editor, "question", 0, "unit", "Гбит/с")
    editor.close()
    assert "изменена" in asked[0] and (OWN in monitoring_forms()) is kept and editor.isVisible() is open_still
    editor.history.undo()


def test_closing_without_changes_does_not_ask(editor: MonitoringFormEditor) -> None:
    editor.close()
    assert not editor.isVisible() and editor.saved_id is None and OWN not in monitoring_forms()


def test_a_changed_form_of_one_s_own_is_another_version(qtbot: QtBot) -> None:
    dialog = MonitoringFormEditor(draft_of(save_form(copy_source()).source))
    qtbot.addWidget(dialog, before_close_func=lambda opened: opened.done(0))
    dialog.show()
    assert QTest.qWaitForWindowActive(dialog)
    write(dialog, "question", 0, "unit", "Гбит/с")
    dialog.save()
    assert monitoring_form(OWN).version == "2" and monitoring_form(OWN).questions[0].unit == "Гбит/с"


def test_a_round_outlives_its_form(
    qtbot: QtBot, workspace: Workspace, show_page: Callable
) -> None:
    entry = save_form(copy_source())
    form = monitoring_form(OWN)
    with workspace.edit("Мониторинг") as edit:
        add_school(edit, School(0, "Лесная СОШ"))
    with workspace.edit("Мониторинг") as edit:
        add_round(edit, new_round(workspace.snapshot, form, "2021-Q2"), form, workspace.snapshot.schools)
    delete_form(entry)
    assert OWN not in monitoring_forms()
    page = show_page(MonitoringPage, workspace)
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    type_into(page.grid, page.proxy.index(0, page.model.section_of("speed_measured")), "70")
    (answer,) = workspace.file.answers(page.round.id)
    assert answer.values["speed_measured"] == 70


def test_the_list_of_monitoring_forms_is_the_list_of_all_forms(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_form(copy_source())
    dialog = FormsDialog(workspace, kind=FormKind.MONITORING)
    qtbot.addWidget(dialog)
    shown = dialog.list.model()
    assert shown.rowCount() == len(monitoring_forms())
    assert {shown.index(row, 1).data() for row in range(shown.rowCount())} == {"Мониторинг"}
    dialog.choose(OWN)
    asked = answering(monkeypatch, "Отмена")
    dialog.delete_button.click()
    assert OWN in monitoring_forms() and "у каждого своя копия" in asked[0]
    answering(monkeypatch, "Удалить")
    dialog.delete_button.click()
    assert OWN not in monitoring_forms() and dialog.saved_id is None
    dialog.choose("minutes")
    assert dialog.chosen is not None and dialog.chosen.id == "minutes" and dialog.kinds.currentText() == "Все формы"


def in_dialog(kind: type[QDialog], run: Callable[[QDialog], None]) -> None:
    """Does that in the dialog which is about to open."""

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind), dialog
        run(dialog)

    QTimer.singleShot(0, work)


def test_the_way_from_a_new_round_to_a_form_of_one_s_own(
    qtbot: QtBot, workspace: Workspace, show_page: Callable
) -> None:
    with workspace.edit("Школа") as edit:
        add_school(edit, School(0, "Лесная СОШ"))
    page = show_page(MonitoringPage, workspace)
    assert page.commands.forms_action in page.commands.all
    round_dialog = RoundDialog(workspace, monitoring_form("sites"))
    qtbot.addWidget(round_dialog)

    def copy(chooser: QDialog) -> None:
        assert isinstance(chooser, FormsDialog)
        chooser.choose("internet")
        in_dialog(MonitoringFormEditor, lambda opened: opened.save())
        QTest.mouseClick(chooser.change_button, Qt.MouseButton.LeftButton)
        chooser.close()

    in_dialog(FormsDialog, copy)
    round_dialog.forms_button.click()
    assert round_dialog.chosen_form.id == OWN and "своя форма" in round_dialog.title.text()


def test_a_built_in_form_opens_as_a_copy_and_one_s_own_as_itself() -> None:
    in_dialog(MonitoringFormEditor, lambda opened: opened.save())
    assert edit_monitoring_form(known_form("internet", FormKind.MONITORING), None) == OWN
    assert monitoring_form(OWN).based_on == "internet"

    def close(opened: QDialog) -> None:
        assert isinstance(opened, MonitoringFormEditor) and opened.form_id == OWN
        opened.close()

    in_dialog(MonitoringFormEditor, close)
    assert edit_monitoring_form(known_form(OWN, FormKind.MONITORING), None) is None


def test_a_form_is_begun_from_nothing(qtbot: QtBot, workspace: Workspace) -> None:
    def write_and_save(opened: QDialog) -> None:
        assert isinstance(opened, MonitoringFormEditor)
        opened.parts["question"].model.setData(opened.parts["question"].model.index(0, 0), "Сколько классов")
        opened.save()

    dialog = FormsDialog(workspace, kind=FormKind.MONITORING)
    qtbot.addWidget(dialog)
    in_dialog(MonitoringFormEditor, write_and_save)
    dialog.new_button.click()
    assert dialog.chosen is not None and dialog.chosen.id == dialog.saved_id == "own-2"
    assert monitoring_form("own-2").questions[0].label == "Сколько классов" and not monitoring_form("own-2").based_on


def test_enter_in_the_sheet_presses_no_button(editor: MonitoringFormEditor) -> None:
    assert not any(button.autoDefault() or button.isDefault() for button in editor.findChildren(QPushButton))
    QGuiApplication.clipboard().clear()
