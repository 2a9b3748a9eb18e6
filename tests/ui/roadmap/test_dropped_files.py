"""Files that fall on a row of the roadmap."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from cosdesk.domain.execution import Execution, Outcome
from cosdesk.store.executions import record_execution
from cosdesk.ui import row_papers
from tests.ui.hands import drop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Письмо 12 от 05.09.2021.jpg"
    path.write_bytes(b"\xff\xd8\xff" + b"0" * 40)
    return path


def place_of(page, item) -> QPoint:
    return page.view.visualRect(page.model.index_of_item(item.id, page.model.column_of("title"))).center()


def test_a_scan_on_a_row_proves_its_newest_execution(page, stored, scan: Path, qtbot: QtBot) -> None:
    item = stored("Письмо школам")
    with page.workspace.edit("Исполнение") as edit:
        record_execution(edit, Execution(0, item.id, Outcome.DONE, on=date(2021, 9, 6)))
    before = len(page.workspace.snapshot.evidence)
    drop(page.view.viewport(), place_of(page, item), scan)
    qtbot.waitUntil(lambda: len(page.workspace.snapshot.evidence) == before + 1)
    added = page.workspace.snapshot.evidence[-1]
    assert (added.kind, added.number, added.on) == ("письмо", "12", date(2021, 9, 5))
    assert (added.item_ids, len(added.execution_ids)) == ((item.id,), 1)
    page.workspace.undo()
    assert len(page.workspace.snapshot.evidence) == before


def test_a_scan_on_a_row_without_records_proves_the_row(page, stored, scan: Path, qtbot: QtBot) -> None:
    item = stored("Сверка списков")
    before = len(page.workspace.snapshot.evidence)
    drop(page.view.viewport(), place_of(page, item), scan)
    qtbot.waitUntil(lambda: len(page.workspace.snapshot.evidence) == before + 1)
    added = page.workspace.snapshot.evidence[-1]
    assert (added.item_ids, added.execution_ids) == ((item.id,), ())


def test_a_word_file_on_a_row_is_asked_about(page, stored, tmp_path: Path, qtbot: QtBot, monkeypatch) -> None:
    document = tmp_path / "План.docx"
    document.write_bytes(b"PK\x03\x04")
    opened: list[Path] = []
    monkeypatch.setattr(row_papers, "choose", lambda *_: 1)
    monkeypatch.setattr(page.papers, "_elsewhere", opened.append)
    drop(page.view.viewport(), place_of(page, stored("Письмо школам")), document)
    qtbot.waitUntil(lambda: opened == [document])


def test_a_file_beside_the_rows_is_opened(page, tmp_path: Path, qtbot: QtBot, monkeypatch) -> None:
    document = tmp_path / "План.docx"
    document.write_bytes(b"PK\x03\x04")
    opened: list[Path] = []
    monkeypatch.setattr(page.papers, "_elsewhere", opened.append)
    drop(page.view.viewport(), QPoint(20, page.view.viewport().height() - 2), document)
    qtbot.waitUntil(lambda: opened == [document])
