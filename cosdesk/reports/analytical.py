"""The information-analytical report («информационно-аналитический отчёт») of a roadmap for a period."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from cosdesk.domain.district import Snapshot
from cosdesk.domain.roadmap import ItemKind, Stamp
from cosdesk.errors import UserError
from cosdesk.forms.report_form import ReportForm, ReportSection, read_report_form, report_form_path
from cosdesk.reports.analytical_tables import TABLE_FIELDS, AnalyticalTables
from cosdesk.reports.document import (
    Align,
    Block,
    Chart,
    Document,
    Executor,
    Heading,
    PageBreak,
    Paragraph,
    Series,
    Signature,
    Title,
)
from cosdesk.reports.execution_figures import UPCOMING_DAYS
from cosdesk.reports.figures import PeriodFigures, approving_stamp, chosen_roadmap, period_figures
from cosdesk.reports.indicator_figures import IndicatorFigure
from cosdesk.reports.narrative import Composer, is_worded, rounded
from cosdesk.reports.request import Request, Signer
from cosdesk.reports.typography import NBSP, counted, plan_years, signature_name

REPORT_ID = "analytical-report"
WORDS = (
    "approval", "signature_position", "pending", "missing", "source_day", "forecast", "evidence_missing",
    "evidence_awaited", "comment", "carried_band", "overdue", "risk", "shortfall", "no_value", "overdue_consequence",
    "risk_consequence", "shortfall_consequence",
)  # fmt: skip
_FULL_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s+[а-яё]+\s+\d{4}")
_INSTRUMENTAL = re.compile(r"(?:постановлени|распоряжени|решени)ем\b|(?:приказ|протокол|указ)ом\b", re.IGNORECASE)
_CHART_NAME = 90
_UNFIT_FOR_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def build_analytical_report(snapshot: Snapshot, request: Request) -> Document:
    """The report of a roadmap, cumulative from 1 January to the period's end or to today.

    ``UserError`` without a roadmap or a period, and before the period begins; ``FormError`` where
    the report's form cannot be used.
    """
    if request.period is None:
        raise UserError("Отчёт составляется за период. Укажите период, например 2021-Q2 или 2021.")
    figures = period_figures(snapshot, chosen_roadmap(snapshot, request.roadmap_id), request.period)
    return _Report(analytical_form(), snapshot, figures, request).document()


@cache
def analytical_form() -> ReportForm:
    return read_report_form(report_form_path(REPORT_ID), TABLE_FIELDS, WORDS)


class _Report:
    """One report being put together."""

    def __init__(self, form: ReportForm, snapshot: Snapshot, figures: PeriodFigures, request: Request) -> None:
        self._form = form
        self._request = request
        self._district = snapshot.district
        self._figures = figures
        values = _values(form, snapshot, figures)
        composer = Composer(values)
        self._tables = AnalyticalTables(form, composer, figures)
        self._annexes = [
            annex for annex in form.annexes if annex.table not in request.left_out and self._tables.rows(annex.table)
        ]
        numbers = {annex.table: str(number) for number, annex in enumerate(self._annexes, 1)}
        values["annexes"] = dict.fromkeys(TABLE_FIELDS, "") | numbers
        stamp = approving_stamp(figures.contents.stamps)
        values["approval"] = composer.line(form.words["approval"], **_approval(stamp)) if stamp else ""
        self._composer = Composer(values)

    def document(self) -> Document:
        title = " ".join(self._title_lines())
        name = self._composer.line(self._form.file_name, district=self._district.name)
        return Document(
            title=title,
            file_name=_UNFIT_FOR_FILES.sub("", name.replace(NBSP, " ")).strip(" ,."),
            blocks=tuple(self._blocks()),
            author=self._district.office or self._district.name,
            text_sheet=self._form.text_sheet,
        )

    def _title_lines(self) -> tuple[str, ...]:
        return tuple(self._composer.line(line) for line in self._form.title_lines)

    def _blocks(self) -> Iterable[Block]:
        yield Title(self._title_lines())
        yield Paragraph(self._composer.line(self._form.as_of), Align.CENTER, indent=False)
        for section in self._form.sections:
            if section.id not in self._request.left_out:
                yield from self._section(section)
        titles = [self._composer.line(annex.title) for annex in self._annexes]
        if titles:
            yield Paragraph(self._composer.line(self._form.annex_list, titles=titles))
        signer = self._request.signer or Signer(self._district.head_position, self._district.head_name)
        position = signer.position or self._composer.line(self._form.words["signature_position"])
        yield Signature(position, signature_name(signer.name))
        if self._district.coordinator_name:
            yield Executor(self._district.coordinator_name, self._district.coordinator_phone)
        for number, (annex, title) in enumerate(zip(self._annexes, titles, strict=True), 1):
            yield PageBreak(landscape=annex.landscape)
            mark = self._composer.line(self._form.annex_mark, number=number)
            yield Paragraph(mark, Align.RIGHT, indent=False)
            yield Heading(title, 2, Align.CENTER)
            yield self._tables.table(annex.table)

    def _section(self, section: ReportSection) -> Iterable[Block]:
        yield Heading(section.heading)
        paragraphs = self._composer.paragraphs(section.text)
        for number, paragraph in enumerate(paragraphs, 1):
            yield Paragraph(f"{number}. {paragraph}" if section.numbered and len(paragraphs) > 1 else paragraph)
        for block in section.blocks:
            if block == "chart":
                yield from self._charts()
            elif (table := self._tables.table(block)).rows or table.empty:
                yield table

    def _charts(self) -> Iterable[Chart]:
        """Plan and fact of the year: one chart of all percents, one of every other unit."""
        units: dict[str, list[IndicatorFigure]] = {}
        for figure in self._figures.indicators.all:
            if figure.target is not None or figure.amount is not None:
                units.setdefault("%" if figure.indicator.is_percent else figure.indicator.unit, []).append(figure)
        line = self._composer.line
        for unit, shown in sorted(units.items(), key=lambda pair: pair[0] != "%"):
            if all(figure.amount is None or figure.target is None for figure in shown):
                continue
            yield Chart(
                line(self._form.chart_title),
                tuple(f"{figure.reference}. {_shortened(figure.title)}" for figure in shown),
                (
                    Series(line(self._form.chart_plan), tuple(_shown(figure.target) for figure in shown)),
                    Series(line(self._form.chart_fact), tuple(_shown(figure.amount) for figure in shown)),
                ),
                counted(5, unit) if is_worded(unit) else unit,
            )


def _shown(amount: Decimal | None) -> Decimal | None:
    """As a chart prints it: an exact share has no end."""
    return None if amount is None else rounded(amount)


def _shortened(text: str) -> str:
    """As much of a long name as stands beside a bar, cut between words."""
    if len(text) <= _CHART_NAME:
        return text
    cut = text[:_CHART_NAME].rpartition(" ")[0] or text[:_CHART_NAME]
    return re.sub(r"(?:[\s,.;–]+\w{0,2})+$", "", cut) + "…"


def _values(form: ReportForm, snapshot: Snapshot, figures: PeriodFigures) -> dict[str, object]:
    """What the templates of the form may name."""
    district, roadmap = snapshot.district, figures.contents.roadmap
    kinds = {"results": ItemKind.RESULT, "milestones": ItemKind.MILESTONE, "activities": ItemKind.ACTIVITY}
    counts = {name: figures.rows(kind) for name, kind in kinds.items()}
    return {
        "period": figures.period.cumulative_label,
        "year": str(figures.period.year),
        "as_of": figures.as_of,
        "final": figures.final,
        "district": district.name,
        "place": _place(district.name, district.name_locative),
        "project": roadmap.project.strip(' «»"„“'),
        "years": plan_years(roadmap.years) if roadmap.years else "",
        "coordinator": {"name": district.coordinator_name, "position": district.coordinator_position},
        "rows": counts | {"all": sum(counts.values())},
        "schools": figures.schools,
        "indicators": figures.indicators,
        "execution": figures.execution,
        "before": figures.before,
        "listed": form.listed,
        "horizon": UPCOMING_DAYS,
    }


def _place(name: str, locative: str) -> str:
    """«в Заречном районе», «во Владимирском районе»; «(Заречный район)» where the case is not known."""
    if not locative:
        return f"({name})" if name else ""
    return f"{'во' if re.match('[ВФ][^аеёиоуыэюя]', locative, re.IGNORECASE) else 'в'} {locative}"


def _approval(stamp: Stamp) -> Mapping[str, object]:
    """What a stamp says of the approval, for the phrase after «утверждён»."""
    act = " ".join(stamp.act.split())
    said = act or stamp.position
    return {
        "act": act,
        # УТВЕРЖДЕН (кем, чем) is followed by the instrumental, УТВЕРЖДАЮ by the nominative.
        "instrumental": bool(_INSTRUMENTAL.search(act)) if act else not stamp.heading.upper().startswith("УТВЕРЖДАЮ"),
        "position": stamp.position,
        "name": signature_name(stamp.name),
        "on": stamp.on,
        "dated": bool(_FULL_DATE.search(said)),
    }
