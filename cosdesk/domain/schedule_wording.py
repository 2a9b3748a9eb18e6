"""A schedule in words: the canonical Russian wording, and the line that tells the user what a wording means."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from cosdesk.domain.period import MONTHS, MONTHS_GENITIVE, Period, PeriodKind
from cosdesk.domain.schedule import Schedule, Window, understand

Years = tuple[int, int]
_SPACE = "\u00a0"
_FEW = 4
_PERIODS = (
    "ежемесячно{}", "ежеквартально{}", "раз в полугодие{}", "ежегодно{}", "каждый учебный год{}",
    "еженедельно{}", "раз в 2 года{}", "раз в 3 года{}", "раз в 5 лет{}",
)  # fmt: skip
_UNITS = {"неделю": 7, "месяц": 28, "квартал": 90, "полугодие": 181, "год": 365, "учебный год": 270}
"""Days that even the shortest of them has, by the name after «раз в»."""


def word(schedule: Schedule, years: Years | None = None) -> str:
    """The canonical wording; ``understand(word(s, years), years)`` has the windows of ``s``.

    With the plan's years it may lean on them («ежемесячно»), without it names its own
    («ежемесячно в 2021–2024 годах»).  A schedule without windows keeps its wording.
    """
    if not schedule.windows:
        return schedule.wording.strip()
    phases: dict[str, list[Window]] = {}
    for window in schedule.windows:
        phases.setdefault(window.label, []).append(Window(window.start, window.end))
    return "; ".join(
        # What has no label comes first: after a label it would belong to it.
        (f"{label} – " if label else "") + _phase(windows, schedule, years)
        for label, windows in sorted(phases.items(), key=lambda phase: bool(phase[0]))
    )


def _phase(windows: list[Window], schedule: Schedule, years: Years | None) -> str:
    """The first of the natural wordings that says just these windows, else each of them by name."""
    for wording in _natural(windows, schedule):
        if understand(wording, years).windows == tuple(windows):
            return wording
    return ", ".join(named(window) for window in windows)


def _natural(windows: list[Window], schedule: Schedule) -> Iterator[str]:
    """Wordings worth trying, the best first."""
    first, last = windows[0], windows[-1]
    if len(windows) == 1:
        if schedule.start is None:
            yield f"до {_day(first.end)}"
        if schedule.end is None:
            yield f"с {_day(first.start)}"
        return
    for pattern in _recurring(windows):
        yield pattern.format("")
        if len(windows) >= _FEW:
            # A report is due after its period: the years are those of the periods.
            lag = timedelta(1 if "следующего" in pattern else 0)
            for bounds in _bounds(first.start - lag, (last.start if lag else last.end) - lag):
                yield pattern.format(f" {bounds}")


def _recurring(windows: list[Window]) -> Iterator[str]:
    """Patterns of a recurring wording; {} is where its bounds stand."""
    yield from _PERIODS
    end = windows[0].end
    year = [window for window in windows if window.start.year == windows[0].start.year]
    if len(year) == 1 and (year[0].start.month, year[0].start.day) == (1, 1) and not _period(year[0].start, end):
        yield f"ежегодно{{}} до {_day_month(end)}"
    if len(year) <= _FEW:
        yield "ежегодно{}: " + ", ".join(named(window, with_year=False) for window in year)
    yield f"ежемесячно{{}} до {end.day} числа"
    yield f"ежеквартально{{}} до {end.day} числа месяца, следующего за отчётным"
    yield f"ежемесячно{{}} с {MONTHS_GENITIVE[8]} по {MONTHS[4]}"
    for unit, days in _UNITS.items():
        count = sum(window.start - windows[0].start < timedelta(days) for window in windows)
        if count > 1:
            yield f"{count} {'раза' if count % 10 in (2, 3, 4) else 'раз'} в {unit}{{}}"


def _bounds(start: date, end: date) -> Iterator[str]:
    if start.year == end.year:
        yield f"в {start.year} году"
    yield f"в {start.year}–{end.year} годах"
    if start.day == 1 and _is_month_end(end):
        first, last = MONTHS_GENITIVE[start.month - 1], MONTHS[end.month - 1]
        yield f"с {first} {start.year}{_SPACE}г. по {last} {end.year}{_SPACE}г."
    yield f"с {_day(start)} по {_day(end)}"


def named(window: Window, with_year: bool = True) -> str:
    """One span by its usual name: «сентябрь 2021 г.», «IV квартал 2021 г.», «с 1 по 15 сентября 2021 г.»."""
    start, end = window.start, window.end
    year = f" {start.year}{_SPACE}г." if with_year else ""
    if start == end:
        return _day_month(start) + year
    if period := _period(start, end):
        return period.label if with_year else period.label.split(f" {start.year}")[0]
    if with_year and (name := _years(start, end)):
        return name
    if _is_month_end(end) and start.day == 1 and end.year - start.year < 1 + with_year:
        first = MONTHS[start.month - 1] + (year if start.year != end.year else "")
        return f"{first} – {MONTHS[end.month - 1]}" + (f" {end.year}{_SPACE}г." if with_year else "")
    if start.year == end.year and start.month == end.month:
        return f"с {start.day} по {_day_month(end)}" + year
    if start.year == end.year or not with_year:
        return f"с {_day_month(start)} по {_day_month(end)}" + year
    return f"с {_day(start)} по {_day(end)}"


def _period(start: date, end: date) -> Period | None:
    """The standard period of just these days: «2021 год» has a year, «I полугодие» not all of one."""
    if start.year != end.year or start.day != 1:
        return None
    lengths = {1: PeriodKind.MONTH, 3: PeriodKind.QUARTER, 6: PeriodKind.HALF_YEAR, 9: PeriodKind.NINE_MONTHS}
    lengths[12] = PeriodKind.YEAR
    months = end.month - start.month + 1
    kind = lengths.get(months)
    if kind is None or (start.month - 1) % months:
        return None
    period = Period(start.year, kind, (start.month - 1) // months + 1)
    return period if period.end == end else None


def _years(start: date, end: date) -> str:
    """«2021–2024 годы», «2021/2022 учебный год», «2019–2024 учебные годы», or nothing."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}–{end.year}{_SPACE}годы"
    if (start.month, start.day) == (9, 1):
        if (end.month, end.day) == (5, 31) and end.year == start.year + 1:
            return f"{start.year}/{end.year} учебный год"
        if (end.month, end.day) == (8, 31) and end.year > start.year + 1:
            return f"{start.year}–{end.year} учебные годы"
    return ""


def _is_month_end(day: date) -> bool:
    return (day + timedelta(1)).day == 1


def _day_month(day: date) -> str:
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]}"


def _day(day: date) -> str:
    return f"{_day_month(day)} {day.year}{_SPACE}г."


# --- what it means, in dates


def meaning(schedule: Schedule) -> str:
    """One line for the editor: «01.05–31.05 каждый год, 2021–2024», «срок не определён», «не понято: …»."""
    if not schedule.understood:
        wording = " ".join(schedule.wording.split())
        return f"не понято: {schedule.problem or f'«{wording}»'}"
    if not schedule.windows:
        return _without_windows(schedule)
    phases: dict[str, list[Window]] = {}
    for window in schedule.windows:
        phases.setdefault(window.label, []).append(window)
    told = [(f"{label}: " if label else "") + _told(windows, schedule) for label, windows in phases.items()]
    return "; ".join(told + ([schedule.problem] if schedule.problem else []))


def _without_windows(schedule: Schedule) -> str:
    if schedule.problem and schedule.start and schedule.end:
        return f"{schedule.problem}: {_dates(schedule.start, schedule.start)} и {_dates(schedule.end, schedule.end)}"
    if schedule.recurrence.startswith("FREQ=DAILY"):
        return "ежедневно, без отдельных сроков"
    if schedule.start:
        return f"с {_day(schedule.start)}; {schedule.assumption}"
    return f"срок не определён: {schedule.assumption}" if schedule.assumption else "срок не определён"


def _told(windows: Sequence[Window], schedule: Schedule) -> str:
    if len(windows) == 1:
        return _told_once(windows[0], schedule)
    return _every_period(windows) or _every_year(windows) or _listed(windows)


def _told_once(window: Window, schedule: Schedule) -> str:
    if window.start == window.end:
        return _day(window.start)
    alone = len(schedule.windows) == 1
    if alone and schedule.start is None:
        return f"до {_day(window.end)}"
    if alone and schedule.end is None:
        return f"с {_day(window.start)} до конца плана ({_dates(window.end, window.end)})"
    return _dates(window.start, window.end)


def _every_period(windows: Sequence[Window]) -> str:
    """«каждый месяц, 2021–2024», «до 25 числа каждого месяца, 2021–2024», «каждую неделю, …»."""
    first, last = windows[0], windows[-1]
    if all(b.start - a.start == timedelta(7) and a.end - a.start == timedelta(6) for a, b in pairwise(windows)):
        return f"каждую неделю, {_dates(first.start, last.end)}"
    steps = {_months_between(a.start, b.start) for a, b in pairwise(windows)}
    if len(steps) != 1 or any(window.start.day != 1 for window in windows):
        return ""
    (step,) = steps
    whole = {1: "каждый месяц", 3: "каждый квартал", 6: "каждое полугодие"}
    if step in whole and all(_period(w.start, w.end) and _months_between(w.start, w.end) + 1 == step for w in windows):
        return f"{whole[step]}, {_span_of_years(windows)}"
    due = {1: "каждого месяца", 3: "каждые три месяца"}
    if step in due and all(_months_between(w.start, w.end) == 0 and w.end.day == first.end.day for w in windows):
        return f"до {first.end.day} числа {due[step]}, {_span_of_years(windows)}"
    return ""


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _every_year(windows: Sequence[Window]) -> str:
    """«01.05–31.05 и 01.12–31.12 каждый год, 2021–2024»; many whole months as «январь – май, сентябрь – декабрь»."""
    first_year, last_year = windows[0].start.year, windows[-1].start.year
    count, rest = divmod(len(windows), last_year - first_year + 1)
    if last_year == first_year or rest:
        return ""
    year = windows[:count]
    for offset in range(last_year - first_year + 1):
        for model, window in zip(year, windows[offset * count : (offset + 1) * count], strict=True):
            if not _same_days(model, window, offset):
                return ""
    years = f"каждый год, {first_year}–{windows[-1].end.year}"
    if count <= _FEW:
        days = [_short(window) for window in year]
        return f"{' и '.join(filter(None, (', '.join(days[:-1]), days[-1])))} {years}"
    if all(_period(w.start, w.end) and w.start.month == w.end.month for w in year):
        return f"{_months_listed([window.start.month for window in year])} (каждый месяц) {years}"
    return ""


def _months_listed(months: list[int]) -> str:
    groups: list[list[int]] = []
    for month in months:
        if groups and month == groups[-1][-1] + 1:
            groups[-1].append(month)
        else:
            groups.append([month])
    names = ((MONTHS[group[0] - 1], MONTHS[group[-1] - 1]) for group in groups)
    return ", ".join(first if first == last else f"{first} – {last}" for first, last in names)


def _same_days(model: Window, window: Window, offset: int) -> bool:
    def moved(day: date) -> tuple[int, int, int]:
        # The last of February is the last of February in every year.
        return day.year, day.month, 31 if day.month == 2 and _is_month_end(day) else day.day

    first, last = moved(model.start), moved(model.end)
    return moved(window.start) == (first[0] + offset, *first[1:]) and moved(window.end) == (last[0] + offset, *last[1:])


def _listed(windows: Sequence[Window]) -> str:
    dates = [_dates(window.start, window.end) for window in windows]
    if len(dates) <= _FEW:
        return ", ".join(dates)
    return f"{', '.join(dates[: _FEW - 1])} … {dates[-1]}, всего {len(dates)}"


def _span_of_years(windows: Sequence[Window]) -> str:
    first, last = windows[0].start, windows[-1].end
    if first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    return f"{MONTHS[first.month - 1]} {first.year} – {MONTHS[last.month - 1]} {last.year}"


def _short(window: Window) -> str:
    if window.start == window.end:
        return f"{window.start:%d.%m}"
    return f"{window.start:%d.%m}–{window.end:%d.%m}"


def _dates(start: date, end: date) -> str:
    if start == end:
        return f"{start:%d.%m.%Y}"
    return f"{start:%d.%m}–{end:%d.%m.%Y}" if start.year == end.year else f"{start:%d.%m.%Y}–{end:%d.%m.%Y}"
