"""The reports the program makes, by id."""

from collections.abc import Callable
from dataclasses import dataclass

from cosdesk.domain.district import Snapshot
from cosdesk.domain.period import Period
from cosdesk.errors import UserError
from cosdesk.reports.document import Document


@dataclass(frozen=True, slots=True)
class Report:
    """``build(snapshot, roadmap_id, period)``: ``period`` is None where ``needs_period`` is False.

    ``roadmap_id`` None means the first roadmap of the district.
    """

    id: str
    title: str
    needs_period: bool
    build: Callable[[Snapshot, int | None, Period | None], Document]


def reports() -> tuple[Report, ...]:
    """Every report in the order of the list."""
    from cosdesk.reports.analytical import build_analytical_report
    from cosdesk.reports.roadmap import build_roadmap

    return (
        Report("roadmap", "Дорожная карта", False, build_roadmap),
        Report("analytical-report", "Информационно-аналитический отчёт", True, build_analytical_report),
    )


def report(report_id: str) -> Report:
    """The report of that id; ``UserError`` names the known ones."""
    for known in reports():
        if known.id == report_id:
            return known
    raise UserError(f"Отчёт «{report_id}» неизвестен. Известные отчёты: {', '.join(r.id for r in reports())}.")
