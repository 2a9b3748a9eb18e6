"""``cosdesk --self-test``: the whole way of the work once, in a folder that is thrown away, told in Russian."""

import os
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import cosdesk
from cosdesk import __version__
from cosdesk.domain.district import District, Snapshot
from cosdesk.errors import UserError
from cosdesk.paths import forms_folder, resources_folder

_FIRST_BYTES = {"pdf": b"%PDF-", "xlsx": b"PK\x03\x04", "docx": b"PK\x03\x04"}


class SelfTestError(Exception):
    """A step that did not do what it is for; the message is Russian."""


def self_test(say: Callable[[str], None]) -> int:
    """Every step once; the process's exit code.  Nothing outside a temporary folder is written."""
    say(f"Самопроверка cosdesk {__version__}")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="cosdesk-self-test-") as name:
        folder = Path(name)
        # Backups, settings and recent files of the test must not stand among the user's.
        os.environ["COSDESK_DATA"] = name
        for title, step in _STEPS:
            start = time.perf_counter()
            try:
                told = step(folder)
            except Exception as error:  # noqa: BLE001 whatever fails is what the test is for, and the rest goes on
                failed += 1
                words = str(error) if isinstance(error, UserError | SelfTestError) else repr(error)
                say(f"  ОШИБКА  {title}: {words}")
            else:
                say(f"  хорошо  {title}: {told} ({time.perf_counter() - start:.1f} с)")
    say("Самопроверка пройдена." if not failed else f"Самопроверка не пройдена, ошибок: {failed}.")
    return 1 if failed else 0


def _resources(_: Path) -> str:
    from cosdesk.forms.monitoring_form import monitoring_forms
    from cosdesk.forms.report_form import report_form_paths
    from cosdesk.forms.roadmap_form import roadmap_forms

    forms = (len(roadmap_forms()), len(monitoring_forms()), len(report_form_paths()))
    fonts = list((resources_folder() / "fonts").glob("*.ttf"))
    helps = list((resources_folder() / "help").glob("*.md"))
    icons = list((resources_folder() / "icons").glob("*.svg"))
    if not (all(forms) and len(fonts) == 8 and helps and icons):
        raise SelfTestError(f"рядом с программой не хватает файлов ({forms_folder()}, {resources_folder()})")
    return f"форм {sum(forms)}, шрифтов {len(fonts)}, страниц справки {len(helps)}, значков {len(icons)}"


def _modules(_: Path) -> str:
    """Pages and dialogs are imported when they are first shown, which a packer cannot see."""
    names = [found.name for found in walk_packages(cosdesk.__path__, "cosdesk.") if found.name != "cosdesk.__main__"]
    for name in names:
        import_module(name)
    return f"загружено модулей {len(names)}"


def _demo(folder: Path) -> str:
    from cosdesk.demo import make_demo
    from cosdesk.store.file import DistrictFile

    make_demo(_file(folder))
    with DistrictFile.open(_file(folder), read_only=True) as file:
        rows = len(file.snapshot().roadmaps[0].items)
    if not rows:
        raise SelfTestError("в учебном примере нет строк")
    return f"учебный пример создан и открыт, строк {rows}"


def _import(folder: Path) -> str:
    """A Word roadmap made here and read in the isolated child, as any document from outside."""
    from cosdesk.console.importing import import_roadmap
    from cosdesk.reports.catalog import report
    from cosdesk.reports.export import write_document
    from cosdesk.reports.request import Request
    from cosdesk.store.file import DistrictFile

    source, target = folder / "Дорожная карта.docx", folder / "Импорт.cosdesk"
    snapshot = _snapshot(folder)
    write_document(report("roadmap").build(snapshot, Request()), source, "docx")
    DistrictFile.create(target, District("Проверочный район")).close()
    taken = len(import_roadmap(target, source, None, None, dry_run=False).contents.items)
    if taken != len(snapshot.roadmaps[0].items):
        raise SelfTestError(f"из документа Word принято строк {taken} вместо {len(snapshot.roadmaps[0].items)}")
    return f"документ Word прочитан, принято строк {taken}"


def _papers(folder: Path) -> str:
    from cosdesk.console.exporting import export

    for kind, begins in _FIRST_BYTES.items():
        out = folder / f"Отчёт.{kind}"
        for _ in export(_file(folder), "analytical-report", out, None, kind, None):
            pass
        if not out.read_bytes().startswith(begins):
            raise SelfTestError(f"файл «{out.name}» – не {kind}")
    return "отчёт записан: " + ", ".join(_FIRST_BYTES)


def _edit(folder: Path) -> str:
    from dataclasses import replace

    from cosdesk.store.file import DistrictFile
    from cosdesk.store.roadmaps import change_item
    from cosdesk.store.verify import check

    with DistrictFile.open(_file(folder)) as file:
        item = file.snapshot().roadmaps[0].items[0]
        with file.edit("Самопроверка") as edit:
            change_item(edit, replace(item, title=f"{item.title} (проверка)"))
        file.undo()
        if file.snapshot().roadmaps[0].items[0] != item:
            raise SelfTestError("отмена не вернула строку")
    if told := check(_file(folder), full=True).problems:
        raise SelfTestError(" ".join(told))
    return "правка записана и отменена, файл исправен"


def _copy(folder: Path) -> str:
    from cosdesk.store.password import lock, unlock

    locked, opened = folder / "Под паролем.cosdesk", folder / "Открытая.cosdesk"
    lock(_file(folder), locked, "самопроверка")
    unlock(locked, opened, "самопроверка")
    if opened.read_bytes() != _file(folder).read_bytes():
        raise SelfTestError("копия под паролем открылась не такой, какой была")
    return "копия под паролем записана и открыта"


def _calendar(folder: Path) -> str:
    from cosdesk.exchange.calendar import calendar_bytes

    events = calendar_bytes(_snapshot(folder)).count(b"BEGIN:VEVENT")
    if not events:
        raise SelfTestError("в календаре нет ни одного срока")
    return f"сроков в календаре {events}"


def _forms(_: Path) -> str:
    from cosdesk.form_library import known_forms, renamed, save_form

    entry = known_forms()[0]
    saved = save_form(renamed(entry.path.read_text("utf-8"), "Форма самопроверки"))
    if saved.title not in {known.title for known in known_forms()}:
        raise SelfTestError("своя форма не сохранилась")
    return "своя форма сохранена рядом с данными"


def _help(folder: Path) -> str:
    from cosdesk.help_pages import find
    from cosdesk.manual import write_manual

    found = len(find("отчёт"))
    for _ in write_manual(folder / "Руководство.pdf"):
        pass
    if not found or not (folder / "Руководство.pdf").read_bytes().startswith(_FIRST_BYTES["pdf"]):
        raise SelfTestError("справка не ищется или руководство не записано")
    return f"страниц об отчётах {found}, руководство записано"


def _words(_: Path) -> str:
    from pymorphy3 import MorphAnalyzer

    forms = {word.word for word in MorphAnalyzer().parse("справка")[0].lexeme}
    if "справок" not in forms:
        raise SelfTestError("словарь русского языка не читается")
    return "словарь русского языка читается"


def _window(folder: Path) -> str:
    from cosdesk.app import check_window

    if not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return check_window(_file(folder))


def _snapshot(folder: Path) -> Snapshot:
    from cosdesk.console.files import read

    return read(_file(folder))


def _file(folder: Path) -> Path:
    return folder / "Заречный район.cosdesk"


_STEPS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("Файлы программы", _resources),
    ("Модули", _modules),
    ("Пример", _demo),
    ("Импорт", _import),
    ("Отчёты", _papers),
    ("Правка", _edit),
    ("Пароль", _copy),
    ("Календарь", _calendar),
    ("Формы", _forms),
    ("Справка", _help),
    ("Словарь", _words),
    ("Окно", _window),
)
