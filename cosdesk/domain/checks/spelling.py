"""How the texts are written, each by itself: letters, words, spaces, signs."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from cosdesk.domain.checks.excerpts import excerpts
from cosdesk.domain.checks.finding import Finding, Mend, Rule
from cosdesk.domain.checks.letters import latin_letters
from cosdesk.domain.checks.spacing import spacing, trailing_sign
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.texts import TERM_FIELDS, Text
from cosdesk.domain.checks.wording import doubled_words, footnotes, glued_words, open_pair, tags, wrong_forms
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item

Finder = Callable[[str], Iterable[Mend]]
Flaws = tuple[tuple[Rule, tuple[Mend, ...]], ...]

_FINDERS: tuple[tuple[Rule, Finder], ...] = (
    (Rule.TAGS, tags),
    (Rule.LATIN_LETTERS, latin_letters),
    (Rule.GLUED_WORDS, glued_words),
    (Rule.WORD_DOUBLED, doubled_words),
    (Rule.WORD_FORM, wrong_forms),
    (Rule.SPACING, spacing),
)
# A term is a note, not a sentence.
_TERM_FINDERS = tuple(pair for pair in _FINDERS if pair[0] in (Rule.LATIN_LETTERS, Rule.WORD_FORM, Rule.SPACING))
_MESSAGES = {
    Rule.TAGS: "В тексте остались теги веб-страницы: {was}. На печати они видны.",
    Rule.LATIN_LETTERS: "Латинские буквы вместо русских: {was}. Поиск таких слов не найдёт.",
    Rule.GLUED_WORDS: "Слова написаны слитно: {was}.",
    Rule.WORD_DOUBLED: "Слово стоит дважды: {was}.",
    Rule.WORD_FORM: "Неверная форма слова: {was}.",
    Rule.SPACING: "Пробелы и знаки стоят не по правилам: {was}.",
}
_SIGNS = {
    "(": "Открывающая скобка",
    ")": "Закрывающая скобка",
    "«": "Открывающая кавычка",
    "»": "Закрывающая кавычка",
    '"': "Кавычка",
}
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_SHOWN = 3
_REACH = 24
"""Letters of a text shown on either side of a lonely sign."""


def spelling(subject: Subject) -> Iterator[Finding]:
    for text in subject.texts:
        is_term = text.field in TERM_FIELDS
        for rule, mends in _flaws(text.text, is_term):
            yield _finding(subject, text, rule, mends)
        if not is_term:
            yield from _unmended(subject, text)
    yield from _tags_of_source(subject)


@lru_cache(maxsize=50_000)
def _flaws(text: str, is_term: bool) -> Flaws:
    found = ((rule, tuple(finder(text))) for rule, finder in (_TERM_FINDERS if is_term else _FINDERS))
    return tuple((rule, mends) for rule, mends in found if mends)


def _finding(subject: Subject, text: Text, rule: Rule, mends: tuple[Mend, ...]) -> Finding:
    shown = excerpts(text.text, mends)
    was = _listed([before for before, _ in shown])
    becomes = _listed([after for _, after in shown])
    return subject.of_text(rule, text, _MESSAGES[rule].format(was=was), becomes, mends, mark=was)


def _listed(fragments: list[str]) -> str:
    told = ", ".join(f"«{fragment}»" for fragment in fragments[:_SHOWN])
    return f"{told} и ещё {len(fragments) - _SHOWN}" if len(fragments) > _SHOWN else told


def _unmended(subject: Subject, text: Text) -> Iterator[Finding]:
    if words := footnotes(text.text):
        told = _listed(words)
        yield subject.of_text(
            Rule.FOOTNOTE_GLUED,
            text,
            f"Цифра слилась со словом: {told}. Похоже на знак сноски, который потерял верхнее положение.",
            "Уберите цифру или отделите её от слова.",
            mark=told,
        )
    if (at := open_pair(text.text)) is not None:
        around = " ".join(text.text[max(0, at - _REACH) : at + _REACH].split())
        yield subject.of_text(
            Rule.PAIR_OPEN,
            text,
            f"{_SIGNS[text.text[at]]} без пары: «…{around}…».",
            "Поставьте парный знак или уберите лишний.",
            mark=around,
        )
    # «Результаты:» may head a table; a row or an indicator ends with its last word.
    if isinstance(text.record, Item | Indicator) and (tail := trailing_sign(text.text)):
        (was, becomes), *_ = excerpts(text.text, [tail])
        yield subject.of_text(
            Rule.SIGN_AT_END, text, f"В конце лишний знак: «{was}».", f"«{becomes}»", (tail,), mark=was
        )


def _tags_of_source(subject: Subject) -> Iterator[Finding]:
    """One finding for all rows whose source bore tags that the import has taken out."""
    rows = [item for item in subject.contents.items if _TAG_NAME.search(item.source_text) and not _has_tags(item)]
    if not rows:
        return
    names = dict.fromkeys(f"<{name.lower()}>" for item in rows for name in _TAG_NAME.findall(item.source_text))
    yield subject.of_roadmap(
        Rule.TAGS,
        ", ".join(subject.places[item.id] for item in rows),
        f"В исходном документе здесь стоят теги веб-страницы ({', '.join(names)}); при загрузке они убраны.",
        "Сверьте эти строки с документом и уберите теги и в нём, если он ещё будет печататься.",
        f"tags in the source of {len(rows)} rows",
    )


def _has_tags(item: Item) -> bool:
    return any(next(tags(text), None) for text in (item.title, item.expected, item.note))
