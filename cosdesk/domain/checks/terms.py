"""Terms: wrong, not understood, absent, outside the parent's time or the plan's years."""

from collections.abc import Iterator
from datetime import date

from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.roadmap import Item, ItemKind, Part
from cosdesk.domain.schedule import Precision, Schedule

_MOST = 2 / 3
_SUMMER = 8
"""A school year may go on to this month of the year after the plan's last."""


def terms(subject: Subject) -> Iterator[Finding]:
    for item in subject.contents.items:
        if item.cancelled:
            continue
        schedule = subject.schedules[item.id]
        yield from _wrong(subject, item, schedule)
        yield from _outside_parent(subject, item, schedule)
        yield from _outside_plan(subject, item, schedule)
    yield from _absent(subject)


def _wrong(subject: Subject, item: Item, schedule: Schedule) -> Iterator[Finding]:
    if schedule.problem:
        rule = Rule.NO_SUCH_DATE if schedule.problem.startswith("нет такой даты") else Rule.END_BEFORE_START
        yield _of_term(
            subject,
            rule,
            item,
            f"Срок «{item.term.text}»: {schedule.problem}. Исполнение по нему нельзя учесть.",
            "Сверьте срок с утверждённым документом.",
        )
    elif not schedule.understood and not item.reading:
        yield _of_term(
            subject,
            Rule.TERM_NOT_UNDERSTOOD,
            item,
            f"Срок «{' '.join(item.term.text.split())}» не понят: напоминаний и просрочки по нему не будет.",
            "Запишите срок датой, месяцем, кварталом или годом; несколько сроков – через запятую.",
        )


def _outside_parent(subject: Subject, item: Item, schedule: Schedule) -> Iterator[Finding]:
    parent = subject.items.get(item.parent_id or 0)
    if parent is None or parent.cancelled or parent.kind is ItemKind.INDICATOR:
        return
    bounds = subject.schedules[parent.id]
    # What was assumed is no mistake of the paper's, and a report may fall due after the time it tells of.
    if schedule.assumption or schedule.recurrence or bounds.assumption or not bounds.windows:
        return
    above = f"у вышестоящей ({subject.places[parent.id]})"
    faults = []
    if schedule.start and bounds.start and schedule.start < bounds.start:
        faults.append(f"Срок начинается {_day(schedule.start)}, а {above} – {_day(bounds.start)}.")
    if schedule.end and bounds.end and schedule.end > bounds.end:
        faults.append(
            f"Срок кончается {_day(schedule.end)}, а {above} – {_day(bounds.end)}: она завершится раньше своих частей."
        )
    if faults:
        yield _of_term(
            subject,
            Rule.OUTSIDE_PARENT,
            item,
            " ".join(faults),
            "Сверьте оба срока или перенесите строку под другой результат.",
        )


def _outside_plan(subject: Subject, item: Item, schedule: Schedule) -> Iterator[Finding]:
    years = subject.contents.roadmap.years
    if years is None or not schedule.understood or schedule.recurrence:
        return
    first, last = years
    start, end = schedule.start, schedule.end
    early = start or end
    faults = []
    if early and early.year < first:
        faults.append(f"{_day(early)} – раньше {first} года")
    if end and end.year > last and not _is_last_school_year(schedule, end, last):
        faults.append(f"{_day(end)} – позже {last} года")
    if faults:
        span = str(first) if first == last else f"{first}–{last} годы"
        yield _of_term(
            subject,
            Rule.OUTSIDE_PLAN,
            item,
            f"План на {span}, а в сроке строки {' и '.join(faults)}.",
            "Проверьте год; если строка из прежнего плана, скройте замечание с пояснением.",
        )


def _is_last_school_year(schedule: Schedule, end: date, last: int) -> bool:
    return schedule.precision is Precision.SCHOOL_YEAR and end.year == last + 1 and end.month <= _SUMMER


def _absent(subject: Subject) -> Iterator[Finding]:
    """Rows without a term where most rows of their part have one."""
    for part in Part:
        rows = [
            item
            for item in subject.contents.items
            if subject.parts[item.id] is part and item.kind is not ItemKind.INDICATOR and not item.cancelled
        ]
        blank = [item for item in rows if not item.term.text.strip(" -–—\n")]
        if len(rows) - len(blank) < _MOST * len(rows):
            continue
        for item in blank:
            rule = Rule.MILESTONE_UNDATED if item.kind is ItemKind.MILESTONE else Rule.TERM_MISSING
            yield _of_term(subject, rule, item, _absence(subject, item), "Укажите срок.")


def _absence(subject: Subject, item: Item) -> str:
    if item.kind is ItemKind.MILESTONE:
        return "У контрольной точки нет даты: неизвестно, когда проверять результат."
    parent = subject.items.get(item.parent_id or 0)
    if parent and parent.term:
        above = "; ".join(parent.term.text.split("\n"))
        return f"Своего срока нет, есть только у вышестоящей ({subject.places[parent.id]}): «{above}»."
    return "У строки нет срока, а у остальных есть: её исполнение нельзя проверить."


def _of_term(subject: Subject, rule: Rule, item: Item, message: str, proposal: str) -> Finding:
    field = "term" if item.term.wording or not (item.term.start or item.term.end) else "end"
    return subject.of_item(rule, item, field, message, proposal, mark=item.term.text)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
