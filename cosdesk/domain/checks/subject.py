"""The roadmap under check, with what most rules ask of it computed once."""

from collections import Counter
from dataclasses import field
from functools import cached_property

from cosdesk.dataclass import dataclass
from cosdesk.domain.checks.finding import Finding, Mend, Rule, mark_of, mended_text
from cosdesk.domain.checks.texts import (
    ROW_LABELS,
    Text,
    field_text,
    indicator_place,
    row_place,
    section_place,
    texts_of,
)
from cosdesk.domain.checks.words import title_stems
from cosdesk.domain.district import District
from cosdesk.domain.indicator import Indicator
from cosdesk.domain.roadmap import Item, Part, RoadmapContents, Section, Stamp
from cosdesk.domain.schedule import Schedule, understand_item


@dataclass(frozen=True)
class Subject:
    """``known_names`` are the names of the district's directory («Иванов И.И.»)."""

    contents: RoadmapContents
    district: District = field(default_factory=lambda: District(""))
    known_names: tuple[str, ...] = ()

    @cached_property
    def items(self) -> dict[int, Item]:
        return {item.id: item for item in self.contents.items}

    @cached_property
    def children(self) -> dict[int | None, list[Item]]:
        found: dict[int | None, list[Item]] = {}
        for item in self.contents.items:
            found.setdefault(item.parent_id, []).append(item)
        return found

    @cached_property
    def parts(self) -> dict[int, Part]:
        """The part each row stands in, by id."""
        sections = {section.id: section.part for section in self.contents.sections}
        return {item.id: sections.get(item.section_id or 0, Part.PLAN) for item in self.contents.items}

    @cached_property
    def schedules(self) -> dict[int, Schedule]:
        years = self.contents.roadmap.years
        return {item.id: understand_item(item, years) for item in self.contents.items}

    @cached_property
    def places(self) -> dict[int, str]:
        """Where each row stands, for people, by id."""
        return {
            item.id: row_place(item, ordinal, self.parts[item.id])
            for ordinal, item in enumerate(self.contents.items, 1)
        }

    @cached_property
    def keys(self) -> dict[int, str]:
        """What names each row by its texts: the title, with the term and the count where titles repeat."""
        titles = Counter(item.title for item in self.contents.items)
        seen: Counter[str] = Counter()
        keys: dict[int, str] = {}
        for item in self.contents.items:
            key = item.title if titles[item.title] == 1 else f"{item.title} ({item.term.text})"
            seen[key] += 1
            keys[item.id] = key if seen[key] == 1 else f"{key} ({seen[key]})"
        return keys

    @cached_property
    def row_indicators(self) -> dict[int, list[Indicator]]:
        """The indicators that stand in a row, by the row's id."""
        found: dict[int, list[Indicator]] = {}
        for indicator in self.contents.indicators:
            if indicator.item_id is not None:
                found.setdefault(indicator.item_id, []).append(indicator)
        return found

    @cached_property
    def shares(self) -> tuple[tuple[Indicator, frozenset[str]], ...]:
        """The indicators in percents, each with the stems of its title."""
        return tuple((i, title_stems(i.title)) for i in self.contents.indicators if i.is_percent)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        return tuple(texts_of(self.contents, self.keys, self.places))

    @cached_property
    def indicator_places(self) -> dict[int, str]:
        return {
            indicator.id: indicator_place(indicator, ordinal)
            for ordinal, indicator in enumerate(self.contents.indicators, 1)
        }

    # --- findings

    def of_roadmap(self, rule: Rule, place: str, message: str, proposal: str, mark: str) -> Finding:
        return Finding(rule, place, message, proposal, self.contents.roadmap.id, mark_of(mark))

    def of_item(
        self,
        rule: Rule,
        item: Item,
        name: str,
        message: str,
        proposal: str = "",
        mends: tuple[Mend, ...] = (),
        mark: str = "",
    ) -> Finding:
        """A finding in the field ``name`` of a row; ``mark`` tells findings of one rule in one field apart."""
        return Finding(
            rule,
            f"{self.places[item.id]}, {ROW_LABELS[name]}",
            message,
            proposal,
            self.contents.roadmap.id,
            mark_of(self.keys[item.id], name, mark),
            item_id=item.id,
            field=name,
            replacement=mended_text(field_text(item, name), mends) if mends else None,
            mends=mends,
        )

    def of_indicator(
        self, rule: Rule, indicator: Indicator, what: str, message: str, proposal: str, mark: str = ""
    ) -> Finding:
        """A finding in an indicator; ``what`` names the values meant («план»)."""
        return Finding(
            rule,
            f"{self.indicator_places[indicator.id]}, {what}",
            message,
            proposal,
            self.contents.roadmap.id,
            mark_of(indicator.title, mark or message),
            indicator_id=indicator.id,
        )

    def of_section(
        self, rule: Rule, section: Section, message: str, proposal: str, mends: tuple[Mend, ...] = ()
    ) -> Finding:
        """A finding in a section's number."""
        return Finding(
            rule,
            f"{section_place(section)}, номер",
            message,
            proposal,
            self.contents.roadmap.id,
            mark_of(section.title, message),
            section_id=section.id,
            field="number",
            replacement=mended_text(section.number, mends) if mends else None,
            mends=mends,
        )

    def of_text(
        self, rule: Rule, text: Text, message: str, proposal: str, mends: tuple[Mend, ...] = (), mark: str = ""
    ) -> Finding:
        """A finding in any text."""
        record = text.record
        return Finding(
            rule,
            text.place,
            message,
            proposal,
            self.contents.roadmap.id,
            mark_of(text.key, text.field, mark or message),
            item_id=record.id if isinstance(record, Item) else None,
            indicator_id=record.id if isinstance(record, Indicator) else None,
            section_id=record.id if isinstance(record, Section) else None,
            stamp_id=record.id if isinstance(record, Stamp) else None,
            field=text.field,
            replacement=mended_text(text.text, mends) if mends else None,
            mends=mends,
        )
