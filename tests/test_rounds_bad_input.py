"""What schools may send instead of an answer, each with the words that the coordinator reads of it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cosdesk.errors import UserError
from cosdesk.intake.answer_workbook import read_workbook
from cosdesk.intake.answers import CollectedAnswer, Outcome, RoundDesk, assess
from cosdesk.intake.guard import MEGABYTE
from cosdesk.rounds import take
from cosdesk.store.file import DistrictFile
from tests.rounds import GOOD, TODAY, begin, desk, fill, letters_of, make_district, row_of

FORMS = ("internet", "platform", "target-model", "network")


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, DistrictFile]]:
    """A district for each form, every round sent; what a test writes it takes back."""
    folder = tmp_path_factory.mktemp("d")
    files = {form: make_district(folder / f"{form}.cosdesk") for form in FORMS}
    for form, file in files.items():
        begin(file, form)
    yield files
    for file in files.values():
        file.close()


def judged(file: DistrictFile, path: Path, **changes: Any) -> CollectedAnswer:
    """One file judged, with another desk or district where a test says so."""
    found: RoundDesk | None = replace(desk(file, 1), **changes.pop("desk", {}))
    if changes.pop("gone", False):
        found = None
    try:
        read: Any = read_workbook(path)
    except UserError as error:
        read = error
    (result,) = assess([(path, read)], changes.pop("uid", "u"), lambda _: found)
    return result


def workbook(file: DistrictFile) -> bytes:
    return letters_of(file, 1)[0].workbook


def sheet_change(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda book: change(book["Ответ"])


def delete_row(sheet: Any) -> None:
    sheet.delete_rows(row_of(sheet, "speed_measured"))


def add_row(sheet: Any) -> None:
    sheet.insert_rows(row_of(sheet, "operator"))
    sheet.cell(row_of(sheet, "operator") - 1, 3).value = "Второй оператор"


def reword(sheet: Any) -> None:
    sheet.cell(row_of(sheet, "speed_measured"), 3).value = "Скорость за прошлый год"


def unlock(sheet: Any) -> None:
    sheet.protection.sheet = False


def percent(sheet: Any) -> None:
    cell = sheet.cell(row_of(sheet, "readiness"), 4)
    cell.value, cell.number_format = 1.01, "0%"


YES = {"journal": "да", "documents": "да", "lessons": "нет"}
# form, answers, what is done to the book; outcome, words of a remark, whether it stands at a cell.
Case = tuple[str, dict[str, Any], Callable[[Any], None] | None, Outcome, str, bool]
BACK, NOTED, TAKEN = Outcome.SENT_BACK, Outcome.REMARKS, Outcome.ACCEPTED
ANSWERS: dict[str, Case] = {
    "a row deleted": (
        "internet",
        {},
        sheet_change(delete_row),
        BACK,
        "строка вопроса «Измеренная скорость» удалена",
        False,
    ),
    "a row added": (
        "internet",
        {},
        sheet_change(add_row),
        NOTED,
        "добавлено лишнее, не учтено: «Второй оператор»",
        True,
    ),
    "a question reworded": (
        "internet",
        {},
        sheet_change(reword),
        NOTED,
        "изменён текст вопроса: «Скорость за прошлый год»",
        True,
    ),
    "cells unlocked": ("internet", {}, sheet_change(unlock), TAKEN, "", False),
    "a formula without a value": (
        "internet",
        {"speed_measured": "=B2/0"},
        None,
        BACK,
        "в ячейке формула без значения или с ошибкой",
        True,
    ),
    "text for a number": ("internet", {"speed_measured": "быстрая"}, None, BACK, "нужно число, а не «быстрая»", True),
    "a date for a number": ("internet", {"speed_measured": date(2026, 3, 1)}, None, BACK, "нужно число", True),
    "less than nothing": ("internet", {"speed_measured": -1}, None, BACK, "меньше наименьшего допустимого 0", True),
    "beyond all bounds": ("internet", {"speed_measured": 10**12}, None, BACK, "больше наибольшего допустимого", True),
    "a date in the future": (
        "internet",
        {"measured_on": TODAY + timedelta(days=2)},
        None,
        BACK,
        "ещё не наступила",
        True,
    ),
    "a date of long ago": ("internet", {"measured_on": date(1926, 1, 1)}, None, BACK, "слишком давняя", True),
    "no such day": ("internet", {"measured_on": "30.02.2026"}, None, BACK, "дня «30.02.2026» не бывает", True),
    "words for a day": ("internet", {"measured_on": "в марте"}, None, BACK, "нужна дата вида ДД.ММ.ГГГГ", True),
    "neither yes nor no": (
        "internet",
        {"guaranteed": "иногда"},
        None,
        BACK,
        "нужно «да» или «нет», а не «иногда»",
        True,
    ),
    "left out": ("internet", {"operator": None}, None, BACK, "не заполнено: «Оператор связи, договор»", True),
    "part of a person": ("platform", {"teachers_using": 4.5}, None, BACK, "нужно целое число, а не 4,5", True),
    "more learners than there are": (
        "platform",
        {"learners_using": 51},
        None,
        BACK,
        "больше, чем обучающихся в организации (50)",
        True,
    ),
    "not of the list": ("network", {"state": "новая"}, None, BACK, "«новая» нет в списке: исправна, требует", True),
    "101 percent": (
        "target-model",
        {**YES, "readiness": 101},
        None,
        BACK,
        "101 больше наибольшего допустимого 100",
        True,
    ),
    "101 percent as a format": (
        "target-model",
        YES,
        sheet_change(percent),
        BACK,
        "101 больше наибольшего допустимого 100",
        True,
    ),
}


@pytest.mark.parametrize("case", ANSWERS.values(), ids=ANSWERS)
def test_a_bad_answer_is_told_with_its_cell_and_taken_only_where_it_may(
    districts: dict[str, DistrictFile], tmp_path: Path, case: Case
) -> None:
    form, values, change, outcome, words, at_cell = case
    file, path = districts[form], tmp_path / "ответ.xlsx"
    path.write_bytes(fill(workbook(file), {**GOOD.get(form, {}), **values}, change=change))
    found = judged(file, path)
    assert found.outcome is outcome and found.school is not None
    told = [remark for remark in found.remarks if words in remark.message]
    assert bool(told) is bool(words), [remark.message for remark in found.remarks]
    if told:
        assert bool(re.fullmatch(r"[A-Z]\d+", told[0].cell)) is at_cell
        assert told[0].strict is (outcome is BACK)


def test_a_formula_with_its_value_is_taken_and_told(districts: dict[str, DistrictFile], tmp_path: Path) -> None:
    """As Excel saves it: the formula and, beside it, what it came to."""
    file, path = districts["platform"], tmp_path / "ответ.xlsx"
    content = fill(workbook(file), {**GOOD["platform"], "learners_using": 41})
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data, count = re.subn(rb"<v>41</v>", b"<f>20+21</f><v>41</v>", data)
                assert count == 1
            target.writestr(name, data)
    found = judged(file, path)
    assert found.outcome is NOTED and found.values["learners_using"] == 41
    assert [remark.message for remark in found.remarks] == ["в ячейке формула, взято её значение"]


def test_an_empty_form_goes_back(districts: dict[str, DistrictFile], tmp_path: Path) -> None:
    path = tmp_path / "пустая.xlsx"
    path.write_bytes(workbook(districts["internet"]))
    found = judged(districts["internet"], path)
    assert (found.outcome, [r.message for r in found.remarks]) == (BACK, ["форма не заполнена"])


DESKS: dict[str, tuple[dict[str, Any], str]] = {
    "another district": ({"uid": "другой"}, "разослана другим районом"),
    "a round that is gone": ({"gone": True}, "в районе нет: он удалён"),
    "a school left out": ({"desk": {"answers": {}}}, "в этом мониторинге не участвует"),
    "a closed period": ({"desk": {"closed": True}}, "период «2026\u00a0год» закрыт. Откройте его снова"),
}


@pytest.mark.parametrize(("changes", "words"), DESKS.values(), ids=DESKS)
def test_a_good_answer_to_nothing_here_is_refused(
    districts: dict[str, DistrictFile], tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    path = tmp_path / "ответ.xlsx"
    path.write_bytes(fill(workbook(districts["internet"]), GOOD["internet"]))
    found = judged(districts["internet"], path, **changes)
    assert found.outcome is Outcome.REFUSED and words in found.message and "ответ.xlsx" in found.message


def test_another_form_is_refused(districts: dict[str, DistrictFile], tmp_path: Path) -> None:
    path = tmp_path / "ответ.xlsx"
    path.write_bytes(fill(workbook(districts["internet"]), GOOD["internet"]))
    found = judged(districts["internet"], path, desk={"form": desk(districts["platform"], 1).form})
    assert found.outcome is Outcome.REFUSED and "сделана по другой форме" in found.message


def package(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def plain_book(_: bytes) -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "format"  # type: ignore[index]
    book.save(buffer)
    return buffer.getvalue()


def without_service(content: bytes) -> bytes:
    book, buffer = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    del book["Служебный"]
    book.save(buffer)
    return buffer.getvalue()


def other_school(content: bytes) -> bytes:
    def change(book: Any) -> None:
        service = book["Служебный"]
        next(row for row in service.iter_rows() if row[0].value == "school_id")[1].value = "2"

    return fill(content, {}, change=change)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = b'<?xml version="1.0"?><Types/>'
FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing in it": (lambda _: b"", "пуст (0 байт)"),
    "cut off": (lambda content: content[: len(content) // 2], "повреждён"),
    "a part broken": (lambda _: package({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<a"}), "повреждена"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "не похож ни на документ Word, ни на таблицу"),
    "a scan": (lambda _: b"%PDF-1.7 scan", "это PDF"),
    "a text": (lambda _: "ответ: да".encode(), "не книга Excel"),
    "another workbook": (plain_book, "не форма, разосланная этой программой"),
    "the hidden sheet deleted": (without_service, "не форма, разосланная этой программой"),
    "the hidden sheet changed": (other_school, "изменены служебные сведения"),
    "under a password": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "закрыт паролем"),
    "with macros": (lambda _: package({"[Content_Types].xml": TYPES, "xl/vbaProject.bin": b"x"}), "есть макросы"),
    "a bomb": (
        lambda _: package({"[Content_Types].xml": b"<" + b" " * 30 * MEGABYTE}),
        "может быть опасен: он сжат так",
    ),
    "entities": (
        lambda _: package({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
        "посторонние объявления",
    ),
}


@pytest.mark.parametrize(("make", "words"), FILES.values(), ids=FILES)
def test_a_bad_file_is_refused_by_name_and_the_rest_goes_in(
    tmp_path: Path, make: Callable[[bytes], bytes], words: str
) -> None:
    with make_district(tmp_path / "Район.cosdesk") as file:
        round_id = begin(file)
        first, second, _ = letters_of(file, round_id)
        bad, good = tmp_path / "плохой.xlsx", tmp_path / "хороший.xlsx"
        bad.write_bytes(make(first.workbook))
        good.write_bytes(fill(second.workbook, GOOD["internet"]))
        found = judged(file, bad)
        assert found.outcome is Outcome.REFUSED and words in found.message
        assert "плохой.xlsx" in found.message and found.message.endswith(".")
        with file.edit("ответы") as edit:
            assert take(edit, lambda _: desk(file, round_id), [found, judged(file, good)]) == 1
        assert [bool(answer.values) for answer in file.answers(round_id)] == [False, True, False]
