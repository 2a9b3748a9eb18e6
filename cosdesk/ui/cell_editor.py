"""Typing in a cell: a field of several lines, Enter and Tab move on, Shift+Enter makes a new line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit, QStyleOptionViewItem, QWidget

from cosdesk.errors import UserError
from cosdesk.ui.delegates import CellDelegate, Index
from cosdesk.ui.line_completer import LineCompleter
from cosdesk.ui.text_fields import text_height

_END_HINT = CellDelegate.EndEditHint
_MAX_LINES = 12


class CellEditor(QPlainTextEdit):
    """A plain text that grows with what is typed."""

    def __init__(self, parent: QWidget, names: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._loaded: str | None = None
        self.setTabChangesFocus(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        self._completer = LineCompleter(self, names) if names else None
        self.textChanged.connect(self.fit)

    def load(self, text: str) -> None:
        """Shows what stands in the cell, once: a refresh must not take away what is being typed."""
        if self._loaded is None:
            self._loaded = text
            self.setPlainText(text)

    @property
    def is_changed(self) -> bool:
        return self.toPlainText() != self._loaded

    def fit(self) -> None:
        """Takes the height of its text, within the table."""
        lines = min(text_height(self), _MAX_LINES * self.fontMetrics().lineSpacing())
        wanted = lines + 2 * int(self.document().documentMargin()) + 6
        parent = self.parentWidget()
        room = parent.height() - self.y() if parent else wanted
        self.resize(self.width(), max(self.minimumHeight(), min(wanted, max(room, self.minimumHeight()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        completing = self._completer is not None and self._completer.is_open
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        if completing and event.key() in keys:
            event.ignore()  # the list of names takes it
            return
        super().keyPressEvent(event)


class TypingDelegate(CellDelegate):
    """Cells that are typed over as in a spreadsheet.

    ``names`` gives what is offered while typing in a column; ``refused`` carries an edit that
    could not be written: the cell, the text typed and why.
    """

    refused = Signal(QPersistentModelIndex, str, UserError)

    def __init__(
        self, view: QAbstractItemView, names: Callable[[Index], Sequence[str]] | None = None, lines: int = 3
    ) -> None:
        super().__init__(view, lines)
        self._names = names
        self.typing = False
        """Whether the next editor is opened by a letter, which then replaces the text."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor(parent, self._names(index) if self._names else ())
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(heading or "Ячейка"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, CellEditor)
        editor.load(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        if self.typing:
            editor.selectAll()
        else:
            editor.moveCursor(QTextCursor.MoveOperation.End)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, CellEditor)
        if not editor.is_changed:
            return
        text = editor.toPlainText()
        try:
            model.setData(index, text)
        except UserError as error:
            self.refused.emit(QPersistentModelIndex(index), text, error)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setMinimumHeight(option.rect.height())
        editor.setGeometry(option.rect)
        if isinstance(editor, CellEditor):
            editor.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, CellEditor):
            assert isinstance(event, QKeyEvent)
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, editor: CellEditor, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
                editor.insertPlainText("\n")
                return True
            self._finish(editor, _END_HINT.SubmitModelCache)
        elif key == Qt.Key.Key_Tab:
            self._finish(editor, _END_HINT.EditNextItem)
        elif key == Qt.Key.Key_Backtab:
            self._finish(editor, _END_HINT.EditPreviousItem)
        elif key == Qt.Key.Key_Escape:
            self.closeEditor.emit(editor, _END_HINT.RevertModelCache)
        else:
            return False
        return True

    def _finish(self, editor: CellEditor, hint: CellDelegate.EndEditHint) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)
