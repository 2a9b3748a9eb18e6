"""The register of risks and deviations: typed, carried on, closed, taken away; asserted on what the file holds."""

from collections.abc import Callable
from datetime import date

import pytest

from cosdesk.domain.period import Period, PeriodKind
from cosdesk.domain.risk import Risk, RiskKind
from cosdesk.store.risks import add_risk
from cosdesk.ui.indicators_page import IndicatorsPage
from cosdesk.ui.page import Place
from cosdesk.ui.risks_dialog import RisksDialog
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace
from tests.ui.hands import cell, paste_at, shown, type_into

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def place(workspace: Workspace) -> Place:
    """The first indicator; two risks are known: one of it, closed in the first quarter, one of a row."""
    contents = workspace.contents
    assert contents is not None
    roadmap_id, indicator_id, item_id = contents.roadmap.id, contents.indicators[0].id, contents.items[1].id
    with workspace.edit("Риски") as edit:
        add_risk(edit, Risk(0, RiskKind.RISK, "Обрыв линии", "2021-Q1", roadmap_id, None, indicator_id,
                            closed_on=date(2021, 3, 10)))  # fmt: skip
        add_risk(edit, Risk(0, RiskKind.RISK, "Нет прибора", "2021-Q1", roadmap_id, item_id))
    return Place(roadmap_id, indicator_id=indicator_id)


@pytest.fixture
def dialog(workspace: Workspace, place: Place, qtbot) -> RisksDialog:
    opened = RisksDialog(workspace, place)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitExposed(opened)
    return opened


def test_a_deviation_is_typed_and_belongs_to_the_indicator(dialog: RisksDialog, place: Place) -> None:
    type_into(dialog.view, cell(dialog.view, -1, "title"), "Замеры сорваны")
    for key, text in (("cause", "Нет линии"), ("consequence", "Факт ниже плана"), ("measure", "Договор"),
                      ("due", "01.09.2021"), ("responsible", "Методист")):  # fmt: skip
        type_into(dialog.view, cell(dialog.view, 0, key), text)
    kept = dialog._workspace.snapshot.risks[-1]
    assert kept == Risk(
        kept.id, RiskKind.DEVIATION, "Замеры сорваны", "2021-Q2", place.roadmap_id, None, place.indicator_id,
        "Нет линии", "Факт ниже плана", "Договор", date(2021, 9, 1), "Методист",
    )  # fmt: skip
    assert shown(dialog.view, "about") == ["Показатель 1"]
    dialog._workspace.undo()
    assert dialog._workspace.snapshot.risks[-1].responsible == ""


def test_only_what_stands_is_shown_until_more_is_asked(dialog: RisksDialog) -> None:
    assert shown(dialog.view, "title") == []
    dialog.filter.setCurrentIndex(1)
    assert shown(dialog.view, "title") == ["Обрыв линии"]
    dialog.subject.setCurrentIndex(1)
    assert shown(dialog.view, "title") == ["Обрыв линии", "Нет прибора"]
    assert shown(dialog.view, "about")[1] == "1.1 Замеры скорости"
    dialog.filter.setCurrentIndex(0)
    assert shown(dialog.view, "title") == ["Нет прибора"]


def test_a_risk_is_carried_until_the_day_it_is_closed(dialog: RisksDialog) -> None:
    dialog.subject.setCurrentIndex(1)
    type_into(dialog.view, cell(dialog.view, 0, "closed_on"), "20.05.2021")
    assert shown(dialog.view, "title") == ["Нет прибора"]
    dialog._workspace.choose_period(Period(2021, PeriodKind.QUARTER, 3))
    dialog._filter_again()
    assert shown(dialog.view, "title") == []


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("closed_on", "20.05.2020", "День снятия раньше периода"),
        ("due", "31.02.2021", "нет в календаре"),
        ("title", "", "Впишите сначала"),
        ("kind", "беда", "не вид записи"),
    ],
)
def test_what_is_wrong_is_told_and_not_kept(dialog: RisksDialog, key: str, text: str, told: str) -> None:
    dialog.subject.setCurrentIndex(1)
    before = dialog._workspace.snapshot.risks
    index = cell(dialog.view, 0, key)
    if text:
        paste_at(dialog.view, index, text)
    else:
        dialog.view.setCurrentIndex(index)
        dialog.view.clear_cells()
    assert told.casefold() in dialog.notice.text().casefold()
    assert dialog._workspace.snapshot.risks == before


def test_a_record_is_taken_away(dialog: RisksDialog) -> None:
    dialog.subject.setCurrentIndex(1)
    dialog.view.setCurrentIndex(cell(dialog.view, 0, "title"))
    dialog.delete_action.trigger()
    assert [risk.title for risk in dialog._workspace.snapshot.risks] == ["Обрыв линии"]
    dialog._workspace.undo()
    assert len(dialog._workspace.snapshot.risks) == 2


@pytest.mark.parametrize(("page_class", "field"), [(IndicatorsPage, "indicator_id"), (RoadmapPage, "item_id")])
def test_both_pages_lead_to_it(
    workspace: Workspace, show_page: Callable[..., IndicatorsPage | RoadmapPage], monkeypatch: pytest.MonkeyPatch,
    page_class: type[IndicatorsPage | RoadmapPage], field: str,
) -> None:  # fmt: skip
    opened: list[RisksDialog] = []
    monkeypatch.setattr(RisksDialog, "exec", lambda dialog: opened.append(dialog))
    page = show_page(page_class, workspace)
    contents = workspace.contents
    assert contents is not None
    if isinstance(page, RoadmapPage):
        page.show_item(contents.items[1].id)
    action = next(action for action in page.menu_actions() if action.text() == "Риски и отклонения…")
    action.trigger()
    wanted = contents.indicators[0].id if field == "indicator_id" else contents.items[1].id
    assert getattr(opened[0]._place, field) == wanted
