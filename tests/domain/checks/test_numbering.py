"""Numbers of rows and sections."""

from dataclasses import replace

import pytest

from cosdesk.domain.checks.finding import Rule
from cosdesk.domain.checks.proofreading import mended
from cosdesk.domain.roadmap import RoadmapContents, Section
from tests.domain.checks.plans import findings, only, plan, row

NUMBERS = (Rule.NUMBER_MISSING, Rule.NUMBER_DOUBLED, Rule.ROW_UNNUMBERED)


def numbered(*numbers: str) -> RoadmapContents:
    """Rows with those numbers, «1.2» under «1»."""
    parents = {number.rstrip("."): place for place, number in enumerate(numbers, 1)}
    rows = [
        replace(row(f"Строка {place}", number), parent_id=parents.get(number.rstrip(".").rpartition(".")[0]))
        for place, number in enumerate(numbers, 1)
    ]
    return plan(*rows)


@pytest.mark.parametrize(
    ("numbers", "rule", "place", "told"),
    [
        (("1", "1.1", "1.2", "1.5"), Rule.NUMBER_MISSING, "строка 1.5, номер", "нет номеров 1.3, 1.4"),
        (("1.", "2.", "4."), Rule.NUMBER_MISSING, "строка 4, номер", "нет номера 3"),
        (("1", "1.2", "1.3"), Rule.NUMBER_MISSING, "строка 1.2, номер", "нет номера 1.1"),
        (("1", "2", "40"), Rule.NUMBER_MISSING, "строка 40, номер", "номеров 3–39"),
        (("1", "2", "2."), Rule.NUMBER_DOUBLED, "строка 2, номер", "Номер 2 уже стоит"),
        (("1", "2", "", "3"), Rule.ROW_UNNUMBERED, "3-я строка («Строка 3»), номер", "нет номера"),
    ],
)
def test_a_fault_is_told_at_its_row(numbers: tuple[str, ...], rule: Rule, place: str, told: str) -> None:
    (found,) = findings(numbered(*numbers), *NUMBERS)
    assert (found.rule, found.place) == (rule, place)
    assert told in found.message


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "1.1", "1.2", "2", "2.1"),
        ("5", "6", "7"),
        ("1", "1.1", "", "", ""),
        ("1", "2", "10", "11", *map(str, range(3, 10))),
        ("", ""),
    ],
)
def test_sound_numbers_are_left_alone(numbers: tuple[str, ...]) -> None:
    assert findings(numbered(*numbers), *NUMBERS) == []


def test_the_same_number_in_two_sections_is_no_double() -> None:
    sections = (Section(1, "1", "Первый"), Section(2, "2", "Второй"))
    contents = plan(row("Одно", "1", section_id=1), row("Другое", "1", section_id=2), sections=sections)
    assert findings(contents, *NUMBERS) == []


def test_a_plan_without_any_number_is_told_once() -> None:
    found = only(numbered("", "", "", ""), Rule.ROW_UNNUMBERED)
    assert found.place == "весь план"


def sectioned(*numbers: str) -> RoadmapContents:
    sections = tuple(Section(place, number, f"Раздел {place}") for place, number in enumerate(numbers, 1))
    return plan(row("Строка", "1"), sections=sections)


def test_a_section_worded_unlike_the_others_is_mended() -> None:
    contents = sectioned("Направление 1", "Направление 2", "3", "Направление 4")
    found = only(contents, Rule.SECTION_WORD)
    assert (found.section_id, found.replacement) == (3, "Направление 3")
    assert mended(contents, [found]).sections[2].number == "Направление 3"
    assert findings(sectioned("1", "2", "3", "4"), Rule.SECTION_WORD) == []
    assert findings(sectioned("Направление 1", "2", "3"), Rule.SECTION_WORD) == []


def test_sections_are_counted_too() -> None:
    assert only(sectioned("1", "2", "4"), Rule.NUMBER_MISSING).section_id == 3
    assert only(sectioned("1", "2", "2"), Rule.NUMBER_DOUBLED).section_id == 3
