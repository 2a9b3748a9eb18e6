"""The reports the program makes, by id."""

from collections.abc import Callable
from dataclasses import dataclass

from cosdesk.domain.district import Snapshot
from cosdesk.errors import UserError
from cosdesk.reports.document import Document
from cosdesk.reports.request import Request


@dataclass(frozen=True, slots=True)
class Report:
    """``build(snapshot, request)`` makes the document.

    ``purpose`` says in a line what it is good for, ``group`` is its heading in the list.
    ``needs_period`` False: the request's period changes nothing; ``needs_row``: it is of one row of
    the plan.  ``answers`` are beginnings of words («справк», «монитор») by which a row's expected
    document is known to be this one, each text its words, all of them wanted.
    """

    id: str
    title: str
    needs_period: bool
    build: Callable[[Snapshot, Request], Document]
    needs_row: bool = False
    purpose: str = ""
    group: str = ""
    answers: tuple[str, ...] = ()


def reports() -> tuple[Report, ...]:
    """Every report in the order of the list."""
    from cosdesk.reports.analytical import build_analytical_report
    from cosdesk.reports.changes import build_changes
    from cosdesk.reports.roadmap import build_roadmap

    return (
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
            "analytical-report",
            "Информационно-аналитический отчёт",
            True,
            build_analytical_report,
            purpose="Показатели, исполнение, отклонения и выводы с начала года по конец периода",
            group="Отчёты и справки",
        ),
    )


def report(report_id: str) -> Report:
    """The report of that id; ``UserError`` names the known ones."""
    for known in reports():
        if known.id == report_id:
            return known
    raise UserError(f"Отчёт «{report_id}» неизвестен. Известные отчёты: {', '.join(r.id for r in reports())}.")
