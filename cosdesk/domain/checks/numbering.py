"""Numbers of rows and sections: missing, doubled, absent, worded unlike the others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cosdesk.domain.checks.finding import Finding, Mend, Rule
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.texts import shortened
from cosdesk.domain.roadmap import Item, Section
from cosdesk.domain.row_numbers import bare

_LAST = re.compile(r"((?:\d+[.)])*)(\d+)")
_WORDED = re.compile(r"([А-ЯЁа-яё]+)\s+(\d+)")
_SHOWN = 5
_FEWEST = 3
"""Rows without any number at all are told from this many on."""
_MOST = 2 / 3


def numbering(subject: Subject) -> Iterator[Finding]:
    rows = subject.contents.items
    if len(rows) >= _FEWEST and not any(bare(item.number) for item in rows):
        yield subject.of_roadmap(
            Rule.ROW_UNNUMBERED,
            "весь план",
            f"Ни у одной строки нет номера (строк: {len(rows)}): на строку нельзя сослаться в отчёте или приказе.",
            "Пронумеруйте строки: «Дорожная карта» → «Перенумеровать строки».",
            "no numbers at all",
        )
    else:
        yield from _rows(subject)
    yield from _sections(subject)


def _rows(subject: Subject) -> Iterator[Finding]:
    groups: dict[tuple[int | None, int | None], list[Item]] = {}
    for item in subject.contents.items:
        # Rows under a parent follow it, whatever section they name.
        groups.setdefault((item.parent_id, item.section_id if item.parent_id is None else None), []).append(item)
    for siblings in groups.values():
        yield from _doubled(subject, siblings)
        yield from _missing(subject, siblings)
        yield from _unnumbered(subject, siblings)


def _doubled(subject: Subject, siblings: Sequence[Item]) -> Iterator[Finding]:
    first: dict[str, Item] = {}
    for item in siblings:
        number = bare(item.number)
        if number and number in first:
            yield subject.of_item(
                Rule.NUMBER_DOUBLED,
                item,
                "number",
                f"Номер {number} уже стоит у строки «{shortened(first[number].title, 50)}»: ссылка неоднозначна.",
                "Дайте строке свободный номер или перенумеруйте строки.",
                mark=f"doubled {number}",
            )
        elif number:
            first[number] = item


def _missing(subject: Subject, siblings: Sequence[Item]) -> Iterator[Finding]:
    places: dict[str, dict[int, Item]] = {}
    for item in siblings:
        if found := _LAST.fullmatch(bare(item.number)):
            places.setdefault(found[1], {}).setdefault(int(found[2]), item)
    for prefix, known in places.items():
        ordered = sorted(known)
        for before, after in pairwise(ordered):
            if gap := range(before + 1, after):
                yield _gap(subject, prefix, gap, known[before], known[after])
        # «1.2» without «1.1»; a top level may begin where another document ended.
        if prefix and len(ordered) > 1 and ordered[0] > 1:
            yield _gap(subject, prefix, range(1, ordered[0]), None, known[ordered[0]])


def _gap(subject: Subject, prefix: str, gap: range, before: Item | None, after: Item) -> Finding:
    numbers = [f"{prefix}{number}" for number in gap]
    told = _listed(numbers)
    place = f"После строки {bare(before.number)} идёт" if before else "Первой идёт строка"
    return subject.of_item(
        Rule.NUMBER_MISSING,
        after,
        "number",
        f"{place} {bare(after.number)}: нет {told}. Проверьте, не потеряна ли строка.",
        "Верните пропущенную строку или перенумеруйте строки.",
        mark=f"missing {told}",
    )


def _unnumbered(subject: Subject, siblings: Sequence[Item]) -> Iterator[Finding]:
    bare_rows = [item for item in siblings if not bare(item.number)]
    if bare_rows and len(siblings) - len(bare_rows) >= _MOST * len(siblings):
        for item in bare_rows:
            yield subject.of_item(
                Rule.ROW_UNNUMBERED,
                item,
                "number",
                f"У строки «{shortened(item.title, 50)}» нет номера, а у соседних есть.",
                "Дайте строке номер или перенумеруйте строки.",
                mark="unnumbered",
            )


def _sections(subject: Subject) -> Iterator[Finding]:
    for part in {section.part for section in subject.contents.sections}:
        sections = [section for section in subject.contents.sections if section.part is part]
        yield from _section_words(subject, sections)
        yield from _section_gaps(subject, sections)


def _section_words(subject: Subject, sections: Sequence[Section]) -> Iterator[Finding]:
    words = Counter(found[1] for section in sections if (found := _WORDED.fullmatch(bare(section.number))))
    if not words:
        return
    word, count = words.most_common(1)[0]
    if count < _FEWEST or count < _MOST * len(sections):
        return
    for section in sections:
        if bare(section.number).isdecimal():
            yield subject.of_section(
                Rule.SECTION_WORD,
                section,
                f"Раздел обозначен «{section.number}», а остальные – словом «{word}»: в документе он теряется.",
                f"{word} {bare(section.number)}",
                (Mend(0, len(section.number), f"{word} {bare(section.number)}"),),
            )


def _section_gaps(subject: Subject, sections: Sequence[Section]) -> Iterator[Finding]:
    known: dict[int, Section] = {}
    for section in sections:
        if found := re.search(r"(\d+)$", bare(section.number)):
            number = int(found[1])
            if number in known:
                yield subject.of_section(
                    Rule.NUMBER_DOUBLED,
                    section,
                    f"Номер раздела {number} стоит дважды.",
                    "Дайте разделу свободный номер.",
                )
            known.setdefault(number, section)
    for before, after in pairwise(sorted(known)):
        if after > before + 1:
            told = _listed([str(number) for number in range(before + 1, after)])
            yield subject.of_section(
                Rule.NUMBER_MISSING,
                known[after],
                f"После раздела {before} идёт {after}: нет {told}. Проверьте, не потерян ли раздел.",
                "Верните пропущенный раздел или исправьте номера.",
            )


def _listed(numbers: Iterable[str]) -> str:
    """«номера 1.6», «номеров 1.6, 1.7», «номеров 1.6–1.40»."""
    known = list(numbers)
    if len(known) == 1:
        return f"номера {known[0]}"
    if len(known) <= _SHOWN:
        return f"номеров {', '.join(known)}"
    return f"номеров {known[0]}–{known[-1]}"
