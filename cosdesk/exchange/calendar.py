"""The terms of a roadmap as an iCalendar file, for the calendar of a telephone."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Occurrence, Status
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.state import item_states

_CLOSED = (Status.DONE, Status.DONE_LATE, Status.CANCELLED)


def calendar_bytes(snapshot: Snapshot, roadmaps: Iterable[RoadmapContents] | None = None) -> bytes:
    """Every expected execution that still waits, as an all-day entry on the last day of its window.

    The uid of an entry is that of the district, row and window, so that a second import of
    the file replaces entries instead of doubling them.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//cosdesk//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Дорожная карта – {snapshot.district.name}")
    stamp = datetime(snapshot.today.year, snapshot.today.month, snapshot.today.day, tzinfo=UTC)
    for contents in snapshot.roadmaps if roadmaps is None else roadmaps:
        for occurrence in _waiting(snapshot, contents):
            item, end = occurrence.item, _due(occurrence)
            event = Event()
            event.add("uid", f"{snapshot.district.uid}-{item.id}-{occurrence.window.end:%Y%m%d}@cosdesk")
            event.add("dtstamp", stamp)
            event.add("dtstart", end)
            event.add("dtend", end + timedelta(days=1))
            event.add("summary", f"{item.number} {item.title}".strip())
            event.add("description", _description(occurrence))
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", item.title)
            alarm.add("trigger", timedelta(days=-snapshot.norms.reminder_days))
            event.add_component(alarm)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _waiting(snapshot: Snapshot, contents: RoadmapContents) -> list[Occurrence]:
    states = item_states(snapshot, contents).values()
    found = [occurrence for state in states for occurrence in state.occurrences if not state.item.cancelled]
    return [occurrence for occurrence in found if occurrence.status not in _CLOSED]


def _due(occurrence: Occurrence) -> date:
    record = occurrence.record
    return record.due if record and record.due else occurrence.window.end


def _description(occurrence: Occurrence) -> str:
    item, window = occurrence.item, occurrence.window
    lines = [
        f"Срок: {window.start:%d.%m.%Y} – {window.end:%d.%m.%Y}" if window.start != window.end else "",
        f"Ответственный: {', '.join(item.responsible)}" if item.responsible else "",
        f"Документ: {item.expected}" if item.expected else "",
    ]
    return "\n".join(line for line in lines if line)
