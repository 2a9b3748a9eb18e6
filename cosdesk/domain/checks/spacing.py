"""Spaces, dashes and signs: «2020- 2022г.г.», «области,обеспеченных», double blanks."""

import re
from collections.abc import Callable, Iterator

from cosdesk.domain.checks.finding import Mend

_BLANK = r"[ \u00a0]"
_LOWER = "а-яё"
_LETTER = "А-Яа-яЁё"
_UNITS = r"(?:[кмгтКМГТ]?(?:бит|байт|б)|руб|тыс|млн|млрд|мин|сек|час)"
# First parts that take a hyphen, and are often torn from the second.
_COMPOUND = (
    r"(?:научно|учебно|информационно|организационно|материально|нормативно|социально|психолого|программно|аппаратно"
    r"|телекоммуникационно|культурно|физкультурно|спортивно|художественно|общественно|инженерно|финансово"
    r"|онлайн|офлайн|оффлайн|интернет|веб|медиа)"
)
Mending = str | Callable[[re.Match[str]], str]


def _dash(found: re.Match[str]) -> str:
    """Between figures a dash without blanks, in a compound a hyphen, else a dash with blanks."""
    before, after = found.string[found.start() - 1], found.string[found.end()]
    if before.isdigit() and after.isdigit():
        return "–"
    return "-" if before in "ое" and after.islower() and "-" in found[0] else " – "


_RULES: tuple[tuple[re.Pattern[str], Mending], ...] = tuple(
    (re.compile(pattern), mending)
    for pattern, mending in (
        # double blanks
        (rf"(?<=\S){_BLANK}{{2,}}(?=\S)", " "),
        # a blank before a sign, after an opening and before a closing one
        (rf"(?<=[\w»)%]){_BLANK}+(?=[,;:!?.](?:[\s»)]|$))", ""),
        (rf"(?<=[(«]){_BLANK}+(?=\S)", ""),
        (rf"(?<=\S){_BLANK}+(?=[)»])", ""),
        # no blank after a sign
        (rf"(?<=[A-Za-z{_LETTER}»)])[,;](?=[{_LETTER}«(])", lambda found: f"{found[0]} "),
        (rf"(?<=[{_LOWER}»)])[,;](?=\d)", lambda found: f"{found[0]} "),
        (rf"(?<=[{_LOWER}]):(?=[{_LETTER}])", ": "),
        (rf"(?<=[{_LOWER}]{{2}})\.(?=[А-ЯЁ][{_LOWER}])", ". "),
        (rf"(?<=\d)\.(?=[А-ЯЁ][{_LOWER}])", ". "),
        # initials against a surname or a telephone
        (r"(?<=[А-ЯЁ]\.[А-ЯЁ]\.)(?=\d)", " "),
        (rf"(?<=[{_LOWER}]{{3}})(?=[А-ЯЁ]\.\s?[А-ЯЁ]\.)", " "),
        # brackets against words; «школ(а)» and «(не)исполнение» are meant so
        (rf"(?<=[{_LOWER}])\((?=[^()]{{5,}}\))", " ("),
        (rf"(?<=[{_LOWER}]\.)\((?=[^()]+\))", " ("),
        (rf"(?<=[^()]{{5}}\))(?=[{_LETTER}]{{2}})", " "),
        # a dash with a blank on one side; «аудио- и видео» is meant so
        (rf"(?<=[{_LETTER}»)]){_BLANK}[-–—](?=[{_LETTER}«(])", _dash),
        (rf"(?<=[\d%]){_BLANK}[-–—](?=[\d{_LETTER}«(])", _dash),
        (rf"(?<=[\w»)%])[-–—]{_BLANK}+(?!(?:и|или|либо|а|до|но)\b)(?=[\w«])", _dash),
        (rf"\b(?i:{_COMPOUND}){_BLANK}[-–—]{_BLANK}(?=[{_LOWER}])", lambda found: f"{found[0].split()[0]}-"),
        # years and figures against words
        (r"(?<=\d{4})г\.\s?г\.", " гг."),
        (r"(?<=\d{4} )г\.\s?г\.", "гг."),
        (r"(?<=(?<!\d)\d{4})(?=(?!г\.\s?г\.)(?:гг?\.|год[ауы]?\b|годом\b))", " "),
        (rf"(?<=\d)(?=(?!{_UNITS}|ти|ми|ех|ух|лет|кратн|уровнев|й\b|го\b|му\b)[{_LOWER}]{{4,}})", " "),
        # signs doubled
        (r"([,;:])(?:\s*\1)+", r"\1"),
        (r"(?<![.\s])\.\.(?!\.)", "."),
    )
)
_TAIL = re.compile(rf"{_BLANK}*(?:[,;:]|{_BLANK}[-–—])\s*$")


def spacing(text: str) -> Iterator[Mend]:
    """Blanks, dashes and signs to be mended."""
    for pattern, mending in _RULES:
        for found in pattern.finditer(text):
            mended = mending(found) if callable(mending) else found.expand(mending)
            if mended != found[0]:
                yield Mend(found.start(), found.end(), mended)


def trailing_sign(text: str) -> Mend | None:
    """A comma, a semicolon, a colon or a dash after which nothing follows."""
    tail = _TAIL.search(text)
    return Mend(tail.start(), len(text), "") if tail and tail.start() > 0 else None
