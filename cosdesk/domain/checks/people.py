"""Names of people: near-alike surnames with the same initials, odd initials."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from cosdesk.dataclass import dataclass
from cosdesk.domain.checks.finding import Finding, Mend, Rule
from cosdesk.domain.checks.letters import TWINS
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.texts import PEOPLE_FIELDS, Text

_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_AFTER = re.compile(rf"(?P<surname>{_SURNAME})\s+(?P<initials>[А-ЯЁа-яёA-Za-z]\.\s?[А-ЯЁа-яёA-Za-z](?:\.|(?!\w)))")
_BEFORE = re.compile(rf"(?P<initials>[А-ЯЁа-яёA-Za-z]\.\s?[А-ЯЁа-яёA-Za-z]\.)\s?(?P<surname>{_SURNAME})")
_LETTER = re.compile(r"[А-ЯЁа-яёA-Za-z]")
# Cases and the feminine form of one surname are no misspelling of it.
_ENDING = re.compile(r"(?:ого|ому|ой|ым|ом|ем|ая|ую|ий|ый|а|у|е|ы)$")
_SHORTEST, _LONG = 4, 9


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a text: where the surname stands, and the initials' letters in capitals («МВ»)."""

    text: Text | None
    surname: str
    initials: str
    start: int = 0
    printed: str = ""
    initials_start: int = 0


def people(subject: Subject) -> Iterator[Finding]:
    names = [name for text in subject.texts if text.field in PEOPLE_FIELDS for name in names_in(text)]
    for name in names:
        yield from _odd_initials(subject, name)
    yield from _alike(subject, names)


def names_in(text: Text) -> list[Name]:
    """«Фамилия И.О.» first, then «И.О. Фамилия» in what is left."""
    found = [_name(text, match) for match in _AFTER.finditer(text.text)]
    rest = _AFTER.sub(lambda match: "\n" * len(match[0]), text.text)
    found += [_name(text, match) for match in _BEFORE.finditer(rest)]
    return sorted(found, key=lambda name: name.start)


def _name(text: Text, match: re.Match[str]) -> Name:
    letters = "".join(_LETTER.findall(match["initials"]))
    plain = "".join(TWINS.get(letter, letter) for letter in letters).upper()
    return Name(text, match["surname"], plain, match.start("surname"), match["initials"], match.start("initials"))


def _odd_initials(subject: Subject, name: Name) -> Iterator[Finding]:
    mended = _LETTER.sub(lambda letter: TWINS.get(letter[0], letter[0]).upper(), name.printed)
    if not mended.endswith("."):
        mended += "."
    if mended == name.printed or name.text is None:
        return
    yield subject.of_text(
        Rule.INITIALS_ODD,
        name.text,
        f"Инициалы записаны с ошибкой: «{name.surname} {name.printed}». Поиск и отбор по исполнителю его не найдут.",
        f"{name.surname} {mended}",
        (Mend(name.initials_start, name.initials_start + len(name.printed), mended),),
    )


def _alike(subject: Subject, names: list[Name]) -> Iterator[Finding]:
    known = [Name(None, found["surname"], "") for line in subject.known_names if (found := _AFTER.match(line))]
    by_initials: dict[str, dict[str, list[Name]]] = {}
    for name in names:
        by_initials.setdefault(name.initials, {}).setdefault(name.surname, []).append(name)
    trusted = {name.surname for name in known}
    for surnames in by_initials.values():
        # The rarer of two is the suspect; a name of the directory never is.
        order = sorted(surnames, key=lambda surname: (surname in trusted, len(surnames[surname])), reverse=True)
        for place, surname in enumerate(order):
            likelier = next((other for other in order[:place] if are_alike(surname, other)), None)
            if likelier is None or surname in trusted:
                continue
            sure = likelier in trusted or len(surnames[likelier]) > len(surnames[surname])
            for name in surnames[surname]:
                yield _misspelt(subject, name, likelier, len(surnames[likelier]), sure)


def _misspelt(subject: Subject, name: Name, likelier: str, count: int, sure: bool) -> Finding:
    assert name.text is not None
    mend = Mend(name.start, name.start + len(name.surname), likelier)
    return subject.of_text(
        Rule.SURNAME_ALIKE,
        name.text,
        f"Фамилия «{name.surname} {name.printed}» похожа на «{likelier} {name.printed}» (строк с ней: {count})."
        " Если это один человек, его работа посчитается за двоих.",
        f"{likelier} {name.printed}" if sure else f"Оставьте одно написание: «{name.surname}» или «{likelier}».",
        (mend,) if sure else (),
    )


def are_alike(one: str, other: str) -> bool:
    """Whether two surnames differ by a slip of the hand: a letter, in long ones two; not by case or gender."""
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST or one == other or _ENDING.sub("", one) == _ENDING.sub("", other):
        return False
    return OSA.distance(one.lower(), other.lower()) <= (2 if shorter >= _LONG else 1)
