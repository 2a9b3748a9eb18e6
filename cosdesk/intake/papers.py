"""A document that proves something, taken in as a file: what its name and its first page say of it."""

import multiprocessing
import re
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.evidence import Evidence, describe
from cosdesk.errors import UserError
from cosdesk.intake.guard import MAX_FILE, MEGABYTE
from cosdesk.intake.legacy import never_cancelled
from cosdesk.intake.reading import limit_memory, read_outline_isolated

_SECONDS = 8
_HEAD = 900
"""Characters of a document's beginning in which its kind, number and date stand."""
_NAMED_NUMBER = re.compile(
    r"(?i)\b((?:приказ|распоряжени|постановлени|протокол|справк|письм|договор|контракт|решени|акт|отч[её]т)\w*)"
    r"\s+(?=\d)(?!\d{1,2}[.\s]\d)"
)
_FILE_DATE = re.compile(r"(?<!\d)(\d{1,2})[-_.](\d{1,2})[-_.](\d{4})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})[-_.](\d{2})[-_.](\d{2})(?!\d)")
# «01-14_103»: the number of a letter sent or come, whose slash no file name can hold.
_LETTER_NUMBER = re.compile(r"^\s*(\d{2}-\d{2})[-_](?!(?:19|20)\d\d\b)(\d{1,5})(?=[\s_])")
_PREAMBLE = re.compile(r"(?i)\b(?:в соответствии|на основании|во исполнение|в целях|руководствуясь)\b")
_SUBJECT = re.compile(r"^(?:О|Об|Обо)\s+[а-яё].{3,}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file's name and bytes with the document that it seems to be (id 0)."""

    name: str
    content: bytes
    proposal: Evidence


def read_paper(path: Path, cancelled: Callable[[], bool] = never_cancelled) -> Paper:
    """The file with what its name says and, where that is not all, the text of its first page.

    The text is read in a child process; a file that cannot be read keeps what its name says.
    ``UserError`` for a file that is gone, empty or over 20 MB.
    """
    content = _bytes_of(path)
    named = describe_name(path.name)
    if content.startswith(b"%PDF-"):
        text, pages = _pdf_head(path, cancelled)
    elif content.startswith(b"PK") and path.suffix.lower() in (".docx", ".docm", ".dotx"):
        text, pages = _word_head(path, cancelled), None
    else:
        text, pages = "", None
    return Paper(path.name, content, replace(merged(named, describe_text(text)), pages=pages))


def describe_name(name: str) -> Evidence:
    """«Приказ 16 от 13-01-2020.pdf»: a name cannot hold every sign that a document's number and date do."""
    stem = name.rsplit(".", 1)[0] if re.search(r"\.\w{1,5}$", name) else name
    text = _LETTER_NUMBER.sub(r"№ \1/\2", stem)
    text = _ISO_DATE.sub(r" \3.\2.\1 ", text)
    text = _FILE_DATE.sub(r" \1.\2.\3 ", text)
    text = re.sub(r"_+", " ", text)
    text = _NAMED_NUMBER.sub(r"\1 № ", text)
    found = describe(text)
    # A heap of letters and digits of a scanner says nothing of the document.
    is_heap = re.fullmatch(r"(?i)(scan|img|dsc|image|скан|док|doc)?[\s\d.()-]*", text.strip())
    return replace(found, text=stem if is_heap else " ".join(text.split()))


def describe_text(text: str) -> Evidence:
    """Kind, number, date and subject in the beginning of a document's text."""
    lines = [" ".join(line.split()) for line in text[:_HEAD].splitlines()]
    # What is referred to below the heading has numbers and dates of its own.
    head = _PREAMBLE.split(" ".join(lines), maxsplit=1)[0]
    found = replace(describe(re.sub(r"[«»“”„\"]", "", head)), title="", text="")
    subject = next((line for line in lines if _SUBJECT.match(line)), "")
    return replace(found, title=subject.rstrip(".").strip("«»\" "))


def merged(named: Evidence, told: Evidence) -> Evidence:
    """What the name says, filled up with what the text says; of the same kind only."""
    if named.kind and told.kind and named.kind != told.kind:
        told = Evidence(0)
    return replace(
        named,
        kind=named.kind or told.kind,
        number=named.number or told.number,
        on=named.on or told.on,
        title=named.title or told.title,
    )


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"«{path.name}» – это папка. Перетащите файлы из неё.")
        if size > MAX_FILE:
            raise UserError(
                f"Файл «{path.name}» больше {MAX_FILE // MEGABYTE} МБ."
                " Отсканируйте документ с меньшим качеством и приложите снова."
            )
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"Файл «{path.name}» не читается. Проверьте, что он на месте и не занят.") from error
    if not content:
        raise UserError(f"Файл «{path.name}» пуст. Выберите другой файл.")
    return content


def _word_head(path: Path, cancelled: Callable[[], bool]) -> str:
    try:
        outline = read_outline_isolated(path, cancelled, _SECONDS)
    except UserError:
        # The file is kept as it is; only the proposal is poorer.
        return ""
    texts = []
    for block in outline.blocks:
        rows = getattr(block, "rows", None)
        texts += [cell.shown for row in rows for cell in row] if rows else [getattr(block, "text", "")]
        if sum(map(len, texts)) > _HEAD:
            break
    return "\n".join(texts)


def _pdf_head(path: Path, cancelled: Callable[[], bool]) -> tuple[str, int | None]:
    """The text of the first page and the number of pages; nothing where the parser breaks or hangs."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(sender, str(path)), daemon=True)
    process.start()
    sender.close()
    deadline = time.monotonic() + _SECONDS
    try:
        while not receiver.poll(0.05):
            if cancelled() or time.monotonic() > deadline:
                return "", None
        text, pages = receiver.recv()
        return text, pages
    except EOFError:
        return "", None
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()


def _serve(sender: Connection, path: str) -> None:
    """In the child: whatever a hostile file does, the answer is a short text or none."""
    limit_memory()
    sender.send(pdf_head(Path(path)))
    sender.close()


def pdf_head(path: Path) -> tuple[str, int]:
    """The beginning of the first page's text and the number of pages, by whatever means; may fail in any way."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(path)
    return (reader.pages[0].extract_text() or "")[: 2 * _HEAD], len(reader.pages)
