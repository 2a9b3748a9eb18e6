"""The list of backups: what each holds and whether it is sound; looking inside, restoring, the second medium."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from cosdesk.store.backup import Backup
from cosdesk.store.verify import Check, check, look, problem_of
from cosdesk.ui.keeping import choose_medium, medium_folder, medium_seen
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.messages import ask
from cosdesk.ui.settings import last_folder
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.theme import STEP

_HEADINGS = ("Когда", "Почему", "Размер", "Строк", "Показателей", "Записей", "Проверка")
_CHECKING = "проверяется…"


class _BackupModel(QAbstractTableModel):
    def __init__(self, backups: Sequence[Backup], parent: QWidget) -> None:
        super().__init__(parent)
        self.backups = backups
        self.checks: dict[int, Check] = {}

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.backups)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADINGS[section]
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and 2 <= index.column() <= 5:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        return None

    def take(self, row: int, found: Check) -> None:
        self.checks[row] = found
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(_HEADINGS) - 1))

    def _text(self, row: int, column: int) -> str:
        copy, found = self.backups[row], self.checks.get(row)
        if column < 3:
            return (f"{copy.at:%d.%m.%Y %H:%M}", copy.reason, _told_size(copy.size))[column]
        if found is None:
            return _CHECKING if column == 6 else ""
        if column == 6:
            return "исправна" if found.is_sound else found.problems[0]
        return str((found.items, found.indicators, found.executions)[column - 3]) if found.is_sound else ""


class BackupsDialog(QDialog):
    """``chosen`` is the backup and whether to restore it (else to look inside); None when nothing was chosen."""

    def __init__(self, file_name: str, backups: Sequence[Backup], tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Резервные копии – {file_name}")
        self.resize(860, 460)
        self.chosen: tuple[Backup, bool] | None = None
        self._found: dict[int, Check] = {}
        self._model = _BackupModel(backups, self)
        self._view = QTreeView()
        self._view.setAccessibleName("Резервные копии")
        self._view.setModel(self._model)
        self._view.setRootIsDecorated(False)
        self._view.setUniformRowHeights(True)
        self._view.setAlternatingRowColors(True)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._view.header().setStretchLastSection(True)
        enable_copy(self._view)
        self._view.selectionModel().currentChanged.connect(self._show_buttons)
        self._look = QPushButton("Посмотреть")
        self._look.setToolTip("Открыть копию только для чтения")
        self._look.clicked.connect(lambda: self._choose(restoring=False))
        self._restore = QPushButton("Восстановить…")
        self._restore.clicked.connect(lambda: self._choose(restoring=True))
        self._lay_out()
        self._show_buttons()
        if backups:
            self._view.setCurrentIndex(self._model.index(0, 0))
            self._task = tasks.run("Проверка копий", self._check_all, self._model_checked)
            self._task.progressed.connect(self._show_checked)
            self.finished.connect(self._task.cancel)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        if not self._model.backups:
            empty = QLabel("Копий пока нет: первая сделается сама, когда в файле что-нибудь изменится.")
            empty.setWordWrap(True)
            layout.addWidget(empty)
        layout.addWidget(self._view, 1)
        medium = QHBoxLayout()
        self._medium = QLabel()
        self._medium.setTextFormat(Qt.TextFormat.PlainText)
        self._medium.setWordWrap(True)
        choose = QPushButton("Выбрать носитель…")
        choose.clicked.connect(self._choose_medium)
        medium.addWidget(self._medium, 1)
        medium.addWidget(choose)
        layout.addLayout(medium)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._look, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._show_medium()

    # --- checking

    def _check_all(self, progress: Progress) -> None:
        for row, copy in enumerate(self._model.backups):
            problem = problem_of(copy.path)
            self._found[row] = Check((problem,)) if problem else look(copy.path, pages=False)
            progress.step(row + 1, len(self._model.backups))

    def _show_checked(self, done: int, total: int) -> None:
        self._model.take(done - 1, self._found[done - 1])
        self._show_buttons()

    def _model_checked(self, _: object) -> None:
        self._show_buttons()

    def _show_buttons(self) -> None:
        row = self._view.currentIndex().row()
        found = self._model.checks.get(row)
        usable = row >= 0 and (found is None or found.is_sound)
        self._look.setEnabled(usable)
        self._restore.setEnabled(usable)

    # --- what the user does

    def _choose(self, restoring: bool) -> None:
        copy = self._model.backups[self._view.currentIndex().row()]
        if restoring and not ask(
            f"Восстановить файл по копии от {copy.at:%d.%m.%Y %H:%M}? Нынешний файл останется рядом под другим именем.",
            "Восстановить",
            parent=self,
        ):
            return
        self.chosen = (copy, restoring)
        self.accept()

    def _choose_medium(self) -> None:
        present = medium_folder()
        name = QFileDialog.getExistingDirectory(self, "Папка на втором носителе", str(present or last_folder()))
        if name:
            choose_medium(Path(name))
            self._show_medium()

    def _show_medium(self) -> None:
        folder, seen = medium_folder(), medium_seen()
        if folder is None:
            self._medium.setText("Второй носитель не выбран: если диск откажет, пропадут и файл, и копии.")
        elif folder.is_dir():
            self._medium.setText(f"Второй носитель подключён: {folder}")
        else:
            last = f"; последняя копия на нём – {seen:%d.%m.%Y}" if seen else ""
            self._medium.setText(f"Второй носитель не подключён: {folder}{last}")


def check_told(path: Path) -> str:
    """One sentence about a copy just made and checked through and through."""
    found = check(path, full=True)
    if not found.is_sound:
        return " ".join(found.problems)
    return f"Файл исправен: {found.contents}. Проверено {datetime.now():%d.%m.%Y в %H:%M}."


def _told_size(size: int) -> str:
    return f"{size / 1024:.0f} КБ" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} МБ".replace(".", ",")
