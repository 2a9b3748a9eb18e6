"""Rounds, answers, risks and closed periods on a real file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.indicator import Actual
from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.domain.period import parse_period
from cosdesk.domain.risk import Risk, RiskKind, risks_in
from cosdesk.errors import UserError
from cosdesk.forms.monitoring_form import monitoring_form
from cosdesk.store.file import DistrictFile
from cosdesk.store.indicators import set_actual
from cosdesk.store.monitoring import delete_round, dump_values, leave_out, load_values, save_answers, set_state
from cosdesk.store.periods import close_period, reopen_period
from cosdesk.store.risks import add_risk, close_risk
from cosdesk.store.schools import change_school, merge_schools
from tests.rounds import begin, make_district

GOOD = {"speed_contract": Decimal(60), "speed_measured": Decimal(55), "operator": "Связь", "guaranteed": True}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DistrictFile]:
    with make_district(tmp_path / "а.cosdesk") as opened:
        yield opened


def the_round(file: DistrictFile, round_id: int) -> Round:
    return next(each for each in file.snapshot().rounds if each.id == round_id)


def answer(file: DistrictFile, round_id: int, *speeds: int) -> None:
    form, snapshot = monitoring_form("internet"), file.snapshot()
    values = [{**GOOD, "speed_measured": Decimal(s), "measured_on": date(2026, 1, 5)} for s in speeds]
    with file.edit("ответы") as edit:
        save_answers(edit, form, the_round(file, round_id), zip(snapshot.schools, values, strict=False))


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5),
        st.one_of(
            st.booleans(),
            st.text(max_size=20),
            st.dates(),
            st.integers(-(10**9), 10**9).map(lambda n: Decimal(n) / 100),
        ),
        max_size=5,
    )
)
def test_values_kept_are_read_back(values: dict[str, object]) -> None:
    assert load_values(dump_values(values)) == values  # type: ignore[arg-type]


def test_last_time_s_values_and_states(file: DistrictFile) -> None:
    first = begin(file, period="2025")
    answer(file, first, 55, 22)
    second = begin(file, period="2026")
    newest = file.newest_values([first, second])
    assert {key: (found, values["speed_measured"]) for key, (found, values) in newest.items()} == {
        1: (first, 55), 2: (first, 22),
    }  # fmt: skip
    assert file.newest_values([second]) == file.newest_values([]) == {}
    found = the_round(file, first)
    assert found.counts == {AnswerState.RECEIVED: 2, AnswerState.SENT: 1} and found.waiting == (3,)
    with file.edit("доработка") as edit:
        set_state(edit, first, [1], AnswerState.REWORK)
    assert the_round(file, first).feeds[0].answered == 1 and the_round(file, first).waiting == (1, 3)
    with file.edit("без школы") as edit:
        leave_out(edit, first, 2)
    assert the_round(file, first).feeds[0].numerator is None


def test_deleting_a_round_undone_brings_its_answers_back(file: DistrictFile) -> None:
    round_id = begin(file)
    answer(file, round_id, 55, 22, 60)
    before = (file.answers(round_id), file.snapshot().actuals)
    with file.edit("удалить") as edit:
        delete_round(edit, round_id)
    assert file.snapshot().rounds == () and file.snapshot().actuals == ()
    file.undo()
    assert (file.answers(round_id), file.snapshot().actuals) == before


def test_by_hand_and_counted_are_both_kept(file: DistrictFile) -> None:
    with file.edit("вручную") as edit:
        set_actual(edit, Actual(0, 1, "2026", numerator=Decimal(3), denominator=Decimal(3)))
    round_id = begin(file)
    answer(file, round_id, 55, 22)
    snapshot = file.snapshot()
    assert snapshot.actuals[0].amount == 50 and snapshot.recorded[0].amount == 100
    with file.edit("причина") as edit:
        set_actual(edit, replace(snapshot.actuals[0], reason="нет линии"))
    snapshot = file.snapshot()
    assert snapshot.actuals[0].reason == "нет линии" and snapshot.recorded[0].amount == 100
    answer(file, round_id, 55, 55)
    assert file.snapshot().actuals[0].amount == 100


def test_a_closed_period_changes_only_when_reopened_with_a_reason(file: DistrictFile) -> None:
    round_id = begin(file)
    with file.edit("закрыть") as edit:
        close_period(edit, "2026", "Координатор")
    value = Actual(0, 1, "2026", Decimal(1))
    with pytest.raises(UserError, match="закрыт"), file.edit("х") as edit:
        set_actual(edit, value)
    with pytest.raises(UserError, match="закрыт"):
        answer(file, round_id, 55)
    with pytest.raises(UserError, match="закрыт"), file.edit("х") as edit:
        delete_round(edit, round_id)
    with file.edit("другой период") as edit:
        set_actual(edit, replace(value, period="2026-Q1"))
    with file.edit("открыть") as edit:
        reopen_period(edit, "2026", "исправление")
    with file.edit("х") as edit:
        set_actual(edit, value)
    with pytest.raises(UserError, match="не закрыт"), file.edit("открыть") as edit:
        reopen_period(edit, "2026", "ещё раз")


def test_risks_are_carried_until_closed(file: DistrictFile) -> None:
    with file.edit("риск") as edit:
        risk_id = add_risk(edit, Risk(0, RiskKind.RISK, "Срыв строительства линии", "2026-Q1", indicator_id=1))
    with file.edit("закрыт") as edit:
        close_risk(edit, risk_id, date(2026, 8, 15), "линия построена")
    risks = file.snapshot().risks
    standing = [len(risks_in(risks, parse_period(f"2026-Q{n}"))) for n in (1, 2, 3, 4)]
    assert standing == [1, 1, 1, 0] and risks_in(risks, parse_period("2025")) == ()


def test_renamed_and_merged_schools_keep_their_past(file: DistrictFile) -> None:
    round_id = begin(file, period="2025")
    answer(file, round_id, 55, 55, 55)
    first = file.snapshot().schools[0]
    with file.edit("переименование") as edit:
        change_school(edit, replace(first, name="Лицей"))
        merge_schools(edit, 2, 1, date(2025, 9, 1))
    schools = file.snapshot().schools
    assert schools[0].former_names == ("Школа № 1",) and schools[1].merged_into == 1
    assert len(file.answers(round_id)) == 3
    assert the_round(file, begin_without(file, "2026")).asked == 2


def begin_without(file: DistrictFile, period: str) -> int:
    from cosdesk.rounds import new_round
    from cosdesk.store.monitoring import add_round

    snapshot, form = file.snapshot(), monitoring_form("internet")
    with file.edit("мониторинг") as edit:
        return add_round(edit, new_round(snapshot, form, period), form, snapshot.schools)
