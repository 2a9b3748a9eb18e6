"""What the file adds to the request of a paper: the round of monitoring it speaks of, the user's own words."""

import json
from collections.abc import Mapping
from dataclasses import replace

from cosdesk.domain.district import Snapshot
from cosdesk.domain.monitoring import Round
from cosdesk.forms.monitoring_form import parse_monitoring_form
from cosdesk.reports.catalog import Report
from cosdesk.reports.monitoring_figures import MonitoringReading
from cosdesk.reports.request import Request
from cosdesk.store.file import DistrictFile

ANY = "*"
_SUMMARY = "indicator-summary"
_CHANGES, _GROUNDS = "changes", "changes.grounds"


def completed(file: DistrictFile, snapshot: Snapshot, report: Report, request: Request) -> Request:
    """The request with the monitoring that suits the report and the sections that somebody worded for it."""
    if report.id == _CHANGES:
        return replace(request, grounds=kept_grounds(file))
    return _with_texts(file, snapshot, report, with_monitoring(file, snapshot, report, request))


def kept_grounds(file: DistrictFile) -> tuple[tuple[str, str], ...]:
    """The grounds typed in the table of changes before, by their keys."""
    try:
        read = json.loads(file.setting(_GROUNDS))
        return tuple((str(key), str(text)) for key, text in read.items())
    except (ValueError, AttributeError):
        return ()


def keep_grounds(file: DistrictFile, grounds: Mapping[str, str]) -> None:
    """Keeps them for the next table."""
    file.keep_setting(_GROUNDS, json.dumps(dict(grounds), ensure_ascii=False) if grounds else "")


def _with_texts(file: DistrictFile, snapshot: Snapshot, report: Report, request: Request) -> Request:
    roadmap_id = request.roadmap_id
    if roadmap_id is None and snapshot.roadmaps:
        roadmap_id = snapshot.roadmaps[0].roadmap.id
    if report.sections is None or roadmap_id is None or request.texts:
        return request
    period = request.period.code if request.period else ""
    kept = file.section_texts(report.id, roadmap_id)
    return replace(request, texts=tuple(t for t in kept if (t.item_id, t.period) == (request.item_id, period)))


def with_monitoring(file: DistrictFile, snapshot: Snapshot, report: Report, request: Request) -> Request:
    """The request with the newest round that suits the report: of its row, or of a form that it names."""
    if not report.rounds or request.monitoring is not None:
        return request
    fitting = [found for found in snapshot.rounds if ANY in report.rounds or found.form in report.rounds]
    if request.item_id is not None:
        fitting = [found for found in fitting if found.item_id == request.item_id]
    answered = [found for found in fitting if found.answered]
    if not answered:
        return request
    if report.id == _SUMMARY:
        # The table tells of the plan's indicators: a round that counts one goes before any other.
        answered = [found for found in answered if any(feed.indicator_id for feed in found.feeds)] or answered
    newest = max(answered, key=lambda found: (found.due or found.opened_on or snapshot.today, found.id))
    earlier = [found for found in snapshot.rounds if found.form == newest.form and found.id < newest.id]
    reading = _read(file, newest)
    if earlier:
        reading = replace(reading, before=_read(file, max(earlier, key=lambda found: found.id)))
    return replace(request, monitoring=reading)


def monitoring_reading(file: DistrictFile, snapshot: Snapshot, round_id: int | None) -> MonitoringReading | None:
    """The round of that id as papers read it; None where the district has none."""
    found = next((each for each in snapshot.rounds if each.id == round_id), None)
    return _read(file, found) if found else None


def _read(file: DistrictFile, found: Round) -> MonitoringReading:
    form = parse_monitoring_form(file.form_source(found.id), found.form)
    return MonitoringReading(found, form, file.answers(found.id))
