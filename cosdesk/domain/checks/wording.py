"""Words: glued, doubled, in a wrong form; tags left over; footnote signs; brackets and quotation marks left open."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cosdesk.domain.checks.finding import Mend
from cosdesk.domain.checks.words import is_known, may_be

_WORD = re.compile(r"(?<![\w-])[А-Яа-яЁё]+(?![\w-])")
_CAPITAL_WITHIN = re.compile(r"(?<![\w-])([а-яё]{3,})([А-ЯЁ][а-яё]{3,})(?![\w-])")
# What glues to the next word, and the cases of a noun that it governs (pymorphy's names).
_GOVERNED = {
    "по": ("datv",),
    "на": ("accs", "loct"),
    "за": ("accs", "ablt"),
    "из": ("gent",),
    "от": ("gent",),
    "до": ("gent",),
    "об": ("loct",),
    "для": ("gent",),
    "без": ("gent",),
    "при": ("loct",),
    "через": ("accs",),
    "между": ("ablt",),
}
_UNGOVERNED = ("также", "или", "чтобы", "который", "которые", "которых")
_SHORTEST = 5
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|laquo|raquo|ndash|mdash);")
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&laquo;": "«", "&raquo;": "»", "&ndash;": "–", "&mdash;": "—", "&quot;": '"'}
_DOUBLED = re.compile(r"\b([А-Яа-яЁё]+)(?:\s+(?i:\1)\b)+(?![-.])")
_FOOTNOTE = re.compile(r"(?<=[а-яё]{4})\d{1,2}(?![\w.]\w|\d)")
_ENUMERATOR = re.compile(r"(?:^|(?<=[\s;,:]))(?:\d{1,2}|[а-яa-z])\)")
_LOCATIVE = re.compile(
    r"\b(?P<preposition>[Вв]о?)\s+(?P<stem>[А-ЯЁ][а-яё]+(?:ск|цк|н))ого\s+"
    r"(?P<kind>муниципального\s+)?(?P<noun>район|округ)а\b(?!\s+[а-яё]+(?:ах|ях|ии|ке|ле))"
)
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), mended)
    for pattern, mended in (
        (r"(?<=\bа )так же(?!,? как)", "также"),
        (r"(?<=\b[Кк] концу \d{4} )году\b", "года"),
        (r"(?<=\b[Дд]о конца \d{4} )году\b", "года"),
        (r"(?<=\b[Сс] начала \d{4} )году\b", "года"),
        (r"(?<=\b[Вв] \d{4} )года\b(?=\s*[.,;]?\s*$)", "году"),
        (r"(?<=\b[Вв] течени)и(?= (?:\w+ )?(?:года|месяца|квартала|дня|недели|периода|срока|полугодия)\b)", "е"),
        (r"\b([Вв])течени[ие]\b", r"\1 течение"),
        (r"(?<=\b[Вв]следстви)и\b", "е"),
        (r"\b([Вв])целях\b", r"\1 целях"),
        (r"\b([Вв])соответствии\b", r"\1 соответствии"),
        (r"\b([Вв])связи\b(?= с\b)", r"\1 связи"),
        (r"(?<=\b[Пп]о окончани)ю(?= (?:обучения|курсов|проекта|мероприяти\w+|срока|учебного)\b)", "и"),
        (r"(?<=\b[Пп]о завершени)ю(?= (?:обучения|курсов|проекта|мероприяти\w+|срока|учебного)\b)", "и"),
    )
)


def glued_words(text: str) -> Iterator[Mend]:
    """«поитогам», «такжегарантированным», «территорииОбласти»."""
    for found in _CAPITAL_WITHIN.finditer(text):
        if is_known(found[1]):
            yield Mend(found.start(2), found.start(2), " ")
    for found in _WORD.finditer(text):
        at = _seam(found[0])
        if at:
            yield Mend(found.start() + at, found.start() + at, " ")


@lru_cache(maxsize=50_000)
def _seam(word: str) -> int:
    """Where a word unknown to the dictionary falls into two known ones; 0 where it does not."""
    lower = word.lower()
    if word[1:] != lower[1:]:
        return 0
    for first in _UNGOVERNED:
        rest = lower[len(first) :]
        if lower.startswith(first) and len(rest) >= _SHORTEST and not is_known(lower) and is_known(rest):
            return len(first)
    for first, cases in _GOVERNED.items():
        rest = lower[len(first) :]
        if lower.startswith(first) and len(rest) >= _SHORTEST and not is_known(lower) and may_be(rest, *cases):
            return len(first)
    return 0


def tags(text: str) -> Iterator[Mend]:
    """Literal tags and entities of a web page."""
    for found in _TAG.finditer(text):
        yield Mend(found.start(), found.end(), _ENTITIES.get(found[0], ""))


def doubled_words(text: str) -> Iterator[Mend]:
    """«и и гарантированным»; the second of two goes."""
    for found in _DOUBLED.finditer(text):
        if len(found[1]) == 1 and found[1].isupper():
            # «А А» may be initials.
            continue
        yield Mend(found.end(1), found.end(), "")


def wrong_forms(text: str) -> Iterator[Mend]:
    """«в Заречного района», «к концу 2021 году», «а так же», «в течении года»."""
    for found in _LOCATIVE.finditer(text):
        kind = "муниципальном " if found["kind"] else ""
        mended = f"{found['preposition']} {found['stem']}ом {kind}{found['noun']}е"
        yield Mend(found.start(), found.end(), mended)
    for pattern, form in _FORMS:
        for found in pattern.finditer(text):
            if found.expand(form) != found[0]:
                yield Mend(found.start(), found.end(), found.expand(form))


def footnotes(text: str) -> list[str]:
    """Words with a figure stuck to their end («трафиком1»), as printed."""
    found = []
    for match in _FOOTNOTE.finditer(text):
        start = text.rfind(" ", 0, match.start()) + 1
        found.append(text[start : match.end()])
    return found


def open_pair(text: str) -> int | None:
    """Where the bracket or quotation mark without a pair stands, None when all have one; «1)» of a list is none."""
    # «1)» may number a point or close «(8 из 1)»: only what is wrong either way is told.
    brackets = _unpaired(_ENUMERATOR.sub(lambda found: " " * len(found[0]), text), "(", ")")
    if brackets is not None and _unpaired(text, "(", ")") is not None:
        return brackets
    marks = _unpaired(text, "«", "»")
    # In «…«…» one mark closes both, as is the custom.
    if marks is not None and not (text[marks] == "«" and text.count("«") == text.count("»") + 1 > 1):
        return marks
    return text.rindex('"') if text.count('"') % 2 else None


def _unpaired(text: str, opening: str, closing: str) -> int | None:
    waiting: list[int] = []
    for at, sign in enumerate(text):
        if sign == opening:
            waiting.append(at)
        elif sign == closing and waiting:
            waiting.pop()
        elif sign == closing:
            return at
    return waiting[0] if waiting else None
