"""The round of monitoring that a paper speaks of, read from the file with its form and answers."""

from dataclasses import replace

from cosdesk.domain.district import Snapshot
from cosdesk.domain.monitoring import Round
from cosdesk.forms.monitoring_form import parse_monitoring_form
from cosdesk.reports.catalog import Report
from cosdesk.reports.monitoring_figures import MonitoringReading
from cosdesk.reports.request import Request
from cosdesk.store.file import DistrictFile

ANY = "*"


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
    newest = max(answered, key=lambda found: (found.due or found.opened_on or snapshot.today, found.id))
    earlier = [found for found in snapshot.rounds if found.form == newest.form and found.id < newest.id]
    reading = _read(file, newest)
    if earlier:
        reading = replace(reading, before=_read(file, max(earlier, key=lambda found: found.id)))
    return replace(request, monitoring=reading)


def _read(file: DistrictFile, found: Round) -> MonitoringReading:
    form = parse_monitoring_form(file.form_source(found.id), found.form)
    return MonitoringReading(found, form, file.answers(found.id))
