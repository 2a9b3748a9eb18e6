"""A round of monitoring carried through: begun, sent to the schools, collected; for the window and the commands.

Reading the file and writing into it stay on its own thread; making workbooks and reading the
heap work on what ``desk_of`` gave and may run elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.monitoring import Answer, AnswerState, MonitoringForm, Round, RoundFeed, Value, proposed_indicator
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.exchange.mail import invitation, reply
from cosdesk.exchange.workbooks import school_workbook
from cosdesk.forms.monitoring_form import monitoring_forms, parse_monitoring_form
from cosdesk.intake.answers import CollectedAnswer, Outcome, RoundDesk
from cosdesk.store.edit import Edit
from cosdesk.store.file import DistrictFile
from cosdesk.store.monitoring import recount, save_answer


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one school: the workbook and the draft of the letter with it, and their file names."""

    school: School
    workbook_name: str
    workbook: bytes
    draft_name: str
    draft: bytes


def new_round(snapshot: Snapshot, form: MonitoringForm, period: str, due: date | None = None) -> Round:
    """A round of that form with the title, day and indicators proposed, to be looked over and kept by ``add_round``."""
    span = parse_period(period)
    indicators = [indicator for contents in snapshot.roadmaps for indicator in contents.indicators]
    feeds = []
    for feed in form.feeds:
        found = proposed_indicator(feed, indicators)
        feeds.append(RoundFeed(feed.key, found.id if found else None))
    title = f"{form.title}, {span.label}"
    return Round(0, form.id, form.version, title, span.code, snapshot.today, due, feeds=tuple(feeds))


def told_of_twin(rounds: Iterable[Round], begun: Round) -> str:
    """A sentence where that form was asked for that period already; empty where it was not."""
    asked = (begun.form, begun.period)
    same = [str(each.id) for each in rounds if (each.form, each.period) == asked and each.id != begun.id]
    if not same:
        return ""
    return (
        f"По этой форме за этот период мониторинг уже есть (номер {', '.join(same)})."
        " Показатель считает новый, как только в нём появятся ответы."
    )


def desk_of(file: DistrictFile, snapshot: Snapshot, round_id: int) -> RoundDesk | None:
    """A round with its form, schools and answers; None where the district has no such round."""
    found = next((each for each in snapshot.rounds if each.id == round_id), None)
    if found is None:
        return None
    answers = {answer.school_id: answer for answer in file.answers(round_id)}
    schools = {school.id: school for school in snapshot.schools}
    closed = any(closure.stands and closure.period == found.period for closure in snapshot.closures)
    form = parse_monitoring_form(file.form_source(round_id))
    return RoundDesk(found, form, {key: schools[key] for key in answers}, answers, closed)


def last_values(file: DistrictFile, snapshot: Snapshot, desk: RoundDesk) -> dict[int, dict[str, Value]]:
    """What each school answered before in this form or in one it was copied from, by school: «как в прошлый раз».

    Of those answers only the ones to questions that this form still asks, of the same key and type.
    """
    asked = {(question.key, question.type) for question in desk.form.questions}
    lineage = _lineage(desk.form)
    earlier = [found.id for found in snapshot.rounds if found.id < desk.round.id and found.form in lineage]
    same: dict[int, set[str]] = {}
    last: dict[int, dict[str, Value]] = {}
    for school_id, (round_id, values) in file.newest_values(earlier).items():
        if round_id not in same:
            form = parse_monitoring_form(file.form_source(round_id))
            same[round_id] = {each.key for each in form.questions if (each.key, each.type) in asked}
        last[school_id] = {key: value for key, value in values.items() if key in same[round_id]}
    return last


def _lineage(form: MonitoringForm) -> list[str]:
    """The ids of the form, of what it was copied from, and so on as far as the forms are at hand."""
    ids, parent = [form.id], form.based_on
    while parent and parent not in ids:
        ids.append(parent)
        parent = known.based_on if (known := monitoring_forms().get(parent)) else ""
    return ids


def letters(
    district: District, desk: RoundDesk, last: dict[int, dict[str, Value]], school_ids: Iterable[int] | None = None
) -> Iterator[Letter]:
    """A workbook and a draft for each school of the round, or for those named; ``last`` as ``last_values`` gives."""
    taken: set[str] = set()
    for school_id in desk.schools if school_ids is None else school_ids:
        school = desk.schools[school_id]
        made = school_workbook(district, desk.round, desk.form, school, last.get(school_id))
        name = _free_name(made.name, taken)
        draft = invitation(district, desk.round, desk.form, school, name, made.content)
        yield Letter(school, name, made.content, f"{Path(name).stem}.eml", draft)


def reply_draft(district: District, desk: RoundDesk, collected: CollectedAnswer) -> bytes | None:
    """The draft of a reply to the school: what to mend, or that the answer was taken; None for a file of nobody."""
    if collected.school is None:
        return None
    return reply(district, desk.round, collected.school, collected.remarks)


def take(
    edit: Edit,
    desk: Callable[[int], RoundDesk | None],
    collected: Iterable[CollectedAnswer],
    also: Iterable[Outcome] = (),
) -> int:
    """Write what was collected into its rounds; how many answers went in.

    Accepted ones become «получено».  One to be sent back is kept as «на доработке» where the
    school has no good answer yet; an older or doubled one is not written unless its outcome is
    among ``also``, which is the user's word.
    """
    written, touched = 0, set()
    for each in collected:
        found = desk(each.round_id) if each.round_id is not None else None
        if found is None or each.school is None or not each.values:
            continue
        good = found.answers[each.school.id].state.counts
        if not (each.outcome.taken or each.outcome in also or (each.outcome is Outcome.SENT_BACK and not good)):
            continue
        save_answer(
            edit,
            found.form,
            found.round,
            each.school,
            each.values,
            state=AnswerState.REWORK if each.outcome is Outcome.SENT_BACK else None,
            as_of=each.saved_at,
            source=each.file,
            remarks=each.remarks,
        )
        written += 1
        touched.add(found.round.id)
    for round_id in touched:
        recount(edit, round_id)
    return written


def find_round(snapshot: Snapshot, wording: str) -> Round:
    """The round of that id («3», «#3») or the newest of that form («internet»); ``UserError`` lists what there is."""
    plain = wording.strip().removeprefix("#")
    for each in snapshot.rounds:
        if str(each.id) == plain or each.form == plain:
            return each
    known = "; ".join(f"{each.id} – {each.title}" for each in snapshot.rounds[:20]) or "ни одного"
    raise UserError(f"Мониторинг «{wording}» не найден. В файле: {known.removesuffix('.')}.")


def same_as_last_time(answer: Answer, last: dict[int, dict[str, Value]]) -> Answer:
    """The answer with last round's values where nothing was given yet."""
    return replace(answer, values={**last.get(answer.school_id, {}), **answer.values})


def _free_name(name: str, taken: set[str]) -> str:
    """The name, numbered where two schools bear the same; as a system that ignores case compares them."""
    stem, suffix = Path(name).stem, Path(name).suffix
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){suffix}"
    taken.add(free.casefold())
    return free
