"""A district and everything its file holds at one moment."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from cosdesk.dataclass import dataclass
from cosdesk.domain.edition import Edition
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution
from cosdesk.domain.indicator import Actual
from cosdesk.domain.letterhead import NO_LETTERHEAD, Letterhead
from cosdesk.domain.monitoring import Counted, Round
from cosdesk.domain.norms import USUAL, Norms
from cosdesk.domain.organisation import School
from cosdesk.domain.period import Closure
from cosdesk.domain.person import Person
from cosdesk.domain.risk import Risk
from cosdesk.domain.roadmap import RoadmapContents


@dataclass(frozen=True, slots=True)
class District:
    """The district, its office and the two people whose names stand on every paper.

    ``name`` is nominative («Заречный район»); the two cases that sentences need are
    kept, because no dictionary declines every place name rightly.
    """

    name: str
    region: str = ""
    name_genitive: str = ""
    name_locative: str = ""
    office: str = ""
    head_position: str = ""
    head_name: str = ""
    coordinator_position: str = ""
    coordinator_name: str = ""
    coordinator_phone: str = ""
    coordinator_email: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole district read at once: what reports, the window and ``show`` work on.

    ``actuals`` are the values that hold: counted by a round where there is one, else typed by
    hand; ``recorded`` and ``counted`` keep both apart.  Answers of schools are not here: they are
    asked of the file when wanted.  ``expected_papers`` are kinds of documents set by hand for rows.
    ``norms`` are the thresholds and ``today`` the day by which statuses are computed.
    """

    district: District
    roadmaps: tuple[RoadmapContents, ...] = ()
    schools: tuple[School, ...] = ()
    people: tuple[Person, ...] = ()
    editions: tuple[Edition, ...] = ()
    executions: tuple[Execution, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    actuals: tuple[Actual, ...] = ()
    recorded: tuple[Actual, ...] = ()
    counted: tuple[Counted, ...] = ()
    rounds: tuple[Round, ...] = ()
    risks: tuple[Risk, ...] = ()
    closures: tuple[Closure, ...] = ()
    letterhead: Letterhead = NO_LETTERHEAD
    expected_papers: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    norms: Norms = USUAL
    today: date = field(default_factory=date.today)
