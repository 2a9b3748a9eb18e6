"""The journal of documents made: searched, sorted, opened, made again, filed once they are signed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSortFilterProxyModel, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTreeView, QVBoxLayout, QWidget

from cosdesk.domain.evidence import Evidence
from cosdesk.domain.paper import FileState, PaperRecord
from cosdesk.domain.period import parse_period
from cosdesk.errors import UserError
from cosdesk.paper_journal import file_state
from cosdesk.ui.delegates import CellDelegate, CellRole, soften_selection
from cosdesk.ui.file_drop import FileDrop
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.signed_scans import SignedScans
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import Tone, icon
from cosdesk.ui.workspace import Workspace
from cosdesk.ui.wrapped_header import WrappedHeader

HEADINGS = ("Составлен", "Документ", "Период", "Формат", "Отпечаток", "Файл", "Состояние", "Подписан")
_MADE, _TITLE, _PERIOD, _FORMAT, _PRINT, _FILE, _STATE, _SIGNED = range(len(HEADINGS))
_WIDTHS = (132, 300, 150, 72, 96, 220, 140, 150)
_RECORD = Qt.ItemDataRole.UserRole + 10
_SORT = Qt.ItemDataRole.UserRole + 11
_SHORT = 8
"""Signs of a fingerprint that tell it from the others at a glance; the whole is shown on hover."""
_FORMATS = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word"}
_TONES = {
    FileState.AS_MADE: Tone.GREEN,
    FileState.FILED: Tone.GREEN,
    FileState.CHANGED: Tone.AMBER,
    FileState.MISSING: Tone.RED,
}
_HELP = "Enter – открыть файл. Скан подписанного документа можно перетащить прямо на строку журнала."


class PaperJournal(QWidget):
    """``again`` asks for the report of a record once more; ``counted`` says that another number of lines is shown."""

    again = Signal(object)
    counted = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._tasks = workspace, tasks
        self._records: tuple[PaperRecord, ...] = ()
        self._states: dict[int, FileState] = {}
        self.view = QTreeView()
        self.notice = NoticeLine(_HELP)
        self._items = QStandardItemModel(0, len(HEADINGS), self)
        self._items.setHorizontalHeaderLabels(list(HEADINGS))
        self._proxy = _Found(self)
        self._proxy.setSourceModel(self._items)
        self._make_view()
        self._make_actions()
        bar = FoldingRow()
        for action in (
            self.open_action, self.folder_action, self.signed_action, self.again_action, self.check_action,
        ):  # fmt: skip
            bar.addWidget(tool_button(action))
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.notice)
        self.scans = SignedScans(workspace, tasks, self)
        self.scans.told.connect(self.notice.say)
        drop = FileDrop(self.view.viewport())
        drop.dropped.connect(self._drop)
        self._allow()

    def _make_view(self) -> None:
        view = self.view
        view.setAccessibleName("Журнал составленных документов")
        view.setModel(self._proxy)
        view.setItemDelegate(CellDelegate(view, lines=2))
        view.setRootIsDecorated(False)
        view.setIndentation(0)
        view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        view.setFrameShape(QTreeView.Shape.NoFrame)
        view.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        view.setHeader(WrappedHeader(view))
        view.setSortingEnabled(True)
        soften_selection(view)
        enable_copy(view)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSortIndicator(_MADE, Qt.SortOrder.DescendingOrder)
        if not header.restoreState(remembered_state("paper-journal")):
            for column, width in enumerate(_WIDTHS):
                header.resizeSection(column, width)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda: view.scheduleDelayedItemsLayout())
        header.sectionResized.connect(lambda: remember_state("paper-journal", header.saveState()))
        view.activated.connect(lambda: self.open_file())
        view.selectionModel().selectionChanged.connect(lambda: self._allow())

    def _make_actions(self) -> None:
        def action(text: str, icon_name: str, keys: str, run: Callable[[], None]) -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.setToolTip(f"{text} ({keys})" if keys else text)
            made.triggered.connect(lambda: run())
            self.view.addAction(made)
            return made

        self.open_action = action("Открыть файл", "open", "Ctrl+Return", self.open_file)
        self.folder_action = action("Открыть папку", "open", "", self.open_folder)
        self.signed_action = action("Подписан – приложить скан…", "attach", "Ctrl+Shift+O", self._sign)
        self.again_action = action("Составить снова", "redo", "", self._make_again)
        self.check_action = action("Проверить файлы", "check", "F5", self.check_files)

    # --- showing

    def show_records(self, records: Sequence[PaperRecord], evidence: Sequence[Evidence]) -> None:
        """The journal anew; the line at hand stays."""
        known = {document.id: document.label for document in evidence}
        fresh = tuple(records) != self._records
        chosen = self.record
        self._records = tuple(records)
        self._items.removeRows(0, self._items.rowCount())
        for record in self._records:
            self._items.appendRow(_cells(record, known))
        self._show_states(self._states)
        self._choose(chosen.id if chosen else None)
        if fresh and self._records:
            self.check_files()
        self._allow()
        self.counted.emit()

    def search(self, query: Query) -> None:
        self._proxy.search(query)
        self.counted.emit()

    @property
    def shown_count(self) -> int:
        return self._proxy.rowCount()

    @property
    def record(self) -> PaperRecord | None:
        """The line at hand."""
        return self._record_at(self.view.currentIndex())

    def check_files(self) -> None:
        """Compares every file with its fingerprint, off the window's thread."""
        records = self._records

        def work(progress: Progress) -> dict[int, FileState]:
            found = {}
            for number, record in enumerate(records):
                progress.step(number, len(records))
                found[record.id] = file_state(record)
            return found

        def done(found: dict[int, FileState]) -> None:
            if records is self._records:
                self._show_states(found)

        self._tasks.run("Проверяются файлы журнала", work, done)

    def _show_states(self, states: Mapping[int, FileState]) -> None:
        self._states = dict(states)
        for row in range(self._items.rowCount()):
            record = self._items.item(row, 0).data(_RECORD)
            state = states.get(record.id)
            cell = self._items.item(row, _STATE)
            cell.setText(state.label if state else "")
            cell.setData(state.label if state else "", _SORT)
            cell.setData(_TONES[state] if state else None, CellRole.TONE)

    def _choose(self, record_id: int | None) -> None:
        for row in range(self._proxy.rowCount()):
            index = self._proxy.index(row, 0)
            if record_id is None or index.data(_RECORD).id == record_id:
                self.view.setCurrentIndex(index)
                return

    def _record_at(self, index: QModelIndex) -> PaperRecord | None:
        found = index.siblingAtColumn(0).data(_RECORD) if index.isValid() else None
        return found if isinstance(found, PaperRecord) else None

    def _allow(self) -> None:
        record = self.record
        has_place = record is not None and bool(record.place)
        self.open_action.setEnabled(has_place)
        self.folder_action.setEnabled(has_place)
        self.again_action.setEnabled(record is not None)
        self.signed_action.setEnabled(record is not None and self._workspace.is_writable)
        self.check_action.setEnabled(bool(self._records))

    # --- what is done with a record

    def open_file(self) -> None:
        if record := self.record:
            path = self._path(record)
            if not path.is_file():
                raise UserError(f"Файла «{path.name}» в папке «{path.parent}» больше нет. Составьте документ снова.")
            _open(path)

    def open_folder(self) -> None:
        if record := self.record:
            path = self._path(record)
            if not path.parent.is_dir():
                raise UserError(f"Папки «{path.parent}» больше нет. Составьте документ снова и сохраните в другую.")
            _open(path.parent)

    def _path(self, record: PaperRecord) -> Path:
        if not record.place:
            raise UserError("Этот документ лежит в файле района: откройте его на странице «Документы».")
        return Path(record.place)

    def _make_again(self) -> None:
        if record := self.record:
            self.again.emit(record)

    def _sign(self) -> None:
        if record := self.record:
            self.scans.take_for_record(record, [])

    def _drop(self, paths: Sequence[Path], point: QPoint) -> None:
        if record := self._record_at(self.view.indexAt(point)):
            self._choose(record.id)
            self.scans.take_for_record(record, paths)


class _Found(QSortFilterProxyModel):
    """Rows that hold the words, sorted by what the cells mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._query = Query("")
        self.setSortRole(_SORT)

    def search(self, query: Query) -> None:
        self.beginFilterChange()
        self._query = query
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        if not self._query:
            return True
        model = self.sourceModel()
        words = (str(model.index(row, column, parent).data() or "") for column in range(model.columnCount()))
        record = model.index(row, 0, parent).data(_RECORD)
        return self._query.matches(" ".join((*words, record.fingerprint, record.place)))


def _cells(record: PaperRecord, documents: Mapping[int, str]) -> list[QStandardItem]:
    period = parse_period(record.period).label if record.period else ""
    signed = documents.get(record.evidence_id or 0, "")
    texts = (
        f"{record.at:%d.%m.%Y %H:%M}",
        record.title,
        period,
        _FORMATS.get(record.format, record.format),
        record.fingerprint[:_SHORT],
        Path(record.place).name if record.place else "",
        "",
        signed,
    )
    cells = [QStandardItem(text) for text in texts]
    for cell, key in zip(cells, (record.at.isoformat(), *texts[1:2], record.period, *texts[3:]), strict=True):
        cell.setData(key, _SORT)
    cells[0].setData(record, _RECORD)
    cells[_PRINT].setToolTip(record.fingerprint)
    cells[_FILE].setToolTip(record.place)
    return cells


def _open(path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError(f"Не удалось открыть «{path}». Откройте его из проводника.")
