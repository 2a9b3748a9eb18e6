"""Numbers, shares and days as people type them, and as a cell gives them to be typed over or carried to Excel."""

import re
from datetime import date
from decimal import Decimal

from cosdesk.errors import UserError
from cosdesk.reports.typography import DASH, MINUS, NARROW_NBSP, number

_DASHES = "-–—−"
_BLANKS = re.compile(r"[ \u00a0\u202f\u2009]")
_NUMBER = re.compile(rf"[+{_DASHES}]?(?:\d{{1,3}}(?: \d{{3}})+|\d+)(?:[.,]\d+)?")
_SHARE = re.compile(r"([^/]+?)\s*(?:/|\bиз\b)\s*([^/]+)")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?")
_DIGITS = 15
"""What a binary number of the file keeps whole."""


def is_blank(text: str) -> bool:
    """Whether a cell says «nothing»: empty or a dash."""
    return not text.strip().strip(_DASHES)


def read_number(text: str) -> Decimal | None:
    """«62,5», «62.5», «1 846», «−3», «20 %»; None for an empty cell or «–»; ``UserError`` for what is no number."""
    if is_blank(text):
        return None
    typed = _BLANKS.sub(" ", text.strip()).removesuffix("%").strip()
    if not _NUMBER.fullmatch(typed):
        raise UserError(f"«{shorten(text)}» – не число. Пишите цифрами, например 62,5; пустое значение – «{DASH}».")
    sign = "-" if typed[0] in _DASHES else ""
    digits = typed.lstrip("+" + _DASHES).replace(" ", "").replace(",", ".")
    if len(digits.replace(".", "").lstrip("0")) > _DIGITS:
        raise UserError(f"Число «{shorten(text)}» слишком длинное: в нём больше {_DIGITS} цифр. Сократите его.")
    return Decimal(sign + digits)


def read_share(text: str) -> tuple[Decimal, Decimal] | None:
    """Numerator and denominator of «8/12» or «8 из 12»; None for any other text."""
    found = _SHARE.fullmatch(text.strip())
    if not found:
        return None
    numerator, denominator = read_number(found[1]), read_number(found[2])
    return None if numerator is None or denominator is None else (numerator, denominator)


def read_day(text: str) -> date | None:
    """«31.12.2020»; None for an empty cell; ``UserError`` for a day that does not exist."""
    if is_blank(text):
        return None
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise UserError(f"«{shorten(text)}» – не дата. Пишите день, месяц и год: 31.12.2020.")
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise UserError(f"Дня «{shorten(text)}» нет в календаре. Проверьте число и месяц.") from None


def plain_number(value: Decimal | None) -> str:
    """The number as Excel reads it: decimal comma, a plain minus, thousands not parted; empty for None."""
    return "" if value is None else number(value).replace(NARROW_NBSP, "").replace(MINUS, "-")


def shorten(text: str, limit: int = 40) -> str:
    """The text in one line, cut with «…» where it is longer than the limit."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
