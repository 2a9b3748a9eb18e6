"""Offering to take learners and teachers from accepted answers into the register of schools."""

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from cosdesk.domain.organisation import school_year_at
from cosdesk.domain.period import parse_period
from cosdesk.domain.reported_counts import ReportedCount, reported_counts
from cosdesk.intake.answers import RoundDesk
from cosdesk.reports.typography import school_year
from cosdesk.store.schools import set_counts
from cosdesk.ui.messages import choose
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_NAMED = 8
"""Schools told by name in the question."""


def asks_counts(desk: RoundDesk | None) -> bool:
    """Whether the round asks for what the register keeps."""
    return desk is not None and any(question.register for question in desk.form.questions)


def offer_counts(
    workspace: Workspace, desk: RoundDesk, parent: QWidget | None, school_ids: Collection[int] | None = None
) -> str:
    """Asks, where the register lacks the numbers or has others, and writes; a sentence on what was done, or nothing.

    ``school_ids`` are those whose answers were just accepted, None for all.
    """
    year = school_year_at(parse_period(desk.round.period).end)
    answers = [a for a in desk.answers.values() if school_ids is None or a.school_id in school_ids]
    reported = reported_counts(desk.form, desk.schools, answers, year)
    if not reported:
        return "" if school_ids is not None else "Принятые ответы не отличаются от реестра школ."
    chosen = _asked(reported, year, parent)
    if not chosen:
        return ""
    with workspace.edit(f"Численность из мониторинга: школ {len(chosen)}") as edit:
        for each in chosen:
            set_counts(edit, each.school.id, [each.found])
    return f"Численность записана в реестр школ: {len(chosen)}. Вернуть – Ctrl+Z"


def _asked(reported: Sequence[ReportedCount], year: int, parent: QWidget | None) -> Sequence[ReportedCount]:
    missing = [each for each in reported if each.known is None]
    other = [each for each in reported if each.known is not None]
    lines = [f"Записать в реестр школ численность из принятых ответов, {school_year(year)}?"]
    if missing:
        lines.append(f"Численности за этот год нет: {counted(len(missing), 'школа', 'школы', 'школ')}.")
    if other:
        lines.append(f"В реестре другие числа: {counted(len(other), 'школа', 'школы', 'школ')}.")
        lines += [_change(each) for each in other[:_NAMED]]
    if len(other) > _NAMED:
        lines.append(f"… и ещё {len(other) - _NAMED}.")
    options: list[tuple[str, Sequence[ReportedCount]]] = []
    if missing:
        options.append((f"Записать недостающие: {len(missing)}", missing))
    if other:
        options.append((f"Записать и заменить: {len(reported)}" if missing else f"Заменить: {len(other)}", reported))
    answer = choose("\n".join(lines), [text for text, _ in options], parent)
    return [] if answer is None else options[answer][1]


def _change(each: ReportedCount) -> str:
    known = each.known
    assert known is not None
    pairs = (("обучающихся", known.learners, each.found.learners), ("учителей", known.teachers, each.found.teachers))
    changes = [f"{name} {before} → {after}" for name, before, after in pairs if before != after]
    return f"– {each.school.label}: {', '.join(changes)}"
