"""All forms, the program's and the user's own: listed, taken in from a file, copied, kept, deleted, handed over.

A form is checked whole before it is kept; one that fails stays where it came from.  One of the
user's own stands in place of a built-in one of the same id.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from cosdesk.dataclass import dataclass
from cosdesk.errors import UserError
from cosdesk.forms.monitoring_form import parse_monitoring_form, read_all_forms
from cosdesk.forms.reading import FormError, FormTable, form_source, parse_form_table
from cosdesk.forms.roadmap_form import parse_roadmap_form, roadmap_forms
from cosdesk.paths import forms_folder, user_data_folder
from cosdesk.reports.analytical import analytical_form
from cosdesk.reports.catalog import PROGRAMMED, parse_written_form, report_forms
from cosdesk.reports.export import write_file

SUFFIX = ".toml"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_TAKEN_BY_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


class FormKind(StrEnum):
    """What a form describes; the label is Russian."""

    ROADMAP = "roadmap"
    REPORT = "report"
    PAPER = "paper"
    MONITORING = "monitoring"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def folder(self) -> str:
        """The folder of its files, under the program's forms and under the user's own."""
        return _FOLDERS[self]


_LABELS = {
    FormKind.ROADMAP: "Дорожная карта",
    FormKind.REPORT: "Отчёт за период",
    FormKind.PAPER: "Документ",
    FormKind.MONITORING: "Мониторинг",
}
_FOLDERS = {
    FormKind.ROADMAP: "roadmaps",
    FormKind.REPORT: "reports",
    FormKind.PAPER: "reports",
    FormKind.MONITORING: "monitoring",
}
# What no form of another kind has, asked in this order.
_MARKS = {
    FormKind.MONITORING: ("question", "feed"),
    FormKind.ROADMAP: ("part",),
    FormKind.REPORT: ("text_sheet", "annex_mark", "words"),
    FormKind.PAPER: ("section", "title_lines", "kind_line", "file_name"),
}


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One form file.  ``fault`` is a sentence where it cannot be used; ``replaces``: own, in a built-in one's place."""

    kind: FormKind
    id: str
    title: str
    path: Path
    own: bool = False
    replaces: bool = False
    fault: str = ""

    @property
    def source(self) -> str:
        """The file's text; ``FormError`` when it cannot be read."""
        return form_source(self.path)

    @property
    def origin(self) -> str:
        if not self.own:
            return "встроенная"
        return "своя, вместо встроенной" if self.replaces else "своя"


def known_forms() -> tuple[FormEntry, ...]:
    """Every form by kind and title; a built-in one is left out while one of the user's own replaces it."""
    found = [*_built_in(), *_entries(_own_folder(), True)]
    built_in = {(entry.kind.folder, entry.id) for entry in found if not entry.own}
    found = [replace(e, replaces=e.own and (e.kind.folder, e.id) in built_in) for e in found]
    replaced = {(e.kind.folder, e.id) for e in found if e.replaces and not e.fault}
    found = [entry for entry in found if entry.own or (entry.kind.folder, entry.id) not in replaced]
    return tuple(sorted(found, key=_place))


def _place(entry: FormEntry) -> tuple[int, str, str]:
    return list(FormKind).index(entry.kind), entry.title.casefold().lstrip("«"), entry.id


def known_form(form_id: str, *kinds: FormKind) -> FormEntry:
    """The form of that id and one of these kinds; ``UserError`` where there is none that can be used."""
    for entry in known_forms():
        if entry.id == form_id and entry.kind in kinds and not entry.fault:
            return entry
    raise UserError(f"Формы «{form_id}» нет. Выберите форму из списка.")


def _own_folder() -> Path:
    return user_data_folder() / "forms"


@cache
def _built_in() -> tuple[FormEntry, ...]:
    return tuple(_entries(forms_folder(), False))


def _entries(folder: Path, own: bool) -> Iterator[FormEntry]:
    for kind in (FormKind.ROADMAP, FormKind.PAPER, FormKind.MONITORING):
        for path in sorted((folder / kind.folder).glob(f"*{SUFFIX}")):
            try:
                entry = read_form(form_source(path), path)
                if entry.kind.folder != kind.folder or entry.id != path.stem:
                    raise FormError(f"Файл {path.name} положен не на своё место. Установите форму из этого файла.")
            except FormError as error:
                entry = FormEntry(kind, path.stem, _title(path), path, fault=str(error))
            yield replace(entry, own=own)


def _title(path: Path) -> str:
    """What a form that cannot be used calls itself, its file's name where it cannot even be read."""
    try:
        return parse_form_table(form_source(path), path).text("title")
    except FormError:
        return path.stem


# Reading


def read_form(source: str, path: Path) -> FormEntry:
    """What the text is, checked whole; ``FormError`` names line and reason, ``path`` the file in it."""
    table = parse_form_table(source, path)
    kind = next((kind for kind, marks in _MARKS.items() if table.holds(*marks)), None)
    if kind is None:
        raise FormError(
            f"Файл {path.name} – не форма: в нём нет ни вопросов, ни частей дорожной карты, ни разделов документа."
            " Выберите другой файл."
        )
    form_id = _checked_id(table, kind)
    match kind:
        case FormKind.MONITORING:
            parse_monitoring_form(source, path.name)
        case FormKind.ROADMAP:
            parse_roadmap_form(source, path)
        case FormKind.REPORT | FormKind.PAPER:
            parse_written_form(source, path)
    return FormEntry(kind, form_id, table.text("title"), path)


def _checked_id(table: FormTable, kind: FormKind) -> str:
    form_id = table.text("id")
    if not _ID.fullmatch(form_id) or _TAKEN_BY_WINDOWS.fullmatch(form_id):
        raise table.fault("id", "только маленькие латинские буквы, цифры и дефис, не больше 60 знаков")
    if kind.folder == FormKind.PAPER.folder:
        if form_id in PROGRAMMED:
            raise table.fault("id", f"«{form_id}» занято программой, возьмите другое")
        if (form_id == "analytical-report") is not (kind is FormKind.REPORT) and _built_in_path(kind, form_id).exists():
            raise table.fault("id", f"«{form_id}» занято формой другого рода, возьмите другое")
    return form_id


def _built_in_path(kind: FormKind, form_id: str) -> Path:
    return forms_folder() / kind.folder / f"{form_id}{SUFFIX}"


# Keeping


def present_form(entry: FormEntry) -> FormEntry | None:
    """The form that would give way to this one: of its kind and id."""
    for known in known_forms():
        if (known.kind.folder, known.id) == (entry.kind.folder, entry.id):
            return known
    return None


def save_form(source: str, name: str = "") -> FormEntry:
    """Keeps a form among the user's own, checked whole first, in place of their former one of its id.

    ``name`` is the file's, for faults.  ``FormError`` when it cannot be used, ``UserError`` when it cannot be written.
    """
    entry = read_form(source, Path(name or "формы"))
    folder = _own_folder() / entry.kind.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"Форма «{entry.title}» не сохранена: в папку «{folder}» нельзя записать.") from error
    path = folder / f"{entry.id}{SUFFIX}"
    write_file(path, source.encode("utf-8"))
    _forget()
    return replace(entry, path=path, own=True, replaces=_built_in_path(entry.kind, entry.id).exists())


def renamed(source: str, title: str = "") -> str:
    """The same form under an id that is free; its title is the given one, else its own with a number.

    A monitoring form's copy remembers what it was copied from: schools are offered their answers to that.
    """
    import tomlkit

    form = tomlkit.parse(source)
    known = known_forms()
    taken, titles = {entry.id for entry in known} | set(PROGRAMMED), {entry.title for entry in known}
    form_id, old_title = re.sub(r"-\d+$", "", str(form["id"]))[:56], re.sub(r" \(\d+\)$", "", str(form["title"]))
    number = 2
    while f"{form_id}-{number}" in taken or (not title and f"{old_title} ({number})" in titles):
        number += 1
    if form["id"] in taken and "question" in form:
        form["based_on"] = form["id"]
    form["id"] = f"{form_id}-{number}"
    form["title"] = title or f"{old_title} ({number})"
    return tomlkit.dumps(form)


def delete_form(entry: FormEntry) -> None:
    """A form of the user's own goes; a built-in one of its id is in force again."""
    if not entry.own:
        raise UserError("Встроенную форму удалить нельзя. Удаляются только свои формы.")
    try:
        entry.path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"Форма «{entry.title}» не удалена: файл «{entry.path}» занят или защищён от записи."
        ) from error
    _forget()


def hand_over(entry: FormEntry, path: Path) -> None:
    """The form as one file, to be sent and taken in elsewhere."""
    write_file(path, entry.source.encode("utf-8"))


def _forget() -> None:
    """What was read of the files before they changed."""
    roadmap_forms.cache_clear()
    report_forms.cache_clear()
    read_all_forms.cache_clear()
    analytical_form.cache_clear()
