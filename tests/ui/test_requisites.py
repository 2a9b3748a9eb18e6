"""Heads and office are asked for when a document first needs them, only what it lacks, and may wait."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from cosdesk.reports.catalog import report
from cosdesk.reports.request import Request, Signer
from cosdesk.reports.requisites import empty_fields, lacking
from cosdesk.store.districts import change_district
from cosdesk.ui.reports_page import ReportsPage
from cosdesk.ui.requisites_dialog import Answer, RequisitesDialog, ask_requisites

from .hands import keys

HEAD, COORDINATOR = "Тестова Мария Петровна", "Пробная Ольга Ивановна"


@pytest.fixture
def page(workspace, show_page, qtbot) -> ReportsPage:
    shown = show_page(ReportsPage, workspace)
    wait_built(shown, qtbot)
    return shown


def wait_built(page: ReportsPage, qtbot) -> None:
    qtbot.waitUntil(
        lambda: page.build.is_done and not page.tasks.is_busy, timeout=20_000
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[RequisitesDialog], None]], list[tuple[str, ...]]]:
    """Answers the dialog with a hand's act; the fields asked for each time."""

    def answer(act: Callable[[RequisitesDialog], None]) -> list[tuple[str, ...]]:
        seen: list[tuple[str, ...]] = []

        def exec_(dialog: RequisitesDialog) -> int:
            seen.append(tuple(dialog.fields))
            act(dialog)
            return dialog.result()

        monkeypatch.setattr(RequisitesDialog, "exec", exec_)
        return seen

    return answer


def write_names(dialog: RequisitesDialog) -> None:
    assert not dialog.write.isEnabled()
    keys(dialog.fields["head_name"], HEAD)
    keys(dialog.fields["coordinator_name"], f"  {COORDINATOR} ")
    dialog.write.click()


def test_only_what_the_document_bears_and_nobody_knows_is_asked_for(workspace) -> None:
    snapshot = workspace.snapshot
    request = Request(item_id=1)
    letter = report("letter").build(snapshot, request)
    assert lacking(snapshot, letter, request) == ("head_name", "coordinator_name", "coordinator_phone")
    signed = replace(request, signer=Signer("Заместитель начальника", "М.П. Тестова"))
    assert lacking(snapshot, report("letter").build(snapshot, signed), signed) == (
        "coordinator_name",
        "coordinator_phone",
    )
    known = replace(
        snapshot, district=replace(snapshot.district, head_name=HEAD, coordinator_name=COORDINATOR, office="")
    )
    assert lacking(known, report("letter").build(known, request), request) == ("office",)
    assert empty_fields(known) == ("office",)
    plain = Request(period=workspace.period)
    assert lacking(snapshot, report("year-calendar").build(snapshot, plain), plain) == ()


def test_what_is_written_stands_in_the_district_and_in_the_document(
    page: ReportsPage, asked, monkeypatch, tmp_path: Path, qtbot
) -> None:
    seen = asked(write_names)
    path = tmp_path / "Отчёт.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    choose(page, "analytical-report", qtbot)
    page.save("pdf")
    qtbot.waitUntil(lambda: path.is_file() and not page.tasks.is_busy, timeout=20_000)
    assert seen == [("head_name", "coordinator_name", "coordinator_phone")]
    district = page.workspace.snapshot.district
    assert (district.head_name, district.coordinator_name) == (HEAD, COORDINATOR)
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in PdfReader(path).pages)
    assert "М.П. Тестова" in text and COORDINATOR in text and "____________________" not in text
    page.workspace.undo()
    assert page.workspace.snapshot.district.head_name == ""


def test_what_is_put_off_leaves_a_line_to_sign_and_is_not_asked_again(
    page: ReportsPage, asked, monkeypatch, tmp_path: Path, qtbot
) -> None:
    seen = asked(lambda dialog: dialog.postpone.click())
    choose(page, "analytical-report", qtbot)
    for name in ("Первый.pdf", "Второй.pdf"):
        path = tmp_path / name
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path: (str(path), ""))
        page.save("pdf")
        qtbot.waitUntil(lambda path=path: path.is_file() and not page.tasks.is_busy, timeout=20_000)
        assert "____________________" in "".join(sheet.extract_text() for sheet in PdfReader(path).pages)
    assert len(seen) == 1


def test_given_up_nothing_is_made(page: ReportsPage, asked, monkeypatch, qtbot) -> None:
    asked(lambda dialog: dialog.reject())
    choose(page, "analytical-report", qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: pytest.fail("asked for a file"))
    page.save("pdf")
    qtbot.wait(50)


def test_a_file_open_for_reading_or_a_full_card_is_not_asked_about(workspace, asked, qtbot) -> None:
    seen = asked(lambda dialog: dialog.reject())
    assert ask_requisites(workspace, (), None) is Answer.GO_ON
    workspace.file.read_only_reason = "Только для чтения."
    assert ask_requisites(workspace, ("office",), None) is Answer.GO_ON
    workspace.file.read_only_reason = ""
    with workspace.edit("Орган") as edit:
        change_district(edit, replace(workspace.snapshot.district, office=""))
    assert ask_requisites(workspace, empty_fields(workspace.snapshot, ("office",)), None) is Answer.GIVEN_UP
    assert seen == [("office",)]


def choose(page: ReportsPage, report_id: str, qtbot) -> None:
    page.list.choose(report_id)
    wait_built(page, qtbot)
