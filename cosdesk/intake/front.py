"""What stands around the tables: stamps, the title, the goal, headings of parts and sections."""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date

from rapidfuzz.fuzz import ratio

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import Stamp, StampKind
from cosdesk.forms.roadmap_form import FormPart
from cosdesk.intake.draft import Gathered, Ref
from cosdesk.intake.grid import Grid, Paragraph, Side
from cosdesk.intake.headings import normal
from cosdesk.intake.values import cleaned, day_in, one_line, without_day

_APPROVED = re.compile(r"утвержда(ю|ем)|утвержд[её]н(а|о|ы)?", re.IGNORECASE)
_AGREED = re.compile(r"согласован(о|а|ы)?|согласовываю", re.IGNORECASE)
_ACT = re.compile(r"(постановлени|распоряжени|приказ|решени|протокол)", re.IGNORECASE)
_NAME = re.compile(
    r"[_\s./]*(?:[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
    r"|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?)[_\s./]*"
)
_NAME_AT_END = re.compile(r"(.*\S)[\s_]{2,}([А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?\s?[А-ЯЁ][а-яё-]+)", re.DOTALL)
# «____», «"__" ______ 20__ г.», «(подпись)», «М.П.»: places to be filled by hand.
_BY_HAND = re.compile(
    r"(?=.*[_«\"“])[\s_\"«»“”.,/-]*(?:20[\d_]*\s*г?(?:ода)?\.?)?|м\.\s?п\.?|\(?подпись\)?|\(ф\.?и\.?о\.?\)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(план|дорожная\s+карта|проект|программа|комплекс\s+мер|график|перечень\s+мероприятий)\b|мероприятий\s+\(",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(r"(приложение|к\s|от\s+[«\"\d]|принят|рассмотрен|исполнитель)", re.IGNORECASE)
_GOAL = re.compile(
    r"(?:\d+\.\s*)?(?:цел[ьи](?:\s+и\s+задачи)?|задачи)"
    r"(?:\s+(?:плана|проекта|дорожной карты|программы))?\s*[:.–-]\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(
    r"((?:направление|раздел|блок|модуль|этап|часть|задача)\s*(?:№\s*)?(?:\d+|[IVX]+)(?!\d))\s*[.:)–—-]*\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"(\d+|[IVX]+)\s*[.)]\s*([^\d\s].*)", re.DOTALL)
_STAMP_LINES = 10
_TITLE_LINES = 8
_LONGEST_TITLE_LINE = 300
_SAME_HEADING = 84


@dataclass(frozen=True, slots=True)
class Line:
    """A line outside a table's rows: of a paragraph, or of a cell above a head or in a table of mere layout."""

    text: str
    ref: Ref
    side: Side = ""


@dataclass(slots=True)
class Front:
    """Reads runs of lines; remembers the heading of the part and section that the next table belongs to."""

    gathered: Gathered
    tables_seen: bool = False
    title_open: bool = True
    part: FormPart | None = None
    part_heading: Line | None = None
    section_heading: Line | None = None
    """Headings wait for their table: they are placed when it makes a section of them."""
    _goal_open: bool = field(default=False)

    def read(self, lines: Sequence[Line]) -> None:
        position = 0
        while position < len(lines):
            position += self._read_one(lines, position)
        if self.gathered.title:
            self.title_open = False

    def _read_one(self, lines: Sequence[Line], position: int) -> int:
        """How many lines were read; a line that is nothing known stays unplaced."""
        line = lines[position]
        text = cleaned(one_line(line.text))[0]
        if stamp_kind(text):
            return read_stamp(self.gathered, lines[position:])
        if self._is_annex(text) or (self.tables_seen and normal(text) == "лист согласования"):
            self.gathered.ledger.place(line.ref)
        elif self._is_part_heading(text, line):
            self.title_open = self.title_open and not self.gathered.title
        elif goal := _GOAL.fullmatch(text):
            self._read_goal(goal[1], text, line)
        elif self._goal_open:
            self._read_goal(text, "", line)
        elif section_heading(text) and (self.tables_seen or self.gathered.title):
            self._forget(self.section_heading)
            self.section_heading = replace(line, text=text)
        elif self.title_open and not self.tables_seen and self._is_title(text):
            self.gathered.title.append(text)
            self.gathered.ledger.place(line.ref)
        else:
            self.gathered.ledger.leave(line.ref, line.text)
        return 1

    def close(self) -> None:
        """Headings that no table came to are told as unplaced."""
        self._forget(self.section_heading)
        self._forget(self.part_heading)

    def _forget(self, heading: Line | None) -> None:
        if heading and heading.ref not in self.gathered.ledger.placed:
            self.gathered.ledger.leave(heading.ref, heading.text)

    def _read_goal(self, goal: str, whole: str, line: Line) -> None:
        """A label alone says that the next line is the goal; of «Задачи:» after «Цель:» the label is kept."""
        self._goal_open = not goal
        self.title_open = False
        if goal:
            self.gathered.goal.append(whole if self.gathered.goal and whole else goal)
        self.gathered.ledger.place(line.ref)

    def _is_title(self, text: str) -> bool:
        title = self.gathered.title
        if len(text) > _LONGEST_TITLE_LINE or len(title) >= _TITLE_LINES or _NOT_TITLE.match(text):
            return False
        return bool(title) or _TITLE.search(text) is not None

    def _is_annex(self, text: str) -> bool:
        """A line that the form itself prints above an annex."""
        project = project_of(" ".join(self.gathered.title))
        printed = (line for part in self.gathered.form.parts for line in part.annex.splitlines())
        return self.tables_seen and any(normal(text) == normal(line.replace("{project}", project)) for line in printed)

    def _is_part_heading(self, text: str, line: Line) -> bool:
        for part in self.gathered.form.parts:
            first = part.heading[:1].isdigit() and not self.gathered.title and not self.tables_seen
            # «План мероприятий (дорожная карта)» over the whole document is its title, with a number a part's heading.
            if part.heading and _same_heading(text, part.heading) and not (first and not text[:1].isdigit()):
                self.close()
                self.part, self.part_heading = part, replace(line, text=text)
                self.section_heading = None
                if normal(text) == normal(part.heading):
                    self.gathered.ledger.place(line.ref)
                return True
        return False


def _same_heading(text: str, heading: str) -> bool:
    return float(ratio(normal(text), normal(heading))) >= _SAME_HEADING


def section_heading(text: str) -> tuple[str, str] | None:
    """Number and title of «Направление 1. Развитие…»; the number keeps its word. None of any other line."""
    found = _SECTION.fullmatch(one_line(text))
    return (found[1], found[2]) if found and found[2] else None


def numbered_heading(text: str) -> tuple[str, str]:
    """Number and title of a heading: «Направление 1. …», «5. …»; without a number all is the title."""
    text = one_line(text)
    if found := section_heading(text):
        return found
    numbered = _NUMBERED.fullmatch(text)
    return (numbered[1], numbered[2]) if numbered else ("", text)


def paragraph_line(paragraph: Paragraph, block: int) -> Line:
    return Line(f"{paragraph.number} {paragraph.text}".strip(), Ref(-1, block, 0), paragraph.side)


def grid_lines(grid: Grid, number: int, rows: Sequence[int]) -> list[Line]:
    """The lines of some rows of a grid: column by column where a stamp stands in them, else row by row."""
    cells = [
        (column, row, grid.rows[row][column])
        for row in rows
        for column in range(grid.width)
        if not grid.rows[row][column].blank
    ]
    has_stamp = any(stamp_kind(line) for _, _, cell in cells for line in cell.shown.splitlines())
    ordered = sorted(cells, key=lambda cell: cell[:2]) if has_stamp else cells
    lines = []
    for column, row, cell in ordered:
        side: Side = ""
        if cell.columns < grid.width:
            side = "left" if column * 2 + cell.columns <= grid.width else "right"
        lines += [Line(text, Ref(number, row, column), side) for text in cell.shown.splitlines()]
    return lines


def stamp_kind(text: str) -> StampKind | None:
    """The kind of stamp that a line begins."""
    words = one_line(text).strip('«»" :')
    first = words.split(" ")[0].rstrip(":")
    if _APPROVED.fullmatch(first) and (first.isupper() or words == first):
        return StampKind.APPROVED
    if _AGREED.fullmatch(first) and (first.isupper() or words == first):
        return StampKind.AGREED
    return None


def read_stamp(gathered: Gathered, lines: Sequence[Line]) -> int:
    """One stamp from the top of some lines; how many lines it took."""
    kind = stamp_kind(lines[0].text)
    assert kind is not None
    heading, rest = _heading_and_rest(one_line(lines[0].text))
    taken = 1 + _stamp_length(lines, rest)
    texts = [text for text in (rest, *(one_line(line.text) for line in lines[1:taken])) if text]
    position: list[str] = []
    name, on = "", None
    for text in texts:
        if _BY_HAND.fullmatch(text):
            continue
        if _NAME.fullmatch(text):
            name = text.strip(" _./") + ("." if text.rstrip(" _/").endswith(".") else "")
            continue
        if found := _NAME_AT_END.fullmatch(text):
            text, name = found[1].rstrip(" _"), found[2]
        if (day := day_in(text)) and not _ACT.search(" ".join([*position, text])):
            on, text = day, without_day(text)
        if text:
            position.append(text)
    side = _side(lines[0], kind)
    gathered.stamps.append(_stamp(len(gathered.stamps) + 1, kind, heading, " ".join(position), name, on, side))
    gathered.ledger.place(*(line.ref for line in lines[:taken]))
    return taken


def _stamp(number: int, kind: StampKind, heading: str, position: str, name: str, on: date | None, side: str) -> Stamp:
    if _ACT.match(position):
        return Stamp(number, kind, heading, "", name, day_in(position), position, side)
    return Stamp(number, kind, heading, position, name, on, "", side)


def _heading_and_rest(text: str) -> tuple[str, str]:
    heading, _, rest = text.strip('«»"').partition(" ")
    return heading.rstrip(':»"'), rest.strip()


def _side(line: Line, kind: StampKind) -> str:
    if line.side in ("left", "right"):
        return line.side
    return "left" if kind is StampKind.AGREED else "right"


def _stamp_length(lines: Sequence[Line], rest: str) -> int:
    """How many lines after the first belong to the stamp: up to the name or date that closes it, or the title."""
    first = lines[0]
    named = dated = False
    for count, line in enumerate(lines[1 : _STAMP_LINES + 1]):
        text = one_line(line.text)
        by_hand = _BY_HAND.fullmatch(text) is not None
        if stamp_kind(text) or line.side != first.side:
            return count
        if named and not by_hand and not (day_in(text) and len(without_day(text)) < 4):
            return count
        if not by_hand and (dated or _begins_title(text)):
            return count
        named = named or _NAME.fullmatch(text) is not None or _NAME_AT_END.fullmatch(text) is not None
        dated = dated or day_in(text) is not None
    return min(len(lines) - 1, _STAMP_LINES)


def _begins_title(text: str) -> bool:
    """A title begins in capitals or with its own word: «ПЛАН МЕРОПРИЯТИЙ», «Дорожная карта»."""
    found = _TITLE.search(text)
    return found is not None and (text.isupper() or found.start() == 0 or text[: found.start()].istitle())


def project_of(title: str) -> str:
    """The project that a title names in quotes: «… регионального проекта «Цифровая образовательная среда»»."""
    found = re.search(r"проекта?\s+[«\"]([^»\"]+)[»\"]", one_line(title), re.IGNORECASE)
    return found[1] if found else ""
