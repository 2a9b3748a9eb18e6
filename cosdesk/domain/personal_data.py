"""A person's name in every way in which it may be written, to be found in a district and taken out of it."""

import re
from collections.abc import Iterable, Set

from cosdesk.domain.people import list_name_of, name_key
from cosdesk.domain.person import Person

ERASED = "данные удалены"
# Blanks may stand as «\n» within JSON within JSON.
_BLANKS = r"(?:\s|\\+[nrt])"
_START = r"(?:(?<!\w)|(?<=\\n)|(?<=\\r)|(?<=\\t))"
_WHOLE = 3  # surname, name and patronymic


def name_pattern(person: Person, declined: Iterable[str], others: Set[str]) -> re.Pattern[str]:
    """Finds the person however named: in full or by initials, in either order, in the given cases, by phone and e-mail.

    ``declined`` are forms of the full name; ``others`` are the ``name_key`` of everybody else, whose
    writings are never meant: «Иванова И.И.» may be another person and not the genitive of «Иванов И.И.».
    """
    found: list[str] = []
    for name in dict.fromkeys((person.full_name, person.name, *declined)):
        words = name.split()
        # «Иванова Ивана Ивановича», a declined name, too: «Иванова И.И.».
        short = f"{words[0]} {words[1][0]}.{words[2][0]}." if len(words) == _WHOLE else list_name_of(name)
        initials = re.fullmatch(r"(\S+) (\w)\.(\w)\.", short)
        if initials and (name == person.name or name_key(short) not in others):
            found += _by_initials(*initials.groups())
        if len(words) == _WHOLE:
            found += _in_full(words)
        elif words and not initials:
            found.append((_BLANKS + "+").join(map(_word, words)))
    found += [_word(text) for text in (person.phone, person.email) if text]
    return re.compile(f"{_START}(?:{'|'.join(dict.fromkeys(found))})(?!\\w)", re.IGNORECASE)


def _in_full(words: list[str]) -> list[str]:
    surname, first, second = map(_word, words)
    return [(_BLANKS + "+").join(order) for order in ((surname, first, second), (first, second, surname))]


def _by_initials(surname: str, first: str, second: str) -> list[str]:
    letters = rf"{_word(first)}\.{_BLANKS}*{_word(second)}"
    return [rf"{_word(surname)}{_BLANKS}+{letters}\.?", rf"{letters}\.{_BLANKS}*{_word(surname)}"]


def _word(text: str) -> str:
    return re.sub("[её]", "[её]", re.escape(text), flags=re.IGNORECASE)
