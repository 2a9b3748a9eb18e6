"""Dates, numbers and years as a person types them after a command."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from cosdesk.errors import UserError

_YEARS = re.compile(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?")


def day(text: str) -> date:
    """A day written 13.01.2020 or 2020-01-13."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    raise UserError(f"Дата «{text}» не понята, или такого дня нет. Пишите 13.01.2020 или 2020-01-13.")


def amount(text: str) -> Decimal:
    """A number written «62,5», «1 846» or «66.7 %»."""
    plain = "".join(text.split()).removesuffix("%").replace(",", ".").replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("nan")
    if not value.is_finite():
        raise UserError(f"Число «{text}» не понято. Пишите его цифрами, например 62,5.")
    return value


def plan_years(text: str | None) -> tuple[int, int] | None:
    """The first and last year of «2021-2024» or «2021»; None where nothing was typed."""
    if text is None:
        return None
    found = _YEARS.fullmatch(text.strip())
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1990 <= first <= last <= 2100:
        raise UserError(f"Годы «{text}» не поняты. Пишите первый и последний год плана через дефис: 2021-2024.")
    return first, last
