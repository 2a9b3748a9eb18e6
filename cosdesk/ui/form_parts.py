"""The parts of a form as its editor lists them: what each is called, which of its keys are shown, its columns."""

import re
from enum import Enum

from cosdesk.dataclass import dataclass
from cosdesk.form_library import FormKind
from cosdesk.forms.draft import FormDraft, Place
from cosdesk.forms.report_form import CHARTS
from cosdesk.forms.roadmap_form import HEAPED_FIELDS, INDICATOR_FIELDS, ITEM_FIELDS
from cosdesk.reports.analytical_tables import TABLE_FIELDS as REPORT_FIELDS
from cosdesk.reports.paper_tables import TABLE_FIELDS as PAPER_FIELDS
from cosdesk.ui.form_labels import PART_NAMES


class Shape(Enum):
    """How a key is typed: plain words, a wording, several wordings a line each, a long wording, yes or no,
    tables and charts to mark, one of the signers."""

    PLAIN = "plain"
    WORDING = "wording"
    LINES = "lines"
    TEXT = "text"
    FLAG = "flag"
    BLOCKS = "blocks"
    SIGNER = "signer"


@dataclass(frozen=True, slots=True)
class FormField:
    key: str
    shape: Shape
    default: bool = False


@dataclass(frozen=True, slots=True)
class FormPart:
    """``place`` is where it stands; ``array`` and ``number`` where it can be moved; ``switch``: may be switched off.

    ``column_fields`` are what its columns may show, None where it has none.
    """

    title: str
    place: Place
    fields: tuple[FormField, ...]
    array: str = ""
    number: int = 0
    switch: bool = False
    off: bool = False
    column_fields: tuple[str, ...] | None = None


_PLAIN, _WORDING, _LINES = Shape.PLAIN, Shape.WORDING, Shape.LINES
_HEADS = {
    FormKind.ROADMAP: (
        FormField("title", _PLAIN), FormField("description", _PLAIN), FormField("default_title", Shape.TEXT),
    ),
    FormKind.REPORT: (
        FormField("title", _PLAIN), FormField("title_lines", _LINES), FormField("as_of", _WORDING),
        FormField("file_name", _WORDING), FormField("annex_mark", _WORDING), FormField("annex_list", _WORDING),
        FormField("chart_title", _WORDING), FormField("chart_plan", _WORDING), FormField("chart_fact", _WORDING),
    ),
    FormKind.PAPER: (
        FormField("title", _PLAIN), FormField("purpose", _PLAIN), FormField("kind_line", _WORDING),
        FormField("title_lines", _LINES), FormField("addressee", _LINES), FormField("greeting", _WORDING),
        FormField("as_of", _WORDING), FormField("file_name", _WORDING), FormField("annex_list", _WORDING),
        FormField("signer", Shape.SIGNER),
    ),
}  # fmt: skip
_OPTIONAL = ("kind_line", "addressee", "greeting", "annex_list")
_SECTION = (FormField("heading", _PLAIN), FormField("text", Shape.TEXT), FormField("numbered", Shape.FLAG),
            FormField("blocks", Shape.BLOCKS))  # fmt: skip
_SUMMARY = (FormField("parameter", _PLAIN), FormField("count", _PLAIN), FormField("whole", _PLAIN),
            FormField("optional", Shape.FLAG))  # fmt: skip
_REPORT_ANNEX = (FormField("title", _WORDING), FormField("landscape", Shape.FLAG, True))
_PAPER_ANNEX = (
    FormField("mark", _LINES), FormField("title", _WORDING), FormField("text", Shape.TEXT),
    FormField("landscape", Shape.FLAG),
)  # fmt: skip
_TABLE = (FormField("name", _PLAIN), FormField("empty", _PLAIN), FormField("number_row", Shape.FLAG))
_ROADMAP_PART = (
    FormField("heading", _PLAIN), FormField("annex", _PLAIN), FormField("goal_label", _PLAIN),
    FormField("number_row", Shape.FLAG),
)  # fmt: skip
_MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\s+", re.DOTALL)


def form_parts(draft: FormDraft, kind: FormKind) -> tuple[FormPart, ...]:
    """The parts in the order of the form: the head, sections, annexes, tables; of a roadmap's form its parts."""
    head = tuple(field for field in _HEADS[kind] if field.key not in _OPTIONAL or draft.value(field.key) is not None)
    parts = [FormPart("Название и заголовок", (), head)]
    if kind is FormKind.ROADMAP:
        return (*parts, *(_roadmap_part(draft, number) for number in range(draft.count("part"))))
    for number in range(draft.count("section")):
        parts.append(_switched(draft, "section", number, _section_title(draft, number), _SECTION))
    annex_fields = _REPORT_ANNEX if kind is FormKind.REPORT else _PAPER_ANNEX
    for number in range(draft.count("annex")):
        title = _plain(draft.value("annex", number, "title"), "без названия")
        parts.append(_switched(draft, "annex", number, f"Приложение: {title}", annex_fields))
    known = REPORT_FIELDS if kind is FormKind.REPORT else PAPER_FIELDS
    for number in range(draft.count("table")):
        table_id, name = (str(draft.value("table", number, key) or "") for key in ("id", "name"))
        fields = known.get(table_id, ())
        parts.append(FormPart(f"Таблица: {name}", ("table", number), _TABLE, column_fields=("", *fields)))
        if table_id == "summary":
            parts.extend(_summary_row(draft, row) for row in range(draft.count("summary")))
    if phrases := draft.value("words"):
        parts.append(FormPart("Отдельные выражения", ("words",), tuple(FormField(key, _WORDING) for key in phrases)))
    return tuple(parts)


def block_names(draft: FormDraft, kind: FormKind) -> dict[str, str]:
    """What may stand under a section, by id: the form's own tables and the charts, in Russian."""
    entries = [draft.value("table", number) for number in range(draft.count("table"))]
    tables = {str(entry.get("id", "")): str(entry.get("name", "")) for entry in entries}
    known = REPORT_FIELDS if kind is FormKind.REPORT else {**PAPER_FIELDS, **REPORT_FIELDS}
    return {key: f"Таблица: {name}" for key, name in tables.items() if key in known} | CHARTS


def _summary_row(draft: FormDraft, number: int) -> FormPart:
    title = f"– {draft.value('summary', number, 'parameter')}"
    return FormPart(title, ("summary", number), _SUMMARY, "summary", number)


def _switched(draft: FormDraft, array: str, number: int, title: str, fields: tuple[FormField, ...]) -> FormPart:
    off = draft.value(array, number, "off") is True
    return FormPart(title, (array, number), fields, array, number, True, off)


def _section_title(draft: FormDraft, number: int) -> str:
    heading, text = draft.value("section", number, "heading"), draft.value("section", number, "text")
    return str(heading) if heading else _plain(text, "раздел без текста")


def _plain(text: object, empty: str) -> str:
    """The first words of a wording, without what stands in braces."""
    words = _MARKUP.sub(" ", str(text or "")).split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "") if words else empty


def _roadmap_part(draft: FormDraft, number: int) -> FormPart:
    name, layout = draft.value("part", number, "part"), draft.value("part", number, "layout")
    plain = INDICATOR_FIELDS if name == "indicators" else ITEM_FIELDS
    fields = {"heaped": HEAPED_FIELDS, "bands": INDICATOR_FIELDS}.get(str(layout), plain)
    return FormPart(PART_NAMES.get(str(name), str(name)), ("part", number), _ROADMAP_PART, column_fields=fields)


def place_of_line(source: str, line: int) -> tuple[Place, int]:
    """In which part of the text a line stands, as ``FormPart.place``, and the line on which that begins, from 1."""
    part: Place = ()
    start = 1
    counts: dict[str, int] = {}
    for place, text in enumerate(source.split("\n")[:line], 1):
        if found := re.match(r"\s*(\[\[?)\s*(\w+)\s*\]", text):
            start, array = place, found[2]
            counts[array] = counts.get(array, -1) + 1
            part = (array, counts[array]) if found[1] == "[[" else (array,)
    return part, start
