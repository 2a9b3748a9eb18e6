"""The reports' wording: one file in ``forms/reports`` each, headings, columns and sentences as templates.

The sentences are Jinja2 text; ``reports.narrative`` fills them.  Here they are only read, each
with its place, so that a fault can be told by file and line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosdesk.forms.reading import FormError, FormTable, read_form_table
from cosdesk.paths import forms_folder, user_data_folder

ALIGNMENTS = ("left", "center", "right", "justify")


@dataclass(frozen=True, slots=True)
class Template:
    """Jinja2 text and where it stands: the form's file, the line it begins on."""

    text: str
    file_name: str = ""
    line: int = 1

    def fault(self, reason: str, line: int = 1) -> FormError:
        """The error to raise: ``line`` is counted within the template, from 1."""
        place = f"Форма {self.file_name}, строка {self.line + line - 1}"
        return FormError(f"{place}: {reason}. Исправьте файл формы.")


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

    ``blocks`` are what follows the text: tables by id, or «chart».
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

    def __init__(self, path: Path, fields: dict[str, tuple[str, ...]], words: Sequence[str]) -> None:
        self.table = read_form_table(path)
        self.name = path.name
        self.source = path.read_text(encoding="utf-8")
        self.fields = fields
        self.words = words

    def template(self, text: str) -> Template:
        found = self.source.find(text) if text else -1
        return Template(text, self.name, self.source.count("\n", 0, found) + 1 if found >= 0 else 1)

    def form(self) -> ReportForm:
        table = self.table
        form = ReportForm(
            id=table.text("id"),
            title=table.text("title"),
            description=table.text("description", ""),
            file_name=self.template(table.text("file_name")),
            title_lines=tuple(self.template(line) for line in table.texts("title_lines")),
            as_of=self.template(table.text("as_of")),
            text_sheet=table.text("text_sheet"),
            annex_mark=self.template(table.text("annex_mark")),
            annex_list=self.template(table.text("annex_list")),
            chart_title=self.template(table.text("chart_title")),
            chart_plan=self.template(table.text("chart_plan")),
            chart_fact=self.template(table.text("chart_fact")),
            listed=int(table.number("listed", 10)),
            sections=tuple(self.section(section) for section in table.tables("section")),
            annexes=tuple(self.annex(annex) for annex in table.tables("annex")),
            tables=tuple(self.report_table(entry) for entry in table.tables("table")),
            summary=tuple(self.summary_row(row) for row in table.tables("summary")),
            words={key: self.template(text) for key, text in table.mapping("words").items()},
        )
        table.finish()
        self.check(form)
        return form

    def section(self, table: FormTable) -> ReportSection:
        section = ReportSection(
            table.text("id"),
            table.text("heading"),
            self.template(table.text("text")),
            table.flag("numbered"),
            table.texts("blocks"),
        )
        for block in section.blocks:
            if block != "chart" and block not in self.fields:
                raise table.fault("blocks", f"блок «{block}» неизвестен, можно: {', '.join((*self.fields, 'chart'))}")
        table.finish()
        return section

    def annex(self, table: FormTable) -> ReportAnnex:
        annex = ReportAnnex(
            table.text("table", choices=tuple(self.fields)),
            self.template(table.text("title")),
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
            table.number("font_size", 11.0),
            int(table.number("blank_rows", 0)),
        )
        table.finish()
        if not report_table.columns:
            raise table.fault("id", f"в таблице «{table_id}» нет ни одной колонки")
        return report_table

    def column(self, table: FormTable, fields: tuple[str, ...]) -> ReportColumn:
        column = ReportColumn(
            table.text("field", choices=("", *fields)),
            self.template(table.text("heading")),
            table.text("group", ""),
            table.number("width", 1.0),
            table.text("align", "left", ALIGNMENTS),
        )
        table.finish()
        return column

    def summary_row(self, table: FormTable) -> SummaryRow:
        row = SummaryRow(
            table.text("parameter"),
            self.template(table.text("count")),
            self.template(table.text("whole", "")),
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


def read_report_form(path: Path, fields: dict[str, tuple[str, ...]], words: Sequence[str]) -> ReportForm:
    """One form file; ``FormError`` names file, line and reason.

    ``fields`` are the values that each table of the report has to offer, by the table's id;
    ``words`` are the keys of the phrases the report uses.
    """
    return FormReader(path, fields, words).form()


@cache
def report_form_paths() -> dict[str, Path]:
    """The files of report forms by name: the built-in ones and, over them, the user's own."""
    folders = (forms_folder() / "reports", user_data_folder() / "forms" / "reports")
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def report_form_path(report_id: str) -> Path:
    """The file of a report's form; ``FormError`` where there is none."""
    paths = report_form_paths()
    if report_id not in paths:
        raise FormError(f"Форма отчёта «{report_id}» не найдена в папке forms/reports. Переустановите программу.")
    return paths[report_id]
