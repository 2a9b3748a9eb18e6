"""All the numbers a report of one period speaks of, computed from a snapshot: execution, indicators, schools."""

from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.norms import USUAL, Norms
from cosdesk.domain.organisation import School, school_year_at
from cosdesk.domain.period import Period
from cosdesk.domain.risk import Risk, risks_in
from cosdesk.domain.roadmap import ItemKind, RoadmapContents, Stamp, StampKind
from cosdesk.errors import UserError
from cosdesk.reports.execution_figures import ExecutionFigures, Plan, Span, execution_figures, read_plan
from cosdesk.reports.indicator_figures import IndicatorFigures, indicator_figures


def chosen_roadmap(snapshot: Snapshot, roadmap_id: int | None) -> RoadmapContents:
    """The roadmap of that id, the first for None; ``UserError`` when there is none."""
    if not snapshot.roadmaps:
        raise UserError("В файле района нет дорожной карты. Создайте её или загрузите из документа Word или Excel.")
    for contents in snapshot.roadmaps:
        if roadmap_id in (None, contents.roadmap.id):
            return contents
    raise UserError(f"Дорожной карты с номером {roadmap_id} в файле нет. Выберите карту из списка.")


def as_of_day(period: Period, today: date) -> date:
    """The day a report speaks of: the period's end, or today while it lasts; ``UserError`` before it begins."""
    if today < period.start:
        raise UserError(f"Период «{period.label}» ещё не начался. Выберите период, который идёт или уже закончился.")
    return min(period.end, today)


# Schools and the plan's head


@dataclass(frozen=True)
class SchoolFigures:
    """Schools, and their learners and teachers in ``school_year`` as far as ``reported`` of them are counted."""

    total: int
    learners: int = 0
    teachers: int = 0
    reported: int = 0
    school_year: int | None = None

    @property
    def school_years(self) -> str:
        """«2020/2021»."""
        return f"{self.school_year}/{self.school_year + 1}" if self.school_year else ""


def school_figures(schools: Iterable[School], as_of: date) -> SchoolFigures:
    """Schools at work on the day; counts at the start of the latest school year that had begun by then and has any."""
    schools = tuple(school for school in schools if school.works_on(as_of))
    current = school_year_at(as_of)
    years = [count.school_year for school in schools for count in school.counts if count.school_year <= current]
    if not years:
        return SchoolFigures(len(schools))
    year = max(years)
    counts = [count for school in schools if (count := school.count(year))]
    return SchoolFigures(
        len(schools),
        sum(count.learners for count in counts),
        sum(count.teachers for count in counts),
        len(counts),
        year,
    )


def approving_stamp(stamps: Iterable[Stamp]) -> Stamp | None:
    return next((stamp for stamp in stamps if stamp.kind is StampKind.APPROVED), None)


# A report's period


@dataclass(frozen=True)
class PeriodFigures:
    """All that a report of one roadmap for one period speaks of.

    ``before`` holds the same period a year before where the plan covers it and something was
    recorded then.
    """

    contents: RoadmapContents
    period: Period
    as_of: date
    execution: ExecutionFigures
    indicators: IndicatorFigures
    schools: SchoolFigures
    before: ExecutionFigures | None = None
    norms: Norms = USUAL
    risks: tuple[Risk, ...] = ()
    """Those of the register that stand in the period, the most pressing first."""

    @property
    def final(self) -> bool:
        """At the year's end, when every indicator must have its value."""
        return (self.as_of.month, self.as_of.day) == (12, 31)

    def rows(self, kind: ItemKind) -> int:
        """How many rows of the plan are of that kind."""
        return sum(item.kind is kind for item in self.contents.items)


def period_figures(snapshot: Snapshot, contents: RoadmapContents, period: Period) -> PeriodFigures:
    """The figures of a roadmap, cumulative from 1 January; ``UserError`` before the period begins."""
    as_of = as_of_day(period, snapshot.today)
    plan = read_plan(snapshot, contents)
    return PeriodFigures(
        contents,
        period,
        as_of,
        execution_figures(plan, _span(period.cumulative_start, as_of, snapshot.today)),
        indicator_figures(snapshot, contents, period, as_of),
        school_figures(snapshot.schools, as_of),
        _figures_a_year_before(plan, period, as_of),
        snapshot.norms,
        risks_in((risk for risk in snapshot.risks if risk.roadmap_id in (None, contents.roadmap.id)), period),
    )


def _span(start: date, as_of: date, today: date) -> Span:
    return Span(start, as_of, as_of if today > as_of else as_of - timedelta(days=1))


def _figures_a_year_before(plan: Plan, period: Period, as_of: date) -> ExecutionFigures | None:
    earlier = period.a_year_before()
    first_year = plan.contents.roadmap.first_year
    if first_year is not None and first_year > earlier.year:
        return None
    # The same day, so that an unfinished period is compared with an equally unfinished one.
    day = earlier.end if as_of == period.end else as_of - relativedelta(years=1)
    figures = execution_figures(plan, Span(earlier.cumulative_start, day, day))
    return figures if figures.recorded else None
