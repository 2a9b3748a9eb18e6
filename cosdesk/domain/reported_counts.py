"""Learners and teachers that schools reported in a monitoring, beside what their register says."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from cosdesk.dataclass import dataclass
from cosdesk.domain.monitoring import Answer, AnswerState, MonitoringForm
from cosdesk.domain.organisation import School, SchoolCount


@dataclass(frozen=True, slots=True)
class ReportedCount:
    """``found`` is what the school's accepted answer makes of its counts, ``known`` what stands there, if anything."""

    school: School
    found: SchoolCount
    known: SchoolCount | None


def reported_counts(
    form: MonitoringForm, schools: Mapping[int, School], answers: Iterable[Answer], school_year: int
) -> tuple[ReportedCount, ...]:
    """Where accepted answers say another number of that school year than the register, or the first one.

    Which questions are such numbers the form says (``Question.register``).  A number not asked for stays
    as it is known; a school of which only one of both is known is left out.
    """
    keys = {question.register: question.key for question in form.questions if question.register}
    reported = []
    for answer in answers:
        school = schools[answer.school_id]
        known = school.count(school_year)
        learners = _number(answer, keys.get("learners"), known.learners if known else None)
        teachers = _number(answer, keys.get("teachers"), known.teachers if known else None)
        if answer.state is not AnswerState.ACCEPTED or learners is None or teachers is None:
            continue
        found = SchoolCount(school_year, learners, teachers)
        if found != known:
            reported.append(ReportedCount(school, found, known))
    return tuple(reported)


def _number(answer: Answer, key: str | None, known: int | None) -> int | None:
    value = answer.values.get(key) if key else None
    return int(value) if isinstance(value, Decimal) else known
