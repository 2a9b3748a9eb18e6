"""Returned workbooks read as they are: whose they are, what stands in the cells to fill, what was added.

A heap of files goes through one child process with limits of memory and time; what breaks the
child or keeps it too long is refused, and a new child reads on.
"""

import multiprocessing
import tempfile
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cosdesk.domain.workbook_identity import ANSWER_HEADING, FORMAT, HEADER_KEY, WorkbookIdentity, identity_of
from cosdesk.errors import UserError
from cosdesk.intake.guard import FileKind, check_package, file_kind
from cosdesk.intake.legacy import converted, never_cancelled
from cosdesk.intake.reading import SECONDS, limit_memory

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 500, 40, 20
_MAX_EXTRAS = 20
_CORE = "docProps/core.xml"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
# What openpyxl lets out when a part is not what it should be; XMLSyntaxError is a SyntaxError.
_PARSER_FAULTS = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, ArithmeticError, AssertionError, OSError,
    EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell to fill: its value as openpyxl gives it, its place («D9»), whether a formula or a percent format."""

    value: Any
    place: str
    formula: bool = False
    percent: bool = False
    error: bool = False


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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Rows of openpyxl's cells, and the places of the formulas among them."""

    rows: list[tuple[Any, ...]]
    formulas: set[str]


def read_workbook(path: Path) -> ReadWorkbook:
    """A workbook read in this process, for tests and the child; ``UserError`` for what is no sound Excel file."""
    if file_kind(path) is not FileKind.PACKAGE:
        raise UserError(f"Файл «{path.name}» – не книга Excel. Попросите школу прислать присланную ей форму .xlsx.")
    check_package(path)
    try:
        sheets, saved_at = _sheets(path), _saved_at(path)
    except _PARSER_FAULTS as error:
        raise UserError(
            f"Книга «{path.name}» повреждена или это не книга Excel (.xlsx). Попросите школу сохранить её заново."
        ) from error
    return _read(sheets, saved_at)


def _sheets(path: Path) -> list[_Sheet]:
    """Every sheet's rows, and which of its cells hold formulas.

    openpyxl gives either formulas or their values: the file is read again only where a formula stands.
    """
    sheets = _loaded(path, values=False)
    formulas = [
        {cell.coordinate for row in rows for cell in row if cell.value is not None and cell.data_type == "f"}
        for rows in sheets
    ]
    if any(formulas):
        sheets = _loaded(path, values=True)
    return [_Sheet(rows, found) for rows, found in zip(sheets, formulas, strict=True)]


def _loaded(path: Path, values: bool) -> list[list[tuple[Any, ...]]]:
    import openpyxl

    # Opened here and not by name: openpyxl would leave a broken file open.
    with path.open("rb") as file, warnings.catch_warnings():
        # It warns of parts that it leaves out; an answer that is not there is asked for again.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)
        # What has no rows is a sheet that is a chart.
        return [_rows(book[name]) for name in book.sheetnames[:MAX_SHEETS] if hasattr(book[name], "iter_rows")]


def read_heap(
    paths: Sequence[Path],
    cancelled: Callable[[], bool] = never_cancelled,
    seconds: float = SECONDS,
) -> Iterator[tuple[Path, ReadWorkbook | UserError]]:
    """Each file with what it holds or why it was refused, as they are read, in their order.

    ``cancelled`` is asked some twenty times a second; cancelling is a ``UserError`` raised.
    """
    with tempfile.TemporaryDirectory(prefix="cosdesk-heap-") as folder:
        ready: list[tuple[Path, Path]] = []
        for number, path in enumerate(paths):
            try:
                kind = file_kind(path)
                place = Path(folder) / str(number)
                if kind is FileKind.EXCEL_97:
                    place.mkdir()
                    ready.append((path, converted(path, kind, place, cancelled)))
                else:
                    ready.append((path, path))
            except UserError as error:
                if cancelled():
                    raise
                yield path, error
        position = 0
        while position < len(ready):
            for result in _read_in_child([real for _, real in ready[position:]], cancelled, seconds):
                yield ready[position][0], result
                position += 1


def _read_in_child(
    paths: list[Path], cancelled: Callable[[], bool], seconds: float
) -> Iterator[ReadWorkbook | UserError]:
    """Results until the last file or until the child is lost; the file it was lost on is refused."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, [str(path) for path in paths]), daemon=True)
    process.start()
    sender.close()
    try:
        for path in paths:
            answer = _wait(receiver, path.name, cancelled, time.monotonic() + seconds)
            if isinstance(answer, str):
                yield UserError(answer)
            elif answer is None:
                yield UserError(
                    f"Файл «{path.name}» не прочитан: он повреждён, слишком велик или читался слишком долго."
                    " Попросите школу сохранить его заново."
                )
                return
            else:
                yield answer
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()


def _wait(receiver: Connection, name: str, cancelled: Callable[[], bool], deadline: float) -> ReadWorkbook | str | None:
    """An answer, the sentence of a refusal, or None when the child is gone or late."""
    while not receiver.poll(0.05):
        if cancelled():
            raise UserError(f"Сбор ответов остановлен на файле «{name}». Ничего не записано.")
        if time.monotonic() > deadline:
            return None
    try:
        answer: ReadWorkbook | str = receiver.recv()
    except (EOFError, OSError):
        return None
    return answer


def _serve(sender: Connection, paths: list[str]) -> None:
    """In the child: for each path a workbook or the sentence of a ``UserError``; anything else ends the child."""
    limit_memory()
    for path in paths:
        try:
            sender.send(read_workbook(Path(path)))
        except UserError as error:
            sender.send(str(error))
    sender.close()


def _read(sheets: list[_Sheet], saved_at: datetime | None) -> ReadWorkbook:
    entries: dict[str, str] = {}
    found: ReadWorkbook | None = None
    for sheet in sheets:
        if not entries and (service := _service_entries(sheet.rows)):
            entries = service
        elif found is None:
            found = _answers(sheet)
    if not entries:
        return ReadWorkbook(False)
    answers = found or ReadWorkbook(True)
    return ReadWorkbook(True, identity_of(entries), answers.cells, answers.labels, answers.extras, saved_at)


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a sheet says of its size may be a lie
    return [tuple(row) for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS)]


def _service_entries(rows: list[tuple[Any, ...]]) -> dict[str, str]:
    """Names and values of the identity; empty where the sheet is another one."""
    pairs = {str(row[0].value): str(row[1].value) for row in rows[:20] if len(row) > 1 and row[0].value is not None}
    return pairs if pairs.get("format") == FORMAT else {}


def _answers(sheet: _Sheet) -> ReadWorkbook | None:
    """The cells to fill, by the keys in the hidden column; None where the sheet has no row of headings."""
    head = next(
        (
            (number, column)
            for number, row in enumerate(sheet.rows)
            for column, cell in enumerate(row)
            if cell.value == HEADER_KEY
        ),
        None,
    )
    if head is None:
        return None
    head_number, key_column = head
    headings = sheet.rows[head_number]
    answer_column = next((column for column, cell in enumerate(headings) if cell.value == ANSWER_HEADING), 3)
    cells: dict[str, RawCell] = {}
    labels: dict[str, str] = {}
    extras: list[tuple[str, str]] = []
    for number, row in enumerate(sheet.rows[head_number + 1 :], head_number + 2):
        key = row[key_column].value if key_column < len(row) else None
        if isinstance(key, str) and key and key not in cells:
            cells[key] = _raw(row, number, answer_column, sheet.formulas)
            labels[key] = _text(row[key_column + 2].value) if len(row) > key_column + 2 else ""
        else:
            extras += [(c.coordinate, _text(c.value)) for c in row if c.value is not None]
    return ReadWorkbook(True, None, cells, labels, tuple(extras[:_MAX_EXTRAS]))


def _raw(row: tuple[Any, ...], number: int, column: int, formulas: set[str]) -> RawCell:
    from openpyxl.utils import get_column_letter

    place = f"{get_column_letter(column + 1)}{number}"
    if column >= len(row) or row[column].value is None:
        return RawCell(None, place, place in formulas)
    cell = row[column]
    value = cell.value
    if not isinstance(value, str | int | float | bool | date | datetime):
        value = str(value)
    percent = "%" in (cell.number_format or "") and isinstance(value, int | float) and not isinstance(value, bool)
    return RawCell(value, place, place in formulas, percent, cell.data_type == "e")


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:200] if value is not None else ""


def _saved_at(path: Path) -> datetime | None:
    """When the workbook was last saved, as its own properties say."""
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        if _CORE not in package.namelist():
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        text = etree.fromstring(package.read(_CORE), parser).findtext(_MODIFIED)
    try:
        saved = datetime.fromisoformat((text or "").strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return saved.astimezone().replace(tzinfo=None, microsecond=0)
