"""What ``record`` and ``actual`` do: an execution of a row, an actual value of an indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from cosdesk.console.files import read, write
from cosdesk.console.finding import find_indicator, find_item
from cosdesk.console.listing import plan_words, value
from cosdesk.console.show import one_line
from cosdesk.console.values import amount, day
from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Execution, Occurrence, Outcome, answered_occurrence
from cosdesk.domain.indicator import Achievement, Actual, Indicator
from cosdesk.domain.period import Period, parse_period
from cosdesk.domain.state import actuals_by_indicator, indicator_state, item_states
from cosdesk.errors import UserError
from cosdesk.store.executions import record_execution
from cosdesk.store.indicators import set_actual


def record(file: Path, row: str, done: str, evidence: str, comment: str, term: str | None) -> Iterator[str]:
    """Records that a row was done; lines that say what was recorded.

    ``term`` is the last day of the window meant, where the row has several; else the
    window follows from the day (``answered_occurrence``).
    """
    on = day(done)
    snapshot = read(file)
    contents, item = find_item(snapshot, row)
    name = item.number or f"#{item.id}"
    answered = _answered(item_states(snapshot, contents)[item.id].occurrences, on, name, term)
    end = answered.window.end if answered else None
    execution = Execution(0, item.id, Outcome.DONE, end, on, comment=comment.strip())
    execution_id, after = write(
        file, f"Выполнение строки {name}", lambda edit: record_execution(edit, execution, evidence)
    )
    state = item_states(after, contents)[item.id]
    yield f"Записано: строка {name} «{one_line(item.title)}» выполнена {on:%d.%m.%Y}."
    yield f"Срок: {f'до {end:%d.%m.%Y}' if end else 'не определён'}. Статус строки: {state.status.label}."
    for paper in after.evidence:
        if execution_id in paper.execution_ids:
            yield f"Подтверждающий документ: {paper.label}."


def _answered(occurrences: Sequence[Occurrence], on: date, name: str, term: str | None) -> Occurrence | None:
    if term is None:
        return answered_occurrence(occurrences, on)
    end = day(term)
    for occurrence in occurrences:
        if occurrence.window.end == end:
            return occurrence
    ends = ", ".join(f"{occurrence.window.end:%d.%m.%Y}" for occurrence in occurrences) or "не определены"
    raise UserError(f"У строки {name} нет срока с последним днём {end:%d.%m.%Y}. Её сроки: {ends}.")


@dataclass(frozen=True, slots=True)
class TypedValue:
    """An actual value as typed after the command: a number or two, and notes; None where nothing was typed."""

    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    reason: str | None = None
    measure: str | None = None
    source: str | None = None
    forecast: str | None = None

    def over(self, earlier: Actual) -> Actual:
        """The recorded value: new numbers, and the earlier notes and forecast where no others were typed."""
        notes = {name: getattr(self, name) for name in ("reason", "measure", "source")}
        typed: dict[str, Any] = {name: text.strip() for name, text in notes.items() if text is not None}
        if self.forecast is not None:
            typed["forecast"] = amount(self.forecast)
            if self.value is self.numerator is self.denominator is None:
                return replace(earlier, **typed)
        if self.value is not None and self.numerator is None and self.denominator is None:
            return replace(earlier, value=amount(self.value), numerator=None, denominator=None, **typed)
        if self.value is not None or self.numerator is None or self.denominator is None:
            raise UserError("Укажите либо --value, либо вместе --numerator и --denominator.")
        numerator, denominator = amount(self.numerator), amount(self.denominator)
        if numerator < 0 or denominator <= 0:
            raise UserError("Числитель не может быть меньше нуля, а знаменатель должен быть больше нуля.")
        return replace(earlier, value=None, numerator=numerator, denominator=denominator, **typed)


def set_value(file: Path, wording: str, code: str, typed: TypedValue) -> Iterator[str]:
    """Records an indicator's value for a period, in place of an earlier one; lines that say what was recorded."""
    period = parse_period(code)
    snapshot = read(file)
    indicator = find_indicator(snapshot, wording)
    earlier = actuals_by_indicator(snapshot).get(indicator.id, {}).get(period.code)
    actual = typed.over(earlier or Actual(0, indicator.id, period.code))
    _refuse_numerator(snapshot, indicator, actual)
    name = indicator.number or f"#{indicator.id}"
    _, after = write(file, f"Факт показателя {name} за {period.label}", lambda edit: set_actual(edit, actual))
    yield from _recorded_value(after, indicator, name, period)


def _refuse_numerator(snapshot: Snapshot, indicator: Indicator, actual: Actual) -> None:
    """A count that follows from the numerator of its share is recorded there."""
    if indicator.numerator_of is None or actual.value is None:
        return
    share = actuals_by_indicator(snapshot).get(indicator.numerator_of, {}).get(actual.period)
    if share is not None and share.numerator is not None and share.numerator != actual.value:
        raise UserError("Это число – числитель доли и следует из неё. Запишите числитель и знаменатель у самой доли.")


def _recorded_value(snapshot: Snapshot, indicator: Indicator, name: str, period: Period) -> Iterator[str]:
    state = indicator_state(indicator, actuals_by_indicator(snapshot)[indicator.id], period, snapshot.norms)
    shares = ""
    if state.actual and state.actual.denominator is not None:
        shares = f" ({value(state.actual.numerator)} из {value(state.actual.denominator)})"
    yield f"Записано: показатель {name} «{one_line(indicator.title)}», {period.label}: {value(state.amount)}{shares}."
    if state.target is None:
        yield "Плана на этот период нет."
    else:
        # A plan of 0: there is a value, but nothing to divide it by.
        is_known = state.achievement is not Achievement.UNKNOWN
        told = state.achievement.label if is_known else "Уровень достижения не определяется"
        own = "" if state.plan and state.plan.period == period.code else " (план года)"
        yield f"План: {plan_words(state.plan)}{own}. {told}."
    if state.actual and state.actual.forecast is not None:
        yield f"Прогноз: {value(state.actual.forecast)}."
    if indicator.is_percent and state.amount is not None and state.amount > 100:
        yield "Записано больше 100 %. Проверьте, нет ли ошибки."
