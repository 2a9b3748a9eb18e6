"""The page «Сегодня»: bands and lines, a tile alone, the way to a row, copying."""

from collections.abc import Callable

from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QTreeView
from pytestqt.qtbot import QtBot

from cosdesk.domain.agenda import Topic
from cosdesk.ui.page import Page
from cosdesk.ui.today_model import TodayModel
from cosdesk.ui.today_page import TodayPage
from cosdesk.ui.workspace import Workspace

Show = Callable[[type[Page], Workspace], TodayPage]


def view_of(page: TodayPage) -> QTreeView:
    view = page.findChild(QTreeView)
    assert view is not None
    return view


def test_each_topic_stands_under_its_band(show_page: Show, workspace: Workspace) -> None:
    page = show_page(TodayPage, workspace)
    model = view_of(page).model()
    assert isinstance(model, TodayModel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = page.shown_lines()
    assert lines and model.rowCount() == len(lines) + len({line.topic for line in lines})
    assert model.index(0, 0).data() == f"{Topic.OVERDUE.label} – {sum(x.topic is Topic.OVERDUE for x in lines)}"
    assert view_of(page).isFirstColumnSpanned(0, model.index(-1, -1))
    assert [model.line(row) for row in range(model.rowCount()) if model.line(row)] == lines


def test_a_row_is_as_high_as_its_text_at_the_width_it_has(show_page: Show, workspace: Workspace, qtbot: QtBot) -> None:
    page = show_page(TodayPage, workspace)
    view = view_of(page)
    page.resize(520, 500)
    qtbot.wait(50)
    page.resize(1400, 500)
    qtbot.wait(50)
    heights = {view.visualRect(view.model().index(row, 0)).height() for row in view.model().bands}  # type: ignore[attr-defined]
    assert len(heights) == 1 and max(heights) < 40


def test_a_tile_shows_its_topic_alone(show_page: Show, workspace: Workspace) -> None:
    page = show_page(TodayPage, workspace)
    page._tiles[Topic.BEHIND_PLAN].click()
    assert page.shown_lines() and {line.topic for line in page.shown_lines()} == {Topic.BEHIND_PLAN}
    assert view_of(page).model().rowCount() == len(page.shown_lines()) + 1


def test_a_line_leads_to_its_row_and_a_band_nowhere(show_page: Show, workspace: Workspace, qtbot: QtBot) -> None:
    page = show_page(TodayPage, workspace)
    view = view_of(page)
    with qtbot.waitSignal(page.led) as led:
        view.activated.emit(view.model().index(1, 0))
    assert led.args is not None and led.args[0].item_id == page.shown_lines()[0].item_id
    with qtbot.assertNotEmitted(page.led):
        view.activated.emit(view.model().index(0, 0))


def test_lines_are_copied_as_a_table(show_page: Show, workspace: Workspace) -> None:
    page = show_page(TodayPage, workspace)
    view, first = view_of(page), page.shown_lines()[0]
    view.setCurrentIndex(view.model().index(1, 0))
    next(action for action in view.actions() if action.text() == "Скопировать").trigger()
    assert QApplication.clipboard().text().split("\t")[1:] == [first.number, first.title, first.reason]
