"""Small plans of an invented district, and what the proof-reader says of them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.proofreading import check
from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import Item, ItemKind, Part, Roadmap, RoadmapContents, Section, Stamp, Term

ZARECHNY = District(
    "Заречный район", "Приозёрная область", name_genitive="Заречного района", name_locative="Заречном районе"
)
TITLE = "ПЛАН МЕРОПРИЯТИЙ в Заречном районе"


def row(title: str = "Провести проверку сайтов", number: str = "", **fields: Any) -> Item:
    """A row without an id; ``plan`` gives it one.  ``start``, ``end`` and ``term`` are the term's cells."""
    term = Term(fields.pop("term", ""), fields.pop("start", ""), fields.pop("end", ""))
    people = fields.pop("responsible", ())
    responsible = (people,) if isinstance(people, str) else tuple(people)
    return Item(0, fields.pop("kind", ItemKind.ACTIVITY), title, number, term=term, responsible=responsible, **fields)


def share(title: str = "Доля школ с быстрым доступом", number: str = "1", **targets: float) -> Indicator:
    """An indicator in percents; targets are given as ``y2021=40``."""
    values = tuple(Target(year.removeprefix("y"), Decimal(str(value))) for year, value in targets.items())
    return Indicator(0, title, number, unit="процент", targets=values)


def plan(
    *items: Item,
    indicators: Sequence[Indicator] = (),
    sections: Sequence[Section] = (),
    stamps: Sequence[Stamp] = (),
    title: str = TITLE,
    goal: str = "",
    years: tuple[int, int] | None = (2021, 2024),
) -> RoadmapContents:
    """A roadmap of those rows; they and the indicators are numbered by ids 1, 2, 3…"""
    first, last = years or (None, None)
    return RoadmapContents(
        Roadmap(1, title, "sections", goal, first, last),
        stamps=tuple(stamps),
        sections=tuple(sections),
        items=tuple(replace(item, id=place) for place, item in enumerate(items, 1)),
        indicators=tuple(replace(indicator, id=place) for place, indicator in enumerate(indicators, 1)),
    )


def results_and_plan() -> tuple[Section, Section]:
    """Section 1 holds results, section 2 the plan."""
    return Section(1, "2", "Результаты", Part.RESULTS), Section(2, "3", "План")


def findings(contents: RoadmapContents, *rules: Rule, district: District = ZARECHNY) -> list[Finding]:
    """What is found by those rules."""
    return [found for found in check(contents, district) if found.rule in rules]


def only(contents: RoadmapContents, rule: Rule, district: District = ZARECHNY) -> Finding:
    """The one finding of that rule."""
    (found,) = findings(contents, rule, district=district)
    return found
