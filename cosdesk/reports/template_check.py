"""The check of a form's templates before it is used: each must parse and name only what the program offers."""

from collections.abc import Iterable, Mapping
from functools import cache

from cosdesk.forms.paper_form import PaperForm
from cosdesk.forms.report_form import ReportForm, Template
from cosdesk.reports.execution_figures import ExecutionFigures, TermFigure
from cosdesk.reports.figures import SchoolFigures
from cosdesk.reports.indicator_figures import IndicatorFigure, IndicatorFigures
from cosdesk.reports.monitoring_figures import MonitoringFigures
from cosdesk.reports.narrative import compiled_template, template_parts
from cosdesk.reports.plan_values import PersonFigure, RowFigure
from cosdesk.reports.template_words import LOCALS, paper_names, report_names

_TYPES: Mapping[str, type] = {
    "schools": SchoolFigures,
    "indicators": IndicatorFigures,
    "execution": ExecutionFigures,
    "before": ExecutionFigures,
    "monitoring": MonitoringFigures,
    "row": RowFigure,
    "head": PersonFigure,
    "term": TermFigure,
    "figure": IndicatorFigure,
}


def check_report_templates(form: ReportForm) -> None:
    """``FormError`` names the line of the first template that cannot be used."""
    names = report_names()
    _check(names, (form.file_name, *form.title_lines, form.as_of))
    _check(names, (form.chart_title, form.chart_plan, form.chart_fact))
    _check(names, (form.annex_mark,), "annex_mark")
    _check(names, (form.annex_list,), "annex_list")
    _check(names, (section.text for section in form.sections))
    _check(names, (annex.title for annex in form.annexes))
    _check(names, (column.heading for table in form.tables for column in table.columns))
    for key, template in form.words.items():
        _check(names if key != "approval" else {}, (template,), key)
    for row in form.summary:
        for group in (row.count, row.whole):
            owner, _, part = group.text.partition(".")
            if group.text and (owner not in ("indicators", "execution") or part not in _parts(owner, names)):
                raise group.fault(f"группы «{group.text}» нет")


def check_paper_templates(form: PaperForm) -> None:
    """``FormError`` names the line of the first template that cannot be used."""
    names = paper_names(form.needs_period)
    _check(names, (form.file_name, form.kind_line, *form.title_lines, form.as_of))
    _check(names, (form.greeting,), "greeting")
    _check(names, form.addressee, "addressee")
    _check(names | {"annexes": ""}, (form.annex_list,))
    _check(names, (section.text for section in form.sections))
    for annex in form.annexes:
        _check(names, annex.mark, "mark")
        _check(names, (annex.title, annex.text))
    _check(names, (column.heading for table in form.tables.values() for column in table.columns))


def _check(names: Mapping[str, str], templates: Iterable[Template], key: str = "") -> None:
    known = frozenset(name for name in names if "." not in name) | set(LOCALS.get(key, ()))
    for template in templates:
        if "{" not in template.text:
            continue
        compiled_template(template, frozenset(known))
        for name, part, line in template_parts(template):
            if name in known and (parts := _parts(name, names)) and part not in parts:
                raise template.fault(f"у «{name}» нет «{part}»", line)


def _parts(name: str, names: Mapping[str, str]) -> frozenset[str]:
    """What may follow the name and a full stop, empty where anything may."""
    found = {part.removeprefix(f"{name}.") for part in names if part.startswith(f"{name}.")}
    return frozenset(found) | _members(_TYPES[name]) if name in _TYPES else frozenset(found)


@cache
def _members(kind: type) -> frozenset[str]:
    return frozenset(part for part in (*dir(kind), *getattr(kind, "__dataclass_fields__", ())) if part[:1] != "_")
