"""Promises for another territory than the district's own: the whole region, a neighbour."""

import re
from collections.abc import Iterator

from cosdesk.domain.checks.finding import Finding, Mend, Rule
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.texts import Text
from cosdesk.domain.names import decline_district, district_in_title

_ADJECTIVE = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*"
_REGION = (
    rf"(?:{_ADJECTIVE}(?:ой|ей)\s+(?:автономной\s+)?области|{_ADJECTIVE}(?:ого|его)\s+края"
    rf"|{_ADJECTIVE}(?:ой|ей)\s+[Рр]еспублики|Республики\s+{_ADJECTIVE})"
)
_PROMISE = re.compile(
    rf"(?:территории|муниципальных\s+образовани(?:й|ях)|образовательных\s+организаци(?:й|ях)|\bшкол(?:ах)?)"
    rf"\s*(?P<region>{_REGION})(?![а-яё])"
)
_NEIGHBOUR = re.compile(
    rf"территории\s*(?P<district>(?P<name>{_ADJECTIVE}(?:ого|его))\s+(?:муниципального\s+)?(?:района|округа))(?![а-яё])"
)
_WHOLE_REGION = re.compile(r"област|край\b|крае\b|края\b|республик", re.IGNORECASE)
_QUOTED = re.compile(r"«[^«»]*»|\"[^\"]*\"")
_FIELDS = frozenset({"title", "expected"})


def territory(subject: Subject) -> Iterator[Finding]:
    own, genitive = own_district(subject)
    title = subject.contents.roadmap.title
    if _WHOLE_REGION.search(subject.district.name) or (not own and _WHOLE_REGION.search(title)):
        # A region's own roadmap.
        return
    for text in subject.texts:
        if text.field in _FIELDS and text.record is not subject.contents.roadmap:
            plain = _unquoted(text.text)
            alien = [(found, "region") for found in _PROMISE.finditer(plain)]
            names = {word.lower() for word in (*genitive.split(), *own.split())}
            if genitive:
                alien += [(f, "district") for f in _NEIGHBOUR.finditer(plain) if f["name"].lower() not in names]
            if alien:
                yield _finding(subject, text, alien, own, genitive)


def own_district(subject: Subject) -> tuple[str, str]:
    """The district's name and its genitive, from the roadmap's title where the file's own cannot be declined."""
    district = subject.district
    name = district.name or district_in_title(subject.contents.roadmap.title)
    genitive = district.name_genitive or decline_district(name)[0]
    return name, genitive


def _finding(
    subject: Subject, text: Text, alien: list[tuple[re.Match[str], str]], own: str, genitive: str
) -> Finding:
    promised = ", ".join(dict.fromkeys(" ".join(found[group].split()) for found, group in alien))
    mends = tuple(_mend(text.text, found.span(group), genitive) for found, group in alien) if genitive else ()
    whose = f"муниципалитета ({own})" if own else "одного муниципалитета"
    return subject.of_text(
        Rule.OTHER_TERRITORY,
        text,
        f"Обещано на территории {promised}, а план составлен для {whose}: за других он не отвечает.",
        genitive or "Назовите здесь своё муниципальное образование.",
        mends,
        mark=promised,
    )


def _mend(text: str, span: tuple[int, int], genitive: str) -> Mend:
    start, end = span
    glued = text[start - 1 : start].isalpha()
    return Mend(start, end, f"{' ' if glued else ''}{genitive}")


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)
