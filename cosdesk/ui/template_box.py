"""A box for a wording: the words that may stand in braces are offered as one types, the faulty line is marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QCompleter, QPlainTextEdit, QTextEdit, QWidget

from cosdesk.reports.template_words import Word
from cosdesk.ui.theme import Tone, fill_of

_WORD = Qt.ItemDataRole.UserRole
_SEARCHED = Qt.ItemDataRole.UserRole + 1
_LIST_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Backtab)


class TemplateBox(QPlainTextEdit):
    """Plain text of a few lines; ``typed`` carries it.  Its own undo is off: the form's goes further back."""

    typed = Signal(str)

    def __init__(self, name: str, lines: int, words: Sequence[Word], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self._words = QStandardItemModel(self)
        for word in words:
            line = QStandardItem(f"{word.text} – {word.meaning}")
            line.setData(word.text, _WORD)
            line.setData(f"{word.text} {word.meaning}", _SEARCHED)
            self._words.appendRow(line)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(self)
        self._completer.setCompletionRole(_SEARCHED)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(10)
        self._completer.activated.connect(self._take)
        margins = 2 * int(self.document().documentMargin()) + 2 * self.frameWidth()
        height = lines * self.fontMetrics().lineSpacing() + margins
        self.setMinimumHeight(min(height, 200))
        if lines < 6:
            self.setMaximumHeight(height)
        self.textChanged.connect(self._tell)
        self._shown = ""

    @property
    def completer(self) -> QCompleter:
        return self._completer

    def show_text(self, text: str) -> None:
        """Shows the text without telling of it; the cursor stays where it stood."""
        self._shown = text
        if text == self.toPlainText():
            return
        place = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(text)))
        self.setTextCursor(cursor)

    def mark(self, line: int | None) -> None:
        """Marks the faulty line, from 1."""
        if line is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        block = self.document().findBlockByNumber(max(0, line - 1))
        cursor = QTextCursor(block if block.isValid() else self.document().lastBlock())
        look = QTextCharFormat()
        look.setBackground(fill_of(Tone.RED))
        look.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection.cursor, selection.format = cursor, look
        self.setExtraSelections([selection])

    def offer(self) -> None:
        """Puts braces where there are none and opens the list of words."""
        self.setFocus()
        if not self._is_inside():
            cursor = self.textCursor()
            cursor.insertText("{{  }}")
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, 3)
            self.setTextCursor(cursor)
        self._open(always=True)

    # --- typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        if popup is not None and popup.isVisible() and event.key() in _LIST_KEYS:
            event.ignore()  # the list's own
            return
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.offer()
            return
        super().keyPressEvent(event)
        if event.text():
            self._open(always=False)

    def _tell(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)

    def _before(self) -> str:
        cursor = self.textCursor()
        return cursor.document().toPlainText()[: cursor.position()]

    def _is_inside(self) -> bool:
        before = self._before()
        return any(before.rfind(opened) > before.rfind(closed) for opened, closed in (("{{", "}}"), ("{%", "%}")))

    def _begun(self) -> str:
        """The word being typed, as far as it goes."""
        before = self._before()
        place = len(before)
        while place and (before[place - 1].isalnum() or before[place - 1] in "_."):
            place -= 1
        return before[place:]

    def _open(self, always: bool) -> None:
        begun = self._begun()
        completer, popup = self._completer, self._completer.popup()
        assert popup is not None
        if not self._is_inside() or not (always or len(begun) > 1):
            popup.hide()
            return
        completer.setCompletionPrefix(begun)
        if not completer.completionCount() or completer.currentIndex().data(_WORD) == begun:
            popup.hide()
            return
        popup.setCurrentIndex(completer.completionModel().index(0, 0))
        area = self.cursorRect()
        area.setWidth(min(460, max(260, self.width() - 20)))
        completer.complete(area)

    def _take(self, searched: str) -> None:
        # The signal brings what was searched, the word before its meaning.
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._begun()))
        cursor.insertText(searched.split(" ")[0])
        self.setTextCursor(cursor)
