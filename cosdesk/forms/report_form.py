"""The reports' wording: one file in ``forms/reports`` each, headings, columns and sentences as templates.

The sentences are Jinja2 text; ``reports.narrative`` fills them.  Here they are only read, each
with its place, so that a fault can be told by file and line.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from cosdesk.dataclass import dataclass
from cosdesk.forms.reading import FormError, FormTable, form_source, parse_form_table
from cosdesk.paths import forms_folder, user_data_folder

T = TypeVar("T")

FOLDER = "reports"

ALIGNMENTS = ("left", "center", "right", "justify")

CHARTS = {
    "chart": "Диаграмма: план и факт",
    "level_chart": "Диаграмма: уровень достижения показателей",
    "status_chart": "Диаграмма: исполнение по статусам",
    "section_chart": "Диаграмма: исполнение по разделам",
    "verdict_chart": "Диаграмма: организации по итогам мониторинга",
}
"""The charts among a section's blocks, by id, as they are named where one chooses what to leave out."""


@dataclass(frozen=True, slots=True)
class Template:
    """Jinja2 text and where it stands: the form's file, the line it begins on."""

    text: str
    file_name: str = ""
    line: int = 1

    def fault(self, reason: str, line: int = 1) -> FormError:
        """The error to raise: ``line`` is counted within the template, from 1."""
        place = self.line + line - 1
        return FormError(f"Форма {self.file_name}, строка {place}: {reason}. Исправьте файл формы.", place, reason)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """``field`` names a value of the table's rows, empty for a column to fill by hand.

    ``width`` is a share of the table's width.
    """

    field: str
    heading: Template
    group: str = ""
    width: float = 1.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """``name`` is the Excel sheet's; ``empty`` is the sentence printed where there is no row.

    ``blank_rows`` is how many rows there are at least, the empty ones to be filled by hand.
    """

    id: str
    name: str
    columns: tuple[ReportColumn, ...]
    empty: str = ""
    number_row: bool = False
    font_size: float = 11.0
    blank_rows: int = 0


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of the summary: what ``count`` counts, as a share of what ``whole`` counts (empty: no share).

    ``optional`` leaves the row out where there is nothing to count.

    Both name a group of the figures («execution.done»).
    """

    parameter: str
    count: Template
    whole: Template
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ReportSection:
    """``text`` gives a paragraph for each run of lines between blank lines; ``numbered`` numbers them.

    ``blocks`` are what follows the text: tables by id and ``CHARTS``.
    """

    id: str
    heading: str
    text: Template
    numbered: bool = False
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportAnnex:
    """A table on pages of its own after the signature; left out where it has no row."""

    table: str
    title: Template
    landscape: bool = True


@dataclass(frozen=True, slots=True)
class ReportForm:
    """``listed`` is how many rows a sentence names one by one; ``words`` are small phrases by key.

    ``text_sheet`` names the Excel sheet that holds the text.
    """

    id: str
    title: str
    description: str
    file_name: Template
    title_lines: tuple[Template, ...]
    as_of: Template
    text_sheet: str
    annex_mark: Template
    annex_list: Template
    chart_title: Template
    chart_plan: Template
    chart_fact: Template
    listed: int
    sections: tuple[ReportSection, ...]
    annexes: tuple[ReportAnnex, ...]
    tables: tuple[ReportTable, ...]
    summary: tuple[SummaryRow, ...]
    words: dict[str, Template]

    def table(self, table_id: str) -> ReportTable:
        return next(table for table in self.tables if table.id == table_id)


class FormReader:
    """A report's form file being read: finds the line on which each template begins."""

    def __init__(self, source: str, path: Path, fields: dict[str, tuple[str, ...]], words: Sequence[str]) -> None:
        self.table = parse_form_table(source, path)
        self.name = path.name
        self.source = source
        self.fields = fields
        self.words = words
        self._starts = [0, *(found.end() for found in re.finditer("\n", source))]

    def template(self, table: FormTable, key: str, default: str | None = None) -> Template:
        return self._placed(table.text(key, default), table.line(key))

    def templates(self, table: FormTable, key: str) -> tuple[Template, ...]:
        return tuple(self._placed(text, table.line(key)) for text in table.texts(key))

    def _placed(self, text: str, line: int) -> Template:
        """The text with the line it begins on, looked for from its key on; one written with escapes stays there."""
        start = self._starts[line - 1]
        found = self.source.find(text, start) if text else -1
        return Template(text, self.name, self.source.count("\n", start, found) + line if found >= 0 else line)

    def form(self) -> ReportForm:
        table = self.table
        form = ReportForm(
            id=table.text("id"),
            title=table.text("title"),
            description=table.text("description", ""),
            file_name=self.template(table, "file_name"),
            title_lines=self.templates(table, "title_lines"),
            as_of=self.template(table, "as_of"),
            text_sheet=table.text("text_sheet"),
            annex_mark=self.template(table, "annex_mark"),
            annex_list=self.template(table, "annex_list"),
            chart_title=self.template(table, "chart_title"),
            chart_plan=self.template(table, "chart_plan"),
            chart_fact=self.template(table, "chart_fact"),
            listed=int(table.number("listed", 10, 0, 1000)),
            sections=self.printed(table, "section", self.section),
            annexes=self.printed(table, "annex", self.annex, "table"),
            tables=tuple(self.report_table(entry) for entry in table.tables("table")),
            summary=tuple(self.summary_row(row) for row in table.tables("summary")),
            words={key: self._placed(text, table.line(key)) for key, text in table.mapping("words").items()},
        )
        table.finish()
        self.check(form)
        return form

    def printed(self, table: FormTable, key: str, read: Callable[[FormTable], T], named: str = "id") -> tuple[T, ...]:
        """The parts that are not switched off; those that are must be sound too.  ``named`` tells them apart."""
        found: list[T] = []
        names: set[str] = set()
        for part in table.tables(key):
            off = part.flag("off")
            if (name := part.text(named)) in names:
                raise part.fault(named, f"«{name}» уже есть выше")
            names.add(name)
            made = read(part)
            if not off:
                found.append(made)
        return tuple(found)

    def section(self, table: FormTable) -> ReportSection:
        section = ReportSection(
            table.text("id"),
            table.text("heading"),
            self.template(table, "text"),
            table.flag("numbered"),
            table.texts("blocks"),
        )
        for block in section.blocks:
            if block not in CHARTS and block not in self.fields:
                raise table.fault("blocks", f"блок «{block}» неизвестен, можно: {', '.join((*self.fields, *CHARTS))}")
        table.finish()
        return section

    def annex(self, table: FormTable) -> ReportAnnex:
        annex = ReportAnnex(
            table.text("table", choices=tuple(self.fields)),
            self.template(table, "title"),
            table.flag("landscape", True),
        )
        table.finish()
        return annex

    def report_table(self, table: FormTable) -> ReportTable:
        table_id = table.text("id", choices=tuple(self.fields))
        report_table = ReportTable(
            table_id,
            table.text("name"),
            tuple(self.column(column, self.fields[table_id]) for column in table.tables("column")),
            table.text("empty", ""),
            table.flag("number_row"),
            table.number("font_size", 11.0, 6, 20),
            int(table.number("blank_rows", 0, 0, 200)),
        )
        table.finish()
        if not report_table.columns:
            raise table.fault("id", f"в таблице «{table_id}» нет ни одной колонки")
        return report_table

    def column(self, table: FormTable, fields: tuple[str, ...]) -> ReportColumn:
        column = ReportColumn(
            table.text("field", choices=("", *fields)),
            self.template(table, "heading"),
            table.text("group", ""),
            table.number("width", 1.0, 0.05, 100),
            table.text("align", "left", ALIGNMENTS),
        )
        table.finish()
        return column

    def summary_row(self, table: FormTable) -> SummaryRow:
        row = SummaryRow(
            table.text("parameter"),
            self.template(table, "count"),
            self.template(table, "whole", ""),
            table.flag("optional"),
        )
        table.finish()
        return row

    def check(self, form: ReportForm) -> None:
        """Every table that is spoken of is there, and every phrase that the program needs."""
        known = [table.id for table in form.tables]
        for table_id in self.fields:
            if known.count(table_id) != 1:
                raise self.table.fault("table", f"таблица «{table_id}» должна быть описана один раз")
        for key in (*self.words, *form.words):
            if key not in form.words:
                raise self.table.fault("words", f"нет выражения «{key}»")
            if key not in self.words:
                raise self.table.fault(key, "такого выражения программа не употребляет")


def parse_report_form(
    source: str, path: Path, fields: dict[str, tuple[str, ...]], words: Sequence[str]
) -> ReportForm:
    """The form of that text; ``FormError`` names line and reason, ``path`` the file in it."""
    return FormReader(source, path, fields, words).form()


def read_report_form(path: Path, fields: dict[str, tuple[str, ...]], words: Sequence[str]) -> ReportForm:
    """One form file; ``FormError`` names file, line and reason.

    ``fields`` are the values that each table of the report has to offer, by the table's id;
    ``words`` are the keys of the phrases the report uses.
    """
    return parse_report_form(form_source(path), path, fields, words)


def report_form_paths() -> dict[str, Path]:
    """The files of the built-in forms of reports and papers by id."""
    return {path.stem: path for path in sorted((forms_folder() / FOLDER).glob("*.toml"))}


def own_report_form_paths() -> dict[str, Path]:
    """The user's own, by id."""
    return {path.stem: path for path in sorted((user_data_folder() / "forms" / FOLDER).glob("*.toml"))}


def report_form_path(report_id: str) -> Path:
    """The file of a report's built-in form; ``FormError`` where there is none."""
    paths = report_form_paths()
    if report_id not in paths:
        raise FormError(f"Форма отчёта «{report_id}» не найдена в папке forms/reports. Переустановите программу.")
    return paths[report_id]
