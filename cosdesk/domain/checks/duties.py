"""Who is responsible and what proves a row: absent where the other rows of the part have it."""

from collections.abc import Callable, Iterator

from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.roadmap import Item, Part

_MOST = 0.75
"""A column filled in this share of the rows is meant to be filled in all."""
_FEWEST = 3


def duties(subject: Subject) -> Iterator[Finding]:
    yield from _absent(
        subject,
        Rule.RESPONSIBLE_MISSING,
        "responsible",
        lambda item: bool(item.responsible),
        "Не указан исполнитель: за строку никто не отвечает и спросить не с кого.",
        "Укажите исполнителя.",
    )
    yield from _absent(
        subject,
        Rule.EVIDENCE_MISSING,
        "expected",
        lambda item: bool(item.expected.strip(" -–—\n")),
        "Не указан документ, которым подтверждается исполнение: его не проверить и не принять.",
        "Укажите вид документа: приказ, справка, отчёт, протокол.",
    )


def _absent(
    subject: Subject, rule: Rule, field: str, filled: Callable[[Item], bool], message: str, proposal: str
) -> Iterator[Finding]:
    for part in Part:
        rows = [item for item in subject.contents.items if subject.parts[item.id] is part and not item.cancelled]
        blank = [item for item in rows if not filled(item)]
        if len(rows) < _FEWEST or len(rows) - len(blank) < _MOST * len(rows):
            continue
        for item in blank:
            children = subject.children.get(item.id, [])
            # A heading row is answered for, and proved, by the rows under it.
            if not any(map(filled, children)):
                yield subject.of_item(rule, item, field, message, proposal)
