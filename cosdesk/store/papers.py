"""Sections of papers in the user's own words, and the journal of papers made."""

from cosdesk.domain.paper import PaperRecord, SectionText
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.rows import record_of, row_of


def read_section_texts(database: Database, report: str, roadmap_id: int) -> tuple[SectionText, ...]:
    """Every kept text of that report and roadmap, the oldest first."""
    rows = database.query(
        "SELECT * FROM section_text WHERE report = ? AND roadmap_id = ? ORDER BY id", [report, roadmap_id]
    )
    return tuple(record_of(SectionText, row) for row in rows)


def set_section_text(edit: Edit, text: SectionText) -> int:
    """The text in place of the one kept for that section, row and period; its id."""
    known = _known(edit, text)
    if known is not None:
        edit.update("section_text", known, row_of(text))
        return known
    return edit.insert("section_text", row_of(text))


def drop_section_text(edit: Edit, text: SectionText) -> None:
    """Back to the composed words; undo brings the typed ones back."""
    known = _known(edit, text)
    if known is not None:
        edit.delete("section_text", known)


def _known(edit: Edit, text: SectionText) -> int | None:
    row = edit.database.conn.execute(
        "SELECT id FROM section_text"
        " WHERE report = ? AND section = ? AND roadmap_id = ? AND item_id IS ? AND period = ?",
        (text.report, text.section, text.roadmap_id, text.item_id, text.period),
    ).fetchone()
    return int(row[0]) if row else None


def read_paper_records(database: Database, limit: int = 500) -> tuple[PaperRecord, ...]:
    """The papers made, the newest first."""
    rows = database.query("SELECT * FROM paper_record ORDER BY id DESC LIMIT ?", [limit])
    return tuple(record_of(PaperRecord, row) for row in rows)


def mark_paper_signed(database: Database, record_id: int, evidence_id: int) -> None:
    """Which document the paper became.  Beside the edits; where an undo takes the document back, nothing answers it."""
    database.conn.execute("UPDATE paper_record SET evidence_id = ? WHERE id = ?", (evidence_id, record_id))


def keep_setting(database: Database, name: str, value: str) -> None:
    """What was typed last, offered the next time; no change of the district."""
    database.conn.execute(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def add_paper_record(database: Database, record: PaperRecord) -> None:
    """Beside the edits: that a paper was made is no change of the district, and undo does not take it back."""
    values = row_of(record)
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    database.conn.execute(f"INSERT INTO paper_record ({columns}) VALUES ({marks})", tuple(values.values()))
