"""Edits of the page «Проверка»: mends made, findings dismissed and brought back."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from cosdesk.domain.checks.finding import Dismissal, Finding
from cosdesk.domain.checks.proofreading import mended
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.store import roadmaps
from cosdesk.store.dismissals import dismiss, restore
from cosdesk.store.indicators import change_indicator
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

Record = TypeVar("Record")


def mend(workspace: Workspace, contents: RoadmapContents, findings: Sequence[Finding]) -> None:
    """Every finding that has a mend, in one edit; those whose text has changed meanwhile are passed over."""
    after = mended(contents, findings)
    if after == contents:
        return
    with workspace.edit(f"Исправление {_which(findings)}") as edit:
        if after.roadmap != contents.roadmap:
            roadmaps.change_roadmap(edit, after.roadmap)
        for stamp in _changed(contents.stamps, after.stamps):
            roadmaps.change_stamp(edit, stamp)
        for section in _changed(contents.sections, after.sections):
            roadmaps.change_section(edit, section)
        for item in _changed(contents.items, after.items):
            roadmaps.change_item(edit, item)
        for indicator in _changed(contents.indicators, after.indicators):
            change_indicator(edit, indicator)


def dismiss_findings(workspace: Workspace, findings: Sequence[Finding], reason: str) -> None:
    """The findings put aside for good, with one reason."""
    with workspace.edit(f"Скрытие {_which(findings)}") as edit:
        for finding in findings:
            dismiss(edit, finding, reason)


def restore_findings(workspace: Workspace, dismissals: Iterable[Dismissal]) -> None:
    """The findings are open again."""
    chosen = list(dismissals)
    with workspace.edit(f"Возвращение {counted(len(chosen), 'замечания', 'замечаний', 'замечаний')}") as edit:
        for dismissal in chosen:
            restore(edit, dismissal.id)


def _changed(before: Sequence[Record], after: Sequence[Record]) -> list[Record]:
    return [new for old, new in zip(before, after, strict=True) if old != new]


def _which(findings: Sequence[Finding]) -> str:
    if len(findings) == 1:
        return f"замечания ({findings[0].place})"
    return counted(len(findings), "замечания", "замечаний", "замечаний")
