"""A document's way out: its bytes in a file format, and those bytes safely into a file."""

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.reports.document import Document

FORMATS = ("pdf", "xlsx", "docx")
_UNFIT_FOR_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_NAME = 120


def file_name_of(text: str) -> str:
    """The text as a name that every system takes, without suffix."""
    return " ".join(_UNFIT_FOR_FILES.sub("", text).split())[:_LONGEST_NAME].strip(" ,.")


def render(document: Document, file_format: str) -> bytes:
    """The document as a file of that format; ``UserError`` names the known formats."""
    match file_format:
        case "pdf":
            from cosdesk.reports.pdf import render_pdf

            return render_pdf(document)
        case "xlsx":
            from cosdesk.reports.xlsx import render_xlsx

            return render_xlsx(document)
        case "docx":
            from cosdesk.reports.docx import render_docx

            return render_docx(document)
        case _:
            raise UserError(f"Формат «{file_format}» неизвестен. Выберите один из форматов: {', '.join(FORMATS)}.")


def write_document(document: Document, path: Path, file_format: str) -> None:
    """The document into a file, whole or not at all; ``UserError`` says why it could not be written."""
    write_file(path, render(document, file_format))


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Bytes, or pieces of them, beside the file, then in its place: a failure leaves the old file as it was."""
    if os.path.isdir(path):  # Path.is_dir() raises for a name too long
        raise UserError(f"Вместо файла указана папка «{path}». Допишите имя файла.")
    part = path.with_name(path.name + ".part")
    try:
        try:
            with part.open("wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise UserError(_unwritten(path, error)) from error
        try:
            os.replace(part, path)
        except OSError as error:
            raise UserError(
                f"Файл «{path.name}» не заменён: он открыт в другой программе или защищён от записи. "
                "Закройте его и повторите или сохраните под другим именем."
            ) from error
    finally:
        _remove(part)


def _unwritten(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR if not path.parent.is_dir():
            return f"Файл «{path.name}» не записан: папки «{path.parent}» нет. Выберите другую папку."
        case errno.ENOSPC | errno.EDQUOT:
            return f"Файл «{path.name}» не записан: на диске нет места. Освободите место или выберите другой диск."
        case errno.ENAMETOOLONG | errno.EINVAL:
            return f"Файл «{path.name}» не записан: имя не подходит. Дайте файлу более короткое и простое имя."
        case _:
            return f"Файл «{path.name}» не записан: папка «{path.parent}» недоступна для записи. Выберите другую папку."


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:  # the unfinished file is in nobody's way; what matters was told already
        return
