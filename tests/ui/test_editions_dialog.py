"""What a coordinator does with editions: approves, looks at an old one, sees and prints what changed."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from cosdesk.domain.edition import fingerprint_of, freeze
from cosdesk.paper_request import completed, keep_grounds, kept_grounds
from cosdesk.reports.catalog import report
from cosdesk.reports.request import Request
from cosdesk.reports.roadmap import build_edition
from cosdesk.ui.changes_dialog import ChangesDialog
from cosdesk.ui.document_dialog import DocumentDialog
from cosdesk.ui.editions_dialog import ApproveDialog, EditionsDialog, approve_edition
from cosdesk.ui.roadmap_edits import change_cell
from cosdesk.ui.workspace import Workspace


def answer(monkeypatch: pytest.MonkeyPatch, number: str, act: str = "", who: str = "") -> None:
    """Fills the dialog of approval and accepts it."""

    def fill(dialog: ApproveDialog) -> int:
        dialog._number.setText(number)
        dialog.act.setText(act)
        dialog.who.setText(who)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ApproveDialog, "exec", fill)


def approve(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, number: str = "1") -> None:
    answer(monkeypatch, number, "постановление от 11.01.2021 № 14", "Глава района")
    assert approve_edition(workspace)


def retime(workspace: Workspace, wording: str) -> None:
    contents = workspace.contents
    assert contents and change_cell(workspace, contents.items[1], "term", wording)


def test_an_edition_is_approved_and_can_be_undone(workspace, monkeypatch) -> None:
    approve(workspace, monkeypatch)
    (edition,) = workspace.snapshot.editions
    assert (edition.number, edition.act, edition.who) == ("1", "постановление от 11.01.2021 № 14", "Глава района")
    assert edition.on == date.today() and edition.fingerprint == fingerprint_of(freeze(workspace.contents))
    assert workspace.undo_title == "Утверждение редакции 1"
    workspace.undo()
    assert workspace.snapshot.editions == ()


@pytest.mark.parametrize(
    ("number", "told"),
    [("", "Укажите номер редакции."), (" 1 ", "Редакция 1 уже утверждена. Укажите другой номер.")],
)
def test_a_wrong_number_is_told_in_the_dialog(workspace, monkeypatch, qtbot, number: str, told: str) -> None:
    approve(workspace, monkeypatch)
    dialog = ApproveDialog(workspace.contents, workspace.snapshot.editions, date(2021, 1, 11))
    qtbot.addWidget(dialog)
    dialog._number.setText(number)
    dialog.accept()
    assert dialog.fault.text() == told
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_the_list_tells_what_is_intact(workspace, monkeypatch, qtbot) -> None:
    approve(workspace, monkeypatch)
    workspace.file._database.conn.execute("UPDATE edition SET frozen = replace(frozen, 'Акт', 'Аkт')")
    workspace._forget()
    retime(workspace, "июнь 2021")
    approve(workspace, monkeypatch, "2")
    dialog = EditionsDialog(workspace)
    qtbot.addWidget(dialog)
    lines = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    told = [(line.text(0), line.text(5)) for line in lines]
    assert told == [("1", "изменено в обход программы"), ("2", "не изменено")]
    dialog.list.setCurrentItem(lines[0])
    assert "восстановите файл" in dialog._note.text()
    assert dialog.chosen == workspace.snapshot.editions[0]


def test_without_editions_only_approving_is_offered(workspace, monkeypatch, qtbot) -> None:
    dialog = EditionsDialog(workspace)
    qtbot.addWidget(dialog)
    enabled = [b.isEnabled() for b in (dialog.approve_button, dialog.show_button, dialog.changes_button)]
    assert enabled == [True, False, False]
    answer(monkeypatch, "1")
    dialog.approve()
    assert dialog.list.topLevelItemCount() == 1 and dialog.show_button.isEnabled()


def test_an_old_edition_is_shown_and_saved_as_it_was(workspace, monkeypatch, qtbot, tmp_path: Path) -> None:
    approve(workspace, monkeypatch)
    (edition,) = workspace.snapshot.editions
    retime(workspace, "июнь 2022")
    dialog = DocumentDialog("Редакция", lambda: build_edition(workspace.snapshot.district, edition))
    qtbot.addWidget(dialog)
    assert not dialog.print_action.isEnabled()
    qtbot.waitUntil(lambda: dialog.document is not None and not dialog.is_busy, timeout=20_000)
    assert dialog.preview.page_count and dialog.print_action.isEnabled()
    path = tmp_path / "редакция"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog.save("xlsx")
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    sheet = openpyxl.load_workbook(BytesIO(path.with_suffix(".xlsx").read_bytes())).worksheets[0]
    words = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "ежегодно, май" in words and "июнь 2022" not in words


@pytest.fixture
def changes(workspace, monkeypatch, qtbot) -> ChangesDialog:
    """Edition 1, a change, edition 2, another change."""
    approve(workspace, monkeypatch)
    retime(workspace, "июнь 2021")
    answer(monkeypatch, "2", "приказ № 5")
    approve_edition(workspace)
    retime(workspace, "июнь 2022")
    editions = workspace.snapshot.editions
    dialog = ChangesDialog(workspace.snapshot, workspace.contents, editions, editions[0])
    qtbot.addWidget(dialog)
    return dialog


def rows(dialog: ChangesDialog) -> list[list[str]]:
    return [[dialog._cell(row, column).text() for column in (2, 3, 4)] for row in range(dialog.table.rowCount())]


def test_what_changed_is_shown_since_any_edition_until_any_later_one(changes) -> None:
    assert rows(changes) == [["ежегодно, май", "июнь 2022", ""]]
    changes.until.setCurrentIndex(1)
    assert rows(changes) == [["ежегодно, май", "июнь 2021", "приказ № 5"]]
    changes.since.setCurrentIndex(1)
    assert changes.until.count() == 1 and rows(changes) == [["июнь 2021", "июнь 2022", ""]]


def test_grounds_are_typed_for_all_or_for_one_and_printed(changes) -> None:
    changes.ground.setFocus()
    changes.ground.textEdited.emit("приказ № 7")
    assert rows(changes)[0][2] == "приказ № 7"
    changes._cell(0, 4).setText("приказ № 8")
    table = changes.document().blocks[2]
    assert table.rows[0].cells[-1].value == "приказ № 8"


def test_grounds_typed_once_are_offered_to_the_next_table(changes, workspace, monkeypatch, qtbot) -> None:
    changes.ground.setText("приказ № 7")
    changes._ground_all("приказ № 7")
    changes._cell(0, 4).setText("приказ № 8")
    keep_grounds(workspace.file, changes.grounds)
    editions = workspace.snapshot.editions
    again = ChangesDialog(
        workspace.snapshot, workspace.contents, editions, editions[0], dict(kept_grounds(workspace.file))
    )
    qtbot.addWidget(again)
    assert again.ground.text() == "приказ № 7" and rows(again)[0][2] == "приказ № 8"
    again.until.setCurrentIndex(1)  # an approved edition has its act, and the grounds kept stay as they are
    assert again.grounds == changes.grounds
    known = report("changes")
    request = completed(workspace.file, workspace.snapshot, known, Request(workspace.contents.roadmap.id))
    table = known.compose(workspace.snapshot, request).blocks[2]
    assert [row.cells[-1].value for row in table.rows] == ["приказ № 8"]
    keep_grounds(workspace.file, {})
    assert kept_grounds(workspace.file) == ()


def test_the_table_is_copied_with_its_headings(changes) -> None:
    changes.copy()
    copied = QApplication.clipboard().text().split("\n")
    assert copied[0].startswith("Структурный элемент\tЧто изменено\tБыло")
    assert copied[1] == "1.1 Замеры скорости\tСрок\tежегодно, май\tиюнь 2022\t"
