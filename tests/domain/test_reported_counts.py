"""What accepted answers say of learners and teachers, beside the register."""

from decimal import Decimal

import pytest

from cosdesk.domain.monitoring import Answer, AnswerState
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.reported_counts import reported_counts
from cosdesk.forms.monitoring_form import monitoring_form

FORM = monitoring_form("counts")


@pytest.mark.parametrize(
    ("state", "values", "known", "found"),
    [
        (AnswerState.ACCEPTED, {"learners_now": 120, "teachers_now": 12}, None, (120, 12)),
        (AnswerState.ACCEPTED, {"learners_now": 120, "teachers_now": 12}, (100, 10), (120, 12)),
        (AnswerState.ACCEPTED, {"learners_now": 120, "teachers_now": 12}, (120, 12), None),
        (AnswerState.ACCEPTED, {"learners_now": 120}, (100, 10), (120, 10)),
        (AnswerState.ACCEPTED, {"learners_now": 120}, None, None),
        (AnswerState.ACCEPTED, {}, (100, 10), None),
        (AnswerState.RECEIVED, {"learners_now": 120, "teachers_now": 12}, None, None),
        (AnswerState.REWORK, {"learners_now": 120, "teachers_now": 12}, (100, 10), None),
    ],
)
def test_what_differs_is_proposed(
    state: AnswerState, values: dict[str, int], known: tuple[int, int] | None, found: tuple[int, int] | None
) -> None:
    counts = (SchoolCount(2020, 1, 1), *([SchoolCount(2021, *known)] if known else []))
    school = School(7, "Лесная СОШ", counts=counts)
    answer = Answer(1, 1, 7, state, {key: Decimal(value) for key, value in values.items()})
    reported = reported_counts(FORM, {7: school}, [answer], 2021)
    assert [(each.found.learners, each.found.teachers) for each in reported] == ([found] if found else [])
    assert all(each.found.school_year == 2021 and each.known == school.count(2021) for each in reported)


def test_a_form_that_asks_no_numbers_of_the_register_proposes_none() -> None:
    school = School(7, "Лесная СОШ", counts=(SchoolCount(2021, 100, 10),))
    answer = Answer(1, 1, 7, AnswerState.ACCEPTED, {"speed_measured": Decimal(50)})
    assert reported_counts(monitoring_form("internet"), {7: school}, [answer], 2021) == ()
