"""Numbers of rows: what is proposed, what is kept, what is made anew."""

import pytest

from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section
from cosdesk.domain.row_numbers import follow, number_after_move, propose_number, renumber

ACTIVITY = ItemKind.ACTIVITY


def plan(*rows: tuple[str, int | None, int | None], sections: tuple[str, ...] = ("1", "2")) -> RoadmapContents:
    """Rows as (number, parent id, section id), their ids by order."""
    return RoadmapContents(
        Roadmap(1, "План", "sections"),
        sections=tuple(Section(number, name, "") for number, name in enumerate(sections, 1)),
        items=tuple(
            Item(n, ACTIVITY, "", number, parent, section) for n, (number, parent, section) in enumerate(rows, 1)
        ),
    )


TREE = plan(("1.1", None, 1), ("1.1.1", 1, 1), ("1.1.2", 1, 1), ("1.2", None, 1), ("2.1", None, 2))
DOTTED = plan(("1.", None, None), ("2.", None, None), ("2.1.", 2, None))
FLAT = plan(("1", None, 1), ("2", None, 1), ("3", None, 2))
BARE = plan(("", None, None), ("", None, None))


@pytest.mark.parametrize(
    ("contents", "numbering", "parent", "section", "index", "proposed"),
    [
        (TREE, "sections", None, 1, None, "1.3"),
        (TREE, "sections", None, 1, 1, "1.3"),  # 1.2 is taken and stays
        (TREE, "sections", None, 1, 0, "1.3"),
        (TREE, "sections", None, 2, None, "2.2"),
        (TREE, "sections", 1, 1, None, "1.1.3"),
        (TREE, "sections", 4, 1, None, "1.2.1"),
        (DOTTED, "levels", None, None, None, "3."),
        (DOTTED, "levels", 2, None, None, "2.2."),
        (DOTTED, "levels", 1, None, None, "1.1."),
        (FLAT, "flat", None, 1, None, "4"),
        (FLAT, "flat", None, 2, None, "4"),
        (BARE, "levels", None, None, None, ""),
        (BARE, "levels", 1, None, None, ""),
        (plan(), "levels", None, None, None, "1"),
        (plan(), "sections", None, 2, None, "2.1"),
        (plan(sections=("Направление 1", "Направление 2")), "sections", None, 2, None, "2.1"),
        (plan(("1.1", None, 1), ("1.3", None, 1)), "sections", None, 1, 1, "1.2"),
        (plan(("1.9", None, 1)), "sections", None, 1, None, "1.10"),
        (plan(("п. 3", None, 1), ("без номера", None, 1)), "levels", None, 1, None, "п. 4"),
    ],
)
def test_proposed(
    contents: RoadmapContents, numbering: str, parent: int | None, section: int | None, index: int | None, proposed: str
) -> None:
    assert propose_number(contents, numbering, parent, section, index) == proposed


@pytest.mark.parametrize(
    ("old", "proposed", "taken", "number"),
    [
        ("1.3", "1.2.3", (), "1.2.3"),
        ("1.3", "1.5", (), "1.3"),
        ("1.3", "1.5", ("1.3",), "1.5"),
        ("", "1.5", (), ""),
        ("1.3", "", (), "1.3"),
        ("особый", "1.5", (), "особый"),
    ],
)
def test_after_a_move(old: str, proposed: str, taken: tuple[str, ...], number: str) -> None:
    assert number_after_move(old, proposed, taken) == number


@pytest.mark.parametrize(
    ("number", "old", "new", "followed"),
    [
        ("1.2.3", "1.2", "2.5", "2.5.3"),
        ("1.2.3.", "1.2.", "2.5.", "2.5.3."),
        ("1.20", "1.2", "2.5", "1.20"),
        ("7", "1.2", "2.5", "7"),
        ("1.2.3", "1.2", "", "1.2.3"),
        ("1", "", "2", "1"),
    ],
)
def test_a_branch_follows_its_head(number: str, old: str, new: str, followed: str) -> None:
    assert follow(number, old, new) == followed


@pytest.mark.parametrize(
    ("contents", "numbering", "numbers"),
    [
        (TREE, "sections", ["1.1", "1.1.1", "1.1.2", "1.2", "2.1"]),
        (TREE, "levels", ["1", "1.1", "1.2", "2", "1"]),
        (TREE, "flat", ["1", "1.1", "1.2", "2", "3"]),
        (DOTTED, "levels", ["1.", "2.", "2.1."]),
        (BARE, "levels", ["1", "2"]),
    ],
)
def test_made_anew(contents: RoadmapContents, numbering: str, numbers: list[str]) -> None:
    assert list(renumber(contents, numbering).values()) == numbers
