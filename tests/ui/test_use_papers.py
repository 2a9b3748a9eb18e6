"""Documents behind an indicator's value and behind a round: named, dropped, taken away."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cosdesk.domain.monitoring import Round
from cosdesk.domain.organisation import School
from cosdesk.domain.period import Period
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.store.monitoring import add_round
from cosdesk.store.schools import add_school
from cosdesk.ui.document_edits import ValueTie
from cosdesk.ui.evidence_dialog import AddEvidenceDialog
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.monitoring_page import MonitoringPage
from tests.ui.hands import drop

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Справка 9 от 20-05-2021.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    return path


def test_a_scan_on_a_periods_row_proves_the_value_of_that_period(workspace, show_page, qtbot: QtBot, scan) -> None:
    page = show_page(IndicatorsPage, workspace)
    row = page.periods.row_of(Period(2021))
    page.grid.scrollTo(page.periods.index(row, 0))
    drop(page.grid.viewport(), page.grid.visualRect(page.periods.index(row, 3)).center(), scan)
    qtbot.waitUntil(lambda: bool(workspace.snapshot.evidence))
    (paper,) = workspace.snapshot.evidence
    assert (paper.kind, paper.number, paper.values) == ("справка", "9", ((1, "2021"),))
    assert "Приложено" in page._notice.text()
    # The panel tells of the row at hand, which is another one, then of that one.
    assert page.papers.papers == ()
    page.grid.setCurrentIndex(page.periods.index(row, 3))
    assert page.papers.papers == (paper,)
    page.papers._release(paper)
    assert workspace.snapshot.evidence[0].values == ()


def test_a_scan_on_the_panel_proves_the_period_at_hand(workspace, show_page, qtbot: QtBot, scan) -> None:
    page = show_page(IndicatorsPage, workspace)
    target: QWidget = page.panel.viewport()
    drop(target, QPoint(5, 5), scan)
    qtbot.waitUntil(lambda: bool(workspace.snapshot.evidence))
    assert workspace.snapshot.evidence[0].values == ((1, "2021-Q2"),)
    workspace.undo()
    assert workspace.snapshot.evidence == ()


def test_a_document_is_named_for_a_value(workspace, show_page, monkeypatch) -> None:
    page = show_page(IndicatorsPage, workspace)
    monkeypatch.setattr(AddEvidenceDialog, "exec", lambda dialog: dialog.evidence.line.setText("акт № 3") or 1)
    page.papers.show_use(ValueTie(2, "2021"), "значение за 2021 год")
    page.papers.name()
    assert [(paper.kind, paper.values) for paper in workspace.snapshot.evidence] == [("акт", ((2, "2021"),))]


def test_a_scan_on_the_rounds_documents_proves_the_round(workspace, show_page, qtbot: QtBot, scan) -> None:
    with workspace.edit("Мониторинг") as edit:
        add_school(edit, School(0, "Лесная СОШ"))
    with workspace.edit("Мониторинг") as edit:
        round_id = add_round(
            edit, Round(0, "counts", "1", "Численность", "2021"), monitoring_form("counts"), workspace.snapshot.schools
        )
    page = show_page(MonitoringPage, workspace)
    drop(page.papers, QPoint(5, 5), scan)
    qtbot.waitUntil(lambda: bool(workspace.snapshot.evidence))
    assert workspace.snapshot.evidence[0].round_ids == (round_id,)
    assert page.papers.papers == workspace.snapshot.evidence
