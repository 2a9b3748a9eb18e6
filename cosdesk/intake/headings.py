"""Which column of a table is which field: headings compared with the forms' by likeness, in any order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import extractOne

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import Part
from cosdesk.forms.roadmap_form import HEAPED_FIELDS, INDICATOR_FIELDS, ITEM_FIELDS, FormColumn, FormPart, RoadmapForm
from cosdesk.intake.grid import Grid

ENOUGH = 72
"""Likeness, of 100, from which a heading counts as known."""
KNOWN_TABLE = 0.45
"""The share of a part's columns from which a table counts as that part."""

# Headings met in practice that no built-in form prints.
_GENERAL = {
    "number": ("№ п/п", "№", "N п/п", "Номер", "Пункт"),
    "title": (
        "Наименование мероприятия", "Мероприятие", "Содержание мероприятия", "Содержание работы", "Виды деятельности",
        "Направления деятельности", "Наименование", "Что делаем", "Что сделать",
    ),
    "start": ("Начало", "Дата начала"),
    "end": ("Окончание", "Дата окончания", "Завершение"),
    "term": ("Срок", "Сроки", "Срок исполнения", "Сроки выполнения", "Сроки проведения", "Дата", "Период", "Когда"),
    "responsible": (
        "Ответственный", "Ответственные исполнители", "Ответственный за исполнение", "Исполнители", "Соисполнители",
        "Кто", "Кто отвечает",
    ),
    "controller": ("Контролирующее лицо", "Контроль", "Ответственный за контроль", "Куратор"),
    "expected": (
        "Ожидаемый результат", "Результат", "Вид документа", "Подтверждающий документ", "Итоговый документ",
        "Форма отчетности", "Выход", "Чем подтверждается",
    ),
    "note": ("Примечание", "Примечания", "Комментарий", "Отметка о выполнении", "Отметка об исполнении"),
    "type": ("Тип показателя", "Вид показателя"),
    "unit": ("Единица измерения", "Ед. изм.", "Единицы измерения"),
    "territory": ("Территория", "Муниципальное образование", "Район"),
    "baseline": ("Базовое значение", "Базовое значение: значение", "Исходное значение"),
    "baseline_on": ("Базовое значение: дата", "Дата базового значения"),
    "target": ("Плановое значение", "План", "Целевое значение"),
    "total": ("Итого", "Всего", "Итоговое значение"),
}  # fmt: skip
_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:г\.?|год[а-я]*)?(?:\s*\(?\s*план\w*\)?)?", re.IGNORECASE)
_LONGEST_HEADING = 150
_CERTAIN = 0.75
_EQUAL = 0.01
_LONGER = 40
_SCORERS = (ratio, token_sort_ratio)
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A table's head: its rows, the part of the form it fits, each column's field and year, and how well it fits."""

    rows: tuple[int, ...]
    part: FormPart
    roles: tuple[str | None, ...]
    years: tuple[int | None, ...]
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """The headings of one field; ``own`` are those of the part itself."""

    field: str
    own: tuple[str, ...]
    others: tuple[str, ...]
    group: str


@dataclass(frozen=True, slots=True, eq=False)
class _AllNames:
    """Every heading known, in the shapes that a quick look needs."""

    names: tuple[str, ...]
    joined: str
    pattern: re.Pattern[str]
    longest: int


_Candidate = tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]
"""Rows that may be a head, and each column's headings in them."""


def best_headings(
    grid: Grid, wanted: Sequence[RoadmapForm], forms: Sequence[RoadmapForm]
) -> tuple[Heading | None, ...]:
    """For each form wanted the head of a grid by the part that it fits best; None where none fits at all.

    ``forms`` are all that are known: a heading of another form is a heading too.
    """
    known = tuple(forms)
    candidates = [(rows, _paths(grid, rows)) for rows in _candidate_rows(grid, _all_names(known))]
    return tuple(_best_of(grid, candidates, form, known) for form in wanted)


def head_rows(grid: Grid, forms: Sequence[RoadmapForm]) -> Iterator[tuple[int, ...]]:
    """The rows of every certain head in a grid, from the top down, repeated ones too."""
    known = tuple(forms)
    candidates = [(rows, _paths(grid, rows)) for rows in _candidate_rows(grid, _all_names(known), len(grid.rows))]
    best: dict[int, Heading] = {}
    for part in (part for form in known for part in form.parts):
        for heading in _fitting(grid, candidates, part, known):
            first = heading.rows[0]
            if heading.score >= _CERTAIN and (first not in best or heading.score > best[first].score + _EQUAL):
                best[first] = heading
    last = -1
    for first in sorted(best):
        if first > last:
            yield best[first].rows
            last = best[first].rows[-1]


def _best_of(
    grid: Grid, candidates: Sequence[_Candidate], form: RoadmapForm, known: tuple[RoadmapForm, ...]
) -> Heading | None:
    best = None
    for part in form.parts:
        for heading in _fitting(grid, candidates, part, known):
            if best is None or heading.score > best.score + _EQUAL:
                best = heading
    return best


def _fitting(
    grid: Grid, candidates: Sequence[_Candidate], part: FormPart, known: tuple[RoadmapForm, ...]
) -> Iterator[Heading]:
    """The candidates that fit a part, without those where a row above a head adds nothing to it."""
    names = _vocabulary(part, known)
    fits = {rows: heading for rows, paths in candidates if (heading := _fit(grid, rows, paths, part, names))}
    for rows, heading in fits.items():
        below = (fits[rows[start:]].score for start in range(1, len(rows)) if rows[start:] in fits)
        if max(below, default=0.0) + _EQUAL < heading.score:
            yield heading


def _candidate_rows(grid: Grid, names: _AllNames, searched: int = 40) -> Iterator[tuple[int, ...]]:
    for first in range(min(len(grid.rows), searched)):
        if not _looks_like_heading(grid, first, names):
            continue
        deep = max(cell.rows for cell in grid.rows[first])
        for depth in range(1, _DEEPEST + 1):
            rows = tuple(range(first, first + depth))
            if rows[-1] >= len(grid.rows) or (depth > 1 and not _short(grid, rows[-1])):
                break
            if depth >= min(deep, _DEEPEST):
                yield rows


def _looks_like_heading(grid: Grid, row: int, names: _AllNames) -> bool:
    """Whether two cells at least remind of a heading; a cheap look before the close one.

    A head never begins in the middle of merged cells.
    """
    if any(cell.origin and cell.origin[0] < row for cell in grid.rows[row]):
        return False
    texts = [normal(cell.text) for cell in grid.rows[row] if cell.text]
    return _short(grid, row) and len(texts) > 1 and sum(1 for text in texts if _is_known(text, names)) > 1


@lru_cache(maxsize=20_000)
def _is_known(text: str, names: _AllNames) -> bool:
    if _YEAR.fullmatch(text) or (3 < len(text) < _LONGER and text in names.joined):
        return True
    if (found := names.pattern.search(text)) and len(text) <= len(found[0]) + _LONGER:
        return True
    if len(text) > names.longest + _LONGER:
        return False
    return any(extractOne(text, names.names, scorer=scorer, score_cutoff=ENOUGH) for scorer in _SCORERS)


def _short(grid: Grid, row: int) -> bool:
    return all(len(cell.text) <= _LONGEST_HEADING for cell in grid.rows[row])


def _paths(grid: Grid, rows: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """For each column the headings from the top down, a merged one once, in normal form."""
    paths = []
    for column in range(grid.width):
        texts: list[str] = []
        origins: set[tuple[int, int]] = set()
        for row in rows:
            origin = grid.origin(row, column)
            text = grid.cell(row, column).text if origin not in origins else ""
            origins.add(origin)
            if not text and row != rows[-1] and grid.cell(rows[-1], column).text:
                text = _group_to_the_left(grid, row, rows[-1], column)
            # «Сроки реализации: начало» in one row is a heading with the one above it.
            texts += [level for part in text.split(": ") if (level := normal(part))]
        paths.append(tuple(texts))
    return tuple(paths)


def _group_to_the_left(grid: Grid, row: int, below: int, column: int) -> str:
    """A text table has lost its merges: a blank above a filled heading belongs to the group at its left."""
    for left in range(column - 1, -1, -1):
        if not grid.cell(below, left).text or grid.origin(row, left) == grid.origin(below, left):
            return ""
        if text := grid.cell(row, left).text:
            return text
    return ""


def _fit(
    grid: Grid, rows: tuple[int, ...], paths: Sequence[tuple[str, ...]], part: FormPart, names: Sequence[_Names]
) -> Heading | None:
    yearly = any(column.field == "targets" for column in part.columns) or part.part is Part.INDICATORS
    years = tuple(_year(path) if yearly else None for path in paths)
    joined = {c for c in range(1, grid.width) if grid.origin(rows[-1], c) == grid.origin(rows[-1], c - 1)}
    scores = [[] if years[column] or column in joined else _scores(path, names) for column, path in enumerate(paths)]
    chosen = _assign(scores)
    roles: list[str | None] = [names[index].field if index is not None else None for index in chosen]
    roles = ["targets" if year else role for role, year in zip(roles, years, strict=True)]
    if part.layout == "bands" and "territory" not in roles and roles[0] is None:
        roles[0] = "territory"
    known = {role for role in roles if role}
    if not _tells_rows(part, known):
        return None
    points = sum(
        scores[column][index] / 100 * (1 if names[index].own else 0.5)
        for column, index in enumerate(chosen)
        if index is not None
    )
    points += "targets" in known
    if roles[0] == "territory" and chosen[0] is None:
        points += 0.5
    columns = sum(1 for c, path in enumerate(paths) if path and c not in joined and not years[c])
    score = points / max(len({column.field for column in part.columns}), columns + ("targets" in known))
    for column in sorted(joined):
        # A heading merged over two columns gives both its field.
        roles[column] = roles[column] or roles[column - 1]
    return Heading(rows, part, tuple(roles), years, score)


def _scores(path: tuple[str, ...], names: Sequence[_Names]) -> list[float]:
    return [_field_likeness(path, field) for field in names] if path else []


@lru_cache(maxsize=50_000)
def _field_likeness(path: tuple[str, ...], names: _Names) -> float:
    leaf, whole = path[-1], " ".join(path)
    own = max((max(_likeness(leaf, name), _likeness(whole, name)) for name in names.own), default=0.0)
    if names.group and own:
        # «Дата» alone says little: the heading above it must agree.
        above = _likeness(path[0], names.group) if len(path) > 1 else 0.0
        whole_name = max((_likeness(whole, f"{names.group} {name}") for name in names.own), default=0.0)
        own = max(whole_name, own if above >= ENOUGH else own - 8)
    others = max((max(_likeness(leaf, name), _likeness(whole, name)) for name in names.others), default=0.0)
    return max(own, others - 6)


@lru_cache(maxsize=100_000)
def _likeness(heading: str, name: str) -> float:
    if heading == name:
        return 100.0
    if not heading or not name:
        return 0.0
    alike = max(ratio(heading, name), token_sort_ratio(heading, name)) * 0.97
    if len(name) > 3 and heading.startswith(f"{name} "):
        alike = max(alike, 88.0)
    elif len(heading) > 3 and name.startswith(f"{heading} "):
        alike = max(alike, 84.0)
    elif len(name) > 4 and f" {name} " in f" {heading} ":
        alike = max(alike, 78.0)
    return float(alike)


def _assign(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """A field to each column, no field twice, so that the likenesses sum up to the most."""
    # state: the set of fields used -> (sum, choices so far)
    states: dict[int, tuple[float, tuple[int | None, ...]]] = {0: (0.0, ())}
    for column in scores:
        following: dict[int, tuple[float, tuple[int | None, ...]]] = {}
        for used, (total, choices) in states.items():
            options: list[tuple[int, float, int | None]] = [(used, total, None)]
            options += [
                (used | 1 << index, total + score, index)
                for index, score in enumerate(column)
                if score >= ENOUGH and not used >> index & 1
            ]
            for key, value, index in options:
                if key not in following or value > following[key][0]:
                    following[key] = (value, (*choices, index))
        states = following
    return list(max(states.values(), key=lambda state: state[0])[1])


def _tells_rows(part: FormPart, roles: set[str]) -> bool:
    """Whether the columns found can make rows of the part: a name, and something said of it."""
    if part.layout == "heaped":
        return {"indicator", "activities"} <= roles
    if part.part is Part.INDICATORS:
        named = part.layout == "bands" or "title" in roles
        return named and bool({"baseline", "target", "targets", "total"} & roles)
    return "title" in roles and len(roles) > 1


def _year(path: Sequence[str]) -> int | None:
    found = _YEAR.fullmatch(path[-1]) if path else None
    return int(found[1]) if found else None


@lru_cache(maxsize=16)
def _all_names(forms: tuple[RoadmapForm, ...]) -> _AllNames:
    columns = [column for form in forms for part in form.parts for column in part.columns]
    names = [name for column in columns for name in (*_names_of(column), normal(column.group))]
    known = tuple(dict.fromkeys(name for name in [*names, *map(normal, chain(*_GENERAL.values()))] if name))
    words = sorted((name for name in known if len(name) > 3), key=len, reverse=True)
    return _AllNames(known, "\n".join(known), re.compile("|".join(map(re.escape, words))), max(map(len, known)))


@lru_cache(maxsize=1000)
def _vocabulary(part: FormPart, forms: tuple[RoadmapForm, ...]) -> tuple[_Names, ...]:
    """Every field that the part's rows can hold, with the headings it is known by."""
    fields: tuple[str, ...] = INDICATOR_FIELDS if part.part is Part.INDICATORS else ITEM_FIELDS
    if part.layout == "heaped":
        fields = (*HEAPED_FIELDS, "number", "responsible")
    elsewhere: dict[str, list[str]] = {}
    for form in forms:
        for other in form.parts:
            if (other.part is Part.INDICATORS) == (part.part is Part.INDICATORS):
                for column in other.columns:
                    elsewhere.setdefault(column.field, []).extend(_names_of(column))
    columns: Mapping[str, FormColumn] = {column.field: column for column in part.columns}
    return tuple(
        _Names(
            field,
            tuple(_names_of(columns[field])) if field in columns else (),
            tuple(dict.fromkeys([*elsewhere.get(field, ()), *map(normal, _GENERAL.get(field, ()))])),
            normal(columns[field].group) if field in columns else "",
        )
        for field in fields
        if field != "targets"
    )


def _names_of(column: FormColumn) -> list[str]:
    return [normal(name) for name in (column.heading, *column.aliases) if name and "{" not in name]


def normal(text: str) -> str:
    """A heading as it is compared: small letters, «е» for «ё», single blanks, no punctuation."""
    return " ".join(re.sub(r"[^\w№%]+", " ", text.lower().replace("ё", "е")).split())
