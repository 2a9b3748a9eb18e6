"""What a mend changes, shown with the words around it."""

from collections.abc import Iterable

from cosdesk.domain.checks.finding import Mend, mended_text

_REACH = 24
"""How far around a mend its excerpt may reach, letters."""
_SHORT = 6
"""An excerpt of fewer letters says little; the word before it is shown too."""


def excerpts(text: str, mends: Iterable[Mend]) -> list[tuple[str, str]]:
    """The words around each mend, before and after it; mends close together share an excerpt; nothing stands twice."""
    groups: list[tuple[int, int, list[Mend]]] = []
    for mend in sorted(mends, key=lambda mend: mend.start):
        start, end = _bounds(text, mend)
        if groups and start <= groups[-1][1]:
            first, last, known = groups[-1]
            groups[-1] = (first, max(last, end), [*known, mend])
        else:
            groups.append((start, end, [mend]))
    pairs = {}
    for start, end, known in groups:
        moved = [Mend(mend.start - start, mend.end - start, mend.text) for mend in known]
        pairs[text[start:end]] = mended_text(text[start:end], moved)
    return list(pairs.items())


def _bounds(text: str, mend: Mend) -> tuple[int, int]:
    start, end = _word_start(text, mend.start, mend.start - _REACH), mend.end
    while end < min(len(text), mend.end + _REACH) and not text[end].isspace():
        end += 1
    if end - start < _SHORT and start > 0 and text[start - 1] == " ":
        start = _word_start(text, start - 1, start - 1 - _REACH)
    return start, end


def _word_start(text: str, at: int, least: int) -> int:
    while at > max(0, least) and not text[at - 1].isspace():
        at -= 1
    return at
