"""The tables of the information-analytical report: summary, indicators, execution, deviations and risks."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property

from cosdesk.domain.execution import Status
from cosdesk.domain.indicator import Achievement
from cosdesk.domain.roadmap import Section
from cosdesk.forms.report_form import ReportForm, SummaryRow
from cosdesk.reports.document import Align, Cell, Column, Format, Row, Table, Tone
from cosdesk.reports.execution_figures import TermFigure
from cosdesk.reports.figures import PeriodFigures
from cosdesk.reports.indicator_figures import IndicatorFigure
from cosdesk.reports.narrative import Composer
from cosdesk.reports.planned import planned_number
from cosdesk.reports.references import bare_number, one_line
from cosdesk.reports.typography import short_date

TABLE_FIELDS = {
    "summary": ("parameter", "count", "share"),
    "indicators": (
        "number", "title", "unit", "previous", "target", "actual", "deviation", "level", "status", "reason", "measure",
        "source",
    ),
    "execution": (
        "number", "title", "planned", "done_on", "responsible", "status", "evidence", "expected", "comment",
    ),
    "risks": ("number", "deviation", "reason", "consequence", "measure", "due", "responsible"),
}  # fmt: skip
_FORMATS = {
    "count": Format.INTEGER,
    "share": Format.PERCENT,
    "previous": Format.NUMBER,
    "target": Format.NUMBER,
    "actual": Format.NUMBER,
    "level": Format.PERCENT,
    "planned": Format.DATE,
    "done_on": Format.DATE,
    "due": Format.DATE,
}
STATUS_TONES = {
    Status.DONE: Tone.GREEN,
    Status.DONE_LATE: Tone.AMBER,
    Status.IN_PROGRESS: Tone.BLUE,
    Status.AT_RISK: Tone.AMBER,
    Status.OVERDUE: Tone.RED,
    Status.NOT_DUE: Tone.GREY,
    Status.UNDETERMINED: Tone.GREY,
    Status.CANCELLED: Tone.GREY,
}
_ACHIEVEMENT_TONES = {
    Achievement.EXCEEDED: Tone.GREEN,
    Achievement.REACHED: Tone.GREEN,
    Achievement.BELOW: Tone.AMBER,
    Achievement.FAILED: Tone.RED,
    Achievement.UNKNOWN: Tone.GREY,
}

_Fields = dict[str, Cell]


class AnalyticalTables:
    """Tables of one report; the form says which columns, in which order and by which heading."""

    def __init__(self, form: ReportForm, composer: Composer, figures: PeriodFigures) -> None:
        self._form = form
        self._composer = composer
        self._figures = figures

    def rows(self, table_id: str) -> tuple[Row, ...]:
        return self._rows_by_table[table_id]

    def table(self, table_id: str) -> Table:
        form = self._form.table(table_id)
        return Table(
            name=form.name,
            columns=tuple(
                Column(
                    self._composer.line(column.heading),
                    column.group,
                    column.width,
                    Align(column.align),
                    self._format(table_id, column.field),
                    column.field,
                )
                for column in form.columns
            ),
            rows=self.rows(table_id),
            number_row=form.number_row,
            empty=form.empty,
            font_size=form.font_size,
        )

    def _format(self, table_id: str, field: str) -> Format:
        if table_id == "indicators" and field == "deviation":
            return Format.NUMBER
        return _FORMATS.get(field, Format.TEXT)

    @cached_property
    def _rows_by_table(self) -> dict[str, tuple[Row, ...]]:
        return {
            "summary": tuple(self._summary()),
            "indicators": tuple(self._indicators()),
            "execution": tuple(self._execution()),
            "risks": tuple(self._risks()),
        }

    def _row(self, table_id: str, fields: _Fields, row_id: str = "") -> Row:
        columns = self._form.table(table_id).columns
        return Row(tuple(fields.get(column.field, Cell()) for column in columns), id=row_id)

    def _word(self, key: str, **values: object) -> str:
        return self._composer.line(self._form.words[key], **values)

    # Summary

    def _summary(self) -> Iterable[Row]:
        if not self._figures.indicators.all and not self._figures.contents.items:
            return
        for row in self._form.summary:
            count = self._count(row, row.count.text)
            whole = self._count(row, row.whole.text) if row.whole.text else 0
            # Of nothing there are no parts: such a row would only say «0 из 0».
            if not count and (row.optional or (row.whole.text and not whole)):
                continue
            share = Decimal(count) * 100 / whole if whole else None
            fields = {"parameter": Cell(row.parameter), "count": Cell(count), "share": Cell(share, dash=True)}
            yield self._row("summary", fields)

    def _count(self, row: SummaryRow, name: str) -> int:
        """The size of a named group of the figures; ``FormError`` for a name there is not."""
        owner, _, group = name.partition(".")
        groups = {"indicators": self._figures.indicators, "execution": self._figures.execution}
        found = getattr(groups.get(owner), group, None) if group.isalpha() else None
        if not isinstance(found, tuple):
            template = row.count if name == row.count.text else row.whole
            raise template.fault(f"группы «{name}» нет")
        return len(found)

    # Indicators

    def _indicators(self) -> Iterable[Row]:
        for figure in self._figures.indicators.all:
            yield self._row("indicators", self._indicator(figure), f"indicator:{figure.indicator.id}")

    def _indicator(self, figure: IndicatorFigure) -> _Fields:
        percent = figure.indicator.is_percent
        value_format = Format.PERCENT if percent else Format.NUMBER

        def value(amount: Decimal | None, cell_format: Format = value_format) -> Cell:
            return Cell(amount, format=cell_format, dash=True)

        return {
            "number": Cell(figure.reference),
            "title": Cell(figure.title),
            "unit": Cell("%" if percent else one_line(figure.indicator.unit) or None, dash=True),
            "previous": value(figure.previous),
            "target": Cell(planned_number(figure.state.plan), format=value_format, dash=True),
            "actual": value(figure.amount),
            "deviation": value(figure.deviation, Format.POINTS if percent else Format.NUMBER),
            "level": Cell(figure.level, dash=True),
            "status": Cell(self._indicator_status(figure), tone=_ACHIEVEMENT_TONES[figure.achievement]),
            "reason": _text(figure.reason),
            "measure": _text(figure.measure),
            "source": _text(self._indicator_source(figure)),
        }

    def _indicator_status(self, figure: IndicatorFigure) -> str:
        if figure.amount is None and figure.target is not None:
            return self._word("missing" if self._figures.final else "pending")
        if figure.achievement is Achievement.UNKNOWN and figure.amount is not None:
            return "–"
        return figure.achievement.label

    def _indicator_source(self, figure: IndicatorFigure) -> str:
        """The source, with the day where the value is older than the report."""
        if figure.on is None or figure.on == self._figures.as_of:
            return figure.source
        return self._word("source_day", source=figure.source, day=figure.on)

    # Execution

    def _execution(self) -> Iterable[Row]:
        execution = self._figures.execution
        places = {item.id: place for place, item in enumerate(self._figures.contents.items)}
        section: Section | None = None
        for term in sorted((*execution.due, *execution.early), key=lambda term: (places[term.item.id], term.planned)):
            if term.section and term.section != section:
                section = term.section
                yield _band(_section_title(section))
            yield self._row("execution", self._term(term), term.id)
        if execution.carried:
            yield _band(self._word("carried_band"))
        for term in execution.carried:
            yield self._row("execution", self._term(term), term.id)

    def _term(self, term: TermFigure) -> _Fields:
        if term.done_on:
            done_on = Cell(term.done_on)
        elif term.postponed_to:
            done_on = Cell(self._word("forecast", day=term.postponed_to))
        else:
            done_on = Cell(dash=True)
        return {
            "number": Cell(bare_number(term.item.number) or None, dash=True),
            "title": Cell(term.title),
            "planned": Cell(term.planned),
            "done_on": done_on,
            "responsible": _text(term.responsible),
            "status": Cell(term.status.label, tone=STATUS_TONES[term.status]),
            "evidence": Cell(self._evidence(term)),
            "expected": _text(term.item.expected),
            "comment": _text(self._word("comment", comment=term.comment, reason=term.reason)),
        }

    def _evidence(self, term: TermFigure) -> str:
        if term.evidence:
            return "; ".join(one_line(document.label) for document in term.evidence)
        return self._word("evidence_missing" if term.done else "evidence_awaited")

    # Deviations and risks

    def _risks(self) -> Iterable[Row]:
        found = [*self._term_risks(), *self._indicator_risks(), *self._registered_risks()]
        for number, (row_id, fields) in enumerate(found, 1):
            yield self._row("risks", {"number": Cell(str(number))} | fields, row_id)

    def _term_risks(self) -> Iterable[tuple[str, _Fields]]:
        execution = self._figures.execution
        overdue = (*execution.carried, *execution.undone)
        for term in (*overdue, *(term for term in execution.risky if term not in overdue)):
            late = term.planned <= self._figures.as_of
            parent = bare_number(term.parent.number) if term.parent else ""
            consequence = self._word("overdue_consequence", parent=parent) if late else self._word("risk_consequence")
            fields = {
                "deviation": Cell(self._word("overdue" if late else "risk", term=term)),
                "reason": _text(term.reason),
                "consequence": _text(consequence),
                "measure": _text(term.measure),
                "due": Cell(term.expected_by),
                "responsible": _text(term.responsible),
            }
            yield term.id, fields

    def _indicator_risks(self) -> Iterable[tuple[str, _Fields]]:
        indicators = self._figures.indicators
        year_end = None if self._figures.final else date(self._figures.period.year, 12, 31)
        for figure in (*indicators.below, *indicators.missing):
            fields = {
                "deviation": Cell(self._word("shortfall" if figure.below else "no_value", figure=figure)),
                "reason": _text(figure.reason),
                "consequence": _text(self._word("shortfall_consequence") if figure.below else ""),
                "measure": _text(figure.measure),
                "due": Cell(year_end, dash=True),
                "responsible": _text(", ".join(one_line(line) for line in figure.responsible)),
            }
            yield f"indicator:{figure.indicator.id}", fields


    def _registered_risks(self) -> Iterable[tuple[str, _Fields]]:
        """What somebody wrote into the register, as long as it stands; closed within the period, with its outcome."""
        contents = self._figures.contents
        names: dict[tuple[str, int | None], str]
        names = {("item", item.id): f"Строка {bare_number(item.number)}" for item in contents.items if item.number}
        names |= {("indicator", each.id): f"Показатель {each.number}" for each in contents.indicators if each.number}
        for risk in self._figures.risks:
            about = names.get(("item", risk.item_id) if risk.item_id is not None else ("indicator", risk.indicator_id))
            closed = f"Снят {short_date(risk.closed_on)}. {risk.outcome}" if risk.closed_on else ""
            fields = {
                "deviation": _text(f"{about}: {risk.title}" if about else risk.title),
                "reason": _text(risk.cause),
                "consequence": _text(risk.consequence),
                "measure": _text("\n".join(filter(None, (risk.measure, closed.strip())))),
                "due": Cell(risk.due, dash=True),
                "responsible": _text(risk.responsible),
            }
            yield f"risk:{risk.id}", fields


def _text(text: str) -> Cell:
    """Typed text in a cell, its line breaks kept; a dash for none."""
    return Cell(text.strip() or None, dash=True)


def _band(text: str) -> Row:
    return Row((Cell(text, bold=True),), band=True)


def _section_title(section: Section) -> str:
    """«1. Подключение школ»; a title that already bears its number («Направление 1. …») as it is."""
    number, title = bare_number(section.number), one_line(section.title)
    borne = re.search(rf"\b{re.escape(number)}\b", title.split(".")[0])
    return title if borne or not number else f"{number}. {title}".rstrip(". ")
