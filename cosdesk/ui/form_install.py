"""Taking a form in from a file: checked whole, then asked about when there is one of that name."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cosdesk.form_library import FormEntry, present_form, read_form, renamed, save_form
from cosdesk.forms.reading import form_source
from cosdesk.ui.messages import ask, choose


def install_form(path: Path, parent: QWidget | None) -> FormEntry | None:
    """The form as it was kept, None when the user gave up; ``FormError`` names file, line and reason of a fault."""
    source = form_source(path)
    entry = read_form(source, path)
    present = present_form(entry)
    if present is None:
        question = f"Установить форму «{entry.title}» ({entry.kind.label.lower()}) из файла «{path.name}»?"
        return save_form(source, path.name) if ask(question, "Установить", parent=parent) else None
    if present.own and not present.fault and present.source == source:
        return present
    kept = "Прежняя при замене пропадёт." if present.own else "Встроенная вернётся, если новую удалить."
    answer = choose(
        f"Форма с таким именем уже есть: «{present.title}» ({present.origin}). Заменить её формой «{entry.title}»"
        f" из файла «{path.name}» или оставить обе? {kept}",
        ("Заменить", "Оставить обе"),
        parent,
    )
    if answer is None:
        return None
    return save_form(renamed(source) if answer else source, path.name)
