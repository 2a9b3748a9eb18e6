"""Starts the window: the application object, the error boundary, the file to open."""

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import (
    QCollator,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from cosdesk import __version__
from cosdesk.errors import UserError
from cosdesk.paths import resources_folder, user_data_folder
from cosdesk.ui import appearance
from cosdesk.ui.main_window import PAGES, MainWindow
from cosdesk.ui.messages import install_error_boundary
from cosdesk.ui.settings import carry_qt_settings, settings_problem
from cosdesk.ui.theme import icon

_READING_TIME = 30_000  # milliseconds


def create_application(arguments: list[str]) -> QApplication:
    """The one QApplication, in Russian and in the house's look."""
    before = qInstallMessageHandler(_hear_qt)
    application = QApplication(arguments)
    qInstallMessageHandler(before)
    application.setApplicationName("cosdesk")
    application.setApplicationDisplayName("cosdesk")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("cosdesk")
    carry_qt_settings()
    QLocale.setDefault(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    # Without Qt's own catalogue «OK» and «Cancel» stay English.
    translator = QTranslator(application)
    if translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    missing = QTranslator(application)
    if missing.load("qt_missing_ru", str(resources_folder() / "translations")):
        application.installTranslator(missing)
    bring_letters(application)
    appearance.apply()
    appearance.follow_system()
    application.setWindowIcon(icon("cosdesk"))
    return application


def _hear_qt(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
    """What Qt says in English while it starts; after its last word it would abort the process."""
    logging.getLogger("cosdesk").info("Qt: %s", message)
    if kind == QtMsgType.QtFatalMsg:
        from cosdesk.console.russian_click import USER_FAULT, tell

        screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or "не назван"
        sentence = f"Окно не открылось: графический экран ({screen}) недоступен. Запустите программу на рабочем столе."
        os._exit(tell(f"{sentence} Команды без окна перечислит cosdesk --help", USER_FAULT))


def bring_letters(application: QApplication) -> None:
    """On a system whose font has no Russian letters the window takes the program's own."""
    if QFontMetrics(application.font()).inFontUcs4(ord("Я")):
        return
    for path in sorted((resources_folder() / "fonts").glob("LiberationSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    font = application.font()
    font.setFamily("Liberation Sans")
    application.setFont(font)


class _LateLog(logging.Handler):
    """Opens the log with the first thing to be written, which on most days never comes."""

    def emit(self, record: logging.LogRecord) -> None:
        from logging.handlers import RotatingFileHandler

        log = logging.getLogger("cosdesk")
        log.removeHandler(self)
        try:
            folder = user_data_folder()
            folder.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(folder / "cosdesk.log", maxBytes=500_000, backupCount=1, encoding="utf-8")
        except OSError:
            return
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        handler.handle(record)


def start_log() -> None:
    """Bugs go to a small file in the user's data folder; without one the program works all the same."""
    logging.getLogger("cosdesk").addHandler(_LateLog())


def run_window(path: Path | None = None, and_close: bool = False) -> int:
    """Shows the window, with that file opened where one is named; the process's exit code.

    ``and_close`` ends the program as soon as all is painted: the benchmark's measure of a start.
    """
    application = create_application(sys.argv[:1])
    start_log()
    install_error_boundary()
    window = show_window()
    if path is not None:
        # From the event loop, so that a refusal is told in a dialog over a living window.
        QTimer.singleShot(0, lambda: window.open_file(path))
    else:
        QTimer.singleShot(0, window.reopen_last_file)
    if and_close:
        QTimer.singleShot(0, lambda: (application.processEvents(), window.close()))
    return application.exec()


def show_window() -> MainWindow:
    """The window on the screen; when the settings were not to be had it says so at its foot."""
    problem = settings_problem()
    window = MainWindow()
    room = window.screen().availableSize()
    if window.width() > room.width() or window.height() > room.height():
        window.showMaximized()
    else:
        window.show()
    if problem:
        window.statusBar().showMessage(problem, _READING_TIME)
    return window


def check_window(path: Path) -> str:
    """Opens the file in a window, turns to every page and paints it; what was seen, in Russian.

    ``UserError`` where something that the window needs did not load.
    """
    application = create_application(sys.argv[:1])
    window = MainWindow()
    window.resize(1366, 768)
    window.show()
    window.open_file(path)
    for title, _, _ in PAGES:
        window.show_page(title)
        application.processEvents()
        picture = window.grab().toImage()
        if picture.isNull() or len({picture.pixel(x, 300) for x in range(0, picture.width(), 7)}) < 2:
            raise UserError(f"Страница «{title}» осталась пустой.")
    while window.tasks.is_busy:
        application.processEvents()
    window.close()
    if sorted(("жук", "ёлка", "еда"), key=QCollator(QLocale()).sortKey) != ["еда", "ёлка", "жук"]:
        raise UserError("Русский порядок букв не загружен.")
    if (
        application.translate("QPlatformTheme", "Cancel") != "Отмена"
        or application.translate("QFileDialog", "Files of &type:") != "&Тип файлов:"
    ):
        raise UserError("Русские надписи Qt не загружены.")
    return f"показано страниц {len(PAGES)}, надписи русские, шрифт {application.font().family()}"


def has_display() -> bool:
    """Whether a window could be shown at all."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
