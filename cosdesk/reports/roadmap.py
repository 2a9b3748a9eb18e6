"""The roadmap («дорожная карта») as it was approved: its form's parts, columns, bands, numbers and stamps.

Wording that came from outside is printed as it came; only what the form itself says is filled in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.edition import Edition, fingerprint_of, freeze
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.names import decline_district
from cosdesk.domain.period import Period
from cosdesk.domain.roadmap import Item, Part, RoadmapContents, Section, Stamp
from cosdesk.domain.twin import TwinIdentity
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import FIELD_LABELS, FormColumn, FormPart, RoadmapForm, roadmap_form
from cosdesk.reports.document import (
    Align,
    Block,
    Cell,
    CellValue,
    Column,
    Document,
    Format,
    Heading,
    Mark,
    PageBreak,
    Paragraph,
    Row,
    Signature,
    StampBlock,
    Stamps,
    Table,
    Title,
)
from cosdesk.reports.planned import planned, planned_value
from cosdesk.reports.typography import DASH, short_date, signature_name, years_range

APPROVAL_SHEET = "Лист согласования"
_APPROVAL_COLUMNS = (
    Column("Должность", width=3.0),
    Column("Инициалы, фамилия", width=1.6),
    Column("Подпись", width=1.4),
    Column("Дата", width=1.0, align=Align.CENTER, format=Format.DATE),
)
_SHEETS = {Part.PLAN: "Дорожная карта", Part.RESULTS: "Результаты", Part.INDICATORS: "Показатели"}
_CENTRED = ("number", "start", "end", "type", "unit", "baseline", "baseline_on", "target", "targets", "total")
_DATE_BY_HAND = "«____» ______________ 20___ г."
_DATE = re.compile(r"\d\d\.\d\d\.\d{4}")
_YEAR = re.compile(r"\d{4}")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def build_roadmap(
    snapshot: Snapshot,
    roadmap_id: int | None = None,
    period: Period | None = None,
    form: RoadmapForm | None = None,
) -> Document:
    """The roadmap of that id, or the district's first, in its own form or another; ``UserError`` when there is none.

    A roadmap is printed for all its years, so ``period`` changes nothing.
    """
    contents = _chosen(snapshot, roadmap_id)
    form = form or roadmap_form(contents.roadmap.form)
    printer = _Printer(snapshot.district, contents, form)
    title = printer.title_lines()
    name = f"Дорожная карта{' ' + DASH + ' ' + snapshot.district.name if snapshot.district.name else ''}"
    return Document(
        title=" ".join(title),
        file_name=" ".join(_FORBIDDEN.sub(" ", name).split()),
        blocks=tuple(printer.blocks(title)),
        landscape=form.orientation == "landscape",
        author=snapshot.district.office or snapshot.district.name,
        mark=_mark_of_unchanged(snapshot, contents),
    )


def build_edition(district: District, edition: Edition) -> Document:
    """The roadmap as it was approved, with its fingerprint at the foot."""
    document = build_roadmap(Snapshot(district, (edition.contents,)))
    name = f"{document.file_name}, {edition.name}"
    twin = TwinIdentity(
        district.uid, "roadmap", edition.roadmap_id, edition=edition.short_fingerprint, frozen=True
    )
    file_name = " ".join(_FORBIDDEN.sub(" ", name).split())
    return replace(document, file_name=file_name, mark=mark_of(district, edition), twin=twin if district.uid else None)


def _mark_of_unchanged(snapshot: Snapshot, contents: RoadmapContents) -> Mark | None:
    """A roadmap that is still as it was approved last bears that edition's mark."""
    known = [edition for edition in snapshot.editions if edition.roadmap_id == contents.roadmap.id]
    if known and fingerprint_of(freeze(contents)) == known[-1].fingerprint:
        return mark_of(snapshot.district, known[-1])
    return None


def mark_of(district: District, edition: Edition) -> Mark:
    """The small print of an approved edition."""
    text = f"{edition.name.capitalize()}. Отпечаток: {edition.short_fingerprint}"
    return Mark(text, edition.code(district.uid))


def _chosen(snapshot: Snapshot, roadmap_id: int | None) -> RoadmapContents:
    found = next((c for c in snapshot.roadmaps if roadmap_id in (None, c.roadmap.id)), None)
    if found is None:
        raise UserError(
            "Дорожной карты в этом файле ещё нет. Создайте её или откройте готовую из Word или Excel."
            if not snapshot.roadmaps
            else f"Дорожной карты с номером {roadmap_id} в этом файле нет. Выберите другую."
        )
    return found


class _Printer:
    def __init__(self, district: District, contents: RoadmapContents, form: RoadmapForm) -> None:
        self._district = district
        self._contents = contents
        self._form = form
        self._years = target_years(contents)
        self._fillings = _fillings(district, contents)

    def title_lines(self) -> tuple[str, ...]:
        title = self._contents.roadmap.title or self._filled(self._form.default_title)
        return tuple(line for line in title.split("\n") if line.strip())

    def blocks(self, title: tuple[str, ...]) -> Iterator[Block]:
        stamps = tuple(stamp for stamp in self._contents.stamps if stamp.side != "sheet")
        if stamps:
            yield Stamps(
                tuple(_stamp(stamp) for stamp in stamps if stamp.side == "left"),
                tuple(_stamp(stamp) for stamp in stamps if stamp.side != "left"),
            )
        if title:
            yield Title(title)
        for part in self._form.parts:
            yield from self._part(part)
        if not stamps and self._district.head_name:
            yield Signature(self._district.head_position, signature_name(self._district.head_name))
        yield from self._approval_sheet()

    def _approval_sheet(self) -> Iterator[Block]:
        rows = tuple(
            Row((Cell(stamp.position), Cell(stamp.name), Cell(), Cell(stamp.on)), id=f"stamp:{stamp.id}")
            for stamp in self._contents.stamps
            if stamp.side == "sheet"
        )
        if rows:
            yield PageBreak()
            yield Heading(APPROVAL_SHEET.upper(), align=Align.CENTER)
            yield Table(APPROVAL_SHEET, _APPROVAL_COLUMNS, rows)

    def _part(self, part: FormPart) -> Iterator[Block]:
        """A part without rows is left out, but for the plan itself and for what holds the goal."""
        rows = tuple(self._rows(part))
        goal = self._contents.roadmap.goal if part.goal_label else ""
        if not rows and not goal and part.part is not Part.PLAN:
            return
        if part.page_break:
            yield PageBreak()
        if part.annex:
            first, *others = self._filled(part.annex).split("\n")
            yield Stamps(right=(StampBlock(first, tuple(others), sign=False),))
        if part.heading:
            yield Heading(self._filled(part.heading), align=Align.CENTER)
        if goal:
            yield Paragraph(part.goal_label + goal)
        yield Table(
            name=_SHEETS[part.part],
            columns=tuple(self._columns(part)),
            rows=rows,
            head=part.head_row,
            number_row=part.number_row,
            empty="Строк пока нет." if part.part is Part.PLAN else "",
        )

    def _columns(self, part: FormPart) -> Iterator[Column]:
        for column in part.columns:
            align = Align.CENTER if column.field in _CENTRED else Align.LEFT
            group = self._filled(column.group)
            if column.field == "targets":
                for year in self._years:
                    heading = column.heading.replace("{year}", str(year))
                    yield Column(heading, group, column.width, align, Format.NUMBER, f"target:{year}")
            else:
                heading = self._filled(column.heading).strip() or FIELD_LABELS[column.field]
                yield Column(heading, group, column.width, align, _format(column), column.field)

    # Rows

    def _rows(self, part: FormPart) -> Iterator[Row]:
        if part.part is Part.INDICATORS:
            bands = part.layout == "bands"
            for indicator in self._contents.indicators:
                yield from self._band_rows(part, indicator) if bands else [self._indicator_row(part, indicator)]
        elif part.layout == "heaped":
            yield from self._heaped_rows()
        else:
            yield from self._item_rows(part)

    def _item_rows(self, part: FormPart) -> Iterator[Row]:
        placed = self._sections_of_items()
        known = {section.id for section in self._contents.sections}
        if part.part is Part.PLAN:
            yield from (self._item_row(part, item) for item in self._contents.items if placed[item.id] not in known)
        for section in self._contents.sections:
            # What belongs to a part that this form does not have is printed in the plan.
            own = section.part if self._form.part(section.part) else Part.PLAN
            if own is not part.part:
                continue
            # A plan that came in with several sections keeps their titles, though its form has none.
            if part.sections or self._parted(part):
                yield Row((Cell(section_title(section)),), band=True, id=f"section:{section.id}")
            for item in self._contents.items:
                if placed[item.id] == section.id:
                    yield self._item_row(part, item)

    def _parted(self, part: FormPart) -> bool:
        return sum(section.part is part.part for section in self._contents.sections) > 1

    def _sections_of_items(self) -> dict[int, int | None]:
        """The section of each row by id; a row without one stands in its parent's."""
        placed: dict[int, int | None] = {}
        for item in self._contents.items:
            inherited = placed.get(item.parent_id) if item.parent_id is not None else None
            placed[item.id] = item.section_id if item.section_id is not None else inherited
        return placed

    def _item_row(self, part: FormPart, item: Item) -> Row:
        fields = [column.field for column in part.columns]
        # A term in words, typed for a form with two columns, stands over both.
        across = bool(item.term.wording) and ("start", "end") in pairwise(fields)
        cells = []
        for column in part.columns:
            if across and column.field == "start":
                cells.append(Cell(_typed(item.term.wording), span=2))
            elif not (across and column.field == "end"):
                cells.append(Cell(self._item_value(part, item, column.field)))
        return Row(tuple(cells), id=f"item:{item.id}")

    def _suffix(self, part: FormPart) -> str:
        return part.number_suffix or self._form.number_suffix

    def _item_value(self, part: FormPart, item: Item, field: str) -> CellValue:
        match field:
            case "number":
                return _suffixed(item.number, self._suffix(part))
            case "title":
                return item.title
            case "start":
                return _typed(item.term.start)
            case "end":
                return _typed(item.term.end)
            case "term":
                return _typed(item.term.text) or self._targets_in_term(item)
            case "responsible":
                return "\n".join(item.responsible)
            case "controller":
                return "\n".join(item.controller)
            case "expected":
                return item.expected
            case _:
                return item.note

    def _targets_in_term(self, item: Item) -> str:
        """«2021 – 30%»: targets of an indicator that stands in the plan and has no term of its own."""
        lines = []
        for indicator in self._tied(item):
            sign = "%" if indicator.is_percent else ""
            lines += [f"{t.period} {DASH} {planned(t, sign)}" for t in indicator.targets]
        return "\n".join(lines)

    def _tied(self, item: Item) -> list[Indicator]:
        found = [indicator for indicator in self._contents.indicators if indicator.item_id == item.id]
        # A count is printed with its share in one wording: «495 чел. (50 %)».
        paired = {indicator.numerator_of for indicator in found}
        return [indicator for indicator in found if indicator.id not in paired]

    def _heaped_rows(self) -> Iterator[Row]:
        """A row for each top row: its indicator and target, the activities under it, their terms and people."""
        for item in self._contents.children(None):
            children = self._contents.children(item.id)
            targets = [
                planned(target, "%" if indicator.is_percent else "")
                for indicator in self._tied(item)
                for target in indicator.targets
            ]
            marker = "- " if len(children) > 1 else ""
            cells = (
                _numbered(item, self._form.number_suffix),
                "\n".join(targets),
                "\n".join(_numbered(child, "") if child.number else marker + child.title for child in children),
                "\n".join((*_heaped_terms(item, children), *_heaped_people((item, *children)))),
            )
            yield Row(tuple(Cell(text) for text in cells), id=f"item:{item.id}")

    def _band_rows(self, part: FormPart, indicator: Indicator) -> Iterator[Row]:
        """The name over the whole width, then the values; a name without any stands alone, as it was approved."""
        columns = len(tuple(self._columns(part)))
        row = self._indicator_row(part, indicator)
        yield Row((Cell(indicator.title, span=columns),), id=row.id)
        if any(cell.value is not None and cell.value != "" for cell in row.cells):
            yield row

    def _indicator_row(self, part: FormPart, indicator: Indicator) -> Row:
        cells: list[Cell] = []
        for column in part.columns:
            if column.field == "targets":
                targets = {target.period: target for target in indicator.targets}
                cells.extend(Cell(planned_value(targets.get(str(year)))) for year in self._years)
            else:
                cells.append(Cell(_indicator_value(indicator, column.field, self._suffix(part))))
        return Row(tuple(cells), id=f"indicator:{indicator.id}")

    def _filled(self, text: str) -> str:
        """A form's text with the district's and the plan's words; an unknown brace stays as it is."""
        return _PLACEHOLDER.sub(lambda found: self._fillings.get(found[1], found[0]), text)


def target_years(contents: RoadmapContents) -> tuple[int, ...]:
    """The years that have a column: from the first to the last of the plan and of any target."""
    years = [int(t.period) for i in contents.indicators for t in i.targets if _YEAR.fullmatch(t.period)]
    years.extend(contents.roadmap.years or ())
    return tuple(range(min(years), max(years) + 1)) if years else ()


def section_title(section: Section) -> str:
    """«Направление 1. Кадры», «5. Кадры»: the title as it was approved, after its number unless it holds that."""
    begins = [word.strip(".:") for word in section.title.split()[:2]]
    if not section.number or section.number.strip(".") in begins:
        return section.title
    return f"{_suffixed(section.number, '.')} {section.title}"


def _fillings(district: District, contents: RoadmapContents) -> dict[str, str]:
    genitive, locative = decline_district(district.name)
    roadmap = contents.roadmap
    return {
        "district": district.name,
        "district_genitive": district.name_genitive or genitive or district.name,
        "district_locative": district.name_locative or locative or district.name,
        "region": district.region,
        # An unnamed project leaves a line to fill by hand, not empty quotes.
        "project": roadmap.project or "__________",
        "years": years_range(roadmap.years) if roadmap.years else "",
    }


def _stamp(stamp: Stamp) -> StampBlock:
    """УТВЕРЖДАЮ is signed by hand; УТВЕРЖДЕН names who approved, by which act, when."""
    signed = not stamp.heading.upper().startswith("УТВЕРЖДЕН") and not stamp.act
    day = short_date(stamp.on) if stamp.on else ""
    if day and day in stamp.act + stamp.position:
        day = ""
    lines = tuple(line for text in (stamp.position, stamp.act) for line in text.split("\n") if line)
    return StampBlock(stamp.heading, lines, stamp.name, day or (_DATE_BY_HAND if signed else ""), sign=signed)


def _format(column: FormColumn) -> Format:
    match column.field:
        case "start" | "end" | "baseline_on":
            return Format.DATE
        case "baseline" | "total":
            return Format.NUMBER
        case _:
            return Format.TEXT


def _typed(wording: str) -> CellValue:
    """A true date where the wording is one and would be printed letter for letter the same."""
    if _DATE.fullmatch(wording):
        try:
            return datetime.strptime(wording, "%d.%m.%Y").date()
        except ValueError:
            return wording
    return wording


def _suffixed(text: str, suffix: str) -> str:
    return text + suffix if text and not text.endswith(suffix) else text


def _numbered(item: Item, suffix: str) -> str:
    """«1. Доля…», «- Определение…»; a number that the title already begins with is not repeated."""
    if not item.number or item.title.startswith(item.number):
        return item.title
    return f"{_suffixed(item.number, suffix)} {item.title}"


def _heaped_terms(item: Item, children: Sequence[Item]) -> list[str]:
    """The indicator's own term, then the activities': one that all share once, else one each."""
    terms = [child.term.text for child in children]
    if len(set(terms)) == 1:
        terms = terms[:1]
    return [term for term in (item.term.text, *terms) if term]


def _heaped_people(items: Sequence[Item]) -> list[str]:
    """Everybody once, after the word that tells a person from a term."""
    people = dict.fromkeys(person for item in items for person in item.responsible)
    return [p if p.lower().startswith(("ответственн", "исполнител")) else f"Ответственный: {p}" for p in people]


def _indicator_value(indicator: Indicator, field: str, suffix: str) -> Decimal | date | str | None:
    match field:
        case "number":
            return _suffixed(indicator.number, suffix)
        case "title":
            return indicator.title
        case "type":
            return indicator.type
        case "unit":
            return indicator.unit
        case "territory":
            return indicator.territory
        case "baseline":
            return indicator.baseline
        case "baseline_on":
            return indicator.baseline_on
        case "target":
            return "\n".join(map(planned, indicator.targets))
        case _:
            return indicator.total
