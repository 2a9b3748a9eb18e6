"""«Удалить персональные данные»: afterwards no file of the district holds the name, all else is as it was."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosdesk import erasure, plain_copy
from cosdesk.domain.district import District
from cosdesk.domain.edition import edition_on_paper
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.organisation import School
from cosdesk.domain.people import name_key
from cosdesk.domain.person import Membership, Person
from cosdesk.domain.personal_data import ERASED, name_pattern
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Stamp, StampKind
from cosdesk.errors import UserError
from cosdesk.store import backup, opening
from cosdesk.store.editions import add_edition
from cosdesk.store.erasure import erase_from_copy, erase_from_file, places_named
from cosdesk.store.evidence import add_evidence
from cosdesk.store.file import DistrictFile
from cosdesk.store.people import add_person, change_person, delete_person
from cosdesk.store.restore import restore
from cosdesk.store.roadmaps import add_roadmap, change_item
from cosdesk.store.schools import add_school
from cosdesk.store.verify import check

GONE = Person(0, "Нощихин М.В.", full_name="Нощихин Марк Витальевич", phone="2-11-22", email="mark@example.org")
STAYS = Person(0, "Сухова О.П.", full_name="Сухова Ольга Петровна", phone="2-33-44")
SURNAME = "Нощихин"
CONTENTS = RoadmapContents(
    Roadmap(1, "План", "sections", first_year=2021, last_year=2024),
    stamps=(Stamp(1, StampKind.APPROVED, "УТВЕРЖДАЮ", "Глава", "М. В. Нощихин"),),
    sections=(Section(1, "1", "Раздел"),),
    items=(
        Item(1, ItemKind.ACTIVITY, "Письмо школам", number="1", section_id=1, responsible=("Нощихин М.В., 2-11-22",)),
        Item(2, ItemKind.ACTIVITY, "Согласовать с Нощихиным\nМарком Витальевичем", section_id=1, note="Сухова О.П."),
    ),
)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (backup, opening, erasure):
        monkeypatch.setattr(module, "user_data_folder", lambda: tmp_path / "данные")
    return tmp_path / "данные"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A district that names the man everywhere, with backups of several states and a file set aside by a restore."""
    made = tmp_path / "район" / "Район.cosdesk"
    made.parent.mkdir()
    with DistrictFile.create(made, District("Район", uid="u", head_name="Нощихин Марк Витальевич")) as file:
        with file.edit("Импорт") as edit:
            roadmap = add_roadmap(edit, CONTENTS)
        file.back_up("до справочника")
        with file.edit("Добавлен Нощихин М.В.") as edit:
            gone, stays = add_person(edit, GONE), add_person(edit, STAYS)
            group = add_person(edit, Person(0, "Отдел", Membership.LIST, member_ids=(gone, stays)))
            add_school(edit, School(0, "Школа № 1", head="Марк Витальевич Нощихин"))
            add_evidence(edit, Evidence(0, text="письмо Нощихину М. В. от 01.02.2021"))
        contents = file.snapshot().roadmaps[0]
        with file.edit("Утверждение") as edit:
            add_edition(edit, contents, "1", date(2021, 1, 11), "приказ", "НОЩИХИН М.В.")
        with file.edit("Правка") as edit:
            change_item(edit, replace(contents.items[0], note="вместо Нощихина Марка Витальевича"))
        with file.edit("Удаление") as edit:
            delete_person(edit, group)
        file.undo()
        copy = file.back_up()
    restore(made, copy.path)
    with DistrictFile.open(made) as file, file.edit("Ещё правка") as edit:
        change_person(edit, replace(file.snapshot().people[0], position="ведущий специалист"))
        assert roadmap == 1
    plain_copy.keep_yearly(copy.path, "u", date(2020, 5, 1))
    return made


def erase_everywhere(path: Path) -> erasure.Copies:
    with DistrictFile.open(path) as file:
        person = next(person for person in file.snapshot().people if person.name == GONE.name)
        pattern = erasure.pattern_of(person, file.snapshot())
        found = erasure.erase_from_copies(path, "u", erasure.copies_of(path, "u"), pattern)
        assert erase_from_file(file, pattern) > 5
        assert places_named(file, pattern) == {}
    return found


def files_holding(folder: Path, word: str) -> list[str]:
    spellings = [text.encode(code) for text in (word, word.upper()) for code in ("utf-8", "utf-16-le")]
    spellings += [json.dumps(word).strip('"').encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(spelling in path.read_bytes() for spelling in spellings)]


def test_the_name_is_in_no_file_afterwards(path: Path, tmp_path: Path) -> None:
    assert len(files_holding(tmp_path, SURNAME)) >= 5
    found = erase_everywhere(path)
    assert found == erasure.Copies(3, ())
    for word in (SURNAME, "Витальевич", GONE.phone, GONE.email):
        assert files_holding(tmp_path, word) == []
    assert files_holding(tmp_path, "Сухова")


def test_everything_else_is_as_it_was(path: Path) -> None:
    erase_everywhere(path)
    with DistrictFile.open(path) as file:
        snapshot = file.snapshot()
        assert snapshot.district.head_name == ERASED and snapshot.schools[0].head == ERASED
        assert [person.name for person in snapshot.people] == ["Сухова О.П.", "Отдел"]
        assert snapshot.people[1].member_ids == (snapshot.people[0].id,)
        first, second = snapshot.roadmaps[0].items
        assert (first.title, first.responsible) == ("Письмо школам", (f"{ERASED}, {ERASED}",))
        assert (second.title, second.note) == (f"Согласовать с {ERASED}", "Сухова О.П.")
    assert check(path, full=True).problems == ()
    for copy in backup.backups_of("u"):
        assert backup.seal_of(copy.path).exists() and check(copy.path, full=True).problems == ()


def test_no_undo_brings_the_name_back(path: Path) -> None:
    erase_everywhere(path)
    with DistrictFile.open(path) as file:
        assert file.redo() == ""
        while file.undo():
            assert SURNAME not in str(file.snapshot())
            assert all(edition.is_intact for edition in file.editions(1))
        while file.redo():
            assert all(edition.is_intact for edition in file.editions(1))
        assert SURNAME not in str(file.snapshot()) and file.editions(1)
    assert check(path, full=True).problems == ()


def test_an_approved_edition_is_found_by_the_paper_printed_before(path: Path) -> None:
    with DistrictFile.open(path) as file:
        before = file.editions(1)[0]
    erase_everywhere(path)
    with DistrictFile.open(path) as file:
        after = file.editions(1)[0]
        assert after.is_intact and after.fingerprint != before.fingerprint
        assert edition_on_paper(file.editions(1), before.short_fingerprint) == after
        assert SURNAME not in after.frozen and after.contents.items[0].title == "Письмо школам"


def test_an_edition_changed_by_stealth_stays_told(path: Path) -> None:
    with DistrictFile.open(path) as file:
        file._database.conn.execute("UPDATE edition SET frozen = replace(frozen, 'Письмо', 'Приказ')")
    erase_everywhere(path)
    with DistrictFile.open(path) as file:
        assert not file.editions(1)[0].is_intact


def test_copies_that_nobody_can_read_are_removed(path: Path) -> None:
    damaged = backup.backups_of("u")[0].path
    content = bytearray(damaged.read_bytes())
    content[4096:12288] = bytes(8192)
    damaged.write_bytes(content)
    found = erase_everywhere(path)
    assert found.removed == (damaged,) and not damaged.exists() and not backup.seal_of(damaged).exists()


def test_a_file_of_another_district_is_left_alone(path: Path) -> None:
    other = path.with_name("Другой – до восстановления 01.01.2021.cosdesk")
    DistrictFile.create(other, District("Другой", uid="другой", head_name="Нощихин М.В.")).close()
    before = other.read_bytes()
    erase_everywhere(path)
    assert other.read_bytes() == before


def test_a_copy_that_cannot_be_replaced_is_told_and_nothing_else_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.backups_of("u")[0].path
    before = copy.read_bytes()

    def refuses(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("cosdesk.store.erasure.os.replace", refuses)
    with pytest.raises(UserError, match="пока не удалены"):
        erase_from_copy(copy, name_pattern(GONE, [], frozenset()))
    assert copy.read_bytes() == before and not list(copy.parent.glob(".*.part"))


# --- the names


@pytest.mark.parametrize(
    "text",
    [
        "Нощихин М.В.", "Нощихин М. В.", "нощихин м.в", "М.В. Нощихин", "М. В.\nНощихин",
        "Нощихин  Марк\u00a0Витальевич", "Марк Витальевич Нощихин", "НОЩИХИН МАРК ВИТАЛЬЕВИЧ",
        "Нощихиным М.В.", "М.В. Нощихиным", "Нощихиным Марком Витальевичем",
        r"Нощихин\nМ.В.", r"Нощихин\\nМарк Витальевич", "2-11-22", "mark@example.org",
    ],
)  # fmt: skip
def test_every_writing_is_found(text: str) -> None:
    pattern = name_pattern(GONE, ["Нощихиным Марком Витальевичем"], frozenset())
    for around in (text, f"«{text}»", f"отв.: {text}, директор", rf"строка\n{text}"):
        assert pattern.sub("", around).strip(".») \n") == around.replace(text, "").strip(".») \n")


@pytest.mark.parametrize(
    "text",
    ["Нощихин А.Б.", "Нощихина М.В.", "Занощихин М.В.", "Нощихин Марк Витальевичев", "2-11-223", "Марк Витальевич"],
)
def test_nobody_else_is_found(text: str) -> None:
    woman = name_key("Нощихина М.В.")
    assert not name_pattern(GONE, ["Нощихина Марка Витальевича"], {woman}).search(text)


@given(st.text("ёЁеЕНн .\\()[]*+?|^$", max_size=12), st.text(max_size=30))
def test_any_name_makes_a_pattern_that_ends(name: str, text: str) -> None:
    person = Person(1, name, full_name=name)
    if name.strip():
        name_pattern(person, [name], frozenset()).sub("", text)
