"""Returned workbooks read as they are: whose they are, what stands in the cells to fill, what was added."""

from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.domain.workbook_identity import (
    ANSWER_HEADING,
    FORMAT,
    HEADER_KEY,
    QUESTION_HEADING,
    WorkbookIdentity,
    identity_of,
)
from cosdesk.intake.answer_cells import RawCell, Rows, Sheets, cell_place, read_cells

_MAX_EXTRAS = 20


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """One workbook.  ``known`` False: not made by this program at all; ``identity`` None: its mark was changed.

    ``extras`` are texts that stand where nothing was asked; ``labels`` the questions' own words by key.
    ``saved_at`` is local time, None where the workbook does not tell.
    """

    known: bool
    identity: WorkbookIdentity | None = None
    cells: dict[str, RawCell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    extras: tuple[tuple[str, str], ...] = ()
    saved_at: datetime | None = None


def read_workbook(path: Path) -> ReadWorkbook:
    """A workbook read in this process, for tests and the child; ``UserError`` for what is no sound workbook."""
    return _read(read_cells(path))


def _read(found: Sheets) -> ReadWorkbook:
    entries: dict[str, str] = {}
    answers: ReadWorkbook | None = None
    for rows in found.sheets:
        if not entries and (service := _service_entries(rows)):
            entries = service
        elif answers is None:
            answers = _answers(rows)
    if not entries:
        return ReadWorkbook(False)
    answers = answers or ReadWorkbook(True)
    return ReadWorkbook(True, identity_of(entries), answers.cells, answers.labels, answers.extras, found.saved_at)


def _service_entries(rows: Rows) -> dict[str, str]:
    """Names and values of the identity; empty where the sheet is another one."""
    pairs = {str(row[0].value): str(row[1].value) for row in rows[:20] if len(row) > 1 and row[0].value is not None}
    return pairs if pairs.get("format") == FORMAT else {}


def _answers(rows: Rows) -> ReadWorkbook | None:
    """The cells to fill, by the keys in the hidden column; None where the sheet has no row of headings."""
    head = next(
        (
            (number, column)
            for number, row in enumerate(rows)
            for column, cell in enumerate(row)
            if cell.value == HEADER_KEY
        ),
        None,
    )
    if head is None:
        return None
    head_number, key_column = head
    headings = {str(cell.value): column for column, cell in reversed(list(enumerate(rows[head_number])))}
    answer_column = headings.get(ANSWER_HEADING, 3)
    label_column = headings.get(QUESTION_HEADING, key_column + 2)
    cells: dict[str, RawCell] = {}
    labels: dict[str, str] = {}
    extras: list[tuple[str, str]] = []
    for number, row in enumerate(rows[head_number + 1 :], head_number + 1):
        key = row[key_column].value if key_column < len(row) else None
        if isinstance(key, str) and key and key not in cells:
            missing = RawCell(None, cell_place(number, answer_column))
            cells[key] = row[answer_column] if answer_column < len(row) else missing
            labels[key] = _text(row[label_column].value) if label_column < len(row) else ""
        else:
            extras += [(cell.place, _text(cell.value)) for cell in row if cell.value is not None]
    return ReadWorkbook(True, None, cells, labels, tuple(extras[:_MAX_EXTRAS]))


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:200] if value is not None else ""
