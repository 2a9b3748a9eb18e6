"""The reports the program makes, by id."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.twin import TwinIdentity
from cosdesk.errors import UserError
from cosdesk.forms.paper_form import PaperForm
from cosdesk.forms.reading import FormError, form_source, parse_form_table
from cosdesk.forms.report_form import CHARTS, ReportForm, ReportSection, own_report_form_paths, report_form_paths
from cosdesk.reports.document import Document
from cosdesk.reports.paper_code import coded
from cosdesk.reports.request import LETTERHEAD, Request, Section

GROUPS = ("План", "Отчёты и справки", "Списки и реестры", "Распорядительные документы", "Переписка", "Свои формы")
PROGRAMMED = ("roadmap", "changes", "year-calendar")
"""Ids of the reports that no form of words describes."""


@dataclass(frozen=True, slots=True)
class Report:
    """``compose(snapshot, request)`` makes the document, ``build`` lays it out as the district's papers are.

    ``purpose`` says in a line what it is good for, ``group`` is its heading in the list.
    ``needs_period`` False: the request's period changes nothing; ``needs_row``: it is of one row of
    the plan.  ``answers`` are beginnings of words («справк», «монитор») by which a row's expected
    document is known to be this one, each text its words, all of them wanted.
    ``rounds`` are forms of monitoring whose answers it shows («*»: any).
    ``parts`` are ids and titles of what may be left out; ``sections`` gives the words of each section
    as the program composes them, None where nothing is composed.
    ``to_schools``: a letter to the heads of schools; ``each_school``: to each its own.
    """

    id: str
    title: str
    needs_period: bool
    compose: Callable[[Snapshot, Request], Document]
    needs_row: bool = False
    purpose: str = ""
    group: str = ""
    answers: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    sections: Callable[[Snapshot, Request], tuple[Section, ...]] | None = None
    to_schools: bool = False
    each_school: bool = False

    def build(self, snapshot: Snapshot, request: Request) -> Document:
        """The document by the edition of the standard in force, with a QR code where papers bear one."""
        made = self.compose(snapshot, request)
        document = replace(made, standard=snapshot.letterhead.standard, twin=_twin(self.id, snapshot, request))
        return coded(document, snapshot.today) if snapshot.letterhead.coded else document


def _twin(report_id: str, snapshot: Snapshot, request: Request) -> TwinIdentity | None:
    """Whose the Excel file is, so that it can be taken back; None for a district that has no file."""
    roadmap_id = request.roadmap_id or next((found.roadmap.id for found in snapshot.roadmaps), None)
    if not snapshot.district.uid:
        return None
    return TwinIdentity(
        snapshot.district.uid,
        report_id,
        roadmap_id,
        request.period.code if request.period else "",
        request.item_id,
        request.monitoring.round.id if request.monitoring else None,
        next((e.short_fingerprint for e in reversed(snapshot.editions) if e.roadmap_id == roadmap_id), ""),
    )


def reports() -> tuple[Report, ...]:
    """Every report in the order of the list."""
    from cosdesk.reports.changes import build_changes
    from cosdesk.reports.roadmap import build_roadmap
    from cosdesk.reports.year_calendar import build_year_calendar

    made = (
        Report(
            "roadmap",
            "Дорожная карта",
            False,
            lambda snapshot, request: build_roadmap(snapshot, request.roadmap_id),
            purpose="В форме, в которой карта утверждена: грифы, графы, подписи",
            group="План",
        ),
        Report(
            "changes",
            "Таблица изменений",
            False,
            build_changes,
            purpose="Что изменилось после утверждения последней редакции: было, стало, основание",
            group="План",
        ),
        Report(
            "year-calendar",
            "Календарь года",
            True,
            build_year_calendar,
            purpose="Строки плана по месяцам: что исполнено, что предстоит, что просрочено",
            group="План",
        ),
    )
    formed = (report_of(form) for form in report_forms().values())
    found = sorted((*made, *formed), key=lambda entry: GROUPS.index(entry.group) if entry.group in GROUPS else 99)
    return tuple(found)


@cache
def report_forms() -> dict[str, ReportForm | PaperForm]:
    """The forms of reports and papers in force by id, by their place: the user's own over the built-in ones.

    One of the user's own that is wrong stays out, and the built-in one of its id in force.
    """
    forms: dict[str, ReportForm | PaperForm] = {}
    for path in report_form_paths().values():
        # Those that came with the program are checked by its tests: a template is compiled when it is filled.
        form = parse_written_form(form_source(path), path, checked=False)
        forms[form.id] = form
    for path in own_report_form_paths().values():
        with suppress(FormError):
            form = parse_written_form(form_source(path), path)
            if form.id not in PROGRAMMED:
                forms[form.id] = form
    return dict(sorted(forms.items(), key=lambda pair: pair[1].place if isinstance(pair[1], PaperForm) else 0.0))


def faulty_own_forms() -> tuple[tuple[Path, str], ...]:
    """The user's own forms that stay out, each with the reason."""
    found: list[tuple[Path, str]] = []
    for path in own_report_form_paths().values():
        try:
            if (form := parse_written_form(form_source(path), path)).id in PROGRAMMED:
                found.append((path, f"документ «{form.id}» составляется без формы. Дайте форме другое имя (id)."))
        except FormError as error:
            found.append((path, str(error)))
    return tuple(found)


def parse_written_form(source: str, path: Path, checked: bool = True) -> ReportForm | PaperForm:
    """A form of either kind, its templates ``checked``; ``FormError`` names line and reason, ``path`` the file."""
    from cosdesk.reports.analytical import parse_analytical_form
    from cosdesk.reports.papers import parse_paper

    if parse_form_table(source, path).holds("text_sheet", "annex_mark", "words"):
        return parse_analytical_form(source, path, checked)
    return parse_paper(source, path, checked)


def report_of(form: ReportForm | PaperForm) -> Report:
    """What the program makes by that form."""
    return _report(form) if isinstance(form, ReportForm) else _paper(form)


def _report(form: ReportForm) -> Report:
    from cosdesk.reports.analytical import build_report, report_sections

    return Report(
        form.id,
        form.title,
        True,
        partial(build_report, form),
        purpose="Показатели, исполнение, отклонения и выводы с начала года по конец периода",
        answers=("аналитическ отчет", "аналитическ отчёт"),
        parts=(
            *((section.id, section.heading) for section in form.sections),
            *_charts(form.sections),
            *((annex.table, f"Приложение: {annex.title.text}") for annex in form.annexes),
        ),
        sections=partial(report_sections, form),
        group=GROUPS[1],
    )


def _charts(sections: Sequence[ReportSection]) -> tuple[tuple[str, str], ...]:
    """The charts of a paper, each to be left out by itself."""
    return tuple((block, CHARTS[block]) for section in sections for block in section.blocks if block in CHARTS)


def _paper(form: PaperForm) -> Report:
    from cosdesk.reports.papers import build_paper, paper_sections

    return Report(
        form.id,
        form.title,
        form.needs_period,
        partial(build_paper, form),
        form.needs_row,
        form.purpose,
        form.group,
        form.answers,
        form.rounds,
        (
            *([(LETTERHEAD, "Бланк учреждения")] if form.letterhead else []),
            *((section.id, section.heading) for section in form.sections if section.heading),
            *_charts(form.sections),
            *((annex.id, f"Приложение: {annex.title.text}") for annex in form.annexes if "{" not in annex.title.text),
        ),
        partial(paper_sections, form),
        to_schools=form.head == "letter",
        each_school=form.each_school,
    )


def report(report_id: str) -> Report:
    """The report of that id; ``UserError`` names the known ones."""
    for known in reports():
        if known.id == report_id:
            return known
    raise UserError(f"Отчёт «{report_id}» неизвестен. Известные отчёты: {', '.join(r.id for r in reports())}.")


def answering(expected: str, among: Sequence[Report] | None = None) -> tuple[Report, ...]:
    """The reports that a row's expected document may be, the likeliest first: «справка по итогам мониторинга».

    ``among`` are the reports already read, where many rows are asked about.
    """
    words = [word.casefold() for word in re.findall(r"\w+", expected)]
    found = []
    for known in among or reports():
        fits = [answer for answer in known.answers if all(_begun(words, stem) for stem in answer.split())]
        if fits:
            found.append((-max(len(answer.split()) for answer in fits), -max(map(len, fits)), known))
    found.sort(key=lambda entry: entry[:2])
    return tuple(entry[2] for entry in found)


def _begun(words: list[str], stem: str) -> bool:
    return any(word.startswith(stem) for word in words)
