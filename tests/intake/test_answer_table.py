"""A pasted table of answers: schools by name, questions by heading, nothing guessed in silence."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cosdesk.errors import UserError
from cosdesk.intake.answer_table import PastedTable, read_answer_table
from cosdesk.intake.answers import RoundDesk
from cosdesk.intake.schools import Match
from cosdesk.intake.text import outline_of_text
from cosdesk.store.file import DistrictFile
from cosdesk.store.monitoring import recount, save_answer
from tests.rounds import begin, desk, make_district

TODAY = date(2026, 3, 10)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DistrictFile]:
    with make_district(tmp_path / "Район.cosdesk") as opened:
        yield opened


@pytest.fixture
def internet(file: DistrictFile) -> RoundDesk:
    return desk(file, begin(file))


def read(text: str, found: RoundDesk) -> PastedTable:
    return read_answer_table(outline_of_text(text), found, TODAY)


def keys(found: PastedTable) -> dict[str, str]:
    return {heading: question.key for heading, question in found.placed}


def test_a_whole_table_is_read(internet: RoundDesk) -> None:
    labels = [question.heading for question in internet.form.questions]
    rows = "1\tМБОУ «Школа № 2»\t100\t96,5\t01.03.2026\tЛиния\tда\n2\tШкола № 1\t50\t22\t2026-03-02\tЛиния\tнет\n"
    found = read("\t".join(["№ п/п", "Наименование", *labels]) + "\n" + rows + "Итого\t\t150\t\t\t\t\n", internet)
    assert [question.key for _, question in found.placed] == [question.key for question in internet.form.questions]
    assert found.unplaced == ()
    second, first = found.answers
    assert (second.school.name, first.school.name) == ("Школа № 2", "Школа № 1")  # type: ignore[union-attr]
    assert second.values == {"speed_contract": 100, "speed_measured": Decimal("96.5"), "measured_on": date(2026, 3, 1),
                             "operator": "Линия", "guaranteed": True}  # fmt: skip
    assert first.values["measured_on"] == date(2026, 3, 2) and second.remarks == ()


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Скорость по договору", "speed_contract"), ("СКОРОСТЬ ПО ДОГОВОРУ, МБИТ/С", "speed_contract"),
        ("скорость по догов.", "speed_contract"), ("Измеренная  скорость (Мбит/с)", "speed_measured"),
        ("Измер. скорость", "speed_measured"), ("speed_measured", "speed_measured"), ("Скорость", ""),
        ("Цвет стен", ""),
    ],
)  # fmt: skip
def test_a_heading_names_one_question_or_none(internet: RoundDesk, heading: str, key: str) -> None:
    text = f"Школа\tОператор\t{heading}\nШкола № 1\tЛиния\t50\n"
    text = text.replace("Оператор", internet.form.question("operator").label)  # type: ignore[union-attr]
    found = read(text, internet)
    assert keys(found).get(heading.replace("  ", " "), "") == key
    assert found.unplaced == (() if key else (heading,))


def test_two_rows_of_headings_and_a_title_above(internet: RoundDesk) -> None:
    text = "Сведения о скорости\n\nШкола\tСкорость\tСкорость\n\tпо договору\tизмеренная\nШкола № 3\t60\t55\n"
    found = read(text, internet)
    assert found.answers[0].values == {"speed_contract": 60, "speed_measured": 55}


def test_html_of_word_and_excel(internet: RoundDesk) -> None:
    cells = (
        "<tr><td>Школа</td><td>Скорость по договору</td></tr><tr><td><p>Школа&nbsp;№&nbsp;1</p></td><td>60</td></tr>"
    )
    assert read(f"<html><table>{cells}</table></html>", internet).answers[0].values == {"speed_contract": 60}


def test_what_cannot_be_placed_is_told(internet: RoundDesk) -> None:
    text = (
        "Школа\tСкорость по договору\tСкорость измеренная\tПримечание\n"
        "Школа № 1\tмного\t–\tпозвонить\nШкола № 1\t70\t\t\nШкола № 9\t60\t55\t\nЛицей\t60\t\t\nШкола № 2\t–5\tн/д\t\n"
    )
    found = read(text, internet)
    first, again, other, strange, negative = found.answers
    assert found.unplaced == ("Примечание",)
    assert first.values == {} and first.remarks == ("не размещено, «Скорость по договору»: нужно число, а не «много»",)
    assert again.repeated and again.values == {"speed_contract": 70}
    assert (other.match, other.school, strange.match) == (Match.NEW, None, Match.NEW)
    assert any("меньше наименьшего" in remark or "нужно число" in remark for remark in negative.remarks)


def test_a_name_only_like_a_known_one_is_asked_about(file: DistrictFile) -> None:
    with file.edit("Имя") as edit:
        edit.update("school", 1, {"name": "МБОУ «Сосновоборская средняя школа»"})
    found = read("Школа\tСкорость по договору\nШкола № 2\t60\nСосноборская СОШ\t50\n", desk(file, begin(file)))
    asked = found.answers[1]
    assert asked.match is Match.ALIKE and asked.school is not None and asked.school.id == 1


def test_doubts_are_those_of_the_form(file: DistrictFile) -> None:
    round_id = begin(file, "platform")
    found = desk(file, round_id)
    label = found.form.question("learners_using").label  # type: ignore[union-attr]
    pasted = read(f"Школа\t{label}\nШкола № 1\t51\n", found)
    assert any("больше, чем обучающихся в организации (50)" in remark for remark in pasted.answers[0].remarks)
    with file.edit("Ответ") as edit:
        save_answer(edit, found.form, found.round, found.schools[1], pasted.answers[0].values)
        recount(edit, round_id)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("просто слова", "Таблица ответов не найдена"),
        ("Школа\tСкорость по договору\nЛицей\t60\n", "Таблица ответов не найдена"),
        ("Школа\tЦвет\nШкола № 1\tсиний\n", "Школы в таблице узнаны, а вопросы нет"),
        ("Школа № 1\t60\nШкола № 2\t55\n", "Школы в таблице узнаны, а вопросы нет"),
    ],
)
def test_what_is_no_table_of_answers_says_what_is_missing(internet: RoundDesk, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read(text, internet)
