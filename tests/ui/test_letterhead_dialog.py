"""The letterhead as a coordinator fills it in: typed, seen at once on a letter, kept, taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QDialog, QFileDialog

from cosdesk.domain.letterhead import Arrangement, Letterhead, Standard
from cosdesk.errors import UserError
from cosdesk.ui.letterhead_dialog import LetterheadDialog, edit_letterhead
from cosdesk.ui.reports_page import ReportsPage


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    shown = show_page(ReportsPage, workspace)
    qtbot.waitUntil(lambda: not shown.tasks.is_busy and shown.build.built is not None, timeout=20_000)
    return shown


def answer(monkeypatch: pytest.MonkeyPatch, fill: Callable[[LetterheadDialog], None], result: bool = True) -> None:
    """Fills the dialog and closes it, in place of the user."""

    def exec_(dialog: LetterheadDialog) -> int:
        fill(dialog)
        return int(QDialog.DialogCode.Accepted if result else QDialog.DialogCode.Rejected)

    monkeypatch.setattr(LetterheadDialog, "exec", exec_)


def fill(dialog: LetterheadDialog) -> None:
    dialog.arrangement.setCurrentIndex(dialog.arrangement.findData(Arrangement.LENGTHWISE))
    dialog.names.setPlainText("Администрация района\nОтдел образования\n")
    dialog._lines["inn"].setText(" 7707083893 ")
    dialog.standard.setCurrentIndex(1)


FILLED = Letterhead(
    Arrangement.LENGTHWISE,
    "Администрация района\nОтдел образования",
    inn="7707083893",
    standard=Standard.EDITION_2016,
)


def test_what_was_typed_is_kept_and_can_be_taken_back(page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, fill)
    edit_letterhead(page)
    assert page.workspace.snapshot.letterhead == FILLED
    page.workspace.undo()
    assert page.workspace.snapshot.letterhead == Letterhead()


def test_nothing_is_kept_when_it_is_given_up(page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, fill, result=False)
    edit_letterhead(page)
    assert page.workspace.snapshot.letterhead == Letterhead()


def test_a_file_for_reading_only_is_told_before_anything_is_typed(page: ReportsPage) -> None:
    page.workspace.file.read_only_reason = "Файл открыт только для чтения."
    with pytest.raises(UserError, match="только для чтения"):
        edit_letterhead(page)


def test_the_picture_and_the_sample_are_made_aside(
    page: ReportsPage, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Герб.png"
    Image.new("RGB", (300, 300), "navy").save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    snapshot = page.workspace.snapshot
    dialog = LetterheadDialog(snapshot.district, snapshot.letterhead, page.tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.names.toPlainText() == snapshot.district.office
    dialog.choose_picture.click()
    qtbot.waitUntil(lambda: bool(dialog.letterhead.picture), timeout=10_000)
    qtbot.waitUntil(lambda: not dialog.sample.pixmap().isNull(), timeout=10_000)
    qtbot.waitUntil(lambda: _has_navy(dialog), timeout=10_000)
    dialog.drop_picture.click()
    assert dialog.letterhead.picture == b""
    dialog._lines["ogrn"].setText("123")
    assert "ОГРН состоит из 13 цифр" in dialog._faults.text()
    dialog.done(0)
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=10_000)


def _has_navy(dialog: LetterheadDialog) -> bool:
    image = dialog.sample.pixmap().toImage()
    return any(
        image.pixelColor(x, y).blue() > image.pixelColor(x, y).red() + 60
        for x in range(0, image.width(), 4)
        for y in range(0, image.height() // 3, 4)
    )


def test_it_is_asked_for_only_where_a_paper_bears_it(
    page: ReportsPage, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = page.settings
    assert settings.letterhead_button.isHidden() and settings.letterhead_note.isHidden()
    page.list.choose("minutes")
    assert not settings.letterhead_button.isHidden() and not settings.letterhead_note.isHidden()
    answer(monkeypatch, fill)
    settings.letterhead_button.click()
    assert settings.letterhead_note.isHidden() or page.workspace.snapshot.letterhead == FILLED
    qtbot.waitUntil(lambda: settings.letterhead_note.isHidden(), timeout=10_000)
    qtbot.waitUntil(lambda: not page.tasks.is_busy and not page.build._pause.isActive(), timeout=20_000)
    assert not settings.letterhead_button.isHidden()
