"""The charts of reports: plan against fact, execution by status and by section, schools by verdict."""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from cosdesk.domain.execution import Status
from cosdesk.forms.report_form import ReportForm
from cosdesk.reports.document import Chart, Series
from cosdesk.reports.figures import PeriodFigures
from cosdesk.reports.indicator_figures import IndicatorFigure
from cosdesk.reports.monitoring_figures import MonitoringFigures
from cosdesk.reports.narrative import Composer, is_worded, rounded
from cosdesk.reports.references import bare_number, one_line
from cosdesk.reports.typography import counted

_CHART_NAME = 90


def charts(
    chart_id: str, form: ReportForm, composer: Composer, figures: PeriodFigures | None,
    monitoring: MonitoringFigures | None = None,
) -> Iterable[Chart]:  # fmt: skip
    """The charts of that id of ``forms.report_form.CHARTS``, none where there is nothing to compare."""
    if chart_id == "verdict_chart":
        return verdict_chart(monitoring) if monitoring else ()
    if figures is None:
        return ()
    if chart_id == "chart":
        return plan_fact_charts(form, composer, figures)
    return {"level_chart": level_chart, "status_chart": status_chart, "section_chart": section_chart}[chart_id](figures)


def plan_fact_charts(form: ReportForm, composer: Composer, figures: PeriodFigures) -> Iterable[Chart]:
    """Plan and fact of the year: one chart of all percents, one of every other unit."""
    units: dict[str, list[IndicatorFigure]] = {}
    for figure in figures.indicators.all:
        if figure.target is not None or figure.amount is not None:
            units.setdefault("%" if figure.indicator.is_percent else figure.indicator.unit, []).append(figure)
    line = composer.line
    for unit, shown in sorted(units.items(), key=lambda pair: pair[0] != "%"):
        if all(figure.amount is None or figure.target is None for figure in shown):
            continue
        yield Chart(
            line(form.chart_title),
            tuple(f"{figure.reference}. {_shortened(figure.title)}" for figure in shown),
            (
                Series(line(form.chart_plan), tuple(_shown(figure.target) for figure in shown)),
                Series(line(form.chart_fact), tuple(_shown(figure.amount) for figure in shown)),
            ),
            counted(5, unit) if is_worded(unit) else unit,
        )


def level_chart(figures: PeriodFigures) -> Iterable[Chart]:
    """To what part of its plan each indicator has come, against the whole of it."""
    rated = [figure for figure in figures.indicators.all if figure.level is not None]
    if len(rated) > 1:
        levels = Series("Уровень достижения", tuple(_shown(figure.level) for figure in rated))
        names = tuple(f"{figure.reference}. {_shortened(figure.title)}" for figure in rated)
        yield Chart("Уровень достижения показателей", names, (levels,), "% плана", Decimal(100))


def verdict_chart(monitoring: MonitoringFigures) -> Iterable[Chart]:
    """How many organisations comply, how many do not, how many are silent."""
    form = monitoring.reading.form
    counts = (
        (form.complies_label, monitoring.complying),
        (form.fails_label, monitoring.failing),
        ("сведения не представлены", monitoring.silent),
    )
    shown = [(label, Decimal(len(entries))) for label, entries in counts if entries]
    if monitoring.judged and len(shown) > 1:
        series = Series("Количество организаций", tuple(count for _, count in shown))
        names = tuple(label[:1].upper() + label[1:] for label, _ in shown)
        yield Chart("Соответствие требованиям", names, (series,), "организаций")


def status_chart(figures: PeriodFigures) -> Iterable[Chart]:
    """How many of the period's terms are in each status."""
    found = Counter(term.status for term in figures.execution.due)
    if len(figures.execution.due) > 1:
        shown = [status for status in Status if found[status]]
        counts = Series("Количество сроков", tuple(Decimal(found[status]) for status in shown))
        yield Chart("Исполнение по статусам", tuple(status.label for status in shown), (counts,), "сроков")


def section_chart(figures: PeriodFigures) -> Iterable[Chart]:
    """Terms due and done by section, where the plan has several."""
    due: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for term in figures.execution.due:
        section = term.section
        name = f"{bare_number(section.number)}. {one_line(section.title)}" if section else "Без раздела"
        name = _shortened(name.lstrip(". "))
        due[name] += 1
        done[name] += term.done
    if len(due) > 1:
        series = (
            Series("Наступило сроков", tuple(map(Decimal, due.values()))),
            Series("Исполнено", tuple(Decimal(done[name]) for name in due)),
        )
        yield Chart("Исполнение по разделам", tuple(due), series, "сроков")


def _shown(amount: Decimal | None) -> Decimal | None:
    """As a chart prints it: an exact share has no end."""
    return None if amount is None else rounded(amount)


def _shortened(text: str) -> str:
    """As much of a long name as stands beside a bar, cut between words."""
    if len(text) <= _CHART_NAME:
        return text
    cut = text[:_CHART_NAME].rpartition(" ")[0] or text[:_CHART_NAME]
    return re.sub(r"(?:[\s,.;–]+\w{0,2})+$", "", cut) + "…"
