"""A roadmap's terms moved by whole years, and a roadmap taken over into the next years."""

import re
from calendar import isleap
from dataclasses import replace

from cosdesk.domain.roadmap import Item, RoadmapContents, Term

_LEAP_DAY = re.compile(r"\b29([./-]0?2[./-])(\d{4}|\d{2})\b|\b(29)(\s+февраля\s+)(\d{4})\b", re.IGNORECASE)
_SHORT_DATE = re.compile(r"\b(\d{1,2}[./-]\d{1,2}[./-])(\d{2})\b(?![./-]?\d)")
_YEAR = re.compile(r"(?<!\d)(?<!№ )(?<!№)((?:19|20)\d{2})(?!\d)")


def shift_wording(wording: str, years: int) -> str:
    """The wording with every year it names moved; all else stays as typed.

    29 February becomes the 28th where the new year has none.  «сентябрь» names no year and
    stays as it is.
    """
    shifted = _SHORT_DATE.sub(lambda found: f"{found[1]}{(int(found[2]) + years) % 100:02}", wording)
    shifted = _YEAR.sub(lambda found: str(int(found[1]) + years), shifted)
    return _LEAP_DAY.sub(_existing_day, shifted)


def _existing_day(found: re.Match[str]) -> str:
    year = int(found[2] or found[5])
    year += 2000 if year < 100 else 0
    return found[0] if isleap(year) else "28" + found[0][2:]


def shift_term(term: Term, years: int) -> Term:
    return Term(*(shift_wording(text, years) for text in (term.wording, term.start, term.end)))


def shift_item(item: Item, years: int) -> Item:
    """The row with its term moved; its title and document stay, they may name years of their own."""
    return replace(item, term=shift_term(item.term, years))


def next_years(contents: RoadmapContents, first: int, last: int) -> RoadmapContents:
    """The same roadmap for other years: terms and the title's years moved, approval and targets left behind.

    Ids stay those of the source and only tie the parts together, as in any draft.  Targets of
    years that both plans share are kept.
    """
    roadmap = contents.roadmap
    years = first - roadmap.first_year if roadmap.first_year is not None else 0
    kept = {str(year) for year in range(first, last + 1)}
    return RoadmapContents(
        roadmap=replace(
            roadmap,
            title=_title(roadmap.title, roadmap.years, (first, last), years),
            first_year=first,
            last_year=last,
            source_name="",
        ),
        stamps=tuple(replace(stamp, on=None, act="") for stamp in contents.stamps),
        sections=contents.sections,
        items=tuple(
            replace(shift_item(item, years), cancelled=False, at_risk=False, source_text="") for item in contents.items
        ),
        indicators=tuple(
            replace(
                indicator,
                targets=tuple(target for target in indicator.targets if target.period[:4] in kept),
                total=None,
                source_text="",
            )
            for indicator in contents.indicators
        ),
    )


def _title(title: str, old: tuple[int, int] | None, new: tuple[int, int], years: int) -> str:
    if old is None:
        return title
    # The plan's own span becomes the new one, whatever its length.
    span = re.compile(rf"{old[0]}(\s*[-–—]\s*){old[1]}")
    if span.search(title):
        return span.sub(lambda found: f"{new[0]}{found[1]}{new[1]}", title)
    return shift_wording(title, years)
