"""Schools, and how many learn and teach there in a school year."""

from datetime import date

from cosdesk.dataclass import dataclass

LOCALITY_KINDS = ("город", "пгт", "село")


@dataclass(frozen=True, slots=True)
class SchoolCount:
    """Learners and teachers at the start of the school year that begins in ``school_year``."""

    school_year: int
    learners: int
    teachers: int


@dataclass(frozen=True, slots=True)
class School:
    """``locality_kind`` is «город», «пгт» or «село»: norms differ by it.

    ``branch_of`` is the school it is a branch of; ``merged_into`` the school that took it over on
    ``closed``; ``former_names`` are those it bore before, by which old papers still name it.
    """

    id: int
    name: str
    short_name: str = ""
    kind: str = ""
    locality: str = ""
    locality_kind: str = "село"
    address: str = ""
    head: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""
    opened: date | None = None
    closed: date | None = None
    branch_of: int | None = None
    merged_into: int | None = None
    former_names: tuple[str, ...] = ()
    counts: tuple[SchoolCount, ...] = ()

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def works_on(self, day: date) -> bool:
        return (self.opened is None or self.opened <= day) and (self.closed is None or day < self.closed)

    def count_at(self, day: date) -> SchoolCount | None:
        """The counts of the day's school year, else of the latest one before it."""
        known = [count for count in self.counts if count.school_year <= school_year_at(day)]
        return max(known, key=lambda count: count.school_year, default=None)

    def count(self, school_year: int) -> SchoolCount | None:
        return next((c for c in self.counts if c.school_year == school_year), None)


def school_year_at(day: date) -> int:
    """The year in which the school year of that day began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1
