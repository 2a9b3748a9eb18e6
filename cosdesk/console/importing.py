"""What ``import`` does: a document read, its roadmap taken in, and what came of it told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cosdesk.console.files import read, write
from cosdesk.console.listing import roadmap_lines
from cosdesk.console.show import Json, one_line, roadmap_json, unplaced_json
from cosdesk.console.values import plan_years
from cosdesk.domain.district import District, Snapshot
from cosdesk.intake.draft import Draft
from cosdesk.intake.importing import import_document
from cosdesk.store.roadmaps import add_roadmap


def import_roadmap(file: Path, source: Path, form_id: str | None, years: str | None, dry_run: bool) -> Draft:
    """The draft made of the document; written into the file, with the ids it got there, unless ``dry_run``."""
    read(file)
    draft = import_document(source, form_id=form_id, years=plan_years(years))
    if dry_run:
        return draft
    title = f"Импорт дорожной карты ({source.name})"
    roadmap_id, after = write(file, title, lambda edit: add_roadmap(edit, draft.contents), "перед импортом")
    return replace(draft, contents=next(c for c in after.roadmaps if c.roadmap.id == roadmap_id))


def import_json(draft: Draft, dry_run: bool) -> Json:
    contents = draft.contents
    return {
        "dry_run": dry_run,
        "form": contents.roadmap.form,
        "roadmap_id": None if dry_run else contents.roadmap.id,
        "counts": _counts(draft),
        "warnings": [{"place": warning.place, "message": warning.message} for warning in draft.warnings],
        "unplaced": unplaced_json(contents.unplaced),
        "roadmap": roadmap_json(Snapshot(District("")), contents),
    }


def import_lines(draft: Draft, dry_run: bool) -> Iterator[str]:
    """What came, in words; with ``dry_run`` the rows themselves too."""
    contents = draft.contents
    counts = _counts(draft)
    if dry_run:
        yield from roadmap_lines(Snapshot(District("")), replace(contents, unplaced=()))
        yield from ("", "Проверка: в файл ничего не записано.")
    else:
        yield f"Загружена дорожная карта {contents.roadmap.id}: {one_line(contents.roadmap.title)}"
    yield f"Форма: {draft.form.title} ({draft.form.id})."
    yield f"Строк: {counts['items']}, разделов: {counts['sections']}, грифов: {counts['stamps']}."
    yield f"Показателей: {counts['indicators']}, плановых значений: {counts['targets']}."
    if draft.warnings:
        yield f"Замечания ({len(draft.warnings)}):"
        yield from (f"  {warning.place}: {one_line(warning.message)}" for warning in draft.warnings)
    if contents.unplaced:
        yield f"Не нашло места ({counts['unplaced']}):"
        yield from (f"  {piece.place}: {one_line(piece.text)}" for piece in contents.unplaced)
    else:
        yield "Всё содержание документа нашло своё место."


def _counts(draft: Draft) -> dict[str, int]:
    contents = draft.contents
    return {
        "items": len(contents.items),
        "sections": len(contents.sections),
        "indicators": len(contents.indicators),
        "targets": sum(len(indicator.targets) for indicator in contents.indicators),
        "stamps": len(contents.stamps),
        "unplaced": len(contents.unplaced),
    }
