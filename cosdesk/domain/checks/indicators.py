"""Values of indicators: absent, falling, over the whole, a total against its rule, a title against its target."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.quantities import plain
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.indicator import Direction, Indicator, TotalRule

# «… составит 60%», «…, процент, 23%»: the value a title itself promises.
_PROMISED = re.compile(
    r"(?:\bсостав(?:ит|ят|ляет|ляют|лять)\b(?P<tail>.*)|,\s*(?P<last>\d+(?:[.,]\d+)?)\s*%)$", re.DOTALL
)
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)?(?![\d]|[.,]\d)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b\s*(?:году|года|год|г\.)")
_WHOLE = Decimal(100)


def indicators(subject: Subject) -> Iterator[Finding]:
    for indicator in subject.contents.indicators:
        yearly = _yearly(indicator)
        if not indicator.targets:
            yield _empty(subject, indicator)
            continue
        yield from _gaps(subject, indicator, yearly)
        yield from _falls(subject, indicator, yearly)
        yield from _total(subject, indicator, yearly)
        yield from _over_whole(subject, indicator)
        yield from _promised(subject, indicator)


def _yearly(indicator: Indicator) -> list[tuple[int, Decimal]]:
    return sorted((int(t.period), t.value) for t in indicator.targets if t.period.isdecimal() and len(t.period) == 4)


def _empty(subject: Subject, indicator: Indicator) -> Finding:
    return subject.of_indicator(
        Rule.INDICATOR_EMPTY,
        indicator,
        "план",
        "У показателя нет ни одного планового значения: по нему нечего исполнять и не о чем отчитываться.",
        "Впишите значения по годам или уберите показатель.",
    )


def _gaps(subject: Subject, indicator: Indicator, yearly: list[tuple[int, Decimal]]) -> Iterator[Finding]:
    years = [year for year, _ in yearly]
    missing = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    if missing:
        told = ", ".join(map(str, missing))
        yield subject.of_indicator(
            Rule.TARGET_GAP,
            indicator,
            "план",
            f"Нет планового значения на {told} год, а на годы до и после есть.",
            "Впишите значение.",
        )


def _falls(subject: Subject, indicator: Indicator, yearly: list[tuple[int, Decimal]]) -> Iterator[Finding]:
    rises = indicator.direction is Direction.UP
    for (before, value), (after, following) in pairwise([*_baseline(indicator, yearly), *yearly]):
        if following < value if rises else following > value:
            verb = "падает" if rises else "растёт, хотя должно снижаться"
            yield subject.of_indicator(
                Rule.TARGETS_FALL,
                indicator,
                "план",
                f"Значение {verb}: {before} год – {plain(value)}, {after} год – {plain(following)}.",
                "Проверьте, не переставлены ли значения. Если он и должен снижаться, отметьте это в его свойствах."
                if rises
                else "Проверьте, не переставлены ли значения.",
            )


def _baseline(indicator: Indicator, yearly: list[tuple[int, Decimal]]) -> list[tuple[int, Decimal]]:
    """The baseline as a point of its year, where that lies before the first target's."""
    day = indicator.baseline_on
    if indicator.baseline is None or day is None or not yearly or day.year >= yearly[0][0]:
        return []
    return [(day.year, indicator.baseline)]


def _total(subject: Subject, indicator: Indicator, yearly: list[tuple[int, Decimal]]) -> Iterator[Finding]:
    if indicator.total is None or not yearly:
        return
    by_sum = indicator.total_rule is TotalRule.SUM
    expected = sum((value for _, value in yearly), Decimal(0)) if by_sum else yearly[-1][1]
    if indicator.total != expected:
        rule = "сумма по годам" if by_sum else f"значение последнего года ({yearly[-1][0]})"
        yield subject.of_indicator(
            Rule.TOTAL_WRONG,
            indicator,
            "ИТОГО",
            f"ИТОГО – {plain(indicator.total)}, а {rule} – {plain(expected)}.",
            f"{plain(expected)}, если верны значения по годам.",
        )


def _over_whole(subject: Subject, indicator: Indicator) -> Iterator[Finding]:
    if not indicator.is_percent or not indicator.title.lower().startswith(("доля", "удельный вес")):
        return
    over = [target for target in indicator.targets if target.value > _WHOLE]
    if over:
        told = ", ".join(f"{target.period} – {plain(target.value)}" for target in over)
        yield subject.of_indicator(
            Rule.SHARE_OVER_WHOLE, indicator, "план", f"Доля не бывает больше 100 %: {told}.", "Проверьте значение."
        )


def _promised(subject: Subject, indicator: Indicator) -> Iterator[Finding]:
    found = _PROMISED.search(indicator.title)
    if not found:
        return
    numbers = _NUMBER.findall(_YEAR.sub(" ", found["tail"] or found["last"] or ""))
    promised = [Decimal(number.replace(",", ".")) for number in numbers]
    if promised and not set(promised) & {target.value for target in indicator.targets}:
        told = ", ".join(map(plain, promised))
        planned = ", ".join(f"{target.period} – {plain(target.value)}" for target in indicator.targets)
        yield subject.of_indicator(
            Rule.INDICATOR_DISAGREES,
            indicator,
            "наименование",
            f"В наименовании обещано {told}, а по плану: {planned}.",
            "Сверьте наименование с планом.",
        )
