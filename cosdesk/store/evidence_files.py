"""The files of documents that prove execution: kept by their hash, never changed, checked whenever they are read."""

import io
import re
import unicodedata
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.store.database import Database
from cosdesk.store.edit import Edit
from cosdesk.store.hashes import hash_of_bytes

MAX_SIZE = 20 * 1024 * 1024
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
_SIGNS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


class DamagedEvidenceError(UserError):
    """The bytes kept are not those that were put in."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of a document.  ``kind`` is pdf, jpg, png, docx or xlsx by content, empty for any other."""

    id: int
    evidence_id: int
    name: str
    kind: str
    size: int
    sha256: str

    @property
    def may_be_opened(self) -> bool:
        """Others are only saved where the user says."""
        return bool(self.kind)


def add_file(edit: Edit, evidence_id: int, name: str, content: bytes) -> int:
    """A file tied to a document; the same bytes are kept once.  ``UserError`` over 20 MB or when empty."""
    clean = clean_name(name)
    if len(content) > MAX_SIZE:
        raise UserError(f"Файл «{clean}» больше 20 МБ. Отсканируйте документ с меньшим качеством и приложите снова.")
    if not content:
        raise UserError(f"Файл «{clean}» пуст. Выберите другой файл.")
    digest = hash_of_bytes(content)
    # Outside the recorded edit: an undo drops the tie, and the bytes stay for a redo, be it next year.
    edit.database.conn.execute("INSERT OR IGNORE INTO blob (sha256, content) VALUES (?, ?)", (digest, content))
    return edit.insert(
        "evidence_file",
        {
            "evidence_id": evidence_id,
            "name": clean,
            "kind": kind_of(content),
            "size": len(content),
            "sha256": digest,
        },
    )


def delete_file(edit: Edit, file_id: int) -> None:
    edit.delete("evidence_file", file_id)


def files_of(database: Database, evidence_id: int | None = None) -> tuple[EvidenceFile, ...]:
    """The files of one document or of all, in the order they came."""
    condition, values = ("evidence_id = ?", [evidence_id]) if evidence_id is not None else ("1", [])
    rows = database.query(
        f"SELECT id, evidence_id, name, kind, size, sha256 FROM evidence_file WHERE {condition} ORDER BY id", values
    )
    return tuple(EvidenceFile(**row) for row in rows)


def content_of(database: Database, file: EvidenceFile) -> bytes:
    """The bytes as they were put in; ``DamagedEvidenceError`` when they are not."""
    row = database.conn.execute("SELECT content FROM blob WHERE sha256 = ?", (file.sha256,)).fetchone()
    if row is None or hash_of_bytes(row[0]) != file.sha256:
        raise DamagedEvidenceError(
            f"Вложенный документ «{file.name}» повреждён. Приложите его заново или возьмите из резервной копии."
        )
    return bytes(row[0])


def file_to_open(database: Database, file: EvidenceFile) -> tuple[Path, TemporaryDirectory[str]]:
    """A read-only file in a private folder for the system to open, and the folder, which goes when let go.

    ``UserError`` for a kind that is never opened, whatever its name says.
    """
    if not file.may_be_opened:
        raise UserError(f"Файлы такого вида программа не открывает. Сохраните «{file.name}» и проверьте антивирусом.")
    content = content_of(database, file)
    folder = TemporaryDirectory(prefix="cosdesk-")
    # The suffix is that of the content: «отчёт.pdf.exe» must not reach what runs programs.
    path = Path(folder.name) / f"{Path(file.name).stem}.{file.kind}"
    path.write_bytes(content)
    path.chmod(0o400)
    return path, folder


def damaged_names(database: Database) -> list[str]:
    """The names of all files whose bytes are not what was put in."""
    found = []
    for file in files_of(database):
        try:
            content_of(database, file)
        except DamagedEvidenceError:
            found.append(file.name)
    return found


def clean_name(name: str) -> str:
    """The last part of a name, NFC, without control and direction characters, reserved names and forbidden signs.

    At most 120 characters, the suffix kept; «документ» where nothing is left.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    # What cannot be printed turns a name around or hides its end; the many kinds of blank become one.
    last = "".join(sign if sign.isprintable() else " " * sign.isspace() for sign in last)
    last = re.sub(r'[<>:"|?*]', "_", last).strip(" .")
    if _RESERVED.match(last):
        last = f"_{last}"
    stem, dot, suffix = last.rpartition(".")
    if dot and len(suffix) <= 10:
        last = f"{stem[: 119 - len(suffix)]}.{suffix}"
    return last[:120].strip(" .") or "документ"


def kind_of(content: bytes) -> str:
    """By content: pdf, jpg, png, docx, xlsx; empty for any other, macros included."""
    for kind, sign in _SIGNS.items():
        if content.startswith(sign):
            return kind
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.lower() for name in package.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return ""
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names) or "[content_types].xml" not in names:
        return ""
    return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
