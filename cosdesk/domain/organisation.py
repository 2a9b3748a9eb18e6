"""Schools, and how many learn and teach there in a school year."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SchoolCount:
    """Learners and teachers at the start of the school year that begins in ``school_year``."""

    school_year: int
    learners: int
    teachers: int


@dataclass(frozen=True, slots=True)
class School:
    """``locality_kind`` is «город», «пгт» or «село»: norms differ by it."""

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
    counts: tuple[SchoolCount, ...] = ()

    def count(self, school_year: int) -> SchoolCount | None:
        return next((c for c in self.counts if c.school_year == school_year), None)
