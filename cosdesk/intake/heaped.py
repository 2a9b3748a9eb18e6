"""Tables where a row is an indicator and its activities with their terms are heaped in two cells."""

import re
from collections.abc import Sequence
from dataclasses import field, replace

from cosdesk.dataclass import dataclass
from cosdesk.domain.indicator import Indicator, Target, direction_of
from cosdesk.domain.roadmap import Item, ItemKind, Term
from cosdesk.domain.terms.targets import read_planned
from cosdesk.intake.draft import Gathered, Ref, RowReading, RowRole
from cosdesk.intake.front import numbered_heading
from cosdesk.intake.grid import Cell, Grid
from cosdesk.intake.headings import Heading
from cosdesk.intake.plan import warn_of_tags, warn_of_term
from cosdesk.intake.rows import plain_number
from cosdesk.intake.values import cleaned, is_dash, is_plain, is_term, one_line, unit_named, unit_of, years_in

_NUMBERED_TITLE = re.compile(r"(\d{1,3})[.)]?\s*(?=[^\W\d])(.*)", re.DOTALL)
_MARKED = re.compile(r"[-–—•*]\s*(.*)|(\d{1,2}(?:\.\d{1,2})?)[.)]?\s*(?=[А-ЯЁA-Z])(.*)", re.DOTALL)
_RESPONSIBLE = re.compile(r"(?:ответственн(?:ый|ая|ые|ое лицо)|исполнитель)\s*[:–-]\s*(.*)", re.IGNORECASE | re.DOTALL)
_PERSON = re.compile(r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|\+?\d[\d\s()-]{8,}\d")


@dataclass(frozen=True, slots=True)
class _Activity:
    number: str
    title: str


@dataclass(slots=True)
class HeapedReader:
    """Reads one heaped grid into ``gathered``: an item for each indicator, its activities as its children."""

    gathered: Gathered
    grid: Grid
    number: int
    heading: Heading
    section_id: int | None = None
    readings: list[RowReading] = field(default_factory=list)
    tagged: list[int] = field(default_factory=list)
    _parent: Item | None = None

    def read(self, first: int) -> tuple[RowReading, ...]:
        """Every row of the grid from ``first``."""
        for row in range(first, len(self.grid.rows)):
            filled = [column for column, cell in enumerate(self.grid.rows[row]) if not cell.blank]
            if not filled:
                self.readings.append(RowReading(row, RowRole.BLANK))
            elif len(filled) == 1 and self.grid.rows[row][filled[0]].columns >= self.grid.width > 1:
                self._read_band(row, Ref(self.number, row, filled[0]))
            else:
                self._read_row(row)
        warn_of_tags(self.gathered, self.grid, self.tagged)
        return tuple(self.readings)

    def _read_band(self, row: int, ref: Ref) -> None:
        """A section; what closes the table is none."""
        text = cleaned(self.grid.rows[row][ref.column].shown)[0]
        last = row == len(self.grid.rows) - 1
        self.readings.append(RowReading(row, RowRole.UNPLACED if last else RowRole.SECTION))
        if not last:
            self.section_id = self.gathered.add_section(*numbered_heading(text), self.heading.part.part)
            self.gathered.ledger.place(ref)
            self._parent = None

    def _read_row(self, row: int) -> None:
        first_item, first_indicator = self.gathered.next_item(), self.gathered.next_indicator()
        title = one_line(self._text(row, "indicator"))
        if title:
            self._add_parent(row, title)
        if not self._parent:
            self.readings.append(RowReading(row, RowRole.UNPLACED))
            return
        self._add_activities(row, self._parent)
        for column, cell in enumerate(self.grid.rows[row]):
            role = self.heading.roles[column]
            if not cell.blank and role not in (None, "target") and (title or role != "number"):
                self.gathered.ledger.place(Ref(self.number, row, column))
        items = tuple(dict.fromkeys([self._parent.id, *range(first_item, self.gathered.next_item())]))
        indicators = tuple(range(first_indicator, self.gathered.next_indicator()))
        self.readings.append(RowReading(row, RowRole.ITEM, items, indicators))

    def _text(self, row: int, role: str) -> str:
        texts = []
        for column in self._columns(role):
            text, tags = cleaned(self.grid.rows[row][column].shown)
            if tags:
                self.tagged.append(row)
            texts.append(text)
        return "\n".join(text for text in texts if text and not is_dash(text))

    def _columns(self, role: str) -> list[int]:
        return [column for column, known in enumerate(self.heading.roles) if known == role]

    def _add_parent(self, row: int, title: str) -> None:
        number = plain_number(self._text(row, "number"))
        if not number and (found := _NUMBERED_TITLE.fullmatch(title)):
            number, title = found[1], found[2]
        source = " | ".join(one_line(cell.text) for cell in self.grid.rows[row] if cell.text)
        section = self.section_id
        kind = ItemKind.INDICATOR
        self._parent = Item(
            self.gathered.next_item(), kind, title, number, section_id=section, source_text=cleaned(source)[0]
        )
        self.gathered.items.append(self._parent)
        targets, unit = self._targets(row)
        self.gathered.indicators.append(
            Indicator(
                id=self.gathered.next_indicator(),
                title=title,
                number=number,
                unit=unit_of(title, [unit]),
                targets=targets,
                direction=direction_of(targets),
                item_id=self._parent.id,
                source_text=self._parent.source_text,
            )
        )

    def _targets(self, row: int) -> tuple[tuple[Target, ...], str]:
        """The target of the plan's only year; of the last one where the plan has more."""
        targets: list[Target] = []
        unit = ""
        for column in self._columns("target"):
            cell: Cell = self.grid.rows[row][column]
            text = one_line(cell.text)
            if not text or is_dash(text):
                self.gathered.ledger.place(Ref(self.number, row, column))
                continue
            found, years, place = read_planned(text), self.gathered.years, self.grid.place(row, column)
            if found is None:
                self.gathered.warn(place, f"«{text}» – не число, значение не размещено.")
            elif years is None:
                self.gathered.warn(place, f"Не понятно, к какому году относится «{text}». Укажите годы плана.")
            else:
                targets.append(found.target(str(years[1]), "" if is_plain(text) else text))
                unit = unit_named(found.unit) if found.unit else ""
                self.gathered.ledger.place(Ref(self.number, row, column))
        return tuple(targets), unit

    def _add_activities(self, row: int, parent: Item) -> None:
        lines = self._text(row, "activities").splitlines()
        trailing = _trailing_terms(lines)
        activities = _activities(lines[: len(lines) - len(trailing)])
        cell = self._text(row, "term_and_responsible").splitlines()
        terms, responsible = _terms_and_people([*trailing, *cell])
        people = (*responsible, *self._text(row, "responsible").splitlines())
        if len(terms) in (0, 1, len(activities)):
            shared = terms * len(activities) if len(terms) == 1 else terms or [""] * len(activities)
        else:
            shared = [""] * len(activities)
            self.gathered.warn(
                self.grid.place(row),
                f"Сроков {len(terms)}, а мероприятий {len(activities)}: сроки оставлены у показателя. Распределите их.",
            )
        if not activities or not any(shared):
            self._change_parent(parent, "\n".join(terms), people if not activities else ())
        for wording in dict.fromkeys(terms):
            warn_of_term(self.gathered, self.grid.place(row), Term(wording))
        for activity, wording in zip(activities, shared, strict=True):
            self.gathered.items.append(
                Item(
                    id=self.gathered.next_item(),
                    kind=ItemKind.ACTIVITY,
                    title=activity.title,
                    number=activity.number,
                    parent_id=parent.id,
                    section_id=self.section_id,
                    term=Term(wording),
                    responsible=people,
                    source_text=activity.title,
                )
            )

    def _change_parent(self, parent: Item, wording: str, people: tuple[str, ...]) -> None:
        joined = "\n".join(text for text in (parent.term.wording, wording) if text)
        self._parent = replace(parent, term=Term(joined), responsible=parent.responsible + people)
        self.gathered.items[parent.id - 1] = self._parent


def _trailing_terms(lines: Sequence[str]) -> list[str]:
    """Lines at the end of the activities that only name terms: their cell was lost, they belong to the next one."""
    count = 0
    for line in reversed(lines):
        if not is_term(line):
            break
        count += 1
    return list(lines[len(lines) - count :]) if count < len(lines) else []


def _activities(lines: Sequence[str]) -> list[_Activity]:
    """An activity begins with a dash, a number or, where no line has either, on each line with a capital."""
    marked = any(_MARKED.fullmatch(line) for line in lines)
    found: list[_Activity] = []
    for line in lines:
        mark = _MARKED.fullmatch(line)
        if mark and mark[1] is not None:
            found.append(_Activity("", one_line(mark[1])))
        elif mark:
            found.append(_Activity(mark[2], one_line(mark[3])))
        elif not found or (not marked and line[0].isupper()):
            found.append(_Activity("", one_line(line)))
        else:
            found[-1] = _Activity(found[-1].number, f"{found[-1].title} {one_line(line)}")
    return found


def _terms_and_people(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Terms and people of a cell that holds both; a line that is neither goes on the term before it."""
    terms: list[str] = []
    people: list[str] = []
    for line in map(one_line, lines):
        if found := _RESPONSIBLE.fullmatch(line):
            people.append(found[1])
        elif people or (_PERSON.search(line) and not is_term(line)):
            people.append(line)
        elif not terms or is_term(line) or not line[0].islower():
            terms.append(line)
        else:
            terms[-1] = f"{terms[-1]} {line}"
    return terms, [person for person in people if person]


def looks_heaped(grid: Grid) -> bool:
    """A table without a head whose rows are «1. Доля…», an amount, activities, a term."""
    rows = [row for row in grid.rows if any(not cell.blank for cell in row)]
    if not 3 <= grid.width <= 5 or not rows:
        return False
    fitting = sum(1 for row in rows if len(row[0].text) > 25 and read_planned(row[1].text) and len(row[2].text) > 15)
    return fitting * 3 >= len(rows) * 2


def heaped_years(grid: Grid) -> list[int]:
    """The years that the terms of a heaped table name."""
    return [year for row in grid.rows for cell in row[2:] for year in years_in(cell.text)]
