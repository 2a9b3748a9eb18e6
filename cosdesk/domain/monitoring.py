"""Monitoring: a form's questions, a round of it over the schools, and the answers that come back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.expressions import Expression, Value
from cosdesk.domain.indicator import Indicator

__all__ = [
    "Answer", "AnswerState", "Check", "Computed", "Contribution", "Counted", "Feed", "MonitoringForm", "Question",
    "QuestionType", "Remark", "Requirement", "Round", "RoundFeed", "SchoolShare", "Value", "proposed_indicator",
]  # fmt: skip


class QuestionType(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"

    @property
    def label(self) -> str:
        return _TYPE_LABELS[self]


_TYPE_LABELS = {
    QuestionType.TEXT: "текст",
    QuestionType.WHOLE: "целое число",
    QuestionType.NUMBER: "число",
    QuestionType.PERCENT: "процент от 0 до 100",
    QuestionType.DATE: "дата ДД.ММ.ГГГГ",
    QuestionType.CHOICE: "выбор из списка",
    QuestionType.YES_NO: "да или нет",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form; ``key`` is its name in expressions.

    ``minimum`` and ``maximum`` bound numbers; a date may lie in the future only where ``future`` says so.
    ``register`` is «learners» or «teachers» where the answer is that number in the schools' register.
    """

    key: str
    label: str
    type: QuestionType
    unit: str = ""
    choices: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    required: bool = True
    future: bool = False
    hint: str = ""
    register: str = ""

    @property
    def is_number(self) -> bool:
        return self.type in (QuestionType.WHOLE, QuestionType.NUMBER, QuestionType.PERCENT)

    @property
    def heading(self) -> str:
        """«Скорость по договору, Мбит/с»."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that follows from the others and may be used in what stands below it («требуемая скорость»)."""

    key: str
    label: str
    unit: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold between fields; where it does not, ``message`` is told at ``question``.

    ``strict``: the answer is sent back; else it is accepted with a remark.
    """

    condition: Expression
    message: str
    question: str
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of compliance; ``reason`` names why a school does not comply, with {names} of values in it."""

    condition: Expression
    reason: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What the form counts: per school a numerator and, for a share, a denominator; summed over the schools.

    A school whose numerator cannot be told is not counted at all.  ``words`` propose the indicator:
    of each entry («педагог учител») one beginning of a word must stand in its title.
    """

    key: str
    title: str
    words: tuple[str, ...]
    numerator: Expression
    denominator: Expression | None = None


@dataclass(frozen=True, slots=True)
class MonitoringForm:
    """What is asked of every school.  ``source`` is the form's own text, kept with each round of it.

    ``based_on`` is the id of the form that this one was copied from, empty where it was not.
    ``complies_label`` and ``fails_label`` word the verdict («соответствует», «не соответствует»).
    """

    id: str
    version: str
    title: str
    subject: str
    instruction: str
    questions: tuple[Question, ...]
    computed: tuple[Computed, ...] = ()
    checks: tuple[Check, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    feeds: tuple[Feed, ...] = ()
    complies_label: str = "соответствует"
    fails_label: str = "не соответствует"
    norm: str = ""
    source: str = ""
    based_on: str = ""

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)


class AnswerState(StrEnum):
    NOT_SENT = "not_sent"
    SENT = "sent"
    RECEIVED = "received"
    REWORK = "rework"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def counts(self) -> bool:
        """Whether the answer's values go into indicators."""
        return self in (AnswerState.RECEIVED, AnswerState.ACCEPTED)


_STATE_LABELS = {
    AnswerState.NOT_SENT: "не отправлено",
    AnswerState.SENT: "отправлено",
    AnswerState.RECEIVED: "получено",
    AnswerState.REWORK: "на доработке",
    AnswerState.ACCEPTED: "принято",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with an answer; ``question`` is the field's key, empty for the whole answer.

    ``cell`` is where it stands in a workbook; ``strict``: the answer goes back.
    """

    question: str
    message: str
    strict: bool = True
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one school gives to a feed."""

    numerator: Decimal
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A school in a round: asked, and perhaps answered.

    ``as_of`` is the moment its values are of: when the returned workbook was saved, or when
    they were typed.  ``complies`` is None while it cannot be told; ``reasons`` say why not.
    """

    id: int
    round_id: int
    school_id: int
    state: AnswerState = AnswerState.NOT_SENT
    values: Mapping[str, Value] = field(default_factory=dict)
    counted: Mapping[str, Contribution] = field(default_factory=dict)
    complies: bool | None = None
    reasons: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sent_at: datetime | None = None
    as_of: datetime | None = None
    source: str = ""
    comment: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class RoundFeed:
    """A feed of a round with the indicator it goes to and its sums over ``answered`` schools."""

    feed: str
    indicator_id: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One monitoring: a form over the schools of its time, for a period (code as in ``domain.period``).

    ``counts`` says how many schools are in each state; ``waiting`` names, while the round is
    open, the schools that still owe an answer.  ``item_id`` is the plan row it carries out.
    """

    id: int
    form: str
    form_version: str
    title: str
    period: str
    opened_on: date | None = None
    due: date | None = None
    closed_on: date | None = None
    item_id: int | None = None
    note: str = ""
    feeds: tuple[RoundFeed, ...] = ()
    counts: Mapping[AnswerState, int] = field(default_factory=dict)
    waiting: tuple[int, ...] = ()

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        return sum(number for state, number in self.counts.items() if state.counts)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def is_late(self, today: date) -> bool:
        """Open after its last day with answers still missing."""
        return self.is_open and self.due is not None and today > self.due and self.answered < self.asked


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator's value on a period as a round counted it, beside what was typed by hand."""

    indicator_id: int
    period: str
    round_id: int
    feed: str
    numerator: Decimal
    denominator: Decimal | None
    answered: int
    asked: int

    @property
    def preliminary(self) -> bool:
        return self.answered < self.asked


@dataclass(frozen=True, slots=True)
class SchoolShare:
    """One school behind a counted value; numerator and denominator are None where it was not counted."""

    school_id: int
    state: AnswerState
    numerator: Decimal | None
    denominator: Decimal | None
    complies: bool | None
    reasons: tuple[str, ...]


def proposed_indicator(feed: Feed, indicators: Iterable[Indicator]) -> Indicator | None:
    """The indicator that a feed seems to be meant for, by the words of its title and its unit; None where none is."""
    for indicator in indicators:
        if indicator.is_percent is (feed.denominator is not None) and _named(feed.words, indicator.title):
            return indicator
    return None


def _named(words: tuple[str, ...], title: str) -> bool:
    parts = re.findall(r"\w+", title.lower())
    return bool(words) and all(
        any(part.startswith(beginning) for beginning in entry.lower().split() for part in parts) for entry in words
    )
