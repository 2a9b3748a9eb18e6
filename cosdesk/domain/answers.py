"""What an answer is worth: values read by their question's type, checked, judged and counted."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from cosdesk.dataclass import dataclass
from cosdesk.domain.expressions import Expression, Value
from cosdesk.domain.monitoring import Contribution, MonitoringForm, Question, QuestionType, Remark
from cosdesk.domain.organisation import School

FACTS = ("learners", "teachers", "locality_kind", "today", "period_end", "complies")
"""Names every expression may use besides the form's own: the school's counts of that school year, where it
stands, the day, the period's last day, and, in what a form counts, whether the school complies."""

_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:\s*(?:г\.?|года))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_YES, _NO = {"да", "+", "1", "true", "есть", "yes"}, {"нет", "-", "–", "—", "0", "false", "no"}
_EARLIEST = date(1990, 1, 1)
_MAX_TEXT = 2_000


class ValueFaultError(Exception):
    """A value that does not answer its question; the message is a Russian phrase: «нужно число, а не „да“»."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """An answer checked.  ``computed`` are the form's own values; ``counted`` what it gives to each feed."""

    remarks: tuple[Remark, ...]
    complies: bool | None
    reasons: tuple[str, ...]
    counted: Mapping[str, Contribution]
    computed: Mapping[str, Value]

    @property
    def goes_back(self) -> bool:
        return any(remark.strict for remark in self.remarks)


def school_facts(school: School, period_end: date, today: date) -> dict[str, Value]:
    """What expressions may know of the school; its counts are of the period's school year."""
    count = school.count_at(period_end)
    return {
        "learners": Decimal(count.learners) if count else None,
        "teachers": Decimal(count.teachers) if count else None,
        "locality_kind": school.locality_kind,
        "today": today,
        "period_end": period_end,
    }


def read_value(question: Question, raw: Any) -> Value:
    """A cell's or a typed value as the question's type, None where blank; ``ValueFaultError``.

    Bounds are not asked here: ``judge`` tells them with the rest.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if question.is_number:
        return _number(question, raw)
    if question.type is QuestionType.DATE:
        return _date(raw)
    if question.type is QuestionType.YES_NO:
        return _yes_no(raw)
    text = _text(raw)
    if question.type is QuestionType.CHOICE:
        return _choice(question, text)
    return text


def judge(form: MonitoringForm, values: Mapping[str, Value], facts: Mapping[str, Value]) -> Judgement:
    """Every question, cross-check and requirement of the form asked of one answer; an empty one is judged too."""
    remarks = [remark for question in form.questions for remark in _own_remarks(question, values, facts)]
    names: dict[str, Value] = {**facts, **values}
    computed: dict[str, Value] = {}
    for entry in form.computed:
        computed[entry.key] = names[entry.key] = entry.value.value(names)
    for check in form.checks:
        if check.condition.holds(names) is False:
            remarks.append(Remark(check.question, worded(check.message, names), check.strict))
    complies, reasons = _verdict(form, names)
    names["complies"] = complies
    counted = {feed.key: part for feed in form.feeds if (part := _share(feed.numerator, feed.denominator, names))}
    return Judgement(tuple(remarks), complies, reasons, counted, computed)


def worded(text: str, names: Mapping[str, Value]) -> str:
    """The text with {names} replaced by values as they are written: «22», «07.09.2021», «–»."""
    return re.sub(r"\{(\w+)\}", lambda found: value_text(names.get(found[1])), text)


def value_text(value: Value) -> str:
    """A value as a person writes it: «62,5», «07.09.2021», «да»; «–» where absent."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return number_text(value)
    return value


def number_text(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _own_remarks(question: Question, values: Mapping[str, Value], facts: Mapping[str, Value]) -> list[Remark]:
    value = values.get(question.key)
    if value is None:
        return [Remark(question.key, f"не заполнено: «{question.label}»")] if question.required else []
    message = ""
    if isinstance(value, Decimal):
        message = _out_of_bounds(question, value)
    elif isinstance(value, date) and question.type is QuestionType.DATE:
        today = facts.get("today")
        if not question.future and isinstance(today, date) and value > today:
            message = f"дата {value:%d.%m.%Y} ещё не наступила"
        elif value < _EARLIEST:
            message = f"дата {value:%d.%m.%Y} слишком давняя"
    return [Remark(question.key, f"«{question.label}»: {message}")] if message else []


def _out_of_bounds(question: Question, value: Decimal) -> str:
    if question.type is QuestionType.WHOLE and value != value.to_integral_value():
        return f"нужно целое число, а не {number_text(value)}"
    if question.minimum is not None and value < question.minimum:
        return f"{number_text(value)} меньше наименьшего допустимого {number_text(question.minimum)}"
    if question.maximum is not None and value > question.maximum:
        return f"{number_text(value)} больше наибольшего допустимого {number_text(question.maximum)}"
    return ""


def _verdict(form: MonitoringForm, names: Mapping[str, Value]) -> tuple[bool | None, tuple[str, ...]]:
    if not form.requirements:
        return None, ()
    held = [(requirement, requirement.condition.holds(names)) for requirement in form.requirements]
    reasons = tuple(worded(requirement.reason, names) for requirement, holds in held if holds is False)
    if reasons:
        return False, reasons
    return (None, ()) if any(holds is None for _, holds in held) else (True, ())


def _share(numerator: Expression, denominator: Expression | None, names: Mapping[str, Value]) -> Contribution | None:
    upper = _counted(numerator.value(names))
    lower = _counted(denominator.value(names)) if denominator else None
    if upper is None or (denominator and lower is None):
        return None
    return Contribution(upper, lower)


def _counted(value: Value) -> Decimal | None:
    """A condition counts as one school."""
    if isinstance(value, bool):
        return Decimal(int(value))
    return value if isinstance(value, Decimal) else None


def _text(raw: Any) -> str:
    if isinstance(raw, bool):
        return "да" if raw else "нет"
    if isinstance(raw, datetime | date):
        return f"{raw:%d.%m.%Y}"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return " ".join(str(raw).split())[:_MAX_TEXT]


def _number(question: Question, raw: Any) -> Decimal:
    text = _text(raw)
    if isinstance(raw, bool | date):
        raise ValueFaultError(f"нужно число, а не «{text}»")
    if isinstance(raw, int | float | Decimal):
        # A spreadsheet keeps 62.5 as a binary fraction: more than six places are its doing.
        value = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
        if not value.is_finite():
            raise ValueFaultError(f"нужно число, а не «{text}»")
        return _plain(round(value, 6))
    plain = re.sub(r"[\s\u00a0\u202f]", "", raw).replace(",", ".").replace("−", "-")
    if question.type is QuestionType.PERCENT:
        plain = plain.removesuffix("%")
    elif question.unit:
        plain = re.sub(rf"{re.escape(question.unit.replace(' ', ''))}\.?$", "", plain, flags=re.IGNORECASE)
    try:
        value = Decimal(plain) if len(plain) < 30 and re.fullmatch(r"[-+]?[\d.]+", plain) else Decimal("nan")
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise ValueFaultError(f"нужно число, а не «{text[:60]}»")
    return _plain(value)


def _plain(value: Decimal) -> Decimal:
    """100, not 1E+2 and not 100.000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = _text(raw)
    try:
        if found := _DAY.fullmatch(text):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValueFaultError(f"дня «{text}» не бывает") from error
    raise ValueFaultError(f"нужна дата вида ДД.ММ.ГГГГ, а не «{text[:60]}»")


def _yes_no(raw: Any) -> bool:
    text = _text(raw).lower().rstrip(".")
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueFaultError(f"нужно «да» или «нет», а не «{text[:60]}»")


def _choice(question: Question, text: str) -> str:
    folded = text.casefold().rstrip(".")
    for choice in question.choices:
        if choice.casefold() == folded:
            return choice
    raise ValueFaultError(f"«{text[:60]}» нет в списке: {', '.join(question.choices)}")
