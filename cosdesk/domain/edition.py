"""An approved edition of a roadmap («редакция»): frozen contents with a fingerprint."""

from dataclasses import dataclass
from datetime import date, datetime

from cosdesk.domain.roadmap import RoadmapContents


@dataclass(frozen=True, slots=True)
class Edition:
    """What was approved, by which act and when.

    ``fingerprint`` is the SHA-256 (hex) of the frozen contents; its first sixteen digits are
    printed at the paper's foot, so that a paper can be checked against the file.
    """

    id: int
    roadmap_id: int
    number: str
    on: date | None
    act: str
    who: str
    frozen_at: datetime
    fingerprint: str
    contents: RoadmapContents
