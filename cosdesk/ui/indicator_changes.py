"""Typed text becomes changes of indicators: every cell is checked before the first one is written."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Actual, Direction, Indicator, Target, TargetRule, direction_of
from cosdesk.domain.period import parse_period
from cosdesk.domain.terms.targets import read_planned
from cosdesk.errors import UserError
from cosdesk.store import indicators as store
from cosdesk.store.edit import Edit
from cosdesk.ui.typed_values import is_blank, read_day, read_number, read_share, shorten


class Field(Enum):
    """What a cell of the indicators' tables holds; the value words it in an edit's title."""

    NUMBER = "номер"
    TITLE = "наименование"
    TYPE = "тип"
    UNIT = "единица измерения"
    TERRITORY = "территория"
    BASELINE = "базовое значение"
    BASELINE_ON = "дата базового значения"
    TOTAL = "итого"
    TARGET = "план"
    NUMERATOR = "числитель"
    DENOMINATOR = "знаменатель"
    FACT = "факт"
    PREVIOUS = "факт прошлого года"
    FORECAST = "прогноз"
    COURSE = "ход по годам"
    DEVIATION = "отклонение"
    LEVEL = "уровень достижения"
    STATUS = "статус"
    REASON = "причина отклонения"
    MEASURE = "принимаемые меры"
    SOURCE = "источник данных"


COMPUTED = {Field.DEVIATION, Field.LEVEL, Field.STATUS, Field.PREVIOUS, Field.COURSE}
ACTUAL_TEXTS = {Field.REASON: "reason", Field.MEASURE: "measure", Field.SOURCE: "source"}
INDICATOR_TEXTS = {Field.NUMBER: "number", Field.TYPE: "type", Field.UNIT: "unit", Field.TERRITORY: "territory"}
LONG_TEXTS = {Field.TITLE, *ACTUAL_TEXTS}
NUMBERS = {
    Field.BASELINE, Field.TOTAL, Field.TARGET, Field.NUMERATOR, Field.DENOMINATOR, Field.FACT, Field.PREVIOUS,
    Field.FORECAST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: ``period`` is a code, empty for the indicator's own fields."""

    indicator_id: int
    field: Field
    period: str = ""


def may_be_counted(indicator: Indicator) -> bool:
    """Whether its value may be entered as numerator and denominator."""
    return indicator.is_percent or not indicator.unit


def short_name(indicator: Indicator) -> str:
    """«1» or, without a number, the beginning of the title in quotes."""
    return indicator.number.strip(" .") or f"«{shorten(indicator.title, 32)}»"


def describe_place(place: Place, indicator: Indicator) -> str:
    """What a cell is, in words: «План показателя 1 на 2021 год», «Показатель 1: единица измерения»."""
    name = short_name(indicator)
    if not place.period:
        return f"Показатель {name}: {place.field.value}"
    preposition = "на" if place.field in (Field.TARGET, Field.FORECAST) else "за"
    return f"{place.field.value.capitalize()} показателя {name} {preposition} {parse_period(place.period).label}"


class IndicatorChanges:
    """Changes of one edit.  ``write`` raises ``UserError`` for a wrong text; ``save`` writes what differs."""

    def __init__(self, indicators: Mapping[int, Indicator], actuals: Mapping[int, Mapping[str, Actual]]) -> None:
        self._indicators = indicators
        self._known_actuals = actuals
        self._own: dict[int, Indicator] = {}
        self._targets: dict[tuple[int, str], Target | None] = {}
        self._actuals: dict[tuple[int, str], Actual] = {}
        self._counted: set[tuple[int, str]] = set()
        self.doubts: list[str] = []
        """What was taken but looks wrong, a sentence each."""

    def write(self, place: Place, text: str) -> None:
        """One cell's new text."""
        field = place.field
        if field is Field.TARGET:
            self._targets[place.indicator_id, place.period] = self._planned(place, text)
        elif place.period:
            self._write_actual(place, text)
        else:
            self._write_own(place, text)

    def save(self, edit: Edit) -> None:
        """Everything written, as far as it differs from what is there."""
        self._take_directions()
        for indicator_id, own in self._own.items():
            if own != self._indicators[indicator_id]:
                store.change_indicator(edit, own)
        for (indicator_id, period), target in self._targets.items():
            if target == self._indicators[indicator_id].plan(period):
                continue
            if target is None:
                store.delete_target(edit, indicator_id, period)
            else:
                store.set_target(edit, indicator_id, target)
        for (indicator_id, period), actual in self._actuals.items():
            if actual == self._known_actual(indicator_id, period):
                continue
            if _is_empty(actual):
                store.delete_actual(edit, indicator_id, period)
            else:
                store.set_actual(edit, actual)

    def _take_directions(self) -> None:
        """An indicator that had no plan yet takes its direction from the first: «не более» means fewer is better."""
        for indicator_id in {key[0] for key in self._targets}:
            known = self._indicators[indicator_id]
            planned = [target for (own, _), target in self._targets.items() if own == indicator_id and target]
            if not known.targets and direction_of(planned) is Direction.DOWN:
                self._own[indicator_id] = replace(self._own.get(indicator_id, known), direction=Direction.DOWN)

    # --- the fields of an indicator itself

    def _write_own(self, place: Place, text: str) -> None:
        own = self._own.get(place.indicator_id, self._indicators[place.indicator_id])
        typed = text.strip()
        match place.field:
            case Field.TITLE:
                if not typed:
                    raise UserError("Наименование показателя не может быть пустым. Впишите его или удалите показатель.")
                own = replace(own, title=typed)
            case Field.BASELINE:
                own = replace(own, baseline=self._number(place, text))
            case Field.BASELINE_ON:
                own = replace(own, baseline_on=read_day(text))
            case Field.TOTAL:
                own = replace(own, total=self._number(place, text))
            case field:
                text = "" if is_blank(typed) else " ".join(typed.split())
                own = replace(own, **{INDICATOR_TEXTS[field]: text})  # type: ignore[arg-type]
        self._own[place.indicator_id] = own

    def _planned(self, place: Place, text: str) -> Target | None:
        """«60», «не менее 60 %», «от 20 до 30»: what bounds the number is kept with its words."""
        if is_blank(text):
            return None
        known = self._indicators[place.indicator_id].plan(place.period)
        found = read_planned(text)
        if found is None or (found.rule is TargetRule.PLAIN and text.strip()[0].isdigit() and not found.second_unit):
            value = read_number(text)
            plain = known is not None and known.rule is TargetRule.PLAIN and known.value == value
            return known if value is None or plain else Target(place.period, value)
        return found.target(place.period, " ".join(text.split()))

    # --- recorded values

    def _known_actual(self, indicator_id: int, period: str) -> Actual:
        known = self._known_actuals.get(indicator_id, {}).get(period)
        return known or Actual(0, indicator_id, period)

    def _write_actual(self, place: Place, text: str) -> None:
        key = place.indicator_id, place.period
        actual = self._actuals.get(key) or self._known_actual(*key)
        match place.field:
            case Field.NUMERATOR if read_share(text):
                actual = self._write_fact(actual, text, place)
            case Field.NUMERATOR:
                actual = self._count(actual, self._count_of(text, place), actual.denominator)
            case Field.DENOMINATOR:
                actual = self._count(actual, actual.numerator, self._count_of(text, place))
            case Field.FACT:
                actual = self._write_fact(actual, text, place)
            case Field.FORECAST:
                actual = replace(actual, forecast=self._number(place, text))
            case field:
                words = "" if is_blank(text) else text.strip()
                actual = replace(actual, **{ACTUAL_TEXTS[field]: words})  # type: ignore[arg-type]
        if place.field in (Field.NUMERATOR, Field.DENOMINATOR) and not is_blank(text):
            self._counted.add(key)
        self._actuals[key] = actual
        if place.field in (Field.NUMERATOR, Field.DENOMINATOR, Field.FACT):
            self._doubt(actual, place)

    def _count(self, actual: Actual, numerator: Decimal | None, denominator: Decimal | None) -> Actual:
        # A value typed before stays until both numbers of its share are there.
        both = numerator is not None and denominator is not None
        return replace(actual, numerator=numerator, denominator=denominator, value=None if both else actual.value)

    def _write_fact(self, actual: Actual, text: str, place: Place) -> Actual:
        indicator = self._indicators[place.indicator_id]
        if counts := read_share(text):
            if not may_be_counted(indicator):
                raise UserError(
                    f"«{shorten(text)}» – доля, а показатель измеряется иначе ({indicator.unit}). Впишите одно число."
                )
            return self._count(actual, _not_negative(counts[0], place), _not_negative(counts[1], place))
        value = self._number(place, text)
        if value is None and (actual.indicator_id, actual.period) in self._counted:
            return actual  # a pasted row with both numbers of the share and an empty share
        if value is not None and actual.value is None and value == actual.amount:
            return actual  # the computed share itself, pasted back
        return replace(actual, value=value, numerator=None, denominator=None)

    def _count_of(self, text: str, place: Place) -> Decimal | None:
        value = read_number(text)
        return None if value is None else _not_negative(value, place)

    def _number(self, place: Place, text: str) -> Decimal | None:
        return read_number(text)

    def _doubt(self, actual: Actual, place: Place) -> None:
        indicator = self._indicators[place.indicator_id]
        amount = actual.amount
        if actual.numerator is not None and actual.denominator == 0:
            self.doubts.append("Знаменатель равен нулю: доля не вычисляется.")
        elif indicator.is_percent and amount is not None and amount > 100:
            self.doubts.append("Записано больше 100 %. Проверьте, нет ли ошибки; отменить – Ctrl+Z.")


def _not_negative(value: Decimal, place: Place) -> Decimal:
    if value < 0:
        raise UserError(f"{place.field.value.capitalize()} не может быть меньше нуля. Проверьте знак.")
    return value


def _is_empty(actual: Actual) -> bool:
    numbers = (actual.value, actual.numerator, actual.denominator, actual.forecast)
    return all(n is None for n in numbers) and not (actual.reason or actual.measure or actual.source)
