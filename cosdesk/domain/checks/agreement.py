"""Rows that speak of the same thing in different figures: result and plan, row and indicator, row and its parent."""

from collections.abc import Iterator

from cosdesk.domain.checks.claims import Claim, are_same, claim_of, matching_indicator
from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.quantities import plain, worded
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.roadmap import ItemKind, Part


def agreement(subject: Subject) -> Iterator[Finding]:
    claims = [
        claim
        for item in subject.contents.items
        if item.kind is not ItemKind.INDICATOR and not item.cancelled
        if (claim := claim_of(item, subject.schedules[item.id])).percents and claim.year
    ]
    yield from _rows(subject, claims)
    for claim in claims:
        yield from _with_indicator(subject, claim)


def _rows(subject: Subject, claims: list[Claim]) -> Iterator[Finding]:
    by_id = {claim.item.id: claim for claim in claims}
    results: dict[int, list[Claim]] = {}
    for claim in claims:
        if subject.parts[claim.item.id] is Part.RESULTS and claim.year:
            results.setdefault(claim.year, []).append(claim)
    for claim in claims:
        above = by_id.get(claim.item.parent_id or 0)
        others = [above] if above and above.year == claim.year else []
        if subject.parts[claim.item.id] is Part.PLAN:
            others += results.get(claim.year or 0, [])
        for other in others:
            as_many = len(claim.values) == len(other.values)
            if as_many and claim.values != other.values and are_same(claim, other):
                yield _disagreeing(subject, claim, other)


def _disagreeing(subject: Subject, claim: Claim, other: Claim) -> Finding:
    place = subject.places[other.item.id]
    return subject.of_item(
        Rule.ROWS_DISAGREE,
        claim.item,
        "title",
        f"На {claim.year} год здесь {worded(list(claim.percents))}, а в другом месте ({place})"
        f" {worded(list(other.percents))}: это один и тот же результат.",
        "Сверьте с утверждённым документом и оставьте одно значение.",
        mark=f"{claim.year} {worded(list(claim.percents))} {worded(list(other.percents))}",
    )


def _with_indicator(subject: Subject, claim: Claim) -> Iterator[Finding]:
    if len(claim.percents) != 1 or claim.year is None:
        return
    indicator = matching_indicator(subject, claim)
    target = indicator.target(str(claim.year)) if indicator else None
    told = claim.percents[0]
    if indicator is None or target is None or target == told.value:
        return
    yield subject.of_item(
        Rule.INDICATOR_DISAGREES,
        claim.item,
        "title",
        f"В строке {told.text}, а {subject.indicator_places[indicator.id]} на {claim.year} год – {plain(target)} %.",
        f"{plain(target)} %, если верен показатель; иначе исправьте показатель.",
        mark=f"{claim.year} {told.text} {plain(target)}",
    )
