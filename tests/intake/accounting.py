"""The law of intake, counted apart from the program: every cell of a source is found in the draft or listed."""

import re
from collections.abc import Iterator

from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item
from cosdesk.intake.draft import Draft, RowReading, RowRole, TableReading
from cosdesk.intake.grid import Grid, Outline, Paragraph

# A line to be signed or dated by hand holds nothing to keep, nor does the word before a person or a goal.
BY_HAND = re.compile(r"\s*|(?=.*_)[\s_«»\"]*(20[\d_]*\s*г\.?)?")
TAGS = re.compile(r"</?[a-z]+\b[^<>]*>|\[bookmark:[^\]]*\]")
LABEL = re.compile(r"\s*(Ответственный|(1\. )?Цел[ьи]( и задачи)?):")


def lost(outline: Outline, draft: Draft) -> list[str]:
    """Places and lines of the source that are nowhere in the draft."""
    return [*_lost_paragraphs(outline, draft), *_lost_cells(outline, draft)]


def _lost_paragraphs(outline: Outline, draft: Draft) -> Iterator[str]:
    kept = _letters(" ".join([_around(draft), *_headings(draft)]))
    for block in outline.blocks:
        if not isinstance(block, Paragraph) or BY_HAND.fullmatch(block.text):
            continue
        if _letters(LABEL.sub("", block.text)) not in kept + _unplaced(draft, block.place):
            yield f"{block.place}: {block.text}"


def _lost_cells(outline: Outline, draft: Draft) -> Iterator[str]:
    readings: dict[tuple[int, int], tuple[TableReading, RowReading]] = {}
    for table in draft.tables:
        readings |= {(table.grid, row.row): (table, row) for row in table.rows}
    kept = ""
    for number, grid in enumerate(outline.grids):
        for row in range(len(grid.rows)):
            _, reading = readings[number, row]
            if reading.role in (RowRole.HEADING, RowRole.COLUMN_NUMBERS, RowRole.BLANK):
                continue
            if reading.role is not RowRole.CONTINUATION:
                kept = _kept_by(draft, reading)
            yield from _lost_of_row(grid, row, kept, draft)


def _lost_of_row(grid: Grid, row: int, kept: str, draft: Draft) -> Iterator[str]:
    for column, cell in enumerate(grid.rows[row]):
        place = grid.place(row, column)
        for line in TAGS.sub("\n", f"{cell.number} {cell.text}").splitlines():
            line = LABEL.sub("", line)
            if _letters(line) not in kept + _unplaced(draft, place) and not BY_HAND.fullmatch(line):
                yield f"{place}: {line}"


def _kept_by(draft: Draft, reading: RowReading) -> str:
    contents = draft.contents
    if reading.role in (RowRole.PREFACE, RowRole.SECTION, RowRole.UNPLACED):
        return _letters(_around(draft))
    items = [item for item in contents.items if item.id in reading.item_ids]
    indicators = [indicator for indicator in contents.indicators if indicator.id in reading.indicator_ids]
    return _letters(" | ".join([*map(_item, items), *map(_indicator, indicators)]))


def _item(item: Item) -> str:
    term = item.term
    fields = [item.number, item.title, term.wording, term.start, term.end, *item.responsible, *item.controller]
    return " ".join([*fields, item.expected, item.note])


def _indicator(indicator: Indicator) -> str:
    day = indicator.baseline_on
    fields = [indicator.number, indicator.title, indicator.type, indicator.unit, indicator.territory]
    values = [str(value) for value in (indicator.baseline, indicator.total) if value is not None]
    targets = [f"{target.period} {target.value} {target.text}" for target in indicator.targets]
    return " ".join([*fields, *values, *targets, f"{day:%d.%m.%Y}" if day else ""])


def _around(draft: Draft) -> str:
    contents = draft.contents
    roadmap = contents.roadmap
    stamps = (
        f"{stamp.heading} {stamp.position} {stamp.act} {f'{stamp.on:%d.%m.%Y}' if stamp.on else ''} {stamp.name}"
        for stamp in contents.stamps
    )
    sections = (f"{section.number} {section.title}" for section in contents.sections)
    return " | ".join([roadmap.title, roadmap.goal, *stamps, *sections])


def _headings(draft: Draft) -> Iterator[str]:
    """What the form itself prints again."""
    for part in draft.form.parts:
        yield part.heading
        yield part.annex.replace("{project}", draft.contents.roadmap.project)


def _unplaced(draft: Draft, place: str) -> str:
    return _letters(" ".join(piece.text for piece in draft.contents.unplaced if piece.place == place))


def _letters(text: str) -> str:
    """Letters and digits alone: blanks, dashes and marks of lists may differ."""
    return re.sub(r"[\W_]+", "", text).lower()
