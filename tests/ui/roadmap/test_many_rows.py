"""Several rows at once, and a roadmap taken over into the next years."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog

from cosdesk.domain.roadmap import Item
from cosdesk.ui.expected_papers import ExpectedPapersDialog
from cosdesk.ui.next_years_dialog import NextYearsDialog
from cosdesk.ui.roadmap_edits import rows_phrase
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace

Choose = Callable[..., None]
Stored = Callable[[str], Item]


def test_one_responsible_for_several_rows(
    page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("Письмо школам", "Сверка списков")
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("Методист", True))
    page.commands.assign.trigger()
    assert stored("Письмо школам").responsible == stored("Сверка списков").responsible == ("Методист",)
    workspace.undo()
    assert stored("Письмо школам").responsible == ("Лукина И.В.",)


def test_terms_of_several_rows_move_by_a_year(
    page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace
) -> None:
    choose("Письмо школам", "Закупка оборудования")
    page.commands.year_on.trigger()
    assert stored("Письмо школам").term.wording == "сентябрь 2022"
    assert stored("Закупка оборудования").term.wording == "2023 год"
    assert workspace.undo_title.startswith("Сдвиг сроков на год")
    page.commands.year_back.trigger()
    assert stored("Письмо школам").term.wording == "сентябрь 2021"


def test_a_term_without_a_year_is_told(page: RoadmapPage, choose: Choose) -> None:
    told: list[str] = []
    page.commands.told.connect(told.append)
    choose("Совещание руководителей")
    page.commands.year_on.trigger()
    assert told == ["В сроках выбранных строк годы не названы, сдвигать нечего."]


def test_a_copy_for_the_next_years(page: RoadmapPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NextYearsDialog, "exec", lambda dialog: QDialog.DialogCode.Accepted)
    page.roadmap_commands.next_years.trigger()
    contents = workspace.contents
    assert contents is not None
    assert contents.roadmap.years == (2025, 2028)
    assert len(workspace.snapshot.roadmaps) == 2
    assert [len(c.items) for c in workspace.snapshot.roadmaps] == [7, 7]
    workspace.undo()
    assert len(workspace.snapshot.roadmaps) == 1


@pytest.mark.parametrize(("field", "title"), [("at_risk", "Риск срыва"), ("cancelled", "Отмена")])
def test_a_mark_on_several_rows_is_one_step(
    page: RoadmapPage, choose: Choose, stored: Stored, workspace: Workspace, field: str, title: str
) -> None:
    flag = getattr(page.commands, field)
    choose("Сверка списков")
    flag.trigger()
    choose("Письмо школам", "Сверка списков", "Закупка оборудования")
    assert not flag.isChecked()  # only one of the three bears it
    flag.trigger()
    names = ("Письмо школам", "Сверка списков", "Закупка оборудования")
    assert [getattr(stored(name), field) for name in names] == [True, True, True]
    assert flag.isChecked()
    assert workspace.undo_title == f"{title} – {rows_phrase(2)}"
    flag.trigger()
    assert not any(getattr(stored(name), field) for name in names)
    workspace.undo()
    workspace.undo()
    assert [getattr(stored(name), field) for name in names] == [False, True, False]


def test_several_rows_expect_the_same_documents(
    page: RoadmapPage, choose: Choose, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExpectedPapersDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(ExpectedPapersDialog, "kinds", ("справка",))
    choose("Сверка списков", "Закупка оборудования")
    page.commands.expect.trigger()
    assert dict(workspace.snapshot.expected_papers) == {4: ("справка",), 7: ("справка",)}
