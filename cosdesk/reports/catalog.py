"""The reports the program makes, by id."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from cosdesk.domain.district import Snapshot
from cosdesk.errors import UserError
from cosdesk.forms.paper_form import PaperForm
from cosdesk.forms.reading import FormError
from cosdesk.forms.report_form import report_form_paths
from cosdesk.reports.document import Document
from cosdesk.reports.request import Request, Section

GROUPS = ("План", "Отчёты и справки", "Списки и реестры", "Распорядительные документы", "Переписка", "Свои формы")
_LAST = 10_000.0


@dataclass(frozen=True, slots=True)
class Report:
    """``build(snapshot, request)`` makes the document.

    ``purpose`` says in a line what it is good for, ``group`` is its heading in the list.
    ``needs_period`` False: the request's period changes nothing; ``needs_row``: it is of one row of
    the plan.  ``answers`` are beginnings of words («справк», «монитор») by which a row's expected
    document is known to be this one, each text its words, all of them wanted.
    ``rounds`` are forms of monitoring whose answers it shows («*»: any).
    ``parts`` are ids and titles of what may be left out; ``sections`` gives the words of each section
    as the program composes them, None where nothing is composed.
    """

    id: str
    title: str
    needs_period: bool
    build: Callable[[Snapshot, Request], Document]
    needs_row: bool = False
    purpose: str = ""
    group: str = ""
    answers: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    sections: Callable[[Snapshot, Request], tuple[Section, ...]] | None = None


def reports() -> tuple[Report, ...]:
    """Every report in the order of the list."""
    from cosdesk.reports.analytical import analytical_form, analytical_sections, build_analytical_report
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
        Report(
            "analytical-report",
            "Информационно-аналитический отчёт",
            True,
            build_analytical_report,
            purpose="Показатели, исполнение, отклонения и выводы с начала года по конец периода",
            parts=(
                *((section.id, section.heading) for section in analytical_form().sections),
                *((annex.table, f"Приложение: {annex.title.text}") for annex in analytical_form().annexes),
            ),
            sections=analytical_sections,
            group=GROUPS[1],
        ),
    )
    found = sorted((*made, *_papers()), key=lambda entry: GROUPS.index(entry.group) if entry.group in GROUPS else 99)
    return tuple(found)


def _papers() -> Iterator[Report]:
    """A report for each form of a paper, by its place; one whose form cannot be used says so when it is asked for."""
    from cosdesk.reports.papers import paper_form

    found = []
    for name, path in report_form_paths().items():
        if name == "analytical-report":
            continue
        try:
            form = paper_form(path)
        except FormError as error:
            found.append((_LAST, Report(name, name, False, partial(_refuse, error), group=GROUPS[-1])))
        else:
            found.append((form.place, _paper(form)))
    found.sort(key=lambda pair: pair[0])
    return (entry for _, entry in found)


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
            *((section.id, section.heading) for section in form.sections if section.heading),
            *((annex.id, f"Приложение: {annex.title.text}") for annex in form.annexes if "{" not in annex.title.text),
        ),
        partial(paper_sections, form),
    )


def _refuse(error: FormError, _: Snapshot, __: Request) -> Document:
    raise error


def report(report_id: str) -> Report:
    """The report of that id; ``UserError`` names the known ones."""
    for known in reports():
        if known.id == report_id:
            return known
    raise UserError(f"Отчёт «{report_id}» неизвестен. Известные отчёты: {', '.join(r.id for r in reports())}.")


def answering(expected: str) -> tuple[Report, ...]:
    """The reports that a row's expected document may be, the likeliest first: «справка по итогам мониторинга»."""
    words = [word.casefold() for word in re.findall(r"\w+", expected)]
    found = []
    for known in reports():
        fits = [answer for answer in known.answers if all(_begun(words, stem) for stem in answer.split())]
        if fits:
            found.append((-max(len(answer.split()) for answer in fits), -max(map(len, fits)), known))
    found.sort(key=lambda entry: entry[:2])
    return tuple(entry[2] for entry in found)


def _begun(words: list[str], stem: str) -> bool:
    return any(word.startswith(stem) for word in words)
