"""Which backups are kept: all of two days, then 12 daily, 10 weekly and 9 monthly ones."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta

ALL_FOR = timedelta(days=2)
_RULES: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (12, lambda at: at.date()),
    (10, lambda at: at.isocalendar()[:2]),
    (9, lambda at: (at.year, at.month)),
)


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of ``moments`` that stay; the newest always does, and so does what a wrong clock dated ahead.

    Days, weeks and months are counted only where there is a backup, so a long leave eats none up.
    """
    ordered = sorted(set(moments), reverse=True)
    chosen = {at for at in ordered if at > now - ALL_FOR} | set(ordered[:1])
    rest = [at for at in ordered if at <= now - ALL_FOR]
    for count, period in _RULES:
        newest: dict[Hashable, datetime] = {}
        for at in rest:
            newest.setdefault(period(at), at)
        taken = dict(list(newest.items())[:count])
        chosen.update(taken.values())
        # A day kept by one rule does not count for the next.
        rest = [at for at in rest if period(at) not in taken]
    return chosen
