"""Numbers of one round of monitoring: who was asked, who answered, who complies and why others do not."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.indicator import Indicator, Target
from cosdesk.domain.monitoring import Answer, MonitoringForm, Round
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.reports.indicator_figures import plain_title
from cosdesk.reports.references import one_line


@dataclass(frozen=True)
class MonitoringReading:
    """A round with its form and the schools' answers, as the file keeps them; ``before`` is the one before it."""

    round: Round
    form: MonitoringForm
    answers: tuple[Answer, ...]
    before: "MonitoringReading | None" = None


@dataclass(frozen=True)
class SchoolAnswer:
    school: School
    answer: Answer

    @property
    def name(self) -> str:
        return one_line(self.school.label)

    @property
    def reasons(self) -> str:
        return "; ".join(one_line(reason).rstrip(" .;") for reason in self.answer.reasons)


@dataclass(frozen=True)
class Goal:
    """An indicator that the round counts, against the plan of the round's period, else of its year.

    ``on`` is what the plan is set for: «III квартал 2026 г.», «2026 год».
    ``of_schools``: it counts schools, not learners or teachers.
    """

    indicator: Indicator
    amount: Decimal
    plan: Target | None
    numerator: Decimal
    denominator: Decimal | None
    of_schools: bool = False
    on: str = ""

    @property
    def title(self) -> str:
        return plain_title(self.indicator)

    @property
    def target(self) -> Decimal | None:
        return self.plan.value if self.plan else None

    @property
    def reached(self) -> bool:
        least, greatest = self.plan.bounds(self.indicator.direction) if self.plan else (None, None)
        if self.plan is None or (least is not None and self.amount < least):
            return False
        return greatest is None or self.amount <= greatest

    @property
    def lacking(self) -> int:
        """How many more units of the numerator the plan wants; 0 where that cannot be told."""
        if self.target is None or self.reached or self.denominator is None or not self.indicator.is_percent:
            return 0
        wanted = (self.target * self.denominator / 100).to_integral_value(ROUND_CEILING)
        return max(0, int(wanted - self.numerator))


class MonitoringFigures:
    """What sentences and tables say of a round."""

    def __init__(self, snapshot: Snapshot, reading: MonitoringReading) -> None:
        schools = {school.id: school for school in snapshot.schools}
        self._snapshot = snapshot
        self.reading = reading
        self.all = tuple(
            SchoolAnswer(schools[answer.school_id], answer)
            for answer in reading.answers
            if answer.school_id in schools
        )

    @property
    def title(self) -> str:
        return one_line(self.reading.round.title or self.reading.form.title).rstrip(" .")

    @property
    def subject(self) -> str:
        """What was monitored, in the genitive."""
        return one_line(self.reading.form.subject).rstrip(" .")

    def saying(self, key: str) -> tuple[SchoolAnswer, ...]:
        """The schools that answered a question with yes."""
        return tuple(entry for entry in self.answered if entry.answer.values.get(key) is True)

    @property
    def norm(self) -> str:
        return one_line(self.reading.form.norm)

    @property
    def year(self) -> str:
        return str(parse_period(self.reading.round.period).year)

    @property
    def begins(self) -> date | None:
        return self.reading.round.opened_on

    @property
    def ends(self) -> date | None:
        return self.reading.round.closed_on or self.reading.round.due

    @cached_property
    def answered(self) -> tuple[SchoolAnswer, ...]:
        return tuple(entry for entry in self.all if entry.answer.state.counts)

    @cached_property
    def silent(self) -> tuple[SchoolAnswer, ...]:
        return tuple(entry for entry in self.all if not entry.answer.state.counts)

    @property
    def judged(self) -> bool:
        """Whether the form gives verdicts at all."""
        return bool(self.reading.form.requirements)

    @cached_property
    def complying(self) -> tuple[SchoolAnswer, ...]:
        return tuple(entry for entry in self.answered if entry.answer.complies)

    @cached_property
    def failing(self) -> tuple[SchoolAnswer, ...]:
        return tuple(entry for entry in self.answered if entry.answer.complies is False)

    @property
    def complying_points(self) -> Decimal:
        """Percent of those that answered, as printed."""
        return _percent(self.complying, self.answered)

    @cached_property
    def before(self) -> "MonitoringFigures | None":
        """The round before, where its schools answered."""
        earlier = self.reading.before
        figures = MonitoringFigures(self._snapshot, earlier) if earlier else None
        return figures if figures and figures.answered else None

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        indicators = {i.id: i for contents in self._snapshot.roadmaps for i in contents.indicators}
        found = []
        for feed in self.reading.round.feeds:
            indicator = indicators.get(feed.indicator_id or 0)
            if indicator is None or feed.numerator is None:
                continue
            share = indicator.is_percent and feed.denominator
            amount = feed.numerator * 100 / feed.denominator if share and feed.denominator else feed.numerator
            own = indicator.plan(self.reading.round.period)
            plan = own or indicator.plan(self.year)
            on = parse_period(self.reading.round.period if own else self.year).label
            of_schools = feed.denominator == len(self.answered)
            found.append(Goal(indicator, amount, plan, feed.numerator, feed.denominator, of_schools, on))
        return tuple(found)


def _percent(part: Sequence[object], whole: Sequence[object]) -> Decimal:
    if not whole:
        return Decimal(0)
    return (Decimal(len(part)) * 100 / len(whole)).quantize(Decimal("0.1"))
