"""A list of schools over those known: whose name stays."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.intake.reading import read_outline
from cosdesk.intake.schools import Match, merged, read_schools
from cosdesk.intake.text import outline_of_text

FULL = "Муниципальное бюджетное общеобразовательное учреждение «Лесная средняя общеобразовательная школа»"
KNOWN = School(1, FULL, "МБОУ «Лесная СОШ»", former_names=("Лесная восьмилетняя школа",))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Лесная СОШ", FULL),
        ("МБОУ «Лесная СОШ»", FULL),
        (FULL + " имени первого директора", FULL + " имени первого директора"),
        ("Лесная восьмилетняя школа", FULL),
        ("Лесной лицей", "Лесной лицей"),
    ],
)
def test_the_fuller_form_of_a_name_stays(name: str, kept: str) -> None:
    assert merged(School(0, name, head="Новый Директор"), KNOWN).name == kept


def test_a_fuller_name_replaces_a_shorter_one() -> None:
    known = School(1, "Лесная СОШ", head="Прежний Директор")
    after = merged(School(0, FULL, head="Новый Директор"), known)
    assert (after.name, after.head) == (FULL, "Новый Директор")


@pytest.mark.parametrize(
    ("names", "matches"),
    [
        (["МБОУ «Сосновская СОШ»", "МБОУ «Сосновская ООШ»"], [Match.NEW, Match.NEW]),
        (["МБОУ «Сосновская СОШ № 1»", "Сосновская средняя школа №1"], [Match.NEW, Match.REPEATED]),
        (["МБОУ «Сосновская СОШ № 1»", "Сосновская средняя школа №2"], [Match.NEW, Match.NEW]),
        (["Лесная СОШ", "МБОУ «Лесная СОШ»"], [Match.KNOWN, Match.REPEATED]),
        (["Лесная СОШ", "Лесной СОШ"], [Match.KNOWN, Match.ALIKE]),
    ],
)
def test_a_school_named_twice_in_the_list_is_asked_about(
    tmp_path: Path, names: list[str], matches: list[Match]
) -> None:
    book = openpyxl.Workbook()
    for row in (["Наименование", "Адрес"], *([name, "ул. Мира, 1"] for name in names)):
        book.active.append(row)
    book.save(tmp_path / "список.xlsx")
    found = read_schools(read_outline(tmp_path / "список.xlsx"), [KNOWN], date(2026, 11, 1))
    assert [each.match for each in found] == matches


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Лесная СОШ\nПолевая ООШ", ["Лесная СОШ", "Полевая ООШ"]),
        ("Школы района\n\n1. МБОУ «Лесная СОШ»\n2. Полевая НОШ\nВсего: 2", ["МБОУ «Лесная СОШ»", "Полевая НОШ"]),
        ("Школа № 1\nДетский сад «Ромашка»", ["Школа № 1", "Детский сад «Ромашка»"]),
    ],
)
def test_bare_names_are_a_list_too(text: str, names: list[str]) -> None:
    found = read_schools(outline_of_text(text), [KNOWN], date(2026, 11, 1))
    assert [each.school.name for each in found] == names


def test_a_text_about_something_else_is_no_list() -> None:
    with pytest.raises(UserError, match="по одному в строке"):
        read_schools(outline_of_text("Протокол совещания\nПовестка дня: о ремонте"), [], date(2026, 11, 1))
