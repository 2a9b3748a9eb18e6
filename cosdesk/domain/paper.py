"""What is kept of papers: texts of sections as somebody worded them, and which papers were made."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from cosdesk.dataclass import dataclass

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[А-ЯЁA-Z«\d])")


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section of a paper in somebody's own words, for one roadmap, row and period.

    ``paragraphs`` are printed as they stand, those whose places are in ``bold`` (as texts, from 0)
    in bold.  ``composed`` are the paragraphs that the program offered when the words were typed:
    by them it is told what no longer fits the figures.  ``period`` is a code or empty.
    """

    id: int
    report: str
    section: str
    roadmap_id: int
    item_id: int | None = None
    period: str = ""
    paragraphs: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()
    composed: tuple[str, ...] = ()

    def is_bold(self, place: int) -> bool:
        return str(place) in self.bold


@dataclass(frozen=True, slots=True)
class Outdated:
    """What of a section's words no longer fits: composed sentences that still stand in it, and the new ones."""

    standing: tuple[str, ...]
    fresh: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.standing or self.fresh)


def outdated(text: SectionText, composed: Iterable[str]) -> Outdated:
    """What the figures say otherwise since the words were typed; nothing while they say the same."""
    before, now = _sentences(text.composed), _sentences(composed)
    typed = set(_sentences(text.paragraphs))
    gone = [sentence for sentence in before if sentence not in now]
    fresh = [sentence for sentence in now if sentence not in before and sentence not in typed]
    return Outdated(tuple(sentence for sentence in gone if sentence in typed), tuple(fresh))


def _sentences(paragraphs: Iterable[str]) -> list[str]:
    found = []
    for paragraph in paragraphs:
        found += [" ".join(part.split()) for part in _SENTENCE.split(paragraph) if part.strip()]
    return found


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper that was made: when, which, where it lies, and its SHA-256 by which it can be known again.

    ``place`` is the file's path, empty for a paper that was filed at once and lies in the district's file only.
    ``evidence_id`` is the document that it became once it was signed.  ``signer_id`` is a person of the directory,
    None for the head; ``left_out`` are ids of parts that were not wanted.
    """

    id: int
    at: datetime
    report: str
    title: str
    period: str
    format: str
    fingerprint: str
    place: str
    roadmap_id: int | None = None
    item_id: int | None = None
    evidence_id: int | None = None
    signer_id: int | None = None
    left_out: tuple[str, ...] = ()
    contacts: bool = True


class FileState(StrEnum):
    """What became of a paper's file since it was made."""

    AS_MADE = "as_made"
    CHANGED = "changed"
    MISSING = "missing"
    FILED = "filed"

    @property
    def label(self) -> str:
        return _FILE_STATES[self]


_FILE_STATES = {
    FileState.AS_MADE: "на месте",
    FileState.CHANGED: "файл изменён",
    FileState.MISSING: "файл не найден",
    FileState.FILED: "в файле района",
}
