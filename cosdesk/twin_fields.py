"""What may be filled in of an Excel twin: the fields of each kind of row, and how a cell's value becomes theirs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from cosdesk.dataclass import dataclass
from cosdesk.domain.execution import Execution, Outcome, Status
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.roadmap import Item, Term
from cosdesk.domain.terms.targets import read_planned
from cosdesk.errors import UserError
from cosdesk.intake.answer_cells import RawCell
from cosdesk.intake.values import is_plain

ROADMAP = "roadmap"
ITEM_TEXTS = ("number", "title", "expected", "note")
ITEM_FIELDS = frozenset({*ITEM_TEXTS, "start", "end", "term", "responsible", "controller"})
INDICATOR_TEXTS = ("number", "title", "type", "unit", "territory")
INDICATOR_NUMBERS = ("baseline", "total")
INDICATOR_FIELDS = frozenset({*INDICATOR_TEXTS, *INDICATOR_NUMBERS, "baseline_on"})
ACTUAL_TEXTS = ("reason", "measure", "source")
ACTUAL_FIELDS = frozenset({"actual", *ACTUAL_TEXTS})
TERM_FIELDS = frozenset({"done_on", "status", "comment", "reason", "measure", "evidence"})
SCHOOL_FIELDS = frozenset({"kind", "locality", "locality_kind", "address", "head", "phone", "email", "site"})
_OUTCOMES = {
    **{outcome.label: outcome for outcome in Outcome if outcome is not Outcome.POSTPONED},
    Status.DONE_LATE.label.casefold(): Outcome.DONE,
}
_REASON = "Причина:"
_DASHES = "-–—−"


@dataclass(frozen=True, slots=True)
class Share:
    """A fact typed as «28 из 34»."""

    numerator: Decimal
    denominator: Decimal


def text_of(raw: RawCell) -> str:
    """A cell as a person reads it: days ДД.ММ.ГГГГ, decimal comma; empty for a dash."""
    value = raw.value
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int | float):
        number = f"{value * 100 if raw.percent else value:.12g}".replace(".", ",")
        return number + ("%" if raw.percent else "")
    text = "" if value is None else str(value).strip()
    return text if text.strip(_DASHES) else ""


def day_of(raw: RawCell) -> date | None:
    """A day, None for an empty cell; ``UserError`` for what is none."""
    if isinstance(raw.value, datetime):
        return raw.value.date()
    if isinstance(raw.value, date):
        return raw.value
    text = text_of(raw)
    if not text:
        return None
    try:
        return datetime.strptime(text.removesuffix("г.").strip(), "%d.%m.%Y").date()
    except ValueError:
        raise UserError(f"«{text[:40]}» – не дата. Пишите день, месяц и год: 31.12.2020.") from None


def number_of(raw: RawCell) -> Decimal | None:
    """A number, a percent in percents; None for an empty cell; ``UserError`` for what is none."""
    text = text_of(raw)
    if not text:
        return None
    try:
        found = Decimal("".join(text.replace("−", "-").split()).removesuffix("%").replace(",", "."))
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite() or abs(found) >= 10**15:
        raise UserError(f"«{text[:40]}» – не число. Пишите цифрами, например 62,5.")
    return found


def fact_of(raw: RawCell) -> Decimal | Share | None:
    """A number, or numerator and denominator of «28 из 34» and «28/34»."""
    text = text_of(raw)
    for sign in (" из ", "/"):
        before, found, after = text.partition(sign)
        if found and (numerator := number_of(RawCell(before, ""))) is not None:
            denominator = number_of(RawCell(after, ""))
            if denominator is None or denominator <= 0 or numerator < 0:
                raise UserError("Числитель не может быть меньше нуля, а знаменатель должен быть больше нуля.")
            return Share(numerator, denominator)
    return number_of(raw)


def target_of(raw: RawCell, period: str) -> Target | None:
    """A planned value: a number, or «не менее 60»; None for an empty cell."""
    text = text_of(raw)
    if not text:
        return None
    found = read_planned(text)
    if found is None:
        raise UserError(f"«{text[:40]}» – не плановое значение. Пишите число, например 62,5 или «не менее 60».")
    return Target(period, found.value, "" if is_plain(text) else text, found.rule, found.upper)


def outcome_of(raw: RawCell) -> Outcome:
    """The outcome that a status names; ``UserError`` for one that the program works out itself."""
    found = _OUTCOMES.get(text_of(raw).casefold())
    if found is None:
        known = ", ".join(f"«{label}»" for label in ("выполнено", "выполнено частично", "не выполнено", "отменено"))
        raise UserError(f"Такой статус программа считает сама. В книге можно указать: {known}.")
    return found


def with_item_field(item: Item, field: str, text: str) -> Item:
    """The row with that text in that cell; lines of people become people."""
    people = tuple(line.strip() for line in text.splitlines() if line.strip())
    match field:
        case "term":
            return replace(item, term=Term(text))
        case "start":
            # A term in words stands over both columns.
            return replace(item, term=Term(text) if item.term.wording else Term("", text, item.term.end))
        case "end":
            return replace(item, term=Term("", item.term.start or item.term.wording, text))
        case "responsible":
            return replace(item, responsible=people)
        case "controller":
            return replace(item, controller=people)
    if field == "number":
        text = text.rstrip(".") if not item.number.endswith(".") else text
    changed: Mapping[str, str] = {field: text}
    return replace(item, **changed)  # type: ignore[arg-type]


def with_term_fields(record: Execution, taken: Mapping[str, object]) -> Execution:
    """The record of a term with what was filled in; a day alone means that it was done."""
    if isinstance(on := taken.get("done_on"), date):
        record = replace(record, on=on, outcome=Outcome.DONE)
    if isinstance(outcome := taken.get("status"), Outcome):
        record = replace(record, outcome=outcome)
    if "comment" in taken:
        comment, reason = comment_parts(str(taken["comment"]), record)
        record = replace(record, comment=comment, reason=reason)
    if "reason" in taken:
        record = replace(record, reason=str(taken["reason"]))
    if "measure" in taken:
        record = replace(record, measure=str(taken["measure"]))
    return record


def comment_parts(text: str, record: Execution) -> tuple[str, str]:
    """Comment and reason of a cell that shows both: «Сделано частично. Причина: нет связи.»."""
    comment, found, reason = text.partition(_REASON)
    if found:
        return comment.strip(), reason.strip()
    if record.reason and text.endswith(record.reason):
        return text.removesuffix(record.reason).strip(), record.reason
    return text.strip(), ""


def with_indicator_field(indicator: Indicator, field: str, value: object) -> Indicator:
    """The indicator with a new text, number or day of its own."""
    changed: Mapping[str, object] = {field: value}
    return replace(indicator, **changed)  # type: ignore[arg-type]


def with_actual_field(actual: Actual, field: str, value: object) -> Actual:
    """The recorded value with a new fact or note."""
    if field != "actual":
        changed: Mapping[str, str] = {field: str(value)}
        return replace(actual, **changed)  # type: ignore[arg-type]
    if isinstance(value, Share):
        return replace(actual, value=None, numerator=value.numerator, denominator=value.denominator)
    return replace(actual, value=value if isinstance(value, Decimal) else None, numerator=None, denominator=None)


READERS: Mapping[str, Callable[[RawCell], object]] = {
    "done_on": day_of,
    "baseline_on": day_of,
    "baseline": number_of,
    "total": number_of,
    "actual": fact_of,
    "status": outcome_of,
}
"""How the fields that are no text are read; ``UserError`` for a value that does not fit."""
