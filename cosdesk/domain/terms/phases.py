"""The phases of a wording: one, or several under labels («Разработка – май-июнь, реализация – в течение года»)."""

import re
from typing import Final

from cosdesk.domain.terms.grammar import items_of
from cosdesk.domain.terms.parts import Phase
from cosdesk.domain.terms.recurrence import NotUnderstoodError
from cosdesk.domain.terms.words import NoSuchDateError, plain, tokens

__all__ = ["NotUnderstoodError", "read"]

_BEFORE = re.compile(r"\s*(?P<label>[^:–—]*?\S)\s*(?::|[–—]|\s-|-\s)\s*(?P<term>.+)", re.DOTALL)
_AFTER = re.compile(r"\s*(?P<term>.+?)\s*(?:[–—]|\s-|-\s|\()\s*(?P<label>[^()]+?)\s*\)?\s*", re.DOTALL)
_SPLIT = re.compile(r"([;,\n])")
_LABEL_KINDS: Final = frozenset(
    {"word", "number", "and", "in", "for", "to", "from", "by", "period", "realisation", "school", "part", "-", "(", ")"}
)
_CHANGES_MEANING: Final = frozenset(
    {"после", "через", "кроме", "исключением", "накануне", "перед", "спустя", "начиная", "если"}
)


def read(wording: str) -> tuple[Phase, ...]:
    """The phases of a wording; ``NotUnderstoodError`` or ``NoSuchDateError`` where it has none."""
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
    pending = ""
    for piece in _SPLIT.split(wording):
        if not piece.strip() or piece in ";,":
            pending += piece if pending else ""
            continue
        label, term = _label_and_term(pending + piece)
        if term and (label or not phases):
            phases.append((label, term))
            pending = ""
        elif term:
            phases[-1] = (phases[-1][0], f"{phases[-1][1]}, {term}")
            pending = ""
        else:
            pending += piece
    if pending.strip() or not phases:
        raise NotUnderstoodError
    return tuple(Phase(label, items_of(plain(term))) for label, term in phases)


def _label_and_term(text: str) -> tuple[str, str]:
    """The label and the term of one piece; an empty term where there is none."""
    if _is_term(text):
        return "", text.strip()
    for pattern in (_BEFORE, _AFTER):
        found = pattern.fullmatch(text)
        if found and _is_label(found["label"]) and _is_term(found["term"]):
            return " ".join(found["label"].split()), found["term"]
    return "", ""


def _is_term(text: str) -> bool:
    try:
        return bool(items_of(plain(text)))
    except NotUnderstoodError:
        return False


def _is_label(text: str) -> bool:
    words = plain(text)
    try:
        kinds = {kind for kind, _ in tokens(words)} - {"stop"}
    except NoSuchDateError:
        return False
    return "word" in kinds and kinds <= _LABEL_KINDS and not _CHANGES_MEANING & set(words.split())
