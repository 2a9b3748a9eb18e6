"""Changing a printed form as one does: typing, switching, moving, undoing; the pages follow, a fault never does."""

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from cosdesk import form_library
from cosdesk.form_library import FormKind, known_form, known_forms
from cosdesk.forms.roadmap_form import HEAPED_FIELDS, INDICATOR_FIELDS, ITEM_FIELDS
from cosdesk.paths import user_data_folder
from cosdesk.reports.analytical_tables import TABLE_FIELDS as REPORT_FIELDS
from cosdesk.reports.catalog import report, reports
from cosdesk.reports.paper_tables import TABLE_FIELDS as PAPER_FIELDS
from cosdesk.ui import report_form_editor
from cosdesk.ui.form_labels import FIELD_NAMES, KEY_NAMES
from cosdesk.ui.form_parts import form_parts
from cosdesk.ui.report_form_editor import ReportFormEditor
from cosdesk.ui.template_box import TemplateBox
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import keys

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Editor = Callable[[FormKind, str], ReportFormEditor]


@pytest.fixture(autouse=True)
def _no_own_forms() -> Iterator[None]:
    yield
    shutil.rmtree(user_data_folder() / "forms", ignore_errors=True)
    form_library._forget()


@pytest.fixture
def edit(workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Editor]:
    opened: list[ReportFormEditor] = []

    def open_editor(kind: FormKind, form_id: str) -> ReportFormEditor:
        editor = ReportFormEditor(workspace, known_form(form_id, kind))
        opened.append(editor)
        qtbot.addWidget(editor, before_close_func=lambda closing: closing.draft.keep())
        editor.show()
        qtbot.waitExposed(editor)
        settle(editor, qtbot)
        return editor

    yield open_editor
    for editor in opened:
        editor.pages.stop()


def settle(editor: ReportFormEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: editor.pages.is_settled, timeout=20_000)


def shown(editor: ReportFormEditor) -> str:
    pages = PdfReader(BytesIO(editor.pages.preview.content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def turn_to(editor: ReportFormEditor, title: str) -> None:
    editor.list.setCurrentRow([part.title for part in editor._parts].index(title))


def field(editor: ReportFormEditor, key: str) -> TemplateBox | QLineEdit:
    assert editor.fields is not None
    found = editor.fields.fields[key]
    assert isinstance(found, TemplateBox | QLineEdit)
    found.setFocus()
    return found


def test_a_heading_typed_is_seen_and_kept_as_a_form_of_ones_own(
    edit: Editor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = edit(FormKind.REPORT, "analytical-report")
    turn_to(editor, "5. Выводы")
    heading = field(editor, "heading")
    heading.selectAll()
    keys(heading, "5. Итоги года")
    settle(editor, qtbot)
    assert "5. Итоги года" in shown(editor) and "5. Выводы" not in shown(editor)
    assert editor.list.currentItem().text() == "5. Итоги года"
    monkeypatch.setattr(report_form_editor, "choose", lambda *_: 0)
    editor.save_action.trigger()
    assert editor.saved_id == "analytical-report-2"
    own = report("analytical-report-2")
    assert own.title == "Информационно-аналитический отчёт (2)"
    assert ("conclusions", "5. Итоги года") in own.parts or "5. Итоги года" in dict(own.parts).values()
    assert "5. Выводы" in dict(report("analytical-report").parts).values()
    assert not editor.save_action.isEnabled()


def test_a_built_in_form_gives_way_where_that_is_chosen(
    edit: Editor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = edit(FormKind.PAPER, "minutes")
    title = field(editor, "title")
    title.selectAll()
    keys(title, "Протокол района")
    monkeypatch.setattr(report_form_editor, "choose", lambda *_: 1)
    editor.save_action.trigger()
    assert report("minutes").title == "Протокол района"
    assert [entry.origin for entry in known_forms() if entry.id == "minutes"] == ["своя, вместо встроенной"]


def test_an_unknown_word_is_told_by_line_and_the_last_good_pages_stay(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.PAPER, "monitoring-note")
    turn_to(editor, "Вывод")
    before = editor.pages.preview.content
    box = field(editor, "text")
    assert isinstance(box, TemplateBox)
    box.setPlainText("Первая строка.\nВторая: {{ погода }}.")
    settle(editor, qtbot)
    source = editor.draft.source.split("\n")
    line = next(number for number, text in enumerate(source, 1) if "погода" in text)
    assert editor.pages.notice.text() == f"Имени «погода» нет (строка {line} формы). Показан документ до этой правки."
    assert editor.pages.preview.content == before
    assert [mark.cursor.blockNumber() for mark in box.extraSelections()] == [1]
    assert editor.list.currentItem().text() == "Вывод – ошибка"
    assert not editor.save()
    assert editor.pages.notice.text().startswith("Не сохранено. Имени «погода» нет")
    assert not any(entry.own for entry in known_forms())
    box.setPlainText("Первая строка.\nВторая.")
    settle(editor, qtbot)
    assert "Вторая." in shown(editor) and not box.extraSelections()
    assert editor.list.currentItem().text() == "Вывод"


@pytest.mark.parametrize(("typed", "word"), [("{{ distr", "district"), ("{{ обуча", "schools.learners")])
def test_words_are_offered_by_name_and_by_meaning(edit: Editor, typed: str, word: str) -> None:
    editor = edit(FormKind.PAPER, "minutes")
    turn_to(editor, next(part.title for part in editor._parts if part.array == "section"))
    box = field(editor, "text")
    assert isinstance(box, TemplateBox)
    box.setPlainText("")
    keys(box, typed)
    popup = box.completer.popup()
    assert popup.isVisible()
    assert popup.currentIndex().data().startswith(f"{word} – ")
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert box.toPlainText() == "{{ " + word
    keys(box, " }} и дальше")
    assert not popup.isVisible()


def test_a_section_switched_off_is_not_printed_until_undone(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.PAPER, "monitoring-note")
    turn_to(editor, "Перечень несоответствий")
    editor.list.currentItem().setCheckState(Qt.CheckState.Unchecked)
    settle(editor, qtbot)
    assert "Перечень несоответствий" not in shown(editor)
    QTest.keyClick(editor.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(editor, qtbot)
    assert "Перечень несоответствий" in shown(editor)
    assert editor.list.currentItem().checkState() is Qt.CheckState.Checked
    assert not editor.draft.is_changed


def test_sections_are_moved_added_and_removed(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.PAPER, "monitoring-note")
    turn_to(editor, "Вывод")
    editor.up_button.click()
    settle(editor, qtbot)
    assert shown(editor).index("Вывод") < shown(editor).index("Перечень несоответствий")
    assert editor.list.currentItem().text() == "Вывод"
    editor.add_button.click()
    settle(editor, qtbot)
    assert editor.list.currentItem().text() == "Новый раздел"
    text = shown(editor)
    assert text.index("Вывод") < text.index("Новый раздел") < text.index("Перечень несоответствий")
    editor.remove_button.click()
    editor.undo_action.trigger()
    editor.undo_action.trigger()
    editor.undo_action.trigger()
    assert not editor.draft.is_changed and not editor.undo_action.isEnabled()


def test_undo_from_the_keyboard_goes_through_the_fields(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.PAPER, "monitoring-note")
    turn_to(editor, "Вывод")
    heading = field(editor, "heading")
    heading.selectAll()
    keys(heading, "Итог")
    box = field(editor, "text")
    keys(box, "А")
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.draft.value("section", 4, "heading") == "Итог"
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert heading.text() == "Вывод" and not editor.draft.is_changed
    QTest.keyClick(box, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert heading.text() == "Итог"


def test_columns_are_renamed_added_moved_and_removed(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.PAPER, "monitoring-note")
    turn_to(editor, "Таблица: Несоответствия")
    assert editor.fields is not None and editor.fields.columns is not None
    columns = editor.fields.columns
    table = columns.table
    table.setFocus()
    table.setCurrentCell(1, 0)
    keys(table, "Ш")
    inner = QApplication.focusWidget()
    assert isinstance(inner, QLineEdit)
    keys(inner, "кола")
    QTest.keyClick(inner, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.draft.value("table", 0, "column", 1, "heading") == "Школа")
    settle(editor, qtbot)
    assert "Школа" in shown(editor)
    columns.add.click()
    assert table.currentRow() == 2 and table.rowCount() == 5
    what = table.cellWidget(2, 1)
    assert isinstance(what, QComboBox)
    what.setCurrentIndex(what.findText("населённый пункт"))
    what.activated.emit(what.currentIndex())
    columns.down.click()
    settle(editor, qtbot)
    fields = [editor.draft.value("table", 0, "column", number, "field") for number in range(5)]
    assert fields == ["number", "school", "reasons", "locality", "due"]
    assert "Новая графа" in shown(editor)
    table.item(1, 2).setText("0")
    assert "Ширина «0» не принята" in editor.pages.notice.text()
    assert table.item(1, 2).text() == "3"
    table.item(1, 2).setText("2,5")
    assert editor.draft.value("table", 0, "column", 1, "width") == 2.5
    for _ in range(6):
        columns.remove.click()
    assert table.rowCount() == 1 and "Последнюю графу удалить нельзя" in editor.pages.notice.text()


def test_a_roadmaps_column_is_renamed(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.ROADMAP, "results-plan")
    turn_to(editor, "План мероприятий")
    assert editor.fields is not None and editor.fields.columns is not None
    table = editor.fields.columns.table
    row = next(row for row in range(table.rowCount()) if "тветственн" in table.item(row, 0).text())
    table.item(row, 0).setText("Кто исполняет")
    settle(editor, qtbot)
    assert "Кто исполняет" in shown(editor)
    assert not editor.add_button.isVisible()


def test_a_phrase_is_changed_and_its_fault_is_told_in_its_box(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.REPORT, "analytical-report")
    turn_to(editor, "Отдельные выражения")
    missing = field(editor, "missing")
    assert isinstance(missing, TemplateBox)
    missing.setPlainText("Сведений не дано")
    settle(editor, qtbot)
    assert editor.draft.value("words", "missing") == "Сведений не дано"
    risk = field(editor, "risk")
    assert isinstance(risk, TemplateBox)
    risk.setPlainText("Срыв: {{ term.named }}")
    settle(editor, qtbot)
    assert "«term» нет «named»" in editor.pages.notice.text()
    assert editor.list.item(editor.list.currentRow()).text() == "Отдельные выражения – ошибка"
    editor.draft.undo()
    editor.draft.undo()
    assert not editor.draft.is_changed


def test_a_row_of_the_summary_goes_and_comes_back(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.REPORT, "analytical-report")
    count = editor.draft.count("summary")
    turn_to(editor, "– Показатели, всего")
    editor.down_button.click()
    assert editor.draft.value("summary", 1, "parameter") == "Показатели, всего"
    editor.remove_button.click()
    assert editor.draft.count("summary") == count - 1 and editor.part.array == "summary"
    editor.undo_action.trigger()
    editor.undo_action.trigger()
    assert editor.draft.value("summary", 0, "parameter") == "Показатели, всего" and not editor.draft.is_changed


def test_what_stands_under_a_text_is_marked_in_its_order(edit: Editor) -> None:
    editor = edit(FormKind.REPORT, "analytical-report")
    number = next(n for n in range(editor.draft.count("section")) if editor.draft.value("section", n, "blocks"))
    before = editor.draft.value("section", number, "blocks")
    row = next(row for row, part in enumerate(editor._parts) if part.place == ("section", number))
    editor.list.setCurrentRow(row)
    assert editor.fields is not None
    boxes = editor.fields.blocks
    assert [key for key, box in boxes.items() if box.isChecked()] == [key for key in boxes if key in before]
    added = next(key for key in boxes if key not in before)
    boxes[added].click()
    assert editor.draft.value("section", number, "blocks") == [*before, added]
    for key in (*before, added):
        boxes[key].click()
    assert editor.draft.value("section", number, "blocks") is None
    for _ in (*before, added, added):
        editor.undo_action.trigger()
    assert editor.draft.value("section", number, "blocks") == before and not editor.draft.is_changed


def test_another_signs(edit: Editor, qtbot: QtBot) -> None:
    editor = edit(FormKind.PAPER, "monitoring-note")
    assert editor.fields is not None
    signers = editor.fields.fields["signer"]
    assert isinstance(signers, QComboBox) and signers.currentText() == "руководитель"
    signers.setCurrentIndex(signers.findText("муниципальный координатор"))
    signers.activated.emit(signers.currentIndex())
    assert editor.draft.value("signer") == "coordinator"
    settle(editor, qtbot)
    editor.undo_action.trigger()
    assert signers.currentText() == "руководитель" and editor.draft.value("signer") is None


@pytest.mark.parametrize(("answer", "closed", "kept"), [(None, False, False), (1, True, False), (0, True, True)])
def test_closing_with_changes_asks(
    edit: Editor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: int | None, closed: bool, kept: bool
) -> None:
    editor = edit(FormKind.PAPER, "minutes")
    title = field(editor, "title")
    keys(title, " района")
    asked: list[str] = []

    def choose(question: str, *_: object) -> int | None:
        asked.append(question)
        return answer

    monkeypatch.setattr(report_form_editor, "choose", choose)
    editor.reject()
    assert asked[0] == "Форма изменена. Сохранить правки?"
    assert editor.isVisible() is not closed
    assert any(known.title.endswith("района") for known in reports()) is kept


def test_without_a_file_the_form_can_still_be_changed(qtbot: QtBot) -> None:
    editor = ReportFormEditor(Workspace(), known_form("minutes", FormKind.PAPER))
    qtbot.addWidget(editor)
    settle(editor, qtbot)
    assert "откройте файл района" in editor.pages.preview.message


def test_everything_shown_has_a_russian_name() -> None:
    fields = {*ITEM_FIELDS, *INDICATOR_FIELDS, *HEAPED_FIELDS}
    fields |= {name for table in (*REPORT_FIELDS.values(), *PAPER_FIELDS.values()) for name in table}
    assert fields <= FIELD_NAMES.keys()
    for entry in known_forms():
        if entry.kind is not FormKind.MONITORING:
            for part in form_parts(report_form_editor.FormDraft(entry.source), entry.kind):
                assert part.title and {each.key for each in part.fields} <= KEY_NAMES.keys()
