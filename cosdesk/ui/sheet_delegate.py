"""Typing in a cell of a sheet: a wrong text is told beside the cell and keeps the cell open."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QBrush, QFocusEvent, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QApplication,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from cosdesk.errors import UserError
from cosdesk.ui.delegates import MARGIN_Y, CellDelegate, CellLook, plain_tooltip
from cosdesk.ui.theme import Tone, fill_of, ink_of, row_tint

Index = QModelIndex | QPersistentModelIndex
_HINTS = QAbstractItemDelegate.EndEditHint
LONG_TEXT_ROLE = Qt.ItemDataRole.UserRole + 20
"""True for a cell whose text may have several lines."""
CHOICES_ROLE = Qt.ItemDataRole.UserRole + 23
"""What may stand in a cell: the texts, and whether nothing else may."""
_LINES = 4
"""The least height of a cell in which a long text is typed."""


class SheetDelegate(CellDelegate):
    """``complaint(index, text)`` says what is wrong with a text; ``refused`` carries that sentence.

    ``known_look`` tells a cell's look at once, None where the roles of the model tell it.
    """

    refused = Signal(str)

    def __init__(
        self,
        view: QTableView,
        complaint: Callable[[Index, str], str],
        known_look: Callable[[Index], CellLook | None] = lambda _: None,
    ) -> None:
        super().__init__(view)
        self._known_look = known_look
        self._table = view
        self._complaint = complaint
        self._is_ending = False
        self._refusal = ""

    def look(self, index: Index) -> CellLook:
        return self._known_look(index) or super().look(index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() == self._table.currentIndex().row():
            # The row at hand is tinted whole, the selected cells of it a little more.
            option = QStyleOptionViewItem(option)
            option.backgroundBrush = QBrush(row_tint())
        super().paint(painter, option, index)

    @staticmethod
    def line_height(option: QStyleOptionViewItem) -> int:
        """The height of a row with one line, a pill in it included."""
        return int(option.fontMetrics.lineSpacing()) + 2 * MARGIN_Y + 5

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor: QLineEdit | QPlainTextEdit | QComboBox
        choices, closed = index.data(CHOICES_ROLE) or ((), False)
        if closed:
            editor = self._make_chooser(parent, choices)
        elif index.data(LONG_TEXT_ROLE):
            editor = QPlainTextEdit(parent)
            editor.setTabChangesFocus(True)
            editor.setMinimumHeight(_LINES * editor.fontMetrics().lineSpacing())
        else:
            editor = QLineEdit(parent)
            editor.setFrame(False)
            alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
            if alignment is not None:
                editor.setAlignment(Qt.AlignmentFlag(alignment))
            if choices:
                completer = QCompleter(list(choices), editor)
                completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                completer.setFilterMode(Qt.MatchFlag.MatchContains)
                editor.setCompleter(completer)
        editor.setAutoFillBackground(True)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        editor.setProperty("cell", QPersistentModelIndex(index))
        return editor

    def _make_chooser(self, parent: QWidget, choices: Sequence[str]) -> QComboBox:
        chooser = QComboBox(parent)
        chooser.addItems(list(choices))
        # What is chosen from the list is meant: no Enter is asked for after it.
        chooser.activated.connect(lambda: self.commitData.emit(chooser))
        return chooser

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Once: a refresh must not take away what is being typed.
        if editor.property("loaded"):
            return
        editor.setProperty("loaded", True)
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(text))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = _text_of(editor)
        try:
            model.setData(index, text, Qt.ItemDataRole.EditRole)
        except UserError as error:
            if self._is_ending:
                self._refusal = str(error)
                return
            # The field is being left and goes: what was typed in it must not go with it.
            QGuiApplication.clipboard().setText(text)
            raise UserError(f"{error} Введённое скопировано: вставьте его потом (Ctrl+V).") from error

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QWidget):
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                hint = _ending(event)
                if hint is not None:
                    self._end(editor, hint)
                    return True
            elif isinstance(event, QFocusEvent) and self._is_left(editor, event) and (told := self._told(editor)):
                self.closeEditor.emit(editor, _HINTS.RevertModelCache)
                self.refused.emit(f"{told} Осталось прежнее значение.")
                return False
        return super().eventFilter(editor, event)

    def _end(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        complaint = self._told(editor)
        if not complaint:
            self.refused.emit("")
            _mark(editor, False)
        if not complaint:
            self._refusal, self._is_ending = "", True
            try:
                self.commitData.emit(editor)
            finally:
                self._is_ending = False
            complaint = self._refusal
        if not complaint:
            self.closeEditor.emit(editor, hint)
            return
        # The field stays open with what was typed.
        self.refused.emit(complaint)
        _mark(editor, True)
        QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), plain_tooltip(complaint), editor)

    def _told(self, editor: QWidget) -> str:
        cell: QPersistentModelIndex = editor.property("cell")
        return self._complaint(cell, _text_of(editor)) if cell.isValid() else ""

    @staticmethod
    def _is_left(editor: QWidget, event: QFocusEvent) -> bool:
        if event.type() != QEvent.Type.FocusOut or event.reason() == Qt.FocusReason.PopupFocusReason:
            return False
        return QApplication.focusWidget() is not editor


def _ending(event: QKeyEvent) -> QAbstractItemDelegate.EndEditHint | None:
    """How a key ends the typing: Enter goes down, Tab on; with Alt or Shift, Enter is a new line of a long text."""
    match event.key():
        case Qt.Key.Key_Return | Qt.Key.Key_Enter:
            newline = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
            return None if newline else _HINTS.SubmitModelCache
        case Qt.Key.Key_Tab:
            return _HINTS.EditNextItem
        case Qt.Key.Key_Backtab:
            return _HINTS.EditPreviousItem
        case _:
            return None


def _text_of(editor: QWidget) -> str:
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _mark(editor: QWidget, wrong: bool) -> None:
    palette = QApplication.palette(editor)
    if wrong:
        palette.setColor(editor.backgroundRole(), fill_of(Tone.RED))
        palette.setColor(palette.ColorRole.Base, fill_of(Tone.RED))
        palette.setColor(palette.ColorRole.Text, ink_of(Tone.RED))
    editor.setPalette(palette)
