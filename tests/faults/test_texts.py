"""Texts that break careless programs: kept or visibly marked, plain on every screen, harmless in the search."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cosdesk.domain.district import District
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.organisation import School
from cosdesk.domain.person import Person
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Term
from cosdesk.store.evidence import add_evidence, prove
from cosdesk.store.file import DistrictFile
from cosdesk.store.people import add_person
from cosdesk.store.roadmaps import add_roadmap
from cosdesk.store.schools import add_school
from cosdesk.ui.delegates import CellDelegate
from cosdesk.ui.main_window import PAGES, MainWindow

MARKUP = "<img src='file:///etc/passwd'><b>Жирно</b>"
SEARCHED = ('"', "AND", "NEAR(", "a* OR b", "%", "[а-", "\\", "\x00", "<img", "(" * 200, "я" * 5000)
_CELLS = 300


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("я" * 40_000, "я" * 40_000),
        ("#N/A", "#N/A"),
        ("=1+1", "=1+1"),
        ("а\x00б\x07в\x1fг\u2028д", "а\x00б\x07в\x1fг\u2028д"),
        ("а\ud83dб", "а\ufffdб"),
        ("\udc00", "\ufffd"),
        ("👩‍🏫 и\u0306", "👩‍🏫 и\u0306"),
    ],
    ids=["40 000", "N/A", "formula", "control", "half", "other half", "joined"],
)
def test_the_file_keeps_it_through_undo_and_reopening(path: Path, text: str, kept: str) -> None:
    with DistrictFile.open(path) as file:
        with file.edit(text) as edit:
            edit.update("item", 1, {"title": text})
            new = edit.insert("setting", {"name": text, "value": text})
        assert file.undo() == kept and file.redo() == kept
    with DistrictFile.open(path) as file:
        assert file.snapshot().roadmaps[0].items[0].title == kept
        assert file.setting(kept) == kept and new


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A district in which every text is markup."""
    path = tmp_path / "разметка.cosdesk"
    item = Item(1, ItemKind.ACTIVITY, MARKUP, number="1", section_id=1, term=Term("2021"), responsible=(MARKUP,))
    item = replace(item, expected=MARKUP, note=MARKUP)
    contents = RoadmapContents(
        Roadmap(1, MARKUP, "sections", goal=MARKUP, first_year=2021, last_year=2030),
        sections=(Section(1, "1", MARKUP),),
        items=(item,),
        indicators=(Indicator(1, MARKUP, unit=MARKUP, item_id=1),),
    )
    with DistrictFile.create(path, District(MARKUP, MARKUP, uid="m")) as file, file.edit(MARKUP) as edit:
        add_roadmap(edit, contents)
        add_school(edit, School(0, MARKUP, short_name=MARKUP, head=MARKUP))
        add_person(edit, Person(0, MARKUP, full_name=MARKUP, position=MARKUP))
        prove(edit, add_evidence(edit, Evidence(0, title=MARKUP, text=MARKUP)), 1)
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.open_file(path)
    yield made
    made.close()


def interpreted(text: str, text_format: Qt.TextFormat) -> bool:
    return "<img" in text and (text_format != Qt.TextFormat.PlainText)


def cells(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model, waiting, count = view.model(), [QModelIndex()], 0
    while model is not None and waiting and count < _CELLS:
        parent = waiting.pop()
        # A list's model keeps its one column to itself.
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for row in range(model.rowCount(parent)):
            for column in range(columns):
                count += 1
                yield model.index(row, column, parent)
            waiting.append(model.index(row, 0, parent))


@pytest.mark.parametrize("page", [title for title, _, _ in PAGES])
def test_markup_is_plain_on_every_page(window: MainWindow, qtbot: QtBot, page: str) -> None:
    window.show_page(page)
    qtbot.wait(50)
    seen = False
    for view in window.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
            for index in cells(view):
                seen = seen or "<img" in str(index.data())
                # The house's delegate escapes what it shows, Qt's own reads it as markup.
                tip = "" if isinstance(view.itemDelegate(), CellDelegate) else index.data(Qt.ItemDataRole.ToolTipRole)
                assert "<img" not in str(tip), "a tooltip reads markup"
    for label in window.findChildren(QLabel):
        assert not interpreted(label.text(), label.textFormat()), label.text()
        seen = seen or ("<img" in label.text() and label.isVisible())
    for widget in window.findChildren(QWidget):
        assert "<img" not in widget.toolTip(), "a tooltip reads markup"
    assert seen, "nothing of the texts is on this page"


def test_the_search_takes_anything(window: MainWindow) -> None:
    for title, _, _ in PAGES:
        window.show_page(title)
        for typed in SEARCHED:
            window._search.setText(typed)
            window._search_page()
