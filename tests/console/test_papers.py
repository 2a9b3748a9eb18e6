"""``import``, ``reports``, ``export`` and ``demo``: papers in and out."""

import json
import re
from pathlib import Path

import pytest

from cosdesk.domain.district import Snapshot
from cosdesk.domain.paper import FileState
from cosdesk.paper_journal import file_state
from cosdesk.store.file import DistrictFile
from cosdesk.store.lock import FileLock
from tests.console.calling import Cosdesk

SUFFIXES = (".pdf", ".xlsx", ".docx")
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


def test_what_cannot_be_made_says_why(cosdesk: Cosdesk, small_file: Path, tmp_path: Path) -> None:
    told = {line.split()[0]: line for line in cosdesk("reports", small_file).out.splitlines()}
    assert "не составить: утверждённых редакций нет" in told["changes"]
    assert "не составить" not in told["roadmap"] and "--row" in told["letter"]
    empty = tmp_path / "Пустой.cosdesk"
    cosdesk("new", empty, "--district", "Пустой район")
    lines = cosdesk("reports", empty).out.splitlines()
    assert lines and all(line.endswith("не составить: дорожной карты в файле ещё нет.") for line in lines)


def test_what_is_exported_stands_in_the_journal(cosdesk: Cosdesk, small_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Бумаги"
    assert cosdesk("export", small_file, "roadmap", "-o", tmp_path / "карта.pdf").code == 0
    assert cosdesk("packet", small_file, "-o", folder, "--report", "indicator-summary", "--format", "xlsx").code == 0
    with DistrictFile.open(small_file, read_only=True) as file:
        records = file.paper_records()
    assert [(record.report, record.format) for record in records] == [("indicator-summary", "xlsx"), ("roadmap", "pdf")]
    assert all(file_state(record) is FileState.AS_MADE for record in records)
    Path(records[1].place).write_bytes(b"other")
    Path(records[0].place).unlink()
    assert [file_state(record) for record in records] == [FileState.MISSING, FileState.CHANGED]


def test_a_busy_file_is_exported_without_the_journal(cosdesk: Cosdesk, small_file: Path, tmp_path: Path) -> None:
    lock = FileLock(small_file).path
    lock.write_text(json.dumps({"host": "другой компьютер", "pid": 1, "started": ""}), encoding="utf-8")
    answer = cosdesk("export", small_file, "roadmap", "-o", tmp_path / "карта.pdf")
    assert answer.code == 0 and (tmp_path / "карта.pdf").read_bytes().startswith(b"%PDF-")
    with DistrictFile.open(small_file, read_only=True) as file:
        assert file.paper_records() == ()


def test_reports_are_listed_by_id(cosdesk: Cosdesk, small_file: Path) -> None:
    listed = [line.split()[0] for line in cosdesk("reports", small_file).out.splitlines()]
    assert listed[0] == "roadmap" and {"analytical-report", "letter", "minutes", "media-plan"} <= set(listed)


def test_a_paper_of_a_row_is_told_the_row(cosdesk: Cosdesk, demo_file: Path) -> None:
    out = demo_file.parent / "письмо.pdf"
    missing = cosdesk("export", demo_file, "letter", "-o", out)
    assert missing.code == 1 and "Укажите её: --row" in missing.err and not out.exists()
    assert cosdesk("export", demo_file, "letter", "-o", out, "--row", "1.1").code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def snapshot_of(path: Path) -> Snapshot:
    with DistrictFile.open(path, read_only=True) as file:
        return file.snapshot()


@pytest.mark.parametrize(("suffix", "magic"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("docx", b"PK")])
def test_the_format_follows_from_the_name(cosdesk: Cosdesk, demo_file: Path, suffix: str, magic: bytes) -> None:
    before = snapshot_of(demo_file)
    out = demo_file.parent / f"карта.{suffix.upper()}"
    answer = cosdesk("export", demo_file, "roadmap", "-o", out)
    assert (answer.code, answer.err) == (0, "") and str(out) in answer.out
    assert out.read_bytes().startswith(magic)
    assert snapshot_of(demo_file) == before


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
    made = {suffix: {name.removesuffix(suffix) for name in names if name.endswith(suffix)} for suffix in SUFFIXES}
    assert len(made[".pdf"]) >= 16 and made[".pdf"] == made[".xlsx"] == made[".docx"]
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


def test_a_packet_makes_the_usual_papers_of_a_period(cosdesk: Cosdesk, demo_file: Path, tmp_path: Path) -> None:
    before = snapshot_of(demo_file)
    folder = tmp_path / "пакет" / "за год"
    answer = cosdesk("packet", demo_file, "--period", "2025-Q4", "-o", folder, "--format", "pdf", "--format", "xlsx")
    assert (answer.code, answer.err) == (0, "")
    names = {path.name for path in folder.iterdir()}
    assert set(re.findall(r"^  (.+)$", answer.out, re.MULTILINE)) == names
    assert sorted(Path(name).suffix for name in names) == [".pdf"] * 4 + [".xlsx"] * 4
    assert cosdesk("packet", demo_file, "--period", "2025-Q4", "-o", folder).code == 0
    assert {path.name for path in folder.iterdir()} == names  # replaced, not doubled
    assert snapshot_of(demo_file) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--report", "letter"), "Документа «letter» для пакета нет"),
        (("--format", "odt"), "Формат «odt» неизвестен"),
        (("--period", "2099-Q1", "--report", "analytical-report"), "Не составлен документ"),
    ],
)
def test_a_packet_that_cannot_be_made_says_why(
    cosdesk: Cosdesk, demo_file: Path, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    answer = cosdesk("packet", demo_file, "-o", tmp_path / "пакет", *words)
    assert answer.code == 1 and sentence in answer.err
    assert not list(tmp_path.glob("пакет/*"))
