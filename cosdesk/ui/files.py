"""What the «Файл» menu does: new, open, copy, import, the example."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from cosdesk import __version__
from cosdesk.domain.district import District
from cosdesk.domain.names import district_in_title
from cosdesk.domain.roadmap import RoadmapContents
from cosdesk.errors import UserError
from cosdesk.paths import user_data_folder
from cosdesk.store import districts, roadmaps
from cosdesk.store.backup import is_backup
from cosdesk.store.file import SUFFIX
from cosdesk.store.lock import FileBusyError
from cosdesk.store.opening import LockedFileError
from cosdesk.ui import backups
from cosdesk.ui.file_drop import FORM_SUFFIX
from cosdesk.ui.messages import choose
from cosdesk.ui.settings import last_folder, remember_file, remember_folder

if TYPE_CHECKING:
    from cosdesk.intake.draft import Draft
    from cosdesk.intake.grid import Outline
    from cosdesk.ui.main_window import MainWindow
    from cosdesk.ui.tasks import Progress

_DISTRICT_FILES = f"Файлы района (*{SUFFIX})"
_DOCUMENTS = "Документы (*.docx *.doc *.xlsx *.xlsm *.txt *.tsv *.csv);;Все файлы (*)"


def open_path(window: MainWindow, path: Path) -> None:
    """A district's file is opened, a form taken in, anything else is imported."""
    if path.suffix.lower() == SUFFIX:
        _open(window, path)
    elif path.suffix.lower() == FORM_SUFFIX:
        install_form(window, path)
    else:
        import_document(window, path)


def install_form(window: MainWindow, path: Path) -> None:
    """A form from a file; its fault is told by line, and nothing is kept then."""
    from cosdesk.ui.form_install import install_form as install

    if saved := install(path, window):
        window.take_forms()
        window.statusBar().showMessage(f"Установлена форма «{saved.title}».", 10_000)


def show_forms(window: MainWindow) -> None:
    from cosdesk.ui.forms_dialog import FormsDialog

    dialog = FormsDialog(window.workspace, window)
    dialog.exec()
    if dialog.is_changed:
        window.take_forms()
    dialog.deleteLater()


def _open(window: MainWindow, path: Path) -> None:
    if is_backup(path):
        window.workspace.open(path, read_only=True)
        return
    try:
        window.workspace.open(path)
    except LockedFileError:
        from cosdesk.ui.locked_files import open_locked

        open_locked(window, path)
        return
    except FileBusyError as error:
        if not error.foreign or not _open_though_held(window, path, error):
            raise
    except UserError as error:
        # Damaged, emptied, gone or spoiled: whatever it is, an earlier copy may help.
        if not backups.offer(window, path, error):
            raise
        return
    remember_file(path)
    if not _is_example(path):
        # The example's folder is hidden from the user; documents lie where they were looked for before.
        remember_folder(path)


def _open_though_held(window: MainWindow, path: Path, error: FileBusyError) -> bool:
    """What to do about the lock of another machine, which may have died; False when given up."""
    answer = choose(str(error), ("Открыть только для чтения", "Тот компьютер выключен, открыть"), window)
    if answer is not None:
        window.workspace.open(path, read_only=answer == 0, take_over=answer == 1)
    return answer is not None


def open_district(window: MainWindow) -> None:
    name, _ = QFileDialog.getOpenFileName(window, "Открыть файл района", last_folder(), _DISTRICT_FILES)
    if name:
        _open(window, Path(name))


def create_district(window: MainWindow, proposed: str = "") -> bool:
    """Asks for the district and the file; True when a new file is open."""
    from cosdesk.ui.district_dialog import DistrictDialog

    dialog = DistrictDialog(District(proposed), short=True, parent=window)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    path = ask_new_file(window, "Где сохранить файл района", dialog.district.name)
    if path is None:
        return False
    # The dialog has already asked whether to write over an existing file.
    window.workspace.create(path, dialog.district, overwrite=True)
    remember_file(path)
    remember_folder(path)
    return True


def create_roadmap(window: MainWindow) -> None:
    """A new file, and at once the question in which form its roadmap shall be."""
    from cosdesk.ui.roadmap_page import RoadmapPage

    if create_district(window):
        page = window.show_page("Дорожная карта")
        assert isinstance(page, RoadmapPage)
        page.roadmap_commands.new.trigger()


def save_copy(window: MainWindow) -> None:
    file = window.workspace.file
    path = ask_copy_place(window, "Сохранить копию", f"{file.path.stem} – копия")
    if path is None:
        return
    file.save_copy(path)
    window.statusBar().showMessage(f"Копия сохранена: {path}", 10_000)


def ask_copy_place(window: MainWindow, title: str, stem: str) -> Path | None:
    """Where to put a copy of the open file; ``UserError`` for the place of the file itself."""
    path = ask_new_file(window, title, stem)
    if path is not None and path.absolute() == window.workspace.file.path.absolute():
        raise UserError("Это имя самого открытого файла. Выберите для копии другое имя.")
    return path


def move_elsewhere(window: MainWindow) -> None:
    """The work goes on in a copy on another disk; the present file stays as it is."""
    file = window.workspace.file
    path = ask_new_file(window, "Где продолжить работу", file.path.stem)
    if path is None:
        return
    if path.absolute() == file.path.absolute():
        raise UserError("Это имя самого открытого файла. Выберите другой диск или папку.")
    file.save_copy(path)
    _open(window, path)
    window.statusBar().showMessage(f"Работа идёт в файле {path}", 10_000)


def ask_new_file(window: MainWindow, title: str, stem: str) -> Path | None:
    """The place of a new district's file, None when given up."""
    proposal = str(Path(last_folder()) / f"{stem}{SUFFIX}")
    name, _ = QFileDialog.getSaveFileName(window, title, proposal, _DISTRICT_FILES)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def open_demo(window: MainWindow) -> None:
    """The invented district, made anew in the user's data folder."""
    from cosdesk.demo import make_demo

    path = _example_folder() / f"Заречный район{SUFFIX}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"Пример не открыт: в папку «{path.parent}» нельзя записать. Разрешите запись в неё"
            " или создайте рядом с программой папку «data»: всё будет храниться в ней."
        ) from error
    if window.workspace.is_open and window.workspace.file.path == path:
        return
    if not path.exists():
        make_demo(path)
    _open(window, path)


def _example_folder() -> Path:
    return user_data_folder() / "example"


def _is_example(path: Path) -> bool:
    return _example_folder() in path.parents


def edit_district(window: MainWindow) -> None:
    from cosdesk.ui.district_dialog import DistrictDialog

    present = window.workspace.snapshot.district
    dialog = DistrictDialog(present, parent=window)
    if dialog.exec() == QDialog.DialogCode.Accepted and dialog.district != present:
        with window.workspace.edit("Сведения о районе") as edit:
            districts.change_district(edit, dialog.district)


def open_settings(window: MainWindow) -> None:
    from cosdesk.ui import settings_dialog

    settings_dialog.open_settings(window)


def choose_import(window: MainWindow) -> None:
    name, _ = QFileDialog.getOpenFileName(window, "Импорт дорожной карты", last_folder(), _DOCUMENTS)
    if name:
        remember_folder(Path(name))
        import_document(window, Path(name))


def import_document(window: MainWindow, path: Path) -> None:
    """Reads the document aside, shows the preview, and takes what the user accepts.

    A workbook that the program made and somebody filled in is compared with the open district instead.
    """
    from cosdesk.intake.answer_twin import TwinWorkbook, read_twin_isolated
    from cosdesk.intake.reading import read_outline_isolated

    snapshot = window.workspace.snapshot if window.workspace.is_open else None

    def read(progress: Progress) -> Outline | TwinWorkbook:
        from cosdesk.twin_changes import is_new_document

        book = read_twin_isolated(path, lambda: progress.cancelled) if snapshot else None
        if book and snapshot and not is_new_document(snapshot, book):
            return book
        return read_outline_isolated(path, lambda: progress.cancelled)

    def show(found: Outline | TwinWorkbook) -> None:
        if isinstance(found, TwinWorkbook):
            from cosdesk.ui.twin_import import take_twin

            take_twin(window, found)
        else:
            _preview(window, found, path.name)

    window.tasks.run(f"Чтение «{path.name}»", read, show)


def import_clipboard(window: MainWindow) -> None:
    """A roadmap copied in Word or Excel."""
    from cosdesk.intake.text import outline_of_text

    text = QApplication.clipboard().text()
    if not text.strip():
        raise UserError("В буфере обмена нет текста. Скопируйте таблицу в Word или Excel и повторите.")
    _preview(window, outline_of_text(text), "буфер обмена")


def _preview(window: MainWindow, outline: Outline, source_name: str) -> None:
    from cosdesk.ui.import_dialog import ImportDialog

    dialog = ImportDialog(outline, source_name, window.tasks, window)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        accept_draft(window, dialog.draft)


def accept_draft(window: MainWindow, draft: Draft) -> None:
    """The draft as one edit; asks for a file first when none is open but the example, which is not the user's."""
    contents = draft.contents
    has_own_file = window.workspace.is_open and not _is_example(window.workspace.file.path)
    if not has_own_file and not create_district(window, district_in_title(contents.roadmap.title)):
        return
    window.keeping.before("перед импортом", lambda: _take_in(window, contents))


def _take_in(window: MainWindow, contents: RoadmapContents) -> None:
    with window.workspace.edit(f"Импорт дорожной карты ({contents.roadmap.source_name})") as edit:
        roadmap_id = roadmaps.add_roadmap(edit, contents)
    window.workspace.choose_roadmap(roadmap_id)
    window.show_page("Дорожная карта").take_keyboard()
    window.statusBar().showMessage(f"Принято строк: {len(contents.items)}", 10_000)


def show_about(window: MainWindow) -> None:
    QMessageBox.about(
        window,
        "О программе",
        f"<p><b>cosdesk {__version__}</b></p><p>Рабочее место муниципального координатора: дорожная карта,"
        " показатели, отчёты. Работает без Интернета, данные – в одном файле.</p>"
        "<p>Лицензия MIT. Использует Qt (LGPL), SQLite и шрифты Liberation (OFL).</p>",
    )
