"""What a file must be before any parser sees it: its kind by content, its size, a harmless package.

The numbers are those of ``trust.md``, «Coming in».  Every refusal is a ``UserError``.
"""

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from cosdesk.errors import UserError

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_PART = 100 * MEGABYTE
MAX_RATIO = 200
RATIO_FROM = MEGABYTE
MAX_PARTS = 2_000

ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, UnicodeDecodeError,
)  # fmt: skip
"""What the zip module lets out of a broken package; the last of names that are not what they say."""

_CHUNK = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_MARKUP = (b"<", b"\xff\xfe", b"\xfe\xff", b"\0<")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
_MACROS = ("vbaproject.bin", "vbadata.xml")
_SAVE_AGAIN = "Откройте его в Word или Excel, сохраните заново и повторите."


class FileKind(StrEnum):
    """What a file is by its content; the suffix of its name is never asked."""

    PACKAGE = "package"
    TEXT = "text"
    WORD_97 = "doc"
    EXCEL_97 = "xls"
    RICH_TEXT = "rtf"


def file_kind(path: Path) -> FileKind:
    """The kind of a file that may be read on; ``UserError`` for any other."""
    head = _head(path)
    if head.startswith(b"PK"):
        return FileKind.PACKAGE
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith(b"{\\rtf"):
        return FileKind.RICH_TEXT
    if head.startswith(_OTHER_ARCHIVES):
        raise UserError(f"Файл «{path.name}» – архив RAR или 7z. Распакуйте его и возьмите файлы из него.")
    if head.startswith(b"%PDF"):
        raise UserError(f"Файл «{path.name}» – это PDF. Возьмите документ Word или Excel, из которого он сделан.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not any(byte < 9 for byte in head):
        return FileKind.TEXT
    raise UserError(
        f"Файл «{path.name}» не похож ни на документ Word, ни на таблицу Excel, ни на текст. Выберите другой файл."
    )


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"«{path.name}» – это папка. Выберите файл с дорожной картой.")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UserError(
                f"Файл «{path.name}» больше {MAX_FILE // MEGABYTE} МБ и не прочитан. "
                "Уберите из документа рисунки и сохраните его заново."
            )
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise UserError(f"Файл «{path.name}» не найден. Проверьте имя и папку.") from None
    except OSError as error:
        raise UserError(
            f"Файл «{path.name}» не открывается. Проверьте, что он не занят другой программой и доступен для чтения."
        ) from error
    if not head:
        raise UserError(f"Файл «{path.name}» пуст (0 байт). Возьмите его у отправителя ещё раз.")
    return head


def _ole_kind(path: Path) -> FileKind:
    """Old binary documents and the wrapping of a password share one container; its streams tell them apart."""
    content = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise UserError(
            f"Файл «{path.name}» закрыт паролем. Откройте его в Word или Excel, снимите пароль "
            "(Файл → Сведения → Защита), сохраните и повторите."
        )
    if holds("__substg1.0_"):
        raise UserError(
            f"Файл «{path.name}» – письмо Outlook. Откройте его, сохраните вложенную книгу отдельно и возьмите её."
        )
    if holds("WordDocument"):
        return FileKind.WORD_97
    if holds("Workbook") or holds("Book"):
        return FileKind.EXCEL_97
    raise UserError(
        f"Файл «{path.name}» не похож ни на документ Word, ни на таблицу Excel, ни на текст. Выберите другой файл."
    )


@contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """Turn what the zip module says of a broken file into a sentence."""
    try:
        yield
    except ZIP_FAULTS as error:
        raise UserError(
            f"Файл «{path.name}» повреждён. {_SAVE_AGAIN} Если он не открывается, попросите прислать его ещё раз."
        ) from error


def check_package(path: Path) -> None:
    """Refuse a package that is a bomb, has macros, a password, doubled names, entities or parts not in UTF-8."""
    with damage_told(path), zipfile.ZipFile(path) as package:
        parts = package.infolist()
        _check_names(path, parts)
        _check_sizes(path, parts)
        for part in parts:
            _check_markup(path, package, part)


def check_archive(path: Path) -> None:
    """Refuse a plain archive that is a bomb, has a password or doubled names; what is in it is asked by itself."""
    with damage_told(path), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_names(path, parts)
        _check_sizes(path, parts)


def _check_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(f"Файл «{path.name}» закрыт паролем. Снимите пароль, сохраните файл и повторите.")
    if len(parts) > MAX_PARTS:
        raise _suspicious(path, f"в нём больше {MAX_PARTS} частей".replace("2000", "2 000"))
    if len(set(names)) < len(names) or any(".." in name.split("/") or name.startswith("/") for name in names):
        raise _suspicious(path, "имена его частей повторяются или ведут наружу")
    if any(name.endswith(_MACROS) for name in names):
        raise UserError(
            f"В файле «{path.name}» есть макросы, такие файлы программа не открывает. "
            "Сохраните его в Word как .docx (в Excel как .xlsx) и повторите."
        )


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    # The zip module never unpacks more than a part declares, so declared sizes may be trusted.
    if sum(part.file_size for part in parts) > MAX_UNPACKED or any(part.file_size > MAX_PART for part in parts):
        raise _suspicious(path, "при распаковке он становится слишком большим")
    if any(part.file_size > max(RATIO_FROM, part.compress_size * MAX_RATIO) for part in parts):
        raise _suspicious(path, "он сжат так, как обычные документы не сжимаются")


def _check_markup(path: Path, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part that begins as markup, whatever its name, must be plain UTF-8 without declarations of its own."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    tail = ""
    with package.open(part) as stream:
        chunk = stream.read(_CHUNK)
        if not chunk.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MARKUP):
            return
        declared = _ENCODING.search(chunk[:200])
        while chunk:
            try:
                text = tail + decoder.decode(chunk)
            except UnicodeDecodeError:
                text = "\0"
            if "\0" in text or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
                raise _suspicious(path, f"часть «{part.filename}» не в кодировке UTF-8")
            if "<!DOCTYPE" in text or "<!ENTITY" in text:
                raise _suspicious(path, f"в части «{part.filename}» есть посторонние объявления")
            tail = text[-16:]
            chunk = stream.read(_CHUNK)


def _suspicious(path: Path, reason: str) -> UserError:
    # Not «open it in Word»: what is dangerous here may be dangerous there.
    return UserError(
        f"Файл «{path.name}» не открыт, он может быть опасен: {reason}."
        " Попросите отправителя сохранить документ заново и прислать ещё раз."
    )
