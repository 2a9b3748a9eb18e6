"""Excel twins filled in by hand come back: as the program wrote them, and as LibreOffice saved them."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from cosdesk.cli import program
from cosdesk.demo import make_demo
from cosdesk.domain.district import District
from cosdesk.domain.execution import Outcome
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.intake.answer_twin import TwinWorkbook, read_twin, read_twin_isolated
from cosdesk.intake.reading import read_outline
from cosdesk.paper_request import completed
from cosdesk.reports.catalog import report
from cosdesk.reports.export import render
from cosdesk.reports.request import Request
from cosdesk.store.closed_periods import standing_closure
from cosdesk.store.file import DistrictFile
from cosdesk.store.periods import close_period
from cosdesk.store.roadmaps import change_item
from cosdesk.twin_changes import Proposal, Verdict, is_new_document, material, propose
from cosdesk.twin_taking import take

TODAY = date(2021, 11, 20)
PERIOD = "2021-Q3"
"""A period whose report has terms done and undone."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twins")
    make_demo(folder / "район.cosdesk", TODAY)
    return folder


@pytest.fixture
def district(made: Path, tmp_path: Path) -> Iterator[DistrictFile]:
    shutil.copy(made / "район.cosdesk", tmp_path / "район.cosdesk")
    with DistrictFile.open(tmp_path / "район.cosdesk") as file:
        yield file


def written(file: DistrictFile, folder: Path, report_id: str, item_id: int | None = None) -> Path:
    snapshot = file.snapshot(TODAY)
    found = report(report_id)
    period = parse_period(PERIOD) if found.needs_period else None
    request = completed(file, snapshot, found, Request(snapshot.roadmaps[0].roadmap.id, period, item_id))
    path = folder / f"{report_id}.xlsx"
    path.write_bytes(render(found.build(snapshot, request), "xlsx"))
    return path


def filled(path: Path, fill: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(path)
    fill(book)
    book.save(path)
    return path


def read(path: Path) -> TwinWorkbook:
    found = read_twin(path)
    assert isinstance(found, TwinWorkbook)
    return found


def proposal_of(file: DistrictFile, path: Path) -> Proposal:
    book = read(path)
    return propose(material(file, file.snapshot(TODAY), book), book)


def taken(file: DistrictFile, found: Proposal, everything: bool = False) -> None:
    chosen = [change for change in found.offered if everything or change.verdict.is_plain]
    with file.edit("Из книги") as edit:
        take(edit, file.snapshot(TODAY), found, chosen)


def head(sheet: Any) -> tuple[int, dict[str, int]]:
    """The row of headings, and the columns by heading."""
    for row in sheet.iter_rows():
        if any(cell.value == "id" for cell in row):
            return row[0].row, {str(cell.value): cell.column for cell in row if cell.value is not None}
    raise AssertionError(f"no table on the sheet {sheet.title}")


def cell(sheet: Any, row_id: str, heading: str) -> Any:
    _, columns = head(sheet)
    for row in sheet.iter_rows():
        if str(row[columns["id"] - 1].value).split(" ")[0] == row_id:
            return row[next(c for h, c in columns.items() if h.startswith(heading)) - 1]
    raise AssertionError(f"no row {row_id}")


def terms(sheet: Any, status: str) -> list[str]:
    """The hidden ids of terms with that status."""
    top, columns = head(sheet)
    return [
        str(row[columns["id"] - 1].value)
        for row in sheet.iter_rows(min_row=top + 1)
        if row[columns["Статус"] - 1].value == status
    ]


@pytest.mark.parametrize("report_id", ["roadmap", "analytical-report", "indicator-summary", "resources-register"])
def test_an_untouched_twin_changes_nothing(district: DistrictFile, tmp_path: Path, report_id: str) -> None:
    path = written(district, tmp_path, report_id)
    filled(path, lambda book: None)
    found = proposal_of(district, path)
    assert (found.changes, found.notes) == ((), ())


def test_rows_of_the_roadmap_come_back_in_one_edit(district: DistrictFile, tmp_path: Path) -> None:
    before = district.snapshot(TODAY)
    item = before.roadmaps[0].items[2]

    def fill(book: Any) -> None:
        sheet = book["Дорожная карта"]
        cell(sheet, f"item:{item.id}", "Срок").value = "до 01.12.2022"
        cell(sheet, f"item:{item.id}", "Ответственн").value = "Отдел образования\nМетодический кабинет"

    found = proposal_of(district, filled(written(district, tmp_path, "roadmap"), fill))
    assert [change.verdict for change in found.changes] == [Verdict.OFFERED] * 2
    taken(district, found)
    after = next(row for row in district.snapshot(TODAY).roadmaps[0].items if row.id == item.id)
    assert (after.term.text, after.responsible) == ("до 01.12.2022", ("Отдел образования", "Методический кабинет"))
    district.undo()
    assert district.snapshot(TODAY).roadmaps == before.roadmaps


def test_rows_moved_and_columns_moved_are_known_by_their_ids(district: DistrictFile, tmp_path: Path) -> None:
    items = district.snapshot(TODAY).roadmaps[0].items

    def fill(book: Any) -> None:
        sheet = book["Дорожная карта"]
        cell(sheet, f"item:{items[0].id}", "Срок").value = "до 01.12.2022"
        top, columns = head(sheet)
        body = [[c.value for c in row] for row in sheet.iter_rows(min_row=top + 1, max_col=columns["id"])]
        body = [row for row in body if row[-1]]
        for number, row in enumerate(reversed(body), top + 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.insert_cols(1)

    found = proposal_of(district, filled(written(district, tmp_path, "roadmap"), fill))
    assert [(change.key.id, change.given) for change in found.changes if change.key] == [(items[0].id, "до 01.12.2022")]


def test_rows_added_by_hand_are_new_rows_after_their_neighbour(district: DistrictFile, tmp_path: Path) -> None:
    contents = district.snapshot(TODAY).roadmaps[0]
    item = contents.items[1]

    def fill(book: Any) -> None:
        sheet = book["Дорожная карта"]
        place = cell(sheet, f"item:{item.id}", "Срок").row + 1
        sheet.insert_rows(place, 2)
        _, columns = head(sheet)
        title = next(c for h, c in columns.items() if h.startswith(("Мероприят", "Наименование")))
        for number, text in enumerate(("Первая новая строка", "Вторая новая строка")):
            sheet.cell(place + number, title).value = text

    found = proposal_of(district, filled(written(district, tmp_path, "roadmap"), fill))
    assert [change.verdict for change in found.changes] == [Verdict.ADDED] * 2
    taken(district, found)
    titles = [row.title for row in district.snapshot(TODAY).roadmaps[0].items]
    place = titles.index(item.title)
    assert titles[place + 1 : place + 3] == ["Первая новая строка", "Вторая новая строка"]
    assert len(titles) == len(contents.items) + 2


def test_executions_come_back_from_the_report(district: DistrictFile, tmp_path: Path) -> None:
    path = written(district, tmp_path, "analytical-report")
    ids: list[str] = []

    def fill(book: Any) -> None:
        sheet = book["Исполнение"]
        ids.extend(terms(sheet, "Не выполнено")[:2])
        cell(sheet, ids[0], "Срок: факт").value = datetime(2021, 10, 5)
        cell(sheet, ids[0], "Комментарий").value = "Сделано с опозданием. Причина: поставка задержана."
        cell(sheet, ids[1], "Статус").value = "Отменено"

    found = proposal_of(district, filled(path, fill))
    assert {change.verdict for change in found.changes} <= {Verdict.OFFERED, Verdict.CONFLICT}, found.changes
    taken(district, found, everything=True)
    records = {(r.item_id, r.window_end): r for r in district.snapshot(TODAY).executions}
    first, second = (records[int(i.split(":")[1]), date.fromisoformat(i.split(":")[2])] for i in ids)
    assert (first.outcome, first.on, first.comment) == (Outcome.DONE, date(2021, 10, 5), "Сделано с опозданием.")
    assert first.reason == "поставка задержана."
    assert second.outcome is Outcome.CANCELLED


def test_values_of_indicators_come_back(district: DistrictFile, tmp_path: Path) -> None:
    snapshot = district.snapshot(TODAY)
    counted = {each.indicator_id for each in snapshot.counted}
    free = [i for i in snapshot.roadmaps[0].indicators if i.id not in counted and i.numerator_of is None][:2]

    def fill(book: Any) -> None:
        sheet = book["Показатели"]
        cell(sheet, f"indicator:{free[0].id}", "Факт на").value = 61.5
        cell(sheet, f"indicator:{free[0].id}", "Причин").value = "Не хватило мест"
        cell(sheet, f"indicator:{free[1].id}", "Факт на").value = "28 из 34"
        cell(sheet, f"indicator:{free[1].id}", "Статус").value = "Перевыполнено"

    found = proposal_of(district, filled(written(district, tmp_path, "analytical-report"), fill))
    refused = [change for change in found.changes if change.verdict is Verdict.REFUSED]
    assert [change.note for change in refused] == ["Эту графу программа заполняет сама."]
    taken(district, found, everything=True)
    actuals = {(a.indicator_id, a.period): a for a in district.snapshot(TODAY).recorded}
    first, second = (actuals[indicator.id, PERIOD] for indicator in free)
    assert (first.value, first.reason) == (Decimal("61.5"), "Не хватило мест")
    assert (second.numerator, second.denominator) == (28, 34)


def test_what_changed_on_both_sides_is_asked_about(district: DistrictFile, tmp_path: Path) -> None:
    item = district.snapshot(TODAY).roadmaps[0].items[0]
    path = written(district, tmp_path, "roadmap")
    filled(path, lambda book: setattr(cell(book["Дорожная карта"], f"item:{item.id}", "Срок"), "value", "май 2022 г."))
    with district.edit("Строка") as edit:
        change_item(edit, replace(item, term=replace(item.term, wording="июнь 2022 г.", start="", end="")))
    (change,) = proposal_of(district, path).changes
    assert (change.verdict, change.now, change.given) == (Verdict.CONFLICT, "июнь 2022 г.", "май 2022 г.")


@pytest.mark.parametrize(
    ("heading", "value", "told"),
    [
        ("Срок: факт", "скоро", "не дата"),
        ("Срок: факт", datetime(2031, 1, 1), "ещё не наступил"),
        ("Статус", "Выполнено", "Укажите в книге и дату"),
        ("Статус", "В работе", "программа считает сама"),
        ("Комментарий", "=1+1", "Формула без сохранённого значения"),
        ("Ответственный", "Другой отдел", "меняется в дорожной карте"),
    ],
)
def test_what_cannot_be_taken_is_told(
    district: DistrictFile, tmp_path: Path, heading: str, value: object, told: str
) -> None:
    def fill(book: Any) -> None:
        sheet = book["Исполнение"]
        cell(sheet, terms(sheet, "Не выполнено")[0], heading).value = value

    (change,) = proposal_of(district, filled(written(district, tmp_path, "analytical-report"), fill)).changes
    assert change.verdict is Verdict.REFUSED and told in change.note


def test_a_closed_period_takes_no_values(district: DistrictFile, tmp_path: Path) -> None:
    indicator = district.snapshot(TODAY).roadmaps[0].indicators[0]
    path = written(district, tmp_path, "analytical-report")
    filled(path, lambda book: setattr(cell(book["Показатели"], f"indicator:{indicator.id}", "Факт на"), "value", 3))
    with district.edit("Закрытие") as edit:
        close_period(edit, PERIOD)
        assert standing_closure(edit.database, PERIOD) is not None
    (change,) = proposal_of(district, path).changes
    assert change.verdict is Verdict.REFUSED and "закрыт" in change.note


def test_twins_of_others_and_broken_ones_are_refused_whole(district: DistrictFile, tmp_path: Path, made: Path) -> None:
    path = written(district, tmp_path, "roadmap")
    another = tmp_path / "чужая.xlsx"
    shutil.copy(path, another)

    def spoil(book: Any) -> None:
        book["Служебный"]["B2"].value = "someone"

    with pytest.raises(UserError, match="изменены служебные сведения"):
        proposal_of(district, filled(another, spoil))
    content = path.read_bytes()
    broken = tmp_path / "битая.xlsx"
    broken.write_bytes(content[: len(content) // 2])
    with pytest.raises(UserError):
        read_twin_isolated(broken)
    plain = tmp_path / "простая.xlsx"
    openpyxl.Workbook().save(plain)
    assert read_twin_isolated(plain) is None


def test_the_hidden_sheet_is_no_part_of_the_document(district: DistrictFile, tmp_path: Path) -> None:
    outline = read_outline(written(district, tmp_path, "roadmap"))
    assert not any("Служебный" in block.name for block in outline.grids)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_what_libreoffice_saved_comes_back_alike(district: DistrictFile, tmp_path: Path) -> None:
    item = district.snapshot(TODAY).roadmaps[0].items[0]
    path = written(district, tmp_path, "roadmap")
    filled(path, lambda book: setattr(cell(book["Дорожная карта"], f"item:{item.id}", "Срок"), "value", "май 2022 г."))
    profile = (tmp_path / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(tmp_path / "lo"), str(path)], check=True, capture_output=True, timeout=120)
    (change,) = proposal_of(district, tmp_path / "lo" / path.name).changes
    assert change.given == "май 2022 г."


def test_answers_of_schools_come_back_from_the_register(district: DistrictFile, tmp_path: Path) -> None:
    item_id = next(found.item_id for found in district.snapshot(TODAY).rounds if found.item_id and found.answered)
    path = written(district, tmp_path, "monitoring-note", item_id)
    before = read(path)
    assert before.identity is not None
    round_id = before.identity.round_id
    assert round_id is not None
    held = material(district, district.snapshot(TODAY), before)
    assert held.desk is not None
    question = next(q for q in held.desk.form.questions if q.is_number)
    school_id = next(a.school_id for a in held.desk.answers.values() if a.values.get(question.key) is not None)

    def fill(book: Any) -> None:
        sheet = next(s for s in book if any(c.value == question.heading for row in s.iter_rows() for c in row))
        cell(sheet, f"school:{school_id}", question.heading).value = 77

    found = proposal_of(district, filled(path, fill))
    assert [change.heading for change in found.changes] == [question.heading]
    taken(district, found)
    answers = {answer.school_id: answer for answer in district.answers(round_id)}
    assert answers[school_id].values[question.key] == 77


def test_import_tells_what_it_took(made: Path, tmp_path: Path) -> None:
    file = tmp_path / "район.cosdesk"
    shutil.copy(made / "район.cosdesk", file)
    with DistrictFile.open(file) as district:
        path = written(district, tmp_path, "roadmap")
        item = district.snapshot(TODAY).roadmaps[0].items[0]
    filled(path, lambda book: setattr(cell(book["Дорожная карта"], f"item:{item.id}", "Срок"), "value", "май 2022 г."))
    checked = CliRunner().invoke(program, ["import", str(file), str(path), "--dry-run"])
    assert checked.exit_code == 0 and "ничего не записано" in checked.output
    assert "май 2022 г." in checked.output
    done = CliRunner().invoke(program, ["import", str(file), str(path)])
    assert done.exit_code == 0 and "взято: 1" in done.output
    again = CliRunner().invoke(program, ["import", str(file), str(path)])
    assert again.exit_code == 0 and "нет ничего нового" in again.output


def test_the_roadmap_of_another_district_is_a_new_document(district: DistrictFile, tmp_path: Path) -> None:
    path = written(district, tmp_path, "roadmap")
    with DistrictFile.create(tmp_path / "другой.cosdesk", District("Другой район")) as other:
        assert is_new_document(other.snapshot(TODAY), read(path))
        report_book = read(written(district, tmp_path, "analytical-report"))
        with pytest.raises(UserError, match="другого района"):
            propose(material(other, other.snapshot(TODAY), report_book), report_book)
