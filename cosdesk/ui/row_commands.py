"""What can be done to the chosen rows: the actions of the toolbar, the menus and the keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QInputDialog

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.execution import Execution
from cosdesk.domain.roadmap import Item
from cosdesk.domain.row_numbers import bare
from cosdesk.domain.state import ItemState
from cosdesk.errors import UserError
from cosdesk.ui import record_edits, roadmap_edits
from cosdesk.ui.item_panel import ItemPanel
from cosdesk.ui.roadmap_columns import PageColumn
from cosdesk.ui.roadmap_edits import RowPlace
from cosdesk.ui.roadmap_view import RoadmapView
from cosdesk.ui.row_clipboard import cells_of, paste_cells, rows_as_text
from cosdesk.ui.theme import icon
from cosdesk.ui.typed_values import shorten
from cosdesk.ui.workspace import Workspace


class RowCommands(QObject):
    """The actions over the view's chosen rows.

    ``told`` carries a sentence for the status bar; ``written`` the ids of rows that no filter
    may hide, because they were just added or pasted.
    """

    told = Signal(str)
    written = Signal(list)

    def __init__(self, workspace: Workspace, view: RoadmapView, panel: ItemPanel) -> None:
        super().__init__(view)
        self._workspace = workspace
        self._view = view
        self._panel = panel
        self._make_actions()
        view.record_wanted.connect(self.mark_done)
        view.selectionModel().selectionChanged.connect(lambda: self.enable())
        panel.record_wanted.connect(self._mark_term)
        panel.record_change_wanted.connect(self._change_record)
        panel.record_delete_wanted.connect(self._delete_record)
        panel.document_wanted.connect(self.add_document)
        panel.compose_wanted.connect(self.compose_document)
        panel.document_change_wanted.connect(self._change_document)
        panel.document_remove_wanted.connect(self._remove_document)

    def _make_actions(self) -> None:
        action = self._action
        self.add = action("Мероприятие", "add", "Ins", self.add_row, "Новая строка после этой")
        self.add_inside = action("Вложенная", "add-child", "Ctrl+Ins", self.add_child, "Новая строка внутри этой")
        self.record = action(
            "Отметить выполнение", "done", "Ctrl+Return Ctrl+Enter", self.mark_done, "Записать, что исполнено и чем"
        )
        self.remove = action("Удалить", "delete", "Del", self.delete, "Удалить строку со всем, что в ней")
        self.edit = action("Изменить ячейку", "edit", "", self.edit_cell, "Изменить ячейку: F2 или двойной щелчок")
        self.document = action("Добавить документ…", "attach", "", self.add_document)
        self.compose = action("Составить документ…", "print", "", self.compose_document, "Документ по этой строке")
        self.up = action("Вверх", "up", "Alt+Up", partial(self.shift, -1))
        self.down = action("Вниз", "down", "Alt+Down", partial(self.shift, 1))
        self.inward = action("Сделать вложенной", "indent", "Ctrl+] Alt+Shift+Right", self.indent)
        self.outward = action("На уровень выше", "outdent", "Ctrl+[ Alt+Shift+Left", self.outdent)
        self.copy = action("Копировать строки", "copy", "Ctrl+C", self.copy_rows)
        self.paste = action("Вставить из Excel или Word", "import", "Ctrl+V", self.paste_block)
        self.fill = action("Заполнить вниз", "down", "Ctrl+D", self.fill_down, "Первую ячейку – во все выбранные ниже")
        self.assign = action("Назначить исполнителя…", "", "", self.assign_responsible)
        self.at_risk = self._flag("Есть риск срыва", "at_risk")
        self.cancelled = self._flag("Отменено", "cancelled")
        self.expect = action("Ожидаемые документы…", "", "", self.expect_documents)
        self.year_on = action("Сдвинуть сроки на год вперёд", "", "", partial(self.shift_terms, 1))
        self.year_back = action("Сдвинуть сроки на год назад", "", "", partial(self.shift_terms, -1))
        self._panel.addAction(self.record)
        self.renumber = action("Перенумеровать строки", "", "", self.renumber_all)
        lines = [QAction(self) for _ in range(3)]
        for line in lines:
            line.setSeparator(True)
        self.all = [
            self.add, self.add_inside, self.edit, self.record, self.document, self.compose, self.remove, lines[0],
            self.up, self.down, self.inward, self.outward, lines[1], self.copy, self.paste, self.fill, lines[2],
            self.assign, self.at_risk, self.cancelled, self.expect, self.year_on, self.year_back, self.renumber,
        ]  # fmt: skip

    def _action(self, text: str, icon_name: str, keys: str, run: Callable[[], object], tip: str = "") -> QAction:
        made = QAction(icon(icon_name), text, self) if icon_name else QAction(text, self)
        made.setShortcuts([QKeySequence(key) for key in keys.split()])
        # Only while the tree has the keyboard: Del in a field of the panel deletes letters.
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown_keys = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        made.setToolTip((tip or text) + (f" ({shown_keys})" if shown_keys else ""))
        # While a cell is being typed in, the keys belong to its text.
        made.triggered.connect(lambda: None if self._view.is_editing else run())
        self._view.addAction(made)
        return made

    def _flag(self, text: str, field: str) -> QAction:
        made = self._action(text, "", "", partial(self.turn_flag, field))
        made.setCheckable(True)
        return made

    def enable(self) -> None:
        """Offers what the chosen rows allow."""
        is_open = self._workspace.is_open
        writable = is_open and not self._workspace.file.read_only and self._workspace.contents is not None
        items = self.chosen_items()
        node = self._view.current_node
        for action in self.all:
            action.setEnabled(writable)
        of_rows = (self.add_inside, self.record, self.document, self.up, self.down, self.inward, self.edit)
        flags = ((self.at_risk, "at_risk"), (self.cancelled, "cancelled"))
        for action in (*of_rows, self.assign, self.expect, self.year_on, self.year_back, *(flag for flag, _ in flags)):
            action.setEnabled(writable and bool(items))
        for flag, field in flags:
            flag.setChecked(bool(items) and all(getattr(item, field) for item in items))
        self.outward.setEnabled(writable and any(item.parent_id is not None for item in items))
        self.fill.setEnabled(writable and len(items) > 1)
        self.remove.setEnabled(writable and (bool(items) or node is not None))
        self.edit.setEnabled(writable and bool(self._view.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable))
        self.copy.setEnabled(bool(items))
        self.compose.setEnabled(is_open and node is not None and node.item is not None)

    # --- the rows at hand

    def chosen_items(self) -> list[Item]:
        """The selected rows; the current one when none is selected."""
        node = self._view.current_node
        return self._view.chosen_items() or ([node.item] if node and node.item else [])

    def _chosen_ids(self) -> list[int]:
        return [item.id for item in self.chosen_items()]

    @property
    def current_state(self) -> ItemState | None:
        node = self._view.current_node
        return self._workspace.states.get(node.item.id) if node and node.item else None

    # --- rows

    def edit_cell(self) -> None:
        self._view.edit(self._view.currentIndex())

    def add_row(self) -> None:
        """A row after the one at hand, its title ready to be typed."""
        node = self._view.current_node
        contents = roadmap_edits.open_contents(self._workspace)
        if node and node.item:
            self._add(roadmap_edits.place_after(contents, node.item))
        elif node and node.section:
            self._add(RowPlace(None, node.section.id))
        else:
            self._add(RowPlace(None, contents.sections[-1].id if contents.sections else None))

    def assign_responsible(self) -> None:
        """One person or group for all chosen rows, in place of those who stood there."""
        items = self.chosen_items()
        rows = roadmap_edits.open_contents(self._workspace).items
        names = sorted({name for row in rows for name in row.responsible})
        question = f"Ответственный исполнитель ({roadmap_edits.rows_phrase(len(items))}):"
        name, accepted = QInputDialog.getItem(self._view, "Назначить исполнителя", question, names, 0, True)
        if accepted and name.strip():
            roadmap_edits.assign(self._workspace, items, name.strip())

    def turn_flag(self, field: str) -> None:
        """The mark on all chosen rows; off where every one of them bears it."""
        items = self.chosen_items()
        value = not all(getattr(item, field) for item in items)
        count = roadmap_edits.set_flag(self._workspace, items, field, value)
        title = roadmap_edits.FLAG_TITLES[field, value]
        self.told.emit(f"{title}: {roadmap_edits.rows_phrase(count)}. Вернуть – Ctrl+Z")

    def expect_documents(self) -> None:
        """Which kinds of documents all chosen rows expect."""
        from cosdesk.ui.expected_papers import expect_papers

        self._panel.finish()
        expect_papers(self._workspace, self.chosen_items(), self._view)

    def shift_terms(self, years: int) -> None:
        """Every year that the terms of the chosen rows name, moved."""
        if not roadmap_edits.shift_terms(self._workspace, self.chosen_items(), years):
            self.told.emit("В сроках выбранных строк годы не названы, сдвигать нечего.")

    def add_child(self) -> None:
        """A row inside the one at hand, after its last."""
        node = self._view.current_node
        if node and node.item:
            self._add(RowPlace(node.item.id, node.item.section_id))

    def _add(self, place: RowPlace) -> None:
        self._panel.finish()
        row_id = roadmap_edits.add_row(self._workspace, place)
        self.written.emit([row_id])
        self._view.edit_cell(row_id, "title")

    def delete(self) -> None:
        """The chosen rows with their branches, or the band at hand with its rows."""
        node = self._view.current_node
        if ids := self._chosen_ids():
            self.told.emit(roadmap_edits.delete_rows(self._workspace, ids))
        elif node and node.section:
            self.told.emit(roadmap_edits.delete_section(self._workspace, node.section))

    def shift(self, step: int) -> None:
        roadmap_edits.shift_rows(self._workspace, self._chosen_ids(), step)
        self._keep_in_sight()

    def indent(self) -> None:
        above = roadmap_edits.indent_rows(self._workspace, self._chosen_ids())
        if above is not None:
            self._view.expand(self._view.rows.index_of_item(above))
        self._keep_in_sight()

    def outdent(self) -> None:
        roadmap_edits.outdent_rows(self._workspace, self._chosen_ids())
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if self._view.currentIndex().isValid():
            self._view.scrollTo(self._view.currentIndex())

    def renumber_all(self) -> None:
        count = roadmap_edits.renumber_rows(self._workspace)
        self.told.emit(f"Изменено номеров: {count}. Вернуть – Ctrl+Z" if count else "Номера уже идут по порядку")

    # --- cells

    def fill_down(self) -> None:
        column = self._view.currentIndex().column()
        if column >= 0 and self._view.rows.columns[column].editable:
            roadmap_edits.fill_down(self._workspace, self.chosen_items(), self._view.rows.columns[column].field)

    def copy_rows(self) -> None:
        text = rows_as_text(self.chosen_items(), self._workspace.states, self._shown_columns(0))
        QGuiApplication.clipboard().setText(text)

    def paste_block(self) -> None:
        """The block on the clipboard over the cells from the one at hand on."""
        block = cells_of(QGuiApplication.clipboard().text())
        if not block:
            raise UserError("В буфере обмена нет текста. Скопируйте ячейки в Excel или Word и повторите.")
        rows = self._view.rows
        column = max(self._view.currentIndex().column(), 0)
        if not rows.shown_items():
            self.written.emit([roadmap_edits.add_row(self._workspace, RowPlace())])
        node = self._view.current_node
        start = node.item if node and node.item else rows.shown_items()[0]
        written = paste_cells(self._workspace, block, start, rows.shown_items(), self._shown_columns(column))
        self.written.emit(written)
        self._view.choose(written, column)

    def _shown_columns(self, first: int) -> list[PageColumn]:
        columns = self._view.rows.columns
        return [columns[number] for number in range(first, len(columns)) if not self._view.isColumnHidden(number)]

    # --- what was done

    def mark_done(self) -> None:
        """The dialog «Отметить выполнение» for the chosen rows."""
        items = self.chosen_items()
        if items and not self._workspace.file.read_only:
            self._ask_record([self._workspace.states[item.id] for item in items])

    def _mark_term(self, window_end: object) -> None:
        if state := self.current_state:
            self._ask_record([state], window_end=window_end)

    def _change_record(self, record: Execution) -> None:
        if state := self.current_state:
            self._ask_record([state], record=record)

    def _ask_record(self, states: list[ItemState], record: Execution | None = None, window_end: object = None) -> None:
        from cosdesk.ui.record_dialog import RecordDialog

        self._panel.finish()
        snapshot = self._workspace.snapshot
        dialog = RecordDialog(
            states, snapshot.evidence, snapshot.today, record, window_end, self._view.window()  # type: ignore[arg-type]
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        told = dialog.record
        if record:
            item, execution = told.executions[0]
            record_edits.change_record(self._workspace, item, execution, told.papers)
        else:
            record_edits.record_rows(self._workspace, told.executions, told.papers)

    def _delete_record(self, record: Execution) -> None:
        if state := self.current_state:
            self.told.emit(record_edits.delete_record(self._workspace, state.item, record))

    def add_document(self) -> None:
        """The dialog «Добавить документ» for the chosen rows."""
        from cosdesk.ui.evidence_dialog import AddEvidenceDialog

        items = self.chosen_items()
        if not items:
            return
        self._panel.finish()
        names = [bare(item.number) or f"«{shorten(item.title)}»" for item in items]
        title = f"Документ подтверждает {'строку' if len(items) == 1 else 'строки:'} {', '.join(names[:5])}"
        if len(items) > 5:
            title += f" и ещё {len(items) - 5}"
        dialog = AddEvidenceDialog(self._workspace.snapshot.evidence, title, self._view.window())
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.evidence.papers:
            record_edits.add_documents(self._workspace, items, dialog.evidence.papers)

    def compose_document(self) -> None:
        """The paper that the row at hand expects, made, and filed with the row once it is signed."""
        from cosdesk.reports.requisites import empty_fields
        from cosdesk.ui.requisites_dialog import Answer, ask_requisites
        from cosdesk.ui.row_document_dialog import RowDocumentDialog

        self._panel.finish()
        if not (state := self.current_state):
            return
        fields = empty_fields(self._workspace.snapshot)
        if ask_requisites(self._workspace, fields, self._view.window()) is not Answer.GIVEN_UP:
            RowDocumentDialog(self._workspace, state.item, self._view.window()).exec()

    def _change_document(self, paper: Evidence) -> None:
        from cosdesk.ui.evidence_dialog import EvidenceDialog

        dialog = EvidenceDialog(paper, len(paper.item_ids), self._view.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            record_edits.change_document(self._workspace, dialog.paper)

    def _remove_document(self, paper: Evidence) -> None:
        if state := self.current_state:
            self.told.emit(record_edits.remove_document(self._workspace, state.item, paper))
