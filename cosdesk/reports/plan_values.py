"""What the templates of reports and papers may name: district, plan, people, figures, a row."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.names import decline_district
from cosdesk.domain.roadmap import Item, ItemKind, RoadmapContents, Stamp
from cosdesk.domain.state import ItemState, item_states
from cosdesk.errors import UserError
from cosdesk.forms.report_form import Template
from cosdesk.reports.cases import about, decline_name, decline_position, decline_title
from cosdesk.reports.figures import PeriodFigures, approving_stamp, school_figures
from cosdesk.reports.narrative import Composer
from cosdesk.reports.references import bare_number, in_order, one_line, quoted, row_references, unstopped
from cosdesk.reports.request import Request, Signer
from cosdesk.reports.typography import Case, plan_years, signature_name

_FULL_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s+[а-яё]+\s+\d{4}")
_INSTRUMENTAL = re.compile(r"(?:постановлени|распоряжени|решени)ем\b|(?:приказ|протокол|указ)ом\b", re.IGNORECASE)


def plan_values(snapshot: Snapshot, contents: RoadmapContents, as_of: date, approval: Template) -> dict[str, object]:
    """What is the same for every period; ``approval`` words the stamp that approves the plan."""
    district, roadmap = snapshot.district, contents.roadmap
    kinds = {"results": ItemKind.RESULT, "milestones": ItemKind.MILESTONE, "activities": ItemKind.ACTIVITY}
    counts = {name: sum(item.kind is kind for item in contents.items) for name, kind in kinds.items()}
    stamp = approving_stamp(contents.stamps)
    return {
        "district": district.name,
        "place": place(district.name, district.name_locative),
        "of_district": _of_district(snapshot),
        "office": district.office,
        "project": roadmap.project.strip(' «»"„“'),
        "years": plan_years(roadmap.years) if roadmap.years else "",
        "approval": Composer({}).line(approval, **_approval(stamp)) if stamp else "",
        "coordinator": {"name": district.coordinator_name, "position": district.coordinator_position},
        "rows": counts | {"all": sum(counts.values())},
        "schools": school_figures(snapshot.schools, as_of),
    }


def period_values(figures: PeriodFigures, listed: int) -> dict[str, object]:
    """What is counted for a period; ``listed`` is how many rows a sentence names one by one."""
    return {
        "period": figures.period.cumulative_label,
        "year": str(figures.period.year),
        "as_of": figures.as_of,
        "final": figures.final,
        "indicators": figures.indicators,
        "execution": figures.execution,
        "before": figures.before,
        "listed": listed,
        "horizon": figures.norms.upcoming_days,
    }


def place(name: str, locative: str) -> str:
    """«в Заречном районе», «во Владимирском районе»; «(Заречный район)» where the case is not known."""
    if not locative:
        return f"({name})" if name else ""
    return f"{'во' if re.match('[ВФ][^аеёиоуыэюя]', locative, re.IGNORECASE) else 'в'} {locative}"


def _of_district(snapshot: Snapshot) -> str:
    """«Заречного района»; «(Заречный район)» where the case is not known."""
    name, kept = snapshot.district.name, snapshot.district.name_genitive
    return kept or decline_district(name)[0] or (f"({name})" if name else "")


def _approval(stamp: Stamp) -> Mapping[str, object]:
    """What a stamp says of the approval, for the phrase after «утверждён»."""
    act = " ".join(stamp.act.split())
    said = act or stamp.position
    return {
        "act": act,
        # УТВЕРЖДЕН (кем, чем) is followed by the instrumental, УТВЕРЖДАЮ by the nominative.
        "instrumental": bool(_INSTRUMENTAL.search(act)) if act else not stamp.heading.upper().startswith("УТВЕРЖДАЮ"),
        "position": stamp.position,
        "position_instrumental": decline_position(stamp.position, Case.INSTRUMENTAL) if stamp.position else "",
        "on": stamp.on,
        "dated": bool(_FULL_DATE.search(said)),
    }


# People


@dataclass(frozen=True)
class PersonFigure:
    """Somebody a sentence speaks of; the cases are the kept ones, else the dictionary's, else empty."""

    name: str
    position: str = ""
    phone: str = ""
    email: str = ""
    kept: Mapping[Case, str] | None = None

    @cached_property
    def accusative(self) -> str:
        return self._case(Case.ACCUSATIVE)

    @cached_property
    def dative(self) -> str:
        return self._case(Case.DATIVE)

    @cached_property
    def position_accusative(self) -> str:
        return decline_position(self.position, Case.ACCUSATIVE) if self.position else ""

    @cached_property
    def office_accusative(self) -> str:
        """The position without «координатор», for a sentence that appoints the coordinator."""
        parts = [part.strip() for part in self.position.split(",")]
        position = ", ".join(part for part in parts if "координатор" not in part.lower())
        return decline_position(position, Case.ACCUSATIVE) if position else ""

    @property
    def signature(self) -> str:
        return signature_name(self.name)

    def _case(self, case: Case) -> str:
        return (self.kept or {}).get(case, "") or decline_name(self.name, case)


def person_figure(snapshot: Snapshot, name: str, position: str, phone: str = "", email: str = "") -> PersonFigure:
    """The person with the cases that the directory keeps of them."""
    known = next((p for p in snapshot.people if name and name in (p.full_name, p.name)), None)
    kept = {Case.ACCUSATIVE: known.accusative, Case.DATIVE: known.dative} if known else None
    full = known.full_name if known and known.full_name else name
    return PersonFigure(full, position, phone, email, kept)


def signer_of(snapshot: Snapshot, request: Request) -> Signer:
    """Who signs: the request's own or the district's head."""
    return request.signer or Signer(snapshot.district.head_position, snapshot.district.head_name)


# A row

_LONGEST_HEADING = 120  # letters of a heading to the text; a longer title goes into the text alone


class _Kind(NamedTuple):
    """Words for a kind of row."""

    action: str
    genitive: str
    foreseen: str


_KINDS = {
    ItemKind.ACTIVITY: _Kind("исполнение", "мероприятия", "Мероприятие предусмотрено"),
    ItemKind.MILESTONE: _Kind("исполнение", "контрольной точки", "Контрольная точка предусмотрена"),
    ItemKind.RESULT: _Kind("достижение", "результата", "Результат предусмотрен"),
}


@dataclass(frozen=True)
class RowFigure:
    """The row a paper is of.  ``children`` are the rows under it, with their states."""

    state: ItemState
    reference: str
    children: tuple[ItemState, ...]

    @property
    def item(self) -> Item:
        return self.state.item

    @property
    def number(self) -> str:
        return bare_number(self.item.number)

    @property
    def title(self) -> str:
        return unstopped(self.item.title)

    @property
    def of_point(self) -> str:
        """«(на основании) пункта 1.1»; without a number «мероприятия «…»»."""
        return f"пункта {self.number}" if self.number else f"{_KINDS[self.item.kind].genitive} {quoted(self.title)}"

    @property
    def task(self) -> str:
        """«(обеспечить) исполнение мероприятия «…»», «достижение результата «…»»."""
        kind = _KINDS[self.item.kind]
        return f"{kind.action} {kind.genitive} {quoted(self.title)}"

    @property
    def foreseen(self) -> str:
        """«Мероприятие предусмотрено», «Контрольная точка предусмотрена»."""
        return _KINDS[self.item.kind].foreseen

    @property
    def point(self) -> str:
        """«пунктом 1.1» needs the number, a row without one its title: «1.1», «без номера («…»)»."""
        return self.number or quoted(self.title)

    @property
    def term(self) -> str:
        return in_order(self.item.term.text)

    @property
    def expected(self) -> str:
        return unstopped(self.item.expected)

    @property
    def responsible(self) -> str:
        return one_line(", ".join(line.strip(" ,;") for line in self.item.responsible))

    @cached_property
    def genitive(self) -> str:
        """The title after «итогам», with a small letter; empty where it cannot be declined."""
        return _small(decline_title(self.title, Case.GENITIVE))

    @cached_property
    def about(self) -> str:
        """«О мониторинге официальных сайтов», «Об исполнении пункта 1.1 плана мероприятий»."""
        phrase = about(_small(decline_title(self.title, Case.PREPOSITIONAL)))
        if not phrase or len(phrase) > _LONGEST_HEADING:
            named = f"{_KINDS[self.item.kind].genitive} {quoted(self.title)}"
            named = named if len(named) <= _LONGEST_HEADING else f"{_KINDS[self.item.kind].genitive} плана"
            what = f"пункта {self.number} плана мероприятий" if self.number else named
            phrase = f"об исполнении {what}"
        return phrase[:1].upper() + phrase[1:]

    @property
    def due(self) -> date | None:
        """The last day of the term that is waited for now, else of the last one."""
        following = self.state.next_occurrence
        if following:
            return following.window.end
        return self.state.occurrences[-1].window.end if self.state.occurrences else None

    @property
    def begins(self) -> date | None:
        following = self.state.next_occurrence or (self.state.occurrences[-1] if self.state.occurrences else None)
        return following.window.start if following and following.window.start != following.window.end else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.state.evidence


def row_figure(snapshot: Snapshot, contents: RoadmapContents, item_id: int | None) -> RowFigure:
    """The row of that id; ``UserError`` where none is chosen or there is no such row."""
    if item_id is None:
        raise UserError("Этот документ составляется по строке плана. Выберите строку дорожной карты.")
    states = item_states(snapshot, contents)
    if item_id not in states:
        raise UserError("Такой строки в дорожной карте уже нет. Выберите другую строку.")
    children = tuple(states[item.id] for item in contents.children(item_id))
    return RowFigure(states[item_id], row_references(contents)[item_id], children)


def _small(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:] if phrase[1:2].islower() else phrase
