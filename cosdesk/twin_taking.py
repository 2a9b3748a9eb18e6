"""What was chosen of a filled Excel twin, written into the district: one edit, the record of each row written once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence import describe
from cosdesk.domain.execution import Execution, Outcome
from cosdesk.domain.indicator import Actual, Indicator, Target
from cosdesk.domain.roadmap import Item, ItemKind, RoadmapContents
from cosdesk.domain.state import actuals_by_indicator, item_states
from cosdesk.domain.twin import RowKey, row_key
from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_form
from cosdesk.intake.answer_twin import TwinRow
from cosdesk.store.edit import Edit
from cosdesk.store.evidence import find_or_add, prove
from cosdesk.store.executions import change_execution, record_execution
from cosdesk.store.indicators import (
    add_indicator,
    change_indicator,
    delete_actual,
    delete_target,
    set_actual,
    set_target,
)
from cosdesk.store.monitoring import recount, save_answer
from cosdesk.store.roadmaps import add_item, change_item
from cosdesk.store.schools import change_school
from cosdesk.twin_changes import Proposal, TwinChange
from cosdesk.twin_fields import (
    INDICATOR_FIELDS,
    ITEM_FIELDS,
    READERS,
    target_of,
    text_of,
    with_actual_field,
    with_indicator_field,
    with_item_field,
    with_term_fields,
)


def take(edit: Edit, snapshot: Snapshot, proposal: Proposal, chosen: Sequence[TwinChange]) -> None:
    """Write the changes chosen; ``UserError`` undoes the whole edit.  ``snapshot`` is the one they were told of."""
    taking = _Taking(edit, snapshot, proposal)
    rows: dict[RowKey, dict[str, object]] = {}
    for change in chosen:
        if change.key is not None:
            rows.setdefault(change.key, {})[change.field] = change.value
    for key, values in rows.items():
        taking.write(key, values)
    for change in chosen:
        if change.added is not None:
            taking.add(change.added)
    taking.finish()


class _Taking:
    def __init__(self, edit: Edit, snapshot: Snapshot, proposal: Proposal) -> None:
        self._edit = edit
        self._snapshot = snapshot
        self._proposal = proposal
        self._contents: RoadmapContents = proposal.contents
        self._items = {item.id: item for item in self._contents.items}
        self._indicators = {indicator.id: indicator for indicator in self._contents.indicators}
        self._actuals = actuals_by_indicator(snapshot)
        self._states = item_states(snapshot, self._contents)
        self._answered = False
        self._places: dict[tuple[int | None, int | None], list[int]] = {}
        self._last: dict[str, int] = {}
        """The row that was added last after each id: the next one goes after it."""

    def write(self, key: RowKey, values: Mapping[str, object]) -> None:
        match key.kind:
            case "item":
                self._item(self._items[key.id], values)
            case "indicator":
                self._indicator(self._indicators[key.id], values)
            case "term":
                self._term(key, values)
            case _:
                self._school(key.id, values)

    def finish(self) -> None:
        if self._answered and self._proposal.desk:
            recount(self._edit, self._proposal.desk.round.id)

    def _item(self, item: Item, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            item = with_item_field(item, name, str(value))
        change_item(self._edit, item)

    def _indicator(self, indicator: Indicator, values: Mapping[str, object]) -> None:
        actuals: dict[str, Actual] = {}
        own = indicator
        for name, value in values.items():
            base, _, year = name.partition(":")
            if base == "target":
                if isinstance(value, Target):
                    set_target(self._edit, indicator.id, value)
                else:
                    delete_target(self._edit, indicator.id, year)
            elif self._proposal.identity.report == "roadmap":
                own = with_indicator_field(own, name, value)
            else:
                period = year or self._proposal.identity.period
                known = self._actuals.get(indicator.id, {}).get(period, Actual(0, indicator.id, period))
                actuals[period] = with_actual_field(actuals.get(period, known), base, value)
        if own != indicator:
            change_indicator(self._edit, own)
        for period, actual in actuals.items():
            self._actual(actual, period)

    def _actual(self, actual: Actual, period: str) -> None:
        if actual.has_number or actual.reason or actual.measure or actual.source or actual.forecast is not None:
            set_actual(self._edit, actual)
        else:
            delete_actual(self._edit, actual.indicator_id, period)

    def _term(self, key: RowKey, values: Mapping[str, object]) -> None:
        """Into the term's own record; a term without one gets it: done by the day given, else not done so far."""
        found = next(o for o in self._states[key.id].occurrences if o.window.end == key.end)
        if found.record is None:
            outcome = Outcome.NOT_DONE if found.window.end < self._snapshot.today else Outcome.PARTLY
            record = with_term_fields(Execution(0, key.id, outcome, key.end), values)
            record_execution(self._edit, record, str(values.get("evidence", "")))
            return
        change_execution(self._edit, with_term_fields(found.record, values))
        if evidence := str(values.get("evidence", "")).strip():
            prove(self._edit, find_or_add(self._edit, describe(evidence)), key.id, found.record.id)

    def _school(self, school_id: int, values: Mapping[str, object]) -> None:
        school = next(school for school in self._snapshot.schools if school.id == school_id)
        desk = self._proposal.desk
        answers = {name.removeprefix("answer:"): value for name, value in values.items()}
        asked = {key: value for key, value in answers.items() if desk and desk.form.question(key)}
        if desk and asked:
            merged = {**desk.answers[school_id].values, **asked}
            save_answer(self._edit, desk.form, desk.round, school, merged, source=self._proposal.file)  # type: ignore[arg-type]
            self._answered = True
        if own := {key: str(value) for key, value in answers.items() if key not in asked}:
            change_school(self._edit, replace(school, **own))  # type: ignore[arg-type]

    # New rows

    def add(self, row: TwinRow) -> None:
        key = row_key(row.after) if row.after else None
        if any(cell.field.startswith(("target", "unit", "baseline")) for cell in row.cells) or (
            key is not None and key.kind == "indicator"
        ):
            self._add_indicator(row)
        else:
            self._add_item(row, key)

    def _add_indicator(self, row: TwinRow) -> None:
        indicator = Indicator(0, "")
        targets: list[Target] = []
        for cell in row.cells:
            base, _, year = cell.field.partition(":")
            if base == "target" and year and (target := target_of(cell.raw, year)):
                targets.append(target)
            elif base in INDICATOR_FIELDS:
                reader = READERS.get(base)
                indicator = with_indicator_field(indicator, base, reader(cell.raw) if reader else text_of(cell.raw))
        add_indicator(self._edit, self._contents.roadmap.id, replace(indicator, targets=tuple(targets)))

    def _add_item(self, row: TwinRow, after: RowKey | None) -> None:
        """Beside the row above it; the first under the title of a section begins that."""
        above = self._items.get(self._last.get(row.after, after.id if after else 0))
        section_id = above.section_id if above else after.id if after and after.kind == "section" else None
        item = Item(0, self._kind(above, section_id), "", parent_id=above.parent_id if above else None)
        item = replace(item, section_id=section_id)
        for cell in row.cells:
            if cell.field in ITEM_FIELDS:
                item = with_item_field(item, cell.field, text_of(cell.raw))
        if not item.title:
            raise UserError("У новой строки нет наименования.")
        siblings = self._siblings(item)
        index = siblings.index(above.id) + 1 if above and above.id in siblings else 0
        item_id = add_item(self._edit, self._contents.roadmap.id, item, index)
        siblings.insert(index, item_id)
        self._items[item_id] = replace(item, id=item_id)
        self._last[row.after] = item_id

    def _siblings(self, item: Item) -> list[int]:
        """Ids of the rows beside it in their order, those added before it too."""
        place = (item.parent_id, item.section_id if item.parent_id is None else None)
        if place not in self._places:
            self._places[place] = [
                known.id
                for known in self._contents.items
                if known.parent_id == item.parent_id
                and (item.parent_id is not None or known.section_id == item.section_id)
            ]
        return self._places[place]

    def _kind(self, above: Item | None, section_id: int | None) -> ItemKind:
        if above:
            return above.kind
        section = next((s for s in self._contents.sections if s.id == section_id), None)
        form = roadmap_form(self._contents.roadmap.form)
        part = form.part(section.part) if section else None
        return (part or form.parts[0]).top_kind
