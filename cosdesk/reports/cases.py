"""Names, positions and titles of rows in the case that a sentence needs; empty where no case can be trusted."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cosdesk.domain.names import decline_district
from cosdesk.reports.references import one_line
from cosdesk.reports.typography import Case, _morphology, decline

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_FIXED_SURNAME = re.compile(r"(?:их|ых|ко|аго|ово)$")
_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_ADJECTIVES = ("ый", "ий", "ой", "ая", "яя", "ое", "ее")
_PARTS = ("Surn", "Name", "Patr")


def decline_name(full_name: str, case: Case) -> str:
    """«Петрова Анна Сергеевна» in a case; empty without a patronymic, which tells the gender, or an unknown word."""
    words = full_name.split()
    if len(words) != 3 or not all(_WORD.fullmatch(word) for word in words):
        return ""
    gender = _gender(words[2])
    if not gender:
        return ""
    declined = [
        "-".join(_name_part(piece, part, gender, case) for piece in word.split("-"))
        for word, part in zip(words, _PARTS, strict=True)
    ]
    return " ".join(declined) if all(all(word.split("-")) for word in declined) else ""


def greeting(full_name: str) -> str:
    """«Уважаемая Анна Сергеевна»; empty where the patronymic does not tell how to write."""
    words = full_name.split()
    gender = _gender(words[2]) if len(words) == 3 and all(_WORD.fullmatch(word) for word in words) else ""
    return f"{'Уважаемый' if gender == 'masc' else 'Уважаемая'} {words[1]} {words[2]}" if gender else ""


def _gender(patronymic: str) -> str:
    if patronymic.endswith(("вич", "ьич", "мич", "кич", "нич", "оглы")):
        return "masc"
    return "femn" if patronymic.endswith(("вна", "чна", "шна", "кызы")) else ""


def _name_part(word: str, part: str, gender: str, case: Case) -> str:
    if part == "Surn" and _FIXED_SURNAME.search(word):
        return word
    for reading in _morphology().parse(word):
        tag = reading.tag
        if part in tag and tag.case == "nomn" and tag.number == "sing" and tag.gender in (gender, "ms-f", None):
            inflected = reading.inflect({case.value})
            return _like(word, str(inflected.word)) if inflected else ""
    return ""


def decline_position(position: str, case: Case) -> str:
    """«ведущего специалиста управления образования»; each of positions divided by commas."""
    return ", ".join(_position(part.strip(), case) for part in position.split(","))


def _position(text: str, case: Case) -> str:
    first, blank, rest = text.partition(" ")
    # A noun, though it looks like the adjective of what follows it in another case.
    if first.lower() in ("заведующий", "заведующая", "управляющий", "управляющая"):
        return decline(first, case) + blank + rest
    return decline(text, case)


def decline_title(title: str, case: Case) -> str:
    """«мониторинга официальных сайтов» of a row's title; empty where it is no plain noun phrase."""
    words = one_line(title).rstrip(" .,;:").split(" ")
    declined: list[str] = []
    for position, word in enumerate(words):
        reading = _nominative(word, "NOUN", "ADJF")
        if reading is None:
            return ""
        inflected = reading.inflect({case.value})
        if inflected is None:
            return ""
        declined.append(_like(word, str(inflected.word)))
        if reading.tag.POS == "NOUN":
            rest = words[position + 1 :]
            return " ".join([*declined, *rest]) if word[-1].isalpha() and _hangs_on(rest) else ""
    return ""


def _nominative(word: str, *kinds: str) -> "Parse | None":
    if not _WORD.fullmatch(word):
        return None
    found = [p for p in _morphology().parse(word) if p.tag.POS in kinds and p.tag.case == "nomn"]
    return next((p for p in found if not {"Surn", "Name", "Patr", "Abbr"} & set(p.tag.grammemes)), None)


def _hangs_on(words: list[str]) -> bool:
    """Whether nothing after the head noun stands beside it («и проведение …») or tells of it («… подключена»)."""
    for word in words:
        bare = word.strip("«»(),.;:")
        if bare and _morphology().parse(bare)[0].tag.POS in ("PRTS", "ADJS", "VERB"):
            return False
    for before, word in pairwise(words):
        if before.endswith(",") or before in ("и", "или"):
            bare = word.strip("«»(),.;:")
            readings = [p.tag for p in _morphology().parse(bare)] if bare else []
            nouns = {tag.case for tag in readings if tag.POS in ("NOUN", "ADJF")}
            if "nomn" in nouns and "gent" not in nouns:
                return False
    return not words or words[0] not in ("и", "или")


def about(phrase: str) -> str:
    """«о мониторинге», «об организации»: the preposition before a phrase in the prepositional."""
    begins = phrase.lstrip("«\"„")[:1].lower()
    return f"{'об' if begins in 'аэиоу' else 'о'} {phrase}" if begins else ""


def _like(word: str, inflected: str) -> str:
    """With the word's capital, and with «ё» only where it was written."""
    if "ё" not in word.lower():
        inflected = inflected.replace("ё", "е")
    return inflected[:1].upper() + inflected[1:] if word[:1].isupper() else inflected


def district_cases(name: str) -> tuple[str, str]:
    """A district's name in the genitive and the locative, by its endings, else by the dictionary; empty where unsure.

    A proposal to be confirmed: no dictionary declines every place name rightly.
    """
    regular = decline_district(name)
    if any(regular) or not name or not _WORD.fullmatch(name.split()[0]):
        return regular
    return _district(name, Case.GENITIVE), _district(name, Case.PREPOSITIONAL)


def _district(name: str, case: Case) -> str:
    """«города Сосновый Бор», «Заречного городского поселения»; empty where the noun is not in the dictionary."""
    words = name.split()
    noun = next((word for word in words if not word.lower().endswith(_ADJECTIVES)), "")
    if not noun or not (noun.isupper() or _morphology().word_is_known(noun.lower())):
        return ""
    if noun.isupper():
        return name
    declined = decline(name, case)
    return declined if declined != name else ""
