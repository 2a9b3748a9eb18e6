"""The thresholds by which statuses are judged: a district may set its own, kept in its file."""

from collections.abc import Mapping
from dataclasses import fields

from cosdesk.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Norms:
    """What is usual, by documents.md («Statuses (thresholds are settings)») where it says so.

    ``reached_percent`` and ``near_percent`` are percents of an indicator's plan, the first the larger;
    the others are days.
    """

    risk_days: int = 14
    reached_percent: int = 100
    near_percent: int = 90
    upcoming_days: int = 30
    answer_days: int = 14
    reminder_days: int = 7


USUAL = Norms()


@dataclass(frozen=True, slots=True)
class NormKind:
    """One threshold as the user sees it: bounds are inclusive, ``effect`` says what follows from it."""

    name: str
    label: str
    unit: str
    lowest: int
    highest: int
    effect: str

    @property
    def usual(self) -> int:
        return int(getattr(USUAL, self.name))


NORM_KINDS = (
    NormKind(
        "risk_days",
        "Срок под угрозой, когда до конца осталось",
        "дн.",
        0,
        180,
        "Статус «Риск срыва» у мероприятий: столько дней или меньше.",
    ),
    NormKind(
        "reached_percent",
        "Показатель достигнут, начиная с",
        "% плана",
        1,
        100,
        "Зелёный: «Достигнуто».",
    ),
    NormKind(
        "near_percent",
        "Показатель немного ниже плана, начиная с",
        "% плана",
        1,
        100,
        "Жёлтый: «Ниже плана»; меньше – красный: «Не достигнуто», в отчёте – под угрозой.",
    ),
    NormKind(
        "upcoming_days",
        "Ближайшие сроки в отчёте – на",
        "дн. вперёд",
        1,
        365,
        "О каких сроках говорит раздел отчёта «Отклонения и риски».",
    ),
    NormKind(
        "answer_days",
        "Школам на ответ",
        "дн.",
        1,
        180,
        "Срок, который предлагается новому мониторингу.",
    ),
    NormKind(
        "reminder_days",
        "Напоминание в календаре за",
        "дн. до срока",
        0,
        90,
        "В файле календаря для телефона.",
    ),
)
"""In the order of the settings."""


def norms_of(values: Mapping[str, str]) -> Norms:
    """Norms from texts by name; a text that is no number within its bounds gives way to what is usual.

    Where the two percents contradict each other, both do.
    """
    found = {}
    for kind in NORM_KINDS:
        text = values.get(kind.name, "")
        if text.isdecimal() and kind.lowest <= int(text) <= kind.highest:
            found[kind.name] = int(text)
    norms = Norms(**found)
    if norms.near_percent > norms.reached_percent:
        kept = {name: value for name, value in found.items() if not name.endswith("_percent")}
        return Norms(**kept)
    return norms


def changed_norms(norms: Norms) -> dict[str, int]:
    """Those that are not the usual ones, by name."""
    return {
        field.name: getattr(norms, field.name)
        for field in fields(Norms)
        if getattr(norms, field.name) != getattr(USUAL, field.name)
    }
