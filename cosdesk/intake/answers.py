"""Returned workbooks judged: whose each is, what is accepted, what goes back and why; nothing is written here."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import ValueFaultError, judge, read_value, school_facts
from cosdesk.domain.expressions import Value
from cosdesk.domain.monitoring import Answer, MonitoringForm, QuestionType, Remark, Round
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.intake.answer_cells import RawCell
from cosdesk.intake.answer_workbook import ReadWorkbook


class Outcome(StrEnum):
    """What became of one returned file."""

    ACCEPTED = "accepted"
    REMARKS = "remarks"
    SENT_BACK = "sent_back"
    OLDER = "older"
    DOUBLED = "doubled"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _OUTCOME_LABELS[self]

    @property
    def taken(self) -> bool:
        """Whether its values go into the round without asking."""
        return self in (Outcome.ACCEPTED, Outcome.REMARKS)


_OUTCOME_LABELS = {
    Outcome.ACCEPTED: "принято",
    Outcome.REMARKS: "принято с замечаниями",
    Outcome.SENT_BACK: "вернуть на доработку",
    Outcome.OLDER: "есть более новый ответ",
    Outcome.DOUBLED: "повтор",
    Outcome.REFUSED: "не принято",
}


@dataclass(frozen=True, slots=True)
class RoundDesk:
    """A round with all that its answers are judged by; ``schools`` and ``answers`` by school id."""

    round: Round
    form: MonitoringForm
    schools: Mapping[int, School]
    answers: Mapping[int, Answer]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class CollectedAnswer:
    """One file of the heap.  ``message`` is a whole sentence where the file as a whole has a fault."""

    file: str
    outcome: Outcome
    message: str = ""
    round_id: int | None = None
    school: School | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    saved_at: datetime | None = None


def assess(
    read: Iterable[tuple[Path, ReadWorkbook | UserError]],
    district_uid: str,
    desk_of: Callable[[int], RoundDesk | None],
    now: datetime | None = None,
) -> tuple[CollectedAnswer, ...]:
    """Every file judged, in the order given; of several of one school the one saved last goes first.

    ``desk_of`` gives a round by its id, None where the district has none.
    """
    now = now or datetime.now().replace(microsecond=0)
    desks: dict[int, RoundDesk | None] = {}
    known: dict[tuple[int, int], _Known] = {}
    places = list(read)
    results: dict[int, CollectedAnswer] = {}
    whole: list[tuple[datetime, int, Path, ReadWorkbook, RoundDesk]] = []
    for position, (path, found) in enumerate(places):
        desk, refusal = _addressed(path, found, district_uid, desks, desk_of)
        if desk is None or isinstance(found, UserError):
            results[position] = CollectedAnswer(path.name, Outcome.REFUSED, refusal)
        else:
            whole.append((_moment(found, path, now), position, path, found, desk))
    for moment, position, path, found, desk in sorted(whole, key=lambda entry: (entry[0], entry[1]), reverse=True):
        results[position] = _assessed(path, found, desk, moment, now.date(), known)
    return tuple(results[position] for position in range(len(places)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What a school has answered so far; ``file`` is that of the heap it came in, empty for the district's own."""

    as_of: datetime | None
    values: Mapping[str, Value]
    file: str = ""


def _addressed(
    path: Path,
    found: ReadWorkbook | UserError,
    district_uid: str,
    desks: dict[int, RoundDesk | None],
    desk_of: Callable[[int], RoundDesk | None],
) -> tuple[RoundDesk | None, str]:
    """The round that the file answers, or why there is none, in a sentence."""
    if isinstance(found, UserError):
        return None, str(found)
    if not found.known:
        return None, (
            f"Файл «{path.name}» – не форма, разосланная этой программой. "
            "Попросите школу заполнить присланный ей файл или внесите ответ вручную."
        )
    identity = found.identity
    if identity is None:
        return None, f"В книге «{path.name}» изменены служебные сведения. Отправьте школе форму ещё раз."
    if identity.district != district_uid:
        return None, f"Книга «{path.name}» разослана другим районом. Откройте файл того района или верните её."
    if identity.round_id not in desks:
        desks[identity.round_id] = desk_of(identity.round_id)
    desk = desks[identity.round_id]
    if desk is None:
        return None, f"Мониторинга, на который отвечает книга «{path.name}», в районе нет: он удалён."
    if (identity.form, identity.form_version) != (desk.form.id, desk.form.version):
        return None, f"Книга «{path.name}» сделана по другой форме. Отправьте школе форму ещё раз."
    if identity.school_id not in desk.answers or identity.school_id not in desk.schools:
        return None, f"Школа, которой послана книга «{path.name}», в этом мониторинге не участвует."
    if desk.closed:
        label = parse_period(desk.round.period).label
        return None, f"Книга «{path.name}» не принята: период «{label}» закрыт. Откройте его снова и повторите."
    return desk, ""


def _assessed(
    path: Path,
    found: ReadWorkbook,
    desk: RoundDesk,
    moment: datetime,
    today: date,
    known: dict[tuple[int, int], _Known],
) -> CollectedAnswer:
    assert found.identity is not None
    school = desk.schools[found.identity.school_id]
    values, remarks = read_values(desk.form, found)
    result = CollectedAnswer(path.name, Outcome.SENT_BACK, "", desk.round.id, school, values, (), moment)
    if not values and not any(remark.strict for remark in remarks):
        return replace(result, remarks=(Remark("", "форма не заполнена"),))
    facts = school_facts(school, parse_period(desk.round.period).end, today)
    told = {remark.question for remark in remarks if remark.strict}
    judged = judge(desk.form, values, facts)
    remarks += [_placed(remark, found) for remark in judged.remarks if remark.question not in told]
    if desk.round.due and moment.date() > desk.round.due:
        remarks.append(Remark("", f"ответ сохранён {moment:%d.%m.%Y}, после срока {desk.round.due:%d.%m.%Y}", False))
    result = replace(result, remarks=tuple(remarks))
    present = known.get((desk.round.id, school.id))
    if present is None:
        answer = desk.answers[school.id]
        present = _Known(answer.as_of, answer.values)
    as_of, kept = present.as_of, present.values
    same = dict(kept) == dict(values)
    if kept and not same and as_of is not None and as_of >= moment:
        message = f"Сохранён {moment:%d.%m.%Y %H:%M}, а в районе ответ от {as_of:%d.%m.%Y %H:%M}: он не заменён."
        if present.file:
            message = f"От этой школы есть и файл «{present.file}», сохранённый не раньше: взят ответ из него."
        return replace(result, outcome=Outcome.OLDER, message=message)
    known.setdefault((desk.round.id, school.id), _Known(moment, values, path.name))
    if any(remark.strict for remark in remarks):
        return result
    if kept and same:
        return replace(result, outcome=Outcome.DOUBLED, message="Такой же ответ уже есть, ничего не изменено.")
    return replace(result, outcome=Outcome.REMARKS if remarks else Outcome.ACCEPTED)


def read_values(form: MonitoringForm, found: ReadWorkbook) -> tuple[dict[str, Value], list[Remark]]:
    """The answers by question, and what is wrong with single cells or with the sheet."""
    values: dict[str, Value] = {}
    remarks: list[Remark] = []
    for question in form.questions:
        cell = found.cells.get(question.key)
        if cell is None:
            if found.cells or question is form.questions[0]:
                remarks.append(Remark(question.key, f"строка вопроса «{question.label}» удалена"))
            continue
        if (cell.formula and cell.value is None) or cell.error:
            remarks.append(Remark(question.key, "в ячейке формула без значения или с ошибкой", True, cell.place))
            continue
        try:
            value = read_value(question, _raw_value(cell, question.type))
        except ValueFaultError as fault:
            remarks.append(Remark(question.key, f"«{question.label}»: {fault}", True, cell.place))
            continue
        if value is not None:
            values[question.key] = value
        if cell.formula:
            remarks.append(Remark(question.key, "в ячейке формула, взято её значение", False, cell.place))
        label = found.labels.get(question.key, "").removesuffix("*").strip()
        if label and label != " ".join(question.label.split()):
            remarks.append(Remark(question.key, f"изменён текст вопроса: «{label}»", False, cell.place))
    own = "* – заполните обязательно."
    for place, text in found.extras:
        if text != own:
            remarks.append(Remark("", f"добавлено лишнее, не учтено: «{text[:80]}»", False, place))
    return values, remarks


def _raw_value(cell: RawCell, kind: QuestionType) -> Any:
    if cell.percent and isinstance(cell.value, int | float):
        # «55 %» is kept as 0.55 under a percent format.
        return Decimal(repr(cell.value)) * 100
    if kind is QuestionType.DATE and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        from openpyxl.utils.datetime import from_excel

        return from_excel(cell.value) if 32874 <= cell.value <= 73050 else str(cell.value)
    return cell.value


def _placed(remark: Remark, found: ReadWorkbook) -> Remark:
    cell = found.cells.get(remark.question)
    return replace(remark, cell=cell.place) if cell else remark


def _moment(found: ReadWorkbook, path: Path, now: datetime) -> datetime:
    """When the answer was saved, never later than now: a clock that is ahead must not outrun later answers."""
    saved = found.saved_at
    if saved is None:
        try:
            saved = datetime.fromtimestamp(os.stat(path).st_mtime).replace(microsecond=0)
        except OSError:
            saved = now
    return min(saved, now)
