"""A finding («замечание») of the proof-reader: which rule, where, why it matters, how to mend it."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from cosdesk.dataclass import dataclass


class Family(StrEnum):
    """Groups of rules, in the order in which the findings are shown."""

    NUMBERS = "numbers"
    TERMS = "terms"
    DUTIES = "duties"
    PEOPLE = "people"
    FIGURES = "figures"
    INDICATORS = "indicators"
    TERRITORY = "territory"
    REPEATS = "repeats"
    SPELLING = "spelling"

    @property
    def label(self) -> str:
        return _FAMILY_LABELS[self]


_FAMILY_LABELS = {
    Family.NUMBERS: "Нумерация",
    Family.TERMS: "Сроки",
    Family.DUTIES: "Исполнители и документы",
    Family.PEOPLE: "Фамилии и инициалы",
    Family.FIGURES: "Числа, проценты и годы",
    Family.INDICATORS: "Показатели",
    Family.TERRITORY: "Территория",
    Family.REPEATS: "Повторы",
    Family.SPELLING: "Буквы, слова и знаки",
}


class Rule(StrEnum):
    """Every rule of the proof-reader, in the order in which the findings are shown."""

    NUMBER_MISSING = "number_missing"
    NUMBER_DOUBLED = "number_doubled"
    ROW_UNNUMBERED = "row_unnumbered"
    SECTION_WORD = "section_word"
    END_BEFORE_START = "end_before_start"
    NO_SUCH_DATE = "no_such_date"
    TERM_NOT_UNDERSTOOD = "term_not_understood"
    OUTSIDE_PARENT = "outside_parent"
    OUTSIDE_PLAN = "outside_plan"
    MILESTONE_UNDATED = "milestone_undated"
    TERM_MISSING = "term_missing"
    RESPONSIBLE_MISSING = "responsible_missing"
    EVIDENCE_MISSING = "evidence_missing"
    SURNAME_ALIKE = "surname_alike"
    INITIALS_ODD = "initials_odd"
    PERCENT_DIFFERS = "percent_differs"
    COUNT_DIFFERS = "count_differs"
    COUNT_MISSING = "count_missing"
    YEAR_DIFFERS = "year_differs"
    ROWS_DISAGREE = "rows_disagree"
    INDICATOR_DISAGREES = "indicator_disagrees"
    INDICATOR_EMPTY = "indicator_empty"
    TARGET_GAP = "target_gap"
    TARGETS_FALL = "targets_fall"
    TOTAL_WRONG = "total_wrong"
    SHARE_OVER_WHOLE = "share_over_whole"
    OTHER_TERRITORY = "other_territory"
    ROW_DOUBLED = "row_doubled"
    INDICATOR_DOUBLED = "indicator_doubled"
    WORD_DOUBLED = "word_doubled"
    LATIN_LETTERS = "latin_letters"
    TAGS = "tags"
    GLUED_WORDS = "glued_words"
    FOOTNOTE_GLUED = "footnote_glued"
    PAIR_OPEN = "pair_open"
    WORD_FORM = "word_form"
    SPACING = "spacing"
    SIGN_AT_END = "sign_at_end"
    ABBREVIATION_EARLY = "abbreviation_early"
    ABBREVIATION_UNUSED = "abbreviation_unused"

    @property
    def label(self) -> str:
        return _RULES[self][1]

    @property
    def family(self) -> Family:
        return _RULES[self][0]


_RULES = {
    Rule.NUMBER_MISSING: (Family.NUMBERS, "Пропущен номер"),
    Rule.NUMBER_DOUBLED: (Family.NUMBERS, "Номер повторяется"),
    Rule.ROW_UNNUMBERED: (Family.NUMBERS, "Нет номера"),
    Rule.SECTION_WORD: (Family.NUMBERS, "Раздел назван не так, как другие"),
    Rule.END_BEFORE_START: (Family.TERMS, "Окончание раньше начала"),
    Rule.NO_SUCH_DATE: (Family.TERMS, "Нет такой даты"),
    Rule.TERM_NOT_UNDERSTOOD: (Family.TERMS, "Срок не понят"),
    Rule.OUTSIDE_PARENT: (Family.TERMS, "Срок шире, чем у вышестоящей строки"),
    Rule.OUTSIDE_PLAN: (Family.TERMS, "Срок за пределами плана"),
    Rule.MILESTONE_UNDATED: (Family.TERMS, "Контрольная точка без даты"),
    Rule.TERM_MISSING: (Family.TERMS, "Нет срока"),
    Rule.RESPONSIBLE_MISSING: (Family.DUTIES, "Нет исполнителя"),
    Rule.EVIDENCE_MISSING: (Family.DUTIES, "Нет вида документа"),
    Rule.SURNAME_ALIKE: (Family.PEOPLE, "Похожие фамилии"),
    Rule.INITIALS_ODD: (Family.PEOPLE, "Ошибка в инициалах"),
    Rule.PERCENT_DIFFERS: (Family.FIGURES, "Разные проценты в одной строке"),
    Rule.COUNT_DIFFERS: (Family.FIGURES, "Разные числа в одной строке"),
    Rule.COUNT_MISSING: (Family.FIGURES, "Пропущено число"),
    Rule.YEAR_DIFFERS: (Family.FIGURES, "Разные годы в одной строке"),
    Rule.ROWS_DISAGREE: (Family.FIGURES, "Строки расходятся"),
    Rule.INDICATOR_DISAGREES: (Family.FIGURES, "Строка расходится с показателем"),
    Rule.INDICATOR_EMPTY: (Family.INDICATORS, "Показатель без значений"),
    Rule.TARGET_GAP: (Family.INDICATORS, "Пропущен год"),
    Rule.TARGETS_FALL: (Family.INDICATORS, "Плановое значение падает"),
    Rule.TOTAL_WRONG: (Family.INDICATORS, "ИТОГО не сходится"),
    Rule.SHARE_OVER_WHOLE: (Family.INDICATORS, "Доля больше 100 %"),
    Rule.OTHER_TERRITORY: (Family.TERRITORY, "Чужая территория"),
    Rule.ROW_DOUBLED: (Family.REPEATS, "Строка повторяется"),
    Rule.INDICATOR_DOUBLED: (Family.REPEATS, "Показатель повторяется"),
    Rule.WORD_DOUBLED: (Family.REPEATS, "Слово повторяется"),
    Rule.LATIN_LETTERS: (Family.SPELLING, "Латинские буквы в русских словах"),
    Rule.TAGS: (Family.SPELLING, "Остатки разметки"),
    Rule.GLUED_WORDS: (Family.SPELLING, "Слова слились"),
    Rule.FOOTNOTE_GLUED: (Family.SPELLING, "Знак сноски слился со словом"),
    Rule.PAIR_OPEN: (Family.SPELLING, "Непарная скобка или кавычка"),
    Rule.WORD_FORM: (Family.SPELLING, "Неверная форма слова"),
    Rule.SPACING: (Family.SPELLING, "Пробелы, тире и знаки"),
    Rule.SIGN_AT_END: (Family.SPELLING, "Лишний знак в конце"),
    Rule.ABBREVIATION_EARLY: (Family.SPELLING, "Сокращение до объяснения"),
    Rule.ABBREVIATION_UNUSED: (Family.SPELLING, "Лишнее сокращение"),
}


@dataclass(frozen=True, slots=True)
class Mend:
    """A stretch of a field's text, from ``start`` up to ``end``, and what is to stand in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong.

    ``place`` is for people («строка 1.2, срок»).  The ids and ``field`` name the text that is
    meant: of a row, an indicator, a section, a stamp, or of the roadmap's head where all are
    None.  ``replacement`` is the field's whole new text when the mend is sure, made of
    ``mends``; None where only a person can decide.  ``mark`` recognises the same finding again
    after a new import: it is made of texts, never of ids.
    """

    rule: Rule
    place: str
    message: str
    proposal: str
    roadmap_id: int
    mark: str
    item_id: int | None = None
    indicator_id: int | None = None
    section_id: int | None = None
    stamp_id: int | None = None
    field: str | None = None
    replacement: str | None = None
    mends: tuple[Mend, ...] = ()

    @property
    def advice(self) -> str:
        """The proposal as a whole phrase: what to put there, or what to do."""
        return f"Заменить на: {self.proposal}" if self.mends else self.proposal


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that the user has put aside for good («не ошибка»), with a word why."""

    id: int
    roadmap_id: int
    rule: str
    mark: str
    reason: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.roadmap_id, self.rule, self.mark


def key_of(finding: Finding) -> tuple[int, str, str]:
    """What a dismissal and its finding have in common."""
    return finding.roadmap_id, finding.rule.value, finding.mark


def open_findings(findings: Iterable[Finding], dismissals: Iterable[Dismissal]) -> tuple[Finding, ...]:
    """The findings that nobody has dismissed."""
    known = {dismissal.key for dismissal in dismissals}
    return tuple(finding for finding in findings if key_of(finding) not in known)


def mended_text(text: str, mends: Iterable[Mend]) -> str:
    """The text with all mends made; of two that overlap the first is made, the other waits for the next check."""
    pieces, at = [], 0
    for mend in sorted(mends, key=lambda mend: (mend.start, mend.end)):
        if mend.start < at:
            continue
        pieces += [text[at : mend.start], mend.text]
        at = mend.end
    return "".join([*pieces, text[at:]])


def mark_of(*parts: str) -> str:
    """A mark: readable, short, and the same for the same texts in whatever case and spacing."""
    texts = [" ".join(part.lower().replace("ё", "е").split()) for part in parts if part]
    digest = hashlib.sha256("|".join(texts).encode()).hexdigest()[:12]
    return f"{' | '.join(texts)[:80]} #{digest}"
