"""Rounds of monitoring and the answers of schools; sums for indicators, kept with the round."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cosdesk.domain.answers import judge, school_facts
from cosdesk.domain.indicator import Actual
from cosdesk.domain.monitoring import (
    Answer,
    AnswerState,
    Contribution,
    Counted,
    MonitoringForm,
    Remark,
    Round,
    RoundFeed,
    SchoolShare,
    Value,
)
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit, Row
from cosdesk.store.hashes import hash_of_bytes
from cosdesk.store.periods import require_open
from cosdesk.store.rows import record_of, row_of, to_column

BY_HAND = "вручную"
_ROUND_OMITTED = ("feeds", "counts", "waiting")
_COUNTING = ", ".join(f"'{state.value}'" for state in AnswerState if state.counts)


def read_rounds(database: Database) -> tuple[Round, ...]:
    """All rounds, the newest first, with their sums, counts by state and, while open, who has not answered."""
    feeds: dict[int, list[RoundFeed]] = {}
    for row in database.query("SELECT * FROM round_feed ORDER BY id"):
        feeds.setdefault(row["round_id"], []).append(record_of(RoundFeed, row))
    counts: dict[int, dict[AnswerState, int]] = {}
    for row in database.query("SELECT round_id, state, count(*) AS number FROM answer GROUP BY round_id, state"):
        counts.setdefault(row["round_id"], {})[AnswerState(row["state"])] = row["number"]
    waiting: dict[int, list[int]] = {}
    for row in database.query(
        "SELECT answer.round_id, answer.school_id FROM monitoring_round AS round"
        " JOIN answer ON answer.round_id = round.id"
        f" WHERE round.closed_on IS NULL AND answer.state NOT IN ({_COUNTING}) ORDER BY answer.id"
    ):
        waiting.setdefault(row["round_id"], []).append(row["school_id"])
    return tuple(
        record_of(
            Round,
            row,
            feeds=tuple(feeds.get(row["id"], ())),
            counts=counts.get(row["id"], {}),
            waiting=tuple(waiting.get(row["id"], ())),
        )
        for row in database.query("SELECT * FROM monitoring_round ORDER BY id DESC")
    )


def form_source(database: Database, round_id: int) -> str:
    """The text of the form as it was when the round began (``forms.monitoring_form.parse_monitoring_form``)."""
    row = database.conn.execute("SELECT form_source FROM monitoring_round WHERE id = ?", (round_id,)).fetchone()
    return str(row[0])


def add_round(edit: Edit, found: Round, form: MonitoringForm, schools: Iterable[School]) -> int:
    """A new round with an answer, not yet sent, for each of the schools that work at its period's end; its id.

    ``found.feeds`` names the indicators; a feed of the form that is not among them gets none.
    ``UserError`` when the period is closed.
    """
    period = parse_period(found.period)
    require_open(edit.database, period.code)
    named = {feed.feed: feed.indicator_id for feed in found.feeds}
    values = {**row_of(found, *_ROUND_OMITTED), "period": period.code}
    values |= {"form": form.id, "form_version": form.version, "form_source": form.source}
    round_id = edit.insert("monitoring_round", values)
    for feed in form.feeds:
        edit.insert("round_feed", {"round_id": round_id, **row_of(RoundFeed(feed.key, named.get(feed.key)))})
    for school in schools:
        if school.works_on(period.end):
            edit.insert("answer", _answer_row(Answer(0, round_id, school.id)))
    return round_id


def change_round(edit: Edit, found: Round) -> None:
    """Title, dates, row, note and the indicators of its feeds; ``UserError`` when its period is closed."""
    _require_open_round(edit, found.id)
    require_open(edit.database, found.period)
    edit.update("monitoring_round", found.id, row_of(found, *_ROUND_OMITTED, "form", "form_version"))
    for feed in found.feeds:
        row = edit.database.conn.execute(
            "SELECT id FROM round_feed WHERE round_id = ? AND feed = ?", (found.id, feed.feed)
        ).fetchone()
        if row:
            edit.update("round_feed", row[0], {"indicator_id": feed.indicator_id})


def delete_round(edit: Edit, round_id: int) -> None:
    """The round with all its answers; ``UserError`` when its period is closed."""
    _require_open_round(edit, round_id)
    edit.delete("monitoring_round", round_id)


def add_schools(edit: Edit, round_id: int, school_ids: Iterable[int]) -> None:
    """More schools into a round that has begun; those in it already stay as they are."""
    _require_open_round(edit, round_id)
    known = {
        row[0] for row in edit.database.conn.execute("SELECT school_id FROM answer WHERE round_id = ?", (round_id,))
    }
    for school_id in school_ids:
        if school_id not in known:
            edit.insert("answer", _answer_row(Answer(0, round_id, school_id)))


def leave_out(edit: Edit, round_id: int, school_id: int) -> None:
    """Take a school out of a round, with its answer."""
    _require_open_round(edit, round_id)
    for (answer_id,) in edit.database.conn.execute(
        "SELECT id FROM answer WHERE round_id = ? AND school_id = ?", (round_id, school_id)
    ).fetchall():
        edit.delete("answer", answer_id)
    recount(edit, round_id)


def read_answers(database: Database, round_id: int) -> tuple[Answer, ...]:
    """The answers of one round in the order of the schools."""
    rows = database.query(
        "SELECT answer.* FROM answer JOIN school ON school.id = school_id"
        " WHERE round_id = ? ORDER BY school.rank, school.id",
        [round_id],
    )
    return tuple(_answer(row) for row in rows)


def answers_of_school(database: Database, school_id: int, limit: int = 100) -> tuple[Answer, ...]:
    """What one school answered in all rounds, the newest first."""
    rows = database.query(
        "SELECT * FROM answer WHERE school_id = ? ORDER BY round_id DESC LIMIT ?", [school_id, limit]
    )
    return tuple(_answer(row) for row in rows)


def newest_values(database: Database, rounds: Collection[int]) -> dict[int, tuple[int, Mapping[str, Value]]]:
    """What each school answered last in these rounds, with the round's id, by school."""
    rows = database.query(
        "SELECT school_id, given, max(round_id) AS latest FROM answer"
        f" WHERE round_id IN ({', '.join('?' * len(rounds))}) AND given != '{{}}' GROUP BY school_id",
        list(rounds),
    )
    return {row["school_id"]: (row["latest"], load_values(row["given"])) for row in rows}


def save_answer(
    edit: Edit,
    form: MonitoringForm,
    found: Round,
    school: School,
    values: Mapping[str, Value],
    *,
    state: AnswerState | None = None,
    as_of: datetime | None = None,
    source: str = BY_HAND,
    remarks: Iterable[Remark] = (),
    today: date | None = None,
) -> Answer:
    """The school's values in place of its earlier ones, judged and counted; the answer as it stands then.

    ``remarks`` are those of reading, kept beside the form's own.  Without ``state``: «на доработке»
    where a strict remark stands, else «получено» (an accepted one stays accepted); no values at all
    make it «отправлено» or «не отправлено» again.  ``UserError`` when the period is closed.  Call
    ``recount`` after the last answer of an edit, as ``save_answers`` does.
    """
    require_open(edit.database, found.period)
    known = _find_answer(edit.database, found.id, school.id)
    facts = school_facts(school, parse_period(found.period).end, today or date.today())
    given = {key: value for key, value in values.items() if value is not None}
    judged = judge(form, given, facts)
    all_remarks = (*remarks, *(r for r in judged.remarks if not any(r.question == o.question for o in remarks)))
    if state is None:
        state = _next_state(known, bool(given), any(remark.strict for remark in all_remarks))
    answer = replace(
        known,
        state=state,
        values=given,
        counted=judged.counted if given else {},
        complies=judged.complies if given else None,
        reasons=judged.reasons if given else (),
        remarks=all_remarks if given else (),
        as_of=(as_of or datetime.now().replace(microsecond=0)) if given else None,
        source=source if given else "",
    )
    edit.update("answer", known.id, _answer_row(answer))
    return answer


def save_answers(
    edit: Edit, form: MonitoringForm, found: Round, answers: Iterable[tuple[School, Mapping[str, Value]]]
) -> None:
    """Values of many schools typed or pasted at once, counted after the last."""
    for school, values in answers:
        save_answer(edit, form, found, school, values)
    recount(edit, found.id)


def set_state(edit: Edit, round_id: int, school_ids: Iterable[int], state: AnswerState) -> None:
    """Accept, send back, mark as sent…; what counts is counted anew.  ``UserError`` when the period is closed."""
    _require_open_round(edit, round_id)
    now = datetime.now().isoformat(timespec="seconds")
    for school_id in school_ids:
        answer = _find_answer(edit.database, round_id, school_id)
        sent = {"sent_at": now} if state is AnswerState.SENT else {}
        edit.update("answer", answer.id, {"state": state.value, **sent})
    recount(edit, round_id)


def mark_sent(edit: Edit, round_id: int, school_ids: Iterable[int]) -> None:
    """Workbooks went out: those not yet sent are «отправлено», the rest keep their state; the time is kept."""
    now = datetime.now().isoformat(timespec="seconds")
    for school_id in school_ids:
        answer = _find_answer(edit.database, round_id, school_id)
        state = AnswerState.SENT if answer.state is AnswerState.NOT_SENT else answer.state
        edit.update("answer", answer.id, {"state": state.value, "sent_at": now})


def comment_answer(edit: Edit, round_id: int, school_id: int, comment: str) -> None:
    edit.update("answer", _find_answer(edit.database, round_id, school_id).id, {"comment": comment})


def recount(edit: Edit, round_id: int) -> None:
    """The sums of the round's feeds over the answers that count, exactly."""
    sums: dict[str, list[Contribution]] = {}
    for (text,) in edit.database.conn.execute(
        f"SELECT counted FROM answer WHERE round_id = ? AND state IN ({_COUNTING})", (round_id,)
    ):
        for feed, part in load_counted(text).items():
            sums.setdefault(feed, []).append(part)
    rows = edit.database.conn.execute("SELECT id, feed FROM round_feed WHERE round_id = ?", (round_id,)).fetchall()
    for row_id, feed in rows:
        parts = sums.get(feed, [])
        lower = [part.denominator for part in parts if part.denominator is not None]
        total = {
            "numerator": to_column(sum((part.numerator for part in parts), Decimal(0))) if parts else None,
            "denominator": to_column(sum(lower, Decimal(0))) if lower else None,
            "answered": len(parts),
        }
        edit.update("round_feed", row_id, total)


def counted_values(rounds: Iterable[Round]) -> tuple[Counted, ...]:
    """What the rounds give to indicators; of several for one indicator and period the newest that has answers."""
    found: dict[tuple[int, str], Counted] = {}
    for each in rounds:
        for feed in each.feeds:
            if feed.indicator_id is None or feed.numerator is None or not feed.answered:
                continue
            key = (feed.indicator_id, each.period)
            if key not in found or found[key].round_id < each.id:
                found[key] = Counted(
                    *key, each.id, feed.feed, feed.numerator, feed.denominator, feed.answered, each.asked
                )
    return tuple(found[key] for key in sorted(found))


def effective_actuals(
    recorded: Iterable[Actual], counted: Iterable[Counted], rounds: Iterable[Round]
) -> tuple[Actual, ...]:
    """The values that hold: counted where a round gives one, with the notes kept by hand; else by hand."""
    titles = {each.id: each.title for each in rounds}
    found = {(actual.indicator_id, actual.period): actual for actual in recorded}
    for value in counted:
        key = (value.indicator_id, value.period)
        notes = found.get(key) or Actual(0, *key)
        is_share = value.denominator is not None
        found[key] = replace(
            notes,
            value=None if is_share else value.numerator,
            numerator=value.numerator if is_share else None,
            denominator=value.denominator,
            source=notes.source or f"мониторинг «{titles.get(value.round_id, '')}»",
        )
    return tuple(found[key] for key in sorted(found))


def schools_behind(database: Database, round_id: int, feed: str) -> tuple[SchoolShare, ...]:
    """Every school of a round with what it gave to a feed: the way from a percent to its schools."""
    rows = database.query(
        "SELECT school_id, state, counted, complies, reasons FROM answer"
        " JOIN school ON school.id = school_id WHERE round_id = ? ORDER BY school.rank, school.id",
        [round_id],
    )
    shares = []
    for row in rows:
        state = AnswerState(row["state"])
        part = load_counted(row["counted"]).get(feed) if state.counts else None
        complies = None if row["complies"] is None else bool(row["complies"])
        shares.append(
            SchoolShare(
                row["school_id"],
                state,
                part.numerator if part else None,
                part.denominator if part else None,
                complies,
                tuple(json.loads(row["reasons"])),
            )
        )
    return tuple(shares)


def fingerprint(values: Mapping[str, Value]) -> str:
    """Equal for equal values: how a doubled answer is known."""
    return hash_of_bytes(dump_values(values).encode())


def dump_values(values: Mapping[str, Value]) -> str:
    """JSON by itself enough to be read back: numbers, texts, true and false, dates as {"on": …}."""

    def plain(value: Value) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return {"on": value.isoformat()} if isinstance(value, date) else value

    given = {key: plain(value) for key, value in sorted(values.items()) if value is not None}
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))


def load_values(text: str) -> dict[str, Value]:
    loaded = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return {key: date.fromisoformat(value["on"]) if isinstance(value, dict) else value for key, value in loaded.items()}


def dump_counted(counted: Mapping[str, Contribution]) -> str:
    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return json.dumps({feed: [number(part.numerator), number(part.denominator)] for feed, part in counted.items()})


def load_counted(text: str) -> dict[str, Contribution]:
    loaded = json.loads(text, parse_float=_decimal)
    return {feed: Contribution(*parts) for feed, parts in loaded.items()}


def _decimal(text: str) -> Decimal:
    return Decimal(text.removesuffix(".0"))


def _next_state(known: Answer, given: bool, strict: bool) -> AnswerState:
    if not given:
        return AnswerState.SENT if known.sent_at else AnswerState.NOT_SENT
    if strict:
        return AnswerState.REWORK
    return AnswerState.ACCEPTED if known.state is AnswerState.ACCEPTED else AnswerState.RECEIVED


def _answer(row: Mapping[str, Any]) -> Answer:
    return record_of(
        Answer,
        row,
        values=load_values(row["given"]),
        counted=load_counted(row["counted"]),
        remarks=tuple(Remark(**remark) for remark in json.loads(row["remarks"])),
    )


def _answer_row(answer: Answer) -> Row:
    return {
        **row_of(answer, "values", "counted", "remarks"),
        "given": dump_values(answer.values),
        "counted": dump_counted(answer.counted),
        "remarks": json.dumps([row_of(remark) for remark in answer.remarks], ensure_ascii=False),
    }


def _find_answer(database: Database, round_id: int, school_id: int) -> Answer:
    row = next(database.query("SELECT * FROM answer WHERE round_id = ? AND school_id = ?", [round_id, school_id]), None)
    if row is None:
        raise LookupError(f"school {school_id} is not in round {round_id}")
    return _answer(row)


def _require_open_round(edit: Edit, round_id: int) -> None:
    require_open(edit.database, edit.row("monitoring_round", round_id)["period"])
