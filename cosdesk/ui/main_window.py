"""The window: menu, pages at the left, the page at hand, the status bar."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cosdesk.domain.agenda import Topic, counts
from cosdesk.errors import UserError
from cosdesk.ui import backups, files, help_opening, locked_files
from cosdesk.ui.appearance import LookWatch
from cosdesk.ui.banner import Banner
from cosdesk.ui.enter_key import EnterKey
from cosdesk.ui.help_key import HelpKey
from cosdesk.ui.keeping import Keeping
from cosdesk.ui.messages import show_error
from cosdesk.ui.navigation import Navigation, NavigationRow
from cosdesk.ui.page import Page, Place
from cosdesk.ui.period_chooser import PeriodChooser
from cosdesk.ui.settings import recent_files, remember_state, remembered_state
from cosdesk.ui.start_page import Choice, StartPage
from cosdesk.ui.status_bar import StatusBar
from cosdesk.ui.tasks import Tasks
from cosdesk.ui.theme import STEP, icon
from cosdesk.ui.window_parts import go_to_next_part
from cosdesk.ui.workspace import Workspace

PageMaker = Callable[[Workspace, Tasks], Page]


def _made_in(module: str, name: str) -> PageMaker:
    # Imported when the page is first shown: the start need not wait for pages nobody has opened.
    def make(workspace: Workspace, tasks: Tasks) -> Page:
        made = getattr(import_module(f"cosdesk.ui.{module}"), name)(workspace, tasks)
        assert isinstance(made, Page)
        return made

    return make


PAGES: tuple[tuple[str, str, PageMaker], ...] = (
    ("Сегодня", "today", _made_in("today_page", "TodayPage")),
    ("Дорожная карта", "roadmap", _made_in("roadmap_page", "RoadmapPage")),
    ("Показатели", "indicators", _made_in("indicators_page", "IndicatorsPage")),
    ("Мониторинг", "monitoring", _made_in("monitoring_page", "MonitoringPage")),
    ("Школы", "schools", _made_in("schools_page", "SchoolsPage")),
    ("Документы", "documents", _made_in("documents_page", "DocumentsPage")),
    ("Отчёты", "reports", _made_in("reports_page", "ReportsPage")),
    ("Проверка", "check", _made_in("check_page", "CheckPage")),
    ("Люди", "people", _made_in("people_page", "PeoplePage")),
)
"""Title, icon and maker of each page, in the order of the list."""
_COUNTED = {
    "Сегодня": (Topic.OVERDUE, Topic.THIS_MONTH),
    "Показатели": (Topic.BEHIND_PLAN,),
    "Мониторинг": (Topic.NO_ANSWER,),
    "Документы": (Topic.NO_EVIDENCE,),
}
"""What waits on a page, counted beside its name."""


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.workspace = Workspace(self)
        self.tasks = Tasks(self)
        self.keeping = Keeping(self.workspace, self.tasks, self)
        self.setWindowTitle("cosdesk")
        self.setAcceptDrops(True)
        self.resize(1280, 720)
        self._pages: list[Page | None] = [None] * len(PAGES)
        # Counting what burns can wait until the hands rest.
        self._count_pause = QTimer(self, singleShot=True, interval=400)
        self._count_pause.timeout.connect(self._show_counts)
        self._make_actions()
        self._make_menu()
        self._lay_out()
        self.workspace.opened.connect(self._show_opened)
        self.keeping.made.connect(lambda: self._status.show_copied(self.keeping.copied_text()))
        self.keeping.warned.connect(self._banner.say)
        self.keeping.disk_filled.connect(
            lambda told: self._banner.say(told, "Перейти на другой диск…", lambda: files.move_elsewhere(self))
        )
        self.workspace.changed.connect(self._show_changed)
        self.workspace.period_changed.connect(self._show_period)
        self.workspace.roadmap_changed.connect(lambda: self._refresh_page(frozenset()))
        self._help_key = HelpKey(self)
        self._enter_key = EnterKey(self)
        self._look = LookWatch(self.tasks, self)
        self._look.changed.connect(self._renew_pages)
        self.restoreGeometry(remembered_state("window"))
        self._show_opened()

    # --- construction

    def _make_actions(self) -> None:
        def action(text: str, icon_name: str, run: Callable[[], object], keys: str = "") -> QAction:
            made = QAction(icon(icon_name), text, self)
            made.setShortcut(QKeySequence(keys))
            made.triggered.connect(lambda: run())
            self.addAction(made)
            return made

        self.new_action = action("Новый файл района…", "new", lambda: files.create_district(self), "Ctrl+N")
        self.open_action = action("Открыть файл района…", "open", lambda: files.open_district(self), "Ctrl+O")
        self.copy_action = action("Сохранить копию…", "save", lambda: files.save_copy(self), "Ctrl+Shift+S")
        self.locked_action = action("Копия под паролем…", "save", lambda: locked_files.save_locked(self))
        self.backups_action = action("Резервные копии…", "redo", lambda: backups.show(self))
        self.check_action = action("Проверить файл", "check", lambda: backups.check_file(self))
        self.import_action = action(
            "Импорт из Word, Excel или текста…", "import", lambda: files.choose_import(self), "Ctrl+I"
        )
        self.paste_action = action(
            "Импорт из буфера обмена", "copy", lambda: files.import_clipboard(self), "Ctrl+Shift+V"
        )
        self.forms_action = action("Формы…", "documents", lambda: files.show_forms(self))
        self.demo_action = action("Посмотреть пример", "help", lambda: files.open_demo(self))
        self.district_action = action("Сведения о районе…", "edit", lambda: files.edit_district(self))
        self.settings_action = action("Настройки…", "filter", lambda: files.open_settings(self), "Ctrl+,")
        self.undo_action = action("Отменить", "undo", self._undo, "Ctrl+Z")
        self.redo_action = action("Вернуть", "redo", self._redo, "Ctrl+Y")
        self.find_action = action("Найти", "search", self._find, "Ctrl+F")
        self.print_action = action("Печать…", "print", self._print, "Ctrl+P")
        self.help_action = action("Справка о странице", "help", self._help, "F1")
        self.first_hour_action = action("Первый час", "today", lambda: help_opening.open_help(self))
        self.tour_action = action("Показать, что где", "search", lambda: help_opening.start_tour(self))
        self.manual_action = action("Сохранить руководство (PDF)…", "print", lambda: help_opening.save_manual(self))
        self.about_action = action("О программе", "help", lambda: files.show_about(self))
        self.quit_action = QAction("Выход", self)
        self.quit_action.setShortcut(QKeySequence("Ctrl+Q"))
        self.quit_action.triggered.connect(self.close)

    def _make_menu(self) -> None:
        bar = self.menuBar()
        menu = bar.addMenu("&Файл")
        menu.addActions([self.new_action, self.open_action])
        self._recent_menu = menu.addMenu("Недавние файлы")
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        menu.addActions([self.copy_action, self.locked_action, self.backups_action, self.check_action])
        menu.addSeparator()
        menu.addActions([self.import_action, self.paste_action])
        menu.addSeparator()
        menu.addActions([self.district_action, self.forms_action, self.settings_action, self.print_action])
        menu.addSeparator()
        menu.addAction(self.quit_action)
        self._edit_menu = bar.addMenu("&Правка")
        self._edit_menu.aboutToShow.connect(self._fill_edit_menu)
        self._fill_edit_menu()
        view = bar.addMenu("&Вид")
        for number, (title, icon_name, _) in enumerate(PAGES, 1):
            turn = QAction(icon(icon_name), title, self)
            turn.setShortcut(QKeySequence(f"Alt+{number}"))
            turn.triggered.connect(lambda _=False, page=title: self._turn(page))
            view.addAction(turn)
        help_menu = bar.addMenu("&Справка")
        help_menu.addActions([self.help_action, self.first_hour_action, self.tour_action, self.manual_action])
        help_menu.addSeparator()
        help_menu.addActions([self.demo_action, self.about_action])

    def _lay_out(self) -> None:
        self._navigation = Navigation()
        for number, (title, icon_name, _) in enumerate(PAGES, 1):
            self._navigation.add(title, icon_name, f"Alt+{number}")
        self._stack = QStackedWidget()
        self._start_page = StartPage(
            [
                Choice(
                    "Открыть дорожную карту из Word или Excel",
                    "Программа узнает форму, покажет таблицу и ничего не потеряет",
                    "import",
                    self.import_action.trigger,
                ),
                Choice(
                    "Создать новую по одной из форм",
                    "Пустая дорожная карта; строки можно ввести или вставить из Excel",
                    "new",
                    lambda: files.create_roadmap(self),
                ),
                Choice(
                    "Посмотреть пример",
                    "Вымышленный район с записями за два года и готовыми отчётами",
                    "roadmap",
                    self.demo_action.trigger,
                ),
            ]
        )
        self._start_page.file_chosen.connect(self.open_file)
        self._start_page.tour_wanted.connect(self.tour_action.trigger)
        self._banner = Banner()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = self._make_top_bar()
        column.addWidget(self._top)
        column.addWidget(self._banner)
        column.addLayout(NavigationRow(self._navigation, self._stack), 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._start_page)
        self._whole.addWidget(body)
        self.setCentralWidget(self._whole)
        self._status = StatusBar(self.tasks)
        self.setStatusBar(self._status)
        self._navigation.chosen.connect(self._show_page)

    def _make_top_bar(self) -> QWidget:
        top = QWidget()
        layout = QHBoxLayout(top)
        layout.setContentsMargins(STEP * 2, STEP, STEP * 2, STEP)
        layout.setSpacing(STEP * 2)
        self._district = QToolButton()
        self._district.setAutoRaise(True)
        self._district.setToolTip("Сведения о районе")
        self._district.clicked.connect(self.district_action.trigger)
        font = self._district.font()
        font.setBold(True)
        self._district.setFont(font)
        self._period = PeriodChooser()
        self._period.chosen.connect(self.workspace.choose_period)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Найти…  Ctrl+F")
        self._search.setAccessibleName("Найти на странице")
        self._search.setClearButtonEnabled(True)
        self._search.setMaximumWidth(280)
        # One repaint a pause, not one a letter.
        self._search_pause = QTimer(self, singleShot=True, interval=120)
        self._search_pause.timeout.connect(self._search_page)
        self._search.textChanged.connect(lambda: self._search_pause.start())
        layout.addWidget(self._district)
        layout.addStretch(1)
        layout.addWidget(self._period)
        layout.addStretch(1)
        layout.addWidget(self._search, 1)
        return top

    def tell(self, sentence: str) -> None:
        """A sentence above the page, which stays until it is read."""
        self._banner.say(sentence)

    # --- files

    def open_file(self, path: Path) -> None:
        """Opens a district's file, or imports a document; errors go to the boundary."""
        files.open_path(self, path)

    def reopen_last_file(self) -> None:
        """Goes on where the user stopped; silently stays at the start page when that file is not to be had."""
        for path in recent_files()[:1]:
            try:
                files.open_path(self, path)
            except UserError as error:
                self._status.tell(str(error))

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for path in recent_files():
            self._recent_menu.addAction(path.stem, partial(self.open_file, path)).setToolTip(str(path))
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction("Пока пусто").setEnabled(False)

    # --- showing

    @property
    def page(self) -> Page | None:
        """The page at hand, None at the start page."""
        widget = self._stack.currentWidget()
        return widget if self.workspace.is_open and isinstance(widget, Page) else None

    def show_page(self, title: str) -> Page:
        """Turns to the page of that title and returns it."""
        self._navigation.setCurrentRow([known for known, _, _ in PAGES].index(title))
        page = self.page
        assert page is not None
        return page

    def _turn(self, title: str) -> None:
        if self.workspace.is_open:
            self.show_page(title).take_keyboard()

    def lead(self, place: Place) -> None:
        """Turns to the page that holds a row, an indicator or a round, and to it there."""
        self._search.clear()
        if place.round_id is not None:
            self.show_page("Мониторинг").show_place(place)
            return
        self.workspace.choose_roadmap(place.roadmap_id)
        self.show_page("Показатели" if place.indicator_id is not None else "Дорожная карта").show_place(place)

    def _show_page(self, row: int) -> None:
        if row < 0 or not self.workspace.is_open:
            return
        page = self._pages[row]
        if page is None:
            page = self._pages[row] = PAGES[row][2](self.workspace, self.tasks)
            page.led.connect(self.lead)
            page.page_wanted.connect(self.show_page)
            page.status_changed.connect(self._show_page_count)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._search.clear()
        self._refresh_page(frozenset())

    def take_forms(self) -> None:
        """Reads the forms anew where a page shows them."""
        for page in self._pages:
            if page is not None:
                page.take_forms()

    def _refresh_page(self, tables: frozenset[str]) -> None:
        if page := self.page:
            page.refresh(tables)
            self._show_page_count()

    def _search_page(self) -> None:
        if page := self.page:
            page.search(self._search.text().strip())
            self._show_page_count()

    def _show_page_count(self) -> None:
        self._status.show_count(self.page.status_text() if self.page else "")
        for row, page in enumerate(self._pages):
            if page is not None and (count := page.waiting_count()) is not None:
                self._navigation.show_count(row, count)

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    @property
    def help_topic(self) -> str:
        """The page of the help that speaks of the page at hand."""
        row = self._navigation.currentRow()
        return PAGES[row][1] if self.workspace.is_open and row >= 0 else help_opening.FIRST

    def _help(self) -> None:
        help_opening.open_help(self, self.help_topic)

    def _print(self) -> None:
        from cosdesk.ui.reports_page import ReportsPage

        page = self.show_page("Отчёты")
        assert isinstance(page, ReportsPage)
        page.print_report()

    def _show_opened(self) -> None:
        is_open = self.workspace.is_open
        self._whole.setCurrentIndex(1 if is_open else 0)
        self._start_page.refresh()
        for action in (
            self.copy_action,
            self.locked_action,
            self.backups_action,
            self.check_action,
            self.district_action,
            self.print_action,
            self.find_action,
        ):
            action.setEnabled(is_open)
        self._banner.setVisible(False)
        if not is_open:
            self._status.show_count("")
            self.setWindowTitle("cosdesk")
            self._show_history()
            return
        file = self.workspace.file
        self._period.show_period(self.workspace.period)
        if backups.say_if_backup(self, self._banner):
            pass
        elif file.read_only:
            self._banner.say(file.read_only_reason, "Сохранить копию…", lambda: files.save_copy(self))
        elif file.recovered:
            self._banner.say(file.recovered)
        if self._navigation.currentRow() < 0:
            self._navigation.setCurrentRow(0)
        else:
            self._show_page(self._navigation.currentRow())
        self._show_names()
        self._show_history()
        if self.page is not None:
            # Not left to the first button of the window, which the next Enter would press.
            self.page.take_keyboard()

    def _show_period(self) -> None:
        self._period.show_period(self.workspace.period)
        self._refresh_page(frozenset())

    def _show_changed(self, tables: frozenset[str]) -> None:
        self._refresh_page(tables)
        if "district" in tables:
            self._show_names()
        self._show_history()

    def _show_names(self) -> None:
        name = self.workspace.snapshot.district.name
        self._district.setText(name)
        self.setWindowTitle(f"{name} – {self.workspace.file.path.name}")

    def _undo(self) -> None:
        title = self.workspace.undo_title
        self.workspace.undo()
        if title:
            # Also in place of a word that the edit itself left there.
            self._status.tell(f"Отменено: {title[:1].lower()}{title[1:]}")

    def _redo(self) -> None:
        title = self.workspace.redo_title
        self.workspace.redo()
        if title:
            self._status.tell(f"Возвращено: {title[:1].lower()}{title[1:]}")

    def _show_history(self) -> None:
        for action, verb, title in (
            (self.undo_action, "Отменить", self.workspace.undo_title),
            (self.redo_action, "Вернуть", self.workspace.redo_title),
        ):
            action.setText(f"{verb}: {title[:1].lower()}{title[1:]}" if title else verb)
            action.setEnabled(bool(title))
        self._status.show_saved(self.workspace)
        self._count_pause.start()

    def _show_counts(self) -> None:
        if not self.workspace.is_open:
            return
        found = counts(self.workspace.agenda)
        for row, (title, _, _) in enumerate(PAGES):
            if title in _COUNTED:
                self._navigation.show_count(row, sum(found[topic] for topic in _COUNTED[title]))

    def _fill_edit_menu(self) -> None:
        menu = self._edit_menu
        menu.clear()
        menu.addActions([self.undo_action, self.redo_action])
        menu.addSeparator()
        if page := (self.page if hasattr(self, "_stack") else None):
            menu.addActions(page.menu_actions())
            menu.addSeparator()
        menu.addAction(self.find_action)

    def _renew_pages(self) -> None:
        """Pages whose colours and widths were taken from the former look are made anew where they stood."""
        # The field being typed in gives up its text first.
        if focus := self.focusWidget():
            focus.clearFocus()
        for page in filter(None, self._pages):
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages = [None] * len(PAGES)
        self._banner.recolour()
        self._navigation.fit_letters()
        self._show_page(self._navigation.currentRow())

    # --- Qt's events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_look"):
            self._look.note()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What no widget and no page has taken.
        if event.key() == Qt.Key.Key_F6 and self.workspace.is_open:
            go_to_next_part(self, forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        # After the drop has ended: a dialog inside it would hold the sender's program.
        if paths:
            QTimer.singleShot(0, partial(self.open_file, paths[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        remember_state("window", self.saveGeometry())
        # What stands beside the work keeps what was typed in it.
        for beside in self.findChildren(QDialog):
            beside.close()
        # The field being typed in gives up its text before the file closes.
        if focus := self.focusWidget():
            focus.clearFocus()
        self.tasks.stop()
        self.workspace.close()
        # The last backup is made of the closed file, with nothing left on the screen to wait for it.
        self.hide()
        try:
            self.keeping.close()
        except UserError as error:
            show_error(error)
        event.accept()
