"""A district with a roadmap of two sections and the page «Дорожная карта» over it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from cosdesk.domain.district import District
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import (
    Item,
    ItemKind,
    Roadmap,
    RoadmapContents,
    Section,
    Stamp,
    StampKind,
    Term,
    Unplaced,
)
from cosdesk.store.executions import record_execution
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.ui.page import Page
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace

RESULT, ACTIVITY = ItemKind.RESULT, ItemKind.ACTIVITY
# Terms long ended or far ahead: no status here depends on the day the tests run.
ITEMS = (
    Item(1, RESULT, "Назначить координатора", "1.1", None, 1, Term("до 15 февраля 2021 г."), ("Ветрова Г.Л.",)),
    Item(2, RESULT, "Мониторинг сайтов", "1.2", None, 1, Term("ежегодно, май"), ("Лукина И.В.", "Ветрова Г.Л.")),
    Item(3, ACTIVITY, "Письмо школам", "1.2.1", 2, 1, Term("сентябрь 2021"), ("Лукина И.В.",), (), "Письмо"),
    Item(4, ACTIVITY, "Сверка списков", "1.2.2", 2, 1, Term("май 2090 г.")),
    Item(5, ACTIVITY, "Совещание руководителей", "1.3", None, 1, Term("постоянно"), ("Ветрова Г.Л.",)),
    Item(6, ACTIVITY, "Обучение учителей", "2.1", None, 2, Term("2090 год"), ("Методист",)),
    Item(7, ACTIVITY, "Закупка оборудования", "2.2", None, 2, Term("2022 год"), ("Методист",)),
)
CONTENTS = RoadmapContents(
    Roadmap(1, "План мероприятий", "sections", "Цель", 2021, 2024, "Цифровая среда"),
    (Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава района", "П.П. Первый", date(2021, 1, 20)),),
    (Section(1, "1", "Организация"), Section(2, "2", "Обеспечение")),
    ITEMS,
    unplaced=(Unplaced(1, "абзац 3", "Примечание к плану"), Unplaced(2, "таблица 2, ячейка 1", "Итого")),
)


@pytest.fixture(scope="session")
def roadmap_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roadmap") / "Лесной район.cosdesk"
    with DistrictFile.create(path, District("Лесной район", uid="u")) as file:
        with file.edit("Импорт") as edit:
            add_roadmap(edit, CONTENTS)
        with file.edit("Исполнение строки 1.1") as edit:
            record_execution(
                edit, Execution(0, 1, Outcome.DONE, date(2021, 2, 15), date(2021, 2, 10)), "приказ № 27 от 10.02.2021"
            )
    return path


@pytest.fixture
def workspace(qapp: QApplication, roadmap_template: Path, tmp_path: Path) -> Iterator[Workspace]:
    """That district, open: rows 1.1 (done, an order), 1.2 with 1.2.1 and 1.2.2, 1.3; 2.1, 2.2."""
    opened = Workspace()
    opened.open(Path(shutil.copy(roadmap_template, tmp_path)))
    yield opened
    opened.close()


@pytest.fixture
def page(show_page: Callable[[type[Page], Workspace], Page], workspace: Workspace) -> RoadmapPage:
    shown = show_page(RoadmapPage, workspace)
    assert isinstance(shown, RoadmapPage)
    return shown


@pytest.fixture
def outline(workspace: Workspace) -> Callable[[], list[str]]:
    """The stored rows as «  1.2.1 Письмо школам», indented by level."""

    def read() -> list[str]:
        contents = workspace.file.snapshot().roadmaps[0]
        levels = contents.levels()
        return [f"{'  ' * levels[item.id]}{item.number} {item.title}" for item in contents.items]

    return read


@pytest.fixture
def stored(workspace: Workspace) -> Callable[[str], Item]:
    """The stored row of that title."""

    def read(title: str) -> Item:
        return next(item for item in workspace.file.snapshot().roadmaps[0].items if item.title == title)

    return read


@pytest.fixture
def choose(page: RoadmapPage) -> Callable[..., None]:
    """Puts the cursor into a cell of the row (or rows) of that title, as a click does."""

    def put(*titles: str, field: str = "title") -> None:
        ids = [item.id for title in titles for item in page.workspace.contents.items if item.title == title]  # type: ignore[union-attr]
        page.view.choose(ids, page.model.column_of(field))
        page.view.setFocus()

    return put


@pytest.fixture
def choose_band(page: RoadmapPage) -> Callable[[int], None]:
    """Puts the cursor on the band of a section, by its id."""

    def put(section_id: int) -> None:
        # By the selection model: the view's own way heeds the modifiers of keys pressed last.
        flags = QItemSelectionModel.SelectionFlag
        index = page.model.index_of_section(section_id)
        page.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        page.view.setFocus()

    return put


@pytest.fixture
def type_text() -> Callable[[QWidget, str], None]:
    """Types a text into a widget; QTest knows only Latin letters."""

    def send(widget: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    return send
