"""A row, an indicator or a roadmap found by what a person types: a printed number, an id, a piece of the title."""

from collections.abc import Sequence
from typing import TypeVar

from cosdesk.domain.district import Snapshot
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, Part, RoadmapContents
from cosdesk.errors import UserError

Row = TypeVar("Row", Item, Indicator)

_LIKENESS = 80.0
"""How alike a title must be to what was typed, of 100."""
_LEAD = 5.0
"""How far ahead of the next one the likeliest title must be."""


def find_roadmap(snapshot: Snapshot, wording: str | None) -> RoadmapContents:
    """The roadmap of that id, the first for None; ``UserError`` when there is none."""
    if not snapshot.roadmaps:
        raise UserError("В файле нет дорожной карты. Загрузите её командой: cosdesk import ФАЙЛ ДОКУМЕНТ")
    for contents in snapshot.roadmaps:
        if wording is None or wording.strip().removeprefix("#") == str(contents.roadmap.id):
            return contents
    known = "; ".join(f"{c.roadmap.id} – {_short(c.roadmap.title)}" for c in snapshot.roadmaps)
    raise UserError(f"Дорожной карты «{wording}» в файле нет. Есть: {known}.")


def find_item(snapshot: Snapshot, wording: str) -> tuple[RoadmapContents, Item]:
    """The row of a printed number («1.2») or an id («#17», or «17» where no row has that number).

    A number that stands in several parts means the plan's row; ``UserError`` when nothing
    or more than one is found.
    """
    owners = {item.id: contents for contents in snapshot.roadmaps for item in contents.items}
    found = _by_number_or_id([item for contents in snapshot.roadmaps for item in contents.items], wording)
    planned = [item for item in found if _part(owners[item.id], item) is Part.PLAN]
    if len(planned) == 1:
        found = planned
    if not found:
        raise UserError(f"Строки «{wording}» нет. Номера строк покажет команда: cosdesk show ФАЙЛ")
    if len(found) > 1:
        raise _ambiguous(f"Строк с номером «{wording}» несколько", found)
    return owners[found[0].id], found[0]


def find_indicator(snapshot: Snapshot, wording: str) -> Indicator:
    """The indicator of a number, an id or a like title; ``UserError`` when nothing or more than one is found."""
    indicators = [indicator for contents in snapshot.roadmaps for indicator in contents.indicators]
    if not indicators:
        raise UserError("В файле нет показателей. Загрузите дорожную карту с показателями или добавьте их в окне.")
    found = _by_number_or_id(indicators, wording) or _by_title(indicators, wording)
    if not found:
        raise UserError(f"Показателя «{wording}» нет. Номера показателей покажет команда: cosdesk show ФАЙЛ")
    if len(found) > 1:
        raise _ambiguous(f"К «{wording}» подходят несколько показателей", found)
    return found[0]


def _by_number_or_id(rows: Sequence[Row], wording: str) -> list[Row]:
    """All rows of that number; where there is none, the row of that id."""
    text = wording.strip()
    if not text.startswith("#"):
        numbered = [row for row in rows if row.number and _plain(row.number) == _plain(text)]
        if numbered:
            return numbered
    return [row for row in rows if str(row.id) == text.removeprefix("#")]


def _by_title(indicators: Sequence[Indicator], wording: str) -> list[Indicator]:
    text = " ".join(wording.casefold().split())
    if not text:
        return []
    titles = [" ".join(indicator.title.casefold().split()) for indicator in indicators]
    holding = [indicator for indicator, title in zip(indicators, titles, strict=True) if text in title]
    if holding:
        return holding
    # Imported late: only a title that nobody has word for word needs it.
    from rapidfuzz import fuzz

    scores = [max(fuzz.ratio(text, title), fuzz.token_set_ratio(text, title)) for title in titles]
    best = max(scores)
    if best < _LIKENESS:
        return []
    return [indicator for indicator, score in zip(indicators, scores, strict=True) if score > best - _LEAD]


def _plain(number: str) -> str:
    return "".join(number.split()).rstrip(".")


def _part(contents: RoadmapContents, item: Item) -> Part:
    return next((section.part for section in contents.sections if section.id == item.section_id), Part.PLAN)


def _ambiguous(what: str, rows: Sequence[Row]) -> UserError:
    listed = "; ".join(f"#{row.id} – {row.number} {_short(row.title)}" for row in rows)
    return UserError(f"{what}. Укажите одну: {listed}.")


def _short(title: str, length: int = 60) -> str:
    text = " ".join(title.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
