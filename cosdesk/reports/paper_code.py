"""The QR code of a paper: what it is, its day, and the fingerprint by which two copies are told to be the same."""

from dataclasses import replace
from datetime import date

from cosdesk.domain.edition import grouped
from cosdesk.reports.document import Document, Mark
from cosdesk.reports.page_style import page_style
from cosdesk.reports.typography import short_date

_LONGEST_TITLE = 48  # characters: a longer one makes the squares too small to be read from paper


def coded(document: Document, today: date) -> Document:
    """The document with its code; one that bears a mark, or whose standard knows no code, as it was."""
    if document.mark is not None or not page_style(document.standard).has_code:
        return document
    from hashlib import sha256

    fingerprint = grouped(sha256(repr(document.blocks).encode("utf-8", "replace")).hexdigest())
    title = " ".join(document.title.split())[:_LONGEST_TITLE].rstrip(" ,.;")
    code = f"{title}; {short_date(today)}; {fingerprint}"
    return replace(document, mark=Mark(f"Отпечаток документа: {fingerprint}", code))
