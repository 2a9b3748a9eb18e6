"""``check``: what the proof-reader finds in the roadmaps of a district."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cosdesk.console.finding import find_roadmap
from cosdesk.dataclass import dataclass
from cosdesk.domain.checks.finding import Family, Finding, open_findings
from cosdesk.domain.checks.proofreading import check
from cosdesk.store.file import DistrictFile


@dataclass(frozen=True, slots=True)
class Checked:
    """The open findings, how many more were dismissed, and the titles of the roadmaps by id."""

    findings: tuple[Finding, ...]
    dismissed: int
    titles: dict[int, str]


def check_file(path: Path) -> Checked:
    """Every roadmap of the file; ``UserError`` where there is none."""
    with DistrictFile.open(path, read_only=True) as file:
        snapshot, dismissals = file.snapshot(), file.dismissals()
    find_roadmap(snapshot, None)
    findings = check(snapshot)
    opened = open_findings(findings, dismissals)
    titles = {contents.roadmap.id: " ".join(contents.roadmap.title.split()) for contents in snapshot.roadmaps}
    return Checked(opened, len(findings) - len(opened), titles)


def check_json(checked: Checked) -> dict[str, Any]:
    return {
        "findings": [
            {
                "rule": found.rule.value,
                "place": found.place,
                "message": found.message,
                "proposal": found.proposal,
                "roadmap": found.roadmap_id,
                "item": found.item_id,
                "indicator": found.indicator_id,
                "section": found.section_id,
                "stamp": found.stamp_id,
                "field": found.field,
                "replacement": found.replacement,
                "mark": found.mark,
            }
            for found in checked.findings
        ],
        "dismissed": checked.dismissed,
    }


def check_lines(checked: Checked) -> Iterator[str]:
    """The findings by roadmap and family, each with its place, reason and proposal."""
    for roadmap_id, title in checked.titles.items():
        own = [found for found in checked.findings if found.roadmap_id == roadmap_id]
        if own and len(checked.titles) > 1:
            yield f"{title} (карта {roadmap_id})"
        for family in Family:
            found = [finding for finding in own if finding.rule.family is family]
            if found:
                yield f"{family.label} – {len(found)}"
            for finding in found:
                yield from _lines(finding)
    hidden = f" Скрыто: {checked.dismissed}." if checked.dismissed else ""
    yield f"Замечаний: {len(checked.findings)}.{hidden}" if checked.findings else f"Замечаний нет.{hidden}"


def _lines(finding: Finding) -> Iterator[str]:
    yield f"  {finding.place}: {finding.message}"
    if finding.proposal:
        yield f"    {finding.advice}"
