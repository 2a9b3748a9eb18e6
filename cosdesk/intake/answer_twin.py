"""A filled Excel twin read: whose document it is, which cells differ from what left the program, which rows are new."""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.twin import (
    FORMAT,
    ROW_RECORD,
    SHEET_RECORD,
    UNREAD,
    TwinIdentity,
    mark,
    row_key,
    spans_of,
    twin_identity_of,
)
from cosdesk.domain.workbook_identity import SERVICE_SHEET
from cosdesk.errors import UserError
from cosdesk.intake.answer_cells import PARSER_FAULTS, RawCell, Rows, read_excel_cells
from cosdesk.intake.guard import MEGABYTE, ZIP_FAULTS, FileKind, check_package, damage_told, file_kind
from cosdesk.intake.legacy import never_cancelled
from cosdesk.intake.reading import read_in_child

_MAX_ROWS, _MAX_COLUMNS = 20_000, 200
_BOOK = "xl/workbook.xml"
_TEXTS, _MAX_TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet"), 10 * MEGABYTE
_ID = "id"
_CONTINUED = "(продолжение) "


@dataclass(frozen=True, slots=True)
class TwinCell:
    """A cell: ``exported`` is the mark of what stood in it when the program wrote it, «-» in a new row."""

    field: str
    heading: str
    raw: RawCell
    exported: str = UNREAD


@dataclass(frozen=True, slots=True)
class TwinRow:
    """A row: ``id`` as the hidden column has it, without spans; empty for one added by hand, after the row ``after``.

    ``cells`` are those that were changed, of an added row all that hold anything.  ``whole``: a text over all columns.
    """

    sheet: str
    table: str
    id: str
    cells: tuple[TwinCell, ...]
    after: str = ""
    whole: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TwinWorkbook:
    """``identity`` None: the workbook's mark was changed.  ``gone`` counts rows that are no longer in it.

    ``lost`` are headings of columns that are no longer in it.
    """

    file: str
    identity: TwinIdentity | None
    rows: tuple[TwinRow, ...] = ()
    gone: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """A table as the hidden sheet remembers it; marks by the whole id of a row, and those of rows without one."""

    sheet: str
    table: str
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    marks: dict[str, tuple[str, ...]]
    nameless: set[tuple[str, ...]]


def read_twin_isolated(path: Path, cancelled: Callable[[], bool] = never_cancelled) -> TwinWorkbook | None:
    """A twin read in a child process; None for any other file, whose faults are told by whoever reads that."""
    if not _may_be_twin(path):
        return None
    found = read_in_child(read_twin, path, path.name, cancelled)
    return found if isinstance(found, TwinWorkbook) else None


def looks_like_twin(path: Path) -> bool:
    """Whether a file that is being dragged bears a twin's mark; of a faulty one whoever reads it tells."""
    try:
        return _bears_mark(path, path.stat().st_mtime_ns)
    except ZIP_FAULTS:
        return False


@lru_cache(16)
def _bears_mark(path: Path, saved_at: int) -> bool:
    """Asked at every movement of a drag; the mark stands in the shared texts or in the hidden sheet, the last."""
    with zipfile.ZipFile(path) as package:
        parts = [part for part in package.infolist() if part.filename.startswith(_TEXTS)]
        return any(part.file_size <= _MAX_TEXTS and FORMAT.encode() in package.read(part) for part in reversed(parts))


def _may_be_twin(path: Path) -> bool:
    if not path.is_file() or file_kind(path) is not FileKind.PACKAGE:
        return False
    with damage_told(path), zipfile.ZipFile(path) as package:
        if _BOOK not in package.namelist():
            return False
    check_package(path)
    with damage_told(path), zipfile.ZipFile(path) as package:
        return SERVICE_SHEET.encode() in package.read(_BOOK)


def read_twin(path: Path) -> "TwinWorkbook | bool":
    """A twin read in this process; False where the workbook is another one, ``UserError`` where it is damaged."""
    try:
        sheets, names = read_excel_cells(path, _MAX_ROWS, _MAX_COLUMNS), _sheet_names(path)
    except PARSER_FAULTS as error:
        raise UserError(
            f"Книга «{path.name}» повреждена. Откройте её в Excel, сохраните заново и повторите."
        ) from error
    service = next((rows for rows in sheets if _text(rows, 0, 0) == "format" and _text(rows, 0, 1) == FORMAT), None)
    if service is None:
        return False
    entries: dict[str, str] = {}
    written: list[_Written] = []
    for number in range(len(service)):
        kind, *texts = (_text(service, number, column) for column in range(5))
        if kind == SHEET_RECORD:
            written.append(_Written(texts[0], texts[1], _strings(texts[2]), _strings(texts[3]), {}, set()))
        elif kind == ROW_RECORD and written:
            marks = tuple(texts[1].split())
            if texts[0]:
                written[-1].marks[texts[0]] = marks
            else:
                written[-1].nameless.add(marks)
        else:
            entries.setdefault(kind, texts[0])
    identity = twin_identity_of(entries)
    if identity is None:
        return TwinWorkbook(path.name, None)
    return _compared(path.name, identity, dict(zip(names, sheets, strict=False)), written)


def _sheet_names(path: Path) -> list[str]:
    import openpyxl

    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        return [name for name in book.sheetnames if hasattr(book[name], "iter_rows")]


def _compared(file: str, identity: TwinIdentity, sheets: dict[str, Rows], written: Sequence[_Written]) -> TwinWorkbook:
    rows: list[TwinRow] = []
    lost: list[str] = []
    gone = 0
    for table in written:
        found = sheets.get(table.sheet) or next((r for r in sheets.values() if _head(r, table.headings)), None)
        place = _head(found, ()) if found else None
        if found is None or place is None:
            gone += len(table.marks)
            continue
        top, id_column = place
        columns = _columns(found[top], table.headings)
        lost += [h for h, f, c in zip(table.headings, table.fields, columns, strict=True) if c is None and f]
        read = list(_rows(table, found, top, id_column, columns))
        gone += len(table.marks) - len({row.id for row, whole_id in read if whole_id})
        rows += [row for row, _ in read if row.cells]
    return TwinWorkbook(file, identity, tuple(rows), max(0, gone), tuple(dict.fromkeys(lost)))


def _rows(
    table: _Written, found: Rows, top: int, id_column: int, columns: Sequence[int | None]
) -> Iterator[tuple[TwinRow, str]]:
    """The rows under the headings, each with its whole id, to the first blank one after the last that has an id."""
    ids = [_text(found, number, id_column).strip() for number in range(top + 1, len(found))]
    last = max((place for place, text in enumerate(ids) if text), default=-1)
    seen: Counter[str] = Counter()
    after = ""
    for place, whole_id in enumerate(ids):
        row = found[top + 1 + place]
        marks = table.marks.get(whole_id)
        cells = [
            TwinCell(table.fields[n], table.headings[n], row[column], marks[n] if marks and n < len(marks) else UNREAD)
            for n, column in enumerate(columns)
            if column is not None and column < len(row)
        ]
        if place > last and not any(cell.raw.value is not None for cell in cells):
            return
        seen[whole_id] += 1
        plain_id = whole_id.split(" ")[0]
        if marks is None or seen[whole_id] > 1:
            if _is_added(cells) and tuple(mark(cell.raw.value) for cell in cells) not in table.nameless:
                filled = tuple(cell for cell in cells if cell.raw.value is not None)
                yield TwinRow(table.sheet, table.table, "", filled, after, repeated=bool(whole_id)), ""
            continue
        whole = any(count >= len(table.fields) > 1 for _, count in spans_of(whole_id))
        changed = tuple(
            replace(cell, field="title" if whole else cell.field)
            for cell in cells
            if cell.exported != UNREAD and not _is_same(cell)
        )
        after = plain_id if row_key(plain_id) else after
        yield TwinRow(table.sheet, table.table, plain_id, changed, whole=whole), whole_id


def _is_same(cell: TwinCell) -> bool:
    raw = cell.raw
    value = raw.value * 100 if raw.percent else raw.value
    return not raw.error and not (raw.formula and raw.value is None) and mark(value) == cell.exported


def _is_added(cells: Sequence[TwinCell]) -> bool:
    """Neither blank, nor the sums under a table, nor the rest of a long text; a number alone is not yet a row."""
    texts = [cell for cell in cells if cell.raw.value is not None]
    if any(cell.raw.formula for cell in texts) or any(str(c.raw.value).startswith(_CONTINUED) for c in texts):
        return False
    return any(cell.field != "number" for cell in texts)


def _head(rows: Rows, headings: Sequence[str]) -> tuple[int, int] | None:
    """The row of headings and the column of ids, where the headings are these or none are named."""
    for number, row in enumerate(rows[:200]):
        for column, cell in enumerate(row):
            if cell.value == _ID:
                texts = {str(other.value) for other in row}
                return (number, column) if not headings or set(headings) <= texts else None
    return None


def _columns(head: Sequence[RawCell], headings: Sequence[str]) -> list[int | None]:
    """Where each heading stands now; of two alike the first takes the first."""
    places: dict[str, list[int]] = {}
    for column, cell in enumerate(head):
        places.setdefault(" ".join(str(cell.value).split()), []).append(column)
    found: list[int | None] = []
    for heading in headings:
        known = places.get(" ".join(heading.split()))
        found.append(known.pop(0) if known else None)
    return found


def _strings(text: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(text)))
    except ValueError:
        return ()


def _text(rows: Rows, number: int, column: int) -> str:
    value = rows[number][column].value if number < len(rows) and column < len(rows[number]) else None
    return "" if value is None else str(value)
