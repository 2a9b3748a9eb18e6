"""Where a long Russian word may be broken in a narrow column: rules of syllables, no dictionary."""

import re
from functools import cache, lru_cache

SOFT_HYPHEN = "\u00ad"
_VOWEL = "[аеёиоуыэюя]"
_CONSONANT = "[бвгджзклмнпрстфхцчшщ]"
_SIGN = "[йьъ]"
_LETTER = "[а-яё]"


@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    """P. Christov's rules: what stands before the hyphen and what after it; compiled for the first long word."""
    return tuple(
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


@cache
def _lone_letter() -> re.Pattern[str]:
    """One letter before the first or after the last hyphen of a word or of a compound's part, marks («,») aside."""
    return re.compile(rf"(?<![\w{SOFT_HYPHEN}])(\w){SOFT_HYPHEN}|{SOFT_HYPHEN}(\w)(?![\w{SOFT_HYPHEN}])")


@lru_cache(maxsize=5_000)
def hyphenated(word: str) -> str:
    """The word with soft hyphens at its syllables, no letter left alone at an end."""
    for rule in _rules():
        word = rule.sub(rf"\1{SOFT_HYPHEN}", word)
    word = re.sub(f"{SOFT_HYPHEN}+", SOFT_HYPHEN, word)
    return _lone_letter().sub(r"\1\2", word)
