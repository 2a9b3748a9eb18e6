"""What is done with a round of monitoring: begun, sent, collected, accepted; each an action of the page."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cosdesk.domain.monitoring import AnswerState, Round
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.exchange.mail import reply
from cosdesk.intake.answers import CollectedAnswer
from cosdesk.reports.export import write_file
from cosdesk.rounds import letters, told_of_twin
from cosdesk.store import monitoring as store
from cosdesk.ui.answer_model import AnswerModel, AnswerRow
from cosdesk.ui.messages import choose
from cosdesk.ui.monitoring_work import read_answers_aside, send_out, take_answers, write_replies
from cosdesk.ui.reported_counts import asks_counts, offer_counts
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.sheet import SheetView
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import icon
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_ANSWERS = "Ответы: книги, письма, архивы (*.xlsx *.xls *.ods *.eml *.zip);;Все файлы (*)"


class RoundCommands(QObject):
    """Works on the round of ``model`` and the schools selected in ``grid``.

    ``told`` carries a sentence about what was done, ``begun`` the id of a round to turn to.
    """

    told = Signal(str)
    begun = Signal(int)

    def __init__(self, workspace: Workspace, tasks: Tasks, model: AnswerModel, grid: SheetView, page: QWidget) -> None:
        super().__init__(page)
        self.workspace = workspace
        self.tasks = tasks
        self.model = model
        self.grid = grid
        self.page = page
        self._drafts: list[TemporaryDirectory[str]] = []
        self._make_actions()

    def _make_actions(self) -> None:
        def make(text: str, short: str, icon_name: str, keys: str, run: Callable[[], object]) -> QAction:
            made = QAction(icon(icon_name), text, self.page)
            made.setIconText(short)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.setToolTip(f"{text} ({keys})" if keys else text)
            made.triggered.connect(lambda: run())
            self.page.addAction(made)
            return made

        self.new_action = make("Новый мониторинг…", "Новый", "add", "Ctrl+Ins", self.begin)
        self.change_action = make("Изменить мониторинг…", "Изменить", "edit", "", self.change)
        self.delete_action = make("Удалить мониторинг", "Удалить", "delete", "", self.delete)
        self.books_action = make(
            "Книги Excel и письма для школ…", "Книги для школ", "export", "Ctrl+Shift+K", partial(self.send, True)
        )
        self.letters_action = make("Только письма школам…", "Письма", "documents", "", partial(self.send, False))
        self.files_action = make("Принять ответы: файлы…", "Принять ответы", "import", "Ctrl+Shift+O", self.take_files)
        self.folder_action = make("Принять ответы: вся папка…", "Папка ответов", "open", "", self.take_folder)
        self.table_action = make("Вставить таблицу ответов…", "Вставить таблицу", "copy", "", self.take_table)
        self.same_action = make("Как в прошлый раз", "Как в прошлый раз", "redo", "Ctrl+D", self.as_last_time)
        self.accept_action = make(
            "Принять ответ", "Принять", "done", "Ctrl+Return", partial(self.set_state, AnswerState.ACCEPTED)
        )
        self.rework_action = make(
            "Вернуть на доработку", "На доработку", "undo", "", partial(self.set_state, AnswerState.REWORK)
        )
        self.sent_action = make("Отметить отправленным", "Отправлено", "check", "", self.note_sent)
        self.leave_out_action = make("Исключить школу из мониторинга", "Исключить", "outdent", "", self.leave_out)
        self.add_schools_action = make("Добавить недостающие школы", "Добавить школы", "schools", "", self.add_schools)
        self.forms_action = make("Формы мониторинга…", "Формы", "edit", "", self.edit_forms)
        self.counts_action = make("Численность в реестр школ…", "Численность", "people", "", self.take_counts)

    @property
    def all(self) -> list[QAction]:
        return [
            self.new_action, self.change_action, self.delete_action, self.books_action, self.letters_action,
            self.files_action, self.folder_action, self.table_action, self.same_action, self.accept_action,
            self.rework_action, self.sent_action, self.leave_out_action, self.add_schools_action, self.forms_action,
            self.counts_action,
        ]  # fmt: skip

    @property
    def round(self) -> Round | None:
        return self.model.desk.round if self.model.desk else None

    def _source_row(self, row: int) -> int:
        proxy = self.grid.model()
        assert isinstance(proxy, QSortFilterProxyModel)
        return proxy.mapToSource(proxy.index(row, 0)).row()

    @property
    def chosen(self) -> list[AnswerRow]:
        """The schools of the selected rows."""
        rows = sorted({index.row() for index in self.grid.selectedIndexes()})
        return [self.model.row(self._source_row(row)) for row in rows]

    def enable(self) -> None:
        """What can be done with what is open, shown and selected."""
        read_only = not self.workspace.is_open or self.workspace.file.read_only
        editable, some = self.model.editable, bool(self.grid.selectedIndexes())
        self.new_action.setEnabled(not read_only)
        for action in (self.change_action, self.delete_action, self.add_schools_action, self.books_action,
                       self.letters_action, self.table_action):  # fmt: skip
            action.setEnabled(editable)
        self.counts_action.setEnabled(not read_only and asks_counts(self.model.desk))
        for action in (self.files_action, self.folder_action):
            action.setEnabled(not read_only)
        for action in (self.same_action, self.accept_action, self.rework_action, self.sent_action,
                       self.leave_out_action):  # fmt: skip
            action.setEnabled(editable and some)
        self.grid.paste_action.setEnabled(editable)
        self.grid.clear_action.setEnabled(editable)

    # --- the round as a whole

    def begin(self) -> None:
        """Asks for a new round and shows it."""
        from cosdesk.ui.round_dialog import RoundDialog

        if not self.workspace.snapshot.schools:
            raise UserError("В районе нет школ. Внесите их на странице «Школы», потом начните мониторинг.")
        dialog = RoundDialog(self.workspace, parent=self.page)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            found = dialog.found
            with self.workspace.edit(f"Мониторинг «{found.title}»") as edit:
                added = store.add_round(edit, found, dialog.chosen_form, dialog.schools)
            self.begun.emit(added)
            if told := told_of_twin(self.workspace.snapshot.rounds, replace(found, id=added)):
                self.told.emit(f"{told} Отменить – Ctrl+Z")
        dialog.deleteLater()

    def change(self) -> None:
        from cosdesk.ui.round_dialog import RoundDialog

        found, desk = self.round, self.model.desk
        if found is None or desk is None:
            return
        dialog = RoundDialog(self.workspace, desk.form, found, self.page)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with self.workspace.edit(f"Мониторинг «{found.title}»") as edit:
                store.change_round(edit, dialog.found)
        dialog.deleteLater()

    def delete(self) -> None:
        """The round with all its answers; Ctrl+Z brings them back."""
        if found := self.round:
            with self.workspace.edit(f"Удаление мониторинга «{found.title}»") as edit:
                store.delete_round(edit, found.id)
            self.told.emit("Мониторинг удалён вместе с ответами. Вернуть – Ctrl+Z")

    def edit_forms(self) -> None:
        """The forms themselves: a round that has begun keeps the one it began with."""
        from cosdesk.form_library import FormKind
        from cosdesk.ui.forms_dialog import FormsDialog

        dialog = FormsDialog(self.workspace, self.page, FormKind.MONITORING)
        dialog.exec()
        dialog.deleteLater()

    def add_schools(self) -> None:
        """Those that work at the period's end and were not asked."""
        desk = self.model.desk
        if desk is None:
            return
        end = parse_period(desk.round.period).end
        missing = [s.id for s in self.workspace.snapshot.schools if s.works_on(end) and s.id not in desk.answers]
        if not missing:
            self.told.emit("Все школы, работающие в этом периоде, уже в мониторинге.")
            return
        with self.workspace.edit(f"Школы в мониторинг: {len(missing)}") as edit:
            store.add_schools(edit, desk.round.id, missing)

    def leave_out(self) -> None:
        if (found := self.round) and (rows := self.chosen):
            with self.workspace.edit(f"Исключение из мониторинга: {len(rows)}") as edit:
                for row in rows:
                    store.leave_out(edit, found.id, row.school.id)

    # --- answers

    def as_last_time(self) -> None:
        """Last round's answers into the empty ones of the selected cells."""
        found = self.model.last_time(
            [self.model.index(self._source_row(index.row()), index.column()) for index in self.grid.selectedIndexes()]
        )
        if not found:
            self.told.emit("Здесь нечего повторить: ячейки заполнены или прошлых ответов нет.")
            return
        self.model.write_values(found, f"Как в прошлый раз: школ {len(found)}")

    def set_state(self, state: AnswerState) -> None:
        """Accepts the answers of the selected schools or sends them back."""
        found, rows = self.round, [row for row in self.chosen if row.answer.answered]
        if found is None:
            return
        if not rows:
            self.told.emit("У выбранных школ ещё нет ответа.")
            return
        name = rows[0].school.label if len(rows) == 1 else counted(len(rows), "школа", "школы", "школ")
        with self.workspace.edit(f"{state.label.capitalize()}: {name}") as edit:
            store.set_state(edit, found.id, [row.school.id for row in rows], state)
        if state is AnswerState.ACCEPTED:
            self.take_counts({row.school.id for row in rows})

    def take_counts(self, school_ids: Collection[int] | None = None) -> None:
        """What accepted answers say of learners and teachers into the register of schools, as the user says."""
        desk = self.model.desk
        if desk is None or not asks_counts(desk):
            return
        if told := offer_counts(self.workspace, desk, self.page, school_ids):
            self.told.emit(told)

    def note_sent(self) -> None:
        if (found := self.round) and (rows := self.chosen):
            with self.workspace.edit(f"Отправлено: {len(rows)}") as edit:
                store.mark_sent(edit, found.id, [row.school.id for row in rows])

    # --- out and in

    def send(self, with_books: bool) -> None:
        """Asks to whom and where, and writes workbooks and drafts there."""
        desk = self.model.desk
        if desk is None:
            return
        schools = self._asked_whom()
        if not schools:
            return
        title = "Папка для книг и писем" if with_books else "Папка для писем"
        name = QFileDialog.getExistingDirectory(self.page, title, last_folder())
        if name:
            remember_folder(Path(name) / "x")
            send_out(self.workspace, self.tasks, desk, schools, Path(name), with_books, self.told.emit)

    def _asked_whom(self) -> list[int]:
        """All schools, those that have not answered, or the selected ones, as the user says."""
        rows, chosen = self.model.rows, self.chosen
        silent = [row for row in rows if not row.answer.state.counts]
        options = [(f"Всем школам: {len(rows)}", list(rows))]
        if silent and len(silent) < len(rows):
            options.insert(0, (f"Кто не ответил: {len(silent)}", silent))
        if 0 < len(chosen) < len(rows):
            options.append((f"Выбранным: {len(chosen)}", chosen))
        if len(options) == 1:
            return [row.school.id for row in rows]
        answer = choose("Для каких школ подготовить?", [text for text, _ in options], self.page)
        return [] if answer is None else [row.school.id for row in options[answer][1]]

    def write_to_school(self) -> None:
        """Opens a draft in the mail program: the form for a school that owes an answer, else the reply."""
        desk, rows = self.model.desk, self.chosen
        if desk is None or not rows:
            return
        row = rows[0]
        if row.answer.answered:
            draft = reply(self.workspace.snapshot.district, desk.round, row.school, row.answer.remarks)
        else:
            last = {row.school.id: dict(row.last)}
            draft = next(letters(self.workspace.snapshot.district, desk, last, [row.school.id])).draft
        folder = TemporaryDirectory(prefix="cosdesk-")
        self._drafts.append(folder)
        path = Path(folder.name) / "Письмо школе.eml"
        write_file(path, draft)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            raise UserError("Почтовая программа не найдена. Сохраните письма в папку: «Только письма школам…».")

    def take_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self.page, "Ответы школ", last_folder(), _ANSWERS)
        if names:
            remember_folder(Path(names[0]))
            self.take_paths([Path(name) for name in names])

    def take_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self.page, "Папка с ответами школ", last_folder())
        if name:
            self.take_paths([Path(name)])

    def take_table(self) -> None:
        """The table of answers on the clipboard: schools by name, questions by heading."""
        from cosdesk.intake.answer_table import read_answer_table
        from cosdesk.intake.text import outline_of_text
        from cosdesk.ui.pasted_dialog import PastedDialog

        desk, held = self.model.desk, QGuiApplication.clipboard().mimeData()
        if desk is None:
            return
        text = held.html() if held is not None and "<table" in held.html().lower() else held.text() if held else ""
        if not text.strip():
            raise UserError("В буфере обмена нет таблицы. Скопируйте её в Word, Excel или в письме и повторите.")
        found = read_answer_table(outline_of_text(text), desk, self.workspace.snapshot.today)
        dialog = PastedDialog(found, desk, self.page)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.model.write_values(dialog.values, f"Таблица ответов: школ {len(dialog.values)}")
            self.told.emit(f"Записаны ответы школ: {len(dialog.values)}. Вернуть – Ctrl+Z")
        dialog.deleteLater()

    def take_paths(self, paths: Sequence[Path]) -> None:
        """Reads the heap aside and shows what it came to."""
        read_answers_aside(self.workspace, self.tasks, paths, self.show_collected)

    def show_collected(self, collected: Sequence[CollectedAnswer]) -> None:
        from cosdesk.ui.collect_dialog import CollectDialog

        dialog = CollectDialog(collected, self.page)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            found = dialog.collected
            written = take_answers(self.workspace, found)
            rounds = [each.round_id for each in found if each.round_id is not None]
            if rounds and (self.round is None or self.round.id not in rounds):
                self.begun.emit(rounds[0])  # what was taken in is seen at once
            told = f"Записано ответов: {written} из {len(found)}. Вернуть – Ctrl+Z"
            if dialog.letters_wanted:
                name = QFileDialog.getExistingDirectory(self.page, "Папка для писем школам", last_folder())
                if name:
                    told += f". Писем: {write_replies(self.workspace, found, Path(name))} – {name}"
            self.told.emit(told)
        dialog.deleteLater()
