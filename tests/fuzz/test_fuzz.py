"""Random and mutated input at every door: only a ``UserError`` comes out, in time; the district's file stays.

What a run finds is put into ``corpus/`` under the door's name and is tried again in every run.
"""

import io
import random
import shutil
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cosdesk.domain.district import District
from cosdesk.domain.evidence import describe
from cosdesk.domain.period import parse_period
from cosdesk.domain.schedule import understand
from cosdesk.errors import UserError
from cosdesk.forms.monitoring_form import read_monitoring_form
from cosdesk.forms.roadmap_form import read_roadmap_form, roadmap_forms
from cosdesk.intake.answer_table import read_answer_table
from cosdesk.intake.answer_workbook import read_workbook
from cosdesk.intake.answers import assess
from cosdesk.intake.heap_parts import unwrap, wrapping
from cosdesk.intake.reading import read_outline, read_outline_isolated
from cosdesk.intake.recognise import recognise
from cosdesk.intake.schools import read_schools
from cosdesk.intake.text import outline_of_text
from cosdesk.paths import forms_folder
from cosdesk.store.evidence_files import clean_name, kind_of
from cosdesk.store.file import DistrictFile
from cosdesk.store.verify import check
from tests.intake.builders import Table, write_docx, write_xlsx
from tests.intake.test_heap_parts import ROWS, archive, mail, ods
from tests.rounds import GOOD, begin, desk, fill, letters_of, make_district

SECONDS = 20
CORPUS = Path(__file__).with_name("corpus")
# Examples a door in an everyday run and in a long one: 20,000 together.
EVERYDAY, LONG = 20, 2_000
ISOLATED_EVERYDAY, ISOLATED_LONG = 2, 60
MEGABYTES = 512


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> int:
    return LONG if request.config.getoption("--long") else EVERYDAY


def told(run: Callable[[], object]) -> None:
    """Passes when nothing but a ``UserError`` comes out, within the time."""
    began = time.monotonic()
    with suppress(UserError):
        run()
    assert time.monotonic() - began < SECONDS


def corpus(door: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.glob(f"{door}-*"))]


# --- texts that look almost right


WORDS = """
до|в течение|ежегодно|ежемесячно|ежеквартально|не позднее|декабрь|мая|май|квартал|полугодие|год|года|г.|2021|2022-2024
31.12.2021|32.13.2021|29.02.2023|I|II|IV|1|4|-|–|,|;|(|)|по|далее|раз|два|учебный|2021/2022|постоянно|сентябрь-октябрь|«»
""".strip().replace("\n", "|")
almost_terms = st.lists(st.sampled_from(WORDS.split("|")) | st.text(max_size=4), max_size=12).map(" ".join)
CELLS = "№|1.|1.1|Мероприятие|Срок|Показатель|%|62,5|«|=1+1|#N/A|\u202e|"
cells = st.sampled_from(CELLS.split("|"))
lines = st.lists(cells | almost_terms, max_size=6).map("\t".join)
almost_tables = st.lists(lines, max_size=12).map("\n".join)


def test_terms(examples: int) -> None:
    @settings(max_examples=examples)
    @given(almost_terms | st.text(max_size=80))
    def run(wording: str) -> None:
        told(lambda: understand(wording, (2021, 2024)))

    run()


def test_periods_and_documents(examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.text("0123456789-QHM", max_size=9) | st.text(max_size=12), almost_terms)
    def run(code: str, text: str) -> None:
        told(lambda: parse_period(code))
        told(lambda: describe(text))

    run()


def test_pasted_texts(examples: int) -> None:
    forms = roadmap_forms()

    @settings(max_examples=examples)
    @given(almost_tables | st.text(max_size=300))
    def run(text: str) -> None:
        told(lambda: recognise(outline_of_text(text), forms))

    run()


def test_names_and_contents_of_attached_files(examples: int) -> None:
    @settings(max_examples=examples)
    @given(st.text(max_size=300), st.binary(max_size=60))
    def run(name: str, tail: bytes) -> None:
        clean = clean_name(name)
        assert clean and len(clean) <= 120 and "/" not in clean and "\\" not in clean and clean.isprintable()
        told(lambda: kind_of(b"PK\x03\x04" + tail))

    run()


# --- files that were right once


def mutated(content: bytes, luck: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled, moved or overwritten, up to eight times."""
    changed = bytearray(content)
    for _ in range(luck.randint(1, 8)):
        if not changed:
            break
        at = luck.randrange(len(changed))
        length = luck.choice((1, 2, 16, 300))
        match luck.randrange(5):
            case 0:
                changed[at] ^= 1 << luck.randrange(8)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length] * luck.randint(1, 3)
            case 3:
                changed[at : at + length] = luck.randbytes(length)
            case 4:
                changed[at:at] = luck.choice((b"\0", b"<", b"&lt;", b"&#0;", b'"', "\u202e".encode(), b"99999999999"))
    return bytes(changed)


def mutated_package(content: bytes, luck: random.Random) -> bytes:
    """Half of the time the bytes of the package itself, else those of one part within a sound package."""
    if luck.random() < 0.3:
        return mutated(content, luck)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        parts = source.namelist()
        chosen = luck.choice([name for name in parts if name.endswith((".xml", ".rels"))] or parts)
        for name in parts:
            part = source.read(name)
            target.writestr(name, mutated(part, luck) if name == chosen else part)
    return made.getvalue()


TABLE = Table(
    [
        ["№ п/п", "Мероприятие", "Срок", "Ответственный"],
        ["1", "Организация", "", ""],
        ["1.1", "Письмо школам", "май 2021", "Отдел"],
        ["1.2", "Совещание", "ежегодно", "Методист"],
    ],
    merges=[(1, 1, 1, 3)],
)


@pytest.fixture(scope="module")
def sound_documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    word = write_docx(folder / "a.docx", ["Дорожная карта", TABLE], levels=("%1.",))
    excel = write_xlsx(folder / "a.xlsx", {"План": TABLE.rows})
    return {"docx": word.read_bytes(), "xlsx": excel.read_bytes()}


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Path]:
    """A district that no input may touch: its bytes are compared at the end."""
    path = tmp_path / "район.cosdesk"
    DistrictFile.create(path, District("Район")).close()
    before = path.read_bytes()
    yield path
    assert path.read_bytes() == before


@pytest.mark.parametrize("door", ["docx", "xlsx"])
def test_documents(door: str, examples: int, sound_documents: dict[str, bytes], tmp_path: Path, district: Path) -> None:
    forms = roadmap_forms()
    path = tmp_path / f"документ.{door}"
    luck = random.Random(f"{door} {examples}")
    known = corpus(door)
    for turn in range(len(known) + examples):
        content = known[turn] if turn < len(known) else mutated_package(sound_documents[door], luck)
        path.write_bytes(content)
        try:
            told(lambda: recognise(read_outline(path), forms))
        except BaseException:
            keep(door, content, tmp_path)
            raise


@pytest.mark.parametrize("door", ["docx", "xlsx"])
def test_documents_within_the_bounds(
    door: str, examples: int, sound_documents: dict[str, bytes], tmp_path: Path, district: Path
) -> None:
    """The same through the child process that the window reads with: its memory and its time."""
    resource = pytest.importorskip("resource")
    path = tmp_path / f"документ.{door}"
    luck = random.Random(f"child {door}")
    for _ in range(ISOLATED_LONG if examples == LONG else ISOLATED_EVERYDAY):
        path.write_bytes(mutated_package(sound_documents[door], luck))
        told(lambda: read_outline_isolated(path))
        # The largest of all children so far, in kilobytes.
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MEGABYTES * 1024


def test_answers_of_schools(examples: int, tmp_path: Path, district: Path) -> None:
    """A workbook sent out and spoiled on its way back: judged, never believed, never more than refused."""
    with make_district(tmp_path / "опрос.cosdesk") as file:
        round_id = begin(file)
        sound = fill(letters_of(file, round_id)[0].workbook, GOOD["internet"])
        rounds = {round_id: desk(file, round_id)}
        path = tmp_path / "ответ.xlsx"
        luck = random.Random(examples)
        known = corpus("answers")
        for turn in range(len(known) + examples):
            content = known[turn] if turn < len(known) else mutated_package(sound, luck)
            path.write_bytes(content)
            try:
                told(lambda: assess([(path, read_workbook(path))], "u", rounds.get))
            except BaseException:
                keep("answers", content, tmp_path)
                raise


@pytest.mark.parametrize("door", ["ods", "eml", "zip"])
def test_what_answers_come_in(door: str, examples: int, tmp_path: Path) -> None:
    """LibreOffice's own format, letters and archives, spoiled: unwrapped and read, or refused."""
    with make_district(tmp_path / "опрос.cosdesk") as file:
        book = fill(letters_of(file, begin(file))[0].workbook, GOOD["internet"])
    letter = mail({"Ответ.xlsx": book})
    letter.add_attachment(mail({"внутри.xlsx": book}))
    sound = {
        "ods": ods(tmp_path / "а.ods", ROWS).read_bytes(),
        "eml": letter.as_bytes(),
        "zip": archive({"папка/а.xlsx": book, "б.eml": letter.as_bytes()}),
    }[door]
    path, out = tmp_path / f"ответ.{door}", tmp_path / "достали"
    luck = random.Random(f"{door} {examples}")
    for turn in range(examples):
        content = mutated(sound, luck) if door == "eml" or turn % 2 else mutated_package(sound, luck)
        path.write_bytes(content)
        out.mkdir()
        try:
            told(lambda: unwrap(path, out) if wrapping(path) else read_workbook(path))
        except BaseException:
            keep("answers", content, tmp_path)
            raise
        finally:
            shutil.rmtree(out)


def test_pasted_answers(examples: int, tmp_path: Path) -> None:
    with make_district(tmp_path / "опрос.cosdesk") as file:
        found = desk(file, begin(file))
    words = "Школа № 1|Школа|Скорость по договору|Измеренная скорость|да|55,5|-||Итого|<table>|<td rowspan=9999>|1e9"
    cells = st.sampled_from(words.split("|")) | st.text(max_size=5)

    @settings(max_examples=examples)
    @given(st.lists(st.lists(cells, max_size=6).map("\t".join), max_size=8).map("\n".join))
    def run(text: str) -> None:
        told(lambda: read_answer_table(outline_of_text(text), found, date(2026, 1, 1)))

    run()


SCHOOL_CELLS = (
    "Наименование|Школа № 1|МБОУ СОШ № 2|Директор|Иванов И.И.|Телефон|2-11-22|обучающихся|50|-1|1e9|село|закрыта|"
)


def test_lists_of_schools(examples: int) -> None:
    cells = st.sampled_from(SCHOOL_CELLS.split("|")) | st.text(max_size=5)
    school_lines = st.lists(cells, max_size=6).map("\t".join)

    @settings(max_examples=examples)
    @given(st.lists(school_lines, max_size=10).map("\n".join))
    def run(text: str) -> None:
        told(lambda: read_schools(outline_of_text(text), (), date(2026, 1, 1)))

    run()


READERS = {"roadmaps": read_roadmap_form, "monitoring": read_monitoring_form}


@pytest.mark.parametrize("kind", READERS)
def test_forms(kind: str, examples: int, tmp_path: Path, district: Path) -> None:
    sound = [path.read_bytes() for path in sorted((forms_folder() / kind).glob("*.toml"))]
    path = tmp_path / "форма.toml"
    luck = random.Random(examples)
    known = corpus(f"form-{kind}")
    for turn in range(len(known) + examples):
        content = known[turn] if turn < len(known) else mutated(luck.choice(sound), luck)
        path.write_bytes(content)
        try:
            told(lambda: READERS[kind](path))
        except BaseException:
            keep(f"form-{kind}", content, tmp_path)
            raise
    assert sound and tomllib.loads(sound[0].decode())


def test_district_files(examples: int, tmp_path: Path, district: Path) -> None:
    sound = district.read_bytes()
    path = tmp_path / "испорчен.cosdesk"
    luck = random.Random(examples)
    known = corpus("district")
    for turn in range(len(known) + examples):
        # The header decides most; the rest is mutated too.
        head = mutated(sound[:100], luck) if luck.random() < 0.5 else sound[:100]
        rest = sound[100:] if luck.random() < 0.5 else mutated(sound[100:], luck)
        content = known[turn] if turn < len(known) else head + rest
        path.write_bytes(content)
        try:
            told(lambda: check(path, full=True))
            told(lambda: read_whole(path))
        except BaseException:
            keep("district", content, tmp_path)
            raise
        assert path.read_bytes() == content


def read_whole(path: Path) -> None:
    with DistrictFile.open(path, read_only=True) as file:
        file.snapshot()


def keep(door: str, content: bytes, folder: Path) -> None:
    """What broke something, where it can be found and put into the corpus."""
    (folder / f"{door}-found").write_bytes(content)
