"""All papers as real files, read back: of the example district, and of one with everything that may go wrong."""

from dataclasses import replace
from datetime import date

import pytest

from cosdesk.demo import make_demo
from cosdesk.domain.district import Snapshot
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import Report, report, reports
from cosdesk.reports.document import Document
from cosdesk.reports.export import FORMATS, render
from cosdesk.reports.request import Request
from cosdesk.reports.typography import printable
from cosdesk.store.file import DistrictFile
from tests.reports import zarechny
from tests.reports.file_check import PROGRAM_WORDS, cut_cells, file_texts, words_nobody_typed
from tests.reports.typography_check import faults

TODAY = date(2026, 11, 22)
NASTY = (
    "<b>Жирный</b> & <para/> {{ district }} {% if %}", '=CMD("calc")!A1', "+7 (812) 000", "@SUM(A1)", "#Н/Д",
    "Текст\x00\x08\x1b[31m\u202eнаоборот\ufeff", "Сайты 🚀 обновлены 👩‍👩‍👧‍👦", "слово\nдругое\r\nтретье\tчетвёртое",
)  # fmt: skip
LONG = {"40 000 знаков": "слово " * 6_665 + "КОНЕЦ", "слово без пробела": "ж" * 50_000 + "КОНЕЦ"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Every paper of the example by its id, with the rounds of monitoring that suit it."""
    path = tmp_path_factory.mktemp("example") / "Район.cosdesk"
    make_demo(path, TODAY)
    papers = {}
    with DistrictFile.open(path, read_only=True) as file:
        snapshot = file.snapshot(TODAY)
        contents = snapshot.roadmaps[0]
        item_id = next(item.id for item in contents.items if item.number == "2.1")
        for known in reports():
            period = parse_period("2026-9M") if known.needs_period else None
            request = Request(contents.roadmap.id, period, item_id if known.needs_row else None)
            if known.id != "changes":  # nothing was approved in the example
                papers[known.id] = known.build(snapshot, completed(file, snapshot, known, request))
    return papers


def test_the_example_breaks_no_rule_of_typography(example: dict[str, Document]) -> None:
    assert {name: found for name, paper in example.items() if (found := faults(paper))} == {}


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_example_says_nothing_that_nobody_typed(example: dict[str, Document], file_format: str) -> None:
    found = {name: words_nobody_typed(render(paper, file_format), file_format) for name, paper in example.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_cell_of_the_example_is_cut_off(example: dict[str, Document]) -> None:
    found = {name: cut_cells(render(paper, "xlsx")) for name, paper in example.items()}
    assert {name: cells for name, cells in found.items() if cells} == {}


# A district where everything is wrong


def nasty() -> Snapshot:
    """Nasty text wherever a user or an import may put it."""
    def told(place: int) -> str:
        return NASTY[place % len(NASTY)]

    items = tuple(
        replace(item, title=told(place), expected=told(place + 1), responsible=(told(place + 2),))
        for place, item in enumerate(zarechny.ITEMS)
    )
    indicators = tuple(replace(each, title=told(place)) for place, each in enumerate(zarechny.INDICATORS))
    snapshot = zarechny.with_contents(items=items, indicators=indicators)
    district = replace(
        snapshot.district, name=told(0), office=told(1), head_name=told(5), head_position=told(6),
        coordinator_name=told(0), coordinator_position=told(2), name_genitive="", name_locative="",
    )  # fmt: skip
    schools = tuple(
        replace(school, name=told(place), head=told(place + 1), site=told(place + 2))
        for place, school in enumerate(snapshot.schools)
    )
    executions = tuple(
        replace(each, reason=told(place), measure=told(place + 3), comment=told(place + 5))
        for place, each in enumerate(snapshot.executions)
    )
    actuals = tuple(replace(each, reason=told(2), measure=told(5), source=told(7)) for each in snapshot.actuals)
    return replace(snapshot, district=district, schools=schools, executions=executions, actuals=actuals)


def paper(known: Report, snapshot: Snapshot, period: str = "2021-H1") -> Document:
    request = Request(period=parse_period(period) if known.needs_period else None)
    return known.build(snapshot, replace(request, item_id=3 if known.needs_row else None))


PAPERS = [known for known in reports() if known.id != "changes"]


@pytest.mark.parametrize("known", PAPERS, ids=lambda known: known.id)
def test_nasty_text_makes_whole_files(known: Report) -> None:
    document = paper(known, nasty())
    for file_format in FORMATS:
        content = render(document, file_format)
        told = " ".join(file_texts(content, file_format))
        assert PROGRAM_WORDS.findall(told) == []
        if file_format != "pdf":
            assert not set(told) & {"\x00", "\x08", "\x1b", "\u202e", "\ufeff"}
        if file_format == "xlsx":
            assert cut_cells(content) == []


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_comes_out_as_it_was_typed(text: str) -> None:
    items = tuple(replace(item, title=text, expected=text, responsible=(text,)) for item in zarechny.ITEMS)
    document = paper(report("roadmap"), zarechny.with_contents(items=items))
    typed = "".join(printable(text).split())
    for file_format in ("docx", "xlsx"):
        assert typed in "".join(" ".join(file_texts(render(document, file_format), file_format)).split())


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize(("name", "file_format"), [*(("row-plan", each) for each in FORMATS), ("roadmap", "xlsx")])
def test_text_without_end_is_whole(name: str, file_format: str, text: str) -> None:
    items = tuple(replace(item, expected=text) if item.id == 3 else item for item in zarechny.ITEMS)
    content = render(paper(report(name), zarechny.with_contents(items=items)), file_format)
    told = "".join("".join(file_texts(content, file_format)).split())
    assert "КОНЕЦ" in told and told.count(text[0]) >= text.count(text[0])
    if file_format == "xlsx":
        assert cut_cells(content) == []


@pytest.mark.parametrize("known", PAPERS, ids=lambda known: known.id)
@pytest.mark.parametrize("snapshot", [zarechny.SNAPSHOT, zarechny.EMPTY], ids=["план", "пусто"])
def test_a_period_before_the_plan_and_an_empty_district(known: Report, snapshot: Snapshot) -> None:
    """A paper, right in every letter, or one sentence that says why there is none."""
    if snapshot is zarechny.EMPTY and (known.needs_row or known.id == "letters"):
        with pytest.raises(UserError, match=r"^[А-Я][^{}]+\.$"):
            paper(known, snapshot)
        return
    document = paper(known, snapshot, "2001-Q1")
    assert faults(document) == []
    for file_format in FORMATS:
        assert words_nobody_typed(render(document, file_format), file_format) == []
