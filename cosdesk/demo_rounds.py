"""The demo district's rounds of monitoring: read from ``resources/demo`` and written as a user would have kept them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import ValueFaultError, read_value
from cosdesk.domain.district import Snapshot
from cosdesk.domain.expressions import Value
from cosdesk.domain.monitoring import AnswerState, MonitoringForm, Round, RoundFeed
from cosdesk.domain.period import parse_period
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.forms.reading import FormTable
from cosdesk.store.edit import Edit
from cosdesk.store.monitoring import add_round, mark_sent, recount, save_answer, set_state

_RUNNING_SINCE, _RUNNING_UNTIL = timedelta(days=12), timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DemoRound:
    """A round with its answers by the school's place in the list, counted from 1.

    ``indicator`` is a piece of the title of the one it feeds, ``row`` the number of the row it is held for.
    """

    round: Round
    form: MonitoringForm
    indicator: str
    row: str
    answers: Mapping[int, Mapping[str, Value]]


def read_rounds(table: FormTable, today: date, day: Callable[[FormTable, str], date | None]) -> tuple[DemoRound, ...]:
    """The rounds whose period had ended by ``today``, and those running now; ``day`` reads a date of the table."""
    found = []
    for entry in table.tables("round"):
        form = monitoring_form(entry.text("form"))
        running, measured_on = entry.flag("running"), day(entry, "measured_on")
        answers = _answers(entry, form, measured_on)
        shown = Round(
            0,
            form.id,
            form.version,
            entry.text("title"),
            parse_period(entry.text("period")).code,
            today - _RUNNING_SINCE if running else day(entry, "opened_on"),
            today + _RUNNING_UNTIL if running else day(entry, "due"),
            day(entry, "closed_on"),
        )
        indicator, row = entry.text("indicator", ""), entry.text("row")
        entry.finish()
        if running or parse_period(shown.period).end < today:
            found.append(DemoRound(shown, form, indicator, row, answers))
    table.finish()
    return tuple(found)


def _answers(entry: FormTable, form: MonitoringForm, measured_on: date | None) -> dict[int, dict[str, Value]]:
    found: dict[int, dict[str, Value]] = {}
    for place, texts in entry.nested("answers").items():
        values: dict[str, Value] = {"measured_on": measured_on} if form.question("measured_on") else {}
        for key, text in texts.items():
            question = form.question(key)
            if question is None:
                raise entry.fault("answers", f"вопроса «{key}» в форме «{form.id}» нет")
            try:
                values[key] = read_value(question, text)
            except ValueFaultError as fault:
                raise entry.fault("answers", f"школа {place}, «{key}»: {fault}") from fault
        found[int(place)] = values
    return found


def write_rounds(edit: Edit, rounds: tuple[DemoRound, ...], snapshot: Snapshot) -> None:
    """The rounds with their answers: of ended ones all accepted, of running ones received or sent back."""
    indicators = [indicator for contents in snapshot.roadmaps for indicator in contents.indicators]
    rows = {item.number: item.id for contents in snapshot.roadmaps for item in contents.items}
    for demo in rounds:
        fed = next((each for each in indicators if demo.indicator and demo.indicator in each.title), None)
        first = demo.form.feeds[0].key
        shown = replace(demo.round, feeds=(RoundFeed(first, fed.id if fed else None),), item_id=rows[demo.row])
        round_id = add_round(edit, shown, demo.form, snapshot.schools)
        stored = replace(shown, id=round_id)
        mark_sent(edit, round_id, [school.id for school in snapshot.schools])
        for place, values in demo.answers.items():
            school = snapshot.schools[place - 1]
            told = [value for value in values.values() if isinstance(value, date)]
            moment = datetime.combine(max((_returned_on(stored, place), *told)), time(9 + place % 8, 7 * place % 60))
            name = f"{school.label}.xlsx"
            save_answer(edit, demo.form, stored, school, values, as_of=moment, source=name, today=snapshot.today)
        recount(edit, round_id)
        if shown.closed_on is not None:
            set_state(edit, round_id, [school.id for school in snapshot.schools], AnswerState.ACCEPTED)


def _returned_on(found: Round, place: int) -> date:
    """Answers come over the days between sending and the last day."""
    assert found.opened_on is not None
    last = (found.due or found.opened_on) - found.opened_on - _RUNNING_UNTIL
    return found.opened_on + timedelta(days=min(place, last.days))
