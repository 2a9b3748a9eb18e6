"""The journal of documents made: what is noted of one, and what became of its file since."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cosdesk.domain.paper import FileState, PaperRecord
from cosdesk.errors import UserError
from cosdesk.reports.catalog import Report
from cosdesk.reports.document import Document
from cosdesk.reports.request import Request
from cosdesk.store.file import DistrictFile
from cosdesk.store.opening import has_hot_journal


def paper_record(report: Report, request: Request, document: Document, path: Path) -> PaperRecord:
    """What the journal says of a document written to ``path`` just now."""
    return _record(report, request, document, path.suffix, path.read_bytes(), str(path.absolute()))


def filed_record(report: Report, request: Request, document: Document, pdf: bytes, evidence_id: int) -> PaperRecord:
    """What the journal says of a document that went into the district's file at once."""
    return _record(report, request, document, ".pdf", pdf, "", evidence_id)


def _record(
    report: Report,
    request: Request,
    document: Document,
    suffix: str,
    content: bytes,
    place: str,
    evidence_id: int | None = None,
) -> PaperRecord:
    return PaperRecord(
        0,
        datetime.now().replace(microsecond=0),
        report.id,
        document.title,
        request.period.code if request.period else "",
        suffix.removeprefix(".").lower(),
        hashlib.sha256(content).hexdigest(),
        place,
        request.roadmap_id,
        request.item_id,
        evidence_id,
        request.signer.person_id if request.signer else None,
        tuple(sorted(request.left_out)),
        request.contacts,
    )


def note_papers(file: Path, records: Iterable[PaperRecord]) -> None:
    """Notes documents in a file that is not open here; where it is busy or may not be written, goes without.

    A document that was asked for must come out whatever becomes of the journal.
    """
    records = tuple(records)
    # A file to be recovered is left to the window, which tells of it.
    if not records or has_hot_journal(file):
        return
    try:
        with DistrictFile.open(file) as opened:
            for record in records:
                opened.note_paper(record)
    except UserError:
        return


def file_state(record: PaperRecord) -> FileState:
    """Whether the file still lies in its place, byte for byte as it was made."""
    if not record.place:
        return FileState.FILED
    try:
        with Path(record.place).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return FileState.MISSING
    return FileState.AS_MADE if digest == record.fingerprint else FileState.CHANGED
