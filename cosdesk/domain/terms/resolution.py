"""What a term is found to mean: windows, recurrence, precision and the assumptions made on the way."""

from dataclasses import field
from datetime import date

from cosdesk.dataclass import dataclass
from cosdesk.domain.terms.parts import SCHOOL_YEAR_LAST, Precision, Role, Stretch
from cosdesk.domain.terms.periods import SchoolYearLast, Span, Window, plan_span, span_in

NO_YEARS = "годы плана не заданы"
EVERY_YEAR = "каждый год"
EVERY_SCHOOL_YEAR = "каждый учебный год"
EVERY_MONTH = "каждый месяц"
END_BEFORE_START = "окончание раньше начала"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the user wants an open wording read.

    ``every_year`` overrides the assumption for a wording without a year: True every year,
    False once in the plan, None as the grammar thinks.  ``school_year_last`` is the (month, day)
    on which a school year's work ends.
    """

    every_year: bool | None = None
    school_year_last: SchoolYearLast = SCHOOL_YEAR_LAST


@dataclass(slots=True)
class Resolution:
    """Filled item by item.

    ``named_start`` and ``named_end`` are days the wording names where no window shows them;
    ``open_start`` and ``open_end`` say that it names none («до …», «с …»).
    """

    plan: Span | None
    reading: Reading
    windows: list[Window] = field(default_factory=list)
    recurrence: str = ""
    assumption: str = ""
    precision: Precision | None = None
    named_start: date | None = None
    named_end: date | None = None
    open_start: bool = False
    open_end: bool = False
    problem: str = ""

    def assume(self, phrase: str) -> None:
        if phrase and phrase not in self.assumption.split("; "):
            self.assumption = f"{self.assumption}; {phrase}" if self.assumption else phrase

    def recur(self, rule: str) -> None:
        if rule and rule not in self.recurrence.split("\n"):
            self.recurrence = f"{self.recurrence}\n{rule}" if self.recurrence else rule

    def is_as_precise_as(self, precision: Precision) -> None:
        """Unlike things make a span."""
        self.precision = precision if self.precision in (None, precision) else Precision.SPAN

    @property
    def first_year(self) -> int | None:
        return self.plan.start.year if self.plan else None

    @property
    def start(self) -> date | None:
        if self.open_start:
            return None
        return self.windows[0].start if self.windows else self.named_start

    @property
    def end(self) -> date | None:
        if self.open_end:
            return None
        if len(self.windows) == 1:
            return self.windows[0].end
        return max(window.end for window in self.windows) if self.windows else self.named_end

    def span(self, stretch: Stretch, year: int) -> Span:
        return span_in(stretch, year, self.reading.school_year_last)

    def add(self, stretch: Stretch, year: int) -> None:
        """The stretch of that year as a window by its role, or the reason why it is none."""
        start, end = self.span(stretch, year)
        if stretch.role is Role.UNTIL:
            self.open_start, self.named_end = True, end
            in_plan = self.plan and self.plan.start <= end
            start = self.plan.start if self.plan and in_plan else date(end.year, 1, 1)
        elif stretch.role is Role.SINCE:
            self.open_end, self.named_start = True, start
            if not self.plan:
                self.assume(NO_YEARS)
                return
            end = self.plan.end if start <= self.plan.end else date(start.year, 12, 31)
        elif end < start:
            self.problem = END_BEFORE_START
            self.named_start, self.named_end = start, end
            return
        self.windows.append(Window(start, end))


def resolution(years: tuple[int, int] | None, reading: Reading) -> Resolution:
    return Resolution(plan_span(years) if years else None, reading)
