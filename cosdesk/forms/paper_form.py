"""The wording of a paper other than the analytical report: one file in ``forms/reports`` each.

A paper is a head (letterhead, addressee or title), sections of text with tables, signatures and
annexes.  Which tables there are and what their columns may be is known by the caller.
"""

from collections.abc import Mapping
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.forms.reading import FormTable, form_source
from cosdesk.forms.report_form import FormReader, ReportSection, ReportTable, Template

HEADS = ("title", "letter", "order", "minutes")
SIGNERS = ("head", "coordinator", "meeting", "none")


@dataclass(frozen=True, slots=True)
class PaperAnnex:
    """Pages after the signature: the mark («Приложение № 1 к приказу …»), a title, a text and tables.

    An annex with ``optional``
    is left out where its tables have no rows, one with ``unanswered`` where a round has been answered.
    """

    id: str
    mark: tuple[Template, ...]
    title: Template
    text: Template
    tables: tuple[str, ...]
    landscape: bool = False
    optional: bool = False
    signed: bool = False
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One kind of paper.

    ``head`` is what the first sheet begins with: the title alone, an office's letterhead at the
    left with the addressee at the right, or the head of an order or of minutes.  ``each_school`` repeats the
    whole paper for every school.  ``answers`` are beginnings of words by which a row's expected
    document is known to be this paper; ``letterhead``: the office's letterhead stands on it, once there is one;
    ``rounds`` are forms of monitoring whose answers it shows («*»: any).  ``approved`` puts
    УТВЕРЖДАЮ of the head on the first sheet.
    """

    id: str
    title: str
    purpose: str
    group: str
    place: float
    file_name: Template
    head: str
    signer: str
    needs_period: bool
    needs_row: bool
    each_school: bool
    landscape: bool
    approved: bool
    executor: bool
    letterhead: bool
    answers: tuple[str, ...]
    rounds: tuple[str, ...]
    kind_line: Template
    addressee: tuple[Template, ...]
    title_lines: tuple[Template, ...]
    greeting: Template
    as_of: Template
    sections: tuple[ReportSection, ...]
    annex_list: Template
    annexes: tuple[PaperAnnex, ...]
    tables: Mapping[str, ReportTable]


def read_paper_form(path: Path, fields: dict[str, tuple[str, ...]], blocks: tuple[str, ...]) -> PaperForm:
    """One form file; ``FormError`` names file, line and reason.

    ``fields`` are the values each table of the program offers, by the table's id; ``blocks`` are
    the other things a section may show.
    """
    return parse_paper_form(form_source(path), path, fields, blocks)


def parse_paper_form(
    source: str, path: Path, fields: dict[str, tuple[str, ...]], blocks: tuple[str, ...]
) -> PaperForm:
    """The form of that text; ``FormError`` names line and reason, ``path`` the file in it."""
    return _Reader(source, path, fields, blocks).paper()


class _Reader(FormReader):
    def __init__(
        self, source: str, path: Path, fields: dict[str, tuple[str, ...]], blocks: tuple[str, ...]
    ) -> None:
        super().__init__(source, path, fields, ())
        self._blocks = blocks

    def paper(self) -> PaperForm:
        table = self.table
        entries = table.tables("table")
        tables = tuple(self.report_table(entry) for entry in entries)
        for place, (entry, found) in enumerate(zip(entries, tables, strict=True)):
            if any(other.id == found.id for other in tables[:place]):
                raise entry.fault("id", f"таблица «{found.id}» описана дважды")
        head = table.text("head", "title", HEADS)
        form = PaperForm(
            id=table.text("id"),
            title=table.text("title"),
            purpose=table.text("purpose"),
            group=table.text("group"),
            place=table.number("place", 1000, 0, 9000),
            file_name=self.template(table, "file_name"),
            head=head,
            signer=table.text("signer", "head", SIGNERS),
            needs_period=table.flag("needs_period"),
            needs_row=table.flag("needs_row"),
            each_school=table.flag("each_school"),
            landscape=table.flag("landscape"),
            approved=table.flag("approved"),
            executor=table.flag("executor", True),
            letterhead=table.flag("letterhead", head != "title"),
            answers=table.texts("answers"),
            rounds=table.texts("rounds"),
            kind_line=self.template(table, "kind_line", ""),
            addressee=self.templates(table, "addressee"),
            title_lines=self.templates(table, "title_lines"),
            greeting=self.template(table, "greeting", ""),
            as_of=self.template(table, "as_of", ""),
            sections=self.printed(table, "section", self._section),
            annex_list=self.template(table, "annex_list", ""),
            annexes=self.printed(table, "annex", self._annex),
            tables={found.id: found for found in tables},
        )
        table.finish()
        self._check(form)
        return form

    def _section(self, table: FormTable) -> ReportSection:
        section = ReportSection(
            table.text("id"),
            table.text("heading", ""),
            self.template(table, "text", ""),
            table.flag("numbered"),
            table.texts("blocks"),
        )
        known = (*self.fields, *self._blocks)
        for block in section.blocks:
            if block not in known:
                raise table.fault("blocks", f"блок «{block}» неизвестен, можно: {', '.join(known)}")
        table.finish()
        return section

    def _annex(self, table: FormTable) -> PaperAnnex:
        annex = PaperAnnex(
            table.text("id"),
            self.templates(table, "mark"),
            self.template(table, "title"),
            self.template(table, "text", ""),
            table.texts("tables"),
            table.flag("landscape"),
            table.flag("optional"),
            table.flag("signed"),
            table.flag("unanswered"),
        )
        for name in annex.tables:
            if name not in self.fields:
                raise table.fault("tables", f"таблица «{name}» неизвестна, можно: {', '.join(self.fields)}")
        table.finish()
        return annex

    def _check(self, form: PaperForm) -> None:
        used = {name for section in form.sections for name in section.blocks if name not in self._blocks}
        used |= {name for annex in form.annexes for name in annex.tables}
        for name in sorted(used - form.tables.keys()):
            raise self.table.fault("table", f"таблица «{name}» употребляется, но её граф нет")
        if not form.title_lines and not form.kind_line.text:
            raise self.table.fault("title_lines", "у документа нет заголовка")
