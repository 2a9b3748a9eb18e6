"""The editor of a printed form: its parts at the left, what the chosen one says, the document itself at the right."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cosdesk.errors import UserError
from cosdesk.form_library import FormEntry, FormKind, read_form, renamed, save_form
from cosdesk.form_sample import sample_request
from cosdesk.forms.draft import FormDraft
from cosdesk.forms.reading import FormError
from cosdesk.reports.request import Request
from cosdesk.reports.template_words import paper_names, report_names
from cosdesk.ui.delegates import plain_tooltip, soften_selection
from cosdesk.ui.form_fields import FormFields
from cosdesk.ui.form_pages import FormPages, fault_sentence
from cosdesk.ui.form_parts import FormPart, block_names, form_parts, place_of_line
from cosdesk.ui.messages import choose
from cosdesk.ui.panel_parts import action_button, push_button
from cosdesk.ui.template_box import TemplateBox
from cosdesk.ui.theme import STEP, icon, scaled
from cosdesk.ui.workspace import Workspace

_LEFT, _MIDDLE, _RIGHT = 250, 560, 500


def edit_form(workspace: Workspace, entry: FormEntry, parent: QWidget | None = None) -> str | None:
    """Lets the user change the form, a copy of it where it is built in; the id of the form saved."""
    dialog = ReportFormEditor(workspace, entry, parent)
    dialog.exec()
    saved_id = dialog.saved_id
    dialog.deleteLater()
    return saved_id


class ReportFormEditor(QDialog):
    """``saved_id`` is the id of the form as it was last saved, None before."""

    def __init__(self, workspace: Workspace, entry: FormEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._entry = workspace, entry
        self.draft = FormDraft(entry.source)
        self.saved_id: str | None = None
        self._fault: FormError | None = None
        self._parts: tuple[FormPart, ...] = ()
        self._given: Request | None = None
        self.fields: FormFields | None = None
        self.setWindowTitle(f"Форма: {entry.title}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.resize(1320, 700)
        self._make_actions()
        self._lay_out()
        self._fill(0)
        self._changed()

    # --- construction

    def _make_actions(self) -> None:
        def action(text: str, icon_name: str, keys: str, run: Callable[[], None]) -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setShortcut(QKeySequence(keys))
            made.setToolTip(f"{text} ({keys})")
            made.triggered.connect(lambda: run())
            self.addAction(made)
            return made

        self.undo_action = action("Отменить", "undo", "Ctrl+Z", lambda: self._turn_back(self.draft.undo))
        self.redo_action = action("Вернуть", "redo", "Ctrl+Y", lambda: self._turn_back(self.draft.redo))
        self.save_action = action("Сохранить", "save", "Ctrl+S", self._save_now)

    def _lay_out(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("Части формы")
        self.list.setWordWrap(True)
        soften_selection(self.list)
        self.list.currentRowChanged.connect(self._show_part)
        self.list.itemChanged.connect(self._switch)
        self.add_button = push_button("Добавить раздел", "add", self._add)
        self.remove_button = push_button("Удалить", "delete", self._remove)
        self.up_button = push_button("Выше", "up", lambda: self._move(-1))
        self.down_button = push_button("Ниже", "down", lambda: self._move(1))
        left = QWidget()
        left.setMaximumWidth(scaled(_LEFT))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.add_button)
        row = QHBoxLayout()
        for button in (self.up_button, self.down_button, self.remove_button):
            row.addWidget(button)
        column.addLayout(row)
        for button in (self.add_button, self.up_button, self.down_button, self.remove_button):
            button.setVisible(self._entry.kind is not FormKind.ROADMAP)
        self._middle = QWidget()
        self._middle_column = QVBoxLayout(self._middle)
        self._middle_column.setContentsMargins(0, 0, 0, 0)
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._title.setContentsMargins(STEP, 0, 0, 0)
        self._title.setWordWrap(True)
        self._middle_column.addWidget(self._title)
        self.pages = FormPages(self._workspace, self._request)
        self.pages.judged.connect(self._judge)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        for widget in (left, self._middle, self.pages):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, 0 if widget is left else 1)
        splitter.setSizes([_LEFT, _MIDDLE, _RIGHT])
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(STEP)
        for action in (self.undo_action, self.redo_action):
            row.addWidget(action_button(action))
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        row.addWidget(self.note, 1)
        self.save_button = action_button(self.save_action)
        row.addWidget(self.save_button)
        row.addWidget(push_button("Закрыть", "", self.reject))
        if not self._entry.own:
            self.note.setText("Это встроенная форма: правки сохранятся в своей форме.")
        return row

    def _request(self, source: str) -> Request:
        # Asked once: neither the row nor the round depends on what can be changed here.
        if self._given is None:
            workspace, contents = self._workspace, self._workspace.contents
            roadmap_id = contents.roadmap.id if contents else None
            self._given = sample_request(workspace.file, workspace.snapshot, source, roadmap_id, workspace.period)
        return self._given

    # --- parts

    def _fill(self, row: int) -> None:
        """Lists the parts anew and turns to one of them."""
        self._parts = form_parts(self.draft, self._entry.kind)
        self.list.blockSignals(True)
        self.list.clear()
        for part in self._parts:
            line = QListWidgetItem(part.title, self.list)
            line.setToolTip(plain_tooltip(part.title))
            if part.switch:
                line.setFlags(line.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                line.setCheckState(Qt.CheckState.Unchecked if part.off else Qt.CheckState.Checked)
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(row, len(self._parts) - 1))

    @property
    def part(self) -> FormPart:
        return self._parts[max(0, self.list.currentRow())]

    def _show_part(self, row: int) -> None:
        if row < 0:
            return
        self.draft.end_step()
        if self.fields is not None:
            self._middle_column.removeWidget(self.fields)
            self.fields.hide()
            self.fields.deleteLater()
        part = self._parts[row]
        self._title.setText(part.title)
        blocks = block_names(self.draft, self._entry.kind)
        self.fields = FormFields(self.draft, part, self._names(), blocks)
        self.fields.changed.connect(self._changed)
        self.fields.refused.connect(lambda told: self.pages.notice.complain(told))
        for field in self.fields.fields.values():
            if isinstance(field, TemplateBox | QLineEdit):
                field.installEventFilter(self)
        self._middle_column.addWidget(self.fields, 1)
        # Made anew with each part, they come where they stand: after the list of parts.
        inside = (field for field in self.fields.findChildren(QWidget) if field.window() is self)
        stops = [field for field in inside if field.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise((self.remove_button, *stops)):
            self.setTabOrder(before, after)
        self._mark()
        self._allow()
        self.pages.turn_to(part.title if part.array == "section" else "")

    def _names(self) -> dict[str, str] | None:
        match self._entry.kind:
            case FormKind.REPORT:
                return report_names()
            case FormKind.PAPER:
                return paper_names(self.draft.value("needs_period") is True)
            case _:
                return None

    def _switch(self, line: QListWidgetItem) -> None:
        part = self._parts[self.list.row(line)]
        off = line.checkState() is Qt.CheckState.Unchecked
        self.draft.end_step()
        self.draft.put(True if off else None, part.array, part.number, "off")
        self.draft.end_step()
        self._changed()

    def _add(self) -> None:
        taken = {self.draft.value("section", number, "id") for number in range(self.draft.count("section"))}
        name = next(name for number in range(1, 1000) if (name := f"own-{number}") not in taken)
        number = self.draft.add({"id": name, "heading": "Новый раздел", "text": "Текст раздела."}, "section")
        after = self.part.number + 1 if self.part.array == "section" else number
        if after < number:
            self.draft.move(number, after - number, "section")
            self.draft.join_steps()
        self._turn_to("section", min(after, number))

    def _remove(self) -> None:
        part = self.part
        if part.array in ("section", "summary"):
            self.draft.remove(part.number, part.array)
            self._turn_to(part.array, min(part.number, self.draft.count(part.array) - 1))

    def _move(self, step: int) -> None:
        part = self.part
        if part.array:
            self._turn_to(part.array, self.draft.move(part.number, step, part.array))

    def _turn_to(self, array: str, number: int) -> None:
        parts = form_parts(self.draft, self._entry.kind)
        row = next((row for row, part in enumerate(parts) if (part.array, part.number) == (array, number)), 0)
        self._fill(row)
        self._changed()

    # --- changes

    def _changed(self) -> None:
        self._parts = form_parts(self.draft, self._entry.kind)
        self._mark()
        self._title.setText(self.part.title)
        self.pages.ask(self.draft.source)
        self._allow()

    def _turn_back(self, turn: Callable[[], None]) -> None:
        turn()
        row, place = self.list.currentRow(), self.part.place
        parts = form_parts(self.draft, self._entry.kind)
        same = [(p.place, p.off) for p in parts] == [(p.place, p.off) for p in self._parts]
        if same and self.fields is not None and parts[row].place == place:
            self.fields.refresh()
        else:
            self._fill(row)
        self._changed()

    def _judge(self, fault: FormError | None) -> None:
        self._fault = fault
        self._mark()

    def _mark(self) -> None:
        """Marks the fault in the box that holds it, and the part it stands in."""
        fault, source = self._fault, self.draft.source
        line = fault.line if fault else 0
        faulty, start = place_of_line(source, line)
        if self.fields is not None:
            self.fields.mark(line if line and self.fields.part.place == faulty else None, source, start)
        self.list.blockSignals(True)
        for row, part in enumerate(self._parts):
            if item := self.list.item(row):
                item.setText(f"{part.title} – ошибка" if line and part.place == faulty else part.title)
        self.list.blockSignals(False)

    def _allow(self) -> None:
        part = self.part
        count = self.draft.count(part.array) if part.array else 0
        self.undo_action.setEnabled(self.draft.can_undo)
        self.redo_action.setEnabled(self.draft.can_redo)
        self.save_action.setEnabled(self.draft.is_changed)
        self.remove_button.setEnabled(part.array in ("section", "summary") and count > 1)
        self.up_button.setEnabled(part.number > 0 and bool(part.array))
        self.down_button.setEnabled(bool(part.array) and part.number < count - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field would take Ctrl+Z for itself, though its undo is the form's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination())
            if keys in (self.undo_action.shortcut(), self.redo_action.shortcut()):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    # --- keeping

    def save(self) -> bool:
        """Keeps the form among the user's own; False when it is faulty or the user gave up."""
        source = self.draft.source
        try:
            read_form(source, Path("формы"))
            if not self._entry.own:
                answer = choose(
                    f"«{self._entry.title}» – встроенная форма. Сохранить правки отдельной формой или пользоваться"
                    " изменённой вместо встроенной? Встроенная останется: она вернётся, если свою удалить.",
                    ("Отдельная форма", "Вместо встроенной"),
                    self,
                )
                if answer is None:
                    return False
                if answer == 0:
                    title = str(self.draft.value("title"))
                    source = renamed(source, "" if title == self._entry.title else title)
            saved = save_form(source)
        except FormError as error:
            self.pages.notice.complain(f"Не сохранено. {fault_sentence(error)}")
            self._judge(error)
            return False
        except UserError as error:
            self.pages.notice.complain(str(error))
            return False
        self.saved_id, self._entry = saved.id, saved
        self.draft = FormDraft(saved.source)
        self.setWindowTitle(f"Форма: {saved.title}")
        self.note.setText(f"Сохранено: «{saved.title}».")
        self._fill(self.list.currentRow())
        self._changed()
        return True

    def _save_now(self) -> None:
        self.save()

    def reject(self) -> None:
        if self.draft.is_changed:
            answer = choose("Форма изменена. Сохранить правки?", ("Сохранить", "Не сохранять"), self)
            if answer is None or (answer == 0 and not self.save()):
                return
        self.pages.stop()
        super().reject()
