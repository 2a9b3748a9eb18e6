"""Readable lists and tables for the terminal: what the commands print without ``--json``."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby, zip_longest

from cosdesk.console.show import one_line
from cosdesk.domain.district import Snapshot
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.schedule import Schedule
from cosdesk.domain.state import actuals_by_indicator, item_states
from cosdesk.domain.terms.resolution import NO_YEARS
from cosdesk.reports.planned import planned_words

_GAP = "  "
_NARROWEST, _WIDEST = 80, 160
_USUAL_WORD = 13


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int]) -> Iterator[str]:
    """Lines of a table; a row of a single cell is a band over the whole width.

    A column is as wide as its longest text or its share of the terminal, whichever is less,
    but never so narrow that a number or a usual word is broken.
    """
    cells = [[one_line(cell) for cell in row] for row in rows]
    room = min(max(shutil.get_terminal_size((110, 24)).columns, _NARROWEST), _WIDEST) - len(_GAP) * len(headings)
    columns = zip(headings, *(row for row in cells if len(row) > 1), strict=True)
    widths = [
        min(max(map(len, column)), max(len(column[0]), _longest_word(column), room * share // sum(shares)))
        for share, column in zip(shares, columns, strict=True)
    ]
    yield _joined(headings, widths)
    yield _joined(["─" * width for width in widths], widths)
    for row in cells:
        if len(row) == 1:
            yield from ("", *textwrap.wrap(row[0], room))
            continue
        wrapped = [textwrap.wrap(text, width) for text, width in zip(row, widths, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            yield _joined(line, widths)


def _longest_word(texts: Iterable[str]) -> int:
    words = [len(word) for text in texts for word in text.split()]
    return min(max(words, default=0), _USUAL_WORD)


def district_lines(snapshot: Snapshot) -> Iterator[str]:
    """The district, its roadmaps with rows and statuses, its indicators."""
    region = f", {snapshot.district.region}" if snapshot.district.region else ""
    yield f"{snapshot.district.name}{region} – по состоянию на {snapshot.today:%d.%m.%Y}"
    if not snapshot.roadmaps:
        yield "Дорожной карты в файле нет. Загрузите её командой: cosdesk import ФАЙЛ ДОКУМЕНТ"
    for contents in snapshot.roadmaps:
        yield ""
        yield from roadmap_lines(snapshot, contents)


def roadmap_lines(snapshot: Snapshot, contents: RoadmapContents) -> Iterator[str]:
    roadmap = contents.roadmap
    yield from textwrap.wrap(one_line(roadmap.title), _NARROWEST)
    years = f"{roadmap.years[0]}–{roadmap.years[1]}" if roadmap.years else "не указаны"
    yield f"Карта {roadmap.id}, форма «{roadmap.form}», годы: {years}"
    if roadmap.goal:
        yield from textwrap.wrap(f"Цель: {one_line(roadmap.goal)}", _NARROWEST)
    for stamp in contents.stamps:
        signed = ", ".join(part for part in (stamp.position, stamp.name, stamp.act, _day(stamp.on)) if part)
        yield from textwrap.wrap(f"{stamp.heading}: {one_line(signed)}", _NARROWEST)
    yield from _item_lines(snapshot, contents)
    if contents.indicators:
        yield ""
        yield from _indicator_lines(snapshot, contents)
    if contents.unplaced:
        yield ""
        yield "Не нашло места:"
        yield from (f"  {piece.place}: {one_line(piece.text)}" for piece in contents.unplaced)


def schedule_lines(schedule: Schedule) -> Iterator[str]:
    """What a wording means, in words and dates."""
    if not schedule.understood:
        why = f" ({schedule.problem})" if schedule.problem else ""
        yield f"«{schedule.wording}»: срок не понят{why}. Он сохранится как написан, но напоминаний по нему не будет."
        return
    if schedule.problem:
        yield f"«{schedule.wording}»: {schedule.problem}."
        return
    if not schedule.windows and NO_YEARS in schedule.assumption:
        yield (
            f"«{schedule.wording}»: срок понят, но год в нём не назван."
            " Укажите годы плана, например: --years 2021-2024."
        )
        return
    if not schedule.windows:
        yield f"«{schedule.wording}»: срок не определён, просроченным не бывает."
    for window in schedule.windows:
        span = f"{window.start:%d.%m.%Y} – {window.end:%d.%m.%Y}" if window.start != window.end else _day(window.end)
        yield f"{span}  {window.label}".rstrip()
    if schedule.assumption:
        yield f"Принято: {schedule.assumption}."


def value(amount: Decimal | None) -> str:
    """«62,5», «100»; «–» where there is none."""
    if amount is None:
        return "–"
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def plan_words(plan: Target | None) -> str:
    """«60», «не менее 60», «от 20 до 30»; «–» where there is none."""
    return planned_words(plan).replace("\u202f", " ") if plan else "–"


def _item_lines(snapshot: Snapshot, contents: RoadmapContents) -> Iterator[str]:
    from cosdesk.reports.roadmap import section_title

    states = item_states(snapshot, contents)
    titles = {section.id: section_title(section) for section in contents.sections}
    rows: list[tuple[str, ...]] = []
    for section_id, items in groupby(contents.items, lambda item: item.section_id):
        if section_id is not None:
            rows.append((titles[section_id],))
        for item in items:
            number = item.number or f"#{item.id}"
            responsible = "; ".join(item.responsible)
            rows.append((number, item.title, item.term.text, responsible, states[item.id].status.label))
    if rows:
        yield ""
        yield from table(("№", "Наименование", "Срок", "Исполнитель", "Статус"), rows, (6, 36, 18, 20, 16))


def _indicator_lines(snapshot: Snapshot, contents: RoadmapContents) -> Iterator[str]:
    actuals = actuals_by_indicator(snapshot)
    periods = {target.period for indicator in contents.indicators for target in indicator.targets}
    years = sorted(period for period in periods if period.isdigit())

    def cells(indicator: Indicator) -> list[str]:
        recorded = actuals.get(indicator.id, {})
        values = [
            plan_words(indicator.plan(year)) + (f" / {value(recorded[year].amount)}" if year in recorded else "")
            for year in years
        ]
        number = indicator.number or f"#{indicator.id}"
        return [number, indicator.title, indicator.unit, value(indicator.baseline), *values]

    headings = ("№", "Показатель (план / факт)", "Ед. изм.", "База", *years)
    yield from table(headings, map(cells, contents.indicators), (3, 40, 8, 6, *(12 for _ in years)))


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
