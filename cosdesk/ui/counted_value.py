"""A value counted by a round of monitoring, worded beside the one typed by hand."""

from decimal import Decimal

from cosdesk.domain.indicator import Actual, Indicator, share
from cosdesk.domain.monitoring import Counted
from cosdesk.reports.typography import number, percent, points


def counted_amount(counted: Counted) -> Decimal | None:
    """The value itself: a share in percent where there is a denominator, None when that is 0."""
    return counted.numerator if counted.denominator is None else share(counted.numerator, counted.denominator)


def compare_with_hand(indicator: Indicator, counted: Counted, recorded: Actual | None) -> str:
    """«По мониторингу 66,7 % (8 из 12), вручную 70 %, расхождение −3,3 п.п.»; without the rest where none is typed."""
    amount = counted_amount(counted)
    is_percent = counted.denominator is not None or indicator.is_percent
    word = percent if is_percent else number
    told = "По мониторингу " + ("–" if amount is None else word(amount))
    if counted.denominator is not None:
        told += f" ({number(counted.numerator)} из {number(counted.denominator)})"
    by_hand = recorded.amount if recorded is not None and recorded.has_number else None
    if by_hand is not None:
        told += f", вручную {word(by_hand)}"
        if amount is not None:
            told += ", " + _difference(amount - by_hand, is_percent)
    if counted.preliminary:
        told += f"; предварительно: учтено ответов {counted.answered} из {counted.asked}"
    return told


def _difference(amount: Decimal, is_percent: bool) -> str:
    if not amount:
        return "расхождения нет"
    return f"расхождение {points(amount) if is_percent else number(amount, signed=True)}"
