"""``today``, ``calendar`` and ``edition`` as a script uses them."""

import json
from pathlib import Path

import pytest

from cosdesk.cli import main
from cosdesk.demo import make_demo


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "район.cosdesk"
    make_demo(path)
    return path


def output(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([str(word) for word in words]) == 0
    return capsys.readouterr().out


def test_today_counts_what_it_lists(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(output(capsys, "today", file, "--json"))
    for topic, count in found["counts"].items():
        assert count == sum(line["topic"] == topic for line in found["lines"])
    assert found["counts"]["overdue"] > 0
    assert "Просрочено" in output(capsys, "today", file)


def test_on_the_plans_first_day_nothing_is_overdue(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads(output(capsys, "show", file, "--json"))["roadmaps"][0]["years"][0]
    found = json.loads(output(capsys, "today", file, "--on", f"01.01.{first}", "--json"))
    assert found["counts"]["overdue"] == 0


def test_calendar_is_written(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "сроки.ics"
    assert str(out) in output(capsys, "calendar", file, "-o", out)
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_an_edition_is_frozen_listed_and_compared(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output(capsys, "edition", file, "freeze", "--on", "11.01.2026", "--act", "постановление № 14")
    (frozen,) = json.loads(output(capsys, "edition", file, "list", "--json"))["editions"]
    assert (frozen["number"], frozen["on"], frozen["act"], frozen["intact"]) == (
        "1",
        "2026-01-11",
        "постановление № 14",
        True,
    )
    assert json.loads(output(capsys, "edition", file, "diff", "--json")) == {"edition": "1", "differences": []}


def test_a_paper_is_checked_against_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = output(capsys, "edition", file, "freeze", "--on", "11.01.2026", "--act", "постановление № 14")
    printed = told.strip().removesuffix(".").rpartition(": ")[2]
    answer = output(capsys, "edition", file, "check", printed)
    assert answer.startswith("Редакция 1 от 11.01.2026, постановление № 14.")


def test_a_taken_number_changes_no_byte(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output(capsys, "edition", file, "freeze", "--number", "3")
    before = file.read_bytes()
    assert main(["edition", str(file), "freeze", "--number", "3"]) == 1
    assert capsys.readouterr().err == "Редакция 3 уже утверждена. Укажите другой номер.\n"
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ("edition", "{file}", "порвать"),
        ("edition", "{file}", "check"),
        ("edition", "{file}", "check", "3f2a 91c0 5b7d 22aa"),
        ("edition", "{file}", "diff"),
        ("today", "{file}", "--on", "31.02.2021"),
        ("calendar", "{file}", "-o", "{file}/нет/сроки.ics"),
    ],
)
def test_wrong_words_are_told_in_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    before = file.read_bytes()
    assert main([word.format(file=file) for word in words]) != 0
    told = capsys.readouterr().err.strip()
    assert told
    assert "\n" not in told
    assert file.read_bytes() == before
