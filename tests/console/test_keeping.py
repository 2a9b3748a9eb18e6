"""verify, backup, backups, restore, dump: on a real file, read back by other readers."""

import json
from pathlib import Path

import openpyxl
import pytest

from cosdesk.store import backup
from cosdesk.store.file import DistrictFile
from tests.console.calling import Cosdesk, assert_told


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "user_data_folder", lambda: tmp_path / "данные")


def test_a_sound_file_is_called_sound(cosdesk: Cosdesk, small_file: Path) -> None:
    before = small_file.read_bytes()
    answer = cosdesk("verify", small_file, "--full")
    assert answer.code == 0 and answer.out.startswith("Файл исправен: Малый район; строк 5")
    assert small_file.read_bytes() == before


def test_damage_is_told(cosdesk: Cosdesk, small_file: Path) -> None:
    content = small_file.read_bytes()
    small_file.write_bytes(content[:4096] + bytes(len(content) - 4096))
    assert_told(cosdesk("verify", small_file))


def test_back_up_change_restore(cosdesk: Cosdesk, small_file: Path) -> None:
    shown = cosdesk("show", small_file, "--json").data
    assert cosdesk("backup", small_file).code == 0
    assert cosdesk("record", small_file, "3", "--done", "01.02.2020").code == 0
    (known,) = cosdesk("backups", small_file, "--json").data["backups"]
    assert known["sound"] and known["items"] == 5 and known["reason"] == "по команде"
    answer = cosdesk("restore", small_file, known["path"])
    assert answer.code == 0 and "Прежний файл сохранён" in answer.out
    assert cosdesk("show", small_file, "--json").data == shown


def test_the_copies_of_a_file_that_is_gone_are_found(cosdesk: Cosdesk, small_file: Path) -> None:
    cosdesk("backup", small_file)
    small_file.unlink()
    (known,) = cosdesk("backups", small_file, "--json").data["backups"]
    assert cosdesk("restore", small_file, known["path"]).code == 0
    assert cosdesk("verify", small_file, "--full").code == 0


def test_a_backup_at_a_chosen_place_replaces_nothing(cosdesk: Cosdesk, small_file: Path) -> None:
    out = small_file.parent / "копия.cosdesk"
    assert cosdesk("backup", small_file, "-o", out).code == 0
    assert_told(cosdesk("backup", small_file, "-o", out))


def test_an_import_backs_up_first(cosdesk: Cosdesk, small_file: Path) -> None:
    source = small_file.parent / "план.txt"
    source.write_text("№\tМероприятие\tСрок\n1\tСделать\t2021\n", "utf-8")
    assert cosdesk("import", small_file, source).code == 0
    (known,) = cosdesk("backups", small_file, "--json").data["backups"]
    assert known["reason"] == "перед импортом" and known["items"] == 5


def test_the_plain_copy_as_json_and_as_workbook(cosdesk: Cosdesk, small_file: Path) -> None:
    long_text = "=ДЛИННЫЙ(" + "я" * 70_000
    with DistrictFile.open(small_file) as file, file.edit("Текст") as edit:
        edit.update("item", 3, {"note": long_text, "title": "=1+1"})
    folder = small_file.parent
    assert cosdesk("dump", small_file, "-o", folder / "год.json").code == 0
    plain = json.loads((folder / "год.json").read_text("utf-8"))
    assert plain["tables"]["item"][2]["note"] == long_text
    assert all(line["meaning"] for line in plain["description"])
    assert cosdesk("dump", small_file, "-o", folder / "год.xlsx").code == 0
    book = openpyxl.load_workbook(folder / "год.xlsx")
    assert set(plain["tables"]) < set(book.sheetnames) and book.sheetnames[0] == "Описание"
    headings = [cell.value for cell in book["item"][1]]
    title = book["item"].cell(4, headings.index("title") + 1)
    assert (title.value, title.data_type) == ("=1+1", "s")
    pieces = [row[4] for row in book["Длинные тексты"].iter_rows(min_row=2, values_only=True) if row[0] == "item"]
    assert "".join(map(str, pieces)) == long_text
    assert_told(cosdesk("dump", small_file, "-o", folder / "год.odt"))


def test_a_copy_under_a_password(cosdesk: Cosdesk, small_file: Path, tmp_path: Path) -> None:
    (tmp_path / "пароль.txt").write_text("пять слов про весну\n", "utf-8")
    (tmp_path / "не тот.txt").write_text("пять слов про осень\n", "utf-8")
    locked, opened = tmp_path / "флешка.cosdesk", tmp_path / "открыт.cosdesk"
    assert cosdesk("lock", small_file, "-o", locked, "--password-file", tmp_path / "пароль.txt").code == 0
    shown = cosdesk("show", locked)
    assert_told(shown)
    assert "закрыт паролем" in shown.err
    assert_told(cosdesk("unlock", locked, "-o", opened, "--password-file", tmp_path / "не тот.txt"))
    assert_told(cosdesk("lock", small_file, "-o", locked, "--password-file", tmp_path / "пароль.txt"))
    assert cosdesk("unlock", locked, "-o", opened, "--password-file", tmp_path / "пароль.txt").code == 0
    assert cosdesk("show", opened).out == cosdesk("show", small_file).out
