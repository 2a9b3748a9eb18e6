"""What ``packet`` does: several documents of one period into a folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cosdesk.console.exporting import latest_period
from cosdesk.console.finding import find_roadmap
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.packet import USUAL, Packet, Part, packet_reports, write_packet
from cosdesk.paper_journal import note_papers, paper_record
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report
from cosdesk.reports.export import FORMATS
from cosdesk.reports.request import Request
from cosdesk.store.file import DistrictFile


def make_packet(
    file: Path, folder: Path, period_code: str | None, formats: Sequence[str], ids: Sequence[str], roadmap: str | None
) -> Iterator[str]:
    """The documents named, or the usual ones; lines that say what was written and what was not."""
    chosen = [_report(report_id) for report_id in dict.fromkeys(ids or USUAL)]
    wanted = tuple(dict.fromkeys(name.lower() for name in formats)) or ("pdf",)
    for name in wanted:
        if name not in FORMATS:
            raise UserError(f"Формат «{name}» неизвестен. Можно: {', '.join(FORMATS)}.")
    period = parse_period(period_code) if period_code else None
    with DistrictFile.open(file, read_only=True) as opened:
        snapshot = opened.snapshot()
        contents = find_roadmap(snapshot, roadmap)
        if period is None:
            period = latest_period(snapshot, contents)
            yield f"Период не указан, взят последний с данными: {period.label} ({period.code})."
        parts = []
        for report in chosen:
            request = Request(contents.roadmap.id, period if report.needs_period else None)
            parts.append(Part(report, completed(opened, snapshot, report, request)))
    _make(folder)
    packet = Packet()
    write_packet(snapshot, parts, folder, wanted, packet, replace=True)
    note_papers(file, (paper_record(m.part.report, m.part.request, m.document, m.path) for m in packet.made))
    if not packet.made:
        raise UserError(" ".join(packet.refused))
    yield f"Папка «{folder}»:"
    yield from (f"  {made.path.name}" for made in packet.made)
    yield from packet.refused


def _report(report_id: str) -> Report:
    known = packet_reports()
    found = next((report for report in known if report.id == report_id), None)
    if found is None:
        ids = ", ".join(report.id for report in known)
        raise UserError(f"Документа «{report_id}» для пакета нет. Можно: {ids}.")
    return found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Папку «{folder}» создать нельзя. Проверьте имя и права доступа или выберите другую."
        ) from error
