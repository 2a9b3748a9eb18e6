"""Which page of the help a message leads to: by the part of the program that says it."""

from cosdesk.errors import UserError

TOPICS = {
    "cosdesk.domain.period": "indicators",
    "cosdesk.erasure": "people",
    "cosdesk.exchange": "monitoring",
    "cosdesk.form_library": "reports",
    "cosdesk.form_sample": "reports",
    "cosdesk.forms": "reports",
    "cosdesk.forms.monitoring_form": "monitoring",
    "cosdesk.intake": "import",
    "cosdesk.intake.answer": "monitoring",
    "cosdesk.intake.emblem": "reports",
    "cosdesk.intake.guard": "import",
    "cosdesk.intake.heap_parts": "monitoring",
    "cosdesk.intake.package": "documents",
    "cosdesk.intake.papers": "documents",
    "cosdesk.intake.schools": "schools",
    "cosdesk.packet": "reports",
    "cosdesk.plain_copy": "copies",
    "cosdesk.reports": "reports",
    "cosdesk.rounds": "monitoring",
    "cosdesk.store": "files",
    "cosdesk.store.backup": "copies",
    "cosdesk.store.closed_periods": "indicators",
    "cosdesk.store.edition": "roadmap",
    "cosdesk.store.erasure": "people",
    "cosdesk.store.evidence": "documents",
    "cosdesk.store.monitoring": "monitoring",
    "cosdesk.store.opening": "copies",
    "cosdesk.store.periods": "indicators",
    "cosdesk.store.restore": "copies",
    "cosdesk.store.roadmaps": "roadmap",
    "cosdesk.store.verify": "copies",
    "cosdesk.twin": "import",
    "cosdesk.ui.answer": "monitoring",
    "cosdesk.ui.backups": "copies",
    "cosdesk.ui.changes_dialog": "roadmap",
    "cosdesk.ui.check": "check",
    "cosdesk.ui.collect_dialog": "monitoring",
    "cosdesk.ui.dismiss_dialog": "check",
    "cosdesk.ui.district_dialog": "settings",
    "cosdesk.ui.document": "documents",
    "cosdesk.ui.draft": "monitoring",
    "cosdesk.ui.editions": "roadmap",
    "cosdesk.ui.evidence": "documents",
    "cosdesk.ui.expected_papers": "documents",
    "cosdesk.ui.files": "files",
    "cosdesk.ui.form": "reports",
    "cosdesk.ui.import_dialog": "import",
    "cosdesk.ui.indicator": "indicators",
    "cosdesk.ui.letterhead": "reports",
    "cosdesk.ui.locked_files": "files",
    "cosdesk.ui.merge_dialog": "schools",
    "cosdesk.ui.monitoring": "monitoring",
    "cosdesk.ui.new_roadmap_dialog": "roadmap",
    "cosdesk.ui.next_years_dialog": "roadmap",
    "cosdesk.ui.packet_dialog": "reports",
    "cosdesk.ui.paper_files": "documents",
    "cosdesk.ui.paper_journal": "reports",
    "cosdesk.ui.password_dialog": "files",
    "cosdesk.ui.pasted_dialog": "monitoring",
    "cosdesk.ui.pdf": "reports",
    "cosdesk.ui.people": "people",
    "cosdesk.ui.period_closing": "indicators",
    "cosdesk.ui.person": "people",
    "cosdesk.ui.record": "roadmap",
    "cosdesk.ui.report": "reports",
    "cosdesk.ui.requisites_dialog": "settings",
    "cosdesk.ui.risks": "indicators",
    "cosdesk.ui.roadmap": "roadmap",
    "cosdesk.ui.round": "monitoring",
    "cosdesk.ui.row": "roadmap",
    "cosdesk.ui.saved_file": "reports",
    "cosdesk.ui.school": "schools",
    "cosdesk.ui.section_texts_dialog": "reports",
    "cosdesk.ui.sending": "reports",
    "cosdesk.ui.setting": "settings",
    "cosdesk.ui.signed_scans": "documents",
    "cosdesk.ui.unplaced_dialog": "import",
    "cosdesk.ui.twin": "import",
    "cosdesk.ui.workspace": "files",
}
"""Pages by beginnings of modules' names: the longest one that fits is meant."""


def topic_of(error: UserError) -> str:
    """The page that speaks of what the error is about, by the innermost place it came through; empty for none."""
    trace, topic = error.__traceback__, ""
    while trace is not None:
        topic = topic_of_module(str(trace.tb_frame.f_globals.get("__name__", ""))) or topic
        trace = trace.tb_next
    return topic


def topic_of_module(module: str) -> str:
    """The page for what a module says, empty for none."""
    beginnings = [known for known in TOPICS if module.startswith(known)]
    return TOPICS[max(beginnings, key=len)] if beginnings else ""
