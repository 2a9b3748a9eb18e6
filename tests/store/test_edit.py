"""Every edit is one transaction, can be undone whole, and is remembered."""

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual, Target
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import Item, ItemKind, Section, Stamp, StampKind
from cosdesk.errors import UserError
from cosdesk.store import districts, evidence, executions, indicators, people, roadmaps, schools
from cosdesk.store.edit import Edit
from cosdesk.store.file import DistrictFile

from .conftest import CONTENTS


def items(file: DistrictFile) -> list[Item]:
    return list(file.snapshot().roadmaps[0].items)


def titles(file: DistrictFile) -> list[str]:
    return [item.title for item in items(file)]


def test_a_draft_comes_back_as_it_was(file: DistrictFile) -> None:
    (found,) = file.snapshot().roadmaps
    assert found == CONTENTS


Change = Callable[[Edit], object]
CHANGES: dict[str, Change] = {
    "district": lambda edit: districts.change_district(
        edit, replace(districts.read_district(edit.database), region="Область", uid="other")
    ),
    "school": lambda edit: schools.add_school(edit, School(0, "Школа", counts=(SchoolCount(2020, 10, 2),))),
    "head": lambda edit: roadmaps.change_roadmap(edit, replace(CONTENTS.roadmap, title="Другое")),
    "delete roadmap": lambda edit: roadmaps.delete_roadmap(edit, 1),
    "add row": lambda edit: roadmaps.add_item(edit, 1, Item(0, ItemKind.ACTIVITY, "Новая", section_id=2), 0),
    "change row": lambda edit: roadmaps.change_item(edit, replace(CONTENTS.items[1], title="Иначе")),
    "move row": lambda edit: roadmaps.move_item(edit, 2, None, 2, 0),
    "delete branch": lambda edit: roadmaps.delete_item(edit, 1),
    "delete section": lambda edit: roadmaps.delete_section(edit, 2),
    "add section": lambda edit: roadmaps.add_section(edit, 1, Section(0, "3", "Кадры")),
    "rename section": lambda edit: roadmaps.change_section(edit, Section(1, "1", "Иначе")),
    "stamp": lambda edit: roadmaps.add_stamp(edit, 1, Stamp(0, StampKind.AGREED, "СОГЛАСОВАНО", side="left")),
    "delete stamp": lambda edit: roadmaps.delete_stamp(edit, 1),
    "target": lambda edit: indicators.set_target(edit, 1, Target("2021", Decimal(70))),
    "no target": lambda edit: indicators.delete_target(edit, 1, "2021"),
    "actual": lambda edit: indicators.set_actual(
        edit, Actual(0, 1, "2021-Q1", numerator=Decimal(1), denominator=Decimal(3))
    ),
    "delete indicator": lambda edit: indicators.delete_indicator(edit, 1),
    "record": lambda edit: executions.record_execution(
        edit, Execution(0, 2, Outcome.DONE, on=date(2021, 2, 3)), "приказ № 16 от 13.01.2021"
    ),
    "person": lambda edit: people.add_person(
        edit,
        Person(0, "Руководители", Membership.LIST, member_ids=(people.add_person(edit, Person(0, "Иванов И.И.")),)),
    ),
    "document": lambda edit: evidence.add_evidence(edit, Evidence(0, "справка", title="О сайтах")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_undo_and_redo_of_every_kind_of_edit(file: DistrictFile, change: Change) -> None:
    before = file.snapshot()
    with file.edit("Правка") as edit:
        change(edit)
    after = file.snapshot()
    assert after != before
    assert file.undo() == "Правка"
    assert file.snapshot() == before
    assert file.redo() == "Правка"
    assert file.snapshot() == after


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["add row", "move row", "delete branch", "actual", "record", "delete section"]), max_size=6
    )
)
def test_undoing_all_brings_back_the_beginning(file: DistrictFile, names: list[str]) -> None:
    before = file.snapshot()
    for name in names:
        # A row may have been deleted by an earlier step.
        with contextlib.suppress(LookupError, sqlite3.IntegrityError), file.edit(name) as edit:
            CHANGES[name](edit)
    while (step := file.journal.next_undo()) and step.title != "Импорт":
        file.undo()
    assert file.snapshot() == before


def test_an_error_inside_an_edit_leaves_nothing(file: DistrictFile) -> None:
    before = file.snapshot()
    with contextlib.suppress(RuntimeError), file.edit("Правка") as edit:
        roadmaps.delete_item(edit, 1)
        raise RuntimeError
    assert file.snapshot() == before
    assert [step.title for step in file.journal.history()] == ["Импорт"]


def test_an_edit_that_changes_nothing_leaves_no_step(file: DistrictFile) -> None:
    with file.edit("Правка") as edit:
        roadmaps.change_item(edit, CONTENTS.items[0])
    assert file.journal.next_undo().title == "Импорт"  # type: ignore[union-attr]


def test_a_new_edit_ends_what_could_be_redone(file: DistrictFile) -> None:
    for title in ("Первая", "Вторая"):
        with file.edit("Строка") as edit:
            roadmaps.change_item(edit, replace(CONTENTS.items[0], title=title))
    file.undo()
    with file.edit("Строка") as edit:
        roadmaps.change_item(edit, replace(CONTENTS.items[0], title="Третья"))
    assert file.redo() == ""
    file.undo()
    assert titles(file)[0] == "Первая"


def test_history_tells_who_what_was_and_what_became(file: DistrictFile) -> None:
    file.who = "Петрова"
    with file.edit("Срок строки 1.1.2") as edit:
        roadmaps.change_item(edit, replace(CONTENTS.items[2], note="Перенос"))
    step = file.journal.history()[0]
    assert (step.who, step.title, step.undone) == ("Петрова", "Срок строки 1.1.2", False)
    (change,) = file.journal.changes(step.id)
    assert (change.table, change.row_id, change.before, change.after) == ("item", 3, {"note": ""}, {"note": "Перенос"})


def test_undo_works_after_the_file_was_closed(file: DistrictFile) -> None:
    before = file.snapshot()
    with file.edit("Удаление") as edit:
        roadmaps.delete_item(edit, 1)
    file.close()
    with DistrictFile.open(file.path) as again:
        assert again.undo() == "Удаление"
        assert again.snapshot() == before


def test_rows_move_among_neighbours_and_into_other_branches(file: DistrictFile) -> None:
    with file.edit("Вверх") as edit:
        roadmaps.move_item(edit, 3, 1, 1, 0)
    assert titles(file) == ["Сайты обновлены", "Совещание", "Письмо школам", "Доля школ"]
    with file.edit("Ветка в другой раздел") as edit:
        roadmaps.move_item(edit, 1, None, 2, 1)
    assert titles(file) == ["Доля школ", "Сайты обновлены", "Совещание", "Письмо школам"]
    assert {item.section_id for item in items(file)} == {2}


def test_a_row_cannot_move_into_its_own_branch(file: DistrictFile) -> None:
    with pytest.raises(UserError), file.edit("Цикл") as edit:
        roadmaps.move_item(edit, 1, 2, 1, 0)


def test_many_insertions_at_one_place_keep_their_order(file: DistrictFile) -> None:
    for number in range(40):
        with file.edit("Строка") as edit:
            roadmaps.add_item(edit, 1, Item(0, ItemKind.ACTIVITY, f"{number}", section_id=2), 0)
    assert titles(file)[3:-1] == [f"{number}" for number in reversed(range(40))]


def test_one_document_proves_two_rows_once(file: DistrictFile) -> None:
    for item_id in (2, 3):
        with file.edit("Выполнение") as edit:
            executions.record_execution(edit, Execution(0, item_id, Outcome.DONE), "Приказ от 13.01.2021 №16")
    (document,) = file.snapshot().evidence
    assert (document.number, document.on, document.item_ids) == ("16", date(2021, 1, 13), (2, 3))


def test_an_actual_of_the_same_period_is_replaced(file: DistrictFile) -> None:
    for value in (10, 20):
        with file.edit("Факт") as edit:
            indicators.set_actual(edit, Actual(0, 1, "2021", Decimal(value)))
    (actual,) = file.snapshot().actuals
    assert actual.value == 20


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_refreshed_snapshot_equals_one_read_anew(file: DistrictFile, change: Change) -> None:
    before = file.snapshot()
    with file.edit("Правка") as edit:
        change(edit)
    after = file.refreshed(before, edit.changes)
    assert after == file.snapshot()
    step = file.journal.next_undo()
    assert step is not None
    file.undo()
    assert file.refreshed(after, file.journal.changes(step.id)) == before


def test_an_edited_row_leaves_the_others_the_same_objects(file: DistrictFile) -> None:
    before = file.snapshot()
    with file.edit("Правка") as edit:
        roadmaps.change_item(edit, replace(CONTENTS.items[1], title="Иначе"))
    after = file.refreshed(before, edit.changes)
    pairs = zip(before.roadmaps[0].items, after.roadmaps[0].items, strict=True)
    assert [old is new for old, new in pairs] == [True, False, True, True]
