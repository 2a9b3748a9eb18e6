"""Bad input: one Russian sentence, a code, the district's file unchanged; a bug: a sentence and a log."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cosdesk.console import files
from cosdesk.paths import user_data_folder
from tests.console.calling import Cosdesk, assert_told


def make_missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("Просто текст, а не файл района. " * 40, "utf-8")


def make_truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def make_zeroed(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))


def make_foreign(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[68:72] = b"ABCD"
    path.write_bytes(bytes(content))


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil", [make_missing, make_empty, make_text, make_truncated, make_zeroed, make_foreign, make_folder]
)
@pytest.mark.parametrize(
    "words",
    [
        ["show", "{file}"],
        ["record", "{file}", "1.1", "--done", "20.05.2020"],
        ["actual", "{file}", "1", "--period", "2021", "--value", "5"],
        ["export", "{file}", "roadmap", "-o", "{folder}/out.pdf"],
        ["import", "{file}", "{folder}/source.txt"],
    ],
    ids=lambda words: words[0],
)
def test_a_bad_district_file_is_told_and_left_alone(
    cosdesk: Cosdesk, demo_file: Path, spoil: Callable[[Path], None], words: list[str]
) -> None:
    (demo_file.parent / "source.txt").write_text("№\tМероприятие\tСрок\n1\tСделать\t2021\n", "utf-8")
    spoil(demo_file)
    before = demo_file.read_bytes() if demo_file.is_file() else None
    answer = cosdesk(*(word.format(file=demo_file, folder=demo_file.parent) for word in words))
    assert_told(answer)
    assert (demo_file.read_bytes() if demo_file.is_file() else None) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["record", "{file}", "9.9", "--done", "20.05.2020"], "Строки «9.9» нет"),
        (["record", "{file}", "1.1", "--done", "31.02.2021"], "31.02.2021"),
        (["record", "{file}", "1.1", "--done", "вчера"], "вчера"),
        (["record", "{file}", "1.1", "--done", "20.05.2020", "--term", "01.01.2001"], "01.01.2001"),
        (["actual", "{file}", "1", "--period", "2021-Q5", "--value", "5"], "2021-Q5"),
        (["export", "{file}", "annual", "-o", "{folder}/a.pdf"], "annual"),
        (["export", "{file}", "roadmap", "-o", "{folder}/a.odt"], "a.odt"),
        (["export", "{file}", "roadmap", "--format", "odt", "-o", "{folder}/a"], "odt"),
        (["export", "{file}", "roadmap", "--format", "pdf", "-o", "{folder}/a.xlsx"], ".xlsx"),
        (["export", "{file}", "analytical-report", "--period", "2021-13", "-o", "{folder}/a.pdf"], "2021-13"),
        (["export", "{file}", "roadmap", "--roadmap", "7", "-o", "{folder}/a.pdf"], "«7»"),
        (["export", "{file}", "roadmap", "-o", "{folder}/нет/такой/a.pdf"], "a.pdf"),
        (["import", "{file}", "{folder}/нет.docx"], "нет.docx"),
        (["import", "{file}", "{file}", "--years", "2024-2021"], "2024-2021"),
        (["schedule", "--years", "прошлые", "май"], "прошлые"),
        (["нет-такого.cosdesk"], "нет-такого.cosdesk"),
        (["demo", "{file}/внутри"], "внутри"),
        (["new", "{folder}/нет/a.cosdesk", "--district", "Район"], "a.cosdesk"),
        (["new", "{folder}/a.cosdesk", "--district", " "], "Название района"),
    ],
    ids=lambda value: " ".join(value[:1] + value[2:4]) if isinstance(value, list) else "",
)
def test_what_is_unknown_or_impossible_is_told(cosdesk: Cosdesk, demo_file: Path, words: list[str], told: str) -> None:
    before = demo_file.read_bytes()
    answer = cosdesk(*(word.format(file=demo_file, folder=demo_file.parent) for word in words))
    assert_told(answer)
    assert told in answer.err
    assert demo_file.read_bytes() == before
    assert [path.name for path in demo_file.parent.iterdir()] == [demo_file.name]


def test_a_bug_goes_to_the_log(cosdesk: Cosdesk, small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("нарочно")

    monkeypatch.setattr(files, "read", broken)
    answer = cosdesk("show", small_file)
    log = user_data_folder() / "cosdesk.log"
    assert answer.code == 70
    assert answer.err.startswith("В программе произошла ошибка") and str(log) in answer.err
    assert answer.err.count("\n") == 1
    assert "ZeroDivisionError: нарочно" in log.read_text("utf-8")
