"""A report's settings, its words by hand, the journal and the letter, by what a user does on the page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from cosdesk.domain.indicator import Actual
from cosdesk.domain.period import Period, PeriodKind
from cosdesk.store.indicators import set_actual
from cosdesk.ui import section_texts_dialog
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.section_texts_dialog import SectionTextsDialog
from tests.ui.test_reports_page import save_into, text_of, wait_built

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    shown = show_page(ReportsPage, workspace)
    wait_built(shown, qtbot)
    return shown


def turn(page: ReportsPage, report_id: str, qtbot) -> None:
    page.list.choose(report_id)
    wait_built(page, qtbot)


def seen(page: ReportsPage, tmp_path: Path) -> str:
    return text_of(page.preview.content, tmp_path).replace("\u00a0", " ")


def type_words(page: ReportsPage, monkeypatch: pytest.MonkeyPatch, do) -> list[SectionTextsDialog]:
    """Answers the dialog by ``do`` and «Сохранить»."""
    shown: list[SectionTextsDialog] = []

    def answer(dialog: SectionTextsDialog) -> int:
        shown.append(dialog)
        do(dialog)
        dialog.accept()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SectionTextsDialog, "exec", answer)
    page.edit_words()
    return shown


def write(dialog: SectionTextsDialog, text: str) -> None:
    dialog.editor.setPlainText(text)
    dialog.editor.document().setModified(True)


def test_every_report_of_the_list_shows_pages_or_says_why(page, qtbot) -> None:
    for known in page.list.reports:
        turn(page, known.id, qtbot)
        assert page.preview.page_count or page.preview.message.endswith("."), known.id


def test_a_row_paper_takes_another_row(page, qtbot, tmp_path) -> None:
    turn(page, "letter", qtbot)
    assert page.settings.row_button.isVisible()
    last = page.workspace.contents.items[-1]
    page.settings.choose_row("letter", last.id)
    page.refresh(frozenset({"item"}))
    wait_built(page, qtbot)
    assert last.title.rstrip(".")[:12] in seen(page, tmp_path)


def test_parts_and_contacts_can_be_left_out(page, qtbot, tmp_path) -> None:
    turn(page, "analytical-report", qtbot)
    assert "6. Предложения" in seen(page, tmp_path)
    action = next(action for action in page.settings.parts_menu.actions() if action.text() == "6. Предложения")
    action.setChecked(False)
    wait_built(page, qtbot)
    assert "6. Предложения" not in seen(page, tmp_path)


def test_words_are_kept_and_come_back_by_undo(page, qtbot, monkeypatch, tmp_path) -> None:
    turn(page, "analytical-report", qtbot)
    type_words(page, monkeypatch, lambda dialog: write(dialog, "Своими словами <b>&.\n\nИ второй абзац."))
    wait_built(page, qtbot)
    assert "Своими словами <b>&. И второй абзац." in seen(page, tmp_path)
    page.workspace.undo()
    wait_built(page, qtbot)
    assert "Своими словами" not in seen(page, tmp_path)
    page.workspace.redo()
    wait_built(page, qtbot)
    assert "Своими словами" in seen(page, tmp_path)


def test_bold_and_lists_are_kept(page, qtbot, monkeypatch) -> None:
    turn(page, "analytical-report", qtbot)

    def shape(dialog: SectionTextsDialog) -> None:
        write(dialog, "Первый.\nВторой.")
        dialog.bold_action.trigger()
        dialog.editor.moveCursor(QTextCursor.MoveOperation.End)
        dialog.list_action.trigger()

    type_words(page, monkeypatch, shape)
    (kept,) = page.workspace.file.section_texts("analytical-report", page.workspace.contents.roadmap.id)
    assert kept.paragraphs == ("Первый.", "– Второй.") and kept.bold == ("0",)


def test_bold_and_lists_take_all_that_is_selected_and_enter_goes_on(page, qtbot, monkeypatch) -> None:
    turn(page, "analytical-report", qtbot)

    def shape(dialog: SectionTextsDialog) -> None:
        write(dialog, "Первый.\nВторой.\nТретий.")
        dialog.editor.selectAll()
        dialog.bold_action.trigger()
        dialog.list_action.trigger()
        dialog.editor.moveCursor(QTextCursor.MoveOperation.End)
        QTest.keyClick(dialog.editor, Qt.Key.Key_Return)
        dialog.editor.insertPlainText("Четвёртый.")
        QTest.keyClick(dialog.editor, Qt.Key.Key_Return)
        QTest.keyClick(dialog.editor, Qt.Key.Key_Return)  # in an empty line of the list
        dialog.editor.insertPlainText("После перечня.")
        dialog.bold_action.trigger()

    type_words(page, monkeypatch, shape)
    (kept,) = page.workspace.file.section_texts("analytical-report", page.workspace.contents.roadmap.id)
    assert kept.paragraphs == ("– Первый.", "– Второй.", "– Третий.", "– Четвёртый.", "После перечня.")
    assert kept.bold == ("0", "1", "2", "3")


def test_what_no_longer_fits_is_shown_and_can_be_composed_anew(page, qtbot, monkeypatch, tmp_path) -> None:
    turn(page, "analytical-report", qtbot)
    second = 1

    def reword(dialog: SectionTextsDialog) -> None:
        dialog.list.setCurrentRow(second)
        write(dialog, dialog.editor.toPlainText() + "\nДобавлено от руки.")

    type_words(page, monkeypatch, reword)
    indicator = page.workspace.contents.indicators[0]
    with page.workspace.edit("Факт") as edit:
        set_actual(edit, Actual(0, indicator.id, "2021-Q2", numerator=7, denominator=8))
    notes: list[str] = []

    def look(dialog: SectionTextsDialog) -> None:
        dialog.list.setCurrentRow(second)
        notes.append(dialog.note.text())
        dialog.anew_button.click()
        notes.append(dialog.editor.toPlainText())

    type_words(page, monkeypatch, look)
    assert "Данные с тех пор изменились" in notes[0] and "По данным теперь" in notes[0]
    assert "Добавлено от руки" not in notes[1]
    wait_built(page, qtbot)
    assert "Добавлено от руки" not in seen(page, tmp_path)


def test_looking_without_typing_changes_nothing(page, qtbot, monkeypatch) -> None:
    turn(page, "analytical-report", qtbot)
    before = page.workspace.undo_title
    (dialog,) = type_words(page, monkeypatch, lambda dialog: [dialog.list.setCurrentRow(row) for row in range(6)])
    assert not dialog.changed and page.workspace.undo_title == before


def test_saving_is_noted_in_the_journal(page, qtbot, monkeypatch, tmp_path) -> None:
    target = tmp_path / "Карта.pdf"
    save_into(monkeypatch, target)
    page.save("pdf")
    qtbot.waitUntil(lambda: bool(page.workspace.file.paper_records()), timeout=20_000)
    (record,) = page.workspace.file.paper_records()
    assert (record.report, record.format, record.place) == ("roadmap", "pdf", str(target))
    assert len(record.fingerprint) == 64 and "Последний раз" in page._about.text()


def test_the_words_of_the_period_before_are_the_next_draft(page, qtbot, monkeypatch) -> None:
    turn(page, "analytical-report", qtbot)
    for index in (4, 1, 3):
        page.workspace.choose_period(Period(2021, PeriodKind.QUARTER, index))
        wait_built(page, qtbot)
        type_words(page, monkeypatch, lambda dialog, index=index: write(dialog, f"Слова {index} квартала."))
    page.workspace.choose_period(Period(2021, PeriodKind.QUARTER, 2))
    wait_built(page, qtbot)
    seen: list[str] = []

    def take(dialog: SectionTextsDialog) -> None:
        seen.append(dialog.earlier_button.text().replace("\u00a0", " "))
        dialog.earlier_button.click()
        seen.append(dialog.note.text())

    type_words(page, monkeypatch, take)
    assert seen[0] == "Взять текст за I квартал 2021 г."
    assert "Данные с тех пор изменились" in seen[1]
    kept = page.workspace.file.section_texts("analytical-report", page.workspace.contents.roadmap.id)
    assert {text.period: text.paragraphs for text in kept}["2021-Q2"] == ("Слова 1 квартала.",)


def test_composing_anew_can_be_thought_better_of(page, qtbot, monkeypatch) -> None:
    turn(page, "analytical-report", qtbot)
    type_words(page, monkeypatch, lambda dialog: write(dialog, "Своими словами."))
    before = page.workspace.undo_title

    def think(dialog: SectionTextsDialog) -> None:
        assert not dialog.back_button.isVisibleTo(dialog)
        dialog.anew_button.click()
        assert "Своими словами." not in dialog.editor.toPlainText()
        dialog.back_button.click()
        assert dialog.editor.toPlainText() == "Своими словами."
        write(dialog, "Иначе.")
        dialog.anew_button.click()
        dialog.back_button.click()
        assert dialog.editor.toPlainText() == "Иначе."
        write(dialog, "Своими словами.")

    (dialog,) = type_words(page, monkeypatch, think)
    (kept,) = page.workspace.file.section_texts("analytical-report", page.workspace.contents.roadmap.id)
    assert kept.paragraphs == ("Своими словами.",) and not dialog.dropped
    assert page.workspace.undo_title == before


@pytest.mark.parametrize("leave", [True, False])
def test_closing_asks_before_typed_words_go(page, qtbot, monkeypatch, leave: bool) -> None:
    turn(page, "analytical-report", qtbot)
    asked: list[str] = []
    monkeypatch.setattr(section_texts_dialog, "ask", lambda question, *_: asked.append(question) or leave)
    shown: list[bool] = []

    def close(dialog: SectionTextsDialog) -> int:
        dialog.show()
        dialog.reject()
        shown.append(dialog.isVisible())
        assert asked == [] and shown == [False]
        dialog.show()
        write(dialog, "Своими словами.")
        dialog.reject()
        shown.append(dialog.isVisible())
        dialog.hide()
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(SectionTextsDialog, "exec", close)
    page.edit_words()
    assert len(asked) == 1 and shown == [False, not leave]
