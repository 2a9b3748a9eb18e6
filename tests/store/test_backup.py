"""Backups, restoring, checking, the plain copy: on real files in a data folder of the test's own."""

import hashlib
import json
import os
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk.domain.district import District
from cosdesk.errors import UserError
from cosdesk.store import backup, roadmaps
from cosdesk.store.dump import description, json_pieces, read_tables
from cosdesk.store.fields import FIELDS, TABLES, field_meaning
from cosdesk.store.file import DamagedFileError, DistrictFile
from cosdesk.store.lock import FileBusyError
from cosdesk.store.restore import restore
from cosdesk.store.retention import ALL_FOR, kept
from cosdesk.store.verify import check

from .conftest import CONTENTS

NOW = datetime(2026, 7, 31, 14, 5)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(backup, "user_data_folder", lambda: tmp_path / "данные")
    return tmp_path / "данные"


# --- which copies stay


@pytest.mark.parametrize(
    ("made", "stay"),
    [
        ("every half hour of two days", 96),
        ("once a day of a year", 2 + 12 + 10 + 9),
        ("once a month of five years", 1 + 12),
        ("ten at one minute", 10),
        ("none", 0),
    ],
)
def test_how_many_stay(made: str, stay: int) -> None:
    moments = {
        "every half hour of two days": [NOW - timedelta(minutes=30 * n) for n in range(96)],
        "once a day of a year": [NOW - timedelta(days=n) for n in range(365)],
        # monthly copies: each counts as a day first, then as a week, then as a month
        "once a month of five years": [NOW - timedelta(days=30 * n) for n in range(13)],
        "ten at one minute": [NOW - timedelta(seconds=n) for n in range(10)],
        "none": [],
    }[made]
    assert len(kept(moments, NOW)) == stay


def test_of_a_day_the_newest_stays() -> None:
    day = NOW - timedelta(days=5)
    evening, morning = day.replace(hour=18), day.replace(hour=9)
    assert kept([morning, evening], NOW) == {evening}


def test_what_a_wrong_clock_dated_ahead_stays() -> None:
    ahead = NOW + timedelta(days=4000)
    assert ahead in kept([ahead, NOW - timedelta(days=30)], NOW)


MOMENTS = st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 31)), max_size=80)


@given(MOMENTS, st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))
def test_laws_of_retention(moments: list[datetime], now: datetime) -> None:
    chosen = kept(moments, now)
    assert chosen <= set(moments)
    assert {at for at in moments if at > now - ALL_FOR} <= chosen
    assert not moments or max(moments) in chosen
    assert kept(chosen, now) == chosen
    old = [at for at in chosen if at <= now - ALL_FOR]
    assert len(old) <= 12 + 10 + 9 + 1


@given(MOMENTS)
def test_thinning_out_day_by_day_keeps_something_of_long_ago(moments: list[datetime]) -> None:
    present = set(moments)
    for day in range(0, 120, 7):
        present = kept(present, datetime(2027, 1, 1) + timedelta(days=day))
    assert bool(present) == bool(moments)


# --- making


def test_a_backup_is_whole_sealed_and_listed(file: DistrictFile) -> None:
    made = file.back_up("перед импортом")
    assert [(copy.path, copy.reason) for copy in backup.backups_of(file.uid)] == [(made.path, "перед импортом")]
    told, name = made.path.with_name(made.path.name + ".sha256").read_text("utf-8").split(" *")
    assert told == hashlib.sha256(made.path.read_bytes()).hexdigest() and name == f"{made.path.name}\n"
    assert check(made.path, full=True).items == len(CONTENTS.items)
    with DistrictFile.open(made.path, read_only=True) as copy:
        assert copy.snapshot() == file.snapshot() and copy.mark == file.mark
    assert {path.suffix for path in made.path.parent.iterdir()} == {".cosdesk", ".sha256", ".json"}


def test_two_backups_of_one_second_are_two(file: DistrictFile) -> None:
    file.back_up()
    file.back_up()
    assert len(backup.backups_of(file.uid)) == 2


def test_a_backup_aside_of_an_open_file(file: DistrictFile) -> None:
    made = backup.back_up_aside(file.path, file.uid, "Заречный район")
    with DistrictFile.open(made.path, read_only=True) as copy:
        assert copy.snapshot() == file.snapshot()
        assert not copy.recovered
    with file.edit("Правка") as edit:
        roadmaps.delete_item(edit, 1)
    assert not backup._journal_is_filled(file.path)


def test_bytes_are_not_copied_in_the_middle_of_a_transaction(
    file: DistrictFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.close()
    monkeypatch.setattr(backup, "_PAUSE", 0)
    cut = tmp_path / "cut"
    cut.mkdir()
    source = Path(shutil.copy(file.path, cut))
    backup.journal_of(source).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    with pytest.raises(UserError, match="меняется"):
        backup.copy_bytes(source, cut / "копия.cosdesk")
    assert len(list(cut.iterdir())) == 2


def test_a_commit_during_the_copying_makes_it_start_again(
    file: DistrictFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.close()
    copied = backup._copy_around_locks
    runs = []

    def disturbed(source: Path, part: Path) -> None:
        copied(source, part)
        runs.append(part)
        if len(runs) == 1:
            with DistrictFile.open(source) as other, other.edit("Правка") as edit:
                roadmaps.delete_item(edit, 1)

    monkeypatch.setattr(backup, "_copy_around_locks", disturbed)
    monkeypatch.setattr(backup, "_PAUSE", 0)
    backup.copy_bytes(file.path, tmp_path / "копия.cosdesk")
    assert len(runs) == 2
    assert check(tmp_path / "копия.cosdesk").items == 1


def test_a_damaged_file_gives_no_backup(file: DistrictFile, tmp_path: Path) -> None:
    file.close()
    content = bytearray(file.path.read_bytes())
    content[-3 * 4096 : -2 * 4096] = b"\xff" * 4096
    file.path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        backup.copy_bytes(file.path, tmp_path / "копия.cosdesk")
    assert [path.name for path in tmp_path.iterdir()] == [file.path.name]


def test_a_hostile_uid_stays_in_the_folder(own_data_folder: Path) -> None:
    for uid in ("../../x", "", "a/b", "x" * 300, "\0", "CON "):
        assert backup.backups_folder(uid).parent == own_data_folder / "backups"


def test_old_backups_are_thinned_out_with_their_seals(file: DistrictFile) -> None:
    made = file.back_up()
    folder = made.path.parent
    for hours in range(100):
        at = made.at - timedelta(days=20, hours=hours)
        for suffix in (".cosdesk", ".cosdesk.sha256"):
            shutil.copy(made.path, folder / f"{at:%Y-%m-%d %H-%M-%S}{suffix}")
    (folder / "чужой.cosdesk").write_text("важное")
    backup.thin_out(folder, made.at)
    left = list(folder.glob("*.cosdesk"))
    assert 4 <= len(left) <= 10
    assert (folder / "чужой.cosdesk").exists()
    assert len(list(folder.glob("*.sha256"))) == len(left) - 1


def test_the_second_medium(file: DistrictFile, tmp_path: Path) -> None:
    made = file.back_up()
    with pytest.raises(UserError, match="недоступна"):
        backup.copy_to_medium(made, tmp_path / "нет" / "носителя")
    medium = tmp_path / "носитель"
    carried = backup.copy_to_medium(made, medium)
    assert check(carried).is_sound and backup.backups_in(medium)[0].at == made.at


# --- checking


def test_a_changed_copy_is_told(file: DistrictFile) -> None:
    made = file.back_up()
    content = bytearray(made.path.read_bytes())
    content[-1] ^= 1
    made.path.write_bytes(content)
    assert "Контрольная сумма" in check(made.path).problems[0]
    with pytest.raises(DamagedFileError, match="не годится"):
        restore(file.path, made.path)


def test_a_broken_tie_is_told_by_the_full_check(file: DistrictFile) -> None:
    file.close()
    with sqlite3.connect(file.path) as connection:
        connection.execute("UPDATE item SET parent_id = 999 WHERE id = 2")
    connection.close()
    assert check(file.path).is_sound
    assert "Связи" in check(file.path, full=True).problems[0]


# --- restoring


def changed_after_backup(file: DistrictFile) -> Path:
    """A backup; then the rows are deleted and the file is closed."""
    made = file.back_up()
    with file.edit("Удаление") as edit:
        roadmaps.delete_item(edit, 1)
    file.close()
    return made.path


def test_restoring_brings_back_and_keeps_the_present_file(file: DistrictFile) -> None:
    copy = changed_after_backup(file)
    present = file.path.read_bytes()
    restored, aside = restore(file.path, copy)
    assert restored.items == len(CONTENTS.items)
    assert aside and aside.read_bytes() == present
    with DistrictFile.open(file.path) as again:
        assert again.snapshot().roadmaps[0] == CONTENTS and not again.recovered
    assert sorted(path.name for path in file.path.parent.glob("*.cosdesk")) == sorted([file.path.name, aside.name])
    assert copy.exists()


@pytest.mark.parametrize("state", ["missing", "empty", "garbage"])
def test_restoring_over_what_is_left_of_a_file(file: DistrictFile, state: str) -> None:
    copy = changed_after_backup(file)
    if state == "missing":
        file.path.unlink()
    else:
        file.path.write_bytes(b"" if state == "empty" else b"\1garbage" * 900)
    assert backup.backups_for(file.path)[0].path == copy
    _, aside = restore(file.path, copy)
    assert (aside is None) == (state == "missing")
    assert check(file.path, full=True).is_sound


def test_a_hot_journal_goes_aside_with_its_file(file: DistrictFile) -> None:
    copy = changed_after_backup(file)
    journal = backup.journal_of(file.path)
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\7" * 600)
    kept_journal = journal.read_bytes()
    _, aside = restore(file.path, copy)
    assert aside and backup.journal_of(aside).read_bytes() == kept_journal
    assert not journal.exists()
    assert check(file.path, full=True).is_sound


def test_an_open_file_is_not_restored(file: DistrictFile) -> None:
    made = file.back_up()
    with pytest.raises(FileBusyError):
        restore(file.path, made.path)
    with file.edit("Правка") as edit:
        roadmaps.delete_item(edit, 1)


def test_a_file_of_another_district_may_stand_in_only_as_itself(file: DistrictFile, tmp_path: Path) -> None:
    other = tmp_path / "Другой.cosdesk"
    DistrictFile.create(other, District("Другой район")).close()
    file.close()
    restored, _ = restore(file.path, other)
    assert restored.district == "Другой район"
    with pytest.raises(UserError, match="один и тот же"):
        restore(file.path, file.path)


# --- the plain copy


def test_every_field_is_described(file: DistrictFile) -> None:
    tables = read_tables(file)
    undescribed = [
        f"{table}.{field}"
        for table, (fields, _) in tables.items()
        for field in fields
        if not field_meaning(table, field)
    ]
    assert undescribed == [], "describe them in cosdesk/store/fields.py"
    assert set(tables) - set(TABLES) == set(), "name them in cosdesk/store/fields.py"
    assert {name for name in FIELDS if "." in name and name.partition(".")[0] not in tables} == set()


def test_the_plain_copy_holds_every_row(file: DistrictFile) -> None:
    plain = json.loads("".join(json_pieces(file)))
    assert {name: len(rows) for name, rows in plain["tables"].items()} == backup.counts(file._database.conn)
    assert plain["tables"]["item"][1]["title"] == "Письмо школам"
    assert len(plain["description"]) == len(list(description(read_tables(file)))) + 1  # the contents of files


def test_a_second_opening_drops_no_lock(file: DistrictFile) -> None:
    """Closing a second descriptor of an open file would let another program in (POSIX)."""
    with pytest.raises(FileBusyError):
        DistrictFile.open(file.path, read_only=True)
    if os.name != "nt":
        link = file.path.with_name("ссылка.cosdesk")
        link.symlink_to(file.path)
        with pytest.raises(FileBusyError):
            DistrictFile.open(link, read_only=True)
