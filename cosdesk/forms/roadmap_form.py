"""The layouts of a roadmap: one file in ``forms/roadmaps`` each.

The same form drives recognition of an incoming document, the editor's columns and the
printed page.
"""

import re
from contextlib import suppress
from functools import cache
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.roadmap import ItemKind, Part, StampKind
from cosdesk.forms.reading import FormError, FormTable, form_source, parse_form_table
from cosdesk.paths import forms_folder, user_data_folder

ITEM_FIELDS = ("number", "title", "start", "end", "term", "responsible", "controller", "expected", "note")
INDICATOR_FIELDS = (
    "number", "title", "type", "unit", "territory", "baseline", "baseline_on", "target", "targets", "total",
)
HEAPED_FIELDS = ("indicator", "target", "activities", "term_and_responsible")
FIELD_LABELS = {
    "number": "№ п/п",
    "title": "Наименование",
    "start": "Начало",
    "end": "Окончание",
    "term": "Срок",
    "responsible": "Ответственный исполнитель",
    "controller": "Контролирующее лицо",
    "expected": "Документ, результат",
    "note": "Примечание",
    "type": "Тип показателя",
    "unit": "Единица измерения",
    "territory": "Территория",
    "baseline": "Базовое значение",
    "baseline_on": "Дата базового значения",
    "target": "Плановое значение",
    "targets": "Значения по годам",
    "total": "ИТОГО",
    "indicator": "Показатель",
    "activities": "Мероприятия",
    "term_and_responsible": "Сроки и ответственный",
}


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A printed column.

    ``field`` is one of ``ITEM_FIELDS``, ``INDICATOR_FIELDS`` or ``HEAPED_FIELDS``; ``targets`` stands
    for one column per year of the plan.  ``group`` is the heading above it, shared by
    neighbours.  ``width`` is a share of the page's width (all are summed and scaled);
    ``aliases`` are other headings by which an incoming column is known.
    """

    field: str
    heading: str
    group: str = ""
    width: float = 1.0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPart:
    """A table of the roadmap.

    ``layout``: ``rows`` (a row an item or indicator), ``bands`` (an indicator's name over the
    whole width, then a row of its territory), ``heaped`` (a row an indicator; its activities
    and their terms heaped in cells).  ``number_row`` prints 1, 2, 3… under the head;
    ``head_row`` False prints no head at all; ``page_break`` starts the part on a new page;
    ``number_suffix`` stands in this part for the form's; ``annex`` is printed top right above the
    heading («ПРИЛОЖЕНИЕ…»), its lines as given.
    """

    part: Part
    layout: str
    columns: tuple[FormColumn, ...]
    number_suffix: str = ""
    annex: str = ""
    heading: str = ""
    goal_label: str = ""
    number_row: bool = False
    head_row: bool = True
    sections: bool = False
    page_break: bool = False
    default_kind: ItemKind = ItemKind.ACTIVITY
    top_kind: ItemKind = ItemKind.ACTIVITY


@dataclass(frozen=True, slots=True)
class FormStamp:
    kind: StampKind
    heading: str
    side: str


@dataclass(frozen=True, slots=True)
class RoadmapForm:
    """``numbering`` is ``levels`` (1, 1.1, 1.1.1) or ``sections`` (within each section) or ``flat``;
    ``number_suffix`` is printed after a number («1.»)."""

    id: str
    title: str
    description: str
    orientation: str
    numbering: str
    number_suffix: str
    default_title: str
    stamps: tuple[FormStamp, ...]
    parts: tuple[FormPart, ...]

    def part(self, part: Part) -> FormPart | None:
        return next((p for p in self.parts if p.part is part), None)

    @property
    def plan(self) -> FormPart:
        """The part that holds the rows of the plan; every form has one."""
        return next(p for p in self.parts if p.part is Part.PLAN)


_FULLEST = "three-part"
_FIELDS_BY_LAYOUT = {"heaped": HEAPED_FIELDS, "bands": INDICATOR_FIELDS}


def read_roadmap_form(path: Path) -> RoadmapForm:
    """One form file; ``FormError`` names file, line and reason."""
    return parse_roadmap_form(form_source(path), path)


def parse_roadmap_form(source: str, path: Path) -> RoadmapForm:
    """The form of that text; ``FormError`` names line and reason, ``path`` the file in it."""
    table = parse_form_table(source, path)
    form = RoadmapForm(
        id=table.text("id"),
        title=table.text("title"),
        description=table.text("description", ""),
        orientation=table.text("orientation", "landscape", ("landscape", "portrait")),
        numbering=table.text("numbering", "levels", ("levels", "sections", "flat")),
        number_suffix=table.text("number_suffix", ""),
        default_title=table.text("default_title", ""),
        stamps=tuple(_read_stamp(stamp) for stamp in table.tables("stamp")),
        parts=tuple(_read_part(part) for part in table.tables("part")),
    )
    table.finish()
    if not any(part.part is Part.PLAN for part in form.parts):
        raise table.fault("part", "нет части с part = \"plan\"")
    return form


def _read_stamp(table: FormTable) -> FormStamp:
    stamp = FormStamp(
        StampKind(table.text("kind", choices=[kind.value for kind in StampKind])),
        table.text("heading"),
        table.text("side", "right", ("left", "right")),
    )
    table.finish()
    return stamp


def _read_part(table: FormTable) -> FormPart:
    part = Part(table.text("part", choices=[part.value for part in Part]))
    layout = table.text("layout", "rows", ("rows", "bands", "heaped"))
    plain = INDICATOR_FIELDS if part is Part.INDICATORS else ITEM_FIELDS
    fields = _FIELDS_BY_LAYOUT.get(layout, plain)
    kinds = [kind.value for kind in ItemKind]
    form_part = FormPart(
        part=part,
        layout=layout,
        columns=tuple(_read_column(column, fields) for column in table.tables("column")),
        number_suffix=table.text("number_suffix", ""),
        annex=table.text("annex", ""),
        heading=table.text("heading", ""),
        goal_label=table.text("goal_label", ""),
        number_row=table.flag("number_row"),
        head_row=table.flag("head_row", True),
        sections=table.flag("sections"),
        page_break=table.flag("page_break"),
        default_kind=ItemKind(table.text("default_kind", "activity", kinds)),
        top_kind=ItemKind(table.text("top_kind", "activity", kinds)),
    )
    table.finish()
    if not form_part.columns:
        raise table.fault("part", "нет ни одной колонки")
    return form_part


def _read_column(table: FormTable, fields: tuple[str, ...]) -> FormColumn:
    column = FormColumn(
        table.text("field", choices=fields),
        table.text("heading", ""),
        table.text("group", ""),
        table.number("width", 1.0, 0.05, 100),
        table.texts("aliases"),
    )
    table.finish()
    return column


@cache
def roadmap_forms() -> dict[str, RoadmapForm]:
    """Every usable form by id: the built-in ones and, over them, the user's own.

    One of the user's own that is wrong stays out; ``form_library`` tells its fault.
    """
    built_in = [read_roadmap_form(path) for path in sorted((forms_folder() / "roadmaps").glob("*.toml"))]
    forms = {form.id: form for form in built_in}
    for path in sorted((user_data_folder() / "forms" / "roadmaps").glob("*.toml")):
        with suppress(FormError):
            form = read_roadmap_form(path)
            forms[form.id] = form
    return forms


def roadmap_form(form_id: str) -> RoadmapForm:
    """The form in which a roadmap kept in that one is shown.

    A district's file may come from a computer with forms of its own.  Where the form is not at hand, the one
    that it was copied from serves («sections» for «sections-2»), else the one with the most parts: the answer's
    ``id`` is another then.
    """
    forms = roadmap_forms()
    known = (form_id, re.sub(r"-\d+$", "", form_id), _FULLEST)
    return next(forms[each] for each in known if each in forms)
