"""Where a long Russian word may be broken in a narrow column: rules of syllables, no dictionary."""

import re
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
_VOWEL = "[аеёиоуыэюя]"
_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
_SIGN = "[йьъ]"
_LETTER = "[а-яё]"
# P. Christov's rules: what stands before the hyphen and what after it.
_RULES = tuple(
    re.compile(f"({before})(?={after})", re.IGNORECASE)
    for before, after in (
        (_SIGN, _LETTER * 2),
        (_VOWEL, _VOWEL + _LETTER),
        (_VOWEL + _CONSONANT, _CONSONANT + _VOWEL),
        (_CONSONANT + _VOWEL, _CONSONANT + _VOWEL),
        (_VOWEL + _CONSONANT, _CONSONANT * 2 + _VOWEL),
        (_VOWEL + _CONSONANT * 2, _CONSONANT * 2 + _VOWEL),
    )
)
_EDGE = re.compile(rf"^(\w){SOFT_HYPHEN}|{SOFT_HYPHEN}(\w)$")


@lru_cache(maxsize=5_000)
def hyphenated(word: str) -> str:
    """The word with soft hyphens at its syllables, no letter left alone at an end."""
    for rule in _RULES:
        word = rule.sub(rf"\1{SOFT_HYPHEN}", word)
    word = re.sub(f"{SOFT_HYPHEN}+", SOFT_HYPHEN, word)
    return _EDGE.sub(r"\1\2", word)
