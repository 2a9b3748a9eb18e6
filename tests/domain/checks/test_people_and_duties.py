"""Who is named, how, and where nobody and nothing is."""

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.checks.people import are_alike
from cosdesk.domain.checks.proofreading import check, mended
from cosdesk.domain.roadmap import RoadmapContents, Stamp, StampKind
from tests.domain.checks.plans import ZARECHNY, findings, only, plan, results_and_plan, row


def worked_by(*people: str) -> RoadmapContents:
    return plan(*(row(f"Строка {place}", responsible=name.split("\n")) for place, name in enumerate(people)))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Рощин", "Рощен", True),
        ("Рощин", "Рощни", True),
        ("Белозерцев", "Белазерцов", True),
        ("Рощин", "Рощина", False),
        ("Соболева", "Соболевой", False),
        ("Рощин", "Ращен", False),
        ("Ким", "Кин", False),
        ("Рощин", "Соболев", False),
    ],
)
def test_surnames_are_alike_by_a_slip_of_the_hand(one: str, other: str, alike: bool) -> None:
    assert are_alike(one, other) is are_alike(other, one) is alike


def test_the_rarer_of_two_alike_surnames_is_mended_wherever_it_stands() -> None:
    contents = worked_by("Рощин К.Е.", "Рощин К.Е., школы", "Соболева О.К.\nРощен К.Е.")
    found = only(contents, Rule.SURNAME_ALIKE)
    assert (found.item_id, found.proposal) == (3, "Рощин К.Е.")
    assert mended(contents, [found]).items[2].responsible == ("Соболева О.К.", "Рощин К.Е.")


def test_of_two_that_stand_as_often_none_is_preferred() -> None:
    found = only(worked_by("Рощин К.Е.", "Рощен К.Е."), Rule.SURNAME_ALIKE)
    assert found.replacement is None
    assert "Рощин" in found.proposal and "Рощен" in found.proposal


def test_the_directory_knows_better() -> None:
    contents = worked_by("Рощен К.Е.", "Рощен К.Е.", "Рощин К.Е.")
    named = check(contents, ZARECHNY, ["Рощин К.Е."])
    assert {found.proposal for found in named if found.rule is Rule.SURNAME_ALIKE} == {"Рощин К.Е."}
    both = check(contents, ZARECHNY, ["Рощин К.Е.", "Рощен К.Е."])
    assert [found for found in both if found.rule is Rule.SURNAME_ALIKE] == []


@pytest.mark.parametrize(
    "people",
    [("Рощин К.Е.", "Рощен А.Б."), ("Рощин К.Е.", "Рощиной К.Е."), ("Рощин К.Е.", "К.Е. Рощин"), ("Отдел", "Отделы")],
)
def test_other_people_are_left_alone(people: tuple[str, ...]) -> None:
    assert findings(worked_by(*people), Rule.SURNAME_ALIKE, Rule.INITIALS_ODD) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Рощин К.е.", "Рощин К.Е."),
        ("Рощин к.Е., методист", "Рощин К.Е., методист"),
        ("Рощин К.Е", "Рощин К.Е."),
        ("Рощин K. E.", "Рощин К. Е."),
    ],
)
def test_odd_initials_are_mended(typed: str, expected: str) -> None:
    contents = worked_by(typed)
    found = only(contents, Rule.INITIALS_ODD)
    assert mended(contents, [found]).items[0].responsible == (expected,)


def test_a_stamp_is_read_too() -> None:
    stamp = Stamp(7, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава района", "К.е. Рощин")
    contents = plan(row(), stamps=(stamp,))
    found = only(contents, Rule.INITIALS_ODD)
    assert (found.stamp_id, found.place) == (7, "гриф «УТВЕРЖДАЮ», фамилия")
    assert mended(contents, [found]).stamps[0].name == "К.Е. Рощин"


def test_telephone_and_initials_part() -> None:
    contents = worked_by("Рощин К.Е.8(35300)20000")
    assert only(contents, Rule.SPACING).replacement == "Рощин К.Е. 8(35300)20000"


FULL = [row(f"Строка {number}", str(number), responsible="Отдел", expected="Приказ") for number in range(1, 7)]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"expected": "Приказ"}, Rule.RESPONSIBLE_MISSING),
        ({"responsible": "Отдел"}, Rule.EVIDENCE_MISSING),
        ({"responsible": "Отдел", "expected": " – "}, Rule.EVIDENCE_MISSING),
    ],
)
def test_a_blank_is_told_where_most_rows_are_filled(fields: dict[str, str], rule: Rule) -> None:
    contents = plan(*FULL, row("Пустая", "7", **fields))
    (found,) = findings(contents, Rule.RESPONSIBLE_MISSING, Rule.EVIDENCE_MISSING)
    assert (found.rule, found.item_id) == (rule, 7)


def test_a_column_that_few_rows_fill_is_not_asked_for() -> None:
    empty = [row(f"Пустая {number}") for number in range(3)]
    assert findings(plan(*FULL, *empty), Rule.RESPONSIBLE_MISSING, Rule.EVIDENCE_MISSING) == []


def test_each_part_has_its_own_columns() -> None:
    results = [row(f"Результат {number}", section_id=1) for number in range(6)]
    rows = [row(f"Строка {number}", section_id=2, responsible="Отдел", expected="Акт") for number in range(6)]
    contents = plan(*results, *rows, sections=results_and_plan())
    assert findings(contents, Rule.RESPONSIBLE_MISSING, Rule.EVIDENCE_MISSING) == []


def test_a_heading_row_is_proved_by_the_rows_under_it() -> None:
    heading = row("Результат", "7")
    below = row("Работа", "7.1", parent_id=7, responsible="Отдел", expected="Акт")
    assert findings(plan(*FULL, heading, below), Rule.RESPONSIBLE_MISSING, Rule.EVIDENCE_MISSING) == []
    bare = row("Работа", "7.1", parent_id=13)
    told = findings(plan(*FULL, *FULL, heading, bare), Rule.EVIDENCE_MISSING)
    assert [found.item_id for found in told] == [13, 14]
