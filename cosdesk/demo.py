"""The demo district «Заречный район»: invented data from ``resources/demo``, moved to the present years."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.evidence import Evidence, describe
from cosdesk.domain.execution import Execution, Outcome, answered_occurrence, occurrences
from cosdesk.domain.indicator import Actual, Indicator, Target, TotalRule
from cosdesk.domain.organisation import School, SchoolCount
from cosdesk.domain.period import parse_period
from cosdesk.domain.roadmap import Item, ItemKind, Roadmap, RoadmapContents, Section, Stamp, StampKind, Term
from cosdesk.domain.schedule import understand_term
from cosdesk.forms.reading import FormTable
from cosdesk.paths import resources_folder

DISTRICT_UID = "demo-zarechny"
"""Tells a file made by the demo from a real district of the same name."""

_YEAR = re.compile(r"\{y([+-]\d)?\}")


def demo_snapshot(today: date | None = None) -> Snapshot:
    """The demo as it stands on ``today``: its plan begins the year before, what lies ahead is not recorded yet.

    Ids are local.  ``FormError`` tells a slip in the data.
    """
    today = today or date.today()
    first_year = today.year - 1
    district, schools = _read_district(_read_table("district.toml", first_year), today)
    rows = _RoadmapReading(today, _read_table("roadmap.toml", first_year))
    indicators, actuals = _read_indicators(_read_table("indicators.toml", first_year), today)
    return Snapshot(
        district=district,
        roadmaps=(replace(rows.contents(), indicators=indicators),),
        schools=schools,
        executions=tuple(rows.executions),
        evidence=rows.evidence(),
        actuals=actuals,
        today=today,
    )


def make_demo(path: Path, today: date | None = None) -> None:
    """The demo as a district file; an existing file is replaced."""
    from cosdesk.demo_people import read_people
    from cosdesk.demo_rounds import read_rounds, write_rounds
    from cosdesk.store.evidence import add_evidence
    from cosdesk.store.executions import record_execution
    from cosdesk.store.file import DistrictFile
    from cosdesk.store.indicators import set_actual
    from cosdesk.store.people import add_person
    from cosdesk.store.roadmaps import add_roadmap
    from cosdesk.store.schools import add_school

    demo = demo_snapshot(today)
    rounds = read_rounds(_read_table("monitoring.toml", demo.today.year - 1), demo.today, _day)
    contents = demo.roadmaps[0]
    with DistrictFile.create(path, demo.district, overwrite=True) as file:
        with file.edit("Учебный пример: дорожная карта, школы и люди") as edit:
            add_roadmap(edit, contents)
            for school in demo.schools:
                add_school(edit, school)
            for person in read_people(_read_table("people.toml", demo.today.year - 1), demo):
                add_person(edit, person)
        stored = file.snapshot().roadmaps[0]
        item_ids = {local.id: real.id for local, real in zip(contents.items, stored.items, strict=True)}
        indicator_ids = {local.id: real.id for local, real in zip(contents.indicators, stored.indicators, strict=True)}
        with file.edit("Учебный пример: исполнение и фактические значения") as edit:
            evidence_ids = {evidence.id: add_evidence(edit, evidence) for evidence in demo.evidence}
            for execution in demo.executions:
                papers = tuple(evidence_ids[evidence_id] for evidence_id in execution.evidence_ids)
                record_execution(edit, replace(execution, item_id=item_ids[execution.item_id], evidence_ids=papers))
            for actual in demo.actuals:
                set_actual(edit, replace(actual, indicator_id=indicator_ids[actual.indicator_id]))
        with file.edit("Учебный пример: мониторинги") as edit:
            write_rounds(edit, rounds, file.snapshot(demo.today))


def _read_table(name: str, first_year: int) -> FormTable:
    path = resources_folder() / "demo" / name
    source = _YEAR.sub(lambda found: str(first_year + int(found[1] or 0)), path.read_text(encoding="utf-8"))
    return FormTable(tomllib.loads(source), path, source)


def _day(table: FormTable, key: str) -> date | None:
    text = table.text(key, "")
    try:
        return datetime.strptime(text, "%d.%m.%Y").date() if text else None
    except ValueError as error:
        raise table.fault(key, f"«{text}» – не дата вида ДД.ММ.ГГГГ") from error


def _decimal(table: FormTable, key: str, text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise table.fault(key, f"«{text}» – не число") from error


def _read_district(table: FormTable, today: date) -> tuple[District, tuple[School, ...]]:
    schools = tuple(_read_school(entry, number, today) for number, entry in enumerate(table.tables("school"), 1))
    district = District(
        name=table.text("name"),
        region=table.text("region"),
        name_genitive=table.text("name_genitive"),
        name_locative=table.text("name_locative"),
        office=table.text("office"),
        head_position=table.text("head_position"),
        head_name=table.text("head_name"),
        coordinator_position=table.text("coordinator_position"),
        coordinator_name=table.text("coordinator_name"),
        coordinator_phone=table.text("coordinator_phone"),
        coordinator_email=table.text("coordinator_email"),
        uid=DISTRICT_UID,
    )
    table.finish()
    return district, schools


def _read_school(table: FormTable, school_id: int, today: date) -> School:
    learners, teachers = table.mapping("learners"), table.mapping("teachers")
    if learners.keys() != teachers.keys():
        raise table.fault("teachers", "учебные годы не те, что у обучающихся")
    school = School(
        id=school_id,
        name=table.text("name"),
        short_name=table.text("short_name"),
        kind=table.text("kind"),
        locality=table.text("locality"),
        locality_kind=table.text("locality_kind", "село", ("город", "пгт", "село")),
        address=table.text("address"),
        head=table.text("head"),
        phone=table.text("phone"),
        email=table.text("email"),
        site=table.text("site"),
        counts=tuple(
            SchoolCount(int(year), int(learners[year]), int(teachers[year]))
            for year in learners
            if date(int(year), 9, 1) <= today
        ),
    )
    table.finish()
    return school


def _read_indicators(table: FormTable, today: date) -> tuple[tuple[Indicator, ...], tuple[Actual, ...]]:
    indicators: list[Indicator] = []
    actuals: list[Actual] = []
    for number, entry in enumerate(table.tables("indicator"), 1):
        source = entry.text("source")
        for recorded in entry.tables("actual"):
            actual = _read_actual(recorded, number, source)
            if parse_period(actual.period).end < today:
                actuals.append(replace(actual, id=len(actuals) + 1))
        indicators.append(_read_indicator(entry, number))
    table.finish()
    return tuple(indicators), tuple(actuals)


def _read_indicator(table: FormTable, number: int) -> Indicator:
    targets = table.mapping("targets")
    indicator = Indicator(
        id=number,
        title=table.text("title"),
        number=str(number),
        type=table.text("type"),
        unit=table.text("unit"),
        baseline=_decimal(table, "baseline", table.text("baseline")),
        baseline_on=_day(table, "baseline_on"),
        targets=tuple(
            Target(parse_period(period).code, _decimal(table, "targets", text)) for period, text in targets.items()
        ),
        total=_decimal(table, "total", table.text("total")),
        total_rule=TotalRule(table.text("total_rule", "last", [rule.value for rule in TotalRule])),
    )
    table.finish()
    return indicator


def _read_actual(table: FormTable, indicator_id: int, source: str) -> Actual:
    share, value = table.text("share", ""), table.text("value", "")
    if bool(share) == bool(value):
        raise table.fault("period", "нужно одно из двух: share или value")
    numerator, _, denominator = share.partition("/")
    actual = Actual(
        id=0,
        indicator_id=indicator_id,
        period=parse_period(table.text("period")).code,
        value=_decimal(table, "value", value) if value else None,
        numerator=_decimal(table, "share", numerator) if share else None,
        denominator=_decimal(table, "share", denominator) if share else None,
        reason=table.text("reason", ""),
        measure=table.text("measure", ""),
        source=source,
    )
    table.finish()
    return actual


@dataclass
class _RoadmapReading:
    """The roadmap's table read row by row, with the records and documents met on the way."""

    today: date
    table: FormTable
    items: list[Item] = field(default_factory=list)
    executions: list[Execution] = field(default_factory=list)
    papers: dict[str, list[Execution]] = field(default_factory=dict)
    years: tuple[int, int] | None = None

    def contents(self) -> RoadmapContents:
        table = self.table
        roadmap = Roadmap(
            id=1,
            title=table.text("title"),
            form=table.text("form"),
            goal=table.text("goal"),
            first_year=int(table.text("first_year")),
            last_year=int(table.text("last_year")),
            project=table.text("project"),
        )
        self.years = roadmap.years
        stamps = tuple(self._stamp(entry, number) for number, entry in enumerate(table.tables("stamp"), 1))
        sections = []
        for number, entry in enumerate(table.tables("section"), 1):
            sections.append(Section(number, entry.text("number"), entry.text("title")))
            self._rows(entry.tables("item"), str(number), number, None)
            entry.finish()
        table.finish()
        return RoadmapContents(roadmap, stamps, tuple(sections), tuple(self.items))

    def evidence(self) -> tuple[Evidence, ...]:
        """Every document met, in the order of the records it proves."""
        found = []
        for number, (text, proved) in enumerate(self.papers.items(), 1):
            items = tuple(dict.fromkeys(execution.item_id for execution in proved))
            executions = tuple(execution.id for execution in proved)
            found.append(replace(describe(text), id=number, item_ids=items, execution_ids=executions))
        return tuple(found)

    def _stamp(self, table: FormTable, number: int) -> Stamp:
        stamp = Stamp(
            id=number,
            kind=StampKind(table.text("kind", choices=[kind.value for kind in StampKind])),
            heading=table.text("heading"),
            position=table.text("position"),
            name=table.text("name"),
            on=_day(table, "on"),
            side=table.text("side", "right", ("left", "right")),
        )
        table.finish()
        return stamp

    def _rows(self, tables: Iterable[FormTable], prefix: str, section_id: int, parent_id: int | None) -> None:
        for number, table in enumerate(tables, 1):
            item = Item(
                id=len(self.items) + 1,
                kind=ItemKind(table.text("kind", "activity", [kind.value for kind in ItemKind])),
                title=table.text("title"),
                number=f"{prefix}.{number}",
                parent_id=parent_id,
                section_id=section_id,
                term=Term(table.text("term")),
                responsible=table.texts("responsible"),
                expected=table.text("expected"),
                at_risk=table.flag("at_risk"),
            )
            self.items.append(item)
            self._record(table.tables("executions"), item)
            self._rows(table.tables("item"), item.number, section_id, item.id)
            table.finish()

    def _record(self, tables: Iterable[FormTable], item: Item) -> None:
        """The row's records with the windows they answer, but for those that lie ahead of today."""
        schedule = understand_term(item.term, self.years)
        if not schedule.understood:
            raise self.table.fault("term", f"срок «{item.term.text}» не понят")
        made: list[Execution] = []
        for table in tables:
            on, end = _day(table, "on"), _day(table, "window")
            if end and all(window.end != end for window in schedule.windows):
                raise table.fault("window", f"срока с концом {end:%d.%m.%Y} у строки {item.number} нет")
            if end is None and on is not None:
                answered = answered_occurrence(occurrences(item, schedule, made, self.today), on)
                end = answered.window.end if answered else None
            execution = Execution(
                id=len(self.executions) + 1,
                item_id=item.id,
                outcome=Outcome(table.text("outcome", "done", [outcome.value for outcome in Outcome])),
                window_end=end,
                on=on,
                due=_day(table, "due"),
                reason=table.text("reason", ""),
                measure=table.text("measure", ""),
                comment=table.text("comment", ""),
            )
            known_since = on or end
            if known_since is None:
                raise table.fault("on", f"у записи строки {item.number} нет ни дня, ни срока")
            papers = table.texts("evidence")
            table.finish()
            if known_since <= self.today:
                made.append(execution)
                self.executions.append(replace(execution, evidence_ids=tuple(self._prove(execution, papers))))

    def _prove(self, execution: Execution, papers: Iterable[str]) -> Iterator[int]:
        """The ids of the documents described; the same words are the same document."""
        for text in papers:
            paper = describe(text)
            if not (paper.kind and paper.number and paper.on):
                raise self.table.fault("evidence", f"«{text}»: не найдены вид, номер или дата")
            self.papers.setdefault(text, []).append(execution)
            yield list(self.papers).index(text) + 1
