"""The page «Школы»: the register of schools, their counts of a school year, lists taken in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.organisation import School
from cosdesk.errors import UserError
from cosdesk.intake.grid import Outline
from cosdesk.store import schools as store
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.page import EmptyState
from cosdesk.ui.register_page import RegisterPage
from cosdesk.ui.school_model import SchoolModel
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP
from cosdesk.ui.wording import counted
from cosdesk.ui.workspace import Workspace

_TABLES = {"school", "school_count", "district"}
_SHOWN = ("Действующие", "Закрытые", "Все школы", "Филиалы", "Без почты", "Без числа обучающихся")
_LISTS = "Списки школ (*.xlsx *.xls *.docx *.csv *.txt);;Все файлы (*)"


class SchoolsPage(RegisterPage):
    """The sheet of schools; the school year stands in the toolbar."""

    HELP = (
        "Пишите прямо в ячейке: Enter – вниз, Tab – дальше. Новая школа – в последней строке;"
        " строки из Excel вставляются туда же (Ctrl+V)."
    )

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, SchoolModel(workspace), "schools", parent)
        self.schools: SchoolModel = self.model  # type: ignore[assignment]
        self._typing_first = False
        self._make_actions()
        self._lay_out()
        self.view.selectionModel().selectionChanged.connect(lambda: self._enable())

    def _make_actions(self) -> None:
        make = self.make_action
        self.add_action = make("Добавить школу", "Добавить", "add", "Ins", self.add)
        self.import_action = make("Импорт списка школ…", "Импорт списка", "import", "", self.choose_list)
        self.paste_list_action = make("Импорт списка из буфера обмена", "Из буфера", "copy", "", self.paste_list)
        self.merge_action = make("Присоединить к другой школе…", "Присоединить", "indent", "", self.merge)
        self.delete_action = make("Удалить школу", "Удалить", "delete", "Ctrl+Del", self.delete, on_sheet=True)
        self.paste_list_action.setToolTip("Список, скопированный в Word или Excel вместе с заголовками столбцов")
        self.merge_action.setToolTip("Школа закрывается с даты, её прошлое остаётся при ней")
        self.delete_action.setToolTip("Удалить ошибочно внесённую школу; закрытой школе поставьте дату (Ctrl+Del)")

    def _lay_out(self) -> None:
        self.view.setAccessibleName("Реестр школ")
        self.view.addActions([self.add_action, self.merge_action, self.import_action, self.paste_list_action])
        self.filter.setAccessibleName("Какие школы показать")
        self.filter.addItems(_SHOWN)
        self.year = QComboBox()
        self.year.setAccessibleName("Учебный год, за который показаны обучающиеся и учителя")
        self.year.activated.connect(lambda: self.schools.show_year(self.year.currentData()))
        bar = FoldingRow()
        for action in (self.add_action, self.import_action, self.merge_action, self.delete_action):
            bar.addWidget(tool_button(action))
        bar.addSpacing(STEP)
        bar.addWidget(self.filter)
        bar.addStretch(1)
        label = QLabel("Учебный год:")
        label.setBuddy(self.year)
        bar.addWidget(label)
        bar.addWidget(self.year)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.notice)
        self._empty = EmptyState(
            "Здесь ведётся реестр школ района. По нему рассылаются формы мониторинга и считаются доли."
            " Загрузите готовый список из Excel или Word либо впишите первую школу.",
            [self.import_action, self.paste_list_action, self.add_action],
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(body)
        self._whole.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self._drops = [FileDrop(self.view.viewport()), FileDrop(self._empty)]
        for drop in self._drops:
            drop.dropped.connect(self._dropped)

    # --- what a page answers

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        self.schools.refresh()
        self.fit_columns("name", 220)
        self.view.freeze(1)
        self._fill_years()
        if self.schools.records:
            self._typing_first = False
        self._whole.setCurrentIndex(0 if self.schools.records or self._typing_first else 1)
        for drop in self._drops:
            drop.enabled = self.schools.editable
        self._enable()

    def status_text(self) -> str:
        records = self.schools.records
        if not records:
            return ""
        working = sum(school.works_on(self._today) for school in records)
        words = [counted(working, "школа", "школы", "школ")]
        if len(records) != working:
            words.append(f"закрыто {len(records) - working}")
        if self.shown_count() not in (working, len(records)):
            words.append(f"показано {self.shown_count()}")
        counts = [count for s in records if s.works_on(self._today) and (count := s.count(self.schools.school_year))]
        if learners := sum(count.learners for count in counts):
            words.append(f"обучающихся {learners}, учителей {sum(count.teachers for count in counts)}")
        return ", ".join(words)

    def menu_actions(self) -> list[QAction]:
        return [
            self.add_action, self.import_action, self.paste_list_action, self.merge_action, self.delete_action,
        ]  # fmt: skip

    def add(self) -> None:
        self._typing_first = True
        self._whole.setCurrentIndex(0)
        self.view.go_to_blank("short_name")

    def delete(self) -> None:
        """Schools entered by mistake; what rounds hold of them goes too, and Ctrl+Z brings all of it back."""
        chosen: list[School] = self.view.chosen_records()
        if not chosen:
            return
        count = counted(len(chosen), "школа", "школы", "школ")
        title = f"Удаление школы «{chosen[0].label}»" if len(chosen) == 1 else f"Удаление: {count}"
        with self.workspace.edit(title) as edit:
            for school in chosen:
                store.delete_school(edit, school.id)
        self.notice.say(f"Удалено: {count} вместе с ответами. Вернуть – Ctrl+Z")

    def merge(self) -> None:
        from cosdesk.ui.merge_dialog import MergeDialog

        chosen: list[School] = self.view.chosen_records()
        others = [s for s in self.schools.records if s.works_on(self._today) and s not in chosen]
        if not chosen or not others:
            return
        dialog = MergeDialog(chosen, others, self._today, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            with self.workspace.edit(f"Присоединение к школе «{dialog.into.label}»") as edit:
                for school in chosen:
                    store.merge_schools(edit, school.id, dialog.into.id, dialog.on)
        dialog.deleteLater()

    # --- lists taken in

    def choose_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Список школ", last_folder(), _LISTS)
        if name:
            remember_folder(Path(name))
            self.import_list(Path(name))

    def paste_list(self) -> None:
        from cosdesk.intake.text import outline_of_text

        text = QApplication.clipboard().text()
        if not text.strip():
            raise UserError("В буфере обмена нет текста. Скопируйте список школ в Word или Excel и повторите.")
        self.take_outline(outline_of_text(text), "буфер обмена")

    def import_list(self, path: Path) -> None:
        """Reads the file aside, shows what it holds and takes what the user accepts."""
        from cosdesk.intake.reading import read_outline_isolated

        file = self.workspace.file

        def take(outline: Outline) -> None:
            if self.workspace.is_open and self.workspace.file is file:
                self.take_outline(outline, path.name)

        self.tasks.run(
            f"Чтение «{path.name}»", lambda progress: read_outline_isolated(path, lambda: progress.cancelled), take
        )

    def take_outline(self, outline: Outline, source: str) -> None:
        """The preview with its questions; what is accepted is one edit."""
        from cosdesk.intake.schools import read_schools
        from cosdesk.ui.school_import import SchoolImportDialog, take_schools

        incoming = read_schools(outline, self.workspace.snapshot.schools, self._today)
        dialog = SchoolImportDialog(incoming, source, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.notice.say(take_schools(self.workspace, dialog, source))
        dialog.deleteLater()

    def _dropped(self, paths: Sequence[Path], _: QPoint) -> None:
        self.import_list(paths[0])

    # --- showing

    @property
    def _today(self) -> date:
        return self.workspace.snapshot.today

    def _fill_years(self) -> None:
        years = self.schools.years()
        if [self.year.itemData(row) for row in range(self.year.count())] != years:
            self.year.clear()
            for year in years:
                self.year.addItem(f"{year}/{(year + 1) % 100:02d}", year)
        self.year.setCurrentIndex(max(self.year.findData(self.schools.school_year), 0))

    def _enable(self) -> None:
        editable, chosen = self.schools.editable, bool(self.view.chosen_records())
        for action in (self.add_action, self.import_action, self.paste_list_action):
            action.setEnabled(editable)
        self.delete_action.setEnabled(editable and chosen)
        self.merge_action.setEnabled(editable and chosen)
        self.view.paste_action.setEnabled(editable)
        self.view.clear_action.setEnabled(editable)

    def _passes(self, record: School) -> bool:
        works = record.works_on(self._today)
        match self.filter.currentIndex():
            case 0:
                return works
            case 1:
                return not works
            case 3:
                return record.branch_of is not None
            case 4:
                return works and not record.email
            case 5:
                return works and record.count(self.schools.school_year) is None
            case _:
                return True
