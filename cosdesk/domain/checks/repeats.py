"""Rows and indicators that stand twice."""

from collections.abc import Iterator

from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.roadmap import Item, Part

_SHORTEST = 12


def repeats(subject: Subject) -> Iterator[Finding]:
    first: dict[tuple[Part, str, str, str, tuple[str, ...]], Item] = {}
    for item in subject.contents.items:
        if len(item.title) < _SHORTEST or item.cancelled:
            continue
        people = tuple(map(_folded, item.responsible))
        key = (subject.parts[item.id], _folded(item.title), _folded(item.term.text), _folded(item.expected), people)
        if key in first:
            yield subject.of_item(
                Rule.ROW_DOUBLED,
                item,
                "title",
                f"Такая же строка уже есть ({subject.places[first[key].id]}): то же наименование, срок и исполнитель."
                " Её исполнение посчитается дважды.",
                "Удалите лишнюю строку или уточните, чем она отличается.",
            )
        first.setdefault(key, item)
    yield from _indicators(subject)


def _indicators(subject: Subject) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    for indicator in subject.contents.indicators:
        key = (_folded(indicator.title), _folded(indicator.territory))
        if key in seen and key[0]:
            yield subject.of_indicator(
                Rule.INDICATOR_DOUBLED,
                indicator,
                "наименование",
                f"Такой же показатель уже есть: {subject.indicator_places[seen[key]]}.",
                "Удалите лишний показатель или уточните, чем он отличается.",
                mark="doubled",
            )
        seen.setdefault(key, indicator.id)


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split()).rstrip(".;, ")
