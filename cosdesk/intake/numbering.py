"""Word's automatic numbers, counted through the document as Word shows them."""

import re
from dataclasses import field

from lxml import etree

from cosdesk.dataclass import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
BULLET = "-"


@dataclass(frozen=True, slots=True)
class ListLabel:
    """What stands before a paragraph: «1.1.», or ``BULLET`` for any mark; ``level`` from 0."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    decimal_only: bool = False
    style: str = ""


@dataclass(slots=True)
class _Counters:
    """Of one abstract list: the value shown last at each level, None where the level waits for its start."""

    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    used_numbers: set[str] = field(default_factory=set)


class Numbering:
    """Numbers paragraph after paragraph; every paragraph must be asked for once, in the document's order."""

    def __init__(self, numbering: "etree._Element | None", styles: "etree._Element | None") -> None:
        self._styles = {} if styles is None else {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")}
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._links: dict[str, str] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, _Counters] = {}
        if numbering is not None:
            self._read(numbering)

    def label(self, properties: "etree._Element | None") -> ListLabel | None:
        """The label of the paragraph with these properties (``w:pPr``); None where it has none."""
        number_id, level = self._list_of(properties)
        if number_id is None or number_id not in self._abstract_of:
            return None
        levels = self._levels(number_id)
        if level not in levels:
            return None
        values = self._advance(number_id, level, levels)
        form = levels[level]
        if form.format == "bullet":
            return ListLabel(BULLET, level)
        text = form.text
        for depth in range(level + 1):
            wanted = "decimal" if form.decimal_only else levels.get(depth, form).format
            text = text.replace(f"%{depth + 1}", _worded(values[depth], wanted))
        return ListLabel(text.strip(), level) if text.strip() else None

    def _read(self, numbering: "etree._Element") -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstract[key] = dict(_read_level(level) for level in abstract.findall(f"{W}lvl"))
            if link := _value(abstract, "numStyleLink"):
                self._links[key] = link
        for number in numbering.iter(f"{W}num"):
            key = number.get(f"{W}numId", "")
            self._abstract_of[key] = _value(number, "abstractNumId") or ""
            for override in number.findall(f"{W}lvlOverride"):
                depth = _whole(override.get(f"{W}ilvl"), 0)
                if (start := _value(override, "startOverride")) is not None:
                    self._starts.setdefault(key, {})[depth] = _whole(start, 1)
                for level in override.findall(f"{W}lvl"):
                    self._overrides.setdefault(key, {})[depth] = _read_level(level)[1]

    def _list_of(self, properties: "etree._Element | None") -> tuple[str | None, int]:
        """List and level: the paragraph's own, else its style's."""
        own = None if properties is None else properties.find(f"{W}numPr")
        style = None if properties is None else _value(properties, "pStyle")
        if own is not None and (number_id := _value(own, "numId")) is not None:
            return (None if number_id == "0" else number_id), _depth(_value(own, "ilvl"))
        inherited, seen = style, set[str]()
        while inherited and inherited not in seen and inherited in self._styles:
            seen.add(inherited)
            found = self._styles[inherited].find(f"{W}pPr/{W}numPr")
            if found is not None and (number_id := _value(found, "numId")) is not None:
                if number_id == "0":
                    return None, 0
                level = None if own is None else _value(own, "ilvl")
                return number_id, _depth(level or _value(found, "ilvl") or self._level_of_style(number_id, inherited))
            inherited = _value(self._styles[inherited], "basedOn")
        return None, 0

    def _level_of_style(self, number_id: str, style: str) -> str:
        levels = self._levels(number_id)
        return str(next((depth for depth, level in levels.items() if level.style == style), 0))

    def _levels(self, number_id: str) -> dict[int, _Level]:
        abstract = self._abstract_of.get(number_id, "")
        levels = self._abstract.get(abstract, {})
        if not levels and (link := self._links.get(abstract)) and link in self._styles:
            linked = _value(self._styles[link].find(f"{W}pPr/{W}numPr"), "numId") or ""
            levels = self._abstract.get(self._abstract_of.get(linked, ""), {})
        return levels | self._overrides.get(number_id, {})

    def _advance(self, number_id: str, level: int, levels: dict[int, _Level]) -> list[int]:
        """Count one paragraph; lists of the same abstract list go on from each other unless a start is overridden."""
        counters = self._counters.setdefault(self._abstract_of[number_id], _Counters())
        starts = {depth: form.start for depth, form in levels.items()} | self._starts.get(number_id, {})
        if number_id not in counters.used_numbers:
            counters.used_numbers.add(number_id)
            for depth in self._starts.get(number_id, {}):
                counters.values[depth] = None
        for depth in range(level):
            if counters.values[depth] is None:
                counters.values[depth] = starts.get(depth, 1)
        shown = counters.values[level]
        counters.values[level] = starts.get(level, 1) if shown is None else shown + 1
        for depth in range(level + 1, _LEVELS):
            restart = levels[depth].restart if depth in levels else None
            if restart is None or (restart and level < restart):
                counters.values[depth] = None
        return [value if value is not None else 0 for value in counters.values]


def _read_level(level: "etree._Element") -> tuple[int, _Level]:
    restart = _value(level, "lvlRestart")
    legal = level.find(f"{W}isLgl")
    return _depth(level.get(f"{W}ilvl")), _Level(
        start=_whole(_value(level, "start"), 0 if level.find(f"{W}start") is None else 1),
        format=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText") or "",
        restart=None if restart is None else _whole(restart, 0),
        decimal_only=legal is not None and legal.get(f"{W}val") not in ("0", "false"),
        style=_value(level, "pStyle") or "",
    )


def _worded(value: int, form: str) -> str:
    match form:
        case "none":
            return ""
        case "upperRoman":
            return _roman(value).upper()
        case "lowerRoman":
            return _roman(value)
        case "upperLetter":
            return _lettered(value, "abcdefghijklmnopqrstuvwxyz").upper()
        case "lowerLetter":
            return _lettered(value, "abcdefghijklmnopqrstuvwxyz")
        case "russianUpper":
            return _lettered(value, _RUSSIAN).upper()
        case "russianLower":
            return _lettered(value, _RUSSIAN)
        case "decimalZero":
            return f"{value:02}"
        case _:
            return str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    letters = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        letters += sign * count
    return letters


def _lettered(value: int, alphabet: str) -> str:
    """Past the alphabet Word doubles the letter: «я», «аа», «бб»."""
    if value < 1:
        return str(value)
    repeats, index = divmod(value - 1, len(alphabet))
    return alphabet[index] * min(repeats + 1, 9)


def _value(element: "etree._Element | None", child: str) -> str | None:
    found = None if element is None else element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,8}", text) else default


def _depth(text: str | None) -> int:
    return min(max(_whole(text, 0), 0), _LEVELS - 1)
