"""A table of answers that was pasted: rows are schools known by name, columns are questions known by heading."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from cosdesk.dataclass import dataclass
from cosdesk.domain.answers import ValueFaultError, judge, read_value, school_facts
from cosdesk.domain.expressions import Value
from cosdesk.domain.monitoring import Question, QuestionType
from cosdesk.domain.organisation import School
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.intake.answers import RoundDesk
from cosdesk.intake.grid import Cell, Grid, Outline
from cosdesk.intake.schools import Match, match_school, plain_name
from cosdesk.intake.values import is_dash

_ALIKE = 82.0
"""From here on, of 100, a heading is a question's; «Скорость по договору» and «Измеренная скорость» are farther."""
_BEGINNINGS = 90.0
"""What a heading of beginnings is worth: «Скорость по догов.»."""
_CLOSE = 4.0
"""Two questions nearer to each other than this cannot be told apart by the heading."""
_HEADINGS_DEEP = 12
_TOTALS = ("итого", "всего", "в том числе", "средн")
_BLANK = ("нет данных", "н/д", "не указано")


@dataclass(frozen=True, slots=True)
class PastedAnswer:
    """A row.  ``match`` ALIKE asks: is it ``school``?  NEW: no school of the round is like it.

    ``values`` go by question; ``remarks`` are phrases about cells that hold no answer, or a doubtful one.
    """

    name: str
    place: str
    match: Match
    school: School | None
    values: Mapping[str, Value]
    remarks: tuple[str, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class PastedTable:
    """``placed`` are the headings with the questions they name, ``unplaced`` those that name none."""

    placed: tuple[tuple[str, Question], ...]
    unplaced: tuple[str, ...]
    answers: tuple[PastedAnswer, ...]


def read_answer_table(outline: Outline, desk: RoundDesk, today: date) -> PastedTable:
    """The first table that names schools of the round; ``UserError`` says what is missing in it."""
    names = _names(desk)
    named = False
    for grid in outline.grids:
        found = _school_column(grid, names)
        if found is None:
            continue
        named = True
        column, first = found
        heads = _headings(grid, column, first, desk.form.questions)
        if any(question for _, question in heads.values()):
            return _read(grid, column, first, heads, desk, today)
    if named:
        raise UserError(
            "Школы в таблице узнаны, а вопросы нет: в строке над школами нужны заголовки, как в форме мониторинга."
        )
    raise UserError(
        "Таблица ответов не найдена: нужна строка на каждую школу с её названием и столбец на каждый вопрос."
    )


def _names(desk: RoundDesk) -> dict[str, School]:
    """The schools of the round by every name they bear or bore, as names are compared."""
    named = {
        plain_name(name): school
        for school in desk.schools.values()
        for name in (*school.former_names, school.short_name, school.name)
    }
    return {name: school for name, school in named.items() if name}


def _school_column(grid: Grid, names: Mapping[str, School]) -> tuple[int, int] | None:
    """The column where most schools stand and the first row with one."""
    best: tuple[int, int, int] | None = None
    for column in range(grid.width):
        texts = [row[column].text for row in grid.rows]
        rows = [number for number, text in enumerate(texts) if _is_name(text) and plain_name(text) in names]
        if rows and (best is None or len(rows) > best[0]):
            best = len(rows), column, rows[0]
    return best[1:] if best else None


def _is_name(text: str) -> bool:
    """«1» of a numbering column is not the school № 1."""
    return len(re.findall(r"[^\W\d_]", text)) >= 3


def _headings(
    grid: Grid, school_column: int, first: int, questions: Sequence[Question]
) -> dict[int, tuple[str, Question | None]]:
    """Heading and question of each other column, by the row, or the two rows, that name most questions."""
    best: dict[int, tuple[str, Question | None]] = {}
    for last in range(max(0, first - _HEADINGS_DEEP), first):
        for depth in (1, 2):
            texts = {
                column: " ".join(dict.fromkeys(_texts(grid, column, range(max(0, last - depth + 1), last + 1))))
                for column in range(grid.width)
                if column != school_column
            }
            found = _matched(texts, questions)
            if _count(found) > _count(best):
                best = found
    return best


def _texts(grid: Grid, column: int, rows: range) -> list[str]:
    return [text for row in rows if (text := " ".join(grid.cell(row, column).text.split()))]


def _count(found: Mapping[int, tuple[str, Question | None]]) -> int:
    return sum(question is not None for _, question in found.values())


def _matched(texts: Mapping[int, str], questions: Sequence[Question]) -> dict[int, tuple[str, Question | None]]:
    """Each question goes to the heading nearest to it, each heading to one question; a tie is left unplaced."""
    pairs = sorted(
        (
            (score, column, number)
            for column, text in texts.items()
            for number, question in enumerate(questions)
            if (score := _likeness(text, question)) >= _ALIKE
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[int, tuple[str, Question | None]] = {column: (text, None) for column, text in texts.items() if text}
    for score, column, number in pairs:
        rivals = [
            pair
            for pair in pairs
            if pair[1] == column and pair[2] != number and score < 100 and score - pair[0] < _CLOSE
        ]
        taken = any(question is questions[number] for _, question in found.values())
        if not rivals and not taken and found[column][1] is None:
            found[column] = texts[column], questions[number]
    return found


def _likeness(heading: str, question: Question) -> float:
    """0 to 100."""
    from rapidfuzz.fuzz import token_sort_ratio

    plain = _plain(heading)
    if not plain or len(heading) > 300:
        return 0.0
    own = {_plain(question.label), _plain(question.heading), question.key.lower()}
    if plain in own or _plain(heading.rpartition(",")[0]) in own:
        return 100.0
    words, asked = plain.split(), _plain(question.heading).split()
    if len(words) > 1 and all(any(each.startswith(word[:5]) for each in asked) for word in words):
        return _BEGINNINGS + min(9.0, float(len(words)))
    return float(max(token_sort_ratio(plain, each) for each in own))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("ё", "е")))


def _read(
    grid: Grid,
    school_column: int,
    first: int,
    heads: Mapping[int, tuple[str, Question | None]],
    desk: RoundDesk,
    today: date,
) -> PastedTable:
    names = _names(desk)
    placed = {column: question for column, (_, question) in heads.items() if question is not None}
    answers: list[PastedAnswer] = []
    seen: set[int] = set()
    for number in range(first, len(grid.rows)):
        row = grid.rows[number]
        name = " ".join(row[school_column].text.split())
        if not _is_name(name) or name.lower().startswith(_TOTALS):
            continue
        school = names.get(plain_name(name))
        match, school = (Match.KNOWN, school) if school else match_school(name, desk.schools.values())
        values, remarks = _values(row, placed)
        repeated = school is not None and match is Match.KNOWN and school.id in seen
        if school is not None:
            if match is Match.KNOWN:
                seen.add(school.id)
            remarks += _doubts(desk, school, values, today)
        answers.append(PastedAnswer(name, grid.place(number), match, school, values, tuple(remarks), repeated))
    return PastedTable(
        tuple((heads[column][0], question) for column, question in sorted(placed.items())),
        tuple(text for _, (text, question) in sorted(heads.items()) if question is None and not _is_number(text)),
        tuple(answers),
    )


def _is_number(heading: str) -> bool:
    """The column «№ п/п» holds no answer and is not missed."""
    return not re.sub(r"(?i)№|п/п|n", "", heading).strip(" .")


def _values(row: Sequence[Cell], placed: Mapping[int, Question]) -> tuple[dict[str, Value], list[str]]:
    values: dict[str, Value] = {}
    remarks: list[str] = []
    for column, question in placed.items():
        cell = row[column]
        text = " ".join(cell.text.split())
        blank = text.lower() in _BLANK or (is_dash(text) and question.type is not QuestionType.YES_NO)
        if not text or blank:
            continue
        try:
            value = read_value(question, text if cell.value is None else cell.value)
        except ValueFaultError as fault:
            remarks.append(f"не размещено, «{question.label}»: {fault}")
            continue
        if value is not None:
            values[question.key] = value
    return values, remarks


def _doubts(desk: RoundDesk, school: School, values: Mapping[str, Value], today: date) -> list[str]:
    """What the form has against these values, beside what the school has answered already."""
    facts = school_facts(school, parse_period(desk.round.period).end, today)
    judged = judge(desk.form, {**desk.answers[school.id].values, **values}, facts)
    return [remark.message for remark in judged.remarks if remark.question in values]
