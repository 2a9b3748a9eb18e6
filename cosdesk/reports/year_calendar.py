"""The year's calendar as a document: rows by months, with what was done, is due and is late."""

from cosdesk.domain.district import Snapshot
from cosdesk.domain.execution import Status
from cosdesk.domain.roadmap import ItemKind
from cosdesk.domain.state import item_states
from cosdesk.domain.year_calendar import Mark, month_counts, row_marks
from cosdesk.reports.document import Align, Block, Cell, Column, Document, Format, Paragraph, Row, Table, Title
from cosdesk.reports.figures import chosen_roadmap
from cosdesk.reports.request import Request

_MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
# Letters, not colours: the calendar is printed in black and white.
_SIGNS = {Mark.NOTHING: "", Mark.OPEN: "–", Mark.DUE: "С", Mark.DONE: "И", Mark.OVERDUE: "П"}


def build_year_calendar(snapshot: Snapshot, request: Request) -> Document:
    """The calendar of the request's year, of today's year where it names none."""
    contents = chosen_roadmap(snapshot, request.roadmap_id)
    year = request.period.year if request.period else snapshot.today.year
    states = item_states(snapshot, contents)
    rows = []
    for item in contents.items:
        marks = row_marks(states[item.id], year)
        if item.kind is ItemKind.INDICATOR or not any(mark is not Mark.NOTHING for mark in marks):
            continue
        cells = [Cell(item.number), Cell(item.title), Cell("\n".join(item.responsible))]
        rows.append(Row((*cells, *(Cell(_SIGNS[mark]) for mark in marks)), id=f"item:{item.id}"))
    counts = month_counts((states[i.id] for i in contents.items if i.kind is not ItemKind.INDICATOR), year)
    late = sum(state.status is Status.OVERDUE for state in states.values())
    table = Table(
        name=f"Календарь {year}",
        columns=(
            Column("№ п/п", width=0.9),
            Column("Мероприятие", width=6),
            Column("Ответственный исполнитель", width=2.6),
            *(Column(name, width=0.75, align=Align.CENTER, format=Format.TEXT) for name in _MONTHS),
        ),
        rows=tuple(rows),
        empty=f"На {year} год сроков нет.",
    )
    summary = (
        f"Всего сроков в году: {sum(count.due for count in counts)}, исполнено: {sum(count.done for count in counts)};"
        f" строк с просроченным сроком: {late}."
    )
    blocks: list[Block] = [
        Title((f"Календарь исполнения дорожной карты на {year} год", snapshot.district.name)),
        Paragraph(summary),
        table,
        Paragraph("И – исполнено, С – месяц окончания срока, П – просрочено, – – срок идёт.", small=True, indent=False),
    ]
    name = f"Календарь {year} – {snapshot.district.name}"
    return Document(f"Календарь {year}", name, tuple(blocks), landscape=True)
