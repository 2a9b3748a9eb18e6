"""Which rows of the roadmap are shown: by text, status, person, month, section, missing document."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from cosdesk.dataclass import dataclass
from cosdesk.domain.execution import Outcome, Status
from cosdesk.domain.people import mentions, name_key
from cosdesk.domain.period import Period, PeriodKind, period_at
from cosdesk.domain.roadmap import Item
from cosdesk.domain.state import ItemState
from cosdesk.ui.text_search import Query

BURNING = frozenset({Status.OVERDUE, Status.AT_RISK})
_NOTHING = Query("")


class When(StrEnum):
    """The choices of the filter «срок»."""

    ANY = "any"
    THIS_MONTH = "this_month"
    NEXT_MONTH = "next_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"

    @property
    def label(self) -> str:
        return _WHEN_LABELS[self]

    def period(self, today: date) -> Period | None:
        """The period meant on that day; None for any."""
        match self:
            case When.ANY:
                return None
            case When.THIS_MONTH:
                return period_at(today, PeriodKind.MONTH)
            case When.NEXT_MONTH:
                month = today.month % 12 + 1
                return Period(today.year + (month == 1), PeriodKind.MONTH, month)
            case When.THIS_QUARTER:
                return period_at(today, PeriodKind.QUARTER)
            case When.THIS_YEAR:
                return Period(today.year)


_WHEN_LABELS = {
    When.ANY: "любой",
    When.THIS_MONTH: "в этом месяце",
    When.NEXT_MONTH: "в следующем месяце",
    When.THIS_QUARTER: "в этом квартале",
    When.THIS_YEAR: "в этом году",
}


@dataclass(frozen=True, slots=True)
class RowFilter:
    """All conditions must hold; the default shows everything.

    ``person`` is a name in any writing, found also where several stand in one line; ``due`` a
    period in which one of the row's windows must end.
    """

    query: Query = _NOTHING
    statuses: frozenset[Status] = frozenset()
    person: str = ""
    due: Period | None = None
    without_evidence: bool = False
    section_id: int | None = None

    def __bool__(self) -> bool:
        return self != RowFilter()

    def accepts(self, item: Item, state: ItemState | None, searched: Callable[[], str]) -> bool:
        """Whether the row itself is shown; ``searched`` gives all that the text may name, folded."""
        if self.section_id is not None and item.section_id != self.section_id:
            return False
        if self.person and not self._names(item):
            return False
        if state is not None:
            if self.statuses and state.status not in self.statuses:
                return False
            if self.due and not any(o.window.end in self.due for o in state.occurrences):
                return False
            if self.without_evidence and not lacks_evidence(state):
                return False
        return not self.query or self.query.matches_folded(searched())

    def _names(self, item: Item) -> bool:
        wanted = name_key(self.person)
        return any(wanted in _keys_of(line) for line in (*item.responsible, *item.controller))


@lru_cache(maxsize=10_000)
def _keys_of(line: str) -> frozenset[str]:
    return frozenset(mention.key for mention in mentions(line))


def lacks_evidence(state: ItemState) -> bool:
    """Whether something was done of the row that no document proves."""
    done = [record for record in state.records if record.outcome is Outcome.DONE]
    if not done:
        return False
    if not state.evidence:
        return True
    # A document of the row as a whole proves every record of it.
    whole = any(not set(paper.execution_ids) & {record.id for record in state.records} for paper in state.evidence)
    return not whole and any(not record.evidence_ids for record in done)


def row_text(item: Item, state: ItemState | None) -> str:
    """Everything of a row that can be searched."""
    parts = [item.number, item.title, item.term.text, *item.responsible, *item.controller, item.expected, item.note]
    if state is not None:
        parts += [state.status.label, *(paper.label for paper in state.evidence)]
    return " ".join(parts)


def people_of(items: Iterable[Item]) -> list[str]:
    """Every line that names responsible or controlling people, once each, in order of the alphabet."""
    names = {name for item in items for name in (*item.responsible, *item.controller)}
    return sorted(names, key=str.lower)


def names_of(lines: Iterable[str]) -> list[str]:
    """Everyone whom the lines name, each name once in one writing, in order of the alphabet."""
    names: dict[str, str] = {}
    for line in sorted(lines):
        for mention in mentions(line):
            names.setdefault(mention.key, mention.name)
    return sorted(names.values(), key=str.lower)
