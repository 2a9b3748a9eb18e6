"""Risks and deviations: cause, consequence, measure, term and who answers, carried until they are closed."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.period import Period, parse_period


class RiskKind(StrEnum):
    RISK = "risk"
    DEVIATION = "deviation"

    @property
    def label(self) -> str:
        return "риск" if self is RiskKind.RISK else "отклонение"


@dataclass(frozen=True, slots=True)
class Risk:
    """``period`` is where it was first told; ``item_id`` or ``indicator_id`` says what it is about.

    ``closed_on`` None: it goes on into every later period.
    """

    id: int
    kind: RiskKind
    title: str
    period: str
    roadmap_id: int | None = None
    item_id: int | None = None
    indicator_id: int | None = None
    cause: str = ""
    consequence: str = ""
    measure: str = ""
    due: date | None = None
    responsible: str = ""
    closed_on: date | None = None
    outcome: str = ""

    def stands_in(self, period: Period) -> bool:
        """Told by the period's end and not closed before its beginning."""
        told = parse_period(self.period)
        return told.start <= period.end and (self.closed_on is None or self.closed_on >= period.start)


def risks_in(risks: Iterable[Risk], period: Period) -> tuple[Risk, ...]:
    """Those that stand in the period, the most pressing term first."""
    standing = (risk for risk in risks if risk.stands_in(period))
    return tuple(sorted(standing, key=lambda risk: (risk.closed_on is not None, risk.due or date.max, risk.id)))
