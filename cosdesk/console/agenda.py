"""``today`` and ``calendar``: what burns, and the terms for a telephone's calendar."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from cosdesk.console.files import read
from cosdesk.console.values import day
from cosdesk.domain.agenda import AgendaLine, Topic, agenda, counts
from cosdesk.errors import UserError
from cosdesk.exchange.calendar import calendar_bytes


def agenda_on(file: Path, on: str | None) -> tuple[date, tuple[AgendaLine, ...]]:
    """The day and its lines; today where no day is named."""
    chosen = day(on) if on else date.today()
    return chosen, agenda(read(file, chosen), chosen)


def agenda_json(on: date, lines: tuple[AgendaLine, ...]) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "counts": {topic.value: count for topic, count in counts(lines).items()},
        "lines": [
            {
                "topic": line.topic.value,
                "roadmap": line.roadmap_id,
                "item": line.item_id,
                "indicator": line.indicator_id,
                "round": line.round_id,
                "number": line.number,
                "title": " ".join(line.title.split()),
                "due": line.due.isoformat() if line.due else None,
                "reason": line.reason,
            }
            for line in lines
        ],
    }


def agenda_text(on: date, lines: tuple[AgendaLine, ...]) -> Iterator[str]:
    if not lines:
        yield f"На {on:%d.%m.%Y} ничего не горит."
    for topic in Topic:
        own = [line for line in lines if line.topic is topic]
        if own:
            yield f"{topic.label} – {len(own)}"
        for line in own:
            due = f"{line.due:%d.%m.%Y}" if line.due else "–"
            yield f"  {due:<11} {line.number:<7} {' '.join(line.title.split())} ({line.reason})"


def write_calendar(file: Path, out: Path) -> Iterator[str]:
    """The waiting terms of every roadmap of the district into an ``.ics`` file."""
    content = calendar_bytes(read(file))
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError(f"Календарь не сохранён: «{out}» нельзя записать. Выберите другую папку.") from error
    yield f"Сохранено: {out}. Сроков: {content.count(b'BEGIN:VEVENT')}."
