"""The document that a form being changed makes of the district at hand: what its editor shows beside it."""

from dataclasses import replace
from pathlib import Path

from cosdesk.domain.district import Snapshot
from cosdesk.domain.period import Period
from cosdesk.errors import UserError
from cosdesk.forms.reading import parse_form_table
from cosdesk.forms.roadmap_form import RoadmapForm, parse_roadmap_form
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report, answering, parse_written_form, report_of
from cosdesk.reports.export import render
from cosdesk.reports.figures import chosen_roadmap
from cosdesk.reports.request import Request
from cosdesk.reports.roadmap import build_roadmap
from cosdesk.store.file import DistrictFile


def sample_request(
    file: DistrictFile, snapshot: Snapshot, source: str, roadmap_id: int | None, period: Period
) -> Request:
    """With what a sample is made: the roadmap and period at hand, a row that fits, the composed words only."""
    if parse_form_table(source, file.path).holds("part"):
        form_id = parse_roadmap_form(source, file.path).id
        fitting = [contents for contents in snapshot.roadmaps if contents.roadmap.form == form_id]
        return Request(fitting[0].roadmap.id if fitting else roadmap_id)
    report = report_of(parse_written_form(source, file.path))
    contents = chosen_roadmap(snapshot, roadmap_id)
    row = _fitting_row(snapshot, contents.roadmap.id, report) if report.needs_row else None
    request = Request(contents.roadmap.id, period if report.needs_period else None, row)
    return replace(completed(file, snapshot, report, request), texts=())


def _fitting_row(snapshot: Snapshot, roadmap_id: int, report: Report) -> int:
    """The first row that expects such a paper, one with a round of monitoring before others; else the first row."""
    items = chosen_roadmap(snapshot, roadmap_id).items
    if not items:
        raise UserError("В дорожной карте нет ни одной строки. Внесите строку, и документ будет показан.")
    monitored = {found.item_id for found in snapshot.rounds if found.answered}
    fitting = [item for item in items if item.expected and answering(item.expected, [report])]
    return min(fitting or items, key=lambda item: item.id not in monitored).id


def sample_pdf(source: str, path: Path, snapshot: Snapshot, request: Request) -> bytes:
    """The pages; ``FormError`` names line and reason of a form's fault, ``path`` the file in it."""
    if parse_form_table(source, path).holds("part"):
        form: RoadmapForm = parse_roadmap_form(source, path)
        return render(build_roadmap(snapshot, request.roadmap_id, form=form), "pdf")
    document = report_of(parse_written_form(source, path)).build(snapshot, request)
    return render(document, "pdf")
