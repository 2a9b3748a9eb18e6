"""What is done with a report beside saving, printing and sending: noted in the journal, worded anew."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cosdesk.domain.paper import SectionText
from cosdesk.errors import UserError
from cosdesk.paper_journal import paper_record
from cosdesk.reports.catalog import Report
from cosdesk.reports.document import Document
from cosdesk.reports.request import Request
from cosdesk.store.papers import drop_section_text, set_section_text
from cosdesk.ui.section_texts_dialog import SectionTextsDialog
from cosdesk.ui.workspace import Workspace


def note_paper(workspace: Workspace, report: Report, request: Request, document: Document, path: Path) -> None:
    """Into the journal of papers: what, when, where, and the mark by which the file is known again."""
    workspace.file.note_paper(paper_record(report, request, document, path))


def change_words(workspace: Workspace, report: Report, request: Request, parent: QWidget) -> None:
    """Asks for the sections' words and keeps them; one edit that can be undone."""
    if report.sections is None or request.roadmap_id is None:
        raise UserError("В этом документе нет составленного текста: его слова берутся из дорожной карты.")
    sections = report.sections(workspace.snapshot, request)
    period = request.period.code if request.period else ""
    place = SectionText(0, report.id, "", request.roadmap_id, request.item_id, period)
    kept = workspace.file.section_texts(report.id, request.roadmap_id)
    dialog = SectionTextsDialog(sections, [text for text in kept if text.item_id == place.item_id], place, parent)
    if not dialog.exec():
        return
    with workspace.edit(f"Текст документа «{report.title}»") as edit:
        for text in dialog.changed.values():
            set_section_text(edit, text)
        for section in dialog.dropped:
            drop_section_text(edit, replace(place, section=section))
