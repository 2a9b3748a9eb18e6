"""The demo district: whole, plausible, never stale, and nobody's real data."""

import re
import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk import demo
from cosdesk.demo import demo_snapshot, make_demo
from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Status
from cosdesk.domain.indicator import Achievement
from cosdesk.domain.people import people_to_add, unfolded
from cosdesk.domain.period import parse_period
from cosdesk.domain.person import Membership
from cosdesk.domain.state import actuals_by_indicator, indicator_state, item_states
from cosdesk.errors import UserError
from cosdesk.forms.reading import FormError
from cosdesk.forms.roadmap_form import roadmap_form
from cosdesk.paths import resources_folder
from cosdesk.store.file import DistrictFile

DAYS = [date(2026, 1, 1), date(2026, 2, 28), date(2026, 6, 30), date(2026, 11, 22), date(2031, 12, 31)]


@pytest.fixture(scope="module")
def november() -> Snapshot:
    return demo_snapshot(date(2026, 11, 22))


def statuses(snapshot: Snapshot) -> Counter[Status]:
    return Counter(state.status for state in item_states(snapshot, snapshot.roadmaps[0]).values())


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_today_lies_inside_the_plan_and_nothing_is_recorded_ahead(today: date) -> None:
    snapshot = demo_snapshot(today)
    roadmap = snapshot.roadmaps[0].roadmap
    assert roadmap.years == (today.year - 1, today.year + 1)
    assert max(execution.on for execution in snapshot.executions if execution.on) <= today
    assert max(paper.on for paper in snapshot.evidence if paper.on) <= today
    assert max(parse_period(actual.period).end for actual in snapshot.actuals) < today
    assert str(today.year - 1) in roadmap.title
    assert "{y" not in repr(snapshot)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_page_has_something_to_show_on_any_day(today: date) -> None:
    snapshot = demo_snapshot(today)
    found = statuses(snapshot)
    assert found[Status.OVERDUE] in range(1, 9)
    for status in (Status.DONE, Status.DONE_LATE, Status.NOT_DUE, Status.UNDETERMINED, Status.IN_PROGRESS):
        if not (status is Status.DONE_LATE and today < date(today.year, 2, 1)):
            assert found[status], status
    unproved = [e for e in snapshot.executions if not e.evidence_ids]
    assert unproved and len(unproved) < len(snapshot.executions) / 4


def test_the_size_asked_for(november: Snapshot) -> None:
    contents = november.roadmaps[0]
    assert len(november.schools) == 12
    assert {school.locality for school in november.schools if school.locality_kind == "пгт"} == {"пгт Усть-Каменка"}
    assert len(contents.sections) == 5
    assert 40 <= len(contents.items) <= 50
    assert len(contents.indicators) == 6
    assert {stamp.side for stamp in contents.stamps} == {"left", "right"}
    assert {execution.on.year for execution in november.executions if execution.on} == {2025, 2026}
    assert roadmap_form(contents.roadmap.form).id == "sections"
    assert {Status.CANCELLED, Status.AT_RISK, Status.IN_PROGRESS} <= statuses(november).keys()
    assert len({execution.outcome for execution in november.executions}) == 5


def test_every_term_is_understood_and_every_record_answers_one_of_its_windows(november: Snapshot) -> None:
    states = item_states(november, november.roadmaps[0])
    assert [state.item.term.text for state in states.values() if not state.schedule.understood] == []
    for state in states.values():
        ends = {window.end for window in state.schedule.windows}
        assert {record.window_end for record in state.records} <= ends, state.item.title


def test_shares_are_counted_from_the_schools(november: Snapshot) -> None:
    """The denominators are the district's schools, and its learners and teachers of the school year."""
    wholes = {"12"}
    for year in (2024, 2025, 2026):
        counts = [school.count(year) for school in november.schools]
        wholes.add(str(sum(count.learners for count in counts if count)))
        wholes.add(str(sum(count.teachers for count in counts if count)))
    assert {str(actual.denominator) for actual in november.actuals if actual.denominator} == wholes
    assert all(a.numerator <= a.denominator for a in november.actuals if a.numerator and a.denominator)


def test_indicators_show_every_light_and_explain_what_is_behind(november: Snapshot) -> None:
    actuals = actuals_by_indicator(november)
    lights = set()
    for indicator in november.roadmaps[0].indicators:
        assert indicator.baseline is not None and indicator.total is not None
        yearly = [target.value for target in indicator.targets if target.period.isdigit()]
        assert yearly == sorted(yearly) and len(yearly) == 3
        assert indicator.total == (sum(yearly, Decimal(0)) if indicator.total_rule == "sum" else yearly[-1])
        for code in ("2025", "2026-Q3"):
            state = indicator_state(indicator, actuals[indicator.id], parse_period(code))
            lights.add(state.achievement)
            if state.achievement in (Achievement.BELOW, Achievement.FAILED):
                assert state.actual is not None and state.actual.reason and state.actual.measure
    assert lights == set(Achievement) - {Achievement.UNKNOWN}


def test_the_file_holds_what_the_data_say(tmp_path: Path, november: Snapshot) -> None:
    path = tmp_path / "Заречный район.cosdesk"
    make_demo(path, november.today)
    make_demo(path, november.today)
    with DistrictFile.open(path, read_only=True) as file:
        stored = file.snapshot(november.today)
    assert stored.district == november.district
    assert stored.schools == november.schools
    assert stored.executions == november.executions
    assert stored.evidence == november.evidence
    assert stored.roadmaps[0].items == november.roadmaps[0].items
    assert stored.roadmaps[0].stamps == november.roadmaps[0].stamps
    assert {(a.indicator_id, a.period, a.amount) for a in stored.actuals} == {
        (a.indicator_id, a.period, a.amount) for a in november.actuals
    }
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("district.toml", 'locality_kind = "пгт"', 'locality_kind = "хутор"', "хутор"),
        ("district.toml", "coordinator_phone", "coordinator_fone", "coordinator_"),
        ("roadmap.toml", 'on = "10.02.{y}"', 'on = "31.02.{y}"', "31.02.2025"),
        ("roadmap.toml", 'term = "ноябрь {y} г."', 'term = "когда рак свистнет"', "когда рак свистнет"),
        ("roadmap.toml", 'window = "30.04.{y}"', 'window = "29.04.{y}"', "29.04.2025"),
        ("roadmap.toml", "приказ № 27 от", "№ 27 от", "№ 27"),
        ("indicators.toml", 'share = "7/12"', 'share = "7/двенадцать"', "двенадцать"),
        ("indicators.toml", 'period = "{y}-Q1"', 'period = "{y}-Q5"', "Q5"),
    ],
)
def test_a_slip_in_the_data_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, right: str, wrong: str, told: str
) -> None:
    shutil.copytree(resources_folder() / "demo", tmp_path / "demo")
    path = tmp_path / "demo" / name
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    monkeypatch.setattr(demo, "resources_folder", lambda: tmp_path)
    with pytest.raises(UserError, match=re.escape(told)) as caught:
        demo_snapshot(date(2026, 11, 22))
    assert isinstance(caught.value, FormError) or name == "indicators.toml"


def test_nobody_real_stands_in_the_demo(seeds: Path, november: Snapshot) -> None:
    real = " ".join(path.read_text("utf-8") for path in seeds.glob("*.txt"))
    data = " ".join(path.read_text("utf-8") for path in (resources_folder() / "demo").glob("*.toml"))
    real_people = set(re.findall(r"\b([А-ЯЁ][а-яё]+)\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.", real))
    assert len(real_people) >= 10
    assert {surname for surname in real_people if re.search(rf"\b{surname}\b", data)} == set()
    contents = november.roadmaps[0]
    # A document's and a project's official name may stand anywhere; a row's sentence may not.
    own = [contents.roadmap.goal]
    own += [text for item in contents.items for text in (item.title, item.expected)]
    own += [indicator.title for indicator in contents.indicators]
    assert {run for text in own for run in sequences(text, 6)} & sequences(real, 6) == set()


def sequences(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of that many words."""
    words = re.findall(r"[а-яё]+", text.lower())
    return set(zip(*(words[start:] for start in range(length)), strict=False))


def test_everyone_whom_the_roadmap_names_is_in_the_directory(tmp_path: Path) -> None:
    path = tmp_path / "пример.cosdesk"
    make_demo(path)
    with DistrictFile.open(path) as file:
        snapshot = file.snapshot()
    assert people_to_add(snapshot.roadmaps, snapshot.people) == []
    heads = [person for person in snapshot.people if person.membership is Membership.SCHOOL_HEADS]
    assert len(heads) == 1
    assert len(unfolded(heads[0], snapshot.people, snapshot.schools, snapshot.today)) == len(snapshot.schools)
