"""What must be refused is refused with one Russian sentence, quickly and with little memory."""

import os
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from cosdesk.errors import UserError
from cosdesk.intake import legacy
from cosdesk.intake.importing import import_document
from cosdesk.intake.reading import read_outline, read_outline_isolated
from tests.intake.builders import KINDS, Table, rewrite, write_docx, write_xlsx

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def ole(stream: str) -> bytes:
    """A file with the head of an old document and the name of one of its streams."""
    return OLE + stream.encode("utf-16-le") + bytes(2000)


def a_docx(folder: Path, change: Callable[[str, bytes], bytes | None] = lambda _, part: part, **added: bytes) -> Path:
    path = write_docx(folder / "карта.docx", ["План", Table([["№", "Мероприятие", "Срок"], ["1", "Дело", "май"]])])
    return rewrite(path, change, **added)


def in_document(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, part: part.replace(old, new) if name == "word/document.xml" else part


def bomb(folder: Path) -> Path:
    return a_docx(folder, word__media__image1=b"\0" * 30 * MEGABYTE)


def many_parts(folder: Path) -> Path:
    return a_docx(folder, **{f"word__part{number}": b"1" for number in range(2100)})


def large_sum(folder: Path) -> Path:
    path = a_docx(folder)
    noise = bytes(range(256)) * 64
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for number in range(3):
            with package.open(f"word/big{number}", "w", force_zip64=True) as part:
                for turn in range(90 * MEGABYTE // len(noise)):
                    part.write(noise[turn % 250 :] + noise[: turn % 250])
    return path


def doubled(folder: Path) -> Path:
    path = a_docx(folder)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as package:
        package.writestr("word/document.xml", "<x/>")
    return path


def outside(folder: Path) -> Path:
    path = a_docx(folder)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("../../etc/cosdesk.xml", "<x/>")
    return path


def encrypted(folder: Path) -> Path:
    path = a_docx(folder)
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            flags = struct.unpack_from("<H", content, place + offset)[0]
            struct.pack_into("<H", content, place + offset, flags | 1)
            place = content.find(signature, place + 4)
    path.write_bytes(content)
    return path


def xxe(folder: Path) -> Path:
    entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document '
    return a_docx(folder, in_document(b"<w:document ", entity))


def billion_laughs(folder: Path) -> Path:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    return a_docx(folder, in_document(b"<w:document ", b'<!DOCTYPE w [<!ENTITY a0 "x">' + entities + b"]><w:document "))


def other_encoding(folder: Path) -> Path:
    return a_docx(folder, lambda name, part: part.decode().encode("utf-16") if name == "word/document.xml" else part)


def lying_encoding(folder: Path) -> Path:
    return a_docx(folder, in_document(b"<?xml version='1.0' encoding='UTF-8'", b"<?xml version='1.0' encoding='UTF-7'"))


def not_utf8(folder: Path) -> Path:
    return a_docx(folder, in_document("План".encode(), "План".encode("cp1251")))


def wide_span(folder: Path) -> Path:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "слово"
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="50000000"/>'))
    document.save(str(folder / "карта.docx"))
    return folder / "карта.docx"


def far_cell(folder: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["XFD1048576"] = "слово", 1
    book.save(folder / "карта.xlsx")
    return folder / "карта.xlsx"


def huge_merge(folder: Path) -> Path:
    path = write_xlsx(folder / "карта.xlsx", {"Лист": [["слово"]]})
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return rewrite(path, lambda _, part: part.replace(b"</sheetData>", merge))


def row_of_billions(folder: Path) -> Path:
    path = write_xlsx(folder / "карта.xlsx", {"Лист": [["слово"]]})
    return rewrite(path, lambda _, part: part.replace(b'<row r="1"', b'<row r="999999999"').replace(b'r="A1"', b""))


def saved(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def truncated(folder: Path) -> Path:
    path = a_docx(folder)
    path.write_bytes(path.read_bytes()[:3000])
    return path


def broken_part(folder: Path) -> Path:
    return a_docx(folder, in_document(b"</w:p>", b"</w:q>"))


def broken_bytes(folder: Path) -> Path:
    path = a_docx(folder)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        start = package.getinfo("word/document.xml").header_offset + 100
    content[start : start + 50] = bytes(50)
    path.write_bytes(content)
    return path


def without_main_part(folder: Path) -> Path:
    return a_docx(folder, lambda name, part: None if name == "word/document.xml" else part)


def without_sheets(folder: Path) -> Path:
    path = write_xlsx(folder / "карта.xlsx", {"Лист": [["слово"]]})
    return rewrite(path, lambda name, part: None if "sheet1" in name else part)


def other_table(folder: Path) -> Path:
    return write_docx(folder / "карта.docx", [Table([["Год", "Дата"], ["а", "б"]])])


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda folder: folder / "нет.docx", "не найден"),
    "a folder": (lambda folder: folder, "это папка"),
    "empty": (saved("карта.docx", b""), "пуст"),
    "too large": (saved("карта.txt", b"1\t2\n" * (6 * MEGABYTE)), "больше 20 МБ"),
    "a picture": (saved("карта.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100)), "не похож"),
    "a PDF": (saved("карта.pdf", b"%PDF-1.7\n" + bytes(100)), "это PDF"),
    "a head of PK": (saved("карта.docx", b"PK\x03\x04" + bytes(500)), "повреждён"),
    "truncated": (truncated, "повреждён"),
    "a broken part": (broken_part, "повреждён"),
    "broken bytes": (broken_bytes, "повреждён"),
    "without its main part": (without_main_part, "не документ Word"),
    "another package": (lambda folder: a_zip(folder), "не документ Word"),
    "a workbook without sheets": (without_sheets, "нет таблицы"),
    "no table": (lambda folder: write_docx(folder / "письмо.docx", ["Уважаемые коллеги!"]), "нет таблицы"),
    "a text without a table": (saved("письмо.txt", "Уважаемые коллеги!".encode()), "нет таблицы"),
    "another table": (other_table, "не похожа на дорожную карту"),
    "a password of the office": (saved("карта.docx", ole("EncryptedPackage")), "закрыт паролем"),
    "a password of the archive": (encrypted, "закрыт паролем"),
    "an unknown container": (saved("карта.doc", ole("Something")), "не похож"),
    "macros": (lambda folder: a_docx(folder, **{"word__vbaProject.bin": b"1"}), "макросы"),
    "a bomb": (bomb, "опасен"),
    "a large sum": (large_sum, "опасен"),
    "many parts": (many_parts, "опасен"),
    "doubled names": (doubled, "опасен"),
    "names outside": (outside, "опасен"),
    "an outside entity": (xxe, "посторонние объявления"),
    "a billion laughs": (billion_laughs, "посторонние объявления"),
    "UTF-16 inside": (other_encoding, "не в кодировке UTF-8"),
    "UTF-7 inside": (lying_encoding, "не в кодировке UTF-8"),
    "bytes of Windows-1251 inside": (not_utf8, "не в кодировке UTF-8"),
    "a span of fifty million": (wide_span, "слишком большая таблица"),
    "a far cell": (far_cell, "далеко от таблицы"),
    "a huge merge": (huge_merge, "нет таблицы"),
    "a row of billions": (row_of_billions, "далеко от таблицы"),
}  # fmt: skip


def a_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "архив.zip", "w") as package:
        package.writestr("слово.txt", "слово")
    return folder / "архив.zip"


@pytest.mark.parametrize("case", CASES)
def test_refused_with_one_sentence(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read here, not in the child, so that time and memory are this process's own."""
    from cosdesk.intake import importing

    make, said = CASES[case]
    path = make(tmp_path)
    before = path.read_bytes() if path.is_file() else b""
    monkeypatch.setattr(importing, "read_outline_isolated", lambda path, cancelled: read_outline(path))
    tracemalloc.start()
    started = time.monotonic()
    try:
        with pytest.raises(UserError, match=said) as told:
            import_document(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.monotonic() - started < 10
    assert peak < 100 * MEGABYTE
    message = str(told.value)
    assert message.endswith(".") and len(message) < 260 and not message.isascii()
    assert "Traceback" not in message and str(tmp_path) not in message
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ole("WordDocument"), "Документ Word (*.docx)"),
        (ole("Workbook"), "Книга Excel (*.xlsx)"),
        (b"{\\rtf1\\ansi }", "Документ Word (*.docx)"),
    ],
)
def test_an_old_document_says_how_to_save_it(
    content: bytes, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "office_program", lambda: None)
    path = tmp_path / "карта.doc"
    path.write_bytes(content)
    with pytest.raises(UserError) as told:
        read_outline(path)
    assert said in str(told.value) and "Сохранить как" in str(told.value)


def test_an_old_document_is_converted_where_libreoffice_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for LibreOffice: it writes beside the source what the real one would."""
    path = tmp_path / "-карта.doc"
    path.write_bytes(ole("WordDocument"))
    ready = write_docx(tmp_path / "готово.docx", KINDS["sections"]())
    office = tmp_path / "soffice.py"
    office.write_text(
        "import pathlib, shutil, sys\n"
        "source = pathlib.Path(sys.argv[-1])\n"
        "assert source.read_bytes() and '--headless' in sys.argv\n"
        f"shutil.copy({str(ready)!r}, source.with_suffix('.docx'))\n",
        "utf-8",
    )
    popen = legacy.subprocess.Popen
    monkeypatch.setattr(legacy, "office_program", lambda: str(office))
    monkeypatch.setattr(
        legacy.subprocess, "Popen", lambda command, **options: popen([sys.executable, *command], **options)
    )
    assert read_outline(path) == read_outline(ready)


def test_a_conversion_that_fails_or_is_cancelled_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "карта.doc"
    path.write_bytes(ole("WordDocument"))
    popen = legacy.subprocess.Popen

    def stand_in(program: str) -> None:
        monkeypatch.setattr(
            legacy.subprocess, "Popen", lambda _, **options: popen([sys.executable, "-c", program], **options)
        )

    monkeypatch.setattr(legacy, "office_program", lambda: "soffice")
    stand_in("raise SystemExit(1)")
    with pytest.raises(UserError, match="Сохранить как"):
        read_outline(path)
    stand_in("import time; time.sleep(60)")
    with pytest.raises(UserError, match="отменено"):
        read_outline_isolated(path, cancelled=lambda: True)


def test_the_kind_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    document = write_docx(tmp_path / "карта.docx", KINDS["sections"]()).rename(tmp_path / "карта.txt")
    book = write_xlsx(tmp_path / "карта.xlsx", {"Лист": [["а", "б"]]}).rename(tmp_path / "карта.doc")
    assert [len(read_outline(path).grids) for path in (document, book)] == [1, 1]


def test_what_may_be_large_in_an_honest_file_is_read(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    rows = [["№", "Мероприятие", "Срок"], *[[str(n), f"Дело {n}", "май"] for n in range(1, 1500)]]
    path = write_xlsx(tmp_path / "карта.xlsx", {"План": rows})
    # In a process of its own: the high-water mark of children is that of all children ever.
    program = (
        "import resource, sys; from pathlib import Path; from cosdesk.intake.importing import import_document\n"
        "if __name__ == '__main__':\n"
        "    items = import_document(Path(sys.argv[1])).contents.items\n"
        "    print(len(items), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    script = tmp_path / "reader.py"
    script.write_text(program, "utf-8")
    words = [sys.executable, str(script), str(path)]
    root = Path(__file__).resolve().parent.parent.parent
    started = time.monotonic()
    done = subprocess.run(
        words, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=True
    )
    assert time.monotonic() - started < 15
    count, kilobytes = map(int, done.stdout.split())
    assert count == 1499
    assert kilobytes < 400 * 1024
