"""The information-analytical report («информационно-аналитический отчёт») of a roadmap for a period."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

from cosdesk.domain.district import Snapshot
from cosdesk.domain.paper import SectionText
from cosdesk.errors import UserError
from cosdesk.forms.reading import FormError, form_source
from cosdesk.forms.report_form import (
    CHARTS,
    ReportForm,
    ReportSection,
    own_report_form_paths,
    parse_report_form,
    report_form_path,
)
from cosdesk.reports.analytical_tables import TABLE_FIELDS, AnalyticalTables
from cosdesk.reports.charts import charts
from cosdesk.reports.document import (
    Align,
    Block,
    Document,
    Executor,
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    Title,
)
from cosdesk.reports.export import file_name_of
from cosdesk.reports.figures import PeriodFigures, chosen_roadmap, period_figures
from cosdesk.reports.narrative import Composer
from cosdesk.reports.plan_values import period_values, plan_values, signer_of
from cosdesk.reports.request import Request, Section
from cosdesk.reports.template_check import check_report_templates
from cosdesk.reports.typography import NBSP, bind, signature_name

REPORT_ID = "analytical-report"
WORDS = (
    "approval", "signature_position", "pending", "missing", "source_day", "forecast", "evidence_missing",
    "evidence_awaited", "comment", "carried_band", "overdue", "risk", "shortfall", "no_value", "overdue_consequence",
    "risk_consequence", "shortfall_consequence",
)  # fmt: skip


def build_analytical_report(snapshot: Snapshot, request: Request) -> Document:
    """The report of a roadmap, cumulative from 1 January to the period's end or to today.

    ``UserError`` without a roadmap or a period, and before the period begins; ``FormError`` where
    the report's form cannot be used.
    """
    return build_report(analytical_form(), snapshot, request)


def build_report(form: ReportForm, snapshot: Snapshot, request: Request) -> Document:
    """The report by a form of one's own; errors as of the official one."""
    return _made(form, snapshot, request).document()


def report_sections(form: ReportForm, snapshot: Snapshot, request: Request) -> tuple[Section, ...]:
    """The report's sections as the program words them; errors as of the report."""
    return _made(form, snapshot, request).sections()


def _made(form: ReportForm, snapshot: Snapshot, request: Request) -> "_Report":
    if request.period is None:
        raise UserError("Отчёт составляется за период. Укажите период, например 2021-Q2 или 2021.")
    figures = period_figures(snapshot, chosen_roadmap(snapshot, request.roadmap_id), request.period)
    return _Report(form, snapshot, figures, request)


def numbered(heading: str, number: Iterator[int]) -> str:
    """«5. Выводы» with the number that is next, as sections before it may be left out."""
    found = re.match(r"\d+(?=\. )", heading)
    return f"{next(number)}{heading[found.end() :]}" if found else heading


_LONGEST_UNBROKEN = 45


def unbroken(lines: Iterable[str], values: Mapping[str, object]) -> tuple[str, ...]:
    """Lines of a title where no line ends within «в Заречном районе», if the words are not too long for one."""
    places = [text for key in ("place", "of_district") if 0 < len(text := str(values[key])) <= _LONGEST_UNBROKEN]
    told = []
    for line in lines:
        for text in places:
            line = line.replace(text, text.replace(" ", NBSP))
        told.append(line)
    return tuple(told)


def worded(composed: Sequence[str], own: SectionText | None) -> Iterable[Paragraph]:
    """A section's paragraphs: the user's own words where there are any, else the composed ones."""
    paragraphs = own.paragraphs if own is not None else composed
    for place, paragraph in enumerate(paragraphs):
        # A line to fill by hand would be torn apart.
        align = Align.LEFT if "____" in paragraph else Align.JUSTIFY
        yield Paragraph(bind(paragraph), align, bold=own is not None and own.is_bold(place))


@cache
def analytical_form() -> ReportForm:
    """The form of the report in force: the user's own of that id where it can be used, else the built-in one."""
    own = own_report_form_paths().get(REPORT_ID)
    if own is not None:
        with suppress(FormError):
            return parse_analytical_form(form_source(own), own)
    path = report_form_path(REPORT_ID)
    return parse_analytical_form(form_source(path), path, checked=False)


def parse_analytical_form(source: str, path: Path, checked: bool = True) -> ReportForm:
    """The form of that text, its templates ``checked``; ``FormError`` names line and reason, ``path`` the file."""
    form = parse_report_form(source, path, TABLE_FIELDS, WORDS)
    if checked:
        check_report_templates(form)
    return form


class _Report:
    """One report being put together."""

    def __init__(self, form: ReportForm, snapshot: Snapshot, figures: PeriodFigures, request: Request) -> None:
        self._form = form
        self._request = request
        self._snapshot = snapshot
        self._district = snapshot.district
        self._figures = figures
        values = plan_values(snapshot, figures.contents, figures.as_of, form.words["approval"])
        values |= period_values(figures, form.listed)
        composer = Composer(values)
        self._tables = AnalyticalTables(form, composer, figures)
        self._annexes = [
            annex for annex in form.annexes if annex.table not in request.left_out and self._tables.rows(annex.table)
        ]
        # A single annex bears no number.
        alone = len(self._annexes) == 1
        values["annexes"] = dict.fromkeys(TABLE_FIELDS, "") | {
            annex.table: "приложении" if alone else f"приложении № {number}"
            for number, annex in enumerate(self._annexes, 1)
        }
        self._values = values
        self._composer = Composer(values)

    def document(self) -> Document:
        title = " ".join(self._title_lines())
        name = self._composer.line(self._form.file_name, district=self._district.name)
        return Document(
            title=title,
            file_name=file_name_of(name),
            blocks=tuple(self._blocks()),
            author=self._district.office or self._district.name,
            text_sheet=self._form.text_sheet,
        )

    def _title_lines(self) -> tuple[str, ...]:
        return tuple(self._composer.line(line) for line in self._form.title_lines)

    def _blocks(self) -> Iterable[Block]:
        yield Title(unbroken(self._title_lines(), self._values))
        yield Paragraph(self._composer.line(self._form.as_of), Align.CENTER, indent=False)
        places = count(1)
        for section in self._form.sections:
            if section.id not in self._request.left_out:
                yield from self._section(section, places)
        titles = [self._composer.line(annex.title) for annex in self._annexes]
        annexes = tuple(self._annex_blocks(titles))
        if titles:
            sheets = self._sheets(annexes)
            yield Paragraph(self._composer.line(self._form.annex_list, titles=titles, sheets=sheets))
        signer = signer_of(self._snapshot, self._request)
        position = signer.position or self._composer.line(self._form.words["signature_position"])
        yield Signature(position, signature_name(signer.name))
        if self._district.coordinator_name:
            yield Executor(self._district.coordinator_name, self._district.coordinator_phone)
        yield from annexes

    def _sheets(self, annexes: tuple[Block, ...]) -> list[int]:
        """Of how many sheets each annex is: laid out once before, since the text names them."""
        from cosdesk.reports.pdf import annex_sheets

        return list(annex_sheets(Document("", "", annexes)))

    def _annex_blocks(self, titles: Sequence[str]) -> Iterable[Block]:
        for number, (annex, title) in enumerate(zip(self._annexes, titles, strict=True), 1):
            yield PageBreak(landscape=annex.landscape, annex=True)
            mark = self._composer.line(self._form.annex_mark, number=number, total=len(titles))
            yield Paragraph(mark, Align.RIGHT, indent=False)
            yield Heading(title, 2, Align.CENTER)
            yield self._tables.table(annex.table)

    def sections(self) -> tuple[Section, ...]:
        return tuple(Section(section.id, section.heading, self._composed(section)) for section in self._form.sections)

    def _composed(self, section: ReportSection) -> tuple[str, ...]:
        paragraphs = self._composer.paragraphs(section.text)
        if section.numbered and len(paragraphs) > 1:
            return tuple(f"{number}. {paragraph}" for number, paragraph in enumerate(paragraphs, 1))
        return paragraphs

    def _section(self, section: ReportSection, number: Iterator[int]) -> Iterable[Block]:
        yield Heading(numbered(section.heading, number))
        yield from worded(self._composed(section), self._request.text(section.id))
        for block in section.blocks:
            if block in CHARTS:
                if block not in self._request.left_out:
                    yield from charts(block, self._form, self._composer, self._figures)
            elif (table := self._tables.table(block)).rows or table.empty:
                yield table
