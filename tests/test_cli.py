"""The command line as a script uses it: outputs, exit codes, Russian words, nothing changed by a fault."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cosdesk import cli
from cosdesk.console import files
from cosdesk.demo import make_demo
from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, ItemKind, Part, Roadmap, RoadmapContents, Section, Term
from cosdesk.paths import user_data_folder
from cosdesk.store.file import DistrictFile
from cosdesk.store.roadmaps import add_roadmap

ROOT = Path(__file__).resolve().parent.parent
ASKED_FOR = ["new", "import", "show", "schedule", "record", "actual", "reports", "export", "demo"]
COMMANDS = [name for name, command in cli.program.commands.items() if not command.hidden]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Cosdesk = Callable[..., Answer]


@pytest.fixture
def cosdesk(capsys: pytest.CaptureFixture[str]) -> Cosdesk:
    """The command line called in this process."""

    def run(*words: object) -> Answer:
        capsys.readouterr()
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture(scope="module")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("demo") / "demo.cosdesk"
    make_demo(path)
    return path.read_bytes()


@pytest.fixture
def demo_file(tmp_path: Path, demo_bytes: bytes) -> Path:
    path = tmp_path / "Заречный район.cosdesk"
    path.write_bytes(demo_bytes)
    return path


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    """Rows whose numbers repeat: 1.1 among the results and in the plan, 2 twice in the plan."""
    path = tmp_path / "малый.cosdesk"
    contents = RoadmapContents(
        Roadmap(1, "Дорожная  карта\nрайона", "three-part", first_year=2019, last_year=2021),
        sections=(Section(1, "2", "Результаты", Part.RESULTS), Section(2, "3", "План"), Section(3, "4", "Ещё план")),
        items=(
            Item(1, ItemKind.RESULT, "Итог", "1.1", section_id=1),
            Item(2, ItemKind.ACTIVITY, "Провести\nмониторинг", "1.1", section_id=2, term=Term("Декабрь, май")),
            Item(3, ItemKind.ACTIVITY, "Первая двойка", "2", section_id=2),
            Item(4, ItemKind.ACTIVITY, "Вторая двойка", "2.", section_id=3),
            Item(5, ItemKind.MILESTONE, "Веха", "3", section_id=3, term=Term(start="-", end="31.12.2020")),
        ),
        indicators=(
            Indicator(1, "Доля школ с быстрым Интернетом", "1", unit="процент"),
            Indicator(2, "Доля обученных учителей", "", unit="процент"),
            Indicator(3, "Доля учителей с профилем", "", unit="процент"),
        ),
    )
    with DistrictFile.create(path, District("Малый район")) as file, file.edit("основа") as edit:
        add_roadmap(edit, contents)
    return path


def item_of(data: dict[str, Any], item_id: int) -> dict[str, Any]:
    return next(item for item in data["roadmaps"][0]["items"] if item["id"] == item_id)


# Words


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_russian(cosdesk: Cosdesk, command: str) -> None:
    answer = cosdesk(*command.split(), "--help")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"Использование: cosdesk {command}".strip())
    plain = re.sub(r"--?[a-z][a-z-]*|\S*\.(?:cosdesk|docx|xlsx|txt|ics)|\d{4}-\w+", "", answer.out)
    foreign = set(re.findall(r"[A-Za-z]+", plain))
    assert foreign <= {
        "cosdesk",
        "Word",
        "Excel",
        "PDF",
        "JSON",
        "I",
        "IV",
        "pdf",
        "xlsx",
        "docx",
        "freeze",
        "list",
        "diff",
        *COMMANDS,
    }


def test_help_lists_every_command_but_the_hidden_one(cosdesk: Cosdesk) -> None:
    listed = re.findall(r"^  ([a-z]+)  ", cosdesk("--help").out, re.MULTILINE)
    assert listed == COMMANDS
    assert set(ASKED_FOR) <= set(listed)


def test_version(cosdesk: Cosdesk) -> None:
    assert cosdesk("--version") == Answer(0, "cosdesk 0.1.0\n", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["improt"], "Команды «improt» нет. Возможно, нужно: import."),
        (["--foo"], "Параметра --foo нет."),
        (["show"], "Не указано: ФАЙЛ."),
        (["show", "x", "--jsn"], "Параметра --jsn нет. Возможно, нужно: --json."),
        (["show", "x", "y"], "Лишние слова: y."),
        (["show", "--json=1", "x"], "Параметр --json: значение не нужно."),
        (["new", "x"], "Не указан параметр --district."),
        (["new", "x", "--district"], "Параметр --district: не указано значение."),
        (["schedule"], "Не указано: СРОК"),
        (["export", "x", "roadmap"], "Не указан параметр -o."),
    ],
)
def test_a_fault_of_usage_is_one_russian_sentence(cosdesk: Cosdesk, words: list[str], told: str) -> None:
    answer = cosdesk(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(told) and answer.err.count("\n") == 1
    assert re.search(r"Справка: cosdesk( \w+)? --help\n$", answer.err)


# Files


def test_new_makes_a_file_once(cosdesk: Cosdesk, tmp_path: Path) -> None:
    path = tmp_path / "район.cosdesk"
    assert cosdesk("new", path, "--district", "Заречный район", "--region", "Лесогорская область").code == 0
    before = path.read_bytes()
    again = cosdesk("new", path, "--district", "Другой район")
    assert again.code == 1 and "уже есть" in again.err
    assert path.read_bytes() == before
    data = cosdesk("show", path, "--json").data
    assert data["district"]["name"] == "Заречный район"
    assert data["district"]["region"] == "Лесогорская область"
    assert data["roadmaps"] == []
    assert "Дорожной карты в файле нет" in cosdesk("show", path).out


def test_show_gives_the_structure_of_the_file(cosdesk: Cosdesk, demo_file: Path) -> None:
    before = demo_file.read_bytes()
    data = cosdesk("show", demo_file, "--json").data
    assert demo_file.read_bytes() == before
    roadmap = data["roadmaps"][0]
    year = date.today().year - 1
    assert roadmap["years"] == [year, year + 2]
    assert [stamp["kind"] for stamp in roadmap["stamps"]] == ["agreed", "approved"]
    assert roadmap["stamps"][1]["date"] == f"{year}-01-20"
    assert [section["number"] for section in roadmap["sections"]] == [f"Направление {n}" for n in range(1, 6)]
    first = roadmap["items"][0]
    assert first["number"] == "1.1" and first["section"] == "Направление 1" and first["parent"] is None
    assert first["status"] == "done" and first["status_label"] == "Выполнено"
    assert first["executions"][0]["date"] == f"{year}-02-10"
    assert first["evidence"][0]["kind"] == "приказ"
    assert "\n" not in roadmap["title"]
    nested = next(item for item in roadmap["items"] if item["parent"] is not None)
    parent = next(item for item in roadmap["items"] if item["id"] == nested["parent"])
    assert nested["number"].startswith(parent["number"] + ".")
    indicator = roadmap["indicators"][0]
    assert indicator["targets"][str(year)] == 70.0
    assert isinstance(indicator["targets"][str(year)], float)
    assert indicator["baseline"] == {"value": 58.3, "date": f"{year - 1}-12-31"}
    assert indicator["actuals"][f"{year}-Q1"]["numerator"] == 7


def test_show_for_people_names_rows_and_statuses(cosdesk: Cosdesk, demo_file: Path) -> None:
    out = cosdesk("show", demo_file).out
    for words in (
        "Заречный район, Лесогорская область",
        "УТВЕРЖДАЮ: Глава",
        "Направление 2.",
        "ежеквартально",
        "2.2.1",
    ):
        assert words in out
    assert max(map(len, out.splitlines())) <= 160


def test_a_milestone_has_no_start_and_its_titles_are_one_line(cosdesk: Cosdesk, small_file: Path) -> None:
    data = cosdesk("show", small_file, "--json").data
    assert data["roadmaps"][0]["title"] == "Дорожная карта района"
    assert item_of(data, 2)["title"] == "Провести мониторинг"
    schedule = item_of(data, 5)["schedule"]
    assert (schedule["start"], schedule["end"]) == (None, "2020-12-31")


# Terms


def test_a_term_is_explained(cosdesk: Cosdesk) -> None:
    data = cosdesk("schedule", "--years", "2021-2024", "--json", "--", "сентябрь").data
    assert data["understood"] is True
    assert data["windows"] == [["2021-09-01", "2021-09-30"]]
    assert data["assumption"]
    words = cosdesk("schedule", "--years", "2021-2024", "--", "4", "квартал", "2021", "г.")
    assert words.out == "01.10.2021 – 31.12.2021\n"
    dash = cosdesk("schedule", "--json", "--", "-")
    assert dash.code == 0 and dash.data["windows"] == []
    odd = cosdesk("schedule", "--json", "--", "когда рак свистнет")
    assert odd.code == 0 and odd.data["understood"] is False
    assert "срок не понят" in cosdesk("schedule", "когда рак свистнет").out


# Recording


def test_an_execution_is_recorded_with_its_document(cosdesk: Cosdesk, small_file: Path) -> None:
    answer = cosdesk(
        "record", small_file, "1.1", "--done", "20.05.2020",
        "--evidence", "приказ № 16 от 13.01.2020", "--comment", "в двух школах",
    )  # fmt: skip
    assert answer.code == 0
    assert "строка 1.1 «Провести мониторинг» выполнена 20.05.2020" in answer.out
    assert "приказ от 13.01.2020 №\u00a016" in answer.out
    data = cosdesk("show", small_file, "--json").data
    [record] = item_of(data, 2)["executions"]
    assert record["date"] == "2020-05-20" and record["window_end"] == "2020-05-31"
    assert record["comment"] == "в двух школах" and record["outcome"] == "done"
    [paper] = item_of(data, 2)["evidence"]
    assert (paper["kind"], paper["number"], paper["date"]) == ("приказ", "16", "2020-01-13")
    assert item_of(data, 1)["executions"] == []


@pytest.mark.parametrize(
    ("done", "term", "window_end"),
    [
        ("2020-05-20", None, "2020-05-31"),  # the window that holds the day
        ("15.06.2020", None, "2020-05-31"),  # the latest ended one
        ("01.02.2019", None, "2019-05-31"),  # the next one
        ("15.06.2020", "31.12.2019", "2019-12-31"),  # the one named
    ],
)
def test_the_term_that_an_execution_answers(
    cosdesk: Cosdesk, small_file: Path, done: str, term: str | None, window_end: str
) -> None:
    words = ["--term", term] if term else []
    assert cosdesk("record", small_file, "#2", "--done", done, *words).code == 0
    [record] = item_of(cosdesk("show", small_file, "--json").data, 2)["executions"]
    assert record["window_end"] == window_end


def test_a_row_is_found_by_number_or_id(cosdesk: Cosdesk, small_file: Path) -> None:
    for words, item_id in (("1.1", 2), ("1.1.", 2), ("#1", 1), ("3", 5), ("4", 4)):
        before = len(item_of(cosdesk("show", small_file, "--json").data, item_id)["executions"])
        assert cosdesk("record", small_file, words, "--done", "20.05.2020").code == 0
        after = item_of(cosdesk("show", small_file, "--json").data, item_id)["executions"]
        assert len(after) == before + 1, words


def test_a_number_that_stands_twice_is_asked_about(cosdesk: Cosdesk, small_file: Path) -> None:
    before = small_file.read_bytes()
    answer = cosdesk("record", small_file, "2", "--done", "20.05.2020")
    assert answer.code == 1
    assert "#3 – 2 Первая двойка" in answer.err and "#4 – 2. Вторая двойка" in answer.err
    assert small_file.read_bytes() == before


@pytest.mark.parametrize("period", ["2021", "2021-Q2", "2021-H1", "2021-9M", "2021-05"])
def test_an_actual_value_is_recorded_for_any_period(cosdesk: Cosdesk, small_file: Path, period: str) -> None:
    answer = cosdesk("actual", small_file, "1", "--period", period, "--value", "62,5")
    assert answer.code == 0 and "62,5" in answer.out
    [indicator, *_] = cosdesk("show", small_file, "--json").data["roadmaps"][0]["indicators"]
    assert indicator["actuals"][period]["value"] == 62.5
    assert indicator["actuals"][period]["numerator"] is None


def test_a_share_keeps_its_two_numbers_and_its_notes(cosdesk: Cosdesk, small_file: Path) -> None:
    def recorded() -> Any:
        indicators = cosdesk("show", small_file, "--json").data["roadmaps"][0]["indicators"]
        return indicators[1]["actuals"]["2020"]

    words = ("actual", small_file, "обученных", "--period", "2020")
    assert cosdesk(*words, "--numerator", "8", "--denominator", "12", "--reason", "перенос").code == 0
    assert recorded() == {
        "value": 66.7, "numerator": 8.0, "denominator": 12.0, "reason": "перенос", "measure": "", "source": "",
    }  # fmt: skip
    assert cosdesk(*words, "--value", "70").code == 0
    assert recorded() == {
        "value": 70.0, "numerator": None, "denominator": None, "reason": "перенос", "measure": "", "source": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "words", "told"),
    [
        ("9", ["--value", "5"], "Показателя «9» нет"),
        ("учителей", ["--value", "5"], "несколько показателей"),
        ("1", ["--value", "много"], "Число «много» не понято"),
        ("1", ["--value", "nan"], "Число «nan» не понято"),
        ("1", [], "--numerator"),
        ("1", ["--value", "5", "--numerator", "1"], "либо --value"),
        ("1", ["--numerator", "1"], "либо --value"),
        ("1", ["--numerator", "1", "--denominator", "0"], "знаменатель"),
    ],
)
def test_a_wrong_value_is_told(cosdesk: Cosdesk, small_file: Path, indicator: str, words: list[str], told: str) -> None:
    before = small_file.read_bytes()
    answer = cosdesk("actual", small_file, indicator, "--period", "2021", *words)
    assert answer.code == 1 and told in answer.err and answer.err.count("\n") == 1
    assert small_file.read_bytes() == before


# Coming in and going out

PLAN = """УТВЕРЖДАЮ
Глава района
А.А. Пример
15.01.2021
Дорожная карта района на 2021 - 2022 годы
№\tМероприятие\tОжидаемые результаты\tСрок реализации\tОтветственное лицо
Направление 1. Основа
1.1\tИздать приказ\tПриказ\tсентябрь\tМетодист
1.2\tПровести мониторинг\tСправка\tДекабрь, май\tМетодист
Направление 2. Кадры
2.1\tОбучить учителей\tУдостоверения\tв течение года\tРуководители школ
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "план.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_a_dry_run_shows_and_writes_nothing(cosdesk: Cosdesk, small_file: Path, plan: Path) -> None:
    before = small_file.read_bytes()
    data = cosdesk("import", small_file, plan, "--dry-run", "--json").data
    assert data["dry_run"] is True and data["roadmap_id"] is None
    assert data["form"] == "sections" and data["counts"]["items"] == 3
    assert [item["number"] for item in data["roadmap"]["items"]] == ["1.1", "1.2", "2.1"]
    assert small_file.read_bytes() == before


def test_an_import_tells_what_came_and_where_it_stands(cosdesk: Cosdesk, small_file: Path, plan: Path) -> None:
    answer = cosdesk("import", small_file, plan, "--form", "sections", "--years", "2021-2023")
    assert answer.code == 0
    assert "Загружена дорожная карта 2: Дорожная карта района" in answer.out
    assert "Строк: 3, разделов: 2" in answer.out
    first, second = cosdesk("show", small_file, "--json").data["roadmaps"]
    assert (first["form"], second["form"]) == ("three-part", "sections")
    assert second["years"] == [2021, 2023] and second["source"] == "план.txt"
    assert [item["section"] for item in second["items"]] == ["Направление 1", "Направление 1", "Направление 2"]
    assert second["items"][1]["schedule"]["windows"][0] == ["2021-05-01", "2021-05-31"]
    assert cosdesk("record", small_file, "1.2", "--done", "20.05.2021").code == 0
    before = small_file.read_bytes()
    unknown = cosdesk("import", small_file, plan, "--form", "сетка")
    assert unknown.code == 1 and "Форма «сетка» неизвестна" in unknown.err
    assert small_file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "items", "indicators", "targets", "stamps"),
    [("asekeevo", 48, 6, 21, 1), ("volosovo", 29, 5, 30, 0), ("murom", 15, 10, 30, 2)],
)
def test_the_real_roadmaps_come_in_whole(
    cosdesk: Cosdesk, small_file: Path, seeds: Path, name: str, items: int, indicators: int, targets: int, stamps: int
) -> None:
    data = cosdesk("import", small_file, seeds / f"{name}.docx", "--json").data
    counts = {key: data["counts"][key] for key in ("items", "indicators", "targets", "stamps", "unplaced")}
    assert counts == {"items": items, "indicators": indicators, "targets": targets, "stamps": stamps, "unplaced": 0}


def test_reports_are_listed_by_id(cosdesk: Cosdesk, small_file: Path) -> None:
    listed = [line.split()[0] for line in cosdesk("reports", small_file).out.splitlines()]
    assert listed[:2] == ["roadmap", "analytical-report"]


@pytest.mark.parametrize(("suffix", "magic"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("docx", b"PK")])
def test_the_format_follows_from_the_name(cosdesk: Cosdesk, demo_file: Path, suffix: str, magic: bytes) -> None:
    before = demo_file.read_bytes()
    out = demo_file.parent / f"карта.{suffix.upper()}"
    answer = cosdesk("export", demo_file, "roadmap", "-o", out)
    assert (answer.code, answer.err) == (0, "") and str(out) in answer.out
    assert out.read_bytes().startswith(magic)
    assert demo_file.read_bytes() == before


def test_the_format_may_be_named_and_the_place_a_folder(cosdesk: Cosdesk, demo_file: Path, tmp_path: Path) -> None:
    assert cosdesk("export", demo_file, "roadmap", "--format", "PDF", "-o", tmp_path / "без имени").code == 0
    assert (tmp_path / "без имени").read_bytes().startswith(b"%PDF-")
    assert cosdesk("export", demo_file, "roadmap", "--format", "xlsx", "-o", tmp_path).code == 0
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["Дорожная карта – Заречный район.xlsx"]


def test_the_period_taken_is_told(cosdesk: Cosdesk, small_file: Path, tmp_path: Path) -> None:
    def told() -> str:
        out = cosdesk("export", small_file, "analytical-report", "-o", tmp_path / "отчёт.pdf").out
        return re.findall(r"\((\d{4}-Q\d)\)", out)[0]

    assert told() == "2021-Q4"  # no data: the plan's last quarter, long over
    cosdesk("record", small_file, "3", "--done", "25.11.2020")
    assert told() == "2020-Q4"
    cosdesk("actual", small_file, "1", "--period", "2021-Q2", "--value", "50")
    assert told() == "2021-Q2"
    named = cosdesk("export", small_file, "analytical-report", "--period", "2020", "-o", tmp_path / "год.pdf")
    assert named.code == 0 and "Период не указан" not in named.out


def test_demo_makes_the_district_and_every_report_and_leaves_other_files_alone(
    cosdesk: Cosdesk, tmp_path: Path
) -> None:
    folder = tmp_path / "новая" / "папка"
    assert cosdesk("demo", folder).code == 0
    names = {path.name for path in folder.iterdir()}
    assert "Заречный район.cosdesk" in names
    for suffix in ("pdf", "xlsx", "docx"):
        assert sum(name.endswith(suffix) for name in names) == 3
    own = folder / "моё.txt"
    own.write_text("не трогать", "utf-8")
    again = cosdesk("demo", folder)
    assert again.code == 0 and set(re.findall(r"^  (.+)$", again.out, re.MULTILINE)) == names
    assert own.read_text("utf-8") == "не трогать"


def test_demo_does_not_replace_a_real_district_of_that_name(cosdesk: Cosdesk, tmp_path: Path) -> None:
    real = tmp_path / "Заречный район.cosdesk"
    cosdesk("new", real, "--district", "Заречный район")
    before = real.read_bytes()
    answer = cosdesk("demo", tmp_path)
    assert answer.code == 1 and "уже есть другой файл" in answer.err
    assert real.read_bytes() == before and list(tmp_path.iterdir()) == [real]


# Bad input


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


def assert_told(answer: Answer) -> None:
    """One line of Russian on standard error, no traceback, code 1."""
    assert answer.code == 1
    assert answer.err.count("\n") == 1 and re.match("[«А-ЯЁ]", answer.err), answer.err
    assert "Traceback" not in answer.err + answer.out


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


# The program as a process of its own


def process(*words: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, "-m", "cosdesk", *map(str, words)], env=environment, capture_output=True, check=False
    )


def test_output_is_utf8_whatever_the_locale(demo_file: Path) -> None:
    shown = process("show", demo_file, "--json", LC_ALL="POSIX", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert shown.returncode == 0 and shown.stderr == b""
    assert json.loads(shown.stdout.decode("utf-8"))["district"]["name"] == "Заречный район"
    missing = process("show", "нет.cosdesk", LC_ALL="POSIX", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert missing.returncode == 1 and missing.stdout == b""
    assert missing.stderr.decode("utf-8").startswith("Файла «")


def test_without_a_screen_the_window_is_refused_in_words(demo_file: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("there is always a screen")
    answer = process(demo_file)
    assert answer.returncode == 1
    assert answer.stderr.decode("utf-8").startswith("Окно ")


def test_help_and_terms_load_no_document_library_and_no_window() -> None:
    code = "import cosdesk.cli, sys; cosdesk.cli.main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    for words in (["--help"], ["schedule", "--", "май"]):
        loaded = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=True, text=True
        ).stderr.split()
        heavy = ("PySide6", "openpyxl", "reportlab", "docx", "lxml", "pymorphy3", "sqlite3", "jinja2")
        assert [name for name in heavy if name in loaded] == []


def test_a_reader_that_goes_away_is_no_fault(demo_file: Path) -> None:
    script = f'"{sys.executable}" -m cosdesk show "{demo_file}" --json | head -c 10'
    piped = subprocess.run(script, shell=True, cwd=ROOT, capture_output=True, check=False)
    assert piped.stderr == b""
