"""Latin letters that look like Russian ones inside Russian words: «Мб/c»."""

import re
from collections.abc import Iterator

from cosdesk.domain.checks.finding import Mend

TWINS = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
"""Latin letters and the Russian ones they are taken for."""
_LATIN = {russian: latin for latin, russian in TWINS.items()}
_ANY_LATIN = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
# «Мб/c»: one letter of a unit after a stroke.
_UNIT = re.compile(r"(?<=[а-яё]/)[A-Za-z](?![A-Za-zА-Яа-яЁё])")
# A preposition or a conjunction typed on the wrong keyboard: «работы c детьми».
_ALONE = re.compile(r"(?<=[А-Яа-яЁё,] )[acoyk](?= [«А-Яа-яЁё\d])")


def latin_letters(text: str) -> Iterator[Mend]:
    """Words of both alphabets whose alien letters all have twins, each as the whole word mended."""
    if not _ANY_LATIN.search(text):
        return
    for found in _WORD.finditer(text):
        mended = _in_one_alphabet(found[0])
        if mended != found[0]:
            yield Mend(found.start(), found.end(), mended)
    for pattern in (_UNIT, _ALONE):
        for found in pattern.finditer(text):
            if found[0] in TWINS:
                yield Mend(found.start(), found.end(), TWINS[found[0]])


def _in_one_alphabet(word: str) -> str:
    """The word in Russian letters, or in Latin ones where only those can be meant; as it is where neither can."""
    latin = [letter for letter in word if letter.isascii()]
    russian = [letter for letter in word if not letter.isascii()]
    if not latin or not russian:
        return word
    to_latin = all(letter in _LATIN for letter in russian)
    if all(letter in TWINS for letter in latin) and (not to_latin or len(latin) <= len(russian)):
        return "".join(TWINS.get(letter, letter) for letter in word)
    return "".join(_LATIN.get(letter, letter) for letter in word) if to_latin else word
