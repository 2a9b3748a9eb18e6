"""A planned value in words: «не менее 60», «от 20 до 30»; short for a narrow cell: «≥ 60»."""

from decimal import Decimal

from cosdesk.domain.indicator import Target, TargetRule
from cosdesk.reports.typography import DASH, NBSP, number

_WORDS = {TargetRule.AT_LEAST: "не менее", TargetRule.AT_MOST: "не более", TargetRule.EXACTLY: "ровно"}
_SIGNS = {TargetRule.AT_LEAST: "≥", TargetRule.AT_MOST: "≤", TargetRule.EXACTLY: "="}


def planned(target: Target, sign: str = "") -> str:
    """As it was printed, else worded anew; ``sign`` («%») follows the number of the latter."""
    return target.text.strip() or planned_words(target, sign)


def planned_words(target: Target, sign: str = "") -> str:
    """«не менее 60», «от 20 до 30», «60»."""
    if target.rule is TargetRule.RANGE:
        return f"от {number(target.value)} до {number(target.upper or target.value)}{sign}"
    return f"{rule_word(target.rule)} {number(target.value)}{sign}".strip()


def rule_word(rule: TargetRule) -> str:
    """«не менее»; nothing before a plain number or a range."""
    return _WORDS.get(rule, "")


def planned_short(target: Target) -> str:
    """«≥ 60», «20–30», «60»."""
    if target.rule is TargetRule.RANGE:
        return f"{number(target.value)}{DASH}{number(target.upper or target.value)}"
    word = _SIGNS.get(target.rule, "")
    return f"{word}{NBSP if word else ''}{number(target.value)}"


def planned_value(target: Target | None) -> Decimal | str | None:
    """What a cell of a document holds: the number, or the words where they say more; None for no plan."""
    if target is None:
        return None
    if target.rule is TargetRule.PLAIN and target.text.strip() in ("", number(target.value)):
        return target.value
    return planned(target)


def planned_number(target: Target | None, sign: str = "") -> Decimal | str | None:
    """The same where numbers are compared: a mere «65 %» is its number, a bound keeps its words."""
    if target is None or target.rule is TargetRule.PLAIN:
        return target.value if target else None
    return planned_words(target, sign)
