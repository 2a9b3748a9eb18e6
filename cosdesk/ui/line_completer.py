"""Type-ahead in a field that holds one name a line."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCompleter, QPlainTextEdit


class LineCompleter(QCompleter):
    """Offers known names that hold what is typed in the line of the cursor, anywhere and in any case."""

    def __init__(self, field: QPlainTextEdit, names: Sequence[str] = ()) -> None:
        super().__init__(field)
        self._field = field
        self._names = QStringListModel(list(names), self)
        self.setModel(self._names)
        self.setWidget(field)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(8)
        self.activated.connect(self._take)
        field.textChanged.connect(self._offer)

    def set_names(self, names: Sequence[str]) -> None:
        self._names.setStringList(list(names))

    @property
    def is_open(self) -> bool:
        popup = self.popup()
        return popup is not None and popup.isVisible()

    def close_list(self) -> None:
        if popup := self.popup():
            popup.hide()

    def _offer(self) -> None:
        cursor = self._field.textCursor()
        typed = cursor.block().text()[: cursor.positionInBlock()].strip()
        if not self._field.hasFocus() or not self._field.document().isModified() or not typed:
            self.close_list()
            return
        self.setCompletionPrefix(typed)
        if not self.completionCount() or self.currentCompletion() == cursor.block().text():
            self.close_list()
            return
        area = self._field.cursorRect()
        area.setWidth(max(220, self._field.width() - area.left()))
        self.complete(area)

    def _take(self, name: str) -> None:
        cursor = self._field.textCursor()
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(name)
