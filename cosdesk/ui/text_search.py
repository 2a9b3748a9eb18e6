"""Quick search that finds Russian word forms: «мониторинга» finds «мониторинг»."""

import re
from functools import lru_cache

# Endings of nouns, adjectives and verbs, longest first; a stem keeps four letters at least.
_ENDING = re.compile(
    r"(?:иями|ениями|ами|ями|ого|его|ому|ему|ыми|ими|ией|иях|иям|ться|тся|ов|ев|ей|ой|ый|ий|ая|яя|ое|ее|ые|ие"
    r"|ом|ем|ах|ях|ам|ям|ую|юю|ию|ия|ии|ых|их|ым|им|ть|ет|ит|ут|ют|ат|ят|а|я|о|е|у|ю|ы|и|ь|й)$"
)
_WORD = re.compile(r"\w[\w-]*\w|\w|№")


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Lower case, ё as е, single blanks."""
    return " ".join(text.lower().replace("ё", "е").split())


def stem(word: str) -> str:
    """The part of a word that its forms share."""
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) >= 4 and len(word) >= 5 else word


class Query:
    """What is typed in the search field: every word must occur, in whatever form; numbers as they are."""

    def __init__(self, text: str) -> None:
        plain = folded(text)
        self._whole = plain
        self._stems = [stem(word) for word in plain.split() if _WORD.search(word)]

    def __bool__(self) -> bool:
        return bool(self._whole)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and other._whole == self._whole

    def __hash__(self) -> int:
        return hash(self._whole)

    def matches(self, text: str) -> bool:
        """Whether the text (any case, any form) holds what was typed."""
        return self.matches_folded(folded(text))

    def matches_folded(self, plain: str) -> bool:
        """The same for a text that ``folded`` made."""
        return self._whole in plain or (bool(self._stems) and all(part in plain for part in self._stems))
