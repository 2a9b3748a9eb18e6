"""Percents, counts and years of one row: told differently in its title, its description and its term, or left out."""

import re
from collections.abc import Iterator
from decimal import Decimal

from cosdesk.domain.checks.claims import claim_of, matching_indicator
from cosdesk.domain.checks.finding import Finding, Mend, Rule
from cosdesk.domain.checks.quantities import COUNTED, Quantity, counts_in, percents_in, plain, worded, years_in
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.words import stems
from cosdesk.domain.roadmap import Item, ItemKind

_NO_COUNT = re.compile(
    rf"\bне\s+(?:менее|более|ниже|выше|свыше)\s+(?:чем\s+)?(?:у\s+|для\s+|в\s+)?(?={COUNTED})", re.IGNORECASE
)
_COMMON = 3
"""A description speaks of the same thing when it shares this many words with the title."""


def figures(subject: Subject) -> Iterator[Finding]:
    for item in subject.contents.items:
        yield from _missing_counts(subject, item)
        if item.kind is ItemKind.INDICATOR:
            continue
        yield from _years_and_term(subject, item)
        if len(stems(item.title) & stems(item.expected)) >= _COMMON:
            yield from _percents(subject, item)
            yield from _counts(subject, item)
            yield from _years(subject, item)


def _percents(subject: Subject, item: Item) -> Iterator[Finding]:
    title, told = percents_in(item.title), percents_in(item.expected)
    if not _differ(title, told):
        return
    named, described = worded(title), worded(told)
    proposal = f"Оставьте одно значение: {named} или {described}."
    mends: tuple[Mend, ...] = ()
    if len(title) == len(told) == 1 and (target := _target(subject, item)) is not None:
        value, source = target
        # The indicator is the judge: what agrees with it stays.
        if title[0].value == value:
            proposal, mends = f"{plain(value)} % – столько на этот год и в плане: {source}.", (told[0].mend(value),)
        elif told[0].value == value:
            proposal = f"{plain(value)} % – столько на этот год и в плане: {source}. Исправьте наименование."
    yield subject.of_item(
        Rule.PERCENT_DIFFERS,
        item,
        "expected",
        f"В наименовании {named}, а в характеристике {described}: неясно, чего нужно достичь.",
        proposal,
        mends,
        mark=f"{named} {described}",
    )


def _counts(subject: Subject, item: Item) -> Iterator[Finding]:
    for kind in {count.unit for count in counts_in(item.title)} & {count.unit for count in counts_in(item.expected)}:
        title = [count for count in counts_in(item.title) if count.unit == kind]
        told = [count for count in counts_in(item.expected) if count.unit == kind]
        if _differ(title, told):
            yield subject.of_item(
                Rule.COUNT_DIFFERS,
                item,
                "expected",
                f"В наименовании «{worded(title)}», а в характеристике «{worded(told)}»: неясно, чего нужно достичь.",
                "Оставьте одно число.",
                mark=f"{worded(title)} {worded(told)}",
            )


def _differ(one: list[Quantity], other: list[Quantity]) -> bool:
    """Different values, as many in both; where not as many, nothing in common."""
    first, second = [quantity.value for quantity in one], [quantity.value for quantity in other]
    if not first or not second:
        return False
    return sorted(first) != sorted(second) if len(first) == len(second) else not set(first) & set(second)


def _missing_counts(subject: Subject, item: Item) -> Iterator[Finding]:
    for field, other in (("title", "expected"), ("expected", "title")):
        text = str(getattr(item, field))
        gaps = [(found, _noun_after(text, found.end())) for found in _NO_COUNT.finditer(text)]
        if not gaps:
            continue
        listed = ", ".join(dict.fromkeys(f"«{found[0]}{noun}»" for found, noun in gaps))
        mends, proposal = _counts_from(str(getattr(item, other)), gaps)
        yield subject.of_item(
            Rule.COUNT_MISSING,
            item,
            field,
            f"Пропущено число: {listed}. Такое требование нельзя проверить.",
            proposal,
            mends,
            mark=listed,
        )


def _counts_from(text: str, gaps: list[tuple[re.Match[str], str]]) -> tuple[tuple[Mend, ...], str]:
    """The numbers for the gaps, and how they read, where the other text has exactly one for each."""
    mends, phrases = [], []
    for gap, noun in gaps:
        told = [count for count in counts_in(text) if count.text.endswith(noun)]
        if len(told) != 1:
            return (), "Впишите число."
        mends.append(Mend(gap.end(), gap.end(), f"{plain(told[0].value)} "))
        phrases.append(f"{gap[0]}{told[0].text}")
    return tuple(mends), ", ".join(dict.fromkeys(phrases))


def _noun_after(text: str, at: int) -> str:
    noun = re.compile(r"\w+").match(text, at)
    return noun[0] if noun else ""


def _years(subject: Subject, item: Item) -> Iterator[Finding]:
    title, told = years_in(item.title), years_in(item.expected)
    if title and told and not title & told:
        yield subject.of_item(
            Rule.YEAR_DIFFERS,
            item,
            "expected",
            f"В наименовании {_listed(title)}, а в характеристике {_listed(told)}: неясен срок.",
            "Оставьте один год.",
            mark=f"{_listed(title)} {_listed(told)}",
        )


def _years_and_term(subject: Subject, item: Item) -> Iterator[Finding]:
    schedule = subject.schedules[item.id]
    named = years_in(item.title) or years_in(item.expected)
    if len(named) != 1 or not schedule.windows or schedule.assumption:
        return
    (year,) = named
    first, last = schedule.windows[0].start.year, schedule.windows[-1].end.year
    if not first <= year <= last:
        yield subject.of_item(
            Rule.YEAR_DIFFERS,
            item,
            "title" if years_in(item.title) else "expected",
            f"В тексте {year} год, а срок строки – {item.term.text}.",
            "Сверьте год со сроком.",
            mark=f"{year} {item.term.text}",
        )


def _target(subject: Subject, item: Item) -> tuple[Decimal, str] | None:
    """What the indicator that the row names plans for the row's year, and where that indicator stands."""
    claim = claim_of(item, subject.schedules[item.id])
    found = matching_indicator(subject, claim)
    target = found.target(str(claim.year)) if found and claim.year else None
    return (target, subject.indicator_places[found.id]) if found and target is not None else None


def _listed(years: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(years))) + (" год" if len(years) == 1 else " годы")
