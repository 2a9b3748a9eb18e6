"""What a filled Excel twin changes: each cell against what left the program and against what the program holds now."""

from collections.abc import Iterator
from dataclasses import field, replace
from enum import StrEnum
from functools import cached_property

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import ValueFaultError, read_value
from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Occurrence, Outcome
from cosdesk.domain.indicator import Actual
from cosdesk.domain.monitoring import Question
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.state import actuals_by_indicator, item_states
from cosdesk.domain.twin import RowKey, TwinIdentity, mark, plain, row_key
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_form
from cosdesk.intake.answer_twin import TwinCell, TwinRow, TwinWorkbook
from cosdesk.intake.answers import RoundDesk
from cosdesk.paper_request import monitoring_reading
from cosdesk.reports.catalog import report
from cosdesk.reports.document import Cell, CellValue, Row, Table
from cosdesk.reports.monitoring_figures import MonitoringReading
from cosdesk.reports.request import Request
from cosdesk.reports.typography import format_cell, printable
from cosdesk.rounds import desk_of
from cosdesk.store.file import DistrictFile
from cosdesk.twin_fields import (
    ACTUAL_FIELDS,
    INDICATOR_FIELDS,
    ITEM_FIELDS,
    READERS,
    ROADMAP,
    SCHOOL_FIELDS,
    TERM_FIELDS,
    Share,
    target_of,
    text_of,
)

_COMPUTED = "Эту графу программа заполняет сама."
_GONE = "Этой строки в программе больше нет."
_ELSEWHERE = "Эта графа меняется в дорожной карте: возьмите её книгу или измените строку в окне."
_UNCOUNTED = "Формула без сохранённого значения: откройте книгу в Excel, сохраните и повторите."
_NAME = 70


class Verdict(StrEnum):
    """What a changed cell asks; what is offered or added is taken, the rest but the refused is asked about."""

    OFFERED = "offered"
    ADDED = "added"
    EMPTIED = "emptied"
    CONFLICT = "conflict"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_plain(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return self in (Verdict.OFFERED, Verdict.ADDED)


_LABELS = {
    Verdict.OFFERED: "изменено в книге",
    Verdict.ADDED: "новая строка",
    Verdict.EMPTIED: "очищено в книге",
    Verdict.CONFLICT: "изменено и в программе",
    Verdict.DOUBTFUL: "проверьте",
    Verdict.REFUSED: "не принимается",
}


@dataclass(frozen=True, slots=True)
class TwinChange:
    """A cell that differs: ``now`` in the program, ``given`` in the workbook; ``note`` says why it is asked or refused.

    ``value`` is what would be written into ``field`` of the row ``key``; a new row has its cells in ``added``.
    """

    sheet: str
    place: str
    row: str
    heading: str
    now: str
    given: str
    verdict: Verdict
    note: str = ""
    key: RowKey | None = None
    field: str = ""
    value: object = None
    added: TwinRow | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """The district as it is now, with the round that the workbook tells of, where it tells of one."""

    snapshot: Snapshot
    desk: RoundDesk | None = None
    reading: MonitoringReading | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that a workbook changes in the district.  ``notes`` are sentences about the workbook as a whole."""

    file: str
    title: str
    identity: TwinIdentity
    contents: RoadmapContents
    changes: tuple[TwinChange, ...] = ()
    notes: tuple[str, ...] = ()
    desk: RoundDesk | None = field(default=None)

    @property
    def offered(self) -> tuple[TwinChange, ...]:
        """What can be taken at all."""
        return tuple(change for change in self.changes if change.verdict is not Verdict.REFUSED)


def is_new_document(snapshot: Snapshot, book: TwinWorkbook) -> bool:
    """Whether it is the roadmap of another district, which may be taken in as a plan of one's own."""
    identity = book.identity
    return identity is not None and identity.report == ROADMAP and identity.district != snapshot.district.uid


def material(file: DistrictFile, snapshot: Snapshot, book: TwinWorkbook) -> Material:
    """What the workbook is compared with; the only part that reads the file."""
    round_id = book.identity.round_id if book.identity else None
    if round_id is None:
        return Material(snapshot)
    return Material(snapshot, desk_of(file, snapshot, round_id), monitoring_reading(file, snapshot, round_id))


def propose(held: Material, book: TwinWorkbook) -> Proposal:
    """The changes that the workbook asks for; ``UserError`` where it is not one of this district that can be taken."""
    snapshot = held.snapshot
    identity = book.identity
    if identity is None:
        raise UserError(f"В книге «{book.file}» изменены служебные сведения. Сохраните документ из программы заново.")
    if identity.district != snapshot.district.uid:
        raise UserError(f"Книга «{book.file}» сделана в файле другого района. Откройте тот файл и повторите.")
    if identity.frozen:
        raise UserError(
            f"Книга «{book.file}» – утверждённая редакция, она не меняется. Сохраните в Excel действующую карту."
        )
    contents = next((c for c in snapshot.roadmaps if c.roadmap.id == identity.roadmap_id), None)
    if contents is None:
        raise UserError(f"Дорожной карты, по которой сделана книга «{book.file}», в районе больше нет.")
    return _Comparison(held, identity, contents).proposal(book)


class _Comparison:
    def __init__(self, held: Material, identity: TwinIdentity, contents: RoadmapContents) -> None:
        snapshot = held.snapshot
        self._snapshot = snapshot
        self._desk = held.desk
        self._reading = held.reading
        self._identity = identity
        self._contents = contents
        self._report = report(identity.report)
        self._items = {item.id: item for item in contents.items}
        self._indicators = {indicator.id: indicator for indicator in contents.indicators}
        self._schools = {school.id: school for school in snapshot.schools}
        self._closed = {closure.period for closure in snapshot.closures if closure.stands}
        form = roadmap_form(contents.roadmap.form)
        self._heaped = any(part.layout == "heaped" for part in form.parts)

    def proposal(self, book: TwinWorkbook) -> Proposal:
        changes = [change for row in book.rows for change in self._row(row)]
        title = self._report.title
        return Proposal(
            book.file, title, self._identity, self._contents, tuple(changes), tuple(self._notes(book)), self._desk
        )

    def _notes(self, book: TwinWorkbook) -> Iterator[str]:
        editions = [e for e in self._snapshot.editions if e.roadmap_id == self._contents.roadmap.id]
        if self._identity.edition != (editions[-1].short_fingerprint if editions else ""):
            yield "После сохранения книги карта утверждена в новой редакции: проверьте каждое изменение."
        if book.gone:
            yield f"Строк, удалённых из книги: {book.gone}. В программе они остаются."
        if book.lost:
            yield f"Графы, которых в книге больше нет, не читались: {', '.join(f'«{h}»' for h in book.lost)}."

    @cached_property
    def _shown(self) -> dict[tuple[str, str, bool, str], tuple[CellValue, str]]:
        """What the same document holds now: value and wording by table, row, whether over all columns, and field."""
        identity = self._identity
        period = parse_period(identity.period) if identity.period else None
        request = Request(self._contents.roadmap.id, period, identity.item_id, monitoring=self._reading)
        found: dict[tuple[str, str, bool, str], tuple[CellValue, str]] = {}
        for table in self._report.build(self._snapshot, request).blocks:
            if isinstance(table, Table):
                for row in table.rows:
                    found.update(_cells(table, row))
        return found

    @cached_property
    def _occurrences(self) -> dict[int, tuple[Occurrence, ...]]:
        states = item_states(self._snapshot, self._contents)
        return {item_id: state.occurrences for item_id, state in states.items()}

    # Rows

    def _row(self, row: TwinRow) -> Iterator[TwinChange]:
        if not row.id:
            yield self._added(row)
            return
        key = row_key(row.id)
        for cell in row.cells:
            if cell.field and (change := self._cell(row, key, cell)):
                yield self._dated(row, change)

    def _added(self, row: TwinRow) -> TwinChange:
        title = next((text_of(cell.raw) for cell in row.cells if cell.field == "title"), "")
        given = "\n".join(f"{cell.heading}: {text_of(cell.raw)}" for cell in row.cells)
        reason = ""
        if self._identity.report != ROADMAP:
            reason = "Новые строки принимаются только в книге дорожной карты."
        elif self._heaped:
            reason = "В этой форме карты новые строки добавляются в окне программы."
        elif not title:
            reason = "У новой строки нет наименования."
        elif any(cell.raw.formula and cell.raw.value is None for cell in row.cells):
            reason = _UNCOUNTED
        note = reason or ("Строка повторяет номер другой, будет добавлена как новая." if row.repeated else "")
        verdict = Verdict.REFUSED if reason else Verdict.ADDED
        place = row.cells[0].raw.place
        return TwinChange(
            row.sheet, place, _shortened(title) or "новая строка", "Вся строка", "", given, verdict, note, added=row
        )

    def _cell(self, row: TwinRow, key: RowKey | None, cell: TwinCell) -> TwinChange | None:
        value, now = self._shown.get((row.table, row.id, row.whole, cell.field), (None, ""))
        given = text_of(cell.raw)
        formula = cell.raw.formula and cell.raw.value is None
        if not (formula or cell.raw.error) and plain(given.removesuffix("%")) == plain(value):
            return None  # the program holds it already
        change = TwinChange(
            row.sheet, cell.raw.place, self._name(key), cell.heading, now, given, Verdict.REFUSED, "", key, cell.field
        )
        if formula or cell.raw.error:
            return replace(change, note="В ячейке ошибка." if cell.raw.error else _UNCOUNTED)
        if reason := self._refusal(key, cell.field, now):
            return replace(change, note=reason)
        try:
            read = self._value(key, cell)
        except UserError as error:
            return replace(change, note=str(error))
        verdict, note = Verdict.OFFERED, ""
        if mark(value) != cell.exported:
            verdict, note = Verdict.CONFLICT, "С тех пор изменено и в программе: выберите, что верно."
        elif not given:
            verdict = Verdict.EMPTIED
        elif doubt := self._doubt(key, cell.field, read):
            verdict, note = Verdict.DOUBTFUL, doubt
        return replace(change, verdict=verdict, note=note, value=read)

    def _dated(self, row: TwinRow, change: TwinChange) -> TwinChange:
        """What is said to be done needs its day; a document needs a record that it proves."""
        if change.key is None or change.key.kind != "term" or change.verdict is Verdict.REFUSED:
            return change
        record = self._occurrence(change.key).record  # type: ignore[union-attr]
        dated = any(cell.field == "done_on" and text_of(cell.raw) for cell in row.cells)
        if change.value is Outcome.DONE and not dated:
            return replace(change, verdict=Verdict.REFUSED, note="Укажите в книге и дату исполнения.")
        if change.field == "evidence" and record is None and not dated:
            return replace(change, verdict=Verdict.REFUSED, note="Укажите в книге и дату исполнения.")
        return change

    # Fields

    def _value(self, key: RowKey | None, cell: TwinCell) -> object:
        name, _, period = cell.field.partition(":")
        if key and key.kind == "school" and (question := self._question(cell.field)):
            try:
                raw = cell.raw.value
                return read_value(question, raw * 100 if cell.raw.percent else raw)
            except ValueFaultError as fault:
                raise UserError(f"Ответ не подходит: {fault}.") from fault
        if name == "target":
            return target_of(cell.raw, period)
        reader = READERS.get(name)
        value = reader(cell.raw) if reader else text_of(cell.raw)
        if name == "title" and not value:
            raise UserError("Наименование не может быть пустым.")
        if name == "done_on":
            if value is None:
                raise UserError("Чтобы снять отметку, удалите запись об исполнении в окне программы.")
            if value > self._snapshot.today:  # type: ignore[operator]
                raise UserError("Этот день ещё не наступил.")
        return value

    def _refusal(self, key: RowKey | None, name: str, now: str) -> str:
        """Why a cell cannot be taken; empty where it can."""
        if key is None or key.kind not in ("item", "indicator", "term", "school"):
            return "Названия разделов и подписи меняются в окне программы."
        match key.kind:
            case "item":
                return self._item_refusal(key, name, now)
            case "indicator":
                return self._indicator_refusal(key, name)
            case "term":
                return self._term_refusal(key, name)
        return self._school_refusal(key, name)

    def _item_refusal(self, key: RowKey, name: str, now: str) -> str:
        item = self._items.get(key.id)
        if item is None:
            return _GONE
        if self._identity.report != ROADMAP:
            return _ELSEWHERE if name in ITEM_FIELDS else _COMPUTED
        if self._heaped:
            return "В этой форме карты в одной ячейке несколько строк: измените их в окне программы."
        if name == "term" and not item.term and now:
            return "Здесь стоят плановые значения показателя: измените их на странице «Показатели»."
        return "" if name in ITEM_FIELDS else _COMPUTED

    def _indicator_refusal(self, key: RowKey, name: str) -> str:
        indicator = self._indicators.get(key.id)
        if indicator is None:
            return _GONE
        base, _, year = name.partition(":")
        if base == "target":
            return "" if year else _ELSEWHERE
        if self._identity.report == ROADMAP:
            return "" if name in INDICATOR_FIELDS else _COMPUTED
        if base not in ACTUAL_FIELDS:
            return _ELSEWHERE if base in INDICATOR_FIELDS else _COMPUTED
        period = year or self._identity.period
        if period in self._closed:
            return f"Период «{parse_period(period).label}» закрыт. Откройте его снова и повторите."
        if base == "actual" and any(c.indicator_id == key.id and c.period == period for c in self._snapshot.counted):
            return "Факт считается из ответов школ: поправьте ответы."
        if base == "actual" and indicator.numerator_of is not None:
            return "Это число – числитель доли и следует из неё."
        return ""

    def _term_refusal(self, key: RowKey, name: str) -> str:
        if key.id not in self._items:
            return _GONE
        found = self._occurrence(key)
        if found is None:
            return "Срок этой строки с тех пор изменён: запишите исполнение в окне программы."
        if name == "evidence" and found.record and found.record.evidence_ids:
            return "Документы этой записи меняются в окне программы."
        if name not in TERM_FIELDS:
            return _ELSEWHERE if name in ITEM_FIELDS else _COMPUTED
        return ""

    def _school_refusal(self, key: RowKey, name: str) -> str:
        if key.id not in self._schools:
            return "Этой школы в программе больше нет."
        if self._question(name):
            desk = self._desk
            assert desk is not None
            if desk.closed:
                return f"Период «{parse_period(desk.round.period).label}» закрыт. Откройте его снова и повторите."
            return "" if key.id in desk.answers else "Эта школа в мониторинге не участвует."
        return "" if name in SCHOOL_FIELDS else _COMPUTED

    def _question(self, name: str) -> Question | None:
        """The question of the round that a column answers."""
        return self._desk.form.question(name.removeprefix("answer:")) if self._desk else None

    def _doubt(self, key: RowKey | None, name: str, value: object) -> str:
        """Why a value that fits is asked about all the same."""
        if key is None:
            return ""
        found = self._occurrence(key) if name == "done_on" else None
        record = found.record if found else None
        if record and record.outcome is Outcome.DONE and record.on and not self._shows(key, name):
            return f"В программе уже записано исполнение {record.on:%d.%m.%Y}."
        base, _, year = name.partition(":")
        if key.kind == "indicator" and base == "actual" and not isinstance(value, Share):
            known = self._actual(key.id, year or self._identity.period)
            if known and known.value is None and known.numerator is not None:
                return "В программе записаны числитель и знаменатель, из книги возьмётся одно число."
        return ""

    def _shows(self, key: RowKey, name: str) -> bool:
        row_id = f"term:{key.id}:{key.end.isoformat() if key.end else ''}"
        return any(k[1] == row_id and k[3] == name and value is not None for k, (value, _) in self._shown.items())

    def _actual(self, indicator_id: int, period: str) -> Actual | None:
        return actuals_by_indicator(self._snapshot).get(indicator_id, {}).get(period)

    def _occurrence(self, key: RowKey) -> Occurrence | None:
        return next((o for o in self._occurrences.get(key.id, ()) if o.window.end == key.end), None)

    def _name(self, key: RowKey | None) -> str:
        if key is None:
            return ""
        if key.kind == "school":
            return self._schools[key.id].label if key.id in self._schools else ""
        known = self._indicators.get(key.id) if key.kind == "indicator" else self._items.get(key.id)
        if known is None:
            return ""
        term = f" (до {key.end:%d.%m.%Y})" if key.end else ""
        return " ".join(f"{known.number} {known.title}".split()) + term


def _cells(table: Table, row: Row) -> Iterator[tuple[tuple[str, str, bool, str], tuple[CellValue, str]]]:
    """The cells of one row by the fields of their columns; one over all columns is the row's title."""
    count = len(table.columns)
    if row.band or (len(row.cells) == 1 and row.cells[0].span >= count > 1):
        cell = next((cell for cell in row.cells if cell.value not in (None, "")), Cell())
        yield (table.name, row.id, True, "title"), (cell.value, str(cell.value or ""))
        return
    position = 0
    for cell in row.cells:
        if position < count:
            column = table.columns[position]
            worded = "" if cell.value is None else format_cell(cell, column.format)
            value = printable(cell.value) if isinstance(cell.value, str) else cell.value
            yield (table.name, row.id, False, column.field), (value, worded)
        position += cell.span


def _shortened(text: str) -> str:
    """The text in one line, cut at a blank with «…» where it is longer than the table has room for."""
    line = " ".join(text.split())
    return line if len(line) <= _NAME else f"{line[:_NAME].rsplit(' ', 1)[0].rstrip(' ,.;:')}…"
