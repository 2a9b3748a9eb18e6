"""The one place that speaks to the user in dialogs: errors, questions, crashes."""

import logging
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget

from cosdesk.errors import UserError
from cosdesk.ui.help_opening import open_help
from cosdesk.ui.help_topics import topic_of
from cosdesk.ui.settings import last_folder

_log = logging.getLogger("cosdesk")


def show_error(error: UserError, parent: QWidget | None = None) -> None:
    """A user's error, word for word; «Справка» leads to the page that says more."""
    box = _box(QMessageBox.Icon.Warning, "Не получилось", str(error), parent)
    help_page = topic_of(error)
    more = _help_button(box, help_page)
    box.exec()
    if more is not None and box.clickedButton() is more and parent is not None:
        open_help(parent.window(), help_page)


def ask(question: str, yes: str, no: str = "Отмена", parent: QWidget | None = None, is_final: bool = False) -> bool:
    """A question with named answers; True for ``yes``.  Enter says ``no`` to what is final."""
    box = _box(QMessageBox.Icon.Question, "cosdesk", question, parent)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    decline = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(decline if is_final else accept)
    box.exec()
    return box.clickedButton() is accept


def choose(question: str, answers: Sequence[str], parent: QWidget | None = None) -> int | None:
    """A question with several named answers; the chosen one's number, None when cancelled."""
    box = _box(QMessageBox.Icon.Question, "cosdesk", question, parent)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    buttons = [box.addButton(answer, QMessageBox.ButtonRole.AcceptRole) for answer in answers]
    box.addButton("Отмена", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(buttons[0])
    box.exec()
    clicked = box.clickedButton()
    return next((number for number, button in enumerate(buttons) if button is clicked), None)


def install_error_boundary() -> None:
    """Every exception that leaves a slot ends here: a sentence for a ``UserError``, a crash report for a bug."""
    sys.excepthook = _caught


def _caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, UserError):
        show_error(error, QApplication.activeWindow())
        return
    if isinstance(error, KeyboardInterrupt):
        QApplication.exit(130)
        return
    text = "".join(traceback.format_exception(kind, error, trace))
    _log.error("%s", text)
    _show_crash(text)


def _show_crash(text: str) -> None:
    box = _box(
        QMessageBox.Icon.Critical,
        "Ошибка в программе",
        "В программе произошла ошибка; всё сохранённое на месте. Можно продолжить работу."
        " Передайте разработчикам подробности: их можно скопировать или сохранить в файл.",
        QApplication.activeWindow(),
    )
    box.setDetailedText(text)
    copy = box.addButton("Скопировать подробности", QMessageBox.ButtonRole.ActionRole)
    save = box.addButton("Сохранить в файл…", QMessageBox.ButtonRole.ActionRole)
    box.exec()
    if box.clickedButton() is copy:
        QApplication.clipboard().setText(text)
    elif box.clickedButton() is save:
        _save_crash(text)


def _save_crash(text: str) -> None:
    proposal = str(Path(last_folder()) / f"Ошибка cosdesk {datetime.now():%Y-%m-%d %H-%M}.txt")
    name, _ = QFileDialog.getSaveFileName(
        QApplication.activeWindow(), "Сохранить подробности", proposal, "Текст (*.txt)"
    )
    if not name:
        return
    try:
        Path(name).write_text(text, "utf-8", "replace")
    except OSError:
        show_error(UserError("Подробности не сохранены: в эту папку нельзя записать. Скопируйте их из окна ошибки."))
        _show_crash(text)


def _help_button(box: QMessageBox, help_page: str) -> QPushButton | None:
    """Only over a window: the help needs one to stand beside."""
    if not help_page or box.parentWidget() is None:
        return None
    return box.addButton("Справка", QMessageBox.ButtonRole.HelpRole)


def _box(icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None) -> QMessageBox:
    box = QMessageBox(icon, title, text, QMessageBox.StandardButton.Ok, parent)
    # A text that came from a file must never be read as markup.
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box
