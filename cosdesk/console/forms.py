"""What ``forms`` does: the forms listed, one taken in from a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cosdesk.errors import UserError
from cosdesk.form_library import known_forms, present_form, read_form, renamed, save_form
from cosdesk.forms.reading import form_source


def form_lines() -> Iterator[str]:
    """A line a form under its kind, the fault of one that cannot be used below it."""
    kind = None
    for entry in known_forms():
        if entry.kind is not kind:
            kind = entry.kind
            yield f"{kind.label}:"
        yield f"  {entry.id} – {entry.title}" + (f" ({entry.origin})" if entry.own else "")
        if entry.fault:
            yield f"    не используется. {entry.fault}"


def forms_json() -> dict[str, Any]:
    """``forms``: ``kind`` (roadmap, report, paper, monitoring), ``id``, ``title``, ``own``, ``replaces``, ``fault``."""
    return {
        "forms": [
            {
                "kind": entry.kind.value,
                "id": entry.id,
                "title": entry.title,
                "own": entry.own,
                "replaces_built_in": entry.replaces,
                "fault": entry.fault or None,
                "file": str(entry.path) if entry.own else None,
            }
            for entry in known_forms()
        ]
    }


def install(path: Path, same: str) -> Iterator[str]:
    """Takes the form in; ``same`` says what to do with one of the same id: ``ask``, ``replace``, ``both``."""
    source = form_source(path)
    entry = read_form(source, path)
    present = present_form(entry)
    if present is not None and same == "ask":
        raise UserError(
            f"Форма «{present.id}» уже есть: «{present.title}» ({present.origin}). Чтобы заменить её, добавьте"
            " --same replace; чтобы оставить обе, --same both."
        )
    if present is not None and same == "both":
        source = renamed(source)
    saved = save_form(source, path.name)
    yield f"Установлена форма «{saved.title}» ({saved.kind.label.lower()}), имя {saved.id}."
