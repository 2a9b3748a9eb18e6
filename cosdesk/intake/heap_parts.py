"""Answers taken out of what they came in: letters (.eml), letters within letters, archives (.zip)."""

import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default as modern
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.intake.guard import MAX_FILE, MAX_UNPACKED, ZIP_FAULTS, FileKind, check_archive, damage_told, file_kind

MAX_PARTS, MAX_DEPTH = 500, 4
_MAX_NAME = 80
_HEADERS = ("From", "To", "Subject", "Date", "MIME-Version", "Received", "Message-ID", "Content-Type")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


class Wrapping(StrEnum):
    """What holds answers instead of being one."""

    LETTER = "letter"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class HeapPart:
    """A file taken out: where it was put, under its own name, and when its letter was sent (local time).

    ``refusal`` is a sentence where it cannot be read: an archive within that is damaged or dangerous.
    """

    place: Path
    sent_at: datetime | None = None
    refusal: str = ""


class _TooMuchError(UserError):
    """More is nested in one file than an answer ever needs: all of it is refused."""


def wrapping(path: Path) -> Wrapping | None:
    """Whether the file is a letter or an archive, by content; None for an answer or a broken file."""
    kind = file_kind(path)
    if kind is FileKind.TEXT:
        with path.open("rb") as file:
            headers = BytesHeaderParser().parsebytes(file.read(16_384))
        return Wrapping.LETTER if sum(name in headers for name in _HEADERS) >= 3 else None
    if kind is not FileKind.PACKAGE:
        return None
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except ZIP_FAULTS:
        return None
    documents = ("[content_types].xml", "mimetype")
    return None if any(name.lower() in documents for name in names) or not names else Wrapping.ARCHIVE


def is_own_draft(path: Path) -> bool:
    """A draft that this program wrote and nobody has sent: it lies beside the workbooks that go out."""
    try:
        with path.open("rb") as file:
            return b"\nX-Unsent: 1" in b"\n" + file.read(4096).replace(b"\r", b"")
    except OSError:
        return False


def unwrap(path: Path, folder: Path) -> list[HeapPart]:
    """Every file in it that may be an answer, written into new folders of ``folder``.

    ``UserError`` for a bomb, a draft of our own, or one that holds no such file.
    """
    unwrapping = _Unwrapping(folder)
    found = list(unwrapping.parts(path, None, 0))
    if not found:
        others = ", ".join(f"«{name}»" for name in unwrapping.passed[:4])
        what = f"только {others}" if others else "вложений нет"
        raise UserError(
            f"В файле «{path.name}» нет книги с ответом: {what}. Попросите школу прислать заполненную форму."
        )
    return found


@dataclass(slots=True)
class _Unwrapping:
    """What one heap file may still give: its bounds hold over all that is nested in it."""

    folder: Path
    room: int = MAX_UNPACKED
    count: int = 0
    passed: list[str] = field(default_factory=list)

    def parts(self, path: Path, sent_at: datetime | None, depth: int) -> Iterator[HeapPart]:
        what = wrapping(path)
        if what is Wrapping.LETTER:
            yield from self._letter(path, depth)
        elif what is Wrapping.ARCHIVE:
            yield from self._archive(path, sent_at, depth)

    def _letter(self, path: Path, depth: int) -> Iterator[HeapPart]:
        message = message_from_bytes(path.read_bytes(), policy=modern)
        assert isinstance(message, EmailMessage)
        if message["X-Unsent"] and depth == 0:
            raise UserError(f"Файл «{path.name}» – черновик письма школе, а не её ответ. Уберите его из этих файлов.")
        sent_at = _sent_at(message)
        # Letters within the letter are walked through as well.
        for part in message.walk():
            if not part.is_multipart() and (name := part.get_filename()):
                content = part.get_payload(decode=True)
                yield from self._part(name, content if isinstance(content, bytes) else b"", sent_at, depth)

    def _archive(self, path: Path, sent_at: datetime | None, depth: int) -> Iterator[HeapPart]:
        check_archive(path)
        with damage_told(path), zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                name = _entry_name(entry)
                # An entry without a name of its own is a folder, or damage.
                if not name or entry.filename.endswith("/") or name.startswith(("~$", ".")):
                    continue
                content = archive.read(entry) if entry.file_size <= MAX_FILE else b""
                yield from self._part(name, content, sent_at, depth)

    def _part(self, name: str, content: bytes, sent_at: datetime | None, depth: int) -> Iterator[HeapPart]:
        self.room -= len(content)
        self.count += 1
        if self.room < 0 or self.count > MAX_PARTS or depth >= MAX_DEPTH:
            raise _TooMuchError(
                "В письме или архиве слишком много вложенного. Достаньте из него книги с ответами сами."
            )
        place = Path(tempfile.mkdtemp(dir=self.folder)) / _plain_name(name)
        place.write_bytes(content)
        try:
            kind, what = file_kind(place), wrapping(place)
        except UserError:
            # A picture of a signature, a scan: no reason to refuse the answer beside it.
            self.passed.append(place.name)
            return
        if what is not None:
            try:
                yield from self.parts(place, sent_at, depth + 1)
            except _TooMuchError:
                raise
            except UserError as error:
                yield HeapPart(place, sent_at, str(error))
        elif kind is FileKind.EXCEL_97 or (kind is FileKind.PACKAGE and not _is_word(place)):
            yield HeapPart(place, sent_at)
        else:
            self.passed.append(place.name)


def _is_word(path: Path) -> bool:
    """Whether a package holds a document of Word: a covering letter; a broken one is not told to be."""
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.startswith("word/") for name in package.namelist())
    except ZIP_FAULTS:
        return False


def _sent_at(message: EmailMessage) -> datetime | None:
    """When a letter was sent, in this machine's time; None where its date is none, or of no calendar."""
    try:
        sent = parsedate_to_datetime(str(message["Date"] or ""))
        return sent.astimezone().replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The last part of its name; Russian Windows writes names in cp866 and does not say so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        # A name that is no Russian one stays as it is.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp866")
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _plain_name(name: str) -> str:
    """A name fit for every system: no signs that one forbids, nothing that turns text about, not too long."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    text = " ".join(_FORBIDDEN.sub(" ", text).split()).strip(". ")
    stem, dot, suffix = text.rpartition(".")
    return f"{stem[: _MAX_NAME - len(suffix)]}{dot}{suffix}" if dot and len(suffix) < 10 else text[:_MAX_NAME] or "файл"
