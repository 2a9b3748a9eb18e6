"""Reporting periods: a month, quarter, half-year, nine months or a year, written «2021-Q2»."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")
_CODE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(9M)|(0[1-9]|1[0-2])))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period of a calendar year; ``index`` is the month, quarter or half, counted from 1."""

    year: int
    kind: PeriodKind = PeriodKind.YEAR
    index: int = 1

    @property
    def code(self) -> str:
        """«2021», «2021-Q2», «2021-H1», «2021-9M», «2021-05»."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year}"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.index}"
            case PeriodKind.HALF_YEAR:
                return f"{self.year}-H{self.index}"
            case PeriodKind.NINE_MONTHS:
                return f"{self.year}-9M"
            case PeriodKind.MONTH:
                return f"{self.year}-{self.index:02}"

    @property
    def months(self) -> tuple[int, int]:
        """First and last month."""
        length = _LENGTHS[self.kind]
        first = (self.index - 1) * length + 1
        return first, first + length - 1

    @property
    def start(self) -> date:
        return date(self.year, self.months[0], 1)

    @property
    def end(self) -> date:
        last = self.months[1]
        following = date(self.year + 1, 1, 1) if last == 12 else date(self.year, last + 1, 1)
        return following - timedelta(days=1)

    @property
    def label(self) -> str:
        """«II квартал 2021 г.», «9 месяцев 2021 г.», «май 2021 г.», «2021 год»."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year}\u00a0год"
            case PeriodKind.QUARTER:
                name = f"{_ROMAN[self.index - 1]} квартал"
            case PeriodKind.HALF_YEAR:
                name = f"{_ROMAN[self.index - 1]} полугодие"
            case PeriodKind.NINE_MONTHS:
                name = "9\u00a0месяцев"
            case PeriodKind.MONTH:
                name = MONTHS[self.index - 1]
        return f"{name} {self.year}\u00a0г."

    @property
    def cumulative_label(self) -> str:
        """The period with all before it in the year: «январь – июнь 2021 года», «2021 год»."""
        last = self.months[1]
        if last == 12:
            return f"{self.year}\u00a0год"
        if last == 1:
            return f"январь {self.year}\u00a0года"
        return f"январь\u00a0– {MONTHS[last - 1]} {self.year}\u00a0года"

    @property
    def cumulative_start(self) -> date:
        return date(self.year, 1, 1)

    def a_year_before(self) -> "Period":
        return Period(self.year - 1, self.kind, self.index)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


_LENGTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}


def parse_period(code: str) -> Period:
    """The period of a code; ``UserError`` when it is none."""
    found = _CODE.fullmatch(code.strip())
    if not found or not 1990 <= int(found[1]) <= 2100:
        raise UserError(
            f"Период «{code}» не понят. Пишите 2021, 2021-Q2 (квартал), 2021-H1 (полугодие), 2021-9M или 2021-05."
        )
    year = int(found[1])
    if found[2]:
        return Period(year, PeriodKind.QUARTER, int(found[2]))
    if found[3]:
        return Period(year, PeriodKind.HALF_YEAR, int(found[3]))
    if found[4]:
        return Period(year, PeriodKind.NINE_MONTHS)
    if found[5]:
        return Period(year, PeriodKind.MONTH, int(found[5]))
    return Period(year)


def periods_of(year: int) -> tuple[Period, ...]:
    """All standard periods of a year, from the longest to the months."""
    return (
        Period(year),
        *(Period(year, PeriodKind.HALF_YEAR, half) for half in (1, 2)),
        Period(year, PeriodKind.NINE_MONTHS),
        *(Period(year, PeriodKind.QUARTER, quarter) for quarter in (1, 2, 3, 4)),
        *(Period(year, PeriodKind.MONTH, month) for month in range(1, 13)),
    )


def period_at(day: date, kind: PeriodKind) -> Period:
    """The period of that kind that holds the day; for nine months, those of its year."""
    if kind in (PeriodKind.YEAR, PeriodKind.NINE_MONTHS):
        return Period(day.year, kind)
    return Period(day.year, kind, (day.month - 1) // _LENGTHS[kind] + 1)


def last_ended_quarter(today: date) -> Period:
    """The quarter that a coordinator reports on now."""
    return period_at(period_at(today, PeriodKind.QUARTER).start - timedelta(days=1), PeriodKind.QUARTER)


def period_to_report(today: date, years: tuple[int, int] | None) -> Period:
    """The last ended quarter; of a plan that has ended its last year."""
    quarter = last_ended_quarter(today)
    return Period(years[1]) if years and years[1] < quarter.year else quarter


@dataclass(frozen=True, slots=True)
class Closure:
    """A period closed to changes, and, where it was opened again, when and why."""

    id: int
    period: str
    closed_at: datetime
    who: str = ""
    reopened_at: datetime | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        return self.reopened_at is None
