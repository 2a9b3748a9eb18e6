"""The proof-reader: every rule over every roadmap, what it mends put back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from cosdesk.domain.checks.abbreviations import abbreviations
from cosdesk.domain.checks.agreement import agreement
from cosdesk.domain.checks.duties import duties
from cosdesk.domain.checks.figures import figures
from cosdesk.domain.checks.finding import Finding, Rule, mended_text
from cosdesk.domain.checks.indicators import indicators
from cosdesk.domain.checks.numbering import numbering
from cosdesk.domain.checks.people import people
from cosdesk.domain.checks.repeats import repeats
from cosdesk.domain.checks.spelling import spelling
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.terms import terms
from cosdesk.domain.checks.territory import territory
from cosdesk.domain.checks.texts import R, field_text, with_text
from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.person import Membership
from cosdesk.domain.roadmap import Item, RoadmapContents

_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    numbering,
    terms,
    duties,
    people,
    figures,
    agreement,
    indicators,
    territory,
    repeats,
    spelling,
    abbreviations,
)
_ORDER = {rule: place for place, rule in enumerate(Rule)}


def check(
    source: Snapshot | RoadmapContents, district: District | None = None, known_names: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Everything that looks wrong, by rule and within a rule in printed order; of a snapshot all its roadmaps.

    ``known_names`` are names of the directory («Иванов И.И.»), a snapshot brings its own; a
    district that is not given is read from the roadmap's title.
    """
    if isinstance(source, Snapshot):
        names = [person.name for person in source.people if person.membership is Membership.PERSON]
        return tuple(found for contents in source.roadmaps for found in check(contents, source.district, names))
    subject = Subject(source, district or District(""), tuple(known_names))
    findings = (found for rules in _CHECKS for found in rules(subject))
    return tuple(_told_apart(sorted(findings, key=lambda found: _ORDER[found.rule])))


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """No two findings of a rule bear the same mark: a dismissal means one of them."""
    seen: dict[tuple[Rule, str], int] = {}
    for found in findings:
        key = (found.rule, found.mark)
        seen[key] = seen.get(key, 0) + 1
        yield found if seen[key] == 1 else replace(found, mark=f"{found.mark} ({seen[key]})")


def mended(contents: RoadmapContents, findings: Iterable[Finding]) -> RoadmapContents:
    """The roadmap with those findings' mends made; what has no mend changes nothing.

    Of mends that overlap the first is made.  A finding whose text has changed since the check is
    passed over.  An indicator that stands in a row and bears its title follows it.
    """
    wanted: _Wanted = {}
    for found in findings:
        if found.mends and found.field:
            wanted.setdefault(_record_key(found), {}).setdefault(found.field, []).append(found)
    items = tuple(_mended(item, "item", wanted) for item in contents.items)
    return replace(
        contents,
        roadmap=_mended(contents.roadmap, "roadmap", wanted),
        stamps=tuple(_mended(stamp, "stamp", wanted) for stamp in contents.stamps),
        sections=tuple(_mended(section, "section", wanted) for section in contents.sections),
        items=items,
        indicators=tuple(_mended(indicator, "indicator", wanted) for indicator in _renamed(contents, items)),
    )


_Wanted = dict[tuple[str, int], dict[str, list[Finding]]]


def _record_key(found: Finding) -> tuple[str, int]:
    ids = (
        ("item", found.item_id),
        ("indicator", found.indicator_id),
        ("section", found.section_id),
        ("stamp", found.stamp_id),
    )
    return next(((name, record_id) for name, record_id in ids if record_id is not None), ("roadmap", found.roadmap_id))


def _mended(record: R, name: str, wanted: _Wanted) -> R:
    for field, findings in wanted.get((name, record.id), {}).items():
        text = field_text(record, field)
        fresh = [found for found in findings if mended_text(text, found.mends) == found.replacement]
        if fresh:
            record = with_text(record, field, mended_text(text, [mend for found in fresh for mend in found.mends]))
    return record


def _renamed(contents: RoadmapContents, items: Iterable[Item]) -> Iterator[Indicator]:
    """The indicators, those that bore their row's title with its new one."""
    before = {item.id: item.title for item in contents.items}
    after = {item.id: item.title for item in items}
    for indicator in contents.indicators:
        row = indicator.item_id
        named = row is not None and before.get(row) == indicator.title
        yield replace(indicator, title=after[row]) if named and row is not None else indicator
