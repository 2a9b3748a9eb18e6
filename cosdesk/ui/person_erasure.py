"""«Удалить персональные данные»: what will go is shown, confirmed once, and taken out of the copies and the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from cosdesk import erasure
from cosdesk.domain.person import Person
from cosdesk.domain.personal_data import ERASED
from cosdesk.erasure import Copies
from cosdesk.errors import UserError
from cosdesk.store.erasure import erase_from_file, places_named
from cosdesk.ui.keeping import medium_copies_folder
from cosdesk.ui.messages import ask
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace


def erase_person(
    workspace: Workspace, tasks: Tasks, person: Person, tell: Callable[[str], object], parent: QWidget
) -> None:
    """Asks, rewrites the copies aside, then the open file; ``tell`` gets the outcome.

    The copies go first: broken off between, the person is still in the directory, and the command is given again.
    """
    if tasks.is_busy:
        raise UserError("Сейчас идёт другая работа: её видно внизу окна. Дождитесь её конца и повторите.")
    file = workspace.file
    path, uid, medium = file.path, file.uid, medium_copies_folder(file.uid)
    pattern = erasure.pattern_of(person, workspace.snapshot)
    copies = erasure.copies_of(path, uid, medium)
    is_missing = medium is not None and not medium.parent.is_dir()
    question = _question(person, places_named(file, pattern), len(copies), is_missing)
    if not ask(question, "Удалить навсегда", parent=parent, is_final=True):
        return

    def done(found: Copies) -> None:
        if not workspace.is_open or workspace.file is not file:
            return
        count = erase_from_file(file, pattern)
        workspace.read_anew()
        # A backup that came about meanwhile.
        erasure.erase_from_copies(path, uid, set(erasure.copies_of(path, uid, medium)) - set(copies), pattern)
        tell(_outcome(count, found))

    tasks.run(
        "Удаление персональных данных",
        lambda progress: erasure.erase_from_copies(path, uid, copies, pattern, progress.step),
        done,
    )


def _question(person: Person, places: Mapping[str, int], copies: int, is_medium_missing: bool) -> str:
    where = ", ".join(f"{title.lower()} – {count}" for title, count in places.items()) or "только в справочнике"
    parts = [
        f"Удалить персональные данные: {person.full_name or person.name}? Отменить это нельзя.",
        f"Имя в любом написании и падеже, телефон и почта будут заменены словами «{ERASED}» в файле ({where})"
        f" и в резервных копиях ({copies}). Копии, которые не прочитать, и ежегодные простые копии удаляются.",
    ]
    if not person.full_name:
        parts.append("Полное имя не вписано, поэтому найдены будут только фамилия с инициалами в именительном падеже.")
    if "Редакции" in places:
        parts.append("Утверждённые редакции получат новый отпечаток, прежний запомнится: бумага останется сверяемой.")
    if is_medium_missing:
        parts.append("Второй носитель не подключён: копии на нём останутся с этим именем.")
    parts.append("Приложенные файлы (сканы), бумаги и копии, сделанные вами самими, проверьте сами.")
    return "\n\n".join(parts)


def _outcome(count: int, copies: Copies) -> str:
    removed = f", удалено {len(copies.removed)}" if copies.removed else ""
    places = counted(count, "место", "места", "мест")
    return f"Персональные данные удалены: {places}; копий проверено {copies.rewritten}{removed}."
