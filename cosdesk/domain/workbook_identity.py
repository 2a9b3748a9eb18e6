"""What a school's workbook bears in secret, so that it is known however it was renamed or saved."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict

from cosdesk.dataclass import dataclass

FORMAT = "cosdesk-monitoring-1"
SERVICE_SHEET = "Служебный"
"""The hidden sheet: names and values of the identity in two columns, then the lists of choices."""
HEADER_KEY = "cosdesk:header"
"""Stands in the hidden column of the row of headings; a question's own row bears its key there."""
QUESTION_HEADING = "Что указать"
ANSWER_HEADING = "Ответ"
"""Above the questions and above the cells to fill: the columns are found by them wherever they were moved."""


@dataclass(frozen=True, slots=True)
class WorkbookIdentity:
    """Whose workbook it is and of what; ``round_id`` and ``school_id`` are those of the district's file."""

    district: str
    round_id: int
    school_id: int
    form: str
    form_version: str

    @property
    def checksum(self) -> str:
        """Tells an identity copied in part or typed over; not a signature."""
        text = "\x1f".join(str(value) for value in asdict(self).values())
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def entries(self) -> dict[str, str]:
        """What is written into the workbook."""
        return {
            "format": FORMAT,
            **{name: str(value) for name, value in asdict(self).items()},
            "checksum": self.checksum,
        }


def identity_of(entries: Mapping[str, str]) -> WorkbookIdentity | None:
    """The identity of what a workbook holds; None where it is not whole or was changed."""
    try:
        identity = WorkbookIdentity(
            entries["district"],
            int(entries["round_id"]),
            int(entries["school_id"]),
            entries["form"],
            entries["form_version"],
        )
    except (KeyError, ValueError):
        return None
    return identity if entries.get("checksum") == identity.checksum else None
