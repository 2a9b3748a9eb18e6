"""The Excel twin of a document: whose it is, and by what its cells are known again when it was filled in."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from cosdesk.dataclass import dataclass

FORMAT = "cosdesk-twin-1"
SHEET_RECORD, ROW_RECORD = "sheet", "row"
"""What the first cell of a line of the hidden sheet says, after the identity: a table, then its rows."""
UNREAD = "-"
"""Instead of a mark: a cell that is not read back."""
_ROW_ID = re.compile(r"([a-z]+):(\d{1,18})(?::(\d{4}-\d\d-\d\d))?((?: \d+\+\d+)*)")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_NUMBER = re.compile(r"[+-]?\d+(?:[ ]\d{3})*(?:[.,]\d+)?")
_DASHES = "-–—−"


@dataclass(frozen=True, slots=True)
class TwinIdentity:
    """What a workbook was made of; ids are those of the district's file, ``period`` a code.

    ``edition`` is the approved edition that was in force; one that is frozen in the workbook has ``frozen``.
    """

    district: str
    report: str
    roadmap_id: int | None = None
    period: str = ""
    item_id: int | None = None
    round_id: int | None = None
    edition: str = ""
    frozen: bool = False

    def entries(self) -> dict[str, str]:
        """What is written into the workbook."""
        texts = {name: "" if value is None else str(value) for name, value in asdict(self).items()}
        return {"format": FORMAT, **texts, "checksum": _checksum(texts)}


def twin_identity_of(entries: Mapping[str, str]) -> TwinIdentity | None:
    """The identity of what a workbook holds; None where it is not whole or was changed."""
    texts = {each.name: entries.get(each.name, "") for each in fields(TwinIdentity)}
    if entries.get("checksum") != _checksum(texts):
        return None
    numbers = {name: int(texts[name]) if texts[name] else None for name in ("roadmap_id", "item_id", "round_id")}
    frozen = texts["frozen"] == "True"
    return TwinIdentity(
        texts["district"],
        texts["report"],
        numbers["roadmap_id"],
        texts["period"],
        numbers["item_id"],
        numbers["round_id"],
        texts["edition"],
        frozen,
    )


def _checksum(texts: Mapping[str, str]) -> str:
    """Tells an identity copied in part or typed over; not a signature."""
    return hashlib.sha256("\x1f".join(texts.values()).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row of a table is of: «item:5», «indicator:3», «school:7», «term:5:2024-03-31» (a term of a row)."""

    kind: str
    id: int
    end: date | None = None


def row_key(text: str) -> RowKey | None:
    """The key in a hidden id, with or without the spans after it; None for what is no id of ours."""
    found = _ROW_ID.fullmatch(text.strip())
    if not found:
        return None
    try:
        return RowKey(found[1], int(found[2]), date.fromisoformat(found[3]) if found[3] else None)
    except ValueError:
        return None


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """The spans in a hidden id: first column, counted from 1, and how many."""
    return tuple((int(a), int(b)) for a, b in re.findall(r" (\d+)\+(\d+)", text))


def plain(value: object) -> str:
    """A value as it is compared, however a table program kept it: days ISO, numbers of ten digits, a dash for nothing.

    A day or a number typed as text is the same as a true one.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.10g}"
    lines = (" ".join(line.split()) for line in str(value).strip().splitlines())
    text = "\n".join(lines)
    if not text.strip(_DASHES + " \n"):
        return ""
    if found := _DAY.fullmatch(text):
        try:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        except ValueError:
            return text
    typed = text.replace("−", "-")
    if _NUMBER.fullmatch(typed):
        try:
            return f"{float(Decimal(typed.replace(' ', '').replace(',', '.'))):.10g}"
        except InvalidOperation:
            return text
    return text


def mark(value: object) -> str:
    """Tells whether a cell is still as it left the program."""
    return hashlib.blake2b(plain(value).encode(errors="replace"), digest_size=5).hexdigest()
