"""A district's file from a computer with forms of its own: it opens and prints, and the form can be installed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from cosdesk.form_library import delete_form, known_forms, renamed, save_form
from cosdesk.forms.reading import form_source
from cosdesk.paths import forms_folder
from cosdesk.reports.roadmap import build_roadmap
from cosdesk.store.roadmaps import change_roadmap
from cosdesk.ui import form_install
from cosdesk.ui.head_edits import RoadmapHead
from cosdesk.ui.roadmap_head_dialog import RoadmapHeadDialog
from cosdesk.ui.roadmap_page import RoadmapPage
from cosdesk.ui.workspace import Workspace

HEADING = "Что делаем у нас"


@pytest.fixture
def carried(workspace: Workspace, tmp_path: Path) -> Iterator[Path]:
    """The roadmap in a form of one's own that was left behind; the form's file."""
    source = form_source(forms_folder() / "roadmaps" / "sections.toml")
    own = save_form(renamed(source.replace('heading = "Мероприятие"', f'heading = "{HEADING}"'), "План района"))
    path = tmp_path / "План района.toml"
    path.write_text(own.source, "utf-8")
    delete_form(own)
    with workspace.edit("Форма") as edit:
        change_roadmap(edit, replace(workspace.snapshot.roadmaps[0].roadmap, form=own.id))
    yield path
    for entry in known_forms():
        if entry.own:
            delete_form(entry)


def headings(page: RoadmapPage) -> list[str]:
    model = page.model
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def test_it_is_shown_in_the_nearest_form_until_its_own_is_installed(
    carried: Path, page: RoadmapPage, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.model.rowCount() and "Мероприятие" in headings(page)
    assert page.missing_form.text.startswith("Формы «sections-2» на этом компьютере нет: карта показана по форме «План")
    assert build_roadmap(workspace.snapshot).blocks
    page.missing_form.hide()
    page.refresh(frozenset())
    assert page.missing_form.isHidden(), "what was read and put away does not come again"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(carried), ""))
    monkeypatch.setattr(form_install, "ask", lambda *_, **__: True)
    next(button for button in page.missing_form.findChildren(QPushButton)).click()
    assert HEADING in headings(page) and not page.missing_form.text
    assert workspace.snapshot.roadmaps[0].roadmap.form == "sections-2"


def test_the_head_keeps_the_form_that_is_not_here(carried: Path, workspace: Workspace) -> None:
    dialog = RoadmapHeadDialog(workspace.snapshot.roadmaps[0])
    assert dialog.form.currentText() == "«sections-2» – на этом компьютере не установлена"
    head: RoadmapHead = dialog.head
    assert head.roadmap.form == "sections-2"
    dialog.form.setCurrentIndex(dialog.form.findData("results-plan"))
    assert dialog.head.roadmap.form == "results-plan"
