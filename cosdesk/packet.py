"""Several documents of one period into one folder: the packet that a quarter ends with."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import field
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.errors import UserError
from cosdesk.reports.catalog import Report, reports
from cosdesk.reports.document import Document
from cosdesk.reports.export import write_document
from cosdesk.reports.request import Request

USUAL = ("analytical-report", "analytical-note", "year-calendar", "indicator-summary")
"""Ids of what a quarter is usually reported with: the report, the note, what is done and due, the values."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a packet is to hold: a report, of a row where it is about one."""

    report: Report
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A document of the packet, not made yet."""

    report: Report
    request: Request


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the packet."""

    part: Part
    document: Document
    path: Path


@dataclass(slots=True)
class Packet:
    """What was made so far, in order, and a sentence for each document that could not be; ``whole``: to the end."""

    made: list[Made] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    whole: bool = False


def packet_reports(known: Sequence[Report] | None = None) -> tuple[Report, ...]:
    """What a packet can hold of the whole plan: every report that is not about one row."""
    return tuple(report for report in known or reports() if not report.needs_row)


def composition_text(wanted: Iterable[Wanted], formats: Iterable[str]) -> str:
    """What a packet held, as it is kept for the next one."""
    return json.dumps({"parts": [[part.report.id, part.item_id] for part in wanted], "formats": list(formats)})


def composition(
    text: str, rows: Collection[int], reports_known: Sequence[Report]
) -> tuple[tuple[Wanted, ...], tuple[str, ...]]:
    """The composition kept and its formats; what is gone since is left out, the usual one where none was kept."""
    known = {report.id: report for report in reports_known}
    try:
        read = json.loads(text)
        parts, formats = [(str(name), row) for name, row in read["parts"]], tuple(map(str, read["formats"]))
    except (ValueError, TypeError, KeyError):
        parts, formats = [(name, None) for name in USUAL], ("pdf",)
    found = (Wanted(known[name], row) for name, row in parts if name in known)
    return tuple(part for part in found if part.report.needs_row == (part.item_id in rows)), formats


def write_packet(
    snapshot: Snapshot,
    parts: Sequence[Part],
    folder: Path,
    formats: Iterable[str],
    packet: Packet,
    *,
    replace: bool,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Each document in each format into the folder, ``packet`` filled as it goes.

    A document that cannot be composed does not stop the others.  A file of the same name is replaced, or, without
    ``replace``, stays, and the new one gets a number.  ``step`` may break the work off by raising; it is told
    before each document and at the end.  ``UserError`` when a file cannot be written.
    """
    for count, part in enumerate(parts):
        step(count, len(parts))
        try:
            document = part.report.build(snapshot, part.request)
        except UserError as error:
            packet.refused.append(
                f"Не составлен документ «{part.report.title}»: {str(error)[:1].lower()}{str(error)[1:]}"
            )
            continue
        for file_format in formats:
            path = folder / f"{document.file_name}.{file_format}"
            if not replace or any(made.path == path for made in packet.made):
                path = _free(path)
            write_document(document, path, file_format)
            packet.made.append(Made(part, document, path))
    step(len(parts), len(parts))
    packet.whole = True


def _free(path: Path) -> Path:
    """The name, or «… (2)», «… (3)» where it is taken."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free
