"""A form's expressions and messages in Russian words, and back: «Пользуются» ≤ «обучающихся в школе».

Only the words differ: each token has one Russian look, in the same order, and the keys
themselves are understood too.  What is not understood stays as it is typed, to be told by
``domain.expressions``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

FACT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "learners": "обучающихся в школе",
        "teachers": "учителей в школе",
        "locality_kind": "вид населённого пункта",
        "today": "сегодня",
        "period_end": "конец периода",
        "complies": "школа соответствует",
    }
)
"""How what is known of every school is called (``domain.answers.FACTS``)."""

_WORDS = {
    "is not None": "заполнено",
    "is None": "не заполнено",
    "not in": "не из",
    "in": "из",
    "and": "и",
    "or": "или",
    "not": "не",
    "if": "если",
    "else": "иначе",
    "min": "наименьшее",
    "max": "наибольшее",
    "abs": "модуль",
    "round": "округлить",
    "True": "да",
    "False": "нет",
    "<=": "≤",
    ">=": "≥",
    "!=": "≠",
    "==": "=",
    "*": "×",
    ",": ";",
}
_TOKEN = re.compile(
    r"""(?P<text>'[^']*'|"[^"]*"|“[^”]*”|„[^“]*“|‘[^’]*’)|(?P<name>«[^«»]*»)|(?P<number>\d+(?:[.,]\d+)?)"""
    r"""|(?P<pair>is\s+not\s+None\b|is\s+None\b|not\s+in\b|(?i:не\s+(?:заполнено|из))\b)"""
    r"""|(?P<word>[^\W\d]\w*)|(?P<sign><=|>=|!=|<>|==|[^\s\w])|(?P<space>\s+)"""
)
_RUSSIAN = {word: token for token, word in _WORDS.items()} | {"<>": "!=", "·": "*", ":": "/", "−": "-", "–": "-"}
_PLACE = re.compile(r"\{([^{}]*)\}")


def labels_of(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each key is called in expressions, the facts of the school too; one of two namesakes keeps its key."""
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for key, label in [*FACT_LABELS.items(), *entries]:
        shown = _shown(label)
        known = not shown or shown.casefold() in taken
        labels[key] = key if known else shown
        taken.add(shown.casefold())
    return labels


def worded_expression(text: str, labels: Mapping[str, str]) -> str:
    """The expression as it is read and typed in the window; ``labels`` as ``labels_of`` gives them."""

    def worded(kind: str, token: str) -> str:
        plain = " ".join(token.split())
        if kind == "number":
            return token.replace(".", ",")
        if kind == "word" and token in labels and token not in _WORDS:
            return f"«{labels[token]}»" if labels[token] != token else token
        return _WORDS.get(plain, token) if kind in ("word", "sign", "pair") else token

    return _replaced(text, worded)


def plain_expression(text: str, labels: Mapping[str, str], answers: Iterable[str] = ()) -> str:
    """What was typed as a form keeps it; the other way round of ``worded_expression``.

    ``answers`` are texts that may be typed in «quotes» as names are: «исправна», «город».
    """
    keys = {_folded(answer): f"'{answer}'" for answer in answers if "'" not in answer}
    keys |= {label.casefold(): key for key, label in labels.items()}

    def plain(kind: str, token: str) -> str:
        if kind == "number":
            return token.replace(",", ".")
        if kind == "text" and token[0] in "“„‘":  # as Word writes them
            return token if "'" in token else f"'{token[1:-1]}'"
        if kind == "name":
            return keys.get(_folded(token[1:-1]), token)
        if kind == "pair":
            return _RUSSIAN.get(_folded(token), token)
        if kind == "word":
            return token if token in labels else _RUSSIAN.get(token.lower(), token)
        return "==" if token == "=" else _RUSSIAN.get(token, token) if kind == "sign" else token

    return _replaced(text, plain).strip()


def worded_message(text: str, labels: Mapping[str, str]) -> str:
    """A message with what stands in {braces} called by its label."""
    return _PLACE.sub(lambda found: f"{{{labels.get(found[1], found[1])}}}", text)


def plain_message(text: str, labels: Mapping[str, str]) -> str:
    keys = {label.casefold(): key for key, label in labels.items()}
    return _PLACE.sub(lambda found: f"{{{keys.get(_folded(found[1]), found[1])}}}", text)


def unknown_names(text: str) -> tuple[str, ...]:
    """The «names» that were typed and are none of the form's."""
    return tuple(found["name"] for found in _TOKEN.finditer(text) if found["name"])


def _replaced(text: str, replace: Callable[[str, str], str]) -> str:
    return _TOKEN.sub(lambda found: replace(str(found.lastgroup), found[0]), text)


def _shown(label: str) -> str:
    """A label that can stand in «quotes» and in {braces}."""
    return " ".join(label.translate(str.maketrans("«»{}", "„“()")).split())


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
