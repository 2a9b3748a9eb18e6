"""Recurrences as RFC 5545 rules: «FREQ=MONTHLY;INTERVAL=3»."""

from collections.abc import Iterable, Sequence

from cosdesk.domain.terms.parts import Due, Every, Precision, Role, Stretch
from cosdesk.domain.terms.periods import Window, due_month


def yearly_rules(stretches: Iterable[Stretch]) -> list[str]:
    """First days (of a due stretch the last): «Декабрь, май» is one rule, «15 мая, 1 июня» two."""
    months: dict[int, set[int]] = {}
    for stretch in stretches:
        if stretch.precision is Precision.YEAR and stretch.role is Role.WITHIN:
            return ["FREQ=YEARLY"]
        month, day = stretch.last if stretch.role is Role.UNTIL else stretch.first
        months.setdefault(day or -1, set()).add(month)
    return [f"FREQ=YEARLY;BYMONTH={_listed(found)};BYMONTHDAY={day}" for day, found in sorted(months.items())]


def rule(every: Every, seasonal: Sequence[Window] = ()) -> str:
    """The windows' first days, counted from the first window; empty where the parts are uneven."""
    if every.school:
        return "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1" if every.times == 1 else ""
    if every.days:
        return _rule_of_days(every.days) if every.times == 1 else ""
    if seasonal:
        return (
            f"FREQ=YEARLY;BYMONTH={_listed(w.start.month for w in seasonal)};BYMONTHDAY=1" if every.times == 1 else ""
        )
    if every.months == 1 and every.times in (2, 3):
        return f"FREQ=MONTHLY;BYMONTHDAY={'1,16' if every.times == 2 else '1,11,21'}"
    months, uneven = divmod(every.months, every.times)
    if uneven:
        return ""
    return _frequency("MONTHLY", months) if months % 12 else _frequency("YEARLY", months // 12)


def due_rule(length: int, due: Due) -> str:
    """The due days; for a day that short months lack, their last."""
    by_day = "BYMONTHDAY=-1" if due.day == 31 else f"BYMONTHDAY={due.day}"
    if due.day in (29, 30):
        by_day = f"BYMONTHDAY={_listed(range(28, due.day + 1))};BYSETPOS=-1"
    if length == 1:
        return f"FREQ=MONTHLY;{by_day}"
    if 12 % length:
        return f"FREQ=MONTHLY;INTERVAL={length};{by_day}"
    months = _listed((first + due_month(length, due)) % 12 + 1 for first in range(0, 12, length))
    # BYSETPOS chooses within one turn of the frequency, here the month.
    return f"FREQ={'MONTHLY' if 'BYSETPOS' in by_day else 'YEARLY'};BYMONTH={months};{by_day}"


def _rule_of_days(days: int) -> str:
    weeks, rest = divmod(days, 7)
    return _frequency("DAILY", days) if rest else _frequency("WEEKLY", weeks)


def _frequency(name: str, interval: int) -> str:
    return f"FREQ={name}" + (f";INTERVAL={interval}" if interval > 1 else "")


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, sorted(set(numbers))))
