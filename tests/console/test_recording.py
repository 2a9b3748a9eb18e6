"""``record`` and ``actual``."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cosdesk.domain.indicator import Indicator, Target, TargetRule
from cosdesk.store.file import DistrictFile
from cosdesk.store.indicators import add_indicator, set_target
from tests.console.calling import Cosdesk, item_of


def test_an_execution_is_recorded_with_its_document(cosdesk: Cosdesk, small_file: Path) -> None:
    answer = cosdesk(
        "record", small_file, "1.1", "--done", "20.05.2020",
        "--evidence", "приказ № 16 от 13.01.2020", "--comment", "в двух школах",
    )  # fmt: skip
    assert answer.code == 0
    assert "строка 1.1 «Провести мониторинг» выполнена 20.05.2020" in answer.out
    assert "приказ от 13.01.2020 №\u00a016" in answer.out
    data = cosdesk("show", small_file, "--json").data
    [record] = item_of(data, 2)["executions"]
    assert record["date"] == "2020-05-20" and record["window_end"] == "2020-05-31"
    assert record["comment"] == "в двух школах" and record["outcome"] == "done"
    [paper] = item_of(data, 2)["evidence"]
    assert (paper["kind"], paper["number"], paper["date"]) == ("приказ", "16", "2020-01-13")
    assert item_of(data, 1)["executions"] == []


@pytest.mark.parametrize(
    ("done", "term", "window_end"),
    [
        ("2020-05-20", None, "2020-05-31"),  # the window that holds the day
        ("15.06.2020", None, "2020-05-31"),  # the latest ended one
        ("01.02.2019", None, "2019-05-31"),  # the next one
        ("15.06.2020", "31.12.2019", "2019-12-31"),  # the one named
    ],
)
def test_the_term_that_an_execution_answers(
    cosdesk: Cosdesk, small_file: Path, done: str, term: str | None, window_end: str
) -> None:
    words = ["--term", term] if term else []
    assert cosdesk("record", small_file, "#2", "--done", done, *words).code == 0
    [record] = item_of(cosdesk("show", small_file, "--json").data, 2)["executions"]
    assert record["window_end"] == window_end


def test_a_row_is_found_by_number_or_id(cosdesk: Cosdesk, small_file: Path) -> None:
    for words, item_id in (("1.1", 2), ("1.1.", 2), ("#1", 1), ("3", 5), ("4", 4)):
        before = len(item_of(cosdesk("show", small_file, "--json").data, item_id)["executions"])
        assert cosdesk("record", small_file, words, "--done", "20.05.2020").code == 0
        after = item_of(cosdesk("show", small_file, "--json").data, item_id)["executions"]
        assert len(after) == before + 1, words


def test_a_number_that_stands_twice_is_asked_about(cosdesk: Cosdesk, small_file: Path) -> None:
    before = small_file.read_bytes()
    answer = cosdesk("record", small_file, "2", "--done", "20.05.2020")
    assert answer.code == 1
    assert "#3 – 2 Первая двойка" in answer.err and "#4 – 2. Вторая двойка" in answer.err
    assert small_file.read_bytes() == before


@pytest.mark.parametrize("period", ["2021", "2021-Q2", "2021-H1", "2021-9M", "2021-05"])
def test_an_actual_value_is_recorded_for_any_period(cosdesk: Cosdesk, small_file: Path, period: str) -> None:
    answer = cosdesk("actual", small_file, "1", "--period", period, "--value", "62,5")
    assert answer.code == 0 and "62,5" in answer.out
    [indicator, *_] = cosdesk("show", small_file, "--json").data["roadmaps"][0]["indicators"]
    assert indicator["actuals"][period]["value"] == 62.5
    assert indicator["actuals"][period]["numerator"] is None


def test_a_forecast_is_recorded_without_a_value_and_stays_beside_one(cosdesk: Cosdesk, small_file: Path) -> None:
    def recorded() -> Any:
        data = cosdesk("indicators", small_file, "--period", "2021", "--json").data
        return data["indicators"][0]["forecast"], data["indicators"][0]["actual"]

    assert "Прогноз: 70." in cosdesk("actual", small_file, "1", "--period", "2021", "--forecast", "70 %").out
    assert recorded() == (70, None)
    assert cosdesk("actual", small_file, "1", "--period", "2021", "--value", "62,5").code == 0
    assert recorded() == (70, 62.5)
    assert cosdesk("actual", small_file, "1", "--period", "2021", "--forecast", "много").code == 1


def test_a_count_follows_from_its_share(cosdesk: Cosdesk, small_file: Path) -> None:
    with DistrictFile.open(small_file) as file, file.edit("Показатель") as edit:
        count = Indicator(0, "Число школ с быстрым Интернетом", "9", unit="единица", numerator_of=1)
        add_indicator(edit, file.snapshot().roadmaps[0].roadmap.id, count)
    words = ("actual", small_file, "1", "--period", "2021", "--numerator", "8", "--denominator", "12")
    assert cosdesk(*words).code == 0
    counted = cosdesk("indicators", small_file, "--period", "2021", "--json").data["indicators"][-1]
    assert (counted["actual"], counted["numerator_of"]) == (8, 1)
    refused = cosdesk("actual", small_file, "9", "--period", "2021", "--value", "7")
    assert refused.code == 1 and "числитель доли" in refused.err


def test_a_bound_is_told_and_the_years_plan_is_marked_as_the_years(cosdesk: Cosdesk, small_file: Path) -> None:
    with DistrictFile.open(small_file) as file, file.edit("План") as edit:
        set_target(edit, 1, Target("2021", Decimal(60), "не ниже 60 %", TargetRule.AT_LEAST))
    told = cosdesk("actual", small_file, "1", "--period", "2021-H1", "--value", "61")
    assert "План: не менее 60 (план года). Перевыполнено." in told.out
    data = cosdesk("indicators", small_file, "--period", "2021-H1", "--json").data["indicators"][0]
    keys = ("target", "target_rule", "target_words", "target_period", "deviation")
    assert [data[key] for key in keys] == [60, "at_least", "не менее 60", "2021", 1]
    listed = cosdesk("indicators", small_file, "--period", "2021-H1").out
    assert "менее" in listed and "(год)" in listed  # the table wraps words in a narrow terminal
    [indicator, *_] = cosdesk("show", small_file, "--json").data["roadmaps"][0]["indicators"]
    assert indicator["target_rules"] == {"2021": {"rule": "at_least", "upper": None, "text": "не ниже 60 %"}}


def test_a_share_keeps_its_two_numbers_and_its_notes(cosdesk: Cosdesk, small_file: Path) -> None:
    def recorded() -> Any:
        indicators = cosdesk("show", small_file, "--json").data["roadmaps"][0]["indicators"]
        return indicators[1]["actuals"]["2020"]

    words = ("actual", small_file, "обученных", "--period", "2020")
    assert cosdesk(*words, "--numerator", "8", "--denominator", "12", "--reason", "перенос").code == 0
    assert recorded() == {
        "value": 66.7, "numerator": 8.0, "denominator": 12.0, "forecast": None, "reason": "перенос",
        "measure": "", "source": "",
    }  # fmt: skip
    assert cosdesk(*words, "--value", "70").code == 0
    assert recorded() == {
        "value": 70.0, "numerator": None, "denominator": None, "forecast": None, "reason": "перенос",
        "measure": "", "source": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "words", "told"),
    [
        ("9", ["--value", "5"], "Показателя «9» нет"),
        ("учителей", ["--value", "5"], "несколько показателей"),
        ("1", ["--value", "много"], "Число «много» не понято"),
        ("1", ["--value", "nan"], "Число «nan» не понято"),
        ("1", [], "--numerator"),
        ("1", ["--value", "5", "--numerator", "1"], "либо --value"),
        ("1", ["--numerator", "1"], "либо --value"),
        ("1", ["--numerator", "1", "--denominator", "0"], "знаменатель"),
    ],
)
def test_a_wrong_value_is_told(cosdesk: Cosdesk, small_file: Path, indicator: str, words: list[str], told: str) -> None:
    before = small_file.read_bytes()
    answer = cosdesk("actual", small_file, indicator, "--period", "2021", *words)
    assert answer.code == 1 and told in answer.err and answer.err.count("\n") == 1
    assert small_file.read_bytes() == before
