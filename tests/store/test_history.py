"""The history of one row, documents untied, sections and stamps put in order."""

from datetime import date

import pytest

from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.roadmap import Item, Stamp, StampKind, Term
from cosdesk.store import evidence, executions, roadmaps
from cosdesk.store.file import DistrictFile


def item(file: DistrictFile, item_id: int) -> Item:
    return next(found for found in file.snapshot().roadmaps[0].items if found.id == item_id)


def changed(file: DistrictFile, title: str, item_id: int, term: str) -> None:
    present = item(file, item_id)
    with file.edit(title) as edit:
        roadmaps.change_item(edit, Item(present.id, present.kind, present.title, present.number, present.parent_id,
                                        present.section_id, Term(term)))  # fmt: skip


def titles(file: DistrictFile, item_id: int) -> list[str]:
    return [step.title for step, _ in file.journal.history_of("item", item_id)]


def test_what_touched_a_row_and_its_records_the_newest_first(file: DistrictFile) -> None:
    changed(file, "Срок строки 2", 2, "май 2021")
    changed(file, "Срок строки 3", 3, "июнь 2021")
    with file.edit("Исполнение") as edit:
        record = executions.record_execution(edit, Execution(0, 2, Outcome.DONE, on=date(2021, 5, 1)), "акт № 1")
    with file.edit("Поправка записи") as edit:
        executions.change_execution(edit, Execution(record, 2, Outcome.PARTLY, on=date(2021, 5, 1)))
    with file.edit("Удаление записи") as edit:
        executions.delete_execution(edit, record)
    assert titles(file, 2) == ["Удаление записи", "Поправка записи", "Исполнение", "Срок строки 2", "Импорт"]
    assert titles(file, 3) == ["Срок строки 3", "Импорт"]
    changes = file.journal.history_of("item", 2)[1][1]
    assert [(c.table, dict(c.before or {}), dict(c.after or {})) for c in changes] == [
        ("execution", {"outcome": "done"}, {"outcome": "partly"})
    ]


def test_what_was_undone_is_no_history(file: DistrictFile) -> None:
    changed(file, "Срок строки 2", 2, "май 2021")
    file.undo()
    assert titles(file, 2) == ["Импорт"]


@pytest.fixture
def proved(file: DistrictFile) -> tuple[int, int]:
    """Two executions of rows 2 and 3 proved by one document, which proves row 2 as a whole as well."""
    with file.edit("Исполнение") as edit:
        paper = "приказ № 5 от 01.05.2021"
        first = executions.record_execution(edit, Execution(0, 2, Outcome.DONE), paper)
        second = executions.record_execution(edit, Execution(0, 3, Outcome.DONE), paper)
        evidence.prove(edit, 1, 2)
    return first, second


def test_untied_from_one_execution(file: DistrictFile, proved: tuple[int, int]) -> None:
    with file.edit("Убрать") as edit:
        assert not evidence.disprove(edit, 1, 2, proved[0])
    (paper,) = file.snapshot().evidence
    assert (paper.item_ids, paper.execution_ids) == ((3, 2), (proved[1],))


def test_untied_from_a_row_with_its_executions(file: DistrictFile, proved: tuple[int, int]) -> None:
    with file.edit("Убрать") as edit:
        assert not evidence.disprove(edit, 1, 2)
    (paper,) = file.snapshot().evidence
    assert (paper.item_ids, paper.execution_ids) == ((3,), (proved[1],))


def test_a_document_that_proves_nothing_goes(file: DistrictFile, proved: tuple[int, int]) -> None:
    with file.edit("Убрать") as edit:
        evidence.disprove(edit, 1, 2)
        assert evidence.disprove(edit, 1, 3)
    assert file.snapshot().evidence == ()
    file.undo()
    assert file.snapshot().evidence[0].item_ids == (2, 3)


def test_order_of_sections_and_stamps(file: DistrictFile) -> None:
    with file.edit("Гриф") as edit:
        added = roadmaps.add_stamp(edit, 1, Stamp(0, StampKind.AGREED, "СОГЛАСОВАНО"))
    with file.edit("Порядок") as edit:
        roadmaps.order_sections(edit, [2, 1])
        roadmaps.order_stamps(edit, [added, 1])
    (contents,) = file.snapshot().roadmaps
    assert [section.id for section in contents.sections] == [2, 1]
    assert [stamp.id for stamp in contents.stamps] == [added, 1]
    assert [found.section_id for found in contents.items] == [2, 1, 1, 1]
