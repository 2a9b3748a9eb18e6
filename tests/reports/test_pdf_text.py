"""Lines that fit a width: no character lost, no line too wide, words broken only where they may."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.reports.pdf_text import serif

SIZE = 11.0


def blanks_out(text: str) -> str:
    return re.sub(r"[ \u00a0\n]", "", text)


@given(st.text("абвгдежз-/,– \u00a0№19.\n", max_size=120), st.floats(20, 200), st.floats(0, 30))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: float, indent: float) -> None:
    lines = serif().wrap(text, SIZE, width, indent)
    assert blanks_out("".join(lines)) == blanks_out(text)
    for number, line in enumerate(lines):
        room = max(width - indent if number == 0 else width, SIZE)
        assert serif().width(line, SIZE) <= room + 0.01 or len(line) == 1


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 100, [""]),
        ("а\nб", 100, ["а", "б"]),
        ("информационно-аналитический отчёт", 80, ["информационно-", "аналитический", "отчёт"]),
        ("цифровая информационно-аналитическая среда", 130, ["цифровая информационно-", "аналитическая среда"]),
        ("школы,детские сады", 70, ["школы,", "детские сады"]),
        ("приказ от 13.01.2020 № 16", 110, ["приказ от 13.01.2020", "№ 16"]),
        ("Ответственный И.И. Иванов", 90, ["Ответственный", "И.И. Иванов"]),
        ("№ п/п", 20, ["№", "п/п"]),
        ("2020-2022 и 8-915-000", 40, ["2020-20", "22 и", "8-915-0", "00"]),  # numbers are cut only where they must be
        ("за 2020-2022 гг.", 55, ["за", "2020-2022", "гг."]),
    ],
)
def test_where_lines_end(text: str, width: float, lines: list[str]) -> None:
    found = [line.replace("\u00a0", " ").rstrip() for line in serif().wrap(text, SIZE, width)]
    assert found == lines


def test_the_widest_piece_is_what_must_not_be_broken() -> None:
    face = serif()
    texts = ["информационно-аналитический", "а б"]
    assert face.widest_piece(texts, SIZE) == pytest.approx(face.width("информационно-", SIZE))
    assert face.widest_piece(["2025\u00a0год"], SIZE) == pytest.approx(face.width("2025 год", SIZE))
    assert face.widest_piece([], SIZE) == 0
