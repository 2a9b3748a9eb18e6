"""Each of the five kinds, as a Word file made here: the form found, the rows, and nothing lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.domain.roadmap import ItemKind, Part, RoadmapContents, StampKind
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.draft import Draft, RowRole
from cosdesk.intake.reading import read_outline
from cosdesk.intake.recognise import recognise
from tests.intake.accounting import lost
from tests.intake.builders import KINDS, write_docx


def draft_of(path: Path) -> Draft:
    return recognise(read_outline(path), roadmap_forms())


@pytest.fixture
def contents(request: pytest.FixtureRequest, tmp_path: Path) -> RoadmapContents:
    return draft_of(write_docx(tmp_path / "карта.docx", KINDS[request.param]())).contents


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_is_found_and_nothing_is_lost(kind: str, tmp_path: Path) -> None:
    outline = read_outline(write_docx(tmp_path / "карта.docx", KINDS[kind]()))
    draft = recognise(outline, roadmap_forms())
    assert draft.form.id == draft.contents.roadmap.form == kind
    assert lost(outline, draft) == []
    assert (draft.contents.unplaced, draft.placed) == ((), draft.cells)


@pytest.mark.parametrize("contents", ["results-plan"], indirect=True)
def test_a_plan_numbered_by_word(contents: RoadmapContents) -> None:
    levels = contents.levels()
    assert [(item.number, levels[item.id], item.kind) for item in contents.items] == [
        ("1", 0, ItemKind.RESULT),
        ("1.1", 1, ItemKind.ACTIVITY),
        ("1.2", 1, ItemKind.MILESTONE),
        ("2", 0, ItemKind.RESULT),
        ("2.1", 1, ItemKind.ACTIVITY),
    ]
    second = contents.items[1]
    assert second.responsible == ("Петрова А.С.", "Сидоров П.И.")
    assert second.expected == "справка,\nсписок школ"
    assert (second.term.start, second.term.end) == ("10.03.2021", "30.11.2021")
    assert contents.roadmap.title.splitlines()[0] == "ПЛАН МЕРОПРИЯТИЙ"
    assert contents.roadmap.project == "Цифровая среда школы"
    assert contents.roadmap.years == (2021, 2024)


@pytest.mark.parametrize("contents", ["results-plan"], indirect=True)
def test_an_annex_of_bands(contents: RoadmapContents) -> None:
    first, second, third = contents.indicators
    assert (first.territory, first.unit, first.baseline) == ("Заречный район", "процент", Decimal("16.7"))
    assert first.baseline_on == date(2020, 11, 1)
    assert {target.period: target.value for target in third.targets} == {
        "2021": 0, "2022": Decimal("12.5"), "2023": 30, "2024": Decimal("62.5"),
    }  # fmt: skip
    assert (second.targets, second.territory, second.baseline) == ((), "", None)


@pytest.mark.parametrize("contents", ["results-plan"], indirect=True)
def test_a_stamp_of_paragraphs(contents: RoadmapContents) -> None:
    (stamp,) = contents.stamps
    assert (stamp.kind, stamp.heading, stamp.side) == (StampKind.APPROVED, "УТВЕРЖДЕН", "right")
    assert stamp.position == "главой Заречного района, руководителем совета по развитию"
    assert stamp.on == date(2021, 1, 11)


@pytest.mark.parametrize("contents", ["indicator-activities"], indirect=True)
def test_heaped_rows_are_parted(contents: RoadmapContents) -> None:
    assert contents.roadmap.goal == "создание современной среды обучения в школах Заречного района."
    tops = contents.children(None)
    assert [(top.number, top.kind) for top in tops] == [(str(n), ItemKind.INDICATOR) for n in (1, 2, 3, 4)]
    terms = [[child.term.wording for child in contents.children(top.id)] for top in tops]
    assert terms == [["август"], ["До конца 2021 года", "4 квартал 2021 года"], ["Август"] * 3, [""] * 3]
    assert tops[3].term.wording == "Май\nСентябрь"
    assert contents.children(tops[2].id)[0].responsible == ("Сидоров П.И. 8(00000)12345",)
    targets = [
        (i.item_id, i.unit, i.targets[0].period, i.targets[0].value, i.targets[0].text) for i in contents.indicators
    ]
    assert targets[1] == (tops[1].id, "процент", "2021", 5, "Не менее 5%")


@pytest.mark.parametrize("contents", ["sections"], indirect=True)
def test_sections_with_and_without_their_word(contents: RoadmapContents) -> None:
    assert [(section.number, section.title, section.part) for section in contents.sections] == [
        ("Направление 1", "Организация", Part.PLAN),
        ("2", "Инфраструктура", Part.PLAN),
    ]
    assert [(item.number, item.section_id) for item in contents.items] == [
        ("1.1", 1),
        ("1.2", 1),
        ("2.1", 2),
        ("2.2", 2),
    ]
    cut = contents.items[2]
    assert cut.title == "Вести переписку в электронном виде на основе данных оборудования и отчётов"
    assert cut.expected == "Переход на безбумажную работу, сбор, обработка сведений"
    assert contents.items[1].responsible == ("Петрова А.С.", "руководители школ")
    assert contents.roadmap.years == (2021, 2024)
    (stamp,) = contents.stamps
    assert (stamp.position, stamp.name, stamp.on) == ("Глава Заречного района", "А.Б. Берёзкин", None)


@pytest.mark.parametrize("contents", ["three-part"], indirect=True)
def test_three_parts(contents: RoadmapContents) -> None:
    assert contents.roadmap.goal == "Создание условий для внедрения современной цифровой среды."
    first, second = contents.indicators
    assert (first.number, first.type, first.total) == ("1", "Основной", 52)
    assert second.title.endswith("для которых формируется цифровой образовательный профиль, %")
    assert (second.unit, second.total) == ("процент", Decimal("62.5"))
    parts = {section.id: section.part for section in contents.sections}
    assert [(parts[item.section_id or 0], item.number, item.kind) for item in contents.items] == [
        (Part.RESULTS, "1", ItemKind.RESULT),
        (Part.RESULTS, "1.1", ItemKind.RESULT),
        (Part.RESULTS, "1.3", ItemKind.RESULT),
        (Part.PLAN, "1", ItemKind.MILESTONE),
        (Part.PLAN, "1.1", ItemKind.MILESTONE),
        (Part.PLAN, "1.1.1", ItemKind.ACTIVITY),
    ]
    cut = contents.items[1]
    assert cut.title == "Не менее чем 20 % школ обновили сайты и иные общедоступные ресурсы"
    assert cut.expected == "Обновление позволит:\n- показать сведения;\n- создать обратную связь"
    assert contents.items[3].term.start == "-"


@pytest.mark.parametrize("contents", ["controlled"], indirect=True)
def test_targets_inside_terms(contents: RoadmapContents) -> None:
    kinds = [item.kind for item in contents.items]
    assert kinds == [ItemKind.RESULT, ItemKind.RESULT, ItemKind.INDICATOR, ItemKind.INDICATOR]
    share, count = contents.indicators
    assert (share.item_id, share.unit, share.number) == (3, "процент", "3")
    assert [(target.period, target.value) for target in share.targets] == [
        ("2021", 15), ("2022", Decimal("30.5")), ("2023", 50),
    ]  # fmt: skip
    assert (count.item_id, count.unit, [target.value for target in count.targets]) == (4, "единица", [0, 5, 5])
    cut = contents.items[1]
    assert (cut.title, cut.responsible) == ("Сформирован перечень оборудования", ("Муниципальный координатор",))
    assert cut.controller == ("Заместитель начальника управления образования",)
    assert contents.items[3].controller == ("Заместитель главы района, начальник управления",)
    assert contents.roadmap.years == (2021, 2023)


@pytest.mark.parametrize("contents", ["controlled"], indirect=True)
def test_stamps_side_by_side_in_a_table(contents: RoadmapContents) -> None:
    agreed, approved = contents.stamps
    assert (agreed.kind, agreed.side, agreed.name) == (StampKind.AGREED, "left", "В.Г.Осинин")
    assert agreed.position == "Директор департамента образования Приозёрной области"
    assert (approved.kind, approved.side, approved.name) == (StampKind.APPROVED, "right", "А.Б. Берёзкин")
    assert (approved.position, approved.on) == ("Глава администрации Заречного района", None)


def test_what_each_row_became_is_told(tmp_path: Path) -> None:
    draft = draft_of(write_docx(tmp_path / "карта.docx", KINDS["three-part"]()))
    assert [table.part for table in draft.tables] == [Part.INDICATORS, Part.RESULTS, Part.PLAN]
    roles = [[row.role for row in table.rows] for table in draft.tables]
    head, row, rest = RowRole.HEADING, RowRole.ITEM, RowRole.CONTINUATION
    assert roles[0] == [head, head, RowRole.INDICATOR, RowRole.INDICATOR, rest]
    assert roles[1] == [head, row, row, head, rest, row]
    assert roles[2] == [head, head, RowRole.COLUMN_NUMBERS, row, row, row]
    assert [(w.place, w.message.split(":")[0]) for w in draft.warnings] == [
        ("таблица 1", "Строки без номера присоединены к предыдущим"),
        ("таблица 2", "Строки без номера присоединены к предыдущим"),
        ("таблица 2", "Из ячеек убраны остатки разметки («<p>» и подобное)"),
    ]
