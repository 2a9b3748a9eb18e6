"""The words of Russian terms as tokens: every form of a month, «кв.», «ежегодно», «не позднее», dates, numbers."""

import re
from typing import Final, Literal

Kind = Literal[
    "date", "day_month", "month_year", "year", "number", "last",
    "month", "months", "quarter", "half", "years", "school", "week", "day", "day_of_month", "decade", "part",
    "every", "each", "times", "least", "once", "in", "for", "until", "to", "by", "from", "during",
    "whole", "period", "realisation", "begin", "middle", "end", "next", "reporting", "and", "inclusive",
    "undated", "-", ",", ";", ":", "/", "(", ")", "word", "odd", "stop",
]  # fmt: skip
Token = tuple[Kind, int]
"""A kind and its value: the month's number, a date as 20210901, 1 for a plural «годы» …; 0 where there is none."""

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
PLURAL: Final = 1
SWALLOWS_ALL: Final = 1
"""Value of an «undated» token after which everything up to a comma belongs to the phrase («согласно приказу от …»)."""


class NoSuchDateError(ValueError):
    """A date that the calendar does not have; the message is the date as written."""


WORDS: Final[dict[str, Token]] = {}


def _add(kind: Kind, value: int, forms: str) -> None:
    for form in forms.split():
        WORDS[form] = (kind, value)


def _add_phrases(kind: Kind, value: int, *phrases: str) -> None:
    for phrase in phrases:
        WORDS[phrase] = (kind, value)


def _fill() -> None:
    _fill_months()
    _fill_numbers()
    _fill_units()
    _fill_recurrences()
    _fill_relations()
    _fill_undated()


def _fill_months() -> None:
    soft, hard = "ь я ю ем е", ". а у ом е"
    stems = (
        ("январ", soft, "янв"), ("феврал", soft, "фев февр"), ("март", hard, "мар"), ("апрел", soft, "апр"),
        ("ма", "й я ю ем е", ""), ("июн", soft, "июн"), ("июл", soft, "июл"), ("август", hard, "авг"),
        ("сентябр", soft, "сен сент"), ("октябр", soft, "окт"), ("ноябр", soft, "ноя нояб"), ("декабр", soft, "дек"),
    )  # fmt: skip
    for number, (stem, endings, short) in enumerate(stems, 1):
        _add("month", number, " ".join(stem + ending.strip(".") for ending in endings.split()) + " " + short)


def _fill_numbers() -> None:
    for number in range(100):
        WORDS[f"{number}"] = WORDS[f"{number:02}"] = ("number", number)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        WORDS[f"{year}"] = ("year", year)
    adjective = ("ый", "ая", "ое", "ой", "ого", "ом", "ую", "ые", "ых", "ому")
    stems = {1: "перв", 2: "втор", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят", 10: "десят"}
    for number, stem in stems.items():
        _add("number", number, " ".join(stem + ending for ending in adjective))
    _add("number", 3, "третий третья третье третьего третьей третьем третью третьи третьих")
    numerals = (
        "один одна одно одного одной одну i", "два две двух ii", "три трех iii", "четыре четырех iv iу",
        "пять пяти v", "шесть шести vi", "семь семи", "восемь восьми", "девять девяти", "десять десяти",
    )  # fmt: skip
    for number, forms in enumerate(numerals, 1):
        _add("number", number, forms)
    # II and III as they look on a Russian keyboard: «П полугодие», «Ш квартал».
    _add("number", 2, "п")
    _add("number", 3, "ш")
    _add("last", 0, "последний последняя последнее последнего последней последнем последнюю")


def _fill_units() -> None:
    _add("years", 0, "год года году годом годе г")
    _add("years", PLURAL, "годы годов годах годам годами гг лет г.г")
    _add_phrases("years", PLURAL, "г. г")
    _add("school", 0, "учебный учебного учебном учебному уч")
    _add("school", PLURAL, "учебные учебных учебным")
    _add("quarter", 0, "квартал квартала квартале кварталу кварталом кв")
    _add("quarter", PLURAL, "кварталы кварталов кварталах кварталам")
    _add("half", 0, "полугодие полугодия полугодии полугодию полугодием п/г")
    _add("half", PLURAL, "полугодий полугодиях полугодиям")
    _add("months", 0, "месяц месяца месяце месяцу месяцем мес")
    _add("months", PLURAL, "месяцы месяцев месяцах месяцам")
    _add("week", 0, "неделя недели неделе неделю недель")
    _add("day", 0, "день дня дней дню")
    _add("day_of_month", 0, "число числа числу числе")
    _add("decade", 0, "декада декады декаде декаду")
    _add("part", 0, "половина половины половине половину")


def _fill_recurrences() -> None:
    for months, stem in ((12, "ежегодн"), (3, "ежеквартальн"), (1, "ежемесячн")):
        _add("every", months, f"{stem}о {stem}ый {stem}ая {stem}ое {stem}ые")
    _add("every", 1, "помесячно ежемес")
    _add("every", 3, "поквартально ежекварт")
    _add("every", 12, "ежегод")
    _add("every", -7, "еженедельно еженедельный еженедельная")
    _add("every", -1, "ежедневно ежедневный ежедневная")
    _add_phrases("every", 12, "по годам")
    _add_phrases("every", 6, "по полугодиям")
    _add_phrases("every", 3, "по кварталам")
    _add_phrases("every", 1, "по месяцам")
    _add("each", 0, "каждый каждая каждое каждого каждой каждом каждую каждые каждых")
    _add("times", 1, "раз раза р")
    _add("times", 2, "дважды")
    _add("times", 3, "трижды")
    _add("once", 0, "однократно разово единожды единовременно")
    for word in ("менее", "реже", "меньше", "более", "чаще"):
        _add_phrases("least", 0, f"не {word}", f"не {word} чем")
    _add("least", 0, "минимум")


def _fill_relations() -> None:
    _add("in", 0, "в во на")
    _add("for", 0, "за")
    _add("until", 0, "до")
    _add("by", 0, "по")
    _add_phrases("by", 0, "не позднее", "не позже", "не позднее чем до")
    _add("to", 0, "к ко")
    _add("from", 0, "с со c")
    _add_phrases("from", 0, "начиная с", "начиная со", "не ранее", "не раньше")
    _add("during", 0, "втечение втечении")
    _add_phrases("during", 0, "в течение", "в течении", "в теч", "на протяжении")
    _add("whole", 0, "весь вся все всего всей всем всю всех")
    _add("period", 0, "период периода периоде срок срока сроки сроком")
    _add(
        "realisation", 0, "реализации действия исполнения выполнения проекта плана программы нацпроекта карты дорожной"
    )
    _add("begin", 0, "начало начала началу начале")
    _add("middle", 0, "середина середины середине середину")
    _add("end", 0, "конец конца концу конце окончание окончания завершения завершению")
    _add("next", 0, "следующий следующего следующем следующим следующих")
    _add("reporting", 0, "отчетный отчетного отчетном отчетным отчетных текущий текущего текущем истекшим")
    _add("and", 0, "и а но также")
    _add("inclusive", 0, "включительно включит вкл")


def _fill_undated() -> None:
    _add("undated", 0, "постоянно систематически регулярно бессрочно")
    _add_phrases("undated", 0, "на постоянной основе", "по мере", "при необходимости", "по необходимости")
    _add_phrases("undated", 0, "по факту", "в рабочем порядке", "в плановом порядке", "в установленном порядке")
    _add_phrases("undated", 0, "срок не определен", "сроки не определены", "не определен", "не установлен")
    _add("undated", SWALLOWS_ALL, "согласно")
    _add_phrases("undated", SWALLOWS_ALL, "по отдельному", "по отдельным", "по плану", "по планам", "по графику")
    _add_phrases("undated", SWALLOWS_ALL, "по графикам", "по согласованию", "по запросу", "по запросам")
    _add_phrases("undated", SWALLOWS_ALL, "по требованию", "в соответствии с", "в соответствии со")
    _add_phrases("undated", SWALLOWS_ALL, "в установленные сроки", "в установленный срок")


_fill()
for _sign in ("-", ",", ";", ":", "/", "(", ")"):
    WORDS[_sign] = (_sign, 0)

_PHRASES = "|".join(
    re.escape(phrase).replace(r"\ ", " ") for phrase in sorted(WORDS, key=len, reverse=True) if " " in phrase
)
_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)(?:[ t]\d{2}:\d{2}(?::\d{2})?)?"
    r"|\d{1,2} ?[./] ?\d{1,2} ?[./] ?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2}-\d{1,2}-\d{4}(?!\d)"
    r"|(?:0?[1-9]|1[0-2])\.\d{4}(?!\d)"
    r"|\d{1,2}\.\d{1,2}(?![\d%])"
    r"|\d+-(?:го|й|ый|ая|я|е|ое|ого|му|ом|м)\b"
    r"|\d+"
    rf"|(?:{_PHRASES})\b"
    r"|п/г|г\.г\b|[ivx]+(?=кв|пол)"
    r"|[а-яa-z]+"
    r"|[^\s.«»“”„\"'…]"
)
_DIGITS = re.compile(r"\d+")
# What is typed for the same sign or letter: dashes, ё, roman numbers of Unicode and of the Ukrainian keyboard.
_SAME = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "ё": "е",
        "і": "i",
        "ⅰ": "i",
        "ⅱ": "ii",
        "ⅲ": "iii",
        "ⅳ": "iv",
        "\u00ad": "",
        "\ufeff": "",
        "\u200b": "",
    }
)
_LATIN_ALIKE = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
_PARAGRAPH = re.compile(r"\n\s*\n")


def plain(wording: str) -> str:
    """Small letters, one kind of dash, single blanks; a blank line becomes «;»."""
    text = wording.lower()
    if not text.isascii():
        text = text.translate(_SAME)
    if "\n" in text:
        text = _PARAGRAPH.sub(" ; ", text.strip())
    return " ".join(text.split())


def tokens(text: str) -> list[Token]:
    """The tokens of a ``plain`` text, closed by four «stop»; ``NoSuchDateError`` for 31.02.2021."""
    found = [WORDS.get(piece) or _unlisted(piece) for piece in _TOKEN.findall(text)]
    found += _STOPS
    return found


_STOPS: Final[list[Token]] = [("stop", 0)] * 4


def _unlisted(piece: str) -> Token:
    first = piece[0]
    if first.isdecimal():
        return _number(piece)
    if first.isalpha():
        # A Latin «c» in «cентябрь» looks the same on paper.
        return WORDS.get(piece.translate(_LATIN_ALIKE), ("word", 0))
    return ("odd", 0)


def _number(piece: str) -> Token:
    numbers = [int(digits) for digits in _DIGITS.findall(piece)]
    match numbers:
        case [number]:
            return ("year", number) if FIRST_YEAR <= number <= LAST_YEAR else ("number", number)
        case [month, year] if year > 99:
            return ("month_year", _checked_year(year, piece) * 100 + month)
        case [day, month]:
            check_day(2000, month, day, piece)
            return ("day_month", month * 100 + day)
        case [year, month, day, *_] if year > 99:
            pass
        case [day, month, year, *_]:
            if year < 100 and not piece.endswith(f"00{year:02}"):
                year += 2000
    check_day(_checked_year(year, piece), month, day, piece)
    return ("date", year * 10000 + month * 100 + day)


def _checked_year(year: int, piece: str) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchDateError(piece)
    return year


_LENGTHS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Days in a month; the Gregorian leap years."""
    if month == 2 and year % 4 == 0 and (year % 100 or year % 400 == 0):
        return 29
    return _LENGTHS[month]


def check_day(year: int, month: int, day: int, written: str = "") -> None:
    if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise NoSuchDateError(written or f"{day:02}.{month:02}.{year}")
