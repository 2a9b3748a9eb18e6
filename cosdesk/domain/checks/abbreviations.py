"""«(далее – ОО)»: short names used before they are explained, or explained and never used."""

import re
from collections.abc import Iterator

from cosdesk.domain.checks.finding import Finding, Rule
from cosdesk.domain.checks.subject import Subject
from cosdesk.domain.checks.texts import Text
from cosdesk.domain.indicator import Indicator

_EXPLAINED = re.compile(r"\(далее\s*(?:по тексту\s*)?[-–—:]\s*(?P<short>[А-ЯЁ][А-ЯЁ\d-]+)\)")
_FIELDS = frozenset({"title", "goal", "term", "responsible", "controller", "expected", "note"})


def abbreviations(subject: Subject) -> Iterator[Finding]:
    # Indicators are printed in another part, before the rows or after them: they tell no order.
    texts = [text for text in subject.texts if text.field in _FIELDS and not isinstance(text.record, Indicator)]
    for place, text in enumerate(texts):
        for found in _EXPLAINED.finditer(text.text):
            yield from _misused(subject, texts, place, found)


def _misused(subject: Subject, texts: list[Text], place: int, found: re.Match[str]) -> Iterator[Finding]:
    short, text = found["short"], texts[place]
    used = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
    before = next((other for other in texts[:place] if used.search(other.text)), None)
    if before is None and used.search(text.text, 0, found.start()):
        before = text
    if before is not None and (before is text or not _explains(before.text, short)):
        yield subject.of_text(
            Rule.ABBREVIATION_EARLY,
            text,
            f"Сокращение «{short}» объяснено здесь, а встречается раньше: {before.place}.",
            f"Перенесите «(далее – {short})» туда, где «{short}» стоит впервые.",
            mark=short,
        )
        return
    later = [other.text for other in texts[place + 1 :]] + [text.text[found.end() :]]
    indicators = [other.text for other in subject.texts if isinstance(other.record, Indicator)]
    if before is None and not any(map(used.search, later + indicators)):
        yield subject.of_text(
            Rule.ABBREVIATION_UNUSED,
            text,
            f"Сокращение «{short}» введено, но больше нигде не встречается.",
            f"Уберите «(далее – {short})».",
            mark=short,
        )


def _explains(text: str, short: str) -> bool:
    return any(found["short"] == short for found in _EXPLAINED.finditer(text))
