"""Papers by their forms: notes, lists, orders, letters, minutes, reports of one row.

One builder for all: a form says what stands at the head, which sections, tables and annexes
follow and who signs; the data fill it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path

from cosdesk.domain.district import Snapshot
from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.forms.paper_form import PaperAnnex, PaperForm, parse_paper_form
from cosdesk.forms.report_form import CHARTS, ReportSection
from cosdesk.reports.analytical import analytical_form, numbered, unbroken, worded
from cosdesk.reports.analytical_tables import TABLE_FIELDS as REPORT_TABLES
from cosdesk.reports.analytical_tables import AnalyticalTables
from cosdesk.reports.cases import decline_name, greeting
from cosdesk.reports.charts import charts
from cosdesk.reports.document import (
    Align,
    Block,
    Document,
    Executor,
    Heading,
    LetterheadBlock,
    PageBreak,
    Paragraph,
    Sides,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.export import file_name_of
from cosdesk.reports.figures import chosen_roadmap, period_figures
from cosdesk.reports.letterhead import REFERENCES, letter_head, office_head
from cosdesk.reports.monitoring_figures import MonitoringFigures
from cosdesk.reports.narrative import Composer
from cosdesk.reports.paper_tables import TABLE_FIELDS, PaperData, PaperTables
from cosdesk.reports.plan_values import (
    period_values,
    person_figure,
    plan_values,
    row_figure,
    signer_of,
)
from cosdesk.reports.references import one_line
from cosdesk.reports.request import LETTERHEAD, Request, Section, Signer
from cosdesk.reports.template_check import check_paper_templates
from cosdesk.reports.typography import NBSP, Case, list_name, signature_name

BLOCKS = (*REPORT_TABLES, *CHARTS)
_LISTED = 10
_DAY_BY_HAND = f"«___»{NBSP}____________{NBSP}20___{NBSP}г."
_NUMBER_BY_HAND = f"№{NBSP}______"


def parse_paper(source: str, path: Path, checked: bool = True) -> PaperForm:
    """The form of that text, its templates ``checked``; ``FormError`` names line and reason, ``path`` the file."""
    form = parse_paper_form(source, path, TABLE_FIELDS, BLOCKS)
    if checked:
        check_paper_templates(form)
    return form


def build_paper(form: PaperForm, snapshot: Snapshot, request: Request) -> Document:
    """The paper; ``UserError`` where the form wants a period or a row and the request has none."""
    if form.needs_period and request.period is None:
        raise UserError("Документ составляется за период. Укажите период, например 2021-Q2 или 2021.")
    paper = _Paper(form, snapshot, request)
    return paper.document(_sheets(paper))


def paper_sections(form: PaperForm, snapshot: Snapshot, request: Request) -> tuple[Section, ...]:
    """The paper's sections as the program words them; errors as of the paper."""
    if form.needs_period and request.period is None:
        raise UserError("Документ составляется за период. Укажите период, например 2021-Q2 или 2021.")
    return _Paper(form, snapshot, request).sections()


def _sheets(paper: "_Paper") -> tuple[int, ...]:
    """Of how many sheets each annex is: laid out once before, where the text names them."""
    if not paper.names_annexes:
        return ()
    from cosdesk.reports.pdf import annex_sheets

    return annex_sheets(paper.sample())


class _Paper:
    """One paper being put together."""

    def __init__(self, form: PaperForm, snapshot: Snapshot, request: Request) -> None:
        self._form = form
        self._snapshot = snapshot
        self._district = snapshot.district
        self._request = request
        contents = chosen_roadmap(snapshot, request.roadmap_id)
        figures = None
        if form.needs_period and request.period is not None:
            figures = period_figures(snapshot, contents, request.period)
        as_of = figures.as_of if figures else snapshot.today
        row = row_figure(snapshot, contents, request.item_id) if form.needs_row or request.item_id else None
        monitoring = MonitoringFigures(snapshot, request.monitoring) if request.monitoring else None
        self._figures, self._monitoring = figures, monitoring
        self._values = plan_values(snapshot, contents, as_of, analytical_form().words["approval"])
        self._values |= self._people() | {"row": row, "monitoring": monitoring, "as_of": as_of, "listed": _LISTED}
        self._values |= {"year": str(as_of.year), "by_hand": _DAY_BY_HAND, "contacts": request.contacts}
        if figures:
            self._values |= period_values(figures, _LISTED)
        self._composer = Composer(self._values)
        data = PaperData(snapshot, contents, as_of, request.contacts, row, figures, monitoring)
        self._tables = PaperTables(form.tables, self._composer, data)
        self._annexes = [annex for annex in form.annexes if self._is_wanted(annex)]

    def _people(self) -> dict[str, object]:
        district = self._district
        signer = signer_of(self._snapshot, self._request)
        return {
            "head": person_figure(self._snapshot, signer.name, signer.position),
            "coordinator": person_figure(
                self._snapshot,
                district.coordinator_name,
                district.coordinator_position,
                district.coordinator_phone,
                district.coordinator_email,
            ),
        }

    @property
    def names_annexes(self) -> bool:
        return bool(self._form.annex_list.text and self._annexes)

    def _is_wanted(self, annex: PaperAnnex) -> bool:
        if annex.id in self._request.left_out:
            return False
        if annex.unanswered and self._request.monitoring is not None:
            return False
        return not annex.optional or any(self._tables.table(name).rows for name in annex.tables)

    def sample(self) -> Document:
        """As it will be, but for how many sheets the annexes are; of papers to all schools the first."""
        return self._document(tuple(self._blocks(self._addressees()[0], ())))

    def document(self, sheets: Sequence[int]) -> Document:
        blocks: list[Block] = []
        for school in self._addressees():
            if blocks:
                blocks.append(PageBreak(landscape=self._form.landscape, restart=True))
            blocks += self._blocks(school, sheets)
        return self._document(tuple(blocks))

    def _document(self, blocks: tuple[Block, ...]) -> Document:
        return Document(
            title=self._title(),
            file_name=file_name_of(self._composer.line(self._form.file_name)),
            blocks=blocks,
            landscape=self._form.landscape,
            author=self._district.office or self._district.name,
            text_sheet="" if self._form.landscape else "Текст",
        )

    def _addressees(self) -> list[School | None]:
        """The schools that get the paper each, or nobody in particular."""
        if not self._form.each_school:
            return [None]
        schools = [school for school in self._snapshot.schools if school.works_on(self._snapshot.today)]
        if not schools:
            raise UserError("Школ в файле района нет, писать некому. Внесите школы или выберите письмо без адресата.")
        wanted = self._request.school_id
        return [school for school in schools if wanted in (None, school.id)] or list(schools)

    def _title(self) -> str:
        """The heading; one that goes on from the line of the kind («совещания…») with that kind before it."""
        heading = " ".join(self._title_lines()) or self._form.title
        kind = self._composer.line(self._form.kind_line).capitalize()
        return f"{kind} {heading}".lstrip() if heading[:1].islower() else heading

    def _title_lines(self) -> tuple[str, ...]:
        return tuple(text for line in self._form.title_lines if (text := self._composer.line(line)))

    # Parts

    def _blocks(self, school: School | None, sheets: Sequence[int]) -> Iterable[Block]:
        yield from self._head(school)
        as_of = self._composer.line(self._form.as_of)
        if as_of:
            yield Paragraph(as_of, Align.CENTER, indent=False)
        places = count(1)
        for section in self._form.sections:
            if section.id not in self._request.left_out:
                yield from self._section(section, places)
        if self.names_annexes:
            titles = [self._composer.line(annex.title) for annex in self._annexes]
            told = [
                {"title": title, "sheets": sheets[place] if place < len(sheets) else 1}
                for place, title in enumerate(titles)
            ]
            yield Paragraph(self._composer.line(self._form.annex_list, annexes=told))
        yield from self._signatures()
        if self._form.executor and self._district.coordinator_name:
            phone = self._district.coordinator_phone if self._request.contacts else ""
            yield Executor(self._district.coordinator_name, phone)
        for number, annex in enumerate(self._annexes, 1):
            yield from self._annex(annex, number)

    def _head(self, school: School | None) -> Iterable[Block]:
        lines = unbroken(self._title_lines(), self._values)
        match self._form.head:
            case "letter":
                yield self._office(self._addressee(school))
                yield from self._heading(lines)
                if greeting := self._composer.line(self._form.greeting, school=_school_values(school)):
                    yield Paragraph(greeting, Align.CENTER, indent=False)
            case "order" | "minutes" as head:
                yield from self._names()
                kind = self._composer.line(self._form.kind_line)
                yield Title((kind, *lines) if head == "minutes" else (kind,))
                yield Sides(_DAY_BY_HAND, _NUMBER_BY_HAND)
                if place := one_line(self._snapshot.letterhead.place):
                    yield Paragraph(place, Align.CENTER, indent=False)
                yield from self._heading(lines if head == "order" else ())
            case _:
                if self._snapshot.letterhead.is_filled:
                    yield from self._names()
                if self._form.approved:
                    signer = signer_of(self._snapshot, self._request)
                    name = signature_name(signer.name)
                    yield Stamps(right=(StampBlock("УТВЕРЖДАЮ", _lines(signer.position), name, _DAY_BY_HAND),))
                yield Title(lines)

    def _heading(self, lines: tuple[str, ...]) -> Iterable[Block]:
        """The heading to the text, at the left margin."""
        if lines:
            yield Heading(" ".join(lines), 2)

    @property
    def _bears_letterhead(self) -> bool:
        return self._form.letterhead and LETTERHEAD not in self._request.left_out

    def _office(self, addressee: tuple[str, ...]) -> LetterheadBlock:
        """A letter's head; before there is a letterhead, what the district's card knows of the office."""
        district, letterhead = self._district, self._snapshot.letterhead
        if not self._bears_letterhead:
            return LetterheadBlock((), (), REFERENCES, addressee)
        if letterhead.is_filled:
            return letter_head(letterhead, addressee)
        contacts = (district.coordinator_phone, district.coordinator_email) if self._request.contacts else ()
        details = tuple(text for text in (district.region, *contacts) if text)
        return LetterheadBlock(_lines(district.office or district.name), details, REFERENCES, addressee)

    def _names(self) -> Iterable[Block]:
        """The head of a paper that stays in the office: emblem and names, no address."""
        letterhead = self._snapshot.letterhead
        office = self._district.office or self._district.name
        if not self._bears_letterhead:
            return
        if letterhead.is_filled:
            yield office_head(letterhead)
        elif office:
            yield LetterheadBlock((office.upper(),), corner=False)

    def _addressee(self, school: School | None) -> tuple[str, ...]:
        lines = [self._composer.line(line, school=_school_values(school)) for line in self._form.addressee]
        return tuple(line for line in lines if line)

    def sections(self) -> tuple[Section, ...]:
        """The sections that have words, as the program words them."""
        found = []
        for section in self._form.sections:
            if section.text.text.strip():
                paragraphs = self._composed(section)
                found.append(Section(section.id, section.heading or _begins(paragraphs) or section.id, paragraphs))
        return tuple(found)

    def _composed(self, section: ReportSection) -> tuple[str, ...]:
        paragraphs = self._composer.paragraphs(section.text)
        if section.numbered and len(paragraphs) > 1:
            return tuple(f"{number}. {paragraph}" for number, paragraph in enumerate(paragraphs, 1))
        return paragraphs

    def _section(self, section: ReportSection, number: Iterator[int]) -> Iterable[Block]:
        paragraphs = tuple(worded(self._composed(section), self._request.text(section.id)))
        shown = [block for name in section.blocks for block in self._block(name)]
        if section.heading and (paragraphs or shown):
            yield Heading(numbered(section.heading, number))
        yield from paragraphs
        yield from shown

    def _block(self, name: str) -> Iterable[Block]:
        table: Table | None = None
        if name in TABLE_FIELDS:
            table = self._tables.table(name)
        elif name in CHARTS:
            if name not in self._request.left_out:
                yield from charts(name, analytical_form(), self._composer, self._figures, self._monitoring)
        elif self._figures is not None:
            table = AnalyticalTables(analytical_form(), self._composer, self._figures).table(name)
        if table and (table.rows or table.empty):
            yield table

    def _signatures(self) -> Iterable[Block]:
        signer = signer_of(self._snapshot, self._request)
        match self._form.signer:
            case "head":
                yield _signature(signer)
            case "coordinator":
                yield _signature(Signer(self._district.coordinator_position, self._district.coordinator_name))
            case "meeting":
                yield _signature(Signer("Председательствующий", signer.name))
                yield _signature(Signer("Секретарь", self._district.coordinator_name))

    def _annex(self, annex: PaperAnnex, number: int) -> Iterable[Block]:
        yield PageBreak(landscape=annex.landscape, annex=True)
        marks = tuple(self._composer.line(line, number=number, total=len(self._annexes)) for line in annex.mark)
        if marks:
            yield Stamps(right=(StampBlock(marks[0], marks[1:], sign=False),))
        yield Heading(self._composer.line(annex.title), 2, Align.CENTER)
        for paragraph in self._composer.paragraphs(annex.text):
            yield from worded((paragraph,), None)
        for name in annex.tables:
            yield from self._block(name)
        if annex.signed:
            yield _signature(signer_of(self._snapshot, self._request))


def _begins(paragraphs: Sequence[str]) -> str:
    """The first words, to name a section without a heading."""
    words = paragraphs[0].split(" ") if paragraphs else []
    return " ".join(words[:5]) + ("…" if len(words) > 5 else "")


def _signature(signer: Signer) -> Signature:
    return Signature(signer.position or "Руководитель", signature_name(signer.name))


def _school_values(school: School | None) -> dict[str, str]:
    if school is None:
        return {"name": "", "head_dative": "", "greeting": "", "email": ""}
    dative = decline_name(one_line(school.head), Case.DATIVE)
    return {
        "name": one_line(school.label),
        "head_dative": list_name(dative),
        "greeting": greeting(one_line(school.head)) or "Уважаемый руководитель",
        "email": one_line(school.email),
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())

