"""The page «Проверка»: what the proof-reader finds in the roadmap at hand, mended or dismissed on the spot."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from cosdesk.domain.checks.finding import Dismissal, Finding, key_of
from cosdesk.domain.checks.proofreading import check
from cosdesk.domain.checks.words import is_dictionary_loaded
from cosdesk.domain.person import Membership
from cosdesk.ui.check_edits import dismiss_findings, mend, restore_findings
from cosdesk.ui.check_list import CheckList
from cosdesk.ui.dismiss_dialog import DismissDialog
from cosdesk.ui.folding_row import FoldingRow, tool_button
from cosdesk.ui.list_copy import enable_copy
from cosdesk.ui.page import Page, Place
from cosdesk.ui.tasks import Progress, Tasks
from cosdesk.ui.text_search import Query
from cosdesk.ui.theme import icon
from cosdesk.ui.workspace import Workspace

FEW_ROWS = 300
"""Roadmaps of up to this many rows are checked at once, larger ones aside."""
_TABLES = frozenset({"roadmap", "stamp", "section", "item", "indicator", "target", "person", "district"})
_CHECKING = "Проверяется…"
_STOPPED = "Проверка прервана. Проверить снова – F5"


class CheckPage(Page):
    """A toolbar over the list of findings; a sentence where there are none."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workspace, tasks, parent)
        self._findings: tuple[Finding, ...] = ()
        self._dismissals: tuple[Dismissal, ...] = ()
        self._hidden: set[tuple[int, str, str]] = set()
        self._waiting = ""
        self._query = Query("")
        self._round = 0
        self._awaits_keyboard = False
        # Nobody looks: what was found of a roadmap that has changed since is not told as a number.
        self._is_stale = True
        self.list = CheckList()
        self._calm = QLabel()
        self._calm.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._calm.setWordWrap(True)
        self._make_actions()
        self._lay_out()
        self.list.activated.connect(self._lead)
        self.list.selectionModel().selectionChanged.connect(self._enable)
        workspace.changed.connect(self._doubt)
        workspace.opened.connect(self._doubt)
        workspace.roadmap_changed.connect(self._doubt)

    # --- construction

    def _make_actions(self) -> None:
        self.mend_action = self._action("Исправить", "done", self.mend_chosen, "Ctrl+Return")
        self.mend_action.setToolTip("Сделать предложенные замены в выбранных строках (Ctrl+Enter)")
        self.show_action = self._action("Показать строку", "open", lambda: self._lead(self.list.currentIndex()))
        self.show_action.setToolTip("Перейти к строке или показателю (Enter)")
        self.dismiss_action = self._action("Не ошибка…", "hide", self.dismiss_chosen, "Del")
        self.dismiss_action.setToolTip("Больше не показывать выбранное и записать, почему (Del)")
        self.restore_action = self._action("Вернуть", "undo", self.restore_chosen)
        self.restore_action.setToolTip("Снова показывать выбранное как замечание")
        self.hidden_action = QAction("Показать скрытые", self)
        self.hidden_action.setCheckable(True)
        self.hidden_action.toggled.connect(self._fill)
        again = QAction("Проверить снова", self)
        again.setShortcut(QKeySequence("F5"))
        again.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.triggered.connect(self._check)
        self.addAction(again)
        self.copy_action = enable_copy(self.list)

    def _action(self, text: str, icon_name: str, run: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(icon(icon_name), text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: run())
        self.list.addAction(action)
        return action

    def _lay_out(self) -> None:
        bar = FoldingRow()
        for action in (self.mend_action, self.show_action, self.dismiss_action, self.restore_action):
            bar.addWidget(tool_button(action))
        bar.addStretch(1)
        bar.addWidget(tool_button(self.hidden_action))
        self._middle = QStackedWidget()
        self._middle.addWidget(self._calm)
        self._middle.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._middle, 1)

    # --- checking

    def refresh(self, tables: frozenset[str]) -> None:
        self._dismissals = self.workspace.file.dismissals()
        self._hidden = {dismissal.key for dismissal in self._dismissals}
        if not tables or tables & _TABLES:
            self._check()
        else:
            self._fill()

    def _check(self) -> None:
        """Checks the roadmap at hand: at once where it is small and the dictionary is there, else aside."""
        self._round += 1
        contents = self.workspace.contents
        if contents is None:
            self._take(self._round, ())
            return
        district = self.workspace.snapshot.district
        people = self.workspace.snapshot.people
        names = [person.name for person in people if person.membership is Membership.PERSON]
        if len(contents.items) <= FEW_ROWS and is_dictionary_loaded():
            self._take(self._round, check(contents, district, names))
            return
        turn = self._round

        def work(_: Progress) -> tuple[Finding, ...]:
            return check(contents, district, names)

        self._waiting = _CHECKING
        self._fill()
        self.tasks.run(
            "Проверка дорожной карты", work, lambda found: self._take(turn, found), lambda _: self._end(turn)
        )

    def _take(self, turn: int, findings: tuple[Finding, ...]) -> None:
        # An older check may end after a newer one has begun, or after the file has closed.
        if turn == self._round and self.workspace.is_open:
            self._findings = findings
            self._is_stale = False
            self._waiting = ""
            self._fill()
            self.status_changed.emit()
            if self._awaits_keyboard and self.isVisible() and self.focusWidget() is not self.list:
                super().take_keyboard()
            self._awaits_keyboard = False

    def take_keyboard(self) -> None:
        super().take_keyboard()
        # The list comes with the end of the check, and the keyboard goes to it then.
        self._awaits_keyboard = bool(self._waiting)

    def _doubt(self, tables: frozenset[str] = frozenset()) -> None:
        if not self.isVisible() and (not tables or tables & _TABLES):
            self._is_stale = True
            self.status_changed.emit()

    def _end(self, turn: int) -> None:
        """The user broke the check off."""
        if turn == self._round and self._waiting:
            self._waiting = _STOPPED
            self._fill()

    # --- showing

    @property
    def shown(self) -> list[Finding]:
        """What the search lets through: the open findings, or the hidden ones with them."""
        return [
            found
            for found in self._findings
            if (self.hidden_action.isChecked() or self._is_open(found))
            and (not self._query or self._query.matches(f"{found.place} {found.message} {found.proposal}"))
        ]

    def search(self, text: str) -> None:
        self._query = Query(text)
        self._fill()

    def menu_actions(self) -> list[QAction]:
        return [self.mend_action, self.show_action, self.dismiss_action, self.restore_action, self.copy_action]

    def waiting_count(self) -> int:
        """Open findings; 0 while they are not known."""
        return 0 if self._is_stale else sum(map(self._is_open, self._findings))

    def status_text(self) -> str:
        opened = sum(map(self._is_open, self._findings))
        hidden = len(self._findings) - opened
        return f"Замечаний: {opened}" + (f", скрыто: {hidden}" if hidden else "")

    def _fill(self) -> None:
        hidden = sum(not self._is_open(found) for found in self._findings)
        self.hidden_action.setText(f"Показать скрытые ({hidden})" if hidden else "Показать скрытые")
        self.hidden_action.setEnabled(bool(hidden) or self.hidden_action.isChecked())
        shown = self.shown
        self.list.show_findings(shown, self._dismissals)
        self._calm.setText(self._waiting or self._calm_sentence(hidden))
        self._middle.setCurrentWidget(self.list if shown else self._calm)
        self._enable()

    def _calm_sentence(self, hidden: int) -> str:
        if self.workspace.contents is None:
            return "Проверять нечего: в районе нет дорожной карты."
        if self._query and self._findings:
            return "Ничего не найдено."
        return f"Замечаний нет. Скрыто: {hidden}." if hidden else "Замечаний нет"

    def _enable(self) -> None:
        chosen = self.list.chosen
        opened = [found for found in chosen if self._is_open(found)]
        mendable = [found for found in opened if found.mends]
        self.mend_action.setEnabled(bool(mendable))
        self.mend_action.setText(f"Исправить ({len(mendable)})" if len(mendable) > 1 else "Исправить")
        self.dismiss_action.setEnabled(bool(opened))
        self.restore_action.setEnabled(len(opened) < len(chosen))
        self.show_action.setEnabled(bool(chosen))

    def _is_open(self, found: Finding) -> bool:
        return key_of(found) not in self._hidden

    # --- doing

    def mend_chosen(self) -> None:
        """Makes the mends of the chosen findings, one step of undo."""
        contents = self.workspace.contents
        chosen = [found for found in self.list.chosen if found.mends and self._is_open(found)]
        if contents is not None and chosen:
            mend(self.workspace, contents, chosen)

    def dismiss_chosen(self) -> None:
        """Hides the chosen findings for good, after a word why."""
        chosen = [found for found in self.list.chosen if self._is_open(found)]
        if not chosen:
            return
        dialog = DismissDialog(chosen, [dismissal.reason for dismissal in self._dismissals], self)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            dismiss_findings(self.workspace, chosen, dialog.reason)

    def restore_chosen(self) -> None:
        """Shows the chosen hidden findings as open ones again."""
        keys = set(map(key_of, self.list.chosen))
        restore_findings(self.workspace, [d for d in self._dismissals if d.key in keys])

    def _lead(self, index: QModelIndex) -> None:
        found = self.list.finding_at(index.row()) if index.isValid() else None
        if found is not None:
            self.led.emit(Place(found.roadmap_id, found.item_id, found.indicator_id))
