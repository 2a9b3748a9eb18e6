"""The information-analytical report: its whole tree as text, its rules one by one.

The trees lie beside, in ``analytical/``.  After a meant change run with COSDESK_ACCEPT=1 and read the difference.
"""

import os
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual
from cosdesk.domain.period import parse_period, periods_of
from cosdesk.domain.risk import Risk, RiskKind
from cosdesk.domain.roadmap import Stamp, StampKind
from cosdesk.errors import UserError
from cosdesk.reports.analytical import build_analytical_report
from cosdesk.reports.catalog import report
from cosdesk.reports.document import Chart, Document, Executor, PageBreak, Signature, Table, Title
from cosdesk.reports.request import Request
from tests.reports import zarechny
from tests.reports.block_text import as_text

TREES = Path(__file__).parent / "analytical"


def build(code: str, snapshot: Snapshot = zarechny.SNAPSHOT) -> Document:
    return build_analytical_report(snapshot, Request(None, parse_period(code)))


@pytest.mark.parametrize(
    ("name", "code", "snapshot"),
    [
        ("quarter", "2021-Q2", zarechny.SNAPSHOT),
        ("nine_months", "2021-9M", zarechny.SNAPSHOT),
        ("year", "2021", zarechny.SNAPSHOT),
        ("empty", "2021-H1", zarechny.EMPTY),
    ],
)
def test_the_tree_of_blocks_is_as_accepted(name: str, code: str, snapshot: Snapshot) -> None:
    path = TREES / f"{name}.txt"
    text = as_text(build(code, snapshot))
    if os.environ.get("COSDESK_ACCEPT"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_headings_name_plan_district_period_and_day() -> None:
    document = build("2021-Q2")
    title = next(block for block in document.blocks if isinstance(block, Title))
    assert [line.replace("\u00a0", " ") for line in title.lines] == [
        "Информационно-аналитический отчёт",
        "о реализации муниципального плана мероприятий («дорожной карты») регионального проекта «Цифровая "
        "образовательная среда» в Заречном районе",
        "за январь – июнь 2021 года",
    ]
    assert "по состоянию на 30 июня 2021 г." in as_text(document)
    assert document.file_name == "Информационно-аналитический отчёт за январь – июнь 2021 года, Заречный район"


def test_a_single_annex_bears_no_number() -> None:
    request = Request(None, parse_period("2021-Q2"), left_out=frozenset({"indicators", "risks"}))
    text = as_text(build_analytical_report(zarechny.SNAPSHOT, request)).replace("\u00a0", " ")
    assert "приведены в приложении.\n" in text and "\n(справа) Приложение\n" in text
    assert "риложение №" not in text and "риложении №" not in text


@pytest.mark.parametrize(
    ("district", "place"),
    [
        (District("Заречный район", name_locative="Заречном районе"), "(«дорожной карты») в Заречном районе"),
        (District("Владимирский район", name_locative="Владимирском районе"), "во Владимирском районе"),
        (District("Волосовский район", name_locative="Волосовском районе"), " в Волосовском районе"),
        (District("Заречный район"), "(«дорожной карты») (Заречный район)"),
    ],
)
def test_the_district_stands_in_a_known_case_or_in_the_nominative(district: District, place: str) -> None:
    snapshot = replace(zarechny.EMPTY, district=district)
    assert place in build("2021", snapshot).title


def test_a_period_that_lasts_is_reported_up_to_today() -> None:
    text = as_text(build("2021", replace(zarechny.SNAPSHOT, today=date(2021, 5, 20))))
    assert "по состоянию на 20 мая 2021 г." in text
    assert "за 2021 год" in text
    assert "Факт на 20.05.2021" in text


def test_a_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(UserError, match=r"^Период «III квартал 2021\u00a0г\.» ещё не начался\. Выберите"):
        build("2021-Q3", replace(zarechny.SNAPSHOT, today=date(2021, 6, 30)))


@pytest.mark.parametrize(
    ("snapshot", "roadmap_id", "code", "told"),
    [
        (zarechny.SNAPSHOT, None, None, "Укажите период"),
        (zarechny.SNAPSHOT, 7, "2021", "Дорожной карты с номером 7"),
        (Snapshot(District("Дальний район")), None, "2021", "нет дорожной карты"),
    ],
)
def test_what_is_lacking_is_told(snapshot: Snapshot, roadmap_id: int | None, code: str | None, told: str) -> None:
    with pytest.raises(UserError, match=told):
        build_analytical_report(snapshot, Request(roadmap_id, parse_period(code) if code else None))


def test_wide_tables_lie_on_landscape_pages_after_the_signature() -> None:
    blocks = build("2021-Q2").blocks
    signature = next(place for place, block in enumerate(blocks) if isinstance(block, Signature))
    assert isinstance(blocks[signature + 1], Executor)
    annexes = blocks[signature + 2 :]
    assert [block for block in annexes if isinstance(block, PageBreak)] == [PageBreak(landscape=True, annex=True)] * 3
    assert [block.name for block in annexes if isinstance(block, Table)] == [
        "Показатели", "Исполнение", "Отклонения и риски",
    ]  # fmt: skip
    assert [block.name for block in blocks[:signature] if isinstance(block, Table)] == ["Сводные данные"]
    assert not any(isinstance(block, PageBreak) for block in blocks[:signature])


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("Сводные данные", ["Параметр", "Количество", "Доля, %"]),
        (
            "Показатели",
            ["№ п/п", "Наименование показателя", "Ед. изм.", "Факт предыдущего года", "План на 2021 год",
             "Факт на 30.06.2021", "Отклонение", "Уровень достижения, %", "Статус", "Причины отклонения",
             "Источник данных"],
        ),
        (
            "Исполнение",
            ["№ п/п", "Наименование результата, контрольной точки, мероприятия", "Срок: план", "Срок: факт (прогноз)",
             "Ответственный исполнитель", "Статус", "Подтверждающий документ", "Комментарий"],
        ),
        (
            "Отклонения и риски",
            ["№ п/п", "Отклонение (риск)", "Причина", "Возможные последствия", "Принимаемые меры", "Срок",
             "Ответственный"],
        ),
    ],
)  # fmt: skip
def test_the_columns_are_those_of_the_official_document(name: str, headings: list[str]) -> None:
    table = table_of(build("2021-Q2"), name)
    assert [
        (f"{column.group}: {column.heading}" if column.group else column.heading).replace("\u00a0", " ")
        for column in table.columns
    ] == headings


def table_of(document: Document, name: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and block.name == name)


def test_cells_stay_typed_for_excel() -> None:
    document = build("2021-Q2")
    indicators = table_of(document, "Показатели").rows[0].cells
    assert [type(cell.value) for cell in indicators[3:8]] == [Decimal] * 5
    execution = next(row for row in table_of(document, "Исполнение").rows if row.id == "term:2:2021-02-11")
    assert [cell.value for cell in execution.cells[2:4]] == [date(2021, 2, 11), date(2021, 2, 10)]


@pytest.mark.parametrize(
    ("stamp", "told"),
    [
        (
            Stamp(1, StampKind.APPROVED, "УТВЕРЖДЕН", act="Постановлением администрации от 11.01.2021 № 14"),
            "утверждён постановлением администрации от 11.01.2021 № 14 и рассчитан на 2020–2023 годы.",
        ),
        (
            Stamp(1, StampKind.APPROVED, "УТВЕРЖДЕН", act="приказом отдела образования № 3", on=date(2021, 2, 1)),
            "утверждён приказом отдела образования № 3 от 01.02.2021 и рассчитан",
        ),
        (
            Stamp(1, StampKind.APPROVED, "УТВЕРЖДЕНА", position="главой района", on=date(2021, 2, 1)),
            "утверждён главой района 01.02.2021 и рассчитан",
        ),
        (
            Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава района", "Лесной Олег Ильич", date(2021, 2, 1)),
            "утверждён главой района 01.02.2021 и рассчитан",
        ),
        (
            Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", act="Постановление администрации от 11.01.2021 № 14"),
            "утверждён (Постановление администрации от 11.01.2021 № 14) и рассчитан",
        ),
        (Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава", "О.И. Лесной"), "План мероприятий рассчитан на 2020–2023"),
        (Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ"), "План мероприятий рассчитан на 2020–2023 годы."),
        (Stamp(1, StampKind.AGREED, "СОГЛАСОВАНО", "Глава"), "План мероприятий рассчитан на 2020–2023 годы."),
    ],
)
def test_the_approval_is_worded_from_the_stamp(stamp: Stamp, told: str) -> None:
    assert told in as_text(build("2021", zarechny.with_contents(stamps=(stamp,))))


def with_actuals(*actuals: Actual) -> Snapshot:
    return replace(zarechny.with_contents(indicators=zarechny.INDICATORS[:1]), actuals=actuals)


@pytest.mark.parametrize(
    ("actual", "told"),
    [
        (
            Actual(1, 1, "2021-H1", numerator=Decimal(8), denominator=Decimal(12)),
            "фактическое значение на 30.06.2021 составило 66,7 % (8 из 12) при плане 75 %; отклонение −8,3 п.п.",
        ),
        (
            Actual(1, 1, "2021-Q1", value=Decimal(75)),
            "плановое значение достигнуто: на 31.03.2021 – 75 % при плане 75 %.",
        ),
        (
            Actual(1, 1, "2021-H1", value=Decimal(30), reason="Нет линии;", measure="строится"),
            "Причина: Нет линии. Принимаемые меры: строится.",
        ),
        (Actual(1, 1, "2021-9M", value=Decimal(90)), "Значение показателя 1 определяется по итогам года."),
    ],
)
def test_an_indicator_is_worded_from_its_value(actual: Actual, told: str) -> None:
    assert told in as_text(build("2021-Q2", with_actuals(actual)))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({1: 75, 2: 40}, "Плановое значение 2021 года на отчётную дату достигнуто по всем 2 показателям."),
        ({1: 76, 2: 39}, "достигнуто по 1 (50,0 %), в том числе по 1 перевыполнено; по 1 значение ниже планового."),
        (
            {1: 70, 2: 39},
            "плановое значение 2021 года на отчётную дату не достигнуто ни по одному; по 2 значение ниже",
        ),
        ({1: 70}, "ни по одному; по 1 значение ниже планового; по 1 значение определяется по итогам года."),
        ({}, "Значения показателей (2) определяются по итогам года."),
        ({8: 3}, "Из 3 показателей по 2 значение определяется по итогам года; по 1 плановое значение на 2021 год не"),
    ],
)
def test_the_groups_of_indicators_are_told_in_one_sentence(values: dict[int, int], told: str) -> None:
    shown = tuple(indicator for indicator in zarechny.INDICATORS if indicator.id in {1, 2, *values})
    actuals = tuple(Actual(number, number, "2021-H1", Decimal(value)) for number, value in values.items())
    document = build("2021-Q2", replace(zarechny.with_contents(indicators=shown), actuals=actuals))
    assert told in as_text(document)
    assert_good_russian(document)


def test_at_the_years_end_a_missing_value_is_called_missing() -> None:
    text = as_text(build("2021", with_actuals()))
    assert "Фактическое значение показателя 1 за 2021 год не представлено." in text
    assert "по итогам года" not in text
    assert "Под угрозой" not in text


def test_under_threat_is_only_what_is_under_ninety_percent_of_the_plan() -> None:
    assert "Под угрозой" not in as_text(build("2021-Q2", with_actuals(Actual(1, 1, "2021-H1", value=Decimal("67.5")))))
    threatened = as_text(build("2021-Q2", with_actuals(Actual(1, 1, "2021-H1", value=Decimal("67.4")))))
    assert "Под угрозой недостижения на конец года – показатель 1 «Доля организаций" in threatened


def test_the_chart_shows_percents_together_and_other_units_apart() -> None:
    charts = [block for block in build("2021-Q2").blocks if isinstance(block, Chart) and len(block.series) == 2]
    charts = [chart for chart in charts if chart.title.startswith("План и факт")]
    assert [(chart.unit, len(chart.categories)) for chart in charts] == [("%", 5), ("единиц", 2)]
    assert [series.label.replace("\u00a0", " ") for series in charts[0].series] == [
        "План на 2021 год", "Факт на 30.06.2021",
    ]  # fmt: skip
    assert charts[0].series[1].values[0] == Decimal("66.7")


def test_each_chart_can_be_left_out_by_itself() -> None:
    known = report("analytical-report")
    named = {part for part, title in known.parts if title.startswith("Диаграмма")}
    assert named == {"chart", "level_chart", "status_chart", "section_chart"}

    def shown(left_out: frozenset[str]) -> list[str]:
        request = Request(None, parse_period("2021-Q2"), left_out=left_out)
        return [block.title for block in known.build(zarechny.SNAPSHOT, request).blocks if isinstance(block, Chart)]

    assert len(shown(frozenset())) == 5
    assert "Исполнение по статусам" not in shown(frozenset({"status_chart"})) and len(shown(frozenset({"chart"}))) == 3
    assert shown(frozenset(named)) == []


def test_the_same_period_a_year_before_is_compared_where_the_plan_covers_it() -> None:
    told = "по сравнению с тем же периодом прошлого года (100 %) исполнение снизилось на 33,3 п.п."
    assert told in as_text(build("2021-Q2"))
    later = replace(zarechny.ROADMAP, first_year=2021)
    assert "прошлого года" not in as_text(build("2021-Q2", zarechny.with_contents(roadmap=later)))
    silent = replace(zarechny.SNAPSHOT, executions=zarechny.EXECUTIONS[6:])
    assert "прошлого года" not in as_text(build("2021-Q2", silent))


def test_the_register_of_risks_is_told_as_long_as_a_risk_stands() -> None:
    contents = zarechny.SNAPSHOT.roadmaps[0]
    item, indicator = contents.items[0], contents.indicators[0]
    risks = (
        Risk(1, RiskKind.RISK, "Нет подрядчика", "2021-Q1", item_id=item.id, cause="торги не состоялись",
             measure="Повторные торги", due=date(2021, 9, 1), responsible="Отдел"),
        Risk(2, RiskKind.DEVIATION, "Линия не построена", "2021-Q1", indicator_id=indicator.id,
             closed_on=date(2021, 5, 12), outcome="Построена"),
        Risk(3, RiskKind.RISK, "Из другой карты", "2021-Q1", roadmap_id=contents.roadmap.id + 1),
        Risk(4, RiskKind.RISK, "Из следующего квартала", "2021-Q3"),
    )  # fmt: skip
    snapshot = replace(zarechny.SNAPSHOT, risks=risks)

    def told(code: str) -> dict[str, list[object]]:
        rows = table_of(build(code, snapshot), table_of_risks).rows
        return {row.id: [cell.value for cell in row.cells] for row in rows if row.id.startswith("risk:")}

    table_of_risks = next(b.name for b in build("2021-Q2", snapshot).blocks if isinstance(b, Table) and "иск" in b.name)
    quarter = told("2021-Q2")
    assert list(quarter) == ["risk:1", "risk:2"]
    assert any("Нет подрядчика" in str(cell) for cell in quarter["risk:1"])
    assert {"торги не состоялись", "Повторные торги", date(2021, 9, 1), "Отдел"} <= set(quarter["risk:1"])
    assert "Снят 12.05.2021. Построена" in quarter["risk:2"]
    assert list(told("2021-Q3")) == ["risk:1", "risk:4"]


def test_no_deviation_is_one_sentence() -> None:
    quiet = replace(
        zarechny.with_contents(items=zarechny.ITEMS[1:2], indicators=()),
        executions=zarechny.EXECUTIONS,
    )
    document = build("2021-Q1", quiet)
    text = as_text(document)
    assert "Отклонений от плана в отчётном периоде не допущено." in text
    assert "В отчётном периоде наступил 1 срок исполнения; он исполнен. Подтверждающий документ представлен." in text
    assert "План за январь – март 2021 года исполнен на 100 %." in text
    assert "Приложение: исполнение результатов, контрольных точек и мероприятий на 1 л." in text
    assert [block.name for block in document.blocks if isinstance(block, Table)] == ["Сводные данные", "Исполнение"]


# What must hold whatever the data

# Latin letters that nobody typed, the words of a slip, doubled or strayed marks.
SLIPS = re.compile(r"[A-Za-z]|(?<!\.)\.\.(?!\.)|\(\)|«»| [,;.](?!\.)|[;,]\.|  +\S")


def assert_good_russian(document: Document) -> None:
    text = "\n".join(line.lstrip() for line in as_text(document).splitlines())
    found = SLIPS.search(text)
    assert found is None, text[max(0, found.start() - 80) : found.end() + 40]


@pytest.mark.parametrize("code", [period.code for period in periods_of(2021)])
def test_no_period_says_none_or_a_latin_letter(code: str) -> None:
    assert_good_russian(build(code))


@pytest.mark.parametrize("code", ["2021", "2021-01", "2021-Q2"])
def test_an_empty_district_gets_whole_sentences(code: str) -> None:
    assert_good_russian(build(code, zarechny.EMPTY))


FORMS_BY_KIND = ({"срок", "срока", "сроку"}, {"срока", "сроков", "срокам"}, {"сроков", "срокам"})


def test_every_count_of_terms_agrees_wherever_it_is_said() -> None:
    """Counts of every ending, of which all or each third is done, in time or late."""
    rows = tuple(zarechny.row(n, str(n), f"Дело {n}", end="30.04.2021") for n in range(1, 126))
    records = tuple(
        Execution(n, n, Outcome.DONE, date(2021, 4, 30), date(2021, 4, 30 if n % 2 else 29) + timedelta(n % 3))
        for n in range(1, 126)
    )
    for count in (*range(26), 31, 32, 35, 100, 101, 102, 105, 111, 112, 114, 121, 122, 125):
        done = records[:: 1 if count % 2 else 3]
        snapshot = replace(zarechny.with_contents(items=rows[:count], indicators=()), executions=done)
        document = build("2021-H1", snapshot)
        assert_good_russian(document)
        for number, word in re.findall(r"(\d+) (срок\w*)", as_text(document)):
            assert word in FORMS_BY_KIND[kind_of(int(number))], f"{number} {word}"


def kind_of(number: int) -> int:
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


OUTCOMES = st.sampled_from(list(Outcome))
DAYS = st.dates(date(2019, 6, 1), date(2022, 6, 1))


@st.composite
def records(draw: st.DrawFn) -> tuple[Execution, ...]:
    """Records of any outcome for any row, in any order of days, with or without a window."""
    ids = [item.id for item in zarechny.ITEMS]
    return tuple(
        Execution(
            number, draw(st.sampled_from(ids)), draw(OUTCOMES), draw(st.none() | DAYS), draw(st.none() | DAYS),
            draw(st.none() | DAYS), reason=draw(st.sampled_from(["", "причина."])),
        )
        for number in range(draw(st.integers(0, 12)))
    )  # fmt: skip


@given(
    records(),
    st.sampled_from([period.code for period in periods_of(2021)]),
    st.dates(date(2021, 1, 1), date(2022, 12, 31)),
)
def test_any_records_give_a_whole_report(executions: tuple[Execution, ...], code: str, today: date) -> None:
    snapshot = replace(zarechny.SNAPSHOT, executions=executions, today=max(today, parse_period(code).start))
    assert_good_russian(build(code, snapshot))
