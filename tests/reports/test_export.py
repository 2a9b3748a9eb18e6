"""Files are written whole or not at all, and every refusal is one Russian sentence."""

import errno
import os
from pathlib import Path

import pytest

from cosdesk.errors import UserError
from cosdesk.reports import export
from tests.reports.blocks import REPORT


@pytest.mark.parametrize(
    ("file_format", "beginning"), [("pdf", b"%PDF-"), ("xlsx", b"PK\x03\x04"), ("docx", b"PK\x03\x04")]
)
def test_every_format_is_written(tmp_path: Path, file_format: str, beginning: bytes) -> None:
    path = tmp_path / f"отчёт #1.{file_format}"
    path.write_bytes(b"old")
    export.write_document(REPORT, path, file_format)
    assert path.read_bytes().startswith(beginning)
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"«odt» неизвестен.*pdf, xlsx, docx"):
        export.render(REPORT, "odt")


def test_a_missing_folder_a_folder_and_a_file_as_folder_are_told(tmp_path: Path) -> None:
    file = tmp_path / "файл"
    file.write_bytes(b"")
    for path, words in (
        (tmp_path / "нет" / "отчёт.pdf", "папки «.*нет» нет"),
        (tmp_path, "указана папка"),
        (file / "отчёт.pdf", "папки .* нет"),
        (tmp_path / ("я" * 300), "имя не подходит"),
    ):
        with pytest.raises(UserError, match=words):
            export.write_file(path, b"new")
    assert list(tmp_path.iterdir()) == [file]


def failing(code: int) -> object:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("place", "code", "words"),
    [
        ("os.replace", errno.EACCES, "открыт в другой программе"),
        ("os.fsync", errno.ENOSPC, "на диске нет места"),
        ("pathlib.Path.open", errno.EACCES, "недоступна для записи"),
        ("pathlib.Path.open", errno.EROFS, "недоступна для записи"),
    ],
)
def test_a_failure_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, code: int, words: str
) -> None:
    path = tmp_path / "отчёт.pdf"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(place, failing(code))
        with pytest.raises(UserError, match=words):
            export.write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
