"""Cases of a district's name, by the regular endings of Russian adjectives."""

import re

# (nominative ending, genitive, locative) of the adjectives that districts and округа bear.
_ENDINGS = (
    ("ский", "ского", "ском"),
    ("цкий", "цкого", "цком"),
    ("ный", "ного", "ном"),
    ("ной", "ного", "ном"),
    ("ний", "него", "нем"),
    ("кий", "кого", "ком"),
    ("ый", "ого", "ом"),
    ("ой", "ого", "ом"),
    ("ий", "его", "ем"),
)
_IN_TITLE = re.compile(
    r"([А-ЯЁ][а-яё-]+(?:ом|ого|его|ем|ый|ий|ой)(?:\s+муниципальн(?:ом|ого|ый))?)\s+(район|округ)(?:е|а)?\b"
)
_NOUNS = {"район": ("района", "районе"), "округ": ("округа", "округе")}


def decline_district(name: str) -> tuple[str, str]:
    """Genitive and locative («Заречного района», «Заречном районе»); two empty texts when it is not regular."""
    words = name.split()
    if not words or words[-1].lower() not in _NOUNS:
        return "", ""
    genitive, locative = [], []
    for word in words[:-1]:
        found = next((ending for ending in _ENDINGS if word.lower().endswith(ending[0])), None)
        if found is None:
            return "", ""
        genitive.append(word[: -len(found[0])] + found[1])
        locative.append(word[: -len(found[0])] + found[2])
    noun = _NOUNS[words[-1].lower()]
    return " ".join([*genitive, noun[0]]), " ".join([*locative, noun[1]])


def district_in_title(title: str) -> str:
    """The district that a roadmap's title names, in the nominative; empty when none is recognised.

    «… в Заречном районе» → «Заречный район», as far as endings tell: «-ый» is guessed where
    «-ой» is as possible, so the answer is a proposal.
    """
    found = _IN_TITLE.search(title)
    if not found:
        return ""
    words = [_nominative(word) for word in found[1].split()]
    return " ".join([*words, found[2]])


def _nominative(word: str) -> str:
    for nominative, genitive, locative in _ENDINGS:
        for ending in (genitive, locative):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + nominative
    return word
