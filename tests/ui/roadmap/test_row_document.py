"""«Составить документ…»: what is proposed for a row, and the signed paper filed as its evidence."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from cosdesk.domain.roadmap import Item, ItemKind
from cosdesk.ui.evidence_dialog import EvidenceDialog
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.row_document_dialog import RowDocumentDialog, papers_for


@pytest.fixture
def dialog(page: RoadmapPage, choose, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[RowDocumentDialog]:
    """The dialog as the row's command opens it, for the row whose expected document is «Письмо»."""
    opened: list[RowDocumentDialog] = []
    monkeypatch.setattr(RowDocumentDialog, "exec", lambda self: opened.append(self))
    choose("Письмо школам")
    page.commands.compose.trigger()
    qtbot.waitUntil(lambda: not opened[0].is_busy, timeout=20_000)
    yield opened[0]
    opened[0].done(0)


def signed(monkeypatch: pytest.MonkeyPatch, fill: Callable[[EvidenceDialog], None], accept: bool = True) -> None:
    """Answers the question for number and date."""

    def answer(asked: EvidenceDialog) -> int:
        fill(asked)
        asked.accept() if accept else asked.reject()
        return asked.result()

    monkeypatch.setattr(EvidenceDialog, "exec", answer)


def number_it(asked: EvidenceDialog) -> None:
    asked.number.setText("№ 41-и")
    asked.on.show_day(date(2021, 9, 6))


@pytest.mark.parametrize(
    ("expected", "first"),
    [
        ("Справка по итогам мониторинга, список школ", "monitoring-note"),
        ("Письмо", "letter"),
        ("Приказ о назначении ответственных", "appointment-order"),
        ("", "row-plan"),
        ("Оборудование", "row-plan"),
    ],
)
def test_what_the_row_expects_comes_first_and_every_paper_of_a_row_follows(expected: str, first: str) -> None:
    ids = [report.id for report in papers_for(Item(1, ItemKind.ACTIVITY, "Строка", expected=expected))]
    assert ids[0] == first
    assert {"row-plan", "monitoring-note", "event-report", "letter"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_right_paper_is_made_at_once(dialog: RowDocumentDialog) -> None:
    assert dialog.chooser.currentText() == "Исходящее письмо"
    assert dialog.document is not None and dialog.preview.page_count
    assert dialog.windowTitle() == "Документ для строки 1.2.1"


def test_the_panel_opens_it_too(page: RoadmapPage, choose, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = []
    monkeypatch.setattr(RowDocumentDialog, "exec", lambda self: titles.append(self.windowTitle()) or self.done(0))
    choose("Мониторинг сайтов")
    page.panel.compose_button.click()
    assert titles == ["Документ для строки 1.2"]


def test_another_paper_takes_its_place_and_the_last_one_wanted_is_shown(dialog: RowDocumentDialog, qtbot) -> None:
    titles = [dialog.chooser.itemText(place) for place in range(dialog.chooser.count())]
    for title in ("Отчёт о проведении", "План мероприятий по строке"):
        dialog.chooser.activated.emit(titles.index(title))
    assert dialog.document is None and not dialog.file_action.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert dialog.document is not None and "план" in dialog.document.title.lower()
    assert dialog.file_action.isEnabled()


def test_a_signed_paper_is_filed_with_its_pages_in_one_edit(dialog, page, workspace, stored, monkeypatch) -> None:
    signed(monkeypatch, number_it)
    dialog.file_action.trigger()
    (found,) = [paper for paper in workspace.file.snapshot().evidence if paper.number == "41-и"]
    assert (found.kind, found.on, found.item_ids) == ("письмо", date(2021, 9, 6), (stored("Письмо школам").id,))
    (file,) = workspace.file.evidence_files(found.id)
    assert file.kind == "pdf" and workspace.file.evidence_content(file) == dialog.preview.content
    assert not dialog.file_action.isEnabled()  # twice would be a mistake
    workspace.undo()
    assert not [paper for paper in workspace.file.snapshot().evidence if paper.number == "41-и"]
    assert not workspace.file.evidence_files(found.id)


def test_a_paper_without_a_number_is_no_other_document(dialog, workspace, monkeypatch) -> None:
    before = {paper.id for paper in workspace.snapshot.evidence}
    signed(monkeypatch, lambda asked: asked.number.clear())
    dialog.file_action.trigger()
    (found,) = [paper for paper in workspace.file.snapshot().evidence if paper.id not in before]
    assert found.kind == "письмо" and found.label.startswith("письмо от")


def test_given_up_nothing_is_filed(dialog, workspace, monkeypatch) -> None:
    before = workspace.snapshot.evidence
    signed(monkeypatch, number_it, accept=False)
    dialog.file_action.trigger()
    assert workspace.file.snapshot().evidence == before and dialog.file_action.isEnabled()


def test_a_paper_that_refuses_says_why(dialog: RowDocumentDialog, qtbot) -> None:
    from cosdesk.errors import UserError

    def refuse() -> None:
        raise UserError("Нечего показать. Заполните строку.")

    dialog.make(refuse)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert dialog.preview.message == "Нечего показать. Заполните строку."
    assert not any(action.isEnabled() for action in (*dialog.save_actions.values(), dialog.print_action))


def test_a_saved_paper_is_in_the_journal(dialog, workspace, monkeypatch, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "письмо.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog.save_actions["pdf"].trigger()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    (record,) = workspace.file.paper_records()
    assert (record.report, record.place) == ("letter", str(path)) and path.read_bytes().startswith(b"%PDF-")


def test_a_file_that_may_only_be_read_still_gives_papers(page, choose, workspace, monkeypatch, qtbot) -> None:
    path = workspace.file.path
    workspace.close()
    workspace.open(path, read_only=True)
    opened: list[QDialog] = []
    monkeypatch.setattr(RowDocumentDialog, "exec", lambda self: opened.append(self))
    choose("Письмо школам")
    page.commands.enable()
    page.commands.compose.trigger()
    qtbot.waitUntil(lambda: not opened[0].is_busy, timeout=20_000)
    assert opened[0].document is not None and opened[0].file_action not in opened[0]._acts
    opened[0].done(0)
