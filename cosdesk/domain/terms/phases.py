"""The phases of a wording: one, or several under labels («Разработка – май-июнь, реализация – в течение года»)."""

import re
from functools import lru_cache
from typing import Final

from cosdesk.domain.terms.grammar import items_of
from cosdesk.domain.terms.parts import Phase
from cosdesk.domain.terms.recurrence import NotUnderstoodError
from cosdesk.domain.terms.words import NoSuchDateError, plain, tokens

__all__ = ["NotUnderstoodError", "read"]

_LONGEST: Final = 20_000
_LONGEST_PIECE: Final = 400
"""Characters; a longer text is no term, however much of it there is to search."""
_BEFORE = re.compile(r"(?P<label>[^:–—]*?\S)\s*(?::|[–—]|\s-|-\s)(?P<term>.+)")
_IN_BRACKETS = re.compile(r"(?P<term>.+?)\s*\((?P<label>[^()]+)\)")
_AFTER = re.compile(r"(?P<term>.+)(?:[–—]|\s-|-\s)(?P<label>[^()]+)")
_DASH = re.compile(r"[:–—]|\s-|-\s")
_SPLIT = re.compile(r"([;,\n])")
_LABEL_KINDS: Final = frozenset(
    {"word", "number", "and", "in", "for", "to", "from", "by", "period", "realisation", "school", "part", "-", "(", ")"}
)
_CHANGES_MEANING: Final = frozenset(
    {"после", "через", "кроме", "исключением", "накануне", "перед", "спустя", "начиная", "если"}
)


# A plan says «в течение года» on every other row, and the window asks for it again after each edit.
@lru_cache(maxsize=1024)
def read(wording: str) -> tuple[Phase, ...]:
    """The phases of a wording; ``NotUnderstoodError`` or ``NoSuchDateError`` where it has none."""
    if len(wording) > _LONGEST:
        raise NotUnderstoodError
    text = plain(wording)
    try:
        return (Phase("", items_of(text)),)
    except NotUnderstoodError:
        pass
    if "\n" in wording.strip():
        try:
            return (Phase("", items_of(plain(wording.strip().replace("\n", ";")))),)
        except NotUnderstoodError:
            pass
    return _labelled(wording)


def _labelled(wording: str) -> tuple[Phase, ...]:
    """«Разработка – май-июнь, реализация – в течение года»: a label before or after each term."""
    phases: list[tuple[str, str]] = []
    pending, trails = "", False
    for piece in _SPLIT.split(wording):
        if not piece.strip() or piece in ";,":
            pending += piece if pending else ""
            continue
        if len(pending) + len(piece) > _LONGEST_PIECE:
            raise NotUnderstoodError
        label, term, trails = _label_and_term(" ".join((pending + piece).split()))
        if term and (label or not phases):
            phases.append((label, term))
            pending = ""
        elif term:
            phases[-1] = (phases[-1][0], f"{phases[-1][1]}, {term}")
            pending = ""
        else:
            pending += piece
    # «май – что-то» alone may as well be a range that is not understood.
    if pending.strip() or not phases or (trails and len(phases) == 1):
        raise NotUnderstoodError
    return tuple(Phase(label, items_of(plain(term))) for label, term in phases)


def _label_and_term(text: str) -> tuple[str, str, bool]:
    """Label and term of one piece, and whether the label follows a dash; an empty term where there is none."""
    if _is_term(text):
        return "", text, False
    for pattern in (_BEFORE, _IN_BRACKETS, _AFTER):
        found = pattern.fullmatch(text)
        if found and _is_label(found["label"]) and _is_term(found["term"]):
            return found["label"].strip(), found["term"].strip(), pattern is _AFTER
    return "", "", False


def _is_term(text: str) -> bool:
    try:
        return bool(items_of(plain(text)))
    except NotUnderstoodError:
        return False


def _is_label(text: str) -> bool:
    """A name, with at least one word that no term has, and nothing that bounds a time or ends a label."""
    if _DASH.search(text):
        return False
    words = plain(text)
    try:
        kinds = {kind for kind, _ in tokens(words)} - {"stop"}
    except NoSuchDateError:
        return False
    return "word" in kinds and kinds <= _LABEL_KINDS and not _CHANGES_MEANING & set(words.split())
