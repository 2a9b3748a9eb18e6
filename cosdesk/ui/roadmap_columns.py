"""The columns of the roadmap page: those of the roadmap's form, then status and documents; a cell's text both ways."""

from dataclasses import replace

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import Item, Term
from cosdesk.forms.roadmap_form import FIELD_LABELS, ITEM_FIELDS, RoadmapForm

STATUS = "status"
DOCUMENTS = "documents"

# Eight columns of the widest form fit beside the panel on a screen of 1366 pixels.
_MINIMUM = {
    "number": 60, "title": 156, "start": 88, "end": 88, "term": 110, "responsible": 112, "controller": 112,
    STATUS: 120, DOCUMENTS: 88,
}  # fmt: skip
_LEAST = 104
_SHARE = {STATUS: 1.3, DOCUMENTS: 1.4}
_HEAPED = (
    ("number", "№", 0.5),
    ("title", "Показатель, мероприятие", 4.0),
    ("term", "Срок", 1.5),
    ("responsible", "Ответственный", 1.8),
)
FIELD_TITLES = {
    "number": "номер",
    "title": "наименование",
    "start": "начало",
    "end": "окончание",
    "term": "срок",
    "responsible": "исполнитель",
    "controller": "контролирующее лицо",
    "expected": "документ, результат",
    "note": "примечание",
}
"""How an edit names a field: «Срок строки 1.2»."""


@dataclass(frozen=True, slots=True)
class PageColumn:
    """``heading`` as the form words it; ``tip`` has its group too; ``share`` of the width, ``minimum`` in pixels."""

    field: str
    heading: str
    tip: str
    share: float

    @property
    def minimum(self) -> int:
        return _MINIMUM.get(self.field, _LEAST)

    @property
    def editable(self) -> bool:
        return self.field in ITEM_FIELDS


def page_columns(form: RoadmapForm) -> tuple[PageColumn, ...]:
    """The plan's columns of that form, then «Статус» and «Документы»."""
    plan = form.plan
    if plan.layout == "heaped":
        columns = [PageColumn(field, heading, heading, share) for field, heading, share in _HEAPED]
    else:
        columns = []
        for column in plan.columns:
            heading = column.heading or FIELD_LABELS[column.field]
            heading = heading[:1].upper() + heading[1:]
            tip = f"{column.group}: {heading[:1].lower()}{heading[1:]}" if column.group else heading
            columns.append(PageColumn(column.field, heading, tip, column.width))
    status = PageColumn(STATUS, "Статус", "Статус на сегодня, по сроку и записям об исполнении", _SHARE[STATUS])
    documents = PageColumn(DOCUMENTS, "Документы", "Подтверждающие документы", _SHARE[DOCUMENTS])
    return (*columns, status, documents)


def cell_text(item: Item, field: str) -> str:
    """A field of a row as the cell shows and edits it; people one a line."""
    match field:
        case "term":
            return item.term.text
        case "start":
            return item.term.start
        case "end":
            # A term worded in one piece stands in the last of two columns, so that it is seen.
            return item.term.end or item.term.wording
        case "responsible" | "controller":
            return "\n".join(item.responsible if field == "responsible" else item.controller)
        case _:
            return str(getattr(item, field))


def with_cell(item: Item, field: str, text: str) -> Item:
    """The row with that text in that cell; blanks at the ends go, lines of people become people."""
    text = text.strip()
    match field:
        case "term":
            # A term kept in two cells stays so until it is worded otherwise.
            return item if text == item.term.text else replace(item, term=Term(text))
        case "start":
            return replace(item, term=Term("", text, item.term.end or item.term.wording))
        case "end":
            return replace(item, term=Term("", item.term.start, text))
        case "responsible":
            return replace(item, responsible=_lines(text))
        case "controller":
            return replace(item, controller=_lines(text))
        case "number":
            return replace(item, number=" ".join(text.split()))
        case "title":
            return replace(item, title=text)
        case "expected":
            return replace(item, expected=text)
        case "note":
            return replace(item, note=text)
    raise LookupError(f"no field {field}")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
