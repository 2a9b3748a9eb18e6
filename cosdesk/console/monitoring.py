"""What ``schools``, ``round``, ``workbooks``, ``collect``, ``indicators`` and ``evidence`` do."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from cosdesk.console.files import read, write
from cosdesk.console.listing import plan_words, table, value
from cosdesk.console.show import Json, evidence_json, one_line
from cosdesk.console.values import day
from cosdesk.dataclass import dataclass
from cosdesk.domain.district import Snapshot
from cosdesk.domain.evidence_register import PaperLine, PaperState, paper_register
from cosdesk.domain.indicator import Actual, IndicatorState, deviation
from cosdesk.domain.monitoring import Counted, Round, SchoolShare
from cosdesk.domain.period import Period, last_ended_quarter, parse_period
from cosdesk.domain.state import actuals_by_indicator, indicator_state
from cosdesk.errors import UserError
from cosdesk.exchange.mail import reply
from cosdesk.intake.answers import CollectedAnswer, Outcome, assess
from cosdesk.rounds import desk_of, find_round, last_values, letters, new_round, take, told_of_twin
from cosdesk.store.edit import Edit
from cosdesk.store.file import DistrictFile
from cosdesk.store.monitoring import add_round, mark_sent

Result = TypeVar("Result")


def import_schools(file: Path, source: Path, alike: str) -> Iterator[str]:
    """Takes a list of schools in; ``alike`` says what becomes of like names: «ask», «same» or «new»."""
    from cosdesk.intake.reading import read_outline_isolated
    from cosdesk.intake.schools import Match, merged, read_schools
    from cosdesk.store.schools import add_school, change_school, set_counts

    snapshot = read(file)
    found = read_schools(read_outline_isolated(source), snapshot.schools, snapshot.today)
    asked = [each for each in found if each.match in (Match.ALIKE, Match.REPEATED) and alike == "ask"]
    repeated = [each for each in found if each.match is Match.REPEATED and alike == "same"]
    taken = [each for each in found if each not in asked and each not in repeated]
    known = {each.place: each.known for each in taken if each.match is Match.ALIKE and alike != "new"}
    known |= {each.place: each.known for each in taken if each.match is Match.KNOWN}

    def change(edit: Edit) -> None:
        for each in taken:
            present = known.get(each.place)
            if present is None:
                add_school(edit, each.school)
            else:
                after = merged(each.school, present)
                change_school(edit, after)
                set_counts(edit, present.id, each.school.counts)

    if taken:
        write(file, f"Список школ ({source.name})", change, "перед импортом")
    added = sum(each.place not in known for each in taken)
    yield f"Школ в списке: {len(found)}. Добавлено: {added}, дополнено: {len(taken) - added}."
    if asked:
        yield f"Не загружены, потому что похожи на другие ({len(asked)}):"
        for each in asked:
            assert each.known is not None
            yield f"  {each.place}: {each.school.name} – это {each.known.label}?"
        yield "Если это те же школы, повторите с --alike same, если новые – с --alike new."


def start_round(file: Path, form_id: str, period: str, due: str | None, title: str | None) -> Iterator[str]:
    """Begins a round over the schools of its time."""
    from dataclasses import replace

    from cosdesk.forms.monitoring_form import monitoring_form

    form = monitoring_form(form_id)
    snapshot = read(file)
    if not snapshot.schools:
        raise UserError("В файле нет школ. Загрузите их командой: cosdesk schools ФАЙЛ import СПИСОК")
    found = new_round(snapshot, form, period, day(due) if due else None)
    found = replace(found, title=title.strip()) if title else found
    round_id, after = write(
        file, f"Мониторинг «{found.title}»", lambda edit: add_round(edit, found, form, snapshot.schools)
    )
    stored = find_round(after, str(round_id))
    yield f"Начат мониторинг {round_id}: {stored.title.removesuffix('.')}. Школ: {stored.asked}."
    if told := told_of_twin(after.rounds, stored):
        yield told
    titles = {indicator.id: indicator for contents in after.roadmaps for indicator in contents.indicators}
    for feed in stored.feeds:
        if feed.indicator_id is not None:
            indicator = titles[feed.indicator_id]
            yield f"Считает показатель {indicator.number or f'#{indicator.id}'}: {one_line(indicator.title)}"


def write_workbooks(file: Path, wording: str, folder: Path) -> Iterator[str]:
    """A workbook and a letter's draft for every school of a round, into a folder."""
    from cosdesk.reports.export import write_file

    if folder.exists() and not folder.is_dir():
        raise UserError(f"«{folder}» – файл, а нужна папка. Укажите другое имя.")
    with DistrictFile.open(file) as opened:
        snapshot = opened.snapshot()
        found = find_round(snapshot, wording)
        desk = desk_of(opened, snapshot, found.id)
        assert desk is not None
        last = last_values(opened, snapshot, desk)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"Папка «{folder}» не создана. Выберите другое место.") from error
        sent = []
        for letter in letters(snapshot.district, desk, last):
            write_file(folder / letter.workbook_name, letter.workbook)
            write_file(folder / letter.draft_name, letter.draft)
            sent.append(letter.school.id)
            yield letter.workbook_name
        with opened.edit(f"Рассылка: {found.title}") as edit:
            mark_sent(edit, found.id, sent)
    yield f"Книг: {len(sent)}, писем к ним: {len(sent)}. Папка: {folder}"


@dataclass(frozen=True, slots=True)
class Collection:
    """What a heap of returned files came to."""

    collected: tuple[CollectedAnswer, ...]
    rounds: tuple[Round, ...]
    written: int


def collect(file: Path, folder: Path, replies: Path | None = None) -> Collection:
    """Reads every file of the folder, writes what may be written, and drafts of replies where asked."""
    from cosdesk.intake.answer_heap import answer_files, read_heap

    paths = answer_files(folder)
    if not paths:
        raise UserError(f"В папке «{folder}» нет ни одного файла с ответом. Проверьте, та ли это папка.")
    with DistrictFile.open(file) as opened:
        snapshot = opened.snapshot()
        desks = _remembered(lambda round_id: desk_of(opened, snapshot, round_id))
        collected = assess(read_heap(paths), snapshot.district.uid, desks)
        with opened.edit(f"Ответы школ: {folder.name}") as edit:
            written = take(edit, desks, collected)
        rounds = opened.snapshot().rounds
    if replies is not None:
        _write_replies(snapshot, rounds, collected, replies)
    return Collection(collected, rounds, written)


def _remembered(find: Callable[[int], Result]) -> Callable[[int], Result]:
    known: dict[int, Result] = {}

    def found(key: int) -> Result:
        if key not in known:
            known[key] = find(key)
        return known[key]

    return found


def _write_replies(
    snapshot: Snapshot, rounds: Sequence[Round], collected: Sequence[CollectedAnswer], folder: Path
) -> None:
    from cosdesk.reports.export import write_file

    folder.mkdir(parents=True, exist_ok=True)
    by_id = {each.id: each for each in rounds}
    for each in collected:
        if each.school is not None and each.round_id in by_id and each.remarks:
            draft = reply(snapshot.district, by_id[each.round_id], each.school, each.remarks)
            write_file(folder / f"{Path(each.file).stem}.eml", draft)


def collection_json(found: Collection) -> Json:
    return {
        "files": [
            {
                "file": each.file,
                "round": each.round_id,
                "school": each.school.label if each.school else None,
                "school_id": each.school.id if each.school else None,
                "state": each.outcome,
                "state_label": each.outcome.label,
                "message": each.message,
                "saved_at": each.saved_at.isoformat() if each.saved_at else None,
                "remarks": [
                    {"cell": r.cell, "question": r.question, "reason": r.message, "strict": r.strict}
                    for r in each.remarks
                ],
            }
            for each in found.collected
        ],
        "written": found.written,
        "counts": {outcome: sum(e.outcome is outcome for e in found.collected) for outcome in Outcome},
    }


def collection_lines(found: Collection) -> Iterator[str]:
    for each in found.collected:
        school = each.school.label if each.school else ""
        yield f"{each.file}: {each.outcome.label}{f' – {school}' if school else ''}"
        if each.message:
            yield f"  {each.message}"
        for remark in each.remarks:
            yield f"  {f'{remark.cell}: ' if remark.cell else ''}{remark.message}"
    yield f"Файлов: {len(found.collected)}, записано ответов: {found.written}."


def indicators(file: Path, period: str | None, as_json: bool) -> Json | Iterator[str]:
    """Every indicator on a period: target, what was counted and what was typed, level and status."""
    with DistrictFile.open(file, read_only=True) as opened:
        snapshot = opened.snapshot()
        chosen = parse_period(period) if period else last_ended_quarter(snapshot.today)
        if not as_json:
            return indicator_lines(snapshot, chosen)
        counted = {each.indicator_id: each for each in snapshot.counted if each.period == chosen.code}
        behind = {key: opened.schools_behind(each.round_id, each.feed) for key, each in counted.items()}
    names = {school.id: school.label for school in snapshot.schools}
    recorded = {(actual.indicator_id, actual.period): actual for actual in snapshot.recorded}
    papers = proving_values(snapshot)
    return {
        "period": chosen.code,
        "indicators": [
            _indicator_json(
                state,
                counted.get(state.indicator.id),
                recorded.get((state.indicator.id, chosen.code)),
                behind.get(state.indicator.id, ()),
                names,
            )
            | {"evidence": papers.get((state.indicator.id, chosen.code), [])}
            for state in indicator_states(snapshot, chosen)
        ],
    }


def proving_values(snapshot: Snapshot) -> dict[tuple[int, str], list[str]]:
    """The documents behind each value, by the indicator's id and the period."""
    found: dict[tuple[int, str], list[str]] = {}
    for paper in snapshot.evidence:
        for use in paper.values:
            found.setdefault(use, []).append(paper.label)
    return found


def indicator_states(snapshot: Snapshot, period: Period) -> list[IndicatorState]:
    actuals = actuals_by_indicator(snapshot)
    found = [indicator for contents in snapshot.roadmaps for indicator in contents.indicators]
    return [indicator_state(indicator, actuals.get(indicator.id, {}), period, snapshot.norms) for indicator in found]


def indicator_lines(snapshot: Snapshot, period: Period) -> Iterator[str]:
    counted = {each.indicator_id: each for each in snapshot.counted if each.period == period.code}
    rows = []
    for state in indicator_states(snapshot, period):
        actual, found = state.actual, counted.get(state.indicator.id)
        has_share = actual is not None and actual.denominator is not None
        share = f"{value(actual.numerator)} из {value(actual.denominator)}" if actual and has_share else ""
        rows.append(
            (
                state.indicator.number or f"#{state.indicator.id}",
                ", ".join(filter(None, (state.indicator.title, state.indicator.territory))),
                _plan_words(state, period),
                value(state.amount),
                share,
                value(state.previous),
                value(actual.forecast if actual else None),
                value(state.level),
                state.achievement.label,
                "" if found is None else f"мониторинг {found.round_id}, школ {found.answered} из {found.asked}",
            )
        )
    if not rows:
        yield "Показателей в файле нет: они придут вместе с дорожной картой (cosdesk import)."
        return
    yield f"Показатели: {period.label}"
    headings = ("№", "Показатель", "План", "Факт", "Из чего", "Прошлый год", "Прогноз", "Уровень", "Статус", "Источник")
    yield from table(headings, rows, (3, 36, 14, 7, 12, 9, 8, 8, 14, 22))


def _plan_words(state: IndicatorState, period: Period) -> str:
    """«не менее 60», «80 (год)» where the period has no plan of its own."""
    own = state.plan is None or state.plan.period == period.code
    return plan_words(state.plan) + ("" if own else " (год)")


def _indicator_json(
    state: IndicatorState,
    counted: Counted | None,
    recorded: Actual | None,
    behind: Sequence[SchoolShare],
    names: dict[int, str],
) -> Json:
    actual = state.actual
    by_hand = recorded.amount if recorded else None
    return {
        "id": state.indicator.id,
        "number": state.indicator.number,
        "title": one_line(state.indicator.title),
        "unit": state.indicator.unit,
        "territory": state.indicator.territory,
        "direction": state.indicator.direction,
        "numerator_of": state.indicator.numerator_of,
        "target": _number(state.target),
        "target_upper": _number(state.plan.upper if state.plan else None),
        "target_rule": state.plan.rule if state.plan else None,
        "target_words": plan_words(state.plan) if state.plan else "",
        "target_period": state.plan.period if state.plan else None,
        "deviation": _number(state.deviation),
        "numerator": _number(actual.numerator if actual else None),
        "denominator": _number(actual.denominator if actual else None),
        "actual": _number(state.amount),
        "by_hand": _number(by_hand),
        "difference": _number(deviation(state.amount, by_hand) if counted else None),
        "forecast": _number(actual.forecast if actual else None),
        "previous": _number(state.previous),
        "level": _number(state.level),
        "status": state.achievement,
        "status_label": state.achievement.label,
        "reason": actual.reason if actual else "",
        "measure": actual.measure if actual else "",
        "round": counted.round_id if counted else None,
        "preliminary": counted.preliminary if counted else False,
        "schools": [
            {
                "school": names.get(share.school_id, ""),
                "school_id": share.school_id,
                "state": share.state,
                "numerator": _number(share.numerator),
                "denominator": _number(share.denominator),
                "complies": share.complies,
                "reasons": list(share.reasons),
            }
            for share in behind
        ],
    }


def evidence(file: Path, missing: bool, as_json: bool) -> Json | Iterator[str]:
    """The register of documents by rows; with ``missing`` only what is absent."""
    snapshot = read(file)
    lines = [line for line in paper_register(snapshot) if not missing or line.state is PaperState.MISSING]
    if as_json:
        found: Json = {"today": snapshot.today.isoformat(), "papers": [_paper_json(line) for line in lines]}
        return found if missing else found | {"register": [evidence_json(each) for each in snapshot.evidence]}
    return _paper_lines(lines, snapshot.today)


def _paper_json(line: PaperLine) -> Json:
    return {
        "item": line.item.id,
        "number": line.item.number,
        "title": one_line(line.item.title),
        "kind": line.kind,
        "state": line.state,
        "state_label": line.state.label,
        "evidence": [paper.label for paper in line.evidence],
    }


def _paper_lines(lines: Sequence[PaperLine], today: date) -> Iterator[str]:
    yield f"Подтверждающие документы по состоянию на {today:%d.%m.%Y}"
    if not lines:
        yield "Нет ни одного."
        return
    rows = [
        (
            line.item.number or f"#{line.item.id}",
            line.item.title,
            line.kind or "документ",
            line.state.label,
            "; ".join(paper.label for paper in line.evidence),
        )
        for line in lines
    ]
    yield from table(("№", "Наименование", "Вид", "Состояние", "Документы"), rows, (5, 38, 14, 16, 40))


def _number(amount: object) -> float | None:
    return None if amount is None else float(str(amount))
