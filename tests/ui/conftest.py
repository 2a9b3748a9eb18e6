"""A small district on disk and a page shown over it as the window shows it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cosdesk.domain.district import District
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.period import Period, PeriodKind
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Term
from cosdesk.store.file import DistrictFile
from cosdesk.store.indicators import set_actual
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.ui.page import Page
from cosdesk.ui.requisites_dialog import RequisitesDialog
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.workspace import Workspace

DISTRICT = District(
    name="Ольховский район",
    region="Приозёрная область",
    name_genitive="Ольховского района",
    name_locative="Ольховском районе",
    office="Отдел образования администрации Ольховского района",
    head_position="Начальник отдела образования",
    coordinator_position="Методист",
)
CONTENTS = RoadmapContents(
    Roadmap(1, "Дорожная карта Ольховского района", "results-plan", "Школы в сети", 2021, 2023),
    sections=(Section(1, "1", "Доступ к сети"),),
    items=(
        Item(1, ItemKind.RESULT, "Школы подключены к сети", "1", None, 1, Term("2021 год"), ("Отдел",), (), "Справка"),
        Item(2, ItemKind.ACTIVITY, "Замеры скорости", "1.1", 1, 1, Term("ежегодно, май"), ("Методист",), (), "Акт"),
    ),
    indicators=(
        Indicator(
            1,
            "Доля школ с быстрым доступом к сети",
            "1",
            "основной",
            "процент",
            baseline=Decimal(25),
            baseline_on=date(2020, 12, 31),
            targets=(
                Target("2021", Decimal(60)),
                Target("2021-Q2", Decimal("37.5")),
                Target("2022", Decimal(80)),
                Target("2023", Decimal(100)),
            ),
            total=Decimal(100),
        ),
        Indicator(2, "Число сетевых уроков", "2", "дополнительный", "единица", targets=(Target("2021", Decimal(10)),)),
        Indicator(3, "Доля учителей, прошедших обучение", "3", "основной", "процент"),
    ),
)
ACTUALS = (
    Actual(0, 1, "2021-Q1", numerator=Decimal(2), denominator=Decimal(8), source="Замеры"),
    Actual(0, 1, "2021", numerator=Decimal(5), denominator=Decimal(8), reason="Нет линии", measure="Договор"),
    Actual(0, 2, "2021", value=Decimal(12)),
)


@pytest.fixture(scope="session")
def district_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with two rows, three indicators and three recorded values, years 2021 to 2023."""
    path = tmp_path_factory.mktemp("district") / "Ольховский район.cosdesk"
    with DistrictFile.create(path, DISTRICT) as file:
        with file.edit("Дорожная карта") as edit:
            add_roadmap(edit, CONTENTS)
        with file.edit("Факт") as edit:
            for actual in ACTUALS:
                set_actual(edit, actual)
    return path


@pytest.fixture
def district_path(district_template: Path, tmp_path: Path) -> Path:
    """A copy of that district for one test."""
    return Path(shutil.copy(district_template, tmp_path))


@pytest.fixture(autouse=True)
def requisites_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The district names nobody: who is asked for the names while a paper is made says «later»."""

    def answer(dialog: RequisitesDialog) -> int:
        dialog.postpone.click()
        return dialog.result()

    monkeypatch.setattr(RequisitesDialog, "exec", answer)
    monkeypatch.setattr("cosdesk.ui.requisites_dialog._postponed", set())


@pytest.fixture
def workspace(qapp: QApplication, district_path: Path) -> Iterator[Workspace]:
    """That district open, reported for the II quarter of 2021."""
    opened = Workspace()
    opened.open(district_path)
    opened.choose_period(Period(2021, PeriodKind.QUARTER, 2))
    yield opened
    opened.close()


@pytest.fixture
def show_page(qtbot: QtBot) -> Callable[[type[Page], Workspace], Page]:
    """Shows a page that follows the workspace, as the window makes it do."""

    def show(page_class: type[Page], workspace: Workspace) -> Page:
        page = page_class(workspace, Tasks())
        page.tasks.setParent(page)
        workspace.changed.connect(page.refresh)
        for signal in (workspace.opened, workspace.period_changed, workspace.roadmap_changed):
            signal.connect(lambda: page.refresh(frozenset()) if workspace.is_open else None)
        qtbot.addWidget(page)
        page.resize(1178, 660)
        page.refresh(frozenset())
        page.show()
        qtbot.waitExposed(page)
        return page

    return show
