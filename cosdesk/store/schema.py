"""The tables of a district's file, version by version."""

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x434F5344  # «COSD», at byte 68 of every file of ours
VERSION = 1

_TABLES = """
CREATE TABLE session (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    opened_at TEXT NOT NULL,
    host TEXT NOT NULL,
    clean INTEGER NOT NULL CHECK (clean IN (0, 1)),
    checked_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE district (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    name_genitive TEXT NOT NULL,
    name_locative TEXT NOT NULL,
    office TEXT NOT NULL,
    head_position TEXT NOT NULL,
    head_name TEXT NOT NULL,
    coordinator_position TEXT NOT NULL,
    coordinator_name TEXT NOT NULL,
    coordinator_phone TEXT NOT NULL,
    coordinator_email TEXT NOT NULL
) STRICT;

CREATE TABLE letterhead (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    arrangement TEXT NOT NULL,
    names TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    site TEXT NOT NULL,
    okpo TEXT NOT NULL,
    ogrn TEXT NOT NULL,
    inn TEXT NOT NULL,
    kpp TEXT NOT NULL,
    place TEXT NOT NULL,
    picture TEXT NOT NULL,
    standard TEXT NOT NULL,
    coded INTEGER NOT NULL CHECK (coded IN (0, 1))
) STRICT;

CREATE TABLE school (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rank INTEGER NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    locality TEXT NOT NULL,
    locality_kind TEXT NOT NULL,
    address TEXT NOT NULL,
    head TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    site TEXT NOT NULL,
    opened TEXT,
    closed TEXT,
    branch_of INTEGER,
    merged_into INTEGER,
    former_names TEXT NOT NULL
) STRICT;

CREATE TABLE school_count (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    school_id INTEGER NOT NULL REFERENCES school (id),
    school_year INTEGER NOT NULL,
    learners INTEGER NOT NULL CHECK (learners >= 0),
    teachers INTEGER NOT NULL CHECK (teachers >= 0),
    UNIQUE (school_id, school_year)
) STRICT;

CREATE TABLE roadmap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rank INTEGER NOT NULL,
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    goal TEXT NOT NULL,
    first_year INTEGER,
    last_year INTEGER,
    project TEXT NOT NULL,
    source_name TEXT NOT NULL
) STRICT;

CREATE TABLE stamp (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    rank INTEGER NOT NULL,
    kind TEXT NOT NULL,
    heading TEXT NOT NULL,
    position TEXT NOT NULL,
    name TEXT NOT NULL,
    "on" TEXT,
    act TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('left', 'right', 'sheet'))
) STRICT;

CREATE TABLE section (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    rank INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    part TEXT NOT NULL
) STRICT;

CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    section_id INTEGER REFERENCES section (id),
    parent_id INTEGER REFERENCES item (id),
    rank INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    term_wording TEXT NOT NULL,
    term_start TEXT NOT NULL,
    term_end TEXT NOT NULL,
    responsible TEXT NOT NULL,
    controller TEXT NOT NULL,
    expected TEXT NOT NULL,
    note TEXT NOT NULL,
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    at_risk INTEGER NOT NULL CHECK (at_risk IN (0, 1)),
    reading TEXT NOT NULL,
    source_text TEXT NOT NULL
) STRICT;

CREATE TABLE indicator (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    item_id INTEGER REFERENCES item (id),
    rank INTEGER NOT NULL,
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    type TEXT NOT NULL,
    unit TEXT NOT NULL,
    territory TEXT NOT NULL,
    baseline REAL,
    baseline_on TEXT,
    total REAL,
    direction TEXT NOT NULL,
    total_rule TEXT NOT NULL,
    numerator_of INTEGER,
    source_text TEXT NOT NULL
) STRICT;

CREATE TABLE target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    period TEXT NOT NULL,
    value REAL NOT NULL,
    text TEXT NOT NULL,
    rule TEXT NOT NULL,
    upper REAL,
    UNIQUE (indicator_id, period)
) STRICT;

CREATE TABLE actual (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    period TEXT NOT NULL,
    value REAL,
    numerator REAL,
    denominator REAL,
    forecast REAL,
    reason TEXT NOT NULL,
    measure TEXT NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (indicator_id, period)
) STRICT;

CREATE TABLE execution (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL REFERENCES item (id),
    outcome TEXT NOT NULL,
    window_end TEXT,
    "on" TEXT,
    due TEXT,
    reason TEXT NOT NULL,
    measure TEXT NOT NULL,
    comment TEXT NOT NULL
) STRICT;

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    "on" TEXT,
    title TEXT NOT NULL,
    pages INTEGER,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE blob (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE evidence_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    evidence_id INTEGER NOT NULL REFERENCES evidence (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE proof (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    evidence_id INTEGER NOT NULL REFERENCES evidence (id),
    item_id INTEGER NOT NULL REFERENCES item (id),
    execution_id INTEGER REFERENCES execution (id)
) STRICT;

CREATE TABLE expected_paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL REFERENCES item (id),
    kind TEXT NOT NULL,
    UNIQUE (item_id, kind)
) STRICT;

CREATE TABLE monitoring_round (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    form TEXT NOT NULL,
    form_version TEXT NOT NULL,
    form_source TEXT NOT NULL,
    title TEXT NOT NULL,
    period TEXT NOT NULL,
    opened_on TEXT,
    due TEXT,
    closed_on TEXT,
    item_id INTEGER,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE round_feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES monitoring_round (id),
    feed TEXT NOT NULL,
    indicator_id INTEGER,
    numerator REAL,
    denominator REAL,
    answered INTEGER NOT NULL,
    UNIQUE (round_id, feed)
) STRICT;

CREATE TABLE answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES monitoring_round (id),
    school_id INTEGER NOT NULL REFERENCES school (id),
    state TEXT NOT NULL,
    given TEXT NOT NULL,
    counted TEXT NOT NULL,
    complies INTEGER CHECK (complies IN (0, 1)),
    reasons TEXT NOT NULL,
    remarks TEXT NOT NULL,
    sent_at TEXT,
    as_of TEXT,
    source TEXT NOT NULL,
    comment TEXT NOT NULL,
    UNIQUE (round_id, school_id)
) STRICT;

CREATE TABLE evidence_use (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    evidence_id INTEGER NOT NULL REFERENCES evidence (id),
    indicator_id INTEGER REFERENCES indicator (id),
    period TEXT NOT NULL,
    round_id INTEGER REFERENCES monitoring_round (id)
) STRICT;

CREATE TABLE risk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    period TEXT NOT NULL,
    roadmap_id INTEGER REFERENCES roadmap (id),
    item_id INTEGER REFERENCES item (id),
    indicator_id INTEGER REFERENCES indicator (id),
    cause TEXT NOT NULL,
    consequence TEXT NOT NULL,
    measure TEXT NOT NULL,
    due TEXT,
    responsible TEXT NOT NULL,
    closed_on TEXT,
    outcome TEXT NOT NULL
) STRICT;

CREATE TABLE period_closure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    period TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    who TEXT NOT NULL,
    reopened_at TEXT,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rank INTEGER NOT NULL,
    name TEXT NOT NULL,
    membership TEXT NOT NULL CHECK (membership IN ('person', 'list', 'school_heads')),
    full_name TEXT NOT NULL,
    position TEXT NOT NULL,
    organisation TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    genitive TEXT NOT NULL,
    dative TEXT NOT NULL,
    accusative TEXT NOT NULL,
    instrumental TEXT NOT NULL
) STRICT;

CREATE TABLE member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL REFERENCES person (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    UNIQUE (group_id, person_id)
) STRICT;

CREATE TABLE section_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report TEXT NOT NULL,
    section TEXT NOT NULL,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    item_id INTEGER REFERENCES item (id),
    period TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    bold TEXT NOT NULL,
    composed TEXT NOT NULL
) STRICT;

CREATE TABLE paper_record (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    report TEXT NOT NULL,
    title TEXT NOT NULL,
    period TEXT NOT NULL,
    format TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    place TEXT NOT NULL,
    roadmap_id INTEGER,
    item_id INTEGER,
    evidence_id INTEGER,
    signer_id INTEGER,
    left_out TEXT NOT NULL,
    contacts INTEGER NOT NULL
) STRICT;

CREATE TABLE edition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    number TEXT NOT NULL,
    "on" TEXT,
    act TEXT NOT NULL,
    who TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    frozen TEXT NOT NULL,
    former_fingerprints TEXT NOT NULL
) STRICT;

CREATE TABLE dismissal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    rule TEXT NOT NULL,
    mark TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (roadmap_id, rule, mark)
) STRICT;

CREATE TABLE unplaced (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    roadmap_id INTEGER NOT NULL REFERENCES roadmap (id),
    rank INTEGER NOT NULL,
    place TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE edit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped'))
) STRICT;

CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edit_id INTEGER NOT NULL REFERENCES edit (id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT
) STRICT;

CREATE INDEX item_by_roadmap ON item (roadmap_id);
CREATE INDEX item_by_parent ON item (parent_id);
CREATE INDEX item_by_section ON item (section_id);
CREATE INDEX indicator_by_roadmap ON indicator (roadmap_id);
CREATE INDEX indicator_by_item ON indicator (item_id);
CREATE INDEX execution_by_item ON execution (item_id);
CREATE INDEX evidence_file_by_evidence ON evidence_file (evidence_id);
CREATE INDEX evidence_file_by_hash ON evidence_file (sha256);
CREATE INDEX proof_by_evidence ON proof (evidence_id);
CREATE INDEX proof_by_item ON proof (item_id);
CREATE INDEX proof_by_execution ON proof (execution_id);
CREATE INDEX answer_by_state ON answer (round_id, state, school_id);
CREATE INDEX answer_by_school ON answer (school_id);
CREATE INDEX round_feed_by_indicator ON round_feed (indicator_id);
CREATE INDEX evidence_use_by_evidence ON evidence_use (evidence_id);
CREATE INDEX member_by_person ON member (person_id);
CREATE INDEX section_text_by_roadmap ON section_text (roadmap_id);
CREATE INDEX section_text_by_item ON section_text (item_id);
CREATE INDEX edition_by_roadmap ON edition (roadmap_id);
CREATE INDEX stamp_by_roadmap ON stamp (roadmap_id);
CREATE INDEX section_by_roadmap ON section (roadmap_id);
CREATE INDEX unplaced_by_roadmap ON unplaced (roadmap_id);
CREATE INDEX change_by_edit ON change (edit_id);
"""


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    # executescript() would commit the surrounding transaction.
    for statement in script.split(";"):
        if statement.strip():
            connection.execute(statement)


def _create(connection: sqlite3.Connection) -> None:
    _run_script(connection, _TABLES)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_create,)
"""Step n takes a file from version n to n + 1; a released step is never changed."""


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """All steps from ``version`` on, inside the caller's transaction."""
    for step in MIGRATIONS[version:]:
        step(connection)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def schema_of(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Every object of the schema by type and name, with its SQL in single blanks."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


def expected_schema(version: int) -> dict[tuple[str, str], str]:
    """What a sound file of that version holds: built by the same steps in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in MIGRATIONS[:version]:
            step(connection)
        return schema_of(connection)
    finally:
        connection.close()
