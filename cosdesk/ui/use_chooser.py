"""What else a document may prove: values of indicators and rounds of monitoring, to be chosen from a list."""

from collections.abc import Collection, Iterator

from cosdesk.domain.district import Snapshot
from cosdesk.domain.period import parse_period
from cosdesk.domain.state import actuals_by_indicator
from cosdesk.reports.typography import number
from cosdesk.ui.row_chooser import Entry


def value_entries(snapshot: Snapshot, left_out: Collection[tuple[int, str]]) -> Iterator[Entry]:
    """Every recorded value, the newest of an indicator first; ``key`` is the indicator's id with the period."""
    actuals = actuals_by_indicator(snapshot)
    for contents in snapshot.roadmaps:
        for indicator in contents.indicators:
            yield Entry("", f"{indicator.number} {indicator.title}".strip())
            own = actuals.get(indicator.id, {})
            for code in sorted(own, key=lambda code: (parse_period(code).end, code), reverse=True):
                if (indicator.id, code) not in left_out:
                    amount = own[code].amount
                    told = number(amount) if amount is not None else "без числа"
                    sign = " %" if indicator.is_percent and amount is not None else ""
                    key = (indicator.id, code)
                    yield Entry(indicator.number, f"{parse_period(code).label}: {told}{sign}", key)


def round_entries(snapshot: Snapshot, left_out: Collection[int]) -> Iterator[Entry]:
    for place, each in enumerate(snapshot.rounds, 1):
        if each.id not in left_out:
            yield Entry(str(place), f"{each.title} – {parse_period(each.period).label}", each.id)
