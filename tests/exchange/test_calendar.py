"""The calendar read back by the library that telephones' programs are tested with."""

from dataclasses import replace
from datetime import date

from icalendar import Calendar

from cosdesk.demo import demo_snapshot
from cosdesk.domain.state import item_states
from cosdesk.exchange.calendar import calendar_bytes


def test_every_waiting_term_is_an_entry_on_its_last_day() -> None:
    snapshot = demo_snapshot()
    calendar = Calendar.from_ical(calendar_bytes(snapshot))
    events = list(calendar.walk("VEVENT"))
    open_ends = [
        o.record.due if o.record and o.record.due else o.window.end
        for contents in snapshot.roadmaps
        for state in item_states(snapshot, contents).values()
        for o in state.occurrences
        if o.status.value not in ("done", "done_late", "cancelled") and not state.item.cancelled
    ]
    assert sorted(event.decoded("dtstart") for event in events) == sorted(open_ends)
    assert open_ends
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_the_same_terms_keep_their_names_on_another_day() -> None:
    snapshot = demo_snapshot()
    later = replace(snapshot, today=date(snapshot.today.year + 1, 1, 1))
    names = [
        {str(event["uid"]) for event in Calendar.from_ical(calendar_bytes(s)).walk("VEVENT")} for s in (snapshot, later)
    ]
    assert names[0] == names[1]
