"""«Квартальный пакет…»: chosen, made aside, told; no earlier file is touched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from cosdesk.packet import USUAL, Packet, Part, Wanted, composition, packet_reports, write_packet
from cosdesk.reports.catalog import reports
from cosdesk.reports.request import Request
from cosdesk.ui.packet_dialog import PacketDialog
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.row_chooser import RowChooser
from cosdesk.ui.tasks import CancelledError


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    shown = show_page(ReportsPage, workspace)
    qtbot.waitUntil(lambda: shown.build.built is not None and not shown.tasks.is_busy, timeout=20_000)
    return shown


def answer(monkeypatch: pytest.MonkeyPatch, fill: Callable[[PacketDialog], None]) -> None:
    def answered(dialog: PacketDialog) -> int:
        fill(dialog)
        assert dialog.ok.isEnabled()
        dialog.ok.click()
        return dialog.result()

    monkeypatch.setattr(PacketDialog, "exec", answered)


def tick(dialog: PacketDialog, *ids: str) -> None:
    for row in range(dialog.list.count()):
        line = dialog.list.item(row)
        wanted = line.data(Qt.ItemDataRole.UserRole + 1)
        line.setCheckState(Qt.CheckState.Checked if wanted.report.id in ids else Qt.CheckState.Unchecked)


def make(page: ReportsPage, qtbot) -> None:
    page.packet_action.trigger()
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=30_000)


def test_the_usual_papers_are_ticked_at_first(workspace, qtbot, tmp_path: Path) -> None:
    known = reports()
    offered = [Wanted(report) for report in packet_reports(known)]
    ticked, formats = composition("", (), known)
    dialog = PacketDialog(offered, ticked, (), workspace.snapshot, "II квартал 2021 года", str(tmp_path))
    qtbot.addWidget(dialog)
    assert {wanted.report.id for wanted in dialog.chosen} == set(USUAL) and formats == ("pdf",)
    assert not any(report.needs_row for report in packet_reports())
    assert dialog.formats == ("pdf",) and dialog.ok.isEnabled()
    dialog.folder.setText(str(tmp_path / "нет такой"))
    assert not dialog.ok.isEnabled()
    dialog.folder.setText(str(tmp_path))
    tick(dialog)
    assert not dialog.ok.isEnabled()


def test_a_packet_lies_in_the_folder_and_in_the_journal(page, qtbot, monkeypatch, tmp_path: Path) -> None:
    folder = tmp_path / "Пакет"
    folder.mkdir()

    def fill(dialog: PacketDialog) -> None:
        tick(dialog, "analytical-report", "indicator-summary")
        dialog.excel.setChecked(True)
        dialog.folder.setText(str(folder))

    answer(monkeypatch, fill)
    make(page, qtbot)
    made = sorted(folder.iterdir())
    assert sorted(path.suffix for path in made) == [".pdf", ".pdf", ".xlsx", ".xlsx"]
    assert all(PdfReader(path).pages for path in made if path.suffix == ".pdf")
    assert all(load_workbook(path).sheetnames for path in made if path.suffix == ".xlsx")
    assert page.saved.text.text() == "Пакет сохранён: 4\u00a0файла в папке «Пакет»."
    assert [button.isVisible() for button in page.saved.buttons] == [False, True]
    assert {record.place for record in page.workspace.file.paper_records()} == {str(path) for path in made}

    before = {path: path.read_bytes() for path in made}
    make(page, qtbot)
    assert {path: path.read_bytes() for path in made} == before
    assert sorted(path.stem for path in folder.iterdir() if path not in made) == sorted(f"{p.stem} (2)" for p in made)


def test_a_packet_given_up_says_how_far_it_came(page, qtbot, monkeypatch, tmp_path: Path) -> None:
    answer(monkeypatch, lambda dialog: dialog.folder.setText(str(tmp_path)))
    page.packet_action.trigger()
    for task in page.tasks._running:
        task.cancel()
    qtbot.waitUntil(lambda: not page.tasks.is_busy, timeout=30_000)
    count = len(list(tmp_path.glob("*.pdf")))
    assert count < len(USUAL)
    assert page.saved.text.text().startswith("Пакет не закончен" if count else "Пакет не составлен.")


def test_a_row_paper_goes_into_the_packet_and_the_composition_is_kept(page, qtbot, monkeypatch, tmp_path: Path) -> None:
    last = page.workspace.contents.items[-1]

    def choose(chooser: RowChooser) -> int:
        chooser.choose(last.id)
        chooser.accept()
        return chooser.result()

    monkeypatch.setattr(RowChooser, "exec", choose)
    kept: list[list[str]] = []

    def fill(dialog: PacketDialog) -> None:
        kept.append([line.text() for line in ticked_lines(dialog)])
        if not list(tmp_path.glob("*.pdf")):
            tick(dialog, "indicator-summary")
            letter = next(a for a in dialog.row_button.menu().actions() if a.text() == "Исходящее письмо")
            letter.trigger()
        dialog.folder.setText(str(tmp_path))

    answer(monkeypatch, fill)
    make(page, qtbot)
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert len(names) == 2 and names[0].startswith("Письмо, ") and names[1].startswith("Сводная")
    text = " ".join(PdfReader(tmp_path / names[0]).pages[0].extract_text().split())
    assert last.title in text
    (row,) = {record.item_id for record in page.workspace.file.paper_records() if record.report == "letter"}
    assert row == last.id
    make(page, qtbot)
    assert kept[1] == ["Сводная таблица показателей", "Исходящее письмо – строка 1.1"]


def ticked_lines(dialog: PacketDialog) -> list[QListWidgetItem]:
    lines = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [line for line in lines if line.checkState() == Qt.CheckState.Checked]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"parts": 3, "formats": []}', '{"parts": [1], "formats": []}'])
def test_a_composition_that_cannot_be_read_is_the_usual_one(text: str) -> None:
    assert [wanted.report.id for wanted in composition(text, (), reports())[0]] == list(USUAL)


def test_one_refusal_does_not_stop_the_others(workspace, tmp_path: Path) -> None:
    known = {report.id: report for report in packet_reports()}
    parts = [Part(known["changes"], Request(1)), Part(known["roadmap"], Request(1))]
    steps: list[tuple[int, int]] = []
    packet = Packet()
    write_packet(
        workspace.snapshot, parts, tmp_path, ("pdf", "docx"), packet, replace=True, step=lambda *at: steps.append(at)
    )
    assert packet.whole and [made.path.suffix for made in packet.made] == [".pdf", ".docx"]
    assert len(packet.refused) == 1 and packet.refused[0].startswith("Не составлен документ «Таблица изменений»: ")
    assert steps == [(0, 2), (1, 2), (2, 2)]


def test_work_broken_off_leaves_whole_files(workspace, tmp_path: Path) -> None:
    known = {report.id: report for report in packet_reports()}

    def step(done: int, _: int) -> None:
        if done == 1:
            raise CancelledError

    packet = Packet()
    parts = [Part(known["roadmap"], Request(1)), Part(known["indicator-summary"], Request(1))]
    with pytest.raises(CancelledError):
        write_packet(workspace.snapshot, parts, tmp_path, ("pdf",), packet, replace=True, step=step)
    assert not packet.whole and [made.path for made in packet.made] == list(tmp_path.glob("Дорожная*"))
