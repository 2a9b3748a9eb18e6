"""A file made into a draft: read in a child process, recognised with the forms."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cosdesk.errors import UserError
from cosdesk.forms.roadmap_form import roadmap_forms
from cosdesk.intake.draft import Draft
from cosdesk.intake.legacy import never_cancelled
from cosdesk.intake.reading import read_outline_isolated
from cosdesk.intake.recognise import recognise


def import_document(
    path: Path,
    form_id: str | None = None,
    years: tuple[int, int] | None = None,
    cancelled: Callable[[], bool] = never_cancelled,
) -> Draft:
    """The draft of a document with the built-in and the user's forms; ``UserError`` when no row is found in it."""
    outline = read_outline_isolated(path, cancelled)
    draft = recognise(outline, roadmap_forms(), form_id, years=years)
    if not (draft.contents.items or draft.contents.indicators):
        raise UserError(
            f"В файле «{path.name}» есть таблица, но она не похожа на дорожную карту. "
            "Проверьте, тот ли это файл, или импортируйте его в окне программы и укажите, что в колонках."
        )
    roadmap = replace(draft.contents.roadmap, source_name=path.name)
    return replace(draft, contents=replace(draft.contents, roadmap=roadmap))
