"""What the pages with a register share: toolbar, sheet, search and filter, the line under it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QWidget

from cosdesk.ui.notice_line import NoticeLine
from cosdesk.ui.page import Page
from cosdesk.ui.register import RegisterModel, RegisterProxy, RegisterView
from cosdesk.ui.settings import remember_state, remembered_state
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import icon, scaled
from cosdesk.ui.workspace import Workspace


class RegisterPage(Page):
    """A page over ``model``.  Subclasses lay it out and say with ``_passes`` what their filter lets through."""

    HELP = ""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, model: RegisterModel[Any], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, tasks, parent)
        self._query = Query("")
        self._name = name
        self.model = model
        model.setParent(self)
        self.filter = QComboBox()
        self.proxy = RegisterProxy(model, self._is_shown)
        self.view = RegisterView(model, self.proxy)
        self.notice = NoticeLine(self.HELP)
        self.view.told.connect(self.notice.complain)
        self.filter.currentIndexChanged.connect(lambda: self.filter_again())
        self._fit_pause = QTimer(self, singleShot=True, interval=0)
        self._fit_pause.timeout.connect(self.view.fit_rows)
        for signal in (
            self.view.horizontalHeader().sectionResized, self.proxy.dataChanged, self.proxy.modelReset,
            self.proxy.layoutChanged, self.proxy.rowsInserted,
        ):  # fmt: skip
            signal.connect(lambda *_: self._fit_pause.start())
        self._remember_pause = QTimer(self, singleShot=True, interval=500)
        self._remember_pause.timeout.connect(self._remember_widths)
        self.view.horizontalHeader().sectionResized.connect(lambda *_: self._remember_pause.start())
        self._widths_of: tuple[str, ...] = ()

    def make_action(
        self, text: str, short: str, icon_name: str, keys: str, run: Callable[[], object], on_sheet: bool = False
    ) -> QAction:
        """An action of the page with its keys; ``on_sheet``: only while the sheet has the focus."""
        made = QAction(icon(icon_name), text, self)
        made.setIconText(short)
        made.setShortcut(QKeySequence(keys))
        contexts = Qt.ShortcutContext
        made.setShortcutContext(contexts.WidgetShortcut if on_sheet else contexts.WidgetWithChildrenShortcut)
        made.setToolTip(f"{text} ({keys})" if keys else text)
        made.triggered.connect(lambda: run())
        (self.view if on_sheet else self).addAction(made)
        return made

    def fit_columns(self, stretched: str, least: int) -> None:
        """Columns as wide as they were left, else as they are meant; one takes the room that is over."""
        keys = tuple(self.model.column(section).key for section in range(self.model.columnCount()))
        if keys == self._widths_of:
            return
        self._widths_of = keys
        header = self.view.horizontalHeader()
        if not header.restoreState(remembered_state(f"register-{self._name}-{len(keys)}")):
            for section in range(len(keys)):
                self.view.setColumnWidth(section, scaled(self.model.column(section).width))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.stretch(self.model.section_of(stretched), least)

    def _remember_widths(self) -> None:
        remember_state(f"register-{self._name}-{len(self._widths_of)}", self.view.horizontalHeader().saveState())

    # --- searching and filtering

    def search(self, text: str) -> None:
        self._query = Query(text)
        self.filter_again()

    def filter_again(self) -> None:
        """Rows by search and filter; the record at hand stays at hand where it still shows."""
        chosen = self.view.chosen_records()
        self.proxy.beginFilterChange()
        self.proxy.endFilterChange()
        if chosen:
            self.view.choose(chosen[0].id)
        self.status_changed.emit()

    def shown_count(self) -> int:
        """Records on the screen, the blank row left out."""
        return self.proxy.rowCount() - self.model.editable

    def _is_shown(self, row: int) -> bool:
        record = self.model.record(row)
        if record is None or (self._query and not self._query.matches(self.model.words(row))):
            return False
        return self._passes(record)

    def _passes(self, record: Any) -> bool:
        return True
