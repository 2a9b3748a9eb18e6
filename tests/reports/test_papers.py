"""Every paper by its form: from a whole district, from an empty one, from hostile text; words, counts and sheets."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.period import parse_period
from cosdesk.domain.person import Person
from cosdesk.domain.roadmap import Item, ItemKind
from cosdesk.errors import UserError
from cosdesk.forms.reading import form_source
from cosdesk.forms.report_form import report_form_paths
from cosdesk.reports.catalog import Report, answering, parse_written_form, report, reports
from cosdesk.reports.document import Document, LetterheadBlock, PageBreak, Table, Title
from cosdesk.reports.export import FORMATS, render
from cosdesk.reports.request import Request, Signer
from tests.reports import zarechny
from tests.reports.block_text import as_text
from tests.reports.typography_check import faults, texts

PAPERS = [known for known in reports() if known.id not in ("roadmap", "changes")]
WITHOUT_TYPED = [known for known in PAPERS if known.id != "analytical-report"]
HOSTILE = {
    "разметка": "<b>Жирный</b> & <para/> {{ district }} {% if %}",
    "формула": '=CMD("calc")!A1',
    "управляющие знаки": "Текст\x00\x08\x1b[31m\u202eнаоборот\ufeff",
    "длинный": "слово " * 7_000,
    "слово без пробела": "ж" * 100_000,
    "смайлик": "Сайты 🚀 обновлены 👩‍👩‍👧‍👦",
}


def paper(report_id: str, snapshot: Snapshot = zarechny.SNAPSHOT, **asked: object) -> Document:
    known = report(report_id)
    period = parse_period("2021-H1") if known.needs_period else None
    request = Request(period=period, item_id=3 if known.needs_row else None)
    return known.build(snapshot, replace(request, **asked))  # type: ignore[arg-type]


def words(report_id: str, **asked: object) -> str:
    return as_text(paper(report_id, **asked))  # type: ignore[arg-type]


def test_the_list_of_responsible_names_the_sections_of_the_plan() -> None:
    contents, school = zarechny.SNAPSHOT.roadmaps[0], zarechny.SNAPSHOT.schools[0]
    first, second = contents.sections[:2]
    items = (
        Item(901, ItemKind.ACTIVITY, "Первое", section_id=first.id, responsible=("Озёрова В.П., школы",)),
        Item(902, ItemKind.ACTIVITY, "Второе", section_id=second.id, responsible=("школы", "В.П. Озёрова")),
        Item(903, ItemKind.ACTIVITY, "Третье", section_id=second.id, responsible=("Озёрова В.П.", "")),
    )
    people = (
        Person(901, "Озёрова В.П.", full_name="Озёрова Вера Павловна", organisation=school.name),
        Person(902, "Липин С.С.", organisation=school.name),
    )
    plan = replace(contents, items=items)
    document = paper("appointment-order", replace(zarechny.SNAPSHOT, roadmaps=(plan,), people=people))
    rows = [row for block in document.blocks if isinstance(block, Table) for row in block.rows]
    areas = {row.cells[2].value: row.cells[4].value for row in rows if row.cells[2].value}
    titles = "; ".join(" ".join(section.title.split()).rstrip(".") for section in (first, second))
    assert areas == {"Озёрова Вера Павловна": titles, "Липин С.С.": ""}


@pytest.mark.parametrize("known", PAPERS, ids=lambda known: known.id)
def test_no_paper_breaks_the_rules_of_typography(known: Report) -> None:
    for snapshot in (zarechny.SNAPSHOT, replace(zarechny.SNAPSHOT, schools=())):
        if known.id == "letters" and not snapshot.schools:
            continue
        for item_id in (3, 4, 10) if known.needs_row else (None,):
            assert faults(paper(known.id, snapshot, item_id=item_id)) == []


@pytest.mark.parametrize("known", WITHOUT_TYPED, ids=lambda known: known.id)
def test_a_district_without_data_gets_whole_papers(known: Report) -> None:
    """With nothing at all in the file a paper is a blank to fill, or one sentence says why there is none."""
    request = Request(period=parse_period("2021-H1"))
    if known.needs_row:
        with pytest.raises(UserError, match=r"Выберите строку.*\.$"):
            known.build(zarechny.EMPTY, request)
        return
    document = known.build(zarechny.EMPTY, request)
    assert faults(document) == []
    assert render(document, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_out_literal_and_whole(text: str) -> None:
    items = tuple(replace(item, title=text, expected=text) for item in zarechny.ITEMS)
    district = replace(zarechny.DISTRICT, office=text, head_name=text, coordinator_position=text)
    snapshot = replace(zarechny.with_contents(items=items), district=district)
    for known in ("row-plan", "appointment-order", "letter"):
        document = paper(known, snapshot)
        assert "{{ district }}" in " ".join(texts(document)) or "{{" not in text
        assert PdfReader(BytesIO(render(document, "pdf"))).pages
    for file_format in FORMATS[1:]:
        assert render(paper("row-plan", snapshot), file_format)


def test_the_order_names_people_in_their_cases() -> None:
    text = words("appointment-order")
    assert "Назначить муниципальным координатором Петрову Анну Сергеевну." in text
    kept = Person(1, "Петрова А.С.", full_name="Петрова Анна Сергеевна", accusative="Петрову Анну (проверено)")
    assert "координатором Петрову Анну (проверено)" in words(
        "appointment-order", snapshot=replace(zarechny.SNAPSHOT, people=(kept,))
    )
    unknown = replace(zarechny.SNAPSHOT, district=replace(zarechny.DISTRICT, coordinator_name="А. Ли"))
    assert "Назначить муниципального координатора: А. Ли" in words("appointment-order", snapshot=unknown)


def test_a_letter_counts_the_sheets_of_its_annex() -> None:
    document = paper("letter", item_id=3)
    assert "на 1 л. в 1 экз." in as_text(document)
    pages = PdfReader(BytesIO(render(document, "pdf"))).pages
    annex = [number for number, page in enumerate(pages) if "Приложение к письму" in page.extract_text()]
    assert len(pages) - annex[0] == 1


def test_the_sheets_counted_are_the_real_ones() -> None:
    from cosdesk.reports.pdf import annex_sheets

    schools = tuple(replace(zarechny.SCHOOLS[0], id=number, name=f"Школа {number}") for number in range(1, 90))
    document = paper("appointment-order", replace(zarechny.SNAPSHOT, schools=schools))
    counted = annex_sheets(document)
    pages = PdfReader(BytesIO(render(document, "pdf"))).pages
    assert counted == (len(pages) - 1,) and counted[0] > 2


def test_letters_to_all_are_one_file_with_a_letter_each() -> None:
    document = paper("letters")
    restarts = [block for block in document.blocks if isinstance(block, PageBreak) and block.restart]
    assert len(restarts) == len(zarechny.SCHOOLS) - 1
    addressees = [block.addressee[1] for block in document.blocks if isinstance(block, LetterheadBlock)]
    assert addressees == [school.name for school in zarechny.SCHOOLS]
    pages = [page.extract_text() for page in PdfReader(BytesIO(render(document, "pdf"))).pages]
    assert len(pages) == 2 * len(zarechny.SCHOOLS)
    # Each letter is numbered on its own: its second sheet bears a 2, no sheet a greater number.
    assert sum(page.strip().startswith("2") or page.strip().endswith("2") for page in pages) >= len(zarechny.SCHOOLS)


def test_contacts_can_be_hidden() -> None:
    shown, hidden = words("appointment-order"), words("appointment-order", contacts=False)
    assert "Телефон" in shown and "2-11-22" in shown
    assert "Телефон" not in hidden and "Электронная почта" not in hidden and "2-11-22" not in hidden


def test_sections_can_be_left_out_and_another_may_sign() -> None:
    text = words("analytical-note", left_out=frozenset({"analysis"}), signer=Signer("И.о. начальника", "Орлова Е.К."))
    assert "Анализ и динамика" not in text and "4. Выводы" in text and "5. Рекомендации" in text
    assert "ПОДПИСЬ И.о. начальника ... Е.К. Орлова" in text


def test_a_paper_of_a_row_asks_for_the_row() -> None:
    with pytest.raises(UserError, match="Выберите строку"):
        paper("letter", item_id=None)
    with pytest.raises(UserError, match="Такой строки"):
        paper("letter", item_id=999)


@pytest.mark.parametrize(
    ("expected", "first"),
    [
        ("Справка по итогам мониторинга, список школ", "monitoring-note"),
        ("Информационно-аналитическая справка", "analytical-note"),
        ("Приказ о назначении ответственных лиц", "appointment-order"),
        ("Утверждён медиаплан", "media-plan"),
        ("Реестр обновленных ресурсов", "resources-register"),
        ("Протокол совещания", "minutes"),
        ("Письмо в образовательные организации", "letter"),
        ("План мероприятий", "row-plan"),
    ],
)
def test_a_rows_expected_document_is_known(expected: str, first: str) -> None:
    assert answering(expected)[0].id == first


def test_what_nobody_makes_is_answered_by_nothing() -> None:
    assert answering("Контракт") == () and answering("") == ()


def test_titles_that_decline_go_into_the_sentence() -> None:
    items = tuple(replace(item, title="Мониторинг официальных сайтов") for item in zarechny.ITEMS)
    snapshot = zarechny.with_contents(items=items)
    assert "О мониторинге официальных сайтов" in words("letter", snapshot=snapshot)
    title = next(block for block in paper("monitoring-note", snapshot).blocks if isinstance(block, Title))
    assert title.lines[1] == "по итогам мониторинга официальных сайтов"
    verbal = tuple(replace(item, title="Провести сверку") for item in zarechny.ITEMS)
    snapshot = zarechny.with_contents(items=verbal)
    assert "Об исполнении пункта 1.2 плана мероприятий" in words("letter", snapshot=snapshot)


def test_one_whole_sentence_for_a_district_without_a_plan() -> None:
    nothing = Snapshot(District("Дальний район"), today=date(2022, 3, 1))
    for known in PAPERS:
        with pytest.raises(UserError, match=r"\.$"):
            known.build(nothing, Request(period=parse_period("2021")))


@pytest.mark.parametrize("path", report_form_paths().values(), ids=lambda path: path.stem)
def test_the_templates_of_the_forms_that_come_with_the_program_are_sound(path: Path) -> None:
    """They are not checked anew at every start."""
    assert parse_written_form(form_source(path), path, checked=True).id == path.stem
