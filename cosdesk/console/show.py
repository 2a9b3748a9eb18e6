"""A district as JSON: what ``show --json``, ``import --json`` and ``schedule --json`` print.

Numbers are true numbers, dates ISO texts, absent values null, texts of one line.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cosdesk.domain.district import District, Snapshot
from cosdesk.domain.evidence import Evidence
from cosdesk.domain.evidence_register import expected_kinds, row_papers
from cosdesk.domain.execution import Execution
from cosdesk.domain.indicator import Actual, Indicator, TargetRule
from cosdesk.domain.monitoring import Answer, AnswerState, Round, Value
from cosdesk.domain.organisation import School
from cosdesk.domain.period import Closure
from cosdesk.domain.plain import to_plain
from cosdesk.domain.risk import Risk
from cosdesk.domain.roadmap import RoadmapContents, Section, Stamp, Unplaced
from cosdesk.domain.schedule import Schedule
from cosdesk.domain.state import ItemState, actuals_by_indicator, item_states

Json = dict[str, Any]


def file_json(path: Path) -> Json:
    """The whole file, statuses as of today."""
    from cosdesk.store.file import DistrictFile

    with DistrictFile.open(path, read_only=True) as file:
        return district_json(file.snapshot(), file.answers)


def district_json(snapshot: Snapshot, answers: Callable[[int], Iterable[Answer]]) -> Json:
    """The whole district, statuses as of ``snapshot.today``; ``answers`` gives those of a round by its id."""
    return {
        "district": _district(snapshot.district),
        "norms": asdict(snapshot.norms),
        "today": snapshot.today.isoformat(),
        "roadmaps": [roadmap_json(snapshot, contents) for contents in snapshot.roadmaps],
        "schools": [_school(school) for school in snapshot.schools],
        "rounds": [_round(each) | {"answers": [_answer(a) for a in answers(each.id)]} for each in snapshot.rounds],
        "evidence": [evidence_json(paper) for paper in snapshot.evidence],
        "risks": [_plain(risk) for risk in snapshot.risks],
        "closures": [_plain(closure) for closure in snapshot.closures],
    }


def roadmap_json(snapshot: Snapshot, contents: RoadmapContents) -> Json:
    """One roadmap; a draft is shown by a snapshot that holds nothing else."""
    roadmap = contents.roadmap
    sections = {section.id: section for section in contents.sections}
    states = item_states(snapshot, contents)
    papers = {evidence.id: evidence for evidence in snapshot.evidence}
    actuals = actuals_by_indicator(snapshot)
    return {
        "id": roadmap.id,
        "title": one_line(roadmap.title),
        "form": roadmap.form,
        "goal": one_line(roadmap.goal),
        "project": roadmap.project,
        "years": list(roadmap.years) if roadmap.years else None,
        "source": roadmap.source_name,
        "stamps": [_stamp(stamp) for stamp in contents.stamps],
        "sections": [_section(section) for section in contents.sections],
        "items": [
            _item(state, sections, papers) | {"expected_papers": _expected(snapshot, contents, state)}
            for state in (states[item.id] for item in contents.items)
        ],
        "indicators": [_indicator(indicator, actuals.get(indicator.id, {})) for indicator in contents.indicators],
        "unplaced": unplaced_json(contents.unplaced),
    }


def schedule_json(schedule: Schedule) -> Json:
    """What a wording means; ``labels`` are the phases' names, in the order of the windows, where there are any."""
    return {
        "wording": schedule.wording,
        "understood": schedule.understood,
        "start": _iso(schedule.start),
        "end": _iso(schedule.end),
        "windows": [[window.start.isoformat(), window.end.isoformat()] for window in schedule.windows],
        "labels": [window.label for window in schedule.windows] if any(w.label for w in schedule.windows) else [],
        "precision": schedule.precision,
        "recurrence": schedule.recurrence,
        "assumption": schedule.assumption,
    }


def unplaced_json(unplaced: Iterable[Unplaced]) -> list[Json]:
    return [{"place": piece.place, "text": piece.text} for piece in unplaced]


def one_line(text: str) -> str:
    return " ".join(text.split())


def _district(district: District) -> Json:
    return {
        "name": district.name,
        "region": district.region,
        "office": district.office,
        "head": {"position": district.head_position, "name": district.head_name},
        "coordinator": {
            "position": district.coordinator_position,
            "name": district.coordinator_name,
            "phone": district.coordinator_phone,
            "email": district.coordinator_email,
        },
    }


def _school(school: School) -> Json:
    return {
        "id": school.id,
        "name": school.name,
        "short_name": school.short_name,
        "kind": school.kind,
        "locality": school.locality,
        "locality_kind": school.locality_kind,
        "address": school.address,
        "head": school.head,
        "phone": school.phone,
        "email": school.email,
        "site": school.site,
        "opened": _iso(school.opened),
        "closed": _iso(school.closed),
        "branch_of": school.branch_of,
        "merged_into": school.merged_into,
        "former_names": list(school.former_names),
        "counts": {
            str(count.school_year): {"learners": count.learners, "teachers": count.teachers} for count in school.counts
        },
    }


def _round(found: Round) -> Json:
    return {
        "id": found.id,
        "form": found.form,
        "form_version": found.form_version,
        "title": found.title,
        "period": found.period,
        "opened": _iso(found.opened_on),
        "due": _iso(found.due),
        "closed": _iso(found.closed_on),
        "item": found.item_id,
        "asked": found.asked,
        "answered": found.answered,
        "counts": {state: found.counts.get(state, 0) for state in AnswerState},
        "waiting": list(found.waiting),
        "feeds": [
            {
                "feed": feed.feed,
                "indicator": feed.indicator_id,
                "numerator": _number(feed.numerator),
                "denominator": _number(feed.denominator),
                "answered": feed.answered,
            }
            for feed in found.feeds
        ],
    }


def _answer(answer: Answer) -> Json:
    return {
        "school": answer.school_id,
        "state": answer.state,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "source": answer.source,
        "values": {key: _value(value) for key, value in answer.values.items()},
        "complies": answer.complies,
        "reasons": list(answer.reasons),
        "remarks": [
            {"cell": remark.cell, "question": remark.question, "reason": remark.message, "strict": remark.strict}
            for remark in answer.remarks
        ],
    }


def _value(value: Value) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain(record: Risk | Closure) -> Json:
    return dict(to_plain(record))


def _stamp(stamp: Stamp) -> Json:
    return {
        "id": stamp.id,
        "kind": stamp.kind,
        "heading": stamp.heading,
        "position": one_line(stamp.position),
        "name": stamp.name,
        "date": _iso(stamp.on),
        "act": one_line(stamp.act),
        "side": stamp.side,
    }


def _section(section: Section) -> Json:
    return {"id": section.id, "number": section.number, "title": one_line(section.title), "part": section.part}


def _item(state: ItemState, sections: Mapping[int, Section], papers: Mapping[int, Evidence]) -> Json:
    item = state.item
    section = sections.get(item.section_id) if item.section_id is not None else None
    return {
        "id": item.id,
        "number": item.number,
        "parent": item.parent_id,
        "section": section.number if section else None,
        "section_id": item.section_id,
        "kind": item.kind,
        "title": one_line(item.title),
        "schedule": schedule_json(state.schedule),
        "responsible": [one_line(line) for line in item.responsible],
        "controller": [one_line(line) for line in item.controller],
        "expected": one_line(item.expected),
        "note": one_line(item.note),
        "status": state.status,
        "status_label": state.status.label,
        "at_risk": item.at_risk,
        "cancelled": item.cancelled,
        "executions": [_execution(record, papers) for record in state.records],
        "evidence": [_evidence(paper) for paper in state.evidence],
    }


def _execution(record: Execution, papers: Mapping[int, Evidence]) -> Json:
    return {
        "id": record.id,
        "outcome": record.outcome,
        "window_end": _iso(record.window_end),
        "date": _iso(record.on),
        "due": _iso(record.due),
        "reason": record.reason,
        "measure": record.measure,
        "comment": record.comment,
        "evidence": [papers[paper_id].label for paper_id in record.evidence_ids],
    }


def _evidence(paper: Evidence) -> Json:
    return {
        "id": paper.id,
        "kind": paper.kind,
        "number": paper.number,
        "date": _iso(paper.on),
        "title": paper.title,
        "text": paper.text,
        "label": paper.label,
    }


def evidence_json(paper: Evidence) -> Json:
    """A document of the register with all that it proves."""
    return _evidence(paper) | {
        "pages": paper.pages,
        "items": list(paper.item_ids),
        "executions": list(paper.execution_ids),
        "values": [{"indicator": indicator_id, "period": period} for indicator_id, period in paper.values],
        "rounds": list(paper.round_ids),
    }


def _expected(snapshot: Snapshot, contents: RoadmapContents, state: ItemState) -> list[Json]:
    """The kinds of documents that the row expects, each with its state and the documents of that kind."""
    kinds = expected_kinds(state.item, snapshot.expected_papers)
    return [
        {"kind": line.kind, "state": line.state, "evidence": [paper.id for paper in line.evidence]}
        for line in row_papers(snapshot, contents, state)
        if line.kind in kinds
    ]


def _indicator(indicator: Indicator, actuals: Mapping[str, Actual]) -> Json:
    return {
        "id": indicator.id,
        "number": indicator.number,
        "title": one_line(indicator.title),
        "type": indicator.type,
        "unit": indicator.unit,
        "territory": indicator.territory,
        "baseline": {"value": _number(indicator.baseline), "date": _iso(indicator.baseline_on)},
        "targets": {target.period: _number(target.value) for target in indicator.targets},
        "target_rules": {
            target.period: {"rule": target.rule, "upper": _number(target.upper), "text": target.text}
            for target in indicator.targets
            if target.rule is not TargetRule.PLAIN or target.text
        },
        "direction": indicator.direction,
        "total_rule": indicator.total_rule,
        "numerator_of": indicator.numerator_of,
        "total": _number(indicator.total),
        "item": indicator.item_id,
        "actuals": {period: _actual(actual) for period, actual in sorted(actuals.items())},
    }


def _actual(actual: Actual) -> Json:
    return {
        "value": _number(actual.amount),
        "numerator": _number(actual.numerator),
        "denominator": _number(actual.denominator),
        "forecast": _number(actual.forecast),
        "reason": actual.reason,
        "measure": actual.measure,
        "source": actual.source,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
