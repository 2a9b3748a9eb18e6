"""Tables of papers: schools, people answering, sites, a round's answers, a row's steps and executions, blanks to fill.

A table is filled with what the file knows; what it does not know stays empty, to be filled by hand.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import judge, school_facts
from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Occurrence
from cosdesk.domain.indicator import Actual, Indicator, level_of, share
from cosdesk.domain.missing_evidence import missing_evidence
from cosdesk.domain.monitoring import Value
from cosdesk.domain.organisation import School
from cosdesk.domain.period import Period, parse_period
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.state import ItemState, item_states
from cosdesk.forms.report_form import ReportColumn, ReportTable
from cosdesk.reports.analytical_tables import STATUS_TONES
from cosdesk.reports.document import Align, Cell, CellValue, Column, Format, Row, Table
from cosdesk.reports.execution_figures import TermFigure
from cosdesk.reports.figures import PeriodFigures
from cosdesk.reports.indicator_figures import actual_at, plain_title
from cosdesk.reports.monitoring_figures import MonitoringFigures, SchoolAnswer
from cosdesk.reports.narrative import Composer
from cosdesk.reports.plan_values import RowFigure
from cosdesk.reports.planned import planned_number
from cosdesk.reports.references import bare_number, one_line
from cosdesk.reports.roadmap import target_years
from cosdesk.reports.typography import list_name, short_date

TABLE_FIELDS: dict[str, tuple[str, ...]] = {
    "schools": (
        "number", "school", "name", "kind", "address", "locality", "locality_kind", "site", "head", "phone", "email",
        "learners", "teachers",
    ),
    "responsible": ("number", "school", "person", "position", "area", "phone", "email"),
    "sites": (
        "number", "school", "resource", "address", "kind", "sections", "updated_on", "checked_on", "result",
        "responsible",
    ),
    "answers": ("number", "school", "address", "locality_kind", "questions", "verdict", "reasons"),
    "complying": ("number", "school", "locality", "reasons"),
    "failing": ("number", "school", "locality", "reasons", "due"),
    "indicator_years": ("number", "title", "unit", "years"),
    "school_shares": ("number", "school", "indicator", "numerator", "denominator", "share"),
    "steps": ("number", "title", "term", "responsible", "expected", "status", "note"),
    "executions": ("number", "title", "planned", "done_on", "status", "evidence", "comment"),
    "missing": ("number", "row", "title", "term", "done_on", "kinds", "responsible"),
    "media": ("number", "title", "term", "channel", "kind", "responsible", "mark"),
    "decisions": ("number", "title", "responsible", "due", "mark"),
    "recommendations": ("number", "title", "responsible", "due"),
    "blank": ("number",),
}  # fmt: skip
_FORMATS = {
    "learners": Format.INTEGER, "teachers": Format.INTEGER, "updated_on": Format.DATE, "checked_on": Format.DATE,
    "planned": Format.DATE, "done_on": Format.DATE, "due": Format.DATE, "numerator": Format.NUMBER,
    "denominator": Format.NUMBER, "share": Format.PERCENT,
}  # fmt: skip
_ANSWERED = ("answers", "complying", "failing")  # with a round at hand nothing of them is left to fill
_WHOLE = ("schools", "responsible", "sites")  # with schools at hand there is no other row to add
_YEAR_PARTS = {"план": "target", "факт": "actual", "%": "level"}

_Fields = Mapping[str, Cell]


@dataclass(frozen=True)
class PaperData:
    """All that the tables of one paper are filled from."""

    snapshot: Snapshot
    contents: RoadmapContents
    as_of: date
    contacts: bool = True
    row: RowFigure | None = None
    figures: PeriodFigures | None = None
    monitoring: MonitoringFigures | None = None


class PaperTables:
    """The tables of one paper by id, with the columns that its form asks for."""

    def __init__(self, tables: Mapping[str, ReportTable], composer: Composer, data: PaperData) -> None:
        self._tables = tables
        self._composer = composer
        self._data = data
        self._kept: dict[str, Table] = {}
        self._facts: dict[int, tuple[str, bool]] = {}
        self._sources: dict[str, Callable[[], Iterable[tuple[str, _Fields]]]] = {
            "schools": self._schools,
            "responsible": self._responsible,
            "sites": self._sites,
            "answers": self._answers,
            "complying": lambda: self._verdicts(True),
            "failing": lambda: self._verdicts(False),
            "indicator_years": self._indicator_years,
            "school_shares": self._school_shares,
            "steps": self._steps,
            "executions": self._executions,
            "missing": self._missing,
            "media": self._media,
            "decisions": self._tasks,
            "recommendations": self._tasks,
            "blank": lambda: (),
        }

    def table(self, table_id: str) -> Table:
        if table_id not in self._kept:
            self._kept[table_id] = self._made(self._tables[table_id])
        return self._kept[table_id]

    def _made(self, form: ReportTable) -> Table:
        columns = tuple(column for entry in form.columns for column in self._columns(entry))
        rows = [self._row(form, fields, row_id) for row_id, fields in self._sources[form.id]()]
        numbered = any(column.field == "number" for column in form.columns)
        whole = self._data.monitoring is not None if form.id in _ANSWERED else bool(rows) and form.id in _WHOLE
        for place in range(len(rows) + 1, 0 if whole else form.blank_rows + 1):
            number = Cell(str(place)) if numbered else Cell()
            rows.append(self._row(form, {"number": number}, ""))
        return Table(form.name, columns, tuple(rows), True, form.number_row, form.empty, form.font_size)

    # Columns

    def _columns(self, column: ReportColumn) -> Iterable[Column]:
        align = Align(column.align)
        if column.field == "years":
            for year in target_years(self._data.contents):
                if year not in self._facts:
                    self._facts[year] = self._fact_heading(year)
                told, whole = self._facts[year]
                for part, field in _YEAR_PARTS.items():
                    # A value of a part of the year is no value of the year to be read back.
                    key = f"{field}:{year}" if whole or field != "actual" else ""
                    heading = told if field == "actual" else part
                    yield Column(heading, f"{year} год", column.width, Align.RIGHT, Format.NUMBER, key)
        elif column.field == "questions":
            form = self._data.monitoring.reading.form if self._data.monitoring else None
            for computed in form.computed if form else ():
                heading = f"{computed.label}, {computed.unit}" if computed.unit else computed.label
                yield Column(heading, column.group, column.width, align, field=f"computed:{computed.key}")
            for question in form.questions if form else ():
                heading = question.heading
                yield Column(heading, column.group, column.width, align, field=f"answer:{question.key}")
        elif column.field not in ("phone", "email") or self._data.contacts:
            heading = self._composer.line(column.heading)
            value_format = _FORMATS.get(column.field, Format.TEXT)
            yield Column(heading, column.group, column.width, align, value_format, column.field)

    def _row(self, form: ReportTable, fields: _Fields, row_id: str) -> Row:
        cells: list[Cell] = []
        for column in form.columns:
            width = len(tuple(self._columns(column))) if column.field in ("years", "questions") else 1
            if column.field in ("phone", "email") and not self._data.contacts:
                continue
            if column.field in ("years", "questions"):
                cells += [fields.get(f"{column.field}:{place}", Cell()) for place in range(width)]
            else:
                cells.append(fields.get(column.field, Cell()))
        total = any(cell.bold for cell in cells)
        return Row(tuple(cells), bold=total, id=row_id)

    # Schools and people

    def _working_schools(self) -> list[School]:
        return [school for school in self._data.snapshot.schools if school.works_on(self._data.as_of)]

    def _schools(self) -> Iterable[tuple[str, _Fields]]:
        for place, school in enumerate(self._working_schools(), 1):
            count = school.count_at(self._data.as_of)
            yield f"school:{school.id}", {
                "number": Cell(str(place)),
                "school": Cell(one_line(school.label)),
                "name": Cell(one_line(school.name)),
                "kind": _text(school.kind),
                "address": _text(school.address),
                "locality": _text(school.locality),
                "locality_kind": _text(school.locality_kind),
                "site": _text(school.site),
                "head": _text(school.head),
                "phone": _text(school.phone),
                "email": _text(school.email),
                "learners": Cell(count.learners if count else None, dash=True),
                "teachers": Cell(count.teachers if count else None, dash=True),
            }

    def _responsible(self) -> Iterable[tuple[str, _Fields]]:
        """People of the directory by their school; a school without any gets a row to fill."""
        place, areas = 0, self._areas()
        for school in self._working_schools():
            for person in self._people_of(school) or [None]:
                place += 1
                known = person or Person(0, "")
                yield f"school:{school.id}", {
                    "number": Cell(str(place)),
                    "school": Cell(one_line(school.label)),
                    "person": Cell(known.full_name or known.name),
                    "position": Cell(one_line(known.position)),
                    "area": Cell("; ".join(areas.get(list_name(known.full_name or known.name).casefold(), ()))),
                    "phone": Cell(known.phone),
                    "email": Cell(known.email),
                }

    def _areas(self) -> dict[str, list[str]]:
        """The plan's sections in which each person is named as responsible, by the name as in lists."""
        titles = {section.id: one_line(section.title).rstrip(".") for section in self._data.contents.sections}
        found: dict[str, list[str]] = {}
        for item in self._data.contents.items:
            for line in item.responsible:
                for name in re.split(r"[,;\n]", line):
                    title = titles.get(item.section_id or 0, "")
                    known = found.setdefault(list_name(one_line(name)).casefold(), [])
                    if title and name.strip() and title not in known:
                        known.append(title)
        return found

    def _people_of(self, school: School) -> list[Person | None]:
        names = {one_line(name).casefold() for name in (school.name, school.short_name, *school.former_names) if name}
        return [
            person
            for person in self._data.snapshot.people
            if person.membership is Membership.PERSON and one_line(person.organisation).casefold() in names
        ]

    def _sites(self) -> Iterable[tuple[str, _Fields]]:
        """The schools' sites, with what each answered where it was asked."""
        found = self._data.monitoring
        entries = {entry.school.id: entry for entry in found.all} if found else {}
        for place, school in enumerate(self._working_schools(), 1):
            fields = {
                "number": Cell(str(place)),
                "school": Cell(one_line(school.label)),
                "resource": Cell("Официальный сайт"),
                "address": Cell(school.site),
            }
            if entry := entries.get(school.id):
                values = entry.answer.values
                fields |= {key: _answer_cell(values.get(key)) for key in ("kind", "sections", "updated_on")}
                fields["address"] = Cell(str(values.get("address") or school.site))
                fields["checked_on"] = Cell(entry.answer.as_of.date() if entry.answer.as_of else None, dash=True)
                fields["result"] = Cell(self._verdict(entry))
            yield f"school:{school.id}", fields

    # Monitoring

    def _answers(self) -> Iterable[tuple[str, _Fields]]:
        found = self._data.monitoring
        if found is None:
            return
        for place, entry in enumerate(found.all, 1):
            fields = {
                "number": Cell(str(place)),
                "school": Cell(entry.name),
                "address": _text(entry.school.address),
                "locality_kind": _text(entry.school.locality_kind),
                "verdict": Cell(self._verdict(entry)),
                "reasons": _text(entry.reasons),
            }
            for index, value in enumerate(self._values_of(entry)):
                fields[f"questions:{index}"] = _answer_cell(value)
            yield f"school:{entry.school.id}", fields

    def _values_of(self, entry: SchoolAnswer) -> list[Value]:
        """What the form works out for the school, then what the school answered."""
        assert self._data.monitoring is not None
        reading, values = self._data.monitoring.reading, entry.answer.values
        facts = school_facts(entry.school, parse_period(reading.round.period).end, self._data.snapshot.today)
        computed = judge(reading.form, values, facts).computed
        return [
            *(computed.get(entry.key) for entry in reading.form.computed),
            *(values.get(question.key) for question in reading.form.questions),
        ]

    def _verdict(self, entry: SchoolAnswer) -> str:
        assert self._data.monitoring is not None
        form, answer = self._data.monitoring.reading.form, entry.answer
        if not answer.state.counts:
            return "сведения не представлены"
        if answer.complies is None:
            return "–"
        return form.complies_label if answer.complies else form.fails_label

    def _verdicts(self, complies: bool) -> Iterable[tuple[str, _Fields]]:
        found = self._data.monitoring
        entries = () if found is None else found.complying if complies else found.failing
        for place, entry in enumerate(entries, 1):
            yield f"school:{entry.school.id}", {
                "number": Cell(str(place)),
                "school": Cell(entry.name),
                "locality": _text(entry.school.locality),
                "reasons": _text(entry.reasons),
            }

    def _school_shares(self) -> Iterable[tuple[str, _Fields]]:
        """Each school's part in each indicator that the round counts, then the sum over the sum."""
        found = self._data.monitoring
        if found is None:
            return
        titles = {i.id: plain_title(i) for contents in self._data.snapshot.roadmaps for i in contents.indicators}
        forms = {feed.key: feed.title for feed in found.reading.form.feeds}
        for feed in found.reading.round.feeds:
            title = one_line(titles.get(feed.indicator_id or 0, "") or forms.get(feed.feed, ""))
            place = 0
            for entry in found.answered:
                part = entry.answer.counted.get(feed.feed)
                if part is None:
                    continue
                place += 1
                fields = {"number": Cell(str(place)), "school": Cell(entry.name), "indicator": Cell(title)}
                yield f"school:{entry.school.id}", fields | _share(part.numerator, part.denominator)
            if place and feed.numerator is not None:
                fields = {"school": Cell("Итого по району", bold=True), "indicator": Cell(title, bold=True)}
                yield "", fields | _share(feed.numerator, feed.denominator, bold=True)

    # Indicators

    def _indicator_years(self) -> Iterable[tuple[str, _Fields]]:
        years = target_years(self._data.contents)
        for place, indicator in enumerate(self._data.contents.indicators, 1):
            fields: dict[str, Cell] = {
                "number": Cell(bare_number(indicator.number) or str(place)),
                "title": Cell(plain_title(indicator)),
                "unit": _text("%" if indicator.is_percent else indicator.unit),
            }
            for index, year in enumerate(years):
                actual = self._year_actual(indicator, year)
                values = _year_values(indicator, year, actual.exact if actual else None)
                for part, cell in enumerate(values):
                    fields[f"years:{index * len(_YEAR_PARTS) + part}"] = cell
            yield f"indicator:{indicator.id}", fields

    def _year_actual(self, indicator: Indicator, year: int) -> Actual | None:
        """The year's value; of the year that lasts the latest known."""
        known = (actual for actual in self._data.snapshot.actuals if actual.indicator_id == indicator.id)
        return actual_at(known, Period(year), min(self._data.as_of, date(year, 12, 31)))

    def _fact_heading(self, year: int) -> tuple[str, bool]:
        """«факт», True; «факт на 30.09.2026», False where the values are of a part of the year."""
        found = [self._year_actual(indicator, year) for indicator in self._data.contents.indicators]
        days = {min(parse_period(a.period).end, self._data.as_of) for a in found if a and a.amount is not None}
        if not days or days == {date(year, 12, 31)}:
            return "факт", True
        return f"факт на {short_date(max(days)) if len(days) == 1 else 'отчётную дату'}", False

    # A row

    def _steps(self) -> Iterable[tuple[str, _Fields]]:
        row = self._data.row
        for place, state in enumerate(row.children if row else (), 1):
            yield f"item:{state.item.id}", _step(state) | {"number": Cell(bare_number(state.item.number) or str(place))}

    def _executions(self) -> Iterable[tuple[str, _Fields]]:
        row = self._data.row
        if row is None:
            return
        found = [(state, term) for state in (row.state, *row.children) for term in state.occurrences]
        for place, (state, term) in enumerate(sorted(found, key=lambda pair: pair[1].window.end), 1):
            end = term.window.end.isoformat()
            yield f"term:{state.item.id}:{end}", {"number": Cell(str(place))} | _execution(state, term)

    def _missing(self) -> Iterable[tuple[str, _Fields]]:
        """What of this roadmap is done or due and has no document."""
        roadmap_id = self._data.contents.roadmap.id
        found = [each for each in missing_evidence(self._data.snapshot) if each.roadmap_id == roadmap_id]
        for place, each in enumerate(found, 1):
            item = each.item
            yield f"item:{item.id}", {
                "number": Cell(str(place)),
                "row": _text(bare_number(item.number)),
                "title": Cell(one_line(item.title)),
                "term": _text(item.term.text),
                "done_on": Cell(each.on, dash=True),
                "kinds": _text(each.wanted),
                "responsible": _text(", ".join(line.strip(" ,;") for line in item.responsible)),
            }

    def _media(self) -> Iterable[tuple[str, _Fields]]:
        """The row's steps, or all that the plan has for the year: what there will be to tell of."""
        row, year = self._data.row, self._data.as_of.year
        states: Iterable[ItemState] = row.children if row else ()
        if not states:
            known = item_states(self._data.snapshot, self._data.contents).values()
            states = [s for s in known if any(found.window.end.year == year for found in s.occurrences)]
        for place, state in enumerate(states, 1):
            yield f"item:{state.item.id}", _step(state) | {"number": Cell(str(place))}

    def _tasks(self) -> Iterable[tuple[str, _Fields]]:
        """What is overdue or at risk, as something somebody has to do by a day."""
        figures = self._data.figures
        if figures is None:
            return
        place = 0
        for terms in _by_row((*figures.execution.unfinished, *figures.execution.risky)):
            place += 1
            yield f"item:{terms[0].item.id}", {
                "number": Cell(str(place)),
                "title": Cell(f"Завершить исполнение: {terms[0].name}"),
                "responsible": Cell(terms[0].responsible),
                "due": Cell(min((term.expected_by for term in terms if term.awaited), default=None)),
            }
        for figure in (*figures.indicators.below, *figures.indicators.missing):
            place += 1
            task = "Обеспечить достижение планового значения" if figure.below else "Представить фактическое значение"
            yield f"indicator:{figure.indicator.id}", {
                "number": Cell(str(place)),
                "title": Cell(f"{task} показателя {figure.name}"),
                "responsible": Cell(", ".join(one_line(line) for line in figure.responsible)),
                "due": Cell(None if figures.final else date(figures.period.year, 12, 31)),
            }


def _by_row(terms: Iterable[TermFigure]) -> Iterable[list[TermFigure]]:
    """The terms of each row together: a row that was missed month after month is one task."""
    found: dict[tuple[int, str], list[TermFigure]] = {}
    for term in terms:
        found.setdefault((term.item.id, term.name), []).append(term)
    return found.values()


def _step(state: ItemState) -> dict[str, Cell]:
    return {
        "title": Cell(one_line(state.item.title)),
        "term": _text(state.item.term.text),
        "responsible": _text(", ".join(line.strip(" ,;") for line in state.item.responsible)),
        "expected": _text(state.item.expected),
        "status": Cell(state.status.label, tone=STATUS_TONES[state.status]),
    }


def _execution(state: ItemState, found: Occurrence) -> dict[str, Cell]:
    record = found.record
    papers = [
        paper
        for paper in state.evidence
        if record and (paper.id in record.evidence_ids or record.id in paper.execution_ids)
    ]
    label = f" ({found.window.label})" if found.window.label else ""
    return {
        "title": Cell(one_line(state.item.title).rstrip(" .,;:") + label),
        "planned": Cell(found.window.end),
        "done_on": Cell(record.on if record else None, dash=True),
        "status": Cell(found.status.label, tone=STATUS_TONES[found.status]),
        "evidence": _text("; ".join(one_line(paper.label) for paper in papers)),
        "comment": _text(" ".join(part for part in (record.comment, record.reason) if part) if record else ""),
    }


def _year_values(indicator: Indicator, year: int, amount: Decimal | None) -> tuple[Cell, Cell, Cell]:
    plan = indicator.plan(str(year))
    level = level_of(amount, plan, indicator.direction)
    value_format = Format.PERCENT if indicator.is_percent else Format.NUMBER
    return (
        Cell(planned_number(plan), format=value_format, dash=True),
        Cell(amount, format=value_format, dash=True),
        Cell(level, format=Format.PERCENT, dash=True),
    )


def _share(numerator: Decimal, denominator: Decimal | None, bold: bool = False) -> dict[str, Cell]:
    return {
        "numerator": Cell(numerator, bold=bold),
        "denominator": Cell(denominator, bold=bold, dash=True),
        "share": Cell(share(numerator, denominator), bold=bold, dash=True),
    }


def _answer_cell(value: Decimal | str | date | bool | None) -> Cell:
    if isinstance(value, bool):
        return Cell("да" if value else "нет")
    known: CellValue = value
    if isinstance(value, date):
        return Cell(known, format=Format.DATE)
    return Cell(known, format=Format.NUMBER if isinstance(value, Decimal) else None, dash=True)


def _text(text: str) -> Cell:
    """Typed text in a cell; a dash for none."""
    return Cell(one_line(text) or None, dash=True)
