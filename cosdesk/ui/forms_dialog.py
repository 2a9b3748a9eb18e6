"""«Формы»: every form there is; copied, changed, deleted, handed over, taken in from a file."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from cosdesk.errors import UserError
from cosdesk.form_library import SUFFIX, FormEntry, FormKind, delete_form, hand_over, known_forms, renamed, save_form
from cosdesk.reports.export import file_name_of
from cosdesk.ui.delegates import CellDelegate, CellRole, plain_tooltip, soften_selection
from cosdesk.ui.file_drop import FORM_FILTER, FileDrop
from cosdesk.ui.form_install import install_form
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.messages import ask
from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.panel_parts import push_button
from cosdesk.ui.settings import last_folder, remember_folder
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import STEP, Tone
from cosdesk.ui.workspace import Workspace

_HEADINGS = ("Название", "Род", "Происхождение", "Имя", "Неисправность")
_WIDTHS = (360, 130, 170, 170, 200)
_ENTRY = Qt.ItemDataRole.UserRole + 20
_HELP = "Форму из файла можно бросить мышью прямо в это окно. Двойной щелчок – изменить."


class FormsDialog(QDialog):
    """``is_changed`` tells whether any form is another than when the dialog was opened.

    ``saved_id`` is the form, of ``kind`` if one is given, that was saved or taken in last; None where none was.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, kind: FormKind | None = None) -> None:
        """``kind`` is the one shown first; the user may turn to the others."""
        super().__init__(parent)
        self._workspace, self._kind = workspace, kind
        self.is_changed = False
        self.saved_id: str | None = None
        self.setWindowTitle("Формы")
        self.resize(1120, 560)
        self._lay_out()
        self._fill()
        drop = FileDrop(self, with_forms=True)
        drop.dropped.connect(self._take_dropped)

    # --- construction

    def _lay_out(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти форму")
        self.search.setAccessibleName("Найти форму")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._filter())
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("Род форм")
        self.kinds.addItem("Все формы", None)
        for kind in FormKind:
            self.kinds.addItem(kind.label, kind)
        self.kinds.setCurrentIndex(self.kinds.findData(self._kind))
        self.kinds.currentIndexChanged.connect(lambda: self._filter())
        self._model = QStandardItemModel(0, len(_HEADINGS), self)
        self._model.setHorizontalHeaderLabels(list(_HEADINGS))
        self._proxy = _Found(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setSortLocaleAware(True)
        self.list = QTreeView()
        self.list.setAccessibleName("Формы")
        self.list.setModel(self._proxy)
        self.list.setRootIsDecorated(False)
        self.list.setItemDelegate(CellDelegate(self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.list.header()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.list.setSortingEnabled(True)
        header.setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        soften_selection(self.list)
        enable_copy(self.list)
        self.list.activated.connect(lambda _: self.change())
        self.notice = NoticeLine(_HELP)
        self.change_button = push_button("Изменить…", "edit", self.change)
        self.copy_button = push_button("Копия…", "copy", self.copy)
        self.delete_button = push_button("Удалить", "delete", self.delete)
        self.hand_button = push_button("Передать…", "export", self.hand_over)
        self.new_button = push_button("Новая форма мониторинга…", "add", self.begin)
        self.new_button.setToolTip("Составить форму мониторинга с чистого листа")
        self.install_button = push_button("Установить из файла…", "import", self.install)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        for button in (self.change_button, self.copy_button, self.delete_button, self.hand_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.new_button)
        row.addWidget(self.install_button)
        row.addWidget(push_button("Закрыть", "", self.accept))
        layout = QVBoxLayout(self)
        layout.setSpacing(STEP)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.kinds)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.notice)
        layout.addLayout(row)
        self.list.selectionModel().selectionChanged.connect(lambda: self._allow())

    # --- the list

    @property
    def chosen(self) -> FormEntry | None:
        """The form at hand, None where none is or several are selected."""
        rows = {index.row() for index in self.list.selectedIndexes()}
        entry = self.list.currentIndex().siblingAtColumn(0).data(_ENTRY) if len(rows) == 1 else None
        return entry if isinstance(entry, FormEntry) else None

    def choose(self, form_id: str) -> None:
        """Turns to the form of that id, to its kind too where another one is shown."""
        rows = range(self._model.rowCount())
        row = next((row for row in rows if self._model.index(row, 0).data(_ENTRY).id == form_id), None)
        if row is None:
            return
        if not self._proxy.mapFromSource(self._model.index(row, 0)).isValid():
            self.search.clear()
            self.kinds.setCurrentIndex(0)
        self._turn(self._proxy.mapFromSource(self._model.index(row, 0)))

    def _turn(self, index: QModelIndex) -> None:
        # Said in full: a key held down would make something else of it.
        rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.list.selectionModel().setCurrentIndex(index, rows)
        self.list.scrollTo(index)

    def _fill(self, form_id: str = "") -> None:
        self._model.removeRows(0, self._model.rowCount())
        for entry in known_forms():
            self._model.appendRow(_cells(entry))
        self._filter()
        if form_id:
            self.choose(form_id)
        elif self._proxy.rowCount():
            self._turn(self._proxy.index(0, 0))
        self._allow()

    def _filter(self) -> None:
        self._proxy.seek(Query(self.search.text()), self.kinds.currentData())

    def _allow(self) -> None:
        entry = self.chosen
        self.change_button.setEnabled(entry is not None and not entry.fault)
        self.copy_button.setEnabled(entry is not None and not entry.fault)
        self.delete_button.setEnabled(entry is not None and entry.own)
        self.hand_button.setEnabled(entry is not None)
        self.notice.complain(entry.fault if entry else "")

    def _changed(self, form_id: str, told: str) -> None:
        self.is_changed = True
        self._fill(form_id)
        found = self.chosen
        if found and found.own and form_id == found.id and self._kind in (None, found.kind):
            self.saved_id = form_id
        elif self.saved_id not in {entry.id for entry in known_forms() if entry.own}:
            self.saved_id = None
        self.notice.say(told)

    # --- what is done

    def change(self) -> None:
        """The chosen form in its editor."""
        entry = self.chosen
        if entry is None or entry.fault:
            return
        saved = open_form(self._workspace, entry, self)
        if saved is not None:
            self._changed(saved, "Форма сохранена.")

    def begin(self) -> None:
        """A monitoring form that asks nothing yet, in its editor."""
        from cosdesk.ui.monitoring_form_editor import create_monitoring_form

        if (saved := create_monitoring_form(self)) is not None:
            self._changed(saved, "Форма сохранена.")

    def copy(self) -> None:
        """The chosen form once more under a title of its own."""
        entry = self.chosen
        if entry is None or entry.fault:
            return
        title, given = QInputDialog.getText(self, "Копия формы", "Название новой формы:", text=f"{entry.title} – копия")
        if given and title.strip():
            saved = save_form(renamed(entry.source, " ".join(title.split())))
            self._changed(saved.id, f"Сделана форма «{saved.title}».")

    def delete(self) -> None:
        """The chosen form of one's own goes, asked for once more."""
        entry = self.chosen
        if entry is None or not entry.own:
            return
        if entry.kind is FormKind.ROADMAP and not entry.replaces:
            self._require_unused(entry)
        back = " Вместо неё снова будет встроенная." if entry.replaces else ""
        if entry.kind is FormKind.MONITORING:
            back += " Мониторинги, начатые по ней, останутся: у каждого своя копия формы."
        question = f"Удалить форму «{entry.title}»? Вернуть её нельзя.{back}"
        if ask(question, "Удалить", parent=self, is_final=True):
            delete_form(entry)
            self._changed(entry.id if entry.replaces else "", f"Форма «{entry.title}» удалена.")

    def _require_unused(self, entry: FormEntry) -> None:
        """A roadmap without its form could not be shown."""
        roadmaps = self._workspace.snapshot.roadmaps if self._workspace.is_open else ()
        for contents in roadmaps:
            if contents.roadmap.form == entry.id:
                raise UserError(
                    f"По форме «{entry.title}» ведётся дорожная карта «{contents.roadmap.title}»."
                    " Выберите для карты другую форму, потом удалите эту."
                )

    def hand_over(self) -> None:
        """The chosen form as one file."""
        entry = self.chosen
        if entry is None:
            return
        proposal = str(Path(last_folder()) / f"{file_name_of(f'Форма {entry.title}')}{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self, "Передать форму", proposal, FORM_FILTER)
        if not name:
            return
        path = Path(name) if name.lower().endswith(SUFFIX) else Path(name + SUFFIX)
        hand_over(entry, path)
        remember_folder(path)
        self.notice.say(f"Форма сохранена: {path.name}. Этот файл можно отправить по почте.")

    def install(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Установить форму", last_folder(), FORM_FILTER)
        if name:
            remember_folder(Path(name))
            self._take(Path(name))

    def _take_dropped(self, paths: list[Path], _: QPoint) -> None:
        for path in paths:
            self._take(path)

    def _take(self, path: Path) -> None:
        if saved := install_form(path, self):
            self._changed(saved.id, f"Установлена форма «{saved.title}».")


class _Found(QSortFilterProxyModel):
    """The forms of a kind that hold what is typed, in any of their cells."""

    _query = Query("")
    _kind: FormKind | None = None

    def seek(self, query: Query, kind: FormKind | None) -> None:
        self._query, self._kind = query, kind
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: object) -> bool:
        model = self.sourceModel()
        if self._kind and model.index(row, 0).data(_ENTRY).kind != self._kind:
            return False
        texts = (model.index(row, column).data() for column in range(model.columnCount()))
        return not self._query or self._query.matches(" ".join(str(text or "") for text in texts))


def open_form(workspace: Workspace, entry: FormEntry, parent: QWidget | None) -> str | None:
    """The editor that suits the form; the id of the form saved."""
    if entry.kind is FormKind.MONITORING:
        from cosdesk.ui.monitoring_form_editor import edit_monitoring_form

        return edit_monitoring_form(entry, parent)
    from cosdesk.ui.report_form_editor import edit_form

    return edit_form(workspace, entry, parent)


def _cells(entry: FormEntry) -> list[QStandardItem]:
    fault = "не используется" if entry.fault else ""
    cells = [QStandardItem(text) for text in (entry.title, entry.kind.label, entry.origin, entry.id, fault)]
    cells[0].setData(entry, _ENTRY)
    if entry.fault:
        cells[-1].setData(Tone.RED, CellRole.TONE)
        cells[-1].setToolTip(plain_tooltip(entry.fault))
    return cells
