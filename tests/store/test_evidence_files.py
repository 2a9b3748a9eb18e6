"""Files of documents: kept by their hash, cleaned names, opened only by content, checked on reading."""

import unicodedata
from io import BytesIO
from zipfile import ZipFile

import pytest

from cosdesk.domain.evidence import Evidence
from cosdesk.errors import UserError
from cosdesk.store.evidence import add_evidence, delete_evidence
from cosdesk.store.evidence_files import (
    MAX_SIZE,
    DamagedEvidenceError,
    add_file,
    clean_name,
    content_of,
    file_to_open,
    files_of,
    kind_of,
)
from cosdesk.store.file import DistrictFile

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


def package(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as target:
        for name in ("[Content_Types].xml", *names):
            target.writestr(name, "<a/>")
    return made.getvalue()


def attach(file: DistrictFile, name: str = "Приказ.pdf", content: bytes = PDF) -> int:
    with file.edit("Документ") as edit:
        evidence_id = add_evidence(edit, Evidence(0, text="приказ"))
        add_file(edit, evidence_id, name, content)
    return evidence_id


def test_what_is_put_in_comes_out(file: DistrictFile) -> None:
    evidence_id = attach(file)
    (kept,) = files_of(file._database, evidence_id)
    assert (kept.name, kept.kind, kept.size) == ("Приказ.pdf", "pdf", len(PDF))
    assert content_of(file._database, kept) == PDF


def test_the_same_bytes_are_kept_once_and_survive_undo_and_redo(file: DistrictFile) -> None:
    attach(file, "a.pdf")
    evidence_id = attach(file, "b.pdf")
    assert file._database.conn.execute("SELECT count(*) FROM blob").fetchone()[0] == 1
    with file.edit("Удаление") as edit:
        delete_evidence(edit, evidence_id)
    assert [kept.name for kept in files_of(file._database)] == ["a.pdf"]
    file.undo()
    assert [content_of(file._database, kept) for kept in files_of(file._database)] == [PDF, PDF]


def test_a_single_changed_byte_is_told(file: DistrictFile) -> None:
    attach(file)
    file._database.conn.execute("UPDATE blob SET content = ?", (PDF[:-1] + b"!",))
    with pytest.raises(DamagedEvidenceError, match=r"Приказ\.pdf"):
        content_of(file._database, files_of(file._database)[0])


@pytest.mark.parametrize(("content", "words"), [(b"", "пуст"), (bytes(MAX_SIZE + 1), "больше 20 МБ")])
def test_refused_files(file: DistrictFile, content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        attach(file, content=content)
    assert files_of(file._database) == ()


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Приказ № 16.pdf", "Приказ № 16.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\a.dll", "a.dll"),
        ("от\u202efdp.exe", "отfdp.exe"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ('что: "это"?.pdf', "что_ _это__.pdf"),
        (". . ", "документ"),
        ("", "документ"),
        (unicodedata.normalize("NFD", "Ёлкой.pdf"), "Ёлкой.pdf"),
        ("д" * 300 + ".docx", "д" * 115 + ".docx"),
        ("а\u00a0б.pdf", "а б.pdf"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (package("word/document.xml"), "docx"),
        (package("xl/workbook.xml"), "xlsx"),
        (package("word/document.xml", "word/vbaProject.bin"), ""),
        (package("a.txt"), ""),
        (b"PK\x03\x04 broken", ""),
        (b"MZ\x90\x00", ""),
        (b"<html>", ""),
    ],
)
def test_the_kind_is_told_by_content(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_a_false_extension_is_not_opened(file: DistrictFile) -> None:
    attach(file, "смета.pdf", b"MZ\x90\x00 program")
    with pytest.raises(UserError, match="не открывает"):
        file_to_open(file._database, files_of(file._database)[0])


def test_what_is_opened_has_the_suffix_of_its_content_in_a_private_folder(file: DistrictFile) -> None:
    attach(file, "акт.pdf.exe")
    path, folder = file_to_open(file._database, files_of(file._database)[0])
    with folder:
        assert path.name == "акт.pdf.pdf" and path.read_bytes() == PDF
        assert path.stat().st_mode & 0o777 == 0o400 and path.parent.stat().st_mode & 0o077 == 0
    assert not path.exists()
