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
    rf"\s*(?P<region>{_REGION})"
)
_NEIGHBOUR = re.compile(
    rf"территории\s*(?P<district>(?P<name>{_ADJECTIVE}(?:ого|его))\s+(?:муниципального\s+)?(?P<kind>района|округа))"
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
            yield from _regions(subject, text, own, genitive)
            if genitive:
                yield from _neighbours(subject, text, own, genitive)


def own_district(subject: Subject) -> tuple[str, str]:
    """The district's name and its genitive, from the roadmap's title where the file's own cannot be declined."""
    district = subject.district
    name = district.name or district_in_title(subject.contents.roadmap.title)
    genitive = district.name_genitive or decline_district(name)[0]
    return name, genitive


def _regions(subject: Subject, text: Text, own: str, genitive: str) -> Iterator[Finding]:
    for found in _PROMISE.finditer(_unquoted(text.text)):
        region = " ".join(found["region"].split())
        glued = found.start("region") > 0 and text.text[found.start("region") - 1].isalpha()
        mend = Mend(found.start("region"), found.end("region"), f"{' ' if glued else ''}{genitive}")
        yield subject.of_text(
            Rule.OTHER_TERRITORY,
            text,
            _message(region, own),
            genitive or "Назовите здесь своё муниципальное образование.",
            (mend,) if genitive else (),
            mark=region,
        )


def _neighbours(subject: Subject, text: Text, own: str, genitive: str) -> Iterator[Finding]:
    names = {word.lower() for word in (*genitive.split(), *own.split())}
    for found in _NEIGHBOUR.finditer(_unquoted(text.text)):
        if found["name"].lower() not in names:
            district = " ".join(found["district"].split())
            yield subject.of_text(
                Rule.OTHER_TERRITORY,
                text,
                _message(district, own),
                genitive,
                (Mend(found.start("district"), found.end("district"), genitive),),
                mark=district,
            )


def _message(promised: str, own: str) -> str:
    whose = f"муниципалитета ({own})" if own else "одного муниципалитета"
    return f"Обещано на территории {promised}, а план составлен для {whose}: за других он не отвечает."


def _unquoted(text: str) -> str:
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)
