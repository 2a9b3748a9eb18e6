"""What stands in each cell of the indicators' tables: the wording, the plain text, the colour, the hint."""

from collections.abc import Mapping
from decimal import Decimal

from cosdesk.domain.indicator import Achievement, Actual, Indicator, IndicatorState, TargetRule
from cosdesk.domain.monitoring import Counted
from cosdesk.domain.norms import USUAL
from cosdesk.domain.period import Period, parse_period
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.domain.state import indicator_state, latest_actual
from cosdesk.reports.planned import planned, planned_short
from cosdesk.reports.typography import DASH, NBSP, number, short_date
from cosdesk.ui.counted_value import compare_with_hand
from cosdesk.ui.indicator_changes import (
    ACTUAL_TEXTS,
    COMPUTED,
    INDICATOR_TEXTS,
    LONG_TEXTS,
    NUMBERS,
    Field,
    Place,
    may_be_counted,
    short_name,
)
from cosdesk.ui.indicator_course import CoursePoint, course_in_words, course_of
from cosdesk.ui.theme import ACHIEVEMENT_TONES, Tone
from cosdesk.ui.typed_values import plain_number
from cosdesk.ui.workspace import Workspace

_COUNTS = (Field.NUMERATOR, Field.DENOMINATOR, Field.FACT)
_RECORDED = {*_COUNTS, Field.FORECAST, *ACTUAL_TEXTS}


class IndicatorCells:
    """The cells over one state of the workspace; made anew after every change."""

    def __init__(self, workspace: Workspace) -> None:
        contents = workspace.contents if workspace.is_open else None
        self.indicators: Mapping[int, Indicator] = {i.id: i for i in contents.indicators} if contents else {}
        self.actuals: Mapping[int, Mapping[str, Actual]] = workspace.actuals if contents else {}
        snapshot = workspace.snapshot if contents else None
        self._counted = {(each.indicator_id, each.period): each for each in (snapshot.counted if snapshot else ())}
        self._recorded = {(each.indicator_id, each.period): each for each in (snapshot.recorded if snapshot else ())}
        self._closed = {each.period for each in (snapshot.closures if snapshot else ()) if each.stands}
        self.editable = contents is not None and not workspace.file.read_only
        self._norms = snapshot.norms if snapshot else USUAL
        self.years = self._plan_years(workspace.period.year, contents) if contents else ()
        self._states: dict[tuple[int, str], IndicatorState] = {}

    def state(self, indicator_id: int, period: str) -> IndicatorState:
        key = indicator_id, period
        if key not in self._states:
            indicator = self.indicators[indicator_id]
            own = self.actuals.get(indicator_id, {})
            self._states[key] = indicator_state(indicator, own, parse_period(period), self._norms)
        return self._states[key]

    def course(self, indicator_id: int) -> tuple[CoursePoint, ...]:
        return course_of(self.indicators[indicator_id], self.actuals.get(indicator_id, {}), self.years)

    def may_edit(self, place: Place) -> bool:
        if not self.editable or place.field in COMPUTED or self.is_locked(place):
            return False
        if place.field in _COUNTS and self.share_behind(place.indicator_id, place.period):
            return False
        if place.field in (Field.NUMERATOR, Field.DENOMINATOR):
            return may_be_counted(self.indicators[place.indicator_id])
        return True

    def is_closed(self, period: str) -> bool:
        return period in self._closed

    def is_locked(self, place: Place) -> bool:
        """Whether it is a value of a closed period; its plan may still be changed."""
        return place.field in _RECORDED and self.is_closed(place.period)

    def share_behind(self, indicator_id: int, period: str) -> Indicator | None:
        """The share whose numerator is that count's value on the period; None where it is typed by itself."""
        share = self.indicators.get(self.indicators[indicator_id].numerator_of or 0)
        actual = self.actuals.get(share.id, {}).get(period) if share else None
        return share if actual is not None and actual.numerator is not None else None

    def why_locked(self, place: Place) -> str:
        """Why nothing can be typed in that cell, and the way out; empty where one can."""
        if self.is_locked(place):
            return why_locked(place.period)
        share = self.share_behind(place.indicator_id, place.period) if place.field in _COUNTS else None
        if share is None:
            return ""
        return f"Это числитель показателя {short_name(share)}: исправьте его там. Связь задана в панели справа."

    def is_counted(self, indicator: Indicator) -> bool:
        """Whether numerator and denominator make sense for it, or are there already."""
        recorded = self.actuals.get(indicator.id, {}).values()
        return may_be_counted(indicator) or any(actual.numerator is not None for actual in recorded)

    def amount(self, place: Place) -> Decimal | None:
        """The number of a cell as it is kept or computed; None where there is none."""
        indicator = self.indicators[place.indicator_id]
        match place.field:
            case Field.BASELINE:
                return indicator.baseline
            case Field.TOTAL:
                return indicator.total
            case Field.TARGET:
                return indicator.target(place.period)
            case Field.NUMERATOR | Field.DENOMINATOR:
                actual = self._actual(place)
                if actual is None:
                    return None
                return actual.numerator if place.field is Field.NUMERATOR else actual.denominator
            case Field.FACT:
                return self.state(place.indicator_id, place.period).amount
            case Field.PREVIOUS:
                return self.state(place.indicator_id, place.period).previous
            case Field.FORECAST:
                actual = self._actual(place)
                return actual.forecast if actual else None
            case Field.DEVIATION:
                return self.state(place.indicator_id, place.period).deviation
            case Field.LEVEL:
                return self.state(place.indicator_id, place.period).level
            case _:
                return None

    def text(self, place: Place) -> str:
        """The cell as it is read: «62,5», «−3,3 п.п.», «31.12.2020», a text; «–» for a missing number."""
        indicator = self.indicators[place.indicator_id]
        field = place.field
        if field is Field.DEVIATION:
            return self._deviation(place, indicator)
        if field is Field.LEVEL:
            level = self.amount(place)
            return DASH if level is None else number(level, 1)
        if field is Field.COURSE:
            return course_in_words(self.course(indicator.id))
        if field is Field.TARGET:
            plan = self.state(place.indicator_id, place.period).plan
            if plan is None:
                return DASH
            return planned_short(plan) if plan.period == place.period else f"{planned_short(plan)} (год)"
        if field in NUMBERS:
            amount = self.amount(place)
            return DASH if amount is None else number(amount)
        return self._words(place, indicator)

    def plain(self, place: Place) -> str:
        """The cell as it is typed over or carried to Excel; empty where nothing is kept."""
        if place.field is Field.TARGET:
            plan = self.indicators[place.indicator_id].plan(place.period)
            return planned(plan) if plan and plan.rule is not TargetRule.PLAIN else plain_number(self.amount(place))
        if place.field in NUMBERS or place.field in (Field.DEVIATION, Field.LEVEL):
            return plain_number(self.amount(place))
        return self._words(place, self.indicators[place.indicator_id])

    def tone(self, place: Place) -> Tone | None:
        if place.field is not Field.STATUS:
            return None
        return ACHIEVEMENT_TONES[self.state(place.indicator_id, place.period).achievement]

    def is_muted(self, place: Place) -> bool:
        """Whether the number is not the cell's own: a year's plan shown for a quarter."""
        return place.field is Field.TARGET and self.amount(place) is None

    def hint(self, place: Place) -> str:
        """What is worth knowing beside the text; empty where nothing is."""
        hints = [self._own_hint(place), self.why_locked(place)]
        # A long text that is cut is told whole, which a hint of its own would prevent.
        return "\n".join(filter(None, hints)) if place.field not in LONG_TEXTS else ""

    def _own_hint(self, place: Place) -> str:
        indicator = self.indicators[place.indicator_id]
        if place.field is Field.COURSE:
            return self.text(place).replace("; ", "\n")
        if place.field is Field.TARGET:
            return self._plan_hint(place)
        if place.field is Field.FACT and place.period:
            return self._fact_hint(place, indicator)
        if place.field is Field.BASELINE and indicator.baseline is not None and indicator.baseline_on:
            return f"Базовое значение на {short_date(indicator.baseline_on)}"
        return ""

    def counted(self, indicator_id: int, period: str) -> Counted | None:
        """The value as a round of monitoring counted it."""
        return self._counted.get((indicator_id, period))

    def comparison(self, indicator_id: int, period: str) -> str:
        """The counted value beside the one typed by hand; empty where no round counts it."""
        counted = self.counted(indicator_id, period)
        if counted is None:
            return ""
        return compare_with_hand(self.indicators[indicator_id], counted, self._recorded.get((indicator_id, period)))

    # --- parts

    def _plan_years(self, reporting_year: int, contents: RoadmapContents) -> tuple[int, ...]:
        """The plan's years with every year that has a target or a value, and that of the reporting period."""
        years = {reporting_year}
        if contents.roadmap.years is not None:
            first, last = contents.roadmap.years
            years.update(range(max(first, 1990), min(last, 2100) + 1))
        for indicator in self.indicators.values():
            years.update(int(target.period[:4]) for target in indicator.targets)
            years.update(int(code[:4]) for code in self.actuals.get(indicator.id, {}))
        return tuple(sorted(years))

    def _actual(self, place: Place) -> Actual | None:
        return self.actuals.get(place.indicator_id, {}).get(place.period)

    def _plan_hint(self, place: Place) -> str:
        plan = self.state(place.indicator_id, place.period).plan
        if plan is None:
            return ""
        told = f"План: {planned(plan)}" if plan.rule is not TargetRule.PLAIN else ""
        if plan.period == place.period:
            return told
        return f"План года: на сам период план не задан. Впишите число, чтобы задать его. {told}".rstrip()

    def _deviation(self, place: Place, indicator: Indicator) -> str:
        amount = self.amount(place)
        if amount is None:
            return DASH
        if not indicator.is_percent:
            return number(amount, signed=True)
        worded = number(amount, 1 if amount % 1 else 0, signed=True)
        return f"{worded}{NBSP}п.п."

    def _words(self, place: Place, indicator: Indicator) -> str:
        field = place.field
        if field is Field.TITLE:
            return indicator.title
        if field is Field.BASELINE_ON:
            return short_date(indicator.baseline_on) if indicator.baseline_on else ""
        if field is Field.STATUS:
            return self.state(place.indicator_id, place.period).achievement.label
        if field in ACTUAL_TEXTS:
            actual = self._actual(place)
            return str(getattr(actual, ACTUAL_TEXTS[field])) if actual else ""
        return str(getattr(indicator, INDICATOR_TEXTS[field]))

    def _fact_hint(self, place: Place, indicator: Indicator) -> str:
        if comparison := self.comparison(indicator.id, place.period):
            return comparison
        actual = self._actual(place)
        if actual is not None and actual.amount is not None:
            if actual.value is None and actual.numerator is not None and actual.denominator is not None:
                return f"{number(actual.numerator)} из {number(actual.denominator)}"
            return ""
        if actual is not None and actual.denominator == 0:
            return "Знаменатель равен нулю: доля не вычисляется."
        latest = latest_actual(self.actuals.get(indicator.id, {}), parse_period(place.period))
        if latest is not None and latest.amount is not None:
            return f"Последнее значение: {number(latest.amount)} – {parse_period(latest.period).label}"
        return ""


def why_locked(period: str) -> str:
    """Why nothing can be typed there, and the way out."""
    return (
        f"Период «{parse_period(period).label}» закрыт, его значения не меняются."
        " Чтобы исправить их, откройте период снова: меню «Правка»."
    )


def count_behind(cells: IndicatorCells, period: Period) -> tuple[int, int]:
    """How many indicators are below their plan on the period, and how many have no value."""
    states = [cells.state(indicator_id, period.code) for indicator_id in cells.indicators]
    behind = sum(state.achievement in (Achievement.BELOW, Achievement.FAILED) for state in states)
    return behind, sum(state.amount is None for state in states)
