"""«Удалить персональные данные…» on the page «Люди»: asked once, then out of the file and its copies."""

from dataclasses import replace
from pathlib import Path

import pytest

from cosdesk import erasure
from cosdesk.domain.person import Membership, Person
from cosdesk.errors import UserError
from cosdesk.store import backup, opening
from cosdesk.store.people import add_person
from cosdesk.store.roadmaps import change_item
from cosdesk.ui import person_erasure
from cosdesk.ui.people_page import PeoplePage

NAME = "Нощихин М.В."


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (backup, opening, erasure):
        monkeypatch.setattr(module, "user_data_folder", lambda: tmp_path / "данные")


@pytest.fixture
def page(workspace, show_page) -> PeoplePage:
    with workspace.edit("Ответственный") as edit:
        change_item(edit, replace(workspace.contents.items[0], responsible=(NAME,)))
        add_person(edit, Person(0, NAME, full_name="Нощихин Марк Витальевич"))
        add_person(edit, Person(0, "Все школы", Membership.SCHOOL_HEADS))
    workspace.file.back_up()
    return show_page(PeoplePage, workspace)


def choose(page: PeoplePage, row: int) -> None:
    page.table.setCurrentIndex(page.proxy.index(row, 0))


def test_the_name_goes_from_the_file_its_copies_and_the_screen(page, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(
        person_erasure, "ask", lambda question, *_, **options: asked.append((question, options)) or True
    )
    choose(page, 0)
    page.erase_action.trigger()
    qtbot.waitUntil(lambda: "Персональные данные удалены" in page._notice.text(), timeout=10_000)
    question, options = asked[0]
    assert "Отменить это нельзя" in question and "строки – 1" in question and options["is_final"]
    assert [person.name for person in page.workspace.snapshot.people] == ["Все школы"]
    assert page.workspace.contents.items[0].responsible == ("данные удалены",)
    folder = page.workspace.file.path.parent
    page.workspace.close()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 3 and not any(word.encode() in path.read_bytes() for path in files for word in NAME.split())


def test_declined_nothing_happens(page, monkeypatch) -> None:
    monkeypatch.setattr(person_erasure, "ask", lambda *_, **__: False)
    choose(page, 0)
    mark = page.workspace.file.mark
    page.erase_action.trigger()
    assert page.workspace.file.mark == mark and not page.tasks.is_busy


def test_a_group_is_nobodys_data(page) -> None:
    choose(page, 1)
    with pytest.raises(UserError, match="не группу"):
        page.erase_personal_data()


def test_broken_off_between_copies_and_file_it_is_given_again(page, qtbot, monkeypatch) -> None:
    """The copies are done, the disk refuses the file: the person still stands in the directory."""
    monkeypatch.setattr(person_erasure, "ask", lambda *_, **__: True)
    choose(page, 0)
    with monkeypatch.context() as refusing:

        def refuses(*_: object) -> int:
            raise UserError("На диске нет места.")

        refusing.setattr(person_erasure, "erase_from_file", refuses)
        with qtbot.captureExceptions() as caught:
            page.erase_action.trigger()
            qtbot.waitUntil(lambda: not page.tasks.is_busy and bool(caught), timeout=10_000)
    assert page.workspace.snapshot.people[0].name == NAME
    page.erase_action.trigger()
    qtbot.waitUntil(lambda: "Персональные данные удалены" in page._notice.text(), timeout=10_000)
