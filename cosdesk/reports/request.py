"""What a document is asked for with, besides the district's data: roadmap, period, row, signer, parts left out."""

from cosdesk.dataclass import dataclass
from cosdesk.domain.paper import SectionText
from cosdesk.domain.period import Period
from cosdesk.reports.monitoring_figures import MonitoringReading

LETTERHEAD = "letterhead"
"""The id of the letterhead among the parts of a paper that can be left out: for paper on which it is printed."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs instead of the district's head: position, name («И.В. Кузнецов») and, where known, whose it is."""

    position: str
    name: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """The settings of one document; the same request over the same data gives the same document.

    ``roadmap_id`` None means the district's first roadmap, ``signer`` None its head.
    ``left_out`` are ids of sections and annexes not wanted; ``contacts`` False hides telephones
    and addresses of people.  ``monitoring`` is the round that the paper speaks of, where there is one, ``texts`` are
    sections in the user's own words.  ``school_id`` is the only school addressed by a letter that goes to each.
    ``grounds`` are those of the table of changes, by what they stand beside.
    """

    roadmap_id: int | None = None
    period: Period | None = None
    item_id: int | None = None
    signer: Signer | None = None
    left_out: frozenset[str] = frozenset()
    contacts: bool = True
    monitoring: MonitoringReading | None = None
    texts: tuple[SectionText, ...] = ()
    school_id: int | None = None
    grounds: tuple[tuple[str, str], ...] = ()

    def text(self, section: str) -> SectionText | None:
        """The user's own words for a section."""
        return next((text for text in self.texts if text.section == section), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A section as the program words it: its paragraphs before anybody changed them."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
