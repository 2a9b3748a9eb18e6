"""How Russian papers word dates, numbers, counts and names (``documents.md``, Typography).

Everything here words values of ours.  Text typed by the user or imported is never passed
through it, but for ``bind``, which turns some blanks into no-break ones and changes nothing else.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from cosdesk.domain.period import MONTHS_GENITIVE
from cosdesk.reports.document import Cell, Format

if TYPE_CHECKING:
    from pymorphy3.analyzer import MorphAnalyzer, Parse

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
MINUS = "\u2212"
DASH = "–"


class Case(StrEnum):
    """Grammatical cases, by pymorphy's names."""

    NOMINATIVE = "nomn"
    GENITIVE = "gent"
    DATIVE = "datv"
    ACCUSATIVE = "accs"
    INSTRUMENTAL = "ablt"
    PREPOSITIONAL = "loct"


# Dates and years


def short_date(day: date) -> str:
    """«05.11.2019»."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def long_date(day: date) -> str:
    """«5 ноября 2019 г.»."""
    return f"{day.day}{NBSP}{MONTHS_GENITIVE[day.month - 1]} {day.year}{NBSP}г."


def years_range(years: tuple[int, int]) -> str:
    """«2021–2024», or «2021» for one year."""
    first, last = years
    return str(first) if first == last else f"{first}{DASH}{last}"


def plan_years(years: tuple[int, int]) -> str:
    """«2021–2024 годы», or «2021 год»."""
    return f"{years_range(years)}{NBSP}{'год' if years[0] == years[1] else 'годы'}"


def school_year(first_year: int) -> str:
    """«2020/2021 учебный год»."""
    return f"{first_year}/{first_year + 1} учебный год"


# Numbers


def number(value: Decimal | int, places: int | None = None, signed: bool = False) -> str:
    """«1 846», «62,5», «−8,3»; without ``places`` needless zeros are dropped.

    Rounded half up, as on paper; ``signed`` puts a plus before what is above zero.
    """
    exact = Decimal(value)
    rounded = exact if places is None else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", NARROW_NBSP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + grouped + ("," + fraction if fraction else "")


def percent(value: Decimal | int, places: int | None = None) -> str:
    """«20 %», «82,4 %»."""
    return f"{number(value, places)}{NBSP}%"


def percent_of(count: int, whole: int) -> str:
    """The share of ``count`` in ``whole``: «82,4 %», «50,0 %», but «100 %» and «0 %»; «–» of nothing."""
    if not whole:
        return DASH
    exact = Decimal(count) * 100 / Decimal(whole)
    return percent(exact, 0 if exact in (0, 100) else 1)


def points(value: Decimal | int) -> str:
    """A deviation of a percent: «−8,3 п.п.», «+6,4 п.п.»."""
    return f"{number(value, 1, signed=True)}{NBSP}п.п."


def format_cell(cell: Cell, column_format: Format) -> str:
    """A cell's value as paper words it; text stays as it is."""
    value = cell.value
    if value is None:
        return DASH if cell.dash else ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return short_date(value)
    match cell.format or column_format:
        case Format.INTEGER:
            return number(value, 0)
        case Format.PERCENT:
            return number(value, 1)
        case Format.POINTS:
            return number(value, 1, signed=True)
        case Format.TEXT | Format.DATE | Format.NUMBER:
            return number(value)


# Characters and blanks

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")


def printable(text: str) -> str:
    """The text without what neither paper nor XML can hold: control, direction and invisible characters.

    Every kind of line end becomes «\\n» and a tab a blank; half a surrogate pair becomes U+FFFD.
    """
    if "\t" in text:
        text = text.replace("\t", " ")
    if _UNPRINTABLE.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _UNPRINTABLE.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", text)
    return text


_BINDINGS = (
    re.compile(r"(?<=[№§]) (?=\S*\d|_)"),
    re.compile(r"(?<=\d) (?=%|г\.|гг\.|год|лет\b|кв\.|п\.п\.|чел|руб|экз|Мбит|Мб/|ГБ|л\.|шт\.|ч\.)"),
    re.compile(r"(?<=\d) (?=\d{3}(?!\d))"),
    re.compile(r"(?<=[А-ЯЁ]\.) (?=[А-ЯЁ](?:\.|[а-яё]))"),
    re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)"),
    re.compile(r" (?=[–—] )"),
    re.compile(r"(?<=\bул\.) (?=[А-ЯЁ\d])|(?<=\b[дс]\.) (?=[А-ЯЁ\d])|(?<=[А-ЯЁ]{2}) (?=«)"),
)


def bind(text: str) -> str:
    """The text with no-break blanks where a line must not end: «№ 5», «И.И. Иванов», «2020 г.», before « – »."""
    if " " in text:
        for binding in _BINDINGS:
            text = binding.sub(NBSP, text)
    return text


_SHORT_WORDS = re.compile(
    r"(?<![\w.\u00a0-])([вксоуиа]|во|ко|со|на|до|по|за|из|от|не) (?=[\w«„(])", re.IGNORECASE
)

_DAY = re.compile(rf"(?<=\d) (?=(?:{'|'.join(MONTHS_GENITIVE)})\b)")


def bind_short_words(text: str) -> str:
    """The text with no-break blanks after prepositions and «и», «не», and within «15 декабря»."""
    return _DAY.sub(NBSP, _SHORT_WORDS.sub(lambda found: found[1] + NBSP, text))


# Names of people

_FULL_NAME = re.compile(r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ])[а-яё]+(?:\s+([А-ЯЁ])[а-яё]+)?")
_SURNAME_FIRST = re.compile(r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ])\.(?:\s?([А-ЯЁ])\.)?")
_INITIALS_FIRST = re.compile(r"([А-ЯЁ])\.(?:\s?([А-ЯЁ])\.)?\s?([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)")


def signature_name(name: str) -> str:
    """«И.И. Иванов», as under a document; a name of another shape comes back as it is."""
    parts = _name_parts(name)
    return f"{parts[1]}{NBSP}{parts[0]}" if parts else name


def list_name(name: str) -> str:
    """«Иванов И.И.», as in lists; a name of another shape comes back as it is."""
    parts = _name_parts(name)
    return f"{parts[0]}{NBSP}{parts[1]}" if parts else name


def _name_parts(name: str) -> tuple[str, str] | None:
    """Surname and initials."""
    text = name.strip()
    if found := _INITIALS_FIRST.fullmatch(text):
        first, second, surname = found.groups()
    elif found := _FULL_NAME.fullmatch(text) or _SURNAME_FIRST.fullmatch(text):
        surname, first, second = found.groups()
    else:
        return None
    return surname, f"{first}." + (f"{second}." if second else "")


# Agreement

_ADJECTIVE_ENDINGS = ("ий", "ый", "ой", "ая", "яя", "ое", "ее")
# What the dictionary words otherwise than a count does: «5 человек», «5 лет».
_COUNTED = {"человек": "человек", "год": "лет"}


def count_phrase(count: int, noun: str, case: Case = Case.NOMINATIVE) -> str:
    """«5 мероприятий», «2 контрольные точки»; by case «(из) 21 срока», «(в) 4 организациях»."""
    return f"{number(count)}{NBSP}{counted(count, noun, case)}"


def counted(count: int, noun: str, case: Case = Case.NOMINATIVE) -> str:
    """The noun, with any adjectives before it, as it stands after the number."""
    words = noun.split(" ")
    for position, word in enumerate(words):
        parse = _parse(word)
        words[position] = _counted_word(parse, count, case, word)
        if parse.tag.POS == "NOUN":
            break
    return " ".join(words)


def agree(count: int, word: str, noun: str) -> str:
    """A short participle or a verb beside a count: «исполнено» 5 сроков, «исполнена» 1 точка, «исполнены» 2."""
    parse = _parse(word)
    if _is_one(count):
        gender = next((p.tag.gender for p in map(_parse, noun.split(" ")) if p.tag.POS == "NOUN"), "neut")
    elif _is_few(count):
        return _inflected(parse, {"plur"}, word)
    else:
        gender = "neut"
    # A verb of the present or the future has no gender.
    return _inflected(parse, {"sing"} if parse.tag.tense in ("pres", "futr") else {"sing", gender}, word)


def decline(phrase: str, case: Case) -> str:
    """Adjectives and a noun in a case: «Заречный район» → «Заречного района»; capitals stay."""
    words = phrase.split(" ")
    for position, word in enumerate(words):
        # «Каменский» before «район» is an adjective, though the dictionary knows a surname.
        adjective = position < len(words) - 1 and word.endswith(_ADJECTIVE_ENDINGS)
        parse = _parse(word, adjective)
        inflected = _inflected(parse, {case.value}, word)
        words[position] = inflected.capitalize() if word[:1].isupper() else inflected
        if not adjective and parse.tag.POS == "NOUN":
            break
    return " ".join(words)


def join_list(parts: Sequence[str]) -> str:
    """«а, б и в»."""
    return ", ".join(parts[:-1]) + " и " + parts[-1] if len(parts) > 1 else "".join(parts)


def is_plural(word: str) -> bool:
    """Whether the word is a noun or an adjective in the plural: «руководители», «классные»; a surname is not."""
    if not word.isalpha():
        return False
    tag = _parse(word.lower()).tag
    return tag.number == "plur" and tag.case == "nomn" and tag.POS in ("NOUN", "ADJF") and "Surn" not in tag


def _is_one(count: int) -> bool:
    return count % 10 == 1 and count % 100 != 11


def _is_few(count: int) -> bool:
    return count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)


def _counted_word(parse: "Parse", count: int, case: Case, word: str) -> str:
    if _is_one(count):
        return _inflected(parse, {"sing", case.value}, word)
    direct = case in (Case.NOMINATIVE, Case.ACCUSATIVE)
    if word in _COUNTED and (case is Case.GENITIVE or (direct and not _is_few(count))):
        return _COUNTED[word]
    if direct:
        agreed = parse.make_agree_with_number(count)
        return str(agreed.word) if agreed else word
    return _inflected(parse, {"plur", case.value}, word)


def _inflected(parse: "Parse", grammemes: set[str], word: str) -> str:
    inflected = parse.inflect(grammemes)
    return str(inflected.word) if inflected else word


@cache
def _morphology() -> "MorphAnalyzer":
    # Imported late: the dictionary takes 0.2 s to load and only composed sentences need it.
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _parse(word: str, adjective: bool = False) -> "Parse":
    """The reading of a word in the nominative, where it has one; an adjective where that is wanted."""
    readings = _morphology().parse(word)
    nominative = [reading for reading in readings if reading.tag.case == "nomn"] or readings
    wanted = [reading for reading in nominative if reading.tag.POS == "ADJF"] if adjective else []
    return (wanted or nominative)[0]
