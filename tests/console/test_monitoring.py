"""Schools, rounds, workbooks, answers, indicators and papers from the command line."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cosdesk.demo import make_demo
from cosdesk.store.evidence import expect_papers, prove_round, prove_value
from cosdesk.store.file import DistrictFile
from tests.console.calling import Cosdesk, assert_told
from tests.rounds import GOOD, fill


@pytest.fixture
def november(tmp_path: Path) -> Path:
    path = tmp_path / "Заречный район.cosdesk"
    make_demo(path, date(2026, 11, 22))
    return path


def test_a_round_from_its_beginning_to_the_indicator(cosdesk: Cosdesk, november: Path, tmp_path: Path) -> None:
    begun = cosdesk("round", november, "new", "platform", "--period", "2026-Q2", "--due", "30.12.2099")
    assert begun.code == 0 and "Школ: 12" in begun.out and "Считает показатель 4" in begun.out
    out = tmp_path / "школам"
    assert cosdesk("workbooks", november, "platform", "-o", out).code == 0
    books = sorted(out.glob("*.xlsx"))
    assert len(books) == 12 and len(list(out.glob("*.eml"))) == 12
    heap = tmp_path / "ответы"
    heap.mkdir()
    for number, book in enumerate(books[:3]):
        wrong = {"teachers_using": "три"} if number == 2 else {"teachers_using": 1, "learners_using": 3}
        (heap / f"{number}.xlsx").write_bytes(fill(book.read_bytes(), {**GOOD["platform"], **wrong}))
    (heap / "прочее.txt").write_text("не ответ", "utf-8")
    found = cosdesk("collect", november, heap, "--replies", tmp_path / "письма", "--json").data
    assert [each["state"] for each in found["files"]] == ["accepted", "accepted", "sent_back", "refused"]
    assert found["written"] == 3
    wrong_file = found["files"][2]
    assert wrong_file["school"] and wrong_file["remarks"][0]["cell"].startswith("D")
    assert len(list((tmp_path / "письма").glob("*.eml"))) == 1
    data = cosdesk("indicators", november, "--period", "2026-Q2", "--json").data
    fourth = data["indicators"][3]
    assert (fourth["numerator"], fourth["denominator"], fourth["actual"]) == (2, 2, 100)
    assert fourth["by_hand"] == 83.3 and fourth["difference"] == 16.7 and fourth["preliminary"]
    assert len(fourth["schools"]) == 12 and sum(school["numerator"] or 0 for school in fourth["schools"]) == 2
    shown = cosdesk("show", november, "--json").data
    newest = shown["rounds"][0]
    assert (newest["asked"], newest["answered"], len(newest["waiting"])) == (12, 2, 10)
    states = {answer["state"] for answer in newest["answers"]}
    assert len(newest["answers"]) == 12 and states == {"received", "rework", "sent"}
    sent_back = next(answer for answer in newest["answers"] if answer["state"] == "rework")
    assert sent_back["remarks"][0]["cell"].startswith("D") and sent_back["values"]["learners_using"] == 40
    assert not any(item["at_risk"] or item["cancelled"] for item in shown["roadmaps"][0]["items"][:3])


def test_a_second_round_of_one_form_and_period_is_told(cosdesk: Cosdesk, november: Path) -> None:
    first = cosdesk("round", november, "new", "counts", "--period", "2026-09")
    again = cosdesk("round", november, "new", "counts", "--period", "2026-09")
    assert "уже есть" not in first.out and "мониторинг уже есть (номер" in again.out
    wrong = cosdesk("workbooks", november, "99", "-o", november.parent / "out")
    assert_told(wrong)
    assert ".." not in wrong.err


def test_a_file_without_a_roadmap_has_no_indicators_and_says_so(cosdesk: Cosdesk, tmp_path: Path) -> None:
    path = tmp_path / "Новый.cosdesk"
    cosdesk("new", path, "--district", "Новый район")
    assert cosdesk("indicators", path).out.startswith("Показателей в файле нет")
    assert "Нет ни одного." in cosdesk("evidence", path, "--missing").out


def test_the_demo_s_rounds_count_what_was_typed(november: Path) -> None:
    with DistrictFile.open(november, read_only=True) as file:
        snapshot = file.snapshot(date(2026, 11, 22))
    recorded = {(a.indicator_id, a.period): (a.numerator, a.denominator) for a in snapshot.recorded}
    assert len(snapshot.counted) == 3
    for counted in snapshot.counted:
        assert recorded[counted.indicator_id, counted.period] == (counted.numerator, counted.denominator)
    running = snapshot.rounds[0]
    assert running.is_open and not running.is_late(snapshot.today) and len(running.waiting) == 4


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 2, 28), date(2026, 12, 31)], ids=str)
def test_the_demo_has_rounds_on_any_day(tmp_path: Path, day: date) -> None:
    make_demo(tmp_path / "а.cosdesk", day)
    with DistrictFile.open(tmp_path / "а.cosdesk", read_only=True) as file:
        snapshot = file.snapshot(day)
        assert len(snapshot.counted) >= 2 and snapshot.rounds[0].is_open
        for found in snapshot.rounds:
            moments = [a.as_of for a in file.answers(found.id) if a.as_of]
            assert max(moments).date() <= day


def test_missing_papers_are_told(cosdesk: Cosdesk, november: Path) -> None:
    everything = cosdesk("evidence", november, "--json").data["papers"]
    missing = cosdesk("evidence", november, "--missing", "--json").data["papers"]
    assert 0 < len(missing) < len(everything)
    assert {paper["state_label"] for paper in missing} == {"отсутствует"}
    assert {paper["state"] for paper in everything} == {"received", "missing", "expected"}
    assert "отсутствует" in cosdesk("evidence", november).out


def test_the_register_of_documents_is_shown_with_all_that_each_proves(cosdesk: Cosdesk, november: Path) -> None:
    with DistrictFile.open(november) as file:
        snapshot = file.snapshot()
        paper, round_id = snapshot.evidence[0], snapshot.rounds[0].id
        item = next(item for item in snapshot.roadmaps[0].items if item.id in paper.item_ids)
        with file.edit("Связи") as edit:
            prove_value(edit, paper.id, 1, "2026-Q2")
            prove_round(edit, paper.id, round_id)
            expect_papers(edit, item.id, (paper.kind, "сертификат"))
    shown = cosdesk("show", november, "--json").data
    found = shown["evidence"][0]
    assert (found["items"], found["rounds"]) == (list(paper.item_ids), [round_id])
    assert found["values"] == [{"indicator": 1, "period": "2026-Q2"}]
    assert cosdesk("evidence", november, "--json").data["register"][0] == found
    row = next(each for each in shown["roadmaps"][0]["items"] if each["id"] == item.id)
    assert [(each["kind"], each["state"]) for each in row["expected_papers"]] == [
        (paper.kind, "received"), ("сертификат", "missing"),
    ]  # fmt: skip
    first = cosdesk("indicators", november, "--period", "2026-Q2", "--json").data["indicators"][0]
    assert first["evidence"] == [paper.label]
    assert cosdesk("export", november, "missing-evidence", "-o", november.with_suffix(".pdf")).code == 0
    assert "missing-evidence" in cosdesk("reports", november).out


def test_a_list_of_schools_is_taken_in_and_like_names_asked(cosdesk: Cosdesk, november: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = (
        ("Реестр школ",),
        ("№", "Наименование ОО", "Населённый пункт", "Адрес", "Директор", "E-mail", "Обучающихся", "Учителей"),
        (1, "Луговская ООШ", "с. Луговое", "с. Луговое, ул. Новая, 5", "Новый Директор", "l@x.example", 80, 12),
        (2, "Сосноборская СОШ", "с. Сосновый Бор", "", "", "", 1, 1),
        (3, "МБОУ «Степная СОШ»", "п.г.т. Степной", "", "", "", "1 205", 60),
        ("", "Итого", "", "", "", "", 1286, 73),
    )
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "школы.xlsx")
    answer = cosdesk("schools", november, "import", tmp_path / "школы.xlsx")
    assert answer.code == 0 and "Добавлено: 1, дополнено: 1" in answer.out
    assert "это МБОУ «Сосновоборская СОШ»?" in answer.out
    shown = cosdesk("show", november, "--json").data["schools"]
    assert len(shown) == 13
    meadow = next(school for school in shown if school["short_name"] == "МБОУ «Луговская ООШ»")
    assert meadow["head"] == "Новый Директор" and meadow["email"] == "l@x.example" and meadow["phone"]
    assert "Луговская основная" in meadow["name"] and not meadow["former_names"]
    assert shown[-1]["locality_kind"] == "пгт" and next(iter(shown[-1]["counts"].values()))["learners"] == 1205
    same = cosdesk("schools", november, "import", tmp_path / "школы.xlsx", "--alike", "same")
    assert "Добавлено: 0, дополнено: 3" in same.out


@pytest.mark.parametrize(
    "words",
    [
        ("round", "new", "нет-такой", "--period", "2026"),
        ("round", "new", "internet", "--period", "2026-Q7"),
        ("round", "old", "internet", "--period", "2026"),
        ("workbooks", "999", "-o", "x"),
        ("collect", "нет папки"),
        ("schools", "export", "x"),
    ],
)
def test_faults_are_told(cosdesk: Cosdesk, november: Path, words: tuple[str, ...]) -> None:
    assert_told(cosdesk(words[0], november, *words[1:]))
