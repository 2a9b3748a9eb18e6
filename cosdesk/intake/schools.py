"""A list of schools taken in: columns known by their headings, names matched with those the district has.

A name that is only like a known one is asked about, never guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum

from cosdesk.dataclass import dataclass
from cosdesk.domain.organisation import LOCALITY_KINDS, School, SchoolCount, school_year_at
from cosdesk.errors import UserError
from cosdesk.intake.grid import Cell, Grid, Outline, Paragraph

_ALIKE = 80.0
"""From here on, of 100, two names may be of one school; measured on real lists, where «№ 1» and «№ 2» differ less."""

# A column is the first of these whose every word begins a word of the heading.
_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("short_name", ("сокращ кратк",)),
    ("learners", ("обучающ учащ учени дет численн",)),
    ("teachers", ("учител педагог",)),
    ("locality_kind", ("тип вид", "пункт местн")),
    ("kind", ("тип вид",)),
    ("locality", ("населен населён насел", "пункт")),
    ("locality", ("сел город посел посёл",)),
    ("address", ("адрес", "местонахожд юрид почт факт объект")),
    ("email", ("почт mail email",)),
    ("site", ("сайт интернет",)),
    ("address", ("адрес",)),
    ("head", ("директор руководител заведующ фамили фио",)),
    ("phone", ("телефон",)),
    ("opened", ("открыт создан",)),
    ("closed", ("закрыт ликвид",)),
    ("name", ("наименован назван организац школ учрежден оо",)),
)
_FORMS = re.compile(
    r"\b(?:муниципальн\w+|бюджетн\w+|казенн\w+|казённ\w+|автономн\w+|общеобразовательн\w+|образовательн\w+|учреждени\w+"
    r"|организаци\w+|м[бкоа]?оу|оу|района|округа|области)\b"
)
_KINDS = (
    (r"средн\w+(?:\s+школа)?|\bсош\b", "сош"),
    (r"основн\w+(?:\s+школа)?|\bоош\b", "оош"),
    (r"начальн\w+|\bнош\b", "нош"),
)
_SCHOOL = re.compile(r"\b(?:[соня]ош|сш|школа|школа-\w+|гимназия|лицей|м[бкоа]?оу|учреждение|интернат)\b")
_LIST_NUMBER = re.compile(r"^\s*\d{1,3}\s*[.)]\s+")
_TOWN = re.compile(r"\b(?:пгт|рп|р\.\s?п|п\.\s?г\.\s?т|пос[её]лок городского|(?:городской|рабочий) пос[её]лок)")
_CITY = re.compile(r"(?:^|[\s,])(?:г\.|город\b|г\s)")


class Match(StrEnum):
    """How an incoming school relates to those of the district."""

    NEW = "new"
    KNOWN = "known"
    ALIKE = "alike"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class IncomingSchool:
    """A row of the list.  ``match`` ALIKE asks: is it ``known``?  REPEATED: the list has named ``known`` above.

    ``place`` is where it stands in the source.
    """

    school: School
    match: Match
    known: School | None = None
    place: str = ""


def read_schools(outline: Outline, known: Sequence[School], today: date) -> tuple[IncomingSchool, ...]:
    """Every school of the first table that looks like a list of them, else of bare names a line each.

    ``UserError`` where there is neither.

    Learners and teachers are those of the present school year.
    """
    for grid in outline.grids:
        head = _head(grid)
        if head is None:
            continue
        row, columns = head
        found = [
            (school, grid.place(number))
            for number in range(row + 1, len(grid.rows))
            if (school := _school(grid.rows[number], columns, today))
        ]
        if found:
            return tuple(_all_matched(found, known))
    if named := list(_bare_names(outline)):
        return tuple(_all_matched(named, known))
    raise UserError(
        "Список школ не найден: нужны названия школ по одному в строке"
        " или таблица, в первой строке которой стоят заголовки – «Наименование», «Адрес»…"
    )


def merged(incoming: School, known: School) -> School:
    """The known school with what the list says more or anew; its short name stays where the list has none.

    Of two forms of one name the fuller stays, and a former name does not come back.
    """
    given = {
        f.name: getattr(incoming, f.name)
        for f in fields(School)
        if f.name not in ("id", "counts", "former_names") and getattr(incoming, f.name) not in ("", None)
    }
    if incoming.locality_kind == "село" and not incoming.locality:
        given.pop("locality_kind", None)
    years = {count.school_year for count in incoming.counts}
    counts = (*incoming.counts, *(count for count in known.counts if count.school_year not in years))
    given["name"] = _fuller_name(incoming.name, known)
    return replace(known, **given, counts=tuple(sorted(counts, key=lambda count: count.school_year)))


def _fuller_name(name: str, known: School) -> str:
    plain = plain_name(name)
    if plain in map(plain_name, (known.name, known.short_name)):
        return max(known.name, name, key=len)
    return known.name if plain in map(plain_name, known.former_names) or not plain else name


def plain_name(name: str) -> str:
    """The name as it is compared: without forms of ownership, quotes and «№»."""
    text = name.lower().replace("ё", "е")
    for pattern, word in _KINDS:
        text = re.sub(pattern, word, text)
    text = _FORMS.sub(" ", text)
    text = re.sub(r"\bшкола\b", " ", text)
    return " ".join(re.findall(r"\w+", text))


def match_school(name: str, known: Iterable[School]) -> tuple[Match, School | None]:
    """The school of that name, present or former; else the likeliest, which must be asked about."""
    from rapidfuzz.fuzz import token_sort_ratio

    wanted = plain_name(name)
    best: tuple[float, School | None] = (0.0, None)
    for school in known:
        for own in (school.name, school.short_name, *school.former_names):
            plain = plain_name(own)
            if not plain:
                continue
            if plain == wanted:
                return Match.KNOWN, school
            if _numbers(plain) == _numbers(wanted):
                best = max(best, (token_sort_ratio(plain, wanted), school), key=lambda pair: pair[0])
    return (Match.ALIKE, best[1]) if best[0] >= _ALIKE else (Match.NEW, None)


def _numbers(plain: str) -> list[str]:
    return re.findall(r"\d+", plain)


def _bare_names(outline: Outline) -> Iterator[tuple[School, str]]:
    """Names without any headings, a line each, from the first line that is plainly a school's name on."""
    begun = False
    for text, place in _lines(outline):
        begun = begun or _SCHOOL.search(text.lower()) is not None
        if begun and (school := _named(text)):
            yield school, place


def _lines(outline: Outline) -> Iterator[tuple[str, str]]:
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            yield _LIST_NUMBER.sub("", block.text), block.place
        elif block.width == 1:
            for number, row in enumerate(block.rows):
                yield _LIST_NUMBER.sub("", row[0].text), block.place(number)


def _all_matched(
    found: Iterable[tuple[School, str]], known: Sequence[School]
) -> Iterator[IncomingSchool]:
    """The rows in order; one that names a school a second time is told apart, for only one of them can be right."""
    new: list[School] = []
    taken: set[int] = set()
    for school, place in found:
        each = _matched(school, known, place)
        # Names merely alike are usual within one list: «Сосновская СОШ», «Сосновская ООШ».
        match, twin = match_school(school.name, new) if each.match is Match.NEW else (each.match, each.known)
        if match is Match.KNOWN and twin is not None and (twin.id == 0 or twin.id in taken):
            yield IncomingSchool(school, Match.REPEATED, twin, place)
            continue
        if each.match is Match.NEW:
            new.append(school)
        elif each.match is Match.KNOWN and each.known is not None:
            taken.add(each.known.id)
        yield each


def _matched(school: School, known: Sequence[School], place: str) -> IncomingSchool:
    match, found = match_school(school.name, known)
    if match is Match.NEW and school.short_name:
        match, found = match_school(school.short_name, known)
    return IncomingSchool(school, match, found, place)


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of headings and the column of each field; None where no column bears names."""
    for number, row in enumerate(grid.rows[:15]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = _field(cell.text)
            if field and field not in columns:
                columns[field] = column
        if "name" in columns and (len(columns) > 1 or grid.width == 1):
            return number, columns
        if "short_name" in columns and len(columns) > 1:
            return number, {**columns, "name": columns["short_name"]}
    return None


def _field(heading: str) -> str:
    words = re.findall(r"[a-zа-яё]+", heading.lower())
    if not words or len(heading) > 120:
        return ""
    for field, asked in _HEADINGS:
        if all(any(word.startswith(tuple(entry.split())) for word in words) for entry in asked):
            return field
    return ""


def _named(name: str) -> School | None:
    """The school of that name; None for what is a total or no name."""
    if len(re.findall(r"[а-яё]", name.lower())) < 3 or name.lower().startswith(("итого", "всего")):
        return None
    return School(id=0, name=" ".join(name.split()))


def _school(row: Sequence[Cell], columns: dict[str, int], today: date) -> School | None:
    def text(field: str) -> str:
        return " ".join(row[columns[field]].text.split()) if field in columns else ""

    name = text("name")
    named = _named(name)
    if named is None:
        return None
    learners, teachers = _whole(text("learners")), _whole(text("teachers"))
    counts: tuple[SchoolCount, ...] = ()
    if learners is not None or teachers is not None:
        counts = (SchoolCount(school_year_at(today), learners or 0, teachers or 0),)
    locality = text("locality")
    return replace(
        named,
        short_name=text("short_name"),
        kind=text("kind"),
        locality=locality,
        locality_kind=_locality_kind(text("locality_kind") or locality or text("address")),
        address=text("address"),
        head=text("head"),
        phone=text("phone"),
        email=text("email"),
        site=text("site"),
        opened=_day(row, columns, "opened"),
        closed=_day(row, columns, "closed"),
        counts=counts,
    )


def _locality_kind(text: str) -> str:
    plain = text.lower()
    if plain.strip() in LOCALITY_KINDS:
        return plain.strip()
    if _TOWN.search(plain):
        return "пгт"
    return "город" if _CITY.search(plain) else "село"


def _whole(text: str) -> int | None:
    plain = re.sub(r"\s", "", text)
    return int(plain) if plain.isdigit() and len(plain) < 7 else None


def _day(row: Sequence[Cell], columns: dict[str, int], field: str) -> date | None:
    if field not in columns:
        return None
    value = row[columns[field]].value
    if isinstance(value, date):
        return value
    found = re.search(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", row[columns[field]].text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
