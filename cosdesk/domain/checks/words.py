"""Russian words: stems that forms share, and what the dictionary knows."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_WORD = re.compile(r"[А-Яа-яЁё]+")
_STEM = 6
# Words of two letters and fewer are passed over anyway.
_PASSING = frozenset(
    {
        *("для", "при", "или", "под", "над", "без", "чем", "как", "что", "также", "том", "числе", "так", "все", "всех"),
        *("всего", "доля", "долю", "менее", "более", "ниже", "процент", "процентов", "процента", "составит"),
        *("район", "района", "районе", "области", "края", "республики", "округа", "территории"),
        *("расположенных", "расположенные", "расположенная"),
    }
)

# Names of territories differ in wording, not in meaning.
_TERRITORY = re.compile(
    r"[А-ЯЁ][а-яё]+(?:ского|ской|цкого|цкой|ного|ной|ого|ой)\s+(?:муниципального\s+)?"
    r"(?:района|округа|области|края|республики)"
)


@lru_cache(maxsize=50_000)
def stems(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to what their forms share."""
    words = (word.lower().replace("ё", "е") for word in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if len(word) > 2 and word not in _PASSING)


@lru_cache(maxsize=50_000)
def title_stems(title: str) -> frozenset[str]:
    """The stems of a title without the territory it names."""
    return stems(_TERRITORY.sub(" ", title))


@cache
def _dictionary() -> "MorphAnalyzer":
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def is_dictionary_loaded() -> bool:
    """Whether the dictionary is in memory already; loading takes some 0.2 s."""
    return _dictionary.cache_info().currsize > 0


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether the dictionary has that very form."""
    return bool(_dictionary().word_is_known(word.lower()))


@lru_cache(maxsize=10_000)
def may_be(word: str, *grammemes: str) -> bool:
    """Whether the form, known to the dictionary, may be a noun in one of those cases (pymorphy's names)."""
    return is_known(word) and any(
        "NOUN" in parse.tag and any(case in parse.tag for case in grammemes) for parse in _dictionary().parse(word)
    )
